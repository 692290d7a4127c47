import type { Shape } from '../../i18n';
import type { commandNames as ja } from '../ja/command-names';

export const commandNames = {
  inputApp: 'Input app',
  inputRecord: 'Calling record',
  inputHttp: 'Outside API',
  filter: 'Filter',
  sort: 'Sort',
  distinct: 'Remove duplicates',
  limit: 'First N rows',
  check: 'Check data',
  join: 'Join',
  lookup: 'Look up master',
  union: 'Append',
  group: 'Group',
  pivot: 'Rows to columns',
  unpivot: 'Columns to rows',
  window: 'Running totals',
  rank: 'Rank',
  edit: 'Edit data',
  constant: 'Add constants',
  setType: 'Set field types',
  select: 'Select columns',
  expandTable: 'Expand table',
  nestTable: 'Make table',
  outputApp: 'Output app',
  outputStatus: 'Update status',
} satisfies Shape<typeof ja>;
