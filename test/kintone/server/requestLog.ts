import type { SubCall } from './context';

/** One REST request as it arrived. */
export interface LogEntry {
  readonly number: number;
  readonly timeMs: number;
  /** Login name, or null when the caller was not recognised. */
  readonly user: string | null;
  readonly method: string;
  readonly path: string;
  readonly apps: readonly string[];
  /** 0 when no answer was sent (lost connection). */
  readonly status: number;
  readonly code: string | null;
  /** Calls inside a bulkRequest that were carried out. */
  readonly subRequests: readonly SubCall[];
  /** Kind of the fault that was injected. */
  readonly fault: string | null;
}

export interface LogFilter {
  readonly user?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly app?: string | undefined;
  readonly status?: number | undefined;
  /** Only entries with a greater number. */
  readonly after?: number | undefined;
}

const maxEntries = 20_000;

/** The latest requests, and how many calls each app has had per day. */
export class RequestLog {
  private entries: LogEntry[] = [];
  private lastNumber = 0;
  private readonly daily = new Map<string, Map<string, number>>();

  add(entry: Omit<LogEntry, 'number'>): void {
    this.lastNumber += 1;
    this.entries.push({ ...entry, number: this.lastNumber });
    if (this.entries.length > maxEntries) this.entries = this.entries.slice(-maxEntries / 2);
    // The calls inside a bulkRequest count, the bulkRequest itself does not.
    if (entry.subRequests.length === 0) this.count(entry.timeMs, entry.apps);
    for (const call of entry.subRequests) this.count(entry.timeMs, call.apps);
  }

  list(filter: LogFilter = {}): LogEntry[] {
    return this.entries.filter(
      (entry) =>
        (filter.user === undefined || entry.user === filter.user) &&
        (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
        (filter.path === undefined || entry.path.includes(filter.path)) &&
        (filter.app === undefined || entry.apps.includes(filter.app)) &&
        (filter.status === undefined || entry.status === filter.status) &&
        (filter.after === undefined || entry.number > filter.after),
    );
  }

  clear(): void {
    this.entries = [];
  }

  /** Calls per app of one day (the day containing `timeMs`); kintone's day begins at 9:00 in Japan, 0:00 UTC. */
  counters(timeMs: number): Record<string, number> {
    return Object.fromEntries(this.daily.get(dayOf(timeMs)) ?? []);
  }

  clearCounters(): void {
    this.daily.clear();
  }

  private count(timeMs: number, apps: readonly string[]): void {
    const day = dayOf(timeMs);
    const counters = this.daily.get(day) ?? new Map<string, number>();
    this.daily.set(day, counters);
    for (const app of apps) counters.set(app, (counters.get(app) ?? 0) + 1);
  }
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
