import { FailureError } from '../../../definition/errors';
import { definitionHash } from '../../../definition/hash';
import type { ExecutionUnit } from '../../../definition/types';
import {
  decodeRequestFile,
  type JournalEntry,
  type JournalPort,
  type RecordsPort,
  type RunRequest,
  readCallingRecord,
  requestFileOf,
} from '../../../run';
import type { Server } from '../context';
import type { Job } from '../store/types';

export const NO_CALLING_RECORD: RunRequest['calling'] = {
  appId: '',
  recordId: '',
  record: null,
  fields: null,
};

/** What starts the job's run, or goes on with it. */
export async function requestOf(
  server: Server,
  job: Job,
  unit: ExecutionUnit,
  calling: RunRequest['calling'],
): Promise<RunRequest> {
  const settings = server.units.settings();
  return {
    settings,
    unitId: unit.id,
    calling,
    user: job.user,
    method: job.method,
    timeZone: server.timeZone,
    pressId: job.pressId,
    owner: server.owners.next(),
    definitionHash: await definitionHash(unit, settings.flows),
    // Nobody is there to answer.
    isConfirmed: true,
    observeMs: 0,
    undoOf: null,
    continues: null,
    giveUp: null,
    // A unit meant for a server is run here, not asked for.
    runsHere: true,
    input: job.input,
    notificationId: job.notification?.id ?? '',
    eventType: job.notification?.type ?? '',
  };
}

/** The calling record: as the start brought it, else as kintone has it now. Throws `FailureError`. */
export async function callingOf(
  server: Server,
  job: Job,
  records: RecordsPort,
): Promise<RunRequest['calling']> {
  const { callingAppId: appId, callingRecordId: recordId, record } = job;
  if (appId === '') return NO_CALLING_RECORD;
  const app = appId === server.site.app.appId ? server.site.app : { appId };
  // A deleted record can only be named.
  if (record === null && job.notification?.type !== 'DELETE_RECORD')
    return readCallingRecord(records, app, recordId);
  return { appId, recordId, record, fields: await records.fields(app) };
}

/**
 * What a page handed over with its request: the calling record as the person saw it, and their time zone. Null: this
 * record came without. Throws `FailureError` (`requestDamaged`).
 */
export async function handedOver(
  journal: JournalPort,
  entry: JournalEntry,
): Promise<Pick<RunRequest, 'calling' | 'timeZone'> | null> {
  const file = requestFileOf(entry);
  if (file === null) return null;
  const read = decodeRequestFile(await journal.download(file), entry.runId);
  if (!read.ok) throw new FailureError(read.error);
  const { calling, timeZone } = read.value;
  // The record says which app and record the person stood on; the file adds their values.
  return { calling: { ...calling, appId: entry.callingAppId, recordId: entry.callingRecordId }, timeZone };
}
