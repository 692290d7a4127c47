/** Functions over their arguments as a list: averages, counts, n-th values. Blank arguments are skipped. */

import type { Decimal } from '../../table/decimal';
import {
  add,
  compareDecimals,
  DEFAULT_DECIMALS,
  divide,
  fromInteger,
  multiply,
  ONE,
  ZERO,
} from '../../table/decimal';
import { BLANK_INT32 } from '../../table/types';
import { DAY_FRACTION_DECIMALS } from '../convert';
import type { NumberVector } from '../number-vector';
import { decimalAt, hasTooManyDigits, integerAt, vectorOfDecimals, vectorOfIntegers } from '../number-vector';
import type { Operation, ValueType } from '../operation';
import { markError, mergeErrors, RowError, rowError } from '../row-errors';
import type { Span } from '../tree';
import type { TypedNode } from '../typed';
import { commonType, converted, operationNode } from '../typed';
import type { MomentVector, Vector } from '../vectors';
import { isBlankRow } from '../vectors';
import type { FunctionEntry } from './entry';
import { specialFunction } from './entry';
import { numberAsWritten } from './text';

/** Blank is null. */
type Aggregate = (values: Decimal[]) => Decimal | RowError | null;

/** Applies `aggregate` to the values of each row that are not blank. */
function aggregated(aggregate: Aggregate, vectors: readonly Vector[], count: number): NumberVector {
  let errors = mergeErrors(count, ...vectors.map((vector) => vector.errors));
  const results = new Array<Decimal | null>(count).fill(null);
  for (let row = 0; row < count; row += 1) {
    if (errors !== null && errors[row] !== 0) continue;
    const values: Decimal[] = [];
    for (const vector of vectors) {
      const value = decimalAt(vector as NumberVector, row);
      if (value !== null) values.push(value);
    }
    const result = aggregate(values);
    if (result instanceof RowError) errors = markError(errors, count, row, result.code);
    else if (result !== null && hasTooManyDigits(result)) {
      errors = markError(errors, count, row, 'numberTooLong');
    } else results[row] = result;
  }
  return vectorOfDecimals(results, errors);
}

function overNumbers(aggregate: Aggregate): Operation {
  return { apply: (vectors, { count }) => aggregated(aggregate, vectors, count) };
}

function product(values: readonly Decimal[]): Decimal | RowError {
  let result = ONE;
  for (const value of values) {
    result = multiply(result, value);
    // Checked on the way: a thousand factors of a hundred digits each would be slow for nothing.
    if (hasTooManyDigits(result)) return rowError('numberTooLong');
  }
  return values.length === 0 ? ZERO : result;
}

const total = (values: readonly Decimal[]) => values.reduce(add, ZERO);

function sumOfSquares(values: readonly Decimal[]): Decimal {
  return total(values.map((value) => multiply(value, value)));
}

function average(values: readonly Decimal[], decimals: number): Decimal | null {
  return values.length === 0 ? null : divide(total(values), fromInteger(values.length), decimals);
}

/** Half a sum of two numbers needs one more decimal than they have, so it is exact. */
function median(values: readonly Decimal[]): Decimal | null {
  const sorted = [...values].sort(compareDecimals);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  if (upper === undefined) return null;
  if (!Number.isInteger(middle)) return upper;
  const sum = add(sorted[middle - 1]!, upper);
  return divide(sum, fromInteger(2), sum.scale + 1);
}

/** Times stay times: their aggregate is computed on minutes, so that it is as exact as with +. */
function numericFunction(name: string, aggregateOf: (decimals: number) => Aggregate): FunctionEntry {
  return specialFunction(name, 'math', ['number...'], (list, span) => {
    const types = list.map((node) => node.type).filter((type) => type !== 'blank');
    const isDuration = types.length > 0 && types.every((type) => type === 'time' || type === 'duration');
    const type = isDuration ? 'duration' : 'number';
    const decimals = isDuration ? DAY_FRACTION_DECIMALS : DEFAULT_DECIMALS;
    return operationNode(
      span,
      type,
      overNumbers(aggregateOf(decimals)),
      list.map((node) => converted(node, type, name)),
    );
  });
}

function plainFunction(name: string, aggregate: Aggregate): FunctionEntry {
  return specialFunction(name, 'math', ['number...'], (list, span) =>
    operationNode(
      span,
      'number',
      overNumbers(aggregate),
      list.map((node) => converted(node, 'number', name)),
    ),
  );
}

