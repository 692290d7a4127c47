/** The record that a unit starts from, read from kintone instead of from a page. */
import { FailureError, failure } from '../definition/errors';
import type { AppRef } from '../definition/types';
import { columnSpecsOfFields, type KintoneRecord, recordsOfPage } from '../table';
import type { RecordsPort } from './ports';
import type { RunRequest } from './scope';

/**
 * Reads the form and the record. `appId` blank: no calling record; `recordId` blank: the app's form only,
 * so that a unit without parameters can still be started for its app.
 * Throws `FailureError`: those of the port, and `callingRecordGone` when there is none that the user may see.
 */
export async function readCallingRecord(
  records: Pick<RecordsPort, 'fields' | 'pages'>,
  app: AppRef | null,
  recordId: string,
): Promise<RunRequest['calling']> {
  if (app === null) return { appId: '', recordId: '', record: null, fields: null };
  const fields = await records.fields(app);
  if (recordId === '') return { appId: app.appId, recordId, record: null, fields };
  const record = await onlyRecord(
    records,
    app,
    recordId,
    columnSpecsOfFields(fields).map((spec) => spec.name),
  );
  if (record === null)
    throw new FailureError(failure('callingRecordGone', { recordId }, { appId: app.appId, recordId }));
  return { appId: app.appId, recordId, record, fields };
}

async function onlyRecord(
  records: Pick<RecordsPort, 'fields' | 'pages'>,
  app: AppRef,
  recordId: string,
  fieldCodes: readonly string[],
): Promise<KintoneRecord | null> {
  for await (const page of records.pages({ app, query: `$id = ${recordId}`, fieldCodes })) {
    const found = recordsOfPage(page)[0];
    if (found !== undefined) return found;
  }
  return null;
}
