/**
 * The answer of GET records as bytes, straight into columns: no string, no object and no number is made
 * for a value that its column can take as bytes. Everything else (rare forms, escapes, tables) is parsed
 * alone and takes the way that records as objects take, so both ways give the same table.
 */
import type { ByteAppender } from './byte-appenders';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfValue,
  expectByte,
  JsonBytesError,
  OPEN_BRACE,
  OPEN_BRACKET,
  parseSlice,
  QUOTE,
  skipSpace,
} from './json-bytes';
import { UnexpectedValueError } from './kintone-values';

/** Where the values of one field go. */
export interface FieldSink {
  readonly name: string;
  readonly bytes: ByteAppender;
  /** The value as JSON gives it; undefined for a record without the field. */
  append(value: unknown): void;
}

/** One field of a record as it was met last: the bytes up to its value, and where values go. */
interface ExpectedField {
  /** From the quote of the field code to the byte before the value, four bytes at a time. */
  readonly words: Int32Array;
  /** The bytes that make no whole word. */
  readonly rest: Uint8Array;
  readonly length: number;
  readonly slot: number;
}

const NOTHING = new Uint8Array(0);

/** A field that nobody asked for. */
const NO_SLOT = -1;

/**
 * Reads pages of records into sinks, one call of `append` or `appendBytes` per sink and record. Records
 * that have their fields in the order of the record before are matched by whole prefixes
 * (`"code":{"type":"NUMBER","value":`), others key by key. After an error the sinks are of no use any more.
 */
export class RecordBytesReader {
  private readonly sinks: readonly FieldSink[];
  private readonly slotOf = new Map<string, number>();
  /** Number of the record that last gave the sink a value, counted over all pages. */
  private readonly seenIn: Float64Array;
  private readonly shape: ExpectedField[] = [];
  private record = 0;
  private bytes: Uint8Array = NOTHING;
  private view = viewOf(NOTHING);

  constructor(sinks: readonly FieldSink[]) {
    this.sinks = sinks;
    sinks.forEach((sink, slot) => {
      this.slotOf.set(sink.name, slot);
    });
    this.seenIn = new Float64Array(sinks.length);
  }

  /**
   * Answers how many records the page has. Throws UnexpectedValueError when the bytes are no such answer,
   * end too early, are no UTF-8, or hold a value that does not have the form of its field type.
   */
  read(page: Uint8Array): number {
    this.bytes = page;
    this.view = viewOf(page);
    const before = this.record;
    try {
      this.readAnswer();
      for (const sink of this.sinks) sink.bytes.flush?.();
    } catch (error) {
      if (error instanceof UnexpectedValueError) throw error;
      if (error instanceof JsonBytesError || error instanceof TypeError) throw brokenAnswer();
      throw error;
    } finally {
      this.bytes = NOTHING;
      this.view = viewOf(NOTHING);
    }
    return this.record - before;
  }

  private readAnswer(): void {
    const { bytes } = this;
    let hasRecords = false;
    let at = expectByte(bytes, 0, OPEN_BRACE);
    for (;;) {
      const key = this.readKey(at);
      at = skipSpace(bytes, key.end);
      if (key.name === 'records') {
        if (hasRecords) throw new JsonBytesError('records twice');
        hasRecords = true;
        at = this.readRecords(at);
      } else {
        const end = endOfValue(bytes, at);
        parseSlice(bytes, at, end);
        at = end;
      }
      at = skipSpace(bytes, at);
      if (bytes[at] === CLOSE_BRACE) break;
      at = expectByte(bytes, at, COMMA);
    }
    if (!hasRecords || skipSpace(bytes, at + 1) !== bytes.length) throw new JsonBytesError('no records');
  }

  private readRecords(start: number): number {
    const { bytes } = this;
    let at = skipSpace(bytes, expectByte(bytes, start, OPEN_BRACKET));
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    for (;;) {
      at = this.readRecord(at);
      if (bytes[at] !== COMMA) at = skipSpace(bytes, at);
      if (bytes[at] === CLOSE_BRACKET) return at + 1;
      at = expectByte(bytes, at, COMMA);
    }
  }

