/**
 * Starts by the clock: what a schedule's five fields mean, and when it starts next. The server and the
 * settings page judge by this file alone, so the page never promises an instant that the server does not keep.
 * The fields are read by croner; see its documentation for `L`, `#` and names of months and days.
 */
import { Cron } from 'croner';
import { type Problem, problem } from '../definition/errors';
import type { Schedule, Settings } from '../definition/types';
import { zoneCalendar } from '../formula/calendar';
import { MINUTES_PER_DAY, textFromDays } from '../table/moments';

const MINUTE_MS = 60_000;
/** Where the search for a first start begins; any day does, and a fixed one keeps the judgement the same. */
const ANY_DAY = new Date(Date.UTC(2024, 0, 1));

/** What is wrong with a schedule; null: it will start. */
export type ScheduleFault = 'cronInvalid' | 'timeZoneUnknown' | 'neverStarts';

export function scheduleFault(schedule: Pick<Schedule, 'cron' | 'timeZone'>): ScheduleFault | null {
  if (!isTimeZone(schedule.timeZone)) return 'timeZoneUnknown';
  const cron = parseCron(schedule);
  if (cron === null) return 'cronInvalid';
  return cron.nextRun(ANY_DAY) === null ? 'neverStarts' : null;
}

/**
 * Problems of all schedules. Codes: errors `scheduleCronInvalid {cron}`, `scheduleTimeZoneUnknown {timeZone}`,
 * `scheduleNeverStarts {cron}`.
 */
export function validateSchedules(settings: Pick<Settings, 'units'>): readonly Problem[] {
  return settings.units.flatMap((unit) =>
    unit.schedules.flatMap((schedule, index) => {
      const fault = scheduleFault(schedule);
      if (fault === null) return [];
      const { cron, timeZone } = schedule;
      const at = (field: string) => ({ unitId: unit.id, field: `schedules.${index}.${field}` });
      if (fault === 'timeZoneUnknown') {
        return [problem('error', 'scheduleTimeZoneUnknown', { timeZone }, at('timeZone'))];
      }
      const code = fault === 'cronInvalid' ? 'scheduleCronInvalid' : 'scheduleNeverStarts';
      return [problem('error', code, { cron }, at('cron'))];
    }),
  );
}

/**
 * The next instants (epoch ms, ascending, later than `afterMs`) at which the schedule starts its unit; fewer
 * than `count` when it ends. A start moved off a holiday keeps its local time of day, and falls together with
 * a start that is there already. Empty for a schedule with a fault.
 * @param holidays "YYYY-MM-DD", days in the schedule's time zone.
 */
export function nextStarts(
  schedule: Schedule,
  holidays: readonly string[],
  afterMs: number,
  count: number,
): readonly number[] {
  const cron = isTimeZone(schedule.timeZone) ? parseCron(schedule) : null;
  if (cron === null) return [];
  const calendar = dayCalendar(schedule, holidays);
  const found: number[] = [];
  let day = calendar.target(calendar.dayOf(afterMs));
  while (found.length < count) {
    const sources = calendar.sources(day);
    const starts = new Set<number>();
    for (const source of sources) {
      for (const nominalMs of startsWithin(cron, calendar.startOf(source), calendar.startOf(source + 1))) {
        starts.add(source === day ? nominalMs : calendar.moved(nominalMs, day));
      }
    }
    found.push(...[...starts].filter((startMs) => startMs > afterMs).sort((a, b) => a - b));
    const next = cron.nextRun(new Date(calendar.startOf(Math.max(day, ...sources) + 1) - 1));
    if (next === null) break;
    day = Math.max(day + 1, calendar.target(calendar.dayOf(next.getTime())));
  }
  return found.slice(0, count);
}

function startsWithin(cron: Cron, fromMs: number, untilMs: number): readonly number[] {
  const found: number[] = [];
  let next = cron.nextRun(new Date(fromMs - 1));
  while (next !== null && next.getTime() < untilMs) {
    found.push(next.getTime());
    next = cron.nextRun(next);
  }
  return found;
}

/** The calendar days (counted as in columns) of a schedule, and which of them take over the starts of which. */
function dayCalendar({ timeZone, holidays: policy }: Schedule, holidays: readonly string[]) {
  const closed = new Set(policy === 'run' ? [] : holidays);
  const isClosed = (day: number): boolean => closed.size > 0 && closed.has(textFromDays(day));
  const zone = zoneCalendar(timeZone);
  const toLocal = (atMs: number): number => zone.toLocal(Math.floor(atMs / MINUTE_MS));
  const dayOf = (atMs: number): number => Math.floor(toLocal(atMs) / MINUTES_PER_DAY);
  const step = policy === 'dayBefore' ? -1 : 1;
  return {
    dayOf,
    startOf: (day: number): number => zone.toUtc(day * MINUTES_PER_DAY) * MINUTE_MS,
    /** The days whose starts take place on this one. */
    sources(day: number): readonly number[] {
      if (isClosed(day)) return [];
      const days = [day];
      if (policy !== 'dayBefore' && policy !== 'dayAfter') return days;
      for (let other = day - step; isClosed(other); other -= step) days.push(other);
      return days;
    },
    /** The day on which the starts of this one take place; for a day that is left out, the day itself. */
    target(day: number): number {
      let other = day;
      while (policy !== 'skip' && isClosed(other)) other += step;
      return other;
    },
    /** The same local time of day on another day. */
    moved(nominalMs: number, day: number): number {
      const minuteOfDay = toLocal(nominalMs) - dayOf(nominalMs) * MINUTES_PER_DAY;
      return zone.toUtc(day * MINUTES_PER_DAY + minuteOfDay) * MINUTE_MS;
    },
  };
}

/** null: not five fields that mean something. */
function parseCron({ cron, timeZone }: Pick<Schedule, 'cron' | 'timeZone'>): Cron | null {
  const pattern = cron.trim().replace(/\s+/g, ' ');
  // croner has signs of its own beside the usual ones; what only one reader understands helps nobody.
  if (pattern.split(' ').length !== 5 || /[@+?]/.test(pattern)) return null;
  try {
    return new Cron(pattern, { mode: '5-part', timezone: timeZone, paused: true });
  } catch {
    return null;
  }
}

export function isTimeZone(timeZone: string): boolean {
  // An offset such as "+09:00" is known to some platforms only, and has no summer time.
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
