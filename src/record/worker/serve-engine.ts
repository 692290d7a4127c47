/** The engine's side of the connection: keeps the runs and tells the page about them. */
import { FailureError, failure } from '../../definition/errors';
import type { RunHandle, RunStatus } from '../../run/status';
import { type Begun, isAsked, isStartProblem } from '../panel/contract';
import { type Caller, connect, type Port } from './calls';
import {
  type EngineCalls,
  HANDLE_METHODS,
  type HandleCall,
  type PageCalls,
  type StartOrder,
  type StatusUpdate,
} from './messages';

export type StartOrdered = (order: StartOrder) => Promise<Begun>;

/** Serves the page at the other end of the port; `createStart` gets what the page does for the engine. */
export function serveEngine(
  port: Port,
  createStart: (page: Caller<PageCalls>) => StartOrdered,
): Caller<PageCalls> {
  const runs = new Map<number, RunHandle>();
  let lastRun = 0;

  /** Plans are large: one that has ended is kept only until the next run, while its card is on the screen. */
  const forgetEnded = (): void => {
    for (const [run, handle] of runs) if (handle.getSnapshot().endedAtMs !== null) runs.delete(run);
  };

  const handleOf = (run: number): RunHandle => {
    const handle = runs.get(run);
    if (handle === undefined) throw new FailureError(failure('engineLost'));
    return handle;
  };

  const page: Caller<PageCalls> = connect<PageCalls, EngineCalls>(port, {
    async start(order) {
      const begun = await start(order);
      if (isStartProblem(begun) || isAsked(begun)) return begun;
      forgetEnded();
      lastRun += 1;
      runs.set(lastRun, begun);
      return { kind: 'run', run: lastRun, status: begun.getSnapshot() };
    },
    async follow(run) {
      const handle = handleOf(run);
      const next = updates(run);
      const tell = (): void => page.tell('status', next(handle.getSnapshot()));
      const stop = handle.subscribe(tell);
      tell();
      const last = await handle.ended;
      stop();
      return next(last);
    },
    invoke: (call) => invoke(handleOf(call.run), call),
  });
  const start = createStart(page);
  return page;
}

/** Updates of one run; the preview, the largest part, goes along only when it is another one. */
function updates(run: number): (status: RunStatus) => StatusUpdate {
  let sent: RunStatus['preview'] | undefined;
  return ({ preview, ...status }) => {
    if (preview === sent) return { run, status };
    sent = preview;
    return { run, status, preview };
  };
}

function invoke(handle: RunHandle, { method, args }: HandleCall): unknown {
  if (!Object.hasOwn(HANDLE_METHODS, method)) return undefined;
  const called = handle[method] as (...args: readonly unknown[]) => unknown;
  return called.apply(handle, [...args]);
}
