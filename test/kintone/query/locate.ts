import { DAY_MS, type Day, dayOf, dayStartMs, parseDay } from './calendar';
import { compareDecimals, type Decimal, halfWidthDigits, parseDecimal } from './decimal';
import type { FieldKind } from './fields';
import { daysOf } from './functions';
import type { Operand, QueryContext } from './types';

/** Kinds whose values have an order. */
export type OrderedKind = Extract<FieldKind, 'id' | 'number' | 'date' | 'time' | 'datetime' | 'duration'>;

/** A stored value lies before (-1), in (0) or after (1) what the operand stands for; `null`: the value is blank. */
export type Locator = (value: unknown) => -1 | 0 | 1 | null;

export type Clock = Pick<QueryContext, 'nowMs' | 'timeZone'>;

/** kintone's dates (facts 2.7). */
const FIRST_DAY = dayOf(1000, 1, 1);
const LAST_DAY = dayOf(9999, 12, 31);
const MINUTE_MS = 60_000;

export function isOrdered(kind: FieldKind): kind is OrderedKind {
  return kind in LOCATORS;
}

/**
 * Turns an operand into a test of stored values.
 *
 * An operand may cover a range: a day for a DATETIME field, a week for THIS_WEEK(), a minute for a moment (kintone
 * times have minute precision, facts 0.16).
 *
 * @returns `blank` for `""`, `unreadable` for a text that is no value of the kind (or a function that does not fit).
 */
export function locator(kind: OrderedKind, operand: Operand, clock: Clock): Locator | 'blank' | 'unreadable' {
  if (operand.kind === 'string' && operand.text === '') return 'blank';
  return LOCATORS[kind](operand, clock) ?? 'unreadable';
}

const LOCATORS: Readonly<Record<OrderedKind, (operand: Operand, clock: Clock) => Locator | null>> = {
  id: (operand) => (operand.kind === 'function' ? null : locateId(operand.text)),
  number: (operand) => (operand.kind === 'function' ? null : locateNumber(operand.text)),
  time: (operand) => (operand.kind === 'function' ? null : locateMinutes(operand.text, parseTime)),
  duration: (operand) => (operand.kind === 'function' ? null : locateMinutes(operand.text, parseDuration)),
  date: locateDate,
  datetime: locateDatetime,
};

/**
 * `$id` and record numbers: integers, optionally with the app code before a hyphen. Exponents and decimal points are
 * not read here, unlike in NUMBER (observed on a tenant by the public kintone-emulator project).
 */
function locateId(text: string): Locator | null {
  const match = /^(?:(.*[^-])-|([+-]?))([0-9]+)$/.exec(halfWidthDigits(text));
  if (match === null) return null;
  const prefix = match[1] ?? null;
  const wanted = Number(`${match[2] ?? ''}${match[3]}`);
  return (value) => {
    const stored = textOf(value);
    if (stored === '') return null;
    const hyphen = stored.lastIndexOf('-');
    // An app code in the query that is not the app's own equals no record; "before" is the harmless answer.
    if (prefix !== null && stored.slice(0, Math.max(hyphen, 0)) !== prefix) return -1;
    const id = Number(hyphen < 0 ? stored : stored.slice(hyphen + 1));
    return id === wanted ? 0 : id < wanted ? -1 : 1;
  };
}

/** Up to 15 digits a double is exact enough to order decimals, and that is nearly every number there is. */
const FAST_LENGTH = 15;
const FAST_NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/;

function locateNumber(text: string): Locator | null {
  const wanted = parseDecimal(text);
  if (wanted === null) return null;
  const fastWanted = asDouble(wanted);
  return (value) => {
    const stored = textOf(value);
    if (stored === '') return null;
    if (fastWanted !== null && stored.length <= FAST_LENGTH && FAST_NUMBER.test(stored)) {
      const number = Number(stored);
      return number === fastWanted ? 0 : number < fastWanted ? -1 : 1;
    }
    const exact = parseDecimal(stored);
    return exact === null ? null : compareDecimals(exact, wanted);
  };
}

