import type { FailureText } from '../../i18n';
import type { writeErrors as ja } from '../ja/write-errors';

/** Why runs stand still, stop, or are refused on the writing side. */
export const writeErrors = {
  testRowsCut: {
    what: 'A test writes at most {limit} rows. The rest is not written.',
    todo: '',
  },
  testNoCopy: {
    what: 'Not written, because this app has no copy for tests.',
    todo: 'App administrator: choose a copy of the app in the test settings of the unit.',
  },
  notOneCommit: {
    what: '{rows} rows do not fit into one commit (about {limit} rows), so the run was refused. Nothing was written.',
    todo: 'App administrator: narrow the input, or change what the unit does when writing fails half-way.',
  },
  notOneCommitDeferred: {
    what: 'A flow has to wait for what an earlier flow writes, so the run cannot be one commit and was refused. Nothing was written.',
    todo: 'App administrator: split the unit, or change what it does when writing fails half-way.',
  },
  conflictSkipped: {
    what: 'Left out, because somebody changed them after the check: {values}',
    todo: 'Run again to check with the latest data.',
  },
  conflictGone: { what: 'Left out, because they were deleted after the check: {values}', todo: '' },
  conflictSame: { what: 'Changed after the check, to what was going to be written: {values}', todo: '' },
  conflictOtherKey: {
    what: 'Left out, because their key values changed after the check and they are other records now: {values}',
    todo: 'Run again to check with the latest data.',
  },
  conflictUnsafe: {
    what: 'Left as they are, because they changed after the check and the planned deletion or action may no longer fit: {values}',
    todo: 'Run again to check with the latest data.',
  },
  conflictReplanned: {
    what: 'Compared anew and written, because somebody changed them after the check: {values}',
    todo: '',
  },
  conflictOverwritten: {
    what: 'Overwritten, as the unit says, although somebody changed them after the check: {values}',
    todo: '',
  },
  runTimedOut: {
    what: 'The run took longer than its unit allows ({minutes} min) and stopped between two commits. What was written stays.',
    todo: '“Continue” writes the rest. If the time is too short, change the longest run time of the unit.',
  },
} satisfies Record<keyof typeof ja, FailureText>;
