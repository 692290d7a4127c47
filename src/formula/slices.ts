/** Columns of a table as vectors. */
import { cellToText } from '../table/cells';
import type { Decimal } from '../table/decimal';
import { MAX_SCALE } from '../table/number-builder';
import type { Column, NumberColumn, TextColumn } from '../table/types';
import type { NumberVector } from './number-vector';
import { decimalAt, vectorOfDecimals } from './number-vector';
import type { Vector } from './vectors';

function textSlice(column: TextColumn, start: number, count: number): Vector {
  const { codes, dictionary } = column;
  const values = new Array<string>(count);
  for (let row = 0; row < count; row += 1) {
    const code = codes[start + row]!;
    values[row] = code < 0 ? '' : dictionary[code]!;
  }
  return { kind: 'text', values, errors: null };
}

function numberSlice(column: NumberColumn, start: number, count: number): Vector {
  const units = column.units.subarray(start, start + count);
  const whole: NumberVector = { kind: 'number', units, scale: column.scale, wide: null, errors: null };
  const wide = new Map<number, Decimal>();
  for (let row = 0; row < count && column.wide.size > 0; row += 1) {
    const value = column.wide.get(start + row);
    if (value !== undefined) wide.set(row, value);
  }
  const vector = wide.size === 0 ? whole : { ...whole, wide };
  if (column.scale <= MAX_SCALE) return vector;
  return vectorOfDecimals(
    Array.from({ length: count }, (_, row) => decimalAt(vector, row)),
    null,
  );
}

/** `count` rows of a column from `start` on, as the vector that operations read. Numbers are not copied. */
export function sliceColumn(column: Column, start: number, count: number): Vector {
  switch (column.kind) {
    case 'text':
      return textSlice(column, start, count);
    case 'number':
      return numberSlice(column, start, count);
    case 'object': {
      const values = column.values
        .slice(start, start + count)
        .map((cell) => cellToText(column.spec.type, cell));
      return { kind: 'text', values, errors: null };
    }
    default:
      return { kind: 'moment', values: column.values.subarray(start, start + count), errors: null };
  }
}
