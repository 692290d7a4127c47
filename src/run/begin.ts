import { FailureError, failure } from '../definition/errors';
import { closeDead } from './close-dead';
import { endingOf } from './endings';
import { handOver } from './hand-over';
import { finish } from './handle';
import { firstTransition } from './history';
import { lifeOf, type Observations, standingOf } from './lease';
import { type Limited, lookAtStarts, switchingOff, whyLimited } from './limits';
import { afterDeath, viewLive } from './live-view';
import { loggedScope } from './logged-scope';
import { createEntry, newEntry } from './new-entry';
import type { CreateReply, JournalEntry, NewRunEntry, StartFacts } from './ports';
import { inOrder, QUEUE_MAX, waitForTurn, waiting } from './queue';
import { offKey } from './rate-limit';
import { closeUnclear } from './remote-unit/dead';
import { type Ending, type LoggedScope, type RunScope, runIdOf } from './scope';
import { moveOf } from './stand-still';

/** How often a watcher looks at a holder whose life is unknown. */
const OBSERVE_EVERY_MS = 10_000;

export type Begun =
  | { readonly kind: 'begun'; readonly scope: LoggedScope }
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      readonly holder: JournalEntry | null;
      readonly journalId: string | null;
    };
type Started = Extract<Begun, { kind: 'begun' }>;

/**
 * Creates the run record: log, journal and lock in one, before anything else happens. What becomes of a start that
 * finds the unit held is the unit's `concurrency`: it is refused (and logged as refused), waits for its turn, or
 * shows the run that is going on. A holder that is certainly dead and left nothing half done is closed; one that did
 * is reported as interrupted so that the person decides.
 */
export async function begin(scope: RunScope, observations: Observations): Promise<Begun> {
  const facts = await lookAtStarts(scope);
  const limited = whyLimited(scope, facts, null);
  if (limited !== null) return refuseLimited(scope, limited);
  if (isForServer(scope)) return request(scope, observations);
  if (scope.request.method === 'test') return test(scope);
  if (scope.unit.concurrency === 'queue' && waiting(facts).length > 0) {
    return queueUp(scope, facts, observations);
  }
  const waitUntilMs = scope.ports.clock.monotonicMs() + scope.request.observeMs;
  for (;;) {
    const made = await record(scope, newEntry(scope));
    if (made !== 'locked') return made.kind === 'begun' ? settled(scope, made, observations) : made;
    if (scope.unit.concurrency === 'queue') return queueUp(scope, facts, observations);
    const step = await faceHolder(scope, observations, waitUntilMs);
    if (step !== 'again') return step;
  }
}

/** A test holds up nobody, but counts: the service counts its requests for tokens too. */
async function test(scope: RunScope): Promise<Begun> {
  const made = await unlockedRecord(scope, { ...newEntry(scope), lockKey: '' });
  return made.kind === 'begun' ? withinLimit(scope, made) : made;
}

/** What is taken back or continued was written by this page or another one; a server has no part in it. */
const isForServer = ({ unit, request: { undoOf, continues, runsHere } }: RunScope): boolean =>
  unit.executor.kind === 'server' && runsHere !== true && undoOf === null && continues === null;

/** Creates the record; `locked`: another run holds the unit. */
async function record(scope: RunScope, entry: NewRunEntry): Promise<Begun | 'locked'> {
  const reply = await createEntry(scope, entry);
  switch (reply.kind) {
    case 'created':
      return begun(scope, { ...reply, transitions: firstTransition(entry) });
    case 'locked':
      return 'locked';
    case 'duplicateRun': {
      const found = await scope.ports.journal.byRunId(runIdOf(scope.unit.id, scope.request.pressId));
      if (found !== null && found.owner === scope.request.owner && found.endedAtMs === null) {
        return begun(scope, found);
      }
      return ended(endingOf('locked', failure('alreadyStarted', {}, { unitId: scope.unit.id })), found);
    }
    default:
      return ended(endingOf('failed', notCreated(scope, reply)), null);
  }
}

async function unlockedRecord(scope: RunScope, entry: NewRunEntry): Promise<Begun> {
  const made = await record(scope, entry);
  if (made === 'locked') throw new Error('a record without a lock cannot be locked out');
  return made;
}

