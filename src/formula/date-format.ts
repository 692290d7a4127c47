/** Date part of TEXT. */
import { civilFromDays, MINUTES_PER_DAY } from '../table/moments';
import type { DateUnit, FormatPart } from './format-part';

/** What is being written: days since 1970 and minutes of the day; null where the value has none. */
export interface ClockValue {
  readonly days: number | null;
  readonly minutes: number | null;
  /** For `[h]`: all minutes of a time or duration. */
  readonly elapsedMinutes: number | null;
}

const MS_PER_DAY = 86_400_000;

/** English names come from the platform so that no list of words lives in code; UTC, as days are. */
function platformName(locale: string, options: Intl.DateTimeFormatOptions): (days: number) => string {
  let format: Intl.DateTimeFormat | null = null;
  return (days) => {
    format ??= new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return format.format(days * MS_PER_DAY);
  };
}

function eraPart(era: 'narrow' | 'short' | 'long', type: 'era' | 'year'): (days: number) => string {
  let format: Intl.DateTimeFormat | null = null;
  return (days) => {
    format ??= new Intl.DateTimeFormat('ja-JP-u-ca-japanese-nu-latn', {
      era,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    });
    const text = format.formatToParts(days * MS_PER_DAY).find((part) => part.type === type)?.value ?? '';
    // The first year of an era has a name of its own in this calendar; formats want its number.
    return type === 'year' && !/^\d+$/.test(text) ? '1' : text;
  };
}

const monthNames = [
  platformName('en-US', { month: 'short' }),
  platformName('en-US', { month: 'long' }),
  platformName('en-US', { month: 'narrow' }),
];
const weekdayNames = [
  platformName('en-US', { weekday: 'short' }),
  platformName('en-US', { weekday: 'long' }),
];
const localWeekdayNames = [
  platformName('ja-JP', { weekday: 'short' }),
  platformName('ja-JP', { weekday: 'long' }),
];
const eraNames = [eraPart('narrow', 'era'), eraPart('short', 'era'), eraPart('long', 'era')];
const eraYear = eraPart('long', 'year');

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function writeDateUnit(unit: DateUnit, width: number, days: number): string {
  const { year, month, day } = civilFromDays(days);
  switch (unit) {
    case 'year':
      return width <= 2 ? padded(year % 100, 2) : padded(year, 4);
    case 'month':
      return width <= 2 ? padded(month, width) : monthNames[Math.min(width, 5) - 3]!(days);
    case 'day':
      return padded(day, width);
    case 'weekday':
      return weekdayNames[Math.min(width, 4) - 3]!(days);
    case 'localWeekday':
      return localWeekdayNames[width - 3]!(days);
    case 'era':
      // One letter is Latin (R), two the first character, three the whole name.
      return width === 2 ? Array.from(eraNames[2]!(days))[0]! : eraNames[width === 1 ? 0 : 2]!(days);
    default:
      return padded(Number(eraYear(days)), width);
  }
}

function writeClockUnit(unit: DateUnit, width: number, minutes: number, isHalfDay: boolean): string {
  const size = Math.min(width, 2);
  if (unit === 'minute') return padded(minutes % 60, size);
  // kintone keeps whole minutes.
  if (unit === 'second') return padded(0, size);
  const hour = Math.floor(minutes / 60);
  return padded(isHalfDay ? ((hour + 11) % 12) + 1 : hour, size);
}

const CLOCK_UNITS: ReadonlySet<DateUnit> = new Set(['hour', 'minute', 'second']);

/** Null when the format asks for what the value does not have, such as the year of a time. */
export function writeMoment(parts: readonly FormatPart[], value: ClockValue): string | null {
  const isHalfDay = parts.some((part) => part.kind === 'halfDay');
  let text = '';
  for (const part of parts) {
    const piece = writePart(part, value, isHalfDay, parts);
    if (piece === null) return null;
    text += piece;
  }
  return text;
}

function writePart(
  part: FormatPart,
  { days, minutes, elapsedMinutes }: ClockValue,
  isHalfDay: boolean,
  parts: readonly FormatPart[],
): string | null {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'point':
      return '.';
    case 'comma':
      return ',';
    case 'halfDay':
      return minutes === null ? null : minutes < MINUTES_PER_DAY / 2 ? part.am : part.pm;
    case 'elapsed': {
      if (elapsedMinutes === null) return null;
      const size = Math.abs(elapsedMinutes);
      const amount = part.unit === 'hour' ? Math.floor(size / 60) : size;
      const isFirst = parts.find((other) => other.kind === 'elapsed') === part;
      return (elapsedMinutes < 0 && isFirst ? '-' : '') + padded(amount, part.width);
    }
    case 'date':
      if (CLOCK_UNITS.has(part.unit)) {
        const ofDay = minutes ?? (days === null ? null : 0);
        return ofDay === null ? null : writeClockUnit(part.unit, part.width, ofDay, isHalfDay);
      }
      return days === null ? null : writeDateUnit(part.unit, part.width, days);
    default:
      return null;
  }
}
