import type { NewsPort, RunNews } from '../run/ports';
import { ASK, isAtWork, NEWS_CHANNEL } from './news-channel';

/** Repeated for tabs that were opened later; no load, as it never leaves the browser. */
const REPEAT_EVERY_MS = 10_000;

/** News between the pages of one browser, over a BroadcastChannel; silence where there is none. */
export function browserNews(openChannel: (() => BroadcastChannel) | undefined): NewsPort {
  const channel = opened(openChannel);
  if (channel === null) return { tell: () => undefined, hear: () => () => undefined };
  /** The last news of every run that this page works on. */
  const live = new Map<string, RunNews>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tellAll = (): void => {
    for (const news of live.values()) channel.postMessage(news);
  };
  channel.addEventListener('message', ({ data }) => {
    if (data === ASK) tellAll();
  });
  return {
    tell(news) {
      channel.postMessage(news);
      if (isAtWork(news)) live.set(news.runId, news);
      else live.delete(news.runId);
      clearInterval(timer);
      timer = live.size === 0 ? undefined : setInterval(tellAll, REPEAT_EVERY_MS);
    },
    hear(listener) {
      const heard = ({ data }: MessageEvent<unknown>): void => {
        if (isNews(data)) listener(data);
      };
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
  };
}

/** News among the pages of this browser, and between a page and the thread of its engine. */
export function newsOfPages(): NewsPort {
  const isThere = typeof BroadcastChannel !== 'undefined';
  return browserNews(isThere ? () => new BroadcastChannel(NEWS_CHANNEL) : undefined);
}

function opened(openChannel: (() => BroadcastChannel) | undefined): BroadcastChannel | null {
  try {
    return openChannel?.() ?? null;
  } catch {
    // Sandboxed frames may not open channels; the log tells everything, only later.
    return null;
  }
}

const KINDS: ReadonlySet<unknown> = new Set(['progress', 'ended', 'abandoned']);

/** Another version of the plug-in, or another script of the page, may speak on the channel too. */
function isNews(data: unknown): data is RunNews {
  if (data === null || typeof data !== 'object') return false;
  const { kind, runId, journalId, unitId, rowsWritten, rowsPlanned } = data as Partial<RunNews>;
  return (
    KINDS.has(kind) &&
    [runId, journalId, unitId].every((one) => typeof one === 'string') &&
    [rowsWritten, rowsPlanned].every((one) => typeof one === 'number')
  );
}
