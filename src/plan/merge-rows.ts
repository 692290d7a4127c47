import type { TableMerge } from '../commands/types';
import { FailureError, failure, type Place } from '../definition/errors';
import { type Cell, type ColumnSpec, cellKey, cellToText, type InnerRow } from '../table';

/**
 * Rows of a kintone table after the result's rows are merged in by an inner key. Rows that stay keep their
 * ids and places; new ones follow in the result's order; rows that the result lacks stay or go as told.
 * Both cells hold the inner columns of `spec`. Throws `FailureError` `tableKeyBlank {field, key, count}`,
 * `tableKeyRepeated {field, key, values}`: which row is meant could only be guessed.
 */
export function mergedRows(
  spec: ColumnSpec,
  merge: TableMerge,
  wanted: Cell,
  current: Cell,
  place: Place,
): Cell {
  const index = (spec.columns ?? []).findIndex((column) => column.name === merge.key);
  const type = spec.columns?.[index]?.type ?? 'text';
  const keyOf = (row: InnerRow): string => cellKey(type, row.cells[index] ?? null);
  const newRows = (wanted ?? []) as readonly InnerRow[];
  const oldRows = (current ?? []) as readonly InnerRow[];
  const at = { ...place, field: merge.field };
  const blank = newRows.filter((row) => keyOf(row) === '').length;
  if (blank > 0) {
    throw new FailureError(
      failure('tableKeyBlank', { field: merge.field, key: merge.key, count: blank }, at),
    );
  }
  const wantedByKey = new Map(newRows.map((row) => [keyOf(row), row]));
  const needed = oldRows.filter((row) => wantedByKey.has(keyOf(row)));
  const repeated = firstRepeated(newRows, keyOf) ?? firstRepeated(needed, keyOf);
  if (repeated !== undefined) {
    const values = [cellToText(type, repeated.cells[index] ?? null)];
    throw new FailureError(failure('tableKeyRepeated', { field: merge.field, key: merge.key, values }, at));
  }
  const rows = oldRows.flatMap((row): readonly InnerRow[] => {
    const next = wantedByKey.get(keyOf(row));
    if (next !== undefined) return [{ id: row.id, cells: next.cells }];
    return merge.keepOthers ? [row] : [];
  });
  const known = new Set(oldRows.map(keyOf));
  const added = newRows.filter((row) => !known.has(keyOf(row)));
  const all = [...rows, ...added.map((row) => ({ id: null, cells: row.cells }))];
  return all.length === 0 ? null : all;
}

function firstRepeated(rows: readonly InnerRow[], keyOf: (row: InnerRow) => string): InnerRow | undefined {
  const seen = new Set<string>();
  return rows.find((row) => {
    const key = keyOf(row);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
