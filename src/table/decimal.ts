/**
 * Exact decimal arithmetic on BigInt. Columns use scaled integers instead (see `number-column.ts`);
 * these functions serve single values and the few cells that do not fit.
 *
 * Every Decimal returned from here is normalised: no trailing zeros in the coefficient while scale > 0.
 */

/** Exact decimal: coefficient / 10^scale, scale >= 0. Arithmetic lives beside this type in the same file. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

/** `up` is away from zero, `down` towards zero; halves go to the even digit or away from zero. */
export type RoundingMode = 'halfEven' | 'halfUp' | 'up' | 'down' | 'ceiling' | 'floor';

export const ZERO: Decimal = { coefficient: 0n, scale: 0 };
export const ONE: Decimal = { coefficient: 1n, scale: 0 };

/** Decimals kept by division, averages and roots unless a caller says otherwise. */
export const DEFAULT_DECIMALS = 10;

/**
 * kintone numbers have at most 30 digits; the room above that is for intermediate results. The bound
 * exists because an exponent is short to write and "1e999999999" would otherwise fill the memory.
 */
const MAX_DIGITS = 1000;

const powers: bigint[] = [1n];

/** 10^exponent for a non-negative integer exponent. */
export function powerOfTen(exponent: number): bigint {
  if (exponent > 4 * MAX_DIGITS) return 10n ** BigInt(exponent);
  for (let next = powers.length; next <= exponent; next++) powers.push((powers[next - 1] as bigint) * 10n);
  return powers[exponent] as bigint;
}

/** Drops trailing zeros after the decimal point; equal values get equal coefficient and scale. */
export function normalize(decimal: Decimal): Decimal {
  if (decimal.scale === 0) return decimal;
  let { coefficient, scale } = decimal;
  if (coefficient === 0n) return ZERO;
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale--;
  }
  return scale === decimal.scale ? decimal : { coefficient, scale };
}

const NUMBER_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/**
 * Reads a number in kintone's form: ASCII digits, sign, decimal point, exponent; surrounding blanks are ignored.
 * Null when the text is no number, or when it would need more than 1,000 digits.
 */
export function parseDecimal(text: string): Decimal | null {
  const match = NUMBER_TEXT.exec(text.trim());
  if (match === null) return null;
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  if (whole === '' && fraction === '') return null;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') return ZERO;
  const scale = fraction.length - Number(match[4] ?? '0');
  if (digits.length > MAX_DIGITS || scale > MAX_DIGITS || digits.length - scale > MAX_DIGITS) return null;
  const magnitude = BigInt(digits);
  const coefficient = match[1] === '-' ? -magnitude : magnitude;
  if (scale < 0) return { coefficient: coefficient * powerOfTen(-scale), scale: 0 };
  return normalize({ coefficient, scale });
}

/** Plain notation: no exponent, no trailing zeros, never "-0". */
export function formatDecimal(decimal: Decimal): string {
  const { coefficient, scale } = normalize(decimal);
  if (scale === 0) return coefficient.toString();
  const negative = coefficient < 0n;
  const digits = (negative ? -coefficient : coefficient).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** An integer as a Decimal; a number that is not an integer throws RangeError. */
export function fromInteger(value: number | bigint): Decimal {
  return { coefficient: BigInt(value), scale: 0 };
}

export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return normalize({ coefficient: a.coefficient + b.coefficient, scale: a.scale });
  const scale = Math.max(a.scale, b.scale);
  return normalize({ coefficient: coefficientAt(a, scale) + coefficientAt(b, scale), scale });
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { coefficient: -b.coefficient, scale: b.scale });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return normalize({ coefficient: a.coefficient * b.coefficient, scale: a.scale + b.scale });
}

/** Quotient rounded to `decimals` places; null when the divisor is zero. */
export function divide(
  a: Decimal,
  b: Decimal,
  decimals = DEFAULT_DECIMALS,
  rounding: RoundingMode = 'halfEven',
): Decimal | null {
  if (b.coefficient === 0n) return null;
  const shift = decimals + b.scale - a.scale;
  const numerator = shift >= 0 ? a.coefficient * powerOfTen(shift) : a.coefficient;
  const denominator = shift >= 0 ? b.coefficient : b.coefficient * powerOfTen(-shift);
  return atScale(divideInteger(numerator, denominator, rounding), decimals);
}

export function negate(a: Decimal): Decimal {
  return normalize({ coefficient: -a.coefficient, scale: a.scale });
}

export function absolute(a: Decimal): Decimal {
  return a.coefficient < 0n ? negate(a) : normalize(a);
}

