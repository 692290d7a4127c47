/** Dates, times and date-times between kintone's text and the integers that columns hold. UTC throughout. */

export const MINUTES_PER_DAY = 1440;

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar; the date must exist.
 * Method: years counted from 1 March, so that the leap day is the last day of its year.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Inverse of `daysFromCivil`. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** "YYYY-MM-DD" to days since 1970-01-01; null when the text is not an existing date. */
export function daysFromText(text: string): number | null {
  return text.length === 10 ? daysAt(text) : null;
}

export function textFromDays(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** "HH:MM" to minutes since 00:00; null when the text is not a time of day. */
export function minutesOfDayFromText(text: string): number | null {
  return text.length === 5 ? minutesOfDayAt(text, 0) : null;
}

export function textFromMinutesOfDay(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

const ISO_MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::([0-5]\d)(?:\.\d+)?)?(?:Z|([+-])(\d{2}:\d{2}))$/;

/**
 * ISO date-time with Z or an offset to minutes since 1970-01-01T00:00Z; null when it is none.
 * Seconds are cut off: kintone keeps minutes (facts: field type DATETIME).
 */
export function minutesFromText(text: string): number | null {
  const match = ISO_MOMENT.exec(text);
  if (match === null) return null;
  const days = daysFromText(match[1] as string);
  const time = minutesOfDayFromText(match[2] as string);
  if (days === null || time === null) return null;
  const minutes = days * MINUTES_PER_DAY + time;
  if (match[4] === undefined) return minutes;
  const offset = minutesOfDayFromText(match[5] as string);
  if (offset === null) return null;
  return match[4] === '+' ? minutes - offset : minutes + offset;
}

export function textFromMinutes(minutes: number): string {
  const days = Math.floor(minutes / MINUTES_PER_DAY);
  return `${textFromDays(days)}T${textFromMinutesOfDay(minutes - days * MINUTES_PER_DAY)}:00Z`;
}

function daysAt(text: string): number | null {
  if (text[4] !== '-' || text[7] !== '-') return null;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return daysFromCivil(year, month, day);
}

function minutesOfDayAt(text: string, start: number): number | null {
  if (text[start + 2] !== ':') return null;
  const hour = digitsAt(text, start, 2);
  const minute = digitsAt(text, start + 3, 2);
  return hour < 0 || hour > 23 || minute < 0 || minute > 59 ? null : hour * 60 + minute;
}

/** The digits as a number; a negative number when one of them is no digit. */
function digitsAt(text: string, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
