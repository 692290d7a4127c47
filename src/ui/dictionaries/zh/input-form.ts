import type { Shape } from '../../i18n';
import type { inputForm as ja } from '../ja/input-form';

export const inputForm = {
  title: '请输入值',
  lead: '将以输入的值开始。目前还不会写入任何内容。',
  required: '必填',
  last: '填入上次的值',
  filled: '已填入上次的值。',
  half: '日期或时间只输入了一部分。请输入完整，或清空。',
  start: '以此值开始',
  given: '输入的值',
} satisfies Shape<typeof ja>;
