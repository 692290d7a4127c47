import { FailureError, failure } from '../definition/errors';
import { createdRows } from './created-rows';
import { endingOf } from './endings';
import { finish } from './handle';
import { journalWriter } from './journal-writer';
import { hasWritten, hasWrittenAll, lifeOf, type Observations } from './lease';
import type { CreateReply, JournalEntry, NewRunEntry } from './ports';
import { countedStarts, RATE_WINDOW_MS } from './rate-limit';
import { backoffMs, isRetryableCode, MAX_ATTEMPTS } from './retry';
import { type Ending, flowEntries, type LoggedScope, type RunScope, runIdOf } from './scope';

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

/**
 * Creates the run record: log, journal and lock in one, before anything else happens. A unit that
 * another run holds is refused (and logged as refused), taken over when the holder is certainly
 * dead and left nothing half done, or reported as interrupted so that the person decides.
 */
export async function begin(scope: RunScope, observations: Observations): Promise<Begun> {
  const limited = await rateLimited(scope, null);
  if (limited !== null) return refuse(scope, limited, null);
  const waitUntilMs = scope.ports.clock.monotonicMs() + scope.request.observeMs;
  for (;;) {
    const reply = await create(scope, newEntry(scope));
    switch (reply.kind) {
      case 'created':
        return withinLimit(scope, begun(scope, reply.journalId, reply.revision));
      case 'duplicateRun': {
        const entry = await scope.ports.journal.byRunId(runIdOf(scope.unit.id, scope.request.pressId));
        if (entry !== null && entry.owner === scope.request.owner && entry.endedAtMs === null) {
          return begun(scope, entry.journalId, entry.revision);
        }
        return ended(endingOf('locked', failure('alreadyStarted', {}, { unitId: scope.unit.id })), entry);
      }
      case 'alreadyContinued':
        return ended(endingOf('failed', failure('alreadyContinued', {}, { unitId: scope.unit.id })), null);
      case 'refused':
        return ended(
          endingOf(
            'failed',
            failure(
              LOG_REFUSALS[reply.refusal.code] ?? 'logRefused',
              { code: reply.refusal.code, message: reply.refusal.message },
              { unitId: scope.unit.id },
            ),
          ),
          null,
        );
      case 'unknown':
        return ended(
          endingOf('failed', failure('unreachable', { cause: reply.cause }, { unitId: scope.unit.id })),
          null,
        );
      case 'locked': {
        const step = await faceHolder(scope, observations, waitUntilMs);
        if (step !== 'again') return step;
      }
    }
  }
}

const LOG_REFUSALS: Readonly<Record<string, string>> = {
  CB_NO02: 'noLogPermission',
  GAIA_AP01: 'logAppMissing',
  CB_AU01: 'sessionExpired',
};

function begun(scope: RunScope, journalId: string, revision: string): Extract<Begun, { kind: 'begun' }> {
  const journal = journalWriter(scope.ports, { journalId, revision, owner: scope.request.owner });
  scope.store.update((status) => ({ ...status, journalId }));
  return { kind: 'begun', scope: { ...scope, journal, created: createdRows() } };
}

