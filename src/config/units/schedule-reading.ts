/** A schedule's five fields in words. Pure. */
import { type Language, localeOf } from '../../ui/i18n';
import type { ConfigTexts } from '../texts';

type UnitTexts = ConfigTexts['unit'];

/** null: too special for words; the next starts say enough. */
export function readSchedule(cron: string, t: UnitTexts, language: Language): string | null {
  const fields = cron.trim().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (fields.length !== 5) return null;
  const days = readDays(day, month, weekday, t, language);
  return days === null ? null : readTimes(minute, hour, days, t);
}

function readDays(
  day: string,
  month: string,
  weekday: string,
  t: UnitTexts,
  language: Language,
): string | null {
  const { reading } = t;
  const ofMonth = day === 'L' ? [reading.lastDay] : numbers(day, 1, 31)?.map((n) => reading.day(String(n)));
  const ofWeek = numbers(weekday, 0, 7)?.map((n) => weekdayName(n, language));
  const months = numbers(month, 1, 12)?.map((n) => monthName(n, language));
  if (ofMonth === undefined || ofWeek === undefined || months === undefined) return null;
  const monthText = ofMonth.length === 0 ? '' : reading.ofMonth(ofMonth);
  const weekText =
    ofWeek.length === 0 ? '' : weekday === '1-5' ? reading.weekdays : reading.ofWeek([...new Set(ofWeek)]);
  const text =
    monthText !== '' && weekText !== ''
      ? reading.either(monthText, weekText)
      : monthText || weekText || reading.everyDay;
  if (months.length === 0) return text;
  return reading.inMonths(months, ofMonth.length > 0 && weekText === '' ? t.sections.join(ofMonth) : text);
}

function readTimes(minute: string, hour: string, days: string, t: UnitTexts): string | null {
  const { reading } = t;
  const hours = numbers(hour, 0, 23);
  if (hours === undefined) return null;
  if (/^\d+$/.test(minute)) {
    const minutes = minute.padStart(2, '0');
    if (hours.length === 0) return reading.hourly(days, String(Number(minute)));
    if (/^(\d+)-(\d+)$/.test(hour) && hours.length > 2) {
      return between(reading.hourly(days, String(Number(minute))), hours, minutes, minutes, t);
    }
    return reading.at(
      days,
      hours.map((one) => `${String(one).padStart(2, '0')}:${minutes}`),
    );
  }
  const every = minute === '*' ? '1' : /^\*\/([1-9]\d?)$/.exec(minute)?.[1];
  if (every === undefined) return null;
  const text = reading.everyMinutes(days, every);
  if (hours.length === 0) return text;
  return /^\d+(-\d+)?$/.test(hour) ? between(text, hours, '00', '59', t) : null;
}

function between(
  text: string,
  hours: readonly number[],
  firstMinute: string,
  lastMinute: string,
  t: UnitTexts,
): string {
  const at = (hour: number | undefined, minute: string) => `${String(hour ?? 0).padStart(2, '0')}:${minute}`;
  return t.reading.between(text, at(hours[0], firstMinute), at(hours.at(-1), lastMinute));
}

/** Numbers and ranges of a field; empty for "*"; undefined for anything else. */
function numbers(field: string, min: number, max: number): readonly number[] | undefined {
  if (field === '*') return [];
  const found: number[] = [];
  for (const part of field.split(',')) {
    const range = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part);
    if (range === null) return undefined;
    const from = Number(range[1]);
    const to = range[2] === undefined ? from : Number(range[2]);
    if (from < min || to > max || from > to) return undefined;
    for (let n = from; n <= to; n++) found.push(n);
  }
  return found;
}

/** 2026-11-01 was a Sunday. */
export function weekdayName(weekday: number, language: Language): string {
  const day = new Date(Date.UTC(2026, 10, 1 + weekday));
  const width = language === 'en' ? 'long' : 'short';
  return new Intl.DateTimeFormat(localeOf(language), { weekday: width, timeZone: 'UTC' }).format(day);
}

function monthName(month: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2026, month - 1, 1)),
  );
}
