/**
 * Values as the bytes of a JSON answer, straight into columns. Each `appendBytes` takes the usual forms of
 * its type and answers the position after the value, or -1, with nothing appended, for a form it leaves to
 * the way over JavaScript values.
 */
import type { ObjectColumnBuilder, TextColumnBuilder, TimeLikeColumnBuilder } from './builder';
import {
  ByteIndex,
  ByteTexts,
  firstBytes,
  HASH_SEED,
  hashWord,
  MAX_DICTIONARY_BYTES,
  WORD_BYTES,
} from './byte-texts';
import { BACKSLASH, endOfValue, parseSlice, QUOTE } from './json-bytes';
import { daysFromCivil, daysInMonth, MINUTES_PER_DAY } from './moments';
import type { NumberColumnBuilder } from './number-builder';
import { BLANK_INT32, type Cell } from './types';

/** Classes, not closures: all columns of a kind then share what the compiler has learnt from the first. */
export interface ByteAppender {
  /** `view` is of the same bytes, for those who take them by words. */
  appendBytes(bytes: Uint8Array, at: number, view: DataView): number;
  /** Called at the end of a page, and before a value arrives in another form than bytes. */
  flush?(): void;
}

/** `null`, or an empty text, at the position; 0 when it is neither. */
function blankLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE) return 2;
  const isNull =
    bytes[at] === 0x6e && bytes[at + 1] === 0x75 && bytes[at + 2] === 0x6c && bytes[at + 3] === 0x6c;
  return isNull ? 4 : 0;
}

/** The same byte four times. */
const fourTimes = (byte: number): number => byte * 0x01010101;
const HIGH_BITS = fourTimes(0x80) | 0;

/** The high bit of the first byte that is a zero, and perhaps of bytes after it; 0 when there is none. */
const zeroBytes = (word: number): number => (word - fourTimes(0x01)) & ~word & HIGH_BITS;

/**
 * The high bit of the first byte that ends a plain text (a quote, a backslash or a control character), and
 * perhaps of bytes after it; 0 when there is none. Four bytes at once, as in "Bit Twiddling Hacks" (haszero, hasless).
 */
function specialBytes(word: number): number {
  return (
    zeroBytes(word ^ fourTimes(QUOTE)) |
    zeroBytes(word ^ fourTimes(BACKSLASH)) |
    ((word - fourTimes(0x20)) & ~word & HIGH_BITS)
  );
}

export class TextBytes implements ByteAppender {
  private readonly builder: TextColumnBuilder;
  private readonly texts: ByteTexts;

  constructor(builder: TextColumnBuilder) {
    this.builder = builder;
    this.texts = new ByteTexts(builder);
  }

  appendBytes(bytes: Uint8Array, at: number, view: DataView): number {
    if (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE) {
      const blank = blankLength(bytes, at);
      if (blank === 0) return -1;
      this.builder.appendCode(-1);
      return at + blank;
    }
    const start = at + 1;
    // A text is followed by three closing brackets at least, so a whole word never reads beyond the answer.
    const limit = Math.min(bytes.length - WORD_BYTES, start + MAX_DICTIONARY_BYTES);
    let hash = HASH_SEED;
    for (let next = start; next <= limit; next += WORD_BYTES) {
      const word = view.getInt32(next, true);
      const special = specialBytes(word);
      if (special === 0) {
        hash = hashWord(hash, word);
        continue;
      }
      const count = (31 - Math.clz32(special & -special)) >> 3;
      const end = next + count;
      if (bytes[end] !== QUOTE) return -1;
      this.texts.append(bytes, view, start, end, hashWord(hash, firstBytes(word, count)));
      return end + 1;
    }
    return -1;
  }

  flush(): void {
    this.texts.flush();
  }
}

/** Fifteen digits are below 2^53 whatever they are. */
const MAX_PLAIN_DIGITS = 15;

export class NumberBytes implements ByteAppender {
  private readonly builder: NumberColumnBuilder;

  constructor(builder: NumberColumnBuilder) {
    this.builder = builder;
  }

  appendBytes(bytes: Uint8Array, at: number): number {
    const isNegative = bytes[at + 1] === 0x2d;
    const start = isNegative ? at + 2 : at + 1;
    if (bytes[at] === QUOTE) {
      let digits = 0;
      let point = -1;
      // Room for the point and the quote.
      const limit = Math.min(bytes.length, start + MAX_PLAIN_DIGITS + 2);
      for (let next = start; next < limit; next++) {
        const byte = bytes[next] as number;
        if (byte >= 0x30 && byte <= 0x39) {
          digits = digits * 10 + (byte - 0x30);
        } else if (byte === QUOTE && next > start && point !== next - 1) {
          if (point < 0 && next - start > MAX_PLAIN_DIGITS) return -1;
          const decimals = point < 0 ? 0 : next - point - 1;
          this.builder.appendUnits(isNegative && digits !== 0 ? -digits : digits, decimals);
          return next + 1;
        } else if (byte === 0x2e && point < 0 && next > start) {
          point = next;
        } else {
          break;
        }
      }
    }
    const blank = blankLength(bytes, at);
    if (blank === 0) return -1;
    this.builder.appendUnits(Number.NaN, 0);
    return at + blank;
  }
}

