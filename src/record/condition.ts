/**
 * Decides on the page whether a button shows on a record. Runs at page load on every record, so it
 * carries its own few lines instead of the engine's tables; a test keeps both of one mind.
 */
import type { ConditionGroup, ConditionOperator, ConditionValue, FieldCondition } from '../definition/types';
import { compareNumberText } from './number-text';
import { dateInZone, periodDate } from './period';

/** A record as kintone's events hand it over. */
export type EventRecord = Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;

export interface ConditionFacts {
  readonly record: EventRecord;
  readonly recordId: string;
  readonly appId: string;
  readonly userCode: string;
  readonly nowMs: number;
  /** IANA name of the user's time zone. */
  readonly timeZone: string;
}

const NUMERIC = new Set(['NUMBER', 'CALC']);
const INSTANT = new Set(['DATETIME', 'CREATED_TIME', 'UPDATED_TIME']);

/** Texts a value stands for: people by code, choices one by one; blank is the empty list. */
function texts(value: unknown): readonly string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value === 'object') {
    if ('code' in value) return texts(value.code);
    if ('name' in value) return texts(value.name);
    // A row of an inner table counts as present; its cells are not compared here.
    return ['value' in value ? 'row' : String(value)];
  }
  return [String(value)];
}

function parameterTexts(name: string, facts: ConditionFacts): readonly string[] {
  if (name === '$user') return [facts.userCode];
  if (name === '$recordId') return [facts.recordId];
  if (name === '$appId') return [facts.appId];
  if (name === '$today') return [dateInZone(facts.nowMs, facts.timeZone)];
  if (name === '$startedAt') return [`${new Date(facts.nowMs).toISOString().slice(0, 16)}:00Z`];
  return texts(facts.record[name]?.value);
}

function wanted(value: ConditionValue, facts: ConditionFacts): readonly string[] {
  if (value.kind === 'literal') return value.value === '' ? [] : [value.value];
  if (value.kind === 'parameter') return parameterTexts(value.name, facts);
  const base = parameterTexts(value.base === '' ? '$today' : value.base, facts)[0];
  if (base === undefined) return [];
  const day = base.length > 10 ? dateInZone(Date.parse(base), facts.timeZone) : base;
  const date = periodDate(day, value.unit, value.edge, value.offset);
  return date === null ? [] : [date];
}

function compare(type: string, left: string, right: string, timeZone: string): number | null {
  const numbers = NUMERIC.has(type) ? compareNumberText(left, right) : null;
  if (numbers !== null) return numbers;
  // A day compared with an instant means the day that instant falls on for this user.
  const isInstantToDay = INSTANT.has(type) && left.length > 10 && right.length === 10;
  const a = isInstantToDay ? dateInZone(Date.parse(left), timeZone) : left;
  if (NUMERIC.has(type) && a !== right) return null;
  return a < right ? -1 : a > right ? 1 : 0;
}

type Test = (has: readonly string[], want: readonly string[], type: string, timeZone: string) => boolean;

const sameSet: Test = (has, want, type, timeZone) =>
  has.length === want.length && want.every((one) => has.some((h) => compare(type, h, one, timeZone) === 0));

const anyOf: Test = (has, want, type, timeZone) =>
  want.length === 0
    ? has.length === 0
    : want.some((one) => has.some((h) => compare(type, h, one, timeZone) === 0));

const ordered =
  (accept: (order: number) => boolean): Test =>
  (has, want, type, timeZone) => {
    const [left] = has;
    const [right] = want;
    if (left === undefined || right === undefined) return false;
    const order = compare(type, left, right, timeZone);
    return order !== null && accept(order);
  };

const MULTIPLE = new Set([
  'CHECK_BOX',
  'MULTI_SELECT',
  'CATEGORY',
  'USER_SELECT',
  'GROUP_SELECT',
  'ORGANIZATION_SELECT',
  'STATUS_ASSIGNEE',
]);

const contains: Test = (has, want, type) =>
  want.every((one) => has.some((h) => (MULTIPLE.has(type) ? h === one : h.includes(one))));

const TESTS: Readonly<Record<ConditionOperator, Test>> = {
  '=': sameSet,
  '!=': (...given) => !sameSet(...given),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: anyOf,
  notIn: (...given) => !anyOf(...given),
  contains,
  notContains: (...given) => !contains(...given),
  blank: (has) => has.length === 0,
  notBlank: (has) => has.length > 0,
};

function fulfils(condition: FieldCondition, facts: ConditionFacts): boolean {
  const field = facts.record[condition.field];
  // A field that the user may not see or that was removed decides nothing: better no button than a wrong one.
  if (field === undefined) return false;
  const want = condition.values.flatMap((value) => wanted(value, facts));
  return TESTS[condition.operator](texts(field.value), want, field.type, facts.timeZone);
}

/** Whether the record fulfils the group; null and a group without conditions are fulfilled by every record. */
export function recordFulfils(group: ConditionGroup | null, facts: ConditionFacts): boolean {
  if (group === null || group.conditions.length === 0) return true;
  return group.join === 'all'
    ? group.conditions.every((one) => fulfils(one, facts))
    : group.conditions.some((one) => fulfils(one, facts));
}
