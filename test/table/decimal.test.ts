import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compareDecimals,
  type Decimal,
  divide,
  equalDecimals,
  formatDecimal,
  fromInteger,
  isInteger,
  isZero,
  multiply,
  negate,
  normalize,
  ONE,
  parseDecimal,
  power,
  type RoundingMode,
  remainder,
  roundDecimal,
  squareRootOfRatio,
  subtract,
  toNumber,
  ZERO,
} from '../../src/table/decimal';
import { compareRatios, decimals, isHalfEven, ratioOf, sumOfRatios } from './arbitraries';

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`not a number: ${text}`);
  return value;
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}

describe('parseDecimal and formatDecimal', () => {
  it.each([
    ['1', '1'],
    ['  -12.50 ', '-12.5'],
    ['+3', '3'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['007', '7'],
    ['1.5e1', '15'],
    ['1.5E+3', '1500'],
    ['12e-3', '0.012'],
    ['0e99', '0'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['0.0000000001', '0.0000000001'],
    ['-0.05', '-0.05'],
  ])('reads %j as %s', (input, expected) => {
    expect(text(parseDecimal(input))).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    'e5',
    '1e',
    '1,000',
    '１',
    '0x10',
    '1 2',
    'NaN',
    'Infinity',
    '1e1001',
    '1e-1001',
  ])('refuses %j', (input) => {
    expect(parseDecimal(input)).toBeNull();
  });

  it('gives equal values equal forms', () => {
    expect(decimal('1.0')).toEqual(ONE);
    expect(decimal('0.00')).toEqual(ZERO);
    expect(normalize({ coefficient: 1500n, scale: 3 })).toEqual({ coefficient: 15n, scale: 1 });
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(decimals, (value) => {
        expect(parseDecimal(formatDecimal(value))).toEqual(normalize(value));
      }),
    );
  });
});

describe('arithmetic agrees with fractions of integers', () => {
  it('adds, subtracts, multiplies and compares', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y] = [ratioOf(a), ratioOf(b)];
        expect(compareRatios(ratioOf(add(a, b)), sumOfRatios([x, y]))).toBe(0);
        const negative = { numerator: -y.numerator, denominator: y.denominator };
        expect(compareRatios(ratioOf(subtract(a, b)), sumOfRatios([x, negative]))).toBe(0);
        const product = { numerator: x.numerator * y.numerator, denominator: x.denominator * y.denominator };
        expect(compareRatios(ratioOf(multiply(a, b)), product)).toBe(0);
        expect(compareDecimals(a, b)).toBe(compareRatios(x, y));
        expect(equalDecimals(a, b)).toBe(compareRatios(x, y) === 0);
      }),
    );
  });

  it('divides half-even', () => {
    fc.assert(
      fc.property(decimals, decimals, fc.integer({ min: 0, max: 12 }), (a, b, places) => {
        const quotient = divide(a, b, places);
        if (isZero(b)) {
          expect(quotient).toBeNull();
          return;
        }
        const [x, y] = [ratioOf(a), ratioOf(b)];
        const exact = { numerator: x.numerator * y.denominator, denominator: x.denominator * y.numerator };
        expect(quotient !== null && isHalfEven(quotient, exact, places)).toBe(true);
      }),
    );
  });

  it('rounds half-even', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 10 }), (value, places) => {
        expect(isHalfEven(roundDecimal(value, places, 'halfEven'), ratioOf(value), places)).toBe(true);
      }),
    );
  });

  it('has a remainder with the sign of the divisor', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const rest = remainder(a, b);
        if (rest === null) {
          expect(isZero(b)).toBe(true);
          return;
        }
        expect(isZero(rest) || rest.coefficient < 0n === b.coefficient < 0n).toBe(true);
        expect(compareDecimals(absolute(rest), absolute(b))).toBe(-1);
        const quotient = divide(subtract(a, rest), b, 40);
        expect(quotient !== null && isInteger(quotient)).toBe(true);
      }),
    );
  });

  it('takes square roots half-even', () => {
    const naturals = fc.bigInt({ min: 0n, max: 10n ** 24n });
    fc.assert(
      fc.property(naturals, fc.bigInt({ min: 1n, max: 10n ** 6n }), (numerator, denominator) => {
        const root = squareRootOfRatio(numerator, denominator, 10);
        const units = root.coefficient * 10n ** BigInt(10 - root.scale);
        // (units - 1/2)^2 <= numerator * 10^20 / denominator <= (units + 1/2)^2
        const target = 4n * numerator * 10n ** 20n;
        expect((2n * units + 1n) ** 2n * denominator >= target).toBe(true);
        expect(units === 0n || (2n * units - 1n) ** 2n * denominator <= target).toBe(true);
      }),
    );
    expect(text(squareRootOfRatio(2n, 1n, 10))).toBe('1.4142135624');
    expect(text(squareRootOfRatio(1n, 4n, 0))).toBe('0');
    expect(text(squareRootOfRatio(9n, 4n, 0))).toBe('2');
  });
});

