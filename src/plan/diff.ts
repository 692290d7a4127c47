import type { CommandReport, FieldMapping, OutputRows, TableMerge } from '../commands/types';
import { FailureError, failure, type Place } from '../definition/errors';
import {
  type Cell,
  type ColumnSpec,
  cellAt,
  cellKey,
  cellToText,
  columnNamed,
  equalCells,
  type KintoneFieldProperty,
  type KintoneFields,
  type Table,
} from '../table';
import { inAddOrder, matchEqualRows, NO_RECORD, SKIPPED } from './match';
import { mergedRows } from './merge-rows';
import { plannedDeletes } from './removals';
import { keepRowIds, pickInner, type StoredPrecision, storedCell, writeValue } from './stored';
import type { OutputPlan, PlannedAdd, PlannedUpdate } from './types';
import { inUniqueOrder } from './unique-order';

/** How many offending rows or keys an error names. */
const NAMED_MAX = 5;

interface MappedField {
  readonly property: KintoneFieldProperty;
  readonly spec: ColumnSpec;
  readonly isKey: boolean;
  /** The result's cells of this field, as kintone will hold them. */
  readonly cell: (row: number) => Cell;
}

/** Rows of the result in the form the output app will hold them, and the keys among them. */
interface WantedRows {
  readonly fields: readonly MappedField[];
  readonly cells: readonly (readonly Cell[])[];
  /** Canonical key per row, "" for a blank one; empty array when the output has no keys. */
  readonly keys: readonly string[];
}

/**
 * Compares the result with the output app's records by value and plans only real changes:
 * 1.0 equals 1, choices are sets, people go by code, tables row by row.
 *
 * `current` holds the records that may match (columns named by field code, with origin); it is not
 * read for append. Modes that delete need every record that may have to go, with all its fields.
 * regenerate without keys matches rows that are equal in all mapped fields, each record once.
 * Throws `FailureError`: `duplicateKeyInResult`, `duplicateKeyInApp`, `blankKey`, those of `storedCell`,
 * `mergedRows` and `inUniqueOrder`.
 */
export function planOutput(
  output: OutputRows,
  current: Table,
  fields: KintoneFields,
  precision: StoredPrecision,
): OutputPlan {
  const wanted = wantedRows(output, fields, precision);
  const columns =
    output.mode === 'append' ? [] : wanted.fields.map((field) => columnNamed(current, field.property.code));
  const now = (field: MappedField, index: number, row: number): Cell => {
    const column = columns[index];
    return column === undefined ? null : pickInner(cellAt(column, row), column.spec, field.spec);
  };
  const matches = matchRows(output, wanted, current, now);
  const addRows: number[] = [];
  const updates: PlannedUpdate[] = [];
  let unchanged = 0;
  let unmatched = 0;
  wanted.cells.forEach((cells, row) => {
    const currentRow = matches[row] ?? NO_RECORD;
    if (currentRow === SKIPPED) return;
    if (currentRow === NO_RECORD) {
      if (output.mode === 'update' || output.mode === 'delete') unmatched += 1;
      else addRows.push(row);
      return;
    }
    if (output.mode === 'delete') return;
    const update = updateOf(wanted.fields, cells, (field, index) => now(field, index, currentRow), {
      merges: output.tableMerges ?? [],
      place: { ...output.place, appId: output.app.appId, row },
    });
    if (update === null) {
      unchanged += 1;
      return;
    }
    updates.push({
      recordId: String(current.origin?.ids[currentRow]),
      revision: String(current.origin?.revisions[currentRow]),
      ...update,
      label: labelOf(wanted.fields, cells),
    });
  });
  const label = (row: number): string =>
    labelOf(
      wanted.fields,
      wanted.fields.map((field, index) => now(field, index, row)),
    );
  const writes = {
    adds: inAddOrder(addRows, output.addOrder).map((row) => addOf(wanted.fields, wanted.cells[row] ?? [])),
    updates,
    deletes: plannedDeletes(output, current, matches, label),
  };
  const place = { ...output.place, appId: output.app.appId };
  return {
    flowId: output.place.flowId ?? '',
    commandId: output.place.commandId ?? '',
    app: output.app,
    mode: output.mode,
    keys: output.keys,
    ...inUniqueOrder(writes, fields, place),
    unchanged,
    unmatched,
    reports: skippedReports(wanted, matches, place),
  };
}

