/** The frozen set of writes of a run. Plain JSON throughout: a plan is stored as a file and read by another tab. */

import type { CommandReport, OutputMode, OutputValue } from '../commands/types';
import type { Failure } from '../definition/errors';
import type { AppRef } from '../definition/types';

/** Field code to value, in the form kintone's write APIs take. */
export type WriteFields = Readonly<Record<string, { readonly value: unknown }>>;

export interface PlannedAdd {
  readonly fields: WriteFields;
}

export interface PlannedUpdate {
  readonly recordId: string;
  /** Revision that was read; the write is refused if the record moved on since. */
  readonly revision: string;
  /** Only fields whose value really changes. */
  readonly fields: WriteFields;
  /** The same fields as they were (needed for the preview and for undo). */
  readonly before: WriteFields;
  /** Key values, for people to recognise the record by. */
  readonly label: string;
}

export interface PlannedDelete {
  readonly recordId: string;
  readonly revision: string;
  /** Every field that could be read, so that people see what goes and undo can bring it back. */
  readonly before: WriteFields;
  readonly label: string;
  /**
   * The write that takes over a unique value of this record. The deletion then goes directly before it, in
   * the same commit; all others come last.
   */
  readonly neededBy?: { readonly kind: 'add' | 'update'; readonly row: number };
}

/** One process action on one record; raises the revision by 2 (facts "kintone" 2.1). */
export interface PlannedStatus {
  readonly recordId: string;
  readonly revision: string;
  readonly action: string;
  /** Login name, or null when the process decides. */
  readonly assignee: string | null;
  /** The status field as it was. */
  readonly before: WriteFields;
  /** The status that follows. */
  readonly fields: WriteFields;
  readonly label: string;
}

/** What one output command is going to write into one app. */
export interface OutputPlan {
  readonly flowId: string;
  readonly commandId: string;
  readonly app: AppRef;
  readonly mode: OutputMode;
  readonly keys: readonly string[];
  readonly adds: readonly PlannedAdd[];
  readonly updates: readonly PlannedUpdate[];
  /** Those with `neededBy` first, in the order of the writes that need them. */
  readonly deletes: readonly PlannedDelete[];
  /** Process actions; absent in plans of records. */
  readonly statuses?: readonly PlannedStatus[];
  readonly unchanged: number;
  /** Rows that are not written because no record has their key (update, delete, status). */
  readonly unmatched: number;
  readonly reports: readonly CommandReport[];
}

export interface FlowPlan {
  readonly flowId: string;
  readonly outputs: readonly OutputPlan[];
  /** What the run hands back to whoever started it; absent: the flow has no such command, or was stopped. */
  readonly value?: OutputValue;
  /** Units to start once the flow's rows are written; absent: none. */
  readonly starts?: readonly PlannedStart[];
  /** Why a data check stopped the flow, which then writes nothing; absent: it went to its end. */
  readonly stopped?: Failure;
}

export interface PlannedStart {
  readonly commandId: string;
  readonly unitId: string;
  readonly unitName: string;
  /** Press of the run that is going to be started: whoever carries the plan out, there is one such run. */
  readonly pressId: string;
  readonly wait: boolean;
}

export interface WriteCounts {
  readonly added: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** One request inside a commit: at most 100 rows of one app and one kind. */
export type DataRequest =
  | {
      readonly kind: 'add';
      readonly app: AppRef;
      readonly rows: readonly PlannedAdd[];
      readonly source: RowSource;
    }
  | {
      readonly kind: 'update';
      readonly app: AppRef;
      readonly rows: readonly PlannedUpdate[];
      readonly source: RowSource;
    }
  | {
      readonly kind: 'delete';
      readonly app: AppRef;
      readonly rows: readonly PlannedDelete[];
      readonly source: RowSource;
      /** Must be in one commit with the request after it, which takes over unique values of these records. */
      readonly joinsNext?: boolean;
    }
  | {
      readonly kind: 'status';
      readonly app: AppRef;
      readonly rows: readonly PlannedStatus[];
      readonly source: RowSource;
    };

/** Where the rows of a request stand in the plan, so that an error can name the row. */
export interface RowSource {
  readonly flowId: string;
  readonly commandId: string;
  /** Index of the first row in `adds`, `updates`, `deletes` or `statuses` of its output plan. */
  readonly firstRow: number;
}

/** The data part of one bulkRequest (the journal entry is added by the run). */
export interface CommitBatch {
  readonly flowId: string;
  readonly requests: readonly DataRequest[];
  readonly rowCount: number;
}

export const ROWS_PER_REQUEST = 100;
/** kintone takes 20 requests in a bulkRequest; one is the journal's. */
export const REQUESTS_PER_COMMIT = 19;
