/** A civil day as days since 1970-01-01; free of time zones. */
export type Day = number;

export const DAY_MS = 86_400_000;

/** @param month 1 to 12, but any integer rolls over; likewise `date`. */
export function dayOf(year: number, month: number, date: number): Day {
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

export function partsOf(day: Day): { year: number; month: number; date: number; weekday: number } {
  const utc = new Date(day * DAY_MS);
  return {
    year: utc.getUTCFullYear(),
    month: utc.getUTCMonth() + 1,
    date: utc.getUTCDate(),
    weekday: utc.getUTCDay(),
  };
}

/** Number of days in a month; `month` may be out of 1 to 12 and rolls over. */
export function monthLength(year: number, month: number): number {
  return dayOf(year, month + 1, 1) - dayOf(year, month, 1);
}

/** Reads `YYYY-MM-DD` (one-digit months and days too). @returns `null` for anything else or an impossible date. */
export function parseDay(text: string): Day | null {
  const match = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text);
  if (match === null) return null;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  // Date.UTC takes years below 100 for 19xx; kintone's dates start in 1000.
  if (year < 1000) return null;
  const day = dayOf(year, month, date);
  const parts = partsOf(day);
  return parts.month === month && parts.date === date ? day : null;
}

/** The civil day that a moment falls on in a time zone. */
export function dayAt(timeMs: number, timeZone: string): Day {
  return Math.floor((timeMs + offsetMs(timeMs, timeZone)) / DAY_MS);
}

/** The first moment of a civil day in a time zone, in milliseconds; right also where clocks change at midnight. */
export function dayStartMs(day: Day, timeZone: string): number {
  const asUtc = day * DAY_MS;
  const first = asUtc - offsetMs(asUtc, timeZone);
  const second = asUtc - offsetMs(first, timeZone);
  const [early, late] = first < second ? [first, second] : [second, first];
  // Two guesses differ only near a clock change; the earlier one is right unless it still lies on the day before.
  return dayAt(early, timeZone) === day ? early : late;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local time minus UTC. */
function offsetMs(timeMs: number, timeZone: string): number {
  const wholeSeconds = Math.floor(timeMs / 1000) * 1000;
  const part: Record<string, number> = {};
  for (const { type, value } of formatFor(timeZone).formatToParts(wholeSeconds)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds;
}

/** Building a formatter costs far more than using it, and queries ask for the same few zones. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
