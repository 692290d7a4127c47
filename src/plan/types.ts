/** The frozen set of writes of a run. Plain JSON throughout: a plan is stored as a file and read by another tab. */
import type { CommandReport, OutputMode } from '../commands/types';
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
  readonly before: WriteFields;
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
  readonly deletes: readonly PlannedDelete[];
  readonly unchanged: number;
  /** Rows that update mode does not write because their key does not exist. */
  readonly unmatched: number;
  readonly reports: readonly CommandReport[];
}

export interface FlowPlan {
  readonly flowId: string;
  readonly outputs: readonly OutputPlan[];
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
    };

/** Where the rows of a request stand in the plan, so that an error can name the row. */
export interface RowSource {
  readonly flowId: string;
  readonly commandId: string;
  /** Index of the first row in `adds`, `updates` or `deletes` of its output plan. */
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
