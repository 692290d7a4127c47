/** Process management: status, assignees and rights of single records. */
import type { Cell, Entity, KintoneRecord, StatusState } from '../../store/types';
import { type ApiContext, findLiveApp } from '../context';
import { ApiError, invalid } from '../errors';
import {
  objectAt,
  optionalInteger,
  optionalString,
  type Params,
  requiredArray,
  requiredId,
  requiredString,
} from '../params';
import { requireRights, rightsOn } from '../permissions';
import { fits } from '../query';
import { calculateFields } from '../records/calc';
import type { WriteScope } from '../records/scope';
import { readEntities } from '../records/values';
import { checkRevision, existing, storeChanged } from '../records/write';
import { writeScope } from './recordsWrite';

const maxRecordsPerCall = 100;

function openProcess(context: ApiContext, params: Params): WriteScope {
  const { app, side } = findLiveApp(context, String(requiredId(params, 'app')));
  requireRights(context, app, 'edit');
  if (!side.status.enable) throw new ApiError('GAIA_ST02');
  return writeScope(context, app, side);
}

function processCodes(scope: WriteScope): { status: string; assignee: string } {
  const all = Object.values(scope.form.fields);
  return {
    status: all.find((field) => field.type === 'STATUS')?.code ?? '',
    assignee: all.find((field) => field.type === 'STATUS_ASSIGNEE')?.code ?? '',
  };
}

function assigneesOf(record: KintoneRecord, code: string): readonly Entity[] {
  const value = record[code]?.value;
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Entity => typeof one === 'object' && 'code' in one);
}

/** Users a state's settings name; for "one of them" the caller must choose. */
function nextAssignees(scope: WriteScope, state: StatusState, chosen: string | undefined): readonly Entity[] {
  if (chosen !== undefined && chosen !== '') {
    return readEntities(scope, 'USER_SELECT', [{ code: chosen }], 'assignee');
  }
  const named = state.assignee.entities.flatMap(({ entity }): Entity[] => {
    if (entity.type === 'CREATOR') return [{ code: scope.user.code, name: scope.user.name }];
    const user = entity.type === 'USER' ? scope.store.findUser(entity.code ?? '') : undefined;
    return user === undefined ? [] : [{ code: user.code, name: user.name }];
  });
  if (state.assignee.type === 'ONE' && named.length > 1) {
    throw invalid({ key: 'assignee', message: 'required' });
  }
  return named;
}

/** Carries out one action. The revision rises by two, as on a real tenant: the action and the assignment. */
function proceed(context: ApiContext, scope: WriteScope, element: Params, prefix: string) {
  const id = requiredId(element, 'id', `${prefix}id`);
  const actionName = requiredString(element, 'action', `${prefix}action`);
  const record = existing(scope, id);
  checkRevision(record, optionalInteger(element, 'revision', `${prefix}revision`));
  const codes = processCodes(scope);
  const current = record[codes.status]?.value;
  const action = (scope.side.status.actions ?? []).find(
    (one) =>
      one.name === actionName && one.from === current && fits(context, scope.side, one.filterCond, record),
  );
  const target = Object.values(scope.side.status.states ?? {}).find((state) => state.name === action?.to);
  if (action === undefined || target === undefined) throw new ApiError('GAIA_IL03');
  const assignees = assigneesOf(record, codes.assignee);
  if (assignees.length > 0 && !assignees.some((one) => one.code === scope.user.code)) {
    throw new ApiError('GAIA_NT01');
  }
  const next = nextAssignees(scope, target, optionalString(element, 'assignee', `${prefix}assignee`));
  const cells: Record<string, Cell> = {
    ...record,
    [codes.status]: { type: 'STATUS', value: target.name },
    [codes.assignee]: { type: 'STATUS_ASSIGNEE', value: next },
  };
  calculateFields(scope, cells);
  return storeChanged(scope, id, cells, 2);
}

/** PUT record/status.json: `{app, id, action, assignee?, revision?}` → `{revision}`. */
export function putStatus(context: ApiContext, params: Params): unknown {
  return { revision: proceed(context, openProcess(context, params), params, '').revision };
}

/** PUT records/status.json: `{app, records[]}` (at most 100) → `{records: [{id, revision}]}`. */
export function putStatuses(context: ApiContext, params: Params): unknown {
  const scope = openProcess(context, params);
  const elements = requiredArray(params, 'records', maxRecordsPerCall);
  const records = elements.map((_, at) => {
    const written = proceed(context, scope, objectAt(elements, at, 'records'), `records[${at}].`);
    return { id: String(written.id), revision: written.revision };
  });
  return { records };
}

/** PUT record/assignees.json: `{app, id, assignees[], revision?}` → `{revision}`; `[]` clears. */
export function putAssignees(context: ApiContext, params: Params): unknown {
  const scope = openProcess(context, params);
  const id = requiredId(params, 'id');
  const codes = requiredArray(params, 'assignees', 100).map((code) => ({ code }));
  const record = existing(scope, id);
  checkRevision(record, optionalInteger(params, 'revision'));
  const value = readEntities(scope, 'USER_SELECT', codes, 'assignees');
  const assigneeCode = processCodes(scope).assignee;
  const cells = { ...record, [assigneeCode]: { type: 'STATUS_ASSIGNEE', value } as const };
  return { revision: storeChanged(scope, id, cells, 1).revision };
}

/** GET records/acl/evaluate.json: `{app, ids[]}` → `{rights[]}`: the app's rights, for every record alike. */
export function evaluateRights(context: ApiContext, params: Params): unknown {
  const { app, side } = findLiveApp(context, String(requiredId(params, 'app')));
  requireRights(context, app, 'view');
  const { view, edit, delete: remove } = rightsOn(context, app);
  const codes = Object.values(side.fields)
    .filter((field) => field.enabled !== false)
    .map((field) => field.code);
  const rights = requiredArray(params, 'ids', maxRecordsPerCall).map((given, at) => {
    const id = requiredId({ id: given }, 'id', `ids[${at}]`);
    if (app.records.get(id) === undefined) throw new ApiError('GAIA_RE01', { id });
    const fields = Object.fromEntries(codes.map((code) => [code, { viewable: view, editable: edit }]));
    return { id: String(id), record: { viewable: view, editable: edit, deletable: remove }, fields };
  });
  return { rights };
}
