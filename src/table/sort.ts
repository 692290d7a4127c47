/** Stable sorting of row numbers by precomputed ranks. */
import { compareCells, compareText } from './cells';
import { codesOfColumn } from './codes';
import { cellAt } from './column';
import { compareDecimals, type Decimal, multiply, powerOfTen, roundDecimal } from './decimal';
import { EXACT_LIMIT, unitsAt } from './number-builder';
import { columnNamed } from './table';
import { BLANK_INT32, type Column, type NumberColumn, type Table } from './types';
import { type Work, workThrough } from './work';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** One rank per row: integers in [0, limit), in the order of the values; blank is 0. */
interface Ranks {
  /** Int32Array where the limit allows it. */
  readonly ranks: Int32Array | Float64Array;
  readonly limit: number;
  /** The value with rank 1, where ranks were made from integers. */
  readonly smallest?: number;
}

/** Below this a comparison sort is quicker than radix passes with their counters. */
const FEW_ROWS = 2048;
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/** Row numbers in sorted order. Stable; blanks come first ascending and last descending. */
export function sortRows(table: Table, keys: readonly SortKey[]): Int32Array {
  return workThrough(sortingRows(table, keys));
}

/** `sortRows`, resting after each key. */
export function* sortingRows(table: Table, keys: readonly SortKey[]): Work<Int32Array> {
  let rows = new Int32Array(table.rowCount);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  const rankings: Ranks[] = [];
  for (const { column, descending } of keys) {
    rankings.push(ranksOf(columnNamed(table, column), descending));
    yield;
  }
  if (table.rowCount < FEW_ROWS) {
    return rows.sort((a, b) => {
      for (const { ranks } of rankings) {
        const order = (ranks[a] as number) - (ranks[b] as number);
        if (order !== 0) return order;
      }
      return a - b;
    });
  }
  for (const ranking of rankings.reverse()) {
    rows = radixSort(rows, ranking);
    yield;
  }
  return rows;
}

/** Least significant digit first; each pass is stable, hence so is the whole. */
function radixSort(rows: Int32Array<ArrayBuffer>, { ranks, limit }: Ranks): Int32Array<ArrayBuffer> {
  let source = rows;
  let target = new Int32Array(rows.length);
  // Few distinct values, as in most tables, take one pass with few counters.
  const count = Math.min(DIGITS, limit);
  for (let divisor = 1; divisor < limit; divisor *= DIGITS) {
    const digits = limit <= DIGITS && ranks instanceof Int32Array ? ranks : digitsOf(ranks, divisor);
    const next = startsOf(digits, count);
    for (let i = 0; i < source.length; i++) {
      const row = source[i] as number;
      const digit = digits[row] as number;
      const position = next[digit] as number;
      target[position] = row;
      next[digit] = position + 1;
    }
    [source, target] = [target, source];
  }
  return source;
}

function digitsOf(ranks: Int32Array | Float64Array, divisor: number): Int32Array {
  const digits = new Int32Array(ranks.length);
  for (let row = 0; row < digits.length; row++) {
    digits[row] = Math.floor((ranks[row] as number) / divisor) % DIGITS;
  }
  return digits;
}

/** Where the rows with a digit start when all are in order. */
function startsOf(digits: Int32Array, count: number): Int32Array {
  const starts = new Int32Array(count);
  for (let row = 0; row < digits.length; row++) {
    const digit = digits[row] as number;
    starts[digit] = (starts[digit] as number) + 1;
  }
  let before = 0;
  for (let digit = 0; digit < count; digit++) {
    const own = starts[digit] as number;
    starts[digit] = before;
    before += own;
  }
  return starts;
}

function ranksOf(column: Column, descending: boolean): Ranks {
  const ascending = ascendingRanks(column);
  if (!descending) return ascending;
  const { ranks, limit } = ascending;
  const reversed = emptyRanks(ranks.length, limit);
  for (let row = 0; row < ranks.length; row++) reversed[row] = limit - 1 - (ranks[row] as number);
  return { ranks: reversed, limit };
}

function ascendingRanks(column: Column): Ranks {
  if (column.kind === 'text') {
    const order = orderOfTexts(column.dictionary);
    return ranksOfCodes(column.codes, order);
  }
  if (column.kind === 'number') {
    const direct = ranksOfIntegers(column.units, Number.NaN);
    if (direct === null) return ranksOfCells(column);
    return column.wide.size === 0 ? direct : (withWideRanks(column, direct) ?? ranksOfCells(column));
  }
  if (column.kind === 'object') return ranksOfCells(column);
  return ranksOfIntegers(column.values, BLANK_INT32) ?? ranksOfCells(column);
}

