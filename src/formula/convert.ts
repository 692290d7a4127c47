/** Turns vectors of one static type into another. A value that does not convert is that row's error. */
import { formatDecimal, fromInteger, multiply, parseDecimal, roundDecimal } from '../table/decimal';
import { MINUTES_PER_DAY, textFromDays, textFromMinutesOfDay } from '../table/moments';
import { NumberColumnBuilder } from '../table/number-builder';
import { BLANK_INT32 } from '../table/types';
import { decimalOrZero, divideVectors } from './arithmetic';
import {
  dayOfMinutes,
  minuteOfDay,
  parseDateText,
  parseDateTimeText,
  parseTimeText,
  textOfDateTime,
} from './calendar';
import type { NumberVector } from './number-vector';
import { constantNumber, hasTooManyDigits, vectorOfIntegers } from './number-vector';
import type { Environment, Frame, Operation, ValueType } from './operation';
import type { RowErrorCode } from './row-errors';
import { markError, mergeErrors } from './row-errors';
import type { BooleanVector, MomentVector, TextVector, Vector } from './vectors';
import { BLANK_BOOLEAN, isBlankRow } from './vectors';

/**
 * Decimals of a day fraction. More than division's ten, so that sums of many times still round back to
 * the minute they mean.
 */
export const DAY_FRACTION_DECIMALS = 15;

export type MomentType = 'date' | 'time' | 'datetime';

function numberToTexts(vector: NumberVector, count: number): string[] {
  const texts = new Array<string>(count);
  for (let row = 0; row < count; row += 1) {
    const units = vector.units[row]!;
    if (!Number.isNaN(units) && vector.scale === 0) texts[row] = String(units);
    else texts[row] = isBlankRow(vector, row) ? '' : formatDecimal(decimalOrZero(vector, row));
  }
  return texts;
}

/** The text that & and a text result show: local wall clock for date-times. */
export function momentText(type: MomentType, value: number, environment: Environment): string {
  if (type === 'date') return textFromDays(value);
  if (type === 'time') return textFromMinutesOfDay(value);
  return textOfDateTime(value, environment.zone);
}

export function toText(vector: Vector, type: ValueType, { count, environment }: Frame): TextVector {
  const errors = vector.errors;
  switch (vector.kind) {
    case 'text':
      return vector;
    case 'number': {
      const numbers = type === 'duration' ? durationToNumber(vector, count) : vector;
      return { kind: 'text', values: numberToTexts(numbers, count), errors: numbers.errors };
    }
    case 'boolean': {
      const words = ['FALSE', 'TRUE', ''];
      return { kind: 'text', values: Array.from(vector.values.subarray(0, count), (v) => words[v]!), errors };
    }
    case 'moment': {
      const values = new Array<string>(count);
      for (let row = 0; row < count; row += 1) {
        const value = vector.values[row]!;
        values[row] = value === BLANK_INT32 ? '' : momentText(type as MomentType, value, environment);
      }
      return { kind: 'text', values, errors };
    }
  }
}

/** Minutes to a fraction of a day. Blank stays blank. */
export function durationToNumber(minutes: NumberVector, count: number): NumberVector {
  const days = divideVectors(minutes, constantNumber(MINUTES_PER_DAY, count), count, DAY_FRACTION_DECIMALS);
  for (let row = 0; row < count; row += 1) if (isBlankRow(minutes, row)) days.units[row] = Number.NaN;
  return days;
}

function textToNumber(vector: TextVector, count: number): NumberVector {
  const builder = new NumberColumnBuilder({ name: '', label: '', type: 'number' });
  let errors = mergeErrors(count, vector.errors);
  for (let row = 0; row < count; row += 1) {
    const text = vector.values[row]!;
    const decimal = text.length > 15 ? parseDecimal(text) : null;
    if (decimal !== null && hasTooManyDigits(decimal)) {
      errors = markError(errors, count, row, 'numberTooLong');
      builder.append(null);
    } else if (!builder.appendText(text)) {
      if (text.trim() !== '') errors = markError(errors, count, row, 'notANumber');
      builder.append(null);
    }
  }
  const { units, scale, wide } = builder.finish();
  return { kind: 'number', units, scale, wide: wide.size > 0 ? wide : null, errors };
}

