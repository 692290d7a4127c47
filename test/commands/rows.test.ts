import { describe, expect, it } from 'vitest';
import { expandTable } from '../../src/commands/expand-table';
import type { AggregateMethod } from '../../src/commands/group';
import { group } from '../../src/commands/group';
import type { RankSettings } from '../../src/commands/rank';
import { rank } from '../../src/commands/rank';
import { select } from '../../src/commands/select';
import { sort } from '../../src/commands/sort';
import { parseDecimal } from '../../src/table/index';
import type { InnerRow } from '../../src/table/types';
import { column, namesOf, problemsOf, rowsOf, runCommand, table } from './support';

const SALES = table(
  [column('店'), column('額', 'number'), column('時間', 'time'), column('印', 'choices')],
  [
    ['A', '0.1', '08:30', ['x']],
    [null, '5', '01:00', null],
    ['A', '0.2', '23:30', ['x', 'y']],
    ['B', null, null, null],
    [null, '7', null, null],
  ],
);

const aggregate = (columnName: string, method: AggregateMethod, as = 'r', separator?: string) => ({
  column: columnName,
  method,
  as,
  label: '',
  ...(separator === undefined ? {} : { separator }),
});

describe('group', () => {
  it.each<[AggregateMethod, readonly string[]]>([
    ['sum', ['0.3', '12', '']],
    ['average', ['0.15', '6', '']],
    ['median', ['0.15', '6', '']],
    ['max', ['0.2', '7', '']],
    ['min', ['0.1', '5', '']],
    ['count', ['2', '2', '0']],
    ['countAll', ['2', '2', '1']],
    ['countDistinct', ['2', '2', '0']],
    ['join', ['0.1, 0.2', '5, 7', '']],
    ['first', ['0.1', '5', '']],
    ['last', ['0.2', '7', '']],
  ])('%s per shop, blank shops together, in order of appearance', async (method, values) => {
    const { result, inferred } = await runCommand(group, [SALES], {
      by: ['店'],
      aggregates: [aggregate('額', method)],
    });
    expect(rowsOf(result)).toEqual([
      ['A', values[0]],
      ['', values[1]],
      ['B', values[2]],
    ]);
    expect(result.columns.map((entry) => entry.spec.type)).toEqual(inferred.map((spec) => spec.type));
  });

  it('sums times to hours beyond a day, and joins with the separator given', async () => {
    const { result } = await runCommand(group, [SALES], {
      by: ['店'],
      aggregates: [aggregate('時間', 'sum', '計'), aggregate('印', 'join', '印', '/')],
    });
    expect(rowsOf(result)[0]?.[1]).toBe('32');
    expect(rowsOf(result)[0]?.[2]).toBe('x/x, y');
  });

  it('averages times, and finds their middle, in hours', async () => {
    const times = table([column('時', 'time')], [['08:30'], ['09:15'], [null], ['23:00'], ['23:30']]);
    const { result } = await runCommand(group, [times], {
      by: [],
      aggregates: [aggregate('時', 'average', '平均'), aggregate('時', 'median', '中央')],
    });
    expect(rowsOf(result)).toEqual([['16.0625', '16.125']]);
  });

  it('makes one row of everything without group columns, and none of nothing', async () => {
    const settings = { by: [], aggregates: [aggregate('額', 'sum')] };
    expect(rowsOf((await runCommand(group, [SALES], settings)).result)).toEqual([['12.3']]);
    const empty = table([column('額', 'number')], []);
    expect((await runCommand(group, [empty], settings)).result.rowCount).toBe(0);
  });

  it('says what is wrong', () => {
    const specs = [[column('a'), column('t', 'table'), column('n', 'number')]];
    const check = (by: string[], ...aggregates: ReturnType<typeof aggregate>[]) =>
      problemsOf(group, specs, { by, aggregates });
    expect(check([])).toEqual(['error groupEmpty by']);
    expect(check(['t'])).toEqual(['error groupTypeUnsuitable by.0']);
    expect(check(['a', 'a'])).toEqual(['error columnNameTaken by.1']);
    expect(check(['a'], aggregate('a', 'sum'))).toEqual([
      'error aggregateTypeUnsuitable aggregates.0.method',
    ]);
    expect(check(['a'], aggregate('n', 'sum', 'a'))).toEqual(['error columnNameTaken aggregates.0.as']);
    expect(check(['a'], aggregate('gone', 'sum', ' '))).toEqual([
      'error columnMissing aggregates.0.column',
      'error columnNameBlank aggregates.0.as',
    ]);
  });
});

describe('sort', () => {
  it('is stable, blanks first ascending and last descending', async () => {
    const rows = async (descending: boolean) =>
      rowsOf((await runCommand(sort, [SALES], { keys: [{ column: '店', descending }] })).result).map(
        (row) => row[1],
      );
    expect(await rows(false)).toEqual(['5', '7', '0.1', '0.2', '']);
    expect(await rows(true)).toEqual(['', '0.1', '0.2', '5', '7']);
  });

  it('says what is wrong', () => {
    const specs = [[column('a'), column('f', 'files')]];
    const key = (name: string) => ({ column: name, descending: false });
    expect(problemsOf(sort, specs, { keys: [] })).toEqual(['error keysMissing keys']);
    expect(problemsOf(sort, specs, { keys: [key('a'), key('a'), key('f')] })).toEqual([
      'error sortKeyTwice keys.1.column',
      'error sortTypeUnsuitable keys.2.column',
    ]);
  });
});

