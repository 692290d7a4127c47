/** What pages of one browser agree on to tell each other of runs. Boot reads it too: keep it small. */
import type { RunNews } from '../run/ports';

export const NEWS_CHANNEL = 'nagare.news';

/** A page that was just opened asks what is going on. */
export const ASK = 'ask';

/** After so long without news a run counts as gone: a hidden tab without workers may be woken once a minute only. */
export const NEWS_EXPIRE_MS = 75_000;

/** Whether somebody works on the run now: one that waits for its turn or for a server does not go on anywhere. */
export const isAtWork = ({ kind, reason }: Pick<RunNews, 'kind' | 'reason'>): boolean =>
  kind === 'progress' && reason !== 'queued' && reason !== 'requested';
