/** Changes of app settings in the test environment; they become live by a deploy. */

import type { App } from '../../store/app';
import { layoutItemOf } from '../../store/defaults';
import { entityOf } from '../../store/store';
import type {
  AppRight,
  AppSide,
  CustomizeSetting,
  FieldProperties,
  GeneralSettings,
  LayoutItem,
  NumberPrecision,
  ProcessManagement,
  View,
} from '../../store/types';
import { type ApiContext, findApp } from '../context';
import { ApiError, invalid } from '../errors';
import {
  isObject,
  objectAt,
  optionalInteger,
  optionalObject,
  optionalString,
  type Params,
  requiredArray,
  requiredId,
  requiredObject,
  requiredString,
} from '../params';
import { requireRights } from '../permissions';
import { changedField, newField, removeField } from './formEdit';
import { layoutCodes, members, readActions, readLayoutItem, readStates } from './shapes';

/** POST preview/app.json: `{name, space?, thread?}` → `{app, revision}`; not live until deployed. */
export function postApp(context: ApiContext, params: Params): unknown {
  const name = requiredString(params, 'name');
  if (name.length > 64) throw invalid({ key: 'name', message: 'tooLong', params: { limit: 65 } });
  const space = optionalInteger(params, 'space');
  const { user } = context.actor;
  if (context.actor.kind === 'token') throw new ApiError('GAIA_NO01');
  if (space !== undefined && !context.store.spaces.has(String(space))) {
    throw new ApiError('GAIA_SP01', { id: space });
  }
  const app = context.store.createApp({
    name,
    creator: entityOf(user),
    language: user.language,
    spaceId: space === undefined ? null : String(space),
    threadId: optionalInteger(params, 'thread')?.toString() ?? null,
  });
  context.store.undo.record(() => context.store.apps.delete(app.id));
  findApp(context, app.id);
  return { app: app.id, revision: String(app.preview.revision) };
}

function openPreview(context: ApiContext, params: Params): App {
  const app = findApp(context, String(requiredId(params, 'app')));
  requireRights(context, app, 'manage');
  if (app.deploy?.status === 'PROCESSING') throw new ApiError('GAIA_UN01', { app: app.id });
  const revision = optionalInteger(params, 'revision');
  if (revision !== undefined && revision !== -1 && revision !== app.preview.revision) {
    throw new ApiError('GAIA_UN02', { app: app.id });
  }
  return app;
}

/** Puts changed parts in place as a new side, so that the live settings never share what is edited. */
function change(app: App, changes: Partial<AppSide>): string {
  app.preview = { ...app.preview, ...changes, revision: app.preview.revision + 1 };
  return String(app.preview.revision);
}

/** POST preview/app/form/fields.json: adds fields and puts them at the end of the layout. */
export function postFormFields(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const fields: FieldProperties = { ...app.preview.fields };
  const layout: LayoutItem[] = [...app.preview.layout];
  for (const [code, sent] of members(requiredObject(params, 'properties'), 'properties')) {
    const field = newField(fields, code, sent);
    fields[field.code] = field;
    layout.push(layoutItemOf(field));
  }
  return { revision: change(app, { fields, layout }) };
}

/** PUT preview/app/form/fields.json: changes properties; a new `code` renames and keeps the data. */
export function putFormFields(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const fields: FieldProperties = { ...app.preview.fields };
  const renamed = new Map<string, string>();
  for (const [code, sent] of members(requiredObject(params, 'properties'), 'properties')) {
    const field = changedField(fields, code, sent);
    delete fields[code];
    fields[field.code] = field;
    if (field.code !== code) renamed.set(code, field.code);
  }
  const origins = new Map(app.previewOrigins);
  for (const [from, to] of renamed) {
    const origin = origins.get(from);
    origins.delete(from);
    if (origin !== undefined) origins.set(to, origin);
  }
  app.previewOrigins = origins;
  const layout = app.preview.layout.map((item) => renamedItem(item, renamed));
  return { revision: change(app, { fields, layout }) };
}

