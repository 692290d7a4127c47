/** Brings the key columns of two tables onto common integer codes, so that a join compares integers only. */
import { cellKey, cellToText } from './cells';
import { IntegerIndex } from './codes';
import { cellAt } from './column';
import { type Decimal, formatDecimal, parseDecimal } from './decimal';
import { decimalOfUnits, EXACT_LIMIT, POWERS_OF_TEN, unitsAt } from './number-builder';
import { DistinctTexts, TextIndex } from './text-index';
import { BLANK_INT32, type Column, type NumberColumn, type TextColumn, type TimeLikeColumn } from './types';
import { type Work, workThrough } from './work';

/** Codes of both sides in one code space; -1 where the key is blank or cannot match anything. */
export interface PairCodes {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly count: number;
}

/**
 * Codes of one pair of key columns. Number keys match by value; text against number is read as a number
 * ("01" matches 1 there, but never the text "1"); other mixed pairs match by canonical text.
 */
function* pairingRows(left: Column, right: Column): Work<PairCodes> {
  if (left.kind === 'text' && right.kind === 'text') return yield* textPair(left, right);
  if (left.kind === 'number' && right.kind === 'number') {
    const index = new NumberIndex(Math.max(left.scale, right.scale));
    return pair(numberCodes(left, index), numberCodes(right, index), index);
  }
  if (left.kind === 'number' && right.kind === 'text') {
    const index = new NumberIndex(left.scale);
    return pair(numberCodes(left, index), textAsNumberCodes(right, index), index);
  }
  if (left.kind === 'text' && right.kind === 'number') {
    const index = new NumberIndex(right.scale);
    return pair(textAsNumberCodes(left, index), numberCodes(right, index), index);
  }
  if (isTimeLike(left) && isTimeLike(right) && left.kind === right.kind) {
    const index = new IntegerIndex();
    return pair(integerCodes(left, index), integerCodes(right, index), index);
  }
  const index = new TextIndex();
  const byKey = left.spec.type === right.spec.type;
  return pair(cellCodes(left, index, byKey), cellCodes(right, index, byKey), index);
}

/** Codes of several pairs of key columns together; a blank in any of them is -1. */
export function keyCodes(left: readonly Column[], right: readonly Column[]): PairCodes {
  return workThrough(keyingRows(left, right));
}

/** `keyCodes`, resting between and within the pairs. */
export function* keyingRows(left: readonly Column[], right: readonly Column[]): Work<PairCodes> {
  let combined: PairCodes | null = null;
  for (let key = 0; key < left.length; key++) {
    const next = yield* pairingRows(left[key] as Column, right[key] as Column);
    yield;
    combined = combined === null ? next : combinePairs(combined, next);
  }
  if (combined === null) throw new Error('A join needs at least one key column');
  return combined;
}

function combinePairs(a: PairCodes, b: PairCodes): PairCodes {
  const index = new IntegerIndex();
  const combine = (first: Int32Array, second: Int32Array): Int32Array => {
    const codes = new Int32Array(first.length);
    for (let row = 0; row < first.length; row++) {
      const x = first[row] as number;
      const y = second[row] as number;
      codes[row] = x < 0 || y < 0 ? -1 : index.add(x * b.count + y);
    }
    return codes;
  };
  return pair(combine(a.left, b.left), combine(a.right, b.right), index);
}

function pair(left: Int32Array, right: Int32Array, index: { readonly size: number }): PairCodes {
  return { left, right, count: index.size };
}

/** Few enough to take a few milliseconds. */
const TEXTS_PER_PIECE = 16_384;

/** Only dictionaries are compared: rows are mapped through arrays. The left dictionary's codes stand for both. */
function* textPair(left: TextColumn, right: TextColumn): Work<PairCodes> {
  const count = left.dictionary.length;
  if (left.dictionary === right.dictionary) return { left: left.codes, right: right.codes, count };
  const index = new DistinctTexts(left.dictionary);
  for (let code = 0; code < count; code += TEXTS_PER_PIECE) {
    yield;
    index.place(code, Math.min(count, code + TEXTS_PER_PIECE));
  }
  const codeOf = new Int32Array(right.dictionary.length);
  for (let code = 0; code < codeOf.length; code += TEXTS_PER_PIECE) {
    yield;
    index.findInto(codeOf, right.dictionary, code, Math.min(codeOf.length, code + TEXTS_PER_PIECE));
  }
  return { left: left.codes, right: mapCodes(right.codes, codeOf), count };
}

/** Numbers decimals by value: integers at the common scale where they fit, canonical text where they do not. */
class NumberIndex {
  private readonly integers = new IntegerIndex();
  private readonly texts = new TextIndex();
  private readonly codeOfText: number[] = [];
  private count = 0;
  private readonly codeOfInteger: number[] = [];
  readonly scale: number;

  constructor(scale: number) {
    this.scale = scale;
  }

  get size(): number {
    return this.count;
  }

  /** `units` is an integer below 2^53 at this index's scale. */
  addInteger(units: number): number {
    const position = this.integers.add(units);
    if (position === this.codeOfInteger.length) this.codeOfInteger.push(this.count++);
    return this.codeOfInteger[position] as number;
  }

  addDecimal(value: Decimal): number {
    const units = unitsAt(value, this.scale);
    if (units !== null) return this.addInteger(units);
    const position = this.texts.add(formatDecimal(value));
    if (position === this.codeOfText.length) this.codeOfText.push(this.count++);
    return this.codeOfText[position] as number;
  }
}

function numberCodes(column: NumberColumn, index: NumberIndex): Int32Array {
  const factor = POWERS_OF_TEN[index.scale - column.scale] as number;
  const codes = new Int32Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const units = column.units[row] as number;
    if (!Number.isNaN(units)) {
      const scaled = units * factor;
      codes[row] =
        Math.abs(scaled) < EXACT_LIMIT
          ? index.addInteger(scaled)
          : index.addDecimal(decimalOfUnits(units, column.scale));
    } else {
      const wide = column.wide.get(row);
      codes[row] = wide === undefined ? -1 : index.addDecimal(wide);
    }
  }
  return codes;
}

function textAsNumberCodes(column: TextColumn, index: NumberIndex): Int32Array {
  const codeOf = Int32Array.from(column.dictionary, (text) => {
    const value = parseDecimal(text);
    return value === null ? -1 : index.addDecimal(value);
  });
  return mapCodes(column.codes, codeOf);
}

function isTimeLike(column: Column): column is TimeLikeColumn {
  return column.kind === 'date' || column.kind === 'time' || column.kind === 'datetime';
}

function integerCodes(column: TimeLikeColumn, index: IntegerIndex): Int32Array {
  const codes = new Int32Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column.values[row] as number;
    codes[row] = value === BLANK_INT32 ? -1 : index.add(value);
  }
  return codes;
}

function cellCodes(column: Column, index: TextIndex, byKey: boolean): Int32Array {
  const { type } = column.spec;
  const codes = new Int32Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const cell = cellAt(column, row);
    codes[row] = cell === null ? -1 : index.add(byKey ? cellKey(type, cell) : cellToText(type, cell));
  }
  return codes;
}

function mapCodes(codes: Int32Array, codeOf: Int32Array): Int32Array {
  const mapped = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    mapped[row] = code < 0 ? -1 : (codeOf[code] as number);
  }
  return mapped;
}
