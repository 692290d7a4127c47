/** What kintone's form fields are as columns, and which of them an API may write. */
import type { KintoneFieldProperty, KintoneFields } from './kintone-json';
import type { ColumnSpec, ColumnType } from './types';

const TYPES: Readonly<Record<string, ColumnType>> = {
  RECORD_NUMBER: 'text',
  SINGLE_LINE_TEXT: 'text',
  MULTI_LINE_TEXT: 'text',
  RICH_TEXT: 'text',
  LINK: 'text',
  NUMBER: 'number',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'datetime',
  CREATED_TIME: 'datetime',
  UPDATED_TIME: 'datetime',
  RADIO_BUTTON: 'choice',
  DROP_DOWN: 'choice',
  STATUS: 'choice',
  CHECK_BOX: 'choices',
  MULTI_SELECT: 'choices',
  CATEGORY: 'choices',
  CREATOR: 'people',
  MODIFIER: 'people',
  USER_SELECT: 'people',
  ORGANIZATION_SELECT: 'people',
  GROUP_SELECT: 'people',
  STATUS_ASSIGNEE: 'people',
  FILE: 'files',
  SUBTABLE: 'table',
};

/** Formats of calculated fields; durations become a number of hours, so that they can be summed. */
const CALC_TYPES: Readonly<Record<string, ColumnType>> = {
  NUMBER: 'number',
  NUMBER_DIGIT: 'number',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'datetime',
  HOUR_MINUTE: 'number',
  DAY_HOUR_MINUTE: 'number',
};

const READ_ONLY_TYPES: ReadonlySet<string> = new Set([
  'CALC',
  'RECORD_NUMBER',
  'CREATED_TIME',
  'UPDATED_TIME',
  'CREATOR',
  'MODIFIER',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
]);

/**
 * The column a field becomes; null for fields without values (LABEL, SPACER, HR, GROUP, REFERENCE_TABLE, and
 * process and category fields that the app has switched off).
 */
export function columnSpecOfField(property: KintoneFieldProperty): ColumnSpec | null {
  const type = typeOfField(property);
  if (type === null || property.enabled === false) return null;
  const spec = { name: property.code, label: property.label, type, fieldType: property.type };
  if (type === 'table') return { ...spec, columns: columnSpecsOfFields(property.fields ?? {}) };
  return property.options === undefined ? spec : { ...spec, options: optionLabels(property.options) };
}

/** The columns of a form or of a kintone table, in the order given; tables hold their inner columns. */
export function columnSpecsOfFields(fields: KintoneFields): readonly ColumnSpec[] {
  return Object.values(fields).flatMap((property) => columnSpecOfField(property) ?? []);
}

/**
 * Whether record APIs can set the field. Not: calculated and system fields, automatically calculated
 * text, and fields that a lookup copies into (the server ignores what is sent for those). The last needs
 * `fields`, the whole form.
 */
export function isWritable(property: KintoneFieldProperty, fields: KintoneFields = {}): boolean {
  if (typeOfField(property) === null || READ_ONLY_TYPES.has(property.type)) return false;
  if (property.type === 'SINGLE_LINE_TEXT' && property.expression) return false;
  return !isCopiedByLookup(property.code, fields);
}

/** The field type whose form a column's values take when it came from no field. */
export function fieldTypeOf(spec: ColumnSpec): string {
  return spec.fieldType ?? DEFAULT_FIELD_TYPES[spec.type];
}

const DEFAULT_FIELD_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'SINGLE_LINE_TEXT',
  number: 'NUMBER',
  date: 'DATE',
  time: 'TIME',
  datetime: 'DATETIME',
  choice: 'DROP_DOWN',
  choices: 'CHECK_BOX',
  people: 'USER_SELECT',
  files: 'FILE',
  table: 'SUBTABLE',
};

/** Types that no record API takes; inside a table they are left out of what is written. */
export function isReadOnlyType(fieldType: string): boolean {
  return READ_ONLY_TYPES.has(fieldType);
}

function typeOfField(property: KintoneFieldProperty): ColumnType | null {
  if (property.type === 'CALC') return CALC_TYPES[property.format ?? 'NUMBER'] ?? 'number';
  return TYPES[property.type] ?? null;
}

function optionLabels(options: NonNullable<KintoneFieldProperty['options']>): readonly string[] {
  return Object.values(options)
    .sort((a, b) => Number(a.index) - Number(b.index))
    .map((option) => option.label);
}

function isCopiedByLookup(code: string, fields: KintoneFields): boolean {
  return Object.values(fields).some(
    (field) =>
      field.lookup?.fieldMappings.some((mapping) => mapping.field === code) ||
      (field.fields !== undefined && isCopiedByLookup(code, field.fields)),
  );
}
