/** The filters of the log as a person sets them, and as the source understands them. */
import { dayEnd, dayStart, isDay } from '../commands/calendar';
import type { RunState } from '../definition/types';
import type { LogQuery } from './source';

export type Period = 'day' | 'week' | 'month' | 'custom' | 'all';

export interface Filters {
  readonly states: readonly RunState[];
  /** Blank: every unit. */
  readonly unitId: string;
  readonly period: Period;
  /** Days "YYYY-MM-DD" for the period `custom`; blank: open. */
  readonly fromDay: string;
  readonly toDay: string;
}

/** Without a wish the last week is shown: what happened lately is what people come for. */
export const FIRST_FILTERS: Filters = { states: [], unitId: '', period: 'week', fromDay: '', toDay: '' };

export const PAGE_SIZE = 30;

const DAY_MS = 86_400_000;
const PERIOD_MS: Readonly<Record<Exclude<Period, 'custom' | 'all'>, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

/** Whether the chosen days contradict each other. */
export function isPeriodWrong({ period, fromDay, toDay }: Filters): boolean {
  return period === 'custom' && fromDay !== '' && toDay !== '' && fromDay > toDay;
}

/** First moments and last moments of days are those of the user's time zone. */
export function queryOf(filters: Filters, nowMs: number, timeZone: string): Omit<LogQuery, 'beforeId'> {
  const base = { states: filters.states, unitId: filters.unitId, limit: PAGE_SIZE };
  if (filters.period === 'all') return { ...base, fromMs: null, toMs: null };
  if (filters.period !== 'custom') return { ...base, fromMs: nowMs - PERIOD_MS[filters.period], toMs: null };
  const at = (day: string, edge: (day: string, timeZone: string) => string) =>
    isDay(day) ? Date.parse(edge(day, timeZone)) : null;
  const toMs = at(filters.toDay, dayEnd);
  // The calendar ends a day with its last minute; runs of that minute belong to it.
  return { ...base, fromMs: at(filters.fromDay, dayStart), toMs: toMs === null ? null : toMs + 59_999 };
}
