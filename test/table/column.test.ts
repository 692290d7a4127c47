import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnBuilder } from '../../src/table/builder';
import { cellKey } from '../../src/table/cells';
import {
  blankColumn,
  cellAt,
  columnFromCells,
  concatColumns,
  constantColumn,
  isBlankAt,
  mapTexts,
  takeColumn,
  usedTexts,
  withSpec,
} from '../../src/table/column';
import { type Decimal, fromInteger, normalize, parseDecimal } from '../../src/table/decimal';
import { NumberColumnBuilder } from '../../src/table/number-builder';
import type { Cell, Column, ColumnSpec, ColumnType } from '../../src/table/types';
import { decimals, numberCells, specOf, textCells } from './arbitraries';

function cellsOf(column: Column): Cell[] {
  return Array.from({ length: column.length }, (_, row) => cellAt(column, row));
}

function canonical(cell: Cell): Cell {
  return cell !== null && typeof cell === 'object' && 'coefficient' in cell ? normalize(cell) : cell;
}

const people = [{ code: 'a', name: 'A' }];
const SAMPLES: readonly (readonly [ColumnType, readonly Cell[]])[] = [
  ['text', ['x', null, 'y', 'x']],
  ['choice', ['x', null]],
  ['number', [fromInteger(3), null, { coefficient: 15n, scale: 1 }, { coefficient: 10n ** 29n, scale: 0 }]],
  ['date', ['2024-02-29', null, '1969-12-31', '9999-12-31']],
  ['time', ['00:00', null, '23:59']],
  ['datetime', ['2024-02-29T01:02:00Z', null, '9999-12-31T23:59:00Z', '1000-01-01T00:00:00Z']],
  ['choices', [['x', 'y'], null]],
  ['people', [people, null]],
  ['files', [[{ fileKey: 'k', name: 'n', contentType: 't', size: '1' }], null]],
  ['table', [[{ id: '1', cells: ['x', null] }], null]],
];

describe.each(SAMPLES)('a column of type %s', (type, cells) => {
  const spec = specOf(type);
  const column = columnFromCells(spec, cells);

  it('gives back its cells and knows blanks', () => {
    expect(cellsOf(column)).toEqual(cells);
    expect(cells.map((_, row) => isBlankAt(column, row))).toEqual(cells.map((cell) => cell === null));
  });

  it('takes rows in any order, with blanks for -1', () => {
    const taken = takeColumn(column, Int32Array.of(1, -1, 0, 0));
    expect(cellsOf(taken)).toEqual([cells[1], null, cells[0], cells[0]]);
    expect(isBlankAt(taken, 1)).toBe(true);
  });

  it('joins columns end to end', () => {
    const joined = concatColumns(specOf(type, 'd'), [column, blankColumn(spec, 1), column]);
    expect(cellsOf(joined)).toEqual([...cells, null, ...cells]);
    expect(joined.spec.name).toBe('d');
  });

  it('repeats one cell', () => {
    expect(cellsOf(constantColumn(spec, cells[0] ?? null, 3))).toEqual([cells[0], cells[0], cells[0]]);
    expect(cellsOf(blankColumn(spec, 2))).toEqual([null, null]);
  });

  it('keeps its data under another name', () => {
    expect(cellsOf(withSpec(column, specOf(type, 'other')))).toEqual(cells);
  });
});

describe('builders', () => {
  it('treat empty text and empty lists as blank', () => {
    expect(cellsOf(columnFromCells(specOf('text'), ['']))).toEqual([null]);
    expect(cellsOf(columnFromCells(specOf('choices'), [[]]))).toEqual([null]);
  });

  it.each([
    ['text', fromInteger(1)],
    ['number', '1'],
    ['date', '2024-02-30'],
    ['time', '24:00'],
    ['datetime', '2024-01-01'],
    ['choices', 'a'],
  ] as const)('refuse a cell of another type: %s', (type, cell) => {
    expect(() => columnBuilder(specOf(type)).append(cell)).toThrow(TypeError);
  });

  it('refuse to store a column as another kind', () => {
    expect(() => withSpec(blankColumn(specOf('text'), 1), specOf('number'))).toThrow(Error);
    expect(() => concatColumns(specOf('date'), [blankColumn(specOf('time'), 1)])).toThrow(Error);
  });

  it('count rows while building', () => {
    const builder = columnBuilder(specOf('number'));
    builder.append(fromInteger(1));
    builder.append(null);
    expect(builder.length).toBe(2);
  });
});

