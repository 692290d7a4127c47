import type { Shape } from '../../i18n';
import type { rowCommands as ja } from '../ja/row-commands';

/** See the Japanese dictionary, which is the type of this one. */
export const rowCommands = {
  distinct: {
    columns: '用于判断重复的列',
    columnsHint: '这些列的值全部相同的行视为重复。不选择时比较所有列。',
    keep: '保留的行',
    keepFirst: '第一行',
    keepLast: '最后一行',
  },
  limit: {
    count: '行数',
    countFrom: '行数的来源',
    take: '保留哪一端',
    takeFirst: '从开头',
    takeLast: '从末尾',
    by: '决定先后的顺序',
    byHint: '不指定时按当前顺序计数。保留的行的顺序不变。',
    groupBy: '分组计数',
    groupByHint: '不指定时从全部行中保留指定的行数。',
  },
} satisfies Shape<typeof ja>;
