import { type Failure, FailureError, failure } from '../definition/errors';
import type { ExecutionUnit, Flow } from '../definition/types';
import { type FlowPlan, flowRequests, planCounts, REQUESTS_PER_COMMIT, rowsToWrite } from '../plan';
import { begin } from './begin';
import { type CheckResult, checkUnit, compileForRun, type PlanFacts, planFacts, runFlow } from './check';
import { endingOf } from './endings';
import { BEAT_MS, type Observations } from './lease';
import { encodePlanFile } from './plan-file';
import type { JournalEntry, RunPorts, StateReason } from './ports';
import {
  type Ending,
  flowEntries,
  initialStatus,
  type LoggedScope,
  type RunRequest,
  type RunScope,
  updateFlow,
} from './scope';
import type { RunHandle, RunStatus } from './status';
import { createStore } from './store';
import { cancelFailure, writePlans } from './write';

/** A dialog that nobody answers gives the unit free again. */
const CONFIRM_TIMEOUT_MS = 10 * 60_000;

/**
 * Starts a unit and answers at once with its handle. Order of work: run record, check (dry run of the
 * whole unit), confirmation, plan file, commits, terminal state. Nothing is written to an output app
 * before the run record exists and the plan is frozen.
 */
export function startRun(ports: RunPorts, request: RunRequest, observations: Observations): RunHandle {
  const unit = request.settings.units.find((candidate) => candidate.id === request.unitId);
  const flows = unit === undefined ? [] : flowsOf(request, unit);
  return handle(ports, request, unit ?? null, flows, async (scope) => {
    const startedAtMs = scope.store.getSnapshot().startedAtMs;
    const unusable = unusableUnit(request, unit ?? null, flows);
    if (unusable !== null) return endingOf('failed', unusable);
    const begun = await begin(scope, observations);
    if (begun.kind === 'ended') {
      showHolder(scope, begun.holder, begun.journalId);
      return begun.ending;
    }
    return conclude(begun.scope, () => perform(begun.scope, planFacts(scope, startedAtMs)));
  });
}

/** Whatever happens inside, the run record gets its terminal state and the unit is given free. */
export async function conclude(scope: LoggedScope, work: () => Promise<Ending>): Promise<Ending> {
  let ending: Ending;
  try {
    ending = await work();
  } catch (error) {
    ending = scope.cancel.signal.aborted
      ? endingOf('cancelled', cancelFailure(scope))
      : endingOf('failed', error instanceof FailureError ? error.failure : unexpected(error));
  }
  await finish(scope, ending);
  return ending;
}

/** The life of a handle around a piece of work; shared by start and resume. */
export function handle(
  ports: RunPorts,
  request: RunRequest,
  unit: ExecutionUnit | null,
  flows: readonly Flow[],
  work: (scope: RunScope) => Promise<Ending>,
): RunHandle {
  const store = createStore(
    initialStatus(request, unit ?? { name: request.unitId }, flows, ports.clock.nowMs()),
  );
  const cancel = new AbortController();
  let settle: (answer: 'confirmed' | 'declined') => void = () => undefined;
  const answer = new Promise<'confirmed' | 'declined'>((resolve) => {
    settle = resolve;
  });
  const run = async (): Promise<RunStatus> => {
    let ending: Ending;
    const claim = await ports.presence.claim(request.owner);
    try {
      ending =
        unit === null
          ? endingOf('failed', failure('unitMissing', { unitId: request.unitId }))
          : await work({ ports, request, unit, flows, store, cancel, answer });
    } catch (error) {
      ending = endingOf('failed', error instanceof FailureError ? error.failure : unexpected(error));
    } finally {
      claim?.release();
    }
    store.update((status) => ended(status, ending, ports));
    return store.getSnapshot();
  };
  const endedPromise = run();
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    confirm: () => settle('confirmed'),
    decline: () => settle('declined'),
    cancel() {
      store.update((status) => ({ ...status, cancelRequested: true }));
      cancel.abort();
      settle('declined');
    },
    ended: endedPromise,
  };
}

const unexpected = (error: unknown): Failure =>
  failure('unexpected', { message: error instanceof Error ? error.message : String(error) });

const flowsOf = (request: RunRequest, unit: ExecutionUnit): readonly Flow[] =>
  unit.flowIds.flatMap((id) => request.settings.flows.find((flow) => flow.id === id) ?? []);

function unusableUnit(
  request: RunRequest,
  unit: ExecutionUnit | null,
  flows: readonly Flow[],
): Failure | null {
  const place = { unitId: request.unitId };
  if (unit === null) return failure('unitMissing', { unitId: request.unitId }, place);
  if (!unit.enabled) return failure('unitDisabled', { name: unit.name }, place);
  if (flows.length === 0 || flows.length < unit.flowIds.length)
    return failure('unitWithoutFlows', { name: unit.name }, place);
  if (request.settings.logApp === null) return failure('logAppNotSet', {}, place);
  return null;
}

