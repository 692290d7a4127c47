import { type Day, dayAt, dayOf, monthLength, partsOf } from './calendar';
import { QueryError } from './errors';
import type { FunctionCall, QueryContext } from './types';

/** What a function stands for: a person, an organization, a moment or a run of days. */
type FunctionResult = 'user' | 'organization' | 'moment' | 'days';

type Arguments = 'none' | 'fromToday' | 'weekday' | 'dayOfMonth';

interface FunctionSpec {
  readonly result: FunctionResult;
  readonly args: Arguments;
}

/** All functions of the query language [docs overview/query]. */
const FUNCTIONS: ReadonlyMap<string, FunctionSpec> = new Map([
  ['LOGINUSER', { result: 'user', args: 'none' }],
  ['PRIMARY_ORGANIZATION', { result: 'organization', args: 'none' }],
  ['NOW', { result: 'moment', args: 'none' }],
  ['TODAY', { result: 'days', args: 'none' }],
  ['YESTERDAY', { result: 'days', args: 'none' }],
  ['TOMORROW', { result: 'days', args: 'none' }],
  ['FROM_TODAY', { result: 'days', args: 'fromToday' }],
  ['LAST_WEEK', { result: 'days', args: 'weekday' }],
  ['THIS_WEEK', { result: 'days', args: 'weekday' }],
  ['NEXT_WEEK', { result: 'days', args: 'weekday' }],
  ['LAST_MONTH', { result: 'days', args: 'dayOfMonth' }],
  ['THIS_MONTH', { result: 'days', args: 'dayOfMonth' }],
  ['NEXT_MONTH', { result: 'days', args: 'dayOfMonth' }],
  ['LAST_YEAR', { result: 'days', args: 'none' }],
  ['THIS_YEAR', { result: 'days', args: 'none' }],
  ['NEXT_YEAR', { result: 'days', args: 'none' }],
]);

const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
const UNITS = ['DAYS', 'WEEKS', 'MONTHS', 'YEARS'];
const SHIFTS: Readonly<Record<string, number>> = { LAST: -1, THIS: 0, NEXT: 1 };

export function isFunctionName(name: string): boolean {
  return FUNCTIONS.has(name);
}

/** @returns what the function yields, which decides the field types it fits. */
export function functionResult(call: FunctionCall): FunctionResult {
  return specOf(call).result;
}

/**
 * Checks number and values of a call's arguments.
 *
 * Known: GAIA_IL08 for the count, GAIA_IQ23 for a day of month out of 1 to 31, GAIA_IQ25 for the unit (facts 2.6).
 * Assumed: GAIA_IQ23 also for a bad weekday, GAIA_IQ25 also for an amount that is no integer.
 *
 * @param field only named in the error.
 */
export function checkArguments(call: FunctionCall, field: string): void {
  const { args } = specOf(call);
  const [least, most] = args === 'none' ? [0, 0] : args === 'fromToday' ? [2, 2] : [0, 1];
  const where = { field, function: call.name, position: call.position };
  if (call.args.length < least || call.args.length > most) {
    throw new QueryError('GAIA_IL08', { reason: 'argumentCount', ...where });
  }
  const badIndex = call.args.findIndex((_, index) => !isArgumentValid(call, args, index));
  if (badIndex < 0) return;
  throw new QueryError(args === 'fromToday' ? 'GAIA_IQ25' : 'GAIA_IQ23', {
    reason: 'argumentValue',
    ...where,
    argumentIndex: badIndex,
    value: call.args[badIndex]?.text ?? '',
  });
}

function isArgumentValid(call: FunctionCall, kind: Arguments, index: number): boolean {
  const argument = call.args[index];
  if (argument === undefined || argument.kind === 'string') return false;
  const { text } = argument;
  if (kind === 'weekday') return WEEKDAYS.includes(text);
  if (kind === 'fromToday') return index === 0 ? /^[+-]?[0-9]{1,6}$/.test(text) : UNITS.includes(text);
  return text === 'LAST' || (/^[0-9]{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 31);
}

/**
 * The days that a call of result `days` stands for, both ends included, seen from the calling user's time zone.
 *
 * Weeks start on Sunday. A day of month that the month lacks is the first of the next month. FROM_TODAY with months or
 * years keeps the day and falls back to the last day of a shorter month (assumed).
 */
export function daysOf(call: FunctionCall, context: Pick<QueryContext, 'nowMs' | 'timeZone'>): [Day, Day] {
  const today = dayAt(context.nowMs, context.timeZone);
  const single = (day: Day): [Day, Day] => [day, day];
  if (call.name === 'TODAY') return single(today);
  if (call.name === 'YESTERDAY') return single(today - 1);
  if (call.name === 'TOMORROW') return single(today + 1);
  const [first, second] = call.args;
  if (call.name === 'FROM_TODAY') return single(shiftDay(today, Number(first?.text), second?.text ?? ''));
  const [word = '', unit] = call.name.split('_');
  const shift = SHIFTS[word] ?? 0;
  if (unit === 'WEEK') return week(today, shift, first?.text);
  return unit === 'MONTH' ? month(today, shift, first?.text) : year(today, shift);
}

function week(today: Day, shift: number, weekday: string | undefined): [Day, Day] {
  const sunday = today - partsOf(today).weekday + 7 * shift;
  if (weekday === undefined) return [sunday, sunday + 6];
  const day = sunday + WEEKDAYS.indexOf(weekday);
  return [day, day];
}

function month(today: Day, shift: number, which: string | undefined): [Day, Day] {
  const now = partsOf(today);
  const first = dayOf(now.year, now.month + shift, 1);
  const length = monthLength(now.year, now.month + shift);
  if (which === undefined) return [first, first + length - 1];
  const day = first + Math.min(which === 'LAST' ? length : Number(which), length + 1) - 1;
  return [day, day];
}

function year(today: Day, shift: number): [Day, Day] {
  const first = partsOf(today).year + shift;
  return [dayOf(first, 1, 1), dayOf(first, 12, 31)];
}

function shiftDay(today: Day, amount: number, unit: string): Day {
  if (unit === 'DAYS') return today + amount;
  if (unit === 'WEEKS') return today + 7 * amount;
  const now = partsOf(today);
  // Beyond kintone's dates anyway, but still inside what a JavaScript Date can hold.
  const furthest = 100_000;
  const months = Math.max(-furthest, Math.min(furthest, unit === 'YEARS' ? 12 * amount : amount));
  const length = monthLength(now.year, now.month + months);
  return dayOf(now.year, now.month + months, Math.min(now.date, length));
}

function specOf(call: FunctionCall): FunctionSpec {
  const spec = FUNCTIONS.get(call.name);
  if (spec === undefined) throw new RangeError(`no such query function: ${call.name}`);
  return spec;
}
