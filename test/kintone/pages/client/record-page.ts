/** The record pages: detail, edit and create, desktop and phone. Records and modes change within one document. */
import { copyRecord, type EventRecord } from '../shared';
import { drawComments } from './comments';
import { button, make } from './dom';
import { fire, fireNow, type KintoneEvent, returnedEvent } from './events';
import { drawForm, type FormDefinition } from './form';
import { appCrumbs, drawFrame, setCrumbs } from './frame';
import { bootstrap, currentApp, noElements, root, state, text } from './page';
import { drawProcess } from './process';
import { eventPrefix, fail, remove, type SaveTarget, save } from './record-save';
import { hasChangeEvent, newRecord, reusedRecord, takeOver } from './record-values';
import { request } from './rest';

type Row = { id: string | null; value: EventRecord };

/** Which record in which mode the address asks for: `show#record=2&mode=edit`, on phones `show?record=2#mode=edit`. */
function wanted(): { recordId: number | null; isEditing: boolean; reuse: number | null } {
  const hash = new URLSearchParams(location.hash.slice(1));
  const search = new URLSearchParams(location.search);
  const id = hash.get('record') ?? search.get('record');
  const reuse = hash.get('reuse');
  return {
    recordId: id === null ? null : Number(id),
    isEditing: hash.get('mode') === 'edit',
    reuse: reuse === null ? null : Number(reuse),
  };
}

function addressOf(recordId: number, isEditing: boolean): string {
  const mode = isEditing ? 'mode=edit' : '';
  if (bootstrap.isMobile) return `${root}/${currentApp().id}/show?record=${recordId}${mode && `#${mode}`}`;
  return `${root}/${currentApp().id}/show#record=${recordId}${mode && `&${mode}`}`;
}

function go(recordId: number, isEditing: boolean): void {
  location.assign(addressOf(recordId, isEditing));
}

async function loadForm(): Promise<FormDefinition> {
  const params = { app: currentApp().id };
  const [{ properties }, { layout }] = await Promise.all([
    request<Pick<FormDefinition, 'properties'>>('/k/v1/app/form/fields', 'GET', params),
    request<Pick<FormDefinition, 'layout'>>('/k/v1/app/form/layout', 'GET', params),
  ]);
  return { properties, layout };
}

async function loadRecord(id: number): Promise<EventRecord> {
  const params = { app: currentApp().id, id };
  return (await request<{ record: EventRecord }>('/k/v1/record', 'GET', params)).record;
}

/** Makes the places where scripts draw; on the phone there is one below the header, on the desktop one above the menu. */
function makeHeads(content: HTMLElement): void {
  state.elements = noElements();
  if (bootstrap.isMobile) {
    state.elements.mobileHeader = make('div', { class: 'lk-mobile-header-space' });
    content.append(state.elements.mobileHeader);
  } else {
    state.elements.recordHeaderMenu = make('div', { class: 'lk-record-header-menu' });
    content.append(state.elements.recordHeaderMenu);
  }
}

async function neighbour(id: number, direction: 'next' | 'previous'): Promise<number | null> {
  // The default list runs from the newest record to the oldest, so "next" is the one with the smaller id.
  const query =
    direction === 'next' ? `$id < ${id} order by $id desc limit 1` : `$id > ${id} order by $id asc limit 1`;
  const params = { app: currentApp().id, fields: ['$id'], query };
  const { records } = await request<{ records: EventRecord[] }>('/k/v1/records', 'GET', params);
  const found = records[0]?.['$id']?.value;
  return found === undefined ? null : Number(found);
}

function pageTo(id: number, direction: 'next' | 'previous'): HTMLButtonElement {
  const jump = async () => {
    const target = await neighbour(id, direction);
    if (target !== null) go(target, false);
  };
  return button(text(direction), `lk-menu-button lk-${direction}`, () => void jump().catch(fail));
}

function detailMenu(record: EventRecord, recordId: number, form: FormDefinition): HTMLElement {
  const app = currentApp().id;
  const gone = async () => {
    if (await remove(record, recordId, form)) location.assign(`${root}/${app}/`);
  };
  const reuse = () => location.assign(`${root}/${app}/edit#reuse=${recordId}`);
  return make(
    'div',
    { class: 'lk-record-menu' },
    make(
      'div',
      { class: 'lk-record-menu-right' },
      pageTo(recordId, 'previous'),
      pageTo(recordId, 'next'),
      bootstrap.isMobile ? null : button(text('duplicate'), 'lk-menu-button lk-reuse', reuse),
      button(text('remove'), 'lk-menu-button lk-delete', () => void gone().catch(fail)),
      button(text('edit'), 'lk-menu-button lk-edit', () => go(recordId, true)),
    ),
  );
}

async function showDetail(body: HTMLElement, form: FormDefinition, recordId: number, record: EventRecord) {
  state.screen = 'detail';
  state.recordId = recordId;
  state.record = record;
  state.applyRecord = null;
  setCrumbs(appCrumbs({ label: text('recordTitle', { id: recordId }), href: null }));
  const formElement = drawForm(form, record, {
    isEditing: false,
    elements: state.elements,
    changed: () => {},
  });
  const process = make('div', { class: 'lk-process' });
  body.replaceChildren(
    detailMenu(record, recordId, form),
    process,
    make('div', { class: 'lk-record-body' }, formElement, drawComments(recordId)),
  );
  const again = () => void render().catch(fail);
  drawProcess(process, record, recordId, form, again).catch(fail);
  await fire({
    type: `${eventPrefix}.detail.show`,
    appId: currentApp().id,
    recordId,
    record: copyRecord(record),
  });
}

