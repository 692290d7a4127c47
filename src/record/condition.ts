/**
 * Decides on the page whether a button shows on a record. The meaning is that of `commands/conditions`;
 * this runs at page load on every record, so it carries its own few lines instead of the engine's
 * tables, and a test keeps both of one mind.
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

/** What is known while an event of kintone is handled. */
export function conditionFacts(
  event: {
    readonly record?: EventRecord | null;
    readonly recordId?: number | string;
    readonly appId?: number;
  },
  user: { readonly code: string; readonly timezone: string },
  nowMs: number,
): ConditionFacts {
  return {
    record: event.record ?? {},
    recordId: String(event.recordId ?? ''),
    appId: String(event.appId ?? ''),
    userCode: user.code,
    nowMs,
    timeZone: user.timezone,
  };
}

const NUMERIC = new Set(['NUMBER', 'CALC']);
const INSTANT = new Set(['DATETIME', 'CREATED_TIME', 'UPDATED_TIME']);
/** Types with several entries; searching inside their text means nothing. */
const SEVERAL = new Set([
  'CHECK_BOX',
  'MULTI_SELECT',
  'CATEGORY',
  'USER_SELECT',
  'GROUP_SELECT',
  'ORGANIZATION_SELECT',
  'STATUS_ASSIGNEE',
  'CREATOR',
  'MODIFIER',
  'FILE',
  'SUBTABLE',
]);

/** Texts a value stands for: people by code, choices one by one; blank is the empty list. */
function texts(value: unknown): readonly string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object') return [String(value)];
  if ('code' in value) return texts(value.code);
  // Files and rows of inner tables only count as being there.
  return ['name' in value ? String(value.name) : 'row'];
}

const orBlank = (found: readonly string[]): readonly string[] => (found.length === 0 ? [''] : found);

function parameterTexts(name: string, facts: ConditionFacts): readonly string[] {
  if (name === '$user') return [facts.userCode];
  if (name === '$recordId') return [facts.recordId];
  if (name === '$appId') return [facts.appId];
  if (name === '$today') return [dateInZone(facts.nowMs, facts.timeZone)];
  if (name === '$startedAt') return [`${new Date(facts.nowMs).toISOString().slice(0, 16)}:00Z`];
  return texts(facts.record[name]?.value);
}

/** The literals of a condition's value; blank is "". */
function wanted(value: ConditionValue, facts: ConditionFacts): readonly string[] {
  if (value.kind === 'literal') return [value.value];
  if (value.kind === 'parameter') return orBlank(parameterTexts(value.name, facts));
  const base = parameterTexts(value.base === '' ? '$today' : value.base, facts)[0];
  if (base === undefined) return [''];
  const day = base.length > 10 ? dateInZone(Date.parse(base), facts.timeZone) : base;
  return [periodDate(day, value.unit, value.edge, value.offset) ?? ''];
}

/** "CODE-12" and "12" are the same record number. */
const recordNumber = (text: string): string => /[0-9]+$/.exec(text)?.[0] ?? text;

/** Order of two values of a field type; null when they cannot be compared. */
function compare(type: string, left: string, right: string): number | null {
  if (type === 'RECORD_NUMBER') return compareNumberText(recordNumber(left), recordNumber(right));
  if (NUMERIC.has(type)) {
    const order = compareNumberText(left, right);
    // A calculated field may also be formatted as a date or a time, which sort as text.
    if (order !== null || type === 'NUMBER') return order;
  }
  // Instants may be written with another offset than kintone's.
  if (INSTANT.has(type) && right.length > 10) return Math.sign(Date.parse(left) - Date.parse(right));
  return left < right ? -1 : left > right ? 1 : 0;
}

interface Tested {
  readonly type: string;
  readonly has: readonly string[];
  readonly want: readonly string[];
  readonly timeZone: string;
}

const isOneOf = ({ type, has, want }: Tested): boolean =>
  has.length === 0
    ? want.includes('')
    : want.some((one) => one !== '' && has.some((own) => compare(type, own, one) === 0));

const containsOneOf = ({ type, has, want }: Tested): boolean =>
  !SEVERAL.has(type) && want.some((one) => one !== '' && has.some((own) => own.includes(one)));

const ordered =
  (accept: (order: number) => boolean) =>
  ({ type, has, want, timeZone }: Tested): boolean => {
    const [left] = has;
    const [right] = want;
    if (left === undefined || right === undefined || right === '') return false;
    // A day compared with an instant means the whole day as this user lives it.
    const isInstantToDay = INSTANT.has(type) && right.length === 10;
    const order = compare(type, isInstantToDay ? dateInZone(Date.parse(left), timeZone) : left, right);
    return order !== null && accept(order);
  };

const TESTS: Readonly<Record<ConditionOperator, (tested: Tested) => boolean>> = {
  '=': isOneOf,
  in: isOneOf,
  '!=': (tested) => !isOneOf(tested),
  notIn: (tested) => !isOneOf(tested),
  contains: containsOneOf,
  notContains: (tested) => !containsOneOf(tested),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  blank: ({ has }) => has.length === 0,
  notBlank: ({ has }) => has.length > 0,
};

function fulfils(condition: FieldCondition, facts: ConditionFacts): boolean {
  const field = facts.record[condition.field];
  // A field that the user may not see or that was removed decides nothing: better no button than a wrong one.
  if (field === undefined) return false;
  const want = condition.values.flatMap((value) => wanted(value, facts));
  return TESTS[condition.operator]({
    type: field.type,
    has: texts(field.value),
    want,
    timeZone: facts.timeZone,
  });
}

/** Whether the record fulfils the group; null and a group without conditions are fulfilled by every record. */
export function recordFulfils(group: ConditionGroup | null, facts: ConditionFacts): boolean {
  if (group === null || group.conditions.length === 0) return true;
  return group.join === 'all'
    ? group.conditions.every((one) => fulfils(one, facts))
    : group.conditions.some((one) => fulfils(one, facts));
}
