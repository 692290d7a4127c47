import type { FailureText } from '../../i18n';
import type { writeErrors as ja } from '../ja/write-errors';

/** Why runs stand still, stop, or are refused on the writing side. */
export const writeErrors = {
  runTimedOut: {
    what: '超过了最长执行时间（{minutes} 分钟），已在写入的间隔处停止。已写入的部分保留。',
    todo: '可以用“继续”写入剩余部分。如果时间不够，请调整执行单位的“最长执行时间”。',
  },
} satisfies Record<keyof typeof ja, FailureText>;
