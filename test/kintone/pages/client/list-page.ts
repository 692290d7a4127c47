/** The record list, desktop and phone. Views and pages change within one document. */
import type { FieldProperties, FieldProperty, View } from '../../store/types';
import type { EventRecord } from '../shared';
import { button, make } from './dom';
import { fire } from './events';
import { displayValue } from './field-display';
import { appCrumbs, drawFrame } from './frame';
import { type RowTools, rowTools } from './list-edit';
import {
  conditionOf,
  type ListView,
  listViews,
  type Place,
  queryOf,
  RECORDS_PER_PAGE,
  readPlace,
} from './list-query';
import { bootstrap, currentApp, noElements, root, state, text } from './page';
import { eventPrefix, fail } from './record-save';
import { request } from './rest';

interface Page {
  records: EventRecord[];
  total: number;
}

const hiddenColumns = new Set(['GROUP', 'REFERENCE_TABLE', 'CATEGORY']);

function columnsOf(view: ListView, properties: FieldProperties): FieldProperty[] {
  if (view.columns === null) {
    return Object.values(properties).filter(({ type }) => !hiddenColumns.has(type));
  }
  return view.columns.flatMap((code) => properties[code] ?? []);
}

function cellOf(record: EventRecord, property: FieldProperty): Node {
  const value = record[property.code]?.value;
  if (property.type === 'SUBTABLE') return new Text(`[${(value as unknown[] | undefined)?.length ?? 0}]`);
  return displayValue(property, value);
}

function recordUrl(record: EventRecord): string {
  const id = String(record['$id']?.value);
  const app = currentApp().id;
  return bootstrap.isMobile ? `${root}/${app}/show?record=${id}` : `${root}/${app}/show#record=${id}`;
}

function table(page: Page, columns: FieldProperty[], tools: RowTools): HTMLElement {
  const head = columns.map(({ label }) => make('th', { scope: 'col' }, label));
  const rows = page.records.map((record) => {
    const open = make(
      'a',
      { href: recordUrl(record), class: 'lk-open', 'aria-label': text('showRecord') },
      '\u2261',
    );
    const cells = columns.map((property) =>
      make('td', { class: `lk-cell-${property.type.toLowerCase()}` }, cellOf(record, property)),
    );
    const row = make('tr', {}, make('td', { class: 'lk-cell-open' }, open), ...cells);
    row.append(rowTools(row, record, columns, tools));
    return row;
  });
  return make(
    'div',
    { class: 'lk-list-scroll' },
    make(
      'table',
      { class: 'lk-table lk-list' },
      make('thead', {}, make('tr', {}, make('td', { class: 'lk-cell-open' }), ...head, make('td'))),
      make('tbody', {}, ...rows),
    ),
  );
}

/** On the phone each record is a card with its first few fields. */
function cards(page: Page, columns: FieldProperty[]): HTMLElement {
  const items = page.records.map((record) => {
    const lines = columns
      .slice(0, 4)
      .map((property) =>
        make('div', { class: 'lk-card-line' }, make('span', {}, property.label), cellOf(record, property)),
      );
    return make('li', {}, make('a', { class: 'lk-card', href: recordUrl(record) }, ...lines));
  });
  return make('ul', { class: 'lk-cards' }, ...items);
}

/** The HTML of a custom view, without its scripts: DOMParser never lets them run. */
function customView(html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return make('div', { class: 'lk-custom-view' }, ...[...parsed.body.childNodes]);
}

function byDate(records: EventRecord[], field: string): Record<string, EventRecord[]> {
  const groups: Record<string, EventRecord[]> = {};
  for (const record of records) {
    const day = String(record[field]?.value ?? '').slice(0, 10);
    groups[day] = [...(groups[day] ?? []), record];
  }
  return groups;
}

/** What lives as long as the document; scripts keep what they put into the elements when the page is turned. */
interface ListParts {
  views: ListView[];
  properties: FieldProperties;
  select: HTMLSelectElement;
  body: HTMLElement;
}

function change(place: Place): void {
  const search = new URLSearchParams(location.search);
  search.set('offset', String(place.offset));
  if (place.viewId !== null) search.set('view', String(place.viewId));
  history.pushState(null, '', `?${search}`);
}

function pager(place: Place, page: Page, turn: (offset: number) => void): HTMLElement {
  const last = Math.min(place.offset + RECORDS_PER_PAGE, page.total);
  const values = { from: page.total === 0 ? 0 : place.offset + 1, to: last, total: page.total };
  const back = button(text('previous'), 'lk-small', () => turn(Math.max(0, place.offset - RECORDS_PER_PAGE)));
  const on = button(text('next'), 'lk-small', () => turn(place.offset + RECORDS_PER_PAGE));
  back.disabled = place.offset === 0;
  on.disabled = last >= page.total;
  return make('div', { class: 'lk-pager' }, back, make('span', {}, text('pager', values)), on);
}

