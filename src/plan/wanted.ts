/** Rows of the result in the form the output app will hold them, their keys, and the records that have those keys. */
import type { FieldMapping, OutputRows } from '../commands/types';
import { FailureError, failure } from '../definition/errors';
import {
  type Column,
  cellAt,
  cellToText,
  columnNamed,
  type KintoneFieldProperty,
  type KintoneFields,
  keyingRows,
  mapTexts,
  type Table,
  usedTexts,
  type Work,
} from '../table';
import { lookupKeyForm } from './lookup-keys';
import { NO_RECORD, REPEATED, SKIPPED } from './match';
import { type StoredPrecision, storedColumn } from './stored';

/** How many offending rows or keys an error names. */
export const NAMED_MAX = 5;

export interface MappedField {
  readonly property: KintoneFieldProperty;
  readonly isKey: boolean;
  /** The result's values of this field, as kintone will hold them. */
  readonly column: Column;
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
  const { column } = mappedField(output, mapping, fields, precision);
  if (column.kind === 'text') return usedTexts(column);
  const values = new Set<string>();
  for (let row = 0; row < column.length; row += 1) {
    const text = cellToText(column.spec.type, cellAt(column, row));
    if (text !== '') values.add(text);
  }
  return [...values];
}

/** Throws `FailureError` `fieldMissing`, and those of `storedCell`. */
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
  return {
    property,
    isKey: output.keys.includes(mapping.to),
    column: storedColumn(columnNamed(output.table, mapping.from), precision, place),
  };
}

/** Throws `FailureError` `fieldMissing`, and those of `storedCell`. */
export function wantedFields(
  output: OutputRows,
  fields: KintoneFields,
  precision: StoredPrecision,
): readonly MappedField[] {
  return output.mapping.map((entry) => mappedField(output, entry, fields, precision));
}

/**
 * Row of `current` per row of the result, by the key fields; `NO_RECORD` where no record has the key,
 * `SKIPPED` where the key is blank, `REPEATED` where the output says that another row with the key counts. Without
 * such a word, and for two records always, one key twice is an error that names them, never "last wins": throws `FailureError` `blankKey` (unless blank keys are skipped), `duplicateKeyInResult`,
 * `duplicateKeyInApp`.
 * @param current null when there is nothing to match with; the result's own keys are checked all the same
 */
export function* matchByKeys(
  output: OutputRows,
  mapped: readonly MappedField[],
  current: Table | null,
): Work<Int32Array> {
  const keys = mapped.filter((field) => field.isKey);
  const wanted = keys.map((field) => keyColumn(field, field.column));
  const present =
    current === null
      ? wanted
      : keys.map((field) => keyColumn(field, columnNamed(current, field.property.code)));
  const codes = yield* keyingRows(wanted, present);
  yield;
  const wantedRow = rowOfCode(output, mapped, codes.left, codes.count);
  const matches = codes.left.map((code, row) =>
    code < 0 ? SKIPPED : wantedRow[code] === row ? NO_RECORD : REPEATED,
  );
  if (current === null) return matches;
  const duplicates: string[] = [];
  for (let row = 0; row < codes.right.length; row += 1) {
    const code = codes.right[row] as number;
    const wantedBy = code < 0 ? -1 : (wantedRow[code] as number);
    if (wantedBy < 0) continue;
    if (matches[wantedBy] === NO_RECORD) matches[wantedBy] = row;
    else
      duplicates.push(
        `${labelAt(mapped, presentLabels(mapped, current), row)} (#${current.origin?.ids[row]})`,
      );
  }
  if (duplicates.length > 0) {
    throw new FailureError(
      failure(
        'duplicateKeyInApp',
        {
          count: duplicates.length,
          keys: keys.map((field) => field.property.label),
          values: duplicates.slice(0, NAMED_MAX),
        },
        { ...output.place, appId: output.app.appId },
      ),
    );
  }
  return matches;
}

/**
 * Row of the result per key code, or -1; of rows with one key the one that the output asks for. Throws when a key is
 * blank, or occurs twice and nothing is said about that.
 */
function rowOfCode(
  output: OutputRows,
  mapped: readonly MappedField[],
  codes: Int32Array,
  count: number,
): Int32Array {
  const place = { ...output.place, appId: output.app.appId };
  const labels = mapped.filter((field) => field.isKey).map((field) => field.property.label);
  const rows = new Int32Array(count).fill(-1);
  const duplicates: number[] = [];
  let blankCount = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    if (code < 0) blankCount += 1;
    else if ((rows[code] as number) >= 0) duplicates.push(row);
    else rows[code] = row;
    if (code >= 0 && output.duplicateKeys === 'last') rows[code] = row;
  }
  if (blankCount > 0 && output.blankKeys !== 'skip') {
    throw new FailureError(
      failure('blankKey', { count: blankCount, keys: labels }, { ...place, row: codes.indexOf(-1) }),
    );
  }
  if (duplicates.length > 0 && (output.duplicateKeys ?? 'fail') === 'fail') {
    const columns = labelFields(mapped).map((field) => field.column);
    const values = duplicates.slice(0, NAMED_MAX).map((row) => labelAt(mapped, columns, row));
    throw new FailureError(
      failure('duplicateKeyInResult', { count: duplicates.length, keys: labels, values }, place),
    );
  }
  return rows;
}

/** A record number is the same with and without the app code. */
function keyColumn({ property }: MappedField, column: Column): Column {
  if (property.type !== 'RECORD_NUMBER' || column.kind !== 'text') return column;
  return mapTexts(column, column.spec, (text) => lookupKeyForm('RECORD_NUMBER', text));
}

/**
 * Key values, for people to recognise a row by; without keys the first mapped value.
 * @param columns the columns of `labelFields`, of the result or of the present records
 */
export function labelAt(mapped: readonly MappedField[], columns: readonly Column[], row: number): string {
  const only = columns[0];
  // The common case, for each of very many rows: the key is one text, and there is nothing to put together.
  if (columns.length === 1 && only?.kind === 'text') return only.dictionary[only.codes[row] as number] ?? '';
  return labelFields(mapped)
    .map((field, index) => {
      const column = columns[index];
      return column === undefined ? '' : cellToText(field.column.spec.type, cellAt(column, row));
    })
    .join(' / ');
}

/** The fields a label is made of. */
export function labelFields(mapped: readonly MappedField[]): readonly MappedField[] {
  const keys = mapped.filter((field) => field.isKey);
  return keys.length > 0 ? keys : mapped.slice(0, 1);
}

/** The columns of the present records that a label is made of. */
export const presentLabels = (mapped: readonly MappedField[], current: Table): readonly Column[] =>
  labelFields(mapped).map((field) => columnNamed(current, field.property.code));
