/** One value per group of rows. Blanks are skipped everywhere; numbers stay exact. */
import { kindOfType, TextColumnBuilder, TimeLikeColumnBuilder } from './builder';
import { cellToText } from './cells';
import { type AggregateGroups, chosenRows } from './choose-rows';
import { codesOfColumn } from './codes';
import { cellAt, isBlankAt, takeColumn, withSpec } from './column';
import { add, DEFAULT_DECIMALS, type Decimal, divide, fromInteger, multiply, roundDecimal } from './decimal';
import { numberColumn } from './make-column';
import { EXACT_LIMIT, NumberColumnBuilder, POWERS_OF_TEN } from './number-builder';
import { rowsByCode } from './rows';
import { sortRows } from './sort';
import { deviations, GroupSums, groupTotal, sumNumbers } from './sums';
import {
  BLANK_INT32,
  type Column,
  type ColumnSpec,
  type ColumnType,
  type NumberColumn,
  type TimeLikeColumn,
} from './types';

export type AggregateMethod =
  | 'sum'
  | 'average'
  | 'median'
  | 'max'
  | 'min'
  | 'stdev'
  | 'stdevp'
  | 'count'
  | 'countAll'
  | 'countDistinct'
  | 'join'
  | 'first'
  | 'last';

export type { AggregateGroups };

export interface AggregateOptions {
  /** Between the texts of `join`; ", " unless given. */
  readonly separator?: string;
}

/**
 * The type that a method gives for a type of column, or null when it makes no sense. Sums of times are
 * hours, because a time of day ends at 24:00.
 */
export function aggregateType(method: AggregateMethod, type: ColumnType): ColumnType | null {
  const kind = kindOfType(type);
  switch (method) {
    case 'count':
    case 'countAll':
    case 'countDistinct':
      return 'number';
    case 'join':
      return 'text';
    case 'first':
    case 'last':
      return type;
    case 'max':
    case 'min':
      return kind === 'object' ? null : type;
    case 'sum':
      return kind === 'number' || kind === 'time' ? 'number' : null;
    case 'average':
    case 'median':
      return kind === 'object' || kind === 'text' ? null : type;
    case 'stdev':
    case 'stdevp':
      return kind === 'number' ? 'number' : null;
  }
}

/**
 * One row per group. `spec` describes the result and has the type of `aggregateType` (sum, average and
 * median of times may also be asked for as type number: hours). A group with only blanks gives blank,
 * and 0 for counts. Averages, medians of times and deviations are rounded half-even: to 10 decimals, or
 * to whole days or minutes. Throws Error for a method that does not fit the column's type.
 */
export function aggregateColumn(
  column: Column,
  groups: AggregateGroups,
  method: AggregateMethod,
  spec: ColumnSpec,
  options: AggregateOptions = {},
): Column {
  switch (method) {
    case 'count':
      return countColumn(spec, groups, (row) => !isBlankAt(column, row));
    case 'countAll':
      return countColumn(spec, groups, () => true);
    case 'countDistinct':
      return countDistinct(column, groups, spec);
    case 'join':
      return joinTexts(column, groups, spec, options.separator ?? ', ');
    case 'first':
    case 'last':
    case 'max':
    case 'min':
      return withSpec(takeColumn(column, chosenRows(column, groups, method)), spec);
    default:
      if (column.kind === 'number') return aggregateNumbers(column, groups, method, spec);
      if (isTimeLike(column) && (method === 'sum' || method === 'average' || method === 'median')) {
        return aggregateTimes(column, groups, method, spec);
      }
      throw new Error(`${method} is not defined for columns of type ${column.spec.type}`);
  }
}

type NumberMethod = 'sum' | 'average' | 'median' | 'stdev' | 'stdevp';