describe('number columns', () => {
  const spec: ColumnSpec = specOf('number');

  it('keep every value exactly, whatever the mix', () => {
    fc.assert(
      fc.property(fc.array(numberCells, { maxLength: 300 }), (cells) => {
        expect(cellsOf(columnFromCells(spec, cells))).toEqual(cells.map(canonical));
      }),
    );
  });

  it('keep the invariants of the layout', () => {
    fc.assert(
      fc.property(fc.array(decimals, { maxLength: 200 }), (cells) => {
        const column = columnFromCells(spec, cells);
        if (column.kind !== 'number') throw new Error('not a number column');
        for (let row = 0; row < column.length; row++) {
          const units = column.units[row] as number;
          expect(Number.isNaN(units)).toBe(column.wide.has(row));
          expect(Number.isNaN(units) || Number.isSafeInteger(units)).toBe(true);
          expect(Object.is(units, -0)).toBe(false);
        }
      }),
    );
  });

  it('raise the scale when a cell needs more decimals', () => {
    const cells = ['1', '2.5', '3.25', '4.0001'].map(parseDecimal);
    const column = columnFromCells(spec, cells);
    expect(column).toMatchObject({ scale: 4, units: Float64Array.of(10000, 25000, 32500, 40001) });
  });

  it('put the few cells that do not fit aside', () => {
    const cells: (Decimal | null)[] = Array.from({ length: 500 }, (_, n) => ({
      coefficient: BigInt(n),
      scale: 2,
    }));
    cells[7] = { coefficient: 123456789012345678n, scale: 0 };
    const column = columnFromCells(spec, cells);
    expect(column).toMatchObject({ scale: 2, wide: new Map([[7, cells[7]]]) });
  });

  it('find the scale that suits most cells even when the first cells mislead', () => {
    const huge = { coefficient: 9007199254740991n, scale: 0 };
    const cells = [
      huge,
      ...Array.from({ length: 1000 }, (_, n) => ({ coefficient: BigInt(10 * n + 1), scale: 2 })),
    ];
    const column = columnFromCells(spec, cells);
    expect(column).toMatchObject({ scale: 2, wide: new Map([[0, huge]]) });
    expect(cellAt(column, 3)).toEqual({ coefficient: 21n, scale: 2 });
  });

  it('read text as parseDecimal does', () => {
    const texts = fc.oneof(
      fc.stringMatching(/^-?[0-9]{0,8}\.?[0-9]{0,9}$/),
      fc.stringMatching(/^[-+]?[0-9]{1,25}(\.[0-9]{1,12})?(e-?[0-9])?$/),
      fc.constantFrom('abc', ' 1 ', '-', '.', '1.', '.5', '-.5', '1.2.3', '-0', '-0.0'),
    );
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 30 }), (inputs) => {
        const builder = new NumberColumnBuilder(spec);
        const accepted = inputs.filter((input) => builder.appendText(input));
        expect(accepted).toEqual(inputs.filter((input) => input === '' || parseDecimal(input) !== null));
        const column = builder.finish();
        expect(cellsOf(column)).toEqual(accepted.map((input) => parseDecimal(input)));
      }),
    );
  });
});

describe('text columns', () => {
  it('have distinct dictionaries, also after joining and mapping', () => {
    fc.assert(
      fc.property(fc.array(textCells), fc.array(textCells), (a, b) => {
        const joined = concatColumns(specOf('text'), [
          columnFromCells(specOf('text'), a),
          columnFromCells(specOf('text'), b),
        ]);
        if (joined.kind !== 'text') throw new Error('not a text column');
        const mapped = mapTexts(joined, specOf('text'), (text) => (text === 'a' ? null : text.toLowerCase()));
        expect(cellsOf(mapped)).toEqual(
          [...a, ...b].map((cell) => (cell === 'a' ? null : (cell?.toLowerCase() ?? null))),
        );
        for (const { dictionary } of [joined, mapped]) {
          expect(new Set(dictionary).size).toBe(dictionary.length);
        }
      }),
    );
  });

  it('drop a large dictionary when few rows are left', () => {
    const column = columnFromCells(
      specOf('text'),
      Array.from({ length: 3000 }, (_, n) => `t${n}`),
    );
    const taken = takeColumn(column, Int32Array.of(2999, -1, 5, 2999));
    expect(taken).toMatchObject({ dictionary: ['t2999', 't5'] });
    expect(cellsOf(taken)).toEqual(['t2999', null, 't5', 't2999']);
  });
});

describe('cell keys of columns', () => {
  it('survive taking rows', () => {
    fc.assert(
      fc.property(fc.array(numberCells, { minLength: 1, maxLength: 40 }), fc.nat(), (cells, seed) => {
        const rows = Int32Array.from(cells, (_, index) => (index * 7 + seed) % cells.length);
        const taken = takeColumn(columnFromCells(specOf('number'), cells), rows);
        const keys = cellsOf(taken).map((cell) => cellKey('number', cell));
        expect(keys).toEqual(Array.from(rows, (row) => cellKey('number', cells[row] ?? null)));
      }),
    );
  });
});

describe('usedTexts', () => {
  it('names each text that a row has once, and none of rows that are gone', () => {
    const column = columnFromCells(specOf('text'), ['b', 'a', null, 'b', 'c']);
    const taken = takeColumn(column, Int32Array.of(4, 0, 2, 3));
    expect(taken.kind === 'text' ? usedTexts(taken) : null).toEqual(['c', 'b']);
  });
});