function nthNumbers(sign: 1 | -1, vectors: readonly Vector[], places: NumberVector, count: number): Vector {
  const integers = Float64Array.from({ length: count }, (_, row) => integerAt(places, row));
  const nthOf: Aggregate = (values) => {
    const place = Number(values.pop()!.coefficient);
    return values.sort((a, b) => sign * compareDecimals(b, a))[place - 1] ?? rowError('argumentOutOfRange');
  };
  return aggregated(nthOf, [...vectors, vectorOfIntegers(integers, places.errors)], count);
}

function nthMoments(
  sign: 1 | -1,
  vectors: readonly MomentVector[],
  places: NumberVector,
  count: number,
): Vector {
  let errors = mergeErrors(count, ...vectors.map((vector) => vector.errors), places.errors);
  const results = new Float64Array(count).fill(BLANK_INT32);
  for (let row = 0; row < count; row += 1) {
    if (errors !== null && errors[row] !== 0) continue;
    const values = vectors.map((vector) => vector.values[row]!).filter((value) => value !== BLANK_INT32);
    const value = values.sort((a, b) => sign * (b - a))[integerAt(places, row) - 1];
    if (value === undefined) errors = markError(errors, count, row, 'argumentOutOfRange');
    else results[row] = value;
  }
  return { kind: 'moment', values: results, errors };
}

/** The k-th of the values; the last vector is k. `sign` 1 counts from the greatest. */
function nth(sign: 1 | -1): Operation {
  return {
    apply: (vectors, { count }) => {
      const values = vectors.slice(0, -1);
      const places = vectors.at(-1) as NumberVector;
      return values[0]!.kind === 'moment'
        ? nthMoments(sign, values as readonly MomentVector[], places, count)
        : nthNumbers(sign, values, places, count);
    },
  };
}

const MOMENTS: ReadonlySet<ValueType> = new Set(['date', 'time', 'datetime']);

/** Excel's array is the list of the arguments before the last one. */
function nthFunction(name: string, sign: 1 | -1): FunctionEntry {
  const build = (list: readonly TypedNode[], span: Span): TypedNode => {
    const values = list.slice(0, -1);
    const common = commonType(values.map((node) => node.type));
    const type = MOMENTS.has(common) || common === 'duration' ? common : 'number';
    const operands = values.map((node) => converted(node, type, name));
    return operationNode(span, type, nth(sign), [...operands, converted(list.at(-1)!, 'number', name)]);
  };
  return specialFunction(name, 'math', ['number', '...', 'integer'], build, {
    least: 2,
    most: Infinity,
    step: 1,
  });
}

function isNumberRow(vector: Vector, row: number): boolean {
  if (vector.kind !== 'text') return !isBlankRow(vector, row);
  const number = numberAsWritten(vector.values[row]!);
  return number !== null && !(number instanceof RowError);
}

const hasError = (vector: Vector, row: number) => vector.errors !== null && vector.errors[row] !== 0;

/** Counting looks at errors instead of passing them on: COUNT leaves them out, COUNTA counts them. */
function counting(counts: (vector: Vector, row: number) => boolean): Operation {
  return {
    apply: (vectors, { count }) => {
      const units = new Float64Array(count);
      for (const vector of vectors) {
        for (let row = 0; row < count; row += 1) if (counts(vector, row)) units[row]! += 1;
      }
      return vectorOfIntegers(units, null);
    },
  };
}

function countFunction(name: string, counts: (vector: Vector, row: number) => boolean): FunctionEntry {
  return specialFunction(name, 'math', ['any...'], (list, span) =>
    operationNode(span, 'number', counting(counts), list),
  );
}

export const STATISTICAL_FUNCTIONS: readonly FunctionEntry[] = [
  plainFunction('PRODUCT', product),
  plainFunction('SUMSQ', sumOfSquares),
  numericFunction('AVERAGE', (decimals) => (values) => average(values, decimals)),
  numericFunction('MEDIAN', () => median),
  nthFunction('LARGE', 1),
  nthFunction('SMALL', -1),
  countFunction('COUNT', (vector, row) => !hasError(vector, row) && isNumberRow(vector, row)),
  countFunction('COUNTA', (vector, row) => hasError(vector, row) || !isBlankRow(vector, row)),
  countFunction('COUNTBLANK', (vector, row) => !hasError(vector, row) && isBlankRow(vector, row)),
];
