/**
 * TEXT. Formats are Excel's: 0 # ? , . % E+ E- and literals for numbers (up to four sections), y m d h s, ddd
 * dddd mmm mmmm, aaa aaaa, g e, AM/PM, [h] [m] for dates and times, ?/? and the like for fractions. Not known:
 * colours and conditions.
 */

import type { Decimal } from '../../table/decimal';
import {
  absolute,
  compareDecimals,
  divide,
  formatDecimal,
  fromInteger,
  isZero,
  multiply,
  roundDecimal,
  ZERO,
} from '../../table/decimal';
import { MINUTES_PER_DAY } from '../../table/moments';
import { decimalOrZero } from '../arithmetic';
import { dayOfMinutes, EXCEL_EPOCH_DAYS, MAX_DAYS, MIN_DAYS, minuteOfDay } from '../calendar';
import type { MomentType } from '../convert';
import { DAY_FRACTION_DECIMALS, momentText } from '../convert';
import type { ClockValue } from '../date-format';
import { writeMoment } from '../date-format';
import type { FormatSection } from '../format-parts';
import { parseFormat } from '../format-parts';
import { writeFraction } from '../fraction-format';
import { MAX_TEXT_LENGTH } from '../limits';
import { numberSection, shownMagnitude, writeNumber, writeScientific } from '../number-format';
import type { Environment, Operation, ValueType } from '../operation';
import { markError, mergeErrors, RowError, rowError } from '../row-errors';
import { converted, operationNode } from '../typed';
import type { MomentVector, TextVector, Vector } from '../vectors';
import { isBlankRow } from '../vectors';
import type { FunctionEntry } from './entry';
import { specialFunction } from './entry';
import { numberAsWritten } from './text';

type Sections = readonly FormatSection[];

function clockOfDays(days: Decimal): ClockValue | RowError {
  const minutes = Number(roundDecimal(multiply(days, fromInteger(MINUTES_PER_DAY)), 0, 'halfUp').coefficient);
  const date = dayOfMinutes(minutes) + EXCEL_EPOCH_DAYS;
  if (date < MIN_DAYS || date > MAX_DAYS) return rowError('dateOutOfRange');
  return { days: date, minutes: minuteOfDay(minutes), elapsedMinutes: minutes };
}

/** For @ and General: literals around the plain value. */
function fillValue(section: FormatSection, plain: string): string {
  return section.parts
    .map((part) => (part.kind === 'literal' ? part.text : part.kind === 'value' ? plain : ''))
    .join('');
}

function writeClock(sections: Sections, value: ClockValue, plain: string): string | RowError {
  const { parts, isDate } = sections[0]!;
  const isPlain = parts.every((part) => part.kind === 'literal' || part.kind === 'value');
  if (!isDate) return isPlain ? fillValue(sections[0]!, plain) : rowError('unknownFormat');
  return writeMoment(parts, value) ?? rowError('unknownFormat');
}

/** The section for the value's sign, and whether the sign is still to be written. */
function sectionFor(sections: Sections, value: Decimal): { section: FormatSection; writesSign: boolean } {
  const sign = compareDecimals(value, ZERO);
  if (sign < 0 && sections.length > 1) return { section: sections[1]!, writesSign: false };
  if (sign === 0 && sections.length > 2) return { section: sections[2]!, writesSign: false };
  return { section: sections[0]!, writesSign: sign < 0 };
}

function writeDecimal(sections: Sections, value: Decimal): string | RowError {
  const { section, writesSign } = sectionFor(sections, value);
  if (section.isDate) {
    const clock = clockOfDays(value);
    return clock instanceof RowError
      ? clock
      : (writeMoment(section.parts, clock) ?? rowError('unknownFormat'));
  }
  if (section.parts.some((part) => part.kind === 'value')) {
    return fillValue(section, formatDecimal(writesSign ? value : absolute(value)));
  }
  if (section.parts.some((part) => part.kind === 'exponent')) {
    const text = writeScientific(section.parts, absolute(value));
    return text === null ? rowError('unknownFormat') : (writesSign ? '-' : '') + text;
  }
  if (section.fraction !== null) {
    const { text, isZero: isNothing } = writeFraction(absolute(value), section.fraction);
    return (writesSign && !isNothing ? '-' : '') + text;
  }
  const numbers = numberSection(section.parts);
  const magnitude = shownMagnitude(value, numbers);
  return (writesSign && !isZero(magnitude) ? '-' : '') + writeNumber(magnitude, numbers);
}

