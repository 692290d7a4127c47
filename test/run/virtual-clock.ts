import type { Clock } from '../../src/run';

/** Compression and hashing happen on other threads; this many turns of the event loop are plenty for them. */
const IDLE_TURNS_MAX = 50_000;

/** Three times what the longest test needs: what has not come by then never comes. */
const WAKES_MAX = 6_000;

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Time that stands still until a test moves it; sleepers wake in the order of their due times. */
export class VirtualClock implements Clock {
  private current: number;
  private readonly startMs: number;
  private sleepers: Sleeper[] = [];
  private order = 0;

  constructor(startMs = Date.UTC(2026, 10, 21, 3, 0, 0)) {
    this.startMs = startMs;
    this.current = startMs;
  }

  nowMs(): number {
    return this.current;
  }

  monotonicMs(): number {
    return this.current - this.startMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      this.order += 1;
      const finish = () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const sleeper = { atMs: this.current + ms, order: this.order, wake: finish };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', finish);
    });
  }

  /** Moves time by `ms`, waking everybody who is due on the way. */
  async advance(ms: number): Promise<void> {
    const until = this.current + ms;
    for (;;) {
      await settle();
      const next = this.next();
      if (next === undefined || next.atMs > until) break;
      this.wake(next);
    }
    this.current = until;
    await settle();
  }

  /** Moves time only as far as needed for the promise to settle; throws when it never does. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const mark = (): void => {
      isSettled = true;
    };
    promise.then(mark, mark);
    for (let idleTurns = 0, wakes = 0; ; ) {
      await settle();
      if (isSettled) return promise;
      const next = this.next();
      if (next !== undefined) {
        idleTurns = 0;
        if (++wakes > WAKES_MAX) throw new Error('time goes on, and the promise is still open');
        this.wake(next);
      } else if (++idleTurns > IDLE_TURNS_MAX) {
        throw new Error('nothing is waiting for time, and the promise is still open');
      }
    }
  }

  private next(): Sleeper | undefined {
    return [...this.sleepers].sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
  }

  private wake(sleeper: Sleeper): void {
    this.current = Math.max(this.current, sleeper.atMs);
    sleeper.wake();
  }
}

/** Lets everything that needs no time happen (promise chains, compression streams, message channels). */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
