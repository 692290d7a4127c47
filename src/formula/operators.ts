/** Which operation an operator stands for, by the static types of its operands. */

import { roundDecimal } from '../table/decimal';
import { MINUTES_PER_DAY } from '../table/moments';
import { BLANK_INT32 } from '../table/types';
import {
  addVectors,
  decimalOrZero,
  divideVectors,
  multiplyVectors,
  negateVector,
  powerVectors,
} from './arithmetic';
import { dayOfMinutes, MAX_DAYS, MIN_DAYS, minuteOfDay } from './calendar';
import { comparison } from './compare';
import { DAY_FRACTION_DECIMALS, numberToMinutes, wholeMinutes } from './convert';
import { MAX_TEXT_LENGTH } from './limits';
import type { NumberVector } from './number-vector';
import { constantNumber, integerAt, vectorOfDecimals, vectorOfIntegers } from './number-vector';
import type { Frame, Operation, ValueType } from './operation';
import { markError, mergeErrors } from './row-errors';
import type { ArithmeticOperator, BinaryOperator, Span } from './tree';
import type { TypedNode } from './typed';
import { converted, mismatch, operationNode } from './typed';
import type { MomentVector, TextVector, Vector } from './vectors';

type NumberApply = (a: NumberVector, b: NumberVector, count: number) => NumberVector;

function ofNumbers(apply: NumberApply): Operation {
  return { apply: ([a, b], { count }) => apply(a as NumberVector, b as NumberVector, count) };
}

const plus = ofNumbers((a, b, count) => addVectors(a, b, 1, count));
const minus = ofNumbers((a, b, count) => addVectors(a, b, -1, count));
const times = ofNumbers(multiplyVectors);
const over = ofNumbers((a, b, count) => divideVectors(a, b, count));
const power = ofNumbers(powerVectors);

const perDay = (count: number) => constantNumber(MINUTES_PER_DAY, count);

/*
 * Minutes are divided into days last, so that nothing is rounded before: 510 minutes * 24 stay 12240
 * "minutes", which are 8.5 days exactly, where 0.354166666666667 * 24 would not be.
 */
const durationOver = ofNumbers((minutes, divisor, count) =>
  divideVectors(minutes, multiplyVectors(divisor, perDay(count), count), count, DAY_FRACTION_DECIMALS),
);
const overDuration = ofNumbers((number, minutes, count) =>
  divideVectors(multiplyVectors(number, perDay(count), count), minutes, count),
);

/** Moments plus something; rows where the moment is blank stay blank. */
function shiftMoments(
  moments: MomentVector,
  other: Vector,
  count: number,
  shift: (moment: number, row: number) => number,
  inRange: (moment: number) => boolean,
): MomentVector {
  let errors = mergeErrors(count, moments.errors, other.errors);
  const values = new Float64Array(count).fill(BLANK_INT32);
  for (let row = 0; row < count; row += 1) {
    const moment = moments.values[row]!;
    if (moment === BLANK_INT32 || (errors !== null && errors[row] !== 0)) continue;
    const shifted = shift(moment, row);
    if (inRange(shifted)) values[row] = shifted;
    else errors = markError(errors, count, row, 'dateOutOfRange');
  }
  return { kind: 'moment', values, errors };
}

const isDay = (days: number) => days >= MIN_DAYS && days <= MAX_DAYS;
const isMinute = (minutes: number) => isDay(dayOfMinutes(minutes));

/** date ± number: whole days; a fraction is cut towards the past, so that the result is a date again. */
function dateShift(sign: 1 | -1): Operation {
  return {
    apply: ([dates, days], { count }) => {
      const numbers = days as NumberVector;
      const floored = (row: number) => {
        const shift = decimalOrZero(numbers, row);
        const signed = { coefficient: shift.coefficient * BigInt(sign), scale: shift.scale };
        return Number(roundDecimal(signed, 0, 'floor').coefficient);
      };
      const areWhole = numbers.scale === 0 && numbers.wide === null;
      const whole = (row: number) => (areWhole ? sign * integerAt(numbers, row) : floored(row));
      return shiftMoments(dates as MomentVector, numbers, count, (date, row) => date + whole(row), isDay);
    },
  };
}

/** datetime ± duration. */
function dateTimeShift(sign: 1 | -1): Operation {
  return {
    apply: ([moments, duration], { count }) => {
      const minutes = duration as NumberVector;
      const shift = (moment: number, row: number) => moment + sign * wholeMinutes(minutes, row);
      return shiftMoments(moments as MomentVector, minutes, count, shift, isMinute);
    },
  };
}

