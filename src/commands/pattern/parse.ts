/**
 * Reads the subset of ECMAScript's regular expressions (with its flag "u") that can be matched in linear time:
 * texts, `.`, classes, `\d \w \s` and their opposites, groups, `|`, `* + ? {n} {n,} {n,m}` (also lazy: which
 * match is found does not matter here), `^` and `$` for the whole text. Anything else is refused where it stands.
 */
import type { Failure, Result } from '../../definition/errors';
import { FailureError, fail, failure, ok } from '../../definition/errors';
import type { CodePointRange, PatternNode } from './tree';
import { ANY_IN_LINE, CLASSES, complementOf, normalizedRanges } from './tree';

export const MAX_PATTERN_LENGTH = 1000;
/** Deeper nesting is a mistake, and would end in a stack overflow. */
const MAX_DEPTH = 100;
const MAX_REPEAT = 1000;

/**
 * Failures carry `position` (from 1, in UTF-16 units) and `found`: `patternEmpty`, `patternTooLong {limit}`,
 * `patternTooDeep {limit}`, `patternUnclosed`, `patternUnsupported`, `patternNothingToRepeat`,
 * `patternRangeReversed`, `patternRepeatTooLarge {limit}`.
 */
export function parsePattern(pattern: string): Result<PatternNode, Failure> {
  if (pattern === '') return fail(failure('patternEmpty'));
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return fail(failure('patternTooLong', { limit: MAX_PATTERN_LENGTH }));
  }
  try {
    return ok(new PatternParser(pattern).parse());
  } catch (cause) {
    if (cause instanceof FailureError) return fail(cause.failure);
    throw cause;
  }
}

const CONTROL: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };
const SYNTAX = '^$\\.*+?()[]{}|/';

class PatternParser {
  private at = 0;
  private depth = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  parse(): PatternNode {
    const node = this.choice();
    if (this.at < this.text.length) throw this.refusal('patternUnsupported');
    return node;
  }

