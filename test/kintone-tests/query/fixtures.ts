import {
  compileCondition,
  parseQuery,
  type QueryContext,
  type QueryFields,
  type QueryRecord,
} from '../../kintone/query';

const options = (...names: string[]) =>
  Object.fromEntries(names.map((name, index) => [name, { label: name, index: String(index) }]));

/** One field of every type that matters to queries, two tables and a related-records list. */
export const fields: QueryFields = {
  レコード番号: { type: 'RECORD_NUMBER', code: 'レコード番号' },
  作成者: { type: 'CREATOR', code: '作成者' },
  更新者: { type: 'MODIFIER', code: '更新者' },
  作成日時: { type: 'CREATED_TIME', code: '作成日時' },
  更新日時: { type: 'UPDATED_TIME', code: '更新日時' },
  文字列__1行_: { type: 'SINGLE_LINE_TEXT', code: '文字列__1行_' },
  memo: { type: 'MULTI_LINE_TEXT', code: 'memo' },
  rich: { type: 'RICH_TEXT', code: 'rich' },
  link: { type: 'LINK', code: 'link' },
  n: { type: 'NUMBER', code: 'n' },
  sum: { type: 'CALC', code: 'sum', format: 'NUMBER' },
  due: { type: 'CALC', code: 'due', format: 'DATE' },
  worked: { type: 'CALC', code: 'worked', format: 'HOUR_MINUTE' },
  d: { type: 'DATE', code: 'd' },
  t: { type: 'TIME', code: 't' },
  dt: { type: 'DATETIME', code: 'dt' },
  check: { type: 'CHECK_BOX', code: 'check', options: options('red', 'blue', 'green') },
  radio: { type: 'RADIO_BUTTON', code: 'radio', options: options('yes', 'no') },
  drop: { type: 'DROP_DOWN', code: 'drop', options: options('high', 'middle', 'low') },
  multi: { type: 'MULTI_SELECT', code: 'multi', options: options('a', 'b') },
  user: { type: 'USER_SELECT', code: 'user' },
  org: { type: 'ORGANIZATION_SELECT', code: 'org' },
  group: { type: 'GROUP_SELECT', code: 'group' },
  file: { type: 'FILE', code: 'file' },
  ステータス: { type: 'STATUS', code: 'ステータス', enabled: true },
  作業者: { type: 'STATUS_ASSIGNEE', code: '作業者', enabled: true },
  カテゴリー: { type: 'CATEGORY', code: 'カテゴリー' },
  items: {
    type: 'SUBTABLE',
    code: 'items',
    fields: {
      name: { type: 'SINGLE_LINE_TEXT', code: 'name' },
      qty: { type: 'NUMBER', code: 'qty' },
      day: { type: 'DATE', code: 'day' },
      note: { type: 'MULTI_LINE_TEXT', code: 'note' },
      colour: { type: 'DROP_DOWN', code: 'colour', options: options('red', 'blue') },
    },
  },
  others: {
    type: 'SUBTABLE',
    code: 'others',
    fields: { other: { type: 'SINGLE_LINE_TEXT', code: 'other' } },
  },
  related: {
    type: 'REFERENCE_TABLE',
    code: 'related',
    fields: {
      title: { type: 'SINGLE_LINE_TEXT', code: 'title' },
      price: { type: 'NUMBER', code: 'price' },
    },
  },
  opaque: { type: 'REFERENCE_TABLE', code: 'opaque' },
};

/** Friday, 24 April 2026, 22:51 in Tokyo and 25 April in Samoa. */
export const NOW_MS = Date.UTC(2026, 3, 24, 13, 51, 30);

export const context: QueryContext = {
  fields,
  nowMs: NOW_MS,
  timeZone: 'Asia/Tokyo',
  loginUser: { code: 'sato' },
  primaryOrganization: 'sales',
};

/** A record from bare values; types come from `fields`. */
export function record(id: number, values: Readonly<Record<string, unknown>> = {}): QueryRecord {
  return {
    $id: { type: '__ID__', value: String(id) },
    $revision: { type: '__REVISION__', value: '1' },
    レコード番号: { type: 'RECORD_NUMBER', value: String(id) },
    ...Object.fromEntries(
      Object.entries(values).map(([code, value]) => [code, { type: fields[code]?.type ?? '', value }]),
    ),
  };
}

/** A table value from bare rows. */
export function rows(...all: readonly Readonly<Record<string, unknown>>[]): unknown {
  return all.map((row, index) => ({
    id: String(index + 1),
    value: Object.fromEntries(Object.entries(row).map(([code, value]) => [code, { type: '', value }])),
  }));
}

/** Ids of the records that a query text finds, in the order given. */
export function find(
  text: string,
  records: readonly QueryRecord[],
  changes: Partial<QueryContext> = {},
): number[] {
  const test = compileCondition(parseQuery(text).condition, { ...context, ...changes });
  return records.filter(test).map((item) => Number(item['$id']?.value));
}
