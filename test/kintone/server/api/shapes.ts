/** Reads the nested parts of app settings into the shapes the store keeps; wrong shapes are CB_VA01. */
import type {
  FieldProperty,
  LayoutItem,
  LookupSetting,
  ProcessManagement,
  ReferenceTableSetting,
  StatusAction,
  StatusState,
} from '../../store/types';
import { invalid } from '../errors';
import { isObject, optionalArray, optionalObject, optionalString, requiredString } from '../params';

type Sent = Readonly<Record<string, unknown>>;

function objects(sent: Sent, name: string, key: string): Record<string, unknown>[] {
  return (optionalArray(sent, name, key) ?? []).map((item, at) => {
    if (!isObject(item)) throw invalid({ key: `${key}[${at}]`, message: 'notObject' });
    return item;
  });
}

function strings(sent: Sent, name: string, key: string): string[] {
  return (optionalArray(sent, name, key) ?? []).map((item, at) => {
    if (typeof item !== 'string') throw invalid({ key: `${key}[${at}]`, message: 'notString' });
    return item;
  });
}

/** Members of an object that must themselves be objects; names that would reach the prototype are refused. */
export function members(sent: Sent, key: string): [string, Record<string, unknown>][] {
  return Object.entries(sent).map(([name, member]) => {
    if (!isObject(member) || name === '__proto__')
      throw invalid({ key: `${key}[${name}]`, message: 'notObject' });
    return [name, member];
  });
}

export function readOptions(sent: Sent, key: string): NonNullable<FieldProperty['options']> {
  const options: NonNullable<FieldProperty['options']> = {};
  for (const [name, option] of members(sent, key)) {
    const label = optionalString(option, 'label', `${key}[${name}].label`) ?? name;
    options[label] = { label, index: requiredString(option, 'index', `${key}[${name}].index`) };
  }
  return options;
}

function readRelatedApp(sent: Sent, key: string): { app: string; code: string } {
  const app = optionalObject(sent, 'relatedApp', `${key}.relatedApp`) ?? {};
  return {
    app: optionalString(app, 'app', `${key}.relatedApp.app`) ?? '',
    code: optionalString(app, 'code', `${key}.relatedApp.code`) ?? '',
  };
}

export function readLookup(sent: Sent, key: string): LookupSetting {
  return {
    relatedApp: readRelatedApp(sent, key),
    relatedKeyField: requiredString(sent, 'relatedKeyField', `${key}.relatedKeyField`),
    fieldMappings: objects(sent, 'fieldMappings', `${key}.fieldMappings`).map((pair, at) => ({
      field: requiredString(pair, 'field', `${key}.fieldMappings[${at}].field`),
      relatedField: requiredString(pair, 'relatedField', `${key}.fieldMappings[${at}].relatedField`),
    })),
    lookupPickerFields: strings(sent, 'lookupPickerFields', `${key}.lookupPickerFields`),
    filterCond: optionalString(sent, 'filterCond', `${key}.filterCond`) ?? '',
    sort: optionalString(sent, 'sort', `${key}.sort`) ?? '',
  };
}

export function readReferenceTable(sent: Sent, key: string): ReferenceTableSetting {
  const condition = optionalObject(sent, 'condition', `${key}.condition`) ?? {};
  return {
    relatedApp: readRelatedApp(sent, key),
    condition: {
      field: requiredString(condition, 'field', `${key}.condition.field`),
      relatedField: requiredString(condition, 'relatedField', `${key}.condition.relatedField`),
    },
    filterCond: optionalString(sent, 'filterCond', `${key}.filterCond`) ?? '',
    displayFields: strings(sent, 'displayFields', `${key}.displayFields`),
    sort: optionalString(sent, 'sort', `${key}.sort`) ?? '',
    size: optionalString(sent, 'size', `${key}.size`) ?? '5',
  };
}

/** One item of a form's layout; what fields it names is the caller's to check. */
export function readLayoutItem(sent: Sent, key: string): LayoutItem {
  const { type } = sent;
  const fields = () =>
    objects(sent, 'fields', `${key}.fields`).map((field, at) => ({
      ...structuredClone(field),
      type: requiredString(field, 'type', `${key}.fields[${at}].type`),
    }));
  if (type === 'ROW') return { type, fields: fields() };
  const code = requiredString(sent, 'code', `${key}.code`);
  if (type === 'SUBTABLE') return { type, code, fields: fields() };
  if (type !== 'GROUP')
    throw invalid({ key: `${key}.type`, message: 'badValue', params: { value: String(type) } });
  const layout = objects(sent, 'layout', `${key}.layout`).map((row, at) => {
    const item = readLayoutItem(row, `${key}.layout[${at}]`);
    if (item.type !== 'ROW') throw invalid({ key: `${key}.layout[${at}].type`, message: 'badFormat' });
    return item;
  });
  return { type, code, layout };
}

/** Codes of the fields an item of the layout names. */
export function layoutCodes(item: LayoutItem): string[] {
  if (item.type === 'SUBTABLE') return [item.code];
  const rows = item.type === 'ROW' ? [item] : item.layout;
  const own = item.type === 'GROUP' ? [item.code] : [];
  return [...own, ...rows.flatMap((row) => row.fields.flatMap((field) => field.code ?? []))];
}

function readAssignee(sent: Sent, key: string): StatusState['assignee'] {
  const type = sent['type'] ?? 'ONE';
  if (type !== 'ONE' && type !== 'ALL' && type !== 'ANY') {
    throw invalid({ key: `${key}.type`, message: 'badValue', params: { value: String(type) } });
  }
  const entities = objects(sent, 'entities', `${key}.entities`).map((one, at) => {
    const entity = optionalObject(one, 'entity', `${key}.entities[${at}].entity`) ?? {};
    return {
      entity: {
        type: requiredString(entity, 'type', `${key}.entities[${at}].entity.type`),
        code: optionalString(entity, 'code', `${key}.entities[${at}].entity.code`) ?? null,
      },
      includeSubs: one['includeSubs'] === true,
    };
  });
  return { type, entities };
}

export function readStates(sent: Sent): NonNullable<ProcessManagement['states']> {
  const states: NonNullable<ProcessManagement['states']> = {};
  for (const [key, state] of members(sent, 'states')) {
    const name = optionalString(state, 'name', `states[${key}].name`) ?? key;
    states[name] = {
      name,
      index: requiredString(state, 'index', `states[${key}].index`),
      assignee: readAssignee(optionalObject(state, 'assignee') ?? {}, `states[${key}].assignee`),
    };
  }
  return states;
}

export function readActions(sent: Sent): StatusAction[] {
  return objects(sent, 'actions', 'actions').map((action, at) => ({
    name: requiredString(action, 'name', `actions[${at}].name`),
    from: requiredString(action, 'from', `actions[${at}].from`),
    to: requiredString(action, 'to', `actions[${at}].to`),
    filterCond: optionalString(action, 'filterCond', `actions[${at}].filterCond`) ?? '',
  }));
}
