import type { Shape } from '../../i18n';
import type { columnTypes as ja } from '../ja/column-types';

/** What people call the types of columns and input values. */
export const columnTypes = {
  text: '文本',
  number: '数值',
  date: '日期',
  time: '时间',
  datetime: '日期时间',
  choice: '选项（单选）',
  choices: '选项（多选）',
  people: '用户、组织',
  files: '文件',
  table: '表格',
} satisfies Shape<typeof ja>;
