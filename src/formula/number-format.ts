/** Number part of TEXT: one section of an Excel format, such as `#,##0.00` or `000-0000`. */

import type { Decimal } from '../table/decimal';
import {
  absolute,
  compareDecimals,
  formatDecimal,
  fromInteger,
  isZero,
  multiply,
  normalize,
  roundDecimal,
} from '../table/decimal';
import type { FormatPart } from './format-part';

export interface NumberSection {
  readonly parts: readonly FormatPart[];
  readonly decimals: number;
  readonly hasThousands: boolean;
  /** Each percent sign multiplies by 100, each comma after the last digit divides by 1000. */
  readonly powerOfTen: number;
}

export function numberSection(parts: readonly FormatPart[]): NumberSection {
  const point = parts.findIndex((part) => part.kind === 'point');
  const isDigit = (part: FormatPart) => part.kind === 'digit';
  const lastDigit = parts.findLastIndex(isDigit);
  const firstDigit = parts.findIndex(isDigit);
  const commas = parts.flatMap((part, index) => (part.kind === 'comma' ? [index] : []));
  const endOfWhole = point < 0 ? lastDigit : point;
  const percents = parts.filter((part) => part.kind === 'percent').length;
  return {
    parts,
    decimals: point < 0 ? 0 : parts.slice(point).filter(isDigit).length,
    hasThousands: commas.some((index) => index > firstDigit && index < endOfWhole),
    powerOfTen: 2 * percents - 3 * commas.filter((index) => index > lastDigit && lastDigit >= 0).length,
  };
}

function shifted(value: Decimal, powerOfTen: number): Decimal {
  if (powerOfTen >= 0) return multiply(value, fromInteger(10n ** BigInt(powerOfTen)));
  return { coefficient: value.coefficient, scale: value.scale - powerOfTen };
}

/** The value a section shows, without its sign. */
export function shownMagnitude(value: Decimal, section: NumberSection): Decimal {
  return roundDecimal(absolute(shifted(value, section.powerOfTen)), section.decimals, 'halfUp');
}

/** Digits from the right; the leftmost placeholder takes all that remain. */
function writeWhole(parts: readonly FormatPart[], digits: string, hasThousands: boolean): string {
  let rest = digits === '0' ? '' : digits;
  let written = 0;
  let text = '';
  const firstDigit = parts.findIndex((part) => part.kind === 'digit');
  const push = (digit: string) => {
    if (hasThousands && written > 0 && written % 3 === 0) text = `,${text}`;
    text = digit + text;
    written += 1;
  };
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index]!;
    if (part.kind !== 'digit') {
      text = plainText(part) + text;
      continue;
    }
    if (rest !== '') {
      push(rest.at(-1)!);
      rest = rest.slice(0, -1);
    } else if (part.fill !== '') push(part.fill);
    while (index === firstDigit && rest !== '') {
      push(rest.at(-1)!);
      rest = rest.slice(0, -1);
    }
  }
  return text;
}

function writeFraction(parts: readonly FormatPart[], digits: string): string {
  let position = 0;
  let text = '';
  for (const part of parts) {
    if (part.kind !== 'digit') {
      text += plainText(part);
      continue;
    }
    const digit = digits[position] ?? '';
    position += 1;
    text += digit === '' ? part.fill : digit;
  }
  return text;
}

function plainText(part: FormatPart): string {
  if (part.kind === 'literal') return part.text;
  return part.kind === 'percent' ? '%' : part.kind === 'point' ? '.' : '';
}

/** The section's text for a magnitude from `shownMagnitude`. */
export function writeNumber(magnitude: Decimal, section: NumberSection): string {
  const [whole, fraction = ''] = formatDecimal(magnitude).split('.');
  const point = section.parts.findIndex((part) => part.kind === 'point');
  const wholeParts = point < 0 ? section.parts : section.parts.slice(0, point);
  const fractionParts = point < 0 ? [] : section.parts.slice(point);
  const start = writeWhole(wholeParts, whole!, section.hasThousands);
  return start + writeFraction(fractionParts, fraction);
}

/** Position of the first digit: 0 for 1 to 9.99, -1 for 0.1 to 0.99. */
function magnitudeOf(value: Decimal): number {
  const { coefficient, scale } = normalize(value);
  return coefficient.toString().length - 1 - scale;
}

/**
 * Scientific notation, such as `0.00E+00`. With several places before the point the exponent is a multiple
 * of their number (`##0.0E+0` counts in thousands), as in Excel.
 *
 * @param value not negative
 * @returns null for a percent sign or a comma after the digits, which have no meaning here
 */
export function writeScientific(parts: readonly FormatPart[], value: Decimal): string | null {
  const index = parts.findIndex((part) => part.kind === 'exponent');
  const mark = parts[index];
  const section = numberSection(parts.slice(0, index));
  if (mark?.kind !== 'exponent' || section.powerOfTen !== 0) return null;
  const point = section.parts.findIndex((part) => part.kind === 'point');
  const wholeParts = point < 0 ? section.parts : section.parts.slice(0, point);
  const places = Math.max(1, wholeParts.filter((part) => part.kind === 'digit').length);
  const mantissaAt = (exponent: number) => shownMagnitude(shifted(value, -exponent), section);
  let exponent = isZero(value) ? 0 : Math.floor(magnitudeOf(value) / places) * places;
  // Rounding may carry into one more digit: 9.99 is 1.0E+01.
  if (compareDecimals(mantissaAt(exponent), fromInteger(10n ** BigInt(places))) >= 0) exponent += places;
  const sign = exponent < 0 ? '-' : mark.plus;
  const digits = writeWhole(parts.slice(index + 1), String(Math.abs(exponent)), false);
  return `${writeNumber(mantissaAt(exponent), section)}E${sign}${digits}`;
}
