/**
 * Numbers stay exact through every command that computes with them or compares them. The oracle counts in whole units of
 * 10^-10 as BigInt and divides as rationals; it knows nothing of decimals, scales, doubles or columns.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct } from '../../src/commands/distinct';
import { edit } from '../../src/commands/edit';
import { filter } from '../../src/commands/filter';
import { type AggregateMethod, group } from '../../src/commands/group';
import { join } from '../../src/commands/join';
import { lookup } from '../../src/commands/lookup';
import { pivot } from '../../src/commands/pivot';
import { rank } from '../../src/commands/rank';
import { sort } from '../../src/commands/sort';
import { window } from '../../src/commands/window';
import type { WindowMethod } from '../../src/commands/window-settings';
import { columnFromCells, formatDecimal, parseDecimal, tableOf } from '../../src/table/index';
import type { Table } from '../../src/table/types';
import { column, rowsOf, runCommand } from './support';

const UNIT = 10n ** 10n;

/** One value as units of 10^-10, or null for blank. */
type Units = bigint | null;

const text = (units: bigint, scale = 10): string => formatDecimal({ coefficient: units, scale });
const shown = (units: Units): string => (units === null ? '' : text(units));

/** Up to 30 digits; small ones too, so that values repeat and fit into doubles. */
const units: fc.Arbitrary<Units> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.bigInt({ min: -9n, max: 9n }).map((n) => n * UNIT) },
  { weight: 3, arbitrary: fc.bigInt({ min: -1000n, max: 1000n }).map((n) => n * 10n ** 8n) },
  { weight: 2, arbitrary: fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 2n }).map((n) => n * UNIT) },
  { weight: 3, arbitrary: fc.bigInt({ min: -(10n ** 30n) + 1n, max: 10n ** 30n - 1n }) },
);
const rowsOfUnits = fc.array(fc.tuple(fc.constantFrom('a', 'b', ''), units, units), { maxLength: 24 });
type Row = readonly [string, Units, Units];

/** The values as kintone may write them: with and without zeros at the end. */
function tableOfUnits(
  rows: readonly Row[],
  names: readonly [string, string, string] = ['k', 'n', 'm'],
): Table {
  const cells = (at: 1 | 2) =>
    rows.map((row, index) => {
      const value = row[at];
      if (value === null) return null;
      return index % 2 === 0 ? { coefficient: value, scale: 10 } : parseDecimal(text(value));
    });
  return tableOf(
    [
      columnFromCells(
        column(names[0]),
        rows.map(([key]) => (key === '' ? null : key)),
      ),
      columnFromCells(column(names[1], 'number'), cells(1)),
      columnFromCells(column(names[2], 'number'), cells(2)),
    ],
    rows.length,
  );
}

const floorDivide = (a: bigint, b: bigint): bigint =>
  a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b;

/** a / b rounded half to even; b > 0. */
function divided(a: bigint, b: bigint): bigint {
  const below = floorDivide(a, b);
  const twice = 2n * (a - below * b);
  return twice > b || (twice === b && below % 2n !== 0n) ? below + 1n : below;
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const filled = (values: readonly Units[]): bigint[] => values.filter((value) => value !== null);

const AGGREGATES: Readonly<Partial<Record<AggregateMethod, (values: bigint[]) => string>>> = {
  sum: (values) => (values.length === 0 ? '' : text(sum(values))),
  average: (values) => (values.length === 0 ? '' : text(divided(sum(values), BigInt(values.length)))),
  // Half of a sum has an end, so it is not rounded.
  median: (values) => {
    const sorted = values.toSorted(compare);
    const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0n;
    const high = sorted[Math.floor(sorted.length / 2)] ?? 0n;
    return values.length === 0 ? '' : text(5n * (low + high), 11);
  },
  max: (values) => shown(values.toSorted(compare).at(-1) ?? null),
  min: (values) => shown(values.toSorted(compare)[0] ?? null),
  countDistinct: (values) => String(new Set(values).size),
};

const groupsOf = (rows: readonly Row[]): [string, Row[]][] => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row[0], [...(groups.get(row[0]) ?? []), row]);
  return [...groups];
};

const check = (property: (rows: readonly Row[]) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(rowsOfUnits, property), { numRuns: 150 });

