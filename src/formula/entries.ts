/**
 * Values of a part of a formula for the distinct texts of a column instead of for its rows. Rows do not
 * depend on each other, so a part that uses one text column has one value per entry of its dictionary.
 */
import type { Decimal } from '../table/decimal';
import { textColumn } from '../table/make-column';
import { EXACT_LIMIT, POWERS_OF_TEN } from '../table/number-builder';
import type { TextColumn } from '../table/types';
import { CHUNK_ROWS } from './limits';
import type { NumberVector } from './number-vector';
import { decimalAt, NumberSink } from './number-vector';
import type { ErrorBytes } from './row-errors';
import type { TypedNode } from './typed';
import type { BooleanVector, MomentVector, TextVector, Vector } from './vectors';

/** Chunks of CHUNK_ROWS entries each; the entry after the dictionary is the value for blank. */
export interface EntryValues {
  readonly blocks: readonly Vector[];
  readonly blank: number;
}

/** UTF-16 units of results that may stay in memory; beyond it rows are computed chunk by chunk. */
const MAX_ENTRY_TEXT = 32 * 1024 * 1024;

/** The name of the one column that the node uses, when that is a text column; null otherwise. */
export function onlyTextColumn(node: TypedNode): string | null {
  const names = new Set<string>();
  let isText = true;
  const visited = new Set<TypedNode>();
  const visit = (part: TypedNode): void => {
    if (visited.has(part)) return;
    visited.add(part);
    if (part.kind === 'column') {
      names.add(part.spec.name);
      if (part.type !== 'text') isText = false;
    }
    if (part.kind === 'operation') part.arguments.forEach(visit);
  };
  visit(node);
  const [name] = names;
  return isText && names.size === 1 && name !== undefined ? name : null;
}

/** The dictionary as a column: each entry once, then blank. */
export function entryColumn(column: TextColumn): TextColumn {
  const { dictionary } = column;
  const codes = new Int32Array(dictionary.length + 1).map((_, code) => code);
  codes[dictionary.length] = -1;
  return textColumn(column.spec, codes, dictionary);
}

function textLength(vector: Vector, count: number): number {
  if (vector.kind !== 'text') return 0;
  let length = 0;
  for (let row = 0; row < count; row += 1) length += vector.values[row]!.length;
  return length;
}

/** Whether rows are clearly more than entries. */
export function isWorthEntries(column: TextColumn): boolean {
  return 2 * (column.dictionary.length + 1) <= column.length;
}

/**
 * Evaluates the entries, or answers null when the results would take too much memory.
 *
 * @param evaluate gives the values of `count` entries from `start` on
 */
export function evaluateEntries(
  column: TextColumn,
  evaluate: (start: number, count: number) => Vector,
): EntryValues | null {
  const blank = column.dictionary.length;
  const blocks: Vector[] = [];
  let budget = MAX_ENTRY_TEXT;
  for (let start = 0; start <= blank; start += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, blank + 1 - start);
    const block = evaluate(start, count);
    budget -= textLength(block, count);
    if (budget < 0) return null;
    blocks.push(block);
  }
  return { blocks: sameScale(blocks), blank };
}

/** Number blocks at one scale, so that looking up is copying. */
function sameScale(blocks: readonly Vector[]): readonly Vector[] {
  const scale = Math.max(...blocks.map((block) => (block.kind === 'number' ? block.scale : 0)));
  return blocks.map((block) => {
    if (block.kind !== 'number' || block.scale === scale) return block;
    const sink = new NumberSink(block.units.length, scale, block.errors);
    const factor = POWERS_OF_TEN[scale - block.scale]!;
    for (let row = 0; row < block.units.length; row += 1) {
      const units = block.units[row]! * factor;
      if (Math.abs(units) < EXACT_LIMIT) sink.units[row] = units;
      else sink.put(row, decimalAt(block, row));
    }
    return sink.finish();
  });
}

const BLOCK_BITS = Math.log2(CHUNK_ROWS);
const BLOCK_MASK = CHUNK_ROWS - 1;

/** The values of `count` rows from `start` on, by the codes of the rows. */
export function takeEntries(
  { blocks, blank }: EntryValues,
  codes: Int32Array,
  start: number,
  count: number,
): Vector {
  const places = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const code = codes[start + row]!;
    places[row] = code < 0 ? blank : code;
  }
  const errors = takeErrors(blocks, places);
  const first = blocks[0]!;
  switch (first.kind) {
    case 'text': {
      const values = new Array<string>(count);
      for (let row = 0; row < count; row += 1) {
        const place = places[row]!;
        values[row] = (blocks[place >> BLOCK_BITS] as TextVector).values[place & BLOCK_MASK]!;
      }
      return { kind: 'text', values, errors };
    }
    case 'boolean': {
      const values = new Uint8Array(count);
      for (let row = 0; row < count; row += 1) {
        const place = places[row]!;
        values[row] = (blocks[place >> BLOCK_BITS] as BooleanVector).values[place & BLOCK_MASK]!;
      }
      return { kind: 'boolean', values, errors };
    }
    case 'moment': {
      const values = new Float64Array(count);
      for (let row = 0; row < count; row += 1) {
        const place = places[row]!;
        values[row] = (blocks[place >> BLOCK_BITS] as MomentVector).values[place & BLOCK_MASK]!;
      }
      return { kind: 'moment', values, errors };
    }
    case 'number':
      return takeNumbers(blocks as readonly NumberVector[], places, errors);
  }
}

function takeNumbers(blocks: readonly NumberVector[], places: Int32Array, errors: ErrorBytes): NumberVector {
  const units = new Float64Array(places.length);
  let wide: Map<number, Decimal> | null = null;
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row]!;
    const block = blocks[place >> BLOCK_BITS]!;
    units[row] = block.units[place & BLOCK_MASK]!;
    const value = block.wide?.get(place & BLOCK_MASK);
    if (value === undefined) continue;
    wide ??= new Map();
    wide.set(row, value);
  }
  return { kind: 'number', units, scale: blocks[0]!.scale, wide, errors };
}

function takeErrors(blocks: readonly Vector[], places: Int32Array): ErrorBytes {
  if (blocks.every((block) => block.errors === null)) return null;
  const errors = new Uint8Array(places.length);
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row]!;
    errors[row] = blocks[place >> BLOCK_BITS]!.errors?.[place & BLOCK_MASK] ?? 0;
  }
  // Entries with an error need not occur in this chunk.
  return errors.some((byte) => byte !== 0) ? errors : null;
}
