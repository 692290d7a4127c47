/**
 * A planned row whose record somebody has changed since: what becomes of it by the unit's policy, against the record
 * as it is now. Pure; the caller reads the record and writes with the revision that stands in the answer.
 */
import type { ConflictPolicy } from '../definition/types';
import {
  type Cell,
  type ColumnSpec,
  cellAt,
  cellFromKintone,
  cellToText,
  columnNamed,
  equalCells,
  findColumn,
  type KintoneFields,
  type Table,
} from '../table';
import { keepRowIds, pickInner, writeValue } from './stored';
import type { PlannedDelete, PlannedStatus, PlannedUpdate, WriteFields } from './types';

export type ChangedRow = PlannedUpdate | PlannedDelete | PlannedStatus;

/**
 * skipped: left out, as the unit says; gone: the record is no more; same: it has the planned values already;
 * otherKey: its key values are other ones now, so it is not the record that was planned; unsafe: what was planned
 * (a deletion, a process action) no longer fits the record. replanned, overwritten: written after all.
 */
export type RowFate = 'skipped' | 'gone' | 'same' | 'otherKey' | 'unsafe' | 'replanned' | 'overwritten';

export interface RowAgain {
  readonly fate: RowFate;
  /** What to write in its place, on the record as it is now; null: nothing. */
  readonly row: ChangedRow | null;
}

/** The record as it will be when the row's turn comes: as read, and with what the same commit writes before. */
export interface RecordNow {
  readonly table: Table;
  /** Row of `table`; -1: the record is gone. */
  readonly at: number;
  readonly revision: number;
  readonly pending: WriteFields;
}

const leftOut = (fate: RowFate): RowAgain => ({ fate, row: null });

/** @param keys field codes of the output's keys */
export function rowAgain(
  kind: 'update' | 'delete' | 'status',
  row: ChangedRow,
  policy: Exclude<ConflictPolicy, 'stop'>,
  now: RecordNow,
  keys: readonly string[],
  fields: KintoneFields,
): RowAgain {
  if (now.at < 0) return leftOut('gone');
  if (policy === 'skip') return leftOut('skipped');
  if (!hasLabel(row.label, keys, now)) return leftOut('otherKey');
  const revision = String(now.revision);
  const fate = policy === 'replan' ? 'replanned' : 'overwritten';
  switch (kind) {
    case 'update':
      return updateAgain(row as PlannedUpdate, policy, now, fields);
    case 'delete': {
      // Whether a changed record is still one that should go, only a new check can tell.
      if (policy === 'replan') return leftOut('unsafe');
      return { fate, row: { ...(row as PlannedDelete), revision, before: everyValue(now, fields) } };
    }
    case 'status': {
      // An action leads from one status to the next; from another status it would be another action.
      const { before } = row as PlannedStatus;
      return holdsAll(before, now)
        ? { fate, row: { ...(row as PlannedStatus), revision } }
        : leftOut('unsafe');
    }
  }
}

function updateAgain(
  row: PlannedUpdate,
  policy: 'replan' | 'overwrite',
  now: RecordNow,
  fields: KintoneFields,
): RowAgain {
  const next: Record<string, { value: unknown }> = {};
  const before: Record<string, { value: unknown }> = {};
  for (const [code, planned] of Object.entries(row.fields)) {
    const property = fields[code];
    if (property === undefined) continue;
    const { spec, cell } = cellNow(code, planned.value, now);
    const wanted = cellFromKintone(spec, planned.value);
    if (policy === 'replan' && equalCells(spec.type, wanted, cell)) continue;
    const kept = spec.type === 'table' ? keepRowIds(wanted, cell) : null;
    next[code] = kept === null ? planned : writeValue(property, spec, kept);
    before[code] = writeValue(property, spec, cell);
  }
  if (Object.keys(next).length === 0) return leftOut('same');
  const written: PlannedUpdate = { ...row, revision: String(now.revision), fields: next, before };
  return { fate: policy === 'replan' ? 'replanned' : 'overwritten', row: written };
}

/** A field's cell now; of a table only the inner columns that `like` has. */
function cellNow(code: string, like: unknown, now: RecordNow): { spec: ColumnSpec; cell: Cell } {
  const column = columnNamed(now.table, code);
  const spec = withInnerOf(column.spec, like);
  const pending = now.pending[code];
  const cell =
    pending === undefined
      ? pickInner(cellAt(column, now.at), column.spec, spec)
      : cellFromKintone(spec, pending.value);
  return { spec, cell };
}

function withInnerOf(spec: ColumnSpec, value: unknown): ColumnSpec {
  if (spec.type !== 'table' || !Array.isArray(value)) return spec;
  const [first] = value as readonly { readonly value?: object }[];
  if (first?.value === undefined) return spec;
  const codes = new Set(Object.keys(first.value));
  return { ...spec, columns: (spec.columns ?? []).filter((column) => codes.has(column.name)) };
}

/** Whether the record has all these values; by value, as everything is compared. Its table needs their columns. */
export function holdsAll(values: WriteFields, now: RecordNow): boolean {
  return Object.entries(values).every(([code, { value }]) => {
    const { spec, cell } = cellNow(code, value, now);
    return equalCells(spec.type, cellFromKintone(spec, value), cell);
  });
}

/** Whether the record still has the key values that the row was planned for (see `labelAt`). */
function hasLabel(label: string, keys: readonly string[], now: RecordNow): boolean {
  const columns = keys.map((code) => findColumn(now.table, code));
  if (columns.length === 0 || columns.includes(undefined)) return true;
  const parts = columns.map((column) =>
    column === undefined ? '' : cellToText(column.spec.type, cellAt(column, now.at)),
  );
  const text = parts.join(' / ');
  // The same number may be written in two ways.
  return text === label || (text !== '' && label !== '' && Number(text) === Number(label));
}

function everyValue(now: RecordNow, fields: KintoneFields): WriteFields {
  return Object.fromEntries(
    now.table.columns.flatMap((column) => {
      const property = fields[column.spec.name];
      if (property === undefined) return [];
      return [[column.spec.name, writeValue(property, column.spec, cellAt(column, now.at))]];
    }),
  );
}
