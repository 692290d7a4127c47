/** Faults that tests put in the way of REST calls: what goes wrong on real networks and busy tenants. */

export type FaultEffect =
  /** Answered without doing any work. `body` is sent as text; without it kintone's JSON for `code`. */
  | { readonly kind: 'error'; readonly status: number; readonly code?: string; readonly body?: string }
  /** 400 GAIA_DA02: the database lock was not obtained, nothing was done. */
  | { readonly kind: 'lock' }
  /** 429 GAIA_TO04: too many concurrent requests, nothing was done. */
  | { readonly kind: 'tooMany' }
  /** The connection breaks before anything was done. */
  | { readonly kind: 'requestLost' }
  /** The work is done, then the connection breaks. */
  | { readonly kind: 'replyLost' }
  /** The request arrives twice; the second answer is what the client sees. */
  | { readonly kind: 'duplicate' }
  /** The answer is held back this long. */
  | { readonly kind: 'delay'; readonly delayMs: number };

export interface FaultMatch {
  readonly method?: string;
  /** Part of the path, e.g. `bulkRequest.json`. */
  readonly path?: string;
  /** App named by the request or by a call inside a bulkRequest. */
  readonly app?: string;
}

export interface Fault {
  readonly match: FaultMatch;
  readonly effect: FaultEffect;
  /** How many matching requests are hit; default 1. */
  readonly times?: number;
  /** How many matching requests pass unharmed first; default 0. */
  readonly skip?: number;
}

interface Queued {
  readonly fault: Fault;
  timesLeft: number;
  skipLeft: number;
}

export class FaultQueue {
  private queue: Queued[] = [];

  add(fault: Fault): void {
    this.queue.push({ fault, timesLeft: fault.times ?? 1, skipLeft: fault.skip ?? 0 });
  }

  clear(): void {
    this.queue = [];
  }

  /** Faults still waiting, for the admin endpoint. */
  list(): Fault[] {
    return this.queue.map(({ fault, timesLeft, skipLeft }) => ({
      ...fault,
      times: timesLeft,
      skip: skipLeft,
    }));
  }

  /** The effect for a request, or null; the first matching fault decides and is used up by one. */
  take(method: string, path: string, apps: readonly string[]): FaultEffect | null {
    for (const queued of this.queue) {
      const { match, effect } = queued.fault;
      if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
      if (match.path !== undefined && !path.includes(match.path)) continue;
      if (match.app !== undefined && !apps.includes(String(match.app))) continue;
      if (queued.skipLeft > 0) {
        queued.skipLeft -= 1;
        continue;
      }
      queued.timesLeft -= 1;
      if (queued.timesLeft <= 0) this.queue = this.queue.filter((other) => other !== queued);
      return effect;
    }
    return null;
  }
}

/** The connection broke: what a client without an answer sees. */
export class ConnectionLost extends Error {
  /** Whether the work was done before. */
  readonly workDone: boolean;

  constructor(workDone: boolean) {
    super(workDone ? 'reply lost' : 'request lost');
    this.workDone = workDone;
  }
}
