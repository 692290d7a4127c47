/** Calendar days as "YYYY-MM-DD" for button conditions. */

/** The day an instant falls on in a time zone; a zone the browser does not know counts as UTC. */
export function dateInZone(atMs: number, timeZone: string): string {
  try {
    // The Swedish locale writes ISO dates.
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(atMs);
  } catch {
    return new Date(atMs).toISOString().slice(0, 10);
  }
}

/** First or last day of the day, month or year that lies `offset` periods from the base day; null for no day. */
export function periodDate(
  baseDay: string,
  unit: 'day' | 'month' | 'year',
  edge: 'start' | 'end',
  offset: number,
): string | null {
  const [year, month, day] = baseDay.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const isEnd = edge === 'end';
  const atMs =
    unit === 'day'
      ? Date.UTC(year, month - 1, day + offset)
      : unit === 'month'
        ? Date.UTC(year, month - 1 + offset + (isEnd ? 1 : 0), isEnd ? 0 : 1)
        : Date.UTC(year + offset, isEnd ? 11 : 0, isEnd ? 31 : 1);
  return Number.isNaN(atMs) ? null : new Date(atMs).toISOString().slice(0, 10);
}
