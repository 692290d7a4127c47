/** 呼び出し元レコード: the record the unit was started on; costs no request. */
import * as v from 'valibot';
import { columnFromCells, tableOf } from '../table/index';
import type { Cell, ColumnSpec, InnerRow } from '../table/types';
import type { ProblemList } from './problem-list';
import { problemList } from './problem-list';
import { columnName, columnNames } from './schemas';
import type { CommandSpec, ParameterSpec, RunContext } from './types';

export interface InputRecordSettings {
  /** Null: one row, the record itself. Else the code of a table: one row per row of it. */
  readonly table: string | null;
  /** Field codes in the order wanted; empty: everything that fits. */
  readonly fields: readonly string[];
}

const settings: v.GenericSchema<unknown, InputRecordSettings> = v.strictObject({
  table: v.nullable(columnName),
  fields: columnNames,
});

/** Where a column's cells come from. */
interface Source {
  readonly spec: ColumnSpec;
  /** Index among the table's columns; null: a field of the record. */
  readonly inner: number | null;
}

/**
 * The values as they are on the calling record at the start of the run. Without `table`: exactly one row.
 * With it: the table's rows in their order, record-level fields repeated on each; an empty table gives no
 * row. With empty `fields`: all fields (without `table`), or all record-level fields but tables and then all
 * of the table's own. Facts of the run (`$user` ...) are no columns; formulas reach them as parameters.
 * Problems: `tableMissing {table}`, `tableNotChosen`, `fieldMissing {field}`, `fieldTwice {field}` (warning),
 * `callingAppUnknown` when no calling app is known.
 */
export const inputRecord: CommandSpec<InputRecordSettings> = {
  type: 'inputRecord',
  group: 'input',
  inputCount: 0,
  settings,
  defaults: () => ({ table: null, fields: [] }),
  apps: () => [],
  parameters: (chosen, known) => {
    const fields = known.filter((parameter) => !parameter.name.startsWith('$'));
    const sources = sourcesOf(chosen, fields, problemList({}));
    const outer = sources.flatMap(({ spec, inner }) => (inner === null ? [spec.name] : []));
    return chosen.table === null ? outer : [chosen.table, ...outer];
  },
  columns(_inputs, chosen, context) {
    const list = problemList(context.place);
    const parameters = context.parameters.filter((parameter) => !parameter.name.startsWith('$'));
    if (parameters.length === 0) {
      list.error('callingAppUnknown', {}, 'table');
      return { columns: [], problems: list.problems };
    }
    const columns = sourcesOf(chosen, parameters, list).map((source) => source.spec);
    return { columns, problems: list.problems };
  },
  async run(_inputs, chosen, context) {
    const parameters = context.parameters.filter((parameter) => !parameter.name.startsWith('$'));
    const sources = sourcesOf(chosen, parameters, problemList(context.place));
    const rows = chosen.table === null ? null : innerRows(chosen.table, context);
    const rowCount = rows ? rows.length : 1;
    const columns = sources.map(({ spec, inner }) =>
      columnFromCells(spec, cellsOf(spec, inner, rows, context)),
    );
    return tableOf(columns, rowCount);
  },
};

function cellsOf(
  spec: ColumnSpec,
  inner: number | null,
  rows: readonly InnerRow[] | null,
  context: RunContext,
): readonly Cell[] {
  if (inner !== null && rows) return rows.map((row) => row.cells[inner] ?? null);
  const { cell } = context.parameter(spec.name);
  return rows ? rows.map(() => cell) : [cell];
}

function innerRows(table: string, context: RunContext): readonly InnerRow[] {
  return (context.parameter(table).cell ?? []) as readonly InnerRow[];
}

function sourcesOf(
  chosen: InputRecordSettings,
  parameters: readonly ParameterSpec[],
  list: ProblemList,
): readonly Source[] {
  const usable = usableSources(chosen.table, parameters, list);
  if (!usable) return [];
  if (chosen.fields.length === 0) return usable;
  const wanted = new Map<string, Source>();
  chosen.fields.forEach((code, index) => {
    const source = usable.find((candidate) => candidate.spec.name === code);
    if (!source) list.error('fieldMissing', { field: code }, `fields.${index}`);
    else if (wanted.has(code)) list.warning('fieldTwice', { field: code }, `fields.${index}`);
    else wanted.set(code, source);
  });
  return [...wanted.values()];
}

function usableSources(
  table: string | null,
  parameters: readonly ParameterSpec[],
  list: ProblemList,
): readonly Source[] | null {
  if (table === null) return parameters.map((spec) => ({ spec, inner: null }));
  const found = parameters.find((parameter) => parameter.name === table && parameter.type === 'table');
  if (!found) {
    if (table === '') list.error('tableNotChosen', {}, 'table');
    else list.error('tableMissing', { table }, 'table');
    return null;
  }
  const level = parameters.filter((parameter) => parameter.type !== 'table');
  const inner = (found.columns ?? []).map((spec, index) => ({ spec, inner: index }));
  return [...level.map((spec) => ({ spec, inner: null })), ...inner];
}
