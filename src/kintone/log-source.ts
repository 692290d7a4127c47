import { type Failure, FailureError, failure } from '../definition/errors';
import type { AppRef } from '../definition/types';
import {
  type AfterRunKind,
  type Clock,
  type Closing,
  closeRun,
  type Describe,
  type JournalEntry,
  type JournalPatch,
  lifeOf,
  type MoveNote,
  type Observations,
  offKey,
  type PresencePort,
  type Standing,
  standingOf,
  withTransitions,
} from '../run';
import { apiPath, type KintoneClient } from './client';
import { realClock, realRandomness } from './clock';
import { journalPort } from './journal-port';
import { entryOf, patchFields } from './log-app/entry';
import { readFailure, refusalOf } from './request-error';
import { createUsage } from './usage';

/** What the log panel asks for; see `src/log/source.ts` for the meaning of the parts. */
interface RunQuery {
  readonly states: readonly string[];
  readonly unitId: string;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly beforeId: string | null;
  readonly limit: number;
}

export interface LogSourceOptions {
  readonly client: KintoneClient;
  readonly logApp: AppRef;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  /** Page of a record, as the screen links to it. */
  readonly recordUrl: (app: AppRef, recordId: string) => string;
  /** Who looks at the log; stands in the run record when they ask for something. */
  readonly user: { readonly name: string };
  /** Whether they look after the units; what they may really change is decided by the log app's permissions. */
  readonly mayEnable: boolean;
  /** Tells at once whether a run of this browser still has its page. */
  readonly presence: PresencePort;
  /** Sentences for the run record. */
  readonly describe: Describe;
  /** Real time unless given. */
  readonly clock?: Clock;
  /** See `src/log/source.ts`; absent: not here. */
  readonly after?: ((entry: JournalEntry, kind: AfterRunKind) => 'started' | 'busy') | 'testEnvironment';
  readonly connections?: {
    readonly units: readonly { readonly id: string; readonly name: string }[];
    test(unitId: string): Promise<{ readonly isGood: boolean; readonly failure: Failure }>;
  };
}

/** A busy run writes its record every few seconds, so a request may lose the race now and then. */
const REQUEST_ATTEMPTS = 8;
/** A unit starts a handful of others. */
const CHILDREN_MAX = 50;

/**
 * Runs from the log app, newest first, paged by record id (no offset, so paging stays stable while
 * new runs arrive). Throws `FailureError` only.
 */
