/** Closing runs that nobody works on any more: before a new start, or because somebody asks for it in the log. */
import { failure } from '../definition/errors';
import { endingOf } from './endings';
import { withTransitions } from './history';
import { hasWrittenAll, lifeOf, type Observations } from './lease';
import type { JournalEntry, JournalPatch, Refusal, RunPorts, RunUser } from './ports';
import { isRetryableCode } from './retry';
import type { Ending, RunScope } from './scope';

/**
 * Closes a dead run: as what it is, so one that only lacked its last entry has succeeded. Conditional on the
 * revision that was found dead. unclear: it moved after all, or the answer was lost, so the next look decides.
 * An ending says that kintone does not let this person close it, now or later.
 */
export async function closeDead(scope: RunScope, dead: JournalEntry): Promise<Ending | 'closed' | 'unclear'> {
  const { ports, request } = scope;
  const reply = await ports.journal.commit({
    journalId: dead.journalId,
    revision: dead.revision,
    patch: closingPatch(dead, ports, request.user, 'closedAsInterrupted'),
    requests: [],
  });
  if (reply.kind === 'committed') return 'closed';
  if (reply.kind === 'unknown' || isRaceLost(reply.refusal)) return 'unclear';
  const { code, message } = reply.refusal;
  return endingOf(
    'failed',
    failure(
      'holderNotClosed',
      { code, message, user: dead.user.name, logRecord: dead.journalId },
      { unitId: scope.unit.id },
    ),
  );
}

/** What came of the wish to close a run. unknown: it has not been silent for long enough to tell. */
export type Closing = 'closed' | 'ended' | 'alive' | 'unknown';

type ClosingPorts = Pick<RunPorts, 'clock' | 'random' | 'presence' | 'describe'> & {
  readonly journal: Pick<RunPorts['journal'], 'read' | 'commit'>;
};

/** Whether the record stands in the way of anything: the run goes on, or it holds its unit although it has ended. */
export const isOpen = ({
  endedAtMs,
  lockKey,
  unitId,
}: Pick<JournalEntry, 'endedAtMs' | 'lockKey' | 'unitId'>): boolean =>
  endedAtMs === null || (lockKey !== '' && lockKey === unitId);

/**
 * Closes the run of a record by somebody's wish. Nothing but the record is needed, so this works where going on does
 * not: the plan is missing, the unit was deleted, somebody has edited the record. What was written stays, and so does the plan.
 * Answers kintone's refusal where it does not let this person do it; throws what `journal.read` throws.
 */
export async function closeRun(
  ports: ClosingPorts,
  journalId: string,
  user: Pick<RunUser, 'name'>,
  observations: Observations,
): Promise<Closing | Refusal> {
  const entry = await ports.journal.read(journalId);
  if (entry === null || !isOpen(entry)) return 'ended';
  const life = await lifeOf(entry, ports, observations);
  if (life !== 'dead') return life;
  const reply = await ports.journal.commit({
    journalId,
    revision: entry.revision,
    patch: closingPatch(entry, ports, user, 'closedFromLog'),
    requests: [],
  });
  if (reply.kind === 'committed') return 'closed';
  if (reply.kind === 'refused' && !isRaceLost(reply.refusal)) return reply.refusal;
  // Somebody moved it in the same moment, or the answer was lost: the next look tells.
  const now = await ports.journal.read(journalId);
  return now === null || !isOpen(now) ? 'closed' : 'unknown';
}

const isRaceLost = ({ code }: Refusal): boolean => code === 'GAIA_CO02' || isRetryableCode(code);

function closingPatch(
  dead: JournalEntry,
  ports: Pick<RunPorts, 'clock' | 'random' | 'describe'>,
  user: Pick<RunUser, 'name'>,
  code: 'closedAsInterrupted' | 'closedFromLog',
): JournalPatch {
  const nonce = ports.random.uuid();
  // It has ended already, so its end stays as it is: somebody's edit has left only the lock.
  if (dead.endedAtMs !== null) return { lockKey: '', nonce };
  const isComplete = hasWrittenAll(dead);
  // What another service does for a run goes on without the page that has asked for it.
  const isRemote = dead.reason === 'remote';
  const to = {
    state: isComplete ? 'Success' : 'Failure',
    reason: isComplete ? 'done' : isRemote ? 'unclear' : 'interrupted',
  } as const;
  const place = { unitId: dead.unitId };
  const closed = isRemote
    ? failure('remoteLost', { user: dead.user.name, taskId: dead.remoteTaskId || '–' }, place)
    : failure(code, { user: user.name }, place);
  const atMs = ports.clock.nowMs();
  const line = { atMs, actor: user.name, ...to, note: code === 'closedFromLog' ? code : '' };
  return {
    ...to,
    transitions: withTransitions(dead.transitions, [line]),
    lockKey: '',
    endedAtMs: atMs,
    nonce,
    message: isComplete ? '' : ports.describe(closed),
    ...(isRemote ? { errorCode: closed.code } : {}),
    flows: dead.flows.map((flow) =>
      isRemote || flow.state === 'Success' || flow.state === 'Failure'
        ? flow
        : { ...flow, state: 'Cancel' as const },
    ),
  };
}
