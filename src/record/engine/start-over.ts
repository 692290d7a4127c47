/** 最初から out of the log: the record that a run of the log was called from, as it is now. */
import { FailureError } from '../../definition/errors';
import type { AppRef, ExecutionUnit, Flow } from '../../definition/types';
import { parametersOf, requiredParameters } from '../../flow';
import { type JournalEntry, type RecordsPort, type RunRequest, readCallingRecord } from '../../run';

/**
 * Reads the calling record anew. One that is gone stands in the way only of a unit that uses it.
 * `pageApp`: the log keeps the calling app's id only; that app is in the space of this one.
 * Throws `FailureError`: `callingRecordGone`, and those of the port.
 */
export async function callingAgain(
  records: Pick<RecordsPort, 'fields' | 'pages'>,
  unit: ExecutionUnit,
  flows: readonly Flow[],
  { callingAppId, callingRecordId }: JournalEntry,
  pageApp: AppRef,
): Promise<RunRequest['calling']> {
  const app = callingAppId === '' ? null : { ...pageApp, appId: callingAppId };
  try {
    return await readCallingRecord(records, app, callingRecordId);
  } catch (error) {
    const isGone = error instanceof FailureError && error.failure.code === 'callingRecordGone';
    if (!isGone) throw error;
    const without = await readCallingRecord(records, app, '');
    const used = requiredParameters(unit, flows, parametersOf(without.fields ?? {}));
    if (unit.executor.kind === 'remote' || used.length > 0) throw error;
    return without;
  }
}
