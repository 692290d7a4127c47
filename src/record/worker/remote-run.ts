/** The page's side of one run that is at work in another thread. */
import { type Failure, FailureError, failure } from '../../definition/errors';
import type { RunHandle, RunStatus } from '../../run/status';
import { createStore } from '../../run/store';
import type { Caller } from './calls';
import { type EngineCalls, HANDLE_METHODS, type HandleMethod, type StatusUpdate } from './messages';

export interface RemoteRun {
  readonly handle: RunHandle;
  receive(update: StatusUpdate): void;
}

/** `nowMs` (epoch milliseconds) dates the end of a run whose thread is lost. */
export function remoteRun(
  engine: Caller<EngineCalls>,
  run: number,
  first: RunStatus,
  nowMs: () => number,
): RemoteRun {
  const store = createStore(first);
  const receive = ({ status, preview }: StatusUpdate): void =>
    store.update((known) => ({ ...status, preview: preview === undefined ? known.preview : preview }));
  const ended = engine.call('follow', run).then(receive, (error: unknown) => {
    const cause = error instanceof FailureError ? error.failure : failure('unexpected', textOf(error));
    store.update((status) => lost(status, cause, nowMs()));
  });
  return {
    receive,
    handle: {
      getSnapshot: store.getSnapshot,
      subscribe: store.subscribe,
      ended: ended.then(store.getSnapshot),
      ...methods(engine, run),
    },
  };
}

/** The methods of the handle by name, each a call. */
function methods(engine: Caller<EngineCalls>, run: number): Pick<RunHandle, HandleMethod> {
  const invoke =
    (method: HandleMethod) =>
    (...args: readonly unknown[]): Promise<unknown> => {
      const answer = engine.call('invoke', { run, method, args });
      // That the thread is lost shows in the status; most callers wait for no answer.
      answer.catch(() => undefined);
      return answer;
    };
  const names = Object.keys(HANDLE_METHODS) as HandleMethod[];
  return Object.fromEntries(names.map((name) => [name, invoke(name)])) as unknown as Pick<
    RunHandle,
    HandleMethod
  >;
}

const textOf = (error: unknown) => ({ message: error instanceof Error ? error.message : String(error) });

/** The run as an interrupted one: what it has written stands in the log, and the next press goes on from there. */
function lost(status: RunStatus, cause: Failure, nowMs: number): RunStatus {
  if (status.endedAtMs !== null) return status;
  return {
    ...status,
    state: 'Failure',
    reason: 'interrupted',
    failure: { ...cause, place: { ...cause.place, unitId: status.unitId } },
    endedAtMs: nowMs,
    flows: status.flows.map((flow) =>
      flow.state === 'Queuing' || flow.state === 'Running'
        ? { ...flow, state: flow.state === 'Running' ? 'Failure' : 'Cancel' }
        : flow,
    ),
  };
}