function asDouble(decimal: Decimal): number | null {
  if (decimal.digits.length > FAST_LENGTH || Math.abs(decimal.exponent) > FAST_LENGTH) return null;
  return decimal.sign === 0 ? 0 : decimal.sign * Number(`0.${decimal.digits}e${decimal.exponent}`);
}

function locateMinutes(text: string, parse: (text: string) => number | null): Locator | null {
  const wanted = parse(text);
  if (wanted === null) return null;
  return (value) => {
    const minutes = parse(textOf(value));
    return minutes === null ? null : minutes === wanted ? 0 : minutes < wanted ? -1 : 1;
  };
}

function parseTime(text: string): number | null {
  const match = /^([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?$/.exec(text);
  if (match === null || Number(match[1]) > 23 || Number(match[2]) > 59) return null;
  return Number(match[1]) * 60 + Number(match[2]);
}

/** CALC with format HOUR_MINUTE or DAY_HOUR_MINUTE: hours may exceed a day and may be negative. */
function parseDuration(text: string): number | null {
  const match = /^(-?)([0-9]+):([0-9]{2})$/.exec(text);
  if (match === null) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

function locateDate(operand: Operand, clock: Clock): Locator | null {
  const range = dayRange(operand, clock);
  if (range === null) return null;
  return locateText(dayText(range[0]), dayText(range[1]), dateTextOf);
}

function locateDatetime(operand: Operand, clock: Clock): Locator | null {
  const range = momentRange(operand, clock);
  if (range === null) return null;
  return locateText(momentText(range[0]), momentText(range[1]), momentTextOf);
}

/** ISO texts of one shape sort like what they mean, which spares parsing every stored value. */
function locateText(first: string, last: string, read: (value: unknown) => string | null): Locator {
  return (value) => {
    const stored = read(value);
    return stored === null ? null : stored < first ? -1 : stored > last ? 1 : 0;
  };
}

function dayRange(operand: Operand, clock: Clock): [Day, Day] | null {
  if (operand.kind === 'function') {
    return operand.name === 'NOW' ? null : daysOf(operand, clock);
  }
  const day = parseDay(operand.text);
  return day === null ? null : [day, day];
}

/** First and last moment, both included, in milliseconds. */
function momentRange(operand: Operand, clock: Clock): [number, number] | null {
  const moment =
    operand.kind === 'function' ? (operand.name === 'NOW' ? clock.nowMs : null) : parseMoment(operand.text);
  if (moment !== null) {
    const minute = Math.floor(moment / MINUTE_MS) * MINUTE_MS;
    return [minute, minute + MINUTE_MS - 1];
  }
  const days = dayRange(operand, clock);
  if (days === null) return null;
  const [first, last] = days.map(clampDay) as [Day, Day];
  return [dayStartMs(first, clock.timeZone), dayStartMs(last + 1, clock.timeZone) - 1];
}

/** A moment needs its offset (`Z`, `+09:00` or `+0900`); seconds may be missing. */
function parseMoment(text: string): number | null {
  const match =
    /^([0-9-]+)T([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})$/.exec(text);
  if (match === null) return null;
  const [, dayPart = '', hour, minute, second = '0', zone = 'Z'] = match;
  const day = parseDay(dayPart);
  if (day === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const local = day * DAY_MS + (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second) * 1000;
  if (zone === 'Z') return local;
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return local - (zone.startsWith('-') ? -offset : offset) * MINUTE_MS;
}

function clampDay(day: Day): Day {
  return Math.max(FIRST_DAY, Math.min(LAST_DAY, day));
}

function dayText(day: Day): string {
  return new Date(clampDay(day) * DAY_MS).toISOString().slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM:SSZ`, the shape of stored values. */
function momentText(timeMs: number): string {
  const clamped = Math.max(FIRST_DAY * DAY_MS, Math.min((LAST_DAY + 1) * DAY_MS - 1, timeMs));
  return `${new Date(clamped).toISOString().slice(0, 19)}Z`;
}

function dateTextOf(value: unknown): string | null {
  const text = textOf(value);
  return text === '' ? null : text;
}

function momentTextOf(value: unknown): string | null {
  const text = textOf(value);
  if (text.length === 20 && text.endsWith('Z')) return text;
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? null : momentText(timeMs);
}

/** kintone keeps single values as strings; null and a missing key mean blank. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}
