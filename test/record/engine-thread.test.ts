/** A run in another thread as the page sees it: over real message channels, with an engine that does what it is told. */
import { afterEach, describe, expect, it } from 'vitest';
import { failure } from '../../src/definition/errors';
import { isAsked, isStartProblem, type StartProblem } from '../../src/record/panel/contract';
import type { Caller, Port } from '../../src/record/worker/calls';
import { type EngineThread, engine, type ThreadTools } from '../../src/record/worker/engine-thread';
import type { PageCalls, StartOrder } from '../../src/record/worker/messages';
import { serveEngine } from '../../src/record/worker/serve-engine';
import type { RunHandle } from '../../src/run/status';
import { type FakeHandle, fakeHandle } from './harness/fake-handle';
import { SCENARIOS } from './harness/scenarios';

const NOW_MS = 1_700_000_000_000;

const order: StartOrder = {
  config: {},
  unitId: 'u',
  how: { kind: 'new' },
  input: null,
  appId: '8',
  guestSpaceId: undefined,
  recordId: '12',
  record: null,
  user: { code: 'sato', name: '佐藤', language: 'ja', timezone: 'Asia/Tokyo' },
  browserId: 'b',
  pageUrl: 'https://x.example/k/8/show',
};

const open: MessageChannel[] = [];

