import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFormula } from '../../src/formula';
import { resultBuilder } from '../../src/formula/result';
import { cellAt } from '../../src/table/column';
import { takeRows } from '../../src/table/table';
import { checked, contextOf, evaluated, shown, spec, tableOfRows } from './helpers';

const columns = [spec('t', 'text'), spec('n', 'number'), spec('u', 'text')];

/** Parts over one text column, alone and inside larger formulas. */
const FORMULAS = [
  'UPPER(t)',
  'LEN(t)&"-"&t',
  'VALUE(t)',
  'VALUE(t)*n',
  'IFERROR(VALUE(t)/2,n)',
  't="12"',
  'IF(t="12",n,n*2)',
  'IF(ISBLANK(t),"none",t)',
  'SWITCH(t,"a",1,"12",2,"",3)',
  'DATEVALUE(t)',
  'IFERROR(DATEVALUE(t)+n,"")',
  'LEFT(t,1)&RIGHT(u,1)',
  't<u',
  'IF(n>2,VALUE(t),0)',
  'ISERROR(t+1)',
  '1/LEN(t)',
  't',
] as const;

describe('values per distinct text', () => {
  it('are those of every row on its own', () => {
    const texts = fc.constantFrom(
      null,
      'a',
      '12',
      '0.5',
      '2024-01-31',
      'x'.repeat(20),
      '99999999999999999999',
    );
    const row = fc.tuple(texts, fc.integer({ min: 0, max: 4 }).map(String), texts);
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMULAS),
        fc.array(row, { minLength: 20, maxLength: 40 }),
        (text, rows) => {
          const alone = rows.map((cells) => shown(text, { columns, rows: [cells] })[0]);
          expect(shown(text, { columns, rows })).toEqual(alone);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('do not change when the dictionary has several chunks and numbers of several scales', () => {
    const count = 12_000;
    const rows = Array.from({ length: count }, (_, row) => {
      const key = row % 5_000;
      const text = key < 4_500 ? String(key) : key % 2 === 0 ? `${key}.125` : `${key}00000000000000000.5`;
      return [key === 4_999 ? null : text, String(row), 'u'];
    });
    const results = shown('VALUE(t)+0&"|"&t', { columns, rows });
    rows.forEach(([text], row) => {
      expect(results[row]).toBe(text === null ? '0|' : `${text}|${text}`);
    });
    const sum = shown('VALUE(t)', { columns, rows });
    expect(sum[4_500]).toBe('4500.125');
    expect(sum[4_501]).toBe('450100000000000000000.5');
    expect(sum[4_999]).toBe('');
    expect(sum[5_001]).toBe('1');
  });

  it('of texts that no row has are not errors', () => {
    const rows = Array.from({ length: 50 }, (_, row) => [row === 0 ? 'bad' : '7', '0', null]);
    const table = takeRows(
      tableOfRows(columns, rows),
      Int32Array.from({ length: 49 }, (_, row) => row + 1),
    );
    const compiled = compileFormula(checked('VALUE(t)', { columns }));
    const { column, errorCount } = compiled.evaluate(table, contextOf({}));
    expect(errorCount).toBe(0);
    expect(cellAt(column, 48)).toEqual({ coefficient: 7n, scale: 0 });
  });

  it('that would take much memory are computed row by row', () => {
    const rows = Array.from({ length: 3_000 }, (_, row) => [`${row % 1_000}`, '1', null]);
    // A thousand results of 60,000 characters are beyond the budget; only their lengths are kept here.
    expect(shown('LEN(REPT("-",60000)&t&n)', { columns, rows })[2_999]).toBe('60004');
  });
});

describe('limits of a text column', () => {
  const chunk = (values: string[]) => ({ kind: 'text', values, errors: null }) as const;

  it('distinct text beyond the budget is the error of its row; repeated text costs nothing', () => {
    const builder = resultBuilder('text', 7, 10);
    expect(builder.take(chunk(['aaaa', 'bbbb', 'aaaa', 'cccc']), 0, 4)).toEqual(Uint8Array.of(0, 0, 0, 11));
    expect(builder.take(chunk(['', 'dd', 'e']), 4, 3)).toEqual(Uint8Array.of(0, 0, 11));
    const { column } = builder.finish();
    const cells = Array.from({ length: 7 }, (_, row) => cellAt(column, row));
    expect(cells).toEqual(['aaaa', 'bbbb', 'aaaa', null, null, 'dd', null]);
  });
});

describe('division', () => {
  it('by a power of ten moves the point', () => {
    const setting = {
      columns: [spec('a', 'number')],
      rows: [['123456789012.34'], ['-5'], [null], ['0'], ['123456789012345678901234567890']],
    };
    expect(shown('a/100', setting)).toEqual([
      '1234567890.1234',
      '-0.05',
      '0',
      '0',
      '1234567890123456789012345678.9',
    ]);
    expect(shown('a/1', { ...setting, rows: setting.rows.slice(0, 4) })).toEqual([
      '123456789012.34',
      '-5',
      '0',
      '0',
    ]);
    // More than ten decimals are rounded, half to even.
    const small = {
      columns: [spec('a', 'number')],
      rows: [['0.00000000005'], ['0.00000000015'], ['0.0000000001']],
    };
    expect(shown('a/1', small)).toEqual(['0', '0.0000000002', '0.0000000001']);
    expect(shown('(1/a)/100', { columns: [spec('a', 'number')], rows: [['0'], ['4']] })).toEqual([
      '#divisionByZero',
      '0.0025',
    ]);
  });

  it('of whole numbers near the limit of doubles is exact', () => {
    const near = fc.integer({ min: Number.MAX_SAFE_INTEGER - 5_000, max: Number.MAX_SAFE_INTEGER });
    const divisors = fc.oneof(fc.integer({ min: 1, max: 20 }), near);
    fc.assert(
      fc.property(near, divisors, fc.boolean(), (n, d, isNegative) => {
        const number = isNegative ? -n : n;
        const setting = {
          columns: [spec('n', 'number'), spec('d', 'number')],
          rows: [[`${number}`, `${d}`]],
        };
        // n/d in units of the tenth decimal, a half going to the even neighbour.
        const [scaled, divisor] = [BigInt(n) * 10n ** 10n, BigInt(d)];
        const [below, twice] = [scaled / divisor, 2n * (scaled % divisor)];
        const isUp = twice > divisor || (twice === divisor && below % 2n === 1n);
        const units = (isUp ? below + 1n : below) * (isNegative ? -1n : 1n);
        expect(shown('(n/d)*10000000000', setting)).toEqual([String(units)]);
        expect(shown('ROUNDDOWN(n/1000,0)', setting)).toEqual([String(BigInt(number) / 1000n)]);
      }),
    );
  });

  it('reports the rows of an error once', () => {
    expect(evaluated('1/LEN(t)', { columns, rows: [[null, null, null]] }).errorCount).toBe(1);
  });
});
