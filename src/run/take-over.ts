import { failure } from '../definition/errors';
import { endingOf } from './endings';
import { withTransitions } from './history';
import { lifeOf, type Observations } from './lease';
import { loggedScope } from './logged-scope';
import type { CommitReply, JournalEntry, JournalPatch, Refusal, RunPorts } from './ports';
import { backoffMs, isRetryableCode, MAX_ATTEMPTS } from './retry';
import type { Ending, LoggedScope, RunScope } from './scope';

/**
 * Makes `scope.request.owner` the owner of a run record that is there already, if its owner is not known to live and
 * nobody was quicker. `patch` changes with the owner. An ending means: not taken, and nothing was changed.
 */
export async function takeOver(
  scope: RunScope,
  found: JournalEntry,
  observations: Observations,
  patch: JournalPatch & Pick<Required<JournalPatch>, 'state' | 'reason'>,
): Promise<Ending | { readonly scope: LoggedScope; readonly entry: JournalEntry }> {
  const { ports, request } = scope;
  const place = { unitId: scope.unit.id };
  const entry = await ports.journal.read(found.journalId);
  if (entry === null || entry.endedAtMs !== null)
    return endingOf('superseded', failure('resumeEnded', {}, place));
  const life = await lifeOf(entry, ports, observations);
  if (life === 'alive' || entry.revision !== found.revision) return lockedBy(entry);
  const { state, reason } = patch;
  const moved = { atMs: ports.clock.nowMs(), actor: request.user.name, state, reason, note: 'takenOver' };
  const transitions = withTransitions(entry.transitions, [moved]);
  const reply = await becomeOwner(ports, entry, { ...patch, owner: request.owner, transitions });
  if (reply.kind === 'unknown')
    return endingOf('failed', failure('unreachable', { cause: reply.cause }, place));
  if (reply.kind === 'refused') return refusedEnding(scope, entry, reply.refusal);
  return { scope: loggedScope(scope, { ...entry, revision: reply.revision, transitions }), entry };
}

const lockedBy = (entry: JournalEntry): Ending =>
  endingOf(
    'locked',
    failure('locked', { user: entry.user.name, sinceMs: entry.startedAtMs }, { unitId: entry.unitId }),
  );

async function refusedEnding(scope: RunScope, entry: JournalEntry, refusal: Refusal): Promise<Ending> {
  const place = { unitId: scope.unit.id };
  if (refusal.code === 'GAIA_CO02') return endingOf('superseded', failure('superseded', {}, place));
  if (refusal.rows.some((row) => row.field === 'lock_key')) {
    const holder = await scope.ports.journal.holder(scope.unit.id).catch(() => null);
    scope.store.update((status) => ({ ...status, holder }));
    return lockedBy(holder ?? entry);
  }
  return endingOf('failed', failure('logRefused', { code: refusal.code, message: refusal.message }, place));
}

/** Compare-and-set of the owner. A lost reply is settled by reading the record; a busy kintone is asked again. */
async function becomeOwner(ports: RunPorts, entry: JournalEntry, wanted: JournalPatch): Promise<CommitReply> {
  const { journalId, revision } = entry;
  const nonce = ports.random.uuid();
  const patch = { ...wanted, nonce };
  let reply: CommitReply = { kind: 'unknown', cause: '' };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await ports.clock.sleep(backoffMs(attempt, ports.random));
    reply = await ports.journal.commit({ journalId, revision, patch, requests: [] });
    if (reply.kind === 'committed') return reply;
    if (reply.kind === 'refused' && isRetryableCode(reply.refusal.code)) continue;
    const now = await ports.journal.read(journalId).catch(() => null);
    if (now?.nonce === nonce)
      return { kind: 'committed', revision: now.revision, createdIds: [], revisions: [] };
    if (reply.kind === 'refused') return reply;
  }
  return reply;
}
