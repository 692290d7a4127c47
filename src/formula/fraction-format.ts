/**
 * Fractions of TEXT: `# ?/?`, `# ??/??`, `?/?` (improper), `# ?/8` (a given denominator). What Excel shows is known from
 * examples (docs.sheetjs.com, "Rational Approximation": a continued fraction; 0.23 is 3/13 in "# ??/??"); the layout of
 * the blanks that stand where there is no fraction left is that of SheetJS SSF, which reproduces Excel's.
 */
import type { Decimal } from '../table/decimal';
import { normalize } from '../table/decimal';
import type { FormatPart } from './format-part';

type Place = Extract<FormatPart, { kind: 'digit' }>;

export interface FractionFormat {
  readonly before: string;
  /** Places of the whole number; none: all of it stands above the bar. */
  readonly whole: readonly Place[];
  /** What stands between the whole number and the fraction. */
  readonly gap: string;
  readonly numerator: readonly Place[];
  /** The bar with what stands around it. */
  readonly bar: string;
  /** Places of the denominator, or the denominator itself. */
  readonly denominator: readonly Place[] | bigint;
  readonly after: string;
}

/** Denominators of more digits are nothing that anybody reads; Excel ends there, too. */
const MAX_PLACES = 7;

/** The fraction that a section of a number format is, or null when it is none. */
export function fractionOf(parts: readonly FormatPart[]): FractionFormat | null {
  const bars = parts.flatMap((part, index) => (part.kind === 'slash' ? [index] : []));
  const [bar] = bars;
  if (bar === undefined || bars.length > 1) return null;
  if (parts.some(({ kind }) => kind !== 'slash' && kind !== 'digit' && kind !== 'literal')) return null;
  const left = cutOffEnd(parts.slice(0, bar));
  const right = cutOffStart(parts.slice(bar + 1));
  const denominator = denominatorOf(right.rest);
  if (left.places.length === 0 || denominator === null) return null;
  const whole = cutOffEnd(left.rest);
  if (whole.rest.some((part) => part.kind === 'digit')) return null;
  const hasWhole = whole.places.length > 0;
  return {
    before: textOf(hasWhole ? whole.rest : left.rest),
    whole: whole.places,
    gap: hasWhole ? textOf(whole.literals) : '',
    numerator: left.places,
    bar: `${textOf(left.literals)}/${textOf(right.literals)}`,
    denominator: denominator.value,
    after: textOf(denominator.rest),
  };
}

/** Places at the end, with the literals that follow them. */
function cutOffEnd(parts: readonly FormatPart[]) {
  const last = parts.findLastIndex((part) => part.kind === 'digit');
  const first = parts.findLastIndex((part, index) => index <= last && part.kind !== 'digit') + 1;
  const places = last < 0 ? [] : parts.slice(first, last + 1).filter(isPlace);
  return { rest: parts.slice(0, last < 0 ? parts.length : first), places, literals: parts.slice(last + 1) };
}

/** Blanks at the start, and the rest. */
function cutOffStart(parts: readonly FormatPart[]) {
  const start = parts.findIndex((part) => part.kind !== 'literal' || part.text.trim() !== '');
  return { literals: parts.slice(0, Math.max(0, start)), rest: start < 0 ? [] : parts.slice(start) };
}

function denominatorOf(parts: readonly FormatPart[]) {
  const end = parts.findIndex((part) => part.kind !== 'digit');
  const places = parts.slice(0, end < 0 ? parts.length : end).filter(isPlace);
  const rest = parts.slice(places.length);
  if (rest.some((part) => part.kind === 'digit')) return fixedDenominator(parts);
  if (places.length > MAX_PLACES) return null;
  return places.length > 0 ? { value: places, rest } : fixedDenominator(parts);
}