/** a - b * floor(a / b): takes the sign of the divisor, as MOD of Excel does. Null when the divisor is zero. */
export function remainder(a: Decimal, b: Decimal): Decimal | null {
  if (b.coefficient === 0n) return null;
  const scale = Math.max(a.scale, b.scale);
  const divisor = coefficientAt(b, scale);
  const rest = coefficientAt(a, scale) % divisor;
  const signsDiffer = rest !== 0n && rest < 0n !== divisor < 0n;
  return normalize({ coefficient: signsDiffer ? rest + divisor : rest, scale });
}

/**
 * a to an integer power. Positive powers are exact; negative ones are rounded half-even to `decimals`.
 * Null for zero to a negative power, for an exponent that is no integer, and for results beyond 1,000 digits.
 */
export function power(a: Decimal, integerExponent: number, decimals = DEFAULT_DECIMALS): Decimal | null {
  if (!Number.isSafeInteger(integerExponent)) return null;
  const base = normalize(a);
  const exponent = Math.abs(integerExponent);
  if (base.coefficient === 0n) return integerExponent < 0 ? null : integerExponent === 0 ? ONE : ZERO;
  if (base.scale === 0 && (base.coefficient === 1n || base.coefficient === -1n)) {
    return exponent % 2 === 0 ? ONE : base;
  }
  const digitCount = Math.max(base.coefficient.toString().length, base.scale);
  if (digitCount * exponent > MAX_DIGITS) return null;
  const result = { coefficient: base.coefficient ** BigInt(exponent), scale: base.scale * exponent };
  return integerExponent < 0 ? divide(ONE, result, decimals) : normalize(result);
}

export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const left = coefficientAt(a, scale);
  const right = coefficientAt(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** By value: 1.0 equals 1. */
export function equalDecimals(a: Decimal, b: Decimal): boolean {
  return compareDecimals(a, b) === 0;
}

/** Rounds to `decimals` places; a negative count rounds to tens, hundreds and so on. */
export function roundDecimal(decimal: Decimal, decimals: number, mode: RoundingMode): Decimal {
  if (decimals >= decimal.scale) return normalize(decimal);
  return atScale(divideInteger(decimal.coefficient, powerOfTen(decimal.scale - decimals), mode), decimals);
}

/**
 * Square root of numerator / denominator, rounded half-even to `decimals` places. Both arguments are
 * integers, numerator >= 0 and denominator > 0; the rounding is exact because it is decided on integers.
 */
export function squareRootOfRatio(numerator: bigint, denominator: bigint, decimals: number): Decimal {
  const scaled = numerator * powerOfTen(2 * decimals);
  const root = integerSquareRoot(scaled / denominator);
  const twiceMiddle = 2n * root + 1n;
  const distance = 4n * scaled - twiceMiddle * twiceMiddle * denominator;
  const roundsUp = distance > 0n || (distance === 0n && root % 2n === 1n);
  return normalize({ coefficient: roundsUp ? root + 1n : root, scale: decimals });
}

export function isZero(decimal: Decimal): boolean {
  return decimal.coefficient === 0n;
}

export function isInteger(decimal: Decimal): boolean {
  return normalize(decimal).scale === 0;
}

/** Nearest double. Only for display and for functions that are not decimal by nature (SIN, LN ...). */
export function toNumber(decimal: Decimal): number {
  return Number(formatDecimal(decimal));
}

/** The coefficient the value has at a scale that is not smaller than its own. */
export function coefficientAt(decimal: Decimal, scale: number): bigint {
  return scale === decimal.scale
    ? decimal.coefficient
    : decimal.coefficient * powerOfTen(scale - decimal.scale);
}

function atScale(coefficient: bigint, decimals: number): Decimal {
  if (decimals >= 0) return normalize({ coefficient, scale: decimals });
  return { coefficient: coefficient * powerOfTen(-decimals), scale: 0 };
}

/** Integer quotient under a rounding mode; the divisor is not zero. */
function divideInteger(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return quotient;
  const sign = numerator < 0n === denominator < 0n ? 1n : -1n;
  return awayFromZero(quotient, rest, denominator, sign, mode) ? quotient + sign : quotient;
}

function awayFromZero(
  quotient: bigint,
  rest: bigint,
  denominator: bigint,
  sign: bigint,
  mode: RoundingMode,
): boolean {
  switch (mode) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceiling':
      return sign > 0n;
    case 'floor':
      return sign < 0n;
    default: {
      const twice = 2n * (rest < 0n ? -rest : rest);
      const whole = denominator < 0n ? -denominator : denominator;
      if (twice !== whole) return twice > whole;
      return mode === 'halfUp' || quotient % 2n !== 0n;
    }
  }
}

/** Floor of the square root, by Newton's method from above. */
function integerSquareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
