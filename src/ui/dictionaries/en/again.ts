import { type FailureText, formatCount, type Shape } from '../../i18n';
import type { again as ja, againErrors as jaErrors } from '../ja/again';

const n = (value: number): string => formatCount(value, 'en');

/** Carrying on from another run, and looking again before one agrees. */
export const again = {
  fromFailed: 'From the failed flow',
  fromFailedNote:
    'Finished flows are left out. The failed flow and those after it are planned anew with the settings and data of now, and you see the plan before it is written. What the failed flow had written stays, so rows without a key may be added twice.',
  doneEarlier: 'Done (run before)',
  leftOut: (flows: string) => `Done by the run before, so left out of this one: ${flows}`,
  checkedAt: (when: string) => `As checked at ${when}.`,
  old: (minutes: number) =>
    `The check was made more than ${minutes} minutes ago. The data may have changed since.`,
  recheck: 'Check again',
  startOver: {
    title: (unit: string) => `Run “${unit}” from the start?`,
    definition:
      'The unit and its flows run with the settings of now. If they were changed since this run, the changed ones count.',
    record: (id: string) => `The values that the calling record #${id} has now are used.`,
    noRecord: 'There is no calling record.',
    input: 'A form asks for the input first, filled in with the values of this run.',
    written: (count: number) =>
      `The ${n(count)} records that this run has written stay as they are. Rows without a key may be added twice.`,
    closes: 'This run, which has come to a halt, ends as interrupted.',
    asks: 'Whether you are asked before anything is written is up to the settings of the unit.',
    start: 'Start over',
  },
  log: {
    title: 'What can be done after this run',
    elsewhere:
      '“Continue”, “From the failed flow”, “Start over” and “Undo” are offered by the run log on the record list.',
    testEnvironment:
      'In the test environment nothing can be run, because it would write into real apps. Update the app, then use the run log there.',
    busy: 'Another run is going on in this page. Press again when it has ended.',
  },
} satisfies Shape<typeof ja>;

export const againErrors = {
  flowDoneEarlier: { what: 'Done by the run before, so left out of this one.', todo: '' },
  fromFailedDone: {
    what: 'This run has succeeded. No flow of it has failed.',
    todo: 'Start over to run it once more.',
  },
  fromFailedNothing: { what: 'No flow of this run was finished.', todo: 'Start over.' },
  fromFailedChanged: {
    what: 'The flow “{flow}” was renamed, moved or taken out of the unit, so the run cannot begin in the middle.',
    todo: 'Restore the settings, or start over.',
  },
} satisfies Record<keyof typeof jaErrors, FailureText>;
