import { FailureError } from '../definition/errors';
import type { AppRef } from '../definition/types';
import type { JournalEntry } from '../run';
import type { KintoneRecord } from '../table';
import type { ClientFor } from './client';
import { entryOf } from './log-app/entry';
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
    return records.map((record) => ({ entry: entryOf(record), creator: creatorOf(record) }));
  } catch (error) {
    throw new FailureError(readFailure(error, { appId: logApp.appId }));
  }
}

/** The field's code depends on the language in which the app was made; its type does not. */
function creatorOf(record: KintoneRecord): string {
  const value = Object.values(record).find((cell) => cell.type === 'CREATOR')?.value;
  return typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : '';
}
