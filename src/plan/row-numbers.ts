/** Numbers for the rows of kintone tables. */
import type { RowNumberRule } from '../commands/types';
import { type Cell, type ColumnSpec, cellToText, type InnerRow, type KintoneFieldProperty } from '../table';
import { numberForm } from './auto-number';

/** A row of a table in the form of kintone's write APIs; without an id it is new. */
interface WrittenRow {
  readonly id?: string;
  readonly value: Readonly<Record<string, { readonly value: unknown }>>;
}

/**
 * The written value of a table with a number in every new row, in their order. Each record counts for itself: it goes
 * on from the highest number its rows have. Rows that stay are not touched.
 * @param present the record's table as it is (null for a new record), with the inner columns of `spec`
 */
export function numberedRows(
  { rule }: RowNumberRule,
  property: KintoneFieldProperty,
  written: unknown,
  present: Cell,
  spec: ColumnSpec,
): unknown {
  const form = numberForm(rule, property.fields?.[rule.field]?.type === 'NUMBER', '');
  const index = (spec.columns ?? []).findIndex((column) => column.name === rule.field);
  const type = spec.columns?.[index]?.type ?? 'text';
  let next = BigInt(rule.start);
  for (const row of (present ?? []) as readonly InnerRow[]) {
    const held = form.parse(cellToText(type, row.cells[index] ?? null));
    if (held !== null && held >= next) next = held + 1n;
  }
  return (written as readonly WrittenRow[]).map((row) => {
    if (row.id !== undefined) return row;
    const value = form.format(next);
    next += 1n;
    return { ...row, value: { ...row.value, [rule.field]: { value } } };
  });
}
