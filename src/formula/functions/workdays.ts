/** Working days: NETWORKDAYS, WORKDAY and their forms with other weekends. Days since 1970-01-01. */
import { MAX_DAYS, MIN_DAYS, parseDateText, weekdayFromMonday } from '../calendar';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { FunctionEntry } from './entry';
import { rowFunction } from './entry';

/** Whether each weekday, Monday first, is a day off. */
type Weekend = readonly boolean[];

const SATURDAY_AND_SUNDAY: Weekend = [false, false, false, false, false, true, true];

/** Numbers 1 to 7: two days from Saturday-Sunday on; 11 to 17: one day from Sunday on; or seven 0 and 1. */
function weekendOf(text: string): Weekend | null {
  if (text === '') return SATURDAY_AND_SUNDAY;
  if (/^[01]{7}$/.test(text)) return Array.from(text, (digit) => digit === '1');
  const code = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  const isPair = code >= 1 && code <= 7;
  if (!isPair && (code < 11 || code > 17)) return null;
  const first = isPair ? (code + 4) % 7 : (code - 11 + 6) % 7;
  const last = isPair ? (first + 1) % 7 : first;
  return SATURDAY_AND_SUNDAY.map((_, day) => day === first || day === last);
}

function isDayOff(day: number, weekend: Weekend): boolean {
  return weekend[weekdayFromMonday(day)]!;
}

/** Lists in one text are parted by commas, semicolons, ideographic commas or line breaks. */
const SEPARATOR = /[,;\n\uff0c\u3001\uff1b]/;
/** Rows mostly share one holiday list; the bound keeps a column of odd lists from staying in memory. */
const MAX_KNOWN_LISTS = 1_000;
const knownLists = new Map<string, readonly number[] | null>();

function daysOfList(text: string): readonly number[] | null {
  let days = knownLists.get(text);
  if (days === undefined) {
    const found = text.split(SEPARATOR).flatMap((part) => (part.trim() === '' ? [] : [parseDateText(part)]));
    days = found.includes(null) ? null : (found as number[]);
    if (knownLists.size >= MAX_KNOWN_LISTS) knownLists.clear();
    knownLists.set(text, days);
  }
  return days;
}

/** Ascending, each once, without those that are days off anyway; null when a text is no date. */
function holidaysOf(texts: readonly string[], weekend: Weekend): readonly number[] | null {
  const days = new Set<number>();
  for (const text of texts) {
    const list = daysOfList(text);
    if (list === null) return null;
    for (const day of list) if (!isDayOff(day, weekend)) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/** Days of the week's pattern from `start` to `end`, both counted. */
function countWorkdays(start: number, end: number, weekend: Weekend): number {
  const length = end - start + 1;
  let count = Math.floor(length / 7) * weekend.filter((isOff) => !isOff).length;
  for (let day = end - (length % 7) + 1; day <= end; day += 1) if (!isDayOff(day, weekend)) count += 1;
  return count;
}

function networkDays(start: number, end: number, pattern: string, lists: readonly string[]) {
  const weekend = weekendOf(pattern);
  if (weekend === null) return rowError('argumentOutOfRange');
  const holidays = holidaysOf(lists, weekend);
  if (holidays === null) return rowError('notADate');
  const [first, last] = start <= end ? [start, end] : [end, start];
  const off = holidays.filter((day) => day >= first && day <= last).length;
  const count = countWorkdays(first, last, weekend) - off;
  return start <= end || count === 0 ? count : -count;
}

/** The n-th day (n >= 1) of the week's pattern after `start`, or before it with direction -1. */
function nthWorkday(start: number, n: number, direction: 1 | -1, weekend: Weekend): number {
  const perWeek = weekend.filter((isOff) => !isOff).length;
  const weeks = Math.floor((n - 1) / perWeek);
  let day = start + direction * weeks * 7;
  let rest = n - weeks * perWeek;
  while (rest > 0) {
    day += direction;
    if (!isDayOff(day, weekend)) rest -= 1;
  }
  return day;
}

/** More days than the calendar has lead out of it from anywhere; the bound keeps the sums exact. */
const MAX_WORKDAYS = MAX_DAYS - MIN_DAYS;

function workday(start: number, count: number, pattern: string, lists: readonly string[]): number | RowError {
  const weekend = weekendOf(pattern);
  if (weekend === null || !weekend.includes(false)) return rowError('argumentOutOfRange');
  const holidays = holidaysOf(lists, weekend);
  if (holidays === null) return rowError('notADate');
  if (count === 0) return start;
  if (Math.abs(count) > MAX_WORKDAYS) return rowError('dateOutOfRange');
  const direction = count > 0 ? 1 : -1;
  let wanted = Math.abs(count);
  let day = nthWorkday(start, wanted, direction, weekend);
  // Each holiday on the way pushes the end one workday further, which may take in the next holiday.
  for (const holiday of direction > 0 ? holidays : holidays.toReversed()) {
    const isOnTheWay = (holiday - start) * direction > 0 && (day - holiday) * direction >= 0;
    if (!isOnTheWay) continue;
    wanted += 1;
    day = nthWorkday(start, wanted, direction, weekend);
  }
  return day >= MIN_DAYS && day <= MAX_DAYS ? day : rowError('dateOutOfRange');
}

/*
 * Holidays are texts, so that a date, a list in one text ("2026-01-01,2026-01-12") and a parameter or field
 * that holds such a list all fit.
 */
export const WORKDAY_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('NETWORKDAYS', 'date', ['date', 'date', 'text?...'], 'integer', (start, end, ...holidays) =>
    networkDays(start, end, '', holidays),
  ),
  rowFunction(
    'NETWORKDAYS.INTL',
    'date',
    ['date', 'date', 'text?', 'text?...'],
    'integer',
    (start, end, weekend = '', ...holidays) => networkDays(start, end, weekend, holidays),
  ),
  rowFunction('WORKDAY', 'date', ['date', 'integer', 'text?...'], 'date', (start, count, ...holidays) =>
    workday(start, count, '', holidays),
  ),
  rowFunction(
    'WORKDAY.INTL',
    'date',
    ['date', 'integer', 'text?', 'text?...'],
    'date',
    (start, count, weekend = '', ...holidays) => workday(start, count, weekend, holidays),
  ),
];
