/** Searching text: SEARCH with wildcards, TEXTBEFORE and TEXTAFTER. Positions count characters. */

import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import type { FunctionEntry } from './entry';
import { rowFunction } from './entry';

/** Excel's own limit for a text with wildcards; it also bounds the work per character of the searched text. */
const MAX_PATTERN_LENGTH = 255;

/** One character to match, or any one. */
type Place = { readonly character: string } | 'any';

/** Runs of places between the stars of a pattern. ~ takes the special meaning from the character after it. */
function segmentsOf(pattern: readonly string[]): Place[][] {
  const segments: Place[][] = [[]];
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index]!;
    const following = pattern[index + 1];
    const isEscape = character === '~' && (following === '*' || following === '?' || following === '~');
    if (isEscape) {
      segments.at(-1)!.push({ character: following });
      index += 1;
    } else if (character === '*') segments.push([]);
    else segments.at(-1)!.push(character === '?' ? 'any' : { character });
  }
  return segments;
}

function matchesAt(text: readonly string[], start: number, segment: readonly Place[]): boolean {
  return segment.every((place, offset) => place === 'any' || place.character === text[start + offset]);
}

/** The first place from `start` on where the segment fits, or -1. */
function segmentAt(text: readonly string[], start: number, segment: readonly Place[]): number {
  for (let index = start; index + segment.length <= text.length; index += 1) {
    if (matchesAt(text, index, segment)) return index;
  }
  return -1;
}

/**
 * Where the pattern first fits. Each segment is taken at its first place after the one before it: if the
 * rest does not fit behind the first place, it does not fit behind a later one, so nothing is tried twice.
 */
function patternAt(text: readonly string[], start: number, pattern: readonly string[]): number {
  let found = -1;
  let next = start;
  for (const segment of segmentsOf(pattern)) {
    const index = segmentAt(text, next, segment);
    if (index < 0) return -1;
    if (found < 0) found = index;
    next = index + segment.length;
  }
  return found;
}

/** Characters without regard to case. Folded one by one, because folding may lengthen a text. */
function folded(text: string): string[] {
  return Array.from(text, (character) => character.toLowerCase());
}

function search(wanted: string, text: string, start = 1): number | RowError {
  const characters = folded(text);
  if (start < 1 || start > characters.length + 1) return rowError('argumentOutOfRange');
  const pattern = folded(wanted);
  if (pattern.length > MAX_PATTERN_LENGTH) return rowError('argumentOutOfRange');
  const index = patternAt(characters, start - 1, pattern);
  return index < 0 ? rowError('textNotFound') : index + 1;
}

interface Part {
  /** Ends of the parts before and after the delimiter, in UTF-16 units. */
  readonly before: number;
  readonly after: number;
}

/** Where the delimiter stands for the n-th time, from the end for a negative n; null when it does not. */
function nthDelimiter(text: string, delimiter: string, instance: number): Part | null {
  const isForward = instance > 0;
  let index = isForward ? -delimiter.length : text.length;
  for (let seen = 0; seen < Math.abs(instance); seen += 1) {
    if (!isForward && index === 0) return null;
    index = isForward
      ? text.indexOf(delimiter, index + delimiter.length)
      : text.lastIndexOf(delimiter, index - delimiter.length);
    if (index < 0) return null;
  }
  return { before: index, after: index + delimiter.length };
}

/** Lower case only where it keeps the length, so that positions fit the original text. */
function sameLengthLower(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (character) => {
    const one = character.toLowerCase();
    return one.length === character.length ? one : character;
  }).join('');
}

/**
 * @param instance which delimiter, counted from the end when negative
 * @param mode 1: case does not matter
 * @param matchEnd 1: the end of the text counts as one more delimiter
 */
function textPart(take: (text: string, part: Part) => string) {
  return (
    text: string,
    delimiter: string,
    instance = 1,
    mode = 0,
    matchEnd = 0,
    otherwise?: string,
  ): string | RowError => {
    const isKnown = (mode === 0 || mode === 1) && (matchEnd === 0 || matchEnd === 1);
    if (instance === 0 || Math.abs(instance) > Math.max(1, text.length) || !isKnown) {
      return rowError('argumentOutOfRange');
    }
    if (delimiter === '') return take(text, emptyPart(text, instance));
    const fold = mode === 1 ? sameLengthLower : (value: string) => value;
    const part =
      nthDelimiter(fold(text), fold(delimiter), instance) ?? edge(text, delimiter, instance, fold, matchEnd);
    return part === null ? (otherwise ?? rowError('textNotFound')) : take(text, part);
  };
}

/** The edge of the text stands for the delimiter that is one beyond the last found, if asked for. */
function edge(
  text: string,
  delimiter: string,
  instance: number,
  fold: (text: string) => string,
  matchEnd: number,
): Part | null {
  if (matchEnd === 0) return null;
  const previous = instance - Math.sign(instance);
  if (previous !== 0 && nthDelimiter(fold(text), fold(delimiter), previous) === null) return null;
  const place = instance > 0 ? text.length : 0;
  return { before: place, after: place };
}

/** Nothing is found at once: at the start when counted from there, at the end otherwise. */
function emptyPart(text: string, instance: number): Part {
  const place = instance > 0 ? 0 : text.length;
  return { before: place, after: place };
}

const partSlots = ['text', 'text', 'integer?', 'integer?', 'integer?', 'text?'] as const;
const before = textPart((text, part) => text.slice(0, part.before));
const after = textPart((text, part) => text.slice(part.after));

export const TEXT_SEARCH_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('SEARCH', 'text', ['text', 'text', 'integer?'], 'integer', search),
  rowFunction('TEXTBEFORE', 'text', partSlots, 'text', before),
  rowFunction('TEXTAFTER', 'text', partSlots, 'text', after),
];