  private readRecord(start: number): number {
    const { bytes, shape, sinks, seenIn } = this;
    this.record++;
    const { record } = this;
    let at = bytes[start] === OPEN_BRACE ? start + 1 : expectByte(bytes, start, OPEN_BRACE);
    let filled = 0;
    if (bytes[at] !== QUOTE && bytes[skipSpace(bytes, at)] === CLOSE_BRACE) {
      at = skipSpace(bytes, at);
    } else {
      for (let index = 0; ; index++) {
        const expected = shape[index];
        let end = -1;
        let slot = NO_SLOT;
        if (expected !== undefined && this.startsWith(at, expected)) {
          slot = expected.slot;
          const valueAt = at + expected.length;
          end = slot < 0 ? this.skipValue(valueAt) : this.readValue(valueAt, slot);
          // Whatever follows the value within the field is rare, and so is blank space.
          end = bytes[end] === CLOSE_BRACE ? end + 1 : this.endOfField(end);
        } else {
          slot = this.readUnexpectedField(at, index);
          end = this.fieldEnd;
        }
        if (slot >= 0) {
          if (seenIn[slot] === record) throw new JsonBytesError('a field occurs twice');
          seenIn[slot] = record;
          filled++;
        }
        at = end;
        if (bytes[at] !== COMMA) {
          at = skipSpace(bytes, at);
          if (bytes[at] === CLOSE_BRACE) break;
        }
        at = expectByte(bytes, at, COMMA);
        if (bytes[at] !== QUOTE) at = skipSpace(bytes, at);
      }
    }
    if (filled < sinks.length) this.fillMissing();
    return at + 1;
  }

  /** A record lacks fields that the person may not view, or that were added later. */
  private fillMissing(): void {
    for (let slot = 0; slot < this.sinks.length; slot++) {
      if (this.seenIn[slot] === this.record) continue;
      const sink = this.sinks[slot] as FieldSink;
      sink.bytes.flush?.();
      sink.append(undefined);
    }
  }

  /** Where the field ended that `readUnexpectedField` has read. */
  private fieldEnd = 0;

  /** Reads a field key by key and remembers its form for the records to come. Answers its slot. */
  private readUnexpectedField(start: number, index: number): number {
    const { bytes } = this;
    const key = this.readKey(start);
    const slot = this.slotOf.get(key.name) ?? NO_SLOT;
    let at = expectByte(bytes, key.end, OPEN_BRACE);
    let valueAt = -1;
    let isLast = false;
    for (;;) {
      const inner = this.readKey(at);
      at = skipSpace(bytes, inner.end);
      const isValue = inner.name === 'value';
      if (isValue && valueAt >= 0) throw new JsonBytesError('value twice');
      if (isValue) valueAt = at;
      at = isValue && slot >= 0 ? this.readValue(at, slot) : this.skipValue(at);
      isLast = isValue;
      at = skipSpace(bytes, at);
      if (bytes[at] === CLOSE_BRACE) break;
      at = expectByte(bytes, at, COMMA);
    }
    if (valueAt < 0) throw new JsonBytesError('no value');
    if (isLast) this.shape[index] = expectedField(bytes.slice(skipSpace(bytes, start), valueAt), slot);
    this.fieldEnd = at + 1;
    return slot;
  }

  /** The rest of a field after its value: further keys, whose values nobody needs. */
  private endOfField(start: number): number {
    const { bytes } = this;
    let at = skipSpace(bytes, start);
    while (bytes[at] !== CLOSE_BRACE) {
      const key = this.readKey(expectByte(bytes, at, COMMA));
      if (key.name === 'value') throw new JsonBytesError('value twice');
      at = skipSpace(bytes, this.skipValue(skipSpace(bytes, key.end)));
    }
    return at + 1;
  }

