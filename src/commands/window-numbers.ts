/** Exact arithmetic along a window: doubles while they are exact, decimals beyond. */
import type { Decimal } from '../table/index';
import {
  add,
  averageUnits,
  cellAt,
  DEFAULT_DECIMALS,
  decimalOfUnits,
  divide,
  EXACT_LIMIT,
  fromInteger,
  isZero,
  NumberColumnBuilder,
  numberColumn,
  subtract,
  ZERO,
} from '../table/index';
import { groupTotal, sumNumbers } from '../table/sums';
import { BLANK_INT32, type Column, type ColumnSpec, type NumberColumn } from '../table/types';
import type { WindowRows } from './window-rows';

/** A column as numbers, and what results must be divided by: times are minutes that become hours. */
export interface Amounts {
  readonly column: NumberColumn;
  readonly divisor: number;
}

const MINUTES_PER_HOUR = 60;

/** Numbers as they are, days of dates, minutes of times and date-times. */
export function amountsOf(column: Column): Amounts {
  if (column.kind === 'number') return { column, divisor: 1 };
  if (column.kind === 'text' || column.kind === 'object') {
    throw new Error(`Columns of type ${column.spec.type} have no amounts`);
  }
  const units = Float64Array.from(column.values, (value) => (value === BLANK_INT32 ? Number.NaN : value));
  const numbers = numberColumn({ ...column.spec, type: 'number' }, units, 0);
  return { column: numbers, divisor: column.kind === 'date' ? 1 : MINUTES_PER_HOUR };
}

/**
 * One number per row: units at the column's scale, NaN for blank, or a decimal where doubles do not do. A
 * decimal wins over the units.
 */
interface Results {
  readonly units: Float64Array;
  readonly decimals: Map<number, Decimal>;
}

const blankResults = (length: number): Results => ({
  units: new Float64Array(length).fill(Number.NaN),
  decimals: new Map(),
});

function resultColumn(
  spec: ColumnSpec,
  { units, decimals }: Results,
  scale: number,
  divisor: number,
): Column {
  const builder = new NumberColumnBuilder(spec);
  for (let row = 0; row < units.length; row++) {
    const decimal = decimals.get(row);
    const value = units[row] as number;
    if (decimal !== undefined)
      builder.append(divisor === 1 ? decimal : divide(decimal, fromInteger(divisor)));
    else if (divisor === 1 || Number.isNaN(value)) builder.appendUnits(value, scale);
    else appendQuotient(builder, value, divisor, scale);
  }
  return builder.finish();
}

/** value / 10^scale / divisor, rounded half-even at 10 decimals. */
function appendQuotient(builder: NumberColumnBuilder, value: number, divisor: number, scale: number): void {
  const units = averageUnits(value, divisor, scale);
  if (units !== null) builder.appendUnits(units, DEFAULT_DECIMALS);
  else builder.append(divide(decimalOfUnits(value, scale), fromInteger(divisor)));
}

const decimalAt = (column: NumberColumn, row: number): Decimal | null =>
  cellAt(column, row) as Decimal | null;

/** The sum so far; blanks add nothing, and before the first number there is none. */
export function runningTotals(
  { column, divisor }: Amounts,
  { rows, starts, groupCount }: WindowRows,
  spec: ColumnSpec,
) {
  const results = blankResults(column.length);
  for (let group = 0; group < groupCount; group++) {
    let sum = Number.NaN;
    let big: Decimal | null = null;
    for (let at = starts[group] as number; at < (starts[group + 1] as number); at++) {
      const row = rows[at] as number;
      const value = column.units[row] as number;
      const isPlain = !Number.isNaN(value);
      if (big === null && (isPlain || !column.wide.has(row))) {
        const next: number = !isPlain ? sum : Number.isNaN(sum) ? value : sum + value;
        // A double sum below 2^53 is exact: rounding cannot bring a larger one below.
        if (!(Math.abs(next) >= EXACT_LIMIT)) {
          sum = next;
          results.units[row] = next;
          continue;
        }
      }
      big ??= Number.isNaN(sum) ? ZERO : decimalOfUnits(sum, column.scale);
      big = add(big, decimalAt(column, row) ?? ZERO);
      results.decimals.set(row, big);
    }
  }
  return resultColumn(spec, results, column.scale, divisor);
}

