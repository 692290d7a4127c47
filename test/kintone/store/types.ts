/**
 * Shapes of everything the local kintone remembers. A stored record has exactly the shape the REST API
 * answers with (`{<code>: {type, value}, $id, $revision}`), so that reading, querying and the page API need
 * no conversion. Stored values are immutable: a change puts a new object in place, which is what makes
 * rolling back cheap.
 */

export type FieldType =
  | 'RECORD_NUMBER'
  | '__ID__'
  | '__REVISION__'
  | 'CREATOR'
  | 'CREATED_TIME'
  | 'MODIFIER'
  | 'UPDATED_TIME'
  | 'CATEGORY'
  | 'STATUS'
  | 'STATUS_ASSIGNEE'
  | 'SINGLE_LINE_TEXT'
  | 'MULTI_LINE_TEXT'
  | 'RICH_TEXT'
  | 'NUMBER'
  | 'CALC'
  | 'CHECK_BOX'
  | 'RADIO_BUTTON'
  | 'MULTI_SELECT'
  | 'DROP_DOWN'
  | 'DATE'
  | 'TIME'
  | 'DATETIME'
  | 'LINK'
  | 'FILE'
  | 'USER_SELECT'
  | 'ORGANIZATION_SELECT'
  | 'GROUP_SELECT'
  | 'REFERENCE_TABLE'
  | 'SUBTABLE'
  | 'GROUP';

/** A user, organization or group as it appears in a value. */
export interface Entity {
  readonly code: string;
  readonly name: string;
}

/** One attachment as it appears in a record; `size` is in bytes, as a string, like in kintone. */
export interface FileValue {
  readonly contentType: string;
  readonly fileKey: string;
  readonly name: string;
  readonly size: string;
}

export interface TableRow {
  readonly id: string;
  readonly value: Readonly<Record<string, Cell>>;
}

export type CellValue =
  | string
  | null
  | Entity
  | readonly string[]
  | readonly Entity[]
  | readonly FileValue[]
  | readonly TableRow[];

export interface Cell {
  readonly type: FieldType;
  readonly value: CellValue;
}

/** A whole record, system fields, `$id` and `$revision` included. */
export type KintoneRecord = Readonly<Record<string, Cell>>;

export interface LookupSetting {
  relatedApp: { app: string; code: string };
  relatedKeyField: string;
  fieldMappings: { field: string; relatedField: string }[];
  lookupPickerFields: string[];
  filterCond: string;
  sort: string;
}

export interface ReferenceTableSetting {
  relatedApp: { app: string; code: string };
  condition: { field: string; relatedField: string };
  filterCond: string;
  displayFields: string[];
  sort: string;
  size: string;
}

/** One entry of `properties` of the form fields API; which keys exist depends on `type`. */
export interface FieldProperty {
  type: FieldType;
  code: string;
  label: string;
  noLabel?: boolean;
  enabled?: boolean;
  required?: boolean;
  unique?: boolean;
  defaultValue?: string | string[] | { code: string; type: string }[];
  defaultNowValue?: boolean;
  minLength?: string;
  maxLength?: string;
  minValue?: string;
  maxValue?: string;
  digit?: boolean;
  displayScale?: string;
  unit?: string;
  unitPosition?: 'BEFORE' | 'AFTER';
  expression?: string;
  hideExpression?: boolean;
  format?: string;
  options?: Record<string, { label: string; index: string }>;
  align?: 'HORIZONTAL' | 'VERTICAL';
  protocol?: 'WEB' | 'CALL' | 'MAIL';
  thumbnailSize?: string;
  entities?: { code: string; type: string }[];
  openGroup?: boolean;
  lookup?: LookupSetting;
  referenceTable?: ReferenceTableSetting;
  /** Columns of a SUBTABLE, by code. */
  fields?: Record<string, FieldProperty>;
}

export type FieldProperties = Record<string, FieldProperty>;

export interface LayoutField {
  type: string;
  code?: string;
  label?: string;
  elementId?: string;
  size?: { width?: string; height?: string; innerHeight?: string };
}

