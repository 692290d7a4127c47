import type { Shape } from '../../i18n';
import type { runControl as ja } from '../ja/run-control';

/** Standing still and going on: texts of the run's card. */
export const runControl = {
  pause: 'Pause',
  pauseLabel: (unit: string) => `Pause the run of “${unit}”`,
  proceed: 'Go on',
  proceedLabel: (unit: string) => `Go on with the run of “${unit}”`,
  tryNow: 'Check now',
  soon: 'It pauses before the next commit. “Go on” takes that back.',
  person: (user: string, since: string) =>
    `${user} paused the run at ${since}. What has been written stays. “Go on” writes the rest.`,
  session:
    'Your kintone session has expired. Log in again in another tab and the run goes on by itself. Keep this page open.',
  offline: 'kintone cannot be reached. The run goes on by itself once it can. Keep this page open.',
  sure: 'Rows that are written are not written a second time.',
  test: {
    title: 'Test mode',
    limited: (rows: number) =>
      `Productive apps are not written. Only their copies for tests are, ${rows} rows at most.`,
    planOnly: 'Nothing is written. This only shows what would be.',
    cut: (rows: number) => `${rows} rows are not written by this run.`,
    passesStops: 'It does not stop where it would pause, because nobody has started it on a page.',
    close: 'Close',
    shown: 'Nothing was written, because this test may write 0 rows.',
  },
  commits: {
    unit: 'Everything is written or nothing is (one commit).',
    flow: 'Each flow is written as a whole or not at all; what earlier flows wrote stays.',
    split: 'There are too many rows for one commit. If writing fails half-way, what is written stays.',
  },
  announce: (unit: string) => `The run of “${unit}” is paused.`,
} satisfies Shape<typeof ja>;
