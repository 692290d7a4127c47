import type { Shape } from '../../i18n';
import type { inputForm as ja } from '../ja/input-form';

export const inputForm = {
  title: 'Enter the values',
  lead: 'The run starts with these values. Nothing is written yet.',
  required: 'Required',
  last: 'Use the values of last time',
  filled: 'The values of last time have been filled in.',
  half: 'The date or time is not complete. Complete it, or clear it.',
  start: 'Start with these values',
  given: 'Values entered',
} satisfies Shape<typeof ja>;
