import { failure } from '../definition/errors';
import {
  addCounts,
  batchAt,
  batchCounts,
  type CommitBatch,
  type DataRequest,
  type FlowPlan,
  flowRequests,
  nextRequestCount,
} from '../plan';
import { hasStarts, startUnits } from './children';
import { endingOf, refusalFailure } from './endings';
import type { WriteOutcome } from './journal-writer';
import type { JournalPatch } from './ports';
import { type Ending, flowEntries, type LoggedScope, updateFlow } from './scope';
import { outageOf, persist, sitOut, standStill } from './stand-still';
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
): Promise<Ending | null> {
  let rowsToSkip = skipRows;
  for (const plan of plans) {
    const requests = flowRequests(plan);
    const skipped = requestsWithin(requests, rowsToSkip);
    rowsToSkip -= skipped.rowCount;
    markWritten(scope, plan.flowId, requests.slice(0, skipped.count));
    const startsUnits = hasStarts([plan]);
    const ending = await writeFlow(scope, plan.flowId, requests, skipped.count, startsUnits);
    if (ending !== null) return ending;
    if (!startsUnits) continue;
    const failed = await startUnits(scope, plan);
    if (failed !== null) return failFlow(scope, plan.flowId, failed);
    markEnded(scope, plan.flowId);
  }
  return null;
}

async function writeFlow(
  scope: LoggedScope,
  flowId: string,
  requests: readonly DataRequest[],
  firstRequest: number,
  /** The flow is at its end only when the units it starts are. */
  staysOpen: boolean,
): Promise<Ending | null> {
  const { ports, store } = scope;
  updateFlow(store, flowId, (flow) => ({
    ...flow,
    state: 'Running',
    startedAtMs: flow.startedAtMs ?? ports.clock.nowMs(),
  }));
  let next = firstRequest;
  let last: { count: number; ms: number } | null = null;
  while (next < requests.length) {
    const stopped = await mayCommit(scope);
    if (stopped !== null) return failFlow(scope, flowId, stopped);
    const isWholeFlow = next === 0;
    const batch = batchAt(
      flowId,
      requests,
      next,
      nextRequestCount(requests.length - next, isWholeFlow, last),
    );
    const startedMs = ports.clock.monotonicMs();
    const ending = await commitBatch(
      scope,
      batch,
      !staysOpen && next + batch.requests.length === requests.length,
    );
    if (ending !== null) return failFlow(scope, flowId, ending);
    last = { count: batch.requests.length, ms: ports.clock.monotonicMs() - startedMs };
    next += batch.requests.length;
  }
  if (!staysOpen) markEnded(scope, flowId);
  return null;
}

/** Null: the next commit may be sent. Otherwise why the run ends here. Waits while somebody wants a pause. */
async function mayCommit(scope: LoggedScope): Promise<Ending | null> {
  for (;;) {
    if (scope.timer.leftMs() <= 0) stopForTime(scope);
    if (scope.cancel.signal.aborted) return stopEnding(scope);
    if (scope.pause.wantedBy === null) return null;
    const refused = await standStill(scope, 'person');
    if (refused !== null) return refused;
  }
}

function markEnded({ store, ports }: LoggedScope, flowId: string): void {
  updateFlow(store, flowId, (flow) => ({ ...flow, state: 'Success', endedAtMs: ports.clock.nowMs() }));
}

async function commitBatch(
  scope: LoggedScope,
  batch: CommitBatch,
  isLastOfFlow: boolean,
): Promise<Ending | null> {
  const { store, ports } = scope;
  const after = applyBatch(store.getSnapshot(), batch, isLastOfFlow ? ports.clock.nowMs() : null);
  const outcome = await written(scope, batch, {
    cursor: after.progress.rowsWritten,
    counts: after.counts,
    flows: flowEntries(after, ports.describe),
    createdRows: scope.created.text(),
  });
  if ('state' in outcome) return outcome;
  switch (outcome.kind) {
    case 'committed':
      scope.created.note(batch, outcome.reply?.createdIds ?? []);
      store.update((status) => ({
        ...after,
        cancelRequested: status.cancelRequested,
        pauseRequested: status.pauseRequested,
        requestCount: ports.requestCount(),
      }));
      return null;
    case 'refused':
      return endingOf('failed', refusalFailure(outcome.refusal, batch, scope.unit.id));
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

/** The status as it is once the batch is committed; becomes the snapshot only when kintone has confirmed. */
function applyBatch(status: RunStatus, batch: CommitBatch, flowEndedAtMs: number | null): RunStatus {
  return {
    ...status,
    counts: addCounts(status.counts, batchCounts(batch)),
    progress: { ...status.progress, rowsWritten: status.progress.rowsWritten + batch.rowCount },
    flows: status.flows.map((flow) =>
      flow.flowId !== batch.flowId
        ? flow
        : {
            ...flow,
            ...(flowEndedAtMs === null ? {} : { state: 'Success' as const, endedAtMs: flowEndedAtMs }),
            outputs: flow.outputs.map((output) => {
              const own = batch.requests.filter((request) => request.source.commandId === output.commandId);
              return { ...output, written: addCounts(output.written, batchCounts({ requests: own })) };
            }),
          },
    ),
  };
}

/** At resume: what the journal says is written shows as written (the log's counts have it already). */
function markWritten(scope: LoggedScope, flowId: string, requests: readonly DataRequest[]): void {
  if (requests.length === 0) return;
  const rowCount = requests.reduce((sum, request) => sum + request.rows.length, 0);
  scope.store.update((status) => ({
    ...applyBatch(status, { flowId, requests, rowCount }, null),
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

/** The flow where it stopped is the one that failed; a later flow never ran. */
function failFlow(scope: LoggedScope, flowId: string, ending: Ending): Ending {
  updateFlow(scope.store, flowId, (flow) => ({
    ...flow,
    state: STOPS.has(ending.reason) ? 'Cancel' : 'Failure',
    endedAtMs: scope.ports.clock.nowMs(),
    failure: ending.failure,
  }));
  return ending;
}
