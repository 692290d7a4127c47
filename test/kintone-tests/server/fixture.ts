import type { Dump, DumpApp } from '../../kintone/server/dump';
import { createKintone, type Kintone, type KintoneOptions } from '../../kintone/server/kintone';
import type { ApiReply, HttpMethod } from '../../kintone/server/types';

/** 2026-04-23T14:11:42.500Z: seconds that must not show in record times. */
export const startMs = Date.UTC(2026, 3, 23, 14, 11, 42, 500);

export const ordersApp: DumpApp = {
  id: 1,
  name: '受注',
  code: 'ORD',
  fields: {
    key: { type: 'SINGLE_LINE_TEXT', unique: true, label: 'キー' },
    number_key: { type: 'NUMBER', unique: true },
    title: { type: 'SINGLE_LINE_TEXT', minLength: '2', maxLength: '10' },
    memo: { type: 'MULTI_LINE_TEXT' },
    amount: { type: 'NUMBER', minValue: '0', maxValue: '1000000' },
    day: { type: 'DATE' },
    at: { type: 'DATETIME' },
    time: { type: 'TIME' },
    kind: {
      type: 'DROP_DOWN',
      options: { A: { label: 'A', index: '0' }, B: { label: 'B', index: '1' } },
      defaultValue: 'A',
    },
    tags: {
      type: 'CHECK_BOX',
      options: { x: { label: 'x', index: '0' }, y: { label: 'y', index: '1' } },
    },
    people: { type: 'USER_SELECT' },
    files: { type: 'FILE' },
    customer: {
      type: 'SINGLE_LINE_TEXT',
      label: '顧客コード',
      lookup: {
        relatedApp: { app: '2', code: '' },
        relatedKeyField: 'customer_code',
        fieldMappings: [{ field: 'customer_name', relatedField: 'name' }],
        lookupPickerFields: [],
        filterCond: '',
        sort: '',
      },
    },
    customer_name: { type: 'SINGLE_LINE_TEXT' },
    total: { type: 'CALC', expression: 'SUM(line_total) + amount', format: 'NUMBER' },
    lines: {
      type: 'SUBTABLE',
      fields: {
        item: { type: 'SINGLE_LINE_TEXT', defaultValue: 'none' },
        price: { type: 'NUMBER' },
        quantity: { type: 'NUMBER' },
        line_total: { type: 'CALC', expression: 'price * quantity', format: 'NUMBER' },
      },
    },
  },
  tokens: [
    { token: 'orders-all', view: true, add: true, edit: true, delete: true },
    { token: 'orders-view', view: true },
  ],
};

export const customersApp: DumpApp = {
  id: 2,
  name: '顧客',
  fields: {
    customer_code: { type: 'SINGLE_LINE_TEXT', unique: true, required: true },
    name: { type: 'SINGLE_LINE_TEXT' },
  },
  tokens: [{ token: 'customers-all', view: true, add: true, edit: true, delete: true }],
  records: [
    { customer_code: 'C1', name: '青山' },
    { customer_code: 'C2', name: '赤坂' },
  ],
};

export const dump: Dump = {
  users: [
    { code: 'taro', password: 'taro-pw', name: '太郎', language: 'ja' },
    { code: 'emma', password: 'emma-pw', name: 'Emma', language: 'en' },
  ],
  apps: [ordersApp, customersApp],
};

export function loadedKintone(options: KintoneOptions = {}, extra: Dump = {}): Kintone {
  const kintone = createKintone({ startMs, ...options });
  kintone.load(structuredClone(dump));
  kintone.load(structuredClone(extra));
  return kintone;
}

function passwordHeader(user: string): string {
  const password = user === 'Administrator' ? 'cybozu' : `${user}-pw`;
  return Buffer.from(`${user}:${password}`).toString('base64');
}

/** A JSON answer: the tests look into it as freely as into the result of `JSON.parse`. */
export type Body = ReturnType<JSON['parse']>;

/** One REST call without HTTP, as a user (default taro) or with other headers. */
export async function call(
  kintone: Kintone,
  method: HttpMethod,
  path: string,
  params: Record<string, unknown>,
  as: string | Record<string, string> = 'taro',
): Promise<ApiReply & { body: Body }> {
  const headers = typeof as === 'string' ? { 'x-cybozu-authorization': passwordHeader(as) } : as;
  return kintone.request({ method, path: `/k/v1/${path}.json`, params, headers });
}
