/** What may be written into which field of the output app. */
import type { Params } from '../definition/errors';
import type { KintoneFieldProperty, KintoneFields } from '../table/kintone-json';
import type { ColumnSpec, ColumnType } from '../table/types';

/**
 * same: the value is written as it is; converts: written in another form, nothing is lost, a value that has
 * no such form stops the run (warning); lossy: part of every value would be lost; none: no such form.
 */
export type Compatibility = 'same' | 'converts' | 'lossy' | 'none';

type Row = Readonly<Partial<Record<ColumnType, Compatibility>>>;

const INTO_TEXT: Row = {
  text: 'same',
  choice: 'same',
  number: 'converts',
  date: 'converts',
  time: 'converts',
  datetime: 'converts',
  choices: 'converts',
  people: 'converts',
  files: 'converts',
};
const INTO_CHOICE: Row = { choice: 'same', text: 'converts', number: 'converts', choices: 'lossy' };
const INTO_CHOICES: Row = { choices: 'same', choice: 'converts', text: 'converts', number: 'converts' };
const INTO_PEOPLE: Row = { people: 'same', text: 'converts' };

/** Rows: field type of the output app; columns: type of the result's column; absent: none. */
const COMPATIBILITY: Readonly<Record<string, Row>> = {
  SINGLE_LINE_TEXT: INTO_TEXT,
  MULTI_LINE_TEXT: INTO_TEXT,
  RICH_TEXT: INTO_TEXT,
  LINK: INTO_TEXT,
  NUMBER: { number: 'same', text: 'converts', choice: 'converts' },
  DATE: { date: 'same', text: 'converts', choice: 'converts', datetime: 'lossy' },
  TIME: { time: 'same', text: 'converts', choice: 'converts', datetime: 'lossy' },
  DATETIME: { datetime: 'same', date: 'converts', text: 'converts' },
  RADIO_BUTTON: INTO_CHOICE,
  DROP_DOWN: INTO_CHOICE,
  CHECK_BOX: INTO_CHOICES,
  MULTI_SELECT: INTO_CHOICES,
  USER_SELECT: INTO_PEOPLE,
  ORGANIZATION_SELECT: INTO_PEOPLE,
  GROUP_SELECT: INTO_PEOPLE,
  SUBTABLE: { table: 'same' },
  // Never written: it finds records (`isKeyType`).
  RECORD_NUMBER: { text: 'same', number: 'converts' },
};

const PEOPLE_OF: Readonly<Record<string, string>> = {
  CREATOR: 'USER_SELECT',
  MODIFIER: 'USER_SELECT',
  STATUS_ASSIGNEE: 'USER_SELECT',
};

/** How a column fits a field. Users, departments and groups are different things although all are people. */
export function compatibility(column: ColumnSpec, property: KintoneFieldProperty): Compatibility {
  const found = COMPATIBILITY[property.type]?.[column.type] ?? 'none';
  if (column.type !== 'people' || found !== 'same' || column.fieldType === undefined) return found;
  return (PEOPLE_OF[column.fieldType] ?? column.fieldType) === property.type ? 'same' : 'none';
}

/** Field types whose value identifies a record (kintone can look several of them up at once, or compare them exactly). */
export const KEY_FIELD_TYPES: readonly string[] = [
  'SINGLE_LINE_TEXT',
  'NUMBER',
  'LINK',
  'DATE',
  'TIME',
  'DATETIME',
  'RADIO_BUTTON',
  'DROP_DOWN',
];

/** Values that kintone sets itself. */
const SYSTEM_TYPES: readonly string[] = [
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
];

/**
 * Why a field cannot be written, or null when it can. `fields` is the level the field stands on (the form,
 * or its table), because a lookup names the fields it fills. Codes: `fieldCalculated`, `fieldSetByKintone`,
 * `filesNotWritable` (attachments would have to be uploaded anew), `fieldHoldsNoValue`,
 * `fieldFilledByLookup {field, lookup}` (kintone ignores what a client sends for it).
 */
export function whyNotWritable(
  property: KintoneFieldProperty,
  fields: KintoneFields,
): { readonly code: string; readonly params: Params } | null {
  const field = property.code;
  if (property.type === 'CALC' || (property.expression !== undefined && property.expression !== '')) {
    return { code: 'fieldCalculated', params: { field } };
  }
  if (SYSTEM_TYPES.includes(property.type)) return { code: 'fieldSetByKintone', params: { field } };
  if (property.type === 'FILE') return { code: 'filesNotWritable', params: { field } };
  if (!Object.hasOwn(COMPATIBILITY, property.type)) return { code: 'fieldHoldsNoValue', params: { field } };
  for (const other of Object.values(fields)) {
    if (other.lookup?.fieldMappings.some((mapping) => mapping.field === field)) {
      return { code: 'fieldFilledByLookup', params: { field, lookup: other.code } };
    }
  }
  return null;
}

/** Required by the form and not filled by kintone when absent. */
export function mustBeGiven(property: KintoneFieldProperty): boolean {
  const { defaultValue } = property;
  const hasDefault = property.defaultNowValue === true || (defaultValue ?? '') !== '';
  const blankList = Array.isArray(defaultValue) && defaultValue.length === 0;
  return property.required === true && (!hasDefault || blankList);
}
