import type { Atomicity } from '../definition/types';
import { commitLength, flowRequests } from './requests';
import {
  type CommitBatch,
  type DataRequest,
  type FlowPlan,
  type OutputPlan,
  REQUESTS_PER_COMMIT,
  type WriteCounts,
} from './types';

export const NO_WRITES: WriteCounts = { added: 0, updated: 0, deleted: 0, unchanged: 0 };

export const addCounts = (a: WriteCounts, b: WriteCounts): WriteCounts => ({
  added: a.added + b.added,
  updated: a.updated + b.updated,
  deleted: a.deleted + b.deleted,
  unchanged: a.unchanged + b.unchanged,
});

export const outputCounts = (output: OutputPlan): WriteCounts => ({
  added: output.adds.length,
  // A process action changes the record as people see it.
  updated: output.updates.length + (output.statuses?.length ?? 0),
  deleted: output.deletes.length,
  unchanged: output.unchanged,
});

export const planCounts = (plans: readonly FlowPlan[]): WriteCounts =>
  plans.flatMap((plan) => plan.outputs.map(outputCounts)).reduce(addCounts, NO_WRITES);

/** Rows that a plan writes (unchanged ones cost nothing). */
export const rowsToWrite = (counts: WriteCounts): number => counts.added + counts.updated + counts.deleted;

/**
 * The next commit of a flow: requests from `firstRequest` on, at most `requestCount` (1 to 19) unless
 * requests that belong together are more.
 * A flow's requests never mix with another flow's, because flows end one after the other.
 */
export function batchAt(
  flowId: string,
  requests: readonly DataRequest[],
  firstRequest: number,
  requestCount: number,
): CommitBatch {
  const size = Math.max(1, Math.min(requestCount, REQUESTS_PER_COMMIT));
  const taken = requests.slice(firstRequest, firstRequest + commitLength(requests, firstRequest, size));
  return { flowId, requests: taken, rowCount: taken.reduce((sum, request) => sum + request.rows.length, 0) };
}

/** What a batch adds to the counts once it is committed. */
export function batchCounts(batch: Pick<CommitBatch, 'requests'>): WriteCounts {
  return batch.requests.reduce(
    (counts, request) => ({
      added: counts.added + (request.kind === 'add' ? request.rows.length : 0),
      updated:
        counts.updated + (request.kind === 'update' || request.kind === 'status' ? request.rows.length : 0),
      deleted: counts.deleted + (request.kind === 'delete' ? request.rows.length : 0),
      unchanged: 0,
    }),
    NO_WRITES,
  );
}

/**
 * Commits above 8 s take long enough (100 rows have been seen to take 2.7 s) that cancel would feel dead; a size
 * that takes 3 to 8 s stays.
 */
const COMMIT_TARGET_MS = { low: 3_000, aim: 5_000, high: 8_000 } as const;
/** Before anybody knows how fast the app is: few requests, a few more where that saves a commit. */
const FIRST_REQUEST_COUNT = { usual: 3, most: 6 } as const;

/**
 * How many requests the next commit gets. A flow that fits one commit is written whole (all or nothing);
 * otherwise it starts small, and the time that took says how many go into 5 s. So where kintone is quick a
 * flow takes the least commits, or one more.
 */
export function nextRequestCount(
  remaining: number,
  isWholeFlow: boolean,
  last: { count: number; ms: number } | null,
): number {
  if (isWholeFlow && remaining <= REQUESTS_PER_COMMIT) return remaining;
  if (last === null) {
    // What is left over when all other commits are full.
    const rest = ((remaining - 1) % REQUESTS_PER_COMMIT) + 1;
    return rest <= FIRST_REQUEST_COUNT.most ? rest : FIRST_REQUEST_COUNT.usual;
  }
  if (last.ms >= COMMIT_TARGET_MS.low && last.ms <= COMMIT_TARGET_MS.high) return last.count;
  const fitting = Math.round((last.count * COMMIT_TARGET_MS.aim) / Math.max(1, last.ms));
  return Math.max(1, Math.min(REQUESTS_PER_COMMIT, fitting));
}

/** unit: everything is one commit, all or nothing; flow: each flow is; split: some flow is longer than a commit. */
export type CommitShape = 'unit' | 'flow' | 'split';

/**
 * What the plans are written as, by the unit's atomicity. Flows that are planned later get commits of their own;
 * their part is the estimate of now.
 */
export function commitShape(
  plans: readonly FlowPlan[],
  deferredFlowIds: readonly string[],
  atomicity: Atomicity,
): CommitShape {
  const counts = plans.map((plan) => flowRequests(plan).length).filter((count) => count > 0);
  const isOneFlow = counts.length <= 1;
  // Between two flows other units may run, which have commits of their own.
  const startsUnits = plans.some(({ starts = [] }) => starts.length > 0);
  const fits = counts.reduce((sum, count) => sum + count, 0) <= REQUESTS_PER_COMMIT;
  if (deferredFlowIds.length === 0 && fits && (isOneFlow || (atomicity !== 'flow' && !startsUnits)))
    return 'unit';
  return counts.every((count) => count <= REQUESTS_PER_COMMIT) ? 'flow' : 'split';
}
