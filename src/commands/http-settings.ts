/** Settings of the command that reads from outside. */
import * as v from 'valibot';
import type { ColumnType } from '../table/types';
import { columnName, entries } from './schemas';

/** Types an outside value can be turned into. */
export const HTTP_TYPES = [
  'text',
  'number',
  'date',
  'time',
  'datetime',
  'choice',
] as const satisfies ColumnType[];

export interface HttpColumn {
  /** JSON: keys and list numbers with dots between (`user.name`, `tags.0`), blank for the entry itself. CSV: the header, or the number of the column from 1. */
  readonly from: string;
  readonly as: string;
  /** Blank: the name. */
  readonly label: string;
  readonly type: (typeof HTTP_TYPES)[number];
}

export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

/**
 * What helps to fill in the rest of the settings on the settings page. Never used at run time.
 * json, csv: the request itself is looked at. service: see docs/connectors.md.
 */
export type ConnectorSettings =
  | { readonly kind: 'json' | 'csv' }
  | {
      readonly kind: 'service';
      /** https, as typed. */
      readonly address: string;
      /** What was chosen for the service's fields, so that the form can be opened again. */
      readonly values: readonly ConnectorValue[];
    };

export interface ConnectorValue {
  readonly field: string;
  readonly value: string;
  /** As the service called it when it was chosen; blank: it was typed. */
  readonly label: string;
}

export interface InputHttpSettings {
  /** https; parameters may stand behind the host. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Sent as they are. Not for secrets: everybody who can open the app can read settings. */
  readonly headers: readonly HttpHeader[];
  /** How the body is written, and its Content-Type unless a header says otherwise. */
  readonly bodyType: 'json' | 'form';
  /** Sent with POST. */
  readonly body: string;
  readonly format: 'json' | 'csv';
  /** Where the rows are in the JSON: keys and list numbers with dots between; blank: the whole answer. */
  readonly path: string;
  readonly csvHeader: boolean;
  readonly csvDelimiter: 'comma' | 'tab' | 'semicolon';
  readonly columns: readonly HttpColumn[];
  /** Values that are none of the column's type: stop, or leave blank and count. */
  readonly onError: 'fail' | 'blank';
  /** Texts that a spreadsheet would take for a formula: keep and count, or put an apostrophe before. */
  readonly formulaTexts: 'keep' | 'guard';
  readonly connector: ConnectorSettings | null;
}

export const MAX_URL_LENGTH = 2000;
const MAX_HEADER_LENGTH = 2000;
const MAX_BODY_LENGTH = 65_535;
/** Fields of a service, and characters of what is chosen for one. */
export const MAX_CONNECTOR_FIELDS = 30;
export const MAX_CONNECTOR_VALUE_LENGTH = 1000;

const connector: v.GenericSchema<unknown, ConnectorSettings> = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['json', 'csv']) }),
  v.strictObject({
    kind: v.literal('service'),
    address: v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH)),
    values: v.pipe(
      v.array(
        v.strictObject({
          field: columnName,
          value: v.pipe(v.string(), v.maxLength(MAX_CONNECTOR_VALUE_LENGTH)),
          label: columnName,
        }),
      ),
      v.maxLength(MAX_CONNECTOR_FIELDS),
    ),
  }),
]);

export const httpSettings: v.GenericSchema<unknown, InputHttpSettings> = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH)),
  method: v.picklist(['GET', 'POST']),
  headers: entries(
    v.strictObject({ name: columnName, value: v.pipe(v.string(), v.maxLength(MAX_HEADER_LENGTH)) }),
  ),
  bodyType: v.picklist(['json', 'form']),
  body: v.pipe(v.string(), v.maxLength(MAX_BODY_LENGTH)),
  format: v.picklist(['json', 'csv']),
  path: columnName,
  csvHeader: v.boolean(),
  csvDelimiter: v.picklist(['comma', 'tab', 'semicolon']),
  columns: entries(
    v.strictObject({
      from: columnName,
      as: columnName,
      label: columnName,
      type: v.picklist(HTTP_TYPES),
    }),
  ),
  onError: v.picklist(['fail', 'blank']),
  formulaTexts: v.picklist(['keep', 'guard']),
  // Settings that were saved before there were connectors have none.
  connector: v.optional(v.nullable(connector), null),
});
