import type { FailureText } from '../../i18n';
import type { httpErrors as ja } from '../ja/http-errors';

/** See the Japanese dictionary, which is the type of this one. */
export const httpErrors = {
  httpUrlInvalid: {
    what: '填入值后的 URL 无法调用。',
    todo: '请检查调用记录的值和流程中的 URL。',
  },
  httpUnreachable: {
    what: '无法与外部服务器（{host}）通信：{cause}',
    todo: '请检查服务器和 URL 后重新执行。',
  },
  httpTimedOut: {
    what: '外部服务器（{host}）在 {seconds} 秒内没有响应。',
    todo: '请重新执行。若再次发生，请减少获取的数据量。',
  },
  httpTooLarge: {
    what: '外部服务器（{host}）的响应过大（上限 {limitMegabytes} MB）。',
    todo: '请缩小获取范围。',
  },
  httpStatus: {
    what: '外部服务器（{host}）返回了错误（状态 {status}）。',
    todo: '应用管理员：请检查 URL 和插件中保存的认证设置。',
  },
  httpNotJson: {
    what: '外部服务器的响应不是 JSON。',
    todo: '应用管理员：请检查 URL 和响应格式的设置。',
  },
  httpPathMissing: {
    what: '外部服务器的响应中没有“{path}”。',
    todo: '应用管理员：请检查行所在位置的设置。',
  },
  httpNoRows: {
    what: '外部服务器响应中的“{path}”不是行的列表。',
    todo: '应用管理员：请检查行所在位置的设置。',
  },
  httpValueInvalid: {
    what: '列“{column}”的值“{value}”不能作为{type}读取。',
    todo: '请将列类型改为文本，或设为将此类值置空。',
  },
  csvQuoteOpen: {
    what: 'CSV 第 {row} 行开始的引号没有结束。',
    todo: '请确认响应是否被截断。',
  },
  csvColumnMissing: {
    what: 'CSV 表头中没有“{column}”。',
    todo: '应用管理员：请检查列的设置和分隔符。',
  },
  csvColumnTwice: {
    what: 'CSV 表头中“{column}”出现了多次。',
    todo: '应用管理员：请不使用表头，按列号选择。',
  },
  csvRowsUneven: {
    what: '有 CSV 行的列数与表头不同。',
    todo: '缺少的列为空，多出的列未读取。',
  },
  formulaTextsFound: {
    what: '列“{column}”中有会被电子表格视为公式的文本。',
    todo: '导出后打开时可能会被执行，请检查值。',
  },
  formulaTextsGuarded: {
    what: '已在列“{column}”中会被电子表格视为公式的文本前加上撇号。',
    todo: '',
  },
} satisfies Record<keyof typeof ja, FailureText>;
