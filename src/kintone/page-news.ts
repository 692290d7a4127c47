import type { NewsPort, RunNews } from '../run/ports';

/** News between the pages of one browser, over a BroadcastChannel; silence where there is none. */
export function browserNews(openChannel: (() => BroadcastChannel) | undefined): NewsPort {
  const channel = opened(openChannel);
  if (channel === null) return { tell: () => undefined, hear: () => () => undefined };
  return {
    tell: (news) => channel.postMessage(news),
    hear(listener) {
      const heard = ({ data }: MessageEvent<unknown>): void => {
        if (isNews(data)) listener(data);
      };
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
  };
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
