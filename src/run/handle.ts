import { type Failure, FailureError, failure } from '../definition/errors';
import type { ExecutionUnit, Flow } from '../definition/types';
import type { FlowPlan } from '../plan';
import { Breakpoints, stopsOf } from './breakpoints';
import { endingOf, withStops } from './endings';
import { tellNews } from './news';
import { PauseSwitch, WorkTimer } from './pause';
import type { JournalPatch, RunPorts } from './ports';
import { offKey } from './rate-limit';
import { watchMinutes } from './remote-unit/watch';
import { clearOlderPlans } from './retention';
import { RunValue } from './run-value';
import {
  type Ending,
  flowEntries,
  initialStatus,
  type LoggedScope,
  type RunRequest,
  type RunScope,
} from './scope';
import { persist } from './stand-still';
import type { RunHandle, RunStatus } from './status';
import { stopEnding } from './stops';
import { createStore } from './store';
import { intoCopies } from './test-mode';
import { touchedRecord } from './touched-record';

const MINUTE_MS = 60_000;

/** The life of a handle around a piece of work; shared by start and resume. */
export function handle(
  ports: RunPorts,
  request: RunRequest,
  unit: ExecutionUnit | null,
  settingsFlows: readonly Flow[],
  work: (scope: RunScope) => Promise<Ending>,
): RunHandle {
  const flows = unit === null ? settingsFlows : intoCopies(unit, settingsFlows);
  const store = createStore(
    initialStatus(request, unit ?? { name: request.unitId }, flows, ports.clock.nowMs()),
  );
  const plans = createStore<readonly FlowPlan[]>([]);
  const cancel = new AbortController();
  const left = new AbortController();
  const pause = new PauseSwitch();
  const timer = new WorkTimer(ports.clock, limitMinutes(unit) * MINUTE_MS);
  const breakpoints = new Breakpoints(stopsOf(unit, request));
  let settle: (answer: 'confirmed' | 'declined') => void = () => undefined;
  const answer = new Promise<'confirmed' | 'declined'>((resolve) => {
    settle = resolve;
  });
  let askAnew: (() => void) | null = null;
  let isRechecking = false;
  const recheckAsked = () =>
    new Promise<'recheck'>((resolve) => {
      isRechecking = false;
      askAnew = () => resolve('recheck');
    });
  const run = async (): Promise<RunStatus> => {
    let ending: Ending;
    const claim = await ports.presence.claim(request.owner);
    const stopTelling = tellNews(ports, request, store);
    try {
      ending =
        unit === null
          ? endingOf('failed', failure('unitMissing', { unitId: request.unitId }))
          : await work({
              ports,
              request,
              unit,
              flows,
              store,
              plans,
              value: new RunValue(),
              cancel,
              pause,
              timer,
              breakpoints,
              left: left.signal,
              answer,
              recheckAsked,
            });
    } catch (error) {
      ending = endingOf('failed', error instanceof FailureError ? error.failure : unexpected(error));
    } finally {
      claim?.release();
    }
    store.update((status) => ended(status, ending, ports));
    stopTelling();
    return store.getSnapshot();
  };
  const endedPromise = run();
  const proceed = (): void => {
    store.update((status) => ({ ...status, pauseRequested: false }));
    pause.lift();
  };
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    confirm() {
      // Agreed to is what was shown: between the wish for a new plan and its question there is nothing to agree to.
      if (!isRechecking) settle('confirmed');
    },
    recheck() {
      if (askAnew === null) return;
      isRechecking = true;
      askAnew();
      askAnew = null;
    },
    decline: () => settle('declined'),
    cancel(by) {
      store.update((status) => ({ ...status, cancelRequested: true }));
      cancel.abort(by);
      settle('declined');
    },
    leave: () => left.abort(),
    pause() {
      pause.ask(request.user.name);
      store.update((status) => ({ ...status, pauseRequested: true }));
    },
    proceed,
    step() {
      if (store.getSnapshot().pause?.at === undefined) return;
      breakpoints.step();
      proceed();
    },
    touched: async (appId, recordId) =>
      touchedRecord(store.getSnapshot(), plans.getSnapshot(), appId, recordId),
    ended: endedPromise,
  };
}

