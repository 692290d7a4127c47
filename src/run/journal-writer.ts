import type { DataRequest } from '../plan/types';
import { type Transition, withTransitions } from './history';
import type { CommitReply, JournalEntry, JournalPatch, Refusal, RunPorts } from './ports';
import type { Landing } from './read-back';
import { backoffMs, isRetryableCode, MAX_ATTEMPTS } from './retry';

/** What became of one write of the journal (and the data that went with it). */
export type WriteOutcome =
  | {
      readonly kind: 'committed';
      /** Null: it was lost. */
      readonly reply: Extract<CommitReply, { kind: 'committed' }> | null;
      /** What the record tells of a commit whose reply was lost; null: nothing certain. */
      readonly landing: Landing | null;
    }
  /** kintone refused a data row (or the whole request) for good; nothing was written. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Somebody else owns the run now, or it has ended: write nothing more. */
  | { readonly kind: 'fenced'; readonly entry: JournalEntry | null }
  /** Somebody asked for a stop from another screen; this write did not happen. */
  | { readonly kind: 'cancelRequested'; readonly by: string }
  /** The same for a pause; only of writes with data, because the others may go on. */
  | { readonly kind: 'pauseRequested'; readonly by: string }
  /** kintone could not be reached long enough; this write did not happen as far as can be known. */
  | { readonly kind: 'unreachable'; readonly cause: string };

export interface JournalWriter {
  readonly journalId: string;
  /** One at a time; later calls wait. `moves` become lines of the record's `transitions`, in the same commit. */
  write(
    patch: JournalPatch,
    requests?: readonly DataRequest[],
    moves?: readonly Transition[],
  ): Promise<WriteOutcome>;
  /** Whether these requests, once given up as unreachable, have turned out to be carried out. */
  hasLanded(requests: readonly DataRequest[]): boolean;
}

/**
 * Owns the run record's revision. Every write carries a fresh nonce and the revision that was last
 * seen, so kintone itself refuses a stale owner (fencing), and after a lost reply the nonce tells
 * whether the write was ours. Never repeats a write before the journal has been read.
 * Protocol: facts "reliability" 3.4.
 */
