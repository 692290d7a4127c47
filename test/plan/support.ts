/** Small apps and results for tests of plans. */
import type { OutputRows } from '../../src/commands/types';
import { FailureError } from '../../src/definition/errors';
import { type OutputPlan, planOutput, type StoredPrecision } from '../../src/plan';
import {
  cellAt,
  cellFromKintone,
  cellToText,
  columnFromCells,
  columnSpecOfField,
  columnSpecsOfFields,
  type KintoneFields,
  type Table,
  tableBuilder,
  tableOf,
} from '../../src/table';

export const PRECISION: StoredPrecision = { digits: 16, decimalPlaces: 4, rounding: 'halfEven' };

export type Row = Readonly<Record<string, unknown>>;

/** An app's records as a run reads them: ids from 1, revisions from 11, all fields. */
export function recordsOf(fields: KintoneFields, rows: readonly Row[]): Table {
  const builder = tableBuilder(columnSpecsOfFields(fields), '20');
  builder.append(
    rows.map((row, index) => ({
      $id: { value: String(index + 1) },
      $revision: { value: String(index + 11) },
      ...Object.fromEntries(
        Object.values(fields).map(({ code, type }) => [code, { type, value: row[code] ?? '' }]),
      ),
    })),
  );
  return builder.finish();
}

/** Rows for the fields named by `codes`. */
export function resultOf(
  fields: KintoneFields,
  codes: readonly string[],
  rows: readonly Row[],
  change: Partial<OutputRows> = {},
): OutputRows {
  const columns = codes.map((code) => {
    const property = fields[code];
    const spec = property === undefined ? null : columnSpecOfField(property);
    if (spec === null) throw new Error(`No field ${code}`);
    return columnFromCells(
      spec,
      rows.map((row) => cellFromKintone(spec, row[code])),
    );
  });
  return {
    place: { flowId: 'f', commandId: 'out' },
    app: { appId: '20' },
    mode: 'upsert',
    keys: [],
    mapping: codes.map((code) => ({ from: code, to: code })),
    table: tableOf(columns, rows.length),
    ...change,
  };
}

export const planned = (output: OutputRows, fields: KintoneFields, rows: readonly Row[]): OutputPlan =>
  planOutput(output, recordsOf(fields, rows), fields, PRECISION);

/** Adds, updates and deletes in one line each. */
export function shown(plan: OutputPlan): string[] {
  const values = (fields: Readonly<Record<string, { readonly value: unknown }>>): string =>
    Object.entries(fields)
      .map(([code, { value }]) => `${code}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' ');
  return [
    ...plan.updates.map((row) => `update ${row.recordId} ${values(row.fields)}`),
    ...plan.adds.map((row) => `add ${values(row.fields)}`),
    ...plan.deletes.map((row) => `delete ${row.recordId}`),
    ...(plan.statuses ?? []).map((row) => `status ${row.recordId} ${row.action}`),
    `unchanged ${plan.unchanged} unmatched ${plan.unmatched}`,
  ];
}

/** The rows of a table as texts of the named columns, sorted. */
export const textsOf = (table: Table, codes: readonly string[]): string[] =>
  Array.from({ length: table.rowCount }, (_unused, row) =>
    codes
      .map((code) => {
        const column = table.columns.find((candidate) => candidate.spec.name === code);
        return column === undefined ? '' : cellToText(column.spec.type, cellAt(column, row));
      })
      .join('|'),
  ).sort();

/** The failure that `work` throws. */
export function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FailureError) return `${error.failure.code} ${JSON.stringify(error.failure.params)}`;
    throw error;
  }
  return 'none';
}
