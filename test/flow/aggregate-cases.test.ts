/** Cases of krewData's drills in which rows are aggregated, ranked or turned around; the rules are the drills', the numbers ours. */
import { describe, expect, it } from 'vitest';
import type { Command, JsonObject } from '../../src/definition/types';
import { column, field, form, table } from '../commands/support';
import { type Apps, command, edit, execute, flow, inputApp, outputApp, outputRows } from './support';

const text = (code: string) => field(code, 'SINGLE_LINE_TEXT');
const number = (code: string) => field(code, 'NUMBER');

const group = (id: string, input: string, by: string[], aggregates: JsonObject[]): Command =>
  command(id, 'group', [input], { by, aggregates });
const sum = (name: string): JsonObject => ({ column: name, method: 'sum', as: name, label: '' });

describe('hours over 24 (case C6, drill 110-40)', () => {
  const apps: Apps = {
    '1': {
      fields: form(text('プロジェクト名'), field('工数', 'TIME')),
      records: table(
        [column('プロジェクト名'), column('工数', 'time')],
        [
          ['P1', '08:30'],
          ['P2', '07:00'],
          ['P1', '09:15'],
          ['P1', '10:45'],
          ['P2', '06:20'],
        ],
      ),
    },
    '2': { fields: form(text('プロジェクト名'), number('工数'), text('表示')) },
  };

  it('sums times to hours and writes them back as hours and minutes', async () => {
    const result = await execute(
      flow(
        inputApp('in', '1'),
        group('sum', 'in', ['プロジェクト名'], [sum('工数')]),
        edit('text', 'sum', '表示', 'INT(工数)&":"&TEXT(ROUND((工数-INT(工数))*60,0),"00")'),
        outputApp('out', 'text', '2', ['プロジェクト名', '工数', '表示']),
      ),
      apps,
    );
    expect(outputRows(result)).toEqual([
      ['P1', '28.5', '28:30'],
      ['P2', '13.3333333333', '13:20'],
    ]);
  });
});

describe('ranks (case C2, drill 130-80)', () => {
  const apps: Apps = {
    '1': {
      fields: form(text('店舗'), text('製品'), number('売上金額')),
      records: table(
        [column('店舗'), column('製品'), column('売上金額', 'number')],
        [
          ['A店', '家電', 500],
          ['A店', '食品', 300],
          ['A店', '衣料', 800],
          ['A店', '雑貨', 100],
          ['B店', '家電', 200],
          ['B店', '食品', 900],
          ['B店', '衣料', 900],
        ],
      ),
    },
    '2': { fields: form(text('店舗'), text('製品'), number('順位')) },
  };

  it.each([
    ['dense', ['2', '3', '1', '4', '2', '1', '1']],
    ['competition', ['2', '3', '1', '4', '3', '1', '1']],
    ['row', ['2', '3', '1', '4', '3', '1', '2']],
  ])('%s, per shop; the drill counts densely', async (method, ranks) => {
    const result = await execute(
      flow(
        inputApp('in', '1'),
        command('rank', 'rank', ['in'], {
          by: [{ column: '売上金額', descending: true }],
          groupBy: ['店舗'],
          method,
          as: '順位',
          label: '',
        }),
        outputApp('out', 'rank', '2', ['店舗', '製品', '順位']),
      ),
      apps,
    );
    expect(outputRows(result).map((row) => row[2])).toEqual(ranks);
  });
});

describe('cumulative budget and result (drill 500-20)', () => {
  const apps: Apps = {
    '1': {
      fields: form(text('店'), number('予算4月'), number('予算5月'), number('予算6月')),
      records: table(
        [column('店'), column('予算4月', 'number'), column('予算5月', 'number'), column('予算6月', 'number')],
        [
          ['渋谷', '100.1', '100.2', '100.4'],
          ['新宿', 50, null, 70],
        ],
      ),
    },
    '2': { fields: form(text('店'), number('4月'), number('5月'), number('6月')) },
  };

  it('turns months into rows, adds them up, and turns them back', async () => {
    const months = ['4月', '5月', '6月'];
    const result = await execute(
      flow(
        inputApp('in', '1'),
        command('rows', 'unpivot', ['in'], {
          columns: months.map((month) => ({ column: `予算${month}`, as: month })),
          nameAs: '月',
          valueAs: '予算',
          blanks: 'keep',
          mixed: 'refuse',
        }),
        command('total', 'window', ['rows'], {
          groupBy: ['店'],
          order: [{ column: '月', descending: false }],
          steps: [{ method: 'runningTotal', column: '予算', rows: 1, as: '累計', label: '' }],
        }),
        command('columns', 'pivot', ['total'], {
          by: ['店'],
          column: '月',
          values: months,
          order: 'listed',
          blankName: '',
          unknown: 'fail',
          otherName: '',
          cells: [{ column: '累計', method: 'sum', name: '{value}' }],
          limit: 100,
        }),
        outputApp('out', 'columns', '2', ['店', ...months]),
      ),
      apps,
    );
    expect(outputRows(result)).toEqual([
      ['渋谷', '100.1', '200.3', '300.7'],
      ['新宿', '50', '50', '120'],
    ]);
  });
});
