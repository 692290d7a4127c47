/** Cases of krewData's drills, step by step as the vendor describes them, where the other files take a shorter way. */
import { describe, expect, it } from 'vitest';
import type { Command, JsonObject } from '../../src/definition/types';
import { parametersOf } from '../../src/flow/index';
import { parseDecimal } from '../../src/table/index';
import { column, field, form, table } from '../commands/support';
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

const text = (code: string) => field(code, 'SINGLE_LINE_TEXT');
const number = (code: string) => field(code, 'NUMBER');
const group = (id: string, input: string, by: string[], aggregates: JsonObject[]): Command =>
  command(id, 'group', [input], { by, aggregates });
const aggregate = (name: string, method: string, as = name): JsonObject => ({
  column: name,
  method,
  as,
  label: '',
});
const select = (id: string, input: string, ...names: string[]): Command =>
  command(id, 'select', [input], { columns: names.map((name) => ({ from: name, to: name })) });

describe('ranks by repeated grouping and joining (case C2, drill 130-80)', () => {
  const sales = form(text('店舗'), text('製品'), number('売上金額'));
  const records = table(specsOf(sales), [
    ['A店', '家電', 500],
    ['A店', '食品', 300],
    ['A店', '衣料', 800],
    ['A店', '雑貨', 100],
    ['B店', '家電', 200],
    ['B店', '食品', 900],
    ['B店', '衣料', 900],
  ]);
  /** Takes the best of each shop out of `rest`: they are `hit<n>`, the others `rest<n>`. */
  const round = (rank: number, rest: string): Command[] => [
    group(`best${rank}`, rest, ['店舗'], [aggregate('売上金額', 'max')]),
    command(`named${rank}`, 'constant', [`best${rank}`], {
      columns: [
        {
          name: '順位',
          label: '',
          type: 'SINGLE_LINE_TEXT',
          value: { kind: 'literal', value: `${rank}位` },
        },
      ],
    }),
    command(`joined${rank}`, 'join', [rest, `named${rank}`], {
      method: 'left',
      keys: [
        { left: '店舗', right: '店舗' },
        { left: '売上金額', right: '売上金額' },
      ],
    }),
    select(`ranked${rank}`, `joined${rank}`, '店舗', '製品', '売上金額', '順位'),
    filterBy(`hit${rank}`, `ranked${rank}`, '順位<>""'),
    filterBy(`open${rank}`, `ranked${rank}`, '順位=""'),
    select(`rest${rank}`, `open${rank}`, '店舗', '製品', '売上金額'),
  ];

  it('counts densely: the second of two best is first, too, and the next one is second', async () => {
    const result = await execute(
      flow(
        inputApp('in', '1'),
        ...round(1, 'in'),
        ...round(2, 'rest1'),
        ...round(3, 'rest2'),
        union('u1', 'hit1', 'hit2'),
        union('u2', 'u1', 'hit3'),
        union('u3', 'u2', 'rest3', 'first'),
        command('sort', 'sort', ['u3'], { keys: [{ column: '店舗', descending: false }] }),
        outputApp('out', 'sort', '2', ['店舗', '製品', '順位']),
      ),
      { '1': { fields: sales, records }, '2': { fields: form(text('店舗'), text('製品'), text('順位')) } },
    );
    expect(outputRows(result)).toEqual([
      ['A店', '衣料', '1位'],
      ['A店', '家電', '2位'],
      ['A店', '食品', '3位'],
      ['A店', '雑貨', ''],
      ['B店', '食品', '1位'],
      ['B店', '衣料', '1位'],
      ['B店', '家電', '2位'],
    ]);
  });
});