describe('rounding modes', () => {
  const modes: RoundingMode[] = ['halfEven', 'halfUp', 'up', 'down', 'ceiling', 'floor'];
  it.each([
    ['2.5', 0, ['2', '3', '3', '2', '3', '2']],
    ['-2.5', 0, ['-2', '-3', '-3', '-2', '-2', '-3']],
    ['3.5', 0, ['4', '4', '4', '3', '4', '3']],
    ['1.005', 2, ['1', '1.01', '1.01', '1', '1.01', '1']],
    ['-1.001', 2, ['-1', '-1', '-1.01', '-1', '-1', '-1.01']],
    ['1.25', 3, ['1.25', '1.25', '1.25', '1.25', '1.25', '1.25']],
    ['1250', -2, ['1200', '1300', '1300', '1200', '1300', '1200']],
    ['49', -3, ['0', '0', '1000', '0', '1000', '0']],
    ['-0.4', 0, ['0', '0', '-1', '0', '0', '-1']],
  ] as const)('%s to %i places', (input, places, expected) => {
    expect(modes.map((mode) => text(roundDecimal(decimal(input), places, mode)))).toEqual(expected);
  });
});

describe('other operations', () => {
  it.each([
    ['10', '3', '1'],
    ['-10', '3', '2'],
    ['10', '-3', '-2'],
    ['5.5', '0.4', '0.3'],
    ['1', '0', null],
  ])('remainder of %s by %s is %s', (a, b, expected) => {
    expect(text(remainder(decimal(a), decimal(b)))).toBe(expected);
  });

  it.each([
    ['2', 10, '1024'],
    ['1.1', 3, '1.331'],
    ['-2', 3, '-8'],
    ['3', -1, '0.3333333333'],
    ['0', 0, '1'],
    ['0', 5, '0'],
    ['0', -1, null],
    ['-1', 1_000_001, '-1'],
    ['10', 5000, null],
    ['2', 0.5, null],
  ])('%s to the power %d is %s', (base, exponent, expected) => {
    expect(text(power(decimal(base), exponent))).toBe(expected);
  });

  it.each([
    ['1', '8', 2, 'halfEven', '0.12'],
    ['1', '8', 2, 'halfUp', '0.13'],
    ['-1', '8', 2, 'ceiling', '-0.12'],
    ['-1', '8', 2, 'floor', '-0.13'],
    ['1250', '1', -2, 'halfEven', '1200'],
  ] as const)('%s divided by %s to %i places, %s, is %s', (a, b, places, mode, expected) => {
    expect(text(divide(decimal(a), decimal(b), places, mode))).toBe(expected);
  });

  it('negates without a negative zero, and knows integers', () => {
    expect(text(negate(ZERO))).toBe('0');
    expect(text(absolute(decimal('-1.5')))).toBe('1.5');
    expect(isInteger({ coefficient: 100n, scale: 2 })).toBe(true);
    expect(isInteger(decimal('0.1'))).toBe(false);
    expect(fromInteger(42)).toEqual(decimal('42'));
    expect(() => fromInteger(0.5)).toThrow(RangeError);
    expect(toNumber(decimal('0.1'))).toBe(0.1);
  });
});