export function kintoneLogSource(options: LogSourceOptions) {
  const { client, logApp, units, recordUrl, user, presence, describe, clock = realClock } = options;
  const journal = journalPort(() => client, logApp, { clock, random: realRandomness, usage: createUsage() });
  /** What this panel has seen of runs that go on: whether they move. */
  const observations: Observations = new Map();

  /** Runs that had not ended, as they were read last. */
  const lastRead = new Map<string, { readonly entry: JournalEntry; readonly atMs: number }>();

  function seen(entry: JournalEntry): JournalEntry {
    const { journalId } = entry;
    if (entry.endedAtMs === null || lastRead.has(journalId))
      lastRead.set(journalId, { entry, atMs: clock.monotonicMs() });
    return entry;
  }

  /** By the newest that was read: a record says nothing about the time since then, and long lists are not read again by themselves. */
  async function standing(given: JournalEntry): Promise<Standing> {
    const { entry = given, atMs = clock.monotonicMs() } = lastRead.get(given.journalId) ?? {};
    // A run that no server has claimed yet has nobody who could die.
    if (entry.endedAtMs === null && entry.owner === '') return 'unknown';
    const ports = { presence, clock: { ...clock, monotonicMs: () => atMs } };
    return standingOf(entry, await lifeOf(entry, ports, observations));
  }

  async function read(query: string): Promise<readonly JournalEntry[]> {
    try {
      const reply = await client.record.getRecords({ app: logApp.appId, query });
      return reply.records.map(entryOf).map(seen);
    } catch (error) {
      const found = readFailure(error, { appId: logApp.appId });
      throw new FailureError(
        LOG_CODES[found.code] === undefined
          ? found
          : failure(LOG_CODES[found.code] ?? '', found.params, found.place),
      );
    }
  }

  const detail = async (journalId: string): Promise<JournalEntry | null> =>
    (await read(`$id = ${journalId} limit 1`))[0] ?? null;

  /**
   * Leaves a request in the run record; its owner obeys before its next commit, or at its next sign of life.
   * Conditional on the revision, so a run that has just ended is left as it ended.
   * `change`: what to write; null: the record says it already; ended: it is too late.
   */
  async function leave(
    journalId: string,
    note: MoveNote,
    change: (entry: JournalEntry) => JournalPatch | null | 'ended',
  ): Promise<'asked' | 'ended'> {
    for (let attempt = 1; ; attempt += 1) {
      const entry = await detail(journalId);
      if (entry === null) return 'ended';
      const patch = change(entry);
      if (patch === 'ended') return 'ended';
      if (patch === null) return 'asked';
      const { state, reason } = entry;
      const line = { atMs: clock.nowMs(), actor: user.name, state, reason, note };
      const transitions = withTransitions(entry.transitions, [line]);
      const record = patchFields({ ...patch, transitions });
      const payload = { app: logApp.appId, records: [{ id: journalId, revision: entry.revision, record }] };
      try {
        await client.bulkRequest({ requests: [{ method: 'PUT', api: apiPath(logApp, 'records'), payload }] });
        return 'asked';
      } catch (error) {
        const reply = refusalOf(error);
        const isRaceLost = reply.kind === 'refused' && reply.refusal.code === 'GAIA_CO02';
        if (!isRaceLost || attempt >= REQUEST_ATTEMPTS)
          throw new FailureError(readFailure(error, { appId: logApp.appId }));
      }
    }
  }

  const leaveWhileOpen = (
    journalId: string,
    note: MoveNote,
    change: (entry: JournalEntry) => JournalPatch | null,
  ): Promise<'asked' | 'ended'> =>
    leave(journalId, note, (entry) => (entry.endedAtMs === null ? change(entry) : 'ended'));

  async function close(journalId: string): Promise<Closing> {
    const ports = { journal, clock, random: realRandomness, presence, describe };
    const outcome = await closeRun(ports, journalId, user, observations);
    if (typeof outcome === 'string') return outcome;
    const { code, message, status } = outcome;
    const params = { code, message, status, app: logApp.appId };
    throw new FailureError(
      failure(code === 'CB_NO02' ? 'noWritePermission' : 'kintoneRefused', params, { appId: logApp.appId }),
    );
  }

  return {
    standing,
    close,
    mayEnable: options.mayEnable,
    after: options.after ?? null,
    connections: options.connections ?? null,
    /** Records that say that a unit is switched off. */
    switchedOff: async () =>
      units.length === 0
        ? []
        : read(`lock_key in (${units.map(({ id }) => quote(offKey(id))).join(', ')}) limit 100`),
    enable: (journalId: string) =>
      leave(journalId, 'enabled', ({ lockKey, unitId }) =>
        lockKey === offKey(unitId) ? { lockKey: '' } : 'ended',
      ),
    parentOf: async (entry: JournalEntry) =>
      entry.parentRun === ''
        ? null
        : ((await read(`run_key = ${quote(entry.parentRun)} limit 1`))[0] ?? null),
    childrenOf: (entry: JournalEntry) =>
      read(`parent_run = ${quote(entry.runId)} order by $id asc limit ${CHILDREN_MAX}`),
    requestStop: (journalId: string) =>
      leaveWhileOpen(journalId, 'stopRequested', ({ cancelRequestedBy }) =>
        cancelRequestedBy === '' ? { cancelRequestedBy: user.name } : null,
      ),
    requestPause: (journalId: string) =>
      leaveWhileOpen(journalId, 'pauseRequested', ({ pauseRequestedBy }) =>
        pauseRequestedBy === '' ? { pauseRequestedBy: user.name } : null,
      ),
    liftPause: (journalId: string) =>
      leaveWhileOpen(journalId, 'pauseLifted', ({ pauseRequestedBy }) =>
        pauseRequestedBy === '' ? null : { pauseRequestedBy: '' },
      ),
    list: (query: RunQuery) => read(`${conditionOf(query)} order by $id desc limit ${query.limit}`.trim()),
    detail,
    units: () => units,
    logUrl: (journalId: string) => recordUrl(logApp, journalId),
    recordUrl: (appId: string, recordId: string) => recordUrl({ appId }, recordId),
  };
}

/** The same refusals mean something more exact here: it is the log app that cannot be read. */
const LOG_CODES: Readonly<Record<string, string>> = {
  noReadPermission: 'noLogPermission',
  appNotFound: 'logAppMissing',
  fieldMissing: 'logAppIncomplete',
};

function conditionOf(query: RunQuery): string {
  const parts: string[] = [];
  if (query.states.length > 0) parts.push(`state in (${query.states.map(quote).join(', ')})`);
  if (query.unitId !== '') parts.push(`execution_unit_Id = ${quote(query.unitId)}`);
  if (query.fromMs !== null) parts.push(`start_epoch >= ${(query.fromMs / 1000).toFixed(3)}`);
  if (query.toMs !== null) parts.push(`start_epoch <= ${(query.toMs / 1000).toFixed(3)}`);
  if (query.beforeId !== null) parts.push(`$id < ${query.beforeId}`);
  return parts.join(' and ');
}

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