function notCreated(
  scope: RunScope,
  reply: Extract<CreateReply, { kind: 'alreadyContinued' | 'refused' | 'unknown' }>,
) {
  const place = { unitId: scope.unit.id };
  switch (reply.kind) {
    case 'alreadyContinued':
      return failure('alreadyContinued', {}, place);
    case 'refused': {
      const { code, message } = reply.refusal;
      return failure(LOG_REFUSALS[code] ?? 'logRefused', { code, message }, place);
    }
    case 'unknown':
      return failure('unreachable', { cause: reply.cause }, place);
  }
}

const LOG_REFUSALS: Readonly<Record<string, string>> = {
  CB_NO02: 'noLogPermission',
  GAIA_AP01: 'logAppMissing',
  CB_AU01: 'sessionExpired',
};

function begun(
  scope: RunScope,
  { journalId, revision, transitions }: Pick<JournalEntry, 'journalId' | 'revision' | 'transitions'>,
): Started {
  scope.store.update((status) => ({ ...status, journalId }));
  return { kind: 'begun', scope: loggedScope(scope, { journalId, revision, transitions }) };
}

/** Looks again once the record is there: several presses at the same time see each other's records only then. */
export async function withinLimit(scope: RunScope, run: Started): Promise<Begun> {
  const facts = await lookAgain(scope, run);
  return 'kind' in facts ? facts : run;
}

/** The facts of the second look, or the end of a run that should not have begun. */
async function lookAgain(scope: RunScope, run: Started): Promise<readonly StartFacts[] | Begun> {
  const { journalId } = run.scope.journal;
  let facts: readonly StartFacts[] = [];
  let limited: Ending | null;
  try {
    facts = await lookAtStarts(scope);
    limited = whyLimited(scope, facts, journalId)?.ending ?? null;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    limited = endingOf('failed', error.failure);
  }
  if (limited === null) return facts;
  await finish(run.scope, limited);
  return ended(limited, null, journalId);
}

/**
 * The start has the unit. With a queue it may have come in between two looks of somebody who waits: whoever wrote
 * down earlier that they wait goes first, so the unit is given back and the start stands in line.
 */
async function settled(scope: RunScope, run: Started, observations: Observations): Promise<Begun> {
  const facts = await lookAgain(scope, run);
  if ('kind' in facts) return facts;
  const own = Number(run.scope.journal.journalId);
  const isLate =
    scope.unit.concurrency === 'queue' && waiting(facts).some((one) => Number(one.journalId) < own);
  if (!isLate) return run;
  const outcome = await run.scope.journal.write(
    { lockKey: '', reason: 'queued' },
    [],
    [moveOf(run.scope, { state: 'Queuing', reason: 'queued' })],
  );
  if (outcome.kind === 'committed') return inLine(run, observations);
  // Whether the unit is still held is not known, so this start must not go on: its end gives the unit free.
  const lost = endingOf('failed', failure('queuePlaceLost', {}, { unitId: scope.unit.id }));
  await finish(run.scope, lost);
  return ended(lost, null, run.scope.journal.journalId);
}

async function queueUp(
  scope: RunScope,
  facts: readonly StartFacts[],
  observations: Observations,
): Promise<Begun> {
  const line = inOrder(waiting(facts));
  if (line.length >= QUEUE_MAX) {
    const full = failure('queueFull', { limit: QUEUE_MAX }, { unitId: scope.unit.id });
    return refuse(scope, endingOf('locked', full), null);
  }
  const made = await unlockedRecord(scope, { ...newEntry(scope), lockKey: '', reason: 'queued' });
  if (made.kind === 'ended') return made;
  scope.store.update((status) => ({ ...status, reason: 'queued' }));
  const checked = await withinLimit(scope, made);
  return checked.kind === 'begun' ? inLine(checked, observations) : checked;
}

async function inLine(run: Started, observations: Observations): Promise<Begun> {
  // Waiting is no work.
  run.scope.timer.stop();
  const turn = await waitForTurn(run.scope, observations);
  run.scope.timer.go();
  if (turn === null) return run;
  const { ending, holder } = turn;
  // In the log it is the other run that was interrupted; this one only met it.
  await finish(run.scope, ending.reason === 'interrupted' ? { ...ending, reason: 'locked' } : ending);
  return ended(ending, holder, run.scope.journal.journalId);
}

/** The record of a run that a server carries out; the page shows what becomes of it. */
async function request(scope: RunScope, observations: Observations): Promise<Begun> {
  const made = await unlockedRecord(scope, { ...newEntry(scope), lockKey: '' });
  if (made.kind === 'ended') return made;
  const checked = await withinLimit(scope, made);
  if (checked.kind === 'ended') return checked;
  const { journalId } = made.scope.journal;
  const entry = await scope.ports.journal.read(journalId);
  const revision = entry?.revision ?? '';
  return ended(await handOver(scope, { journalId, revision }, observations), null, journalId);
}

