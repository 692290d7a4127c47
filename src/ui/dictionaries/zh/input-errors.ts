import { failureText as text } from '../../i18n';

/** Values given at the start of a run. */
export const inputErrors = {
  inputUnknown: text('没有名为“{name}”的输入项。', '可以输入的项目: {known}'),
  inputRequired: text('“{label}”没有输入。', '请输入后再执行。'),
  inputUnreadable: text(
    '无法读取“{label}”的值“{value}”。',
    '请输入“{type}”类型的值（数值如 1234.5，日期如 2026-11-28，时间如 09:30，日期时间如 2026-11-28 09:30）。',
  ),
  inputNotOption: text('“{label}”的值“{value}”不在选项中。', '可选值: {options}'),
  inputNeedsRecord: text('此执行单元使用记录的值（{fields}），没有记录无法开始。', '请从记录的画面执行。'),
  inputCancelled: text('已取消输入，因此没有执行。', '如需执行，请重新开始并输入值。'),
};
