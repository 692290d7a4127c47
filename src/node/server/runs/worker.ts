/** Does jobs: attempt after attempt until the run has ended, or there is no use in trying. */
import type { Observations, RunHandle, RunStatus } from '../../../run';
import type { Server } from '../context';
import type { Job, Work } from '../store/types';
import { type Attempt, attempt } from './attempt';

const FIRST_WAIT_MS = 2_000;
/** Also how often a run of somebody else is looked at. */
const LONGEST_WAIT_MS = 15_000;

export interface Worker {
  readonly work: Work;
  /** The run with this id, if this process carries it out; it knows more than the log and costs no request. */
  live(runId: string): RunStatus | null;
  /** Stops the run with this id before its next commit, if this process carries it out. */
  stop(runId: string, userName: string): void;
}

export function createWorker(server: Server): Worker {
  const { log, metrics, clock, drain } = server;
  const handles = new Map<string, RunHandle>();

  async function follow(job: Job, handle: RunHandle): Promise<RunStatus> {
    handles.set(job.id, handle);
    metrics.set('nagare_runs_under_way', {}, handles.size);
    try {
      return await handle.ended;
    } finally {
      handles.delete(job.id);
      metrics.set('nagare_runs_under_way', {}, handles.size);
    }
  }

  function report(job: Job, done: Extract<Attempt, { kind: 'done' }>): void {
    const { outcome, status } = done;
    const { state, reason, errorCode } = outcome;
    metrics.add('nagare_runs_total', { state, reason, method: job.method });
    if (status !== null) {
      metrics.add('nagare_api_requests_total', {}, status.requestCount);
      metrics.observe(
        'nagare_run_duration_seconds',
        ((status.endedAtMs ?? status.startedAtMs) - status.startedAtMs) / 1000,
      );
    }
    if (job.notification !== null && errorCode === 'notificationNotVerified')
      metrics.add('nagare_webhooks_total', { result: 'notVerified' });
    log(state === 'Success' ? 'info' : 'warn', 'runEnded', {
      run: job.id,
      unit: job.unitId,
      method: job.method,
      state,
      reason,
      code: errorCode,
    });
  }

  async function work(job: Job): Promise<ReturnType<Work> extends Promise<infer T> ? T : never> {
    const observations: Observations = new Map(server.seen);
    for (let tries = 1; ; tries += 1) {
      const step = await attempt({ server, job, observations, follow: (handle) => follow(job, handle) });
      // Stopping: the job is left as it is, for the next start or for another server.
      if (drain.isStopping()) return new Promise<never>(() => undefined);
      if (step.kind === 'done') {
        report(job, step);
        return step.outcome;
      }
      if (tries === 1 || step.why !== 'unitHeld')
        log('info', 'runWaits', { run: job.id, unit: job.unitId, why: step.why, tries });
      await clock.sleep(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * tries));
    }
  }

  return {
    work,
    live: (runId) => handles.get(runId)?.getSnapshot() ?? null,
    stop: (runId, userName) => handles.get(runId)?.cancel(userName),
  };
}
