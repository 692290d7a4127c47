import type { JournalEntry, RunPorts } from './ports';

/**
 * A run that gives no sign of life for this long may be taken over. Longer than three beats, than a
 * hidden tab's throttled timers (once a minute) and than the slowest commit seen (about 50 s):
 * facts "reliability" 3.3. Only liveness rests on it; safety rests on the journal's revision.
 */
export const LEASE_MS = 120_000;
/** Long enough to see a silent holder's lease run out. */
export const WATCH_MS = LEASE_MS + 15_000;
/** A sign of life while nothing is being written (reading, computing, waiting for the person). */
export const BEAT_MS = 30_000;

/** What a page has seen of other runs' records: the revision, and since when it has not moved (own monotonic clock). */
export type Observations = Map<string, { readonly revision: string; readonly sinceMs: number }>;

export type HolderLife = 'alive' | 'dead' | 'unknown';

/**
 * Whether the owner of a run still works on it. In the same browser the Web Lock tells at once;
 * elsewhere only a revision that has not moved for `LEASE_MS` of the watcher's own clock does.
 */
export async function lifeOf(
  entry: Pick<JournalEntry, 'journalId' | 'revision' | 'owner' | 'endedAtMs'>,
  ports: Pick<RunPorts, 'presence' | 'clock'>,
  observations: Observations,
): Promise<HolderLife> {
  if (entry.endedAtMs !== null) return 'dead';
  if (ports.presence.sees(entry.owner)) {
    const claim = await ports.presence.claim(entry.owner);
    if (claim === null) return 'alive';
    claim.release();
    return 'dead';
  }
  const seen = observations.get(entry.journalId);
  const nowMs = ports.clock.monotonicMs();
  if (seen === undefined || seen.revision !== entry.revision) {
    observations.set(entry.journalId, { revision: entry.revision, sinceMs: nowMs });
    return seen === undefined ? 'unknown' : 'alive';
  }
  return nowMs - seen.sinceMs >= LEASE_MS ? 'dead' : 'unknown';
}

/**
 * Whether a dead run has written something. Then only the person can say what should happen: going on
 * writes the rest (or, when everything is written, only closes the run), starting over may repeat rows
 * that have no key.
 */
export const hasWritten = (entry: JournalEntry): boolean =>
  (entry.reason === 'writing' || entry.reason === 'paused') && entry.cursor > 0;

/** Whether nothing but the terminal entry was missing: a flow still to be planned is not a success yet. */
export const hasWrittenAll = (entry: JournalEntry): boolean =>
  hasWritten(entry) &&
  entry.cursor >= entry.rowsPlanned &&
  entry.flows.every((flow) => flow.state === 'Success');
