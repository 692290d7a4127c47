/** Widths, character codes and kanji numerals. */

import type { Decimal } from '../../table/decimal';
import { roundDecimal } from '../../table/decimal';
import type { RowError } from '../row-errors';
import { rowError } from '../row-errors';
import { characterOfJis, jisCodeOf, sliceWidths, toFullWidth, toHalfWidth, widthOfText } from '../widths';
import type { FunctionEntry } from './entry';
import { rowFunction } from './entry';

function leftBytes(text: string, count = 1): string | RowError {
  return count < 0 ? rowError('argumentOutOfRange') : sliceWidths(text, 0, count);
}

function rightBytes(text: string, count = 1): string | RowError {
  if (count < 0) return rowError('argumentOutOfRange');
  const width = widthOfText(text);
  return sliceWidths(text, Math.max(0, width - count), width);
}

function midBytes(text: string, start: number, count: number): string | RowError {
  if (start < 1 || count < 0) return rowError('argumentOutOfRange');
  return sliceWidths(text, start - 1, start - 1 + count);
}

function findBytes(wanted: string, text: string, start = 1): number | RowError {
  if (start < 1 || start > widthOfText(text) + 1) return rowError('argumentOutOfRange');
  const skipped = sliceWidths(text, 0, start - 1).length;
  const index = text.indexOf(wanted, skipped);
  return index < 0 ? rowError('textNotFound') : widthOfText(text.slice(0, index)) + 1;
}

function code(text: string): number | RowError {
  const [first] = text;
  return first === undefined
    ? rowError('argumentOutOfRange')
    : (jisCodeOf(first) ?? rowError('argumentOutOfRange'));
}

function unicode(text: string): number | RowError {
  return text.codePointAt(0) ?? rowError('argumentOutOfRange');
}

const LAST_CODE_POINT = 0x10ffff;

function unichar(number: number): string | RowError {
  const isSurrogate = number >= 0xd800 && number <= 0xdfff;
  if (number < 1 || number > LAST_CODE_POINT || isSurrogate) return rowError('argumentOutOfRange');
  return String.fromCodePoint(number);
}

interface Numerals {
  /** Zero to nine. */
  readonly digits: string;
  /** Ten, hundred, thousand. */
  readonly places: string;
  /** Ten thousand and its powers. */
  readonly groups: string;
  /** Writes the one before ten, hundred and thousand as well. */
  readonly hasOnes: boolean;
}

const PLAIN_NUMERALS: Numerals = {
  digits: '\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d',
  places: '\u5341\u767e\u5343',
  groups: '\u4e07\u5104\u5146\u4eac',
  hasOnes: false,
};

/** The forms of contracts, which cannot be changed by adding a stroke; four and the digits above six stay plain. */
const LEGAL_NUMERALS: Numerals = {
  digits: '\u3007\u58f1\u5f10\u53c2\u56db\u4f0d\u516d\u4e03\u516b\u4e5d',
  places: '\u62fe\u767e\u9621',
  groups: '\u842c\u5104\u5146\u4eac',
  hasOnes: true,
};

/** Up to four digits. A thousand in front of ten thousand (or more) is written with its one. */
function writeGroup(digits: string, { digits: signs, places, hasOnes }: Numerals, isHigher: boolean): string {
  return Array.from(digits, (digit, index) => {
    const place = digits.length - 1 - index;
    if (digit === '0') return '';
    const sign = signs[Number(digit)]!;
    const hidesOne = digit === '1' && place > 0 && !hasOnes && !(isHigher && place === 3);
    return (hidesOne ? '' : sign) + (place === 0 ? '' : places[place - 1]!);
  }).join('');
}

function writeGroups(digits: string, numerals: Numerals): string {
  if (digits === '0') return numerals.digits[0]!;
  let text = '';
  for (let end = digits.length, group = 0; end > 0; end -= 4, group += 1) {
    const part = writeGroup(digits.slice(Math.max(0, end - 4), end), numerals, group > 0);
    if (part !== '') text = part + (group === 0 ? '' : numerals.groups[group - 1]!) + text;
  }
  return text;
}

/** Numbers below 10^20, the last group with a sign of its own here. */
const MAX_NUMERAL_DIGITS = 20;

/** 1: plain kanji with places, 2: the legal forms with places, 3: digit for digit. Rounded to an integer. */
function numberString(number: Decimal, form: number): string | RowError {
  const { coefficient, scale } = roundDecimal(number, 0, 'halfUp');
  const digits = (coefficient * 10n ** BigInt(-Math.min(0, scale))).toString();
  if (digits.startsWith('-') || digits.length > MAX_NUMERAL_DIGITS) return rowError('argumentOutOfRange');
  if (form === 1) return writeGroups(digits, PLAIN_NUMERALS);
  if (form === 2) return writeGroups(digits, LEGAL_NUMERALS);
  if (form !== 3) return rowError('argumentOutOfRange');
  return Array.from(digits, (digit) => PLAIN_NUMERALS.digits[Number(digit)]!).join('');
}

export const JAPANESE_TEXT_FUNCTIONS: readonly FunctionEntry[] = [
  rowFunction('ASC', 'text', ['text'], 'text', toHalfWidth),
  rowFunction('JIS', 'text', ['text'], 'text', toFullWidth),
  rowFunction('DBCS', 'text', ['text'], 'text', toFullWidth),
  rowFunction('LENB', 'text', ['text'], 'integer', widthOfText),
  rowFunction('LEFTB', 'text', ['text', 'integer?'], 'text', leftBytes),
  rowFunction('RIGHTB', 'text', ['text', 'integer?'], 'text', rightBytes),
  rowFunction('MIDB', 'text', ['text', 'integer', 'integer'], 'text', midBytes),
  rowFunction('FINDB', 'text', ['text', 'text', 'integer?'], 'integer', findBytes),
  rowFunction('CODE', 'text', ['text'], 'integer', code),
  rowFunction(
    'CHAR',
    'text',
    ['integer'],
    'text',
    (number) => characterOfJis(number) ?? rowError('argumentOutOfRange'),
  ),
  rowFunction('UNICODE', 'text', ['text'], 'integer', unicode),
  rowFunction('UNICHAR', 'text', ['integer'], 'text', unichar),
  rowFunction('NUMBERSTRING', 'text', ['number', 'integer'], 'text', numberString, { blankIfAnyBlank: true }),
];
