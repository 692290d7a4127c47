/** Numbers of days and years between dates, and numbers of weeks. Days since 1970-01-01. */
import { divide, fromInteger } from '../../table/decimal';
import type { CivilDate } from '../../table/moments';
import { civilFromDays, daysFromCivil, daysInMonth } from '../../table/moments';
import { weekdayFromMonday } from '../calendar';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { FunctionEntry } from './entry';
import { rowFunction } from './entry';

function isEndOfFebruary({ year, month, day }: CivilDate): boolean {
  return month === 2 && day === daysInMonth(year, 2);
}

function daysOf360(from: CivilDate, to: CivilDate, firstDay: number, lastDay: number): number {
  return (to.year - from.year) * 360 + (to.month - from.month) * 30 + lastDay - firstDay;
}

/** European: a 31st is a 30th. */
function europeanDays(from: CivilDate, to: CivilDate): number {
  return daysOf360(from, to, Math.min(from.day, 30), Math.min(to.day, 30));
}

/**
 * DAYS360. The American method also lengthens a start on the last of February to the 30th, and an end on a
 * 31st stays (as the 1st of the next month) unless the start is a 30th.
 */
function days360(start: number, end: number, isEuropean = false): number {
  const [from, to] = [civilFromDays(start), civilFromDays(end)];
  if (isEuropean) return europeanDays(from, to);
  const firstDay = isEndOfFebruary(from) ? 30 : Math.min(from.day, 30);
  return daysOf360(from, to, firstDay, to.day === 31 && firstDay === 30 ? 30 : to.day);
}

/** Basis 0 of YEARFRAC: as above, and the ends of two Februaries are 30ths both. */
function americanDays(from: CivilDate, to: CivilDate): number {
  const firstDay = isEndOfFebruary(from) ? 30 : Math.min(from.day, 30);
  const isBoth = isEndOfFebruary(from) && isEndOfFebruary(to);
  const lastDay = isBoth || (to.day === 31 && firstDay === 30) ? 30 : to.day;
  return daysOf360(from, to, firstDay, lastDay);
}

const isLeap = (year: number) => daysInMonth(year, 2) === 29;

/**
 * Length of a year for basis 1, as days over years. Up to a year apart it is 366 when a 29 February lies
 * in between (or the dates are in one leap year), beyond that the average of the years touched.
 */
function actualYear(
  start: number,
  end: number,
  from: CivilDate,
  to: CivilDate,
): [days: number, years: number] {
  if (from.year === to.year) return [isLeap(from.year) ? 366 : 365, 1];
  const isWithinYear =
    from.year + 1 === to.year && (from.month > to.month || (from.month === to.month && from.day >= to.day));
  if (!isWithinYear) {
    const days = daysFromCivil(to.year + 1, 1, 1) - daysFromCivil(from.year, 1, 1);
    return [days, to.year - from.year + 1];
  }
  const holdsLeapDay = [from.year, to.year].some((year) => {
    const leapDay = daysFromCivil(year, 2, 29);
    return isLeap(year) && leapDay >= start && leapDay <= end;
  });
  return [holdsLeapDay ? 366 : 365, 1];
}

/** YEARFRAC: bases 0 American 30/360, 1 actual, 2 actual/360, 3 actual/365, 4 European 30/360. */
function yearFraction(first: number, second: number, basis = 0) {
  const [start, end] = first <= second ? [first, second] : [second, first];
  const [from, to] = [civilFromDays(start), civilFromDays(end)];
  const ratio = (days: number, perYear: number) => divide(fromInteger(days), fromInteger(perYear))!;
  switch (basis) {
    case 0:
      return ratio(americanDays(from, to), 360);
    case 1: {
      const [days, years] = actualYear(start, end, from, to);
      return ratio((end - start) * years, days);
    }
    case 2:
      return ratio(end - start, 360);
    case 3:
      return ratio(end - start, 365);
    case 4:
      return ratio(europeanDays(from, to), 360);
    default:
      return rowError('argumentOutOfRange');
  }
}

/** ISO 8601: weeks start on Monday, and week 1 holds the year's first Thursday. */
function isoWeek(days: number): number {
  const thursday = days - weekdayFromMonday(days) + 3;
  return Math.floor((thursday - daysFromCivil(civilFromDays(thursday).year, 1, 1)) / 7) + 1;
}

/** Types 1 (from Sunday), 2 (from Monday), 11 to 17 (from Monday to Sunday): week 1 holds 1 January; 21 is ISO. */
function weekNumber(days: number, type = 1): number | RowError {
  if (type === 21) return isoWeek(days);
  const isKnown = type === 1 || type === 2 || (type >= 11 && type <= 17);
  if (!isKnown) return rowError('argumentOutOfRange');
  const firstWeekday = type === 1 ? 6 : type === 2 ? 0 : type - 11;
  const newYear = daysFromCivil(civilFromDays(days).year, 1, 1);
  const before = (weekdayFromMonday(newYear) - firstWeekday + 7) % 7;
  return Math.floor((days - newYear + before) / 7) + 1;
}

export const SPAN_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('DAYS', 'date', ['date', 'date'], 'integer', (end, start) => end - start),
  rowFunction('DAYS360', 'date', ['date', 'date', 'boolean?'], 'integer', days360),
  rowFunction('YEARFRAC', 'date', ['date', 'date', 'integer?'], 'number', yearFraction),
  rowFunction('WEEKNUM', 'date', ['date', 'integer?'], 'integer', weekNumber),
  rowFunction('ISOWEEKNUM', 'date', ['date'], 'integer', isoWeek),
];
