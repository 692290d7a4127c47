/** Records on their way between REST, handlers and the form. */
import type { Entity, FieldProperties, FieldProperty, FileValue } from '../../store/types';
import type { EventRecord } from '../shared';
import { isEditable } from './field-edit';
import { toLocal } from './zone';

type Row = { id: string | null; value: EventRecord };

/** Types whose values a handler may not change by returning the event (event-object-actions in the docs). */
const notChangeable = new Set(['FILE', 'REFERENCE_TABLE']);

/** Types for which kintone fires change events. */
const firesChange = new Set([
  'RADIO_BUTTON',
  'DROP_DOWN',
  'CHECK_BOX',
  'MULTI_SELECT',
  'USER_SELECT',
  'ORGANIZATION_SELECT',
  'GROUP_SELECT',
  'DATE',
  'TIME',
  'DATETIME',
  'SINGLE_LINE_TEXT',
  'NUMBER',
  'SUBTABLE',
]);

/** A lookup's key field fires nothing; the fields it copies into do. */
export function hasChangeEvent(property: FieldProperty): boolean {
  return firesChange.has(property.type) && property.lookup === undefined;
}

function lookupTargets(properties: FieldProperties): Set<string> {
  const mappings = Object.values(properties).flatMap((property) => property.lookup?.fieldMappings ?? []);
  return new Set(mappings.map(({ field }) => field));
}

/** True when a script may give the field a new value. */
function isScriptable(property: FieldProperty, copied: ReadonlySet<string>): boolean {
  if (property.type === 'SUBTABLE') return true;
  const isLookup = property.lookup !== undefined || copied.has(property.code);
  return isEditable(property) && !notChangeable.has(property.type) && !isLookup;
}

/**
 * Takes over what a script returned or set: values of changeable fields, `disabled` and `error`.
 * @returns codes of the fields whose value is another one now.
 */
export function takeOver(into: EventRecord, from: EventRecord, properties: FieldProperties): string[] {
  const copied = lookupTargets(properties);
  const changed: string[] = [];
  for (const [code, cell] of Object.entries(from)) {
    const property = properties[code];
    const mine = into[code];
    if (property === undefined || mine === undefined || cell === null || typeof cell !== 'object') continue;
    if (cell.disabled !== undefined) mine.disabled = cell.disabled;
    if (cell.error === undefined || cell.error === null) delete mine.error;
    else mine.error = String(cell.error);
    if (!isScriptable(property, copied) || cell.value === '#INVALID!') continue;
    const value = property.type === 'NUMBER' ? String(cell.value ?? '') : cell.value;
    if (JSON.stringify(value) === JSON.stringify(mine.value)) continue;
    mine.value = structuredClone(value);
    changed.push(code);
  }
  return changed;
}

const people = new Set(['USER_SELECT', 'ORGANIZATION_SELECT', 'GROUP_SELECT']);

function writtenValue(property: FieldProperty, value: unknown): unknown {
  if (property.type === 'FILE') return ((value ?? []) as FileValue[]).map(({ fileKey }) => ({ fileKey }));
  if (people.has(property.type)) return ((value ?? []) as Entity[]).map(({ code }) => ({ code }));
  if (property.type !== 'SUBTABLE') return value;
  return ((value ?? []) as Row[]).map((row) => {
    const cells = writtenRecord(row.value, property.fields ?? {});
    return row.id ? { id: row.id, value: cells } : { value: cells };
  });
}

/** The `record` parameter of a write: only what can be written. */
export function writtenRecord(
  record: EventRecord,
  properties: FieldProperties,
): Record<string, { value: unknown }> {
  const cells = Object.entries(record).flatMap(([code, cell]) => {
    const property = properties[code];
    if (property === undefined || !(isEditable(property) || property.type === 'SUBTABLE')) return [];
    if (property.type === 'GROUP') return [];
    return [[code, { value: writtenValue(property, cell.value) }] as const];
  });
  return Object.fromEntries(cells);
}

function presetValue(property: FieldProperty, zone: string): unknown {
  const now = new Date().toISOString();
  if (property.defaultNowValue === true) {
    const local = toLocal(now, zone);
    if (property.type === 'DATE') return local.slice(0, 10);
    if (property.type === 'TIME') return local.slice(11);
    return `${now.slice(0, 16)}:00Z`;
  }
  const preset = property.defaultValue;
  if (people.has(property.type)) {
    const list = (preset ?? []) as { code: string }[];
    return list.map(({ code }) => ({ code, name: code }));
  }
  if (property.type === 'CHECK_BOX' || property.type === 'MULTI_SELECT') return preset ?? [];
  if (property.type === 'FILE') return [];
  if (['DROP_DOWN', 'RADIO_BUTTON', 'DATE', 'TIME'].includes(property.type)) return preset || null;
  return preset ?? '';
}

/** Fields of a record that does not exist yet have no system values. */
const notOnNewRecords = new Set([
  'RECORD_NUMBER',
  '__ID__',
  '__REVISION__',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
  'GROUP',
  'REFERENCE_TABLE',
]);

/** The record a create screen starts with; a table starts with one row. */
export function newRecord(properties: FieldProperties, zone: string): EventRecord {
  const cells = Object.values(properties)
    .filter((property) => !notOnNewRecords.has(property.type))
    .map((property) => {
      const isTable = property.type === 'SUBTABLE';
      const row = { id: null, value: isTable ? newRecord(property.fields ?? {}, zone) : {} };
      return [
        property.code,
        { type: property.type, value: isTable ? [row] : presetValue(property, zone) },
      ] as const;
    });
  return Object.fromEntries(cells);
}

/** A copy for "reuse": without system values, rows without ids. */
export function reusedRecord(record: EventRecord, properties: FieldProperties): EventRecord {
  const cells = Object.entries(record).flatMap(([code, cell]) => {
    const property = properties[code];
    if (property === undefined || notOnNewRecords.has(property.type)) return [];
    const value =
      property.type === 'SUBTABLE' ? (cell.value as Row[]).map((row) => ({ ...row, id: null })) : cell.value;
    return [[code, { type: cell.type, value: structuredClone(value) }] as const];
  });
  return Object.fromEntries(cells);
}

/** Puts the messages of a REST validation error beside their fields. */
export function takeErrors(record: EventRecord, error: unknown): void {
  const errors = (error as { errors?: Record<string, { messages: string[] }> } | null)?.errors ?? {};
  for (const [key, { messages }] of Object.entries(errors)) {
    const code = /^record[.[]([^.\]]+)/.exec(key)?.[1];
    const cell = code === undefined ? undefined : record[code];
    if (cell !== undefined) cell.error = messages.join(' ');
  }
}
