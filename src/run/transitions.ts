import { failure } from '../definition/errors';
import { type FlowPlan, planCounts, rowsToWrite } from '../plan';
import type { PlanFacts } from './check';
import { endingOf } from './endings';
import { BEAT_MS } from './lease';
import { encodePlanFile } from './plan-codec';
import { planFileName } from './plan-file';
import type { StateReason } from './ports';
import type { Ending, LoggedScope } from './scope';

/**
 * Makes the plan durable before its first write: another tab can go on with identical values, and undo
 * finds the values before. Flows that are planned later bring a file of their own beside the first.
 */
export async function freeze(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  deferredFlowIds: readonly string[],
  facts: Pick<PlanFacts, 'nowMs'>,
): Promise<Ending | null> {
  const { ports, store, request } = scope;
  const rows = rowsToWrite(planCounts(plans));
  const written = store.getSnapshot().progress.rowsWritten;
  store.update((status) => ({ ...status, progress: { rowsWritten: written, rowsPlanned: written + rows } }));
  const progress = { rowsPlanned: written + rows, cursor: written };
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
  const earlier = written === 0 ? null : await ports.journal.read(scope.journal.journalId);
  const planFileKeys = (earlier?.planFiles ?? []).map((file) => file.fileKey);
  for (const [index, chunk] of chunks.entries()) {
    planFileKeys.push(await ports.journal.upload(planFileName(written, index), chunk));
  }
  const planHash = [earlier?.planHash ?? '', sha256].filter((hash) => hash !== '').join(' ');
  return transition(scope, 'writing', { ...progress, planFileKeys, planHash });
}

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
