/** A run that goes on elsewhere, shown from its log record: what `join` and runs on a server look like here. */
import { FailureError, failure } from '../definition/errors';
import { askToStop } from './ask-to-stop';
import { closeDead } from './close-dead';
import { endingOf } from './endings';
import { lifeOf, type Observations, standingOf } from './lease';
import type { JournalEntry, RunNews } from './ports';
import { closeUnclear } from './remote-unit/dead';
import { type Ending, isDoneEarlier, type RunScope } from './scope';
import type { FlowStatus, RunStatus } from './status';

/** Between two looks at the log record: 15 requests a minute. Pages of the same browser hear of it at once. */
const LOOK_EVERY_MS = 4_000;

export interface LiveViewOptions {
  readonly as: 'joined' | 'requested';
  /** Called at every look while the run has not ended; an answer ends the view with it. */
  readonly onLook?: (entry: JournalEntry) => Promise<Ending | null>;
}

/** How the view ended; `dead`: the run stands still and its page is gone. */
export type Viewed =
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'dead'; readonly entry: JournalEntry };

/**
 * Follows a run to its end and shows it in `scope.store` under its own run id. The handle's `cancel` asks the run's
 * owner to stop; the view goes on until the record says how the run ended.
 */
export async function viewLive(
  scope: RunScope,
  found: JournalEntry,
  observations: Observations,
  options: LiveViewOptions,
): Promise<Viewed> {
  const { ports, cancel, left, store } = scope;
  const bell = doorBell(scope, found.journalId);
  let entry = found;
  try {
    for (;;) {
      const shown = entry;
      store.update((status) => shownEntry(status, shown, options.as));
      if (entry.endedAtMs !== null || left.aborted) return { kind: 'ended', ending: endingFrom(entry) };
      const ending = (await options.onLook?.(entry)) ?? null;
      if (ending !== null) return { kind: 'ended', ending };
      // A server that was stopped goes on with its runs when it is back.
      if (options.as === 'joined' && (await lifeOf(entry, ports, observations)) === 'dead') {
        return { kind: 'dead', entry };
      }
      const isAsking = cancel.signal.aborted && entry.cancelRequestedBy === '';
      // A lost race is tried again at the next look.
      const isAsked = isAsking && (await askToStop(ports, entry, scope.request.user.name));
      if (!isAsked) await bell.sleep(LOOK_EVERY_MS * (0.75 + ports.random.unit() / 2));
      const next = await look(scope, entry);
      if (next === null) return { kind: 'ended', ending: gone(scope) };
      entry = next;
    }
  } finally {
    bell.release();
  }
}

/** What a dead run means for somebody who only watched it: nothing to decide, or a choice. */
export async function afterDeath(scope: RunScope, entry: JournalEntry): Promise<Ending> {
  const place = { unitId: scope.unit.id };
  const standing = standingOf(entry, 'dead');
  const found = standing === 'unclear' ? await closeUnclear(scope, entry) : 'again';
  if (found !== 'again') return found;
  if (standing === 'interrupted') {
    const params = { user: entry.user.name, written: entry.cursor, planned: entry.rowsPlanned };
    return endingOf('interrupted', failure('interruptedRunFound', params, place));
  }
  await closeDead(scope, entry);
  return endingOf('failed', failure('watchedRunGone', { user: entry.user.name }, place));
}

async function look(scope: RunScope, entry: JournalEntry): Promise<JournalEntry | null> {
  try {
    return await scope.ports.journal.read(entry.journalId);
  } catch (error) {
    // Out of reach for a moment: the view keeps what it has.
    if (error instanceof FailureError) return entry;
    throw error;
  }
}

const gone = (scope: RunScope): Ending =>
  endingOf('failed', failure('runRecordGone', {}, { unitId: scope.unit.id }));

/** The log keeps sentences, not failures: the sentence of the run is the one that is shown. */
function endingFrom(entry: JournalEntry): Ending {
  const value =
    entry.message === ''
      ? null
      : failure(
          'watchedRunSays',
          { message: entry.message, code: entry.errorCode },
          { unitId: entry.unitId },
        );
  return { state: entry.state === 'Success' ? 'Success' : 'Failure', reason: entry.reason, failure: value };
}

function shownEntry(status: RunStatus, entry: JournalEntry, as: LiveViewOptions['as']): RunStatus {
  return {
    ...status,
    runId: entry.runId,
    journalId: entry.journalId,
    undoOf: entry.undoOf || null,
    state: entry.state,
    reason: entry.reason,
    user: entry.user,
    startedAtMs: entry.startedAtMs,
    endedAtMs: entry.endedAtMs,
    failure: entry.endedAtMs === null ? status.failure : endingFrom(entry).failure,
    progress: { rowsWritten: entry.cursor, rowsPlanned: entry.rowsPlanned },
    counts: entry.counts,
    requestCount: entry.requestCount,
    cancelRequested: status.cancelRequested || entry.cancelRequestedBy !== '',
    watched: as,
    flows: entry.flows.map((flow) => {
      const known = status.flows.find((one) => one.flowId === flow.flowId);
      const shown = flowOf(known, flow);
      return isDoneEarlier(entry, flow) ? { ...shown, isDoneEarlier: true } : shown;
    }),
  };
}

function flowOf(known: FlowStatus | undefined, flow: JournalEntry['flows'][number]): FlowStatus {
  return {
    commands: [],
    outputs: [],
    failure: null,
    ...known,
    flowId: flow.flowId,
    key: flow.key,
    name: flow.name,
    state: flow.state,
    startedAtMs: flow.startedAtMs,
    endedAtMs: flow.endedAtMs,
    logged: { rowsRead: flow.rowsRead, counts: flow.counts },
  };
}

/** Rings when the person asks for a stop or another page of this browser has news of the run. */
function doorBell({ ports, store, cancel, left }: RunScope, journalId: string) {
  let wake = new AbortController();
  const ring = (): void => wake.abort();
  const release = ports.news.hear((news) => {
    if (news.journalId !== journalId) return;
    store.update((status) => withNews(status, news));
    if (news.kind !== 'progress') ring();
  });
  cancel.signal.addEventListener('abort', ring);
  left.addEventListener('abort', ring);
  return {
    async sleep(ms: number): Promise<void> {
      await ports.clock.sleep(ms, wake.signal);
      wake = new AbortController();
    },
    release(): void {
      release();
      cancel.signal.removeEventListener('abort', ring);
    },
  };
}

/** Progress may be shown before the log is read again; an end is believed only when the log says it. */
const withNews = (status: RunStatus, news: RunNews): RunStatus =>
  news.kind !== 'progress'
    ? status
    : {
        ...status,
        state: news.state,
        reason: news.reason,
        progress: { rowsWritten: news.rowsWritten, rowsPlanned: news.rowsPlanned },
      };
