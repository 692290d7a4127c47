/** What people call types. */
import type { Shape } from '../../i18n';
import type {
  columnTypes as columnTypesJa,
  fieldTypes as fieldTypesJa,
  kintoneTypes as kintoneTypesJa,
} from '../ja/type-names';

/** Types of columns and input values. */
export const columnTypes = {
  text: 'Text',
  number: 'Number',
  date: 'Date',
  time: 'Time',
  datetime: 'Date and time',
  choice: 'Choice (one)',
  choices: 'Choice (several)',
  people: 'Users',
  files: 'Files',
  table: 'Table',
} satisfies Shape<typeof columnTypesJa>;

/** With those that only formulas have. */
export const fieldTypes = {
  ...columnTypes,
  boolean: 'TRUE / FALSE',
  duration: 'Length of time',
  list: 'List',
} satisfies Shape<typeof fieldTypesJa>;

/** kintone's own names of field types. */
export const kintoneTypes = {
  SINGLE_LINE_TEXT: 'Text',
  MULTI_LINE_TEXT: 'Text area',
  RICH_TEXT: 'Rich text',
  LINK: 'Link',
  NUMBER: 'Number',
  CALC: 'Calculated',
  DATE: 'Date',
  TIME: 'Time',
  DATETIME: 'Date and time',
  RADIO_BUTTON: 'Radio button',
  DROP_DOWN: 'Drop-down',
  CHECK_BOX: 'Check box',
  MULTI_SELECT: 'Multi-choice',
  USER_SELECT: 'User selection',
  ORGANIZATION_SELECT: 'Department selection',
  GROUP_SELECT: 'Group selection',
  FILE: 'Attachment',
  SUBTABLE: 'Table',
} satisfies Shape<typeof kintoneTypesJa>;
