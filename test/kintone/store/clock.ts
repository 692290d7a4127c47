import type { Clock } from './types';

/**
 * A clock that runs with real time until a test sets it; from then on it stands still and moves only by
 * `set` and `advance`, so that cursor lifetimes and time stamps can be tested without waiting.
 */
export class MovableClock implements Clock {
  private frozenAtMs: number | null;
  private readonly realNowMs: () => number;

  constructor(startMs: number | null = null, realNowMs: () => number = () => Date.now()) {
    this.frozenAtMs = startMs;
    this.realNowMs = realNowMs;
  }

  nowMs(): number {
    return this.frozenAtMs ?? this.realNowMs();
  }

  set(nowMs: number | null): void {
    this.frozenAtMs = nowMs;
  }

  advance(byMs: number): void {
    this.frozenAtMs = this.nowMs() + byMs;
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
