/** The embedded store: one file in a folder, one process. No database, no package, nothing native. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { canonicalJson } from '../../../definition/json';
import type { Json, JsonObject } from '../../../definition/types';
import { openFileLog } from './file-log';
import { lockFolder } from './folder-lock';
import { nextJob, type WaitingJob } from './pick';
import { type Job, type JobOutcome, type JobView, KEPT_AFTER_END_MS, type Store, type Work } from './types';

export interface FileStoreOptions {
  readonly folder: string;
  /** Jobs at the same time. */
  readonly workers: number;
  readonly nowMs: () => number;
}

interface Ended {
  readonly job: Job;
  readonly outcome: JobOutcome;
  readonly endedAtMs: number;
}

interface Mark {
  readonly value: Json;
  readonly untilMs: number;
}

/** Throws `StoreError`: `inUse` when another process has the folder, `damaged` when its file cannot be read. */
export async function openFileStore(options: FileStoreOptions): Promise<Store> {
  const { nowMs, workers } = options;
  const unlock = await lockFolder(options.folder);
  const waiting = new Map<string, WaitingJob>();
  const running = new Map<string, Job>();
  /** On their way to the disk. */
  const adding = new Map<string, { readonly job: Job; readonly stored: Promise<void> }>();
  const ended = new Map<string, Ended>();
  const marks = new Map<string, Mark>();
  let order = 0;
  let work: Work | null = null;

  const enter = (job: Job): void => {
    order += 1;
    waiting.set(job.id, { job, order });
  };

  function apply(entry: Json): void {
    const line = entry as unknown as Line;
    if (line.kind === 'job') enter(line.job);
    else if (line.kind === 'end') {
      waiting.delete(line.end.job.id);
      ended.set(line.end.job.id, line.end);
    } else marks.set(line.key, { value: line.value, untilMs: line.untilMs });
  }

  function* kept(): Iterable<Json> {
    const now = nowMs();
    for (const end of ended.values())
      if (end.endedAtMs + KEPT_AFTER_END_MS > now) yield json({ kind: 'end', end });
    for (const [key, mark] of marks) if (mark.untilMs > now) yield json({ kind: 'mark', key, ...mark });
    for (const { job } of [...adding.values(), ...waiting.values()]) yield json({ kind: 'job', job });
    for (const job of running.values()) yield json({ kind: 'job', job });
  }

  const log = await openFileLog(join(options.folder, 'store.jsonl'), apply, kept).catch(async (error) => {
    await unlock();
    throw error;
  });

  function pump(): void {
    while (work !== null && running.size < workers) {
      const next = nextJob(waiting.values(), new Set([...running.values()].map((job) => job.lane)));
      if (next === undefined) return;
      waiting.delete(next.job.id);
      running.set(next.job.id, next.job);
      void carryOut(next.job, work);
    }
  }

  async function carryOut(job: Job, doWork: Work): Promise<void> {
    const outcome = await doWork(job).catch(failed);
    const end: Ended = { job: { ...job, record: null }, outcome, endedAtMs: nowMs() };
    // When this cannot be stored the job is done again after the next start, and kintone knows that it ran.
    await log.append(json({ kind: 'end', end })).catch(() => undefined);
    running.delete(job.id);
    ended.set(job.id, end);
    forgetOld();
    pump();
  }

  /** Both maps are in order of age, near enough: what is kept a little longer does no harm. */
  function forgetOld(): void {
    const now = nowMs();
    for (const [id, end] of ended) {
      if (end.endedAtMs + KEPT_AFTER_END_MS > now) break;
      ended.delete(id);
    }
    for (const [key, mark] of marks) {
      if (mark.untilMs > now) break;
      marks.delete(key);
    }
  }

  function view(id: string): JobView | null {
    const waits = waiting.get(id);
    if (waits !== undefined) return { job: waits.job, state: 'waiting', outcome: null };
    const runs = running.get(id);
    if (runs !== undefined) return { job: runs, state: 'running', outcome: null };
    const end = ended.get(id);
    return end === undefined ? null : { job: end.job, state: 'done', outcome: end.outcome };
  }

  const processId = randomUUID();
  return {
    processId,
    // The folder's lock lets no other process be there.
    isAlive: async (other) => other === processId,
    queue: {
      async add(job) {
        const before = adding.get(job.id);
        if (before !== undefined) await before.stored;
        if (view(job.id) !== null) return 'known';
        const stored = log.append(json({ kind: 'job', job })).then(
          () => {
            adding.delete(job.id);
            enter(job);
          },
          (error: unknown) => {
            adding.delete(job.id);
            throw error;
          },
        );
        adding.set(job.id, { job, stored });
        await stored;
        pump();
        return 'added';
      },
      get: async (id) => view(id),
      async busy(lane) {
        const jobs = [
          ...running.values(),
          ...[...waiting.values()].map(({ job }) => job),
          ...[...adding.values()].map(({ job }) => job),
        ];
        return jobs.find((job) => job.lane === lane)?.id ?? null;
      },
      counts: async () => ({ waiting: waiting.size, running: running.size }),
    },
    marks: {
      async get(key) {
        const mark = marks.get(key);
        return mark === undefined || mark.untilMs <= nowMs() ? null : mark.value;
      },
      async replace(key, expected, value, untilMs) {
        const mark = marks.get(key);
        const current = mark === undefined || mark.untilMs <= nowMs() ? null : mark.value;
        if (canonicalJson(current) !== canonicalJson(expected)) return false;
        // Taken at once: whoever asks before it is on the disk must not get the old value a second time.
        marks.set(key, { value, untilMs });
        await log.append(json({ kind: 'mark', key, value, untilMs }));
        return true;
      },
    },
    async start(doWork) {
      work = doWork;
      pump();
    },
    async stop() {
      work = null;
    },
    async close() {
      work = null;
      await log.close();
      await unlock();
    },
    trouble: async () => log.broken(),
  };
}

type Line =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'end'; readonly end: Ended }
  | ({ readonly kind: 'mark'; readonly key: string } & Mark);

const json = (line: Line): Json => line as unknown as JsonObject;

export const failed = (error: unknown): JobOutcome => ({
  state: 'Failure',
  reason: 'failed',
  errorCode: 'unexpected',
  errorMessage: error instanceof Error ? error.message : String(error),
});
