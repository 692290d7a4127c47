import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct } from '../../src/commands/distinct';
import type { LimitSettings } from '../../src/commands/limit';
import { limit } from '../../src/commands/limit';
import { parseDecimal } from '../../src/table/index';
import { column, failureOf, problemsOf, rowsOf, runCommand, table } from './support';

const SALES = table(
  [column('店'), column('額', 'number'), column('印', 'choices')],
  [
    ['A', '1.0', ['x', 'y']],
    [null, '5', null],
    ['A', '1', ['y', 'x']],
    ['B', '7', null],
    [null, '9', null],
  ],
);
const reportsOf = (reports: readonly { readonly code: string; readonly count: number }[]): string[] =>
  reports.map(({ code, count }) => `${code} ${count}`);

const keyCell = fc.option(fc.constantFrom('a', 'b', 'c'));
const someRows = fc.array(fc.tuple(keyCell, fc.integer({ min: 0, max: 3 })), { maxLength: 12 });

describe('distinct', () => {
  it('compares all columns by value: numbers, and choices as sets', async () => {
    const { result, reports } = await runCommand(distinct, [SALES], { columns: [], keep: 'first' });
    expect(rowsOf(result).map((row) => row[1])).toEqual(['1', '5', '7', '9']);
    expect(reportsOf(reports)).toEqual(['duplicatesRemoved 1']);
  });

  it('keeps the last by chosen columns, in row order; blank equals blank; the tie to the app stays', async () => {
    const origin = { appId: '1', ids: Int32Array.of(1, 2, 3), revisions: Int32Array.of(1, 1, 1) };
    const input = table(
      [column('店'), column('n', 'number')],
      [
        [null, 1],
        ['A', 2],
        [null, 3],
      ],
      origin,
    );
    const { result, reports } = await runCommand(distinct, [input], { columns: ['店'], keep: 'last' });
    expect(rowsOf(result)).toEqual([
      ['A', '2'],
      ['', '3'],
    ]);
    expect([...(result.origin?.ids ?? [])]).toEqual([2, 3]);
    expect(reportsOf(reports)).toEqual(['duplicatesRemoved 1']);
  });

  it('reports nothing where nothing is taken out, and takes no rows at all', async () => {
    const { result, reports } = await runCommand(distinct, [table([column('a')], [])], {
      columns: [],
      keep: 'first',
    });
    expect([result.rowCount, reports]).toEqual([0, []]);
  });

  it('says what is wrong', () => {
    const specs = [[column('a')]];
    expect(problemsOf(distinct, specs, { columns: ['gone'], keep: 'first' })).toEqual([
      'error columnMissing columns.0',
    ]);
    expect(problemsOf(distinct, specs, { columns: ['a', 'a'], keep: 'first' })).toEqual([
      'warning fieldTwice columns.1',
    ]);
  });

  it('keeps the rows that comparing with every other row keeps', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, fc.constantFrom('first' as const, 'last' as const), async (rows, keep) => {
        const input = table(
          [column('k'), column('n', 'number'), column('i')],
          rows.map(([key, n], index) => [key, n, String(index)]),
        );
        const { result } = await runCommand(distinct, [input], { columns: ['k', 'n'], keep });
        const same = (a: number, b: number) => rows[a]?.[0] === rows[b]?.[0] && rows[a]?.[1] === rows[b]?.[1];
        const expected = rows.flatMap((_row, index) => {
          const others = rows.flatMap((_other, at) => (same(index, at) ? [at] : []));
          return others.at(keep === 'first' ? 0 : -1) === index ? [String(index)] : [];
        });
        expect(rowsOf(result).map((row) => row[2])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

const limits = (more: Partial<LimitSettings>): LimitSettings => ({
  count: { kind: 'literal', value: 1 },
  take: 'first',
  by: [],
  groupBy: [],
  ...more,
});

describe('limit', () => {
  it.each<[string, Partial<LimitSettings>, string[]]>([
    ['the first rows', { count: { kind: 'literal', value: 2 } }, ['1', '5']],
    ['the last rows', { count: { kind: 'literal', value: 2 }, take: 'last' }, ['7', '9']],
    ['one per group, blank groups together', { groupBy: ['店'] }, ['1', '5', '7']],
    [
      'the largest per group, in the order they stand in',
      { groupBy: ['店'], by: [{ column: '額', descending: true }] },
      ['1', '7', '9'],
    ],
    ['none', { count: { kind: 'literal', value: 0 } }, []],
    ['all when there are fewer', { count: { kind: 'literal', value: 9 } }, ['1', '5', '1', '7', '9']],
  ])('keeps %s', async (_title, more, amounts) => {
    const { result, reports } = await runCommand(limit, [SALES], limits(more));
    expect(rowsOf(result).map((row) => row[1])).toEqual(amounts);
    const left = SALES.rowCount - amounts.length;
    expect(reportsOf(reports)).toEqual(left === 0 ? [] : [`rowsBeyondLimit ${left}`]);
  });

  it('takes the number from the calling record', async () => {
    const world = { parameters: [column('件数', 'number')] };
    const settings = limits({ count: { kind: 'parameter', name: '件数' } });
    const run = (text: string) =>
      runCommand(limit, [SALES], settings, { ...world, values: { 件数: parseDecimal(text) } });
    expect((await run('3')).result.rowCount).toBe(3);
    for (const wrong of ['', '-1', '1.5']) expect(await failureOf(run(wrong))).toBe('limitCountInvalid');
  });

  it('says what is wrong', () => {
    const specs = [[column('a'), column('t', 'table')]];
    const check = (more: Partial<LimitSettings>) =>
      problemsOf(limit, specs, limits(more), { parameters: [column('文字')] });
    expect(check({ count: { kind: 'parameter', name: 'x' } })).toEqual(['error parameterMissing count']);
    expect(check({ count: { kind: 'parameter', name: '文字' } })).toEqual(['error parameterNotUsable count']);
    expect(check({ groupBy: ['t'] })).toEqual(['error groupTypeUnsuitable groupBy.0']);
    expect(check({ by: [{ column: 't', descending: false }] })).toEqual([
      'error sortTypeUnsuitable by.0.column',
    ]);
  });

  it('keeps as many of each group as there are, up to the number', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, fc.integer({ min: 0, max: 4 }), async (rows, count) => {
        const input = table(
          [column('k'), column('i')],
          rows.map(([key], index) => [key, String(index)]),
        );
        const settings = limits({ count: { kind: 'literal', value: count }, groupBy: ['k'] });
        const { result } = await runCommand(limit, [input], settings);
        const seen = new Map<string | null, number>();
        const expected = rows.flatMap(([key], index) => {
          seen.set(key, (seen.get(key) ?? 0) + 1);
          return (seen.get(key) ?? 0) <= count ? [String(index)] : [];
        });
        expect(rowsOf(result).map((row) => row[1])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('works on 100,000 rows', async () => {
    const rows = Array.from({ length: 100_000 }, (_unused, index) => [`k${index % 1000}`, index]);
    const input = table([column('k'), column('n', 'number')], rows);
    const settings = limits({ groupBy: ['k'], by: [{ column: 'n', descending: true }] });
    expect((await runCommand(limit, [input], settings)).result.rowCount).toBe(1000);
    expect((await runCommand(distinct, [input], { columns: ['k'], keep: 'last' })).result.rowCount).toBe(
      1000,
    );
  });
});
