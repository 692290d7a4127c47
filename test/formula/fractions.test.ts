/**
 * Fractions of TEXT. Expected values: 4.34 and 0.34 in "# ?/?" stand on Microsoft's page of TEXT, 0.23 as 3/13 in a guide
 * to custom formats; the others were worked out by hand from continued fractions (pi: 3, 22/7, 333/106, 355/113), the
 * blanks follow SheetJS SSF. The property tries every denominator, which is another way than that of the code.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { value } from './helpers';

describe('fractions of TEXT', () => {
  it.each([
    ['4.34', '# ?/?', '4 1/3'],
    ['0.34', '# ?/?', ' 1/3'],
    ['0.3', '# ?/?', ' 1/3'],
    ['0.23', '# ??/??', '  3/13'],
    ['0.23', '# ???/???', '  23/100'],
    ['1.5', '# ?/?', '1 1/2'],
    ['-1.5', '# ?/?', '-1 1/2'],
    ['2', '# ?/?', '2    '],
    ['0', '# ?/?', '0    '],
    ['0.05', '# ?/?', '0    '],
    ['-0.05', '# ?/?', '0    '],
    ['0.96', '# ?/?', '1    '],
    ['0.5', '# ??/??', '  1/2 '],
    ['3.1415926535', '# ??/??', '3  1/7 '],
    ['3.1415926535', '# ???/???', '3  16/113'],
    ['3.1415926535', '?/?', '22/7'],
    ['2.5', '?/?', '5/2'],
    ['2.5', '?/8', '20/8'],
    ['1.375', '# ?/8', '1 3/8'],
    ['1.3', '# ?/8', '1 2/8'],
    ['1.0625', '# ?/8', '1 1/8'],
    ['0.99', '# ?/8', '1    '],
    ['0.5', '# ??/16', '  8/16'],
    ['0.255', '# ??/100', ' 26/100'],
    ['1.5', '# ? / ?', '1 1 / 2'],
    ['2', '0 0/0', '2 0/1'],
    ['1.5', '"("# ?/?")"', '(1 1/2)'],
    ['1.5', '0"/"0', '0/2'],
    ['-2.5', '# ?/?;(# ?/?)', '(2 1/2)'],
    ['1234567.25', '# ?/?', '1234567 1/4'],
    ['12', '0/0', '12/1'],
  ])('TEXT(%s, %j) is %j', (number, format, expected) => {
    expect(value(`TEXT(${number},"${format.replaceAll('"', '""')}")`)).toBe(expected);
  });

  it('is what no fraction with as many digits comes nearer to, times its denominator; in lowest terms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom(1, 2), (thousandths, places) => {
        const number = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
        const format = `${'?'.repeat(places)}/${'?'.repeat(places)}`;
        const [top = 0, bottom = 1] = value(`TEXT(${number},"${format}")`).split('/').map(Number);
        // A convergent p/q of x makes |qx - p| least of all denominators up to q (Lagrange).
        const miss = (p: number, q: number) => Math.abs(p * 1000 - thousandths * q);
        const all = Array.from({ length: 10 ** places - 1 }, (_, index) => index + 1);
        expect(miss(top, bottom)).toBe(
          Math.min(...all.map((q) => miss(Math.round((thousandths * q) / 1000), q))),
        );
        expect(all.filter((q) => q > 1 && top % q === 0 && bottom % q === 0)).toEqual([]);
      }),
    );
  });
});
