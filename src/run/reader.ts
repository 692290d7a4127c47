import { toQuery } from '../commands/condition-query';
import { conditionPredicate } from '../commands/conditions';
import type { ReadRequest } from '../commands/types';
import { FailureError, failure } from '../definition/errors';
import type { AppRef } from '../definition/types';
import {
  applyOverlay,
  isComputedByKintone,
  type Overlay,
  type ProcessRules,
  type StoredPrecision,
} from '../plan';
import {
  type ColumnSpec,
  columnSpecOfField,
  filterRows,
  type KintoneFields,
  type PageData,
  selectColumns,
  type Table,
  type TableBuilder,
  tableBuilder,
  takeRows,
  UnexpectedValueError,
} from '../table';
import type { NumberPrecision, RecordsPort } from './ports';

/** Form fields and settings of the apps a run touches, read once per run. */
export interface Metadata {
  fields(app: AppRef): Promise<KintoneFields>;
  precision(app: AppRef): Promise<StoredPrecision>;
  process(app: AppRef): Promise<ProcessRules>;
}

export function metadata(records: RecordsPort): Metadata {
  const fields = new Map<string, Promise<KintoneFields>>();
  const precisions = new Map<string, Promise<StoredPrecision>>();
  const processes = new Map<string, Promise<ProcessRules>>();
  return {
    fields: (app) => once(fields, app.appId, () => records.fields(app)),
    precision: (app) =>
      once(precisions, app.appId, async () => storedPrecision(await records.numberPrecision(app))),
    process: (app) => once(processes, app.appId, () => records.process(app)),
  };
}

function once<T>(cache: Map<string, Promise<T>>, key: string, load: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const started = load();
  cache.set(key, started);
  // A look that failed is no answer: after an outage it is asked again.
  started.catch(() => cache.delete(key));
  return started;
}

const storedPrecision = (precision: NumberPrecision): StoredPrecision => ({
  digits: precision.digits,
  decimalPlaces: precision.decimalPlaces,
  rounding: ROUNDING[precision.roundingMode],
});

const ROUNDING = { HALF_EVEN: 'halfEven', UP: 'up', DOWN: 'down' } as const;

export type ReadRows = (request: ReadRequest) => Promise<Table>;

/**
 * Reads what an input command asks for. As much of the condition as kintone's query can express
 * exactly goes into the query; the rest is applied to the rows. Where earlier flows of the unit are
 * going to write into the app, the whole app is read and shown as it will be.
 *
 * Throws `FailureError` `needsCommit` when the request needs a value that only kintone can compute
 * after those writes; the flow is then planned after the commit instead.
 */
export function reader(
  records: RecordsPort,
  known: Metadata,
  overlay: Overlay,
  signal: AbortSignal,
): ReadRows {
  return async (request) => {
    const fields = await known.fields(request.app);
    const plans = overlay.plansFor(request.app);
    const conditionFields = (request.condition?.conditions ?? []).map((condition) => condition.field);
    if (plans.length > 0) {
      const computed = [...request.columns.map((column) => column.name), ...conditionFields].find((code) =>
        isComputedByKintone(code, fields),
      );
      if (computed !== undefined) {
        throw new FailureError(
          failure('needsCommit', { field: computed }, { ...request.place, field: computed }),
        );
      }
    }
    const pushed =
      plans.length > 0 || request.condition === null
        ? { query: '', remainder: request.condition }
        : toQuery(request.condition, fields);
    const extra = (pushed.remainder?.conditions ?? [])
      .map((condition) => condition.field)
      .filter(
        (code, index, all) =>
          all.indexOf(code) === index && !request.columns.some((column) => column.name === code),
      );
    const columns = [...request.columns, ...extra.flatMap((code) => specOf(code, fields))];
    let table = await readTable(records, request.app, columns, pushed.query, signal);
    if (plans.length > 0) table = applyOverlay(table, plans, fields);
    if (pushed.remainder !== null) {
      table = takeRows(table, filterRows(table.rowCount, conditionPredicate(pushed.remainder, table)));
    }
    return extra.length === 0
      ? table
      : selectColumns(
          table,
          request.columns.map((column) => column.name),
        );
  };
}

/** All records that fulfil the query, as a table in ascending record id; each page is parsed as it arrives. */
export async function readTable(
  records: RecordsPort,
  app: AppRef,
  columns: readonly ColumnSpec[],
  query: string,
  signal: AbortSignal,
): Promise<Table> {
  const builder = tableBuilder(columns, app.appId);
  const fieldCodes = columns.map((column) => column.name);
  for await (const page of records.pages({ app, query, fieldCodes, signal })) appendPage(builder, page, app);
  return builder.finish();
}

/** Throws `FailureError` `valueUnexpected {field}` when kintone's answer has an unknown form. */
export function appendPage(builder: TableBuilder, page: PageData, app: AppRef): void {
  try {
    builder.appendPage(page);
  } catch (error) {
    if (!(error instanceof UnexpectedValueError)) throw error;
    const { field } = error;
    throw new FailureError(failure('valueUnexpected', { field }, { appId: app.appId, field }));
  }
}

function specOf(code: string, fields: KintoneFields): readonly ColumnSpec[] {
  const property = fields[code];
  const spec = property === undefined ? null : columnSpecOfField(property);
  return spec === null ? [] : [spec];
}
