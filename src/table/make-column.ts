/**
 * The one place where columns come into being. Objects that are written down in one place share a hidden
 * class, and code that works on columns stays compiled; with a class per place it is thrown away and
 * compiled anew again and again.
 */
import type { Decimal } from './decimal';
import type { Cell, ColumnSpec, NumberColumn, ObjectColumn, TextColumn, TimeLikeColumn } from './types';

export function textColumn(spec: ColumnSpec, codes: Int32Array, dictionary: readonly string[]): TextColumn {
  return { spec, length: codes.length, kind: 'text', codes, dictionary };
}

/** Without `wide`, no number is outside `units`. */
export function numberColumn(
  spec: ColumnSpec,
  units: Float64Array,
  scale: number,
  wide: ReadonlyMap<number, Decimal> = new Map(),
): NumberColumn {
  return { spec, length: units.length, kind: 'number', units, scale, wide };
}

export function timeLikeColumn(
  spec: ColumnSpec,
  kind: TimeLikeColumn['kind'],
  values: Int32Array | Float64Array,
): TimeLikeColumn {
  return { spec, length: values.length, kind, values };
}

export function objectColumn(spec: ColumnSpec, values: readonly Cell[]): ObjectColumn {
  return { spec, length: values.length, kind: 'object', values };
}
