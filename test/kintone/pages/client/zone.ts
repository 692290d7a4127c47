/** Times are stored in UTC and shown in the user's own zone, not in that of the machine. */

function partsIn(zone: string, date: Date): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
}

/** `2026-04-23T14:11:00Z` as `2026-04-23T23:11` in the zone; '' for no time. */
export function toLocal(utc: string | null, zone: string): string {
  if (!utc) return '';
  const part = partsIn(zone, new Date(utc));
  return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}`;
}

/** The other way round; seconds are always 00, as in kintone. */
export function fromLocal(local: string, zone: string): string {
  if (local === '') return '';
  const wanted = Date.parse(`${local}:00Z`);
  // The zone's offset is known only for a moment in time, so the guess is corrected once for a clock change between.
  const firstGuess = wanted - offsetMs(zone, wanted);
  const moment = wanted - offsetMs(zone, firstGuess);
  return new Date(moment).toISOString().replace('.000Z', 'Z');
}

function offsetMs(zone: string, momentMs: number): number {
  return Date.parse(`${toLocal(new Date(momentMs).toISOString(), zone)}:00Z`) - momentMs;
}

/** As people read it: `2026-04-23 23:11`. */
export function shownTime(utc: string | null, zone: string): string {
  return toLocal(utc, zone).replace('T', ' ');
}
