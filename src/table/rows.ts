/** Selecting, grouping and joining rows; results are row numbers for `takeRows` and `takeColumn`. */
import { type Codes, codesOfColumn, combineCodes } from './codes';
import { keyingRows } from './join-keys';
import type { Column } from './types';
import { type Work, workThrough } from './work';

export { type SortKey, sortingRows, sortRows } from './sort';

/** Row numbers for which `keep` answers true, ascending. */
export function filterRows(length: number, keep: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) {
    if (keep(row)) rows[count++] = row;
  }
  return rows.slice(0, count);
}

export interface Groups {
  /** Group number of each row. */
  readonly groupOf: Int32Array;
  /** First row of each group; its length is the number of groups. */
  readonly firstRows: Int32Array;
}

/** Groups rows with equal values in all columns, numbered by first appearance. Blanks are equal to each other. */
export function groupRows(columns: readonly Column[], length: number): Groups {
  return workThrough(groupingRows(columns, length));
}

/** `groupRows`, resting after each column. */
export function* groupingRows(columns: readonly Column[], length: number): Work<Groups> {
  const groupOf = new Int32Array(length);
  const firstRows = new Int32Array(length);
  let codes: Codes = { codes: new Int32Array(length), count: 1 };
  for (const [index, column] of columns.entries()) {
    const next = codesOfColumn(column);
    codes = index === 0 ? next : combineCodes(codes, next);
    yield;
  }
  const groupOfCode = new Int32Array(codes.count + 1).fill(-1);
  let count = 0;
  for (let row = 0; row < length; row++) {
    const slot = (codes.codes[row] as number) + 1;
    let group = groupOfCode[slot] as number;
    if (group < 0) {
      group = count++;
      groupOfCode[slot] = group;
      firstRows[group] = row;
    }
    groupOf[row] = group;
  }
  return { groupOf, firstRows: firstRows.slice(0, count) };
}

export type JoinMethod = 'inner' | 'left' | 'right' | 'full';

export interface JoinedRows {
  /** Row of the left table, or -1. */
  readonly left: Int32Array;
  /** Row of the right table, or -1. */
  readonly right: Int32Array;
}

/** A join that would produce more rows than memory holds, usually because a key is not a key. */
export class JoinTooLargeError extends Error {
  readonly code = 'joinTooLarge';
  readonly rowCount: number;

  constructor(rowCount: number) {
    super(`The join would give ${rowCount} rows`);
    this.rowCount = rowCount;
  }
}

/** Fifty times the largest table that is expected; two columns of row numbers take 400 MB then. */
export const MAX_JOIN_ROWS = 50_000_000;

/**
 * Joins on pairs of key columns (`left[i]` with `right[i]`). Order: left rows in order, each with its
 * right rows in order; right rows without a partner last. A blank in any key matches nothing.
 * Throws JoinTooLargeError.
 */
export function joinRows(left: readonly Column[], right: readonly Column[], method: JoinMethod): JoinedRows {
  return workThrough(joiningRows(left, right, method));
}

/** `joinRows`, resting while keys are compared and between the passes over the rows. */
export function* joiningRows(
  left: readonly Column[],
  right: readonly Column[],
  method: JoinMethod,
): Work<JoinedRows> {
  if (left.length !== right.length) throw new Error('A join needs as many left as right key columns');
  const codes = yield* keyingRows(left, right);
  yield;
  const { starts, rows } = rowsByCode(codes.right, codes.count);
  const keepsLeft = method === 'left' || method === 'full';
  const keepsRight = method === 'right' || method === 'full';

  const isUsed = new Uint8Array(codes.count);
  let total = 0;
  for (let row = 0; row < codes.left.length; row++) {
    const code = codes.left[row] as number;
    const matches = code < 0 ? 0 : (starts[code + 1] as number) - (starts[code] as number);
    if (matches > 0) isUsed[code] = 1;
    total += matches === 0 && keepsLeft ? 1 : matches;
  }
  const lonelyRight = keepsRight
    ? filterRows(codes.right.length, (row) => {
        const code = codes.right[row] as number;
        return code < 0 || isUsed[code] === 0;
      })
    : new Int32Array(0);
  total += lonelyRight.length;
  if (total > MAX_JOIN_ROWS) throw new JoinTooLargeError(total);
  yield;

  const leftRows = new Int32Array(total).fill(-1);
  const rightRows = new Int32Array(total).fill(-1);
  let next = 0;
  for (let row = 0; row < codes.left.length; row++) {
    const code = codes.left[row] as number;
    const from = code < 0 ? 0 : (starts[code] as number);
    const to = code < 0 ? 0 : (starts[code + 1] as number);
    if (from === to && keepsLeft) leftRows[next++] = row;
    for (let match = from; match < to; match++) {
      leftRows[next] = row;
      rightRows[next++] = rows[match] as number;
    }
  }
  rightRows.set(lonelyRight, next);
  return { left: leftRows, right: rightRows };
}

/** Rows of code c are `rows[starts[c]]` up to `rows[starts[c + 1]]`, ascending. Rows with code -1 are left out. */
export function rowsByCode(codes: Int32Array, count: number): { starts: Int32Array; rows: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code >= 0) starts[code + 1] = (starts[code + 1] as number) + 1;
  }
  for (let code = 0; code < count; code++) {
    starts[code + 1] = (starts[code + 1] as number) + (starts[code] as number);
  }
  const next = starts.slice();
  const rows = new Int32Array(starts[count] as number);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code < 0) continue;
    const position = next[code] as number;
    rows[position] = row;
    next[code] = position + 1;
  }
  return { starts, rows };
}
