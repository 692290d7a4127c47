/** Takes answers apart: JSON and CSV into texts per column; types come afterwards. */
import { FailureError, failure } from '../definition/errors';
import type { HttpColumn, InputHttpSettings } from './http-settings';

/** One list per column, as long as there are rows; null is blank. */
export interface AnswerTexts {
  readonly rowCount: number;
  readonly columns: readonly (readonly (string | null)[])[];
  /** CSV rows with more or fewer cells than the header (or the first row). */
  readonly unevenRows: number;
}

/** The longest number that a double always keeps as written. */
const EXACT_DIGITS = 15;
const JSON_NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/**
 * Rows of a JSON answer: the entries of the list at `path`, or one row for an object there. Numbers keep all
 * their digits. A key that an entry lacks is blank; lists of plain values are joined with ", ", other lists and
 * objects stand as JSON.
 * Throws `httpNotJson`, `httpPathMissing {path}`, `httpNoRows {path}` (neither list nor object).
 */
export function jsonTexts(text: string, path: string, columns: readonly HttpColumn[]): AnswerTexts {
  const rows = rowsAt(parsedJson(quoteLongNumbers(withoutMark(text))), path);
  return {
    rowCount: rows.length,
    columns: columns.map(({ from }) => {
      const keys = keysOf(from);
      return rows.map((row) => textOf(valueAt(row, keys)));
    }),
    unevenRows: 0,
  };
}

/** The answer with its numbers as numbers, which may have lost digits. Throws `httpNotJson`. */
export const plainJson = (text: string): unknown => parsedJson(withoutMark(text));

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FailureError(failure('httpNotJson'));
  }
}

/** Throws `httpPathMissing {path}`, `httpNoRows {path}`. */
export function rowsAt(answer: unknown, path: string): readonly unknown[] {
  const found = valueAt(answer, keysOf(path));
  if (found === undefined) throw new FailureError(failure('httpPathMissing', { path }));
  if (typeof found !== 'object' || found === null) throw new FailureError(failure('httpNoRows', { path }));
  return Array.isArray(found) ? found : [found];
}

/** How settings write these keys; null where they cannot (a blank key, one that ends with a backslash). */
export function pathOf(keys: readonly string[]): string | null {
  const path = keys.map((key) => key.replaceAll('.', '\\.')).join('.');
  const read = keysOf(path);
  return read.length === keys.length && read.every((key, index) => key === keys[index]) ? path : null;
}

/** Keys with dots between; a dot inside a key is written with a backslash. */
const keysOf = (path: string): readonly string[] =>
  (path.match(/(?:\\\.|[^.])+/g) ?? []).map((key) => key.replaceAll('\\.', '.'));

/** Own keys only: an answer may name `constructor` or `__proto__`. */
function valueAt(value: unknown, keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return at;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) {
    return value.length === 0 ? null : value.join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Puts quotes around numbers that a double may not keep; everything becomes text in the end anyway. */
function quoteLongNumbers(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) at = endOfString(text, at);
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (number.length > EXACT_DIGITS && JSON_NUMBER.test(number)) {
        pieces.push(text.slice(copied, at), '"', number, '"');
        copied = end;
      }
      at = end;
    } else at += 1;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(copied);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && '0123456789+-.eE'.includes(text[at] as string)) at += 1;
  return at;
}

const DELIMITERS: Readonly<Record<InputHttpSettings['csvDelimiter'], string>> = {
  comma: ',',
  tab: '\t',
  semicolon: ';',
};

/**
 * Rows of a CSV answer (RFC 4180, with CR, LF or CRLF). Blank rows are skipped; cells that a row lacks are
 * blank. Without a header, columns are numbered from 1.
 * Throws `csvQuoteOpen {row}` (a quote that never closes), `csvColumnMissing {column}`, `csvColumnTwice {column}`.
 */
export function csvTexts(
  text: string,
  settings: Pick<InputHttpSettings, 'csvHeader' | 'csvDelimiter' | 'columns'>,
): AnswerTexts {
  const all = csvRows(text, settings.csvDelimiter);
  const [first] = all;
  if (!first) return { rowCount: 0, columns: settings.columns.map(() => []), unevenRows: 0 };
  const places = settings.columns.map(({ from }) =>
    settings.csvHeader ? headerPlace(first, from) : numberedPlace(from),
  );
  const rows = settings.csvHeader ? all.slice(1) : all;
  return {
    rowCount: rows.length,
    columns: places.map((place) => rows.map((row) => row[place] || null)),
    unevenRows: rows.filter((row) => row.length !== first.length).length,
  };
}

function headerPlace(header: readonly string[], name: string): number {
  const names = header.map((cell) => cell.trim());
  const place = names.indexOf(name);
  if (place < 0) throw new FailureError(failure('csvColumnMissing', { column: name }));
  if (names.lastIndexOf(name) !== place) throw new FailureError(failure('csvColumnTwice', { column: name }));
  return place;
}

/** Settings are checked: a whole number from 1. */
const numberedPlace = (from: string): number => Number(from) - 1;

/** Names of columns without a header. */
export const isColumnNumber = (text: string): boolean => /^[1-9][0-9]{0,3}$/.test(text);

/** All cells as they stand, blank rows left out. Throws `csvQuoteOpen {row}`. */
export const csvRows = (
  text: string,
  delimiter: InputHttpSettings['csvDelimiter'],
): readonly (readonly string[])[] => cellsOf(withoutMark(text), DELIMITERS[delimiter]);

function cellsOf(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const endRow = (): void => {
    if (row.some((cell) => cell !== '')) rows.push(row);
    row = [];
  };
  while (at < text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at, rows.length) : { value: '', end: at };
    const end = endOfCell(text, cell.end, delimiter);
    row.push(cell.value + text.slice(cell.end, end));
    at = end + 1;
    if (text[end] === delimiter) {
      if (at === text.length) row.push('');
      continue;
    }
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    endRow();
  }
  if (row.length > 0) endRow();
  return rows;
}

function quotedCell(
  text: string,
  start: number,
  row: number,
): { readonly value: string; readonly end: number } {
  const pieces: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new FailureError(failure('csvQuoteOpen', { row: row + 1 }));
    pieces.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { value: pieces.join('"'), end: quote + 1 };
    from = quote + 2;
  }
}

function endOfCell(text: string, start: number, delimiter: string): number {
  let at = start;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

const BYTE_ORDER_MARK = '\ufeff';

const withoutMark = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
