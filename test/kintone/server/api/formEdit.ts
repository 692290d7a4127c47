/** Adding, changing and removing single fields of a form. */

import type { FieldProperties, FieldProperty, FieldType, LookupSetting } from '../../store/types';
import { canBeUnique } from '../../store/uniqueIndex';
import { ApiError, invalid } from '../errors';
import { isObject } from '../params';

const addableTypes = new Set<string>([
  'SINGLE_LINE_TEXT',
  'MULTI_LINE_TEXT',
  'RICH_TEXT',
  'NUMBER',
  'CALC',
  'CHECK_BOX',
  'RADIO_BUTTON',
  'MULTI_SELECT',
  'DROP_DOWN',
  'DATE',
  'TIME',
  'DATETIME',
  'LINK',
  'FILE',
  'USER_SELECT',
  'ORGANIZATION_SELECT',
  'GROUP_SELECT',
  'REFERENCE_TABLE',
  'SUBTABLE',
  'GROUP',
]);

/** Fields every app has; they can be renamed but not removed. */
const bornTypes = new Set<string>([
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'CATEGORY',
  'STATUS',
  'STATUS_ASSIGNEE',
]);

/** Letters, digits, `_` and a few others; `_` is the only ASCII symbol, and no digit comes first. */
const codePattern = /^(?![0-9０-９])[\p{L}\p{M}\p{N}_＿･・＄￥]+$/u;
const maxCodeLength = 128;

function isAddable(type: unknown): type is FieldType {
  return typeof type === 'string' && addableTypes.has(type);
}

/** Properties that kintone answers with even if the caller did not send them. */
function defaultsFor(type: FieldType): Partial<FieldProperty> {
  const common = { noLabel: false, required: false };
  switch (type) {
    case 'SINGLE_LINE_TEXT':
      return {
        ...common,
        defaultValue: '',
        unique: false,
        minLength: '',
        maxLength: '',
        expression: '',
        hideExpression: false,
      };
    case 'MULTI_LINE_TEXT':
    case 'RICH_TEXT':
      return { ...common, defaultValue: '' };
    case 'NUMBER':
      return {
        ...common,
        defaultValue: '',
        unique: false,
        minValue: '',
        maxValue: '',
        digit: false,
        displayScale: '',
        unit: '',
        unitPosition: 'BEFORE',
      };
    case 'CALC':
      return {
        ...common,
        expression: '',
        hideExpression: false,
        format: 'NUMBER',
        displayScale: '',
        unit: '',
        unitPosition: 'BEFORE',
      };
    case 'LINK':
      return { ...common, defaultValue: '', unique: false, minLength: '', maxLength: '', protocol: 'WEB' };
    case 'CHECK_BOX':
      return { ...common, defaultValue: [], options: {}, align: 'HORIZONTAL' };
    case 'MULTI_SELECT':
      return { ...common, defaultValue: [], options: {} };
    case 'RADIO_BUTTON':
      return { ...common, required: true, defaultValue: '', options: {}, align: 'HORIZONTAL' };
    case 'DROP_DOWN':
      return { ...common, defaultValue: '', options: {} };
    case 'DATE':
    case 'DATETIME':
      return { ...common, defaultValue: '', unique: false, defaultNowValue: true };
    case 'TIME':
      return { ...common, defaultValue: '', defaultNowValue: true };
    case 'FILE':
      return { ...common, thumbnailSize: '150' };
    case 'USER_SELECT':
    case 'ORGANIZATION_SELECT':
    case 'GROUP_SELECT':
      return { ...common, defaultValue: [], entities: [] };
    case 'GROUP':
      return { noLabel: false, openGroup: false };
    default:
      return { noLabel: false };
  }
}

function completeLookup(sent: unknown): LookupSetting {
  const given = (isObject(sent) ? sent : {}) as Partial<LookupSetting>;
  return {
    relatedKeyField: '',
    fieldMappings: [],
    lookupPickerFields: [],
    filterCond: '',
    sort: '',
    ...structuredClone(given),
    relatedApp: { app: String(given.relatedApp?.app ?? ''), code: given.relatedApp?.code ?? '' },
  };
}

function completeOptions(field: FieldProperty): void {
  for (const [name, option] of Object.entries(field.options ?? {})) {
    if (field.options !== undefined)
      field.options[name] = { label: option.label, index: String(option.index) };
  }
  // A radio button always has a choice made; without one of its own it starts with the first option.
  if (field.type === 'RADIO_BUTTON' && field.defaultValue === '') {
    const first = Object.values(field.options ?? {}).sort((a, b) => Number(a.index) - Number(b.index))[0];
    field.defaultValue = first?.label ?? '';
  }
}

