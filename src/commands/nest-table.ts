/** テーブル作成: makes one row of rows that belong together, with a table inside. */
import * as v from 'valibot';
import {
  cellAt,
  columnFromCells,
  columnNamed,
  groupRows,
  sortRows,
  tableOf,
  takeColumn,
} from '../table/index';
import type { Cell, ColumnSpec, InnerRow, Table } from '../table/types';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, columnNames, sortKeys } from './schemas';
import type { SortKey } from './sort';
import { checkSortKeys } from './sort';
import type { CommandSpec } from './types';

export interface NestTableSettings {
  /** Columns of the record; rows that agree in all of them become one. Empty: all rows become one. */
  readonly by: readonly string[];
  /** Columns of the table's rows. */
  readonly columns: readonly string[];
  /** Name of the table column. */
  readonly as: string;
  /** Blank: the name. */
  readonly label: string;
  /** Order of the rows inside a table; empty: the order they stand in. */
  readonly order: readonly SortKey[];
  /** What a row gives whose table columns are all blank: no row of the table, or a blank one. */
  readonly blankRow: 'drop' | 'keep';
}

const settings: v.GenericSchema<unknown, NestTableSettings> = v.strictObject({
  by: columnNames,
  columns: columnNames,
  as: columnName,
  label: columnName,
  order: sortKeys,
  blankRow: v.picklist(['drop', 'keep']),
});

/**
 * One row per distinct combination of `by`, by first appearance; values agree as in `distinct`, blank with
 * blank, and a column may also be a table or files. Columns: `by`, then the table with `columns` in their
 * order; all others are left out. With `blankRow: 'drop'` a record may end with an empty table, so that
 * `expandTable` (empty tables kept) and this command undo each other as long as `by` tells records apart; row
 * ids do not come back. The rows are no longer records of the app.
 * Reports `blankRowsDropped` with the number of rows that gave no row of a table.
 * Problems: `nestEmpty` (no column for the table); `columnMissing {column}`; `columnNameTaken {column}` (listed
 * twice); `nestTypeUnsuitable {column}` (a table cannot stand in a table); `columnNameBlank`; those of `sort`
 * for `order`.
 */
export const nestTable: CommandSpec<NestTableSettings> = {
  type: 'nestTable',
  group: 'tables',
  inputCount: 1,
  settings,
  defaults: () => ({ by: [], columns: [], as: '', label: '', order: [], blankRow: 'drop' }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.columns.length === 0) list.error('nestEmpty', {}, 'columns');
    const listed = (names: readonly string[], path: string): readonly ColumnSpec[] =>
      names.flatMap((name, index) => {
        const spec = requireColumn(input, name, `${path}.${index}`, list);
        if (!spec) return [];
        if (names.indexOf(name) === index) return [spec];
        list.error('columnNameTaken', { column: name }, `${path}.${index}`);
        return [];
      });
    const by = listed(chosen.by, 'by');
    const inner = listed(chosen.columns, 'columns');
    chosen.columns.forEach((name, index) => {
      const isTable = inner.some((spec) => spec.name === name && spec.type === 'table');
      if (isTable) list.error('nestTypeUnsuitable', { column: name }, `columns.${index}`);
    });
    if (chosen.order.length > 0) checkSortKeys(input, chosen.order, 'order', list);
    checkNewName(new Set(chosen.by), chosen.as, 'as', list);
    return { columns: [...by, tableSpec(chosen, inner)], problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const by = chosen.by.map((name) => columnNamed(input, name));
    const { groupOf, firstRows } = groupRows(by, input.rowCount);
    const nested = nestedRows(input, chosen, groupOf, firstRows.length);
    if (nested.dropped > 0) {
      context.report({
        code: 'blankRowsDropped',
        params: { table: chosen.as },
        place: context.place,
        count: nested.dropped,
      });
    }
    const inner = chosen.columns.map((name) => columnNamed(input, name).spec);
    return tableOf(
      [
        ...by.map((column) => takeColumn(column, firstRows)),
        columnFromCells(tableSpec(chosen, inner), nested.tables),
      ],
      firstRows.length,
    );
  },
};

const tableSpec = (chosen: NestTableSettings, columns: readonly ColumnSpec[]): ColumnSpec => ({
  name: chosen.as,
  label: chosen.label === '' ? chosen.as : chosen.label,
  type: 'table',
  columns,
});

interface NestedRows {
  readonly tables: readonly (readonly InnerRow[])[];
  readonly dropped: number;
}

function nestedRows(
  input: Table,
  chosen: NestTableSettings,
  groupOf: Int32Array,
  groupCount: number,
): NestedRows {
  const columns = chosen.columns.map((name) => columnNamed(input, name));
  const tables = Array.from({ length: groupCount }, (): InnerRow[] => []);
  const order = chosen.order.length === 0 ? null : sortRows(input, chosen.order);
  let dropped = 0;
  for (let index = 0; index < input.rowCount; index += 1) {
    const row = order === null ? index : order[index]!;
    const cells: readonly Cell[] = columns.map((column) => cellAt(column, row));
    if (chosen.blankRow === 'drop' && cells.every((cell) => cell === null)) dropped += 1;
    // kintone gives the row its id when it is written.
    else tables[groupOf[row]!]!.push({ id: null, cells });
  }
  return { tables, dropped };
}
