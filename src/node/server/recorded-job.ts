import type { JournalEntry } from '../../run';
import type { Job } from './store/types';

/** The job of a run whose record is there already. `user`: in whose name it is carried out from here on. */
export const recordedJob = (
  entry: JournalEntry,
  { user, lane, priority }: Pick<Job, 'user' | 'lane' | 'priority'>,
): Job => ({
  id: entry.runId,
  unitId: entry.unitId,
  pressId: entry.runId.slice(entry.unitId.length + 1),
  lane,
  priority,
  method: entry.method,
  user,
  callingAppId: entry.callingAppId,
  callingRecordId: entry.callingRecordId,
  record: null,
  input: entry.input,
  notification: null,
  isRequested: true,
  createdAtMs: entry.startedAtMs,
});
