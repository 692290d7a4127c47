/**
 * Exact numbers for a chunk of rows: scaled integers in doubles while they are provably exact, Decimals
 * for the rows that do not fit (the layout of number columns).
 */

import type { Decimal } from '../table/decimal';
import { fromInteger, normalize } from '../table/decimal';
import { EXACT_LIMIT, MAX_SCALE, POWERS_OF_TEN, unitsAt } from '../table/number-builder';
import { MAX_NUMBER_DIGITS } from './limits';
import type { ErrorBytes } from './row-errors';
import { markError } from './row-errors';

export interface NumberVector {
  readonly kind: 'number';
  /** Value times 10^scale; NaN is blank unless `wide` has the row. */
  readonly units: Float64Array;
  /** At most MAX_SCALE, so that powers of ten between two scales are exact doubles. */
  readonly scale: number;
  readonly wide: ReadonlyMap<number, Decimal> | null;
  readonly errors: ErrorBytes;
  readonly constant?: boolean;
}

const DIGIT_BOUND = 10n ** BigInt(MAX_NUMBER_DIGITS);

/** Without trailing zeros, so that equal numbers are equal objects in a tree. */
export function canonicalNumber(value: Decimal): Decimal {
  return normalize(value);
}

export function hasTooManyDigits({ coefficient, scale }: Decimal): boolean {
  return coefficient >= DIGIT_BOUND || coefficient <= -DIGIT_BOUND || scale > MAX_NUMBER_DIGITS;
}

/** The row's number, or null when it is blank. */
export function decimalAt(vector: NumberVector, row: number): Decimal | null {
  const units = vector.units[row]!;
  if (!Number.isNaN(units)) return { coefficient: BigInt(units), scale: vector.scale };
  return vector.wide?.get(row) ?? null;
}

/** Collects numbers of one scale; what does not fit goes to the side map, what is too long is an error. */
export class NumberSink {
  readonly units: Float64Array;
  readonly scale: number;
  errors: ErrorBytes;
  private readonly count: number;
  private wide: Map<number, Decimal> | null = null;

  /** @param errors the vector's own array: it is written to */
  constructor(count: number, scale: number, errors: ErrorBytes) {
    this.units = new Float64Array(count).fill(Number.NaN);
    this.count = count;
    this.scale = scale;
    this.errors = errors;
  }

  put(row: number, value: Decimal | null): void {
    if (value === null) return;
    const units = unitsAt(value, this.scale);
    if (units !== null) {
      this.units[row] = units;
      return;
    }
    const exact = normalize(value);
    if (hasTooManyDigits(exact)) {
      this.errors = markError(this.errors, this.count, row, 'numberTooLong');
      return;
    }
    this.wide ??= new Map();
    this.wide.set(row, exact);
  }

  finish(): NumberVector {
    const { units, scale, wide, errors } = this;
    return { kind: 'number', units, scale, wide, errors };
  }
}

/** At the scale that holds every value, up to MAX_SCALE. */
export function vectorOfDecimals(values: readonly (Decimal | null)[], errors: ErrorBytes): NumberVector {
  let scale = 0;
  for (const value of values) if (value !== null) scale = Math.max(scale, normalize(value).scale);
  const sink = new NumberSink(values.length, Math.min(scale, MAX_SCALE), errors);
  for (const [row, value] of values.entries()) sink.put(row, value);
  return sink.finish();
}

/** Whole numbers below 2^53; NaN is blank. */
export function vectorOfIntegers(units: Float64Array, errors: ErrorBytes): NumberVector {
  return { kind: 'number', units, scale: 0, wide: null, errors };
}

/**
 * The same numbers at the smallest scale that holds them. Keeps scales from growing with every
 * multiplication, which would push ordinary amounts into the slow side map.
 */
export function compact(vector: NumberVector): NumberVector {
  let { scale } = vector;
  const { units } = vector;
  const fits = (factor: number) => units.every((value) => Number.isNaN(value) || value % factor === 0);
  let drop = 0;
  while (drop < scale && fits(POWERS_OF_TEN[drop + 1]!)) drop += 1;
  if (drop === 0) return vector;
  scale -= drop;
  const factor = POWERS_OF_TEN[drop]!;
  return { ...vector, units: units.map((value) => value / factor), scale };
}

/** The number truncated to an integer that a double holds; blank is 0. For counts and positions. */
export function integerAt(vector: NumberVector, row: number): number {
  const units = vector.units[row]!;
  if (!Number.isNaN(units))
    return vector.scale === 0 ? units : Math.trunc(units / POWERS_OF_TEN[vector.scale]!);
  const value = vector.wide?.get(row);
  if (value === undefined) return 0;
  const whole = Number(value.coefficient / 10n ** BigInt(value.scale));
  return Math.max(-EXACT_LIMIT, Math.min(EXACT_LIMIT, whole));
}

export function constantNumber(value: number, count: number): NumberVector {
  return vectorOfDecimals(new Array<Decimal>(count).fill(fromInteger(value)), null);
}
