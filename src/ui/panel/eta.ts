/** Time remaining, from the throughput of this very run. */

export interface Eta {
  readonly startedAtMs: number;
  readonly lastAtMs: number;
  readonly lastRows: number;
  /** Rows per millisecond, exponential average; null before the first rows. */
  readonly rate: number | null;
}

/** Nothing is promised before this much of a run has been seen. */
const FIRST_SHOWN_AFTER_MS = 3_000;
const WEIGHT_OF_NEWEST = 0.3;

export function startEta(rowsWritten: number, nowMs: number): Eta {
  return { startedAtMs: nowMs, lastAtMs: nowMs, lastRows: rowsWritten, rate: null };
}

/** Takes a new count in; calls without new rows change nothing. */
export function advanceEta(eta: Eta, rowsWritten: number, nowMs: number): Eta {
  if (rowsWritten <= eta.lastRows || nowMs <= eta.lastAtMs) return eta;
  const newest = (rowsWritten - eta.lastRows) / (nowMs - eta.lastAtMs);
  const rate = eta.rate === null ? newest : eta.rate + WEIGHT_OF_NEWEST * (newest - eta.rate);
  return { ...eta, lastAtMs: nowMs, lastRows: rowsWritten, rate };
}

/** Milliseconds left, or null while too little is known. */
export function remainingMs(eta: Eta, rowsPlanned: number, nowMs: number): number | null {
  if (eta.rate === null || nowMs - eta.startedAtMs < FIRST_SHOWN_AFTER_MS) return null;
  const atLastCommit = (rowsPlanned - eta.lastRows) / eta.rate;
  return Math.max(1_000, atLastCommit - (nowMs - eta.lastAtMs));
}

/** Rounded so that the figure does not flicker: to 1 s below 10 s, to 5 s below a minute, then to minutes. */
export function roundRemaining(ms: number): { readonly unit: 'seconds' | 'minutes'; readonly value: number } {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 10) return { unit: 'seconds', value: seconds };
  if (seconds <= 55) return { unit: 'seconds', value: Math.ceil(seconds / 5) * 5 };
  return { unit: 'minutes', value: Math.ceil(seconds / 60) };
}
