/** Which records a list page shows: view, condition, order and place. */
import type { View } from '../../store/types';
import { bootstrap, text } from './page';

/** Id of the list every app has without defining it. */
const ALL_RECORDS_VIEW_ID = 20;

export const RECORDS_PER_PAGE = 20;

export interface ListView {
  id: number;
  name: string;
  type: View['type'];
  condition: string;
  sort: string;
  /** Field codes of the columns; null = all fields. */
  columns: string[] | null;
  html: string;
  /** Code of the date field of a calendar. */
  date: string | null;
}

/** The app's views in their order, the built-in list of all records last. */
export function listViews(views: Record<string, View>): ListView[] {
  const device = bootstrap.isMobile ? 'ANY' : null;
  const own = Object.values(views)
    .filter((view) => view.type !== 'CUSTOM' || device === null || view.device === device)
    .sort((a, b) => Number(a.index) - Number(b.index))
    .map((view) => ({
      id: Number(view.id),
      name: view.name,
      type: view.type,
      condition: view.filterCond,
      sort: view.sort,
      columns: view.fields ?? null,
      html: view.html ?? '',
      date: view.date ?? null,
    }));
  const all: ListView = {
    id: ALL_RECORDS_VIEW_ID,
    name: text('allRecords'),
    type: 'LIST',
    condition: '',
    sort: '',
    columns: null,
    html: '',
    date: null,
  };
  return own.some(({ id }) => id === ALL_RECORDS_VIEW_ID) ? own : [...own, all];
}

export interface Place {
  viewId: number | null;
  /** Extra condition from `?query=`, which narrows the view. */
  query: string;
  offset: number;
}

/** Reads the place from the address. */
export function readPlace(): Place {
  const search = new URLSearchParams(location.search);
  const view = search.get('view');
  return {
    viewId: view === null ? null : Number(view),
    query: search.get('query') ?? '',
    offset: Number(search.get('offset') ?? 0),
  };
}

/** The view's and the address's condition together. */
export function conditionOf(view: ListView, place: Place): string {
  const parts = [view.condition, place.query].filter((part) => part !== '');
  return parts.length > 1 ? parts.map((part) => `(${part})`).join(' and ') : (parts[0] ?? '');
}

/** What `getQuery()` answers: condition, order, limit and offset. */
export function queryOf(view: ListView, place: Place): string {
  const order = `order by ${view.sort || '$id desc'} limit ${RECORDS_PER_PAGE} offset ${place.offset}`;
  return [conditionOf(view, place), order].filter((part) => part !== '').join(' ');
}
