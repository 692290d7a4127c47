/** One field of all rows at once: which rows change it, and what it is after and before. */
import type { OutputRows } from '../commands/types';
import { type Cell, type Column, cellAt, changedRows, equalCells } from '../table';
import { mergedRows } from './merge-rows';
import { numberedRows } from './row-numbers';
import { fieldValues, keepRowIds, pickInner, writeValue } from './stored';
import type { MappedField } from './wanted';

export interface ComparedField {
  readonly code: string;
  /** 1 per row of the result that changes the field of its record. */
  readonly changed: Uint8Array;
  /** The value to write for a row of the result. */
  after(row: number): unknown;
  /** The value that its record has, in the form it would be written in. */
  before(row: number): unknown;
}

/**
 * @param present the field's column among the present records
 * @param matches row of `present` per row of the result; negative: none
 */
export function comparedField(
  output: OutputRows,
  field: MappedField,
  present: Column,
  matches: Int32Array,
): ComparedField {
  if (field.column.spec.type === 'table') return comparedTables(output, field, present, matches);
  const before = fieldValues(field.property, present);
  return {
    code: field.property.code,
    changed: changedRows(field.column, present, matches),
    after: fieldValues(field.property, field.column),
    before: (row) => before(matches[row] as number),
  };
}

/** Tables keep the ids of their rows, by position or by an inner key, and are compared in the columns that are fed. */
function comparedTables(
  output: OutputRows,
  { property, column }: MappedField,
  present: Column,
  matches: Int32Array,
): ComparedField {
  const { spec } = column;
  const { code } = property;
  const merge = output.tableMerges?.find((entry) => entry.field === code);
  const place = { ...output.place, appId: output.app.appId };
  const now = (row: number): Cell => pickInner(cellAt(present, matches[row] as number), present.spec, spec);
  const next = (row: number): Cell => {
    const wanted = cellAt(column, row);
    return merge === undefined ? wanted : mergedRows(spec, merge, wanted, now(row), { ...place, row });
  };
  const changed = Uint8Array.from(matches, (match, row) =>
    match >= 0 && !equalCells('table', next(row), now(row)) ? 1 : 0,
  );
  const numbering = output.rowNumbers?.find((entry) => entry.table === code);
  return {
    code,
    changed,
    after: (row) => {
      const rows = merge === undefined ? keepRowIds(next(row), now(row)) : next(row);
      const written = writeValue(property, spec, rows).value;
      if (numbering === undefined) return written;
      return numberedRows(
        numbering,
        property,
        written,
        cellAt(present, matches[row] as number),
        present.spec,
      );
    },
    before: (row) => writeValue(property, spec, now(row)).value,
  };
}
