/** What people call types. */
import type { Shape } from '../../i18n';
import type {
  columnTypes as columnTypesJa,
  fieldTypes as fieldTypesJa,
  kintoneTypes as kintoneTypesJa,
} from '../ja/type-names';

/** Types of columns and input values. */
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
} satisfies Shape<typeof columnTypesJa>;

/** With those that only formulas have. */
export const fieldTypes = {
  ...columnTypes,
  boolean: '真假值',
  duration: '时长',
  list: '值的列表',
} satisfies Shape<typeof fieldTypesJa>;

/** kintone's own names of field types. */
export const kintoneTypes = {
  SINGLE_LINE_TEXT: '单行文本框',
  MULTI_LINE_TEXT: '多行文本框',
  RICH_TEXT: '富文本编辑框',
  LINK: '链接',
  NUMBER: '数值',
  CALC: '计算',
  DATE: '日期',
  TIME: '时间',
  DATETIME: '日期及时间',
  RADIO_BUTTON: '单选框',
  DROP_DOWN: '下拉菜单',
  CHECK_BOX: '复选框',
  MULTI_SELECT: '多选',
  USER_SELECT: '选择用户',
  ORGANIZATION_SELECT: '选择组织',
  GROUP_SELECT: '选择组',
  FILE: '附件',
  SUBTABLE: '表格',
} satisfies Shape<typeof kintoneTypesJa>;
