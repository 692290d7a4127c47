/** Calendar functions. Dates are days since 1970-01-01, times minutes of the day, date-times UTC minutes. */
import { civilFromDays, daysFromCivil, daysInMonth } from '../../table/moments';
import {
  addMonths,
  clampedDate,
  dayOfMinutes,
  MAX_DAYS,
  MIN_DAYS,
  minuteOfDay,
  secondOfTimeText,
  weekdayFromMonday,
} from '../calendar';
import { writeMoment } from '../date-format';
import { parseFormat } from '../format-parts';
import type { Frame } from '../operation';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { Span } from '../tree';
import type { TypedNode } from '../typed';
import type { Vector } from '../vectors';
import type { FunctionEntry } from './entry';
import { rowFunction, specialFunction, vectorFunction } from './entry';

/** More months or days than this leave the calendar from anywhere; the bound keeps the sums exact. */
const MAX_SHIFT = 10_000_000;

function inCalendar(days: number): number | RowError {
  return days >= MIN_DAYS && days <= MAX_DAYS ? days : rowError('dateOutOfRange');
}

/** Excel's DATE: months and days beyond their range roll over; years 0 to 1899 count from 1900. */
function date(year: number, month: number, day: number): number | RowError {
  const isSane = Math.abs(month) <= MAX_SHIFT && Math.abs(day) <= MAX_SHIFT;
  if (year < 0 || year > 9999 || !isSane) return rowError('dateOutOfRange');
  return inCalendar(clampedDate(year < 1900 ? year + 1900 : year, month, 1) + day - 1);
}

function edate(days: number, months: number): number | RowError {
  return Math.abs(months) > MAX_SHIFT ? rowError('dateOutOfRange') : inCalendar(addMonths(days, months));
}

function eomonth(days: number, months: number): number | RowError {
  if (Math.abs(months) > MAX_SHIFT) return rowError('dateOutOfRange');
  const { year, month } = civilFromDays(days);
  return inCalendar(clampedDate(year, month + months, 31));
}

/** Types 1 (Sunday is 1), 2 (Monday is 1), 3 (Monday is 0) and 11 to 17 (Monday to Sunday is 1), as in Excel. */
function weekday(days: number, type = 1): number | RowError {
  const sinceMonday = weekdayFromMonday(days);
  if (type === 1) return ((sinceMonday + 1) % 7) + 1;
  if (type === 2) return sinceMonday + 1;
  if (type === 3) return sinceMonday;
  if (type >= 11 && type <= 17) return ((sinceMonday - (type - 11) + 7) % 7) + 1;
  return rowError('argumentOutOfRange');
}

function wholeMonths(start: number, end: number): number {
  const from = civilFromDays(start);
  const to = civilFromDays(end);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return to.day < from.day ? months - 1 : months;
}

/** Days since the last "same day of the month" as the start. */
function daysBeyondMonths(start: number, end: number): number {
  const from = civilFromDays(start);
  const to = civilFromDays(end);
  if (to.day >= from.day) return to.day - from.day;
  const previousYear = to.month === 1 ? to.year - 1 : to.year;
  const previousMonth = to.month === 1 ? 12 : to.month - 1;
  const lastDay = daysInMonth(previousYear, previousMonth);
  return end - daysFromCivil(previousYear, previousMonth, Math.min(from.day, lastDay));
}

/** Days since the last anniversary of the start. */
function daysBeyondYears(start: number, end: number): number {
  const years = Math.floor(wholeMonths(start, end) / 12);
  return end - addMonths(start, years * 12);
}

function datedif(start: number, end: number, unit: string): number | RowError {
  if (end < start) return rowError('argumentOutOfRange');
  switch (unit.toUpperCase()) {
    case 'Y':
      return Math.floor(wholeMonths(start, end) / 12);
    case 'M':
      return wholeMonths(start, end);
    case 'D':
      return end - start;
    case 'YM':
      return wholeMonths(start, end) % 12;
    case 'MD':
      return daysBeyondMonths(start, end);
    case 'YD':
      return daysBeyondYears(start, end);
    default:
      return rowError('argumentOutOfRange');
  }
}

