/** Calendar facts that need a time zone, and dates as people write them. Integers as in columns. */
import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  MINUTES_PER_DAY,
  minutesFromText,
  minutesOfDayFromText,
  textFromDays,
  textFromMinutes,
  textFromMinutesOfDay,
} from '../table/moments';

export const MIN_DAYS = daysFromCivil(1, 1, 1);
export const MAX_DAYS = daysFromCivil(9999, 12, 31);
/** Day 0 of Excel's date numbers from March 1900 on; only TEXT of a number needs it. */
export const EXCEL_EPOCH_DAYS = daysFromCivil(1899, 12, 30);

/** Converts between UTC minutes and the wall clock of one time zone, counted in the same way. */
export interface ZoneCalendar {
  toLocal(utcMinutes: number): number;
  /** In the hour that a clock change skips, the moment after the change; in a doubled hour, the first. */
  toUtc(localMinutes: number): number;
}

const calendars = new Map<string, ZoneCalendar>();

/** @param timeZone IANA name; throws RangeError when the platform does not know it. */
export function zoneCalendar(timeZone: string): ZoneCalendar {
  let calendar = calendars.get(timeZone);
  if (calendar === undefined) {
    calendar = createZoneCalendar(timeZone);
    calendars.set(timeZone, calendar);
  }
  return calendar;
}

function createZoneCalendar(timeZone: string): ZoneCalendar {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const readOffset = (utcMinutes: number): number => {
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(utcMinutes * 60_000)) part[type] = value;
    const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
    const days = daysFromCivil(year, Number(part['month']), Number(part['day']));
    const local = days * MINUTES_PER_DAY + Number(part['hour']) * 60 + Number(part['minute']);
    return local - utcMinutes;
  };
  // Formatting costs microseconds, so offsets are kept per UTC day; NaN marks a day with a clock change.
  const offsetOfDay = new Map<number, number>();
  const offsetAt = (utcMinutes: number): number => {
    const day = Math.floor(utcMinutes / MINUTES_PER_DAY);
    let offset = offsetOfDay.get(day);
    if (offset === undefined) {
      const first = readOffset(day * MINUTES_PER_DAY);
      offset = first === readOffset((day + 1) * MINUTES_PER_DAY) ? first : Number.NaN;
      offsetOfDay.set(day, offset);
    }
    return !Number.isNaN(offset) ? offset : readOffset(utcMinutes);
  };
  return {
    toLocal: (utcMinutes) => utcMinutes + offsetAt(utcMinutes),
    toUtc(localMinutes) {
      const before = localMinutes - offsetAt(localMinutes - MINUTES_PER_DAY);
      if (before + offsetAt(before) === localMinutes) return before;
      const after = localMinutes - offsetAt(localMinutes + MINUTES_PER_DAY);
      return after + offsetAt(after) === localMinutes ? after : before;
    },
  };
}

export function dayOfMinutes(minutes: number): number {
  return Math.floor(minutes / MINUTES_PER_DAY);
}

export function minuteOfDay(minutes: number): number {
  return minutes - dayOfMinutes(minutes) * MINUTES_PER_DAY;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayFromMonday(days: number): number {
  // 1970-01-01 was a Thursday: three days after the Monday that the week is counted from here.
  return (((days + 3) % 7) + 7) % 7;
}

/** Same day of the month `months` later, or that month's last day when it is shorter (EDATE). */
export function addMonths(days: number, months: number): number {
  const { year, month, day } = civilFromDays(days);
  return clampedDate(year, month + months, day);
}

/** Month counted from 1 of `year`, any integer; the day is cut to the month's length. */
export function clampedDate(year: number, month: number, day: number): number {
  const index = year * 12 + month - 1;
  const realYear = Math.floor(index / 12);
  const realMonth = index - realYear * 12 + 1;
  return daysFromCivil(realYear, realMonth, Math.min(day, daysInMonth(realYear, realMonth)));
}

// The two middle forms have the CJK ideographs for year, month and day; the separator must not change midway.
const DATE_TEXT = /^\s*(\d{4})(?:(-|\/|\.)(\d{1,2})\2(\d{1,2})|\u5e74(\d{1,2})\u6708(\d{1,2})\u65e5)\s*/u;
const TIME_TEXT = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;

/** YYYY-MM-DD, YYYY/M/D, YYYY.M.D and the Japanese long form, alone or before a time; null otherwise. */
export function parseDateText(text: string): number | null {
  const match = DATE_TEXT.exec(text);
  if (match === null) return null;
  const rest = text.slice(match[0].length).trim();
  if (rest !== '' && parseTimeText(rest) === null) return null;
  const year = Number(match[1]);
  const month = Number(match[3] ?? match[5]);
  const day = Number(match[4] ?? match[6]);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return daysFromCivil(year, month, day);
}

/** H:MM or HH:MM, seconds are cut off; null when it is no time of day. */
export function parseTimeText(text: string): number | null {
  const match = TIME_TEXT.exec(text.trim());
  if (match === null) return null;
  return minutesOfDayFromText(`${match[1]!.padStart(2, '0')}:${match[2]}`);
}

/** Seconds of the time that a text names or ends with; 0 when it names none. */
export function secondOfTimeText(text: string): number {
  return Number(/\d{1,2}:\d{2}:([0-5]\d)(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?\s*$/.exec(text)?.[1] ?? 0);
}

/**
 * "YYYY-MM-DD HH:MM" on the zone's wall clock. Where the wall clock cannot tell (the second passing of an hour that a
 * clock change doubles, or a local day beyond the year 9999), kintone's UTC form: `parseDateTimeText` reads the same
 * moment back from every text made here.
 */
export function textOfDateTime(utcMinutes: number, zone: ZoneCalendar): string {
  const local = zone.toLocal(utcMinutes);
  const day = dayOfMinutes(local);
  if (day < MIN_DAYS || day > MAX_DAYS || zone.toUtc(local) !== utcMinutes)
    return textFromMinutes(utcMinutes);
  return `${textFromDays(day)} ${textFromMinutesOfDay(minuteOfDay(local))}`;
}

/** kintone's UTC form, or a date with an optional time on the zone's wall clock. UTC minutes. */
export function parseDateTimeText(text: string, zone: ZoneCalendar): number | null {
  const exact = minutesFromText(text.trim());
  if (exact !== null) return exact;
  const match = DATE_TEXT.exec(text);
  const days = match === null ? null : parseDateText(match[0]);
  if (match === null || days === null) return null;
  const rest = text.slice(match[0].length).trim();
  const time = rest === '' ? 0 : parseTimeText(rest);
  return time === null ? null : zone.toUtc(days * MINUTES_PER_DAY + time);
}
