/** Reading, taking and joining together columns of any type. */
import { columnBuilder, kindOfType, TextColumnBuilder, TimeLikeColumnBuilder } from './builder';
import { numberColumn, objectColumn, textColumn, timeLikeColumn } from './make-column';
import { textFromDays, textFromMinutes, textFromMinutesOfDay } from './moments';
import { decimalOfUnits, NumberColumnBuilder } from './number-builder';
import {
  BLANK_INT32,
  type Cell,
  type Column,
  type ColumnSpec,
  type NumberColumn,
  type TextColumn,
  type TimeLikeColumn,
} from './types';

/** The row-level view of one value. Numbers come normalised; lists are the column's own, not copies. */
export function cellAt(column: Column, row: number): Cell {
  switch (column.kind) {
    case 'text': {
      const code = column.codes[row] as number;
      return code < 0 ? null : (column.dictionary[code] as string);
    }
    case 'number': {
      const units = column.units[row] as number;
      return !Number.isNaN(units) ? decimalOfUnits(units, column.scale) : (column.wide.get(row) ?? null);
    }
    case 'object':
      return column.values[row] as Cell;
    default: {
      const value = column.values[row] as number;
      return value === BLANK_INT32 ? null : textOfTimeLike(column.kind, value);
    }
  }
}

/** Canonical text of a time-like column's integer. */
export function textOfTimeLike(kind: TimeLikeColumn['kind'], value: number): string {
  if (kind === 'date') return textFromDays(value);
  return kind === 'time' ? textFromMinutesOfDay(value) : textFromMinutes(value);
}

export function isBlankAt(column: Column, row: number): boolean {
  switch (column.kind) {
    case 'text':
      return (column.codes[row] as number) < 0;
    case 'number':
      return Number.isNaN(column.units[row] as number) && !column.wide.has(row);
    case 'object':
      return column.values[row] === null;
    default:
      return column.values[row] === BLANK_INT32;
  }
}

/** The same values in the order of `rows`; -1 gives a blank. */
export function takeColumn(column: Column, rows: Int32Array): Column {
  const length = rows.length;
  switch (column.kind) {
    case 'text':
      return takeText(column, rows);
    case 'number':
      return takeNumbers(column, rows);
    case 'object': {
      const values = new Array<Cell>(length);
      for (let i = 0; i < length; i++) {
        const row = rows[i] as number;
        values[i] = row < 0 ? null : (column.values[row] as Cell);
      }
      return objectColumn(column.spec, values);
    }
    default: {
      const source = column.values;
      const values = source instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
      for (let i = 0; i < length; i++) {
        const row = rows[i] as number;
        values[i] = row < 0 ? BLANK_INT32 : (source[row] as number);
      }
      return timeLikeColumn(column.spec, column.kind, values);
    }
  }
}

function takeText(column: TextColumn, rows: Int32Array): TextColumn {
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    codes[i] = row < 0 ? -1 : (column.codes[row] as number);
  }
  const taken = textColumn(column.spec, codes, column.dictionary);
  // A few rows must not keep alive, nor later sort and join, a dictionary made for very many.
  return column.dictionary.length > 1024 && rows.length < column.dictionary.length / 2
    ? withUsedDictionary(taken)
    : taken;
}

function withUsedDictionary(column: TextColumn): TextColumn {
  const dictionary: string[] = [];
  const newCode = new Int32Array(column.dictionary.length).fill(-1);
  const codes = column.codes.map((code) => {
    if (code < 0) return -1;
    if ((newCode[code] as number) < 0) {
      newCode[code] = dictionary.length;
      dictionary.push(column.dictionary[code] as string);
    }
    return newCode[code] as number;
  });
  return textColumn(column.spec, codes, dictionary);
}

function takeNumbers(column: NumberColumn, rows: Int32Array): NumberColumn {
  const units = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    units[i] = row < 0 ? Number.NaN : (column.units[row] as number);
  }
  const wide = new Map<number, NonNullable<ReturnType<typeof column.wide.get>>>();
  if (column.wide.size > 0) {
    for (let i = 0; i < rows.length; i++) {
      const value = column.wide.get(rows[i] as number);
      if (value !== undefined) wide.set(i, value);
    }
  }
  return numberColumn(column.spec, units, column.scale, wide);
}

/** The same data under another name or label. Throws when the new type is stored differently. */
export function withSpec(column: Column, spec: ColumnSpec): Column {
  requireKind(column, spec);
  switch (column.kind) {
    case 'text':
      return textColumn(spec, column.codes, column.dictionary);
    case 'number':
      return numberColumn(spec, column.units, column.scale, column.wide);
    case 'object':
      return objectColumn(spec, column.values);
    default:
      return timeLikeColumn(spec, column.kind, column.values);
  }
}