/**
 * Excel's TIME on the clock of kintone, which has no seconds: hours and minutes beyond their range roll
 * over, seconds fill minutes, and what is left of them is cut off.
 */
function time(hour: number, minute: number, second: number): number | RowError {
  if ([hour, minute, second].some((part) => Math.abs(part) > MAX_SHIFT))
    return rowError('argumentOutOfRange');
  const minutes = hour * 60 + minute + Math.floor(second / 60);
  return minutes < 0 ? rowError('argumentOutOfRange') : minuteOfDay(minutes);
}

const secondOfText = rowFunction('SECOND', 'date', ['time', 'text'], 'integer', (_, text) =>
  secondOfTimeText(text),
);
const secondOfClock = rowFunction('SECOND', 'date', ['time'], 'integer', () => 0);

/** Values of kintone have no seconds; a text may name some. The time is read first, so that a wrong one is an error. */
function secondNode([value]: readonly TypedNode[], span: Span): TypedNode {
  return value!.type === 'text'
    ? secondOfText.build([value!, value!], span)
    : secondOfClock.build([value!], span);
}

/** The long Japanese form of DATESTRING: era, two digits of its year, two each of month and day. */
const ERA_DATE = parseFormat('gggee"\u5e74"mm"\u6708"dd"\u65e5"')![0]!.parts;

function dateString(days: number): string | RowError {
  return (
    writeMoment(ERA_DATE, { days, minutes: null, elapsedMinutes: null }) ?? rowError('argumentOutOfRange')
  );
}

function nowMinutes({ environment }: Frame): number {
  return Math.floor(environment.nowMs / 60_000);
}

function today(_: readonly Vector[], frame: Frame): Vector {
  const day = dayOfMinutes(frame.environment.zone.toLocal(nowMinutes(frame)));
  return { kind: 'moment', values: new Float64Array(frame.count).fill(day), errors: null };
}

function now(_: readonly Vector[], frame: Frame): Vector {
  return { kind: 'moment', values: new Float64Array(frame.count).fill(nowMinutes(frame)), errors: null };
}

export const DATE_FUNCTIONS: readonly FunctionEntry[] = [
  // A missing year must not become 1900, so any blank part makes the date blank.
  rowFunction('DATE', 'date', ['integer', 'integer', 'integer'], 'date', date, { blankIfAnyBlank: true }),
  rowFunction('YEAR', 'date', ['date'], 'integer', (days) => civilFromDays(days).year),
  rowFunction('MONTH', 'date', ['date'], 'integer', (days) => civilFromDays(days).month),
  rowFunction('DAY', 'date', ['date'], 'integer', (days) => civilFromDays(days).day),
  rowFunction('HOUR', 'date', ['time'], 'integer', (minutes) => Math.floor(minutes / 60)),
  rowFunction('MINUTE', 'date', ['time'], 'integer', (minutes) => minutes % 60),
  specialFunction('SECOND', 'date', ['time'], secondNode),
  rowFunction('TIME', 'date', ['integer', 'integer', 'integer'], 'time', time, { blankIfAnyBlank: true }),
  rowFunction('DATESTRING', 'date', ['date'], 'text', dateString),
  rowFunction('WEEKDAY', 'date', ['date', 'integer?'], 'integer', weekday),
  rowFunction('EDATE', 'date', ['date', 'integer'], 'date', edate),
  rowFunction('EOMONTH', 'date', ['date', 'integer'], 'date', eomonth),
  rowFunction('DATEDIF', 'date', ['date', 'date', 'text'], 'integer', datedif),
  rowFunction('DATEVALUE', 'date', ['date'], 'date', (days) => days),
  rowFunction('TIMEVALUE', 'date', ['time'], 'duration', (minutes) => minutes),
  vectorFunction('TODAY', 'date', [], 'date', today),
  vectorFunction('NOW', 'date', [], 'datetime', now),
];
