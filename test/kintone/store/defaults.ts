import type {
  AppRight,
  AppSide,
  FieldProperties,
  FieldProperty,
  FieldType,
  GeneralSettings,
  LayoutItem,
} from './types';

/** Names of the fields that every app has, by the language of the user who creates the app. */
const systemFieldNames: Record<'ja' | 'en', [FieldType, string, string][]> = {
  ja: [
    ['RECORD_NUMBER', 'レコード番号', 'レコード番号'],
    ['CREATOR', '作成者', '作成者'],
    ['CREATED_TIME', '作成日時', '作成日時'],
    ['MODIFIER', '更新者', '更新者'],
    ['UPDATED_TIME', '更新日時', '更新日時'],
    ['CATEGORY', 'カテゴリー', 'カテゴリー'],
    ['STATUS', 'ステータス', 'ステータス'],
    ['STATUS_ASSIGNEE', '作業者', '作業者'],
  ],
  en: [
    ['RECORD_NUMBER', 'Record_number', 'Record number'],
    ['CREATOR', 'Created_by', 'Created by'],
    ['CREATED_TIME', 'Created_datetime', 'Created datetime'],
    ['MODIFIER', 'Updated_by', 'Updated by'],
    ['UPDATED_TIME', 'Updated_datetime', 'Updated datetime'],
    ['CATEGORY', 'Categories', 'Categories'],
    ['STATUS', 'Status', 'Status'],
    ['STATUS_ASSIGNEE', 'Assignee', 'Assignee'],
  ],
};

const switchedTypes = new Set<FieldType>(['CATEGORY', 'STATUS', 'STATUS_ASSIGNEE']);

/** The eight fields every app is born with. */
export function systemFields(language: string): FieldProperties {
  const fields: FieldProperties = {};
  for (const [type, code, label] of systemFieldNames[language === 'ja' ? 'ja' : 'en']) {
    fields[code] = switchedTypes.has(type)
      ? { type, code, label, enabled: false }
      : { type, code, label, noLabel: false };
  }
  return fields;
}

export function defaultSettings(name: string): GeneralSettings {
  return {
    name,
    description: '',
    icon: { type: 'PRESET', key: 'APP72' },
    theme: 'WHITE',
    titleField: { selectionMode: 'AUTO' },
    enableThumbnails: true,
    enableBulkDeletion: false,
    enableComments: true,
    enableDuplicateRecord: true,
    enableInlineRecordEditing: true,
    numberPrecision: { digits: '16', decimalPlaces: '4', roundingMode: 'HALF_EVEN' },
    firstMonthOfFiscalYear: '1',
  };
}

/** The creator may do everything, everyone may work with records. */
export function defaultAcl(): AppRight[] {
  const all = {
    includeSubs: false,
    recordViewable: true,
    recordAddable: true,
    recordEditable: true,
    recordDeletable: true,
  };
  return [
    {
      entity: { type: 'CREATOR', code: null },
      ...all,
      appEditable: true,
      recordImportable: true,
      recordExportable: true,
    },
    {
      entity: { type: 'GROUP', code: 'everyone' },
      ...all,
      appEditable: false,
      recordImportable: false,
      recordExportable: false,
    },
  ];
}

/** What an app looks like right after it was created, before anything was added to its form. */
export function newAppSide(name: string, language: string): AppSide {
  return {
    revision: 1,
    settings: defaultSettings(name),
    fields: systemFields(language),
    layout: [],
    views: {},
    status: { enable: false, states: null, actions: null },
    acl: defaultAcl(),
    recordAcl: [],
    fieldAcl: [],
    customize: { scope: 'ALL', desktop: { js: [], css: [] }, mobile: { js: [], css: [] } },
    plugins: [],
  };
}

/** A layout that shows every field, one per row: for apps whose layout nobody gave. */
export function plainLayout(fields: FieldProperties): LayoutItem[] {
  return Object.values(fields)
    .filter((field) => !switchedTypes.has(field.type) && field.type !== 'GROUP')
    .map((field) => layoutItemOf(field));
}

export function layoutItemOf(field: FieldProperty): LayoutItem {
  if (field.type === 'SUBTABLE') {
    const columns = Object.values(field.fields ?? {});
    return {
      type: 'SUBTABLE',
      code: field.code,
      fields: columns.map((column) => ({ type: column.type, code: column.code, size: { width: '193' } })),
    };
  }
  if (field.type === 'GROUP') return { type: 'GROUP', code: field.code, layout: [] };
  return { type: 'ROW', fields: [{ type: field.type, code: field.code, size: { width: '193' } }] };
}
