/** Comparing two columns by value, column at a time, without making a cell of either. */
import { cellKey, equalCells } from './cells';
import { cellAt } from './column';
import { equalDecimals } from './decimal';
import { EXACT_LIMIT, POWERS_OF_TEN } from './number-builder';
import type { Column, NumberColumn, ObjectColumn, TextColumn, TimeLikeColumn } from './types';

/**
 * For each row of `a` whether its value differs from that of the row of `b` that `rows` names (1) or not
 * (0); 0 for a negative row. Equality is that of `equalCells`. Both columns have the same type.
 */
export function changedRows(a: Column, b: Column, rows: Int32Array): Uint8Array {
  if (a.kind === 'text' && b.kind === 'text') return changedTexts(a, b, rows);
  if (a.kind === 'number' && b.kind === 'number') return changedNumbers(a, b, rows);
  if (a.kind === 'object' && b.kind === 'object') return changedObjects(a, b, rows);
  if (isTimeLike(a) && isTimeLike(b) && a.kind === b.kind) return changedTimes(a, b, rows);
  return changedCells(a, b, rows);
}

function isTimeLike(column: Column): column is TimeLikeColumn {
  return column.kind === 'date' || column.kind === 'time' || column.kind === 'datetime';
}

function changedTimes(a: TimeLikeColumn, b: TimeLikeColumn, rows: Int32Array): Uint8Array {
  const changed = new Uint8Array(rows.length);
  const left = a.values;
  const right = b.values;
  for (let row = 0; row < rows.length; row++) {
    const other = rows[row] as number;
    if (other >= 0 && left[row] !== right[other]) changed[row] = 1;
  }
  return changed;
}

function changedTexts(a: TextColumn, b: TextColumn, rows: Int32Array): Uint8Array {
  const changed = new Uint8Array(rows.length);
  const isShort = 4 * (a.dictionary.length + b.dictionary.length) < rows.length;
  if (a.dictionary !== b.dictionary && !isShort) {
    // Nearly as many texts as rows: looking all of them up costs more than comparing pairs.
    for (let row = 0; row < rows.length; row++) {
      const other = rows[row] as number;
      if (other < 0) continue;
      const left = a.codes[row] as number;
      const right = b.codes[other] as number;
      const isEqual = left < 0 || right < 0 ? left === right : a.dictionary[left] === b.dictionary[right];
      if (!isEqual) changed[row] = 1;
    }
    return changed;
  }
  const codeInA = a.dictionary === b.dictionary ? null : codesWithin(a.dictionary, b.dictionary);
  for (let row = 0; row < rows.length; row++) {
    const other = rows[row] as number;
    if (other < 0) continue;
    const code = b.codes[other] as number;
    const same = code < 0 || codeInA === null ? code : (codeInA[code] as number);
    if (a.codes[row] !== same) changed[row] = 1;
  }
  return changed;
}

/** Per text of `texts` its code in `dictionary`; -2, which no row has, when it is not there. */
function codesWithin(dictionary: readonly string[], texts: readonly string[]): Int32Array {
  const codes = new Map(dictionary.map((text, code) => [text, code]));
  return Int32Array.from(texts, (text) => codes.get(text) ?? -2);
}

function changedNumbers(a: NumberColumn, b: NumberColumn, rows: Int32Array): Uint8Array {
  const changed = new Uint8Array(rows.length);
  const scale = Math.max(a.scale, b.scale);
  const factorA = POWERS_OF_TEN[scale - a.scale] as number;
  const factorB = POWERS_OF_TEN[scale - b.scale] as number;
  const hasWide = a.wide.size > 0 || b.wide.size > 0;
  for (let row = 0; row < rows.length; row++) {
    const other = rows[row] as number;
    if (other < 0) continue;
    const left = a.units[row] as number;
    const right = b.units[other] as number;
    // A product that is no longer exact is at least 2^53, and then so is every value it could be taken for.
    const scaledLeft = left * factorA;
    const scaledRight = right * factorB;
    if (scaledLeft === scaledRight && Math.abs(scaledLeft) < EXACT_LIMIT) continue;
    const isOneBlank = !hasWide && (Number.isNaN(left) || Number.isNaN(right));
    const isChanged = isOneBlank ? Number.isNaN(left) !== Number.isNaN(right) : differ(a, row, b, other);
    if (isChanged) changed[row] = 1;
  }
  return changed;
}

function differ(a: NumberColumn, row: number, b: NumberColumn, other: number): boolean {
  const left = a.units[row] as number;
  const right = b.units[other] as number;
  if (!Number.isNaN(left) && !Number.isNaN(right)) {
    if (a.scale === b.scale) return left !== right;
    const scale = Math.max(a.scale, b.scale);
    const scaledLeft = left * (POWERS_OF_TEN[scale - a.scale] as number);
    const scaledRight = right * (POWERS_OF_TEN[scale - b.scale] as number);
    if (Math.abs(scaledLeft) < EXACT_LIMIT || Math.abs(scaledRight) < EXACT_LIMIT) {
      return scaledLeft !== scaledRight;
    }
  }
  const one = cellAt(a, row) as Parameters<typeof equalDecimals>[0] | null;
  const two = cellAt(b, other) as Parameters<typeof equalDecimals>[0] | null;
  if (one === null || two === null) return one !== two;
  return !equalDecimals(one, two);
}

/** Lists that are read from bytes are often the very same object, and keys need to be made once per object. */
function changedObjects(a: ObjectColumn, b: ObjectColumn, rows: Int32Array): Uint8Array {
  const changed = new Uint8Array(rows.length);
  const { type } = a.spec;
  const keys = new Map<unknown, string>();
  const keyOf = (cell: ObjectColumn['values'][number]): string => {
    if (type !== 'choices' && type !== 'people') return cellKey(type, cell);
    const known = keys.get(cell) ?? cellKey(type, cell);
    keys.set(cell, known);
    return known;
  };
  for (let row = 0; row < rows.length; row++) {
    const other = rows[row] as number;
    if (other < 0) continue;
    const left = a.values[row] ?? null;
    const right = b.values[other] ?? null;
    if (left !== right && keyOf(left) !== keyOf(right)) changed[row] = 1;
  }
  return changed;
}

function changedCells(a: Column, b: Column, rows: Int32Array): Uint8Array {
  const changed = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const other = rows[row] as number;
    if (other >= 0 && !equalCells(a.spec.type, cellAt(a, row), cellAt(b, other))) changed[row] = 1;
  }
  return changed;
}
