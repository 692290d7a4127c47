/** Order of numbers written as text, digit by digit: kintone's numbers do not fit a float. */

const NUMBER = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/;

interface Digits {
  readonly sign: -1 | 0 | 1;
  readonly whole: string;
  readonly fraction: string;
}

function digits(text: string): Digits | null {
  const found = NUMBER.exec(text.trim());
  if (found === null || !/\d/.test(text)) return null;
  const whole = found[2] ?? '';
  const fraction = found[3] ?? '';
  const isZero = whole === '' && fraction === '';
  return { sign: isZero ? 0 : found[1] === '-' ? -1 : 1, whole, fraction };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** -1, 0 or 1 by value ("1.0" equals "1"); null when one of the texts is not a plain decimal number. */
export function compareNumberText(left: string, right: string): number | null {
  const a = digits(left);
  const b = digits(right);
  if (a === null || b === null) return null;
  if (a.sign !== b.sign) return a.sign < b.sign ? -1 : 1;
  const byLength = Math.sign(a.whole.length - b.whole.length);
  // Fractions are compared without padding: after the trailing zeros are gone a prefix is the smaller one.
  const magnitude = byLength || compareText(a.whole, b.whole) || compareText(a.fraction, b.fraction);
  return magnitude === 0 ? 0 : magnitude * a.sign;
}
