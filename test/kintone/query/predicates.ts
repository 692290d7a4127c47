import type { FieldKind } from './fields';
import { isOrdered, locator, type OrderedKind, textOf } from './locate';
import type { Comparison, Operand, QueryContext } from './types';
import { wordMatcher } from './words';

/** Judges one stored value (`value` of a kintone field). */
export type ValuePredicate = (value: unknown) => boolean;

/** `=` and `in` on texts see no further (help page on "equal"; observed also in the API). */
const COMPARED_LENGTH = 64;

/** Builds the test of a single value that a comparison stands for. The comparison must have passed `checkQuery`. */
export function valuePredicate(
  kind: FieldKind,
  comparison: Comparison,
  context: QueryContext,
): ValuePredicate {
  const { operator, operands } = comparison;
  switch (operator) {
    case 'is empty':
      return isEmpty;
    case 'is not empty':
      return (value) => !isEmpty(value);
    case 'like':
    case 'not like':
      return likePredicate(kind, operator === 'not like', operands);
    case 'in':
    case 'not in':
      return listPredicate(kind, operator === 'not in', operands, context);
    default:
      return isOrdered(kind)
        ? orderedPredicate(kind, comparison, context)
        : listPredicate(kind, operator === '!=', operands, context);
  }
}

/** White space alone counts as empty (docs overview/query); FILE values are lists. */
function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : textOf(value).trim() === '';
}

function likePredicate(kind: FieldKind, negated: boolean, operands: readonly Operand[]): ValuePredicate {
  const [keyword] = operands;
  const found = wordMatcher(keyword === undefined || keyword.kind === 'function' ? '' : keyword.text);
  return (value) => found(searchableText(kind, value)) !== negated;
}

/** File contents are not searched: the local kintone does not read them. */
function searchableText(kind: FieldKind, value: unknown): string {
  if (kind === 'file') {
    return entriesOf(value)
      .map((file) => textOf(file['name']))
      .join(' ');
  }
  return kind === 'richText' ? textOf(value).replace(/<[^>]*>/g, ' ') : textOf(value);
}

/**
 * Numbers, dates and times. A blank value equals only `""` and comes before everything: observed for NUMBER, assumed
 * for dates and times. An operand that cannot be read makes even `!=` false: observed for NUMBER.
 */
function orderedPredicate(kind: OrderedKind, comparison: Comparison, context: QueryContext): ValuePredicate {
  const [operand] = comparison.operands;
  const locate = operand === undefined ? 'unreadable' : locator(kind, operand, context);
  const { operator } = comparison;
  if (locate === 'unreadable') return () => false;
  if (locate === 'blank') {
    if (operator === '=') return (value) => textOf(value) === '';
    return operator === '!=' ? (value) => textOf(value) !== '' : () => false;
  }
  switch (operator) {
    case '=':
      return (value) => locate(value) === 0;
    case '!=':
      return (value) => locate(value) !== 0;
    case '<':
      return (value) => (locate(value) ?? -1) < 0;
    case '<=':
      return (value) => (locate(value) ?? -1) <= 0;
    case '>':
      return (value) => (locate(value) ?? -1) > 0;
    default:
      return (value) => (locate(value) ?? -1) >= 0;
  }
}

function listPredicate(
  kind: FieldKind,
  negated: boolean,
  operands: readonly Operand[],
  context: QueryContext,
): ValuePredicate {
  const contains = isOrdered(kind) ? orderedList(kind, operands, context) : textList(kind, operands, context);
  return negated ? (value) => !contains(value) : contains;
}

/** Elements that cannot be read are passed over, so `in` misses and `not in` takes everything (observed). */
function orderedList(kind: OrderedKind, operands: readonly Operand[], context: QueryContext): ValuePredicate {
  const tests: ValuePredicate[] = [];
  for (const operand of operands) {
    const locate = locator(kind, operand, context);
    if (locate === 'blank') tests.push((value) => textOf(value) === '');
    else if (locate !== 'unreadable') tests.push((value) => locate(value) === 0);
  }
  return (value) => tests.some((test) => test(value));
}

/** Texts, choices and people: `""` stands for unset, be it null, an empty text or an empty list (facts 2.6). */
function textList(kind: FieldKind, operands: readonly Operand[], context: QueryContext): ValuePredicate {
  const wanted = new Set(operands.flatMap((operand) => textsOf(operand, context)));
  if (kind === 'text') {
    const comparable = new Set([...wanted].map(comparableText));
    return (value) => comparable.has(comparableText(textOf(value)));
  }
  return (value) => {
    const held = kind === 'people' ? codesOf(value) : choicesOf(value);
    return held.length === 0 ? wanted.has('') : held.some((item) => wanted.has(item));
  };
}

/** Trailing ASCII spaces do not count either, on both sides (observed). */
function comparableText(text: string): string {
  const trimmed = text.endsWith(' ') ? text.replace(/ +$/, '') : text;
  return trimmed.length > COMPARED_LENGTH ? trimmed.slice(0, COMPARED_LENGTH) : trimmed;
}

function textsOf(operand: Operand, context: QueryContext): string[] {
  if (operand.kind !== 'function') return [operand.text];
  if (operand.name === 'LOGINUSER') return [context.loginUser.code];
  if (operand.name === 'PRIMARY_ORGANIZATION' && context.primaryOrganization !== null) {
    return [context.primaryOrganization];
  }
  return [];
}

function choicesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  const text = textOf(value);
  return text === '' ? [] : [text];
}

/** USER_SELECT and its kin hold lists of `{code, name}`, CREATOR and MODIFIER one of them. */
function codesOf(value: unknown): string[] {
  return entriesOf(Array.isArray(value) ? value : [value]).map((entry) => textOf(entry['code']));
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry) => typeof entry === 'object' && entry !== null);
}
