import type { DataRequest } from '../plan/types';
import type { CommitReply, JournalEntry, JournalPatch, Refusal, RunPorts } from './ports';
import { backoffMs, isRetryableCode, MAX_ATTEMPTS } from './retry';

/** What became of one write of the journal (and the data that went with it). */
export type WriteOutcome =
  | { readonly kind: 'committed'; readonly reply: Extract<CommitReply, { kind: 'committed' }> | null }
  /** kintone refused a data row (or the whole request) for good; nothing was written. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Somebody else owns the run now, or it has ended: write nothing more. */
  | { readonly kind: 'fenced'; readonly entry: JournalEntry | null }
  /** Somebody asked for a stop from another screen; this write did not happen. */
  | { readonly kind: 'cancelRequested'; readonly by: string }
  /** kintone could not be reached long enough; this write did not happen as far as can be known. */
  | { readonly kind: 'unreachable'; readonly cause: string };

export interface JournalWriter {
  readonly journalId: string;
  /** One at a time; later calls wait. */
  write(patch: JournalPatch, requests?: readonly DataRequest[]): Promise<WriteOutcome>;
}

/**
 * Owns the run record's revision. Every write carries a fresh nonce and the revision that was last
 * seen, so kintone itself refuses a stale owner (fencing), and after a lost reply the nonce tells
 * whether the write was ours. Never repeats a write before the journal has been read.
 * Protocol: facts "reliability" 3.4.
 */
export function journalWriter(
  ports: RunPorts,
  start: { readonly journalId: string; readonly revision: string; readonly owner: string },
): JournalWriter {
  const { journalId, owner } = start;
  let revision = start.revision;
  let fence: { readonly entry: JournalEntry | null } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  /** A write that was given up without knowing whether kintone carried it out, or is still going to. */
  let unsettled: { readonly nonce: string; readonly patch: JournalPatch } | null = null;

  async function attemptWrite(
    wanted: JournalPatch,
    requests: readonly DataRequest[],
    nonce: string,
  ): Promise<WriteOutcome> {
    let patch = wanted;
    let cause = '';
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (attempt > 1) await ports.clock.sleep(backoffMs(attempt, ports.random));
      const sent = revision;
      const reply = await ports.journal.commit({
        journalId,
        revision: sent,
        patch: { ...patch, nonce, requestCount: ports.requestCount() },
        requests,
      });
      if (reply.kind === 'committed') {
        revision = reply.revision;
        return { kind: 'committed', reply };
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
        return { kind: 'committed', reply: null };
      }
      if (unsettled !== null && entry?.nonce === unsettled.nonce) patch = afterAll(patch, unsettled.patch);
      if (entry === null || entry.owner !== owner || entry.endedAtMs !== null) {
        fence = { entry };
        return { kind: 'fenced', entry };
      }
      if (entry.revision === sent && reply.kind === 'refused') {
        // The journal stands where we left it, so the conflict is on a row of the data.
        return { kind: 'refused', refusal: reply.refusal };
      }
      const isNewRequest =
        entry.revision !== sent && entry.cancelRequestedBy !== '' && patch.endedAtMs === undefined;
      revision = entry.revision;
      if (isNewRequest) return { kind: 'cancelRequested', by: entry.cancelRequestedBy };
    }
    return { kind: 'unreachable', cause };
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
    write(patch, requests = []) {
      const result = last.then(async (): Promise<WriteOutcome> => {
        if (fence !== null) return { kind: 'fenced', entry: fence.entry };
        const nonce = ports.random.uuid();
        const outcome = await attemptWrite(patch, requests, nonce);
        if (outcome.kind === 'committed') unsettled = null;
        else if (requests.length > 0) unsettled = { nonce, patch };
        return outcome;
      });
      last = result.catch(() => undefined);
      return result;
    },
  };
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