async function perform(scope: LoggedScope, facts: PlanFacts): Promise<Ending> {
  const stopBeat = startBeat(scope);
  let checked: CheckResult;
  try {
    const outcome = await checkUnit(scope, facts, scope.flows);
    if (scope.cancel.signal.aborted) return endingOf('cancelled', cancelFailure(scope));
    if (outcome.kind === 'failed') {
      updateFlow(scope.store, outcome.flowId, (flow) => ({
        ...flow,
        state: 'Failure',
        failure: outcome.failure,
      }));
      return endingOf('failed', outcome.failure);
    }
    checked = outcome.result;
    showPreview(scope, checked);
    if (rowsToWrite(planCounts(checked.plans)) === 0 && checked.deferredFlowIds.length === 0) {
      return endingOf('noChange');
    }
    if (needsAnswer(scope, checked)) {
      const refused = await askPerson(scope);
      if (refused !== null) return refused;
    }
  } finally {
    await stopBeat();
  }
  return write(scope, facts, checked);
}

function showPreview(scope: RunScope, checked: CheckResult): void {
  const counts = planCounts(checked.plans);
  scope.store.update((status) => ({
    ...status,
    preview: { flows: checked.plans, deferredFlowIds: checked.deferredFlowIds, counts },
    progress: { rowsWritten: 0, rowsPlanned: rowsToWrite(counts) },
    counts: { ...status.counts, unchanged: counts.unchanged },
    requestCount: scope.ports.requestCount(),
  }));
}

function needsAnswer(scope: LoggedScope, checked: CheckResult): boolean {
  if (scope.request.isConfirmed || scope.unit.confirm === 'never') return false;
  return scope.unit.confirm === 'always' || planCounts(checked.plans).deleted > 0;
}

async function askPerson(scope: LoggedScope): Promise<Ending | null> {
  const refused = await transition(scope, 'confirming');
  if (refused !== null) return refused;
  const timeout = new AbortController();
  const timedOut = scope.ports.clock.sleep(CONFIRM_TIMEOUT_MS, timeout.signal).then(
    () => 'timeout' as const,
    () => 'timeout' as const,
  );
  const answer = await Promise.race([scope.answer, timedOut]);
  timeout.abort();
  if (scope.cancel.signal.aborted) return endingOf('cancelled', cancelFailure(scope));
  if (answer === 'confirmed') return null;
  return endingOf(
    'declined',
    failure(
      answer === 'timeout' ? 'confirmTimedOut' : 'declined',
      { user: scope.request.user.name },
      { unitId: scope.unit.id },
    ),
  );
}

/** Exact plans first; deferred flows are planned anew after what they depend on is written. */
async function write(scope: LoggedScope, facts: PlanFacts, checked: CheckResult): Promise<Ending> {
  const exact = checked.plans.filter((plan) => !checked.deferredFlowIds.includes(plan.flowId));
  const refused = await freeze(scope, exact, checked.deferredFlowIds, facts);
  if (refused !== null) return refused;
  const ending = await writePlans(scope, exact, 0);
  return ending ?? writeDeferred(scope, facts, checked.deferredFlowIds);
}

/** Plans and writes flows that had to wait for earlier writes, one after the other. */
export async function writeDeferred(
  scope: LoggedScope,
  facts: PlanFacts,
  flowIds: readonly string[],
): Promise<Ending> {
  for (const flowId of flowIds) {
    const flow = scope.flows.find((candidate) => candidate.id === flowId);
    if (flow === undefined)
      return endingOf('failed', failure('definitionChanged', {}, { unitId: scope.unit.id, flowId }));
    const stopBeat = startBeat(scope);
    let plan: FlowPlan;
    try {
      plan = await runFlow(scope, facts, await compileForRun(scope, facts, flow), []);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      if (scope.cancel.signal.aborted) return endingOf('cancelled', cancelFailure(scope));
      const place = { unitId: scope.unit.id, flowId, ...error.failure.place };
      const value = { ...error.failure, place };
      updateFlow(scope.store, flowId, (status) => ({ ...status, state: 'Failure', failure: value }));
      return endingOf('failed', value);
    } finally {
      await stopBeat();
    }
    const remaining = flowIds.slice(flowIds.indexOf(flowId) + 1);
    if (rowsToWrite(planCounts([plan])) > 0) {
      const refused = await freeze(scope, [plan], remaining, facts);
      if (refused !== null) return refused;
    }
    const ending = await writePlans(scope, [plan], 0);
    if (ending !== null) return ending;
  }
  return endingOf('done');
}

/**
 * Makes the plan durable before its first write. A plan of a single commit needs no file: the
 * journal's cursor alone tells whether it happened.
 */
