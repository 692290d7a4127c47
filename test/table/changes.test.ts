import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalCells } from '../../src/table/cells';
import { changedRows } from '../../src/table/changes';
import { columnFromCells } from '../../src/table/column';
import { parseDecimal } from '../../src/table/decimal';
import { cellFromKintone, kintoneFromCell } from '../../src/table/kintone-values';
import type { Cell, ColumnSpec, ColumnType } from '../../src/table/types';
import { textOfUnits, writeValues } from '../../src/table/write-values';
import { numberCells, specOf, textCells } from './arbitraries';

const people = fc.option(
  fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((codes) => codes.map((code) => ({ code, name: code }))),
);
const CELLS: Readonly<Partial<Record<ColumnType, fc.Arbitrary<Cell>>>> = {
  text: textCells,
  number: numberCells,
  date: fc.constantFrom(null, '2024-02-29', '2024-03-01', '0001-01-01'),
  time: fc.constantFrom(null, '00:00', '23:59'),
  datetime: fc.constantFrom(null, '2024-02-29T00:00:00Z', '9999-12-31T23:59:00Z'),
  choices: fc.option(fc.shuffledSubarray(['x', 'y', 'z'], { minLength: 1 })),
  people,
  table: fc.option(
    fc.array(fc.record({ id: fc.constantFrom('1', null), cells: fc.tuple(textCells, numberCells) }), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
};

const types = Object.keys(CELLS) as ColumnType[];
const cellsOf = (type: ColumnType): fc.Arbitrary<Cell> => CELLS[type] as fc.Arbitrary<Cell>;

describe('changedRows', () => {
  it.each(types)('finds what equalCells tells apart: %s', (type) => {
    const spec = specOf(type);
    fc.assert(
      fc.property(
        fc.array(cellsOf(type), { maxLength: 20 }),
        fc.array(cellsOf(type), { minLength: 1, maxLength: 20 }),
        fc.infiniteStream(fc.integer({ min: -2, max: 100 })),
        (wanted, current, picks) => {
          const rows = Int32Array.from(wanted, () => {
            const pick = picks.next().value as number;
            return pick < 0 ? pick : pick % current.length;
          });
          const changed = changedRows(columnFromCells(spec, wanted), columnFromCells(spec, current), rows);
          const expected = wanted.map((cell, row) => {
            const other = rows[row] as number;
            return other >= 0 && !equalCells(type, cell, current[other] ?? null) ? 1 : 0;
          });
          expect([...changed]).toEqual(expected);
        },
      ),
    );
  });

  it('compares texts by code where there are few of them, and one by one where there are many', () => {
    const spec = specOf('text');
    const few = columnFromCells(
      spec,
      Array.from({ length: 100 }, (_, row) => `t${row % 3}`),
    );
    const other = columnFromCells(spec, ['t2', 't1', 't0', 'x', null]);
    const rows = Int32Array.from({ length: 100 }, (_, row) => [2, 1, 0, 3, 4][row % 5] as number);
    const expected = Array.from({ length: 100 }, (_, row) => {
      const text = ['t0', 't1', 't2', 'x', null][row % 5];
      return text === `t${row % 3}` ? 0 : 1;
    });
    expect([...changedRows(few, other, rows)]).toEqual(expected);
  });
});

const FIELD_TYPES: readonly (readonly [string, ColumnType])[] = [
  ['SINGLE_LINE_TEXT', 'text'],
  ['DROP_DOWN', 'text'],
  ['CHECK_BOX', 'text'],
  ['NUMBER', 'number'],
  ['SINGLE_LINE_TEXT', 'number'],
  ['DATE', 'date'],
  ['SINGLE_LINE_TEXT', 'date'],
  ['TIME', 'time'],
  ['DATETIME', 'datetime'],
  ['MULTI_SELECT', 'choices'],
  ['USER_SELECT', 'people'],
];

describe('writeValues', () => {
  it.each(FIELD_TYPES)('writes what kintoneFromCell writes: %s from %s', (fieldType, type) => {
    const spec: ColumnSpec = specOf(type);
    fc.assert(
      fc.property(fc.array(cellsOf(type), { maxLength: 20 }), (cells) => {
        const at = writeValues(columnFromCells(spec, cells), fieldType);
        expect(cells.map((_cell, row) => at(row))).toEqual(
          cells.map((cell) => kintoneFromCell(fieldType, cell)),
        );
      }),
    );
  });

  it('reads back as the same number', () => {
    const units = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 });
    fc.assert(
      fc.property(units, fc.nat({ max: 15 }), (value, scale) => {
        const text = textOfUnits(value, scale);
        expect(text).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
        const back = cellFromKintone(specOf('number'), text);
        expect(equalCells('number', back, parseDecimal(`${value}e-${scale}`))).toBe(true);
      }),
    );
  });
});