export type LayoutItem =
  | { type: 'ROW'; fields: LayoutField[] }
  | { type: 'SUBTABLE'; code: string; fields: LayoutField[] }
  | { type: 'GROUP'; code: string; layout: { type: 'ROW'; fields: LayoutField[] }[] };

export interface View {
  type: 'LIST' | 'CALENDAR' | 'CUSTOM';
  id: string;
  index: string;
  name: string;
  builtinType?: string;
  fields?: string[];
  date?: string;
  title?: string;
  html?: string;
  pager?: boolean;
  device?: string;
  filterCond: string;
  sort: string;
}

export interface NumberPrecision {
  /** Total digits, "1" to "30". */
  digits: string;
  /** Digits after the point, "0" to "10". */
  decimalPlaces: string;
  roundingMode: 'HALF_EVEN' | 'UP' | 'DOWN';
}

export interface GeneralSettings {
  name: string;
  description: string;
  icon: { type: string; key: string };
  theme: string;
  titleField: { selectionMode: 'AUTO' | 'MANUAL'; code?: string };
  enableThumbnails: boolean;
  enableBulkDeletion: boolean;
  enableComments: boolean;
  enableDuplicateRecord: boolean;
  enableInlineRecordEditing: boolean;
  numberPrecision: NumberPrecision;
  firstMonthOfFiscalYear: string;
}

export interface StatusState {
  name: string;
  index: string;
  assignee: {
    type: 'ONE' | 'ALL' | 'ANY';
    entities: { entity: { type: string; code: string | null }; includeSubs: boolean }[];
  };
}

export interface StatusAction {
  name: string;
  from: string;
  to: string;
  filterCond: string;
}

export interface ProcessManagement {
  enable: boolean;
  states: Record<string, StatusState> | null;
  actions: StatusAction[] | null;
}

export type RightEntityType = 'USER' | 'GROUP' | 'ORGANIZATION' | 'CREATOR' | 'FIELD_ENTITY';

/** The group every user belongs to has the code "everyone". */
export interface AppRight {
  entity: { type: RightEntityType; code: string | null };
  includeSubs: boolean;
  appEditable: boolean;
  recordViewable: boolean;
  recordAddable: boolean;
  recordEditable: boolean;
  recordDeletable: boolean;
  recordImportable: boolean;
  recordExportable: boolean;
}

export interface CustomizeSetting {
  scope: 'ALL' | 'ADMIN' | 'NONE';
  desktop: { js: unknown[]; css: unknown[] };
  mobile: { js: unknown[]; css: unknown[] };
}

/** One side of an app's settings: what is live, or what is being prepared in the test environment. */
export interface AppSide {
  revision: number;
  settings: GeneralSettings;
  fields: FieldProperties;
  layout: LayoutItem[];
  views: Record<string, View>;
  status: ProcessManagement;
  acl: AppRight[];
  recordAcl: unknown[];
  fieldAcl: unknown[];
  customize: CustomizeSetting;
  /** Ids of the plug-ins added to the app, in order. */
  plugins: string[];
}

export interface ApiToken {
  token: string;
  view: boolean;
  add: boolean;
  edit: boolean;
  delete: boolean;
  manage: boolean;
}

export interface Comment {
  id: string;
  text: string;
  createdAt: string;
  creator: Entity;
  mentions: { code: string; type: 'USER' | 'GROUP' | 'ORGANIZATION' }[];
}

export type DeployStatus = 'PROCESSING' | 'SUCCESS' | 'FAIL' | 'CANCEL';

export interface User {
  id: string;
  code: string;
  name: string;
  password: string;
  email: string;
  /** ja, en, zh ...: decides the language of messages and of default field codes. */
  language: string;
  /** IANA name: date functions of queries are evaluated in this zone. */
  timezone: string;
  /** A kintone system administrator may manage every app. */
  isAdmin: boolean;
  isGuest: boolean;
  /** Codes; the first organization is the primary one. */
  organizations: string[];
  groups: string[];
}

export interface Space {
  id: string;
  name: string;
  isGuest: boolean;
  defaultThread: string;
  /** User codes; only they may enter a guest space. */
  members: string[];
}

export interface StoredFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** The only source of time; tests move it by hand. */
export interface Clock {
  nowMs(): number;
}
