import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  SAMPLE_CHARACTERS_MAX,
  SAMPLE_COLUMNS_MAX,
  SAMPLE_ROWS_MAX,
  sampleOf,
} from '../../src/run/table-sample';
import { type Cell, type ColumnType, columnBuilder, fromInteger, type Table, tableOf } from '../../src/table';

function tableWith(rowCount: number, columnCount: number, type: ColumnType, cell: Cell): Table {
  const columns = Array.from({ length: columnCount }, (_unused, index) => {
    const builder = columnBuilder({ name: `c${index}`, label: `Column ${index}`, type });
    for (let row = 0; row < rowCount; row += 1) builder.append(cell);
    return builder.finish();
  });
  return tableOf(columns, rowCount);
}

const shownAs = (type: ColumnType, cell: Cell): string | undefined =>
  sampleOf(tableWith(1, 1, type, cell)).rows[0]?.[0];

describe('a sample of a table', () => {
  it('has bounds in every direction, counts the whole, and is plain data', () => {
    const size = fc.tuple(fc.nat(120), fc.nat(40), fc.string({ unit: 'grapheme', maxLength: 600 }));
    fc.assert(
      fc.property(size, ([rowCount, columnCount, text]) => {
        const sample = sampleOf(tableWith(rowCount, columnCount, 'text', text === '' ? null : text));
        expect(sample).toMatchObject({ rowCount, columnCount });
        expect(sample.columns).toHaveLength(Math.min(columnCount, SAMPLE_COLUMNS_MAX));
        expect(sample.rows).toHaveLength(Math.min(rowCount, SAMPLE_ROWS_MAX));
        for (const row of sample.rows) {
          expect(row).toHaveLength(sample.columns.length);
          for (const value of row) expect([...value].length).toBeLessThanOrEqual(SAMPLE_CHARACTERS_MAX);
        }
        expect(structuredClone(sample)).toEqual(sample);
      }),
    );
  });

  it.each([
    ['as long as it may be', 'x'.repeat(200), 'x'.repeat(200)],
    ['one too long', 'x'.repeat(201), `${'x'.repeat(199)}…`],
    ['two units each, as many as it may be', '𩸽'.repeat(200), '𩸽'.repeat(200)],
    ['two units each, one too many', '𩸽'.repeat(201), `${'𩸽'.repeat(199)}…`],
    ['very long', 'x'.repeat(500_000), `${'x'.repeat(199)}…`],
  ])('clips long values between characters: %s', (_name, text, shown) => {
    expect(shownAs('text', text)).toBe(shown);
  });

  it.each([
    ['text', null, ''],
    ['number', fromInteger(12n), '12'],
    ['date', '2026-11-29', '2026-11-29'],
    ['datetime', '2026-11-29T01:02:00Z', '2026-11-29T01:02:00Z'],
    ['choices', ['a', 'b'], 'a, b'],
    ['people', [{ code: 'sato', name: '佐藤' }], '佐藤'],
    ['files', [{ fileKey: 'k', name: 'a.pdf', contentType: '', size: '1' }], 'a.pdf'],
    ['table', [{ id: '1', cells: ['x', fromInteger(2n)] }], 'x, 2'],
  ] as const)('shows a value of type %s as text', (type, cell, shown) => {
    expect(shownAs(type, cell)).toBe(shown);
  });
});
