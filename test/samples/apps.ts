/** The apps of the sample company: forms, lists and rights. */
import type { DumpApp, DumpField } from '../kintone/server/dump';
import type { AppRight, LayoutItem, View } from '../kintone/store/types';
import { ORDER_STATES, PREFECTURES, WAREHOUSES } from './words';

export const APP_IDS = {
  customers: '1',
  products: '2',
  orders: '3',
  stock: '4',
  monthlySales: '5',
  closing: '6',
} as const;

type Fields = Record<string, DumpField>;

const text = (label: string, more: Partial<DumpField> = {}): DumpField => ({
  type: 'SINGLE_LINE_TEXT',
  label,
  ...more,
});
const number = (label: string, more: Partial<DumpField> = {}): DumpField => ({
  type: 'NUMBER',
  label,
  digit: true,
  ...more,
});
const yen = (label: string): DumpField => number(label, { unit: '円', unitPosition: 'AFTER' });
const date = (label: string, more: Partial<DumpField> = {}): DumpField => ({ type: 'DATE', label, ...more });
const people = (label: string): DumpField => ({ type: 'USER_SELECT', label });
const choice = (label: string, options: readonly string[], first: string): DumpField => ({
  type: 'DROP_DOWN',
  label,
  defaultValue: first,
  options: Object.fromEntries(
    options.map((option, index) => [option, { label: option, index: String(index) }]),
  ),
});

const lookup = (
  label: string,
  app: string,
  key: string,
  copies: readonly (readonly [field: string, relatedField: string])[],
): DumpField =>
  text(label, {
    lookup: {
      relatedApp: { app, code: '' },
      relatedKeyField: key,
      fieldMappings: copies.map(([field, relatedField]) => ({ field, relatedField })),
      lookupPickerFields: [key],
      filterCond: '',
      sort: '',
    },
  });

const CUSTOMERS: Fields = {
  顧客コード: text('顧客コード', { unique: true, required: true }),
  顧客名: text('顧客名', { required: true }),
  都道府県: choice('都道府県', PREFECTURES, '東京都'),
  担当: people('担当'),
  今月売上: yen('今月売上'),
  今月順位: number('今月順位', { unit: '位', unitPosition: 'AFTER' }),
  前月順位: number('前月順位', { unit: '位', unitPosition: 'AFTER' }),
};

const PRODUCTS: Fields = {
  商品コード: text('商品コード', { unique: true, required: true }),
  商品名: text('商品名', { required: true }),
  単価: yen('単価'),
};

const ORDERS: Fields = {
  受注番号: text('受注番号', { unique: true, required: true }),
  受注日: date('受注日', { required: true }),
  受注状態: choice('受注状態', ORDER_STATES, '受注'),
  担当: people('担当'),
  顧客コード: lookup('顧客コード', APP_IDS.customers, '顧客コード', [['顧客名', '顧客名']]),
  顧客名: text('顧客名'),
  明細: {
    type: 'SUBTABLE',
    label: '明細',
    fields: {
      商品コード: lookup('商品コード', APP_IDS.products, '商品コード', [['商品名', '商品名']]),
      商品名: text('商品名'),
      単価: yen('単価'),
      数量: number('数量'),
      小計: {
        type: 'CALC',
        label: '小計',
        expression: '単価*数量',
        format: 'NUMBER_DIGIT',
        unit: '円',
        unitPosition: 'AFTER',
      },
    },
  },
  合計金額: {
    type: 'CALC',
    label: '合計金額',
    expression: 'SUM(小計)',
    format: 'NUMBER_DIGIT',
    unit: '円',
    unitPosition: 'AFTER',
  },
  備考: { type: 'MULTI_LINE_TEXT', label: '備考' },
};

const STOCK: Fields = {
  商品コード: text('商品コード', { unique: true, required: true }),
  商品名: text('商品名'),
  倉庫: choice('倉庫', WAREHOUSES, WAREHOUSES[0]),
  在庫数: number('在庫数'),
  安全在庫: number('安全在庫'),
};

const MONTHLY_SALES: Fields = {
  集計キー: text('集計キー', { unique: true, required: true }),
  年月: text('年月', { required: true }),
  対象月: date('対象月'),
  顧客コード: text('顧客コード', { required: true }),
  顧客名: text('顧客名'),
  売上金額: yen('売上金額'),
  受注件数: number('受注件数', { unit: '件', unitPosition: 'AFTER' }),
  数量合計: number('数量合計'),
};