/** A field as it is stored: what was sent over the defaults of its type, columns of tables included. */
export function completeField(code: string, sent: Record<string, unknown>, type: FieldType): FieldProperty {
  const field = {
    ...defaultsFor(type),
    ...(structuredClone(sent) as Partial<FieldProperty>),
    type,
    code,
    label: typeof sent['label'] === 'string' ? sent['label'] : code,
  } as FieldProperty;
  if (sent['lookup'] !== undefined && sent['lookup'] !== null) field.lookup = completeLookup(sent['lookup']);
  // The flag is dropped silently where duplicates cannot be prohibited.
  if (field.unique !== undefined && !canBeUnique(field)) field.unique = false;
  completeOptions(field);
  if (type === 'SUBTABLE') {
    const columns: FieldProperties = {};
    for (const [columnCode, column] of Object.entries(sent['fields'] ?? {})) {
      if (!isObject(column) || !isAddable(column['type'])) continue;
      columns[columnCode] = completeField(columnCode, column, column['type']);
      if (columns[columnCode].unique !== undefined) columns[columnCode].unique = false;
    }
    field.fields = columns;
  }
  return field;
}

function allCodes(fields: FieldProperties): Set<string> {
  const columns = Object.values(fields).flatMap((field) => Object.keys(field.fields ?? {}));
  return new Set([...Object.keys(fields), ...columns]);
}

function checkCode(code: string, taken: ReadonlySet<string>, key: string): void {
  if (code.length > maxCodeLength || !codePattern.test(code)) {
    throw invalid({ key, message: 'badFieldCode', params: { code } });
  }
  if (taken.has(code)) throw invalid({ key, message: 'fieldExists', params: { code } });
}

/** A field to add, checked: known type, valid code that no other field or column has. */
export function newField(fields: FieldProperties, name: string, sent: unknown): FieldProperty {
  if (!isObject(sent)) throw invalid({ key: `properties[${name}]`, message: 'notObject' });
  const type = sent['type'];
  if (!isAddable(type)) {
    const key = `properties[${name}].type`;
    throw invalid(
      type === undefined
        ? { key, message: 'required' }
        : { key, message: 'badValue', params: { value: String(type) } },
    );
  }
  const code = typeof sent['code'] === 'string' ? sent['code'] : name;
  const taken = allCodes(fields);
  checkCode(code, taken, `properties[${name}].code`);
  if (isObject(sent['fields'])) {
    for (const column of Object.keys(sent['fields'])) checkCode(column, taken, `properties[${name}].fields`);
  }
  return completeField(code, sent, type);
}

/** The field with the sent properties laid over; its type cannot change. Unknown code: GAIA_FC01. */
export function changedField(fields: FieldProperties, code: string, sent: unknown): FieldProperty {
  const before = fields[code];
  if (before === undefined) throw new ApiError('GAIA_FC01', { code });
  if (!isObject(sent)) throw invalid({ key: `properties[${code}]`, message: 'notObject' });
  if (sent['type'] !== undefined && sent['type'] !== before.type) {
    const params = { value: String(sent['type']) };
    throw invalid({ key: `properties[${code}].type`, message: 'badValue', params });
  }
  const newCode = typeof sent['code'] === 'string' ? sent['code'] : code;
  if (newCode !== code) checkCode(newCode, allCodes(fields), `properties[${code}].code`);
  if (bornTypes.has(before.type)) {
    return {
      ...before,
      code: newCode,
      label: typeof sent['label'] === 'string' ? sent['label'] : before.label,
    };
  }
  const merged: Record<string, unknown> = { ...before, ...sent };
  if (before.fields !== undefined)
    merged['fields'] = { ...before.fields, ...mergedColumns(before.fields, sent) };
  return completeField(newCode, merged, before.type);
}

function mergedColumns(before: FieldProperties, sent: Record<string, unknown>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [code, column] of Object.entries(isObject(sent['fields']) ? sent['fields'] : {})) {
    columns[code] = isObject(column) ? { ...before[code], ...column } : before[code];
  }
  return columns;
}

export function removeField(fields: FieldProperties, code: string): void {
  const field = fields[code];
  if (field === undefined || bornTypes.has(field.type)) throw new ApiError('GAIA_FC01', { code });
  delete fields[code];
}
