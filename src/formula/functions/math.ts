/** Arithmetic functions, exact. Blank counts as 0 unless the function skips blanks. */

import type { Decimal } from '../../table/decimal';
import { absolute, compareDecimals, remainder, ZERO } from '../../table/decimal';
import { addVectors, compareVectors, powerOf } from '../arithmetic';
import type { NumberVector } from '../number-vector';
import type { Frame, Operation, ValueType } from '../operation';
import { mergeErrors, rowError } from '../row-errors';
import { commonType } from '../typed';
import type { MomentVector, Vector } from '../vectors';
import { choose, isBlankRow } from '../vectors';
import type { FunctionEntry } from './entry';
import { rowFunction, sameTypeNode, specialFunction, vectorFunction } from './entry';

function zeros(count: number): NumberVector {
  return { kind: 'number', units: new Float64Array(count), scale: 0, wide: null, errors: null };
}

function sumOf(vectors: readonly Vector[], { count }: Frame): Vector {
  return vectors.reduce<NumberVector>(
    (total, vector) => addVectors(total, vector as NumberVector, 1, count),
    zeros(count),
  );
}

function signsOf(a: Vector, b: Vector, count: number): Int8Array {
  if (a.kind === 'number') return compareVectors(a, b as NumberVector, count);
  const left = (a as MomentVector).values;
  const right = (b as MomentVector).values;
  return Int8Array.from({ length: count }, (_, row) => Math.sign(left[row]! - right[row]!));
}

/** The extreme of the arguments that are not blank; blank when all are. `sign` 1 keeps the greatest. */
function extreme(sign: 1 | -1): Operation {
  const better = (best: Vector, vector: Vector, count: number): Vector => {
    const signs = signsOf(best, vector, count);
    const choice = new Int32Array(count);
    for (let row = 0; row < count; row += 1) {
      const isBetter = signs[row] === -sign && !isBlankRow(vector, row);
      choice[row] = isBetter || isBlankRow(best, row) ? 1 : 0;
    }
    const errors = mergeErrors(count, best.errors, vector.errors);
    return choose([() => best, () => vector], choice, errors, count, () => best);
  };
  return { apply: (vectors, { count }) => vectors.reduce((best, vector) => better(best, vector, count)) };
}

/** Moments stay moments: the later of two dates is a date. */
function extremeFunction(name: string, sign: 1 | -1): FunctionEntry {
  return specialFunction(name, 'math', ['number...'], (list, span) => {
    const common = commonType(list.map((node) => node.type));
    const keeps: readonly ValueType[] = ['date', 'time', 'datetime', 'duration'];
    return sameTypeNode(name, span, keeps.includes(common) ? common : 'number', extreme(sign), list);
  });
}

function modulo(number: Decimal, divisor: Decimal) {
  return remainder(number, divisor) ?? rowError('divisionByZero');
}

export const MATH_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('MOD', 'math', ['number', 'number'], 'number', modulo),
  rowFunction('ABS', 'math', ['number'], 'number', absolute),
  rowFunction('SIGN', 'math', ['number'], 'integer', (number) => compareDecimals(number, ZERO)),
  rowFunction('POWER', 'math', ['number', 'number'], 'number', powerOf),
  vectorFunction('SUM', 'math', ['number...'], 'number', sumOf),
  extremeFunction('MIN', -1),
  extremeFunction('MAX', 1),
];
