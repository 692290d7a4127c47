/** Whole numbers: divisors, counts of arrangements, and numbers written in other bases. Exact. */

import type { Decimal } from '../../table/decimal';
import { divide, fromInteger } from '../../table/decimal';
import { MAX_NUMBER_DIGITS } from '../limits';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { FunctionEntry } from './entry';
import { rowFunction } from './entry';

const DIGIT_BOUND = 10n ** BigInt(MAX_NUMBER_DIGITS);

/** Towards zero, as Excel cuts the arguments of its integer functions. */
function whole({ coefficient, scale }: Decimal): bigint {
  return coefficient / 10n ** BigInt(scale);
}

/** The arguments as integers; null when one is negative, which divisors and arrangements do not accept. */
function naturals(values: readonly Decimal[]): bigint[] | null {
  const integers = values.map(whole);
  return integers.some((value) => value < 0n) ? null : integers;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}

function gcd(...values: Decimal[]): Decimal | RowError {
  const integers = naturals(values);
  return integers === null ? rowError('argumentOutOfRange') : fromInteger(integers.reduce(commonDivisor));
}

/** 0 among the arguments makes 0. Stops at once when a product is too long, so many factors cost little. */
function lcm(...values: Decimal[]): Decimal | RowError {
  const integers = naturals(values);
  if (integers === null) return rowError('argumentOutOfRange');
  if (integers.includes(0n)) return fromInteger(0);
  let multiple = 1n;
  for (const value of integers) {
    multiple = (multiple / commonDivisor(multiple, value)) * value;
    if (multiple >= DIGIT_BOUND) return rowError('numberTooLong');
  }
  return fromInteger(multiple);
}

function quotient(number: Decimal, divisor: Decimal): Decimal | RowError {
  return divide(number, divisor, 0, 'down') ?? rowError('divisionByZero');
}

/** Product of `count` falling factors from `first`; too long a product ends the loop early. */
function fallingProduct(first: bigint, count: bigint): bigint {
  let product = 1n;
  for (let factor = first; factor > first - count && product < DIGIT_BOUND; factor -= 1n) product *= factor;
  return product;
}

function factorial(value: Decimal): Decimal | RowError {
  const count = whole(value);
  if (count < 0n) return rowError('argumentOutOfRange');
  return fromInteger(fallingProduct(count, count));
}

function permutations(all: Decimal, taken: Decimal): Decimal | RowError {
  const [n, k] = [whole(all), whole(taken)];
  if (k < 0n || n < k) return rowError('argumentOutOfRange');
  return fromInteger(fallingProduct(n, k));
}

function combinations(all: Decimal, taken: Decimal): Decimal | RowError {
  const [n, k] = [whole(all), whole(taken)];
  if (k < 0n || n < k) return rowError('argumentOutOfRange');
  const steps = k < n - k ? k : n - k;
  // Every partial result is itself a number of combinations, so each division is exact.
  let result = 1n;
  for (let step = 1n; step <= steps && result < DIGIT_BOUND; step += 1n) {
    result = (result * (n - steps + step)) / step;
  }
  return fromInteger(result);
}

function isOdd(value: Decimal): boolean {
  return whole(value) % 2n !== 0n;
}

/** The largest value that BASE of Excel takes. */
const BASE_BOUND = 2n ** 53n;
const MAX_BASE_LENGTH = 255;

function base(value: Decimal, radix: number, length = 0): string | RowError {
  const integer = whole(value);
  const isInRange = integer >= 0n && integer < BASE_BOUND && radix >= 2 && radix <= 36;
  if (!isInRange || length < 0 || length > MAX_BASE_LENGTH) return rowError('argumentOutOfRange');
  return integer.toString(radix).toUpperCase().padStart(length, '0');
}

function decimalOf(text: string, radix: number): Decimal | RowError {
  if (radix < 2 || radix > 36 || text.length > MAX_BASE_LENGTH) return rowError('argumentOutOfRange');
  let value = 0n;
  for (const character of text.trim()) {
    const digit = /[0-9a-z]/i.test(character) ? Number.parseInt(character, 36) : radix;
    if (digit >= radix) return rowError('notANumber');
    value = value * BigInt(radix) + BigInt(digit);
  }
  return fromInteger(value);
}

/** Signs by value; each form of ROMAN allows the subtractions of the forms before it and its own. */
const ROMAN_SIGNS: readonly (readonly [value: number, sign: string, form: number])[] = [
  [1000, 'M', 0],
  [999, 'IM', 4],
  [995, 'VM', 3],
  [990, 'XM', 2],
  [950, 'LM', 1],
  [900, 'CM', 0],
  [500, 'D', 0],
  [499, 'ID', 4],
  [495, 'VD', 3],
  [490, 'XD', 2],
  [450, 'LD', 1],
  [400, 'CD', 0],
  [100, 'C', 0],
  [99, 'IC', 2],
  [95, 'VC', 1],
  [90, 'XC', 0],
  [50, 'L', 0],
  [49, 'IL', 2],
  [45, 'VL', 1],
  [40, 'XL', 0],
  [10, 'X', 0],
  [9, 'IX', 0],
  [5, 'V', 0],
  [4, 'IV', 0],
  [1, 'I', 0],
];

function roman(value: number, form = 0): string | RowError {
  if (value < 0 || value > 3999 || form < 0 || form > 4) return rowError('argumentOutOfRange');
  let rest = value;
  let text = '';
  for (const [amount, sign, ownForm] of ROMAN_SIGNS) {
    if (ownForm > form) continue;
    text += sign.repeat(Math.floor(rest / amount));
    rest %= amount;
  }
  return text;
}

const ROMAN_VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };
const MAX_ROMAN_LENGTH = 255;

/** A sign before a greater one is subtracted, in whatever order they stand: Excel reads "IM" too. */
function arabic(text: string): number | RowError {
  const plain = text.trim().toUpperCase();
  if (plain.length > MAX_ROMAN_LENGTH) return rowError('argumentOutOfRange');
  const isNegative = plain.startsWith('-');
  const values = Array.from(isNegative ? plain.slice(1) : plain, (sign) => ROMAN_VALUES[sign]);
  let sum = 0;
  for (const [index, value] of values.entries()) {
    if (value === undefined) return rowError('notANumber');
    sum += value < (values[index + 1] ?? 0) ? -value : value;
  }
  return isNegative && sum !== 0 ? -sum : sum;
}

export const INTEGER_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('QUOTIENT', 'math', ['number', 'number'], 'number', quotient),
  rowFunction('GCD', 'math', ['number...'], 'number', gcd),
  rowFunction('LCM', 'math', ['number...'], 'number', lcm),
  rowFunction('FACT', 'math', ['number'], 'number', factorial),
  rowFunction('COMBIN', 'math', ['number', 'number'], 'number', combinations),
  rowFunction('PERMUT', 'math', ['number', 'number'], 'number', permutations),
  rowFunction('ISEVEN', 'math', ['number'], 'boolean', (value) => !isOdd(value)),
  rowFunction('ISODD', 'math', ['number'], 'boolean', isOdd),
  rowFunction('BASE', 'math', ['number', 'integer', 'integer?'], 'text', base),
  rowFunction('DECIMAL', 'math', ['text', 'integer'], 'number', decimalOf),
  rowFunction('ROMAN', 'math', ['integer', 'integer?'], 'text', roman),
  rowFunction('ARABIC', 'math', ['text'], 'integer', arabic),
];
