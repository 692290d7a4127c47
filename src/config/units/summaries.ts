/** One line per part of a unit: what a person sees while the part is closed. Pure. */
import type { ExecutionUnit } from '../../definition/types';
import { formatCount, type Language } from '../../ui/i18n';
import type { ConfigTexts } from '../texts';

type UnitTexts = ConfigTexts['unit'];

const line = (t: UnitTexts, parts: readonly string[]): string =>
  t.sections.join(parts.filter((part) => part !== ''));

export function startSummary(unit: ExecutionUnit, t: UnitTexts, language: Language): string {
  const { start } = t;
  const counted = (items: readonly unknown[], text: (n: string) => string) =>
    items.length === 0 ? '' : text(formatCount(items.length, language));
  const parts = [
    unit.button.enabled ? start.button : '',
    counted(unit.recordEvents, start.events),
    unit.api ? start.api : '',
    counted(unit.webhookEvents, start.webhooks),
    counted(unit.schedules, start.schedules),
  ];
  return line(t, parts) || start.none;
}

/** Where, how it asks and what it does when started twice are always said; the rest only when it was changed. */
export function rulesSummary(unit: ExecutionUnit, t: UnitTexts, language: Language): string {
  const { rules } = t;
  const number = (value: number) => formatCount(value, language);
  return line(t, [
    t.executor.short[unit.executor.kind],
    rules.short.confirm[unit.confirm],
    rules.short.concurrency[unit.concurrency],
    unit.priority === 0 ? '' : rules.priorityShort(number(unit.priority)),
    rules.conflictShort[unit.conflict],
    rules.atomicityShort[unit.atomicity],
    unit.maxRunMinutes === 0 ? '' : rules.maxRunShort(number(unit.maxRunMinutes)),
    rules.retentionShort[unit.savepointRetention],
  ]);
}

export function inputSummary(unit: ExecutionUnit, t: UnitTexts, language: Language): string {
  if (unit.input.length === 0) return t.input.none;
  const names = unit.input.slice(0, 3).map(({ label, name }) => label || name);
  return `${t.input.count(formatCount(unit.input.length, language))} — ${t.sections.join(names)}${unit.input.length > 3 ? '…' : ''}`;
}

export function testSummary(unit: ExecutionUnit, t: UnitTexts, language: Language): string {
  const { test } = t;
  if (unit.mode === 'productive') return test.productive;
  const { rowLimit } = unit.test;
  return line(t, [
    test.badge,
    rowLimit === 0 ? test.showOnly : test.rows(formatCount(rowLimit, language)),
    unit.breakpoints.length === 0 ? '' : test.pauses(formatCount(unit.breakpoints.length, language)),
  ]);
}
