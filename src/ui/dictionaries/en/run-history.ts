import { formatCount, type Shape } from '../../i18n';
import type { runHistory as ja } from '../ja/run-history';

const n = (value: number): string => formatCount(value, 'en');

/** Pausing from the log, and the history of a run: texts of the log panel. */
export const runHistory = {
  pause: {
    ask: 'Ask it to pause',
    goOn: 'Let it go on',
    asking: 'Telling it',
    asked: (user: string) => `${user} asked it to pause; it does so before its next commit.`,
    failed: (reason: string) => `It could not be told. ${reason}`,
  },
  title: 'History of states',
  by: (user: string) => `by ${user}`,
  folded: (count: number) => `${n(count)} in between are left out.`,
  notes: {
    person: 'paused by a person',
    session: 'the session had expired',
    offline: 'kintone could not be reached',
    breakpoint: 'breakpoint',
    goesOn: 'goes on',
    takenOver: 'taken over',
    stopRequested: 'stop asked for',
    pauseRequested: 'pause asked for',
    pauseLifted: 'asked to go on',
    planRemoved: 'plan removed, as the unit says',
    enabled: 'unit enabled again',
    closedFromLog: 'closed by a person, because nothing worked on it any more',
  },
} satisfies Shape<typeof ja>;
