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
  lookup: {
    columns: '引入的列',
    columnsHint: '将主数据（右侧数据）的列添加到左侧数据的每一行。',
    add: '添加列',
    from: (n: string) => `主数据的列 ${n}`,
    to: (n: string) => `结果列名 ${n}`,
    unmatched: '在主数据中找不到的行',
    unmatchedWays: { blank: '将引入的列置为空', drop: '去除该行', fail: '停止执行' },
    duplicates: '主数据中找到多行时',
    duplicateWays: { fail: '停止执行', first: '使用第一行', last: '使用最后一行' },
  },
  nestTable: {
    by: '记录的列',
    byHint: '这些列的值全部相同的行合并为一行。不选择时所有行合并为一行。',
    columns: '放入表格的列',
    columnsHint: '按此顺序成为表格的列。两处都未选择的列不会保留。',
    as: '表格的列名',
    label: '标签（可选）',
    order: '表格内的顺序',
    orderHint: '不指定时按当前顺序。',
    blankRow: '表格列的值全部为空的行',
    blankRowDrop: '不生成表格行',
    blankRowKeep: '生成空行',
  },
} satisfies Shape<typeof ja>;
