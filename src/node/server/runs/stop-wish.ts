/**
 * The wish that a run stops. It stands in the run record, where whoever carries the run out finds it; but a job may have
 * no record yet, so it is remembered in the server's store before the record is looked for. A job looks for the wish
 * after it has made its record, so that one of the two finds the other, over all servers of the store.
 */
import { stopByRecord } from '../../../run';
import type { Server } from '../context';
import { KEPT_AFTER_END_MS } from '../store/types';

const keyOf = (runId: string): string => `stop:${runId}`;

/** Resolves when the wish outlives this process, or there is nothing to stop any more. Throws `FailureError`. */
export async function askForStop(server: Server, runId: string, userName: string): Promise<void> {
  const { store, clock } = server;
  const known = await store.queue.get(runId);
  // Refused when it is there already: the first who asked is the one who is named.
  if (known !== null && known.state !== 'done')
    await store.marks.replace(keyOf(runId), null, userName, clock.nowMs() + KEPT_AFTER_END_MS);
  await stopByRecord({ journal: server.journal(), clock }, runId, userName);
}

/** Who asked for a stop of the job; null: nobody. */
export async function stopWish({ store }: Pick<Server, 'store'>, runId: string): Promise<string | null> {
  const userName = await store.marks.get(keyOf(runId));
  return typeof userName === 'string' ? userName : null;
}
