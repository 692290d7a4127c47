import { failure } from '../definition/errors';
import { withTransitions } from './history';
import { hasWrittenAll } from './lease';
import type { JournalEntry } from './ports';
import type { RunScope } from './scope';

/**
 * Closes a dead run: as what it is, so one that only lacked its last entry has succeeded. Conditional on the
 * revision that was found dead: if it moved after all, nothing happens and the next look decides.
 */
export async function closeDead(scope: RunScope, dead: JournalEntry): Promise<void> {
  const { ports, request } = scope;
  const isComplete = hasWrittenAll(dead);
  const to = {
    state: isComplete ? 'Success' : 'Failure',
    reason: isComplete ? 'done' : 'interrupted',
  } as const;
  const atMs = ports.clock.nowMs();
  const line = { atMs, actor: request.user.name, ...to, note: '' };
  await ports.journal.commit({
    journalId: dead.journalId,
    revision: dead.revision,
    patch: {
      ...to,
      transitions: withTransitions(dead.transitions, [line]),
      lockKey: '',
      endedAtMs: atMs,
      nonce: ports.random.uuid(),
      message: isComplete
        ? ''
        : ports.describe(
            failure('closedAsInterrupted', { user: request.user.name }, { unitId: scope.unit.id }),
          ),
      flows: dead.flows.map((flow) =>
        flow.state === 'Success' || flow.state === 'Failure' ? flow : { ...flow, state: 'Cancel' as const },
      ),
    },
    requests: [],
  });
}
