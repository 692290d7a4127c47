/** Which record a row of the result belongs to. */
import { blankColumn, type Column, concatColumns, groupRows } from '../table';

/** No record has the row's key. */
export const NO_RECORD = -1;
/** The row is left out: its key is blank and the output says to leave such rows out. */
export const SKIPPED = -2;
/** The row is left out: another row has its key, and the output says which of them counts. */
export const REPEATED = -3;

/**
 * Pairs rows of the result with records that are equal in all of these columns, each record at most once and
 * the oldest first, as multisets: of three equal rows and two equal records, two pair up. Both lists hold the
 * same fields in the same order. Answers the record's row per wanted row, or `NO_RECORD`.
 */
export function matchEqualRows(
  wanted: readonly Column[],
  wantedCount: number,
  present: readonly Column[],
  presentCount: number,
): Int32Array {
  const both = wanted.map((column, index) =>
    concatColumns(column.spec, [column, present[index] ?? blankColumn(column.spec, presentCount)]),
  );
  const { groupOf, firstRows } = groupRows(both, wantedCount + presentCount);
  // The records of each group as a chain, oldest first: `next` leads from one to the one after it.
  const head = new Int32Array(firstRows.length).fill(NO_RECORD);
  const next = new Int32Array(presentCount).fill(NO_RECORD);
  for (let row = presentCount - 1; row >= 0; row -= 1) {
    const group = groupOf[wantedCount + row] as number;
    next[row] = head[group] as number;
    head[group] = row;
  }
  const matches = new Int32Array(wantedCount).fill(NO_RECORD);
  for (let row = 0; row < wantedCount; row += 1) {
    const group = groupOf[row] as number;
    const record = head[group] as number;
    if (record === NO_RECORD) continue;
    matches[row] = record;
    head[group] = next[record] as number;
  }
  return matches;
}

/** The rows to add in the wanted order; rows that are not added drop out of it. */
export function inAddOrder(rows: Int32Array, order: Int32Array | undefined): Int32Array {
  if (order === undefined) return rows;
  const added = new Set(rows);
  return order.filter((row) => added.has(row));
}
