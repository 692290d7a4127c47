import type { Shape } from '../../i18n';
import type { rowCommands as ja } from '../ja/row-commands';

/** See the Japanese dictionary, which is the type of this one. */
export const rowCommands = {
  distinct: {
    columns: 'Columns that tell duplicates',
    columnsHint:
      'Rows that agree in all of these columns are duplicates. With none, all columns are compared.',
    keep: 'Row to keep',
    keepFirst: 'The first',
    keepLast: 'The last',
  },
  limit: {
    count: 'Number of rows',
    countFrom: 'Where the number comes from',
    take: 'Which end',
    takeFirst: 'From the start',
    takeLast: 'From the end',
    by: 'Order that decides',
    byHint: 'With none, rows count as they stand. The rows that stay are not moved.',
    groupBy: 'Count within',
    groupByHint: 'With none, the number is taken of all rows.',
  },
} satisfies Shape<typeof ja>;
