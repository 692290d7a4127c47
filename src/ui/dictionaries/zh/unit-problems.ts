import { type Shape, failureText as text } from '../../i18n';
import type { unitProblems as ja } from '../ja/unit-problems';

/** See the Japanese dictionary, which is the type of this one. */
export const unitProblems = {
  scheduleCronInvalid: text(
    '无法识别计划“{cron}”。',
    '请以空格分隔输入“分 时 日 月 星期”5 项，或从列表中重新选择。',
  ),
  scheduleTimeZoneUnknown: text('找不到时区“{timeZone}”。', '请从列表中重新选择。'),
  scheduleNeverStarts: text('没有符合计划“{cron}”的日期。', '该日期不存在，请检查日和月。'),
} satisfies Shape<typeof ja>;
