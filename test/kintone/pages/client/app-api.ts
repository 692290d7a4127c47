/**
 * `kintone.app` and `kintone.mobile.app`: the app, the record and the elements of the screen.
 * Facts: https://cybozu.dev/ja/kintone/docs/js-api/app/ and .../record/
 */
import type { AppSide, FieldProperties, LayoutItem, View } from '../../store/types';
import { copyRecord, type EventRecord } from '../shared';
import { bootstrap, currentApp, state } from './page';
import { request } from './rest';

const recordScreens = new Set(['detail', 'create', 'edit']);
const isAppScreen = (): boolean => recordScreens.has(state.screen) || state.screen === 'list';

const getId = (): number | null => bootstrap.app?.id ?? null;
const getRecordId = (): number | null => (recordScreens.has(state.screen) ? state.recordId : null);

function getRecord(): { record: EventRecord } | null {
  const isShown = recordScreens.has(state.screen) && state.record !== null;
  return isShown && state.record !== null ? { record: copyRecord(state.record) } : null;
}

function setRecord(value: { record: EventRecord }): void {
  if (state.runningHandlers > 0) throw new Error('record.set() cannot be called inside an event handler.');
  if (state.applyRecord === null) throw new Error('record.set() works only while a record is edited.');
  state.applyRecord(copyRecord(value.record));
}

const ofApp = <T>(path: string): Promise<T> => request<T>(path, 'GET', { app: currentApp().id });

/** The getters answer what is inside `properties`, `layout` and so on, without that wrapper. */
const metadata = {
  get: () => request('/k/v1/app', 'GET', { id: currentApp().id }),
  getFormFields: async () =>
    (await ofApp<{ properties: FieldProperties }>('/k/v1/app/form/fields')).properties,
  getFormLayout: async () => (await ofApp<{ layout: LayoutItem[] }>('/k/v1/app/form/layout')).layout,
  getViews: async () => (await ofApp<{ views: Record<string, View> }>('/k/v1/app/views')).views,
  getView: async () => {
    const { views } = await ofApp<{ views: Record<string, View> }>('/k/v1/app/views');
    return Object.values(views).find((view) => Number(view.id) === state.list?.viewId) ?? null;
  },
  getStatus: async () => {
    const { enable, states, actions } = await ofApp<AppSide['status']>('/k/v1/app/status');
    return { enable, states, actions };
  },
  getCategories: async () => ({ enable: false, categories: {} }),
  getPermissions: async () => ({ ...currentApp().permissions }),
  isTestEnvironment: async () => bootstrap.isTestEnvironment,
  isMaintenanceMode: async () => false,
};

interface Rights {
  rights: {
    record: { editable: boolean; deletable: boolean };
    fields: Record<string, { viewable: boolean; editable: boolean }>;
  }[];
}

async function rightsOfRecord(): Promise<Rights['rights'][number]> {
  if (state.recordId === null) throw new Error('There is no record on this screen.');
  const params = { app: currentApp().id, ids: [state.recordId] };
  const { rights } = await request<Rights>('/k/v1/records/acl/evaluate', 'GET', params);
  const [right] = rights;
  if (right === undefined) throw new Error('The rights of this record are not known.');
  return right;
}

const recordMetadata = {
  getPermissions: async () => {
    const { record } = await rightsOfRecord();
    return { editRecord: record.editable, deleteRecord: record.deletable };
  },
  getFieldPermissions: async () => {
    const { fields } = await rightsOfRecord();
    const entries = Object.entries(fields);
    return Object.fromEntries(
      entries.map(([code, right]) => [code, { readField: right.viewable, editField: right.editable }]),
    );
  },
};

const getSpaceElement = (id: string): HTMLElement | null =>
  recordScreens.has(state.screen) ? (state.elements.spaces.get(id) ?? null) : null;

/** Documented for the detail screen only. */
const getFieldElement = (code: string): HTMLElement | null =>
  state.screen === 'detail' ? (state.elements.fields.get(code) ?? null) : null;

const record = {
  ...recordMetadata,
  getId: getRecordId,
  get: getRecord,
  set: setRecord,
  getSpaceElement,
  getFieldElement,
};

const lists = {
  getQueryCondition: () => state.list?.condition ?? null,
  getQuery: () => state.list?.query ?? null,
};

export const app = {
  ...metadata,
  ...lists,
  getId,
  getHeaderMenuSpaceElement: () => state.elements.listHeaderMenu,
  getHeaderSpaceElement: () => state.elements.listHeader,
  record: { ...record, getHeaderMenuSpaceElement: () => state.elements.recordHeaderMenu },
};

export const mobileApp = {
  ...lists,
  getId,
  getHeaderSpaceElement: () => (isAppScreen() ? state.elements.mobileHeader : null),
  record: { getId: getRecordId, get: getRecord, set: setRecord, getSpaceElement, getFieldElement },
};