/** This row minus the other one; blank where either is missing or blank. */
export function differences({ column, divisor }: Amounts, others: Int32Array, spec: ColumnSpec): Column {
  const results = blankResults(column.length);
  for (let row = 0; row < column.length; row++) {
    const other = others[row] as number;
    if (other < 0) continue;
    const difference = (column.units[row] as number) - (column.units[other] as number);
    if (Math.abs(difference) < EXACT_LIMIT) {
      results.units[row] = difference;
      continue;
    }
    const [value, base] = [decimalAt(column, row), decimalAt(column, other)];
    if (value !== null && base !== null) results.decimals.set(row, subtract(value, base));
  }
  return resultColumn(spec, results, column.scale, divisor);
}

/**
 * Average of the numbers among this row and the `span` - 1 rows before it in its group, rounded half-even at 10
 * decimals; at the start of a group of those there are. Blank where all are blank.
 */
export function movingAverages(amounts: Amounts, window: WindowRows, span: number, spec: ColumnSpec): Column {
  const { column, divisor } = amounts;
  let largest = 0;
  for (const value of column.units) if (Math.abs(value) > largest) largest = Math.abs(value);
  // With this room every sum of a span is an exact double, whatever is added and taken away again.
  const isSmall = column.wide.size === 0 && largest * span < EXACT_LIMIT;
  const averages = isSmall ? smallAverages : decimalAverages;
  const builder = new NumberColumnBuilder(spec);
  for (const value of averages(column, window, span, divisor)) {
    if (typeof value === 'number') builder.appendUnits(value, DEFAULT_DECIMALS);
    else builder.append(value);
  }
  return builder.finish();
}

/** Per row: units of 10^-10, or a decimal where those do not do; null is blank. */
type Averages = readonly (number | Decimal | null)[];

function smallAverages(column: NumberColumn, window: WindowRows, span: number, divisor: number): Averages {
  const averages = new Array<number | Decimal | null>(column.length).fill(null);
  const { rows, starts, groupCount } = window;
  for (let group = 0; group < groupCount; group++) {
    const from = starts[group] as number;
    let sum = 0;
    let count = 0;
    for (let at = from; at < (starts[group + 1] as number); at++) {
      const row = rows[at] as number;
      const value = column.units[row] as number;
      const leaving = at - span >= from ? (column.units[rows[at - span] as number] as number) : Number.NaN;
      if (!Number.isNaN(value)) [sum, count] = [sum + value, count + 1];
      if (!Number.isNaN(leaving)) [sum, count] = [sum - leaving, count - 1];
      if (count === 0) continue;
      averages[row] =
        averageUnits(sum, count * divisor, column.scale) ??
        divide(decimalOfUnits(sum, column.scale), fromInteger(count * divisor));
    }
  }
  return averages;
}

function decimalAverages(column: NumberColumn, window: WindowRows, span: number, divisor: number): Averages {
  const averages = new Array<number | Decimal | null>(column.length).fill(null);
  const { rows, starts, groupCount } = window;
  for (let group = 0; group < groupCount; group++) {
    const from = starts[group] as number;
    let sum = ZERO;
    let count = 0;
    for (let at = from; at < (starts[group + 1] as number); at++) {
      const row = rows[at] as number;
      const value = decimalAt(column, row);
      const leaving = at - span >= from ? decimalAt(column, rows[at - span] as number) : null;
      if (value !== null) [sum, count] = [add(sum, value), count + 1];
      if (leaving !== null) [sum, count] = [subtract(sum, leaving), count - 1];
      if (count > 0) averages[row] = divide(sum, fromInteger(count * divisor));
    }
  }
  return averages;
}

/**
 * The value divided by the total of its group, rounded half-even at 10 decimals (0.25 is a quarter); blank
 * where the value is blank or the total is 0.
 */
export function shares({ column }: Amounts, { groupOf, groupCount }: WindowRows, spec: ColumnSpec): Column {
  const sums = sumNumbers(column, groupOf, groupCount);
  const builder = new NumberColumnBuilder(spec);
  for (let row = 0; row < column.length; row++) {
    const group = groupOf[row] as number;
    const value = column.units[row] as number;
    const total = sums.wide.has(group) ? null : sums.units.small(group);
    const units = Number.isNaN(value) || total === null || total <= 0 ? null : averageUnits(value, total, 0);
    if (units !== null) {
      builder.appendUnits(units, DEFAULT_DECIMALS);
      continue;
    }
    const decimal = decimalAt(column, row);
    const whole = groupTotal(sums, group, column.scale);
    builder.append(decimal === null || isZero(whole) ? null : divide(decimal, whole));
  }
  return builder.finish();
}
