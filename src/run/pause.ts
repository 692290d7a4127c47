/** The wish that a run stands still, and how long it has worked. Neither knows kintone. */
import type { Clock } from './ports';

/**
 * person: somebody asked for it; session, offline: kintone does not let the page in, or is out of reach;
 * breakpoint: a run in test mode has come to a command that it was to stop before.
 */
export type PauseCause = 'person' | 'session' | 'offline' | 'breakpoint';

/**
 * Whether somebody wants the run to stand still: in this page, or from elsewhere through the run record's
 * `pause_requested_by`, of which `hear` tells.
 */
export class PauseSwitch {
  #wantedBy: string | null = null;
  #recordedBy = '';
  #waiting: (() => void)[] = [];

  /** Name of whoever asked; null: the run may go on. */
  get wantedBy(): string | null {
    return this.#wantedBy;
  }

  /** The name that the run record has; once nobody wants the pause any more it has to go from there. */
  get isStale(): boolean {
    return this.#recordedBy !== '' && this.#wantedBy === null;
  }

  ask(by: string): void {
    this.#wantedBy = by;
  }

  lift(): void {
    this.#wantedBy = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** What the run record says now. */
  hear(recordedBy: string): void {
    const before = this.#recordedBy;
    this.#recordedBy = recordedBy;
    if (recordedBy !== '' && recordedBy !== before) this.ask(recordedBy);
    if (recordedBy === '' && before !== '') this.lift();
  }

  /** The record has it now by our own writing. */
  recorded(by: string): void {
    this.#recordedBy = by;
  }

  /** Resolves at the next `lift`. */
  lifted(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Time that a run has worked; it stands still while the run waits for a person, a session or the net. */
export class WorkTimer {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #limitMs: number;
  #workedMs = 0;
  #sinceMs: number;
  #stops = 0;

  /** `limitMs` 0: no limit. */
  constructor(clock: Pick<Clock, 'monotonicMs'>, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs === 0 ? Number.POSITIVE_INFINITY : limitMs;
    this.#sinceMs = clock.monotonicMs();
  }

  /** Whether the time stands still now. */
  get isStopped(): boolean {
    return this.#stops > 0;
  }

  /** Stops within stops are one. */
  stop(): void {
    if (this.#stops === 0) this.#workedMs += this.#clock.monotonicMs() - this.#sinceMs;
    this.#stops += 1;
  }

  go(): void {
    this.#stops -= 1;
    if (this.#stops === 0) this.#sinceMs = this.#clock.monotonicMs();
  }

  leftMs(): number {
    const runningMs = this.#stops > 0 ? 0 : this.#clock.monotonicMs() - this.#sinceMs;
    return Math.max(0, this.#limitMs - this.#workedMs - runningMs);
  }
}