/** Present row of each wanted row, `NO_RECORD` or `SKIPPED`. */
function matchRows(
  output: OutputRows,
  wanted: WantedRows,
  current: Table,
  now: (field: MappedField, index: number, row: number) => Cell,
): Int32Array {
  const matches = new Int32Array(wanted.cells.length).fill(NO_RECORD);
  if (output.mode === 'append') return matches;
  if (output.keys.length === 0) {
    const keyOfCells = (cells: readonly Cell[]): string =>
      JSON.stringify(wanted.fields.map((field, index) => cellKey(field.spec.type, cells[index] ?? null)));
    return matchEqualRows(
      wanted.cells.map(keyOfCells),
      Array.from({ length: current.rowCount }, (_unused, row) =>
        keyOfCells(wanted.fields.map((field, index) => now(field, index, row))),
      ),
    );
  }
  const rowsByKey = indexCurrent(output, wanted, current);
  wanted.keys.forEach((key, row) => {
    matches[row] = key === '' ? SKIPPED : (rowsByKey.get(key) ?? NO_RECORD);
  });
  return matches;
}

function skippedReports(wanted: WantedRows, matches: Int32Array, place: Place): readonly CommandReport[] {
  const count = matches.reduce((sum, match) => sum + (match === SKIPPED ? 1 : 0), 0);
  const keys = wanted.fields.filter((field) => field.isKey).map((field) => field.property.label);
  return count === 0 ? [] : [{ code: 'blankKeysSkipped', params: { keys, count }, place, count }];
}

/** Distinct key values of the result's first key field, as kintone writes them: the material of an `in` query. */
export function keyValues(
  output: OutputRows,
  fields: KintoneFields,
  precision: StoredPrecision,
): readonly string[] {
  const first = output.keys[0];
  const mapping = output.mapping.find((entry) => entry.to === first);
  if (first === undefined || mapping === undefined) return [];
  const field = mappedField(output, mapping, fields, precision);
  const values = new Set<string>();
  for (let row = 0; row < output.table.rowCount; row += 1) {
    const cell = field.cell(row);
    if (cell !== null) values.add(cellToText(field.spec.type, cell));
  }
  return [...values];
}

function mappedField(
  output: OutputRows,
  mapping: FieldMapping,
  fields: KintoneFields,
  precision: StoredPrecision,
): MappedField {
  const place = { ...output.place, appId: output.app.appId };
  const property = fields[mapping.to];
  if (property === undefined) {
    throw new FailureError(
      failure('fieldMissing', { field: mapping.to, app: output.app.appId }, { ...place, field: mapping.to }),
    );
  }
  const column = columnNamed(output.table, mapping.from);
  return {
    property,
    spec: column.spec,
    isKey: output.keys.includes(mapping.to),
    cell: (row) => storedCell(column.spec, cellAt(column, row), precision, { ...place, row }),
  };
}

function wantedRows(output: OutputRows, fields: KintoneFields, precision: StoredPrecision): WantedRows {
  const mapped = output.mapping.map((entry) => mappedField(output, entry, fields, precision));
  const cells: Cell[][] = [];
  const keys: string[] = [];
  const seen = new Map<string, number>();
  const duplicates: string[] = [];
  const blanks: number[] = [];
  for (let row = 0; row < output.table.rowCount; row += 1) {
    const values = mapped.map((field) => field.cell(row));
    cells.push(values);
    if (output.keys.length === 0) continue;
    const key = keyOf(mapped, values);
    if (key === null) {
      blanks.push(row);
      keys.push('');
      continue;
    }
    if (seen.has(key)) duplicates.push(labelOf(mapped, values));
    seen.set(key, row);
    keys.push(key);
  }
  const place = { ...output.place, appId: output.app.appId };
  const keyLabels = mapped.filter((field) => field.isKey).map((field) => field.property.label);
  if (blanks.length > 0 && output.blankKeys !== 'skip') {
    throw new FailureError(
      failure('blankKey', { count: blanks.length, keys: keyLabels }, { ...place, row: blanks[0] ?? 0 }),
    );
  }
  if (duplicates.length > 0) {
    throw new FailureError(
      failure(
        'duplicateKeyInResult',
        { count: duplicates.length, keys: keyLabels, values: duplicates.slice(0, NAMED_MAX) },
        place,
      ),
    );
  }
  return { fields: mapped, cells, keys };
}