  private choice(): PatternNode {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: 'choice', parts };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.text.length && !this.isNext('|') && !this.isNext(')')) parts.push(this.repeated());
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: 'sequence', parts };
  }

  private repeated(): PatternNode {
    const isPosition = this.isNext('^') || this.isNext('$');
    const part = this.atom();
    const start = this.at;
    const range = this.quantifier();
    if (range === null) return part;
    if (isPosition) throw this.refusal('patternNothingToRepeat', start);
    if ('*+?{'.includes(this.text.charAt(this.at) || ' ')) throw this.refusal('patternNothingToRepeat');
    return { kind: 'repeat', part, ...range };
  }

  private quantifier(): { readonly min: number; readonly max: number | null } | null {
    const start = this.at;
    let range: { readonly min: number; readonly max: number | null };
    if (this.take('*')) range = { min: 0, max: null };
    else if (this.take('+')) range = { min: 1, max: null };
    else if (this.take('?')) range = { min: 0, max: 1 };
    else {
      const match = /^\{(\d+)(,(\d*))?\}/.exec(this.text.slice(this.at));
      if (match === null) return null;
      this.at += match[0].length;
      const min = Number(match[1]);
      const max = match[2] === undefined ? min : match[3] === '' ? null : Number(match[3]);
      if (Math.max(min, max ?? 0) > MAX_REPEAT) {
        throw this.refusal('patternRepeatTooLarge', start, { limit: MAX_REPEAT });
      }
      if (max !== null && max < min) throw this.refusal('patternRangeReversed', start);
      range = { min, max };
    }
    this.take('?');
    return range;
  }

  private atom(): PatternNode {
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'end' };
    if (this.take('.')) return { kind: 'set', ranges: ANY_IN_LINE };
    if (this.isNext('(')) return this.group();
    if (this.isNext('[')) return { kind: 'set', ranges: this.characterClass() };
    if (this.isNext('\\')) return { kind: 'set', ranges: this.escape(false) };
    const next = this.text.charAt(this.at);
    if ('*+?'.includes(next)) throw this.refusal('patternNothingToRepeat');
    if ('{}]'.includes(next)) throw this.refusal('patternUnsupported');
    return { kind: 'set', ranges: single(this.codePoint()) };
  }

  private group(): PatternNode {
    const start = this.at;
    this.at += 1;
    if (this.isNext('?')) {
      if (!this.text.startsWith('?:', this.at)) throw this.refusal('patternUnsupported', start, {}, 4);
      this.at += 2;
    }
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw this.refusal('patternTooDeep', start, { limit: MAX_DEPTH });
    const node = this.choice();
    this.depth -= 1;
    if (!this.take(')')) throw this.refusal('patternUnclosed', start);
    return node;
  }

  private characterClass(): readonly CodePointRange[] {
    const start = this.at;
    this.at += 1;
    const isNegated = this.take('^');
    const ranges: CodePointRange[] = [];
    while (!this.isNext(']')) {
      if (this.at >= this.text.length) throw this.refusal('patternUnclosed', start);
      ranges.push(...this.classEntry());
    }
    this.at += 1;
    if (ranges.length === 0) throw this.refusal('patternUnsupported', start, {}, 2);
    return isNegated ? complementOf(ranges) : normalizedRanges(ranges);
  }

  private classEntry(): readonly CodePointRange[] {
    const start = this.at;
    const first = this.classMember();
    const isRange =
      this.isNext('-') && this.at + 1 < this.text.length && this.text.charAt(this.at + 1) !== ']';
    if (!isRange) return first;
    this.at += 1;
    const last = this.classMember();
    const [from, to] = [soleOf(first), soleOf(last)];
    if (from === null || to === null) throw this.refusal('patternUnsupported', start, {}, this.at - start);
    if (to < from) throw this.refusal('patternRangeReversed', start, {}, this.at - start);
    return [[from, to]];
  }

  private classMember(): readonly CodePointRange[] {
    if (this.at >= this.text.length) throw this.refusal('patternUnclosed', this.at - 1);
    return this.isNext('\\') ? this.escape(true) : single(this.codePoint());
  }

  private escape(isInClass: boolean): readonly CodePointRange[] {
    const start = this.at;
    this.at += 1;
    if (this.at >= this.text.length) throw this.refusal('patternUnclosed', start);
    const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})/.exec(
      this.text.slice(this.at),
    );
    const code = hex === null ? Number.NaN : Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16);
    if (hex !== null && code <= 0x10ffff) {
      this.at += hex[0].length;
      return single(code);
    }
    const letter = this.text.charAt(this.at);
    this.at += 1;
    if (Object.hasOwn(CLASSES, letter)) return CLASSES[letter] as readonly CodePointRange[];
    if (Object.hasOwn(CONTROL, letter)) return single(CONTROL[letter] as number);
    if (SYNTAX.includes(letter) || (isInClass && letter === '-')) return single(letter.charCodeAt(0));
    throw this.refusal('patternUnsupported', start, {}, 2);
  }

  private codePoint(): number {
    const code = this.text.codePointAt(this.at) as number;
    this.at += code > 0xffff ? 2 : 1;
    return code;
  }

  private isNext(character: string): boolean {
    return this.text.charAt(this.at) === character;
  }

  private take(character: string): boolean {
    if (!this.isNext(character)) return false;
    this.at += 1;
    return true;
  }

  private refusal(
    code: string,
    at = this.at,
    more: Readonly<Record<string, number>> = {},
    length = 1,
  ): FailureError {
    return new FailureError(
      failure(code, { position: at + 1, found: this.text.slice(at, at + length), ...more }),
    );
  }
}

const single = (code: number): readonly CodePointRange[] => [[code, code]];

/** The code point of a set that has just one. */
function soleOf(ranges: readonly CodePointRange[]): number | null {
  const [first] = ranges;
  return ranges.length === 1 && first && first[0] === first[1] ? first[0] : null;
}
