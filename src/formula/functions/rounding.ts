/** Rounding to places and to multiples, exact. */

import type { Decimal, RoundingMode } from '../../table/decimal';
import {
  absolute,
  add,
  compareDecimals,
  divide,
  fromInteger,
  isZero,
  multiply,
  negate,
  ONE,
  roundDecimal,
  ZERO,
} from '../../table/decimal';
import { MAX_SCALE } from '../../table/number-builder';
import { mapDecimals, roundVector } from '../arithmetic';
import type { NumberVector } from '../number-vector';
import { integerAt } from '../number-vector';
import type { Frame } from '../operation';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { Vector } from '../vectors';
import type { FunctionEntry } from './entry';
import { rowFunction, vectorFunction } from './entry';

/** Beyond this many places rounding changes nothing that a number of ours can hold. */
const MAX_PLACES = 200;

function places(value: number): number {
  return Math.max(-MAX_PLACES, Math.min(MAX_PLACES, value));
}

function roundWith(mode: RoundingMode) {
  return ([number, digits]: readonly Vector[], { count }: Frame): Vector => {
    const vector = number as NumberVector;
    if (digits === undefined) return roundVector(vector, 0, mode, count);
    const counts = digits as NumberVector;
    const first = integerAt(counts, 0);
    const isSame = counts.constant === true && counts.errors === null && first >= 0 && first <= MAX_SCALE;
    if (isSame) return roundVector(vector, first, mode, count);
    return mapDecimals([vector, counts], count, (value, place) =>
      roundDecimal(value, places(Number(roundDecimal(place, 0, 'down').coefficient)), mode),
    );
  };
}

function rounding(name: string, mode: RoundingMode, hasOptionalDigits: boolean): FunctionEntry {
  const slots = hasOptionalDigits ? (['number', 'integer?'] as const) : (['number', 'integer'] as const);
  return vectorFunction(name, 'math', slots, 'number', roundWith(mode));
}

const TWO = fromInteger(2);

/** The multiple of `step` (not zero) next to `value`; the mode is about the quotient of the two. */
function multipleOf(value: Decimal, step: Decimal, mode: RoundingMode): Decimal {
  return multiply(divide(value, step, 0, mode)!, step);
}

function signOf(value: Decimal): number {
  return compareDecimals(value, ZERO);
}

function mround(value: Decimal, step: Decimal): Decimal | RowError {
  if (isZero(step) || isZero(value)) return ZERO;
  return signOf(value) === signOf(step) ? multipleOf(value, step, 'halfUp') : rowError('argumentOutOfRange');
}

/**
 * A positive number with a negative significance has no answer in Excel. With the same signs the
 * quotient is positive, so rounding it up moves away from zero.
 */
function ceiling(value: Decimal, step: Decimal): Decimal | RowError {
  if (isZero(step) || isZero(value)) return ZERO;
  if (signOf(value) > 0 && signOf(step) < 0) return rowError('argumentOutOfRange');
  return multipleOf(value, step, 'ceiling');
}

function floor(value: Decimal, step: Decimal): Decimal | RowError {
  if (isZero(value)) return ZERO;
  if (isZero(step)) return rowError('divisionByZero');
  if (signOf(value) > 0 && signOf(step) < 0) return rowError('argumentOutOfRange');
  return multipleOf(value, step, 'floor');
}

/** The newer family ignores the sign of the significance; `mode` turns the direction of negative numbers. */
function toMultiple(usual: 'ceiling' | 'floor', turned: RoundingMode) {
  return (value: Decimal, step: Decimal = ONE, mode: Decimal = ZERO): Decimal => {
    if (isZero(step)) return ZERO;
    const isTurned = signOf(value) < 0 && !isZero(mode);
    return multipleOf(value, absolute(step), isTurned ? turned : usual);
  };
}

function even(value: Decimal): Decimal {
  return multipleOf(value, TWO, 'up');
}

/** Away from zero to an odd integer; 0 itself goes to 1. */
function odd(value: Decimal): Decimal {
  if (isZero(value)) return ONE;
  const size = add(multipleOf(add(absolute(value), ONE), TWO, 'up'), fromInteger(-1));
  return signOf(value) < 0 ? negate(size) : size;
}

export const ROUNDING_FUNCTIONS: readonly FunctionEntry[] = [
  rounding('ROUND', 'halfUp', false),
  rounding('ROUNDUP', 'up', false),
  rounding('ROUNDDOWN', 'down', false),
  rounding('TRUNC', 'down', true),
  vectorFunction('INT', 'math', ['number'], 'number', roundWith('floor')),
  rowFunction('MROUND', 'math', ['number', 'number'], 'number', mround),
  rowFunction('CEILING', 'math', ['number', 'number'], 'number', ceiling),
  rowFunction('FLOOR', 'math', ['number', 'number'], 'number', floor),
  rowFunction(
    'CEILING.MATH',
    'math',
    ['number', 'number?', 'number?'],
    'number',
    toMultiple('ceiling', 'floor'),
  ),
  rowFunction(
    'FLOOR.MATH',
    'math',
    ['number', 'number?', 'number?'],
    'number',
    toMultiple('floor', 'ceiling'),
  ),
  rowFunction('EVEN', 'math', ['number'], 'number', even),
  rowFunction('ODD', 'math', ['number'], 'number', odd),
];