async function freeze(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  deferredFlowIds: readonly string[],
  facts: PlanFacts,
): Promise<Ending | null> {
  const { ports, store, request } = scope;
  const rows = rowsToWrite(planCounts(plans));
  const written = store.getSnapshot().progress.rowsWritten;
  store.update((status) => ({ ...status, progress: { rowsWritten: written, rowsPlanned: written + rows } }));
  const progress = { rowsPlanned: written + rows, cursor: written };
  if (commitsOf(plans) <= 1 && deferredFlowIds.length === 0) return transition(scope, 'writing', progress);
  const { chunks, sha256 } = await encodePlanFile({
    version: 1,
    runId: store.getSnapshot().runId,
    plans,
    deferredFlowIds,
    calling: request.calling,
    startedAtMs: facts.nowMs,
    timeZone: request.timeZone,
    firstRow: written,
  });
  const planFileKeys: string[] = [];
  for (const [index, chunk] of chunks.entries()) {
    planFileKeys.push(await ports.journal.upload(`plan-${index + 1}.json.gz`, chunk));
  }
  return transition(scope, 'writing', { ...progress, planFileKeys, planHash: sha256 });
}

/** Least number of commits the plans need; every flow with a change ends in a commit of its own. */
const commitsOf = (plans: readonly FlowPlan[]): number =>
  plans.reduce((sum, plan) => sum + Math.ceil(flowRequests(plan).length / REQUESTS_PER_COMMIT), 0);

/** Moves the run on, in the journal first. Null when it happened. */
export async function transition(
  scope: LoggedScope,
  reason: Extract<StateReason, 'confirming' | 'writing'>,
  patch: Parameters<LoggedScope['journal']['write']>[0] = {},
): Promise<Ending | null> {
  const state = reason === 'writing' ? 'Running' : 'Queuing';
  const outcome = await scope.journal.write({ ...patch, state, reason });
  if (outcome.kind === 'committed') {
    scope.store.update((status) => ({ ...status, state, reason }));
    return null;
  }
  const place = { unitId: scope.unit.id };
  switch (outcome.kind) {
    case 'fenced':
      return endingOf('superseded', failure('superseded', {}, place));
    case 'cancelRequested':
      return endingOf('cancelled', failure('cancelledBy', { user: outcome.by }, place));
    case 'refused':
      return endingOf(
        'failed',
        failure('journalRefused', { code: outcome.refusal.code, message: outcome.refusal.message }, place),
      );
    case 'unreachable':
      return endingOf('failed', failure('unreachable', { cause: outcome.cause }, place));
  }
}

/** Sends a sign of life while nothing is written, so that watchers elsewhere do not take the run for dead. */
function startBeat(scope: LoggedScope): () => Promise<void> {
  const stop = new AbortController();
  const beating = (async () => {
    for (;;) {
      await scope.ports.clock.sleep(BEAT_MS, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      const outcome = await scope.journal.write({});
      if (outcome.kind === 'cancelRequested') scope.cancel.abort();
      if (outcome.kind !== 'committed') return;
    }
  })();
  return async () => {
    stop.abort();
    await beating;
  };
}

/** Writes the terminal state and gives the unit free. A run that was superseded belongs to somebody else: left alone. */
export async function finish(scope: LoggedScope, ending: Ending): Promise<void> {
  if (ending.reason === 'superseded') return;
  const status = ended(scope.store.getSnapshot(), ending, scope.ports);
  await scope.journal.write({
    state: ending.state,
    reason: ending.reason,
    lockKey: '',
    endedAtMs: status.endedAtMs ?? scope.ports.clock.nowMs(),
    counts: status.counts,
    errorCode: ending.failure?.code ?? '',
    message: ending.failure === null ? '' : scope.ports.describe(ending.failure),
    flows: flowEntries(status, scope.ports.describe),
  });
}

/** Flows that never ran are Cancel when the run fails; without a change they all count as done. */
function ended(status: RunStatus, ending: Ending, ports: RunPorts): RunStatus {
  if (status.endedAtMs !== null) return status;
  const endedAtMs = ports.clock.nowMs();
  return {
    ...status,
    state: ending.state,
    reason: ending.reason,
    failure: ending.failure,
    endedAtMs,
    requestCount: ports.requestCount(),
    flows: status.flows.map((flow) => {
      if (flow.state === 'Success' || flow.state === 'Failure' || flow.state === 'Cancel') return flow;
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

function showHolder(scope: RunScope, holder: JournalEntry | null, journalId: string | null): void {
  scope.store.update((status) => ({ ...status, holder, journalId: journalId ?? status.journalId }));
}

/**
 * The check alone: what a run would write, without a run record and without writing anything
 * (`--dry-run` of the command line, the preview of the settings page).
 */
export function previewUnit(ports: RunPorts, request: RunRequest): RunHandle {
  const unit = request.settings.units.find((candidate) => candidate.id === request.unitId);
  const flows = unit === undefined ? [] : flowsOf(request, unit);
  return handle(ports, request, unit ?? null, flows, async (scope) => {
    const unusable =
      flows.length === 0
        ? failure('unitWithoutFlows', { name: scope.unit.name }, { unitId: scope.unit.id })
        : null;
    if (unusable !== null) return endingOf('failed', unusable);
    const outcome = await checkUnit(scope, planFacts(scope, scope.store.getSnapshot().startedAtMs), flows);
    if (outcome.kind === 'failed') return endingOf('failed', outcome.failure);
    showPreview(scope, outcome.result);
    return endingOf(rowsToWrite(planCounts(outcome.result.plans)) === 0 ? 'noChange' : 'done');
  });
}