/** One column after the other. All must be stored the way `spec.type` is (text and choice are alike). */
export function concatColumns(spec: ColumnSpec, columns: readonly Column[]): Column {
  for (const column of columns) requireKind(column, spec);
  const kind = kindOfType(spec.type);
  if (kind === 'text') return concatTexts(spec, columns as readonly TextColumn[]);
  if (kind === 'number') return concatNumbers(spec, columns as readonly NumberColumn[]);
  if (kind === 'object') {
    const values = columns.flatMap((column) => (column.kind === 'object' ? column.values : []));
    return objectColumn(spec, values);
  }
  const builder = new TimeLikeColumnBuilder(spec, kind);
  for (const column of columns as readonly TimeLikeColumn[]) {
    for (let row = 0; row < column.length; row++) builder.appendValue(column.values[row] as number);
  }
  return builder.finish();
}

function concatTexts(spec: ColumnSpec, columns: readonly TextColumn[]): TextColumn {
  const builder = new TextColumnBuilder(spec);
  for (const { codes, dictionary, length } of columns) {
    const newCode = new Int32Array(dictionary.length).fill(-1);
    for (let row = 0; row < length; row++) {
      const code = codes[row] as number;
      if (code >= 0 && (newCode[code] as number) < 0)
        newCode[code] = builder.code(dictionary[code] as string);
      builder.appendCode(code < 0 ? -1 : (newCode[code] as number));
    }
  }
  return builder.finish();
}

function concatNumbers(spec: ColumnSpec, columns: readonly NumberColumn[]): NumberColumn {
  const builder = new NumberColumnBuilder(spec);
  for (const { units, scale, wide, length } of columns) {
    for (let row = 0; row < length; row++) {
      const wideValue = wide.size > 0 ? wide.get(row) : undefined;
      if (wideValue === undefined) builder.appendUnits(units[row] as number, scale);
      else builder.append(wideValue);
    }
  }
  return builder.finish();
}

export function blankColumn(spec: ColumnSpec, length: number): Column {
  const kind = kindOfType(spec.type);
  if (kind === 'text') return textColumn(spec, new Int32Array(length).fill(-1), []);
  if (kind === 'number') return numberColumn(spec, new Float64Array(length).fill(Number.NaN), 0);
  if (kind === 'object') return objectColumn(spec, new Array<Cell>(length).fill(null));
  return timeLikeColumn(spec, kind, new Int32Array(length).fill(BLANK_INT32));
}

/**
 * A text column with every text replaced by `map` of it; null and "" give blank. `map` runs once per
 * distinct text, and results that coincide share a code, so the dictionary stays distinct.
 */
export function mapTexts(
  column: TextColumn,
  spec: ColumnSpec,
  map: (text: string) => string | null,
): TextColumn {
  const builder = new TextColumnBuilder(spec);
  const newCode = Int32Array.from(column.dictionary, (text) => {
    const mapped = map(text);
    return mapped === null || mapped === '' ? -1 : builder.code(mapped);
  });
  for (const code of column.codes) builder.appendCode(code < 0 ? -1 : (newCode[code] as number));
  return builder.finish();
}

/** The texts that occur, by first appearance; the dictionary may hold more, of rows that are gone. */
export function usedTexts({ codes, dictionary }: TextColumn): readonly string[] {
  const isUsed = new Uint8Array(dictionary.length);
  const texts: string[] = [];
  for (const code of codes) {
    if (code < 0 || isUsed[code] === 1) continue;
    isUsed[code] = 1;
    texts.push(dictionary[code] as string);
  }
  return texts;
}

/** The same cell in every row. */
export function constantColumn(spec: ColumnSpec, cell: Cell, length: number): Column {
  return takeColumn(columnFromCells(spec, [cell]), new Int32Array(length));
}

/** Throws TypeError when a cell is not of the column's type. */
export function columnFromCells(spec: ColumnSpec, cells: Iterable<Cell>): Column {
  const builder = columnBuilder(spec);
  for (const cell of cells) builder.append(cell);
  return builder.finish();
}

function requireKind(column: Column, spec: ColumnSpec): void {
  if (column.kind !== kindOfType(spec.type)) {
    throw new Error(
      `Column "${column.spec.name}" is stored as ${column.kind} and cannot become ${spec.type}`,
    );
  }
}
