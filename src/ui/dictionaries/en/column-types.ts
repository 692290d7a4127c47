import type { Shape } from '../../i18n';
import type { columnTypes as ja } from '../ja/column-types';

/** What people call the types of columns and input values. */
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
} satisfies Shape<typeof ja>;
