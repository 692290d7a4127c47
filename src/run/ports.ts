/**
 * Everything a run needs from outside. The engine knows kintone only through these interfaces;
 * `src/kintone` implements them for the page and `src/node` for Node.
 */
import type { TextReply, TextRequest } from '../commands/types';
import type { Failure } from '../definition/errors';
import type { AppRef, FlowState, RunMode, RunState } from '../definition/types';
import type { ProcessRules } from '../plan/statuses';
import type { DataRequest, WriteCounts } from '../plan/types';
import type { KintoneFields } from '../table/kintone-json';
import type { PageData } from '../table/records';

/** Reads; throws `FailureError` (codes `appNotFound`, `noPermission`, `sessionExpired`, `network`, `kintone`). */
export interface RecordsPort {
  fields(app: AppRef): Promise<KintoneFields>;
  /** The app's number precision (app settings); NUMBER values are rounded by it when kintone stores them. */
  numberPrecision(app: AppRef): Promise<NumberPrecision>;
  /** Process management: whether it is on, and its actions (status names as records hold them). */
  process(app: AppRef): Promise<ProcessRules>;
  /** How many records fulfil the query (kintone query without order by / limit). Costs one request. */
  count(app: AppRef, query: string): Promise<number>;
  /**
   * All records that fulfil the query, ascending by record id, in pages as they arrive: as bytes where the
   * answer can be had unparsed (tables are built from bytes several times faster), else as objects.
   */
  pages(request: PageRequest): AsyncIterable<PageData>;
}

export interface NumberPrecision {
  /** Significant digits in all, 1-30. */
  readonly digits: number;
  /** 0-10. */
  readonly decimalPlaces: number;
  readonly roundingMode: 'HALF_EVEN' | 'UP' | 'DOWN';
}