/** `8`, `16`, `100`: figures, of which a zero is a place in the eyes of the tokenizer. */
function fixedDenominator(parts: readonly FormatPart[]) {
  const figures = parts.map((part) => {
    if (part.kind === 'digit') return part.fill === '0' ? '0' : '';
    return part.kind === 'literal' && /^[0-9]$/.test(part.text) ? part.text : '';
  });
  const end = figures.indexOf('');
  const digits = figures.slice(0, end < 0 ? figures.length : end).join('');
  const rest = parts.slice(digits.length);
  const isNumber = /^[1-9]/.test(digits) && digits.length <= MAX_PLACES;
  return isNumber && rest.every((part) => part.kind === 'literal') ? { value: BigInt(digits), rest } : null;
}

const isPlace = (part: FormatPart): part is Place => part.kind === 'digit';

const textOf = (parts: readonly FormatPart[]): string =>
  parts.map((part) => (part.kind === 'literal' ? part.text : '')).join('');

/** The text of a magnitude, and whether it is zero as shown (a zero has no sign). */
export function writeFraction(
  magnitude: Decimal,
  format: FractionFormat,
): { readonly text: string; readonly isZero: boolean } {
  const { coefficient, scale } = normalize(magnitude);
  const value =
    scale > 0
      ? { top: coefficient, bottom: 10n ** BigInt(scale) }
      : { top: coefficient * 10n ** BigInt(-scale), bottom: 1n };
  const { denominator } = format;
  const shown =
    typeof denominator === 'bigint'
      ? // Half up, as the rest of TEXT rounds.
        { top: (2n * value.top * denominator + value.bottom) / (2n * value.bottom), bottom: denominator }
      : convergent(value, 10n ** BigInt(denominator.length) - 1n);
  const whole = format.whole.length === 0 ? 0n : shown.top / shown.bottom;
  const top = shown.top - whole * shown.bottom;
  const bottom =
    typeof denominator === 'bigint' ? String(denominator) : writeDenominator(shown.bottom, denominator);
  const fraction = writePlaces(top, format.numerator) + format.bar + bottom;
  const isHidden =
    top === 0n && format.whole.length > 0 && format.numerator.every(({ fill }) => fill !== '0');
  return {
    text: [
      format.before,
      format.whole.length === 0 ? '' : writeWhole(whole, top, format.whole),
      format.gap,
      isHidden ? ' '.repeat([...fraction].length) : fraction,
      format.after,
    ].join(''),
    isZero: shown.top === 0n,
  };
}

/** Nothing at all would be shown for 0 in `#`, so a zero without fraction is written. */
function writeWhole(whole: bigint, top: bigint, places: readonly Place[]): string {
  const text = whole === 0n ? places.map(({ fill }) => fill).join('') : writePlaces(whole, places);
  return whole === 0n && top === 0n && text.trim() === '' ? '0' : text;
}

/** Right-aligned in the places. */
function writePlaces(value: bigint, places: readonly Place[]): string {
  const digits = String(value);
  const free = places.slice(0, Math.max(0, places.length - digits.length));
  return free.map(({ fill }) => fill).join('') + digits;
}

/** Left-aligned, so that the bars of a column stand below each other; `0` fills from the left. */
function writeDenominator(value: bigint, places: readonly Place[]): string {
  const digits = String(value);
  const free = places.slice(digits.length).map(({ fill }) => fill);
  const zeros = free.filter((fill) => fill === '0').join('');
  return zeros + digits + free.filter((fill) => fill !== '0').join('');
}

interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/**
 * The last convergent of the continued fraction of `value` whose denominator is at most `limit`, in lowest terms. That is
 * what Excel shows: 0.23 in two digits is 3/13, although 20/87 is nearer.
 */
function convergent({ top, bottom }: Rational, limit: bigint): Rational {
  let [n, d] = [top, bottom];
  let before: Rational = { top: 0n, bottom: 1n };
  let last: Rational = { top: 1n, bottom: 0n };
  while (d !== 0n) {
    const quotient = n / d;
    const nextBottom = before.bottom + quotient * last.bottom;
    if (nextBottom > limit) break;
    // The first one, the whole number, always fits.
    [before, last] = [last, { top: before.top + quotient * last.top, bottom: nextBottom }];
    [n, d] = [d, n - quotient * d];
  }
  return last;
}
