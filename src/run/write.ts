import { type Failure, failure } from '../definition/errors';
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
import { endingOf, refusalFailure } from './endings';
import { type Ending, flowEntries, type LoggedScope, type RunScope, updateFlow } from './scope';
import type { RunStatus } from './status';

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
    const ending = await writeFlow(scope, plan.flowId, requests, skipped.count);
    if (ending !== null) return ending;
  }
  return null;
}

async function writeFlow(
  scope: LoggedScope,
  flowId: string,
  requests: readonly DataRequest[],
  firstRequest: number,
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
    if (scope.cancel.signal.aborted)
      return failFlow(scope, flowId, endingOf('cancelled', cancelFailure(scope)));
    const isWholeFlow = next === 0;
    const batch = batchAt(
      flowId,
      requests,
      next,
      nextRequestCount(requests.length - next, isWholeFlow, last),
    );
    const startedMs = ports.clock.monotonicMs();
    const ending = await commitBatch(scope, batch, next + batch.requests.length === requests.length);
    if (ending !== null) return failFlow(scope, flowId, ending);
    last = { count: batch.requests.length, ms: ports.clock.monotonicMs() - startedMs };
    next += batch.requests.length;
  }
  updateFlow(store, flowId, (flow) => ({ ...flow, state: 'Success', endedAtMs: ports.clock.nowMs() }));
  return null;
}

async function commitBatch(
  scope: LoggedScope,
  batch: CommitBatch,
  isLastOfFlow: boolean,
): Promise<Ending | null> {
  const { store, ports } = scope;
  const after = applyBatch(store.getSnapshot(), batch, isLastOfFlow ? ports.clock.nowMs() : null);
  const outcome = await scope.journal.write(
    {
      cursor: after.progress.rowsWritten,
      counts: after.counts,
      flows: flowEntries(after, ports.describe),
      createdRows: scope.created.text(),
    },
    batch.requests,
  );
  switch (outcome.kind) {
    case 'committed':
      scope.created.note(batch, outcome.reply?.createdIds ?? []);
      store.update((status) => ({
        ...after,
        cancelRequested: status.cancelRequested,
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
      return endingOf('cancelled', failure('cancelledBy', { user: outcome.by }, { unitId: scope.unit.id }));
    case 'unreachable':
      return endingOf(
        'failed',
        failure('unreachable', { cause: outcome.cause }, { unitId: scope.unit.id, flowId: batch.flowId }),
      );
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

/** The flow where it stopped is the one that failed; a later flow never ran. */
function failFlow(scope: LoggedScope, flowId: string, ending: Ending): Ending {
  updateFlow(scope.store, flowId, (flow) => ({
    ...flow,
    state: ending.reason === 'cancelled' ? 'Cancel' : 'Failure',
    endedAtMs: scope.ports.clock.nowMs(),
    failure: ending.failure,
  }));
  return ending;
}

/** Who asked for the stop: the person here, or the one whose name came with the abort (see `startBeat`). */
export function cancelFailure(scope: RunScope): Failure {
  const { reason } = scope.cancel.signal;
  const user = typeof reason === 'string' ? reason : scope.request.user.name;
  return failure('cancelledBy', { user }, { unitId: scope.unit.id });
}
