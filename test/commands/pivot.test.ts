import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { group } from '../../src/commands/group';
import { type PivotSettings, pivot } from '../../src/commands/pivot';
import { add, formatDecimal, parseDecimal, ZERO } from '../../src/table/index';
import { column, namesOf, problemsOf, rowsOf, runCommand, table } from './support';

const settings = (more: Partial<PivotSettings> = {}): PivotSettings => ({
  by: ['店'],
  column: '月',
  values: ['4月', '5月'],
  order: 'listed',
  blankName: '',
  unknown: 'fail',
  otherName: '',
  cells: [{ column: '額', method: 'sum', name: '{value}' }],
  limit: 100,
  ...more,
});

const SALES = table(
  [column('店'), column('月'), column('額', 'number')],
  [
    ['B', '5月', '0.1'],
    ['A', '4月', 10],
    ['B', '5月', '0.2'],
    ['', '4月', 7],
    ['A', '5月', null],
    ['', '4月', 1],
  ],
);
const shown = (result: Parameters<typeof rowsOf>[0]) => [namesOf(result), ...rowsOf(result)];

describe('pivot', () => {
  it('makes a column per listed value and a row per combination, in order of appearance, exactly', async () => {
    const { result, inferred } = await runCommand(pivot, [SALES], settings());
    expect(shown(result)).toEqual([
      ['店', '4月', '5月'],
      ['B', '', '0.3'],
      ['A', '10', ''],
      ['', '8', ''],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
  });

  it.each([
    ['sum', ['', '0.3', '10', '', '8', '']],
    ['count', ['0', '2', '1', '0', '2', '0']],
    ['countAll', ['0', '2', '1', '1', '2', '0']],
    ['max', ['', '0.2', '10', '', '7', '']],
    ['first', ['', '0.1', '10', '', '7', '']],
    ['last', ['', '0.2', '10', '', '1', '']],
    ['average', ['', '0.15', '10', '', '4', '']],
    ['join', ['', '0.1/0.2', '10', '', '7/1', '']],
  ] as const)('%s where several rows meet in a cell', async (method, cells) => {
    const { result } = await runCommand(
      pivot,
      [SALES],
      settings({ cells: [{ column: '額', method, name: '{value}', separator: '/' }] }),
    );
    expect(rowsOf(result).flatMap((row) => row.slice(1))).toEqual(cells);
  });

  it('stands several cells of one value side by side, named by their templates', async () => {
    const cells = [
      { column: '額', method: 'sum', name: '{value}計' },
      { column: '額', method: 'countAll', name: '{value}の件数({value})' },
    ] as const;
    const { result } = await runCommand(pivot, [SALES], settings({ cells, by: [] }));
    expect(shown(result)).toEqual([
      ['4月計', '4月の件数(4月)', '5月計', '5月の件数(5月)'],
      ['18', '3', '0.3', '3'],
    ]);
  });

  it('orders columns by value when asked to: numbers by size, and equal numbers are one value', async () => {
    const years = table(
      [column('年', 'number'), column('額', 'number')],
      [
        ['10.0', 1],
        ['9', 2],
        ['10', 4],
      ],
    );
    const { result } = await runCommand(
      pivot,
      [years],
      settings({ by: [], column: '年', values: ['10', '9.0'], order: 'ascending' }),
    );
    expect(shown(result)).toEqual([
      ['9.0', '10'],
      ['2', '5'],
    ]);
  });

  describe('values that are not listed', () => {
    const some = { values: ['4月'] };

    it('stop the flow at the first row', async () => {
      await expect(runCommand(pivot, [SALES], settings(some))).rejects.toMatchObject({
        failure: {
          code: 'pivotValueUnknown',
          params: { column: '月', values: ['5月'], count: 3 },
          place: { row: 0 },
        },
      });
    });

    it('are left out and counted; the row of their combination stays', async () => {
      const { result, reports } = await runCommand(pivot, [SALES], settings({ ...some, unknown: 'ignore' }));
      expect(rowsOf(result)).toEqual([
        ['B', ''],
        ['A', '10'],
        ['', '8'],
      ]);
      expect(reports).toMatchObject([{ code: 'pivotRowsIgnored', count: 3, params: { values: ['5月'] } }]);
    });

    it('gather in a column of their own, the last one', async () => {
      const { result, reports } = await runCommand(
        pivot,
        [SALES],
        settings({ ...some, unknown: 'other', otherName: 'その他' }),
      );
      expect(shown(result)[0]).toEqual(['店', '4月', 'その他']);
      expect(rowsOf(result)[0]).toEqual(['B', '', '0.3']);
      expect(reports).toEqual([]);
    });
  });

  describe('a blank value', () => {
    const withBlank = table(
      [column('月'), column('額', 'number')],
      [
        ['4月', 1],
        [null, 2],
      ],
    );

    it('has a column of its own once that has a name', async () => {
      const { result } = await runCommand(
        pivot,
        [withBlank],
        settings({ by: [], blankName: '未設定', unknown: 'other', otherName: '他' }),
      );
      expect(shown(result)).toEqual([
        ['4月', '5月', '未設定', '他'],
        ['1', '', '2', ''],
      ]);
    });

    it('is an unknown value without one', async () => {
      const { reports } = await runCommand(pivot, [withBlank], settings({ by: [], unknown: 'ignore' }));
      expect(reports).toMatchObject([{ count: 1, params: { values: [''] } }]);
    });
  });

  it('gives no row without rows, and all listed columns', async () => {
    const empty = table([column('店'), column('月'), column('額', 'number')], []);
    expect(shown((await runCommand(pivot, [empty], settings())).result)).toEqual([['店', '4月', '5月']]);
    expect((await runCommand(pivot, [empty], settings({ by: [] }))).result.rowCount).toBe(0);
  });

  it('says what is wrong', () => {
    const specs = [
      [column('店'), column('月'), column('額', 'number'), column('表', 'table'), column('印', 'choices')],
    ];
    const check = (more: Partial<PivotSettings>) => problemsOf(pivot, specs, settings(more));
    expect(check({})).toEqual([]);
    expect(check({ column: '' })).toEqual(['error columnNotChosen column']);
    expect(check({ column: '印' })).toEqual(['error pivotTypeUnsuitable column']);
    expect(check({ values: [] })).toEqual(['error pivotValuesMissing values']);
    expect(check({ values: [], blankName: '空' })).toEqual([]);
    expect(check({ values: ['4月', ''] })).toEqual([
      'error pivotValueInvalid values.1',
      'error columnNameBlank cells.0.name',
    ]);
    expect(check({ values: ['4月', '4月'] })).toEqual([
      'error pivotValueTwice values.1',
      'error columnNameTaken cells.0.name',
    ]);
    expect(check({ by: ['店', '店'] })).toEqual(['error columnNameTaken by.1']);
    expect(check({ by: ['表'] })).toEqual(['error groupTypeUnsuitable by.0']);
    expect(check({ cells: [] })).toEqual(['error pivotCellsMissing cells']);
    expect(check({ cells: [{ column: '店', method: 'sum', name: '{value}' }] })).toEqual([
      'error aggregateTypeUnsuitable cells.0.method',
    ]);
    expect(check({ cells: [{ column: '額', method: 'sum', name: '計' }] })).toEqual([
      'error pivotNameWithoutValue cells.0.name',
    ]);
    expect(check({ values: ['店'] })).toEqual(['error columnNameTaken cells.0.name']);
    expect(check({ unknown: 'other', values: ['4月'] })).toContain('error columnNameBlank otherName');
    expect(check({ column: '額', values: ['1', '1.0', 'x'] })).toEqual([
      'error pivotValueTwice values.1',
      'error pivotValueInvalid values.2',
    ]);
  });

  it('refuses more new columns than the limit, with their number', () => {
    const specs = [column('店'), column('月'), column('額', 'number')];
    const values = Array.from({ length: 101 }, (_, index) => `v${index}`);
    const { problems } = pivot.columns([specs], settings({ values }), {
      fields: () => null,
      parameters: [],
      place: {},
    });
    expect(problems).toMatchObject([{ code: 'pivotTooManyColumns', params: { count: 101, limit: 100 } }]);
    expect(problemsOf(pivot, [specs], settings({ values, limit: 101 }))).toEqual([]);
  });

  it('warns about options that no column is for', () => {
    const options = [
      column('店'),
      column('月', 'choice', { options: ['4月', '5月', '6月'] }),
      column('額', 'number'),
    ];
    expect(problemsOf(pivot, [options], settings())).toEqual(['warning pivotOptionsMissing values']);
    expect(problemsOf(pivot, [options], settings({ unknown: 'other', otherName: '他' }))).toEqual([]);
  });

  it('agrees with sums worked out row by row', async () => {
    const key = fc.constantFrom('a', 'b', 'c', null);
    const amount = fc.option(fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }).map((n) => `${n}e-2`));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(key, key, amount), { maxLength: 40 }), async (rows) => {
        const input = table([column('店'), column('月'), column('額', 'number')], rows);
        const { result } = await runCommand(
          pivot,
          [input],
          settings({ values: ['a', 'b'], blankName: '空', unknown: 'other', otherName: '他' }),
        );
        const shops = [...new Set(rows.map((row) => row[0]))];
        const sumOf = (shop: string | null, isHere: (month: string | null) => boolean): string => {
          const amounts = rows.flatMap(([of, month, text]) =>
            of === shop && isHere(month) && text !== null ? [parseDecimal(text) ?? ZERO] : [],
          );
          return amounts.length === 0 ? '' : formatDecimal(amounts.reduce(add, ZERO));
        };
        expect(rowsOf(result)).toEqual(
          shops.map((shop) => [
            shop ?? '',
            sumOf(shop, (month) => month === 'a'),
            sumOf(shop, (month) => month === 'b'),
            sumOf(shop, (month) => month === null),
            sumOf(shop, (month) => month === 'c'),
          ]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('joins date-times as texts on the clock of the run, as group does', async () => {
    const input = table(
      [column('店'), column('月'), column('時', 'datetime')],
      [
        ['A', '4月', '2026-03-31T15:00:00Z'],
        ['A', '4月', null],
        ['A', '4月', '2026-04-01T00:30:00Z'],
      ],
    );
    const joined = '2026-04-01 00:00, 2026-04-01 09:30';
    const cells = [{ column: '時', method: 'join', name: '{value}' }] as const;
    const wide = await runCommand(pivot, [input], settings({ values: ['4月'], cells }));
    expect(rowsOf(wide.result)).toEqual([['A', joined]]);
    const aggregates = [{ column: '時', method: 'join', as: '時', label: '' }] as const;
    const grouped = await runCommand(group, [input], { by: ['店'], aggregates });
    expect(rowsOf(grouped.result)).toEqual([['A', joined]]);
  });

  it('takes 100,000 rows into 100 columns', async () => {
    const length = 100_000;
    const input = table(
      [column('店'), column('月'), column('額', 'number')],
      Array.from({ length }, (_, row) => [`s${row % 500}`, `m${row % 100}`, row]),
    );
    const values = Array.from({ length: 100 }, (_, index) => `m${index}`);
    const { result } = await runCommand(pivot, [input], settings({ values }));
    expect([result.rowCount, result.columns.length]).toEqual([500, 101]);
    const sum = result.columns
      .slice(1)
      .flatMap((entry) => rowsOf({ rowCount: 500, columns: [entry] }).map((row) => Number(row[0])));
    expect(sum.reduce((total, value) => total + value, 0)).toBe((length * (length - 1)) / 2);
  });
});
