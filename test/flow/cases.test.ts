/** Worked cases of the peer product: the vendor's drills with small numbers of our own. */
import { describe, expect, it } from 'vitest';
import { parametersOf } from '../../src/flow/index';
import { parseDecimal } from '../../src/table/index';
import type { InnerRow } from '../../src/table/types';
import { field, form, options, table } from '../commands/support';
import {
  command,
  edit,
  execute,
  filterBy,
  flow,
  inputApp,
  outputApp,
  outputRows,
  specsOf,
  union,
} from './support';

describe('area totals (case C1, drill 550-10)', () => {
  const sales = form(
    field('店舗名', 'SINGLE_LINE_TEXT'),
    field('製品分類', 'DROP_DOWN', { options: options('家電', '食品') }),
    field('売上金額', 'NUMBER'),
  );
  const areas = form(
    field('エリア', 'SINGLE_LINE_TEXT'),
    field('製品分類', 'DROP_DOWN', { options: options('家電', '食品') }),
    field('売上金額', 'NUMBER'),
  );
  const records = table(specsOf(sales), [
    ['北海道店', '家電', 100],
    ['北海道店', '食品', 40],
    ['青森店', '家電', 70],
    ['秋田店', '家電', 30],
    ['秋田店', '食品', 25],
    ['福岡店', '食品', 60],
    ['大分店', '家電', 15],
    ['東京店', '家電', 999],
  ]);
  const anyShop = (...shops: string[]) => `OR(${shops.map((shop) => `店舗名="${shop}"`).join(',')})`;
  const tohoku = anyShop('青森店', '秋田店', '岩手店', '山形店', '宮城店', '福島店');
  const kyushu = anyShop('福岡店', '佐賀店', '大分店', '長崎店', '宮崎店', '熊本店', '鹿児島店');

  it('sums per area and class, and other shops appear nowhere', async () => {
    const result = await execute(
      flow(
        inputApp('in', '1'),
        filterBy('f1', 'in', 'IF(OR(店舗名="北海道店"),"北海道","")'),
        filterBy('f2', 'in', `IF(${tohoku},"東北","")`),
        filterBy('f3', 'in', `IF(${kyushu},"九州","")`),
        edit('c1', 'f1', 'エリア', '"北海道"'),
        edit('c2', 'f2', 'エリア', '"東北"'),
        edit('c3', 'f3', 'エリア', '"九州"'),
        union('u1', 'c1', 'c2'),
        union('u2', 'u1', 'c3'),
        command('g', 'group', ['u2'], {
          by: ['エリア', '製品分類'],
          aggregates: [{ column: '売上金額', method: 'sum', as: '売上金額', label: '' }],
        }),
        outputApp('out', 'g', '2', ['エリア', '製品分類', '売上金額'], {
          mode: 'upsert',
          keys: ['エリア', '製品分類'],
        }),
      ),
      { '1': { fields: sales, records }, '2': { fields: areas } },
    );
    expect(outputRows(result)).toEqual([
      ['北海道', '家電', '100'],
      ['北海道', '食品', '40'],
      ['東北', '家電', '100'],
      ['東北', '食品', '25'],
      ['九州', '食品', '60'],
      ['九州', '家電', '15'],
    ]);
    expect(result.outputs[0]).toMatchObject({
      mode: 'upsert',
      keys: ['エリア', '製品分類'],
      place: { unitId: 'u', flowId: 'f', commandId: 'out' },
    });
    expect(result.steps.map((step) => [step.commandId, step.rowsIn, step.rowsOut])).toEqual([
      ['in', 0, 8],
      ['f1', 8, 2],
      ['f2', 8, 3],
      ['f3', 8, 2],
      ['c1', 2, 2],
      ['c2', 3, 3],
      ['c3', 2, 2],
      ['u1', 5, 5],
      ['u2', 7, 7],
      ['g', 7, 6],
      ['out', 6, 6],
    ]);
  });
});

