/**
 * Standing still: because somebody asked for it, or because kintone is out of reach. A pause is no failure; it
 * happens between two writes, so nothing is half done while it lasts. Table of what may meet: docs/running.md.
 */
import { type Failure, FailureError, failure } from '../definition/errors';
import { endingOf } from './endings';
import type { MoveNote, Transition } from './history';
import type { WriteOutcome } from './journal-writer';
import { BEAT_MS } from './lease';
import type { PauseCause } from './pause';
import type { JournalPatch } from './ports';
import type { Ending, LoggedScope } from './scope';
import type { CommandStop, RunStatus } from './status';
import { stopEnding } from './stops';

/** How often kintone is asked whether it is there again. */
const PROBE_MS = 15_000;

type Outage = Extract<PauseCause, 'session' | 'offline'>;

const SESSION_CODES: ReadonlySet<string> = new Set(['CB_AU01', 'sessionExpired']);

/** A line for the record's `transitions`, now and by the person of this run. */
export function moveOf(
  scope: LoggedScope,
  to: Pick<RunStatus, 'state' | 'reason'>,
  note: PauseCause | MoveNote | '' = '',
  by = scope.request.user.name,
): Transition {
  return { atMs: scope.ports.clock.nowMs(), actor: by, state: to.state, reason: to.reason, note };
}

/** Null when the write happened, or why the run ends. Sits out a lost session or net; never repeats data. */
export async function persist(
  scope: LoggedScope,
  patch: JournalPatch,
  moves: readonly Transition[] = [],
): Promise<Ending | null> {
  let all = moves;
  for (;;) {
    const outcome = await scope.journal.write(patch, [], all);
    if (outcome.kind === 'committed') return null;
    const outage = outageOf(outcome);
    if (outage === null) return endingOfWrite(scope, outcome);
    const waited = await sitOut(scope, outage);
    if (waited.ending !== null) return waited.ending;
    all = [...waited.moves, ...all];
  }
}

/** Whether a write came to nothing only because kintone does not answer this page now. */
export function outageOf(outcome: WriteOutcome): Outage | null {
  if (outcome.kind === 'unreachable') return 'offline';
  return outcome.kind === 'refused' && SESSION_CODES.has(outcome.refusal.code) ? 'session' : null;
}

/** How the run ends after a write of the journal alone did not happen. */
export function endingOfWrite(
  scope: LoggedScope,
  outcome: Exclude<WriteOutcome, { kind: 'committed' }>,
): Ending {
  const place = { unitId: scope.unit.id };
  switch (outcome.kind) {
    case 'fenced':
      return endingOf('superseded', failure('superseded', {}, place));
    case 'cancelRequested':
      scope.cancel.abort(outcome.by);
      return stopEnding(scope);
    case 'pauseRequested':
      return endingOf('failed', failure('unexpected', { message: outcome.kind }, place));
    case 'refused':
      return endingOf(
        'failed',
        failure('journalRefused', { code: outcome.refusal.code, message: outcome.refusal.message }, place),
      );
    case 'unreachable':
      return endingOf('failed', failure('unreachable', { cause: outcome.cause }, place));
  }
}

/**
 * Work that only reads, repeated from its beginning after an outage. Other failures are thrown on, as is the
 * failure of an outage that lasts too long.
 */
export async function acrossOutages<T>(scope: LoggedScope, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const outage = error instanceof FailureError ? OUTAGES[error.failure.code] : undefined;
      if (outage === undefined || scope.cancel.signal.aborted) throw error;
      const waited = await sitOut(scope, outage);
      if (waited.ending !== null) throw error;
      const refused = await persist(scope, {}, waited.moves);
      if (refused !== null) throw error;
    }
  }
}

/** Whether a failed read says no more than that kintone does not answer this page now. */
export const isOutage = (value: Failure): boolean => OUTAGES[value.code] !== undefined;

const OUTAGES: Readonly<Record<string, Outage>> = { sessionExpired: 'session', unreachable: 'offline' };

/**
 * Waits until kintone answers this page again. Its record cannot be written meanwhile, so the lines about it are
 * handed back for the next write. To others the run is silent: after the lease they may take it over, and
 * the next write here is then refused.
 */