function booleanToNumber(vector: BooleanVector, count: number): NumberVector {
  const units = Float64Array.from(vector.values.subarray(0, count), (v) =>
    v === BLANK_BOOLEAN ? Number.NaN : v,
  );
  return vectorOfIntegers(units, vector.errors);
}

export function toNumber(vector: Vector, type: ValueType, { count }: Frame): NumberVector {
  switch (vector.kind) {
    case 'text':
      return textToNumber(vector, count);
    case 'boolean':
      return booleanToNumber(vector, count);
    case 'number':
      return type === 'duration' ? durationToNumber(vector, count) : vector;
    case 'moment':
      return durationToNumber(timeToDuration(vector, count), count);
  }
}

export function timeToDuration(vector: MomentVector, count: number): NumberVector {
  const units = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const value = vector.values[row]!;
    units[row] = value === BLANK_INT32 ? Number.NaN : value;
  }
  return vectorOfIntegers(units, vector.errors);
}

/**
 * What counts as true: TRUE, a number other than 0, any other value that is not blank. The text "FALSE"
 * (any case) is false, as in Excel, so that a condition which became text keeps its meaning.
 */
export function toBoolean(vector: Vector, type: ValueType, { count }: Frame): BooleanVector {
  // As a branch, "" stays blank; as a condition, blank is not true.
  if (type === 'blank') {
    return { kind: 'boolean', values: new Uint8Array(count).fill(BLANK_BOOLEAN), errors: vector.errors };
  }
  const values = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) values[row] = isTrueRow(vector, row) ? 1 : 0;
  return { kind: 'boolean', values, errors: vector.errors };
}

function isTrueRow(vector: Vector, row: number): boolean {
  switch (vector.kind) {
    case 'boolean':
      return vector.values[row] === 1;
    case 'number':
      return vector.units[row] !== 0 && !isBlankRow(vector, row);
    case 'text': {
      const text = vector.values[row]!;
      return text !== '' && !(text.length === 5 && text.toUpperCase() === 'FALSE');
    }
    case 'moment':
      return !isBlankRow(vector, row);
  }
}

/** Maps values that are not blank; null from `map` is the error `code`. */
function mapToMoments(
  count: number,
  source: Vector,
  code: RowErrorCode,
  map: (row: number) => number | null,
): MomentVector {
  let errors = mergeErrors(count, source.errors);
  const values = new Float64Array(count).fill(BLANK_INT32);
  for (let row = 0; row < count; row += 1) {
    if ((errors !== null && errors[row] !== 0) || isBlankRow(source, row)) continue;
    const value = map(row);
    if (value === null) errors = markError(errors, count, row, code);
    else values[row] = value;
  }
  return { kind: 'moment', values, errors };
}

export function toDate(vector: Vector, type: ValueType, { count, environment }: Frame): MomentVector {
  if (vector.kind === 'text') {
    return mapToMoments(count, vector, 'notADate', (row) => readDate(vector.values[row]!, environment));
  }
  const moments = vector as MomentVector;
  if (type === 'date') return moments;
  return mapToMoments(count, vector, 'notADate', (row) =>
    dayOfMinutes(environment.zone.toLocal(moments.values[row]!)),
  );
}

function readDate(text: string, environment: Environment): number | null {
  const date = parseDateText(text);
  if (date !== null) return date;
  const moment = parseDateTimeText(text, environment.zone);
  return moment === null ? null : dayOfMinutes(environment.zone.toLocal(moment));
}

function readTime(text: string, environment: Environment): number | null {
  const time = parseTimeText(text);
  if (time !== null) return time;
  const moment = parseDateTimeText(text, environment.zone);
  return moment === null ? null : minuteOfDay(environment.zone.toLocal(moment));
}