describe('select', () => {
  it('chooses, renames and orders, keeping labels and origin', async () => {
    const origin = { appId: '1', ids: Int32Array.of(7), revisions: Int32Array.of(1) };
    const input = table([column('a', 'text', { label: 'Label' }), column('b')], [['x', 'y']], origin);
    const { result } = await runCommand(select, [input], {
      columns: [
        { from: 'b', to: 'c', label: 'C' },
        { from: 'a', to: 'd' },
        { from: 'a', to: 'e', label: '' },
      ],
    });
    expect(result.columns.map((entry) => [entry.spec.name, entry.spec.label])).toEqual([
      ['c', 'C'],
      ['d', 'Label'],
      ['e', 'Label'],
    ]);
    expect(rowsOf(result)).toEqual([['y', 'x', 'x']]);
    expect(result.origin).toBe(origin);
  });

  it('says what is wrong', () => {
    expect(problemsOf(select, [[column('a')]], { columns: [] })).toEqual(['error selectEmpty columns']);
    const columns = [
      { from: 'a', to: 'x' },
      { from: 'a', to: 'x' },
      { from: 'b', to: '' },
    ];
    expect(problemsOf(select, [[column('a')]], { columns })).toEqual([
      'error columnNameTaken columns.1.to',
      'error columnMissing columns.2.from',
      'error columnNameBlank columns.2.to',
    ]);
  });
});

describe('expandTable (case C7)', () => {
  const inner = [column('案件'), column('時間', 'number')];
  const hours = (name: string, value: string): InnerRow => ({ id: '1', cells: [name, parseDecimal(value)] });
  const input = table(
    [column('年月'), column('担当者'), column('所属'), column('作業明細', 'table', { columns: inner })],
    [
      ['2024-06', '佐藤', '開発', [hours('P1', '3'), hours('P2', '5')]],
      ['2024-06', '鈴木', '営業', null],
    ],
  );
  const keep = ['年月', '担当者', '所属'];

  it('gives a row per table row with the kept fields', async () => {
    const { result, inferred } = await runCommand(expandTable, [input], {
      table: '作業明細',
      keep,
      emptyTable: 'drop',
    });
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(rowsOf(result)).toEqual([
      ['2024-06', '佐藤', '開発', 'P1', '3'],
      ['2024-06', '佐藤', '開発', 'P2', '5'],
    ]);
  });

  it('keeps a record with an empty table when asked (open in case C7)', async () => {
    const { result } = await runCommand(expandTable, [input], {
      table: '作業明細',
      keep,
      emptyTable: 'keep',
    });
    expect(rowsOf(result)[2]).toEqual(['2024-06', '鈴木', '営業', '', '']);
  });

  it('renames an inner column that a kept one hides', async () => {
    const clash = table(
      [column('案件'), column('t', 'table', { columns: inner })],
      [['X', [hours('P1', '1')]]],
    );
    const { result } = await runCommand(expandTable, [clash], {
      table: 't',
      keep: ['案件'],
      emptyTable: 'drop',
    });
    expect(namesOf(result)).toEqual(['案件', '案件_1', '時間']);
  });

  it('says what is wrong', () => {
    const specs = [input.columns.map((entry) => entry.spec)];
    const check = (name: string, kept: string[] = []) =>
      problemsOf(expandTable, specs, { table: name, keep: kept, emptyTable: 'drop' });
    expect(check('')).toEqual(['error columnNotChosen table']);
    expect(check('所属')).toEqual(['error notATable table']);
    expect(check('作業明細', ['作業明細', 'gone'])).toEqual([
      'error tableKept keep.0',
      'error columnMissing keep.1',
    ]);
  });
});

describe('rank', () => {
  const input = table(
    [column('店'), column('品'), column('額', 'number')],
    [
      ['A店', '家電', 500],
      ['B店', '食品', 900],
      ['A店', '衣料', 800],
      ['B店', '家電', 200],
      ['B店', '衣料', '900.0'],
      ['A店', '雑貨', null],
    ],
  );
  const ranks = async (settings: Partial<RankSettings>): Promise<readonly string[]> => {
    const { result } = await runCommand(rank, [input], {
      by: [{ column: '額', descending: true }],
      groupBy: ['店'],
      method: 'competition',
      as: '順位',
      label: '',
      ...settings,
    });
    expect(rowsOf(result).map((row) => row[1])).toEqual(['家電', '食品', '衣料', '家電', '衣料', '雑貨']);
    return rowsOf(result).map((row) => row[3]!);
  };

  it.each([
    ['competition', ['2', '1', '1', '3', '1', '']],
    ['dense', ['2', '1', '1', '2', '1', '']],
    ['row', ['2', '1', '1', '3', '2', '']],
  ] as const)('%s, per shop, without a rank for blanks', async (method, expected) => {
    expect(await ranks({ method })).toEqual(expected);
  });

  it('ranks ascending over all rows', async () => {
    const by = [{ column: '額', descending: false }];
    expect(await ranks({ groupBy: [], by })).toEqual(['2', '4', '3', '1', '4', '']);
  });

  it('breaks ties by the next key', async () => {
    const by = [
      { column: '額', descending: true },
      { column: '品', descending: false },
    ];
    expect(await ranks({ by })).toEqual(['2', '2', '1', '3', '1', '']);
  });

  it('refuses a name in use', () => {
    const specs = [input.columns.map((entry) => entry.spec)];
    const settings: RankSettings = { by: [], groupBy: ['gone'], method: 'row', as: '店', label: '' };
    expect(problemsOf(rank, specs, settings)).toEqual([
      'error keysMissing by',
      'error columnMissing groupBy.0',
      'error columnNameTaken as',
    ]);
  });
});
