import { failure } from '../definition/errors';
import { type FlowPlan, flowRequests, planCounts, REQUESTS_PER_COMMIT, rowsToWrite } from '../plan';
import type { PlanFacts } from './check';
import { endingOf } from './endings';
import { BEAT_MS } from './lease';
import { encodePlanFile } from './plan-file';
import type { StateReason } from './ports';
import type { Ending, LoggedScope } from './scope';

/**
 * Makes the plan durable before its first write. A plan of a single commit needs no file: the
 * journal's cursor alone tells whether it happened.
 */
export async function freeze(
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
export function startBeat(scope: LoggedScope): () => Promise<void> {
  const stop = new AbortController();
  const beating = (async () => {
    for (;;) {
      await scope.ports.clock.sleep(BEAT_MS, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      const outcome = await scope.journal.write({});
      if (outcome.kind === 'cancelRequested') scope.cancel.abort(outcome.by);
      if (outcome.kind !== 'committed') return;
    }
  })();
  return async () => {
    stop.abort();
    await beating;
  };
}
