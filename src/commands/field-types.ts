/** Field types of kintone that a command can give a column, and what turns into what. */
import type { ColumnSpec, ColumnType } from '../table/types';

const COLUMN_TYPES = {
  SINGLE_LINE_TEXT: 'text',
  MULTI_LINE_TEXT: 'text',
  RICH_TEXT: 'text',
  LINK: 'text',
  NUMBER: 'number',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'datetime',
  RADIO_BUTTON: 'choice',
  DROP_DOWN: 'choice',
  CHECK_BOX: 'choices',
  MULTI_SELECT: 'choices',
  USER_SELECT: 'people',
  ORGANIZATION_SELECT: 'people',
  GROUP_SELECT: 'people',
} as const satisfies Readonly<Record<string, ColumnType>>;

/** The types a person can fill in; all others are set by kintone itself, hold files, or are tables. */
export type TargetFieldType = keyof typeof COLUMN_TYPES;

export const TARGET_FIELD_TYPES = Object.keys(COLUMN_TYPES) as readonly TargetFieldType[];

export const columnTypeOf = (type: TargetFieldType): ColumnType => COLUMN_TYPES[type];

/** Column types whose values can be read as each type; single values may still have no such form. */
const SOURCES: Readonly<Partial<Record<ColumnType, readonly ColumnType[]>>> = {
  text: ['text', 'choice', 'number', 'date', 'time', 'datetime', 'choices', 'people', 'files'],
  number: ['number', 'text', 'choice'],
  date: ['date', 'text', 'choice', 'datetime'],
  time: ['time', 'text', 'choice', 'datetime'],
  datetime: ['datetime', 'text', 'choice', 'date'],
  choice: ['choice', 'text', 'number', 'date', 'time', 'datetime', 'choices'],
  choices: ['choices', 'choice', 'text', 'number', 'date', 'time', 'datetime'],
  people: ['people', 'text', 'choice', 'choices'],
};

/** Whether some value of a type can be read as the other type. */
export const isReadable = (from: ColumnType, to: ColumnType): boolean => SOURCES[to]?.includes(from) ?? false;

/** Users under other names; departments and groups are no users. */
const USERS: readonly string[] = ['CREATOR', 'MODIFIER', 'STATUS_ASSIGNEE'];

/** Whether values of a column can be read as a field type at all. */
export function canConvert(source: Pick<ColumnSpec, 'type' | 'fieldType'>, to: TargetFieldType): boolean {
  if (!isReadable(source.type, COLUMN_TYPES[to])) return false;
  if (source.type !== 'people' || columnTypeOf(to) !== 'people' || source.fieldType === undefined)
    return true;
  return (USERS.includes(source.fieldType) ? 'USER_SELECT' : source.fieldType) === to;
}
