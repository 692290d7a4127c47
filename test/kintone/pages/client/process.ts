/** The status bar of process management: where the record stands and where it may go. */
import type { Entity, ProcessManagement, StatusState } from '../../store/types';
import type { EventRecord } from '../shared';
import { button, make } from './dom';
import type { FormDefinition } from './form';
import { bootstrap, currentApp, text } from './page';
import { proceed } from './record-save';
import { request } from './rest';

function valueOfType(record: EventRecord, type: string): unknown {
  return Object.values(record).find((cell) => cell.type === type)?.value;
}

/** The page has no picker: where one person must be chosen, the first user of the settings is taken. */
function assigneeOf(next: StatusState | undefined): string | null {
  if (next?.assignee.type !== 'ONE') return null;
  return next.assignee.entities.find(({ entity }) => entity.type === 'USER')?.entity.code ?? null;
}

/** Fills the bar; leaves it empty when the app has no process management. */
export async function drawProcess(
  bar: HTMLElement,
  record: EventRecord,
  recordId: number,
  form: FormDefinition,
  moved: () => void,
): Promise<void> {
  const params = { app: currentApp().id, lang: 'user' };
  const { enable, states, actions } = await request<ProcessManagement>('/k/v1/app/status', 'GET', params);
  const status = valueOfType(record, 'STATUS');
  if (!enable || typeof status !== 'string') return;
  const assignees = (valueOfType(record, 'STATUS_ASSIGNEE') ?? []) as Entity[];
  const isMine = assignees.length === 0 || assignees.some(({ code }) => code === bootstrap.user.code);
  const steps = isMine ? (actions ?? []).filter(({ from }) => from === status) : [];
  const buttons = steps.map(({ name, from, to }) => {
    const next = Object.values(states ?? {}).find((state) => state.name === to);
    const step = { action: name, from, to, assignee: assigneeOf(next) };
    const act = () => void proceed(record, recordId, step, form).then((isDone) => isDone && moved());
    return button(name, 'lk-small lk-action', act);
  });
  bar.replaceChildren(make('span', { class: 'lk-status' }, `${text('status')}: ${status}`), ...buttons);
}
