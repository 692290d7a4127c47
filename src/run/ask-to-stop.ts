/** The wish that a run stops, left in its record: the owner obeys before its next commit, or at its next sign of life. */
import { FailureError, failure } from '../definition/errors';
import { withTransitions } from './history';
import type { JournalEntry, JournalPort, RunPorts } from './ports';

/** A busy run writes its record every few seconds, so a wish may lose the race now and then. */
const ATTEMPTS = 8;

type AskingPorts = Pick<RunPorts, 'clock'> & { readonly journal: Pick<JournalPort, 'byRunId' | 'commit'> };

/** Leaves the wish in the record as it was read. False: the record moved meanwhile, or the answer was lost. */
export async function askToStop(
  { journal, clock }: AskingPorts,
  { journalId, revision, transitions, state, reason }: JournalEntry,
  userName: string,
): Promise<boolean> {
  const line = { atMs: clock.nowMs(), actor: userName, state, reason, note: 'stopRequested' };
  const reply = await journal.commit({
    journalId,
    revision,
    patch: { cancelRequestedBy: userName, transitions: withTransitions(transitions, [line]) },
    requests: [],
  });
  return reply.kind === 'committed';
}

/**
 * Has a run stopped whose owner is anywhere. Resolves when the record says so, or when there is nothing to stop: no
 * record, or the run has ended. Throws `FailureError`, `unreachable` also when the record cannot be written.
 */
export async function stopByRecord(ports: AskingPorts, runId: string, userName: string): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const entry = await ports.journal.byRunId(runId);
    if (entry === null || entry.endedAtMs !== null || entry.cancelRequestedBy !== '') return;
    if (await askToStop(ports, entry, userName)) return;
  }
  throw new FailureError(failure('unreachable', { cause: 'stop' }));
}
