import { type Shape, failureText as text } from '../../i18n';
import type { unitProblems as ja } from '../ja/unit-problems';

/** See the Japanese dictionary, which is the type of this one. */
export const unitProblems = {
  unitWithoutStart: text('没有启动此执行单元的方式。', '请显示执行按钮，或设置其他启动方式。'),
  eventConditionBlank: text('启动条件中没有选择字段。', '请选择字段或删除条件。'),
  eventBlocksAfter: text('保存之后开始的执行无法阻止保存。', '请改为“只提示”，或在保存之前执行。'),
  eventDeletedAfter: text('无法在删除之后执行，kintone 只在删除之前通知页面。', '请将时机设为“保存之前”。'),
  eventActionUnused: text('动作“{action}”仅在执行流程动作时使用。', '请改为“所有动作”，或重新选择操作。'),
  eventRepeated: text('存在相同的操作。', '一次操作会启动两次，请删除其中一个。'),
  executorUrlBlank: text('服务的 URL 为空。', '请输入 URL，或重新选择执行位置。'),
  executorUrlInvalid: text(
    '服务的 URL 格式不正确。',
    '请在“https://…/trigger/v1/”之后输入 14 个小写字母的执行单元 ID。',
  ),
  executorNeedsServer: text('设置为在服务器上执行。', '没有运行“nagare serve”的服务器时不会开始执行。'),
  webhooksNeedServer: text(
    '设置为由 Webhook 启动。',
    '需要运行“nagare serve”的服务器以及 kintone 的 Webhook 设置。',
  ),
  schedulesNeedServer: text('设置为在指定时间启动。', '需要运行“nagare serve”的服务器。'),
  webhooksNotRemote: text(
    '由其他服务执行的执行单元不能通过 Webhook 启动：只有 kintone 的页面可以请求该服务。',
    '请移除 Webhook，或更改执行的位置。',
  ),
  schedulesNotRemote: text(
    '由其他服务执行的执行单元不能按计划启动：只有 kintone 的页面可以请求该服务。',
    '请移除计划，或更改执行的位置。',
  ),
  inputNameBlank: text('输入项目的名称为空。', '请输入名称或删除项目。'),
  inputNameRepeated: text('存在其他名为“{name}”的输入项目。', '请使用其他名称。'),
  inputNameReserved: text(
    '不能使用“{name}”。以 $ 开头的名称用于执行的信息（执行者、执行日等）。',
    '请使用其他名称。',
  ),
  inputNameSign: text('输入项目的名称“{name}”不能包含 % 或换行。', '请删除，以便在公式中使用。'),
  inputNameIsField: text('“{name}”与调用方应用的字段代码相同，无法区分是哪个值。', '请使用其他名称。'),
  inputTypeDiffers: text(
    '流程“{flow}”也被执行单元“{other}”使用，而其中“{name}”的类型不同。',
    '请统一类型或使用其他名称。',
  ),
  unitInputUnknown: text(
    '此执行单元没有流程“{flow}”所使用的输入项目“{name}”。',
    '请在“输入”中添加同名项目，或检查流程的设置。',
  ),
  inputChoicesEmpty: text('没有选项。', '请每行输入一个选项。'),
  inputChoiceRepeated: text('选项“{choice}”重复。', '请只保留一个。'),
  inputDefaultNotChoice: text('初始值“{value}”不在选项中。', '请从选项中重新选择。'),
  inputDefaultType: text('初始值“{value}”不是此类型的值。', '请按示例的格式输入。'),
  inputRequiredUnattended: text(
    '由计划或 Webhook 启动时没有人输入必填的“{name}”，执行会失败。',
    '请输入初始值，或取消必填。',
  ),
  testAppSelf: text('副本选择了与正式相同的应用（{app}）。', '请选择测试用的应用。'),
  testAppRepeated: text('应用 {app} 有多个副本。', '请只保留一个。'),
  testAppIsOutput: text('选为副本的应用（{app}）也是此执行单元的正式输出目标。', '请选择测试用的应用。'),
  testAppUnused: text('应用 {app} 不是此执行单元的输出目标。', '请取消副本的指定。'),
  testAppMissing: text('处于测试模式，但输出应用 {app} 没有副本。', '选择副本之前，不会写入此应用。'),
  breakpointUnknown: text('暂停的位置中有 {count} 处找不到命令。', '请在“测试”中移除。'),
  scheduleCronInvalid: text(
    '无法识别计划“{cron}”。',
    '请以空格分隔输入“分 时 日 月 星期”5 项，或从列表中重新选择。',
  ),
  scheduleTimeZoneUnknown: text('找不到时区“{timeZone}”。', '请从列表中重新选择。'),
  scheduleNeverStarts: text('没有符合计划“{cron}”的日期。', '该日期不存在，请检查日和月。'),
} satisfies Shape<typeof ja>;
