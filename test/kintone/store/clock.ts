import type { Clock } from './types';

/**
 * A clock that runs with real time until a test sets it; from then on it stands still and moves only by
 * `set` and `advance`, so that cursor lifetimes and time stamps can be tested without waiting. Advancing a
 * running clock leaves it running, ahead of real time.
 */
export class MovableClock implements Clock {
  private frozenAtMs: number | null;
  private aheadMs = 0;
  private readonly realNowMs: () => number;

  constructor(startMs: number | null = null, realNowMs: () => number = () => Date.now()) {
    this.frozenAtMs = startMs;
    this.realNowMs = realNowMs;
  }

  nowMs(): number {
    return this.frozenAtMs ?? this.realNowMs() + this.aheadMs;
  }

  /** Stops the clock at a time, or lets it run with real time again (null). */
  set(nowMs: number | null): void {
    this.frozenAtMs = nowMs;
    this.aheadMs = 0;
  }

  advance(byMs: number): void {
    if (this.frozenAtMs === null) this.aheadMs += byMs;
    else this.frozenAtMs += byMs;
  }
}

/** kintone's record times have minute precision: seconds are cut, not rounded. */
export function minuteStamp(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16)}:00Z`;
}

/** App and comment times keep seconds and milliseconds cut to what kintone prints. */
export function secondStamp(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