function aggregateNumbers(
  column: NumberColumn,
  { groupOf, groupCount }: AggregateGroups,
  method: NumberMethod,
  spec: ColumnSpec,
): Column {
  const builder = new NumberColumnBuilder(spec);
  if (method === 'stdev' || method === 'stdevp') {
    const isSample = method === 'stdev';
    const values = deviations(column, groupOf, groupCount, isSample, DEFAULT_DECIMALS);
    for (const value of values) builder.append(value);
    return builder.finish();
  }
  if (method === 'median') {
    forEachMiddle(column, { groupOf, groupCount }, (low, high) => {
      builder.append(low < 0 ? null : half(add(numberAt(column, low), numberAt(column, high))));
    });
    return builder.finish();
  }
  const sums = sumNumbers(column, groupOf, groupCount);
  for (let group = 0; group < groupCount; group++) {
    const count = sums.counts[group] as number;
    const small = sums.wide.has(group) ? null : sums.units.small(group);
    const isPlainSum = method === 'sum' || (count === 1 && column.scale <= DEFAULT_DECIMALS);
    if (count === 0) builder.append(null);
    else if (isPlainSum && small !== null) builder.appendUnits(small, column.scale);
    else if (method === 'sum') builder.append(groupTotal(sums, group, column.scale));
    else {
      const average = small === null ? null : averageUnits(small, count, column.scale);
      if (average !== null) builder.appendUnits(average, DEFAULT_DECIMALS);
      else builder.append(divide(groupTotal(sums, group, column.scale), fromInteger(count)));
    }
  }
  return builder.finish();
}

/**
 * total / 10^scale / count in units of 10^-10, rounded half-even, while all steps stay below 2^53; else
 * null. `%` is exact on integers, which makes the quotients exact too.
 */
export function averageUnits(total: number, count: number, scale: number): number | null {
  if (scale > DEFAULT_DECIMALS) return null;
  const factor = POWERS_OF_TEN[DEFAULT_DECIMALS - scale] as number;
  const magnitude = Math.abs(total);
  const rest = magnitude % count;
  const scaledRest = rest * factor;
  const quotient = ((magnitude - rest) / count) * factor;
  if (scaledRest >= EXACT_LIMIT || quotient + factor >= EXACT_LIMIT) return null;
  const lastRest = scaledRest % count;
  let units = quotient + (scaledRest - lastRest) / count;
  if (2 * lastRest > count || (2 * lastRest === count && units % 2 === 1)) units++;
  return total < 0 ? -units : units;
}

/** Sums of minutes or days, then hours (type number) or the column's own unit. */
function aggregateTimes(
  column: TimeLikeColumn,
  { groupOf, groupCount }: AggregateGroups,
  method: 'sum' | 'average' | 'median',
  spec: ColumnSpec,
): Column {
  const totals: (Decimal | null)[] = [];
  if (method === 'median') {
    const valueAt = (row: number): Decimal => fromInteger(column.values[row] as number);
    forEachMiddle(column, { groupOf, groupCount }, (low, high) => {
      totals.push(low < 0 ? null : half(add(valueAt(low), valueAt(high))));
    });
  } else {
    const sums = new GroupSums(groupCount);
    const counts = new Int32Array(groupCount);
    for (let row = 0; row < column.length; row++) {
      const value = column.values[row] as number;
      if (value === BLANK_INT32) continue;
      const group = groupOf[row] as number;
      counts[group] = (counts[group] as number) + 1;
      sums.add(group, value);
    }
    for (let group = 0; group < groupCount; group++) {
      const count = counts[group] as number;
      const total = count === 0 ? null : fromInteger(sums.total(group));
      totals.push(total === null || method === 'sum' ? total : ratio(total, count, spec));
    }
  }
  if (spec.type === 'number' && column.kind === 'time') {
    const builder = new NumberColumnBuilder(spec);
    for (const minutes of totals) builder.append(minutes === null ? null : divide(minutes, fromInteger(60)));
    return builder.finish();
  }
  if (method === 'sum' || spec.type !== column.kind) {
    throw new Error(`${method} of type ${column.spec.type} cannot give type ${spec.type}`);
  }
  const builder = new TimeLikeColumnBuilder(spec, column.kind);
  for (const value of totals) {
    builder.appendValue(
      value === null ? BLANK_INT32 : Number(roundDecimal(value, 0, 'halfEven').coefficient),
    );
  }
  return builder.finish();
}

