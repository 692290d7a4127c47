/** Which record a row of the result belongs to. */

/** No record has the row's key. */
export const NO_RECORD = -1;
/** The row is left out: its key is blank and the output says to leave such rows out. */
export const SKIPPED = -2;

/**
 * Pairs rows with records of the same key, each record at most once and the oldest first, as multisets:
 * of three equal rows and two equal records, two pair up. Answers the record's row per wanted row.
 */
export function matchEqualRows(wanted: readonly string[], current: readonly string[]): Int32Array {
  const waiting = new Map<string, number[]>();
  for (let row = current.length - 1; row >= 0; row -= 1) {
    const key = current[row] ?? '';
    const rows = waiting.get(key);
    if (rows === undefined) waiting.set(key, [row]);
    else rows.push(row);
  }
  return Int32Array.from(wanted, (key) => waiting.get(key)?.pop() ?? NO_RECORD);
}

/** The rows to add in the wanted order; rows that are not added drop out of it. */
export function inAddOrder(rows: readonly number[], order: Int32Array | undefined): readonly number[] {
  if (order === undefined) return rows;
  const added = new Set(rows);
  return [...order].filter((row) => added.has(row));
}
