/** Aggregates that pick one existing row per group. */
import { compareCells, compareText } from './cells';
import { cellAt, isBlankAt } from './column';
import { BLANK_INT32, type Column } from './types';

export interface AggregateGroups {
  /** Group number of each row. */
  readonly groupOf: Int32Array;
  readonly groupCount: number;
}

/** The row that gives each group its value, or -1. The earliest row wins among equals. */
export function chosenRows(
  column: Column,
  { groupOf, groupCount }: AggregateGroups,
  method: 'first' | 'last' | 'max' | 'min',
): Int32Array {
  if (method === 'max' || method === 'min') {
    if (column.kind === 'number' && column.wide.size === 0) {
      return extremeRows(column.units, Number.NaN, { groupOf, groupCount }, method);
    }
    if (column.kind === 'date' || column.kind === 'time' || column.kind === 'datetime') {
      return extremeRows(column.values, BLANK_INT32, { groupOf, groupCount }, method);
    }
  }
  const chosen = new Int32Array(groupCount).fill(-1);
  const isBetter = betterRow(column, method);
  for (let row = 0; row < column.length; row++) {
    if (isBlankAt(column, row)) continue;
    const group = groupOf[row] as number;
    const best = chosen[group] as number;
    if (best < 0 || isBetter(row, best)) chosen[group] = row;
  }
  return chosen;
}

/** For values that are numbers in the column: no call per row. */
function extremeRows(
  values: Float64Array | Int32Array,
  blank: number,
  { groupOf, groupCount }: AggregateGroups,
  method: 'max' | 'min',
): Int32Array {
  const chosen = new Int32Array(groupCount).fill(-1);
  const best = new Float64Array(groupCount);
  const isMax = method === 'max';
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (value === blank || Number.isNaN(value)) continue;
    const group = groupOf[row] as number;
    const other = best[group] as number;
    if ((chosen[group] as number) >= 0 && (isMax ? value <= other : value >= other)) continue;
    chosen[group] = row;
    best[group] = value;
  }
  return chosen;
}

function betterRow(
  column: Column,
  method: 'first' | 'last' | 'max' | 'min',
): (row: number, best: number) => boolean {
  if (method === 'first') return () => false;
  if (method === 'last') return () => true;
  const compare = rowComparison(column);
  return method === 'max' ? (row, best) => compare(row, best) > 0 : (row, best) => compare(row, best) < 0;
}

/** Compares two rows that are not blank. */
function rowComparison(column: Column): (a: number, b: number) => number {
  if (column.kind === 'text') {
    const { codes, dictionary } = column;
    return (a, b) => {
      const [left, right] = [codes[a] as number, codes[b] as number];
      return left === right ? 0 : compareText(dictionary[left] as string, dictionary[right] as string);
    };
  }
  if (column.kind === 'object') throw new Error(`Columns of type ${column.spec.type} have no largest value`);
  if (column.kind === 'number') {
    const { units, wide } = column;
    const isPlain = (row: number): boolean => wide.size === 0 || !Number.isNaN(units[row] as number);
    return (a, b) =>
      isPlain(a) && isPlain(b)
        ? (units[a] as number) - (units[b] as number)
        : compareCells('number', cellAt(column, a), cellAt(column, b));
  }
  const { values } = column;
  return (a, b) => (values[a] as number) - (values[b] as number);
}
