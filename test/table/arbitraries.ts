/** Generators shared by the table tests. */
import fc from 'fast-check';
import type { Decimal } from '../../src/table/decimal';
import type { ColumnSpec, ColumnType } from '../../src/table/types';

export function specOf(type: ColumnType, name = 'c', more: Partial<ColumnSpec> = {}): ColumnSpec {
  return { name, label: name, type, ...more };
}

/** kintone numbers: up to 30 digits, up to 10 decimals; small ones often, so that equal values meet. */
export const decimals: fc.Arbitrary<Decimal> = fc.oneof(
  fc.record({ coefficient: fc.bigInt({ min: -50n, max: 50n }), scale: fc.constantFrom(0, 1, 2) }),
  fc.record({ coefficient: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), scale: fc.nat({ max: 4 }) }),
  fc.record({ coefficient: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.nat({ max: 10 }) }),
);

export const numberCells = fc.option(decimals, { freq: 6 });

/** Few letters make equal texts likely; the others have surrogates, or units above them. */
export const textCells = fc.option(fc.constantFrom('a', 'b', 'ab', 'B', '01', '1', '1.0', 'あ', '😀', '！'), {
  freq: 6,
});

/** A value as numerator and denominator, to compute expectations without the code under test. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function ratioOf({ coefficient, scale }: Decimal): Ratio {
  return { numerator: coefficient, denominator: 10n ** BigInt(scale) };
}

export function sumOfRatios(values: readonly Ratio[]): Ratio {
  return values.reduce(
    (sum, value) => ({
      numerator: sum.numerator * value.denominator + value.numerator * sum.denominator,
      denominator: sum.denominator * value.denominator,
    }),
    { numerator: 0n, denominator: 1n },
  );
}

export function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether `rounded` is the nearest multiple of 10^-decimals to `exact`, with the even one on a tie. */
export function isHalfEven(rounded: Decimal, exact: Ratio, decimals: number): boolean {
  const unit = 10n ** BigInt(decimals);
  const { numerator, denominator } = ratioOf(rounded);
  if ((numerator * unit) % denominator !== 0n) return false;
  const units = (numerator * unit) / denominator;
  // |units / unit - exact| <= 1 / (2 unit), all over the common denominator.
  const difference = units * exact.denominator - exact.numerator * unit;
  const twice = 2n * (difference < 0n ? -difference : difference);
  const size = exact.denominator < 0n ? -exact.denominator : exact.denominator;
  return twice < size || (twice === size && units % 2n === 0n);
}
