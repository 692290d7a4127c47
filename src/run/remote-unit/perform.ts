/**
 * A remote unit: the work is done by another service, and this page asks for it and watches. The protocol cannot be
 * exactly-once (facts "reliability" 3.9), so `/run` is sent at most once per run record, and whatever leaves open
 * whether it was taken ends as `unclear`: never repeated, never taken for a failure.
 */
import { FailureError, failure, type Params } from '../../definition/errors';
import { endingOf } from '../endings';
import type { JournalPatch } from '../ports';
import type { Ending, LoggedScope } from '../scope';
import { moveOf, persist } from '../stand-still';
import { stopEnding } from '../stops';
import { startBeat } from '../transitions';
import { type RemoteClient, remoteClient } from './client';
import { mayHaveStarted, refusalFailure } from './failures';
import { type Refused, readTaskId, readToken } from './replies';
import { watchTask } from './watch';

/**
 * From the run record on: token, run, and status until the task has ended.
 * @param url `…/trigger/v1/{unit id}`
 * @param ask puts the question to the person, where the unit wants it; null: go on
 */
export async function performRemote(
  scope: LoggedScope,
  url: string,
  ask: () => Promise<Ending | null>,
): Promise<Ending> {
  const stopBeat = startBeat(scope);
  const remote = { host: new URL(url).host, taskId: '', isFollowed: false };
  scope.store.update((status) => ({ ...status, remote }));
  try {
    const refused = await ask();
    if (refused !== null) return refused;
    if (scope.cancel.signal.aborted) return stopEnding(scope);
    return await new RemoteStart(scope, url).perform();
  } finally {
    await stopBeat();
  }
}

class RemoteStart {
  readonly #scope: LoggedScope;
  readonly #client: RemoteClient;
  readonly #host: string;

  constructor(scope: LoggedScope, url: string) {
    this.#scope = scope;
    this.#client = remoteClient(scope.ports.remote, url);
    this.#host = new URL(url).host;
  }

  async perform(): Promise<Ending> {
    const scope = this.#scope;
    // Before the first request: a record that is found like this may stand for a run at the other end.
    const refused = await this.#mark();
    if (refused !== null) return refused;
    const token = await this.#token();
    if (typeof token !== 'string') return token;
    if (scope.request.method === 'test') return endingOf('done', this.#failure('remoteTestOk'));
    if (scope.cancel.signal.aborted) return stopEnding(scope);
    return this.#run(token);
  }

  async #mark(): Promise<Ending | null> {
    const scope = this.#scope;
    const to = { state: 'Queuing', reason: 'remote' } as const;
    const refused = await persist(scope, to, [moveOf(scope, to)]);
    if (refused !== null) return refused;
    scope.store.update((status) => ({ ...status, ...to }));
    return null;
  }

  /**
   * A token starts nothing, so asking again would do no harm; but the service counts every request for one. So the
   * person asks again, with a new run record, and every request has its place in the limit.
   */
  async #token(): Promise<string | Ending> {
    const scope = this.#scope;
    try {
      const reply = readToken(await this.#client.token(scope.cancel.signal));
      if (reply.kind === 'token') return reply.token;
      if (reply.kind === 'refused') return this.#refused(reply);
      return endingOf('failed', this.#failure('remoteUnreadable', { status: reply.httpStatus }));
    } catch (error) {
      if (scope.cancel.signal.aborted) return stopEnding(scope);
      if (!(error instanceof FailureError)) throw error;
      return endingOf('failed', this.#failure('remoteUnreachable', { cause: causeOf(error) }));
    }
  }

  async #run(token: string): Promise<Ending> {
    const scope = this.#scope;
    let reply: ReturnType<typeof readTaskId>;
    try {
      reply = readTaskId(await this.#client.run(token, scope.request));
    } catch (error) {
      return endingOf('unclear', this.#failure('remoteUnclear', { cause: causeOf(error) }));
    }
    switch (reply.kind) {
      case 'started':
        return this.#watch(token, reply.taskId, false);
      case 'unreadable':
        return endingOf('unclear', this.#failure('remoteUnclear', { cause: `HTTP ${reply.httpStatus}` }));
      case 'refused':
        if (mayHaveStarted(reply))
          return endingOf('unclear', this.#failure('remoteUnclear', { cause: reply.description }));
        return reply.code === 409 && reply.taskId !== ''
          ? this.#watch(token, reply.taskId, true)
          : this.#refused(reply);
    }
  }

  async #watch(token: string, taskId: string, isFollowed: boolean): Promise<Ending> {
    const scope = this.#scope;
    scope.store.update((status) => ({ ...status, remote: { host: this.#host, taskId, isFollowed } }));
    const patch: JournalPatch = { remoteTaskId: taskId };
    const refused = await persist(scope, patch);
    // Where the log cannot be written the task goes on all the same; the end is written with its number again.
    if (refused?.reason === 'superseded') return refused;
    return watchTask(scope, this.#client, { token, taskId, isFollowed, host: this.#host });
  }

  #refused(refused: Refused): Ending {
    const value = refusalFailure(refused, { unitId: this.#scope.unit.id });
    const explained = { ...value, params: { ...value.params, host: this.#host } };
    // The service has switched its unit off; starts from here would only be refused until somebody has looked.
    if (refused.code === 429) return { ...endingOf('switchedOff', explained), switchesOff: true };
    return endingOf(refused.code === 409 ? 'locked' : 'failed', explained);
  }

  #failure(code: string, params: Params = {}) {
    return failure(code, { host: this.#host, ...params }, { unitId: this.#scope.unit.id });
  }
}

/** The reason alone: the message of an error may hold what was sent. */
function causeOf(error: unknown): string {
  if (!(error instanceof FailureError)) return 'unexpected';
  const { code, params } = error.failure;
  return typeof params['cause'] === 'string' && params['cause'] !== '' ? params['cause'] : code;
}
