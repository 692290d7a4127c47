import type { RunNews, RunPorts } from './ports';
import type { RunRequest } from './scope';
import type { RunStatus } from './status';
import type { Store } from './store';

/** Progress is told at most this often; changes of state always. */
const TELL_EVERY_MS = 1_000;

/** Tells the other pages of this browser how the run goes, from its record on until it has ended. */
export function tellNews(
  ports: Pick<RunPorts, 'news' | 'clock'>,
  request: Pick<RunRequest, 'calling'>,
  store: Store<RunStatus>,
): () => void {
  let last: { readonly reason: RunStatus['reason']; readonly atMs: number } | null = null;
  return store.subscribe(() => {
    const status = store.getSnapshot();
    const isEnd = status.endedAtMs !== null;
    // What is only watched here is told by the page that does it.
    if (status.journalId === null || status.watched !== null || (isEnd && last === null)) return;
    const atMs = ports.clock.monotonicMs();
    const isNew = last?.reason !== status.reason;
    if (!isEnd && !isNew && atMs - (last?.atMs ?? 0) < TELL_EVERY_MS) return;
    last = { reason: status.reason, atMs };
    ports.news.tell(newsOf(status, request.calling, isEnd ? 'ended' : 'progress'));
  });
}

export const newsOf = (
  status: RunStatus,
  calling: { readonly appId: string; readonly recordId: string },
  kind: RunNews['kind'],
): RunNews => ({
  kind,
  runId: status.runId,
  journalId: status.journalId ?? '',
  unitId: status.unitId,
  unitName: status.unitName,
  callingAppId: calling.appId,
  callingRecordId: calling.recordId,
  userName: status.user.name,
  state: status.state,
  reason: status.reason,
  rowsWritten: status.progress.rowsWritten,
  rowsPlanned: status.progress.rowsPlanned,
});