describe('quarter totals (case C3, drill 550-20)', () => {
  const monthly = form(
    field('店舗', 'SINGLE_LINE_TEXT'),
    field('年月', 'DATE'),
    field('予算', 'NUMBER'),
    field('実績', 'NUMBER'),
  );
  const codes = ['Q1', 'Q2', 'Q3', 'Q4'].flatMap((quarter) => [`${quarter}予算`, `${quarter}実績`]);
  const quarterly = form(field('店舗', 'SINGLE_LINE_TEXT'), ...codes.map((code) => field(code, 'NUMBER')));
  const months = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3];
  const records = table(
    specsOf(monthly),
    months.map((month) => [
      '渋谷',
      `${month >= 4 ? 2020 : 2021}-${String(month).padStart(2, '0')}-01`,
      100 + month,
      90 + 2 * month,
    ]),
  );
  const quarter = (name: string, from: string, to: string) => [
    command(`f${name}`, 'filter', ['in'], {
      mode: 'conditions',
      condition: {
        join: 'all',
        conditions: [
          { field: '年月', operator: '>=', values: [{ kind: 'literal', value: from }] },
          { field: '年月', operator: '<=', values: [{ kind: 'literal', value: to }] },
        ],
      },
      formula: '',
    }),
    command(`g${name}`, 'group', [`f${name}`], {
      by: ['店舗'],
      aggregates: ['予算', '実績'].map((column) => ({
        column,
        method: 'sum',
        as: `${name}${column}`,
        label: '',
      })),
    }),
  ];
  const join = (id: string, left: string, right: string) =>
    command(id, 'join', [left, right], { method: 'full', keys: [{ left: '店舗', right: '店舗' }] });

  it('gives one record per shop with the four quarters, both ends included', async () => {
    const result = await execute(
      flow(
        inputApp('in', '1'),
        ...quarter('Q1', '2020-04-01', '2020-06-30'),
        ...quarter('Q2', '2020-07-01', '2020-09-30'),
        ...quarter('Q3', '2020-10-01', '2020-12-31'),
        ...quarter('Q4', '2021-01-01', '2021-03-31'),
        join('j1', 'gQ1', 'gQ2'),
        join('j2', 'j1', 'gQ3'),
        join('j3', 'j2', 'gQ4'),
        outputApp('out', 'j3', '2', ['店舗', ...codes], { mode: 'upsert', keys: ['店舗'] }),
      ),
      { '1': { fields: monthly, records }, '2': { fields: quarterly } },
    );
    expect(outputRows(result)).toEqual([['渋谷', '315', '300', '324', '318', '333', '336', '306', '282']]);
  });
});

describe('quotation to order slip (case C9, drill 640-10)', () => {
  const details = field('見積明細', 'SUBTABLE', {
    fields: form(field('品名', 'SINGLE_LINE_TEXT'), field('数量', 'NUMBER')),
  });
  const quotations = form(
    field('レコード番号', 'RECORD_NUMBER'),
    field('ステータス', 'STATUS'),
    field('見積No', 'SINGLE_LINE_TEXT'),
    field('取引先', 'SINGLE_LINE_TEXT'),
    details,
  );
  const slips = form(field('見積No', 'SINGLE_LINE_TEXT'), field('取引先', 'SINGLE_LINE_TEXT'), details);
  const rows: readonly InnerRow[] = [{ id: '3', cells: ['紙', parseDecimal('5')] }];
  const records = table(specsOf(quotations), [
    ['11', '受注', 'Q-11', '流商店', rows],
    ['12', '受注', 'Q-12', '川商店', rows],
    ['13', '見積中', 'Q-13', '川商店', rows],
  ]);
  const order = flow(
    inputApp('in', '1', {
      fields: ['ステータス', '見積No', '取引先', '見積明細'],
      condition: {
        join: 'all',
        conditions: [
          { field: 'レコード番号', operator: '=', values: [{ kind: 'parameter', name: 'レコード番号' }] },
          { field: 'ステータス', operator: 'in', values: [{ kind: 'literal', value: '受注' }] },
        ],
      },
    }),
    outputApp('out', 'in', '2', ['見積No', '取引先', '見積明細']),
  );
  const apps = { '1': { fields: quotations, records }, '2': { fields: slips } };
  const parameters = parametersOf(quotations);

  it('makes exactly one slip with its table for the record that was ordered', async () => {
    const result = await execute(order, apps, { parameters, values: { レコード番号: '12' } });
    expect(outputRows(result).map((row) => row.slice(0, 2))).toEqual([['Q-12', '川商店']]);
    const written = result.outputs[0]?.table.columns[2];
    expect(written?.kind === 'object' && written.values[0]).toEqual([
      { id: null, cells: ['紙', parseDecimal('5')] },
    ]);
    expect(result.outputs[0]?.mode).toBe('append');
  });

  it('writes nothing for any other status', async () => {
    const result = await execute(order, apps, { parameters, values: { レコード番号: '13' } });
    expect(outputRows(result)).toEqual([]);
    expect(result.outputs).toHaveLength(1);
  });
});

