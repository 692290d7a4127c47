import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/definition/errors';
import { type StoredPrecision, storedCell, storedColumn } from '../../src/plan/stored';
import { type Cell, cellAt, columnFromCells } from '../../src/table';
import { decimals, specOf } from '../table/arbitraries';

const precisions: fc.Arbitrary<StoredPrecision> = fc.record({
  digits: fc.integer({ min: 11, max: 30 }),
  decimalPlaces: fc.nat({ max: 10 }),
  rounding: fc.constantFrom('halfEven' as const, 'up' as const, 'down' as const),
});

function outcome(work: () => readonly Cell[]): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof FailureError) return [error.failure.code, error.failure.place.row];
    throw error;
  }
}

describe('storedColumn', () => {
  const spec = specOf('number');

  it('holds cell by cell what storedCell gives, and fails at the same row', () => {
    fc.assert(
      fc.property(fc.array(fc.option(decimals), { maxLength: 12 }), precisions, (cells, precision) => {
        const column = columnFromCells(spec, cells);
        const stored = outcome(() => {
          const result = storedColumn(column, precision, {});
          return cells.map((_cell, row) => cellAt(result, row));
        });
        const expected = outcome(() =>
          cells.map((_cell, row) => storedCell(spec, cellAt(column, row), precision, { row })),
        );
        expect(stored).toEqual(expected);
      }),
    );
  });

  it('is the column itself when nothing has to be rounded', () => {
    const column = columnFromCells(spec, [{ coefficient: 99_999n, scale: 2 }, null]);
    expect(storedColumn(column, { digits: 16, decimalPlaces: 4, rounding: 'halfEven' }, {})).toBe(column);
  });
});
