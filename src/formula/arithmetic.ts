/** Arithmetic on number vectors, exact. Blank counts as 0, as in Excel. */

import type { Decimal, RoundingMode } from '../table/decimal';
import {
  add as addDecimals,
  compareDecimals,
  DEFAULT_DECIMALS,
  divide as divideDecimals,
  isInteger,
  multiply as multiplyDecimals,
  negate,
  parseDecimal,
  power as powerOfDecimal,
  roundDecimal,
  toNumber,
  ZERO,
} from '../table/decimal';
import { EXACT_LIMIT, MAX_SCALE, POWERS_OF_TEN } from '../table/number-builder';
import type { NumberVector } from './number-vector';
import { compact, decimalAt, hasTooManyDigits, NumberSink, vectorOfDecimals } from './number-vector';
import { markError, mergeErrors, RowError, rowError } from './row-errors';

function isExact(value: number): boolean {
  return value < EXACT_LIMIT && value > -EXACT_LIMIT;
}

/** The units of a row for the fast path: blank is 0, NaN stays for rows in the side map. */
function unitsOrNaN(vector: NumberVector, row: number): number {
  const units = vector.units[row]!;
  return Number.isNaN(units) && !vector.wide?.has(row) ? 0 : units;
}

export function decimalOrZero(vector: NumberVector, row: number): Decimal {
  return decimalAt(vector, row) ?? ZERO;
}

/** a + b, or a - b with sign -1. */
export function addVectors(a: NumberVector, b: NumberVector, sign: 1 | -1, count: number): NumberVector {
  const scale = Math.max(a.scale, b.scale);
  const leftFactor = POWERS_OF_TEN[scale - a.scale]!;
  const rightFactor = POWERS_OF_TEN[scale - b.scale]! * sign;
  const sink = new NumberSink(count, scale, mergeErrors(count, a.errors, b.errors));
  const { units } = sink;
  for (let row = 0; row < count; row += 1) {
    const left = unitsOrNaN(a, row) * leftFactor;
    const right = unitsOrNaN(b, row) * rightFactor;
    const sum = left + right;
    // Comparisons with NaN are false, so rows of the side map take the slow way too.
    if (isExact(left) && isExact(right) && isExact(sum)) units[row] = sum + 0;
    else {
      const other = decimalOrZero(b, row);
      sink.put(row, addDecimals(decimalOrZero(a, row), sign === 1 ? other : negate(other)));
    }
  }
  return sink.finish();
}

export function multiplyVectors(a: NumberVector, b: NumberVector, count: number): NumberVector {
  const errors = mergeErrors(count, a.errors, b.errors);
  if (a.scale + b.scale > MAX_SCALE) {
    const products = Array.from({ length: count }, (_, row) =>
      errors !== null && errors[row] !== 0
        ? null
        : multiplyDecimals(decimalOrZero(a, row), decimalOrZero(b, row)),
    );
    return compact(vectorOfDecimals(products, errors));
  }
  const sink = new NumberSink(count, a.scale + b.scale, errors);
  const { units } = sink;
  for (let row = 0; row < count; row += 1) {
    const product = unitsOrNaN(a, row) * unitsOrNaN(b, row);
    // A true product of 2^53 or more cannot round to less, so a smaller one is exact.
    if (isExact(product)) units[row] = product + 0;
    else sink.put(row, multiplyDecimals(decimalOrZero(a, row), decimalOrZero(b, row)));
  }
  return compact(sink.finish());
}

/**
 * n / d cut towards zero, for integers below 2^53. The rounded quotient of doubles may reach the next
 * integer but never stay below the true one, so one comparison puts it right; `%` would take several times as long.
 */
function wholeQuotient(n: number, d: number): number {
  const whole = Math.trunc(n / d);
  return Math.abs(whole * d) > Math.abs(n) ? whole - Math.sign(whole) : whole;
}

