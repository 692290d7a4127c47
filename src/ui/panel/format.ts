/** Counts, durations and field values as people read them. */
import type { WriteCounts } from '../../plan/types';
import { formatCount, formatMoment, type Language, localeOf } from '../i18n';
import type { RecordTexts } from './texts';

/** Elapsed time: no figure below a tenth of a second, "0.8 s" below ten seconds, then whole seconds, minutes, hours. */
export function formatDuration(durationMs: number, texts: RecordTexts, language: Language): string {
  const seconds = Math.max(0, durationMs) / 1000;
  if (seconds < 0.1) return texts.instant;
  if (seconds < 10) {
    const value = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 1 }).format(seconds);
    return texts.seconds(value);
  }
  const whole = Math.round(seconds);
  if (whole < 60) return texts.seconds(formatCount(whole, language));
  if (whole < 3600) return texts.minutes(Math.floor(whole / 60), whole % 60);
  return texts.hours(Math.floor(whole / 3600), Math.floor((whole % 3600) / 60));
}

/** Running clock "0:12", "1:02:03"; a fixed width while it counts. */
export function formatClock(durationMs: number): string {
  const whole = Math.max(0, Math.floor(durationMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

/** "12 added, 3 updated"; kinds without rows are left out, `none` when nothing changed at all. */
export function changesPhrase(counts: WriteCounts, texts: RecordTexts): string {
  const words = texts.counts;
  const parts = [
    counts.added > 0 ? words.phrase(words.added, counts.added) : null,
    counts.updated > 0 ? words.phrase(words.updated, counts.updated) : null,
    counts.deleted > 0 ? words.phrase(words.deleted, counts.deleted) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? words.none : parts.join(words.join);
}

export function changedRows(counts: WriteCounts): number {
  return counts.added + counts.updated + counts.deleted;
}

export function sumCounts(all: readonly WriteCounts[]): WriteCounts {
  return all.reduce(
    (sum, one) => ({
      added: sum.added + one.added,
      updated: sum.updated + one.updated,
      deleted: sum.deleted + one.deleted,
      unchanged: sum.unchanged + one.unchanged,
    }),
    { added: 0, updated: 0, deleted: 0, unchanged: 0 },
  );
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

function shown(value: unknown, language: Language, timeZone: string): string {
  if (typeof value === 'string' && INSTANT.test(value)) {
    return formatMoment(Date.parse(value), language, timeZone, 'short');
  }
  if (typeof value === 'object' && value !== null) {
    const entry = value as { readonly name?: unknown; readonly code?: unknown };
    return String(entry.name || entry.code || JSON.stringify(value));
  }
  return String(value);
}

/** One field value of a plan for the before/after table. Inner tables show as their number of rows. */
export function formatValue(
  value: unknown,
  texts: RecordTexts,
  language: Language,
  timeZone: string,
): string {
  if (value === null || value === undefined || value === '') return texts.blank;
  if (!Array.isArray(value)) return shown(value, language, timeZone);
  if (value.length === 0) return texts.blank;
  const isTable = value.every((row) => typeof row === 'object' && row !== null && 'value' in row);
  if (isTable) return texts.tableRows(value.length);
  return value.map((entry) => shown(entry, language, timeZone)).join(language === 'en' ? ', ' : '、');
}