export function journalWriter(
  ports: RunPorts,
  start: {
    readonly journalId: string;
    readonly revision: string;
    readonly owner: string;
    /** What the record's `transitions` say so far. */
    readonly transitions: string;
    /** Hears of the record whenever somebody else has written into it. */
    readonly heard?: (entry: JournalEntry) => void;
  },
): JournalWriter {
  const { journalId, owner } = start;
  let { revision, transitions } = start;
  let fence: { readonly entry: JournalEntry | null } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  /** A write that was given up without knowing whether kintone carried it out, or is still going to. */
  let unsettled: {
    readonly nonce: string;
    readonly patch: JournalPatch;
    readonly requests: readonly DataRequest[];
    /** Revision that it would follow on. */
    readonly revision: string;
    readonly sentAtMs: number;
  } | null = null;
  /** Such a write, once the record has told that it was carried out after all. */
  let landed: { readonly requests: readonly DataRequest[]; readonly landing: Landing | null } | null = null;
  /** Once somebody has asked for a stop, nothing but the end is written. */
  let stopAskedBy: string | null = null;

  async function attemptWrite(
    wanted: JournalPatch,
    requests: readonly DataRequest[],
    moves: readonly Transition[],
    nonce: string,
    sentAtMs: number,
  ): Promise<WriteOutcome> {
    let patch = wanted;
    let cause = '';
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (attempt > 1) await ports.clock.sleep(backoffMs(attempt, ports.random));
      const sent = revision;
      const lines = moves.length === 0 ? null : withTransitions(transitions, moves);
      const reply = await ports.journal.commit({
        journalId,
        revision: sent,
        patch: {
          ...patch,
          ...(lines === null ? {} : { transitions: lines }),
          nonce,
          requestCount: ports.requestCount(),
        },
        requests,
      });
      if (reply.kind === 'committed') {
        revision = reply.revision;
        transitions = lines ?? transitions;
        return { kind: 'committed', reply, landing: null };
      }
      if (reply.kind === 'refused') {
        cause = reply.refusal.code;
        if (isRetryableCode(reply.refusal.code)) continue;
        if (reply.refusal.code !== 'GAIA_CO02') return { kind: 'refused', refusal: reply.refusal };
      } else {
        cause = reply.cause;
      }
      const entry = await readBack();
      if (entry === 'unreachable') continue;
      if (entry !== null && entry.nonce === nonce) {
        revision = entry.revision;
        transitions = entry.transitions;
        return { kind: 'committed', reply: null, landing: landingOf(entry, sent, sentAtMs) };
      }
      if (unsettled !== null && entry?.nonce === unsettled.nonce) {
        const landing = landingOf(entry, unsettled.revision, unsettled.sentAtMs);
        landed = { requests: unsettled.requests, landing };
        patch = afterAll(patch, unsettled.patch);
      }
      if (entry === null || entry.owner !== owner || entry.endedAtMs !== null) {
        fence = { entry };
        return { kind: 'fenced', entry };
      }
      if (entry.revision === sent && reply.kind === 'refused') {
        // The journal stands where we left it, so the conflict is on a row of the data.
        return { kind: 'refused', refusal: reply.refusal };
      }
      const isMoved = entry.revision !== sent;
      revision = entry.revision;
      transitions = entry.transitions;
      if (!isMoved || patch.endedAtMs !== undefined) continue;
      start.heard?.(entry);
      const found = landedAs(requests);
      if (found !== null) return found;
      if (entry.cancelRequestedBy !== '') stopAskedBy = entry.cancelRequestedBy;
      if (stopAskedBy !== null) return { kind: 'cancelRequested', by: stopAskedBy };
      if (requests.length > 0 && entry.pauseRequestedBy !== '') {
        return { kind: 'pauseRequested', by: entry.pauseRequestedBy };
      }
    }
    return { kind: 'unreachable', cause };
  }

  function landedAs(requests: readonly DataRequest[]): Extract<WriteOutcome, { kind: 'committed' }> | null {
    if (requests.length === 0 || landed?.requests !== requests) return null;
    return { kind: 'committed', reply: null, landing: landed.landing };
  }

  async function readBack(): Promise<JournalEntry | null | 'unreachable'> {
    try {
      return await ports.journal.read(journalId);
    } catch {
      return 'unreachable';
    }
  }

  return {
    journalId,
    hasLanded: (requests) => landed?.requests === requests,
    write(patch, requests = [], moves = []) {
      const result = last.then(async (): Promise<WriteOutcome> => {
        const found = landedAs(requests);
        if (found !== null) return found;
        if (fence !== null) return { kind: 'fenced', entry: fence.entry };
        if (stopAskedBy !== null && patch.endedAtMs === undefined)
          return { kind: 'cancelRequested', by: stopAskedBy };
        const nonce = ports.random.uuid();
        const sentAtMs = ports.clock.nowMs();
        const outcome = await attemptWrite(patch, requests, moves, nonce, sentAtMs);
        if (outcome.kind === 'committed') unsettled = null;
        else if (requests.length > 0) unsettled = { nonce, patch, requests, revision, sentAtMs };
        return outcome;
      });
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** Null when somebody else has written into the record since: what kintone notes there is theirs then. */
function landingOf(entry: JournalEntry, sentRevision: string, sentAtMs: number): Landing | null {
  const isLast = Number(entry.revision) === Number(sentRevision) + 1;
  return isLast && entry.lastWrite !== null ? { ...entry.lastWrite, sentAtMs } : null;
}

/** The last entry of a run whose given up commit turned out to be there: the log counts what is written. */
function afterAll(patch: JournalPatch, landed: JournalPatch): JournalPatch {
  if (patch.endedAtMs === undefined || landed.counts === undefined) return patch;
  const flows = patch.flows?.map((flow) => {
    const written = landed.flows?.find((candidate) => candidate.flowId === flow.flowId);
    if (written === undefined) return flow;
    return {
      ...flow,
      counts: written.counts,
      state: written.state === 'Success' ? written.state : flow.state,
    };
  });
  return { ...patch, counts: landed.counts, ...(flows === undefined ? {} : { flows }) };
}
