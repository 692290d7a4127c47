/** Which runs keep the plan that undo and continuing need (`savepointRetention` of the unit). */
import { type Failure, fail, failure, type Result } from '../definition/errors';
import { historyOf, withTransitions } from './history';
import type { JournalEntry, JournalPort, PlanKeeper } from './ports';
import type { LoggedScope } from './scope';

/** Older runs that one run clears; what is beyond waits for the next one. */
const CLEARED_MAX = 20;

/**
 * LAST: once a run that has written something has succeeded and its end is in the log, the plans of older runs that
 * have ended are taken off their records. Best effort: each record on condition of the revision that was read, never
 * twice, so that a record somebody is working on stays as it is. Never throws.
 */
export async function clearOlderPlans({ ports, unit, journal, request }: LoggedScope): Promise<void> {
  if (unit.savepointRetention !== 'LAST') return;
  const older = await ports.journal
    .keepingPlans(unit.id, journal.journalId, CLEARED_MAX)
    .catch((): readonly PlanKeeper[] => []);
  for (const entry of older) {
    if (entry.endedAtMs === null || entry.planFiles.length === 0) continue;
    const { state, reason } = entry;
    const atMs = ports.clock.nowMs();
    const line = { atMs, actor: request.user.name, state, reason, note: 'planRemoved' } as const;
    const reply = await ports.journal.commit({
      journalId: entry.journalId,
      revision: entry.revision,
      patch: {
        planFileKeys: [],
        planHash: '',
        nonce: ports.random.uuid(),
        transitions: withTransitions(entry.transitions, [line]),
      },
      requests: [],
    });
    // Out of reach, busy or not allowed: the others would go the same way. The next success looks again.
    if (reply.kind === 'unknown') return;
    if (reply.kind === 'refused' && reply.refusal.code !== 'GAIA_CO02') return;
  }
}

/** Why nothing can be done with a run that has no plan any more; null: it was not taken away by the unit's rule. */
export function planRemoved(
  entry: Pick<JournalEntry, 'unitId' | 'planFiles' | 'transitions'>,
): Failure | null {
  if (entry.planFiles.length > 0) return null;
  const line = historyOf(entry.transitions).transitions.findLast(({ note }) => note === 'planRemoved');
  return line === undefined ? null : failure('planRemoved', { user: line.actor }, { unitId: entry.unitId });
}

/**
 * What `read` makes of the plan of `entry`. When that fails because a later run has taken the plan away since `entry`
 * was read, the failure is `planRemoved`, not what the missing file says.
 */
export async function readingPlan<T>(
  journal: Pick<JournalPort, 'read'>,
  entry: Pick<JournalEntry, 'journalId'>,
  read: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const whyGone = async (): Promise<Failure | null> => {
    const now = await journal.read(entry.journalId).catch(() => null);
    return now === null ? null : planRemoved(now);
  };
  try {
    const found = await read();
    const gone = found.ok ? null : await whyGone();
    return gone === null ? found : fail(gone);
  } catch (error) {
    const gone = await whyGone();
    if (gone === null) throw error;
    return fail(gone);
  }
}
