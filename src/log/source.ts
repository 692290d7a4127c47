import type { Failure } from '../definition/errors';
import type { RunState } from '../definition/types';
import type { AfterRunKind } from '../run/carry-on';
import type { Closing } from '../run/close-dead';
import type { Standing } from '../run/lease';
import type { JournalEntry } from '../run/ports';

export interface LogQuery {
  /** Empty: every state. */
  readonly states: readonly RunState[];
  /** Blank: every unit. */
  readonly unitId: string;
  /** Start of the run, epoch milliseconds, both inclusive; null: open. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Only entries with a smaller record id than this one; null: from the newest on. */
  readonly beforeId: string | null;
  readonly limit: number;
}

export interface Connections {
  /** Units that another service carries out. */
  readonly units: readonly { readonly id: string; readonly name: string }[];
  /** Asks the service for a token. Nothing is run, but it counts for the limit of the unit. */
  test(unitId: string): Promise<{ readonly isGood: boolean; readonly failure: Failure }>;
}

/** Where the log panel gets runs from. Its functions throw `FailureError` only. */
/**
 * Starts the run that follows this one, in this page; `busy`: another run is going on here. testEnvironment: kintone
 * shows settings that are not in use yet, but every app that a run would write into is the real one.
 */
export type RunAfter = ((entry: JournalEntry, kind: AfterRunKind) => 'started' | 'busy') | 'testEnvironment';

export interface LogSource {
  /** Newest first, by record id. Fewer than `limit` entries: there are no older ones. */
  list(query: LogQuery): Promise<readonly JournalEntry[]>;
  /** One entry as it is now; null when it was deleted. */
  detail(journalId: string): Promise<JournalEntry | null>;
  /** Asks the run's owner to stop before its next commit; `ended`: too late, the run is over. */
  requestStop(journalId: string): Promise<'asked' | 'ended'>;
  /** Asks it to stand still before its next commit, or lets it go on; `ended` as above. */
  requestPause(journalId: string): Promise<'asked' | 'ended'>;
  liftPause(journalId: string): Promise<'asked' | 'ended'>;
  /** Where a run stands (see `standingOf`), as far as this panel can tell from what it has read. Costs no request. */
  standing(entry: JournalEntry): Promise<Standing>;
  /** Closes a run that nobody works on; what was written stays. Nothing happens to a run that goes on. */
  close(journalId: string): Promise<Closing>;
  /** Whether the person looks after the units, so that switching one on again is offered. */
  readonly mayEnable: boolean;
  /** Records that say that a unit is switched off because of too many starts. */
  switchedOff(): Promise<readonly JournalEntry[]>;
  /** Enables the unit of such a record again; `ended`: somebody was quicker. */
  enable(journalId: string): Promise<'asked' | 'ended'>;
  /** null: this page starts no runs. */
  readonly after: RunAfter | null;
  /** Where pages may ask other services: the test of their connections. null: not here. */
  readonly connections: Connections | null;
  /** The run whose flow started this one; null when there is none. */
  parentOf(entry: JournalEntry): Promise<JournalEntry | null>;
  /** Runs that the flows of this one started, in order. */
  childrenOf(entry: JournalEntry): Promise<readonly JournalEntry[]>;
  /** Units to filter by. */
  units(): readonly { readonly id: string; readonly name: string }[];
  /** Page of the log record. */
  logUrl(journalId: string): string;
  /** Page of the record that a run was started from. */
  recordUrl(appId: string, recordId: string): string;
}