describe('hours over 24 as fractions of a day (case C6, drill 110-40)', () => {
  const works = form(text('プロジェクト名'), text('工数'));
  const records = table(specsOf(works), [
    ['P1', '08:30'],
    ['P1', '09:15'],
    ['P1', '10:45'],
    ['P2', '07:00'],
    ['P2', '06:20'],
  ]);

  it('adds what TIMEVALUE gives, as a number, and writes hours and minutes', async () => {
    const result = await execute(
      flow(
        inputApp('in', '1'),
        // krewData's formulas make texts, which is why the drill sets the type afterwards.
        command('days', 'edit', ['in'], {
          steps: [
            {
              target: '日数',
              label: '',
              method: 'formula',
              formula: 'TIMEVALUE(工数)',
              type: 'text',
              onError: 'fail',
            },
          ],
        }),
        command('typed', 'setType', ['days'], {
          columns: [
            {
              column: '日数',
              as: '',
              label: '',
              type: 'NUMBER',
              separator: '',
              people: 'name',
              options: [],
              onFailure: 'fail',
              keepAs: '',
            },
          ],
        }),
        group('sum', 'typed', ['プロジェクト名'], [aggregate('日数', 'sum')]),
        edit('rounded', 'sum', '合計', 'ROUND(日数,10)'),
        edit('shown', 'rounded', '時間', 'TEXT(日数,"[h]:mm")'),
        outputApp('out', 'shown', '2', ['プロジェクト名', '合計', '時間']),
      ),
      {
        '1': { fields: works, records },
        '2': { fields: form(text('プロジェクト名'), number('合計'), text('時間')) },
      },
    );
    // 5/9 of a day has no end; it rounds to the minute it means.
    expect(outputRows(result)).toEqual([
      ['P1', '1.1875', '28:30'],
      ['P2', '0.5555555556', '13:20'],
    ]);
  });
});

describe('order what is short (case C12, drill 630-40)', () => {
  const lines = field('部品明細', 'SUBTABLE', { fields: form(text('部品'), number('必要数')) });
  const orders = form(text('受注番号'), lines);
  const stock = form(text('部品'), text('仕入先'), number('有効在庫'));
  const requests = form(
    text('仕入先'),
    field('明細', 'SUBTABLE', { fields: form(text('部品'), number('発注数')) }),
  );
  const need = (name: string, count: string) => ({ id: '1', cells: [name, parseDecimal(count)] });
  const apps = {
    '2': {
      fields: stock,
      records: table(specsOf(stock), [
        ['P1', '東商', 10],
        ['P2', '東商', 1],
        ['P3', '西商', 0],
        ['P4', '東商', 2],
      ]),
    },
    '3': { fields: requests },
  };
  const order = flow(
    command('in', 'inputRecord', [], { table: '部品明細', fields: ['部品', '必要数'] }),
    inputApp('stock', '2'),
    command('found', 'lookup', ['in', 'stock'], {
      keys: [{ left: '部品', right: '部品' }],
      columns: [
        { from: '仕入先', to: '仕入先' },
        { from: '有効在庫', to: '有効在庫' },
      ],
      duplicates: 'fail',
      unmatched: 'fail',
    }),
    filterBy('short', 'found', '有効在庫<必要数'),
    edit('wanted', 'short', '発注数', '必要数-有効在庫'),
    command('slip', 'nestTable', ['wanted'], {
      by: ['仕入先'],
      columns: ['部品', '発注数'],
      as: '明細',
      label: '',
      order: [],
      blankRow: 'drop',
    }),
    outputApp('out', 'slip', '3', ['仕入先', '明細']),
  );
  const started = (...needs: readonly ReturnType<typeof need>[]) =>
    execute(order, apps, { parameters: parametersOf(orders), values: { 部品明細: needs } });

  it('makes one request per supplier with the parts that lack', async () => {
    const result = await started(need('P1', '3'), need('P2', '5'), need('P3', '4'), need('P4', '3'));
    expect(outputRows(result)).toEqual([
      ['東商', 'P2, 4; P4, 1'],
      ['西商', 'P3, 4'],
    ]);
  });

  it('makes none when everything is there', async () => {
    expect(outputRows(await started(need('P1', '10')))).toEqual([]);
  });
});