export function toTime(vector: Vector, type: ValueType, frame: Frame): MomentVector {
  const { count, environment } = frame;
  if (vector.kind === 'text') {
    return mapToMoments(count, vector, 'notATime', (row) => readTime(vector.values[row]!, environment));
  }
  if (vector.kind === 'number') {
    const minutes = type === 'duration' ? vector : numberToMinutes(vector, count);
    return mapToMoments(count, minutes, 'notATime', (row) => minuteOfDay(wholeMinutes(minutes, row)));
  }
  const moments = vector as MomentVector;
  if (type === 'time') return moments;
  return mapToMoments(count, vector, 'notATime', (row) =>
    minuteOfDay(environment.zone.toLocal(moments.values[row]!)),
  );
}

export function toDateTime(vector: Vector, type: ValueType, { count, environment }: Frame): MomentVector {
  if (vector.kind === 'text') {
    return mapToMoments(count, vector, 'notADateTime', (row) =>
      parseDateTimeText(vector.values[row]!, environment.zone),
    );
  }
  const moments = vector as MomentVector;
  if (type === 'datetime') return moments;
  return mapToMoments(count, vector, 'notADateTime', (row) =>
    environment.zone.toUtc(moments.values[row]! * MINUTES_PER_DAY),
  );
}

/** Minutes of a duration, rounded half away from zero: a product of a duration may have decimals. */
export function wholeMinutes(minutes: NumberVector, row: number): number {
  if (minutes.scale === 0 && !Number.isNaN(minutes.units[row])) return minutes.units[row]!;
  return Number(roundDecimal(decimalOrZero(minutes, row), 0, 'halfUp').coefficient);
}

/** Days (with fraction) to whole minutes, rounded half away from zero. Blank stays blank. */
export function numberToMinutes(days: NumberVector, count: number): NumberVector {
  const perDay = fromInteger(MINUTES_PER_DAY);
  const units = new Float64Array(count).fill(Number.NaN);
  for (let row = 0; row < count; row += 1) {
    if (isBlankRow(days, row)) continue;
    const minutes = roundDecimal(multiply(decimalOrZero(days, row), perDay), 0, 'halfUp');
    units[row] = Number(minutes.coefficient);
  }
  return vectorOfIntegers(units, days.errors);
}

type Convert = (vector: Vector, from: ValueType, frame: Frame) => Vector;

const duration: Convert = (vector, _from, { count }) => timeToDuration(vector as MomentVector, count);

/** Which static types convert into which; a missing entry is a type mismatch. */
const CONVERSIONS: Readonly<Record<Exclude<ValueType, 'list' | 'blank'>, ReadonlyMap<ValueType, Convert>>> = {
  text: new Map<ValueType, Convert>(
    (['number', 'boolean', 'date', 'time', 'datetime', 'duration', 'list', 'blank'] as const).map((from) => [
      from,
      toText,
    ]),
  ),
  number: new Map<ValueType, Convert>([
    ['text', toNumber],
    ['blank', toNumber],
    ['boolean', toNumber],
    ['duration', toNumber],
    ['time', toNumber],
  ]),
  boolean: new Map<ValueType, Convert>(
    (['text', 'blank', 'number', 'duration', 'date', 'time', 'datetime', 'list'] as const).map((from) => [
      from,
      toBoolean,
    ]),
  ),
  date: new Map<ValueType, Convert>([
    ['text', toDate],
    ['blank', toDate],
    ['datetime', toDate],
  ]),
  time: new Map<ValueType, Convert>([
    ['text', toTime],
    ['blank', toTime],
    ['datetime', toTime],
    ['duration', toTime],
    ['number', toTime],
  ]),
  datetime: new Map<ValueType, Convert>([
    ['text', toDateTime],
    ['blank', toDateTime],
    ['date', toDateTime],
  ]),
  duration: new Map<ValueType, Convert>([
    ['time', duration],
    ['blank', toNumber],
  ]),
};

/** How to make `to` of `from`; null when nothing needs doing, undefined when it cannot be done. */
export function conversion(from: ValueType, to: ValueType): Operation | null | undefined {
  if (from === to) return null;
  if (to === 'list' || to === 'blank') return undefined;
  const convert = CONVERSIONS[to].get(from);
  if (convert === undefined) return undefined;
  return { apply: ([vector], frame) => convert(vector!, from, frame) };
}
