/** Cells as single values: equality, order, text and keys. Columns have faster ways (`codes.ts`, `rows.ts`). */
import { compareDecimals, type Decimal, equalDecimals, formatDecimal } from './decimal';
import type { Cell, ColumnType, FileRef, InnerRow, Person } from './types';

/** The forms a cell can have once blanks are gone; inner cells carry no type, so the form decides. */
export type CellForm =
  | { readonly form: 'text'; readonly text: string }
  | { readonly form: 'number'; readonly decimal: Decimal }
  | { readonly form: 'choices'; readonly labels: readonly string[] }
  | { readonly form: 'people'; readonly people: readonly Person[] }
  | { readonly form: 'files'; readonly files: readonly FileRef[] }
  | { readonly form: 'table'; readonly rows: readonly InnerRow[] };

/** null for blank: null itself, "" and the empty list. */
export function formOfCell(cell: Cell): CellForm | null {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'string') return { form: 'text', text: cell };
  if ('coefficient' in cell) return { form: 'number', decimal: cell };
  const first = cell[0];
  if (first === undefined) return null;
  if (typeof first === 'string') return { form: 'choices', labels: cell as readonly string[] };
  if ('cells' in first) return { form: 'table', rows: cell as readonly InnerRow[] };
  if ('fileKey' in first) return { form: 'files', files: cell as readonly FileRef[] };
  return { form: 'people', people: cell as readonly Person[] };
}

/**
 * Equality by value: numbers by value, choices as sets, people by code as sets, files by name, size and
 * key, tables row by row in order without regard to row ids.
 */
export function equalCells(type: ColumnType, a: Cell, b: Cell): boolean {
  if (a === b) return true;
  if (type === 'number') {
    return isDecimal(a) && isDecimal(b) && equalDecimals(a, b);
  }
  return cellKey(type, a) === cellKey(type, b);
}

/**
 * Order: blank first, then by value; text by code point. Lists compare entry by entry in the order of
 * their keys, so that the order agrees with `equalCells`.
 */
export function compareCells(type: ColumnType, a: Cell, b: Cell): number {
  if (isDecimal(a) && isDecimal(b)) return compareDecimals(a, b);
  const left = formOfCell(a);
  const right = formOfCell(b);
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  // Only inner cells of unlike tables differ in form; some fixed order keeps the whole order total.
  if (left.form !== right.form) return compareText(left.form, right.form);
  if (left.form === 'table' && right.form === 'table') return compareInnerRows(left.rows, right.rows);
  if (left.form === 'number' && right.form === 'number') return compareDecimals(left.decimal, right.decimal);
  const leftParts = sortParts(left);
  const rightParts = sortParts(right);
  for (let index = 0; index < leftParts.length && index < rightParts.length; index++) {
    const order = compareText(leftParts[index] as string, rightParts[index] as string);
    if (order !== 0) return order;
  }
  if (leftParts.length !== rightParts.length) return leftParts.length - rightParts.length;
  return compareText(cellKey(type, a), cellKey(type, b));
}

function compareInnerRows(a: readonly InnerRow[], b: readonly InnerRow[]): number {
  for (let row = 0; row < a.length && row < b.length; row++) {
    const left = a[row]?.cells ?? [];
    const right = b[row]?.cells ?? [];
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      const order = compareCells('text', left[index] ?? null, right[index] ?? null);
      if (order !== 0) return order;
    }
  }
  return a.length - b.length;
}

function sortParts(value: CellForm): readonly string[] {
  switch (value.form) {
    case 'text':
      return [value.text];
    case 'number':
      return [formatDecimal(value.decimal)];
    case 'choices':
      return asSet(value.labels);
    case 'people':
      return asSet(value.people.map((person) => person.code));
    case 'files':
      return value.files.map((file) => file.name);
    case 'table':
      return [];
  }
}

/** Canonical text for people: decimals plain, lists joined with ", ", people and files by name; blank is "". */
export function cellToText(type: ColumnType, cell: Cell): string {
  const value = formOfCell(cell);
  if (value === null) return '';
  switch (value.form) {
    case 'text':
      return value.text;
    case 'number':
      return formatDecimal(value.decimal);
    case 'choices':
      return value.labels.join(', ');
    case 'people':
      return value.people.map((person) => person.name || person.code).join(', ');
    case 'files':
      return value.files.map((file) => file.name).join(', ');
    case 'table':
      return value.rows.map((row) => row.cells.map((inner) => cellToText(type, inner)).join(', ')).join('; ');
  }
}

/**
 * Canonical key for maps: within a type, keys are equal exactly when cells are. Blank is "" (no other
 * cell has that key, because "" as text is blank too).
 */
export function cellKey(type: ColumnType, cell: Cell): string {
  const value = formOfCell(cell);
  if (value === null) return '';
  switch (value.form) {
    case 'text':
      return value.text;
    case 'number':
      return formatDecimal(value.decimal);
    case 'choices':
      return JSON.stringify(asSet(value.labels));
    case 'people':
      return JSON.stringify(asSet(value.people.map((person) => person.code)));
    case 'files':
      return JSON.stringify(value.files.map(({ name, size, fileKey }) => [name, size, fileKey]));
    case 'table':
      return JSON.stringify(
        value.rows.map((row) => row.cells.map((inner) => [formOfCell(inner)?.form, cellKey(type, inner)])),
      );
  }
}

/** Order by code point; `<` on strings compares UTF-16 units, which puts U+FF01 after an emoji. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return unitRank(left) - unitRank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all other units. */
function unitRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function asSet(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}

function isDecimal(cell: Cell): cell is Decimal {
  return typeof cell === 'object' && cell !== null && 'coefficient' in cell;
}