describe('aggregates', () => {
  it.each(Object.keys(AGGREGATES) as AggregateMethod[])('%s, as group and as pivot compute it', (method) =>
    check(async (rows) => {
      const input = tableOfUnits(rows);
      const aggregates = [{ column: 'n', method, as: 'x', label: '' }];
      const grouped = await runCommand(group, [input], { by: ['k'], aggregates });
      const expected = groupsOf(rows).map(([key, own]) => [
        key,
        AGGREGATES[method]!(filled(own.map((row) => row[1]))),
      ]);
      expect(rowsOf(grouped.result)).toEqual(expected);
      const wide = await runCommand(pivot, [input], {
        by: [],
        column: 'k',
        values: ['a', 'b'],
        order: 'listed',
        blankName: 'none',
        unknown: 'fail',
        otherName: '',
        cells: [{ column: 'n', method, name: '{value}' }],
        limit: 10,
      });
      const byKey = new Map(expected.map(([key, value]) => [key, value]));
      const nothing = method === 'countDistinct' ? '0' : '';
      expect(rowsOf(wide.result)).toEqual(
        rows.length === 0 ? [] : [['a', 'b', ''].map((key) => byKey.get(key) ?? nothing)],
      );
    }),
  );

  it.each(['stdev', 'stdevp'] as const)(
    '%s is the root of the exact variance, rounded at 10 decimals',
    (method) =>
      check(async (rows) => {
        const aggregates = [{ column: 'n', method, as: 'x', label: '' }];
        const { result } = await runCommand(group, [tableOfUnits(rows)], { by: [], aggregates });
        const values = filled(rows.map((row) => row[1]));
        const count = BigInt(values.length);
        const under = method === 'stdev' ? count - 1n : count;
        const found = rowsOf(result)[0]?.[0] ?? '';
        if (under < 1n) {
          expect(found).toBe('');
          return;
        }
        // Variance in units of 10^-20: (n * sum of squares - square of sum) / (n * (n - 1 or n)).
        const over = count * sum(values.map((value) => value * value)) - sum(values) ** 2n;
        const below = count * under;
        const root = parseDecimal(found)!;
        const twice = 2n * root.coefficient * 10n ** BigInt(10 - root.scale);
        expect((twice - 1n) ** 2n * below <= 4n * over || twice === 0n).toBe(true);
        expect((twice + 1n) ** 2n * below >= 4n * over).toBe(true);
      }),
  );
});

describe('windows', () => {
  const computed = async (rows: readonly Row[], method: WindowMethod, span = 1): Promise<string[]> => {
    const steps = [{ method, column: 'n', rows: span, as: 'x', label: '' }];
    const { result } = await runCommand(window, [tableOfUnits(rows)], { groupBy: [], order: [], steps });
    return rowsOf(result).map((row) => row[3]!);
  };
  const column1 = (rows: readonly Row[]) => rows.map((row) => row[1]);

  it('running totals', () =>
    check(async (rows) => {
      let total = 0n;
      const found = await computed(rows, 'runningTotal');
      column1(rows).forEach((value, row) => {
        total += value ?? 0n;
        // A total before the first value is what the page of the command says; it is compared by value.
        if (value !== null) expect(found[row]).toBe(text(total));
      });
    }));

  it('differences and moving averages', () =>
    check(async (rows) => {
      const values = column1(rows);
      const differences = await computed(rows, 'difference');
      const averages = await computed(rows, 'movingAverage', 3);
      values.forEach((value, row) => {
        const before = row === 0 ? null : (values[row - 1] ?? null);
        expect(differences[row]).toBe(value === null || before === null ? '' : text(value - before));
        const near = filled(values.slice(Math.max(0, row - 2), row + 1));
        if (value === null) return;
        expect(averages[row]).toBe(text(divided(sum(near), BigInt(near.length))));
      });
    }));

  it('shares of the total', () =>
    check(async (rows) => {
      const total = sum(filled(column1(rows)));
      if (total === 0n) return;
      const found = await computed(rows, 'share');
      column1(rows).forEach((value, row) => {
        const signed = total < 0n ? [-(value ?? 0n), -total] : [value ?? 0n, total];
        if (value !== null) expect(found[row]).toBe(text(divided(signed[0]! * UNIT, signed[1]!)));
      });
    }));
});

