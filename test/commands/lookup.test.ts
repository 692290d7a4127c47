import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LookupSettings } from '../../src/commands/lookup';
import { lookup } from '../../src/commands/lookup';
import { column, failureOf, problemsOf, rowsOf, runCommand, table } from './support';

const LINES = { columns: [column('品')] };
const ORDERS = table(
  [column('番号'), column('商品', 'number'), column('明細', 'table', LINES)],
  [
    ['A-1', 1, [{ id: '5', cells: ['ペン'] }]],
    ['A-2', 9, null],
    ['A-3', null, null],
    ['A-4', 2, null],
  ],
  { appId: '1', ids: Int32Array.of(1, 2, 3, 4), revisions: Int32Array.of(1, 1, 1, 1) },
);
const MASTER = table(
  [column('コード'), column('品名'), column('単価', 'number')],
  [
    ['01', 'ペン', 100],
    ['2', '紙', 5],
    ['02', '紙（新）', 6],
    [null, 'なし', 0],
    ['7', '糊', 1],
    ['7', '糊（新）', 2],
  ],
);
const settings = (more: Partial<LookupSettings> = {}): LookupSettings => ({
  keys: [{ left: '商品', right: 'コード' }],
  columns: [{ from: '品名', to: '商品名' }],
  duplicates: 'first',
  unmatched: 'blank',
  ...more,
});

describe('lookup', () => {
  it('brings columns by the key, never multiplies rows, keeps tables and the tie to the app', async () => {
    const { result, inferred, reports } = await runCommand(lookup, [ORDERS, MASTER], settings());
    expect(rowsOf(result)).toEqual([
      ['A-1', '1', 'ペン', 'ペン'],
      ['A-2', '9', '', ''],
      ['A-3', '', '', ''],
      ['A-4', '2', '', '紙'],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect([...(result.origin?.ids ?? [])]).toEqual([1, 2, 3, 4]);
    expect(reports.map(({ code, params, count }) => [code, params['values'], count])).toEqual([
      ['lookupSeveral', ['2'], 1],
      ['lookupBlank', ['9', ''], 2],
    ]);
  });

  it('takes the last of several when told so', async () => {
    const { result } = await runCommand(lookup, [ORDERS, MASTER], settings({ duplicates: 'last' }));
    expect(rowsOf(result)[3]?.[3]).toBe('紙（新）');
  });

  it('drops rows that find nothing, and says how many', async () => {
    const { result, reports } = await runCommand(
      lookup,
      [ORDERS, MASTER],
      settings({ unmatched: 'drop', columns: [] }),
    );
    expect(rowsOf(result).map((row) => row[0])).toEqual(['A-1', 'A-4']);
    expect([...(result.origin?.ids ?? [])]).toEqual([1, 4]);
    expect(reports.map(({ code, count }) => `${code} ${count}`)).toContain('lookupDropped 2');
  });

  it('fails at the first row that finds several, or none; duplicates that no row asks for do not matter', async () => {
    const run = (more: Partial<LookupSettings>, orders = ORDERS) =>
      runCommand(lookup, [orders, MASTER], settings(more));
    expect(await failureOf(run({ duplicates: 'fail' }))).toBe('lookupAmbiguous');
    expect(await failureOf(run({ unmatched: 'fail' }))).toBe('lookupMissing');
    await expect(run({ unmatched: 'fail' })).rejects.toMatchObject({
      failure: { place: { row: 1 }, params: { count: 2, keys: ['商品'] } },
    });
    const one = table([column('商品', 'number')], [[1]]);
    expect((await run({ duplicates: 'fail', unmatched: 'fail' }, one)).result.rowCount).toBe(1);
  });

  it('says what is wrong', () => {
    const specs = [
      [column('商品'), column('商品名')],
      [column('コード'), column('品名')],
    ];
    const check = (more: Partial<LookupSettings>) => problemsOf(lookup, specs, settings(more));
    expect(check({})).toEqual(['error columnNameTaken columns.0.to']);
    expect(check({ columns: [] })).toEqual(['error lookupEmpty columns']);
    expect(check({ columns: [], unmatched: 'drop' })).toEqual([]);
    expect(check({ keys: [], columns: [{ from: 'gone', to: '' }] })).toEqual([
      'error keysMissing keys',
      'error columnMissing columns.0.from',
      'error columnNameBlank columns.0.to',
    ]);
  });

  it('works with nothing on either side', async () => {
    const none = table(
      MASTER.columns.map((entry) => entry.spec),
      [],
    );
    expect((await runCommand(lookup, [ORDERS, none], settings())).result.rowCount).toBe(4);
    const noOrders = table([column('商品', 'number')], []);
    expect((await runCommand(lookup, [noOrders, MASTER], settings())).reports).toEqual([]);
  });

  it('finds what searching the master from the top or the bottom finds', async () => {
    const key = fc.option(fc.constantFrom('a', 'b', 'c', 'd'));
    const side = fc.array(fc.tuple(key, key), { maxLength: 8 });
    const which = fc.constantFrom('first' as const, 'last' as const);
    await fc.assert(
      fc.asyncProperty(side, side, which, async (l, r, duplicates) => {
        const left = table([column('k'), column('k2')], l);
        const right = table(
          [column('k'), column('k2'), column('i')],
          r.map((keys, i) => [...keys, String(i)]),
        );
        const { result } = await runCommand(lookup, [left, right], {
          keys: ['k', 'k2'].map((name) => ({ left: name, right: name })),
          columns: [{ from: 'i', to: 'i' }],
          duplicates,
          unmatched: 'blank',
        });
        const expected = l.map(([a, b]) => {
          const agrees = ([c, d]: (string | null)[]) => a !== null && b !== null && a === c && b === d;
          const at = duplicates === 'first' ? r.findIndex(agrees) : r.findLastIndex(agrees);
          return at < 0 ? '' : String(at);
        });
        expect(rowsOf(result).map((row) => row[2])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('works on 100,000 rows', async () => {
    const codes = Array.from({ length: 100_000 }, (_unused, index) => index % 10_000);
    const left = table(
      [column('商品', 'number')],
      codes.map((code) => [code]),
    );
    const right = table(
      [column('コード'), column('品名')],
      Array.from({ length: 10_000 }, (_unused, index) => [String(index), `品${index}`]),
    );
    const { result } = await runCommand(
      lookup,
      [left, right],
      settings({ duplicates: 'fail', unmatched: 'fail' }),
    );
    expect(rowsOf(result)[99_999]).toEqual(['9999', '品9999']);
  });
});