const ended = (ending: Ending, holder: JournalEntry | null, journalId: string | null = null): Begun => ({
  kind: 'ended',
  ending,
  holder,
  journalId,
});

/** The unit is held: try again when it has become free, otherwise say how the press ends. */
async function faceHolder(
  scope: RunScope,
  observations: Observations,
  waitUntilMs: number,
): Promise<Begun | 'again'> {
  const { ports } = scope;
  const holder = await ports.journal.holder(scope.unit.id);
  if (holder === null) return 'again';
  const life = await lifeOf(holder, ports, observations);
  const standing = standingOf(holder, life);
  if (life === 'dead') {
    if (standing === 'unclear') {
      const found = await closeUnclear(scope, holder);
      return found === 'again' ? found : ended(found, null);
    }
    if (standing === 'interrupted' && scope.request.giveUp !== holder.journalId) {
      return ended(
        endingOf(
          'interrupted',
          failure(
            'interruptedRunFound',
            { user: holder.user.name, written: holder.cursor, planned: holder.rowsPlanned },
            { unitId: scope.unit.id },
          ),
        ),
        holder,
      );
    }
    const closed = await closeDead(scope, holder);
    return typeof closed === 'string' ? 'again' : refuse(scope, closed, holder);
  }
  if (mayJoin(scope)) return join(scope, holder, observations);
  if (life === 'unknown' && ports.clock.monotonicMs() < waitUntilMs && !scope.cancel.signal.aborted) {
    scope.store.update((status) => ({ ...status, holder }));
    await ports.clock.sleep(OBSERVE_EVERY_MS, scope.cancel.signal);
    return 'again';
  }
  const refusal = failure(
    'locked',
    { user: holder.user.name, sinceMs: holder.startedAtMs },
    { unitId: scope.unit.id },
  );
  return refuse(scope, endingOf('locked', refusal), holder);
}

/** Whoever takes back, continues or starts over wants that run, not the sight of another one. */
const mayJoin = ({ unit, request: { undoOf, continues, giveUp } }: RunScope): boolean =>
  unit.concurrency === 'join' && undoOf === null && continues === null && giveUp === null;

/** A press that joins is no run: it has no record, and it does not count for the limit. */
async function join(scope: RunScope, holder: JournalEntry, observations: Observations): Promise<Begun> {
  const viewed = await viewLive(scope, holder, observations, { as: 'joined' });
  if (viewed.kind === 'ended') return ended(viewed.ending, null, holder.journalId);
  const ending = await afterDeath(scope, viewed.entry);
  return ended(ending, ending.reason === 'interrupted' ? viewed.entry : null, holder.journalId);
}

function refuseLimited(scope: RunScope, limited: Limited): Promise<Begun> {
  switch (limited.log) {
    case 'silent':
      return Promise.resolve(ended(limited.ending, null));
    case 'refusal':
      return refuse(scope, limited.ending, null);
    case 'off':
      return refuse(scope, limited.ending, null, offKey(scope.unit.id));
  }
}

/**
 * Refused presses are logged too, without the lock (codes 134 and the rate limit of the trigger protocol).
 * `key`: what the record holds from now on; if another one holds it already, the refusal is an ordinary one.
 */
async function refuse(
  scope: RunScope,
  refused: Ending,
  holder: JournalEntry | null,
  key = '',
): Promise<Begun> {
  const { ports } = scope;
  const entry = newEntry(scope);
  const ending = key === '' ? refused : switchingOff(scope);
  const reply = await createEntry(scope, {
    ...entry,
    lockKey: key,
    continues: '',
    state: 'Failure',
    reason: ending.reason,
    flows: entry.flows.map((flow) => ({ ...flow, state: 'Cancel' as const, message: '' })),
  });
  if (reply.kind === 'locked' && key !== '') return refuse(scope, refused, holder);
  if (reply.kind !== 'created') return ended(refused, holder);
  await ports.journal.commit({
    journalId: reply.journalId,
    revision: reply.revision,
    patch: {
      endedAtMs: ports.clock.nowMs(),
      nonce: ports.random.uuid(),
      errorCode: ending.failure?.code ?? '',
      message: ending.failure === null ? '' : ports.describe(ending.failure),
    },
    requests: [],
  });
  return ended(ending, holder, reply.journalId);
}
