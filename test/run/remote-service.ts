/** A remote service for tests of its client: answers by script, and remembers what it was asked. */
import type { TextReply, TextRequest } from '../../src/commands/types';
import { FailureError, failure } from '../../src/definition/errors';
import type { RunPorts } from '../../src/run';
import { settingsOf, type World } from './setup';

export const REMOTE_URL = 'https://api.example.com/trigger/v1/abcdefghijklmn';
export const TOKEN = 'token-canary-1234567';
export const TASK = 'task-9';

export type Operation = 'token' | 'run' | 'status' | 'stop';
/** An answer, or `lost`: the request arrives and its answer does not. */
export type Answer = TextReply | 'lost';

export const answer = (body: object | string, status = 200): TextReply => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
export const refusal = (code: number, description: string, more: object = {}): TextReply =>
  answer({ code, status: 'Refused', description, ...more }, code);
export const task = (taskStatus: string, flowInfo: readonly object[] = [], more: object = {}): TextReply =>
  answer({ code: 200, status: 'OK', taskStatus, flowInfo, ...more });

export const GOOD: Readonly<Record<Operation, readonly Answer[]>> = {
  token: [answer({ code: 200, status: 'OK', accessToken: TOKEN })],
  run: [answer({ code: 200, status: 'OK', taskId: TASK })],
  status: [task('Success')],
  // The reference has no such row in its table of operations.
  stop: [refusal(400, 'Request path is invalid.')],
};

export interface Asked {
  readonly operation: Operation;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly request: TextRequest;
  readonly atMs: number;
}

export class RemoteService {
  readonly asked: Asked[] = [];
  readonly #world: World;
  readonly #left: Record<Operation, Answer[]>;
  /** Called at every request, before it is answered. */
  onAsked: (asked: Asked) => void | Promise<void> = () => undefined;

  /** The last answer of a list is given again and again. */
  constructor(world: World, answers: Partial<Record<Operation, readonly Answer[]>> = {}) {
    this.#world = world;
    const all = { ...GOOD, ...answers };
    this.#left = { token: [...all.token], run: [...all.run], status: [...all.status], stop: [...all.stop] };
  }

  times(operation: Operation): number {
    return this.asked.filter((one) => one.operation === operation).length;
  }

  ports(tab = 't', browser = 'b1'): RunPorts {
    const ports = this.#world.tab(tab, browser);
    return { ...ports, remote: { fetchText: (request) => this.#answer(request) } };
  }

  async #answer(request: TextRequest): Promise<TextReply> {
    const operation = request.url.slice(REMOTE_URL.length + 1) as Operation;
    const asked = {
      operation,
      body: request.body === null ? null : (JSON.parse(request.body) as Asked['body']),
      request,
      atMs: this.#world.clock.monotonicMs(),
    };
    this.asked.push(asked);
    await this.onAsked(asked);
    const list = this.#left[operation];
    const next = list.length > 1 ? list.shift() : list[0];
    if (next === undefined || next === 'lost')
      throw new FailureError(failure('httpTimedOut', { host: 'api.example.com', seconds: 40 }));
    return next;
  }
}

export const remoteSettings = (change: Parameters<typeof settingsOf>[1] = {}) =>
  settingsOf([], {
    executor: { kind: 'remote', url: REMOTE_URL },
    confirm: 'never',
    rateLimitPerMinute: 60,
    ...change,
  });