/** Looks again once the record is there: several presses at the same time see each other's records only then. */
export async function withinLimit(scope: RunScope, run: Extract<Begun, { kind: 'begun' }>): Promise<Begun> {
  const { journalId } = run.scope.journal;
  let limited: Ending | null;
  try {
    limited = await rateLimited(scope, journalId);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    limited = endingOf('failed', error.failure);
  }
  if (limited === null) return run;
  await finish(run.scope, limited);
  return ended(limited, null, journalId);
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
  const { ports, request } = scope;
  const holder = await ports.journal.holder(scope.unit.id);
  if (holder === null) return 'again';
  const life = await lifeOf(holder, ports, observations);
  if (life === 'dead') {
    if (hasWritten(holder) && request.giveUp !== holder.journalId) {
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
    await release(scope, holder);
    return 'again';
  }
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

/**
 * Closes a dead run: as what it is, so one that only lacked its last entry has succeeded. Conditional on its
 * revision: if it moves after all, nothing happens and the next look decides.
 */
async function release(scope: RunScope, holder: JournalEntry): Promise<void> {
  const { ports, request } = scope;
  const isComplete = hasWrittenAll(holder);
  await ports.journal.commit({
    journalId: holder.journalId,
    revision: holder.revision,
    patch: {
      state: isComplete ? 'Success' : 'Failure',
      reason: isComplete ? 'done' : 'interrupted',
      lockKey: '',
      endedAtMs: ports.clock.nowMs(),
      nonce: ports.random.uuid(),
      message: isComplete
        ? ''
        : ports.describe(
            failure('closedAsInterrupted', { user: request.user.name }, { unitId: scope.unit.id }),
          ),
      flows: holder.flows.map((flow) =>
        flow.state === 'Success' || flow.state === 'Failure' ? flow : { ...flow, state: 'Cancel' as const },
      ),
    },
    requests: [],
  });
}

/** Refused presses are logged too, without the lock (codes 134 and the rate limit of the trigger protocol). */
async function refuse(scope: RunScope, ending: Ending, holder: JournalEntry | null): Promise<Begun> {
  const { ports } = scope;
  const entry = newEntry(scope);
  const reply = await create(scope, {
    ...entry,
    lockKey: '',
    continues: '',
    state: 'Failure',
    reason: ending.reason,
    flows: entry.flows.map((flow) => ({ ...flow, state: 'Cancel' as const })),
  });
  if (reply.kind !== 'created') return ended(ending, holder);
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

/** Starts of the last minute, by everybody, from the log itself; refused ones do not count. */
async function rateLimited(scope: RunScope, own: string | null): Promise<Ending | null> {
  const { ports, unit } = scope;
  const nowMs = ports.clock.nowMs();
  const { startedAtMs } = scope.store.getSnapshot();
  const sinceMs = Math.min(nowMs, startedAtMs) - RATE_WINDOW_MS;
  const entries = await countedStarts(ports, unit.id, sinceMs);
  const counted = entries.filter((entry) => own === null || Number(entry.journalId) < Number(own));
  // A start that waited for its turn is in the minute before its press, and in the one before now.
  const recent = counted.filter((entry) => entry.startedAtMs >= nowMs - RATE_WINDOW_MS);
  const before = counted.filter((entry) => entry.startedAtMs <= startedAtMs);
  const started = recent.length >= before.length ? recent : before;
  if (started.length < unit.rateLimitPerMinute) return null;
  const oldest = Math.min(...started.map((entry) => entry.startedAtMs));
  const waitMs = Math.max(0, oldest + RATE_WINDOW_MS - nowMs);
  return endingOf(
    'rateLimited',
    failure(
      'rateLimited',
      { limit: unit.rateLimitPerMinute, waitSeconds: Math.ceil(waitMs / 1000) },
      { unitId: unit.id },
    ),
  );
}

function newEntry(scope: RunScope): NewRunEntry {
  const { request, unit, store, ports } = scope;
  const status = store.getSnapshot();
  return {
    runId: status.runId,
    lockKey: unit.concurrency === 'allow' ? '' : unit.id,
    unitId: unit.id,
    unitName: unit.name,
    method: request.method,
    callingAppId: request.calling.appId,
    callingRecordId: request.calling.recordId,
    user: request.user,
    startedAtMs: status.startedAtMs,
    owner: request.owner,
    definitionHash: request.definitionHash,
    undoOf: request.undoOf ?? '',
    continues: request.continues ?? '',
    parentRun: request.parentRun ?? '',
    priority: unit.priority,
    mode: unit.mode,
    input: request.input,
    notificationId: request.notificationId ?? '',
    eventType: request.eventType ?? '',
    state: 'Queuing',
    reason: 'checking',
    flows: flowEntries(status, ports.describe),
  };
}

/** A lost reply is settled by the unique run key: either the record is there, or sending again is harmless. */
async function create(scope: RunScope, entry: NewRunEntry): Promise<CreateReply> {
  const { ports } = scope;
  let reply: CreateReply = { kind: 'unknown', cause: '' };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await ports.clock.sleep(backoffMs(attempt, ports.random));
    reply = await ports.journal.create(entry);
    if (reply.kind === 'refused' && isRetryableCode(reply.refusal.code)) continue;
    if (reply.kind !== 'unknown') return reply;
    const existing = await ports.journal.byRunId(entry.runId).catch(() => null);
    if (existing?.owner === entry.owner)
      return { kind: 'created', journalId: existing.journalId, revision: existing.revision };
  }
  return reply;
}
