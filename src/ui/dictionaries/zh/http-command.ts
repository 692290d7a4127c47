import { type Shape, failureText as text } from '../../i18n';
import type { httpCommand as ja, httpProblems as jaProblems } from '../ja/http-command';

/** See the Japanese dictionary, which is the type of this one. */
export const httpCommand = {
  inputHttp: {
    noPreview:
      'kintone 的设置页面无法调用外部服务器，因此不能在此确认。在记录页面执行时，确认画面会显示结果。',
    url: 'URL',
    urlHint: '以 https 开头的 URL。在主机名之后，可用 %字段代码% 填入调用记录的值。',
    method: '方法',
    headers: '附加请求头',
    headersHint: '请勿输入密码或 API 密钥：能打开应用的人都能读取设置。机密值请保存为“机密请求头”。',
    addHeader: '添加请求头',
    headerName: (n: string) => `请求头 ${n} 的名称`,
    headerValue: (n: string) => `请求头 ${n} 的值`,
    secrets: '机密请求头',
    secretsHint:
      'API 密钥等在此保存到 kintone 的代理设置（setProxyConfig）。其值不会进入插件设置或导出的文件。保存后，会加入以下列 URL 开头的调用：',
    secretsNoUrl: '请先输入 URL。',
    secretsStored: '已保存的请求头',
    secretsNone: '没有已保存的请求头。',
    secretName: '机密请求头的名称',
    secretValue: '机密请求头的值',
    secretSave: '保存机密请求头',
    secretsClear: '删除所有已保存的请求头',
    secretsSaved: '已保存。更新应用后生效。',
    secretsFailed: 'kintone 没有响应。请检查名称和值后重新保存。',
    bodyType: '正文格式',
    bodyTypes: { json: 'JSON', form: '表单（application/x-www-form-urlencoded）' },
    body: '正文',
    bodyHint: '可用 %字段代码% 填入调用记录的值。在 JSON 中请放在引号内。',
    format: '响应格式',
    formats: { json: 'JSON', csv: 'CSV（UTF-8）' },
    path: '行所在位置',
    pathHint: '用“.”连接 JSON 的键（例如 data.items）。留空表示整个响应。',
    csvHeader: '第一行为表头',
    csvDelimiter: '分隔符',
    delimiters: { comma: '逗号', tab: '制表符', semicolon: '分号' },
    columns: '读取的列',
    columnsHint: 'JSON 按键（例如 user.name）、CSV 按表头选择；没有表头时按从 1 开始的列号选择。',
    addColumn: '添加列',
    from: (n: string) => `列 ${n} 的来源`,
    as: (n: string) => `列 ${n} 的列名`,
    type: (n: string) => `列 ${n} 的类型`,
    onError: '与类型不符的值',
    onErrors: { fail: '停止执行', blank: '置空并报告件数' },
    formulaTexts: '被视为公式的文本（以 = 或 @ 开头）',
    formulaTextsModes: { keep: '原样读取并报告件数', guard: '在前面加撇号' },
  },
} satisfies Shape<typeof ja>;

export const httpProblems = {
  httpUrlMissing: text('没有 URL。', '请输入 URL。'),
  httpUrlInvalid: text('URL 无法调用。', '请输入以 https 开头的正确 URL。'),
  httpUrlCredentials: text('URL 中包含用户名或密码。', '请将其去除，机密值请保存为“机密请求头”。'),
  httpParameterInHost: text('主机名中不能使用调用记录的值。', '请写明主机名，仅在“/”之后使用值。'),
  httpHeaderInvalid: text('请求头“{name}”的名称或值不可用。', '请使用半角字母、数字和符号。'),
  httpHeaderSecret: text('请求头“{name}”不能在此设置。', '请保存为“机密请求头”。'),
  httpColumnsMissing: text('没有读取的列。', '请添加列。'),
  csvColumnBlank: text('未指定 CSV 的列。', '请输入表头或列号。'),
  csvColumnNotNumber: text('“{column}”不是列号。', '请输入从 1 开始的数字。'),
} satisfies Shape<typeof jaProblems>;
