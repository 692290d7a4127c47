/** How many requests a domain has under way, and how many it allows at once. */
export interface Concurrency {
  readonly running: number;
  readonly limit: number;
}

/** kintone says it with every answer (facts "kintone" 2); null where the headers are missing. */
export function concurrencyOf(header: (name: string) => string | null): Concurrency | null {
  const running = Number(header('X-ConcurrencyLimit-Running') ?? Number.NaN);
  const limit = Number(header('X-ConcurrencyLimit-Limit') ?? Number.NaN);
  return Number.isFinite(running) && limit > 0 ? { running, limit } : null;
}
