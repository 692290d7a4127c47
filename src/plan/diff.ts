import type { CommandReport, OutputRows } from '../commands/types';
import type { Place } from '../definition/errors';
import {
  type Column,
  cellAt,
  columnFromCells,
  columnNamed,
  filterRows,
  type KintoneFields,
  type RowOrigin,
  type Table,
  type Work,
  workThrough,
} from '../table';
import { type ComparedField, comparedField } from './compare-fields';
import { inAddOrder, matchEqualRows, NO_RECORD, REPEATED, SKIPPED } from './match';
import { plannedDeletes } from './removals';
import { numberedRows } from './row-numbers';
import { fieldValues, pickInner, type StoredPrecision } from './stored';
import type { OutputPlan, PlannedAdd, PlannedUpdate } from './types';
import { inUniqueOrder } from './unique-order';
import {
  labelAt,
  labelFields,
  type MappedField,
  matchByKeys,
  NAMED_MAX,
  presentLabels,
  wantedFields,
} from './wanted';

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
  const updates =
    updateRows.length === 0
      ? []
      : yield* madeOfRows(updateRows, updateMaker(wanted, compared, matches, originOf(current)));
  const present = output.mode === 'append' ? [] : presentLabels(wanted, current);
  const label = (row: number): string => labelAt(wanted, present, row);
  const writes = {
    adds: yield* madeOfRows(inAddOrder(addRows, output.addOrder), addMaker(output, wanted)),
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

/** Rows of the result that become records, and those that have one, which may change. */
function rowsByFate(output: OutputRows, matches: Int32Array) {
  const canAdd = output.mode !== 'update' && output.mode !== 'delete';
  const lonely = filterRows(matches.length, (row) => matches[row] === NO_RECORD);
  const hasRecord = (row: number): boolean => (matches[row] as number) > NO_RECORD;
  return {
    addRows: canAdd ? lonely : NO_ROWS,
    updateRows: output.mode === 'delete' ? NO_ROWS : filterRows(matches.length, hasRecord),
    unmatched: canAdd ? 0 : lonely.length,
  };
}

const NO_ROWS = new Int32Array(0);

function originOf({ origin }: Table): RowOrigin {
  if (origin === undefined) throw new Error('Records to update have no ids');
  return origin;
}

/** `make` for each row, resting now and then; null makes nothing. */
function* madeOfRows<T>(rows: Int32Array, make: (row: number) => T | null): Work<readonly T[]> {
  const made: T[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_PIECE) {
    yield;
    const end = Math.min(rows.length, start + ROWS_PER_PIECE);
    for (let index = start; index < end; index += 1) {
      const one = make(rows[index] as number);
      if (one !== null) made.push(one);
    }
  }
  return made;
}

/** Makes the update of a row of the result that has a record; null when nothing changes. */
function updateMaker(
  wanted: readonly MappedField[],
  compared: readonly ComparedField[],
  matches: Int32Array,
  { ids, revisions }: RowOrigin,
): (row: number) => PlannedUpdate | null {
  const labels = labelFields(wanted).map((field) => field.column);
  return (row) => {
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
    if (fields === null) return null;
    const record = matches[row] as number;
    return {
      recordId: String(ids[record]),
      revision: String(revisions[record]),
      fields,
      before,
      label: labelAt(wanted, labels, row),
    };
  };
}

function addMaker(output: OutputRows, wanted: readonly MappedField[]): (row: number) => PlannedAdd {
  const values = wanted.map(({ property, column }) => {
    const plain = fieldValues(property, column);
    const numbering = output.rowNumbers?.find((entry) => entry.table === property.code);
    if (numbering === undefined) return { code: property.code, at: plain };
    const at = (row: number): unknown => numberedRows(numbering, property, plain(row), null, column.spec);
    return { code: property.code, at };
  });
  return (row) => {
    const fields: Record<string, { value: unknown }> = {};
    for (const { code, at } of values) fields[code] = { value: at(row) };
    return { fields };
  };
}

export interface MatchedRecords {
  /** Row of `current` per row of the result, `NO_RECORD`, `SKIPPED` or `REPEATED`. */
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

/** Present row of each wanted row, `NO_RECORD`, `SKIPPED` or `REPEATED`. */
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
  const keys = wanted.filter((field) => field.isKey).map((field) => field.property.label);
  const blank = rowsWith(matches, SKIPPED);
  const repeated = rowsWith(matches, REPEATED);
  const columns = labelFields(wanted).map((field) => field.column);
  const values = [...new Set(repeated.slice(0, NAMED_MAX).map((row) => labelAt(wanted, columns, row)))];
  return [
    ...(blank.length === 0
      ? []
      : [{ code: 'blankKeysSkipped', params: { keys, count: blank.length }, place, count: blank.length }]),
    ...(repeated.length === 0
      ? []
      : [{ code: 'duplicateKeysSkipped', params: { keys, values }, place, count: repeated.length }]),
  ];
}

function rowsWith(matches: Int32Array, fate: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < matches.length; row += 1) if (matches[row] === fate) rows.push(row);
  return rows;
}
