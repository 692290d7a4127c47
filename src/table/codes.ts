/** Dense integer codes for equal values: what grouping, joining and counting work on instead of the values. */
import { cellKey } from './cells';
import { type Decimal, formatDecimal } from './decimal';
import { unitsAt } from './number-builder';
import { TextIndex } from './text-index';
import { BLANK_INT32, type Column, type NumberColumn } from './types';

/** One code per row: equal values have equal codes in [0, count), blank is -1. Some codes may be unused. */
export interface Codes {
  readonly codes: Int32Array;
  readonly count: number;
}

/**
 * Numbers integers (|key| < 2^53) by first appearance. Open addressing in typed arrays: several times
 * faster than Map for a million keys, and free of objects.
 */
export class IntegerIndex {
  private keys = new Float64Array(1024);
  private slots = new Int32Array(1024).fill(-1);
  private mask = 1023;
  private used = 0;

  get size(): number {
    return this.used;
  }

  /** The code of a key; a key that is new gets the next code. */
  add(key: number): number {
    const slot = this.slotOf(key);
    const code = this.slots[slot] as number;
    if (code >= 0) return code;
    const added = this.used++;
    this.slots[slot] = added;
    this.keys[slot] = key;
    if (2 * this.used > this.mask) this.grow();
    return added;
  }

  /** The code of a key, or -1. */
  find(key: number): number {
    return this.slots[this.slotOf(key)] as number;
  }

  private slotOf(key: number): number {
    const high = Math.floor(key / 4294967296);
    let hash = Math.imul((key | 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0xc2b2ae35) & this.mask;
    while ((this.slots[slot] as number) >= 0 && this.keys[slot] !== key) slot = (slot + 1) & this.mask;
    return slot;
  }

  private grow(): void {
    const { keys, slots } = this;
    const size = 2 * (this.mask + 1);
    this.keys = new Float64Array(size);
    this.slots = new Int32Array(size).fill(-1);
    this.mask = size - 1;
    for (let old = 0; old < slots.length; old++) {
      const code = slots[old] as number;
      if (code < 0) continue;
      const key = keys[old] as number;
      const slot = this.slotOf(key);
      this.keys[slot] = key;
      this.slots[slot] = code;
    }
  }
}

/** Codes of one column's values. */
export function codesOfColumn(column: Column): Codes {
  switch (column.kind) {
    case 'text':
      return { codes: column.codes, count: column.dictionary.length };
    case 'number': {
      if (column.wide.size > 0) return codesOfWideNumbers(column);
      return codesOfIntegers(column.units, Number.NaN);
    }
    case 'object': {
      const index = new TextIndex();
      const { type } = column.spec;
      const codes = Int32Array.from(column.values, (cell) =>
        cell === null ? -1 : index.add(cellKey(type, cell)),
      );
      return { codes, count: index.size };
    }
    default:
      return codesOfIntegers(column.values, BLANK_INT32);
  }
}

/** Codes of the wide values follow those of the integers. */
function codesOfWideNumbers(column: NumberColumn): Codes {
  const integers = new IntegerIndex();
  const codes = new Int32Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const units = column.units[row] as number;
    codes[row] = Number.isNaN(units) ? -1 : integers.add(units);
  }
  const others: [number, Decimal][] = [];
  for (const [row, value] of column.wide) {
    const units = unitsAt(value, column.scale);
    if (units === null) others.push([row, value]);
    else codes[row] = integers.add(units);
  }
  const texts = new TextIndex();
  for (const [row, value] of others) codes[row] = integers.size + texts.add(formatDecimal(value));
  return { codes, count: integers.size + texts.size };
}

function codesOfIntegers(values: Int32Array | Float64Array, blank: number): Codes {
  const index = new IntegerIndex();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    codes[row] = value === blank || Number.isNaN(value) ? -1 : index.add(value);
  }
  return { codes, count: index.size };
}

/**
 * Codes of pairs: rows are equal when both parts are. Blank parts (-1) pair like any other value.
 * Codes are numbered by first appearance, so with a single pair of columns they are group numbers.
 */
export function combineCodes(a: Codes, b: Codes): Codes {
  const length = a.codes.length;
  const codes = new Int32Array(length);
  const width = b.count + 1;
  const combinations = (a.count + 1) * width;
  if (combinations <= Math.max(1 << 16, 4 * length)) {
    const seen = new Int32Array(combinations).fill(-1);
    let count = 0;
    for (let row = 0; row < length; row++) {
      const key = ((a.codes[row] as number) + 1) * width + (b.codes[row] as number) + 1;
      if ((seen[key] as number) < 0) seen[key] = count++;
      codes[row] = seen[key] as number;
    }
    return { codes, count };
  }
  const index = new IntegerIndex();
  for (let row = 0; row < length; row++) {
    codes[row] = index.add(((a.codes[row] as number) + 1) * width + (b.codes[row] as number) + 1);
  }
  return { codes, count: index.size };
}
