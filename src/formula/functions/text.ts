/**
 * Text functions. Positions and lengths count characters (Unicode code points), so that no function can
 * cut a rare kanji or an emoji in half; Excel counts UTF-16 units there.
 */

import type { Decimal } from '../../table/decimal';
import { divide, fromInteger, parseDecimal } from '../../table/decimal';
import { MAX_TEXT_LENGTH } from '../limits';
import { hasTooManyDigits } from '../number-vector';
import { type RowError, rowError } from '../row-errors';
import type { FunctionEntry } from './entry';
import { rowFunction } from './entry';

const SURROGATES = /[\ud800-\udfff]/;

function lengthOf(text: string): number {
  return SURROGATES.test(text) ? Array.from(text).length : text.length;
}

/** Characters `start` (0-based) up to but not including `end`. */
function slice(text: string, start: number, end: number): string {
  return SURROGATES.test(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end);
}

function left(text: string, count = 1): string | RowError {
  return count < 0 ? rowError('argumentOutOfRange') : slice(text, 0, count);
}

function right(text: string, count = 1): string | RowError {
  if (count < 0) return rowError('argumentOutOfRange');
  const length = lengthOf(text);
  return slice(text, Math.max(0, length - count), length);
}

function mid(text: string, start: number, count: number): string | RowError {
  return start < 1 || count < 0 ? rowError('argumentOutOfRange') : slice(text, start - 1, start - 1 + count);
}

function find(wanted: string, text: string, start = 1): number | RowError {
  const length = lengthOf(text);
  if (start < 1 || start > length + 1) return rowError('argumentOutOfRange');
  const skipped = slice(text, 0, start - 1).length;
  const index = text.indexOf(wanted, skipped);
  return index < 0 ? rowError('textNotFound') : lengthOf(text.slice(0, index)) + 1;
}

function replaceNth(text: string, from: string, to: string, instance: number): string {
  let index = -from.length;
  for (let seen = 0; seen < instance; seen += 1) {
    index = text.indexOf(from, index + from.length);
    if (index < 0) return text;
  }
  return text.slice(0, index) + to + text.slice(index + from.length);
}

function substitute(text: string, from: string, to: string, instance?: number): string | RowError {
  if (instance !== undefined && instance < 1) return rowError('argumentOutOfRange');
  if (from === '') return text;
  if (instance !== undefined) return replaceNth(text, from, to, instance);
  const parts = text.split(from);
  // Checked before joining: 64 K characters, each replaced by 64 K, would not fit in memory.
  const length = text.length + (parts.length - 1) * (to.length - from.length);
  return length > MAX_TEXT_LENGTH ? rowError('textTooLong') : parts.join(to);
}

function replace(text: string, start: number, count: number, inserted: string): string | RowError {
  if (start < 1 || count < 0) return rowError('argumentOutOfRange');
  return slice(text, 0, start - 1) + inserted + slice(text, start - 1 + count, Infinity);
}

/** Outer spaces go; of inner runs the first space stays. The ideographic space counts, as in Japanese Excel. */
function trim(text: string): string {
  return text.replace(/^[ \u3000]+|[ \u3000]+$/g, '').replace(/([ \u3000])[ \u3000]+/g, '$1');
}

function concat(...texts: string[]): string | RowError {
  const length = texts.reduce((total, text) => total + text.length, 0);
  return length > MAX_TEXT_LENGTH ? rowError('textTooLong') : texts.join('');
}

function rept(text: string, count: number): string | RowError {
  if (count < 0) return rowError('argumentOutOfRange');
  return text.length * count > MAX_TEXT_LENGTH
    ? rowError('textTooLong')
    : text.repeat(text === '' ? 0 : count);
}

const NUMBER_AS_WRITTEN =
  /^([+-]?)[$\u00a5]?([+-]?)((?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d+)?)(%?)$/;

/** A number as people write it: thousands separators, a currency sign, a percent sign, full-width digits. */
export function numberAsWritten(text: string): Decimal | RowError | null {
  if (text.length > 200) return rowError('notANumber');
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return null;
  const match = NUMBER_AS_WRITTEN.exec(plain);
  if (match === null || (match[1] !== '' && match[2] !== '')) return rowError('notANumber');
  const value = parseDecimal(`${match[1]}${match[2]}${match[3]!.replaceAll(',', '')}`);
  if (value === null) return rowError('notANumber');
  if (hasTooManyDigits(value)) return rowError('numberTooLong');
  return match[4] === '' ? value : divide(value, fromInteger(100), value.scale + 2);
}

export const TEXT_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('LEN', 'text', ['text'], 'integer', lengthOf),
  rowFunction('LEFT', 'text', ['text', 'integer?'], 'text', left),
  rowFunction('RIGHT', 'text', ['text', 'integer?'], 'text', right),
  rowFunction('MID', 'text', ['text', 'integer', 'integer'], 'text', mid),
  rowFunction('FIND', 'text', ['text', 'text', 'integer?'], 'integer', find),
  rowFunction('SUBSTITUTE', 'text', ['text', 'text', 'text', 'integer?'], 'text', substitute),
  rowFunction('REPLACE', 'text', ['text', 'integer', 'integer', 'text'], 'text', replace),
  rowFunction('TRIM', 'text', ['text'], 'text', trim),
  rowFunction('UPPER', 'text', ['text'], 'text', (text) => text.toUpperCase()),
  rowFunction('LOWER', 'text', ['text'], 'text', (text) => text.toLowerCase()),
  rowFunction('CONCAT', 'text', ['text...'], 'text', concat),
  rowFunction('CONCATENATE', 'text', ['text...'], 'text', concat),
  rowFunction('REPT', 'text', ['text', 'integer'], 'text', rept),
  rowFunction('EXACT', 'text', ['text', 'text'], 'boolean', (a, b) => a === b),
  rowFunction('VALUE', 'text', ['text'], 'number', numberAsWritten),
];
