/** One control per field type; each reports a finished change with the new value. */
import type { Entity, FieldProperty, FileValue } from '../../store/types';
import { make } from './dom';
import { bootstrap, text } from './page';
import { url } from './rest';
import { fromLocal, toLocal } from './zone';

/** Called on blur or choice, which is when kintone fires its change event. */
export type Changed = (value: unknown) => void;

const readOnlyTypes = new Set([
  'RECORD_NUMBER',
  '__ID__',
  '__REVISION__',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
  'CALC',
  'REFERENCE_TABLE',
]);

/** Whether people can type into a field at all; calculated texts count as calculated. */
export function isEditable(property: FieldProperty): boolean {
  return !readOnlyTypes.has(property.type) && !(property.expression ?? '').trim();
}

function optionsOf(property: FieldProperty): string[] {
  const options = Object.values(property.options ?? {});
  return options.sort((a, b) => Number(a.index) - Number(b.index)).map(({ label }) => label);
}

function input(type: string, value: string, changed: (value: string) => void): HTMLInputElement {
  const element = make('input', { type, class: 'lk-input', value });
  element.addEventListener('change', () => changed(element.value));
  return element;
}

function area(value: string, changed: Changed): HTMLTextAreaElement {
  const element = make('textarea', { class: 'lk-input lk-area', rows: 4 });
  element.value = value;
  element.addEventListener('change', () => changed(element.value));
  return element;
}

function choices(kind: 'radio' | 'checkbox', property: FieldProperty, chosen: string[], changed: Changed) {
  const name = `lk-${property.code}-${crypto.randomUUID()}`;
  const boxes = optionsOf(property).map((label) => {
    const box = make('input', { type: kind, name, value: label, checked: chosen.includes(label) });
    return { box, element: make('label', { class: 'lk-choice' }, box, label) };
  });
  const group = make('div', { class: 'lk-choices', role: 'group' }, ...boxes.map(({ element }) => element));
  group.addEventListener('change', () => {
    const values = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    changed(kind === 'radio' ? (values[0] ?? null) : values);
  });
  return group;
}

function select(property: FieldProperty, chosen: string[], isMultiple: boolean, changed: Changed) {
  const labels = optionsOf(property);
  const options = labels.map((label) =>
    make('option', { value: label, selected: chosen.includes(label) }, label),
  );
  if (!isMultiple) options.unshift(make('option', { value: '' }, text('emptyOption')));
  const element = make('select', { class: 'lk-input', multiple: isMultiple }, ...options);
  element.addEventListener('change', () => {
    const values = [...element.selectedOptions].map(({ value }) => value);
    changed(isMultiple ? values : values[0] || null);
  });
  return element;
}

function entities(value: Entity[], changed: Changed): HTMLInputElement {
  const codes = value.map(({ code }) => code).join(', ');
  const element = input('text', codes, (typed) => {
    const wanted = typed.split(',').map((code) => code.trim());
    const known = new Map(value.map((entity) => [entity.code, entity.name]));
    changed(wanted.filter(Boolean).map((code) => ({ code, name: known.get(code) ?? code })));
  });
  element.placeholder = text('userCodes');
  return element;
}

async function upload(file: File): Promise<FileValue> {
  const form = new FormData();
  form.append('__REQUEST_TOKEN__', bootstrap.requestToken);
  form.append('file', file, file.name);
  const response = await fetch(url('/k/v1/file.json'), {
    method: 'POST',
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
    body: form,
  });
  if (!response.ok) throw new Error(`The file ${file.name} could not be stored: HTTP ${response.status}`);
  const { fileKey } = (await response.json()) as { fileKey: string };
  return { fileKey, name: file.name, contentType: file.type, size: String(file.size) };
}

function files(value: FileValue[], changed: Changed): HTMLElement {
  const picker = make('input', { type: 'file', multiple: true, 'aria-label': text('file') });
  picker.addEventListener('change', async () => {
    changed([...value, ...(await Promise.all([...(picker.files ?? [])].map(upload)))]);
  });
  const items = value.map((file) => make('li', {}, file.name));
  return make('div', {}, make('ul', { class: 'lk-files' }, ...items), picker);
}

/** The control of an editable field. */
export function editValue(property: FieldProperty, value: unknown, changed: Changed): HTMLElement {
  const asText = typeof value === 'string' ? value : '';
  const zone = bootstrap.user.timezone;
  switch (property.type) {
    case 'MULTI_LINE_TEXT':
    case 'RICH_TEXT':
      return area(asText, changed);
    case 'NUMBER':
      return make('span', { class: 'lk-number' }, input('text', asText, changed), property.unit ?? '');
    case 'DATE':
      return input('date', asText, (date) => changed(date || null));
    case 'TIME':
      return input('time', asText, (time) => changed(time || null));
    case 'DATETIME':
      return input('datetime-local', toLocal(asText, zone), (local) => changed(fromLocal(local, zone)));
    case 'RADIO_BUTTON':
      return choices('radio', property, [asText], changed);
    case 'CHECK_BOX':
      return choices('checkbox', property, (value ?? []) as string[], changed);
    case 'DROP_DOWN':
      return select(property, [asText], false, changed);
    case 'MULTI_SELECT':
      return select(property, (value ?? []) as string[], true, changed);
    case 'USER_SELECT':
    case 'ORGANIZATION_SELECT':
    case 'GROUP_SELECT':
      return entities((value ?? []) as Entity[], changed);
    case 'FILE':
      return files((value ?? []) as FileValue[], changed);
    default:
      return input('text', asText, changed);
  }
}
