/** The order a window goes through the rows: group by group, each in its own order. */
import { columnNamed, groupRows, rowsByCode, sortRows } from '../table/index';
import type { Table } from '../table/types';
import type { WindowSettings } from './window-settings';

/** Group g is `rows[starts[g]]` up to `rows[starts[g + 1]]`, in order. */
export interface WindowRows {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  /** Group of each row of the table. */
  readonly groupOf: Int32Array;
  readonly groupCount: number;
}

export function windowRows(table: Table, { groupBy, order }: WindowSettings): WindowRows {
  const { groupOf, groupCount } = groupsOf(table, groupBy);
  const sorted = sortRows(table, order);
  // Dealing the sorted rows out to their groups leaves every group sorted.
  const dealt = rowsByCode(
    sorted.map((row) => groupOf[row] as number),
    groupCount,
  );
  return { rows: dealt.rows.map((at) => sorted[at] as number), starts: dealt.starts, groupOf, groupCount };
}

function groupsOf(table: Table, groupBy: readonly string[]) {
  if (groupBy.length === 0) return { groupOf: new Int32Array(table.rowCount), groupCount: 1 };
  const columns = groupBy.map((name) => columnNamed(table, name));
  const { groupOf, firstRows } = groupRows(columns, table.rowCount);
  return { groupOf, groupCount: firstRows.length };
}

/** Per row of the table, the row `offset` places later in its group (earlier when negative), or -1. */
export function shiftedRows({ rows, starts, groupCount }: WindowRows, offset: number): Int32Array {
  const shifted = new Int32Array(rows.length).fill(-1);
  for (let group = 0; group < groupCount; group++) {
    const from = starts[group] as number;
    const to = starts[group + 1] as number;
    for (let at = from; at < to; at++) {
      const other = at + offset;
      if (other >= from && other < to) shifted[rows[at] as number] = rows[other] as number;
    }
  }
  return shifted;
}

/** Per row of the table, the first or last row of its group for which `isFilled`, or -1. */
export function edgeRows(
  { rows, starts, groupCount }: WindowRows,
  edge: 'first' | 'last',
  isFilled: (row: number) => boolean,
): Int32Array {
  const edges = new Int32Array(rows.length).fill(-1);
  for (let group = 0; group < groupCount; group++) {
    const own = rows.subarray(starts[group], starts[group + 1]);
    const found = edge === 'first' ? own.find(isFilled) : own.findLast(isFilled);
    if (found === undefined) continue;
    for (const row of own) edges[row] = found;
  }
  return edges;
}

/** Per row of the table, its place in its group, from 1. */
export function rowNumbers({ rows, starts, groupCount }: WindowRows): Float64Array {
  const numbers = new Float64Array(rows.length);
  for (let group = 0; group < groupCount; group++) {
    const from = starts[group] as number;
    for (let at = from; at < (starts[group + 1] as number); at++) numbers[rows[at] as number] = at - from + 1;
  }
  return numbers;
}
