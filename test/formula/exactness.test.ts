import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decimal } from '../../src/table/decimal';
import { formatDecimal } from '../../src/table/decimal';
import { shown, spec } from './helpers';

/** A rational number: the oracle knows nothing of decimals, scales or doubles. */
interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

const ratio = (over: bigint, under: bigint): Ratio =>
  under < 0n ? { over: -over, under: -under } : { over, under };

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Nearest multiple of 10^-places; a tie goes to the even one or away from zero. */
function rounded({ over, under }: Ratio, places: number, tie: 'even' | 'away'): Ratio {
  const unit = 10n ** BigInt(Math.abs(places));
  const [a, b] = places >= 0 ? [over * unit, under] : [over, under * unit];
  const below = floorDivide(a, b);
  const twice = 2n * (a - below * b);
  const isUp = twice > b || (twice === b && (tie === 'even' ? below % 2n !== 0n : a > 0n));
  const whole = isUp ? below + 1n : below;
  return places >= 0 ? { over: whole, under: unit } : { over: whole * unit, under: 1n };
}

function plain({ over, under }: Ratio): string {
  let scale = 0;
  let power = 1n;
  while ((over * power) % under !== 0n) {
    power *= 10n;
    scale += 1;
  }
  return formatDecimal({ coefficient: (over * power) / under, scale });
}

interface Model {
  readonly text: string;
  /** The value on one row, or an error code. */
  readonly of: (row: readonly Ratio[]) => Ratio | string;
}

const names = ['a', 'b', 'c'];

function both(left: Model, right: Model, text: string, of: (a: Ratio, b: Ratio) => Ratio | string): Model {
  return {
    text,
    of: (row) => {
      const a = left.of(row);
      const b = right.of(row);
      if (typeof a === 'string') return a;
      return typeof b === 'string' ? b : of(a, b);
    },
  };
}

const operations: Readonly<Record<string, (a: Ratio, b: Ratio) => Ratio | string>> = {
  '+': (a, b) => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under }),
  '-': (a, b) => ({ over: a.over * b.under - b.over * a.under, under: a.under * b.under }),
  '*': (a, b) => ({ over: a.over * b.over, under: a.under * b.under }),
  '/': (a, b) =>
    b.over === 0n ? '#divisionByZero' : rounded(ratio(a.over * b.under, a.under * b.over), 10, 'even'),
};

const modelArbitrary = fc.letrec<{ model: Model }>((tie) => ({
  model: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.nat(2).map((index): Model => ({ text: names[index]!, of: (row) => row[index]! })),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/'), tie('model'), tie('model'))
      .map(([operator, left, right]) =>
        both(left, right, `(${left.text}${operator}${right.text})`, operations[operator]!),
      ),
    fc.tuple(tie('model'), fc.integer({ min: -3, max: 12 })).map(
      ([inner, places]): Model => ({
        text: `ROUND(${inner.text},${places})`,
        of: (row) => {
          const value = inner.of(row);
          return typeof value === 'string' ? value : rounded(value, places, 'away');
        },
      }),
    ),
    fc.tuple(tie('model'), tie('model'), tie('model'), tie('model')).map(([a, b, then, otherwise]): Model => {
      const test = both(a, b, '', (left, right) =>
        ratio(left.over * right.under - right.over * left.under, 1n),
      );
      return {
        text: `IF(${a.text}<${b.text},${then.text},${otherwise.text})`,
        of: (row) => {
          const sign = test.of(row);
          if (typeof sign === 'string') return sign;
          return sign.over < 0n ? then.of(row) : otherwise.of(row);
        },
      };
    }),
  ),
})).model;

/** Small and large amounts, halves, and numbers beyond the safe integers of a double. */
const decimalArbitrary: fc.Arbitrary<Decimal> = fc.oneof(
  fc.record({ coefficient: fc.bigInt({ min: -1_000n, max: 1_000n }), scale: fc.nat(3) }),
  fc.record({ coefficient: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), scale: fc.nat(10) }),
  fc.record({
    coefficient: fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
    scale: fc.constantFrom(0, 1, 15),
  }),
  fc.record({ coefficient: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), scale: fc.nat(18) }),
);

describe('exactness', () => {
  it('agrees with rational arithmetic on every row', () => {
    const columns = names.map((name) => spec(name, 'number'));
    const rowsArbitrary = fc.array(fc.tuple(decimalArbitrary, decimalArbitrary, decimalArbitrary), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(modelArbitrary, rowsArbitrary, (model, rows) => {
        const results = shown(model.text, { columns, rows });
        rows.forEach((row, index) => {
          const expected = model.of(
            row.map(({ coefficient, scale }) => ({ over: coefficient, under: 10n ** BigInt(scale) })),
          );
          // Longer than any number of kintone: the language refuses those, the oracle does not.
          if (results[index] === '#numberTooLong') return;
          expect(`${model.text} ${results[index]}`).toBe(
            `${model.text} ${typeof expected === 'string' ? expected : plain(expected)}`,
          );
        });
      }),
      { numRuns: 400 },
    );
  });

  it('numbers of up to 30 digits are never refused in a sum or a product', () => {
    const long = '999999999999999999999999999999';
    const setting = {
      columns: [spec('a', 'number'), spec('b', 'number')],
      rows: [[long, '-0.000000000000000000000000000001']],
    };
    expect(shown('a+b', setting)).toEqual(['999999999999999999999999999998.999999999999999999999999999999']);
    // (10^30 - 1)^2 = 10^60 - 2 * 10^30 + 1
    expect(shown('a*a', setting)).toEqual([`${'9'.repeat(29)}8${'0'.repeat(29)}1`]);
    expect(shown('a=a+b', setting)).toEqual(['FALSE']);
    expect(shown('ROUND(b,29)', setting)).toEqual(['0']);
  });
});
