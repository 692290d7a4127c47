/** Adding, changing and removing single fields of a form. */
import type { FieldProperties, FieldProperty } from '../../store/types';
import { ApiError, invalid } from '../errors';
import { isObject } from '../params';
import { completeField, isAddable } from './fieldShape';

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
/** kintone keeps `__ID__` and its like for itself. */
const reservedCode = /^__.*__$/;
const maxCodeLength = 128;

function allCodes(fields: FieldProperties): Set<string> {
  const columns = Object.values(fields).flatMap((field) => Object.keys(field.fields ?? {}));
  return new Set([...Object.keys(fields), ...columns]);
}

function checkCode(code: string, taken: ReadonlySet<string>, key: string): void {
  if (code.length > maxCodeLength || !codePattern.test(code) || reservedCode.test(code)) {
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
  return completeField(code, sent, type, `properties[${name}]`);
}

/** The field with the sent properties laid over; its type cannot change. Unknown code: GAIA_FC01. */
export function changedField(fields: FieldProperties, code: string, sent: unknown): FieldProperty {
  const before = Object.hasOwn(fields, code) ? fields[code] : undefined;
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
  return completeField(newCode, merged, before.type, `properties[${code}]`);
}

function mergedColumns(before: FieldProperties, sent: Record<string, unknown>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [code, column] of Object.entries(isObject(sent['fields']) ? sent['fields'] : {})) {
    columns[code] = isObject(column) ? { ...before[code], ...column } : before[code];
  }
  return columns;
}

export function removeField(fields: FieldProperties, code: string): void {
  const field = Object.hasOwn(fields, code) ? fields[code] : undefined;
  if (field === undefined || bornTypes.has(field.type)) throw new ApiError('GAIA_FC01', { code });
  delete fields[code];
}
