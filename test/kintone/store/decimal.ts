/**
 * Exact decimal numbers as kintone's NUMBER and CALC fields need them: a value is `units / 10^scale`.
 * JavaScript numbers would lose digits beyond 15, kintone allows 30.
 */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export type RoundingMode = 'HALF_EVEN' | 'UP' | 'DOWN';

const numberPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Reads a number as kintone accepts it (surrounding space, sign, exponent); null when it is none. */
export function parseDecimal(text: string): Decimal | null {
  const match = numberPattern.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > 400) return null;
  let units = BigInt(`${whole}${fraction}`);
  let scale = fraction.length - exponent;
  if (scale < 0) {
    units *= 10n ** BigInt(-scale);
    scale = 0;
  }
  return { units: sign === '-' ? -units : units, scale };
}

export function decimalOf(value: number): Decimal {
  return { units: BigInt(Math.trunc(value)), scale: 0 };
}

/** Plain notation without exponent; zeros after the point stay as many as `scale` says. */
export function formatDecimal(value: Decimal): string {
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale);
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Removes the zeros that end the fraction. */
export function trimDecimal(value: Decimal): Decimal {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

function divideRounded(numerator: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const negative = numerator < 0n !== divisor < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = divisor < 0n ? -divisor : divisor;
  let quotient = n / d;
  const rest = n % d;
  if (rest !== 0n) {
    const twice = rest * 2n;
    const up =
      mode === 'UP' || (mode === 'HALF_EVEN' && (twice > d || (twice === d && quotient % 2n === 1n)));
    if (up) quotient += 1n;
  }
  return negative ? -quotient : quotient;
}

/** Rounds to at most `decimals` digits after the point; a shorter value stays as it is. */
export function roundDecimal(value: Decimal, decimals: number, mode: RoundingMode): Decimal {
  if (value.scale <= decimals) return value;
  const divisor = 10n ** BigInt(value.scale - decimals);
  const units = divideRounded(value.units, divisor, mode);
  return decimals >= 0 ? { units, scale: decimals } : { units: units * 10n ** BigInt(-decimals), scale: 0 };
}

/** Number of digits before the point; zero has none. */
export function integerDigits(value: Decimal): number {
  const digits = (value.units < 0n ? -value.units : value.units) / 10n ** BigInt(value.scale);
  return digits === 0n ? 0 : digits.toString().length;
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale];
}

export function compareDecimal(a: Decimal, b: Decimal): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return { units: x + y, scale };
}

export function negateDecimal(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale };
}

export function multiplyDecimal(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Null when the divisor is zero. */
export function divideDecimal(a: Decimal, b: Decimal, decimals: number, mode: RoundingMode): Decimal | null {
  if (b.units === 0n) return null;
  const [x, y] = aligned(a, b);
  return { units: divideRounded(x * 10n ** BigInt(decimals), y, mode), scale: decimals };
}
