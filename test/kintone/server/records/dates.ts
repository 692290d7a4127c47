/** Reading of DATE, TIME and DATETIME as kintone writes them; null means "not a valid value". */

const datePattern = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const timePattern = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;
const dateTimePattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** A calendar day of the years 1000 to 9999 as YYYY-MM-DD. */
export function readDate(text: string): string | null {
  const match = datePattern.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1000) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/** A time of day as HH:MM; seconds are cut. */
export function readTime(text: string): string | null {
  const match = timePattern.exec(text);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** A moment in UTC with minute precision; seconds are cut. */
export function readDateTime(text: string): string | null {
  const match = dateTimePattern.exec(text);
  if (match === null || readDate(match[1]!) === null) return null;
  const zone = match[4]!;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const timeMs = Date.parse(`${match[1]}T${match[2]}:${match[3]}:00${offset}`);
  if (Number.isNaN(timeMs)) return null;
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
