import type { FailureText } from '../../i18n';
import type { errors as ja } from '../ja/errors';
import { againErrors } from './again';
import { httpErrors } from './http-errors';
import { inputErrors } from './input-errors';
import { remoteErrors } from './remote-errors';
import { serverErrors } from './server-errors';
import { startErrors } from './start-errors';
import { triggerErrors } from './trigger';
import { writeErrors } from './write-errors';

/** For codes without a text of their own. */
export const unknownError: FailureText = {
  what: '发生了意外的错误（{code}）。',
  todo: '请再试一次。如果仍然发生，请将此代码告知应用管理员。',
};

export const errors = {
  ...httpErrors,
  ...remoteErrors,
  ...serverErrors,
  ...triggerErrors,
  ...startErrors,
  ...againErrors,
  ...inputErrors,
  ...writeErrors,
  // Starting and ending a run
  alreadyStarted: { what: '此操作已经开始执行。', todo: '请在执行日志中确认状况。' },
  locked: { what: '{user} 正在执行。', todo: '请在其结束后再执行。' },
  rateLimited: {
    what: '短时间内执行次数过多，本次没有开始（每分钟最多 {limit} 次）。',
    todo: '请等待约 {waitSeconds} 秒后再执行。',
  },
  interruptedRunFound: {
    what: '{user} 的执行中途停止了（{planned} 条中已写入 {written} 条）。',
    todo: '请选择“继续”或“从头开始”。',
  },
  closedAsInterrupted: { what: '因中途停止，在 {user} 开始新的执行时被结束。', todo: '已写入的部分会保留。' },
  closedFromLog: { what: '已无人继续此次执行，{user} 从执行日志中将其结束。', todo: '已写入的部分会保留。' },
  holderNotClosed: {
    what: '{user} 的执行中途停止，仍占用此执行单元，而您没有权限将其结束。kintone 的回应：{message}（{code}）',
    todo: '请委托 {user} 或应用管理员在执行日志（日志记录 {logRecord}）中将其结束。执行者需要执行日志应用的记录编辑权限。',
  },
  engineLost: {
    what: '在此页面中运行的任务被浏览器中止。可能已经写入了一部分。',
    todo: '请再次按下执行按钮。如果已写入一部分，可以从中断处继续。如果再次发生，请关闭其他标签页，或减少一次读取的记录数。',
  },
  declined: { what: '{user} 在确认画面中取消了。没有写入任何内容。', todo: '' },
  confirmTimedOut: {
    what: '确认画面 10 分钟内没有操作，因此已放弃执行。没有写入任何内容。',
    todo: '请再次执行。',
  },
  cancelled: { what: '已中止。', todo: '' },
  cancelledBy: { what: '{user} 中止了执行。', todo: '' },
  superseded: { what: '其他画面接管了此执行，因此本画面已停止写入。', todo: '结果可在执行日志中查看。' },
  resumeEnded: { what: '此执行已在其他画面结束。', todo: '结果可在执行日志中查看。' },
  definitionChanged: {
    what: '执行停止期间设置发生了变更，剩余的流程无法继续。',
    todo: '请从头开始执行。已写入的行会被视为无变更。',
  },
  unitMissing: { what: '此执行单元已从设置中删除。', todo: '请重新加载页面。' },
  unitDisabled: { what: '执行单元“{name}”已被停用。', todo: '请联系应用管理员在设置画面中启用。' },
  unitWithoutFlows: {
    what: '执行单元“{name}”中没有可执行的流程。',
    todo: '请联系应用管理员在设置画面中添加流程。',
  },
  // The log app
  logAppNotSet: {
    what: '未设置执行日志应用。记录执行和防止重复执行都需要它。',
    todo: '应用管理员：请在插件设置画面的“执行日志应用”中创建或选择，然后更新应用。',
  },
  logAppMissing: {
    what: '找不到执行日志应用，可能已被删除。',
    todo: '应用管理员：请在插件设置画面中重新设置执行日志应用。',
  },
  noLogPermission: {
    what: '没有向执行日志应用添加记录的权限，因此无法执行。',
    todo: '请向应用管理员申请执行日志应用的查看、添加和编辑权限。',
  },
  logAppIncomplete: {
    what: '执行日志应用缺少必要的字段。',
    todo: '应用管理员：请在插件设置画面中检查并修复执行日志应用。',
  },
  logRefused: {
    what: '无法记录到执行日志应用，因此没有开始执行。kintone 的回应：{message}（{code}）',
    todo: '应用管理员：请在设置画面中检查并修复执行日志应用。',
  },
  journalRefused: {
    what: 'kintone 拒绝更新执行日志：{message}（{code}）',
    todo: '写入已在此停止。应用管理员：请检查执行日志应用的权限和字段。',
  },
  planDamaged: { what: '继续执行所需的写入计划文件已损坏。', todo: '请从头开始执行。' },
  planVersion: {
    what: '写入计划文件的格式无法由此版本读取（{version}）。',
    todo: '请重新加载页面。如仍无法继续，请从头开始执行。',
  },
  // kintone's answers
  appNotFound: {
    what: '找不到应用，可能已被删除或未发布。',
    todo: '应用管理员：请检查流程的输入应用和输出应用设置。',
  },
  noReadPermission: { what: '没有查看该应用记录的权限。', todo: '请向应用管理员申请查看权限。' },
  noWritePermission: {
    what: '没有改写该应用的记录或字段的权限。',
    todo: '请向应用管理员申请添加、编辑和删除权限。',
  },
  fieldMissing: {
    what: '流程使用的字段在应用中不存在。',
    todo: '应用管理员：请确认字段是否被删除或字段代码是否变更，并修正流程设置。',
  },
  rowRefused: {
    what: 'kintone 没有接受该值：{message}',
    todo: '请检查所示字段的设置（必填、禁止重复、位数等）和要写入的值。',
  },
  recordChanged: {
    what: '确认之后，其他人更新了记录。为避免覆盖，已停止写入。',
    todo: '再次执行即可用最新内容重新检查。',
  },
  callingRecordGone: {
    what: '找不到调用源记录 #{recordId}：已被删除，或没有查看权限。',
    todo: '请从其他记录的画面执行。',
  },
  recordGone: { what: '确认之后，写入目标记录已被删除。', todo: '再次执行即可用最新内容重新检查。' },
  kintoneRefused: {
    what: 'kintone 拒绝了请求：{message}（{code}）',
    todo: '请确认内容后再次执行。如果仍然发生，请联系应用管理员。',
  },
  sessionExpired: {
    what: '登录已过期。',
    todo: '请在其他标签页重新登录 kintone 后再执行。如果已写入一部分，可以继续执行。',
  },
  wrongPassword: { what: '登录名或密码不正确。', todo: '请检查连接设置。' },
  unreachable: {
    what: '无法与 kintone 通信（{cause}）。',
    todo: '请检查网络。再次执行即可确认写入是否到达，不会重复写入。',
  },
  otherGuestSpace: {
    what: '输出应用（{app}）与执行日志应用不在同一空间，无法一起写入。',
    todo: '应用管理员：请在与输出应用相同的来宾空间中创建执行日志应用。',
  },
  // The flow and its data
  flowInvalid: {
    what: '流程设置有误，无法执行（{problem}）。',
    todo: '应用管理员：请在设置画面中确认并修正流程的问题。',
  },
  needsCommit: {
    what: '要读取的字段值须在前面的流程写入之后才能确定。',
    todo: '前面的流程写入完成后即可计算。',
  },
  blankKey: { what: '键字段（{keys}）为空的行有 {count} 行。', todo: '请用筛选排除空行，或修正输入数据。' },
  duplicateKeyInResult: {
    what: '写入结果中有键（{keys}）相同的行：{values}',
    todo: '请通过分组合并，或增加键字段。',
  },
  duplicateKeyInApp: {
    what: '输出应用中有键（{keys}）相同的记录：{values}',
    todo: '无法确定写入哪一条。请清除输出应用中的重复记录。',
  },
  numberTooLong: {
    what: '数值位数过多，无法保存到 kintone：{value}（最多 {digits} 位）',
    todo: '请在公式中取整，或调整应用的数值位数设置。',
  },
  lookupKeyMissing: {
    what: '查询（Lookup）“{field}”的来源应用（{app}）中没有这些值的记录（{count} 种）：{values}',
    todo: '尚未写入任何内容。请在来源应用中添加记录，或修正括号内记录的值。',
  },
  lookupRefused: {
    what: '查询（Lookup）的来源应用中没有该值的记录：{message}',
    todo: '请在来源应用中添加记录，或修正流程中的值。',
  },
  uniqueSwapped: {
    what: '字段“{field}”禁止重复值，无法互换记录 {values} 的值。',
    todo: '请先将其中一条改为其他值，然后重新运行。',
  },
  tableKeyBlank: {
    what: '写入表格“{field}”的行中有 {count} 行的键“{key}”为空。',
    todo: '请修正数据，或设为整行替换。',
  },
  tableKeyRepeated: {
    what: '表格“{field}”中有键“{key}”相同的行：{values}',
    todo: '无法确定写入哪一行。请消除重复。',
  },
  recordAddedBefore: {
    what: '记录“{label}”将由同一流程中前面的输出添加。',
    todo: '请合并为一个输出，或拆分到不同的流程。',
  },
  processOff: { what: '该应用未启用流程管理。', todo: '应用管理员：请在应用设置中启用。' },
  actionUnknown: {
    what: '应用的流程管理中没有操作“{action}”。',
    todo: '应用管理员：请确认操作名称是否已更改。',
  },
  actionNotAllowed: {
    what: '状态“{status}”的记录无法执行操作“{action}”（{count} 条）：{values}',
    todo: '请筛选对象，或设为跳过这些记录。',
  },
  actionRefused: { what: 'kintone 拒绝了状态变更：{message}', todo: '请检查操作的执行条件和当前处理人。' },
  optionsBlanked: {
    what: '将不属于字段“{field}”选项的值（{values}）置为空。',
    todo: '如需保留，请在应用设置中添加选项。',
  },
  blankKeysSkipped: { what: '跳过了键（{keys}）为空的行。', todo: '如需写入，请修正输入数据。' },
  duplicateKeysSkipped: {
    what: '键（{keys}）相同的行中，未使用的行已跳过：{values}',
    todo: '请确认行的顺序是否符合预期。',
  },
  optionMissing: { what: '“{value}”不是字段“{field}”的选项。', todo: '请添加选项，或在流程中替换该值。' },
  valueNotConvertible: {
    what: '列“{column}”的值“{value}”无法写入字段“{field}”。',
    todo: '请在数据编辑中转换类型，或修正输入数据。',
  },
  valuesNotConverted: { what: '无法转换的值已置为空。', todo: '请确认输入数据是否符合预期。' },
  duplicatesRemoved: { what: '已删除重复的行。', todo: '' },
  rowsBeyondLimit: { what: '超出行数的行已被去除。', todo: '' },
  limitCountInvalid: { what: '参数“{parameter}”的值“{value}”不能用作行数。', todo: '请输入 0 以上的整数。' },
  joinLeftDropped: { what: '左侧数据中没有匹配的行未进入结果。', todo: '' },
  joinRightDropped: { what: '右侧数据中没有匹配的行未进入结果。', todo: '' },
  emptyTablesDropped: { what: '已去除表格“{table}”为空的记录。', todo: '' },
  unpivotRowsDropped: { what: '已去除值全部为空的行。', todo: '' },
  joinTooLarge: { what: '连接结果过大（{rows} 行）。', todo: '键重复过多。请增加键，或先进行分组。' },
  lookupAmbiguous: {
    what: '有 {count} 行在主数据中找到多行（{keys}）：{values}',
    todo: '请消除主数据的重复，或设置为使用第一行或最后一行。',
  },
  lookupMissing: {
    what: '有 {count} 行在主数据中找不到（{keys}）：{values}',
    todo: '请添加到主数据，或修正输入数据。',
  },
  lookupSeveral: {
    what: '主数据中找到多行，使用了其中一行（{keys}）：{values}',
    todo: '请检查主数据的重复。',
  },
  lookupBlank: {
    what: '在主数据中找不到，引入的列已置为空（{keys}）：{values}',
    todo: '请检查主数据和输入数据。',
  },
  lookupDropped: { what: '在主数据中找不到的行已去除（{keys}）：{values}', todo: '' },
  blankRowsDropped: { what: '值全部为空的行未放入表格“{table}”。', todo: '' },
  pivotValueUnknown: {
    what: '列“{column}”中有未列出的值（{count} 行）：{values}',
    todo: '应用管理员：请将其加入要转为列的值，或设为去除、汇总。',
  },
  pivotRowsIgnored: {
    what: '已去除列“{column}”的值未列出的行：{values}',
    todo: '请确认输入数据是否符合预期。',
  },
  valueTooManyRows: {
    what: '要返回的行过多（{count} 行，上限 {limit} 行）。',
    todo: '请用“前 N 行”或“筛选”减少行，或写入应用。',
  },
  valueTooLong: {
    what: '要返回的值过大（JSON 为 {count} 个字符，上限 {limit} 个）。',
    todo: '请减少要返回的列或行，或写入应用。',
  },
  tooManyRows: {
    what: '结果行数过多（{count} 行，上限 {limit} 行）。',
    todo: '请先筛选行，或减少要转为行的列。',
  },
  constantNotConvertible: {
    what: '参数的值“{value}”不能作为列“{column}”的值。',
    todo: '请修正调用记录的值或列的类型。',
  },
  typeNotConvertible: {
    what: '列“{column}”中有 {count} 行的值无法转换为新类型：{values}',
    todo: '请修正值，或更改无法转换的值的处理方式。',
  },
  typeLeftBlank: {
    what: '列“{column}”中无法转换为新类型的值已置为空：{values}',
    todo: '请确认输入数据是否符合预期。',
  },
  typeKeptAsText: { what: '列“{column}”中无法转换为新类型的值已保留在另一列：{values}', todo: '' },
  typeFirstOption: {
    what: '列“{column}”中不是选项的值已设为第一个选项：{values}',
    todo: '请确认输入数据是否符合预期。',
  },
  checkStopped: {
    what: '数据检查发现 {count} 行错误，已停止流程。此流程没有写入任何内容。',
    todo: '请修正发现的错误后再次执行。',
  },
  checkMessage: { what: '{message}（行 {rows}）', todo: '' },
  checkRequired: { what: '“{column}”为空（行 {rows}）。', todo: '' },
  checkRange: { what: '“{column}”超出范围（行 {rows}：{values}）。', todo: '' },
  checkCompare: { what: '“{column}”不符合比较条件（行 {rows}：{values}）。', todo: '' },
  checkPattern: { what: '“{column}”的格式不正确（行 {rows}：{values}）。', todo: '' },
  checkExists: { what: '“{column}”的值在其他应用中不存在（行 {rows}：{values}）。', todo: '' },
  checkOption: { what: '“{column}”的值不是选项（行 {rows}：{values}）。', todo: '' },
  checkFormula: { what: '检查 {number} 的公式不为 TRUE（行 {rows}）。', todo: '' },
  checkNoRow: { what: '一行也没有。', todo: '' },
  valueUnexpected: { what: '无法读取字段“{field}”的值。', todo: '请联系应用管理员。' },
  formulaErrors: {
    what: '列“{column}”的计算有 {count} 行出错（{error}）。',
    todo: '请检查公式和相应行的输入值。',
  },
  conditionValueInvalid: {
    what: '条件的值“{value}”无法与“{field}”比较。',
    todo: '应用管理员：请修正条件的值。',
  },
  parameterMissing: { what: '参数“{parameter}”没有值。', todo: '请检查调用记录的字段和流程设置。' },
  parameterNotUsable: {
    what: '参数“{parameter}”不能用于此条件。',
    todo: '应用管理员：请重新选择文字、数值或日期等字段。',
  },
  commandUnknown: { what: '使用了此版本中没有的命令（{type}）。', todo: '请将插件更新到最新版。' },
  commandCrashed: { what: '处理命令时插件发生了故障：{message}', todo: '请附上复制的报告，告知插件开发者。' },
  unexpected: { what: '发生了意外的错误：{message}', todo: '请再试一次。如果仍然发生，请告知应用管理员。' },
  // Reading and saving the settings
  settingsInvalid: {
    what: '设置的“{path}”不正确。',
    todo: '应用管理员：请在设置画面中修正并重新保存，或检查导出的文件。',
  },
  settingsUnknownKey: { what: '设置中有此版本不认识的项目“{path}”。', todo: '请将插件更新到最新版。' },
  settingsForbiddenKey: { what: '设置中包含不能使用的名称“{key}”。', todo: '请修正文件中的“{path}”。' },
  settingsNotJson: { what: '无法将设置文件读取为 JSON：{reason}', todo: '请直接选择导出的文件。' },
  settingsTooDeep: { what: '设置的嵌套过深（最多 {limit} 层）。', todo: '请直接选择导出的文件。' },
  settingsTooLarge: {
    what: '设置过大（{bytes} 字节，上限为 {limitBytes} 字节）。',
    todo: '请拆分流程，或删除不用的流程。',
  },
  settingsOverQuota: {
    what: '设置超出 kintone 可保存的大小（{bytes} 字节，上限为 {limitBytes} 字节）。',
    todo: '请删除不用的流程，或导出后移到其他应用。',
  },
  settingsSaveFailed: {
    what: '无法保存设置：{message}',
    todo: '请再次保存。如仍失败，请导出设置后重新加载页面。',
  },
  settingsChangedElsewhere: { what: '打开此画面后，{savedBy} 保存了设置。', todo: '请选择保留哪一份内容。' },
  settingsVersionNewer: { what: '设置的格式（{version}）比此插件更新。', todo: '请将插件更新到最新版。' },
  settingsVersionUnknown: { what: '无法识别设置的格式（{version}）。', todo: '请直接选择导出的文件。' },
  storedSettingsDamaged: {
    what: '已保存的设置已损坏（{reason}）。',
    todo: '应用管理员：请在设置画面中导入之前导出的文件并重新保存。',
  },
  storedSettingsIncomplete: {
    what: '已保存的设置缺少一部分（{key}）。',
    todo: '应用管理员：请在设置画面中导入之前导出的文件并重新保存。',
  },
  storedSettingsNewer: { what: '已保存的设置格式比此插件更新。', todo: '请将插件更新到最新版。' },
  // Errors of single rows in formulas
  notANumber: { what: '有文本不能作为数值读取。', todo: '请修改输入值，或用 IFERROR 指定替代值。' },
  notADate: { what: '有文本不能作为日期读取。', todo: '请写成 2026-01-31 或 2026/1/31。' },
  notATime: { what: '有文本不能作为时间读取。', todo: '请写成 9:30。' },
  notADateTime: { what: '有文本不能作为日期时间读取。', todo: '请写成 2026-01-31 09:30。' },
  divisionByZero: { what: '除数为 0。', todo: '请用 IF 指定为 0 时的值。' },
  argumentOutOfRange: { what: '函数的参数超出可用范围。', todo: '请检查函数的参数。' },
  dateOutOfRange: { what: '日期超出 1 年至 9999 年的范围。', todo: '请检查日期的计算。' },
  textNotFound: { what: '找不到要查找的文本。', todo: '请用 IFERROR 指定找不到时的值。' },
  noMatch: { what: '没有符合的条件或值。', todo: '请在最后加上其他情况的值。' },
  textTooLong: { what: '文本超过 65,536 个字符，或整列的文本过多。', todo: '请修改公式使文本变短。' },
  unknownFormat: { what: 'TEXT 的格式不适用于这种值。', todo: '请修改格式。' },
  planRemoved: {
    what: '{user} 之后的执行成功时，该次执行的写入计划已被删除，因为此执行单元只保留最后一次执行的计划。',
    todo: '请撤销最后一次执行，或手动修正记录。今后如需撤销较早的执行，请将“用于撤销的记录”设为保留所有执行的记录。',
  },
  undoNothing: { what: '该次执行没有保留写入记录，无法撤销。', todo: '请查看日志记录中附带的写入计划。' },
  undoNotEnded: { what: '尚未结束的执行无法撤销。', todo: '请中止执行，或等待其结束。' },
  undoChangedSince: {
    what: '执行之后被修改的 {count} 条记录保持不变：{values}',
    todo: '如有需要，请打开记录进行修改。',
  },
  undoGoneSince: { what: '执行之后被删除的 {count} 条记录无法恢复：{values}', todo: '' },
  undoIdsUnknown: {
    what: '有 {count} 条已添加的记录因编号未知而不会删除。',
    todo: '请在输出应用中查看执行时添加的记录。',
  },
  undoStatusStays: {
    what: '{count} 条记录的流程状态保持执行后的状态：{values}',
    todo: '如有需要，请在记录页面更改状态。',
  },
  undoAddedAnew: { what: '被删除的 {count} 条记录会以新编号重新添加。', todo: '' },
  appSettingsChanged: {
    what: '打开此页面之后，应用的设置已被更改。',
    todo: '请确认更改内容后覆盖保存，或重新打开页面。',
  },
  continueNotEnded: { what: '尚未结束的执行无法继续。', todo: '请等待其结束，或中止执行。' },
  continueNothing: { what: '该次执行没有尚未写入的计划。', todo: '请重新执行。' },
  continueStale: {
    what: '在此之后，{user} 的执行已写入数据。继续可能会恢复旧值。',
    todo: '请重新执行，以当前数据重新确认。',
  },
  alreadyContinued: { what: '该次执行的剩余部分已由另一次执行写入。', todo: '请查看执行日志。' },
  runRecordGone: { what: '找不到该次执行的日志记录。', todo: '请向应用管理员确认日志记录是否已被删除。' },
} satisfies Record<keyof typeof ja, FailureText>;