describe('update switch and output order', () => {
  const stock = form(field('品', 'SINGLE_LINE_TEXT', { unique: true }), field('数量', 'NUMBER'));
  const records = table(specsOf(stock), [
    ['B', 7],
    ['A', 5],
  ]);

  it.each(['update', 'upsert', 'append'] as const)(
    'hands over mode %s with the rows as sorted',
    async (mode) => {
      const keys = mode === 'append' ? [] : ['品'];
      const result = await execute(
        flow(
          inputApp('in', '1'),
          command('s', 'sort', ['in'], { keys: [{ column: '品', descending: false }] }),
          outputApp('out', 's', '2', ['品', '数量'], { mode, keys }),
        ),
        { '1': { fields: stock, records }, '2': { fields: stock } },
      );
      expect(result.outputs[0]).toMatchObject({ mode, keys });
      expect(outputRows(result)).toEqual([
        ['A', '5'],
        ['B', '7'],
      ]);
    },
  );
});

describe('customer totals and ranks written back', () => {
  const lines = field('明細', 'SUBTABLE', { fields: form(field('単価', 'NUMBER'), field('数量', 'NUMBER')) });
  const orders = form(field('顧客', 'SINGLE_LINE_TEXT'), lines);
  const customers = form(field('顧客', 'SINGLE_LINE_TEXT'), field('売上', 'NUMBER'), field('順位', 'NUMBER'));
  const line = (price: string, quantity: string): InnerRow => ({
    id: '1',
    cells: [parseDecimal(price), parseDecimal(quantity)],
  });
  const apps = {
    '1': {
      fields: orders,
      records: table(specsOf(orders), [
        ['A', [line('0.1', '3'), line('10', '1')]],
        ['B', [line('20', '1')]],
        ['A', [line('0.1', '1')]],
      ]),
    },
    '2': { fields: customers, records: table(specsOf(customers), [['A'], ['C'], ['B']]) },
  };

  it('leaves customers without orders unranked', async () => {
    const result = await execute(
      flow(
        inputApp('orders', '1'),
        inputApp('customers', '2', { fields: ['顧客'] }),
        command('x', 'expandTable', ['orders'], { table: '明細', keep: ['顧客'], emptyTable: 'drop' }),
        edit('e', 'x', '小計', '単価*数量'),
        command('g', 'group', ['e'], {
          by: ['顧客'],
          aggregates: [{ column: '小計', method: 'sum', as: '売上', label: '' }],
        }),
        command('j', 'join', ['customers', 'g'], { method: 'left', keys: [{ left: '顧客', right: '顧客' }] }),
        command('r', 'rank', ['j'], {
          by: [{ column: '売上', descending: true }],
          groupBy: [],
          method: 'competition',
          as: '順位',
          label: '',
        }),
        outputApp('out', 'r', '2', ['顧客', '売上', '順位'], { mode: 'update', keys: ['顧客'] }),
      ),
      apps,
    );
    expect(outputRows(result)).toEqual([
      ['A', '10.4', '2'],
      ['C', '', ''],
      ['B', '20', '1'],
    ]);
  });
});
