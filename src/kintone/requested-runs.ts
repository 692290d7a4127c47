import { FailureError } from '../definition/errors';
import type { AppRef } from '../definition/types';
import type { JournalEntry } from '../run';
import type { ClientFor } from './client';
import { entryOf } from './log-app/entry';
import { signedBy } from './log-app/signed';
import { readFailure } from './request-error';

export interface RequestedRun {
  readonly entry: JournalEntry;
  /** Login name of whoever made the record, as kintone itself wrote it down. */
  readonly creator: string;
}

const LIMIT = 100;

/** Runs that pages have asked a server for and nobody has claimed, oldest first. Throws `FailureError`. */
export async function requestedRuns(
  clientFor: ClientFor,
  logApp: AppRef,
  unitIds: readonly string[],
): Promise<readonly RequestedRun[]> {
  if (unitIds.length === 0) return [];
  const query = [
    'state_reason in ("requested") and run_owner = ""',
    `execution_unit_Id in (${unitIds.map((id) => `"${id}"`).join(', ')})`,
  ].join(' and ');
  try {
    const { records } = await clientFor(logApp).record.getRecords({
      app: logApp.appId,
      query: `${query} order by $id asc limit ${LIMIT}`,
    });
    return records.map((record) => ({ entry: entryOf(record), creator: signedBy(record, 'CREATOR') }));
  } catch (error) {
    throw new FailureError(readFailure(error, { appId: logApp.appId }));
  }
}
