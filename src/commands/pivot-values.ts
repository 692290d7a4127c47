/** Values that a pivot turns into columns: their texts in settings, and the rows that hold them. */
import { cellAt, codesOfColumn, compareCells, formatDecimal } from '../table/index';
import type { Cell, Column, ColumnType } from '../table/types';
import { literalCell, NOT_CONVERTIBLE } from './convert';

/** Column types whose values can become columns: one value per row, with one text of its own. */
export const PIVOT_TYPES: readonly ColumnType[] = ['text', 'choice', 'number', 'date', 'time', 'datetime'];

/** The value that a text of the settings stands for, or null when it is none of the type ("" is none). */
export function pivotValue(type: ColumnType, text: string): Cell {
  const cell = literalCell(type, text);
  return cell === NOT_CONVERTIBLE || cell === '' ? null : cell;
}

/** One text per value: "1.0" and "1" are the same number. */
export const pivotKey = (cell: Cell): string =>
  typeof cell === 'string' ? cell : cell !== null && 'coefficient' in cell ? formatDecimal(cell) : '';

/** The texts in the order of their values; those that stand for none come last, as they are. */
export function ascendingValues(type: ColumnType, texts: readonly string[]): readonly string[] {
  const cells = new Map(texts.map((text) => [text, pivotValue(type, text)]));
  return [...texts].sort((a, b) => {
    const [left, right] = [cells.get(a) ?? null, cells.get(b) ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return compareCells(type, left, right);
  });
}

/** Where the rows of a pivot go. */
export interface PivotSlots {
  /** Per row the number of its new column, or -1. */
  readonly slotOf: Int32Array;
  /** Rows without a slot, and the first of them (-1: none). */
  readonly unknownCount: number;
  readonly firstUnknownRow: number;
  /** The first few distinct values without a slot, as texts; blank is "". */
  readonly unknownValues: readonly string[];
}

/** How many unknown values a message names. */
const NAMED_VALUES = 5;

/**
 * Looks every distinct value up once. `slots` has the slot of each value by `pivotKey`, that of blank under
 * ""; `otherSlot` takes the rest (-1: nothing does).
 */
export function slotsOf(column: Column, slots: ReadonlyMap<string, number>, otherSlot: number): PivotSlots {
  const { codes, count } = codesOfColumn(column);
  // The last entry belongs to blank, whose code is -1.
  const slotOfCode = new Int32Array(count + 1).fill(-2);
  const slotOf = new Int32Array(column.length);
  const unknownValues: string[] = [];
  let unknownCount = 0;
  let firstUnknownRow = -1;
  for (let row = 0; row < column.length; row++) {
    const code = codes[row] as number;
    const entry = code < 0 ? count : code;
    let slot = slotOfCode[entry] as number;
    if (slot === -2) {
      const key = pivotKey(cellAt(column, row));
      slot = slots.get(key) ?? otherSlot;
      slotOfCode[entry] = slot;
      if (slot < 0 && unknownValues.length < NAMED_VALUES) unknownValues.push(key);
    }
    slotOf[row] = slot;
    if (slot >= 0) continue;
    unknownCount++;
    if (firstUnknownRow < 0) firstUnknownRow = row;
  }
  return { slotOf, unknownCount, firstUnknownRow, unknownValues };
}
