/**
 * The part of a condition that kintone's query language can say, so that fewer records travel.
 * Source: https://cybozu.dev/ja/kintone/docs/overview/query/ (operators per field type).
 */
import type { KintoneFieldProperty, KintoneFields } from '../table/kintone-json';
import type { ConditionKind } from './conditions';
import { canonicalLiteral } from './conditions';
import type { ResolvedConditionGroup } from './types';

export interface PushedCondition {
  /** kintone query without order by / limit; blank: all records. Can be joined with `and` as it is. */
  readonly query: string;
  /** What must still be checked per row; null: the query says everything. */
  readonly remainder: ResolvedConditionGroup | null;
}

type Condition = ResolvedConditionGroup['conditions'][number];

/** Record ids start at 1. */
const NEVER = '$id = 0';

/** `exact: false`: the query keeps every row that fulfils the condition, and maybe more. */
type Pushed = boolean | { readonly text: string; readonly exact: boolean } | null;

/** How a field type is asked: with `=` or only with `in`, and whether it can be blank. */
interface Manner {
  readonly kind: ConditionKind;
  readonly onlyIn: boolean;
  readonly canBeBlank: boolean;
  readonly exact: boolean;
}

const manner = (kind: ConditionKind, onlyIn: boolean, canBeBlank: boolean, exact = true): Manner => ({
  kind,
  onlyIn,
  canBeBlank,
  exact,
});

const MANNERS: Readonly<Record<string, Manner>> = {
  RECORD_NUMBER: manner('recordNumber', false, false),
  NUMBER: manner('number', false, true),
  SINGLE_LINE_TEXT: manner('text', false, true),
  LINK: manner('text', false, true),
  DATE: manner('date', false, true),
  TIME: manner('time', false, true),
  DATETIME: manner('datetime', false, true),
  CREATED_TIME: manner('datetime', false, false),
  UPDATED_TIME: manner('datetime', false, false),
  RADIO_BUTTON: manner('choice', true, true),
  DROP_DOWN: manner('choice', true, true),
  CHECK_BOX: manner('choices', true, true),
  MULTI_SELECT: manner('choices', true, true),
  USER_SELECT: manner('people', true, true),
  ORGANIZATION_SELECT: manner('people', true, true),
  GROUP_SELECT: manner('people', true, true),
  CREATOR: manner('people', true, false),
  MODIFIER: manner('people', true, false),
  STATUS: manner('choice', true, false),
};

/**
 * Calculated numbers: what kintone compares when the calculation failed or its operands are blank is not
 * documented, so the query only narrows and the rows are checked again.
 */
const CALCULATED_NUMBER = manner('number', false, true, false);

function mannerOf(property: KintoneFieldProperty | undefined): Manner | null {
  if (!property) return null;
  if (property.type !== 'CALC') return MANNERS[property.type] ?? null;
  return property.format === 'NUMBER' || property.format === 'NUMBER_DIGIT' ? CALCULATED_NUMBER : null;
}

/**
 * Splits a condition into a kintone query and a remainder. Exact: rows of `query` that fulfil
 * `remainder` are the rows that fulfil `group`. `like` is never used (it is an asynchronous word search);
 * `contains`, long texts, calculated dates and fields inside tables stay in the remainder.
 */
export function toQuery(group: ResolvedConditionGroup, fields: KintoneFields): PushedCondition {
  if (group.conditions.length === 0) return { query: '', remainder: null };
  const parts = group.conditions.map((condition) => {
    const property = Object.hasOwn(fields, condition.field) ? fields[condition.field] : undefined;
    return { condition, pushed: push(condition, property) };
  });
  return group.join === 'all' ? joinAll(parts) : joinAny(parts, group);
}

interface Part {
  readonly condition: Condition;
  readonly pushed: Pushed;
}

function joinAll(parts: readonly Part[]): PushedCondition {
  const texts: string[] = [];
  const left: Condition[] = [];
  for (const { condition, pushed } of parts) {
    if (pushed === false) return { query: NEVER, remainder: null };
    if (pushed === true) continue;
    if (pushed) texts.push(pushed.text);
    if (!pushed?.exact) left.push(condition);
  }
  return {
    query: texts.join(' and '),
    remainder: left.length === 0 ? null : { join: 'all', conditions: left },
  };
}

/** One part that cannot be asked makes the whole "or" unaskable; a part that only narrows still narrows. */
function joinAny(parts: readonly Part[], group: ResolvedConditionGroup): PushedCondition {
  if (parts.some((part) => part.pushed === true)) return { query: '', remainder: null };
  const texts: string[] = [];
  let exact = true;
  for (const { pushed } of parts) {
    if (pushed === null) return { query: '', remainder: group };
    if (typeof pushed === 'boolean') continue;
    texts.push(pushed.text);
    exact &&= pushed.exact;
  }
  if (texts.length === 0) return { query: NEVER, remainder: null };
  return { query: anyOf(texts), remainder: exact ? null : group };
}

