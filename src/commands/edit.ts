/** データ編集: computes columns, one step after the other. */
import * as v from 'valibot';
import { tableOf } from '../table/index';
import type { ColumnSpec, ColumnType, Table } from '../table/types';
import type { DatePart } from './date-part';
import { DATE_PARTS } from './date-part';
import { editColumn, editSpec } from './edit-steps';
import { problemList } from './problem-list';
import { columnName, entries } from './schemas';
import { specsOf } from './tables';
import type { CommandSpec } from './types';

interface StepBase {
  /** An existing column (it is replaced where it stands) or the name of a new one (it comes last). */
  readonly target: string;
  /** Blank: the label of the replaced column, or the name. */
  readonly label: string;
}

/** Types a formula's result can be turned into. */
export const RESULT_TYPES = [
  'text',
  'number',
  'date',
  'time',
  'datetime',
  'choice',
] as const satisfies ColumnType[];

export interface FormulaStep extends StepBase {
  readonly method: 'formula';
  readonly formula: string;
  /** Null: the type of the formula. */
  readonly type: (typeof RESULT_TYPES)[number] | null;
  /** What a row does whose formula gives an error, or a value that is not of `type`. */
  readonly onError: 'fail' | 'blank';
}

export interface DatePartStep extends StepBase {
  readonly method: 'datePart';
  readonly source: string;
  readonly part: DatePart;
}

export interface CopyStep extends StepBase {
  readonly method: 'copy';
  readonly source: string;
}

export interface ReplaceStep extends StepBase {
  readonly method: 'replace';
  readonly source: string;
  readonly search: string;
  readonly replacement: string;
}

export interface FillStep extends StepBase {
  readonly method: 'fill';
  readonly source: string;
  readonly with: 'value' | 'previous';
  /** Text in kintone's form for the column's type; used with `value`. */
  readonly value: string;
}

export type EditStep = FormulaStep | DatePartStep | CopyStep | ReplaceStep | FillStep;

export interface EditSettings {
  readonly steps: readonly EditStep[];
}

const base = { target: columnName, label: columnName };
const longText = v.pipe(v.string(), v.maxLength(65_535));

const step: v.GenericSchema<unknown, EditStep> = v.variant('method', [
  v.strictObject({
    ...base,
    method: v.literal('formula'),
    formula: longText,
    type: v.nullable(v.picklist(RESULT_TYPES)),
    onError: v.picklist(['fail', 'blank']),
  }),
  v.strictObject({
    ...base,
    method: v.literal('datePart'),
    source: columnName,
    part: v.picklist(DATE_PARTS),
  }),
  v.strictObject({ ...base, method: v.literal('copy'), source: columnName }),
  v.strictObject({
    ...base,
    method: v.literal('replace'),
    source: columnName,
    search: longText,
    replacement: longText,
  }),
  v.strictObject({
    ...base,
    method: v.literal('fill'),
    source: columnName,
    with: v.picklist(['value', 'previous']),
    value: longText,
  }),
]);

const settings: v.GenericSchema<unknown, EditSettings> = v.strictObject({ steps: entries(step) });

/**
 * Steps work in order; each sees the results of the ones before. Rows, their order and their tie to the
 * app's records stay.
 * - formula: has the formula's own type (krewData always makes text), or is converted to `type`. Rows in
 *   error, or with a value that is not of `type`, stop the flow (`fail`) or become blank and are counted
 *   (`blank`); both say `formulaErrors {column, error, count}`.
 * - datePart: see `datePartColumn`. copy: the column as it is.
 * - replace: every occurrence of `search` in a text, exactly; a text that becomes empty is blank.
 * - fill: blank cells get `value`, or the last filled cell above (`previous`; leading blanks stay blank).
 * Problems: `editEmpty`; `columnNameBlank`; `columnNotChosen`; `columnMissing {column}`;
 * `editTypeUnsuitable {column, type, method}`; `searchBlank`; `fillValueBlank`; `fillValueInvalid {value, type}`;
 * the formula's own, with the character position (`start`, `end`).
 */
export const edit: CommandSpec<EditSettings> = {
  type: 'edit',
  group: 'columns',
  inputCount: 1,
  settings,
  defaults: () => ({ steps: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.steps.length === 0) list.error('editEmpty', {}, 'steps');
    let columns = input;
    chosen.steps.forEach((entry, index) => {
      const path = `steps.${index}`;
      if (entry.target.trim() === '') list.error('columnNameBlank', {}, `${path}.target`);
      const spec = editSpec(entry, columns, context.parameters, path, list);
      if (spec) columns = withColumn(columns, spec, (column) => column.name);
    });
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    let table: Table = inputs[0]!;
    chosen.steps.forEach((entry, index) => {
      const place = { ...context.place, field: `steps.${index}` };
      const spec = editSpec(entry, specsOf(table), context.parameters, '', problemList(place));
      if (!spec) throw new Error(`Step ${index} was not checked`);
      const column = editColumn(entry, spec, table, { ...context, place });
      const columns = withColumn(table.columns, column, (existing) => existing.spec.name);
      table = tableOf(columns, table.rowCount, table.origin);
    });
    return table;
  },
};

function withColumn<T>(
  columns: readonly T[],
  column: T,
  nameOf: (column: T) => ColumnSpec['name'],
): readonly T[] {
  const at = columns.findIndex((existing) => nameOf(existing) === nameOf(column));
  return at < 0 ? [...columns, column] : columns.with(at, column);
}
