import type { NewRunEntry } from '../../src/run';

/** A run record as a page of the user `sato` makes it. */
export const runEntry = (
  change: Partial<NewRunEntry> & Pick<NewRunEntry, 'runId' | 'unitId'>,
): NewRunEntry => ({
  lockKey: '',
  unitName: change.unitId,
  method: 'button',
  callingAppId: '',
  callingRecordId: '',
  user: { code: 'sato', name: '佐藤' },
  startedAtMs: 0,
  owner: 'page:sato',
  definitionHash: '',
  undoOf: '',
  continues: '',
  parentRun: '',
  priority: 0,
  mode: 'productive',
  input: {},
  notificationId: '',
  eventType: '',
  state: 'Queuing',
  reason: 'checking',
  flows: [],
  ...change,
});