/** Text that is a number is formatted as one, as in Excel; other text stays, or takes the place of @. */
function writeText(sections: Sections, text: string): string | RowError {
  const number = numberAsWritten(text);
  if (number !== null && !(number instanceof RowError)) return writeDecimal(sections, number);
  const section = sections.length === 4 ? sections[3]! : sections[0]!;
  if (!section.parts.some((part) => part.kind === 'value')) return text;
  return fillValue(section, text);
}

function writeMomentRow(
  sections: Sections,
  type: MomentType,
  value: number,
  environment: Environment,
): string | RowError {
  const plain = momentText(type, value, environment);
  if (type === 'date')
    return writeClock(sections, { days: value, minutes: null, elapsedMinutes: null }, plain);
  if (type === 'time')
    return writeClock(sections, { days: null, minutes: value, elapsedMinutes: value }, plain);
  const local = environment.zone.toLocal(value);
  const clock = { days: dayOfMinutes(local), minutes: minuteOfDay(local), elapsedMinutes: null };
  return writeClock(sections, clock, plain);
}

function writeDuration(sections: Sections, minutes: Decimal): string | RowError {
  if (!sections[0]!.isDate) {
    return writeDecimal(sections, divide(minutes, fromInteger(MINUTES_PER_DAY), DAY_FRACTION_DECIMALS)!);
  }
  const whole = Number(roundDecimal(minutes, 0, 'halfUp').coefficient);
  return writeClock(sections, { days: null, minutes: minuteOfDay(whole), elapsedMinutes: whole }, '');
}

function writeRow(
  sections: Sections,
  vector: Vector,
  type: ValueType,
  row: number,
  environment: Environment,
) {
  switch (vector.kind) {
    case 'text':
      return writeText(sections, vector.values[row]!);
    case 'boolean':
      return rowError('unknownFormat');
    case 'number': {
      const value = decimalOrZero(vector, row);
      return type === 'duration' ? writeDuration(sections, value) : writeDecimal(sections, value);
    }
    case 'moment':
      return writeMomentRow(sections, type as MomentType, vector.values[row]!, environment);
  }
}

function textOperation(type: ValueType): Operation {
  return {
    apply: ([vector, formats], { count, environment }) => {
      const texts = (formats as TextVector).values;
      const known = new Map<string, Sections | null>();
      let errors = mergeErrors(count, vector!.errors, formats!.errors);
      const values = new Array<string>(count).fill('');
      // Rows share few dates, and writing one costs far more than looking it up.
      const isRepeated = vector!.kind === 'moment' && formats!.constant === true;
      const writtenOf = new Map<number, string | RowError>();
      for (let row = 0; row < count; row += 1) {
        if (errors !== null && errors[row] !== 0) continue;
        const format = texts[row]!;
        if (isBlankRow(vector!, row) || format === '') continue;
        let sections = known.get(format);
        if (sections === undefined) {
          sections = parseFormat(format);
          known.set(format, sections);
        }
        const key = isRepeated ? (vector as MomentVector).values[row]! : row;
        let written = writtenOf.get(key);
        if (written === undefined) {
          written =
            sections === null
              ? rowError('unknownFormat')
              : writeRow(sections, vector!, type, row, environment);
          if (isRepeated) writtenOf.set(key, written);
        }
        if (written instanceof RowError) errors = markError(errors, count, row, written.code);
        else if (written.length > MAX_TEXT_LENGTH) errors = markError(errors, count, row, 'textTooLong');
        else values[row] = written;
      }
      return { kind: 'text', values, errors };
    },
  };
}

export const TEXT_FORMAT_FUNCTIONS: readonly FunctionEntry[] = [
  specialFunction('TEXT', 'text', ['any', 'text'], ([value, format], span) => {
    // Lists, TRUE / FALSE and "" have no format of their own.
    const isText = value!.type === 'list' || value!.type === 'boolean' || value!.type === 'blank';
    const subject = isText ? converted(value!, 'text', 'TEXT') : value!;
    return operationNode(span, 'text', textOperation(subject.type), [
      subject,
      converted(format!, 'text', 'TEXT'),
    ]);
  }),
];