afterEach(() => {
  for (const { port1, port2 } of open.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** The engine's side: what it was asked, and the handles it gave away. */
class FakeEngine {
  readonly handles: FakeHandle[] = [];
  readonly orders: StartOrder[] = [];
  problem: StartProblem | null = null;
  page: Caller<PageCalls> | null = null;

  serve(port: Port): void {
    this.page = serveEngine(port, () => async (given) => {
      this.orders.push(given);
      if (this.problem !== null) return this.problem;
      const handle = fakeHandle(SCENARIOS.checking);
      this.handles.push(handle);
      return handle;
    });
  }
}

class World {
  readonly engine = new FakeEngine();
  readonly workers: (EngineThread & { isTerminated: boolean })[] = [];
  /** What the worker does when it comes up. */
  onStart: (worker: EngineThread, port: Port) => void = (_worker, port) => this.comeUp(port, '');
  fallbacks = 0;
  /** Somebody waits for the lock of a worker; calling it is what the browser does at the worker's death. */
  died: (() => void) | null = null;
  /** Ends the wait for the first word. */
  timeUp: () => void = () => undefined;

  comeUp(port: Port, lock: string): void {
    this.engine.serve(port);
    this.engine.page?.tell('ready', lock);
  }

  readonly tools: ThreadTools = {
    startWorker: () => {
      const channel = new MessageChannel();
      open.push(channel);
      const worker = Object.assign(channel.port1, {
        onerror: null,
        isTerminated: false,
        terminate() {
          worker.isTerminated = true;
          channel.port2.close();
        },
      }) as MessagePort & EngineThread & { isTerminated: boolean };
      this.workers.push(worker);
      queueMicrotask(() => this.onStart(worker, channel.port2));
      return worker;
    },
    inThisThread: async () => {
      this.fallbacks += 1;
      const channel = new MessageChannel();
      open.push(channel);
      this.engine.serve(channel.port2);
      return channel.port1;
    },
    page: {
      requestToken: () => Promise.resolve('token'),
      fetchText: async ({ url }) => ({ status: 200, text: url }),
    },
    locks: {
      request: (_name, granted) => {
        this.died = granted;
        return Promise.resolve();
      },
    },
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        this.timeUp = resolve;
        signal.addEventListener('abort', () => resolve());
      }),
    nowMs: () => NOW_MS,
  };
}

async function running(world: World, start = engine(world.tools).start): Promise<RunHandle> {
  const begun = await start(order);
  if (isStartProblem(begun)) throw new Error(begun.failure.code);
  if (isAsked(begun)) throw new Error('asked');
  return begun;
}

/** Resolves with the next snapshot that fulfils the condition. */
function shows(handle: RunHandle, is: (status: ReturnType<RunHandle['getSnapshot']>) => boolean) {
  return new Promise<void>((resolve) => {
    const stop = handle.subscribe(look);
    function look(): void {
      if (!is(handle.getSnapshot())) return;
      stop();
      resolve();
    }
    look();
  });
}

const errorEvent = () =>
  Object.assign(new Event('error', { cancelable: true }), { message: 'x' }) as ErrorEvent;

describe('a run in another thread', () => {
  it('shows every status, keeps one preview as long as it is the same, and ends with the last', async () => {
    const world = new World();
    const handle = await running(world);
    const [there] = world.engine.handles;
    expect(handle.getSnapshot()).toEqual(SCENARIOS.checking);
    there?.set(SCENARIOS.confirming);
    await shows(handle, (status) => status.reason === 'confirming');
    const { preview } = handle.getSnapshot();
    expect(preview).toEqual(SCENARIOS.confirming.preview);
    there?.set({ requestCount: 77 });
    await shows(handle, (status) => status.requestCount === 77);
    expect(handle.getSnapshot().preview).toBe(preview);
    there?.set({ preview: null });
    await shows(handle, (status) => status.preview === null);
    there?.set(SCENARIOS.done);
    expect(await handle.ended).toEqual({ ...SCENARIOS.done });
    expect(handle.getSnapshot()).toEqual(SCENARIOS.done);
  });

  it('hears what the screen asks for, and answers', async () => {
    const world = new World();
    const handle = await running(world);
    handle.confirm();
    handle.decline();
    handle.cancel();
    await shows(handle, (status) => status.cancelRequested);
    expect(world.engine.handles[0]?.calls).toEqual(['confirm', 'decline', 'cancel']);
    world.engine.handles[0]?.set(SCENARIOS.doneHere);
    await handle.ended;
    expect(await handle.touched('8', '12')).toBe(true);
    expect(await handle.touched('8', '13')).toBe(false);
  });

  it('shows what goes into the command before which it stands, and goes on from there', async () => {
    const world = new World();
    const handle = await running(world);
    world.engine.handles[0]?.set(SCENARIOS.breakpoint);
    await shows(handle, (status) => status.pause?.at !== undefined);
    expect(handle.getSnapshot().pause).toEqual(SCENARIOS.breakpoint.pause);
    handle.step();
    handle.proceed();
    // Answered after those before it have arrived.
    await handle.touched('8', '12');
    world.engine.handles[0]?.set(SCENARIOS.checking);
    await shows(handle, (status) => status.pause === null);
    expect(world.engine.handles[0]?.calls).toEqual(['step', 'proceed']);
  });

  it('asks the page for what only a page has', async () => {
    const world = new World();
    await running(world);
    expect(await world.engine.page?.call('requestToken', null)).toBe('token');
    const request = { url: 'https://api.example/', method: 'GET' as const, headers: {}, body: null };
    expect(await world.engine.page?.call('fetchText', request)).toEqual({ status: 200, text: request.url });
  });

  it('takes the order as it is, answers problems, and stays for the next press', async () => {
    const world = new World();
    const { start } = engine(world.tools);
    world.engine.problem = { kind: 'problem', failure: failure('logAppNotSet') };
    expect(await start(order)).toEqual(world.engine.problem);
    world.engine.problem = null;
    await running(world, start);
    expect(world.engine.orders).toEqual([order, order]);
    expect(world.workers).toHaveLength(1);
  });

  it('is forgotten there once it has ended and another begins', async () => {
    const world = new World();
    const { start } = engine(world.tools);
    const first = await running(world, start);
    world.engine.handles[0]?.set(SCENARIOS.doneHere);
    await first.ended;
    const second = await running(world, start);
    await expect(first.touched('8', '12')).rejects.toMatchObject({ failure: { code: 'engineLost' } });
    expect(second.getSnapshot().endedAtMs).toBeNull();
  });
});

describe('without a worker', () => {
  it.each<[string, (world: World) => void]>([
    [
      'the browser has none',
      (world) => {
        Object.assign(world.tools, {
          startWorker: () => {
            throw new Error('SecurityError');
          },
        });
      },
    ],
    [
      'a policy refuses it',
      (world) => {
        world.onStart = (worker) => worker.onerror?.(errorEvent());
      },
    ],
    [
      'it never says a word',
      (world) => {
        world.onStart = () => world.timeUp();
      },
    ],
  ])('the engine works in the page: %s', async (_case, arrange) => {
    const world = new World();
    arrange(world);
    const handle = await running(world);
    expect(world.fallbacks).toBe(1);
    expect(world.workers.every((worker) => worker.isTerminated)).toBe(true);
    // Nothing was asked of the worker before: the order is carried out once.
    expect(world.engine.orders).toHaveLength(1);
    world.engine.handles[0]?.set(SCENARIOS.done);
    expect((await handle.ended).reason).toBe('done');
  });
});

describe('a worker that is lost', () => {
  const deaths: readonly [string, (world: World) => void][] = [
    ['by an error', (world) => world.workers[0]?.onerror?.(errorEvent())],
    ['without a word', (world) => world.died?.()],
  ];

  it.each(deaths)('%s ends its run as interrupted; the next press gets a new one', async (_case, die) => {
    const world = new World();
    world.onStart = (_worker, port) => world.comeUp(port, 'nagare:engine:1');
    const { start } = engine(world.tools);
    const handle = await running(world, start);
    world.engine.handles[0]?.set(SCENARIOS.writing);
    await shows(handle, (status) => status.reason === 'writing');
    die(world);
    const last = await handle.ended;
    expect(last).toMatchObject({
      state: 'Failure',
      reason: 'interrupted',
      endedAtMs: NOW_MS,
      failure: { code: 'engineLost', place: { unitId: SCENARIOS.writing.unitId } },
      progress: { rowsWritten: 2_000 },
    });
    expect(last.flows.map((flow) => flow.state)).toEqual(['Success', 'Failure', 'Cancel']);
    expect(world.workers[0]?.isTerminated).toBe(true);
    // What the screen still asks comes to nothing, and breaks nothing.
    handle.cancel();
    await expect(handle.touched('8', '12')).rejects.toMatchObject({ failure: { code: 'engineLost' } });

    await running(world, start);
    // The first one's lock is freed by its end, too: that is not the end of the second.
    world.workers[0]?.onerror?.(errorEvent());
    await running(world, start);
    expect(world.workers).toHaveLength(2);
  });

  it('while a unit starts, fails the start', async () => {
    const world = new World();
    world.onStart = (worker, port) => {
      world.comeUp(port, '');
      Object.assign(world.engine, { orders: { push: () => worker.onerror?.(errorEvent()) } });
    };
    await expect(engine(world.tools).start(order)).rejects.toMatchObject({ failure: { code: 'engineLost' } });
  });

  it('leaves a run that had ended as it was', async () => {
    const world = new World();
    const handle = await running(world);
    world.engine.handles[0]?.set(SCENARIOS.done);
    await handle.ended;
    world.workers[0]?.onerror?.(errorEvent());
    expect(handle.getSnapshot().reason).toBe('done');
  });
});
