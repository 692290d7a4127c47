import { type FlowPlan, planCounts, rowsToWrite } from '../plan';
import type { PlanFacts } from './check';
import { BEAT_MS } from './lease';
import { encodePlanFile } from './plan-codec';
import { planFileName } from './plan-parts';
import type { JournalPatch, StateReason } from './ports';
import type { Ending, LoggedScope } from './scope';
import { acrossOutages, moveOf, outageOf, persist } from './stand-still';
import { stopForTime } from './stops';

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
  const { journalId } = scope.journal;
  const earlier = written === 0 ? null : await acrossOutages(scope, () => ports.journal.read(journalId));
  const planFileKeys = (earlier?.planFiles ?? []).map((file) => file.fileKey);
  for (const [index, chunk] of chunks.entries()) {
    const upload = () => ports.journal.upload(planFileName(written, index), chunk);
    planFileKeys.push(await acrossOutages(scope, upload));
  }
  const planHash = [earlier?.planHash ?? '', sha256].filter((hash) => hash !== '').join(' ');
  return transition(scope, 'writing', {
    ...progress,
    planFileKeys,
    planHash,
    outputValue: scope.value.text(),
  });
}

/** Moves the run on, in the journal first. Null when it happened. */
export async function transition(
  scope: LoggedScope,
  reason: Extract<StateReason, 'checking' | 'confirming' | 'writing'>,
  patch: JournalPatch = {},
): Promise<Ending | null> {
  const state = reason === 'writing' ? 'Running' : 'Queuing';
  const refused = await persist(scope, { ...patch, state, reason }, [moveOf(scope, { state, reason })]);
  if (refused === null) scope.store.update((status) => ({ ...status, state, reason }));
  return refused;
}

/**
 * Sends a sign of life while nothing is written, so that watchers elsewhere do not take the run for dead; ends
 * the work when its time is over.
 */
export function startBeat(scope: LoggedScope): () => Promise<void> {
  const stop = new AbortController();
  const beating = (async () => {
    for (;;) {
      const { timer } = scope;
      const dueMs = timer.isStopped ? BEAT_MS : Math.min(BEAT_MS, Math.max(timer.leftMs(), 1));
      await scope.ports.clock.sleep(dueMs, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      // Whoever stands still gives signs of life as far as kintone can be reached.
      if (scope.store.getSnapshot().reason === 'paused') continue;
      if (timer.leftMs() <= 0) {
        stopForTime(scope);
        return;
      }
      const outcome = await scope.journal.write({});
      if (outcome.kind === 'cancelRequested') scope.cancel.abort(outcome.by);
      if (outcome.kind !== 'committed' && outageOf(outcome) === null) return;
    }
  })();
  return async () => {
    stop.abort();
    await beating;
  };
}
