import { failure } from '../definition/errors';
import {
  addCounts,
  batchAt,
  batchCounts,
  type CommitBatch,
  type DataRequest,
  type FlowPlan,
  flowRequests,
  NO_WRITES,
  nextRequestCount,
  REQUESTS_PER_COMMIT,
} from '../plan';
import { startUnits } from './children';
import { ConflictBook, type Deviation } from './conflict-book';
import { attachDeviations, isConflict, lookAgain, policyOf } from './conflicts';
import { endingOf, refusalFailure } from './endings';
import type { WriteOutcome } from './journal-writer';
import { hasStarts } from './planned-starts';
import type { JournalPatch } from './ports';
import { readBackIds } from './read-back';
import { type Ending, flowEntries, type LoggedScope, updateFlow } from './scope';
import { acrossOutages, outageOf, persist, sitOut, standStill } from './stand-still';
import type { RunStatus } from './status';
import { stopEnding, stopForTime } from './stops';

/**
 * Writes the plans in order, one commit at a time. A commit is the journal's patch (cursor, counts,
 * flow states) and up to 19 data requests in one bulkRequest, so what the log says is written is
 * written, and nothing else. `skipRows` is the journal's cursor at resume.
 * Answers null when everything is written, otherwise why the run ends.
 */
export async function writePlans(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  skipRows: number,
  hasDeferred = false,
): Promise<Ending | null> {
  let rowsToSkip = skipRows;
  for (const stretch of stretchesOf(scope, plans, hasDeferred)) {
    const skipped = requestsWithin(stretch.requests, rowsToSkip);
    rowsToSkip -= skipped.rowCount;
    markWritten(scope, stretch.requests.slice(0, skipped.count));
    const ending = await writeStretch(scope, plans, stretch, skipped.count);
    if (ending !== null) return ending;
    if (stretch.starts === null) continue;
    const failed = await startUnits(scope, stretch.starts);
    if (failed !== null) return failFlows(scope, stretch.flowIds, failed);
    markEnded(scope, stretch.flowIds);
  }
  return null;
}

/** Flows that are written one after the other, or all in one commit. */
interface Stretch {
  readonly flowIds: readonly string[];
  readonly requests: readonly DataRequest[];
  /** The flow whose units start once it is written; it is at its end only when they are. */
  readonly starts: FlowPlan | null;
}

function stretchesOf(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  hasDeferred: boolean,
): readonly Stretch[] {
  const perFlow = plans.map((plan) => ({
    flowIds: [plan.flowId],
    requests: flowRequests(plan),
    starts: hasStarts([plan]) ? plan : null,
  }));
  const requests = perFlow.flatMap((one) => one.requests);
  const isWhole =
    scope.unit.atomicity !== 'flow' &&
    !hasDeferred &&
    !hasStarts(plans) &&
    requests.length <= REQUESTS_PER_COMMIT;
  return isWhole && plans.length > 1
    ? [{ flowIds: plans.map((plan) => plan.flowId), requests, starts: null }]
    : perFlow;
}

async function writeStretch(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  { flowIds, requests, starts }: Stretch,
  firstRequest: number,
): Promise<Ending | null> {
  const { ports, store } = scope;
  for (const flowId of flowIds) {
    updateFlow(store, flowId, (flow) => ({
      ...flow,
      state: 'Running',
      startedAtMs: flow.startedAtMs ?? ports.clock.nowMs(),
    }));
  }
  let next = firstRequest;
  let last: { count: number; ms: number } | null = null;
  while (next < requests.length) {
    const stopped = await mayCommit(scope);
    if (stopped !== null) return failFlows(scope, flowIds, stopped);
    const isWhole = next === 0;
    const batch = batchAt(
      requests[next]?.source.flowId ?? '',
      requests,
      next,
      nextRequestCount(requests.length - next, isWhole, last),
    );
    const startedMs = ports.clock.monotonicMs();
    const isLast = next + batch.requests.length === requests.length;
    const ending = await commitBatch(scope, plans, batch, isLast && starts === null ? flowIds : []);
    if (ending !== null) return failFlows(scope, flowIds, ending);
    last = { count: batch.requests.length, ms: ports.clock.monotonicMs() - startedMs };
    next += batch.requests.length;
  }
  if (starts === null) markEnded(scope, flowIds);
  return null;
}

