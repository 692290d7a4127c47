import type { CommandReport, OutputRows } from '../commands/types';
import type { Place } from '../definition/errors';
import {
  type Column,
  cellAt,
  columnFromCells,
  columnNamed,
  type KintoneFields,
  type Table,
  type Work,
  workThrough,
} from '../table';
import { type ComparedField, comparedField } from './compare-fields';
import { inAddOrder, matchEqualRows, NO_RECORD, SKIPPED } from './match';
import { plannedDeletes } from './removals';
import { fieldValues, pickInner, type StoredPrecision } from './stored';
import type { OutputPlan, PlannedAdd, PlannedUpdate } from './types';
import { inUniqueOrder } from './unique-order';
import { labelAt, labelFields, type MappedField, matchByKeys, presentLabels, wantedFields } from './wanted';

/**
 * Compares the result with the output app's records by value and plans only real changes:
 * 1.0 equals 1, choices are sets, people go by code, tables row by row. Works a column at a time; values
 * to write are made for changed rows only.
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
  return workThrough(planningOutput(output, current, fields, precision));
}

/** `planOutput`, resting after each field and after every few thousand rows. */
export function* planningOutput(
  output: OutputRows,
  current: Table,
  fields: KintoneFields,
  precision: StoredPrecision,
): Work<OutputPlan> {
  const wanted = wantedFields(output, fields, precision);
  yield;
  const matches = yield* matchRows(output, wanted, current);
  const { addRows, updateRows, unmatched } = rowsByFate(output, matches);
  const place = { ...output.place, appId: output.app.appId };
  const compared: ComparedField[] = [];
  for (const field of updateRows.length === 0 ? [] : wanted) {
    if (field.isKey) continue;
    compared.push(comparedField(output, field, columnNamed(current, field.property.code), matches));
    yield;
  }
  const updates = yield* plannedUpdates(wanted, compared, updateRows, matches, current);
  const present = output.mode === 'append' ? [] : presentLabels(wanted, current);
  const label = (row: number): string => labelAt(wanted, present, row);
  const writes = {
    adds: yield* plannedAdds(wanted, inAddOrder(addRows, output.addOrder)),
    updates,
    deletes: plannedDeletes(output, current, matches, label),
  };
  return {
    flowId: output.place.flowId ?? '',
    commandId: output.place.commandId ?? '',
    app: output.app,
    mode: output.mode,
    keys: output.keys,
    ...inUniqueOrder(writes, fields, place),
    unchanged: updateRows.length - updates.length,
    unmatched,
    reports: skippedReports(wanted, matches, place),
  };
}

/** Few enough to take a few milliseconds. */
const ROWS_PER_PIECE = 4096;

/** Rows of the result that become records, and those that may change one. */
function rowsByFate(output: OutputRows, matches: Int32Array) {
  const addRows: number[] = [];
  const updateRows: number[] = [];
  const canAdd = output.mode !== 'update' && output.mode !== 'delete';
  let unmatched = 0;
  for (let row = 0; row < matches.length; row += 1) {
    const match = matches[row] as number;
    if (match === NO_RECORD && canAdd) addRows.push(row);
    else if (match === NO_RECORD) unmatched += 1;
    else if (match !== SKIPPED && output.mode !== 'delete') updateRows.push(row);
  }
  return { addRows, updateRows, unmatched };
}

function* plannedUpdates(
  wanted: readonly MappedField[],
  compared: readonly ComparedField[],
  rows: readonly number[],
  matches: Int32Array,
  current: Table,
): Work<readonly PlannedUpdate[]> {
  const labels = labelFields(wanted).map((field) => field.column);
  const updates: PlannedUpdate[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_PER_PIECE === 0) yield;
    let fields: Record<string, { value: unknown }> | null = null;
    let before: Record<string, { value: unknown }> = {};
    for (const field of compared) {
      if (field.changed[row] !== 1) continue;
      if (fields === null) {
        fields = {};
        before = {};
      }
      fields[field.code] = { value: field.after(row) };
      before[field.code] = { value: field.before(row) };
    }
    if (fields === null) continue;
    const currentRow = matches[row] as number;
    updates.push({
      recordId: String(current.origin?.ids[currentRow]),
      revision: String(current.origin?.revisions[currentRow]),
      fields,
      before,
      label: labelAt(wanted, labels, row),
    });
  }
  return updates;
}

function* plannedAdds(wanted: readonly MappedField[], rows: readonly number[]): Work<readonly PlannedAdd[]> {
  const values = wanted.map((field) => ({
    code: field.property.code,
    at: fieldValues(field.property, field.column),
  }));
  const adds: PlannedAdd[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_PER_PIECE === 0) yield;
    const fields: Record<string, { value: unknown }> = {};
    for (const { code, at } of values) fields[code] = { value: at(row) };
    adds.push({ fields });
  }
  return adds;
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
  const wanted = wantedFields(output, fields, precision);
  const matches = workThrough(matchRows(output, wanted, current));
  const labels = labelFields(wanted).map((field) => field.column);
  return {
    matches,
    labelOf: (row) => labelAt(wanted, labels, row),
    reports: skippedReports(wanted, matches, { ...output.place, appId: output.app.appId }),
  };
}

/** Present row of each wanted row, `NO_RECORD` or `SKIPPED`. */
function* matchRows(output: OutputRows, wanted: readonly MappedField[], current: Table): Work<Int32Array> {
  if (output.keys.length > 0)
    return yield* matchByKeys(output, wanted, output.mode === 'append' ? null : current);
  const rowCount = output.table.rowCount;
  if (output.mode === 'append') return new Int32Array(rowCount).fill(NO_RECORD);
  const present = wanted.map(({ property, column }) =>
    likeWanted(columnNamed(current, property.code), column),
  );
  return matchEqualRows(
    wanted.map((field) => field.column),
    rowCount,
    present,
    current.rowCount,
  );
}

/** A present column with the inner columns that the output writes; other columns as they are. */
function likeWanted(present: Column, wanted: Column): Column {
  if (wanted.spec.type !== 'table') return present;
  return columnFromCells(
    wanted.spec,
    Array.from({ length: present.length }, (_unused, row) =>
      pickInner(cellAt(present, row), present.spec, wanted.spec),
    ),
  );
}

function skippedReports(
  wanted: readonly MappedField[],
  matches: Int32Array,
  place: Place,
): readonly CommandReport[] {
  const count = matches.reduce((sum, match) => sum + (match === SKIPPED ? 1 : 0), 0);
  const keys = wanted.filter((field) => field.isKey).map((field) => field.property.label);
  return count === 0 ? [] : [{ code: 'blankKeysSkipped', params: { keys, count }, place, count }];
}
