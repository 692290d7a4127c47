/** Small steps on tables that several commands share. */
import { tableOf, withSpec } from '../table/index';
import type { ColumnSpec, Table } from '../table/types';

export const specsOf = (table: Table): readonly ColumnSpec[] => table.columns.map((column) => column.spec);

/** The same rows under other names and labels; `specs` stands in the order of the columns. */
export function renameColumns(table: Table, specs: readonly ColumnSpec[]): Table {
  const columns = table.columns.map((column, index) => withSpec(column, specs[index] ?? column.spec));
  return tableOf(columns, table.rowCount, table.origin);
}
