/** How a value looks when it is only read. */
import type { Entity, FieldProperty, FileValue } from '../../store/types';
import { make, safeHref } from './dom';
import { bootstrap } from './page';
import { url } from './rest';
import { richText } from './rich-text';
import { shownTime } from './zone';

/** Thousands separators are put in as text: a kintone number may have more digits than a float can hold. */
function grouped(value: string): string {
  const [whole = '', ...rest] = value.split('.');
  return [whole.replace(/\B(?=(\d{3})+(?!\d))/g, ','), ...rest].join('.');
}

function numberText(value: string, property: FieldProperty): string {
  if (value === '') return '';
  const number = property.digit === true || property.format === 'NUMBER_DIGIT' ? grouped(value) : value;
  const unit = property.unit ?? '';
  if (unit === '') return number;
  return property.unitPosition === 'BEFORE' ? `${unit} ${number}` : `${number} ${unit}`;
}

function calcText(value: string, property: FieldProperty): string {
  return property.format === 'DATETIME'
    ? shownTime(value, bootstrap.user.timezone)
    : numberText(value, property);
}

function link(value: string, property: FieldProperty): Node {
  const prefix = { WEB: '', CALL: 'tel:', MAIL: 'mailto:' }[property.protocol ?? 'WEB'];
  const href = safeHref(prefix + value);
  return href === null ? new Text(value) : make('a', { href, target: '_blank', rel: 'noopener' }, value);
}

/** Downloading needs the header only scripts can send, so the file is fetched and handed over as a blob. */
async function download(file: FileValue): Promise<void> {
  const address = `${url('/k/v1/file.json')}?fileKey=${encodeURIComponent(file.fileKey)}`;
  const response = await fetch(address, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  if (!response.ok) throw new Error(`The file ${file.name} could not be read: HTTP ${response.status}`);
  const href = URL.createObjectURL(await response.blob());
  make('a', { href, download: file.name }).click();
  URL.revokeObjectURL(href);
}

function files(value: readonly FileValue[]): Node {
  const items = value.map((file) => {
    const open = make('a', { href: '#', class: 'lk-file' }, file.name);
    open.addEventListener('click', (event) => {
      event.preventDefault();
      void download(file);
    });
    return make('li', {}, open, ` (${file.size} B)`);
  });
  return make('ul', { class: 'lk-files' }, ...items);
}

const names = (value: readonly Entity[]): string => value.map(({ name, code }) => name || code).join(', ');

/** The value as a node; tables are drawn by the form itself. */
export function displayValue(property: FieldProperty, value: unknown): Node {
  const asText = typeof value === 'string' ? value : '';
  switch (property.type) {
    case 'NUMBER':
      return new Text(numberText(asText, property));
    case 'CALC':
      return new Text(calcText(asText, property));
    case 'DATETIME':
    case 'CREATED_TIME':
    case 'UPDATED_TIME':
      return new Text(shownTime(asText, bootstrap.user.timezone));
    case 'CREATOR':
    case 'MODIFIER':
      return new Text(value === null || value === undefined ? '' : names([value as Entity]));
    case 'USER_SELECT':
    case 'ORGANIZATION_SELECT':
    case 'GROUP_SELECT':
    case 'STATUS_ASSIGNEE':
      return new Text(names((value ?? []) as Entity[]));
    case 'CHECK_BOX':
    case 'MULTI_SELECT':
    case 'CATEGORY':
      return new Text(((value ?? []) as string[]).join(', '));
    case 'FILE':
      return files((value ?? []) as FileValue[]);
    case 'LINK':
      return asText === '' ? new Text('') : link(asText, property);
    case 'RICH_TEXT':
      return richText(asText);
    case 'MULTI_LINE_TEXT':
      return make('span', { class: 'lk-multiline' }, asText);
    default:
      return new Text(asText);
  }
}
