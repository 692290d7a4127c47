/** The contract every command keeps. One file per command implements it; `index.ts` is the registry. */
import type { GenericSchema } from 'valibot';
import type { Failure, Params, Place, Problem } from '../definition/errors';
import type { AppRef, ConditionGroup, JsonObject } from '../definition/types';
import type { KintoneFields } from '../table/kintone-json';
import type { Cell, Column, ColumnSpec, ColumnType, Table } from '../table/types';

export type CommandGroup = 'input' | 'rows' | 'combine' | 'aggregate' | 'columns' | 'tables' | 'output';

export interface CommandSpec<S = unknown> {
  readonly type: string;
  readonly group: CommandGroup;
  /** How many earlier commands feed this one. */
  readonly inputCount: 0 | 1 | 2;
  readonly settings: GenericSchema<unknown, S>;
  /** Settings of a freshly added command; may be incomplete (then `columns` reports problems), never undecodable. */
  defaults(): JsonObject;
  /** Apps whose form fields `columns` needs. */
  apps(settings: S): readonly AppRef[];
  /**
   * Names of the parameters that the settings use. Only for commands whose settings say it in a way of their
   * own; without it `settingsParameters` finds values of kind `parameter`, bases of periods and formulas.
   */
  parameters?(settings: S, known: readonly ParameterSpec[]): readonly string[];
  /** What comes out, and what is wrong with the settings. Pure; runs while a person edits. */
  columns(inputs: readonly (readonly ColumnSpec[])[], settings: S, context: InferContext): Inference;
  /** Does the work. Settings have passed `columns` without an error. Throws `FailureError` only. */
  run(inputs: readonly Table[], settings: S, context: RunContext): Promise<Table>;
}

export interface Inference {
  readonly columns: readonly ColumnSpec[];
  readonly problems: readonly Problem[];
}

export interface InferContext {
  /** Fields of an app; null when it is deleted or may not be viewed; undefined while not yet loaded. */
  fields(app: AppRef): KintoneFields | null | undefined;
  readonly parameters: readonly ParameterSpec[];
  /** Unit / flow / command that is being looked at; problems start from this place. */
  readonly place: Place;
}

/** A field of the calling record (by field code) or a fact of the run (names below). */
export interface ParameterSpec {
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly columns?: readonly ColumnSpec[];
  /** kintone field type and options, when it is a field of the calling record. */
  readonly fieldType?: string;
  readonly options?: readonly string[];
}

/** Facts of the run that formulas and conditions may use beside the calling record's fields. */
export const RUN_PARAMETERS = [
  '$user',
  '$startedAt',
  '$today',
  '$unitId',
  '$unitName',
  '$recordId',
  '$appId',
] as const;

/** A condition whose parameters and periods have become literals. */
export interface ResolvedConditionGroup {
  readonly join: 'all' | 'any';
  readonly conditions: readonly {
    readonly field: string;
    readonly operator: ConditionGroup['conditions'][number]['operator'];
    readonly values: readonly string[];
  }[];
}

/** What an input command wants to read. The reader pushes what it can into the query and applies the rest itself. */
export interface ReadRequest {
  readonly app: AppRef;
  /** Columns wanted, with the field code as name. */
  readonly columns: readonly ColumnSpec[];
  readonly condition: ResolvedConditionGroup | null;
  readonly place: Place;
}

/** What an output command hands over for planning: rows and where they should go. */
export interface OutputRows {
  readonly place: Place;
  readonly app: AppRef;
  readonly mode: OutputMode;
  /** Target field codes that identify a record; each is also in `mapping`. Empty for append. */
  readonly keys: readonly string[];
  readonly mapping: readonly FieldMapping[];
  /**
   * Only the mapped columns, named by the target's field codes (so `from` equals `to`) and already of
   * the target's types; labels are the result's.
   */
  readonly table: Table;
  /** Rows with a blank key: stop the run (the default), or leave them out and report their number. */
  readonly blankKeys?: BlankKeyPolicy;
  /** Rows with one key: stop the run (the default), or the first or last counts and the others are reported. */
  readonly duplicateKeys?: DuplicateKeyPolicy;
  /** sync: only records that fulfil this are deleted; null or absent: every record that the result lacks. */
  readonly deleteWithin?: ResolvedConditionGroup | null;
  /** All rows of `table` in the order in which new records are added; absent: the order of the rows. */
  readonly addOrder?: Int32Array;
  /** Table fields whose rows are merged instead of replaced. */
  readonly tableMerges?: readonly TableMerge[];
  readonly autoNumber?: AutoNumberRule;
  /** Table fields whose new rows get a number, counted within their record. */
  readonly rowNumbers?: readonly RowNumberRule[];
  /** Present exactly when the mode is `status`. */
  readonly statusChange?: StatusChange;
}

/**
 * update: write only where the key exists; upsert: add where it does not; append: add every row;
 * regenerate: afterwards the app holds exactly the rows; sync: upsert, and delete the rest; delete: delete
 * the records whose key is among the rows.
 */
export type RecordsMode = 'update' | 'upsert' | 'append' | 'regenerate' | 'sync' | 'delete';

