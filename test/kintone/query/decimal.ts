/**
 * An exact decimal: `sign * 0.<digits> * 10^exponent`, digits without leading or trailing zeros. Zero is sign 0.
 * Floats would not do: kintone numbers have up to 30 digits (facts 2.7).
 */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

const ZERO: Decimal = { sign: 0, digits: '', exponent: 0 };
const DECIMAL = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,15}))?$/;

/**
 * Reads a number as a query may write it: optional ASCII sign, digits, fraction, exponent; `.5` and full-width digits
 * are fine, surrounding spaces, separators and full-width signs are not (observed on a tenant by the public
 * kintone-emulator project, September 2026).
 *
 * @returns `null` when the text is no number.
 */
export function parseDecimal(text: string): Decimal | null {
  const match = DECIMAL.exec(halfWidthDigits(text));
  if (match === null) return null;
  const [, sign, integer = '', fraction = '', exponentText = '0'] = match;
  const all = integer + fraction;
  if (all === '') return null;
  const digits = all.replace(/^0+/, '');
  if (digits === '') return ZERO;
  return {
    sign: sign === '-' ? -1 : 1,
    digits: digits.replace(/0+$/, ''),
    exponent: integer.length - (all.length - digits.length) + Number(exponentText),
  };
}

/** @returns -1, 0 or 1 as `a` is less than, equal to or greater than `b`, exactly. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  if (a.sign !== b.sign) return a.sign < b.sign ? -1 : 1;
  const sizes = compareMagnitudes(a, b);
  if (sizes === 0) return 0;
  return (sizes === 1) === (a.sign === 1) ? 1 : -1;
}

function compareMagnitudes(a: Decimal, b: Decimal): -1 | 0 | 1 {
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  // With equal exponents the digits are fractions after "0.", so alphabetical order is numerical order.
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}

/** Full-width digits count as digits in query values; other full-width signs do not. */
export function halfWidthDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}
