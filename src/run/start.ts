import { type Failure, FailureError, failure } from '../definition/errors';
import type { ExecutionUnit, Flow } from '../definition/types';
import { isTriggerUrl } from '../definition/urls';
import { flowApps, readInput } from '../flow';
import { commitShape, planCounts, REQUESTS_PER_COMMIT, rowsToWrite } from '../plan';
import { type Begun, begin } from './begin';
import {
  type CheckOutcome,
  type CheckResult,
  checkUnit,
  inputForm,
  type PlanFacts,
  planFacts,
} from './check';
import { writeDeferred } from './deferred';
import { endingOf, withStops } from './endings';
import { conclude, handle } from './handle';
import type { Observations } from './lease';
import { hasStarts, startProblem } from './planned-starts';
import type { RunPorts } from './ports';
import { previewOf } from './preview';
import { performRemote } from './remote-unit/perform';
import { type Ending, type LoggedScope, type RunRequest, type RunScope, updateFlow } from './scope';
import { aborted, acrossOutages, isOutage } from './stand-still';
import type { RunHandle } from './status';
import { steppedFacts } from './step-through';
import { stopEnding } from './stops';
import { cutIn, intoCopies, isPlanOnly, withinTest } from './test-mode';
import { freeze, startBeat, transition } from './transitions';
import { writePlans } from './write';

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
      showRefusal(scope, begun);
      return begun.ending;
    }
    return conclude(begun.scope, () => conduct(begun.scope, startedAtMs));
  });
}

/** The work of a run, wherever it is done. */
export function conduct(scope: LoggedScope, startedAtMs: number): Promise<Ending> {
  const { executor } = scope.unit;
  return executor.kind === 'remote'
    ? performRemote(scope, executor.url, async () => (asksUnseen(scope) ? askUnseen(scope) : null))
    : perform(scope, steppedFacts(scope, startedAtMs));
}

/** A remote unit has no flows here: the service tells which ones it runs. */
export const flowsOf = (request: RunRequest, unit: ExecutionUnit): readonly Flow[] =>
  unit.executor.kind === 'remote'
    ? []
    : unit.flowIds.flatMap((id) => request.settings.flows.find((flow) => flow.id === id) ?? []);

export function unusableUnit(
  request: RunRequest,
  unit: ExecutionUnit | null,
  flows: readonly Flow[],
): Failure | null {
  const place = { unitId: request.unitId };
  if (unit === null) return failure('unitMissing', { unitId: request.unitId }, place);
  const isTest = request.method === 'test';
  if (!unit.enabled && !isTest) return failure('unitDisabled', { name: unit.name }, place);
  const isRemote = unit.executor.kind === 'remote';
  if (unit.executor.kind === 'remote' ? !isTriggerUrl(unit.executor.url) : isTest)
    return failure('remoteUrlInvalid', { name: unit.name }, place);
  // kintone's proxy has the serial number; on the command line and on a server there is none.
  if (isRemote && request.runsHere === true) return failure('remoteOnlyInPage', { name: unit.name }, place);
  if (!isRemote && (flows.length === 0 || flows.length < unit.flowIds.length))
    return failure('unitWithoutFlows', { name: unit.name }, place);
  const { logApp } = request.settings;
  if (logApp === null) return failure('logAppNotSet', {}, place);
  if (isTest) return null;
  if (isRemote && unit.mode === 'test') return failure('remoteNoTestMode', { name: unit.name }, place);
  const input = readInput(inputForm(request, unit), request.input, request.timeZone);
  if (!input.ok) return { ...input.error, place: { ...place, ...input.error.place } };
  // One bulkRequest stays within one guest space, and the run record is part of every commit.
  const stranger = intoCopies(unit, flows)
    .flatMap((flow) => flowApps(flow).writes)
    .find((app) => app.guestSpaceId !== logApp.guestSpaceId);
  return stranger === undefined
    ? null
    : failure('otherGuestSpace', { app: stranger.appId }, { ...place, appId: stranger.appId });
}

