/** Calls between two threads, over a real message channel. */
import { afterEach, describe, expect, it } from 'vitest';
import { FailureError, failure } from '../../src/definition/errors';
import { type Caller, connect } from '../../src/record/worker/calls';

interface Calls {
  double(value: number): Promise<number>;
  refuse(code: string): Promise<never>;
  crash(message: string): Promise<never>;
  wait(nothing: null): Promise<string>;
}

const channels: MessageChannel[] = [];

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** Someone who calls, the port they call over, and what was told on the other side. */
function pair(): { caller: Caller<Calls>; port: MessagePort; doubled: number[] } {
  const channel = new MessageChannel();
  channels.push(channel);
  const doubled: number[] = [];
  connect<object, Calls>(channel.port2, {
    double(value) {
      doubled.push(value);
      return value * 2;
    },
    refuse(code) {
      throw new FailureError(failure(code, { rows: 3 }, { appId: '7' }));
    },
    crash(message) {
      throw new TypeError(message);
    },
    wait: (_nothing, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve('stopped'));
      }),
  });
  return { caller: connect<Calls, object>(channel.port1, {}), port: channel.port1, doubled };
}

describe('calls', () => {
  it('answer each caller with its own answer', async () => {
    const { caller } = pair();
    expect(await Promise.all([1, 2, 3].map((value) => caller.call('double', value)))).toEqual([2, 4, 6]);
  });

  it('throw a failure as the same failure, and anything else by its message', async () => {
    const { caller } = pair();
    const refused = await caller.call('refuse', 'noPermission').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FailureError);
    expect(refused).toMatchObject({
      failure: { code: 'noPermission', params: { rows: 3 }, place: { appId: '7' } },
    });
    await expect(caller.call('crash', 'out of range')).rejects.toThrow('out of range');
  });

  it('are stopped by the signal of the caller, before or while they run', async () => {
    const { caller } = pair();
    const stop = new AbortController();
    const waiting = caller.call('wait', null, stop.signal);
    expect(await caller.call('double', 4)).toBe(8);
    stop.abort();
    expect(await waiting).toBe('stopped');
    expect(await caller.call('wait', null, stop.signal)).toBe('stopped');
  });

  it('may be told without waiting for an answer', async () => {
    const { caller, doubled } = pair();
    caller.tell('double', 5);
    await caller.call('double', 6);
    expect(doubled).toEqual([5, 6]);
  });

  it('leave messages of others, and calls that nobody offers, alone', async () => {
    const { caller, port } = pair();
    for (const message of [null, 'hello', { type: 'other' }, { nagare: 'answer', id: 99, output: 1 }]) {
      port.postMessage(message);
    }
    port.postMessage({ nagare: 'call', id: 50, name: 'toString', input: null });
    port.postMessage({ nagare: 'call', id: null, name: 'constructor', input: null });
    expect(await caller.call('double', 1)).toBe(2);
  });

  it('all fail when the other side is gone, now and later', async () => {
    const { caller } = pair();
    const waiting = caller.call('wait', null);
    caller.close(failure('engineLost'));
    await expect(waiting).rejects.toMatchObject({ failure: { code: 'engineLost' } });
    await expect(caller.call('double', 1)).rejects.toMatchObject({ failure: { code: 'engineLost' } });
  });
});
