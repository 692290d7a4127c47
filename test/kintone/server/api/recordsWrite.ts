/** POST, PUT and DELETE of records. Each call is one transaction: the router takes it back when it throws. */
import type { App } from '../../store/app';
import type { AppSide } from '../../store/types';
import { type ApiContext, findLiveApp } from '../context';
import { ApiError, invalid } from '../errors';
import {
  isObject,
  objectAt,
  optionalArray,
  optionalBoolean,
  optionalInteger,
  optionalObject,
  type Params,
  requiredArray,
  requiredId,
} from '../params';
import { requireRights, rightsOn } from '../permissions';
import { formOf } from '../records/form';
import type { WriteScope } from '../records/scope';
import { findByUpdateKey, readUpdateKey, SeenKeys } from '../records/updateKey';
import { checkRevision, existing, insertRecord, throwProblems, updateRecord } from '../records/write';

const maxRecordsPerCall = 100;

export function writeScope(context: ApiContext, app: App, side: AppSide): WriteScope {
  return {
    store: context.store,
    app,
    side,
    form: formOf(side.fields),
    user: context.actor.user,
    maySign: rightsOn(context, app).manage,
    mayView: (other) => rightsOn(context, other).view,
    trusted: false,
    problems: [],
  };
}

function openForWriting(context: ApiContext, params: Params): WriteScope {
  const { app, side } = findLiveApp(context, String(requiredId(params, 'app')));
  return writeScope(context, app, side);
}

/** POST record.json: `{app, record?}` → `{id, revision}`. */
export function postRecord(context: ApiContext, params: Params): unknown {
  const scope = openForWriting(context, params);
  requireRights(context, scope.app, 'add');
  const written = insertRecord(scope, optionalObject(params, 'record') ?? {}, 'record');
  throwProblems(scope.problems);
  return { id: String(written.id), revision: written.revision };
}

/** POST records.json: `{app, records[]}` (at most 100) → `{ids, revisions}`. */
export function postRecords(context: ApiContext, params: Params): unknown {
  const scope = openForWriting(context, params);
  requireRights(context, scope.app, 'add');
  const records = requiredArray(params, 'records', maxRecordsPerCall);
  const written = records.map((_, at) =>
    insertRecord(scope, objectAt(records, at, 'records'), `records[${at}]`),
  );
  throwProblems(scope.problems);
  return { ids: written.map((one) => String(one.id)), revisions: written.map((one) => one.revision) };
}

/** Id of the record an element of a PUT means, without upsert. */
function targetId(scope: WriteScope, element: Params, sent: Params, path: string, seen: SeenKeys): number {
  const hasId = element['id'] !== undefined && element['id'] !== null;
  const hasKey = element['updateKey'] !== undefined && element['updateKey'] !== null;
  if (hasId && hasKey) throw invalid({ key: `${path}updateKey`, message: 'bothKeys' });
  if (!hasKey) return requiredId(element, 'id', `${path}id`);
  const key = readUpdateKey(scope, element, sent, path);
  seen.add(key);
  const id = findByUpdateKey(scope, key);
  if (id === undefined) throw new ApiError('GAIA_RE20', { value: key.value });
  return id;
}

/** PUT record.json: `{app, id | updateKey, record?, revision?}` → `{revision}`; no upsert here. */
export function putRecord(context: ApiContext, params: Params): unknown {
  const scope = openForWriting(context, params);
  requireRights(context, scope.app, 'edit');
  const sent = optionalObject(params, 'record') ?? {};
  const id = targetId(scope, params, sent, '', new SeenKeys());
  const written = updateRecord(scope, id, sent, optionalInteger(params, 'revision'), 'record');
  throwProblems(scope.problems);
  return { revision: written.revision };
}

/** PUT records.json: `{app, records[], upsert?}` → `{records: [{id, revision, operation?}]}`. */
export function putRecords(context: ApiContext, params: Params): unknown {
  const scope = openForWriting(context, params);
  const upsert = optionalBoolean(params, 'upsert');
  // Upsert needs both rights even if every element turns out to be an update.
  if (upsert) requireRights(context, scope.app, 'edit', 'add');
  else requireRights(context, scope.app, 'edit');
  const elements = requiredArray(params, 'records', maxRecordsPerCall);
  const seen = new SeenKeys();
  const records = elements.map((_, at) => {
    const element = objectAt(elements, at, 'records');
    const path = `records[${at}].`;
    const sent = optionalObject(element, 'record', `${path}record`) ?? {};
    if (upsert) return upsertOne(scope, element, sent, at, seen);
    const id = targetId(scope, element, sent, path, seen);
    const revision = optionalInteger(element, 'revision', `${path}revision`);
    const written = updateRecord(scope, id, sent, revision, `records[${at}]`);
    return { id: String(written.id), revision: written.revision };
  });
  throwProblems(scope.problems);
  return { records };
}

function upsertOne(scope: WriteScope, element: Params, sent: Params, at: number, seen: SeenKeys): unknown {
  const path = `records[${at}].`;
  const revision = optionalInteger(element, 'revision', `${path}revision`);
  let id: number | undefined;
  let values = sent;
  if (isObject(element['updateKey'])) {
    if (element['id'] !== undefined) throw invalid({ key: `${path}updateKey`, message: 'bothKeys' });
    const key = readUpdateKey(scope, element, sent, path);
    seen.add(key);
    id = findByUpdateKey(scope, key);
    if (id === undefined) values = { ...sent, [key.field]: { value: key.value } };
  } else {
    const wanted = requiredId(element, 'id', `${path}id`);
    if (scope.app.records.get(wanted) !== undefined) id = wanted;
  }
  const written =
    id === undefined
      ? insertRecord(scope, values, `records[${at}]`)
      : updateRecord(scope, id, values, revision, `records[${at}]`);
  const operation = id === undefined ? 'INSERT' : 'UPDATE';
  return { id: String(written.id), operation, revision: written.revision };
}

/** DELETE records.json: `{app, ids[], revisions?[]}` (1 to 100) → `{}`. */
export function deleteRecords(context: ApiContext, params: Params): unknown {
  const scope = openForWriting(context, params);
  requireRights(context, scope.app, 'delete');
  const ids = requiredArray(params, 'ids', maxRecordsPerCall);
  if (ids.length === 0) throw invalid({ key: 'ids', message: 'tooFew', params: { limit: 1 } });
  const revisions = optionalArray(params, 'revisions') ?? [];
  for (const at of ids.keys()) {
    const id = requiredId({ id: ids[at] }, 'id', `ids[${at}]`);
    const revision = optionalInteger({ revision: revisions[at] }, 'revision', `revisions[${at}]`);
    checkRevision(existing(scope, id), revision);
    scope.app.records.delete(id);
    dropComments(scope, id);
  }
  return {};
}

function dropComments(scope: WriteScope, id: number): void {
  const comments = scope.app.comments.get(id);
  if (comments === undefined) return;
  scope.app.comments.delete(id);
  scope.store.undo.record(() => scope.app.comments.set(id, comments));
}
