/** Which units run in other tabs of this browser, from what those tabs tell. Costs no request. */
import { ASK, isAtWork, NEWS_CHANNEL, NEWS_EXPIRE_MS } from '../kintone/news-channel';
import type { RunNews } from '../run/ports';

/** Run id of a run of the unit that goes on elsewhere; undefined: none is known. */
export type OtherTabs = (unitId: string) => string | undefined;

/**
 * Listens from now on, and asks what is going on already. A run counts until it ends or its tab falls silent.
 * `open` throws where there are no channels (a sandboxed frame): then nothing is known.
 */
export function watchOtherTabs(
  onChange: () => void,
  open = () => new BroadcastChannel(NEWS_CHANNEL),
): OtherTabs {
  const runs = new Map<string, readonly [unitId: string, timer: ReturnType<typeof setTimeout>]>();
  try {
    const channel = open();
    channel.onmessage = ({ data }: MessageEvent<Partial<RunNews> | null>) => {
      const { kind, reason, runId, unitId } = data ?? {};
      // Another script of the page may speak on the channel too.
      if (!kind || !reason || typeof runId !== 'string' || typeof unitId !== 'string') return;
      const known = runs.get(runId);
      clearTimeout(known?.[1]);
      const forget = () => runs.delete(runId) && onChange();
      if (!isAtWork({ kind, reason })) return void forget();
      runs.set(runId, [unitId, setTimeout(forget, NEWS_EXPIRE_MS)]);
      if (!known) onChange();
    };
    channel.postMessage(ASK);
  } catch {
    // No channel, no news: the press itself finds the run in the log.
  }
  return (unitId) => [...runs].find(([, [id]]) => id === unitId)?.[0];
}