async function load(query: string): Promise<Page> {
  const params = { app: currentApp().id, query, totalCount: true };
  const found = await request<{ records: EventRecord[]; totalCount: string }>('/k/v1/records', 'GET', params);
  return { records: found.records, total: Number(found.totalCount) };
}

async function render(parts: ListParts): Promise<void> {
  const place = readPlace();
  const view = parts.views.find(({ id }) => id === place.viewId) ?? parts.views[0];
  if (view === undefined) throw new Error('This app has no list.');
  const query = queryOf(view, place);
  const page = await load(query);
  state.list = { viewId: view.id, viewName: view.name, condition: conditionOf(view, place), query };
  state.screen = 'list';
  parts.select.value = String(view.id);
  const columns = columnsOf(view, parts.properties);
  const again = (): void => void render(parts).catch(fail);
  const tools = { properties: parts.properties, again };
  const shown = bootstrap.isMobile ? cards(page, columns) : table(page, columns, tools);
  const turn = (offset: number): void => {
    change({ ...place, viewId: view.id, offset });
    render(parts).catch(fail);
  };
  const empty =
    page.records.length === 0 ? make('p', { class: 'lk-muted lk-empty' }, text('noRecords')) : null;
  const main = view.type === 'CUSTOM' ? customView(view.html) : (empty ?? shown);
  parts.body.replaceChildren(main, pager(place, page, turn));
  await fire({
    type: `${eventPrefix}.index.show`,
    appId: currentApp().id,
    viewId: view.id,
    viewName: view.name,
    viewType: view.type.toLowerCase(),
    records: view.type === 'CALENDAR' && view.date !== null ? byDate(page.records, view.date) : page.records,
    offset: view.type === 'CALENDAR' ? null : place.offset,
    size: view.type === 'CALENDAR' ? null : page.records.length,
    date: view.type === 'CALENDAR' ? new Date().toISOString().slice(0, 7) : null,
  });
}

function toolbar(select: HTMLSelectElement, menuSpace: HTMLElement | null): HTMLElement {
  const app = currentApp();
  const add = () => location.assign(`${root}/${app.id}/edit`);
  const settings = () => location.assign(`/k/admin/app/flow?app=${app.id}`);
  return make(
    'div',
    { class: 'lk-list-toolbar' },
    select,
    bootstrap.isMobile
      ? null
      : make('span', { class: 'lk-chart', title: text('chart'), 'aria-hidden': 'true' }),
    menuSpace,
    make('span', { class: 'lk-grow' }),
    app.permissions.editApp && !bootstrap.isMobile
      ? button(text('appSettings'), 'lk-menu-button lk-settings', settings)
      : null,
    app.permissions.addRecord ? button(text('addRecord'), 'lk-primary lk-add', add) : null,
  );
}

/** Starts the list page of this document. */
export async function startListPage(): Promise<void> {
  const content = drawFrame(appCrumbs());
  const params = { app: currentApp().id };
  const [{ properties }, { views }] = await Promise.all([
    request<{ properties: FieldProperties }>('/k/v1/app/form/fields', 'GET', params),
    request<{ views: Record<string, View> }>('/k/v1/app/views', 'GET', params),
  ]);
  const all = listViews(views);
  const options = all.map(({ id, name }) => make('option', { value: id }, name));
  const select = make('select', { class: 'lk-view-select', 'aria-label': text('records') }, ...options);
  const parts: ListParts = { views: all, properties, select, body: make('div', { class: 'lk-list-body' }) };
  const again = (): void => void render(parts).catch(fail);
  select.addEventListener('change', () => {
    change({ viewId: Number(select.value), query: '', offset: 0 });
    again();
  });
  window.addEventListener('popstate', again);
  state.elements = noElements();
  if (bootstrap.isMobile) {
    state.elements.mobileHeader = make('div', { class: 'lk-mobile-header-space' });
    content.append(state.elements.mobileHeader, toolbar(select, null), parts.body);
  } else {
    state.elements.listHeaderMenu = make('div', { class: 'lk-list-header-menu' });
    state.elements.listHeader = make('div', { class: 'lk-list-header' });
    content.append(toolbar(select, state.elements.listHeaderMenu), state.elements.listHeader, parts.body);
  }
  await render(parts);
}
