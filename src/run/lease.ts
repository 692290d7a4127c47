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

/** What a page can know of the owner of a run without asking kintone. */
export interface LifeFacts {
  readonly endedAtMs: number | null;
  /** The owner's Web Lock: held or free in this browser, or an owner elsewhere whose lock cannot be seen from here. */
  readonly lock: 'held' | 'free' | 'elsewhere';
  /** What this page saw of the record: never before, moved since the last look, or the same for so many ms. */
  readonly seen: 'first' | 'moved' | number;
}

/**
 * Whether the owner of a run still works on it. In the same browser the Web Lock tells at once;
 * elsewhere only a revision that has not moved for `LEASE_MS` of the watcher's own clock does.
 */
export function lifeFrom({ endedAtMs, lock, seen }: LifeFacts): HolderLife {
  if (endedAtMs !== null || lock === 'free') return 'dead';
  if (lock === 'held' || seen === 'moved') return 'alive';
  return seen !== 'first' && seen >= LEASE_MS ? 'dead' : 'unknown';
}

/** `lifeFrom` with the facts of now; remembers in `observations` what it saw. */
export async function lifeOf(
  entry: Pick<JournalEntry, 'journalId' | 'revision' | 'owner' | 'endedAtMs'>,
  ports: Pick<RunPorts, 'presence' | 'clock'>,
  observations: Observations,
): Promise<HolderLife> {
  const { endedAtMs } = entry;
  if (endedAtMs !== null) return 'dead';
  if (ports.presence.sees(entry.owner)) {
    const claim = await ports.presence.claim(entry.owner);
    claim?.release();
    return lifeFrom({ endedAtMs, lock: claim === null ? 'held' : 'free', seen: 'first' });
  }
  const seen = observations.get(entry.journalId);
  const nowMs = ports.clock.monotonicMs();
  if (seen?.revision === entry.revision)
    return lifeFrom({ endedAtMs, lock: 'elsewhere', seen: nowMs - seen.sinceMs });
  observations.set(entry.journalId, { revision: entry.revision, sinceMs: nowMs });
  return lifeFrom({ endedAtMs, lock: 'elsewhere', seen: seen === undefined ? 'first' : 'moved' });
}

/**
 * Where a run stands, for everybody who meets its record (card, log, queue, units that start units):
 * interrupted: it has written and nobody works on it, so a person has to say what shall happen;
 * abandoned: nobody works on it and it has written nothing, so it can be closed without asking;
 * unclear: nobody watches any more what another service does for it.
 */
export type Standing = 'ended' | 'atWork' | 'unknown' | 'interrupted' | 'abandoned' | 'unclear';

export function standingOf(
  entry: Pick<JournalEntry, 'endedAtMs' | 'reason' | 'cursor'>,
  life: HolderLife,
): Standing {
  if (entry.endedAtMs !== null) return 'ended';
  if (life !== 'dead') return life === 'alive' ? 'atWork' : 'unknown';
  if (entry.reason === 'remote') return 'unclear';
  return hasWritten(entry) ? 'interrupted' : 'abandoned';
}

/**
 * Whether a dead run has written something. Then only the person can say what should happen: going on
 * writes the rest (or, when everything is written, only closes the run), starting over may repeat rows
 * that have no key.
 */
const hasWritten = (entry: Pick<JournalEntry, 'reason' | 'cursor'>): boolean =>
  (entry.reason === 'writing' || entry.reason === 'paused') && entry.cursor > 0;

/** Whether nothing but the terminal entry was missing: a flow still to be planned is not a success yet. */
export const hasWrittenAll = (entry: JournalEntry): boolean =>
  hasWritten(entry) &&
  entry.cursor >= entry.rowsPlanned &&
  entry.flows.every((flow) => flow.state === 'Success');