describe('formulas as a command', () => {
  it('sums, products, quotients and comparisons', () =>
    check(async (rows) => {
      const formulas = ['n+m', 'n-m', 'n*m', 'IF(m=0,"",n/m)', 'n<m', 'n=m', 'ROUND(n*m,3)'];
      const steps = formulas.map((formula, index) => ({
        target: `x${index}`,
        label: '',
        method: 'formula' as const,
        formula,
        type: null,
        onError: 'fail' as const,
      }));
      const { result } = await runCommand(edit, [tableOfUnits(rows)], { steps });
      const away = (n: bigint, by: bigint) => {
        const half = (2n * (n < 0n ? -n : n) + by) / (2n * by);
        return n < 0n ? -half : half;
      };
      const expected = rows.map(([, n, m]) => {
        const [a, b] = [n ?? 0n, m ?? 0n];
        const over = b < 0n ? -a : a;
        return [
          text(a + b),
          text(a - b),
          text(a * b, 20),
          b === 0n ? '' : text(divided(over * UNIT, b < 0n ? -b : b)),
          a < b ? 'TRUE' : 'FALSE',
          a === b ? 'TRUE' : 'FALSE',
          text(away(a * b, 10n ** 17n), 3),
        ];
      });
      expect(rowsOf(result).map((row) => row.slice(3))).toEqual(expected);
    }));
});

describe('comparing', () => {
  it('keeps the rows of a condition, and orders and ranks by value', () =>
    check(async (rows) => {
      const input = tableOfUnits(rows);
      const bound = rows[0]?.[1] ?? 0n;
      for (const operator of ['=', '!=', '<', '<=', '>', '>='] as const) {
        const condition = {
          join: 'all' as const,
          conditions: [{ field: 'n', operator, values: [{ kind: 'literal' as const, value: text(bound) }] }],
        };
        const { result } = await runCommand(filter, [input], { mode: 'conditions', condition, formula: '' });
        const holds = (value: bigint): boolean => {
          const order = compare(value, bound);
          if (operator === '=') return order === 0;
          if (operator === '!=') return order !== 0;
          return operator.startsWith('<')
            ? order < Number(operator === '<=')
            : order > -Number(operator === '>=');
        };
        const kept = filled(rows.map((row) => row[1])).filter(holds);
        expect(
          rowsOf(result)
            .map((row) => row[1]!)
            .filter((value) => value !== ''),
        ).toEqual(kept.map(shown));
      }
      const keys = [{ column: 'n', descending: false }];
      const sorted = await runCommand(sort, [input], { keys });
      const inOrder = filled(rows.map((row) => row[1])).toSorted(compare);
      expect(rowsOf(sorted.result).map((row) => row[1]!)).toEqual([
        ...rows.filter((row) => row[1] === null).map(() => ''),
        ...inOrder.map(shown),
      ]);
      const ranked = await runCommand(rank, [input], {
        by: keys,
        groupBy: [],
        method: 'competition',
        as: 'x',
        label: '',
      });
      expect(rowsOf(ranked.result).map((row) => row[3]!)).toEqual(
        rows.map(([, value]) => (value === null ? '' : String(inOrder.indexOf(value) + 1))),
      );
    }));

  it('groups, joins and finds by value, whatever the zeros at the end', () =>
    check(async (rows) => {
      const input = tableOfUnits(rows);
      const kept = await runCommand(distinct, [input], { columns: ['n'], keep: 'first' });
      const first = [...new Set(rows.map((row) => row[1]))];
      expect(rowsOf(kept.result).map((row) => row[1]!)).toEqual(first.map(shown));
      const others = tableOfUnits(rows.toReversed(), ['j', 'p', 'q']);
      const joined = await runCommand(join, [input, others], {
        method: 'inner',
        keys: [{ left: 'n', right: 'p' }],
      });
      const times = new Map<Units, number>();
      for (const [, value] of rows) times.set(value, (times.get(value) ?? 0) + 1);
      expect(rowsOf(joined.result).map((row) => `${row[1]}=${row[4]}`)).toEqual(
        rows.flatMap(([, value]) =>
          value === null
            ? []
            : Array.from({ length: times.get(value)! }, () => `${shown(value)}=${shown(value)}`),
        ),
      );
      const found = await runCommand(lookup, [input, others], {
        keys: [{ left: 'n', right: 'p' }],
        columns: [{ from: 'p', to: 'x' }],
        duplicates: 'first',
        unmatched: 'blank',
      });
      expect(rowsOf(found.result).map((row) => row[3]!)).toEqual(rows.map(([, value]) => shown(value)));
    }));
});
