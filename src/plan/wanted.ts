/** Rows of the result in the form the output app will hold them, their keys, and the records that have those keys. */
import type { FieldMapping, OutputRows } from '../commands/types';
import { FailureError, failure } from '../definition/errors';
import {
  type Cell,
  type ColumnSpec,
  cellAt,
  cellKey,
  cellToText,
  columnNamed,
  type KintoneFieldProperty,
  type KintoneFields,
  type Table,
} from '../table';
import { lookupKeyForm } from './lookup-keys';
import { type StoredPrecision, storedCell } from './stored';

/** How many offending rows or keys an error names. */
const NAMED_MAX = 5;

export interface MappedField {
  readonly property: KintoneFieldProperty;
  readonly spec: ColumnSpec;
  readonly isKey: boolean;
  /** The result's cells of this field, as kintone will hold them. */
  readonly cell: (row: number) => Cell;
}

/** Rows of the result in the form the output app will hold them, and the keys among them. */
export interface WantedRows {
  readonly fields: readonly MappedField[];
  readonly cells: readonly (readonly Cell[])[];
  /** Canonical key per row, "" for a blank one; empty array when the output has no keys. */
  readonly keys: readonly string[];
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

export function wantedRows(
  output: OutputRows,
  fields: KintoneFields,
  precision: StoredPrecision,
): WantedRows {
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
export function indexCurrent(
  output: OutputRows,
  wanted: WantedRows,
  current: Table,
): ReadonlyMap<string, number> {
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
    const part = cellKey(field.spec.type, cell);
    parts.push(field.property.type === 'RECORD_NUMBER' ? lookupKeyForm('RECORD_NUMBER', part) : part);
  }
  return JSON.stringify(parts);
}

/** Key values, for people to recognise the record by; without keys the first mapped value. */
export const labelOf = (fields: readonly MappedField[], cells: readonly Cell[]): string =>
  fields.some((field) => field.isKey)
    ? keyLabel(fields, cells)
    : cellToText(fields[0]?.spec.type ?? 'text', cells[0] ?? null);

const keyLabel = (fields: readonly MappedField[], cells: readonly Cell[]): string =>
  fields
    .map((field, index) => (field.isKey ? cellToText(field.spec.type, cells[index] ?? null) : null))
    .filter((text) => text !== null)
    .join(' / ');
