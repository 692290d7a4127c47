/** Runs that a server carries out: the page writes the request, then shows what becomes of it. */
import { failure } from '../definition/errors';
import { endingOf } from './endings';
import { firstTransition, withTransitions } from './history';
import type { Observations } from './lease';
import { viewLive } from './live-view';
import { newEntry } from './new-entry';
import type { CommitReply, JournalEntry, JournalPatch } from './ports';
import { encodeRequestFile, REQUEST_FILE_NAME } from './request-file';
import type { Ending, RunScope } from './scope';
import { stopEnding } from './stops';

/** A run record that a page has just created for a server. */
interface Made {
  readonly journalId: string;
  readonly revision: string;
}

/**
 * Attaches what only the page knows and gives the record away: from then on it is `requested` and has no owner, so
 * any server may claim it. Then follows it to its end. Until a server has claimed it the page may still take the
 * request back: on `cancel`, and when no server came within the unit's waiting time.
 */
export async function handOver(scope: RunScope, made: Made, observations: Observations): Promise<Ending> {
  const { ports, request, unit, store } = scope;
  const place = { unitId: unit.id };
  const file = encodeRequestFile({
    version: 1,
    runId: store.getSnapshot().runId,
    calling: request.calling,
    timeZone: request.timeZone,
  });
  const key = await ports.journal.upload(REQUEST_FILE_NAME, file);
  const created = { ...made, transitions: firstTransition(newEntry(scope)) };
  const given = await change(scope, created, {
    planFileKeys: [key],
    state: 'Queuing',
    reason: 'requested',
    owner: '',
  });
  if (given.kind === 'refused') {
    const { code, message } = given.refusal;
    return endingOf('failed', failure('logRefused', { code, message }, place));
  }
  const entry = await ports.journal.read(made.journalId);
  if (entry === null) return endingOf('failed', failure('runRecordGone', {}, place));
  if (given.kind === 'unknown' && entry.reason === 'checking')
    return endingOf('failed', failure('unreachable', { cause: given.cause }, place));
  const untilMs = ports.clock.monotonicMs() + unit.queueTtlMinutes * 60_000;
  const viewed = await viewLive(scope, entry, observations, {
    as: 'requested',
    onLook: async (now) => {
      if (now.reason !== 'requested' || now.owner !== '') return null;
      const isLate = ports.clock.monotonicMs() >= untilMs;
      if (!isLate && !scope.cancel.signal.aborted) return null;
      const ending = isLate
        ? endingOf('expired', failure('noServer', { minutes: unit.queueTtlMinutes }, place))
        : stopEnding(scope);
      return (await takeBack(scope, now, ending)) ? ending : null;
    },
  });
  return viewed.kind === 'ended' ? viewed.ending : endingOf('interrupted');
}

/** Ends a request that nobody has claimed. False: a server was quicker, or the answer is not known yet. */
async function takeBack(scope: RunScope, entry: JournalEntry, ending: Ending): Promise<boolean> {
  const { ports } = scope;
  const reply = await change(scope, entry, {
    state: ending.state,
    reason: ending.reason,
    endedAtMs: ports.clock.nowMs(),
    errorCode: ending.failure?.code ?? '',
    message: ending.failure === null ? '' : ports.describe(ending.failure),
    flows: entry.flows.map((flow) => ({ ...flow, state: 'Cancel' as const })),
  });
  return reply.kind === 'committed';
}

const change = (
  { ports, request }: RunScope,
  { journalId, revision, transitions }: Made & Pick<JournalEntry, 'transitions'>,
  patch: JournalPatch & Pick<Required<JournalPatch>, 'state' | 'reason'>,
): Promise<CommitReply> =>
  ports.journal.commit({
    journalId,
    revision,
    patch: {
      ...patch,
      transitions: withTransitions(transitions, [
        {
          atMs: ports.clock.nowMs(),
          actor: request.user.name,
          state: patch.state,
          reason: patch.reason,
          note: patch.errorCode ?? '',
        },
      ]),
      nonce: ports.random.uuid(),
    },
    requests: [],
  });