const emptyRanks = (length: number, limit: number): Int32Array | Float64Array =>
  limit <= 0x7fffffff ? new Int32Array(length) : new Float64Array(length);

/** Integers are their own ranks once the smallest is 1; null when their range exceeds what a double holds. */
function ranksOfIntegers(values: Int32Array | Float64Array, blank: number): Ranks | null {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (value === blank || Number.isNaN(value)) continue;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const range = largest < smallest ? 0 : largest - smallest + 1;
  if (range + 1 >= EXACT_LIMIT) return null;
  const ranks = emptyRanks(values.length, range + 1);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    ranks[row] = value === blank || Number.isNaN(value) ? 0 : value - smallest + 1;
  }
  return { ranks, limit: range + 1, smallest: range === 0 ? 0 : smallest };
}

/**
 * Makes room for the wide values between the ranks of the integers: every rank grows by the number of
 * distinct wide values below it. Null when a wide value would fit the column after all, because then it
 * could be equal to an integer; or when the ranks would not fit a double.
 */
function withWideRanks(column: NumberColumn, integers: Ranks): Ranks | null {
  const { smallest = 0, limit } = integers;
  const wide = [...column.wide].sort((a, b) => compareDecimals(a[1], b[1]));
  if (limit + wide.length + 1 >= EXACT_LIMIT) return null;
  /** Per distinct wide value, ascending: the integer rank that is the first above it. */
  const firstAbove: number[] = [];
  const places: [number, number][] = [];
  let previous: Decimal | null = null;
  for (const [row, value] of wide) {
    if (unitsAt(value, column.scale) !== null) return null;
    if (previous === null || compareDecimals(previous, value) !== 0) {
      const scaled = multiply(value, { coefficient: powerOfTen(column.scale), scale: 0 });
      const above = Number(roundDecimal(scaled, 0, 'ceiling').coefficient) - smallest + 1;
      firstAbove.push(Math.min(Math.max(above, 1), limit));
      previous = value;
    }
    places.push([row, (firstAbove.at(-1) as number) + firstAbove.length - 1]);
  }
  const ranks = Float64Array.from(integers.ranks, (rank) =>
    rank === 0 ? 0 : rank + countUpTo(firstAbove, rank),
  );
  for (const [row, rank] of places) ranks[row] = rank;
  return { ranks, limit: limit + firstAbove.length + 1 };
}

/** How many of the ascending `values` are at most `limit`. */
function countUpTo(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For values that only `compareCells` can order: distinct values are sorted once, rows take their places. */
function ranksOfCells(column: Column): Ranks {
  const { codes, count } = codesOfColumn(column);
  const example = new Int32Array(count).fill(-1);
  for (let row = codes.length - 1; row >= 0; row--) {
    if ((codes[row] as number) >= 0) example[codes[row] as number] = row;
  }
  const { type } = column.spec;
  const cells = Array.from(example, (row) => (row < 0 ? null : cellAt(column, row)));
  const order = cells.map((_, code) => code);
  order.sort((a, b) => compareCells(type, cells[a] ?? null, cells[b] ?? null));
  return ranksOfCodes(codes, order);
}

/** `order` lists codes from the smallest value to the largest. */
function ranksOfCodes(codes: Int32Array, order: readonly number[]): Ranks {
  const place = new Int32Array(order.length);
  order.forEach((code, index) => {
    place[code] = index + 1;
  });
  const ranks = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    ranks[row] = code < 0 ? 0 : (place[code] as number);
  }
  return { ranks, limit: order.length + 1 };
}

const BEYOND_FIRST_SURROGATE = /[\ud800-\uffff]/;

function orderOfTexts(dictionary: readonly string[]): readonly number[] {
  const order = dictionary.map((_, code) => code);
  // Below the surrogates the order of UTF-16 units is the order of code points, and `<` is much faster.
  if (!dictionary.some((text) => BEYOND_FIRST_SURROGATE.test(text))) {
    return order.sort((a, b) => ((dictionary[a] as string) < (dictionary[b] as string) ? -1 : 1));
  }
  return order.sort((a, b) => compareText(dictionary[a] as string, dictionary[b] as string));
}
