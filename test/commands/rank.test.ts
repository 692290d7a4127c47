import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RankSettings, rank } from '../../src/commands/rank';
import { column, rowsOf, runCommand, table } from './support';

type Row = readonly [string | null, number | null, string | null];

/** Counts for every row the rows of its group that stand before it. */
function counted(rows: readonly Row[], method: RankSettings['method']): string[] {
  const before = (a: Row, b: Row): boolean =>
    (a[1] as number) > (b[1] as number) || (a[1] === b[1] && (a[2] ?? '') < (b[2] ?? ''));
  const ties = (a: Row, b: Row): boolean => a[1] === b[1] && (a[2] ?? '') === (b[2] ?? '');
  return rows.map((row, index) => {
    if (row[1] === null) return '';
    const others = rows.map((other, at) => ({ other, at }));
    const own = others.filter(({ other }) => other[0] === row[0] && other[1] !== null);
    const first = own.filter(({ other }) => before(other, row));
    if (method === 'competition') return String(first.length + 1);
    if (method === 'row')
      return String(first.length + 1 + own.filter(({ other, at }) => ties(other, row) && at < index).length);
    return String(new Set(first.map(({ other }) => `${other[1]}/${other[2] ?? ''}`)).size + 1);
  });
}

const settings = (method: RankSettings['method']): RankSettings => ({
  by: [
    { column: '額', descending: true },
    { column: '印', descending: false },
  ],
  groupBy: ['店'],
  method,
  as: '順位',
  label: '',
});

const specs = [column('店'), column('額', 'number'), column('印')];

describe('rank', () => {
  it.each(['competition', 'dense', 'row'] as const)('%s agrees with counting', async (method) => {
    const row: fc.Arbitrary<Row> = fc.tuple(
      fc.constantFrom('a', 'b', null),
      fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
      fc.constantFrom('x', 'y', null),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        const { result } = await runCommand(rank, [table(specs, rows)], settings(method));
        expect(rowsOf(result).map((cells) => cells[3])).toEqual(counted(rows, method));
      }),
      { numRuns: 80 },
    );
  });

  it('takes 100,000 rows', async () => {
    const length = 100_000;
    const rows = Array.from({ length }, (_, at): Row => [`s${at % 100}`, Math.floor(at / 200), null]);
    const { result } = await runCommand(rank, [table(specs, rows)], settings('competition'));
    // Every shop has each amount twice, so the smallest amount ranks behind 998 others.
    expect(rowsOf({ rowCount: length, columns: result.columns.slice(3) })[0]).toEqual(['999']);
    expect(rowsOf({ rowCount: length, columns: result.columns.slice(3) }).at(-1)).toEqual(['1']);
  });
});