function renamedItem(item: LayoutItem, renamed: ReadonlyMap<string, string>): LayoutItem {
  if (item.type !== 'ROW') return { ...item, code: renamed.get(item.code) ?? item.code };
  const fields = item.fields.map((field) =>
    field.code === undefined ? field : { ...field, code: renamed.get(field.code) ?? field.code },
  );
  return { ...item, fields };
}

/** DELETE preview/app/form/fields.json: `{app, fields[]}`. */
export function deleteFormFields(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const fields: FieldProperties = { ...app.preview.fields };
  const codes = new Set<string>();
  for (const code of requiredArray(params, 'fields', 100)) {
    removeField(fields, String(code));
    codes.add(String(code));
    app.previewOrigins.delete(String(code));
  }
  const layout = app.preview.layout.flatMap((item): LayoutItem[] => {
    if (item.type !== 'ROW') return codes.has(item.code) ? [] : [item];
    const kept = item.fields.filter((field) => field.code === undefined || !codes.has(field.code));
    return kept.length === 0 ? [] : [{ ...item, fields: kept }];
  });
  return { revision: change(app, { fields, layout }) };
}

/** PUT preview/app/form/layout.json: `{app, layout[]}`; every named field must exist. */
export function putFormLayout(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const given = requiredArray(params, 'layout', 1000);
  const layout = given.map((_, at) => readLayoutItem(objectAt(given, at, 'layout'), `layout[${at}]`));
  for (const code of layout.flatMap(layoutCodes)) {
    if (!Object.hasOwn(app.preview.fields, code)) throw new ApiError('GAIA_FC01', { code });
  }
  return { revision: change(app, { layout }) };
}

/** PUT preview/app/views.json: replaces all views; ids of views that keep their name stay. */
export function putViews(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const given = requiredObject(params, 'views');
  const before = app.preview.views;
  let lastId = Math.max(Number(app.id) * 100_000, ...Object.values(before).map((view) => Number(view.id)));
  const views: Record<string, View> = {};
  for (const [name, sent] of members(given, 'views')) {
    const type = sent['type'] ?? before[name]?.type;
    if (type !== 'LIST' && type !== 'CALENDAR' && type !== 'CUSTOM') {
      throw invalid({ key: `views[${name}].type`, message: 'required' });
    }
    const id = before[name]?.id ?? String(++lastId);
    const base = { filterCond: '', sort: '', index: String(Object.keys(views).length), ...before[name] };
    views[String(sent['name'] ?? name)] = {
      ...base,
      ...(structuredClone(sent) as Partial<View>),
      index: String(sent['index'] ?? base.index),
      name: String(sent['name'] ?? name),
      type,
      id,
    };
  }
  const revision = change(app, { views });
  const ids = Object.fromEntries(Object.entries(views).map(([name, view]) => [name, { id: view.id }]));
  return { views: ids, revision };
}

/** PUT preview/app/settings.json: only what is sent changes. */
export function putSettings(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const settings: GeneralSettings = { ...app.preview.settings };
  for (const name of ['name', 'description', 'theme', 'firstMonthOfFiscalYear'] as const) {
    const text = optionalString(params, name);
    if (text !== undefined) settings[name] = text;
  }
  for (const name of [
    'enableThumbnails',
    'enableBulkDeletion',
    'enableComments',
    'enableDuplicateRecord',
    'enableInlineRecordEditing',
  ] as const) {
    if (params[name] !== undefined) settings[name] = params[name] === true || params[name] === 'true';
  }
  const precision = optionalObject(params, 'numberPrecision');
  if (precision !== undefined) settings.numberPrecision = readPrecision(settings.numberPrecision, precision);
  const title = optionalObject(params, 'titleField');
  if (title !== undefined) {
    const code = optionalString(title, 'code', 'titleField.code');
    const selectionMode = title['selectionMode'] === 'MANUAL' ? 'MANUAL' : 'AUTO';
    settings.titleField = code === undefined ? { selectionMode } : { selectionMode, code };
  }
  return { revision: change(app, { settings }) };
}

