/** A small company for looking at the settings page: apps, a form with a table, settings with mistakes in them. */
import { QUIET_UNIT } from '../../../src/definition/create';
import type { Command, Settings } from '../../../src/definition/types';
import type { Dump } from '../../kintone/server/dump';

export const CALLING_APP = '1';

const options = (...labels: string[]) =>
  Object.fromEntries(labels.map((label, index) => [label, { label, index: String(index) }]));

export function world(language: 'ja' | 'en' | 'zh'): Dump {
  return {
    users: [{ code: 'admin', password: 'admin', name: '管理 花子', language, isAdmin: true }],
    apps: [
      {
        id: 1,
        name: '月次締め',
        creator: 'admin',
        fields: {
          month: { type: 'DATE', label: '対象月' },
          status: { type: 'DROP_DOWN', label: '状況', options: options('準備中', '確定') },
          lines: {
            type: 'SUBTABLE',
            label: '明細',
            fields: {
              item: { type: 'SINGLE_LINE_TEXT', label: '品名' },
              price: { type: 'NUMBER', label: '単価' },
            },
          },
        },
        layout: [
          {
            type: 'ROW',
            fields: [
              { type: 'DATE', code: 'month', size: { width: '180' } },
              { type: 'DROP_DOWN', code: 'status', size: { width: '180' } },
              { type: 'SPACER', elementId: 'run_button', size: { width: '200' } },
            ],
          },
          {
            type: 'SUBTABLE',
            code: 'lines',
            fields: [
              { type: 'SINGLE_LINE_TEXT', code: 'item', size: { width: '180' } },
              { type: 'NUMBER', code: 'price', size: { width: '180' } },
            ],
          },
        ],
        records: [],
      },
      {
        id: 2,
        name: '受注',
        creator: 'admin',
        fields: {
          order_no: { type: 'SINGLE_LINE_TEXT', label: '受注番号', unique: true },
          customer: { type: 'SINGLE_LINE_TEXT', label: '顧客名' },
          ordered: { type: 'DATE', label: '受注日' },
          amount: { type: 'NUMBER', label: '金額' },
          state: { type: 'DROP_DOWN', label: '受注状態', options: options('見込み', '受注', '失注') },
        },
        records: [],
      },
      {
        id: 3,
        name: '顧客別売上',
        creator: 'admin',
        fields: {
          customer: { type: 'SINGLE_LINE_TEXT', label: '顧客名', unique: true },
          total: { type: 'NUMBER', label: '売上合計' },
          count: { type: 'NUMBER', label: '件数' },
          memo: { type: 'MULTI_LINE_TEXT', label: '備考', required: true },
        },
        records: [],
      },
    ],
  } as unknown as Dump;
}

const command = (id: string, type: string, inputs: readonly string[], settings: object): Command => ({
  id,
  type,
  note: '',
  inputs,
  settings: settings as Command['settings'],
});

const unit: Settings['units'][number] = {
  id: 'monthlyclosing',
  name: '月次売上締め',
  note: '毎月 5 日までに経理が実行します。',
  enabled: false,
  ...QUIET_UNIT,
  button: {
    enabled: true,
    label: '売上を締める',
    placement: { kind: 'space', spaceId: 'run_button' },
    condition: {
      join: 'all',
      conditions: [{ field: 'status', operator: 'in', values: [{ kind: 'literal', value: '確定' }] }],
    },
    users: [{ type: 'GROUP', code: 'keiri' }],
  },
  flowIds: ['salesflow', 'stockflow'],
};

/** One sound flow with every common command, one with mistakes, a unit that uses both. */
export const worldSettings: Settings = {
  version: 2,
  logApp: null,
  holidays: [],
  units: [unit, { ...unit, id: 'nightlyimports', name: '在庫の更新', note: '', flowIds: ['stockflow'] }],
  flows: [
    {
      id: 'salesflow',
      name: '顧客別売上の集計',
      note: '',
      commands: [
        command('in', 'inputApp', [], {
          app: { appId: '2' },
          fields: [],
          rename: [],
          condition: {
            join: 'all',
            conditions: [
              { field: 'state', operator: 'in', values: [{ kind: 'literal', value: '受注' }] },
              {
                field: 'ordered',
                operator: '>=',
                values: [{ kind: 'period', unit: 'month', edge: 'start', offset: -1, base: '' }],
              },
            ],
          },
        }),
        command('edit', 'edit', ['in'], {
          steps: [
            {
              method: 'formula',
              target: '税込',
              label: '',
              formula: 'ROUND(amount * 1.1, 0)',
              type: null,
              onError: 'fail',
            },
          ],
        }),
        command('group', 'group', ['edit'], {
          by: ['customer'],
          aggregates: [
            { column: '税込', method: 'sum', as: 'total', label: '売上合計' },
            { column: 'order_no', method: 'count', as: 'count', label: '件数' },
          ],
        }),
        command('rank', 'rank', ['group'], {
          by: [{ column: 'total', descending: true }],
          groupBy: [],
          method: 'competition',
          as: '順位',
          label: '',
        }),
        command('out', 'outputApp', ['rank'], {
          app: { appId: '3' },
          mode: 'upsert',
          keys: ['customer'],
          mapping: [
            { from: 'customer', to: 'customer' },
            { from: 'total', to: 'total' },
            { from: 'count', to: 'count' },
          ],
        }),
      ],
    },
    {
      id: 'stockflow',
      name: '在庫の引き当て（作成中）',
      note: '',
      commands: [
        command('a', 'inputApp', [], {
          app: { appId: '2' },
          fields: ['order_no', 'gone'],
          rename: [],
          condition: null,
        }),
        command('b', 'inputApp', [], { app: { appId: '99' }, fields: [], rename: [], condition: null }),
        command('j', 'join', ['a', 'b'], { method: 'left', keys: [{ left: 'order_no', right: 'code' }] }),
      ],
    },
  ],
};
