import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellKey, compareCells } from '../../src/table/cells';
import { IntegerIndex } from '../../src/table/codes';
import { columnFromCells } from '../../src/table/column';
import { formatDecimal, parseDecimal } from '../../src/table/decimal';
import {
  filterRows,
  groupRows,
  type JoinMethod,
  JoinTooLargeError,
  joinRows,
  sortRows,
} from '../../src/table/rows';
import { tableOf } from '../../src/table/table';
import type { Cell, Column, ColumnType } from '../../src/table/types';
import { numberCells, specOf, textCells } from './arbitraries';

/** A column's type with cells for it; lists come in both orders, so that sets must be compared as sets. */
const KINDS: readonly (readonly [ColumnType, fc.Arbitrary<Cell>])[] = [
  ['text', textCells],
  ['number', numberCells],
  ['date', fc.constantFrom(null, '2024-01-01', '1999-12-31', '2024-02-29')],
  ['time', fc.constantFrom(null, '00:00', '09:30', '23:59')],
  ['datetime', fc.constantFrom(null, '2024-01-01T00:00:00Z', '9999-12-31T23:59:00Z', '1000-01-01T00:00:00Z')],
  ['choices', fc.constantFrom<Cell>(null, ['a'], ['a', 'b'], ['b', 'a'], ['c'])],
  ['people', fc.constantFrom<Cell>(null, [{ code: 'x', name: '1' }], [{ code: 'x', name: '2' }])],
];

const kinds = fc.constantFrom(...KINDS);

interface SomeColumn {
  readonly type: ColumnType;
  readonly cells: readonly Cell[];
  readonly column: Column;
}

function columnsOf(length: number, name: string): fc.Arbitrary<SomeColumn> {
  return kinds.chain(([type, cell]) =>
    fc.array(cell, { minLength: length, maxLength: length }).map((cells) => ({
      type,
      cells,
      column: columnFromCells(specOf(type, name), cells),
    })),
  );
}

const someTable = fc
  .integer({ min: 0, max: 40 })
  .chain((length) => fc.tuple(columnsOf(length, 'a'), columnsOf(length, 'b')));

describe('filterRows', () => {
  it('keeps the rows asked for, in order', () => {
    expect(filterRows(6, (row) => row % 2 === 1)).toEqual(Int32Array.of(1, 3, 5));
    expect(filterRows(3, () => false)).toEqual(new Int32Array(0));
  });
});

describe('sortRows', () => {
  it('agrees with a stable sort by compareCells', () => {
    fc.assert(
      fc.property(someTable, fc.boolean(), fc.boolean(), ([a, b], down, alsoDown) => {
        const table = tableOf([a.column, b.column], a.cells.length);
        const expected = a.cells.map((_, row) => row);
        expected.sort((x, y) => {
          const first = compareCells(a.type, a.cells[x] ?? null, a.cells[y] ?? null);
          const second = compareCells(b.type, b.cells[x] ?? null, b.cells[y] ?? null);
          return first === 0 ? (alsoDown ? -second : second) : down ? -first : first;
        });
        const keys = [
          { column: 'a', descending: down },
          { column: 'b', descending: alsoDown },
        ];
        expect(Array.from(sortRows(table, keys))).toEqual(expected);
      }),
    );
  });

  it('sorts many rows as it sorts few', () => {
    const length = 5000;
    const numbers = Array.from({ length }, (_, row) =>
      row % 11 === 0
        ? null
        : {
            coefficient: BigInt((row * 7919) % 3001) * 10n ** BigInt(row % 3 === 0 ? 9 : 0) - 900n,
            scale: 2,
          },
    );
    const texts = numbers.map((_, row) =>
      row % 13 === 0 ? null : `t${(row * 31) % 97}${row % 5 === 0 ? '😀' : ''}`,
    );
    const table = tableOf(
      [columnFromCells(specOf('text', 't'), texts), columnFromCells(specOf('number', 'n'), numbers)],
      length,
    );
    for (const descending of [false, true]) {
      const rows = sortRows(table, [
        { column: 't', descending },
        { column: 'n', descending: !descending },
      ]);
      expect(new Set(rows).size).toBe(length);
      for (let i = 1; i < length; i++) {
        const [x, y] = [rows[i - 1] as number, rows[i] as number];
        const byText = compareCells('text', texts[x] ?? null, texts[y] ?? null) * (descending ? -1 : 1);
        const byNumber =
          compareCells('number', numbers[x] ?? null, numbers[y] ?? null) * (descending ? 1 : -1);
        const inOrder = byText < 0 || (byText === 0 && (byNumber < 0 || (byNumber === 0 && x < y)));
        expect(inOrder).toBe(true);
      }
    }
  });

  it('puts numbers of any size in their places', () => {
    const ordered = [
      null,
      '-1e29',
      '-9007199254740991',
      '-0.0001',
      '0',
      '0.00000000000000000001',
      '1',
      '9007199254740991',
      '1e29',
    ];
    const cells = ordered.map((text) => text && parseDecimal(text)) as Cell[];
    const shuffled = cells.map((_, index) => cells[(index * 4) % cells.length] as Cell);
    const table = tableOf([columnFromCells(specOf('number'), shuffled)], cells.length);
    const sorted = Array.from(sortRows(table, [{ column: 'c', descending: false }]), (row) => shuffled[row]);
    expect(sorted).toEqual(cells);
    const few = tableOf([columnFromCells(specOf('number'), [...shuffled, ...shuffled])], 2 * cells.length);
    const twice = Array.from(
      sortRows(few, [{ column: 'c', descending: true }]),
      (row) => shuffled[row % cells.length],
    );
    expect(twice).toEqual(cells.flatMap((cell) => [cell, cell]).reverse());
  });

  it('keeps the order when there is no key', () => {
    const table = tableOf([columnFromCells(specOf('text'), ['b', 'a'])], 2);
    expect(sortRows(table, [])).toEqual(Int32Array.of(0, 1));
  });
});

