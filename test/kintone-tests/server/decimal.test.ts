import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimal,
  compareDecimal,
  divideDecimal,
  formatDecimal,
  integerDigits,
  multiplyDecimal,
  parseDecimal,
  roundDecimal,
  trimDecimal,
} from '../../kintone/store/decimal';

const parse = (text: string) => {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`not a number: ${text}`);
  return value;
};

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 10 }))
  .map(([units, scale]) => ({ units, scale }));

describe('reading and writing', () => {
  it.each([
    ['1', '1'],
    ['-0', '0'],
    ['+5.', '5'],
    ['.5', '0.5'],
    ['-.05', '-0.05'],
    ['1e3', '1000'],
    ['1.5E-2', '0.015'],
    [' 12.340 ', '12.340'],
  ])('%j is %j', (text, plain) => {
    expect(formatDecimal(parse(text))).toBe(plain);
  });

  it.each(['', '.', '-', 'abc', '1,000', '1e', '0x10', '1e99999', '１'])('%j is no number', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        expect(parse(formatDecimal(value))).toEqual(value);
        expect(compareDecimal(trimDecimal(value), value)).toBe(0);
      }),
    );
  });
});

describe('rounding', () => {
  it.each([
    ['0.5', 0, 'HALF_EVEN', '0'],
    ['1.5', 0, 'HALF_EVEN', '2'],
    ['-2.5', 0, 'HALF_EVEN', '-2'],
    ['2.51', 0, 'HALF_EVEN', '3'],
    ['2.01', 0, 'UP', '3'],
    ['-2.01', 0, 'UP', '-3'],
    ['2.99', 1, 'DOWN', '2.9'],
    ['1234', -2, 'HALF_EVEN', '1200'],
    ['1.2', 5, 'UP', '1.2'],
  ] as const)('%s to %i decimals %s is %s', (text, decimals, mode, result) => {
    expect(formatDecimal(roundDecimal(parse(text), decimals, mode))).toBe(result);
  });

  it.each([
    ['0.99', 0],
    ['9', 1],
    ['-1234.5', 4],
  ])('%s has %i integer digits', (text, digits) => {
    expect(integerDigits(parse(text))).toBe(digits);
  });
});

describe('arithmetic', () => {
  it('adds and multiplies exactly, and divides back', () => {
    expect(formatDecimal(addDecimal(parse('0.1'), parse('0.2')))).toBe('0.3');
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sum = addDecimal(a, b);
        expect(compareDecimal(addDecimal(sum, { units: -b.units, scale: b.scale }), a)).toBe(0);
        const quotient = divideDecimal(multiplyDecimal(a, b), b, 30, 'DOWN');
        if (b.units === 0n) expect(quotient).toBeNull();
        else expect(quotient !== null && compareDecimal(quotient, a)).toBe(0);
      }),
    );
  });
});