const limitMinutes = (unit: ExecutionUnit | null): number =>
  unit?.executor.kind === 'remote' ? watchMinutes(unit.maxRunMinutes) : (unit?.maxRunMinutes ?? 0);

const unexpected = (error: unknown): Failure =>
  failure('unexpected', { message: error instanceof Error ? error.message : String(error) });

/** Whatever happens inside, the run record gets its terminal state and the unit is given free. */
export async function conclude(scope: LoggedScope, work: () => Promise<Ending>): Promise<Ending> {
  let ending: Ending;
  try {
    ending = withStops(await work(), scope.store.getSnapshot().flows);
  } catch (error) {
    ending = scope.cancel.signal.aborted
      ? stopEnding(scope)
      : endingOf('failed', error instanceof FailureError ? error.failure : unexpected(error));
  }
  await finish(scope, ending);
  return ending;
}

/** Writes the terminal state and gives the unit free. A run that was superseded belongs to somebody else: left alone. */
export async function finish(scope: LoggedScope, ending: Ending): Promise<void> {
  if (ending.reason === 'superseded') return;
  if (ending.state === 'Success') scope.store.update((now) => ({ ...now, value: scope.value.list() }));
  const status = ended(scope.store.getSnapshot(), ending, scope.ports);
  const endedAtMs = status.endedAtMs ?? scope.ports.clock.nowMs();
  const code = ending.failure?.code ?? '';
  const patch: JournalPatch = {
    state: ending.state,
    reason: ending.reason,
    endedAtMs,
    counts: status.counts,
    createdRows: scope.created.text(),
    ...(ending.state === 'Success' ? { outputValue: scope.value.text() } : {}),
    errorCode: ending.state === 'Failure' ? code : '',
    message: [
      ...(ending.failure === null ? [] : [ending.failure]),
      ...status.flows.flatMap((flow) => flow.conflicts ?? []),
    ]
      .map(scope.ports.describe)
      .join(' '),
    flows: flowEntries(status, scope.ports.describe),
    ...(status.remote === null ? {} : { remoteTaskId: status.remote.taskId }),
  };
  const { state, reason } = ending;
  const move = { atMs: endedAtMs, actor: endedBy(scope, ending), state, reason, note: code };
  if (ending.switchesOff === true) {
    const refused = await persist(scope, { ...patch, lockKey: offKey(scope.unit.id) }, [move]);
    if (refused === null) return;
    // Another start has switched the unit off in the same moment.
  }
  const refused = await persist(scope, { ...patch, lockKey: '' }, [move]);
  if (refused === null && ending.state === 'Success' && status.progress.rowsWritten > 0)
    await clearOlderPlans(scope);
}

function endedBy(scope: LoggedScope, ending: Ending): string {
  const by = ending.reason === 'cancelled' ? ending.failure?.params['user'] : undefined;
  return typeof by === 'string' ? by : scope.request.user.name;
}

/** Flows that never ran are Cancel when the run fails; without a change they all count as done. */
function ended(status: RunStatus, ending: Ending, ports: RunPorts): RunStatus {
  if (status.endedAtMs !== null) return status;
  const endedAtMs = ports.clock.nowMs();
  // Nobody knows what becomes of the flows of an unclear run: they stay as they were last seen.
  const isUnclear = ending.reason === 'unclear';
  return {
    ...status,
    state: ending.state,
    reason: ending.reason,
    failure: ending.failure,
    endedAtMs,
    requestCount: ports.requestCount(),
    flows: status.flows.map((flow) => {
      if (isUnclear || flow.state === 'Success' || flow.state === 'Failure' || flow.state === 'Cancel')
        return flow;
      if (ending.state === 'Success') {
        return {
          ...flow,
          state: 'Success',
          startedAtMs: flow.startedAtMs ?? endedAtMs,
          endedAtMs: flow.endedAtMs ?? endedAtMs,
        };
      }
      return { ...flow, state: flow.state === 'Running' ? 'Failure' : 'Cancel' };
    }),
  };
}
