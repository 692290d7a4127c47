import { type Shape, failureText as text } from '../../i18n';
import type { unitProblems as ja } from '../ja/unit-problems';

/** See the Japanese dictionary, which is the type of this one. */
export const unitProblems = {
  scheduleCronInvalid: text(
    'The schedule "{cron}" cannot be read.',
    'Enter five parts separated by spaces (minute, hour, day, month, day of week), or choose from the list.',
  ),
  scheduleTimeZoneUnknown: text('The time zone "{timeZone}" is not known.', 'Choose one from the list.'),
  scheduleNeverStarts: text(
    'No day fits the schedule "{cron}".',
    'Check the day and the month: that date does not exist.',
  ),
} satisfies Shape<typeof ja>;