/** n / d times 10^shift rounded half-even, all in exact doubles; NaN when that is not provable. */
function divideUnits(numerator: number, divisor: number, shift: number): number {
  const cut = wholeQuotient(numerator, divisor);
  const rest = numerator - cut * divisor;
  const whole = cut * POWERS_OF_TEN[shift]!;
  const scaledRest = rest * POWERS_OF_TEN[shift]!;
  if (!isExact(scaledRest) || !isExact(whole)) return Number.NaN;
  let fraction = wholeQuotient(scaledRest, divisor);
  const lastRest = scaledRest - fraction * divisor;
  const twice = 2 * Math.abs(lastRest);
  const size = Math.abs(divisor);
  // A half goes to the even neighbour of the whole quotient, whose parity is that of the sum.
  const isOdd = (whole + fraction) % 2 !== 0;
  if (twice > size || (twice === size && isOdd)) fraction += scaledRest < 0 === divisor < 0 ? 1 : -1;
  const quotient = whole + fraction;
  return isExact(quotient) ? quotient + 0 : Number.NaN;
}

/** The exponent when the divisor is the same positive power of ten in every row (percentages); -1 otherwise. */
function powerOfTenDivisor(b: NumberVector): number {
  return b.constant === true && b.errors === null && b.scale === 0 ? POWERS_OF_TEN.indexOf(b.units[0]!) : -1;
}

/** a / b rounded half-even to `decimals` places; division by zero is that row's error. */
export function divideVectors(
  a: NumberVector,
  b: NumberVector,
  count: number,
  decimals: number = DEFAULT_DECIMALS,
): NumberVector {
  const exponent = powerOfTenDivisor(b);
  // Moving the point is exact, and keeps amounts out of the side map that ten decimals would push there.
  if (
    exponent >= 0 &&
    a.wide === null &&
    a.errors === null &&
    a.scale + exponent <= Math.min(decimals, MAX_SCALE)
  ) {
    const units = a.units.map((value) => (Number.isNaN(value) ? 0 : value));
    return compact({ kind: 'number', units, scale: a.scale + exponent, wide: null, errors: null });
  }
  const sink = new NumberSink(count, decimals, mergeErrors(count, a.errors, b.errors));
  const shift = decimals + b.scale - a.scale;
  const isShiftExact = shift >= 0 && shift <= MAX_SCALE;
  for (let row = 0; row < count; row += 1) {
    if (sink.errors !== null && sink.errors[row] !== 0) continue;
    const divisor = unitsOrNaN(b, row);
    if (divisor === 0) {
      sink.errors = markError(sink.errors, count, row, 'divisionByZero');
      continue;
    }
    const quotient = isShiftExact ? divideUnits(unitsOrNaN(a, row), divisor, shift) : Number.NaN;
    if (!Number.isNaN(quotient)) sink.units[row] = quotient;
    else sink.put(row, divideDecimals(decimalOrZero(a, row), decimalOrZero(b, row), decimals));
  }
  return compact(sink.finish());
}

/** Units divided by 10^drop under the mode; both exact. */
function roundUnits(units: number, factor: number, mode: RoundingMode): number {
  const whole = wholeQuotient(units, factor);
  const rest = units - whole * factor;
  if (rest === 0) return whole + 0;
  const away = rest < 0 ? -1 : 1;
  const twice = 2 * Math.abs(rest);
  switch (mode) {
    case 'halfUp':
      return (twice >= factor ? whole + away : whole) + 0;
    case 'halfEven':
      return (twice > factor || (twice === factor && whole % 2 !== 0) ? whole + away : whole) + 0;
    case 'up':
      return whole + away;
    case 'down':
      return whole + 0;
    case 'ceiling':
      return (rest > 0 ? whole + 1 : whole) + 0;
    case 'floor':
      return (rest < 0 ? whole - 1 : whole) + 0;
  }
}