function push(condition: Condition, property: KintoneFieldProperty | undefined): Pushed {
  const how = mannerOf(property);
  if (!how || !property) return null;
  const code = condition.field;
  switch (condition.operator) {
    case 'blank':
      return how.exact ? isBlank(code, how) : null;
    case 'notBlank':
      return how.exact ? isNotBlank(code, how) : null;
    case '=':
    case 'in':
    case '!=':
    case 'notIn':
      return pushMembership(condition, how, property);
    case 'contains':
    case 'notContains':
      return null;
    default:
      return pushOrder(condition, how);
  }
}

function pushMembership(condition: Condition, how: Manner, property: KintoneFieldProperty): Pushed {
  const literals = askable(condition, how, property);
  if (!literals) return null;
  const { texts, blank } = literals;
  const code = condition.field;
  const positive = condition.operator === '=' || condition.operator === 'in';
  if (!how.exact) {
    // The opposite of a condition that only narrows would lose rows.
    return positive && !blank && texts.length > 0 ? { text: isOneOf(code, how, texts), exact: false } : null;
  }
  if (positive) {
    const options = texts.length > 0 ? [isOneOf(code, how, texts)] : [];
    if (blank && how.canBeBlank) options.push((isBlank(code, how) as { text: string }).text);
    return options.length === 0 ? false : { text: anyOf(options), exact: true };
  }
  const parts = texts.length > 0 ? [isNoneOf(code, how, texts)] : [];
  if (blank) {
    const filled = isNotBlank(code, how);
    if (filled !== true) parts.push((filled as { text: string }).text);
    return parts.length === 0 ? true : { text: parts.join(' and '), exact: true };
  }
  if (parts.length === 0) return true;
  // Said outright, because whether "different from x" keeps unset fields is not documented for every type.
  if (how.canBeBlank) parts.push((isBlank(code, how) as { text: string }).text);
  return { text: anyOf(parts), exact: true };
}

function pushOrder(condition: Condition, how: Manner): Pushed {
  if (how.onlyIn || how.kind === 'text') return null;
  const value = condition.values[0];
  if (value === undefined || value === '') return false;
  const literal = canonicalLiteral(how.kind, value);
  if (literal === null) return null;
  const test = `${condition.field} ${condition.operator} ${quote(literal)}`;
  if (!how.exact) return { text: test, exact: false };
  return { text: how.canBeBlank ? `${test} and ${condition.field} != ""` : test, exact: true };
}

/** Literals as kintone takes them; options that the field does not have match nothing and would be refused. */
function askable(
  condition: Condition,
  how: Manner,
  property: KintoneFieldProperty,
): { readonly texts: readonly string[]; readonly blank: boolean } | null {
  const texts = new Set<string>();
  for (const value of condition.values) {
    if (value === '') continue;
    const literal = canonicalLiteral(how.kind, value);
    if (literal === null || hasControlCharacter(literal)) return null;
    if (property.options && !Object.hasOwn(property.options, literal)) continue;
    texts.add(literal);
  }
  return { texts: [...texts], blank: condition.values.includes('') };
}

/** Control characters inside quotes are refused by kintone. */
function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}

function isOneOf(code: string, how: Manner, texts: readonly string[]): string {
  if (hasList(how) && (how.onlyIn || texts.length > 1)) return `${code} in ${list(texts)}`;
  return anyOf(texts.map((text) => `${code} = ${quote(text)}`));
}

function isNoneOf(code: string, how: Manner, texts: readonly string[]): string {
  if (hasList(how) && (how.onlyIn || texts.length > 1)) return `${code} not in ${list(texts)}`;
  const parts = texts.map((text) => `${code} != ${quote(text)}`);
  return parts.length === 1 ? parts[0]! : `(${parts.join(' and ')})`;
}

const hasList = (how: Manner): boolean => !['date', 'time', 'datetime'].includes(how.kind);

function isBlank(code: string, how: Manner): Pushed {
  if (!how.canBeBlank) return false;
  return { text: how.onlyIn ? `${code} in ("")` : `${code} = ""`, exact: true };
}

function isNotBlank(code: string, how: Manner): Pushed {
  if (!how.canBeBlank) return true;
  return { text: how.onlyIn ? `${code} not in ("")` : `${code} != ""`, exact: true };
}

const anyOf = (texts: readonly string[]): string =>
  texts.length === 1 ? texts[0]! : `(${texts.map(grouped).join(' or ')})`;

/** `and` binds tighter than `or`, but readers of a query should not have to know. */
const grouped = (text: string): string =>
  text.includes(' and ') && !text.startsWith('(') ? `(${text})` : text;

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const list = (texts: readonly string[]): string => `(${texts.map(quote).join(', ')})`;
