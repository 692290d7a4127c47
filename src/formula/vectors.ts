/**
 * Values of one expression for a chunk of rows. Arrays may be longer than the chunk: constants are
 * spread once and reused for every chunk. Rows with an error hold blank.
 */

import type { Decimal } from '../table/decimal';
import { EXACT_LIMIT, POWERS_OF_TEN } from '../table/number-builder';
import { BLANK_INT32 } from '../table/types';
import type { NumberVector } from './number-vector';
import { decimalAt, NumberSink } from './number-vector';
import type { ErrorBytes } from './row-errors';

/** "" is blank. */
export interface TextVector {
  readonly kind: 'text';
  readonly values: readonly string[];
  readonly errors: ErrorBytes;
  readonly constant?: boolean;
}

/** 0 false, 1 true, `BLANK_BOOLEAN` blank; only a branch without value makes a blank one. */
export interface BooleanVector {
  readonly kind: 'boolean';
  readonly values: Uint8Array;
  readonly errors: ErrorBytes;
  readonly constant?: boolean;
}
export const BLANK_BOOLEAN = 2;

/** Days, minutes of the day or UTC minutes, as columns keep them; `BLANK_INT32` is blank. */
export interface MomentVector {
  readonly kind: 'moment';
  readonly values: Int32Array | Float64Array;
  readonly errors: ErrorBytes;
  readonly constant?: boolean;
}

export type Vector = TextVector | BooleanVector | MomentVector | NumberVector;

/** Whether the row is blank, whatever the kind of the vector. */
export function isBlankRow(vector: Vector, row: number): boolean {
  switch (vector.kind) {
    case 'text':
      return vector.values[row] === '';
    case 'boolean':
      return vector.values[row] === BLANK_BOOLEAN;
    case 'moment':
      return vector.values[row] === BLANK_INT32;
    case 'number': {
      const units = vector.units[row]!;
      return Number.isNaN(units) && !vector.wide?.has(row);
    }
  }
}

/** The first row, in `length` rows. */
export function spread(vector: Vector, length: number): Vector {
  const byte = vector.errors?.[0] ?? 0;
  const errors = byte === 0 ? null : new Uint8Array(length).fill(byte);
  switch (vector.kind) {
    case 'text':
      return { ...vector, values: new Array<string>(length).fill(vector.values[0]!), errors, constant: true };
    case 'boolean':
      return { ...vector, values: new Uint8Array(length).fill(vector.values[0]!), errors, constant: true };
    case 'moment':
      return { ...vector, values: new Float64Array(length).fill(vector.values[0]!), errors, constant: true };
    case 'number': {
      const value = vector.wide?.get(0);
      const wide = value === undefined ? null : new Map<number, Decimal>();
      if (value !== undefined) for (let row = 0; row < length; row += 1) wide?.set(row, value);
      return {
        ...vector,
        units: new Float64Array(length).fill(vector.units[0]!),
        wide,
        errors,
        constant: true,
      };
    }
  }
}

/**
 * Takes each row from the branch that `choice` names. A branch is evaluated only when some row needs
 * it, and an error in a branch that a row does not take is not that row's error.
 *
 * @param choice per row the branch index, or -1 for blank
 * @param ownErrors errors of the choice itself; such rows become blank
 */
export function choose(
  branches: readonly (() => Vector)[],
  choice: Int32Array,
  ownErrors: ErrorBytes,
  count: number,
  blank: (count: number) => Vector,
): Vector {
  // One place more, at the front, for the choice of blank.
  const needed = new Uint8Array(branches.length + 1);
  for (let row = 0; row < count; row += 1) needed[choice[row]! + 1] = 1;
  const only = needed.indexOf(1);
  if (only > 0 && needed.lastIndexOf(1) === only && ownErrors === null) return branches[only - 1]!();
  const vectors = branches.map((branch, index) => (needed[index + 1] === 1 ? branch() : null));
  const sample = vectors.find((vector) => vector !== null) ?? blank(count);
  const errors = chosenErrors(vectors, choice, ownErrors, count);
  switch (sample.kind) {
    case 'text': {
      const values = new Array<string>(count);
      for (let row = 0; row < count; row += 1) {
        const from = vectors[choice[row]!] as TextVector | undefined;
        values[row] = from === undefined ? '' : from.values[row]!;
      }
      return { kind: 'text', values, errors };
    }
    case 'boolean': {
      const values = new Uint8Array(count).fill(BLANK_BOOLEAN);
      for (let row = 0; row < count; row += 1) {
        const from = vectors[choice[row]!] as BooleanVector | undefined;
        if (from !== undefined) values[row] = from.values[row]!;
      }
      return { kind: 'boolean', values, errors };
    }
    case 'moment': {
      const values = new Float64Array(count).fill(BLANK_INT32);
      for (let row = 0; row < count; row += 1) {
        const from = vectors[choice[row]!] as MomentVector | undefined;
        if (from !== undefined) values[row] = from.values[row]!;
      }
      return { kind: 'moment', values, errors };
    }
    case 'number':
      return chooseNumbers(vectors as (NumberVector | null)[], choice, errors, count);
  }
}

function chosenErrors(
  vectors: readonly (Vector | null)[],
  choice: Int32Array,
  ownErrors: ErrorBytes,
  count: number,
): ErrorBytes {
  if (ownErrors === null && vectors.every((vector) => !vector?.errors)) return null;
  const errors = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    errors[row] = ownErrors?.[row] || vectors[choice[row]!]?.errors?.[row] || 0;
  }
  return errors;
}

function chooseNumbers(
  vectors: readonly (NumberVector | null)[],
  choice: Int32Array,
  errors: ErrorBytes,
  count: number,
): NumberVector {
  const scale = Math.max(0, ...vectors.map((vector) => vector?.scale ?? 0));
  const sink = new NumberSink(count, scale, errors);
  const factors = vectors.map((vector) => POWERS_OF_TEN[scale - (vector?.scale ?? 0)]!);
  const noUnits = new Float64Array(0);
  const unitsOf = vectors.map((vector) => vector?.units ?? noUnits);
  for (let row = 0; row < count; row += 1) {
    const index = choice[row]!;
    if (index < 0 || (errors !== null && errors[row] !== 0)) continue;
    const from = vectors[index]!;
    const units = unitsOf[index]![row]! * factors[index]!;
    if (units < EXACT_LIMIT && units > -EXACT_LIMIT) sink.units[row] = units;
    else sink.put(row, decimalAt(from, row));
  }
  return sink.finish();
}