function readPrecision(before: NumberPrecision, sent: Record<string, unknown>): NumberPrecision {
  const digits = optionalInteger(sent, 'digits', 'numberPrecision.digits') ?? Number(before.digits);
  const decimals =
    optionalInteger(sent, 'decimalPlaces', 'numberPrecision.decimalPlaces') ?? Number(before.decimalPlaces);
  if (digits < 1 || digits > 30) {
    throw invalid({ key: 'numberPrecision.digits', message: 'outOfRange', params: { min: 1, max: 30 } });
  }
  if (decimals < 0 || decimals > 10) {
    throw invalid({
      key: 'numberPrecision.decimalPlaces',
      message: 'outOfRange',
      params: { min: 0, max: 10 },
    });
  }
  const mode = sent['roundingMode'] ?? before.roundingMode;
  if (mode !== 'HALF_EVEN' && mode !== 'UP' && mode !== 'DOWN') {
    const params = { value: String(mode) };
    throw invalid({ key: 'numberPrecision.roundingMode', message: 'badValue', params });
  }
  return { digits: String(digits), decimalPlaces: String(decimals), roundingMode: mode };
}

/** PUT preview/app/status.json: `{app, enable?, states?, actions?}`. */
export function putProcess(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const before = app.preview.status;
  const states = optionalObject(params, 'states');
  const status: ProcessManagement = {
    enable: params['enable'] === undefined ? before.enable : params['enable'] === true,
    states: states === undefined ? before.states : readStates(states),
    actions: params['actions'] === undefined ? before.actions : readActions(params),
  };
  // The status fields exist in records only while process management is on.
  const fields: FieldProperties = { ...app.preview.fields };
  for (const field of Object.values(fields)) {
    if (field.type === 'STATUS' || field.type === 'STATUS_ASSIGNEE') {
      fields[field.code] = { ...field, enabled: status.enable };
    }
  }
  return { revision: change(app, { status, fields }) };
}

/** PUT preview/app/customize.json: `{app, scope?, desktop?, mobile?}`. */
export function putCustomize(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const { scope, desktop, mobile } = structuredClone(params) as Partial<CustomizeSetting>;
  const before = app.preview.customize;
  const customize: CustomizeSetting = {
    scope: scope ?? before.scope,
    desktop: { ...before.desktop, ...desktop },
    mobile: { ...before.mobile, ...mobile },
  };
  return { revision: change(app, { customize }) };
}

/** PUT preview/app/acl.json: `{app, rights[]}`; the rows apply from the top, the first fitting one decides. */
export function putAppAcl(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  const acl = requiredArray(params, 'rights', 100).map((right, at): AppRight => {
    if (!isObject(right)) throw invalid({ key: `rights[${at}]`, message: 'notObject' });
    const entity = requiredObject(right, 'entity', `rights[${at}].entity`);
    const flag = (name: string) => right[name] === true || right[name] === 'true';
    return {
      entity: {
        type: requiredString(entity, 'type', `rights[${at}].entity.type`) as AppRight['entity']['type'],
        code: optionalString(entity, 'code', `rights[${at}].entity.code`) ?? null,
      },
      includeSubs: flag('includeSubs'),
      appEditable: flag('appEditable'),
      recordViewable: flag('recordViewable'),
      recordAddable: flag('recordAddable'),
      recordEditable: flag('recordEditable'),
      recordDeletable: flag('recordDeletable'),
      recordImportable: flag('recordImportable'),
      recordExportable: flag('recordExportable'),
    };
  });
  return { revision: change(app, { acl }) };
}

/** PUT preview/record/acl.json: kept and answered, but not enforced (see the README). */
export function putRecordAcl(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  return { revision: change(app, { recordAcl: structuredClone(requiredArray(params, 'rights', 100)) }) };
}

/** PUT preview/field/acl.json: kept and answered, but not enforced (see the README). */
export function putFieldAcl(context: ApiContext, params: Params): unknown {
  const app = openPreview(context, params);
  return { revision: change(app, { fieldAcl: structuredClone(requiredArray(params, 'rights', 100)) }) };
}
