import type { FailureText } from '../../i18n';
import type { writeErrors as ja } from '../ja/write-errors';

/** Why runs stand still, stop, or are refused on the writing side. */
export const writeErrors = {
  runTimedOut: {
    what: 'The run took longer than its unit allows ({minutes} min) and stopped between two commits. What was written stays.',
    todo: '“Continue” writes the rest. If the time is too short, change the longest run time of the unit.',
  },
} satisfies Record<keyof typeof ja, FailureText>;