function markEnded({ store, ports }: LoggedScope, flowIds: readonly string[]): void {
  for (const flowId of flowIds) {
    updateFlow(store, flowId, (flow) => ({ ...flow, state: 'Success', endedAtMs: ports.clock.nowMs() }));
  }
}

/** Null: the next commit may be sent. Otherwise why the run ends here. Waits while somebody wants a pause. */
async function mayCommit(scope: LoggedScope): Promise<Ending | null> {
  for (;;) {
    if (scope.timer.leftMs() <= 0) stopForTime(scope);
    if (scope.cancel.signal.aborted) return stopEnding(scope);
    if (scope.pause.wantedBy === null) return null;
    const refused = await standStill(scope);
    if (refused !== null) return refused;
  }
}

/** How often one commit is looked at anew because somebody keeps changing its records. */
const LOOKS_MAX = 5;

/** `endingFlowIds`: flows that end with this batch. */
async function commitBatch(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  batch: CommitBatch,
  endingFlowIds: readonly string[],
): Promise<Ending | null> {
  const policy = policyOf(scope);
  let deviations: readonly Deviation[] = [];
  if (policy !== 'stop' && scope.conflicts.touches(batch)) {
    deviations = await acrossOutages(scope, () => lookAgain(scope, plans, batch, policy));
  }
  for (let looks = 1; ; looks += 1) {
    const outcome = await sendBatch(scope, batch, deviations, endingFlowIds);
    if (outcome === null || 'state' in outcome) return outcome;
    const { code, requestIndex } = outcome.refusal;
    if (policy === 'stop' || looks > LOOKS_MAX || !isConflict(code, requestIndex))
      return endingOf('failed', refusalFailure(outcome.refusal, batch, scope.unit.id));
    deviations = await acrossOutages(scope, () => lookAgain(scope, plans, batch, policy));
  }
}

/** Null: committed. What is not written as planned is attached in the same commit. */
async function sendBatch(
  scope: LoggedScope,
  batch: CommitBatch,
  deviations: readonly Deviation[],
  endingFlowIds: readonly string[],
): Promise<Extract<WriteOutcome, { kind: 'refused' }> | Ending | null> {
  const { store, ports } = scope;
  const book = new ConflictBook();
  book.add(deviations);
  const requests = batch.requests
    .map((request) => book.actual(request))
    .filter((request) => request.rows.length > 0);
  const sent = deviations.length === 0 ? batch : { ...batch, requests };
  const files =
    deviations.length === 0
      ? {}
      : { planFileKeys: await acrossOutages(scope, () => attachDeviations(scope, deviations)) };
  const ended = { flowIds: endingFlowIds, atMs: ports.clock.nowMs() };
  const after = withReports(applyBatch(store.getSnapshot(), sent, ended, book.unchangedCount), scope, book);
  const outcome = await written(scope, sent, {
    ...files,
    cursor: after.progress.rowsWritten,
    counts: after.counts,
    flows: flowEntries(after, ports.describe),
    createdRows: scope.created.text(),
  });
  if ('state' in outcome || outcome.kind === 'refused') return outcome;
  switch (outcome.kind) {
    case 'committed':
      scope.conflicts.add(deviations);
      scope.created.note(
        sent,
        outcome.reply?.createdIds ?? (await readBackIds(ports, scope.created, sent, outcome.landing)),
      );
      store.update((status) => ({
        ...after,
        cancelRequested: status.cancelRequested,
        pauseRequested: status.pauseRequested,
        requestCount: ports.requestCount(),
      }));
      return null;
    case 'fenced':
      return endingOf(
        'superseded',
        failure('superseded', {}, { unitId: scope.unit.id, flowId: batch.flowId }),
      );
    case 'cancelRequested':
      scope.cancel.abort(outcome.by);
      return stopEnding(scope);
  }
}

/** The flows' reports about rows that were not written as planned, these included. */
function withReports(status: RunStatus, scope: LoggedScope, added: ConflictBook): RunStatus {
  const { conflicts } = scope;
  if (added.isEmpty) return status;
  const all = conflicts.with(added);
  return {
    ...status,
    flows: status.flows.map((flow) => ({ ...flow, conflicts: all.reports(flow.flowId) })),
  };
}

type Settled = Exclude<WriteOutcome, { kind: 'pauseRequested' | 'unreachable' }>;

/**
 * Sends the batch until it is known what became of it: after an outage the record tells whether it is there,
 * and a pause that somebody asks for comes before it.
 */
