/** Jobs as workflows of DBOS Transact (MIT): one queue, partitioned by lane, one workflow of a lane at a time. */
import type * as Dbos from '@dbos-inc/dbos-sdk';
import type { Log } from '../log';
import { failed } from './file-store';
import type { Job, JobOutcome, JobQueue, JobView, Work } from './types';

const APPLICATION = 'nagare';
const QUEUE = 'nagare';
/** Fixed: a newer server goes on with the jobs of an older one; what a job is, is versioned by its run record. */
const VERSION = 'nagare-jobs-1';
const POLL_MS = 250;
/** DBOS gives up a workflow after so many starts; a run that is resumed again and again is never given up here. */
const MAX_STARTS = 1_000_000;
/** Few enough for one statement; the rest goes with the next beat. */
const FORGOTTEN_AT_ONCE = 500;
/** DBOS: 0 first. Ours: -100 to 100, highest first. */
const dbosPriority = (priority: number): number => 1_000 - Math.max(-999, Math.min(999, priority));

export interface DbosQueue {
  readonly queue: JobQueue;
  start(work: Work): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
  /** Puts the jobs that a dead server had under way back into the queue; answers how many. */
  takeOver(serverId: string): Promise<number>;
  /** Deletes what ended before the instant, with the values that a start sent. */
  forget(endedBeforeMs: number): Promise<void>;
}

export function dbosQueue(
  { DBOS, DBOSClient }: typeof Dbos,
  options: { readonly url: string; readonly serverId: string; readonly workers: number; readonly log: Log },
): DbosQueue {
  const { url, serverId, workers, log } = options;
  let work: Work | null = null;
  let stopped = false;

  // Not a DBOS step: what was done is known by the run record in kintone, which is asked at every start.
  const run = async (job: Job): Promise<JobOutcome> => {
    // After `stop` nothing new begins; the workflow stays pending and is handed out again.
    if (work === null || stopped) return new Promise<never>(() => undefined);
    return work(job).catch(failed);
  };

  DBOS.setConfig({
    name: APPLICATION,
    systemDatabaseUrl: url,
    executorID: serverId,
    applicationVersion: VERSION,
    logger: dbosLogger(log),
  });
  const workflow = DBOS.registerWorkflow(run, { name: 'nagareJob', maxRecoveryAttempts: MAX_STARTS });

  const parameters = {
    workerConcurrency: workers,
    partitionConcurrency: 1,
    minPollingIntervalMs: POLL_MS,
    onConflict: 'always_update',
  } as const;

  async function configured(): Promise<void> {
    const client = await DBOSClient.create({
      systemDatabaseUrl: url,
      applicationName: APPLICATION,
      logger: dbosLogger(log),
    });
    try {
      await client.registerQueue(QUEUE, parameters);
    } finally {
      await client.destroy();
    }
  }

  /** Jobs that are not done. */
  const open = (change: { readonly executorId?: string } = {}) =>
    DBOS.listWorkflows({
      queueName: QUEUE,
      status: ['ENQUEUED', 'PENDING'],
      loadInput: false,
      loadOutput: false,
      ...change,
    });

  return {
    queue: {
      async add(job) {
        const known = await DBOS.getWorkflowStatus(job.id);
        if (known !== null) return 'known';
        // Two servers at the same time: the second finds the first's row and changes nothing.
        await DBOS.startWorkflow(workflow, {
          workflowID: job.id,
          queueName: QUEUE,
          enqueueOptions: { priority: dbosPriority(job.priority), queuePartitionKey: job.lane },
        })(job);
        return 'added';
      },
      async get(id) {
        const [found] = await DBOS.listWorkflows({ workflowIDs: [id], loadInput: true, loadOutput: true });
        if (found === undefined) return null;
        const job = found.input?.[0] as Job;
        return viewOf(job, found.status, found.output as JobOutcome | undefined, found.error);
      },
      async busy(lane) {
        const own = (await open()).filter((one) => one.queuePartitionKey === lane);
        return own.sort((a, b) => a.createdAt - b.createdAt)[0]?.workflowID ?? null;
      },
      async counts() {
        const queued = await open();
        const waiting = queued.filter((one) => one.status === 'ENQUEUED').length;
        return { waiting, running: queued.length - waiting };
      },
    },
    async start(doWork) {
      work = doWork;
      // Before the launch, which begins to hand out jobs by what the database says of the queue. A database that is
      // new has no tables yet, and no jobs.
      const isKnown = await configured().then(
        () => true,
        () => false,
      );
      await DBOS.launch();
      if (!isKnown) await DBOS.registerQueue(QUEUE, parameters);
    },
    async stop() {
      stopped = true;
    },
    async close() {
      // Workflows under way never end any more; they are not waited for.
      if (DBOS.isInitialized()) await DBOS.shutdown({ workflowCompletionTimeoutMS: 1, deregister: true });
    },
    async takeOver(dead) {
      const left = await open({ executorId: dead });
      const ids = left.filter((one) => one.status === 'PENDING').map((one) => one.workflowID);
      if (ids.length > 0) await DBOS.resumeWorkflows(ids, { queueName: QUEUE });
      return ids.length;
    },
    async forget(endedBeforeMs) {
      const completedBefore = new Date(endedBeforeMs).toISOString();
      const old = await DBOS.listWorkflows({
        queueName: QUEUE,
        completedBefore,
        limit: FORGOTTEN_AT_ONCE,
        loadInput: false,
        loadOutput: false,
      });
      if (old.length > 0) await DBOS.deleteWorkflows(old.map((one) => one.workflowID));
    },
  };
}

function viewOf(job: Job, status: string, outcome: JobOutcome | undefined, error: unknown): JobView {
  if (status === 'ENQUEUED' || status === 'DELAYED') return { job, state: 'waiting', outcome: null };
  if (status === 'PENDING') return { job, state: 'running', outcome: null };
  return { job, state: 'done', outcome: outcome ?? failed(error ?? new Error(status)) };
}

/** DBOS' own messages among ours; its information is too much for anybody. */
function dbosLogger(log: Log) {
  const text = (value: unknown): string => (value instanceof Error ? value.message : String(value));
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (value: unknown) => log('warn', 'database', { reason: text(value) }),
    error: (value: unknown) => log('error', 'database', { reason: text(value) }),
  };
}
