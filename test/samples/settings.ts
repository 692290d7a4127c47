/** The sample's Nagare settings: the unit 月次売上締め with its two flows. */
import { QUIET_UNIT } from '../../src/definition/create';
import type {
  AppRef,
  Command,
  ConditionValue,
  FieldCondition,
  JsonObject,
  Settings,
} from '../../src/definition/types';
import { APP_IDS } from './apps';

export const SAMPLE_UNIT_ID = 'getsujiuriages';
export const SALES_FLOW_ID = 'uriageshukeiaa';
export const RANK_FLOW_ID = 'kokyakujuniiaa';

const command = (
  id: string,
  type: string,
  inputs: readonly string[],
  note: string,
  settings: JsonObject,
): Command => ({
  id,
  type,
  note,
  inputs,
  settings,
});

const app = (appId: string): JsonObject => ({ appId });

/** First or last day of the month of the record's 対象月, `offset` months away. */
const monthOfRecord = (edge: 'start' | 'end', offset = 0): ConditionValue => ({
  kind: 'period',
  unit: 'month',
  edge,
  offset,
  base: '対象月',
});

const condition = (
  field: string,
  operator: FieldCondition['operator'],
  values: readonly ConditionValue[],
): JsonObject => ({
  field,
  operator,
  values: values.map((value) => ({ ...value })),
});

const all = (...conditions: readonly JsonObject[]): JsonObject => ({ join: 'all', conditions });

const formula = (target: string, text: string, type: 'text' | 'date' | null = null): JsonObject => ({
  method: 'formula',
  target,
  label: '',
  formula: text,
  type,
  onError: 'fail',
});

const mapped = (...names: readonly string[]): readonly JsonObject[] =>
  names.map((name) => ({ from: name, to: name }));

/** Orders of the record's month, expanded to their lines, summed by customer, written into 月次売上. */
const salesFlow: readonly Command[] = [
  command('orders', 'inputApp', [], '対象月の受注', {
    app: app(APP_IDS.orders),
    fields: ['受注番号', '顧客コード', '明細'],
    rename: [],
    condition: all(
      condition('受注日', '>=', [monthOfRecord('start')]),
      condition('受注日', '<=', [monthOfRecord('end')]),
      condition('受注状態', 'in', [
        { kind: 'literal', value: '受注' },
        { kind: 'literal', value: '出荷済' },
      ]),
    ),
  }),
  command('lines', 'expandTable', ['orders'], '明細を1行ずつに', {
    table: '明細',
    keep: ['受注番号', '顧客コード'],
    emptyTable: 'drop',
  }),
  command('sums', 'group', ['lines'], '顧客ごとに合計', {
    by: ['顧客コード'],
    aggregates: [
      { column: '小計', method: 'sum', as: '売上金額', label: '' },
      { column: '受注番号', method: 'countDistinct', as: '受注件数', label: '' },
      { column: '数量', method: 'sum', as: '数量合計', label: '' },
    ],
  }),
  command('customers', 'inputApp', [], '顧客名', {
    app: app(APP_IDS.customers),
    fields: ['顧客コード', '顧客名'],
    rename: [{ from: '顧客コード', to: 'マスタの顧客コード' }],
    condition: null,
  }),
  command('named', 'join', ['sums', 'customers'], '', {
    method: 'left',
    keys: [{ left: '顧客コード', right: 'マスタの顧客コード' }],
  }),
  command('keyed', 'edit', ['named'], '集計キーを作る', {
    steps: [
      formula('対象月', 'DATE(YEAR(%対象月%), MONTH(%対象月%), 1)', 'date'),
      formula('年月', 'TEXT(%対象月%, "yyyy-mm")', 'text'),
      formula('集計キー', '年月 & "-" & 顧客コード', 'text'),
    ],
  }),
  command('write', 'outputApp', ['keyed'], '月次売上へ', {
    app: app(APP_IDS.monthlySales),
    mode: 'upsert',
    keys: ['集計キー'],
    mapping: mapped('集計キー', '年月', '対象月', '顧客コード', '顧客名', '売上金額', '受注件数', '数量合計'),
  }),
];

const ranked = (id: string, inputs: readonly string[], as: string): Command =>
  command(id, 'rank', inputs, '', {
    by: [{ column: '売上金額', descending: true }],
    groupBy: [],
    method: 'competition',
    as,
    label: '',
  });

const salesOfMonth = (
  id: string,
  note: string,
  fields: readonly string[],
  codeAs: string,
  offset: number,
): Command =>
  command(id, 'inputApp', [], note, {
    app: app(APP_IDS.monthlySales),
    fields,
    rename: [{ from: '顧客コード', to: codeAs }],
    condition: all(condition('対象月', '=', [monthOfRecord('start', offset)])),
  });

/** Ranks of this and the previous month, written back into 顧客; customers without sales lose theirs. */
const rankFlow: readonly Command[] = [
  command('customers', 'inputApp', [], 'すべての顧客', {
    app: app(APP_IDS.customers),
    fields: ['顧客コード'],
    rename: [],
    condition: null,
  }),
  salesOfMonth('salesThis', '今月の売上', ['顧客コード', '売上金額'], '今月の顧客コード', 0),
  ranked('rankThis', ['salesThis'], '今月順位'),
  salesOfMonth('salesLast', '前月の売上', ['顧客コード', '売上金額'], '前月の顧客コード', -1),
  ranked('rankLast', ['salesLast'], '前月順位'),
  command('joinThis', 'join', ['customers', 'rankThis'], '', {
    method: 'left',
    keys: [{ left: '顧客コード', right: '今月の顧客コード' }],
  }),
  command('joinLast', 'join', ['joinThis', 'rankLast'], '', {
    method: 'left',
    keys: [{ left: '顧客コード', right: '前月の顧客コード' }],
  }),
  command('write', 'outputApp', ['joinLast'], '顧客へ', {
    app: app(APP_IDS.customers),
    mode: 'update',
    keys: ['顧客コード'],
    mapping: [
      ...mapped('顧客コード'),
      { from: '売上金額', to: '今月売上' },
      ...mapped('今月順位', '前月順位'),
    ],
  }),
];

/** @param logApp the log app, which every domain makes for itself; null as long as there is none */
export function sampleSettings(logApp: AppRef | null): Settings {
  return {
    version: 2,
    logApp,
    holidays: [],
    units: [
      {
        id: SAMPLE_UNIT_ID,
        name: '月次売上締め',
        note: '対象月の受注を顧客ごとに集計し、順位を顧客へ書き戻します。',
        enabled: true,
        ...QUIET_UNIT,
        button: { enabled: true, label: '', placement: { kind: 'headerMenu' }, condition: null, users: [] },
        flowIds: [SALES_FLOW_ID, RANK_FLOW_ID],
      },
    ],
    flows: [
      { id: SALES_FLOW_ID, name: '受注から月次売上', note: '', commands: salesFlow },
      { id: RANK_FLOW_ID, name: '月次売上から顧客順位', note: '', commands: rankFlow },
    ],
  };
}