async function written(
  scope: LoggedScope,
  batch: CommitBatch,
  wanted: JournalPatch,
): Promise<Settled | Ending> {
  const place = { unitId: scope.unit.id, flowId: batch.flowId };
  for (;;) {
    const patch = scope.pause.isStale ? { ...wanted, pauseRequestedBy: '' } : wanted;
    const outcome = await scope.journal.write(patch, batch.requests);
    if (outcome.kind === 'committed' && patch.pauseRequestedBy === '') scope.pause.recorded('');
    if (outcome.kind === 'pauseRequested') {
      const stopped = await mayCommit(scope);
      if (stopped !== null) return stopped;
      continue;
    }
    const outage = outageOf(outcome);
    if (outage === null) return outcome as Settled;
    const waited = await sitOut(scope, outage);
    if (waited.ending !== null) {
      const { ending } = waited;
      return { ...ending, failure: ending.failure === null ? null : { ...ending.failure, place } };
    }
    // A write without data settles it: either the batch is found to be there, or it never will be.
    const refused = await persist(scope, {}, waited.moves);
    if (scope.journal.hasLanded(batch.requests)) continue;
    const stopped = refused ?? (await mayCommit(scope));
    if (stopped !== null) return stopped;
  }
}

/**
 * The status as it is once the batch is committed; becomes the snapshot only when kintone has confirmed. The cursor
 * counts the rows of the plan, so it moves over rows that were left out as well.
 */
function applyBatch(
  status: RunStatus,
  batch: CommitBatch,
  ended: { readonly flowIds: readonly string[]; readonly atMs: number } | null,
  unchanged = 0,
): RunStatus {
  const counts = { ...NO_WRITES, unchanged };
  return {
    ...status,
    counts: addCounts(addCounts(status.counts, batchCounts(batch)), counts),
    progress: { ...status.progress, rowsWritten: status.progress.rowsWritten + batch.rowCount },
    flows: status.flows.map((flow) => ({
      ...flow,
      ...(ended?.flowIds.includes(flow.flowId) === true
        ? { state: 'Success' as const, endedAtMs: ended.atMs }
        : {}),
      outputs: flow.outputs.map((output) => {
        const own = batch.requests.filter(
          ({ source }) => source.flowId === flow.flowId && source.commandId === output.commandId,
        );
        return own.length === 0
          ? output
          : { ...output, written: addCounts(output.written, batchCounts({ requests: own })) };
      }),
    })),
  };
}

/** At resume: what the journal says is written shows as written (the log's counts have it already). */
function markWritten(scope: LoggedScope, planned: readonly DataRequest[]): void {
  if (planned.length === 0) return;
  const rowCount = planned.reduce((sum, request) => sum + request.rows.length, 0);
  const requests = planned.map((request) => scope.conflicts.actual(request));
  scope.store.update((status) => ({
    ...applyBatch(status, { flowId: '', requests, rowCount }, null),
    counts: status.counts,
  }));
}

/** Requests whose rows all lie within the first `rows` rows; commits never split a request. */
function requestsWithin(requests: readonly DataRequest[], rows: number): { count: number; rowCount: number } {
  let count = 0;
  let rowCount = 0;
  for (const request of requests) {
    if (rowCount + request.rows.length > rows) break;
    rowCount += request.rows.length;
    count += 1;
  }
  return { count, rowCount };
}

/** Nothing went wrong in the flow itself. */
const STOPS: ReadonlySet<Ending['reason']> = new Set(['cancelled', 'timedOut']);

/** The flow where it stopped is the one that failed; a later flow never ran, and one in the same commit did nothing. */
function failFlows(scope: LoggedScope, flowIds: readonly string[], ending: Ending): Ending {
  const failed = flowIds.find((id) => id === ending.failure?.place.flowId) ?? flowIds[0];
  for (const flowId of flowIds) {
    const isCause = flowId === failed && !STOPS.has(ending.reason);
    updateFlow(scope.store, flowId, (flow) => ({
      ...flow,
      state: isCause ? 'Failure' : 'Cancel',
      // A flow that shares its commit with the cause has done nothing, so it has no times (trigger protocol).
      startedAtMs: isCause || flowIds.length === 1 ? flow.startedAtMs : null,
      endedAtMs: isCause || flowIds.length === 1 ? scope.ports.clock.nowMs() : null,
      failure: isCause || flowIds.length === 1 ? ending.failure : flow.failure,
    }));
  }
  return ending;
}