const CLOSING: Fields = {
  対象月: date('対象月', { required: true }),
  締め担当: people('締め担当'),
  メモ: { type: 'MULTI_LINE_TEXT', label: 'メモ' },
};

const right = (code: string, type: AppRight['entity']['type'], may: 'write' | 'view'): AppRight => ({
  entity: { type, code },
  includeSubs: false,
  appEditable: false,
  recordViewable: true,
  recordAddable: may === 'write',
  recordEditable: may === 'write',
  recordDeletable: may === 'write',
  recordImportable: false,
  recordExportable: false,
});

const creator: AppRight = {
  ...right('', 'CREATOR', 'write'),
  entity: { type: 'CREATOR', code: null },
  appEditable: true,
};
/** The first entry that fits counts, as in kintone. */
const VIEWER = right('tanaka', 'USER', 'view');
const EVERYONE = right('everyone', 'GROUP', 'write');
const USUAL: AppRight[] = [creator, VIEWER, EVERYONE];
/** Suzuki takes orders but may not touch the closed figures: a run of his fails, which is to be seen too. */
const MONTHLY_SALES_RIGHTS: AppRight[] = [creator, VIEWER, right('suzuki', 'USER', 'view'), EVERYONE];

function layoutOf(fields: Fields, rows: readonly (readonly string[])[]): LayoutItem[] {
  return rows.map((codes): LayoutItem => {
    const items = codes.map((code) => {
      const field = fields[code];
      if (field === undefined) throw new Error(`the form has no field ${code}`);
      return { code, field };
    });
    const only = items[0];
    if (items.length === 1 && only?.field.type === 'SUBTABLE') {
      const inner = Object.entries(only.field.fields ?? {});
      return {
        type: 'SUBTABLE',
        code: only.code,
        fields: inner.map(([code, field]) => ({ type: field.type, code, size: { width: '160' } })),
      };
    }
    return {
      type: 'ROW',
      fields: items.map(({ code, field }) => ({ type: field.type, code, size: { width: '193' } })),
    };
  });
}

const listOf = (fields: readonly string[], sort: string): Partial<View> => ({ fields: [...fields], sort });

const app = (
  id: string,
  name: string,
  fields: Fields,
  rows: readonly (readonly string[])[],
  sort: string,
  acl: AppRight[] = USUAL,
): DumpApp => ({
  id,
  name,
  creator: 'admin',
  fields,
  layout: layoutOf(fields, rows),
  views: {
    一覧: listOf(
      rows.flat().filter((code) => fields[code]?.type !== 'SUBTABLE'),
      sort,
    ),
  },
  acl,
});

/** The apps without records. */
export const SAMPLE_APPS: readonly DumpApp[] = [
  app(
    APP_IDS.customers,
    '顧客',
    CUSTOMERS,
    [
      ['顧客コード', '顧客名'],
      ['都道府県', '担当'],
      ['今月売上', '今月順位', '前月順位'],
    ],
    '顧客コード asc',
  ),
  app(APP_IDS.products, '商品', PRODUCTS, [['商品コード', '商品名', '単価']], '商品コード asc'),
  app(
    APP_IDS.orders,
    '受注',
    ORDERS,
    [['受注番号', '受注日', '受注状態'], ['顧客コード', '顧客名', '担当'], ['明細'], ['合計金額'], ['備考']],
    '受注番号 desc',
  ),
  app(
    APP_IDS.stock,
    '在庫',
    STOCK,
    [
      ['商品コード', '商品名'],
      ['倉庫', '在庫数', '安全在庫'],
    ],
    '商品コード asc',
  ),
  app(
    APP_IDS.monthlySales,
    '月次売上',
    MONTHLY_SALES,
    [
      ['集計キー', '年月', '対象月'],
      ['顧客コード', '顧客名'],
      ['売上金額', '受注件数', '数量合計'],
    ],
    '年月 desc, 売上金額 desc',
    MONTHLY_SALES_RIGHTS,
  ),
  app(APP_IDS.closing, '締め処理', CLOSING, [['対象月', '締め担当'], ['メモ']], '対象月 desc'),
];
