/** Tables as sets of columns. */
import { blankColumn, takeColumn } from './column';
import type { Column, ColumnSpec, RowOrigin, Table } from './types';
import { type Work, workThrough } from './work';

/** Throws when a column has another length than the table or a name occurs twice: both are programming errors. */
export function tableOf(columns: readonly Column[], rowCount: number, origin?: RowOrigin): Table {
  const names = new Set<string>();
  for (const { spec, length } of columns) {
    if (length !== rowCount) throw new Error(`Column "${spec.name}" has ${length} rows, not ${rowCount}`);
    if (names.has(spec.name)) throw new Error(`Column "${spec.name}" occurs twice`);
    names.add(spec.name);
  }
  return origin === undefined ? { rowCount, columns } : { rowCount, columns, origin };
}

export function emptyTable(specs: readonly ColumnSpec[]): Table {
  return tableOf(
    specs.map((spec) => blankColumn(spec, 0)),
    0,
  );
}

export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.spec.name === name);
}

/** Throws when there is none: settings have been checked before tables exist. */
export function columnNamed(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`There is no column "${name}"`);
  return column;
}

/** Rows in the given order; -1 gives a row of blanks. The origin stays only when every row exists. */
export function takeRows(table: Table, rows: Int32Array): Table {
  return workThrough(takingRows(table, rows));
}

/** `takeRows`, resting after each column. */
export function* takingRows(table: Table, rows: Int32Array): Work<Table> {
  const columns: Column[] = [];
  for (const column of table.columns) {
    columns.push(takeColumn(column, rows));
    yield;
  }
  const { origin } = table;
  if (origin === undefined || rows.includes(-1)) return { rowCount: rows.length, columns };
  return {
    rowCount: rows.length,
    columns,
    origin: {
      appId: origin.appId,
      ids: rows.map((row) => origin.ids[row] as number),
      revisions: rows.map((row) => origin.revisions[row] as number),
    },
  };
}

/** Only these columns, in this order. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  return { ...table, columns: names.map((name) => columnNamed(table, name)) };
}
