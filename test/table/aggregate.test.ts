import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AggregateMethod, aggregateColumn, aggregateType } from '../../src/table/aggregate';
import { cellKey, cellToText } from '../../src/table/cells';
import { cellAt, columnFromCells } from '../../src/table/column';
import { type Decimal, parseDecimal } from '../../src/table/decimal';
import type { Cell, ColumnType } from '../../src/table/types';
import {
  compareRatios,
  decimals,
  isHalfEven,
  numberCells,
  ratioOf,
  specOf,
  sumOfRatios,
} from './arbitraries';

const GROUPS = 4;
const rowsOf = (cell: fc.Arbitrary<Decimal | null>) =>
  fc.array(fc.record({ cell, group: fc.nat({ max: GROUPS - 1 }) }), { maxLength: 60 });

type Rows = readonly { readonly cell: Cell; readonly group: number }[];

function aggregate(type: ColumnType, rows: Rows, method: AggregateMethod, result: ColumnType): Cell[] {
  const column = columnFromCells(
    specOf(type),
    rows.map((row) => row.cell),
  );
  const groupOf = Int32Array.from(rows, (row) => row.group);
  const found = aggregateColumn(column, { groupOf, groupCount: GROUPS }, method, specOf(result, 'r'));
  expect(found.length).toBe(GROUPS);
  expect(found.spec.name).toBe('r');
  return Array.from({ length: GROUPS }, (_, group) => cellAt(found, group));
}

function valuesOf(rows: Rows, group: number): Decimal[] {
  return rows.flatMap((row) => (row.group === group && row.cell !== null ? [row.cell as Decimal] : []));
}

/** Runs one method on random numbers and hands each group's result to `check`. */
function eachGroup(
  method: AggregateMethod,
  check: (result: Decimal | null, values: Decimal[]) => void,
): void {
  fc.assert(
    fc.property(rowsOf(numberCells), (rows) => {
      aggregate('number', rows, method, 'number').forEach((cell, group) => {
        check(cell as Decimal | null, valuesOf(rows, group));
      });
    }),
  );
}

describe('numbers, against fractions of integers', () => {
  it('sum is exact', () => {
    eachGroup('sum', (result, values) => {
      if (result === null) expect(values).toEqual([]);
      else expect(compareRatios(ratioOf(result), sumOfRatios(values.map(ratioOf)))).toBe(0);
      expect(result === null).toBe(values.length === 0);
    });
  });

  it('sum does not lose a unit when partial sums pass 2^53', () => {
    const big = { coefficient: 2n ** 53n - 1n, scale: 0 };
    const cells = [big, big, { coefficient: 1n, scale: 0 }, { coefficient: -(2n ** 53n) + 3n, scale: 0 }];
    const rows = cells.map((cell) => ({ cell, group: 1 }));
    expect(aggregate('number', rows, 'sum', 'number')).toEqual([
      null,
      { coefficient: 2n ** 53n + 2n, scale: 0 },
      null,
      null,
    ]);
  });

  it('average is half-even at 10 decimals', () => {
    eachGroup('average', (result, values) => {
      expect(result === null).toBe(values.length === 0);
      if (result === null) return;
      const { numerator, denominator } = sumOfRatios(values.map(ratioOf));
      const exact = { numerator, denominator: denominator * BigInt(values.length) };
      expect(isHalfEven(result, exact, 10)).toBe(true);
    });
  });

  it('median is the exact middle', () => {
    eachGroup('median', (result, values) => {
      expect(result === null).toBe(values.length === 0);
      if (result === null) return;
      const sorted = values.map(ratioOf).sort(compareRatios);
      const middle = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]].flatMap((v) => v ?? []);
      const { numerator, denominator } = sumOfRatios(middle);
      expect(compareRatios(ratioOf(result), { numerator, denominator: 2n * denominator })).toBe(0);
    });
  });

  it.each(['max', 'min'] as const)('%s is one of the values, and none is beyond it', (method) => {
    eachGroup(method, (result, values) => {
      expect(result === null).toBe(values.length === 0);
      if (result === null) return;
      const orders = values.map((value) => compareRatios(ratioOf(value), ratioOf(result)));
      expect(orders).toContain(0);
      expect(orders.every((order) => (method === 'max' ? order <= 0 : order >= 0))).toBe(true);
    });
  });

  it.each(['stdev', 'stdevp'] as const)(
    '%s squared is the variance, within half of the last decimal',
    (method) => {
      eachGroup(method, (result, values) => {
        const n = BigInt(values.length);
        const divisor = method === 'stdev' ? n - 1n : n;
        expect(result === null).toBe(divisor < 1n);
        if (result === null) return;
        const unit = 10n ** 10n;
        const at = values.map((value) => value.coefficient * 10n ** BigInt(10 - value.scale));
        const sum = at.reduce((total, value) => total + value, 0n);
        const squares = at.reduce((total, value) => total + (n * value - sum) ** 2n, 0n);
        // variance * unit^2 = squares / (n^2 * divisor); result * unit = units.
        const units = result.coefficient * 10n ** BigInt(10 - result.scale);
        expect(unit > 0n && (2n * units + 1n) ** 2n * n * n * divisor >= 4n * squares).toBe(true);
        expect(units === 0n || (2n * units - 1n) ** 2n * n * n * divisor <= 4n * squares).toBe(true);
      });
    },
  );

  it('a deviation of equal values is zero, even where doubles would cancel', () => {
    const cell = parseDecimal('123456789.123456');
    const rows = Array.from({ length: 3 }, () => ({ cell, group: 0 }));
    expect(aggregate('number', rows, 'stdev', 'number')[0]).toEqual(parseDecimal('0'));
  });
});