/** Key to row of `current`. Two records with one wanted key are an error that names them, never "last wins". */
function indexCurrent(output: OutputRows, wanted: WantedRows, current: Table): ReadonlyMap<string, number> {
  const needed = new Set(wanted.keys);
  const columns = wanted.fields.map((field) => columnNamed(current, field.property.code));
  const rows = new Map<string, number>();
  const duplicates: string[] = [];
  for (let row = 0; row < current.rowCount; row += 1) {
    const cells = columns.map((column) => cellAt(column, row));
    const key = keyOf(wanted.fields, cells);
    if (key === null || !needed.has(key)) continue;
    if (rows.has(key)) duplicates.push(`${labelOf(wanted.fields, cells)} (#${current.origin?.ids[row]})`);
    else rows.set(key, row);
  }
  if (duplicates.length > 0) {
    throw new FailureError(
      failure(
        'duplicateKeyInApp',
        {
          count: duplicates.length,
          keys: wanted.fields.filter((field) => field.isKey).map((field) => field.property.label),
          values: duplicates.slice(0, NAMED_MAX),
        },
        { ...output.place, appId: output.app.appId },
      ),
    );
  }
  return rows;
}

/** Canonical key of a row; null when a key cell is blank. JSON keeps the parts apart whatever they contain. */
function keyOf(fields: readonly MappedField[], cells: readonly Cell[]): string | null {
  const parts: string[] = [];
  for (const [index, field] of fields.entries()) {
    if (!field.isKey) continue;
    const cell = cells[index] ?? null;
    if (cell === null) return null;
    parts.push(cellKey(field.spec.type, cell));
  }
  return JSON.stringify(parts);
}

/** Key values, for people to recognise the record by; without keys the first mapped value. */
const labelOf = (fields: readonly MappedField[], cells: readonly Cell[]): string =>
  fields.some((field) => field.isKey)
    ? keyLabel(fields, cells)
    : cellToText(fields[0]?.spec.type ?? 'text', cells[0] ?? null);

const keyLabel = (fields: readonly MappedField[], cells: readonly Cell[]): string =>
  fields
    .map((field, index) => (field.isKey ? cellToText(field.spec.type, cells[index] ?? null) : null))
    .filter((text) => text !== null)
    .join(' / ');

function addOf(fields: readonly MappedField[], cells: readonly Cell[]): PlannedAdd {
  return {
    fields: Object.fromEntries(
      fields.map((field, index) => [
        field.property.code,
        writeValue(field.property, field.spec, cells[index] ?? null),
      ]),
    ),
  };
}

/** The fields whose value changes, after and before; null when none does. */
function updateOf(
  fields: readonly MappedField[],
  wanted: readonly Cell[],
  current: (field: MappedField, index: number) => Cell,
  tables: { readonly merges: readonly TableMerge[]; readonly place: Place },
): Pick<PlannedUpdate, 'fields' | 'before'> | null {
  const after: Record<string, { value: unknown }> = {};
  const before: Record<string, { value: unknown }> = {};
  let changed = false;
  for (const [index, field] of fields.entries()) {
    if (field.isKey) continue;
    const { code } = field.property;
    const now = current(field, index);
    const merge = tables.merges.find((entry) => entry.field === code);
    const cell = wanted[index] ?? null;
    const next = merge === undefined ? cell : mergedRows(field.spec, merge, cell, now, tables.place);
    if (equalCells(field.spec.type, next, now)) continue;
    changed = true;
    const kept = field.spec.type === 'table' && merge === undefined ? keepRowIds(next, now) : next;
    after[code] = writeValue(field.property, field.spec, kept);
    before[code] = writeValue(field.property, field.spec, now);
  }
  return changed ? { fields: after, before } : null;
}
