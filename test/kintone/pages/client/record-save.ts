/** Saving, deleting and moving a record on, each with the events that may stop it. */
import type { EventRecord } from '../shared';
import { copyRecord } from '../shared';
import { showConfirmBottomSheet, showConfirmDialog, showNotification } from './dialogs';
import { fire, isCancelled, type KintoneEvent, returnedEvent } from './events';
import type { FormDefinition } from './form';
import { bootstrap, currentApp, text } from './page';
import { takeErrors, takeOver, writtenRecord } from './record-values';
import { errorText, request } from './rest';

/** Desktop and phone events differ by their prefix only. */
export const eventPrefix = bootstrap.isMobile ? 'mobile.app.record' : 'app.record';

/** Shows an error above the page; details stay in the console. */
export function fail(error: unknown): void {
  console.error(error);
  void showNotification('ERROR', errorText(error) || text('errorTitle'));
}

const hasFieldError = (record: EventRecord): boolean =>
  Object.values(record).some(({ error }) => error !== undefined);

/** Runs a submit event. Answers false when a handler refused, after showing its reason. */
async function allows(event: KintoneEvent, record: EventRecord, form: FormDefinition): Promise<boolean> {
  const outcome = await fire(event);
  if (isCancelled(outcome)) return false;
  const returned = returnedEvent(outcome);
  if (returned === null) return true;
  if (returned.record) takeOver(record, returned.record, form.properties);
  if (returned.error) {
    await showNotification('ERROR', String(returned.error));
    return false;
  }
  if (!hasFieldError(record)) return true;
  await showNotification('ERROR', text('inputError'));
  return false;
}

export interface Saved {
  id: number;
  /** Where a success handler wants to go. */
  url: string | null;
}

export interface SaveTarget {
  /** index.edit: in a row of the list. */
  kind: 'create' | 'edit' | 'index.edit';
  recordId: number | null;
  form: FormDefinition;
}

async function write(record: EventRecord, { kind, recordId, form }: SaveTarget): Promise<number> {
  const app = currentApp().id;
  const body = writtenRecord(record, form.properties);
  if (kind === 'create') {
    const { id } = await request<{ id: string }>('/k/v1/record', 'POST', { app, record: body });
    return Number(id);
  }
  const revision = record['$revision']?.value;
  await request('/k/v1/record', 'PUT', { app, id: recordId, revision, record: body });
  return Number(recordId);
}

/**
 * submit event, write, submit.success event.
 * @returns null when nothing was saved; reasons are on the screen and field errors in `record`.
 */
export async function save(record: EventRecord, target: SaveTarget): Promise<Saved | null> {
  const appId = currentApp().id;
  const type = `${eventPrefix}.${target.kind}.submit`;
  for (const cell of Object.values(record)) delete cell.error;
  const identity = target.recordId === null ? {} : { recordId: target.recordId };
  const event = { type, appId, ...identity, record: copyRecord(record) };
  if (!(await allows(event, record, target.form))) return null;
  let id: number;
  try {
    id = await write(record, target);
  } catch (error) {
    takeErrors(record, error);
    fail(error);
    return null;
  }
  const stored = await request<{ record: EventRecord }>('/k/v1/record', 'GET', { app: appId, id }).catch(
    () => null,
  );
  const outcome = await fire({
    type: `${type}.success`,
    appId,
    recordId: String(id),
    // Without the right to view the new record there is no record in the event.
    record: stored?.record ?? null,
  });
  const url = returnedEvent(outcome)?.url;
  return { id, url: typeof url === 'string' ? url : null };
}

/** Asks, fires the delete event and deletes. Answers whether the record is gone. */
export async function remove(
  record: EventRecord,
  recordId: number,
  form: FormDefinition,
  screen: 'detail' | 'index' = 'detail',
): Promise<boolean> {
  const ask = bootstrap.isMobile ? showConfirmBottomSheet : showConfirmDialog;
  const question = { title: text('remove'), body: text('removeConfirm'), showCancelButton: true };
  if ((await ask({ ...question, okButtonText: text('remove') })) !== 'OK') return false;
  const appId = currentApp().id;
  const type = `${eventPrefix}.${screen}.delete.submit`;
  const copy = copyRecord(record);
  if (!(await allows({ type, appId, recordId, record: copy }, copyRecord(record), form))) return false;
  try {
    await request('/k/v1/records', 'DELETE', { app: appId, ids: [recordId] });
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}

export interface Step {
  action: string;
  from: string;
  to: string;
  /** Needed where the next state has exactly one assignee. */
  assignee: string | null;
}

/** Fires the process event and moves the record on. Answers whether it moved. */
export async function proceed(
  record: EventRecord,
  recordId: number,
  step: Step,
  form: FormDefinition,
): Promise<boolean> {
  const appId = currentApp().id;
  const changed = copyRecord(record);
  const event = {
    type: `${eventPrefix}.detail.process.proceed`,
    appId,
    recordId,
    record: copyRecord(record),
    action: { value: step.action },
    status: { value: step.from },
    nextStatus: { value: step.to },
  };
  if (!(await allows(event, changed, form))) return false;
  try {
    const before = writtenRecord(record, form.properties);
    const after = writtenRecord(changed, form.properties);
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      await request('/k/v1/record', 'PUT', { app: appId, id: recordId, record: after });
    }
    const assignee = step.assignee === null ? {} : { assignee: step.assignee };
    await request('/k/v1/record/status', 'PUT', {
      app: appId,
      id: recordId,
      action: step.action,
      ...assignee,
    });
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}