export async function sitOut(
  scope: LoggedScope,
  first: Outage,
): Promise<{ readonly ending: Ending | null; readonly moves: readonly Transition[] }> {
  const { ports, store, pause, timer, request } = scope;
  const { state, reason, pause: outer } = store.getSnapshot();
  const sinceMs = ports.clock.nowMs();
  const untilMs = ports.clock.monotonicMs() + (ports.outageMaxMs ?? Number.POSITIVE_INFINITY);
  let cause: Outage | null = first;
  let shown: Outage = first;
  timer.stop();
  while (cause !== null && ports.clock.monotonicMs() < untilMs) {
    shown = cause;
    const now = { cause, by: '', sinceMs };
    store.update((status) => ({ ...status, state: 'Running', reason: 'paused', pause: now }));
    await waking(scope, PROBE_MS, [pause.lifted()], true);
    cause = await probe(scope);
  }
  timer.go();
  store.update((status) => ({ ...status, state, reason, pause: outer }));
  const place = { unitId: scope.unit.id };
  if (cause !== null) {
    const failed =
      cause === 'session'
        ? failure('sessionExpired', {}, place)
        : failure('unreachable', { cause: '' }, place);
    return { ending: endingOf('failed', failed), moves: [] };
  }
  const paused = {
    atMs: sinceMs,
    actor: request.user.name,
    state: 'Running',
    reason: 'paused',
    note: shown,
  } as const;
  return { ending: null, moves: [paused, moveOf(scope, { state, reason }, 'goesOn')] };
}

async function probe(scope: LoggedScope): Promise<Outage | null> {
  try {
    await scope.ports.journal.read(scope.journal.journalId);
    return null;
  } catch (error) {
    return error instanceof FailureError && SESSION_CODES.has(error.failure.code) ? 'session' : 'offline';
  }
}

/** Until one of the events, or at most `ms`. */
async function waking(
  scope: LoggedScope,
  ms: number,
  events: readonly Promise<unknown>[],
  isForNet: boolean,
): Promise<void> {
  const { clock, whenOnline } = scope.ports;
  const over = new AbortController();
  const all = [clock.sleep(ms, over.signal), ...events];
  if (isForNet && whenOnline !== undefined) all.push(whenOnline(over.signal));
  await Promise.race(all);
  over.abort();
}

/**
 * Stands still until somebody lets the run go on, from here or through the run record. Gives signs of life
 * meanwhile. Null: the run goes on; otherwise why it ends. `at`: it is a breakpoint, nobody has asked for a pause.
 */
export async function standStill(scope: LoggedScope, at: CommandStop | null = null): Promise<Ending | null> {
  const cause = at === null ? 'person' : 'breakpoint';
  const { ports, store, pause, timer, cancel, request } = scope;
  const { state, reason } = store.getSnapshot();
  const by = pause.wantedBy ?? request.user.name;
  pause.ask(by);
  const refused = await persist(scope, { state: 'Running', reason: 'paused', pauseRequestedBy: by }, [
    moveOf(scope, { state: 'Running', reason: 'paused' }, cause, by),
  ]);
  if (refused !== null) return refused;
  pause.recorded(by);
  const now = { cause, by, sinceMs: ports.clock.nowMs(), ...(at === null ? {} : { at }) } as const;
  store.update((status) => ({
    ...status,
    state: 'Running',
    reason: 'paused',
    pause: now,
    pauseRequested: false,
  }));
  timer.stop();
  const stopped = aborted(cancel.signal);
  while (pause.wantedBy !== null && !cancel.signal.aborted) {
    await waking(scope, BEAT_MS, [pause.lifted(), stopped], false);
    if (pause.wantedBy === null || cancel.signal.aborted) break;
    const outcome = await scope.journal.write({});
    if (outcome.kind === 'cancelRequested') cancel.abort(outcome.by);
    if (outcome.kind === 'fenced') break;
  }
  timer.go();
  store.update((status) => ({ ...status, state, reason, pause: null }));
  if (cancel.signal.aborted) return stopEnding(scope);
  const kept = await persist(scope, { state, reason, pauseRequestedBy: '' }, [
    moveOf(scope, { state, reason }, 'goesOn'),
  ]);
  pause.recorded('');
  return kept;
}

/** Resolves when the signal is set. */
export function aborted(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('stopped');
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
}
