import type { CommandReport, OutputRows, TableMerge } from '../commands/types';
import type { Place } from '../definition/errors';
import {
  type Cell,
  cellAt,
  cellKey,
  columnNamed,
  equalCells,
  type KintoneFields,
  type Table,
} from '../table';
import { inAddOrder, matchEqualRows, NO_RECORD, SKIPPED } from './match';
import { mergedRows } from './merge-rows';
import { plannedDeletes } from './removals';
import { keepRowIds, pickInner, type StoredPrecision, writeValue } from './stored';
import type { OutputPlan, PlannedAdd, PlannedUpdate } from './types';
import { inUniqueOrder } from './unique-order';
import { indexCurrent, labelOf, type MappedField, type WantedRows, wantedRows } from './wanted';

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

export interface MatchedRecords {
  /** Row of `current` per row of the result, `NO_RECORD` or `SKIPPED`. */
  readonly matches: Int32Array;
  /** Key values of a row of the result. */
  labelOf(row: number): string;
  readonly reports: readonly CommandReport[];
}

/** Finds the record of each row by the keys, without comparing values. Throws the key failures of `planOutput`. */
export function matchRecords(
  output: OutputRows,
  current: Table,
  fields: KintoneFields,
  precision: StoredPrecision,
): MatchedRecords {
  const wanted = wantedRows(output, fields, precision);
  const columns = wanted.fields.map((field) => columnNamed(current, field.property.code));
  const matches = matchRows(output, wanted, current, (_field, index, row) => {
    const column = columns[index];
    return column === undefined ? null : cellAt(column, row);
  });
  return {
    matches,
    labelOf: (row) => labelOf(wanted.fields, wanted.cells[row] ?? []),
    reports: skippedReports(wanted, matches, { ...output.place, appId: output.app.appId }),
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
