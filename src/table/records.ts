/** Tables from pages of kintone records, as they arrive. */
import { kindOfType, ObjectColumnBuilder, TextColumnBuilder, TimeLikeColumnBuilder } from './builder';
import { type ByteAppender, ListBytes, NO_BYTES, NumberBytes, TextBytes, TimeBytes } from './byte-appenders';
import { JsonBytesError, parseSlice, QUOTE } from './json-bytes';
import type { KintoneRecord } from './kintone-json';
import { cellFromKintone, UnexpectedValueError } from './kintone-values';
import { NumberColumnBuilder } from './number-builder';
import { brokenAnswer, type FieldSink, RecordBytesReader } from './record-bytes';
import { tableOf } from './table';
import type { Cell, Column, ColumnSpec, Table } from './types';

/** A page of records: as objects, or as the UTF-8 bytes of the answer of GET records. */
export type PageData = { readonly records: readonly KintoneRecord[] } | { readonly bytes: Uint8Array };

/** The records of a page as objects, for the few that are needed as such. Throws UnexpectedValueError. */
export function recordsOfPage(page: PageData): readonly KintoneRecord[] {
  if ('records' in page) return page.records;
  try {
    const { bytes } = page;
    const answer = parseSlice(bytes, 0, bytes.length) as { readonly records: readonly KintoneRecord[] };
    if (Array.isArray(answer.records)) return answer.records;
  } catch (error) {
    if (!(error instanceof JsonBytesError)) throw error;
  }
  throw brokenAnswer();
}

export interface TableBuilder {
  /** Throws UnexpectedValueError when a value does not have the form of its field type; the builder is then of no use. */
  append(records: readonly KintoneRecord[]): void;
  /** The same from an answer that nobody has parsed, several times faster. Throws UnexpectedValueError. */
  appendBytes(answer: Uint8Array): void;
  appendPage(page: PageData): void;
  readonly rowCount: number;
  finish(): Table;
}

/**
 * Collects the fields named by `specs`, with the origin of each row from `$id` and `$revision`. A field
 * that a record does not carry (it may not be viewed, or was added later) is blank.
 */
export function tableBuilder(specs: readonly ColumnSpec[], appId: string): TableBuilder {
  const appenders = specs.map(fieldAppender);
  const ids = new OriginNumbers('$id');
  const revisions = new OriginNumbers('$revision');
  const sinks: readonly FieldSink[] = [...appenders, ids, revisions];
  const reader = new RecordBytesReader(sinks);
  let rowCount = 0;
  const append = (records: readonly KintoneRecord[]): void => {
    // Column by column: each sink then runs hot on one kind of value.
    for (const sink of sinks) {
      sink.bytes.flush?.();
      for (const record of records) sink.append(record[sink.name]?.value);
    }
    rowCount += records.length;
  };
  const appendBytes = (answer: Uint8Array): void => {
    rowCount += reader.read(answer);
  };
  return {
    append,
    appendBytes,
    appendPage(page) {
      if ('bytes' in page) appendBytes(page.bytes);
      else append(page.records);
    },
    get rowCount() {
      return rowCount;
    },
    finish: () =>
      tableOf(
        appenders.map((appender) => appender.finish()),
        rowCount,
        { appId, ids: ids.finish(), revisions: revisions.finish() },
      ),
  };
}

interface FieldAppender extends FieldSink {
  finish(): Column;
}

/** `$id` or `$revision` of every row; 0 for a record that does not say. */
class OriginNumbers implements FieldSink, ByteAppender {
  readonly name: string;
  readonly bytes: ByteAppender = this;
  private values = new Int32Array(512);
  private count = 0;

  constructor(name: string) {
    this.name = name;
  }

  append(value: unknown): void {
    if (this.count === this.values.length) {
      const grown = new Int32Array(2 * this.count);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.count++] = Number(value ?? 0);
  }

  appendBytes(bytes: Uint8Array, at: number): number {
    if (bytes[at] !== QUOTE) return -1;
    let digits = 0;
    for (let next = at + 1; next < at + 11 && next < bytes.length; next++) {
      const byte = bytes[next] as number;
      if (byte === QUOTE && next > at + 1) {
        this.append(digits);
        return next + 1;
      }
      if (byte < 0x30 || byte > 0x39) return -1;
      digits = digits * 10 + (byte - 0x30);
    }
    return -1;
  }

  finish(): Int32Array {
    return this.values.subarray(0, this.count);
  }
}

/** Texts and numbers go into their column without becoming a cell in between; the rest is rarer. */
function fieldAppender(spec: ColumnSpec): FieldAppender {
  const kind = kindOfType(spec.type);
  const { name } = spec;
  if (kind === 'text') {
    const builder = new TextColumnBuilder(spec);
    const append = (value: unknown): void => {
      if (typeof value === 'string') builder.append(value);
      else builder.append(cellFromKintone(spec, value) as string | null);
    };
    return { name, bytes: new TextBytes(builder), append, finish: () => builder.finish() };
  }
  if (kind === 'object') {
    const builder = new ObjectColumnBuilder(spec);
    const toCell = (value: unknown): Cell => cellFromKintone(spec, value);
    const isShared = spec.type === 'choices' || spec.type === 'people';
    return {
      name,
      append: (value) => builder.append(toCell(value)),
      bytes: isShared ? new ListBytes(builder, toCell) : NO_BYTES,
      finish: () => builder.finish(),
    };
  }
  const builder = kind === 'number' ? numberAppender(spec) : timeAppender(spec, kind);
  const append = (value: unknown): void => {
    const text = value ?? '';
    if (typeof text === 'string' && builder.appendText(text)) return;
    builder.append(cellFromKintone(spec, value));
  };
  return { name, bytes: builder.bytes, append, finish: builder.finish };
}

interface ScalarAppender {
  readonly bytes: ByteAppender;
  appendText(text: string): boolean;
  append(cell: Cell): void;
  finish(): Column;
}

function numberAppender(spec: ColumnSpec): ScalarAppender {
  const builder = new NumberColumnBuilder(spec);
  return {
    bytes: new NumberBytes(builder),
    appendText: (text) => builder.appendText(text),
    append(cell) {
      if (cell !== null && (typeof cell === 'string' || !('coefficient' in cell))) {
        throw new UnexpectedValueError(spec);
      }
      builder.append(cell);
    },
    finish: () => builder.finish(),
  };
}

function timeAppender(spec: ColumnSpec, kind: 'date' | 'time' | 'datetime'): ScalarAppender {
  const builder = new TimeLikeColumnBuilder(spec, kind);
  return {
    bytes: new TimeBytes(builder, kind),
    appendText: (text) => builder.appendText(text),
    append(cell) {
      if (cell !== null && typeof cell !== 'string') throw new UnexpectedValueError(spec);
      builder.append(cell);
    },
    finish: () => builder.finish(),
  };
}
