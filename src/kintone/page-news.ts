import type { NewsPort, RunNews } from '../run';

/** The parts of the browser that news rest on; an absent channel switches them off. */
export interface NewsTools {
  readonly openChannel: (() => BroadcastChannel) | undefined;
  /** Calls back when the page is going away. */
  readonly onLeave: (listener: () => void) => void;
}

/**
 * News between the pages of one browser, over a BroadcastChannel. A page that goes away in the middle of a run says
 * so with its last breath (`pagehide`); others then need not wait for the lease. All of it is best effort.
 */
export function pageNews(tools: NewsTools): NewsPort {
  const channel = opened(tools);
  if (channel === null) return { tell: () => undefined, hear: () => () => undefined };
  /** The last news of runs of this page that have not ended. */
  const own = new Map<string, RunNews>();
  tools.onLeave(() => {
    for (const news of own.values()) channel.postMessage({ ...news, kind: 'abandoned' });
  });
  return {
    tell(news) {
      if (news.kind === 'ended') own.delete(news.runId);
      else own.set(news.runId, news);
      channel.postMessage(news);
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

function opened({ openChannel }: NewsTools): BroadcastChannel | null {
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