export interface PageRequest {
  readonly app: AppRef;
  /** kintone query without order by / limit; blank: all. */
  readonly query: string;
  /** Field codes; `$id` and `$revision` always come along. */
  readonly fieldCodes: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * The log app: log, journal and lock in one record. Every write is conditional on the revision
 * that was read, so two owners can never both succeed.
 */
export interface JournalPort {
  /** Creates the run record. `duplicateRun`: the press already has a record; `locked`: another run holds the unit. */
  create(entry: NewRunEntry): Promise<CreateReply>;
  read(journalId: string): Promise<JournalEntry | null>;
  /** The entry that holds the lock of a unit, or null. */
  holder(lockKey: string): Promise<JournalEntry | null>;
  /** The entry with this run id, or null. */
  byRunId(runId: string): Promise<JournalEntry | null>;
  /** Entries of a unit started at or after the instant, newest first; at most `limit`. */
  startedSince(unitId: string, sinceMs: number, limit: number): Promise<readonly JournalEntry[]>;
  /** Input of the user's last starts of a unit, newest first; at most `limit`, those without input among them. */
  lastInputs(unitId: string, userCode: string, limit: number): Promise<readonly RunInput[]>;
  /** Runs of a unit whose records are older than the given one and have a plan, newest first; at most `limit`. */
  keepingPlans(unitId: string, beforeJournalId: string, limit: number): Promise<readonly PlanKeeper[]>;
  /**
   * What a start has to know of its unit, in one request: the starts at or after the instant (null: none for that
   * alone), those that wait for their turn (`queued`), the one that holds the unit and the one that has switched it
   * off. Newest first.
   */
  startsOf(unitId: string, sinceMs: number | null, limit: number): Promise<readonly StartFacts[]>;
  /**
   * One bulkRequest: the journal's patch first, conditional on `revision`, then the data requests.
   * All or nothing. With no data requests it is a plain compare-and-set of the journal.
   */
  commit(request: CommitRequest): Promise<CommitReply>;
  /** Stores bytes for a later patch to attach; answers the key to put into `planFiles`. */
  upload(name: string, bytes: Uint8Array): Promise<string>;
  download(file: JournalFile): Promise<Uint8Array>;
}

/** The part of a run record that tells whether its plan may go. */
export type PlanKeeper = Pick<
  JournalEntry,
  'journalId' | 'revision' | 'state' | 'reason' | 'endedAtMs' | 'planFiles' | 'transitions'
>;

/** The part of a run record that tells other starts of the unit where they stand. */
export type StartFacts = Pick<
  JournalEntry,
  | 'journalId'
  | 'revision'
  | 'runId'
  | 'lockKey'
  | 'owner'
  | 'user'
  | 'startedAtMs'
  | 'endedAtMs'
  | 'reason'
  | 'priority'
  | 'cancelRequestedBy'
>;

export interface NewRunEntry {
  readonly runId: string;
  /** Blank when runs of the unit may overlap. */
  readonly lockKey: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly method: StartMethod;
  readonly callingAppId: string;
  readonly callingRecordId: string;
  readonly user: RunUser;
  readonly startedAtMs: number;
  /** Identifies the page or process that does the work. */
  readonly owner: string;
  readonly definitionHash: string;
  /** Run id of the run that this one takes back; blank for ordinary runs. */
  readonly undoOf: string;
  /** Run id of the run that this one carries on from, see `carry-on.ts`; blank otherwise. Unique: once only. */
  readonly continues: string;
  /** Run id of the run that started this one by its flow; blank for all others. */
  readonly parentRun: string;
  readonly priority: number;
  readonly mode: RunMode;
  /** Values given at the start, by name of the unit's input fields. */
  readonly input: RunInput;
  /** What a webhook or a record event said about itself; blank for other starts. */
  readonly notificationId: string;
  readonly eventType: string;
  readonly state: RunState;
  readonly reason: StateReason;
  readonly flows: readonly FlowEntry[];
}

/**
 * event: a record was saved, deleted or processed in the page; unit: a flow of another unit; test: no run, only
 * whether a remote service gives a token.
 */
export type StartMethod = 'button' | 'api' | 'cli' | 'event' | 'webhook' | 'schedule' | 'unit' | 'test';

/** Values as kintone writes them; of several choices one label a line. */
export type RunInput = Readonly<Record<string, string>>;

export interface RunUser {
  readonly code: string;
  readonly name: string;
}

/** Why the run is in its state; the state itself stays one of the protocol's words. */
export type StateReason =
  /** Waits until the runs before it have ended. */
  | 'queued'
  /** Waits for a server to pick it up. */
  | 'requested'
  | 'checking'
  | 'confirming'
  | 'writing'
  /** Another service is asked for the run, or carries it out. */
  | 'remote'
  /** Stands still before the next commit or command until somebody lets it go on. */
  | 'paused'
  | 'done'
  | 'noChange'
  /** A data check stopped a flow; what other flows wrote is written. */
  | 'stopped'
  | 'failed'
  | 'declined'
  | 'cancelled'
  | 'interrupted'
  | 'superseded'
  | 'locked'
  | 'rateLimited'
  /** Its turn did not come in time. */
  | 'expired'
  /** It took longer than the unit allows. */
  | 'timedOut'
  /** A remote service may have carried it out or not. */
  | 'unclear'
  /** No run: the unit is switched off because of too many starts (holds the key `off:<unit>`). */
  | 'switchedOff';

export interface FlowEntry {
  /** Row id of the subtable in the log record; null before the first save. */
  readonly rowId: string | null;
  readonly flowId: string;
  readonly key: string;
  readonly name: string;
  readonly state: FlowState;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly rowsRead: number;
  readonly counts: WriteCounts;
  readonly message: string;
}

export interface JournalFile {
  readonly fileKey: string;
  readonly name: string;
  readonly sizeBytes: number;
}

/** What a run record says, decoded. */
export interface JournalEntry extends NewRunEntry {
  readonly journalId: string;
  readonly revision: string;
  readonly endedAtMs: number | null;
  readonly message: string;
  /** Rows of the plan that are written; grows with every commit, in the same bulkRequest as the rows. */
  readonly cursor: number;
  readonly rowsPlanned: number;
  readonly nonce: string;
  readonly counts: WriteCounts;
  readonly requestCount: number;
  readonly planFiles: readonly JournalFile[];
  readonly planHash: string;
  /** See `created-rows.ts`. */
  readonly createdRows: string;
  readonly cancelRequestedBy: string;
  readonly pauseRequestedBy: string;
  readonly errorCode: string;
  /** The remote service's number of the task; blank for all other runs. */
  readonly remoteTaskId: string;
  /** What the run answers to whoever started it: JSON, see `OutputValue`; blank: nothing. */
  readonly outputValue: string;
  /** Who moved the run from state to state, when and why: see `history.ts`. */
  readonly transitions: string;
  /** What kintone itself notes: login name of whoever wrote the record last, and when, to the minute; null: not to be read. */
  readonly lastWrite: { readonly by: string; readonly atMs: number } | null;
}

/** Fields a commit may change; absent ones stay. */
export interface JournalPatch {
  readonly state?: RunState;
  readonly reason?: StateReason;
  readonly lockKey?: string;
  readonly endedAtMs?: number;
  readonly message?: string;
  readonly errorCode?: string;
  readonly cursor?: number;
  readonly rowsPlanned?: number;
  readonly nonce?: string;
  readonly owner?: string;
  readonly counts?: WriteCounts;
  readonly requestCount?: number;
  /** File keys from `upload`, or of files already attached. */
  readonly planFileKeys?: readonly string[];
  readonly planHash?: string;
  readonly createdRows?: string;
  readonly cancelRequestedBy?: string;
  readonly pauseRequestedBy?: string;
  readonly remoteTaskId?: string;
  readonly outputValue?: string;
  readonly transitions?: string;
  readonly flows?: readonly FlowEntry[];
}

export interface CommitRequest {
  readonly journalId: string;
  readonly revision: string;
  readonly patch: JournalPatch;
  readonly requests: readonly DataRequest[];
}

export type CreateReply =
  | { readonly kind: 'created'; readonly journalId: string; readonly revision: string }
  | { readonly kind: 'duplicateRun' }
  | { readonly kind: 'locked' }
  /** Another run already carries on from `continues`. */
  | { readonly kind: 'alreadyContinued' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unknown'; readonly cause: string };

export type CommitReply =
  | {
      readonly kind: 'committed';
      readonly revision: string;
      /** Per data request: ids that kintone gave (adds), else empty. */
      readonly createdIds: readonly (readonly string[])[];
      /** Per data request: the new revisions of added or updated rows, else empty. */
      readonly revisions: readonly (readonly string[])[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Reply lost, time-out or 5xx: it may or may not have happened. Read the journal to find out. */
  | { readonly kind: 'unknown'; readonly cause: string };

/** kintone said no and wrote nothing. */
export interface Refusal {
  readonly status: number;
  /** kintone's code (`GAIA_CO02`, `CB_VA01` ...). */
  readonly code: string;
  readonly message: string;
  /** 0 = the journal, 1.. = data request index + 1; null when kintone did not say. */
  readonly requestIndex: number | null;
  /** Row-level messages: row index within the request (null: not known) and field code (blank: not known). */
  readonly rows: readonly {
    readonly row: number | null;
    readonly field: string;
    readonly messages: readonly string[];
  }[];
}

export interface Clock {
  /** Wall clock, epoch milliseconds. */
  nowMs(): number;
  /** Monotonic, for measuring and leases. */
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Randomness {
  /** RFC 4122 version 4. */
  uuid(): string;
  /** 0 <= x < 1; jitter. */
  unit(): number;
}

/** Knows at once whether another page of this browser still works on a run (Web Locks). Optional: a lease decides otherwise. */
export interface PresencePort {
  /** Holds the name until `release`; false when another living page holds it. */
  claim(name: string): Promise<{ readonly release: () => void } | null>;
  /** Whether a page of this browser opened by `owner` could be seen by `claim`. */
  sees(owner: string): boolean;
}

/**
 * What a page tells the other pages of its browser about its run, so that they need not wait until they look at the
 * log again. abandoned: the page is going away in the middle of the run.
 */
export interface RunNews {
  readonly kind: 'progress' | 'ended' | 'abandoned';
  readonly runId: string;
  readonly journalId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly callingAppId: string;
  readonly callingRecordId: string;
  readonly userName: string;
  readonly state: RunState;
  readonly reason: StateReason;
  readonly rowsWritten: number;
  readonly rowsPlanned: number;
}

/** Instant and best effort (BroadcastChannel): nothing may depend on news arriving. */
export interface NewsPort {
  tell(news: RunNews): void;
  /** News of other pages of this browser, until the answered function is called. */
  hear(listener: (news: RunNews) => void): () => void;
}

/** Hosts outside kintone. Nothing is sent twice on its own: the caller cannot know what a request does. */
export interface RemotePort {
  /** Any status is an answer. Throws the failures of `RunContext.fetchText`. */
  fetchText(request: TextRequest, signal: AbortSignal): Promise<TextReply>;
}

/** Turns failures into the sentence that the log record keeps, in the language of the log. */
export type Describe = (failure: Failure) => string;

export interface RunPorts {
  readonly records: RecordsPort;
  readonly journal: JournalPort;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly presence: PresencePort;
  readonly news: NewsPort;
  readonly remote: RemotePort;
  readonly describe: Describe;
  /**
   * How long a run waits for kintone when its session has expired or the net is gone, before it ends as failed.
   * Absent: as long as it takes (a page, where a person can stop it).
   */
  readonly outageMaxMs?: number;
  /** Resolves when the browser says that the net is back; absent: the run finds out by asking now and then. */
  readonly whenOnline?: (signal: AbortSignal) => Promise<void>;
  /** kintone API requests sent so far, counted as kintone counts them (each request of a bulkRequest is one). */
  requestCount(): number;
}
