/**
 * What the server keeps between its starts: jobs (runs that somebody asked for) and marks (small facts such as
 * access tokens). Two stores implement it, held to one conformance suite (`test/server/store-suite.ts`).
 */
import type { Json, WebhookEvent } from '../../../definition/types';
import type { RunInput, RunUser, StartMethod, StateReason } from '../../../run';
import type { KintoneRecord } from '../../../table';

/** Everything needed to start a run, and to find it again under the same run id after a crash. */
export interface Job {
  /** The run id (`unit:press`): asking twice for the same run is one job, as it is one run record in kintone. */
  readonly id: string;
  readonly unitId: string;
  readonly pressId: string;
  /** Jobs of one lane run one after the other: the unit's id, or the job's own id where runs may overlap. */
  readonly lane: string;
  /** Higher goes first. */
  readonly priority: number;
  readonly method: StartMethod;
  readonly user: RunUser;
  readonly callingAppId: string;
  /** Blank: the run has no calling record. */
  readonly callingRecordId: string;
  /** Values that came with the start (trigger protocol); null: the record is read when the run starts. */
  readonly record: KintoneRecord | null;
  readonly input: RunInput;
  /** What a notification says, still to be verified; null for other starts. */
  readonly notification: Notification | null;
  /** A page has written the run record already and waits for a server. */
  readonly isRequested: boolean;
  readonly createdAtMs: number;
}

/** A webhook's claims, as far as they can be looked up in kintone. */
export interface Notification {
  readonly id: string;
  readonly type: WebhookEvent;
  /** Blank for deleted records and comments: their notifications have none. */
  readonly revision: string;
  /** Only of `ADD_RECORD_COMMENT`; else blank. */
  readonly commentId: string;
}

export interface JobOutcome {
  readonly state: 'Success' | 'Failure';
  readonly reason: StateReason;
  /** Blank after Success. */
  readonly errorCode: string;
  readonly errorMessage: string;
}

export interface JobView {
  readonly job: Job;
  readonly state: 'waiting' | 'running' | 'done';
  /** Null until done. */
  readonly outcome: JobOutcome | null;
}

/**
 * Does one job. It is called again for the same job when the process died meanwhile, so it looks into kintone
 * first. Never rejects for reasons of the job itself; a rejection ends the job as failed.
 */
export type Work = (job: Job) => Promise<JobOutcome>;

/** Ended jobs answer questions about their state, and repeated notifications, for this long. */
export const KEPT_AFTER_END_MS = 7 * 24 * 3600_000;

export interface JobQueue {
  /** Resolves when the job is durable. `known`: a job of this id is there already, nothing changes. */
  add(job: Job): Promise<'added' | 'known'>;
  get(id: string): Promise<JobView | null>;
  /** The oldest job of a lane that is not done; null: the lane is free. */
  busy(lane: string): Promise<string | null>;
  counts(): Promise<{ readonly waiting: number; readonly running: number }>;
}

/**
 * Small facts by key. Keys are ours and short; values are JSON. A mark is gone some time after `untilMs`.
 */
export interface Marks {
  get(key: string): Promise<Json | null>;
  /** Resolves when durable. False: the key's value is not `expected` (null: there is none), and nothing changed. */
  replace(key: string, expected: Json | null, value: Json, untilMs: number): Promise<boolean>;
}

export interface Store {
  readonly queue: JobQueue;
  readonly marks: Marks;
  /** Begins to hand out jobs: by priority, then by age; one of a lane at a time, over all servers of the store. */
  start(work: Work): Promise<void>;
  /** Hands out no more jobs. Jobs under way are left as they are: they are handed out again at the next start. */
  stop(): Promise<void>;
  close(): Promise<void>;
  /** Names this process among all that ever worked with the store. */
  readonly processId: string;
  /** Whether the process of this id still works with the store. Liveness only: safety rests on the journal's revision. */
  isAlive(processId: string): Promise<boolean>;
  /** Why nothing can be stored at the moment; null: all is well. */
  trouble(): Promise<string | null>;
}

/** Somebody else works with this store under the same name, or its content cannot be read. */
export class StoreError extends Error {
  readonly code: 'inUse' | 'damaged' | 'packageMissing' | 'unreachable';
  readonly detail: string;
  constructor(code: StoreError['code'], detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'StoreError';
    this.code = code;
    this.detail = detail;
  }
}
