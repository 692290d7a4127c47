import type { Job } from './types';

export interface WaitingJob {
  readonly job: Job;
  /** Order of arrival. */
  readonly order: number;
}

/** The job to start next: highest priority, then oldest, among those whose lane is free. */
export function nextJob(
  waiting: Iterable<WaitingJob>,
  busyLanes: ReadonlySet<string>,
): WaitingJob | undefined {
  let best: WaitingJob | undefined;
  for (const candidate of waiting) {
    if (busyLanes.has(candidate.job.lane)) continue;
    if (best === undefined || goesBefore(candidate, best)) best = candidate;
  }
  return best;
}

const goesBefore = (a: WaitingJob, b: WaitingJob): boolean =>
  a.job.priority > b.job.priority || (a.job.priority === b.job.priority && a.order < b.order);
