/**
 * Roots, logarithms and powers of e. The square root is exact to its 10 decimals; the others are not
 * decimal by nature and are computed in double precision, then rounded to 10 decimals.
 */

import type { Decimal } from '../../table/decimal';
import {
  compareDecimals,
  DEFAULT_DECIMALS,
  ONE,
  parseDecimal,
  squareRootOfRatio,
  toNumber,
  ZERO,
} from '../../table/decimal';
import { decimalOfDouble } from '../arithmetic';
import { vectorOfDecimals } from '../number-vector';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { FunctionEntry } from './entry';
import { rowFunction, vectorFunction } from './entry';

/** Excel's PI: 15 digits. */
const PI = parseDecimal('3.14159265358979')!;

function squareRoot(value: Decimal): Decimal | RowError {
  if (value.coefficient < 0n) return rowError('argumentOutOfRange');
  return squareRootOfRatio(value.coefficient, 10n ** BigInt(value.scale), DEFAULT_DECIMALS);
}

function isPositive(value: Decimal): boolean {
  return compareDecimals(value, ZERO) > 0;
}

function logarithmOf(compute: (value: number) => number) {
  return (value: Decimal): Decimal | RowError =>
    isPositive(value) ? decimalOfDouble(compute(toNumber(value))) : rowError('argumentOutOfRange');
}

function logarithm(value: Decimal, base?: Decimal): Decimal | RowError {
  if (base === undefined) return logarithmOf(Math.log10)(value);
  if (!isPositive(value) || !isPositive(base)) return rowError('argumentOutOfRange');
  if (compareDecimals(base, ONE) === 0) return rowError('divisionByZero');
  return decimalOfDouble(Math.log(toNumber(value)) / Math.log(toNumber(base)));
}

export const ROOT_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('SQRT', 'math', ['number'], 'number', squareRoot),
  rowFunction('EXP', 'math', ['number'], 'number', (value) => decimalOfDouble(Math.exp(toNumber(value)))),
  rowFunction('LN', 'math', ['number'], 'number', logarithmOf(Math.log)),
  rowFunction('LOG', 'math', ['number', 'number?'], 'number', logarithm),
  rowFunction('LOG10', 'math', ['number'], 'number', logarithmOf(Math.log10)),
  vectorFunction('PI', 'math', [], 'number', (_, { count }) =>
    vectorOfDecimals(new Array<Decimal>(count).fill(PI), null),
  ),
];
