/** Calendar days and their instants in a time zone, in the text forms that cells have. */
import type { ConditionValue } from '../definition/types';
import { zoneCalendar } from '../formula/calendar';
import {
  civilFromDays,
  daysFromCivil,
  daysFromText,
  daysInMonth,
  MINUTES_PER_DAY,
  textFromDays,
  textFromMinutes,
} from '../table/index';

const MINUTE_MS = 60_000;

const minutesOf = (instantMs: number): number => Math.floor(instantMs / MINUTE_MS);

/** The calendar day ("YYYY-MM-DD") of an instant (epoch ms) in a time zone (IANA name). */
export function localDay(instantMs: number, timeZone: string): string {
  return textFromDays(Math.floor(zoneCalendar(timeZone).toLocal(minutesOf(instantMs)) / MINUTES_PER_DAY));
}

/** Minutes since local midnight of an instant (epoch ms) in a time zone. */
export function localMinutes(instantMs: number, timeZone: string): number {
  const local = zoneCalendar(timeZone).toLocal(minutesOf(instantMs));
  return local - Math.floor(local / MINUTES_PER_DAY) * MINUTES_PER_DAY;
}

/** The first minute of a calendar day in a time zone, as kintone writes an instant. */
export function dayStart(day: string, timeZone: string): string {
  return textFromMinutes(zoneCalendar(timeZone).toUtc(daysOf(day) * MINUTES_PER_DAY));
}

/** The last minute of a calendar day in a time zone, as kintone writes an instant. */
export function dayEnd(day: string, timeZone: string): string {
  return textFromMinutes(zoneCalendar(timeZone).toUtc((daysOf(day) + 1) * MINUTES_PER_DAY) - 1);
}

/** "YYYY-MM-DD" that exists in the calendar. */
export const isDay = (text: string): boolean => daysFromText(text) !== null;

/** kintone's form of an instant (epoch ms), "YYYY-MM-DDTHH:MM:00Z". */
export const instantText = (instantMs: number): string => textFromMinutes(minutesOf(instantMs));

type Period = Extract<ConditionValue, { kind: 'period' }>;

/** First or last day of the period that lies `offset` periods from the one that holds `base` ("YYYY-MM-DD"). */
export function periodDay(base: string, period: Pick<Period, 'unit' | 'edge' | 'offset'>): string {
  const days = daysOf(base);
  if (period.unit === 'day') return textFromDays(days + period.offset);
  const { year, month } = civilFromDays(days);
  if (period.unit === 'year') {
    const wanted = year + period.offset;
    return textFromDays(
      period.edge === 'start' ? daysFromCivil(wanted, 1, 1) : daysFromCivil(wanted, 12, 31),
    );
  }
  const months = year * 12 + month - 1 + period.offset;
  const wantedYear = Math.floor(months / 12);
  const wantedMonth = months - wantedYear * 12 + 1;
  const day = period.edge === 'start' ? 1 : daysInMonth(wantedYear, wantedMonth);
  return textFromDays(daysFromCivil(wantedYear, wantedMonth, day));
}

function daysOf(day: string): number {
  const days = daysFromText(day);
  if (days === null) throw new Error(`Not a calendar day: ${day}`);
  return days;
}