describe('groupRows', () => {
  it('agrees with a map of keys', () => {
    fc.assert(
      fc.property(someTable, ([a, b]) => {
        const { groupOf, firstRows } = groupRows([a.column, b.column], a.cells.length);
        const seen = new Map<string, number>();
        const first: number[] = [];
        const expected = a.cells.map((cell, row) => {
          const key = JSON.stringify([cellKey(a.type, cell), cellKey(b.type, b.cells[row] ?? null)]);
          if (!seen.has(key)) first.push(row);
          seen.set(key, seen.get(key) ?? seen.size);
          return seen.get(key);
        });
        expect(Array.from(groupOf)).toEqual(expected);
        expect(Array.from(firstRows)).toEqual(first);
      }),
    );
  });

  it('without columns makes one group, or none when there are no rows', () => {
    expect(groupRows([], 3)).toEqual({ groupOf: Int32Array.of(0, 0, 0), firstRows: Int32Array.of(0) });
    expect(groupRows([], 0)).toEqual({ groupOf: new Int32Array(0), firstRows: new Int32Array(0) });
  });

  it('combines columns with very many values', () => {
    const length = 3000;
    const a = Array.from({ length }, (_, row) => `a${row % 1500}`);
    const b = Array.from({ length }, (_, row) => `b${row % 1000}`);
    const columns = [columnFromCells(specOf('text', 'a'), a), columnFromCells(specOf('text', 'b'), b)];
    expect(groupRows(columns, length).firstRows.length).toBe(
      new Set(a.map((text, row) => text + b[row])).size,
    );
  });
});

describe('IntegerIndex', () => {
  it('agrees with Map, also for large and negative integers', () => {
    const keys = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -5, max: 5 }));
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 3000 }), fc.maxSafeInteger(), (added, other) => {
        const index = new IntegerIndex();
        const map = new Map<number, number>();
        for (const key of added) {
          if (!map.has(key)) map.set(key, map.size);
          expect(index.add(key)).toBe(map.get(key));
        }
        expect(index.size).toBe(map.size);
        for (const key of [...added, other]) expect(index.find(key)).toBe(map.get(key) ?? -1);
      }),
      { numRuns: 20 },
    );
  });
});

type Matches = (left: Cell, right: Cell) => boolean;