/** An average that is divided once more (into hours) or rounded to whole units keeps digits to spare. */
function ratio(total: Decimal, count: number, spec: ColumnSpec): Decimal | null {
  return divide(total, fromInteger(count), spec.type === 'number' ? 2 * DEFAULT_DECIMALS : 0);
}

function half(value: Decimal): Decimal {
  return multiply(value, { coefficient: 5n, scale: 1 });
}

function numberAt(column: NumberColumn, row: number): Decimal {
  return cellAt(column, row) as Decimal;
}

/**
 * Calls back per group, in order, with the one or two middle rows by value (the same row twice for an
 * odd count), or with -1 when the group has only blanks.
 */
function forEachMiddle(
  column: Column,
  { groupOf, groupCount }: AggregateGroups,
  visit: (low: number, high: number) => void,
): void {
  // Sorting all rows once and dealing them out leaves every group sorted.
  const sorted = sortRows({ rowCount: column.length, columns: [column] }, [
    { column: column.spec.name, descending: false },
  ]);
  const groupOfSorted = sorted.map((row) => (isBlankAt(column, row) ? -1 : (groupOf[row] as number)));
  const { starts, rows } = rowsByCode(groupOfSorted, groupCount);
  for (let group = 0; group < groupCount; group++) {
    const from = starts[group] as number;
    const last = (starts[group + 1] as number) - 1;
    if (last < from) visit(-1, -1);
    else {
      const low = rows[(from + last) >> 1] as number;
      const high = rows[(from + last + 1) >> 1] as number;
      visit(sorted[low] as number, sorted[high] as number);
    }
  }
}

function countColumn(
  spec: ColumnSpec,
  { groupOf, groupCount }: AggregateGroups,
  isCounted: (row: number) => boolean,
): Column {
  const counts = new Float64Array(groupCount);
  for (let row = 0; row < groupOf.length; row++) {
    if (isCounted(row)) counts[groupOf[row] as number] = (counts[groupOf[row] as number] as number) + 1;
  }
  return numberColumn(spec, counts, 0);
}

function countDistinct(column: Column, { groupOf, groupCount }: AggregateGroups, spec: ColumnSpec): Column {
  const { codes, count } = codesOfColumn(column);
  const { starts, rows } = rowsByCode(groupOf, groupCount);
  // Groups are visited one after the other, so one stamp per code tells whether this group has seen it.
  const seenBy = new Int32Array(count).fill(-1);
  const counts = new Float64Array(groupCount);
  for (let group = 0; group < groupCount; group++) {
    let distinct = 0;
    for (let index = starts[group] as number; index < (starts[group + 1] as number); index++) {
      const code = codes[rows[index] as number] as number;
      if (code < 0 || seenBy[code] === group) continue;
      seenBy[code] = group;
      distinct++;
    }
    counts[group] = distinct;
  }
  return numberColumn(spec, counts, 0);
}

function joinTexts(
  column: Column,
  { groupOf, groupCount }: AggregateGroups,
  spec: ColumnSpec,
  separator: string,
): Column {
  const { type } = column.spec;
  const parts = Array.from({ length: groupCount }, (): string[] => []);
  for (let row = 0; row < column.length; row++) {
    const cell = cellAt(column, row);
    if (cell !== null) parts[groupOf[row] as number]?.push(cellToText(type, cell));
  }
  const builder = new TextColumnBuilder(spec);
  for (const texts of parts) builder.append(texts.join(separator));
  return builder.finish();
}

function isTimeLike(column: Column): column is TimeLikeColumn {
  return column.kind === 'date' || column.kind === 'time' || column.kind === 'datetime';
}
