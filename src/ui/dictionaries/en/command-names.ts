import type { Shape } from '../../i18n';
import type { commandNames as ja } from '../ja/command-names';

export const commandNames = {
  inputApp: 'Input app',
  inputRecord: 'Calling record',
  filter: 'Filter',
  sort: 'Sort',
  distinct: 'Remove duplicates',
  limit: 'First N rows',
  join: 'Join',
  union: 'Append',
  group: 'Group',
  rank: 'Rank',
  edit: 'Edit data',
  select: 'Select columns',
  expandTable: 'Expand table',
  outputApp: 'Output app',
} satisfies Shape<typeof ja>;
