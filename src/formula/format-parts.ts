/** Cuts an Excel format, as TEXT takes it, into sections and parts. */
import type { DateUnit, FormatPart } from './format-part';
import type { FractionFormat } from './fraction-format';
import { fractionOf } from './fraction-format';

export interface FormatSection {
  readonly parts: readonly FormatPart[];
  readonly isDate: boolean;
  readonly fraction: FractionFormat | null;
}

const FILLS: Readonly<Record<string, string>> = { '0': '0', '?': ' ', '#': '' };
const PLAIN = {
  '.': { kind: 'point' },
  ',': { kind: 'comma' },
  '%': { kind: 'percent' },
  '@': { kind: 'value' },
  '/': { kind: 'slash' },
} as const;

const TOKEN =
  /"([^"]*)"|\\(.)|\[(h+|m+)\]|(am\/pm|a\/p)|(general)|(e[+-])(?=[0#?])|(y+|m+|d+|h+|s+|a{3,4}|g{1,3}|e{1,2}|r{1,2})|([\s\S])/giuy;

const UNITS: Readonly<Record<string, DateUnit>> = {
  y: 'year',
  m: 'month',
  d: 'day',
  h: 'hour',
  s: 'second',
  a: 'localWeekday',
  g: 'era',
  e: 'eraYear',
};

function datePart(letters: string): FormatPart {
  const unit = UNITS[letters[0]!.toLowerCase()]!;
  if (unit === 'day' && letters.length > 2) return { kind: 'date', unit: 'weekday', width: letters.length };
  return { kind: 'date', unit, width: letters.length };
}

function symbolPart(symbol: string): FormatPart {
  const fill = FILLS[symbol];
  if (fill !== undefined) return { kind: 'digit', fill };
  return PLAIN[symbol as keyof typeof PLAIN] ?? { kind: 'literal', text: symbol };
}

function sectionsOf(format: string): FormatPart[][] {
  const sections: FormatPart[][] = [[]];
  const push = (part: FormatPart) => sections.at(-1)!.push(part);
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(format); match !== null; match = TOKEN.exec(format)) {
    const [whole, quoted, escaped, elapsed, halfDay, general, exponent, letters] = match;
    if (quoted !== undefined || escaped !== undefined) push({ kind: 'literal', text: quoted ?? escaped! });
    else if (elapsed !== undefined) {
      push({ kind: 'elapsed', unit: /^h/i.test(elapsed) ? 'hour' : 'minute', width: elapsed.length });
    } else if (halfDay !== undefined) {
      const [am, pm] = halfDay.split('/') as [string, string];
      push({ kind: 'halfDay', am, pm });
    } else if (general !== undefined) push({ kind: 'value' });
    else if (exponent !== undefined) push({ kind: 'exponent', plus: exponent[1] === '+' ? '+' : '' });
    else if (letters !== undefined) push(datePart(letters));
    else if (whole === ';') sections.push([]);
    else push(symbolPart(whole));
  }
  return sections;
}

/** `m` means minutes right after hours or right before seconds, as in Excel. */
function withMinutes(parts: readonly FormatPart[]): FormatPart[] {
  const units = parts.flatMap((part, index) =>
    part.kind === 'date' || part.kind === 'elapsed' ? [index] : [],
  );
  return parts.map((part, index) => {
    if (part.kind !== 'date' || part.unit !== 'month' || part.width > 2) return part;
    const place = units.indexOf(index);
    const previous = parts[units[place - 1] ?? -1] as { unit?: string } | undefined;
    const following = parts[units[place + 1] ?? -1] as { unit?: string } | undefined;
    const isMinute = previous?.unit === 'hour' || following?.unit === 'second';
    return isMinute ? { ...part, unit: 'minute' } : part;
  });
}

const DATE_KINDS: ReadonlySet<string> = new Set(['date', 'elapsed', 'halfDay']);

/** Where it is no bar of a fraction, a slash is only a sign. */
const plainSlash = (part: FormatPart): FormatPart =>
  part.kind === 'slash' ? { kind: 'literal', text: '/' } : part;

/** Sections of a format in their order; null when there are more than four. */
export function parseFormat(format: string): readonly FormatSection[] | null {
  const sections = sectionsOf(format);
  if (sections.length > 4) return null;
  return sections.map((parts) => {
    const isDate = parts.some((part) => DATE_KINDS.has(part.kind));
    const fraction = isDate ? null : fractionOf(parts);
    return { parts: fraction === null ? withMinutes(parts.map(plainSlash)) : parts, isDate, fraction };
  });
}