/** From the run record on: check, confirmation, plan file, commits. */
export async function perform(scope: LoggedScope, facts: PlanFacts): Promise<Ending> {
  const stopBeat = startBeat(scope);
  let agreed: Agreed | Ending | 'recheck';
  try {
    agreed = await checkAndAsk(scope, facts);
    // What kintone and other services say is asked for anew; the run's own time stays that of its start.
    while (agreed === 'recheck') agreed = await checkAndAsk(scope, steppedFacts(scope, facts.nowMs), true);
  } finally {
    await stopBeat();
  }
  return 'checked' in agreed ? write(scope, agreed.facts, agreed.checked) : agreed;
}

/** A plan that the person has seen, or need not see. */
interface Agreed {
  readonly facts: PlanFacts;
  readonly checked: CheckResult;
}

/** `isWished`: the person wants to see the plan, whatever the unit's setting says. */
async function checkAndAsk(
  scope: LoggedScope,
  facts: PlanFacts,
  isWished = false,
): Promise<Agreed | Ending | 'recheck'> {
  const outcome = await acrossOutages(scope, async () => {
    const found = await checkUnit(scope, facts, scope.flows);
    if (found.kind === 'failed' && isOutage(found.failure)) throw new FailureError(found.failure);
    return found;
  }).catch((error: unknown) => failedCheck(scope, error));
  if (scope.cancel.signal.aborted) return stopEnding(scope);
  if (outcome.kind === 'failed') {
    updateFlow(scope.store, outcome.flowId, (flow) => ({
      ...flow,
      state: 'Failure',
      failure: outcome.failure,
    }));
    return endingOf('failed', outcome.failure);
  }
  const checked = forTest(scope, outcome.result);
  const problem = startProblem(scope, checked.plans);
  if (problem !== null) return endingOf('failed', problem);
  showPreview(scope, checked);
  const isIdle = rowsToWrite(planCounts(checked.plans)) === 0 && !hasStarts(checked.plans);
  if (isIdle && checked.deferredFlowIds.length === 0) return endingOf('noChange');
  if (isPlanOnly(scope.unit)) return showOnly(scope);
  const tooLarge = notInOneCommit(scope, checked);
  if (tooLarge !== null) return endingOf('failed', tooLarge);
  const refused = isWished || needsAnswer(scope, checked) ? await askPerson(scope) : null;
  return refused ?? { facts, checked };
}

/** A test writes only so many rows of what was planned; one that writes nothing shows everything. */
function forTest(scope: LoggedScope, checked: CheckResult): CheckResult {
  const { unit, store } = scope;
  if (unit.mode !== 'test' || isPlanOnly(unit)) return checked;
  const { plans, cut } = withinTest(unit, checked.plans, unit.test.rowLimit);
  store.update((status) => ({ ...status, test: status.test === null ? null : { ...status.test, cut } }));
  return { ...checked, plans };
}

/** The person looks at the plan; whatever the answer, nothing is written. */
async function showOnly(scope: LoggedScope): Promise<Ending | 'recheck'> {
  if (!scope.request.isConfirmed && scope.unit.confirm !== 'never') {
    const reply = await askPerson(scope);
    if (reply === 'recheck' || (reply !== null && reply.reason !== 'declined')) return reply;
  }
  return endingOf('noChange');
}

/** An outage that lasted too long fails the flow in which it was met. */
function failedCheck(scope: LoggedScope, error: unknown): CheckOutcome {
  if (!(error instanceof FailureError)) throw error;
  return {
    kind: 'failed',
    failure: error.failure,
    flowId: error.failure.place.flowId ?? scope.flows[0]?.id ?? '',
  };
}