/** Rows of a table field; none for no table. */
function rowsOf(record: EventRecord, tableCode: string | undefined): Row[] {
  const cell = tableCode === undefined ? undefined : record[tableCode];
  return (cell?.value ?? []) as Row[];
}

/** An editor of one record: draws the form, fires change events, applies what scripts return. */
function startEditor(body: HTMLElement, target: SaveTarget, record: EventRecord): void {
  const { form, kind, recordId } = target;
  const formPlace = make('div', { class: 'lk-record-body' });
  const identity = recordId === null ? {} : { recordId };

  const draw = (): void => {
    const options = { isEditing: true, elements: state.elements, changed };
    formPlace.replaceChildren(drawForm(form, record, options));
  };

  const apply = (from: EventRecord): void => {
    const before = JSON.stringify(record);
    const codes = takeOver(record, from, form.properties);
    if (JSON.stringify(record) !== before) draw();
    for (const code of codes) changed(code, null);
  };

  function changed(code: string, row: Row | null): void {
    const table = Object.values(form.properties).find((one) => one.fields?.[code] !== undefined);
    const property = form.properties[code] ?? table?.fields?.[code];
    if (property === undefined) return;
    if (property.type === 'SUBTABLE' || property.type === 'FILE') draw();
    if (!hasChangeEvent(property)) return;
    const copy = copyRecord(record);
    const tableCode = property.type === 'SUBTABLE' ? code : table?.code;
    const index = row === null ? -1 : rowsOf(record, tableCode).indexOf(row);
    const rowCopy = rowsOf(copy, tableCode)[index] ?? null;
    const field = form.properties[code] === undefined ? rowCopy?.value[code] : copy[code];
    const type = `${eventPrefix}.${kind}.change.${code}`;
    const event = {
      type,
      appId: currentApp().id,
      ...identity,
      record: copy,
      changes: { field, row: rowCopy },
    };
    const returned = returnedEvent(fireNow(event));
    if (returned?.error) fail(returned.error);
    if (returned?.record) apply(returned.record);
  }

  const store = async (): Promise<void> => {
    const saved = await save(record, target);
    if (saved === null) draw();
    else if (saved.url !== null) location.assign(saved.url);
    else go(saved.id, false);
  };

  const leave = (): void => {
    if (recordId === null) location.assign(`${root}/${currentApp().id}/`);
    else go(recordId, false);
  };

  state.record = record;
  state.applyRecord = apply;
  body.replaceChildren(
    make(
      'div',
      { class: 'lk-record-menu lk-record-menu-edit' },
      button(text('cancel'), 'lk-cancel', leave),
      button(text('save'), 'lk-primary lk-save', () => void store().catch(fail)),
    ),
    formPlace,
  );
  draw();
  const type = `${eventPrefix}.${kind}.show`;
  const shown: KintoneEvent = { type, appId: currentApp().id, ...identity, record: copyRecord(record) };
  if (kind === 'create') shown['reuse'] = wanted().reuse !== null;
  fire(shown).then((outcome) => {
    const returned = returnedEvent(outcome);
    if (returned?.error) fail(returned.error);
    if (returned?.record) apply(returned.record);
  }, fail);
}

let content: HTMLElement | null = null;
let body: HTMLElement | null = null;
let form: FormDefinition | null = null;
/** Counts the screens asked for, so that a slow answer cannot draw over a newer one. */
let turn = 0;

/** Shows what the address asks for. */
async function render(): Promise<void> {
  turn += 1;
  const mine = turn;
  const { recordId, isEditing, reuse } = wanted();
  form ??= await loadForm();
  const source = recordId ?? reuse;
  const record =
    source === null ? newRecord(form.properties, bootstrap.user.timezone) : await loadRecord(source);
  if (mine !== turn || content === null) return;
  const kind = recordId === null ? 'create' : 'edit';
  const staysOnDetail = state.screen === 'detail' && recordId !== null && !isEditing;
  if (!staysOnDetail || body === null) {
    // Moving from record to record keeps the header element and what scripts put into it; a change of mode does not.
    content.replaceChildren();
    makeHeads(content);
    body = make('div', { class: 'lk-record' });
    content.append(body);
  } else {
    state.elements.spaces.clear();
  }
  if (recordId !== null && !isEditing) {
    await showDetail(body, form, recordId, record);
    return;
  }
  state.screen = kind;
  state.recordId = recordId;
  const label = recordId === null ? text('newRecord') : text('recordTitle', { id: recordId });
  setCrumbs(appCrumbs({ label, href: null }));
  const start = reuse === null ? record : reusedRecord(record, form.properties);
  startEditor(body, { kind, recordId, form }, start);
}

/** Starts the record pages of this document. */
export async function startRecordPage(): Promise<void> {
  content = drawFrame(appCrumbs());
  window.addEventListener('hashchange', () => void render().catch(fail));
  await render();
}
