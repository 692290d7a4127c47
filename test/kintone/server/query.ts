/** Runs queries of the kintone query language over the records of one app. */
import {
  type Condition,
  checkQuery,
  compileCondition,
  idRange,
  type OrderBy,
  parseQuery,
  type Query,
  type QueryContext,
  QueryError,
  type QueryFields,
  sortRecords,
} from '../query/index';
import type { App } from '../store/app';
import type { AppSide, KintoneRecord } from '../store/types';
import type { ApiContext } from './context';
import { ApiError, invalid } from './errors';
import { findByKey } from './records/lookups';

const defaultLimit = 100;

/** Turns a refusal of the query module into the answer kintone gives. */
function refused(error: unknown): never {
  if (!(error instanceof QueryError)) throw error;
  if (error.code === 'CB_VA01') throw invalid({ key: 'query', message: 'queryBad' });
  const { field = '', operator = '', value = '', function: name = '' } = error.detail;
  throw new ApiError(error.code, { field, operator, value, function: name });
}

/** Fields as queries see them: a status field knows the process's states. */
function queryFields(side: AppSide): QueryFields {
  const fields: Record<string, QueryFields[string]> = { ...side.fields };
  for (const field of Object.values(side.fields)) {
    if (field.type !== 'STATUS') continue;
    const states = Object.values(side.status.states ?? {});
    const options = Object.fromEntries(
      states.map((state) => [state.name, { label: state.name, index: state.index }]),
    );
    fields[field.code] = { ...field, enabled: side.status.enable, options };
  }
  return fields;
}

function queryContext(context: ApiContext, side: AppSide): QueryContext {
  const { user } = context.actor;
  return {
    fields: queryFields(side),
    nowMs: context.store.clock.nowMs(),
    timeZone: user.timezone,
    loginUser: { code: user.code },
    primaryOrganization: user.organizations[0] ?? null,
    relatedRows: (record, code) => {
      const setting = side.fields[code]?.referenceTable;
      const app = context.store.apps.get(setting?.relatedApp.app ?? '');
      const value = record[setting?.condition.field ?? '']?.value;
      if (setting === undefined || app === undefined || typeof value !== 'string') return [];
      return relatedRecords(app, setting.condition.relatedField, value);
    },
  };
}

function relatedRecords(app: App, code: string, value: string): KintoneRecord[] {
  if (app.records.unique.codes.includes(code)) {
    const found = findByKey(app, code, value);
    return found === undefined ? [] : [found];
  }
  return [...app.records.range()].filter((record) => record[code]?.value === value);
}

/** Reads and checks a query text against an app; wrong ones answer CB_VA01 or a GAIA_IQ… code. */
export function readQuery(text: string, side: AppSide): Query {
  try {
    const query = parseQuery(text);
    checkQuery(query, queryFields(side));
    return query;
  } catch (error) {
    return refused(error);
  }
}

/** Whether a record fits a condition such as that of a process action; an empty one fits everything. */
export function fits(context: ApiContext, side: AppSide, condition: string, record: KintoneRecord): boolean {
  if (condition.trim() === '') return true;
  const query = readQuery(condition, side);
  return compileCondition(query.condition, queryContext(context, side))(record);
}

function* candidates(app: App, condition: Condition | null, descending: boolean): Generator<KintoneRecord> {
  const range = idRange(condition);
  if (range.exact === undefined) {
    yield* app.records.range(range.minId, range.maxId, descending);
    return;
  }
  const ids = descending ? range.exact.toReversed() : range.exact;
  for (const id of ids) {
    const record = app.records.get(id);
    if (record !== undefined) yield record;
  }
}

/** Direction when the order is by `$id` alone (also kintone's default), so that no sort is needed. */
function idOrder(orderBy: readonly OrderBy[]): 'asc' | 'desc' | null {
  const [first] = orderBy;
  if (first === undefined) return 'desc';
  return first.field === '$id' ? first.direction : null;
}

export interface Selection {
  readonly records: KintoneRecord[];
  /** Hits without limit and offset; null when the count was not asked for. */
  readonly totalCount: number | null;
}

/** All hits in order, without limit and offset. */
export function selectAll(context: ApiContext, app: App, side: AppSide, query: Query): KintoneRecord[] {
  const order = idOrder(query.orderBy);
  const test = compileCondition(query.condition, queryContext(context, side));
  const hits = [...candidates(app, query.condition, order === 'desc')].filter(test);
  return order === null ? sortRecords(hits, query.orderBy, queryFields(side)) : hits;
}

/** One page of hits as GET records.json answers it. */
export function selectPage(
  context: ApiContext,
  app: App,
  side: AppSide,
  query: Query,
  withCount: boolean,
): Selection {
  const offset = query.offset ?? 0;
  const limit = query.limit ?? defaultLimit;
  const order = idOrder(query.orderBy);
  if (order === null || withCount) {
    const hits = selectAll(context, app, side, query);
    return { records: hits.slice(offset, offset + limit), totalCount: withCount ? hits.length : null };
  }
  // By id without a count: stop as soon as the page is full.
  const test = compileCondition(query.condition, queryContext(context, side));
  const records: KintoneRecord[] = [];
  let skipped = 0;
  if (limit === 0) return { records, totalCount: null };
  for (const record of candidates(app, query.condition, order === 'desc')) {
    if (!test(record)) continue;
    if (skipped < offset) {
      skipped += 1;
      continue;
    }
    records.push(record);
    if (records.length >= limit) break;
  }
  return { records, totalCount: null };
}