/** time ± duration: stays on the clock, so 23:00 plus two hours is 01:00. */
function timeShift(sign: 1 | -1): Operation {
  return {
    apply: ([times_, duration], { count }) => {
      const minutes = duration as NumberVector;
      const shift = (time: number, row: number) =>
        minuteOfDay(time + sign * (wholeMinutes(minutes, row) % MINUTES_PER_DAY));
      return shiftMoments(times_ as MomentVector, minutes, count, shift, () => true);
    },
  };
}

/** Difference of two moments of one kind; blank when either is blank: a missing date is no date 0. */
const momentDifference: Operation = {
  apply: ([a, b], { count }) => {
    const left = (a as MomentVector).values;
    const right = (b as MomentVector).values;
    const units = new Float64Array(count);
    for (let row = 0; row < count; row += 1) {
      const isBlank = left[row] === BLANK_INT32 || right[row] === BLANK_INT32;
      units[row] = isBlank ? Number.NaN : left[row]! - right[row]!;
    }
    return vectorOfIntegers(units, mergeErrors(count, a!.errors, b!.errors));
  },
};

const toMinutes: Operation = { apply: ([days], { count }) => numberToMinutes(days as NumberVector, count) };

const concatenate: Operation = {
  apply: ([a, b], { count }) => {
    const left = (a as TextVector).values;
    const right = (b as TextVector).values;
    let errors = mergeErrors(count, a!.errors, b!.errors);
    const values = new Array<string>(count);
    for (let row = 0; row < count; row += 1) {
      const isTooLong = left[row]!.length + right[row]!.length > MAX_TEXT_LENGTH;
      values[row] = isTooLong ? '' : left[row]! + right[row]!;
      if (isTooLong) errors = markError(errors, count, row, 'textTooLong');
    }
    return { kind: 'text', values, errors };
  },
};

const negation: Operation = { apply: ([a], { count }) => negateVector(a as NumberVector, count) };

const hundredth: Operation = {
  apply: ([a], frame: Frame) => {
    const percent = vectorOfDecimals(new Array(frame.count).fill({ coefficient: 1n, scale: 2 }), null);
    return multiplyVectors(a as NumberVector, percent, frame.count);
  },
};

/** A duration of a date-time sum: numbers of days become minutes. */
function asDuration(node: TypedNode, used: string): TypedNode {
  if (node.type === 'duration' || node.type === 'time') return converted(node, 'duration', used);
  return operationNode(node, 'duration', toMinutes, [converted(node, 'number', used)]);
}

const MOMENTS: ReadonlySet<ValueType> = new Set(['date', 'time', 'datetime']);

function addNodes(sign: 1 | -1, left: TypedNode, right: TypedNode, span: Span): TypedNode {
  const used = sign === 1 ? '+' : '-';
  const isLeftMoment = MOMENTS.has(left.type);
  const isRightMoment = MOMENTS.has(right.type);
  if (isLeftMoment && isRightMoment) return combineMoments(sign, left, right, span);
  if (isRightMoment && sign === 1) return addNodes(1, right, left, span);
  if (isRightMoment && right.type !== 'time') throw mismatch(right, ['number'], used);
  const isDuration = (node: TypedNode) => node.type === 'duration' || node.type === 'time';
  if (!isLeftMoment) {
    const type: ValueType = isDuration(left) && isDuration(right) ? 'duration' : 'number';
    const operands = [converted(left, type, used), converted(right, type, used)];
    return operationNode(span, type, sign === 1 ? plus : minus, operands);
  }
  if (left.type === 'date' && right.type !== 'duration') {
    return operationNode(span, 'date', dateShift(sign), [left, converted(right, 'number', used)]);
  }
  if (left.type === 'time') {
    return operationNode(span, 'time', timeShift(sign), [left, asDuration(right, used)]);
  }
  const moment = converted(left, 'datetime', used);
  return operationNode(span, 'datetime', dateTimeShift(sign), [moment, asDuration(right, used)]);
}