describe('counts and choices of rows', () => {
  it('count values, rows and distinct values', () => {
    fc.assert(
      fc.property(rowsOf(numberCells), (rows) => {
        const expected = (pick: (group: number) => number) =>
          Array.from({ length: GROUPS }, (_, group) => parseDecimal(String(pick(group))));
        expect(aggregate('number', rows, 'count', 'number')).toEqual(
          expected((g) => valuesOf(rows, g).length),
        );
        expect(aggregate('number', rows, 'countAll', 'number')).toEqual(
          expected((g) => rows.filter((row) => row.group === g).length),
        );
        expect(aggregate('number', rows, 'countDistinct', 'number')).toEqual(
          expected((g) => new Set(valuesOf(rows, g).map((value) => cellKey('number', value))).size),
        );
      }),
    );
  });

  it('first and last skip blanks, join lists texts in row order', () => {
    fc.assert(
      fc.property(rowsOf(numberCells), (rows) => {
        const first = aggregate('number', rows, 'first', 'number').map((cell) => cellKey('number', cell));
        const last = aggregate('number', rows, 'last', 'number').map((cell) => cellKey('number', cell));
        const joined = aggregate('number', rows, 'join', 'text');
        for (let group = 0; group < GROUPS; group++) {
          const texts = valuesOf(rows, group).map((value) => cellToText('number', value));
          expect(first[group]).toBe(texts[0] ?? '');
          expect(last[group]).toBe(texts.at(-1) ?? '');
          expect(joined[group]).toBe(texts.length === 0 ? null : texts.join(', '));
        }
      }),
    );
  });

  it('join takes a separator', () => {
    const column = columnFromCells(specOf('choices'), [['a', 'b'], null, ['c']]);
    const groups = { groupOf: Int32Array.of(0, 0, 0), groupCount: 1 };
    const joined = aggregateColumn(column, groups, 'join', specOf('text'), { separator: ' / ' });
    expect(cellAt(joined, 0)).toBe('a, b / c');
  });

  it('largest and smallest of texts go by code point', () => {
    const rows = ['！', '😀', 'a', null].map((cell) => ({ cell, group: 0 }));
    expect(aggregate('text', rows, 'max', 'text')[0]).toBe('😀');
    expect(aggregate('text', rows, 'min', 'text')[0]).toBe('a');
  });
});

describe('dates and times', () => {
  const times = ['09:20', null, '18:10', '23:50'].map((cell) => ({ cell, group: 2 }));
  const dates = ['2024-02-28', '2024-03-01', '2024-02-29', '2024-03-04'].map((cell) => ({ cell, group: 2 }));
  it.each<[AggregateMethod, ColumnType, Rows, ColumnType, Cell]>([
    ['sum', 'time', times, 'number', parseDecimal('51.3333333333')],
    ['average', 'time', times, 'number', parseDecimal('17.1111111111')],
    ['average', 'time', times, 'time', '17:07'],
    ['median', 'time', times, 'time', '18:10'],
    ['median', 'time', times, 'number', parseDecimal('18.1666666667')],
    ['max', 'time', times, 'time', '23:50'],
    ['min', 'date', dates, 'date', '2024-02-28'],
    // Between 29 February (day 19782) and 1 March the even day number wins.
    ['median', 'date', dates, 'date', '2024-02-29'],
    ['average', 'date', dates, 'date', '2024-03-01'],
    ['max', 'datetime', [{ cell: '9999-12-31T23:59:00Z', group: 2 }], 'datetime', '9999-12-31T23:59:00Z'],
    ['countDistinct', 'date', dates, 'number', parseDecimal('4')],
  ])('%s of %s', (method, type, rows, result, expected) => {
    expect(aggregate(type, rows, method, result)[2]).toEqual(expected);
    const blank = result === 'number' && method.startsWith('count') ? parseDecimal('0') : null;
    expect(aggregate(type, rows, method, result)[0]).toEqual(blank);
  });
});

describe('methods that do not fit', () => {
  it.each<[AggregateMethod, ColumnType, ColumnType]>([
    ['sum', 'text', 'number'],
    ['sum', 'date', 'number'],
    ['average', 'date', 'number'],
    ['stdev', 'time', 'number'],
    ['max', 'people', 'people'],
  ])('%s of %s as %s throws', (method, type, result) => {
    const cell: Cell =
      type === 'people' ? [{ code: 'a', name: 'a' }] : type === 'time' ? '01:00' : '2024-01-01';
    const rows = [cell, cell].map((value) => ({ cell: value, group: 0 }));
    expect(() => aggregate(type, rows, method, result)).toThrow(Error);
  });

  it('are known before any row is read', () => {
    expect(aggregateType('sum', 'number')).toBe('number');
    expect(aggregateType('sum', 'time')).toBe('number');
    expect(aggregateType('sum', 'date')).toBeNull();
    expect(aggregateType('average', 'text')).toBeNull();
    expect(aggregateType('median', 'date')).toBe('date');
    expect(aggregateType('max', 'choice')).toBe('choice');
    expect(aggregateType('min', 'files')).toBeNull();
    expect(aggregateType('first', 'files')).toBe('files');
    expect(aggregateType('stdevp', 'time')).toBeNull();
    expect(aggregateType('countDistinct', 'people')).toBe('number');
    expect(aggregateType('join', 'people')).toBe('text');
  });
});

describe('wide numbers', () => {
  it('take part in sums beside the ones that fit', () => {
    fc.assert(
      fc.property(fc.array(decimals, { minLength: 1, maxLength: 20 }), (cells) => {
        const rows = cells.map((cell) => ({ cell, group: 0 }));
        const total = aggregate('number', rows, 'sum', 'number')[0] as Decimal;
        expect(compareRatios(ratioOf(total), sumOfRatios(cells.map(ratioOf)))).toBe(0);
      }),
    );
  });
});
