import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandTable } from '../../src/commands/expand-table';
import type { NestTableSettings } from '../../src/commands/nest-table';
import { nestTable } from '../../src/commands/nest-table';
import { fromInteger } from '../../src/table/index';
import type { InnerRow } from '../../src/table/types';
import { column, problemsOf, rowsOf, runCommand, table } from './support';

const LINES = table(
  [column('番号'), column('品'), column('数', 'number')],
  [
    ['A', 'ペン', 2],
    [null, '紙', 10],
    ['A', 'インク', 1],
    ['B', null, null],
    [null, '糊', 3],
  ],
);
const settings = (more: Partial<NestTableSettings> = {}): NestTableSettings => ({
  by: ['番号'],
  columns: ['品', '数'],
  as: '明細',
  label: '',
  order: [],
  blankRow: 'drop',
  ...more,
});

describe('nestTable', () => {
  it('makes a record per value, blank ones together, in order of appearance; a blank row gives an empty table', async () => {
    const { result, inferred, reports } = await runCommand(nestTable, [LINES], settings());
    expect(rowsOf(result)).toEqual([
      ['A', 'ペン, 2; インク, 1'],
      ['', '紙, 10; 糊, 3'],
      ['B', ''],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(reports.map(({ code, count }) => `${code} ${count}`)).toEqual(['blankRowsDropped 1']);
  });

  it('keeps blank rows when told so, and orders the rows inside', async () => {
    const more = { blankRow: 'keep' as const, order: [{ column: '数', descending: false }] };
    const { result, reports } = await runCommand(nestTable, [LINES], settings(more));
    expect(rowsOf(result)).toEqual([
      ['A', 'インク, 1; ペン, 2'],
      ['', '糊, 3; 紙, 10'],
      ['B', ', '],
    ]);
    expect(reports).toEqual([]);
  });

  it('makes one record of all rows without record columns, and none of nothing', async () => {
    const more = { by: [], columns: ['品'] };
    expect(rowsOf((await runCommand(nestTable, [LINES], settings(more))).result)).toEqual([
      ['ペン; 紙; インク; 糊'],
    ]);
    const none = table(
      LINES.columns.map((entry) => entry.spec),
      [],
    );
    expect((await runCommand(nestTable, [none], settings(more))).result.rowCount).toBe(0);
  });

  it('says what is wrong', () => {
    const specs = [[column('a'), column('t', 'table', { columns: [] })]];
    const check = (more: Partial<NestTableSettings>) =>
      problemsOf(nestTable, specs, settings({ by: ['a'], columns: ['a'], ...more }));
    expect(check({ columns: [] })).toEqual(['error nestEmpty columns']);
    expect(check({ columns: ['t'] })).toEqual(['error nestTypeUnsuitable columns.0']);
    expect(check({ columns: ['a', 'a', 'gone'] })).toEqual([
      'error columnNameTaken columns.1',
      'error columnMissing columns.2',
    ]);
    expect(check({ as: 'a' })).toEqual(['error columnNameTaken as']);
    expect(check({ as: '' })).toEqual(['error columnNameBlank as']);
    expect(check({ order: [{ column: 't', descending: false }] })).toEqual([
      'error sortTypeUnsuitable order.0.column',
    ]);
  });

  it('undoes expandTable, whatever the tables hold', async () => {
    const innerRow = fc
      .tuple(fc.option(fc.constantFrom('x', 'y')), fc.option(fc.integer({ min: 0, max: 9 })))
      // A row with nothing in it cannot be told from no row; that is what `blankRow` decides.
      .filter(([name, count]) => name !== null || count !== null);
    const records = fc.array(
      fc.tuple(fc.array(innerRow, { maxLength: 3 }), fc.option(fc.constantFrom('p', 'q'))),
      {
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(records, async (wanted) => {
        const specs = [
          column('番号'),
          column('備考'),
          column('明細', 'table', { columns: [column('品'), column('数', 'number')] }),
        ];
        const rows = wanted.map(([inner, note], index) => [
          String(index),
          note,
          inner.map(
            ([name, n]): InnerRow => ({ id: null, cells: [name, n === null ? null : fromInteger(n)] }),
          ),
        ]);
        const input = table(specs, rows);
        const expanded = await runCommand(expandTable, [input], {
          table: '明細',
          keep: ['番号', '備考'],
          emptyTable: 'keep',
        });
        const { result } = await runCommand(nestTable, [expanded.result], settings({ by: ['番号', '備考'] }));
        expect(result.columns).toEqual(input.columns);
      }),
      { numRuns: 60 },
    );
  });

  it('works on 100,000 rows', async () => {
    const input = table(
      [column('番号'), column('品'), column('数', 'number')],
      Array.from({ length: 100_000 }, (_unused, index) => [`k${index % 20_000}`, 'ペン', index]),
    );
    const { result } = await runCommand(nestTable, [input], settings());
    expect(rowsOf(result)[19_999]?.[1]).toBe(
      'ペン, 19999; ペン, 39999; ペン, 59999; ペン, 79999; ペン, 99999',
    );
  });
});
