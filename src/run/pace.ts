import type { Clock } from './ports';

/** Work goes on for this long before the page gets a turn: half a frame, so that scrolling stays smooth. */
const PIECE_MS = 8;

/** A rest that is only taken when the piece of work since the last one has been long enough. */
export function pacedRest(clock: Clock, signal: AbortSignal): () => Promise<void> {
  let lastMs = clock.monotonicMs();
  return async () => {
    if (clock.monotonicMs() - lastMs < PIECE_MS) return;
    await clock.sleep(0, signal);
    lastMs = clock.monotonicMs();
  };
}
