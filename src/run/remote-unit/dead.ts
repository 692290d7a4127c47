/** Runs of remote units whose page is gone. The token was only there, so nobody can ask what became of them. */
import { failure } from '../../definition/errors';
import { closeDead } from '../close-dead';
import { endingOf } from '../endings';
import type { JournalEntry } from '../ports';
import type { Ending, RunScope } from '../scope';

/**
 * Closes the dead run as unclear. The ending is for whoever met it: they look first, and start again if need be.
 * again: it moved after all, or nobody knows yet.
 */
export async function closeUnclear(scope: RunScope, dead: JournalEntry): Promise<Ending | 'again'> {
  const closed = await closeDead(scope, dead);
  if (closed === 'unclear') return 'again';
  if (closed !== 'closed') return closed;
  const taskId = dead.remoteTaskId;
  scope.store.update((status) => ({ ...status, remote: { host: '', taskId, isFollowed: false } }));
  return endingOf(
    'unclear',
    failure('remoteUnclearFound', { user: dead.user.name, taskId: taskId || '–' }, { unitId: scope.unit.id }),
  );
}