function naiveJoin(left: readonly Cell[], right: readonly Cell[], method: JoinMethod, matches: Matches) {
  const pairs: [number, number][] = [];
  const used = new Set<number>();
  left.forEach((a, row) => {
    const found = right.flatMap((b, other) => (a !== null && b !== null && matches(a, b) ? [other] : []));
    for (const other of found) {
      pairs.push([row, other]);
      used.add(other);
    }
    if (found.length === 0 && (method === 'left' || method === 'full')) pairs.push([row, -1]);
  });
  if (method === 'right' || method === 'full') {
    right.forEach((_, row) => {
      if (!used.has(row)) pairs.push([-1, row]);
    });
  }
  return pairs;
}

function joinedPairs(left: readonly Column[], right: readonly Column[], method: JoinMethod) {
  const rows = joinRows(left, right, method);
  return Array.from(rows.left, (row, index) => [row, rows.right[index]]);
}

const methods = fc.constantFrom<JoinMethod>('inner', 'left', 'right', 'full');

describe('joinRows', () => {
  it('agrees with comparing every pair of rows, for keys of one type', () => {
    const sides = kinds.chain(([type, cell]) =>
      fc.tuple(fc.constant(type), fc.array(cell, { maxLength: 25 }), fc.array(cell, { maxLength: 25 })),
    );
    fc.assert(
      fc.property(sides, methods, ([type, left, right], method) => {
        const spec = specOf(type);
        const found = joinedPairs([columnFromCells(spec, left)], [columnFromCells(spec, right)], method);
        const matches: Matches = (a, b) => cellKey(type, a) === cellKey(type, b);
        expect(found).toEqual(naiveJoin(left, right, method, matches));
      }),
    );
  });

  it('reads text as a number against a number key, on either side', () => {
    const matches: Matches = (text, number) => {
      const value = typeof text === 'string' ? parseDecimal(text) : null;
      return value !== null && formatDecimal(value) === cellKey('number', number);
    };
    const texts = fc.array(
      fc.constantFrom(null, '1', '01', '1.0', ' 1', 'x', '1e1', '10', '0.5', `1${'0'.repeat(20)}`),
    );
    const numbers = fc.array(
      fc.constantFrom(
        ...[null, '1', '10', '0.5', '0.25', `1${'0'.repeat(20)}`].map((t) => t && parseDecimal(t)),
      ),
    );
    fc.assert(
      fc.property(texts, numbers, methods, (left, right, method) => {
        const text = columnFromCells(specOf('text'), left);
        const number = columnFromCells(specOf('number'), right as Cell[]);
        expect(joinedPairs([text], [number], method)).toEqual(
          naiveJoin(left, right as Cell[], method, matches),
        );
        const swapped: Matches = (a, b) => matches(b, a);
        expect(joinedPairs([number], [text], method)).toEqual(
          naiveJoin(right as Cell[], left, method, swapped),
        );
      }),
    );
  });

  it('needs all keys to match, and none of them blank', () => {
    const text = (cells: Cell[]): Column => columnFromCells(specOf('text'), cells);
    const left = [text(['a', 'a', null, 'b']), text(['x', null, 'x', 'y'])];
    const right = [text(['b', 'a', 'a', null]), text(['y', 'x', 'z', 'x'])];
    expect(joinedPairs(left, right, 'full')).toEqual([
      [0, 1],
      [1, -1],
      [2, -1],
      [3, 0],
      [-1, 2],
      [-1, 3],
    ]);
  });

  it('matches numbers of different scales, and dates against their text', () => {
    const numbers = (...texts: string[]): Column =>
      columnFromCells(specOf('number'), texts.map(parseDecimal));
    expect(joinedPairs([numbers('1', '2')], [numbers('1.25', '2.00')], 'inner')).toEqual([[1, 1]]);
    const dates = columnFromCells(specOf('date'), ['2024-01-02']);
    const texts = columnFromCells(specOf('text'), ['2024-01-02', '2024-1-2']);
    expect(joinedPairs([dates], [texts], 'inner')).toEqual([[0, 0]]);
  });

  it('refuses a result beyond all memory instead of trying', () => {
    const column = columnFromCells(specOf('text'), new Array<Cell>(8000).fill('same'));
    expect(() => joinRows([column], [column], 'inner')).toThrow(JoinTooLargeError);
  });

  it('refuses unequal key lists', () => {
    expect(() => joinRows([], [], 'inner')).toThrow(Error);
    expect(() => joinRows([columnFromCells(specOf('text'), [])], [], 'inner')).toThrow(Error);
  });
});