export function showPreview(scope: RunScope, checked: CheckResult): void {
  const preview = previewOf(checked.plans, checked.deferredFlowIds, {
    shape: commitShape(checked.plans, checked.deferredFlowIds, scope.unit.atomicity),
    checkedAtMs: scope.ports.clock.nowMs(),
  });
  const { counts } = preview;
  scope.plans.update(() => checked.plans);
  scope.store.update((status) => ({
    ...status,
    preview,
    progress: { rowsWritten: 0, rowsPlanned: rowsToWrite(counts) },
    counts: { ...status.counts, unchanged: counts.unchanged },
    requestCount: scope.ports.requestCount(),
  }));
}

/** Where all or nothing is required, a plan that cannot be that is refused before anybody is asked. */
function notInOneCommit(scope: LoggedScope, { plans, deferredFlowIds }: CheckResult): Failure | null {
  const { unit } = scope;
  if (unit.atomicity !== 'required' || commitShape(plans, deferredFlowIds, 'required') === 'unit')
    return null;
  const [deferred] = deferredFlowIds;
  if (deferred !== undefined)
    return failure('notOneCommitDeferred', {}, { unitId: unit.id, flowId: deferred });
  const params = { rows: rowsToWrite(planCounts(plans)), limit: REQUESTS_PER_COMMIT * 100 };
  return failure('notOneCommit', params, { unitId: unit.id });
}

/** What another service is going to write cannot be shown, so it may be deletions as well. */
const asksUnseen = ({ request, unit }: LoggedScope): boolean =>
  !request.isConfirmed && request.method !== 'test' && unit.confirm !== 'never';

/** There is no plan that could be made anew, so the question is just asked again. */
async function askUnseen(scope: LoggedScope): Promise<Ending | null> {
  const reply = await askPerson(scope);
  return reply === 'recheck' ? askUnseen(scope) : reply;
}

function needsAnswer(scope: LoggedScope, checked: CheckResult): boolean {
  if (scope.request.isConfirmed || scope.unit.confirm === 'never') return false;
  return scope.unit.confirm === 'always' || planCounts(checked.plans).deleted > 0;
}

/** null: agreed. `recheck`: the person wants to see a new plan first; the run is back at its check. */
export async function askPerson(scope: LoggedScope): Promise<Ending | 'recheck' | null> {
  const refused = await transition(scope, 'confirming');
  if (refused !== null) return refused;
  // Thinking takes as long as it takes; only work counts as run time.
  scope.timer.stop();
  const timeout = new AbortController();
  const timedOut = scope.ports.clock.sleep(CONFIRM_TIMEOUT_MS, timeout.signal).then(
    () => 'timeout' as const,
    () => 'timeout' as const,
  );
  // A stop that somebody else asked for closes the question too.
  const answer = await Promise.race([
    scope.answer,
    scope.recheckAsked(),
    timedOut,
    aborted(scope.cancel.signal),
  ]);
  timeout.abort();
  scope.timer.go();
  if (scope.cancel.signal.aborted) return stopEnding(scope);
  if (answer === 'confirmed') return null;
  if (answer === 'recheck') return (await transition(scope, 'checking')) ?? answer;
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
  // What was an estimate is counted again when it is planned.
  scope.store.update((status) => ({
    ...status,
    test: status.test === null ? null : { ...status.test, cut: cutIn(exact) },
  }));
  const ending = await writePlans(scope, exact, 0, checked.deferredFlowIds.length > 0);
  return ending ?? writeDeferred(scope, facts, checked.deferredFlowIds);
}

/** In one step with the state: whoever waits for the run record must not take that of a refused press for it. */
function showRefusal(
  scope: RunScope,
  { ending, holder, journalId }: Extract<Begun, { kind: 'ended' }>,
): void {
  const { state, reason } = ending;
  scope.store.update((status) => ({
    ...status,
    state,
    reason,
    holder,
    journalId: journalId ?? status.journalId,
  }));
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
    const isUnchanged = rowsToWrite(planCounts(outcome.result.plans)) === 0;
    return withStops(endingOf(isUnchanged ? 'noChange' : 'done'), scope.store.getSnapshot().flows);
  });
}