export class TimeBytes implements ByteAppender {
  private readonly builder: TimeLikeColumnBuilder;
  private readonly kind: 'date' | 'time' | 'datetime';
  private readonly length: number;

  constructor(builder: TimeLikeColumnBuilder, kind: 'date' | 'time' | 'datetime') {
    this.builder = builder;
    this.kind = kind;
    this.length = LENGTHS[kind];
  }

  appendBytes(bytes: Uint8Array, at: number): number {
    const length = this.length;
    if (bytes[at] === QUOTE && bytes[at + length + 1] === QUOTE) {
      const value = PARSERS[this.kind](bytes, at + 1);
      if (value !== BLANK_INT32) {
        this.builder.appendValue(value);
        return at + length + 2;
      }
    }
    const blank = blankLength(bytes, at);
    if (blank === 0) return -1;
    this.builder.appendValue(BLANK_INT32);
    return at + blank;
  }
}

/** Characters of the form that kintone answers: 2024-02-29, 09:30, 2024-02-29T09:30:00Z. */
const LENGTHS = { date: 10, time: 5, datetime: 20 } as const;
const PARSERS = { date: daysAt, time: minutesOfDayAt, datetime: minutesAt } as const;

/** The digits as a number; far below zero when one of them is no digit. */
function digitsAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = (bytes[index] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1_000_000;
    value = value * 10 + digit;
  }
  return value;
}

function daysAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d) return BLANK_INT32;
  const year = digitsAt(bytes, at, 4);
  const month = digitsAt(bytes, at + 5, 2);
  const day = digitsAt(bytes, at + 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return BLANK_INT32;
  return daysFromCivil(year, month, day);
}

function minutesOfDayAt(bytes: Uint8Array, at: number): number {
  const hour = digitsAt(bytes, at, 2);
  const minute = digitsAt(bytes, at + 3, 2);
  if (bytes[at + 2] !== 0x3a || hour < 0 || hour > 23 || minute < 0 || minute > 59) return BLANK_INT32;
  return hour * 60 + minute;
}

function minutesAt(bytes: Uint8Array, at: number): number {
  const days = daysAt(bytes, at);
  const time = minutesOfDayAt(bytes, at + 11);
  const seconds = digitsAt(bytes, at + 17, 2);
  const isShaped = bytes[at + 10] === 0x54 && bytes[at + 16] === 0x3a && bytes[at + 19] === 0x5a;
  if (!isShaped || days === BLANK_INT32 || time === BLANK_INT32 || seconds < 0 || seconds > 59) {
    return BLANK_INT32;
  }
  return days * MINUTES_PER_DAY + time;
}

/** More distinct lists than this are no choices any more; the rest is parsed one by one. */
const MAX_SHARED_LISTS = 4096;

/**
 * Choices and people: the same list occurs in very many records, so one cell serves all of them.
 * `toCell` reads a value as kintone answers it.
 */
export class ListBytes implements ByteAppender {
  private readonly index = new ByteIndex();
  private readonly cells: Cell[] = [];
  private readonly builder: ObjectColumnBuilder;
  private readonly toCell: (value: unknown) => Cell;

  constructor(builder: ObjectColumnBuilder, toCell: (value: unknown) => Cell) {
    this.builder = builder;
    this.toCell = toCell;
  }

  appendBytes(bytes: Uint8Array, at: number, view: DataView): number {
    const { index, cells } = this;
    const end = endOfValue(bytes, at);
    if (end - at > MAX_DICTIONARY_BYTES || end + WORD_BYTES > bytes.length) return -1;
    let hash = HASH_SEED;
    let next = at;
    for (; next + WORD_BYTES <= end; next += WORD_BYTES) hash = hashWord(hash, view.getInt32(next, true));
    hash = hashWord(hash, firstBytes(view.getInt32(next, true), end - next));
    let entry = index.find(view, at, end, hash);
    if (entry < 0) {
      if (index.size >= MAX_SHARED_LISTS) return -1;
      const cell = this.toCell(parseSlice(bytes, at, end));
      entry = index.add(view, at, end, hash);
      cells.push(cell);
    }
    this.builder.append(cells[entry] as Cell);
    return end;
  }
}

/** Values that always take the way over JavaScript values. */
export const NO_BYTES: ByteAppender = { appendBytes: () => -1 };
