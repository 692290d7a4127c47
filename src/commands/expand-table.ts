/** テーブル展開: one row per row of a table inside the records. */
import * as v from 'valibot';
import { cellAt, columnFromCells, columnNamed, tableOf, takeColumn } from '../table/index';
import type { Cell, ColumnSpec, InnerRow } from '../table/types';
import type { ProblemList } from './problem-list';
import { freeName, problemList, requireColumn } from './problem-list';
import { columnName, columnNames } from './schemas';
import { specsOf } from './tables';
import type { CommandSpec } from './types';

export interface ExpandTableSettings {
  readonly table: string;
  /** Record-level columns carried onto each row; empty: none. */
  readonly keep: readonly string[];
  /** What a record with an empty table gives: no row, or one row with the table's columns blank. */
  readonly emptyTable: 'drop' | 'keep';
}

const settings: v.GenericSchema<unknown, ExpandTableSettings> = v.strictObject({
  table: columnName,
  keep: columnNames,
  emptyTable: v.picklist(['drop', 'keep']),
});

/**
 * Rows in record order, then table order. Columns: the kept ones in the order of `keep`, then the table's
 * own; an inner name that a kept column has becomes `name_1`. Other tables of the record can be kept as they
 * are. The rows are no longer records of the app. Reports `emptyTablesDropped {table}` with the number of records
 * that gave no row.
 * Problems: `columnNotChosen`, `columnMissing {column}`, `notATable {column, type}`, `fieldTwice {field}` (warning),
 * `tableKept {column}` (the table itself among the kept columns).
 */
export const expandTable: CommandSpec<ExpandTableSettings> = {
  type: 'expandTable',
  group: 'tables',
  inputCount: 1,
  settings,
  defaults: () => ({ table: '', keep: [], emptyTable: 'drop' }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const layout = layoutOf(input, chosen, list);
    return { columns: layout ? [...layout.kept, ...layout.inner] : [], problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const layout = layoutOf(specsOf(input), chosen, problemList(context.place));
    const tables = columnNamed(input, chosen.table);
    const rows: number[] = [];
    const innerRows: (InnerRow | null)[] = [];
    let dropped = 0;
    for (let row = 0; row < input.rowCount; row += 1) {
      const cell = (cellAt(tables, row) ?? []) as readonly InnerRow[];
      for (const inner of cell) {
        rows.push(row);
        innerRows.push(inner);
      }
      if (cell.length > 0) continue;
      if (chosen.emptyTable === 'drop') dropped += 1;
      else {
        rows.push(row);
        innerRows.push(null);
      }
    }
    if (dropped > 0) {
      const params = { table: chosen.table };
      context.report({ code: 'emptyTablesDropped', params, place: context.place, count: dropped });
    }
    const selected = Int32Array.from(rows);
    return tableOf(
      [
        ...(layout?.kept ?? []).map((spec) => takeColumn(columnNamed(input, spec.name), selected)),
        ...(layout?.inner ?? []).map((spec, index) => columnFromCells(spec, innerCells(innerRows, index))),
      ],
      rows.length,
    );
  },
};

function* innerCells(rows: readonly (InnerRow | null)[], index: number): Iterable<Cell> {
  for (const row of rows) yield row?.cells[index] ?? null;
}

interface Layout {
  readonly kept: readonly ColumnSpec[];
  readonly inner: readonly ColumnSpec[];
}

function layoutOf(
  input: readonly ColumnSpec[],
  chosen: ExpandTableSettings,
  list: ProblemList,
): Layout | null {
  const table = requireColumn(input, chosen.table, 'table', list);
  if (!table) return null;
  if (table.type !== 'table') {
    list.error('notATable', { column: table.name, type: table.type }, 'table');
    return null;
  }
  const kept = new Map<string, ColumnSpec>();
  chosen.keep.forEach((name, index) => {
    const spec = requireColumn(input, name, `keep.${index}`, list);
    if (!spec) return;
    if (spec === table) list.error('tableKept', { column: name }, `keep.${index}`);
    else if (kept.has(name)) list.warning('fieldTwice', { field: name }, `keep.${index}`);
    else kept.set(name, spec);
  });
  const taken = new Set(kept.keys());
  const inner = (table.columns ?? []).map((spec) => {
    const name = freeName(taken, spec.name);
    taken.add(name);
    return name === spec.name ? spec : { ...spec, name };
  });
  return { kept: [...kept.values()], inner };
}
