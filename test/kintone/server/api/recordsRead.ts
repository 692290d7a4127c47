/** GET of records, and cursors. */
import type { KintoneRecord } from '../../store/types';
import { type ApiContext, findLiveApp } from '../context';
import { ApiError, invalid } from '../errors';
import {
  optionalBoolean,
  optionalInteger,
  optionalString,
  optionalStrings,
  type Params,
  requiredId,
  requiredString,
} from '../params';
import { requireRights } from '../permissions';
import { readQuery, selectAll, selectPage } from '../query';

const maxCursorSize = 500;
const defaultCursorSize = 100;

/** Only the named fields, in the order of the names; unknown names are left out silently. */
function project(record: KintoneRecord, fields: readonly string[] | null): KintoneRecord {
  if (fields === null || fields.length === 0) return record;
  const chosen: Record<string, KintoneRecord[string]> = {};
  for (const code of fields) {
    const cell = record[code];
    if (cell !== undefined) chosen[code] = cell;
  }
  return chosen;
}

/** GET record.json: `{app, id}` → `{record}`. */
export function getRecord(context: ApiContext, params: Params): unknown {
  const { app } = findLiveApp(context, String(requiredId(params, 'app')));
  requireRights(context, app, 'view');
  const id = requiredId(params, 'id');
  const record = app.records.get(id);
  if (record === undefined) throw new ApiError('GAIA_RE01', { id });
  return { record };
}

/** GET records.json: `{app, query?, fields?, totalCount?}` → `{records, totalCount}`. */
export function getRecords(context: ApiContext, params: Params): unknown {
  const { app, side } = findLiveApp(context, String(requiredId(params, 'app')));
  requireRights(context, app, 'view');
  const fields = optionalStrings(params, 'fields') ?? null;
  const query = readQuery(optionalString(params, 'query') ?? '', side);
  const page = selectPage(context, app, side, query, optionalBoolean(params, 'totalCount'));
  return {
    records: page.records.map((record) => project(record, fields)),
    totalCount: page.totalCount === null ? null : String(page.totalCount),
  };
}

/** POST records/cursor.json: `{app, fields?, query?, size?}` → `{id, totalCount}`. */
export function postCursor(context: ApiContext, params: Params): unknown {
  const { app, side } = findLiveApp(context, String(requiredId(params, 'app')));
  requireRights(context, app, 'view');
  const size = optionalInteger(params, 'size') ?? defaultCursorSize;
  if (size < 1 || size > maxCursorSize) {
    throw invalid({ key: 'size', message: 'outOfRange', params: { min: 1, max: maxCursorSize } });
  }
  const query = readQuery(optionalString(params, 'query') ?? '', side);
  if (query.limit !== null || query.offset !== null) {
    throw invalid({ key: 'query', message: 'queryLimit' });
  }
  context.cursors.checkRoom();
  const hits = selectAll(context, app, side, query);
  const cursor = context.cursors.create({
    appId: app.id,
    owner: context.actor.user.code,
    fields: optionalStrings(params, 'fields') ?? null,
    size,
    ids: hits.map((record) => Number(record['$id']?.value)),
  });
  return { id: cursor.id, totalCount: String(hits.length) };
}

/** GET records/cursor.json: `{id}` → `{records, next}`; a page may be short when records were deleted. */
export function getCursor(context: ApiContext, params: Params): unknown {
  const cursor = context.cursors.use(requiredString(params, 'id'), context.actor.user.code);
  const { app } = findLiveApp(context, cursor.appId);
  requireRights(context, app, 'view');
  const end = cursor.position + cursor.size;
  const records: KintoneRecord[] = [];
  for (const id of cursor.ids.slice(cursor.position, end)) {
    const record = app.records.get(id);
    if (record !== undefined) records.push(project(record, cursor.fields));
  }
  cursor.position = end;
  const next = end < cursor.ids.length;
  if (!next) context.cursors.delete(cursor.id);
  return { records, next };
}

/** DELETE records/cursor.json: `{id}` → `{}`. */
export function deleteCursor(context: ApiContext, params: Params): unknown {
  const cursor = context.cursors.use(requiredString(params, 'id'), context.actor.user.code);
  context.cursors.delete(cursor.id);
  return {};
}
