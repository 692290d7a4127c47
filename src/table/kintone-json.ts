/** kintone's JSON shapes as data (no calls): what records and form fields look like on the wire. */

export interface KintoneFieldValue {
  readonly type?: string;
  readonly value: unknown;
}

/** A record as GET records answers it: field code to `{type, value}`, plus `$id` and `$revision`. */
export type KintoneRecord = Readonly<Record<string, KintoneFieldValue>>;

/** One entry of `properties` of GET app/form/fields; only what this project reads. */
export interface KintoneFieldProperty {
  readonly type: string;
  readonly code: string;
  readonly label: string;
  /** STATUS, STATUS_ASSIGNEE and CATEGORY: false while the app does not use them; records then lack the field. */
  readonly enabled?: boolean;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly options?: Readonly<Record<string, { readonly label: string; readonly index: string }>>;
  /** Inner fields, for SUBTABLE. */
  readonly fields?: Readonly<Record<string, KintoneFieldProperty>>;
  readonly lookup?: {
    readonly relatedApp?: { readonly app?: string };
    readonly relatedKeyField?: string;
    readonly fieldMappings: readonly { readonly field: string; readonly relatedField: string }[];
  } | null;
  /** CALC: the expression; SINGLE_LINE_TEXT: set when the text is auto-calculated. */
  readonly expression?: string;
  /** CALC: NUMBER, NUMBER_DIGIT, DATE, TIME, DATETIME, HOUR_MINUTE, DAY_HOUR_MINUTE. */
  readonly format?: string;
  readonly minLength?: string;
  readonly maxLength?: string;
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly defaultValue?: unknown;
  readonly defaultNowValue?: boolean;
}

export type KintoneFields = Readonly<Record<string, KintoneFieldProperty>>;
