/**
 * Data in memory: a table is typed columns of equal length. Rows are numbers, not objects;
 * a cell becomes a JavaScript value only where a person or a request body needs it.
 */
import type { Decimal } from './decimal';

export type ColumnType =
  | 'text'
  | 'number'
  | 'date'
  | 'time'
  | 'datetime'
  | 'choice'
  | 'choices'
  | 'people'
  | 'files'
  | 'table';

/** What a column is, without its data; flows infer these before any row is read. */
export interface ColumnSpec {
  /** Name used by later commands and formulas: a field code, or a name a command gave. */
  readonly name: string;
  /** What people see: the field's label, or the name. */
  readonly label: string;
  readonly type: ColumnType;
  /** kintone field type the values came from (`SINGLE_LINE_TEXT`, `CALC` ...), when they came from a field unchanged. */
  readonly fieldType?: string;
  /** Option labels in their order, for choice and choices that came from a field. */
  readonly options?: readonly string[];
  /** Columns of the inner rows, for type table. */
  readonly columns?: readonly ColumnSpec[];
}

export interface Person {
  readonly code: string;
  readonly name: string;
}

export interface FileRef {
  readonly fileKey: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: string;
}

/** One inner row of a kintone table; `id` is null for a row that kintone does not know yet. */
export interface InnerRow {
  readonly id: string | null;
  /** In the order of the column's `columns`. */
  readonly cells: readonly Cell[];
}

/**
 * The row-level view of one value. Blank is always null (DESIGN section 5), whatever kintone uses
 * for the type ("" , null, []).
 * text, choice: string; number: Decimal; date "YYYY-MM-DD"; time "HH:MM"; datetime "YYYY-MM-DDTHH:MM:00Z";
 * choices: option labels; people, files, table: their entries.
 */
export type Cell =
  | null
  | string
  | Decimal
  | readonly string[]
  | readonly Person[]
  | readonly FileRef[]
  | readonly InnerRow[];

interface ColumnBase {
  readonly spec: ColumnSpec;
  readonly length: number;
}

/** Codes into a dictionary of distinct strings; -1 is blank. */
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/**
 * Exact numbers: value = units[row] / 10^scale while |units| < 2^53. NaN in `units` is blank unless
 * `wide` has the row: numbers that do not fit live there, exactly.
 */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  readonly units: Float64Array;
  readonly scale: number;
  readonly wide: ReadonlyMap<number, Decimal>;
}

/** date: days since 1970-01-01; time: minutes since 00:00; datetime: minutes since 1970-01-01T00:00Z. */
export interface TimeLikeColumn extends ColumnBase {
  readonly kind: 'date' | 'time' | 'datetime';
  /**
   * `BLANK_INT32` is blank. Float64Array only for date-times after the year 6053, whose minutes exceed
   * Int32 ("9999-12-31T23:59:00Z" is a common way to write "no end").
   */
  readonly values: Int32Array | Float64Array;
}

export const BLANK_INT32 = -0x80000000;

/** choices, people, files and inner tables: one entry per row, null is blank. */
export interface ObjectColumn extends ColumnBase {
  readonly kind: 'object';
  readonly values: readonly Cell[];
}

export type Column = TextColumn | NumberColumn | TimeLikeColumn | ObjectColumn;

export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
  /**
   * Where each row came from, while rows still are records of one app: `$id` and `$revision`,
   * kept beside the data so that no command can rename or lose them by accident.
   */
  readonly origin?: RowOrigin;
}

export interface RowOrigin {
  readonly appId: string;
  readonly ids: Int32Array;
  readonly revisions: Int32Array;
}
