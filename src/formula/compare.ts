/**
 * Comparison. Blank rules: blank equals blank and "", whatever the type. Against a number it counts as 0,
 * as in Excel; a date, time or text that is blank comes before every other.
 */
import { compareText } from '../table/cells';
import { compareVectors } from './arithmetic';
import { conversion } from './convert';
import type { NumberVector } from './number-vector';
import type { Frame, Operation, ValueType } from './operation';
import { runOperation } from './operation';
import type { ErrorBytes } from './row-errors';
import { mergeErrors } from './row-errors';
import type { ComparisonOperator } from './tree';
import type { BooleanVector, MomentVector, TextVector, Vector } from './vectors';
import { isBlankRow } from './vectors';

/** Result for the signs -1, 0 and 1 of left - right. */
const OUTCOMES: Readonly<Record<ComparisonOperator, readonly [number, number, number]>> = {
  '=': [0, 1, 0],
  '<>': [1, 0, 1],
  '<': [1, 0, 0],
  '<=': [1, 1, 0],
  '>': [0, 0, 1],
  '>=': [0, 1, 1],
};

/** Excel ignores case when it compares text; EXACT does not. */
function signsOfTexts(a: TextVector, b: TextVector, count: number): Int8Array {
  const signs = new Int8Array(count);
  // Neighbouring rows mostly compare with one and the same constant: fold it once.
  let lastRight = '';
  let foldedRight = '';
  for (let row = 0; row < count; row += 1) {
    const left = a.values[row]!;
    const right = b.values[row]!;
    if (left === right) continue;
    if (right !== lastRight) {
      lastRight = right;
      foldedRight = right.toLowerCase();
    }
    signs[row] = Math.sign(compareText(left.toLowerCase(), foldedRight));
  }
  return signs;
}

/** Moments and booleans: plain integers whose blank mark must come first. */
function signsOfIntegers(a: Vector, b: Vector, count: number): Int8Array {
  const left = (a as MomentVector | BooleanVector).values;
  const right = (b as MomentVector | BooleanVector).values;
  const signs = new Int8Array(count);
  for (let row = 0; row < count; row += 1) {
    const isLeftBlank = isBlankRow(a, row);
    const isRightBlank = isBlankRow(b, row);
    if (isLeftBlank || isRightBlank) signs[row] = Number(isRightBlank) - Number(isLeftBlank);
    else signs[row] = Math.sign(left[row]! - right[row]!);
  }
  return signs;
}

function signsOf(a: Vector, b: Vector, count: number): Int8Array {
  if (a.kind === 'text') return signsOfTexts(a, b as TextVector, count);
  if (a.kind === 'number') return compareVectors(a, b as NumberVector, count);
  return signsOfIntegers(a, b, count);
}

function fromSigns(operator: ComparisonOperator, signs: Int8Array, errors: ErrorBytes): BooleanVector {
  const outcomes = OUTCOMES[operator];
  const values = new Uint8Array(signs.length);
  for (let row = 0; row < signs.length; row += 1) values[row] = outcomes[signs[row]! + 1]!;
  return { kind: 'boolean', values, errors };
}

/** Both sides of the same static type. */
function sameTypeComparison(operator: ComparisonOperator): Operation {
  return {
    apply: ([a, b], { count }) =>
      fromSigns(operator, signsOf(a!, b!, count), mergeErrors(count, a!.errors, b!.errors)),
  };
}

/** `x = ""` and `x <> ""`. */
function blankTest(operator: '=' | '<>', side: 0 | 1): Operation {
  return {
    apply: (vectors, { count }) => {
      const vector = vectors[side]!;
      const values = new Uint8Array(count);
      for (let row = 0; row < count; row += 1) {
        values[row] = Number(isBlankRow(vector, row) === (operator === '='));
      }
      const errors = mergeErrors(count, ...vectors.map((operand) => operand.errors));
      return { kind: 'boolean', values, errors };
    },
  };
}

/**
 * Text against another type: the text is read as that type. Text that does not name such a value is
 * unequal to all of them, and has no order: that is an error of the row. Blank text equals blank only.
 */
function textComparison(operator: ComparisonOperator, textSide: 0 | 1, type: ValueType): Operation {
  const convert = conversion('text', type)!;
  return {
    apply: (vectors, frame: Frame) => {
      const { count } = frame;
      const text = vectors[textSide]!;
      const other = vectors[1 - textSide]!;
      const read = runOperation(convert, [text], frame);
      const [left, right] = textSide === 0 ? [read, other] : [other, read];
      const isEquality = operator === '=' || operator === '<>';
      const given = mergeErrors(count, text.errors, other.errors);
      const errors = isEquality ? given : mergeErrors(count, given, read.errors);
      const result = fromSigns(operator, signsOf(left, right, count), errors);
      if (!isEquality) return result;
      for (let row = 0; row < count; row += 1) {
        const isUnreadable = read.errors !== null && read.errors[row] !== 0;
        const isOneBlank = isBlankRow(text, row) !== isBlankRow(other, row);
        if (isUnreadable || isOneBlank) result.values[row] = Number(operator === '<>');
      }
      return result;
    },
  };
}

/** An operation over both sides, each converted beforehand to its entry of `types`. */
export interface Comparison {
  readonly types: readonly [ValueType, ValueType];
  readonly operation: Operation;
}

const TEXT_READABLE: ReadonlySet<ValueType> = new Set(['number', 'date', 'time', 'datetime']);

/** How two static types compare; null when they do not. */
export function comparison(
  operator: ComparisonOperator,
  left: ValueType,
  right: ValueType,
): Comparison | null {
  const same = (type: ValueType): Comparison => ({
    types: [type, type],
    operation: sameTypeComparison(operator),
  });
  if (left === 'blank' || right === 'blank') return blankComparison(operator, left, right, same);
  if (left === 'list' || right === 'list') {
    const other = left === 'list' ? right : left;
    return other === 'text' || other === 'list' ? same('text') : null;
  }
  if (left === right) return same(left);
  if (left === 'text' || right === 'text') {
    const other = left === 'text' ? right : left;
    if (other === 'boolean') return same('text');
    const type = other === 'duration' ? 'number' : other;
    if (!TEXT_READABLE.has(type)) return null;
    const side = left === 'text' ? 0 : 1;
    return {
      types: side === 0 ? ['text', type] : [type, 'text'],
      operation: textComparison(operator, side, type),
    };
  }
  const pair = new Set([left, right]);
  if (pair.has('date') && pair.has('datetime')) return same('datetime');
  if (pair.has('time') && pair.has('duration')) return same('duration');
  const isNumeric = (type: ValueType) => type === 'number' || type === 'duration' || type === 'time';
  return isNumeric(left) && isNumeric(right) ? same('number') : null;
}

function blankComparison(
  operator: ComparisonOperator,
  left: ValueType,
  right: ValueType,
  same: (type: ValueType) => Comparison,
): Comparison {
  const type = left === 'blank' ? right : left;
  if (type === 'blank') return same('text');
  if (operator === '=' || operator === '<>') {
    const side = left === 'blank' ? 1 : 0;
    return { types: [left, right], operation: blankTest(operator, side) };
  }
  return same(type === 'list' ? 'text' : type);
}