/** status: carry out a process action on records that are there. */
export type OutputMode = RecordsMode | 'status';

export type BlankKeyPolicy = 'fail' | 'skip';

export type DuplicateKeyPolicy = 'fail' | 'first' | 'last';

/** Inner rows are matched by an inner field instead of by position, so that they keep their ids. */
export interface TableMerge {
  /** Code of the table field. */
  readonly field: string;
  /** Code of the inner field that identifies a row; written by the output too. */
  readonly key: string;
  /** Whether rows of the record that the result does not have stay. */
  readonly keepOthers: boolean;
}

/** Numbers for records that are added; krewData "Auto Number" (command_output_app_auto_number.html). */
export interface AutoNumberRule {
  /** Field code that gets the number; not mapped otherwise. */
  readonly field: string;
  /** Least number of digits, filled with zeros; more digits are used when needed. */
  readonly digits: number;
  readonly start: number;
  /** May hold `{yyyy}`, `{yy}`, `{mm}`, `{dd}`, `{fy}` (fiscal year) and `{group}`. */
  readonly prefix: string;
  readonly suffix: string;
  readonly cycle: AutoNumberCycle;
  /** First month of the fiscal year, 1 to 12. */
  readonly fiscalStartMonth: number;
  /** Code of a mapped field; each of its values has numbers of its own. Blank: one sequence. */
  readonly groupField: string;
  /** Fields of other apps whose numbers count as given, too: one sequence over several apps. */
  readonly sharedWith: readonly { readonly app: AppRef; readonly field: string }[];
  /** "YYYY-MM-DD": the day the run started, in the time zone of the person. */
  readonly today: string;
}

/** Numbers for the rows of a table, as krewData has them beside those of records (same page). */
export interface RowNumberRule {
  /** Code of the table field. */
  readonly table: string;
  /** Its `field` is inside the table; without cycle, group and other apps. */
  readonly rule: AutoNumberRule;
}

export type AutoNumberCycle = 'none' | 'daily' | 'monthly' | 'yearly' | 'fiscalYearly';

/** What happens to the records that the rows name. */
export interface StatusChange {
  /** Name of the action per row; a blank one leaves the record alone. */
  readonly action: Column;
  /** Login name of the next assignee per row, or null when the process decides. */
  readonly assignee: Column | null;
  /** Records whose present status has no such action. */
  readonly notAllowed: 'fail' | 'skip';
}

/** A unit that is to be started once the flow has written. */
export interface UnitStart {
  readonly unitId: string;
  /** Not when the flow writes nothing. */
  readonly onlyIfChanged: boolean;
  /** The flow waits for the end of that run, and fails when it fails. */
  readonly wait: boolean;
}

/** What a run hands back to whoever started it. Plain JSON. */
export interface OutputValue {
  readonly commandId: string;
  /** One object per row, by column name; the forms of the values are those of the command `outputValue`. */
  readonly rows: readonly JsonObject[];
}

export interface FieldMapping {
  /** Column of the result. */
  readonly from: string;
  /** Field code of the output app. */
  readonly to: string;
}

/** Something worth telling although the run goes on: values converted, rows without key, and so on. */
export interface CommandReport {
  readonly code: string;
  readonly params: Params;
  readonly place: Place;
  /** How many rows or cells it concerns. */
  readonly count: number;
}

/** A request to a host outside kintone, with all values filled in. */
export interface TextRequest {
  /** https, or http to this machine. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Null with GET. */
  readonly body: string | null;
}

/** An answer with any status; the text was UTF-8. */
export interface TextReply {
  readonly status: number;
  readonly text: string;
}

export interface RunContext {
  read(request: ReadRequest): Promise<Table>;
  /**
   * Asks a host outside kintone; the same request is sent once per run. Throws `httpUnreachable {host, cause}`,
   * `httpTimedOut {host, seconds}`, `httpTooLarge {host, limitMegabytes}`.
   */
  fetchText(request: TextRequest): Promise<TextReply>;
  emit(output: OutputRows): void;
  /** Rows for whoever started the run. */
  emitValue(rows: OutputValue['rows']): void;
  /** A unit to start once the flow has written. */
  emitStart(start: UnitStart): void;
  report(report: CommandReport): void;
  /** Value of a parameter; a missing one is a failure `parameterMissing`. */
  parameter(name: string): { readonly spec: ParameterSpec; readonly cell: Cell };
  /** Every parameter there is, in the order of the calling app's form; the facts of the run last. */
  readonly parameters: readonly ParameterSpec[];
  readonly nowMs: number;
  /** IANA name; calendar functions (TODAY, periods) follow it. */
  readonly timeZone: string;
  readonly place: Place;
  readonly signal: AbortSignal;
  /**
   * Lets the page breathe when a piece of work has taken long enough; ends with the failure `cancelled` of
   * the flow when the run is to stop. Absent where nobody waits.
   */
  readonly rest?: () => Promise<void>;
  /** Form fields as read at the start of the run; never null here (compile has checked). */
  fields(app: AppRef): KintoneFields;
}

export type { Failure, Problem };
