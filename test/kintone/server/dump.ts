/** Loads whole apps at once, for demos and tests; see the README for an example. */

import type { App } from '../store/app';
import { plainLayout } from '../store/defaults';
import { entityOf, type Store } from '../store/store';
import type {
  ApiToken,
  AppRight,
  CustomizeSetting,
  Entity,
  FieldProperties,
  FieldProperty,
  GeneralSettings,
  LayoutItem,
  ProcessManagement,
  Space,
  User,
  View,
} from '../store/types';
import { completeField, isAddable } from './api/fieldShape';
import { deployNow } from './deployment';
import { isObject } from './params';
import { formOf } from './records/form';
import type { WriteScope } from './records/scope';
import { insertRecord, throwProblems } from './records/write';

/** A field of a dump: `type` and whatever differs from the defaults of that type. */
export type DumpField = Partial<Omit<FieldProperty, 'fields'>> & {
  type: FieldProperty['type'];
  fields?: Record<string, DumpField>;
};

export interface DumpApp {
  id?: string | number;
  name: string;
  code?: string;
  spaceId?: string;
  threadId?: string;
  /** Language of the default field codes; Japanese if absent. */
  language?: string;
  /** Login name; "Administrator" if absent. */
  creator?: string;
  /** Added to the fields every app has. A field of a type that exists once (e.g. CREATOR) renames it. */
  fields: Record<string, DumpField>;
  layout?: LayoutItem[];
  views?: Record<string, Partial<View>>;
  settings?: Partial<GeneralSettings>;
  status?: ProcessManagement;
  acl?: AppRight[];
  customize?: CustomizeSetting;
  tokens?: (Partial<ApiToken> & { token: string })[];
  /**
   * Values by field code, bare or as `{value}`; rows of tables as `{code: value}` or `{value: {…}}`; people as
   * login names or `{code}`; files as `{name, contentType, text}` or `{name, contentType, base64}`; `$id` fixes
   * the record's id.
   */
  records?: Record<string, unknown>[];
}

export interface Dump {
  users?: (Partial<User> & { code: string })[];
  organizations?: Entity[];
  groups?: Entity[];
  spaces?: Space[];
  apps?: DumpApp[];
}

const bornOnce = new Set([
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'CATEGORY',
  'STATUS',
  'STATUS_ASSIGNEE',
]);

/**
 * Loads a dump: all people and forms first, then the records in the order given, validated like a POST but
 * with lookups' copied values taken as given. Throws an error that says which record is wrong; no app of the
 * dump exists then.
 */
export function loadDump(store: Store, dump: Dump): void {
  for (const entity of dump.organizations ?? []) store.organizations.set(entity.code, entity);
  for (const entity of dump.groups ?? []) store.groups.set(entity.code, entity);
  for (const user of dump.users ?? []) store.addUser(user);
  for (const space of dump.spaces ?? []) store.spaces.set(space.id, space);
  store.undo.transaction(() => {
    const loaded = (dump.apps ?? []).map((given) => ({ given, app: loadApp(store, given) }));
    for (const { given, app } of loaded) loadRecords(store, app, given.records ?? []);
  });
}

/** Unlike the form API, dumps do not fill dates with "now" unless they say so: demos must be repeatable. */
function withoutNow(sent: DumpField): Record<string, unknown> {
  const columns = Object.entries(sent.fields ?? {}).map(([code, column]) => [code, withoutNow(column)]);
  const { fields: _fields, ...rest } = sent;
  return {
    ...(['DATE', 'TIME', 'DATETIME'].includes(sent.type) ? { defaultNowValue: false } : {}),
    ...rest,
    ...(sent.fields === undefined ? {} : { fields: Object.fromEntries(columns) }),
  };
}

function loadFields(born: FieldProperties, given: Record<string, DumpField>): FieldProperties {
  const fields: FieldProperties = { ...born };
  for (const [code, sent] of Object.entries(given)) {
    if (!bornOnce.has(sent.type)) {
      if (!isAddable(sent.type)) throw new Error(`dump: field "${code}": unknown type ${String(sent.type)}`);
      fields[code] = completeField(code, withoutNow(sent), sent.type, `fields.${code}`);
      continue;
    }
    const old = Object.values(fields).find((field) => field.type === sent.type);
    if (old !== undefined) delete fields[old.code];
    fields[code] = { ...(old ?? { type: sent.type }), code, label: sent.label ?? code };
    if (sent.enabled !== undefined) fields[code].enabled = sent.enabled;
  }
  return fields;
}

