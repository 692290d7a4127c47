/** Which records go, and what they held. */
import { conditionPredicate } from '../commands/conditions';
import type { OutputMode, OutputRows } from '../commands/types';
import {
  type Cell,
  type Column,
  type ColumnSpec,
  cellAt,
  fieldTypeOf,
  type InnerRow,
  kintoneFromCell,
  type Person,
  type Table,
  writeValues,
} from '../table';
import { NO_RECORD } from './match';
import type { PlannedDelete, WriteFields } from './types';

/** Modes that may delete, so that they need the records with all their fields. */
export const deletesRecords = (mode: OutputMode): boolean =>
  mode === 'regenerate' || mode === 'sync' || mode === 'delete';

/** Modes whose deletions concern records that no row of the result names. */
export const deletesTheRest = (mode: OutputMode): boolean => mode === 'regenerate' || mode === 'sync';

/** The deletions of an output in the order of record ids; `matches` is the record's row per wanted row. */
export function plannedDeletes(
  output: OutputRows,
  current: Table,
  matches: Int32Array,
  label: (row: number) => string,
): readonly PlannedDelete[] {
  if (!deletesRecords(output.mode)) return [];
  const named = new Uint8Array(current.rowCount);
  for (const row of matches) if (row > NO_RECORD) named[row] = 1;
  const isWithin =
    output.mode === 'sync' && output.deleteWithin ? conditionPredicate(output.deleteWithin, current) : null;
  const before = recordReader(current);
  const deletes: PlannedDelete[] = [];
  for (let row = 0; row < current.rowCount; row += 1) {
    const isNamed = named[row] === 1;
    if (isNamed !== (output.mode === 'delete')) continue;
    if (isWithin !== null && !isWithin(row)) continue;
    deletes.push({
      recordId: String(current.origin?.ids[row]),
      revision: String(current.origin?.revisions[row]),
      before: before(row),
      label: label(row),
    });
  }
  return deletes;
}

/**
 * Reads every field of a record as kintone answers it, so that people can read it and undo can write it back.
 * One reader per table: it has looked at the columns already.
 */
export function recordReader(table: Table): (row: number) => WriteFields {
  const fields = table.columns.map((column) => ({ code: column.spec.name, at: reader(column) }));
  return (row) => {
    const record: Record<string, { value: unknown }> = {};
    for (const { code, at } of fields) record[code] = { value: at(row) };
    return record;
  };
}

function reader(column: Column): (row: number) => unknown {
  const { spec } = column;
  const isRich = spec.type === 'people' || spec.type === 'files' || spec.type === 'table';
  if (isRich) return (row) => valueBefore(spec, cellAt(column, row));
  return writeValues(column, fieldTypeOf(spec));
}

/** Unlike what is written, it keeps names of people, names of files, and fields that only kintone sets. */
function valueBefore(spec: ColumnSpec, cell: Cell): unknown {
  if (cell === null) return kintoneFromCell(fieldTypeOf(spec), null);
  switch (spec.type) {
    case 'people':
    case 'files':
      return spec.fieldType === 'CREATOR' || spec.fieldType === 'MODIFIER'
        ? (cell as readonly Person[])[0]
        : cell;
    case 'table':
      return (cell as readonly InnerRow[]).map((row) => ({
        ...(row.id === null ? {} : { id: row.id }),
        value: Object.fromEntries(
          (spec.columns ?? []).map((column, index) => [
            column.name,
            { value: valueBefore(column, row.cells[index] ?? null) },
          ]),
        ),
      }));
    default:
      return kintoneFromCell(fieldTypeOf(spec), cell);
  }
}
