/** What a run looks like to a person at one moment: an immutable snapshot that screens subscribe to. */
import type { CommandReport } from '../commands/types';
import type { Failure } from '../definition/errors';
import type { AppRef, FlowState, RunState } from '../definition/types';
import type { WriteCounts } from '../plan/types';
import type { PauseCause } from './pause';
import type { FlowEntry, JournalEntry, RunUser, StateReason } from './ports';
import type { Preview } from './preview';
import type { FlowValue } from './run-value';
import type { TableSample } from './table-sample';

export interface RunStatus {
  readonly runId: string;
  /** Run id of the run that this one takes back; null for ordinary runs. */
  readonly undoOf: string | null;
  readonly unitId: string;
  readonly unitName: string;
  readonly state: RunState;
  readonly reason: StateReason;
  readonly user: RunUser;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly flows: readonly FlowStatus[];
  /** Present from the end of the check on. */
  readonly preview: Preview | null;
  /** Rows of the plan; `written` grows only with commits that kintone has confirmed. */
  readonly progress: { readonly rowsWritten: number; readonly rowsPlanned: number };
  readonly counts: WriteCounts;
  /** kintone API requests used so far, counted as kintone counts them (each request of a bulkRequest is one). */
  readonly requestCount: number;
  readonly cancelRequested: boolean;
  /** Somebody here asked for a pause that has not come about yet. */
  readonly pauseRequested: boolean;
  /** A run in test mode: how many rows it may write, and how many of the plan it leaves out; null: a productive one. */
  readonly test: TestStatus | null;
  /** While the run stands still (`reason` is `paused`). */
  readonly pause: PauseStatus | null;
  readonly failure: Failure | null;
  /** Set when the unit is held by somebody else, or an unfinished run was found. */
  readonly holder: JournalEntry | null;
  /** Record id of the run's own log record; null before it exists. */
  readonly journalId: string | null;
  /** What the flows hand back; empty until the run has ended well. */
  readonly value: readonly FlowValue[];
  /** Where the start stands in the queue of its unit; null when it does not wait. */
  readonly queue: QueuePlace | null;
  /**
   * Set when the work is done elsewhere and this status only shows it, from its log record. joined: another run of
   * the unit was going on at the press; requested: a server carries the run out.
   */
  readonly watched: 'joined' | 'requested' | null;
  /** Set once another service may have to do with the run (executor `remote`). */
  readonly remote: RemoteStatus | null;
  /** Values given at the start, without blank ones; absent: none. */
  readonly input?: readonly GivenValue[];
}

export interface RemoteStatus {
  readonly host: string;
  /** The service's number of the task; blank before it is known. */
  readonly taskId: string;
  /** The task was started by somebody else, and is only shown. */
  readonly isFollowed: boolean;
}

/** A value that a person or a program gave at the start. */
export interface GivenValue {
  readonly name: string;
  /** What the form calls it; the name where it is a field of the record. */
  readonly label: string;
  readonly value: string;
}

export interface QueuePlace {
  /** 1: next. */
  readonly position: number;
  /** Names of the people whose starts come first, in order. */
  readonly ahead: readonly string[];
  /** Whose run goes on now; null while the unit is free for a moment. */
  readonly holder: { readonly name: string; readonly sinceMs: number } | null;
  /** When the start is given up. */
  readonly untilMs: number;
}

export interface TestStatus {
  /** 0: it only shows the plan. */
  readonly rowLimit: number;
  readonly cut: number;
  /** The unit has breakpoints, but nobody sits before this run who could let it go on, so it stops at none. */
  readonly passesStops?: true;
}

export interface PauseStatus {
  readonly cause: PauseCause;
  /** Who asked for it; blank where nobody did. */
  readonly by: string;
  readonly sinceMs: number;
  /** With the cause `breakpoint`. Shown only: nothing of it goes into the log. */
  readonly at?: CommandStop;
}

/** The command before which a run in test mode stands still. */
export interface CommandStop {
  readonly flowId: string;
  readonly commandId: string;
  /** What goes into it, in the order of its inputs; `from` is the command that it comes from. */
  readonly inputs: readonly (TableSample & { readonly from: string })[];
}

export interface FlowStatus {
  readonly flowId: string;
  /** Unique per execution (`flowExecUniqueKey` of the protocol). */
  readonly key: string;
  readonly name: string;
  readonly state: FlowState;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly commands: readonly CommandStatus[];
  readonly outputs: readonly OutputStatus[];
  /** Why the flow failed; beside the state Success: why a data check stopped it. */
  readonly failure: Failure | null;
  /** Rows that were not written as planned, because somebody had changed their records. */
  readonly conflicts?: readonly CommandReport[];
  /** The run before has finished it; this one leaves it out. */
  readonly isDoneEarlier?: true;
  /** What the log says of a flow that this page has not computed itself: the run was taken over. */
  readonly logged?: Pick<FlowEntry, 'rowsRead' | 'counts'>;
}

export interface CommandStatus {
  readonly commandId: string;
  readonly type: string;
  readonly note: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly reports: readonly CommandReport[];
}

export interface OutputStatus {
  readonly commandId: string;
  readonly app: AppRef;
  readonly planned: WriteCounts;
  readonly written: WriteCounts;
}

/**
 * Handle of one run; everything a screen may do with it. The run may be at work in another thread
 * (`record/worker`): methods take and answer plain data, and answer nothing or a promise.
 */
export interface RunHandle {
  getSnapshot(): RunStatus;
  subscribe(listener: () => void): () => void;
  /** Only while `reason` is `confirming`: writes exactly the previewed plan. */
  confirm(): void;
  decline(): void;
  /** Only while `reason` is `confirming`: plans anew from the data of now, in the same run record, and asks again. */
  recheck(): void;
  /**
   * Stops before the next commit; a run that only waits gives up its place, one that is watched is asked to stop.
   * `by`: who wants it, when it is not the person whose run it is.
   */
  cancel(by?: string): void;
  /** Stops showing a run that goes on elsewhere (`watched`); the run itself goes on. */
  leave(): void;
  /** Stands still before the next commit, until `proceed`. */
  pause(): void;
  /** Ends a pause; while kintone is out of reach, asks it at once. From a breakpoint: to the next one. */
  proceed(): void;
  /** Only while it stands at a breakpoint: goes on as far as to the next command. */
  step(): void;
  /** Whether the run, as far as it has come, wrote into a record. */
  touched(appId: string, recordId: string): Promise<boolean>;
  /** Resolves with the last snapshot when the run has ended; never rejects. */
  readonly ended: Promise<RunStatus>;
}
