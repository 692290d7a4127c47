/**
 * Exact sums per group. Partial sums are doubles while they stay below 2^53 and move to BigInt when the
 * next value would cross that line, so the common case costs one addition and one comparison per row.
 */
import { add, type Decimal, squareRootOfRatio, ZERO } from './decimal';
import { decimalOfUnits, EXACT_LIMIT } from './number-builder';
import type { NumberColumn } from './types';

export class GroupSums {
  private readonly parts: Float64Array;
  private readonly spilled = new Map<number, bigint>();

  constructor(groupCount: number) {
    this.parts = new Float64Array(groupCount);
  }

  /** `value` is an integer below 2^53. */
  add(group: number, value: number): void {
    const part = this.parts[group] as number;
    const sum = part + value;
    // If the true sum is below 2^53 the double sum is exact; if it is not, rounding cannot bring it below.
    if (sum < EXACT_LIMIT && sum > -EXACT_LIMIT) {
      this.parts[group] = sum;
    } else {
      this.addBig(group, BigInt(part));
      this.parts[group] = value;
    }
  }

  addBig(group: number, value: bigint): void {
    this.spilled.set(group, (this.spilled.get(group) ?? 0n) + value);
  }

  /** The sum when it is a double below 2^53, else null: then `total` has it. */
  small(group: number): number | null {
    return this.spilled.has(group) ? null : (this.parts[group] as number);
  }

  total(group: number): bigint {
    return BigInt(this.parts[group] as number) + (this.spilled.get(group) ?? 0n);
  }
}

export interface NumberSums {
  /** How many values that are not blank each group has. */
  readonly counts: Int32Array;
  /** Sum of the values that fit the column's scale, in units. */
  readonly units: GroupSums;
  /** Sum of the wide values, for groups that have some. */
  readonly wide: ReadonlyMap<number, Decimal>;
}

/** Sums and counts of a number column by group. */
export function sumNumbers(column: NumberColumn, groupOf: Int32Array, groupCount: number): NumberSums {
  const counts = new Int32Array(groupCount);
  const units = new GroupSums(groupCount);
  const values = column.units;
  for (let row = 0; row < column.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    const group = groupOf[row] as number;
    counts[group] = (counts[group] as number) + 1;
    units.add(group, value);
  }
  const wide = new Map<number, Decimal>();
  for (const [row, value] of column.wide) {
    const group = groupOf[row] as number;
    counts[group] = (counts[group] as number) + 1;
    wide.set(group, add(wide.get(group) ?? ZERO, value));
  }
  return { counts, units, wide };
}

/** The exact sum of one group. */
export function groupTotal(sums: NumberSums, group: number, scale: number): Decimal {
  const small = sums.units.small(group);
  const fitting =
    small === null
      ? add(ZERO, { coefficient: sums.units.total(group), scale })
      : decimalOfUnits(small, scale);
  const wide = sums.wide.get(group);
  return wide === undefined ? fitting : add(fitting, wide);
}

/** Squares below this root are exact doubles. */
const EXACT_ROOT = 2 ** 26;

/**
 * Standard deviation per group, rounded half-even to `decimals` places; null where the group has too few
 * values (none, or one for a sample). Computed from integers as
 * sqrt((n * sum of squares - square of sum) / (n * (n - 1))), so nothing is lost by cancellation.
 */
export function deviations(
  column: NumberColumn,
  groupOf: Int32Array,
  groupCount: number,
  isSample: boolean,
  decimals: number,
): (Decimal | null)[] {
  let scale = column.scale;
  for (const value of column.wide.values()) scale = Math.max(scale, value.scale);
  const lift = 10n ** BigInt(scale - column.scale);
  const sums = new GroupSums(groupCount);
  const squares = new GroupSums(groupCount);
  const counts = new Int32Array(groupCount);
  for (let row = 0; row < column.length; row++) {
    const value = column.units[row] as number;
    if (Number.isNaN(value)) continue;
    const group = groupOf[row] as number;
    counts[group] = (counts[group] as number) + 1;
    sums.add(group, value);
    if (Math.abs(value) < EXACT_ROOT) squares.add(group, value * value);
    else squares.addBig(group, BigInt(value) ** 2n);
  }
  const wideSums = new Map<number, bigint>();
  const wideSquares = new Map<number, bigint>();
  for (const [row, { coefficient, scale: own }] of column.wide) {
    const group = groupOf[row] as number;
    const value = coefficient * 10n ** BigInt(scale - own);
    counts[group] = (counts[group] as number) + 1;
    wideSums.set(group, (wideSums.get(group) ?? 0n) + value);
    wideSquares.set(group, (wideSquares.get(group) ?? 0n) + value * value);
  }
  const unit = 10n ** BigInt(2 * scale);
  return Array.from(counts, (count, group) => {
    const divisor = isSample ? count - 1 : count;
    if (divisor < 1) return null;
    const sum = sums.total(group) * lift + (wideSums.get(group) ?? 0n);
    const square = squares.total(group) * lift * lift + (wideSquares.get(group) ?? 0n);
    const n = BigInt(count);
    return squareRootOfRatio(n * square - sum * sum, n * BigInt(divisor) * unit, decimals);
  });
}
