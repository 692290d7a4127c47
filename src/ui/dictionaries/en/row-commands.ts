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
  lookup: {
    columns: 'Columns to bring',
    columnsHint: 'Columns of the master (the right data) are added to each row of the left data.',
    add: 'Add column',
    from: (n: string) => `Column of the master ${n}`,
    to: (n: string) => `Result name ${n}`,
    unmatched: 'Rows not found in the master',
    unmatchedWays: { blank: 'Leave the columns blank', drop: 'Leave the row out', fail: 'Stop the run' },
    duplicates: 'When the master has several rows',
    duplicateWays: { fail: 'Stop the run', first: 'Use the first', last: 'Use the last' },
  },
  nestTable: {
    by: 'Columns of the record',
    byHint: 'Rows with equal values in these columns become one row. With none, all rows become one.',
    columns: 'Columns of the table',
    columnsHint: 'In this order. Columns chosen in neither list are left out.',
    as: 'Name of the table',
    label: 'Label (optional)',
    order: 'Order inside the table',
    orderHint: 'With none, rows stay as they stand.',
    blankRow: 'Rows whose table columns are all blank',
    blankRowDrop: 'Make no row of the table',
    blankRowKeep: 'Make a blank row',
  },
} satisfies Shape<typeof ja>;