function combineMoments(sign: 1 | -1, left: TypedNode, right: TypedNode, span: Span): TypedNode {
  const used = sign === 1 ? '+' : '-';
  const { type } = left;
  if (type === 'time' && right.type === 'time') {
    const operands = [converted(left, 'duration', used), converted(right, 'duration', used)];
    return sign === 1
      ? operationNode(span, 'duration', plus, operands)
      : operationNode(span, 'duration', momentDifference, [left, right]);
  }
  if (right.type === 'time') {
    // A date and a time of day make a moment, as the sum of Excel's date numbers does.
    if (type === 'date' && sign === 1) return operationNode(span, 'datetime', dateAndTime, [left, right]);
    const operands = [converted(left, 'datetime', used), asDuration(right, used)];
    return operationNode(span, 'datetime', dateTimeShift(sign), operands);
  }
  if (type === 'time' && sign === 1) return combineMoments(1, right, left, span);
  if (sign === 1 || type === 'time') throw mismatch(right, ['number'], used);
  if (type === 'date' && right.type === 'date') {
    return operationNode(span, 'number', momentDifference, [left, right]);
  }
  const operands = [converted(left, 'datetime', used), converted(right, 'datetime', used)];
  return operationNode(span, 'duration', momentDifference, operands);
}

const dateAndTime: Operation = {
  apply: ([dates, clock], { count, environment }) => {
    const minutes = (clock as MomentVector).values;
    const join = (date: number, row: number) => {
      const time = minutes[row] === BLANK_INT32 ? 0 : minutes[row]!;
      return environment.zone.toUtc(date * MINUTES_PER_DAY + time);
    };
    return shiftMoments(dates as MomentVector, clock!, count, join, isMinute);
  },
};

function scaleNodes(operator: '*' | '/', left: TypedNode, right: TypedNode, span: Span): TypedNode {
  const isDuration = (node: TypedNode) => node.type === 'duration' || node.type === 'time';
  const number = (node: TypedNode) => converted(node, 'number', operator);
  const duration = (node: TypedNode) => converted(node, 'duration', operator);
  const make = (operation: Operation, a: TypedNode, b: TypedNode) =>
    operationNode(span, 'number', operation, [a, b]);
  if (operator === '*') {
    if (isDuration(left) && isDuration(right)) return make(times, number(left), number(right));
    if (isDuration(left)) return operationNode(span, 'duration', times, [duration(left), number(right)]);
    if (isDuration(right)) return operationNode(span, 'duration', times, [number(left), duration(right)]);
    return make(times, number(left), number(right));
  }
  if (isDuration(left) && isDuration(right)) return make(over, duration(left), duration(right));
  if (isDuration(left)) return make(durationOver, duration(left), number(right));
  if (isDuration(right)) return make(overDuration, number(left), duration(right));
  return make(over, number(left), number(right));
}

function arithmeticNode(
  operator: ArithmeticOperator,
  left: TypedNode,
  right: TypedNode,
  span: Span,
): TypedNode {
  switch (operator) {
    case '+':
      return addNodes(1, left, right, span);
    case '-':
      return addNodes(-1, left, right, span);
    case '*':
    case '/':
      return scaleNodes(operator, left, right, span);
    case '^':
      return operationNode(span, 'number', power, [
        converted(left, 'number', '^'),
        converted(right, 'number', '^'),
      ]);
  }
}

/** @throws FailureError `typeMismatch` */
export function binaryNode(
  operator: BinaryOperator,
  left: TypedNode,
  right: TypedNode,
  span: Span,
): TypedNode {
  switch (operator) {
    case '&':
      return operationNode(span, 'text', concatenate, [
        converted(left, 'text', '&'),
        converted(right, 'text', '&'),
      ]);
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return arithmeticNode(operator, left, right, span);
    default: {
      const compared = comparison(operator, left.type, right.type);
      if (compared === null) throw mismatch(right, [left.type], operator);
      const operands = [
        converted(left, compared.types[0], operator),
        converted(right, compared.types[1], operator),
      ];
      return operationNode(span, 'boolean', compared.operation, operands);
    }
  }
}

/** @throws FailureError `typeMismatch` */
export function signNode(operator: '-' | '+', operand: TypedNode, span: Span): TypedNode {
  if (operator === '+') return { ...operand, start: span.start, end: span.end };
  const type: ValueType = operand.type === 'duration' || operand.type === 'time' ? 'duration' : 'number';
  return operationNode(span, type, negation, [converted(operand, type, '-')]);
}

/** @throws FailureError `typeMismatch` */
export function percentNode(operand: TypedNode, span: Span): TypedNode {
  return operationNode(span, 'number', hundredth, [converted(operand, 'number', '%')]);
}
