/** Small steps on tables that several commands share. */
import { tableOf, type Work, withSpec, workInPieces, workThrough } from '../table/index';
import type { ColumnSpec, Table } from '../table/types';
import type { RunContext } from './types';

/** Long work, with the page breathing in between where there is one. */
export async function inPieces<T>(work: Work<T>, { rest }: Pick<RunContext, 'rest'>): Promise<T> {
  return rest === undefined ? workThrough(work) : workInPieces(work, rest);
}

export const specsOf = (table: Table): readonly ColumnSpec[] => table.columns.map((column) => column.spec);

/** The same rows under other names and labels; `specs` stands in the order of the columns. */
export function renameColumns(table: Table, specs: readonly ColumnSpec[]): Table {
  const columns = table.columns.map((column, index) => withSpec(column, specs[index] ?? column.spec));
  return tableOf(columns, table.rowCount, table.origin);
}
