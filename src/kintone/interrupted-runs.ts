import { FailureError } from '../definition/errors';
import type { AppRef } from '../definition/types';
import type { JournalEntry } from '../run';
import type { KintoneRecord } from '../table';
import type { ClientFor } from './client';
import { entryOf } from './log-app/entry';
import { signedBy } from './log-app/signed';
import { readFailure } from './request-error';

const LIMIT = 100;

/** Runs of the units that have written and not ended, oldest first: those at work among them. Throws `FailureError`. */
export async function runsHalfWay(
  clientFor: ClientFor,
  logApp: AppRef,
  unitIds: readonly string[],
): Promise<readonly JournalEntry[]> {
  const query = [
    'state in ("Running") and state_reason in ("writing") and write_cursor > 0',
    `execution_unit_Id in (${unitIds.map((id) => `"${id}"`).join(', ')})`,
  ].join(' and ');
  return (await read(clientFor, logApp, `${query} order by $id asc limit ${LIMIT}`)).map(entryOf);
}

/**
 * Who wrote a run record last, as kintone itself knows it, and what that made of it; null: there is no such record.
 * Throws `FailureError`.
 */
export async function lastWriter(
  clientFor: ClientFor,
  logApp: AppRef,
  journalId: string,
): Promise<{ readonly userCode: string; readonly revision: string } | null> {
  const [record] = await read(clientFor, logApp, `$id = ${journalId} limit 1`);
  return record === undefined
    ? null
    : { userCode: signedBy(record, 'MODIFIER'), revision: entryOf(record).revision };
}

async function read(clientFor: ClientFor, logApp: AppRef, query: string): Promise<readonly KintoneRecord[]> {
  try {
    return (await clientFor(logApp).record.getRecords({ app: logApp.appId, query })).records;
  } catch (error) {
    throw new FailureError(readFailure(error, { appId: logApp.appId }));
  }
}
