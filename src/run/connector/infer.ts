/** Looks at an answer and proposes columns that the command reads without a fault. */
import { HTTP_TYPES, type HttpColumn } from '../../commands';
import { NOT_CONVERTIBLE } from '../../commands/convert';
import {
  csvRows,
  csvTexts,
  isColumnNumber,
  jsonTexts,
  pathOf,
  plainJson,
  rowsAt,
} from '../../commands/http-answers';
import { httpCell } from '../../commands/http-values';
import { withFreeNames } from './results';
import type { AnswerSettings, Choice, MetaModel } from './types';

/** More are chosen faster by hand. */
export const MAX_PROPOSED = 100;
/** Deeper objects are read as JSON text. */
const MAX_DEPTH = 5;
const MAX_FROM_LENGTH = 256;

interface Found {
  readonly from: string;
  readonly as: string;
  /**
   * number: JSON has numbers only. text: lists and objects among them, which may hold more tomorrow. any: texts, which
   * may stand for anything; those that look like numbers may be identifiers.
   */
  readonly kind: 'number' | 'text' | 'any';
}

/**
 * Columns for the rows at `path`: one per key, `user.name` for keys inside. Throws what `jsonTexts` throws.
 * A type is proposed when every value of the answer is read as it; identifiers (leading zeros, more digits than a
 * double keeps) stay text unless JSON itself has them as numbers.
 */
export function jsonColumns(text: string, path: string): MetaModel {
  const { found, unnamed } = keysIn(rowsAt(plainJson(text), path));
  const columns = found.slice(0, MAX_PROPOSED).map(textColumn);
  return proposal(found, unnamed, jsonTexts(text, path, columns).columns);
}

function keysIn(rows: readonly unknown[]): { readonly found: readonly Found[]; readonly unnamed: number } {
  const kinds = new Map<string, { hasValue: boolean; isNumber: boolean; isText: boolean }>();
  /** Keys with keys inside: null there in some row is no column of its own. */
  const parents = new Set<string>();
  const unnamed = new Set<string>();
  const see = (value: unknown, keys: readonly string[]): void => {
    const from = pathOf(keys);
    const isPlainObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isPlainObject && keys.length < MAX_DEPTH) {
      if (from !== null) parents.add(from);
      for (const [key, inner] of Object.entries(value)) see(inner, [...keys, key]);
    } else if (from === null || from.length > MAX_FROM_LENGTH) unnamed.add(keys.join('\n'));
    else {
      const known = kinds.get(from) ?? { hasValue: false, isNumber: true, isText: false };
      known.hasValue ||= value !== null;
      known.isNumber &&= value === null || typeof value === 'number';
      known.isText ||= value !== null && typeof value === 'object';
      kinds.set(from, known);
    }
  };
  for (const row of rows) see(row, []);
  const found = [...kinds]
    .filter(([from, { hasValue }]) => hasValue || !parents.has(from))
    .map(([from, { isNumber, isText }]): Found => {
      const as = from === '' ? 'value' : from;
      return { from, as, kind: isText ? 'text' : isNumber ? 'number' : 'any' };
    });
  return { found, unnamed: unnamed.size };
}

/**
 * Columns for the cells of a CSV, by header or by number. Names that are blank or come twice cannot be told apart and
 * are left out. Throws what `csvTexts` throws.
 */
export function csvColumns(text: string, settings: AnswerSettings): MetaModel {
  const [first = []] = csvRows(text, settings.csvDelimiter);
  const names = first.map((cell, index) => (settings.csvHeader ? cell.trim() : String(index + 1)));
  const uses = new Map<string, number>();
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  const isUsable = (name: string): boolean =>
    settings.csvHeader
      ? name !== '' && name.length <= MAX_FROM_LENGTH && uses.get(name) === 1
      : isColumnNumber(name);
  const usable = names.filter(isUsable);
  const found = usable.map((from): Found => {
    const as = settings.csvHeader ? from : `column${from}`;
    return { from, as, kind: 'any' };
  });
  const columns = found.slice(0, MAX_PROPOSED).map(textColumn);
  return proposal(found, names.length - usable.length, csvTexts(text, { ...settings, columns }).columns);
}

const textColumn = ({ from, as }: Found): HttpColumn => ({ from, as, label: '', type: 'text' });

function proposal(
  found: readonly Found[],
  unnamed: number,
  texts: readonly (readonly (string | null)[])[],
): MetaModel {
  const columns = found
    .slice(0, MAX_PROPOSED)
    .map((one, index) => ({ ...textColumn(one), type: typeOf(texts[index] ?? [], one.kind) }));
  return { columns: withFreeNames(columns), skipped: unnamed + Math.max(0, found.length - MAX_PROPOSED) };
}

/** Narrow ones first; every text is a text. A choice looks like any other text. */
const CANDIDATES = HTTP_TYPES.filter((type) => type !== 'text' && type !== 'choice');

/** No sign, no exponent, no leading zero: what looks otherwise may be a phone number or a code. */
const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const MOST_DIGITS = 15;

function typeOf(texts: readonly (string | null)[], kind: Found['kind']): HttpColumn['type'] {
  const values = texts.filter((text) => text !== null);
  if (values.length === 0 || kind === 'text') return 'text';
  const mayBeNumber = kind === 'number' || values.every(isPlainNumber);
  const fits = (type: HttpColumn['type']): boolean =>
    (type === 'number' ? mayBeNumber : kind === 'any') &&
    values.every((text) => httpCell(text, type) !== NOT_CONVERTIBLE);
  return CANDIDATES.find(fits) ?? 'text';
}

const isPlainNumber = (text: string): boolean =>
  PLAIN_NUMBER.test(text) && text.replace(/\D/g, '').length <= MOST_DIGITS;

const MAX_LIST_DEPTH = 8;
const MAX_LISTS = 100;

/**
 * Where the rows may be: every list that can be reached by keys, in the order of the answer, and the answer itself
 * when it is one object. `count` is the number of entries. Throws `httpNotJson`.
 */
export function listChoices(text: string): readonly Choice[] {
  const answer = plainJson(text);
  const choices: Choice[] = [];
  const see = (value: unknown, keys: readonly string[]): void => {
    if (typeof value !== 'object' || value === null || choices.length >= MAX_LISTS) return;
    const path = pathOf(keys);
    if (path === null || path.length > MAX_FROM_LENGTH) return;
    if (Array.isArray(value)) choices.push({ value: path, label: path, count: value.length });
    else if (keys.length < MAX_LIST_DEPTH)
      for (const [key, inner] of Object.entries(value)) see(inner, [...keys, key]);
  };
  see(answer, []);
  const isObject = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  return isObject ? [...choices, { value: '', label: '', count: 1 }] : choices;
}