describe('three masters into one (case C14, drill 600-10)', () => {
  const first = [
    column('商品名'),
    column('商品区分'),
    column('適用開始日', 'date'),
    column('月払い', 'number'),
  ];
  const second = [column('商品名'), column('商品区分'), column('請求単位'), column('料金', 'number')];
  const third = [column('商品名'), column('備考')];
  const fields = form(
    text('商品名'),
    text('商品区分'),
    field('適用開始日', 'DATE'),
    number('月払い'),
    text('請求単位'),
    number('料金'),
    text('備考'),
  );
  const appOf = (specs: typeof first, rows: readonly (readonly (string | number)[])[]) => ({
    fields: Object.fromEntries(specs.map(({ name }) => [name, fields[name]!])),
    records: table(specs, rows),
  });

  it('has as many records as the three together, and blanks for what a master lacks', async () => {
    const result = await execute(
      flow(
        inputApp('a', '1'),
        inputApp('b', '2'),
        inputApp('c', '3'),
        union('u1', 'a', 'b', 'all'),
        union('u2', 'u1', 'c', 'all'),
        outputApp('out', 'u2', '4', Object.keys(fields)),
      ),
      {
        '1': appOf(first, [['会費', '定額', '2026-01-01', 500]]),
        '2': appOf(second, [
          ['通話', '従量', '分', 20],
          ['通信', '従量', 'GB', 300],
        ]),
        '3': appOf(third, [['保守', '旧']]),
        '4': { fields },
      },
    );
    expect(outputRows(result)).toEqual([
      ['会費', '定額', '2026-01-01', '500', '', '', ''],
      ['通話', '従量', '', '', '分', '20', ''],
      ['通信', '従量', '', '', 'GB', '300', ''],
      ['保守', '', '', '', '', '', '旧'],
    ]);
  });
});

describe('data check (case A8)', () => {
  const dates = form(
    field('納品日', 'DATE'),
    field('出荷日', 'DATE'),
    field('有効期限', 'DATE'),
    number('月'),
    number('年'),
  );
  // The flows run on 22 November 2026 in Tokyo.
  const rows = [
    ['2026-11-22', '2026-11-22', '2026-12-22', 12, 2026],
    ['2026-11-21', '2026-11-22', '2026-12-22', 1, 2021],
    ['2026-11-23', '2026-11-22', '2026-12-21', 1, 2026],
    ['2026-11-23', '2026-11-22', '2027-01-01', 13, 2026],
    ['2026-11-23', '2026-11-22', '2027-01-01', 0, 2026],
    ['2026-11-23', '2026-11-22', '2027-01-01', 6, 2020],
    ['2026-11-23', '2026-11-22', '2027-01-01', 6, 2027],
  ];
  const literal = (value: string): JsonObject => ({ kind: 'literal', value });
  const compare = (name: string, more: JsonObject): JsonObject => ({
    kind: 'compare',
    message: '',
    column: name,
    operator: '>=',
    against: 'formula',
    value: literal(''),
    other: '',
    formula: '',
    ...more,
  });
  const rules = [
    compare('納品日', { against: 'column', other: '出荷日' }),
    compare('有効期限', { formula: 'EDATE(TODAY(),1)' }),
    { kind: 'range', message: '', column: '月', min: literal('1'), max: literal('12') },
    compare('年', { formula: 'YEAR(TODAY())-5' }),
    compare('年', { operator: '<=', formula: 'YEAR(TODAY())' }),
  ];
  const checked = (onError: string) =>
    flow(
      inputApp('in', '1'),
      command('check', 'check', ['in'], { rules, onError, stopAt: 1, badRows: 'drop', as: '' }),
      outputApp('out', 'check', '1', ['月', '年']),
    );
  const apps = { '1': { fields: dates, records: table(specsOf(dates), rows) } };

  it('lets only the rows through that keep every rule', async () => {
    const result = await execute(checked('continue'), apps);
    expect(outputRows(result)).toEqual([['12', '2026']]);
    expect(result.steps[1]?.reports.reduce((sum, report) => sum + report.count, 0)).toBe(6);
  });

  it('a flow that it stops has not failed, and says that it was stopped', async () => {
    const result = await execute(checked('stop'), apps);
    expect([result.outputs, result.stopped?.code]).toEqual([[], 'checkStopped']);
  });
});
