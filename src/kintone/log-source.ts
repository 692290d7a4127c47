import { FailureError, failure } from '../definition/errors';
import type { AppRef } from '../definition/types';
import type { JournalEntry } from '../run';
import type { KintoneClient } from './client';
import { entryOf } from './log-app/entry';
import { readFailure } from './request-error';

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
  readonly client: Pick<KintoneClient, 'record'>;
  readonly logApp: AppRef;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  /** Page of a record, as the screen links to it. */
  readonly recordUrl: (app: AppRef, recordId: string) => string;
}

/**
 * Runs from the log app, newest first, paged by record id (no offset, so paging stays stable while
 * new runs arrive). Throws `FailureError` only.
 */
export function kintoneLogSource(options: LogSourceOptions) {
  const { client, logApp, units, recordUrl } = options;

  async function read(query: string): Promise<readonly JournalEntry[]> {
    try {
      const reply = await client.record.getRecords({ app: logApp.appId, query });
      return reply.records.map(entryOf);
    } catch (error) {
      const found = readFailure(error, { appId: logApp.appId });
      throw new FailureError(
        LOG_CODES[found.code] === undefined
          ? found
          : failure(LOG_CODES[found.code] ?? '', found.params, found.place),
      );
    }
  }

  return {
    list: (query: RunQuery) => read(`${conditionOf(query)} order by $id desc limit ${query.limit}`.trim()),
    detail: async (journalId: string) => (await read(`$id = ${journalId} limit 1`))[0] ?? null,
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