function loadViews(app: App, given: Record<string, Partial<View>>): Record<string, View> {
  const views: Record<string, View> = {};
  for (const [at, [name, view]] of Object.entries(given).entries()) {
    const id = String(Number(app.id) * 100_000 + at + 1);
    views[name] = {
      type: 'LIST',
      id,
      index: String(at),
      name,
      fields: [],
      filterCond: '',
      sort: '',
      ...view,
    };
  }
  return views;
}

function loadApp(store: Store, given: DumpApp): App {
  const creator = store.findUser(given.creator ?? 'Administrator');
  if (creator === undefined) throw new Error(`dump: app "${given.name}": unknown creator`);
  const id = given.id === undefined ? undefined : String(given.id);
  if (id !== undefined && store.apps.has(id)) throw new Error(`dump: app ${id} exists already`);
  const app = store.createApp({
    name: given.name,
    creator: entityOf(creator),
    language: given.language ?? 'ja',
    ...(id === undefined ? {} : { id }),
    spaceId: given.spaceId ?? null,
    threadId: given.threadId ?? null,
  });
  store.undo.record(() => store.apps.delete(app.id));
  app.code = given.code ?? '';
  const side = app.preview;
  side.fields = loadFields(side.fields, given.fields);
  side.layout = given.layout ?? plainLayout(side.fields);
  side.views = loadViews(app, given.views ?? {});
  side.settings = { ...side.settings, ...given.settings, name: given.name };
  if (given.status !== undefined) {
    side.status = given.status;
    for (const field of Object.values(side.fields)) {
      if (field.type === 'STATUS' || field.type === 'STATUS_ASSIGNEE') field.enabled = given.status.enable;
    }
  }
  if (given.acl !== undefined) side.acl = given.acl;
  if (given.customize !== undefined) side.customize = given.customize;
  const none = { view: false, add: false, edit: false, delete: false, manage: false };
  app.tokens = (given.tokens ?? []).map((token) => ({ ...none, ...token }));
  deployNow(store, [app]);
  return app;
}

function sentCell(store: Store, field: FieldProperty, given: unknown): { value: unknown } {
  const value = isObject(given) && 'value' in given ? given['value'] : given;
  if (!Array.isArray(value)) {
    const isPerson = (field.type === 'CREATOR' || field.type === 'MODIFIER') && typeof value === 'string';
    return { value: isPerson ? { code: value } : value };
  }
  if (field.type === 'SUBTABLE') {
    const rows = value.map((row: unknown) => {
      const cells = isObject(row) && isObject(row['value']) ? row['value'] : row;
      return { value: sentCells(store, field.fields ?? {}, isObject(cells) ? cells : {}) };
    });
    return { value: rows };
  }
  if (field.type === 'FILE') return { value: value.map((file: unknown) => sentFile(store, file)) };
  const isPeople = field.type.endsWith('_SELECT') && field.type !== 'MULTI_SELECT';
  return {
    value: isPeople ? value.map((one: unknown) => (typeof one === 'string' ? { code: one } : one)) : value,
  };
}

function sentFile(store: Store, file: unknown): unknown {
  if (!isObject(file) || typeof file['fileKey'] === 'string') return file;
  const bytes =
    typeof file['base64'] === 'string'
      ? new Uint8Array(Buffer.from(file['base64'], 'base64'))
      : new TextEncoder().encode(String(file['text'] ?? ''));
  const fileKey = store.files.upload({
    name: String(file['name'] ?? 'file.txt'),
    contentType: String(file['contentType'] ?? 'text/plain'),
    bytes,
  });
  return { fileKey };
}

function sentCells(
  store: Store,
  fields: FieldProperties,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const cells: Record<string, unknown> = {};
  for (const [code, value] of Object.entries(given)) {
    const field = fields[code];
    if (field !== undefined) cells[code] = sentCell(store, field, value);
  }
  return cells;
}

function loadRecords(store: Store, app: App, records: readonly Record<string, unknown>[]): void {
  const side = app.live;
  const user = store.findUser(app.creator.code);
  if (side === null || user === undefined) return;
  const scope: WriteScope = {
    store,
    app,
    side,
    form: formOf(side.fields),
    user,
    maySign: true,
    mayView: () => true,
    trusted: true,
    problems: [],
  };
  for (const [at, given] of records.entries()) {
    const wanted = given['$id'];
    const id = wanted === undefined ? undefined : Number(isObject(wanted) ? wanted['value'] : wanted);
    if (id !== undefined) app.records.reserve(id, 0);
    insertRecord(scope, sentCells(store, side.fields, given), `apps[${app.id}].records[${at}]`, id);
    throwProblems(scope.problems);
  }
}