  private readValue(at: number, slot: number): number {
    const { bytes } = this;
    const sink = this.sinks[slot] as FieldSink;
    const end = sink.bytes.appendBytes(bytes, at, this.view);
    if (end >= 0) return end;
    const valueEnd = endOfValue(bytes, at);
    const value = parseSlice(bytes, at, valueEnd);
    sink.bytes.flush?.();
    sink.append(value);
    return valueEnd;
  }

  /** Most of an answer is prefixes, so they are compared by words. */
  private startsWith(at: number, { words, rest, length }: ExpectedField): boolean {
    const { bytes, view } = this;
    if (at + length >= bytes.length) return false;
    let next = at;
    for (let word = 0; word < words.length; word++) {
      if (view.getInt32(next, true) !== words[word]) return false;
      next += 4;
    }
    for (let index = 0; index < rest.length; index++) {
      if (bytes[next + index] !== rest[index]) return false;
    }
    return true;
  }

  private skipValue(at: number): number {
    const end = endOfValue(this.bytes, at);
    parseSlice(this.bytes, at, end);
    return end;
  }

  /** A key and the position after its colon. */
  private readKey(start: number): { readonly name: string; readonly end: number } {
    const { bytes } = this;
    const at = skipSpace(bytes, start);
    if (bytes[at] !== QUOTE) throw new JsonBytesError(`no key at ${at}`);
    const end = endOfValue(bytes, at);
    return { name: parseSlice(bytes, at, end) as string, end: expectByte(bytes, end, COLON) };
  }
}

function expectedField(prefix: Uint8Array, slot: number): ExpectedField {
  const { length } = prefix;
  const view = viewOf(prefix);
  const words = Int32Array.from({ length: length >> 2 }, (_, word) => view.getInt32(4 * word, true));
  return { words, rest: prefix.slice(4 * words.length), length, slot };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What to throw for an answer that is not one of GET records. */
export const brokenAnswer = (): UnexpectedValueError =>
  new UnexpectedValueError({ name: 'records', label: 'records', type: 'text', fieldType: 'GET records' });

/** What a reader of pages must know of a page before it is parsed: how many records, and the last one's id. */
export interface PageEdges {
  readonly count: number;
  /** Both blank for a page without records. */
  readonly firstId: string;
  readonly lastId: string;
}

const DOLLAR = 0x24;

/**
 * Counts the records of an answer by their `$id`, which `fields` always asks for. Only dollar signs are
 * looked at, so this costs a small part of parsing. No text can look like a key: quotes within texts are
 * escaped, and a text is never followed by a colon. Throws JsonBytesError for an answer without `$id` that
 * is not an empty list of records: taken for one, a login page would look like an app without records.
 */
export function pageEdges(bytes: Uint8Array): PageEdges {
  let count = 0;
  let first = -1;
  let last = -1;
  for (let at = bytes.indexOf(DOLLAR); at >= 0; at = bytes.indexOf(DOLLAR, at + 1)) {
    if (bytes[at + 1] !== 0x69 || bytes[at + 2] !== 0x64 || bytes[at + 3] !== QUOTE) continue;
    if (bytes[at - 1] !== QUOTE || bytes[skipSpace(bytes, at + 4)] !== COLON) continue;
    count++;
    if (first < 0) first = at;
    last = at;
  }
  if (last < 0) {
    const answer = parseSlice(bytes, 0, bytes.length) as { readonly records?: unknown } | null;
    const records = answer?.records;
    if (!Array.isArray(records) || records.length > 0) throw new JsonBytesError('no records');
    return { count: 0, firstId: '', lastId: '' };
  }
  return { count, firstId: idAt(bytes, first), lastId: idAt(bytes, last) };
}

/** `at` is where the dollar sign of the key stands. */
function idAt(bytes: Uint8Array, at: number): string {
  const start = expectByte(bytes, at + 4, COLON);
  const field = parseSlice(bytes, start, endOfValue(bytes, skipSpace(bytes, start))) as { value?: unknown };
  return String(field.value ?? '');
}