/** Rounds every row to the same number of decimals, 0 to MAX_SCALE; blank is 0. */
export function roundVector(
  vector: NumberVector,
  decimals: number,
  mode: RoundingMode,
  count: number,
): NumberVector {
  const scale = Math.min(vector.scale, decimals);
  const factor = POWERS_OF_TEN[vector.scale - scale]!;
  const sink = new NumberSink(count, scale, mergeErrors(count, vector.errors));
  for (let row = 0; row < count; row += 1) {
    const units = unitsOrNaN(vector, row);
    if (!Number.isNaN(units)) sink.units[row] = roundUnits(units, factor, mode);
    else sink.put(row, roundDecimal(decimalOrZero(vector, row), decimals, mode));
  }
  return sink.finish();
}

/** Applies an exact function to every row that has no error; blank comes as 0. */
export function mapDecimals(
  vectors: readonly NumberVector[],
  count: number,
  map: (...values: Decimal[]) => Decimal | RowError,
): NumberVector {
  let errors = mergeErrors(count, ...vectors.map((vector) => vector.errors));
  const values: (Decimal | null)[] = new Array(count).fill(null);
  for (let row = 0; row < count; row += 1) {
    if (errors !== null && errors[row] !== 0) continue;
    const value = map(...vectors.map((vector) => decimalOrZero(vector, row)));
    if (value instanceof RowError) errors = markError(errors, count, row, value.code);
    else if (hasTooManyDigits(value)) errors = markError(errors, count, row, 'numberTooLong');
    else values[row] = value;
  }
  return compact(vectorOfDecimals(values, errors));
}

/**
 * base ^ exponent. Whole exponents are exact (negative ones rounded like a division). Others are roots,
 * hence irrational: computed in double precision and rounded to 10 decimals.
 */
export function powerOf(base: Decimal, exponent: Decimal): Decimal | RowError {
  const isWhole = isInteger(exponent);
  const isZeroBase = compareDecimals(base, ZERO) === 0;
  const direction = compareDecimals(exponent, ZERO);
  if (isZeroBase && direction < 0) return rowError('divisionByZero');
  if (isZeroBase && direction === 0) return rowError('argumentOutOfRange');
  if (isWhole) return powerOfDecimal(base, toNumber(exponent)) ?? rowError('numberTooLong');
  if (compareDecimals(base, ZERO) < 0) return rowError('argumentOutOfRange');
  return decimalOfDouble(toNumber(base) ** toNumber(exponent));
}

/** The shortest decimal that names the double, to 10 decimals; for functions that are not decimal by nature. */
export function decimalOfDouble(value: number): Decimal | RowError {
  const decimal = Number.isFinite(value) ? parseDecimal(String(value)) : null;
  return decimal === null ? rowError('numberTooLong') : roundDecimal(decimal, DEFAULT_DECIMALS, 'halfEven');
}

export function powerVectors(a: NumberVector, b: NumberVector, count: number): NumberVector {
  return mapDecimals([a, b], count, powerOf);
}

export function negateVector(vector: NumberVector, count: number): NumberVector {
  const zero: NumberVector = {
    kind: 'number',
    units: new Float64Array(count),
    scale: 0,
    wide: null,
    errors: null,
  };
  return addVectors(zero, vector, -1, count);
}

/** Sign of a - b per row, -1, 0 or 1; blank is 0. Rows with an error give any sign. */
export function compareVectors(a: NumberVector, b: NumberVector, count: number): Int8Array {
  const scale = Math.max(a.scale, b.scale);
  const leftFactor = POWERS_OF_TEN[scale - a.scale]!;
  const rightFactor = POWERS_OF_TEN[scale - b.scale]!;
  const signs = new Int8Array(count);
  for (let row = 0; row < count; row += 1) {
    const left = unitsOrNaN(a, row) * leftFactor;
    const right = unitsOrNaN(b, row) * rightFactor;
    if (isExact(left) && isExact(right)) signs[row] = left < right ? -1 : left > right ? 1 : 0;
    else signs[row] = compareDecimals(decimalOrZero(a, row), decimalOrZero(b, row));
  }
  return signs;
}
