/** Tables from pages of kintone records, as they arrive. */
import { kindOfType, ObjectColumnBuilder, TextColumnBuilder, TimeLikeColumnBuilder } from './builder';
import type { KintoneRecord } from './kintone-json';
import { cellFromKintone, UnexpectedValueError } from './kintone-values';
import { NumberColumnBuilder } from './number-builder';
import { tableOf } from './table';
import type { Cell, Column, ColumnSpec, Table } from './types';

export interface TableBuilder {
  /** Throws UnexpectedValueError when a value does not have the form of its field type. */
  append(records: readonly KintoneRecord[]): void;
  readonly rowCount: number;
  finish(): Table;
}

/**
 * Collects the fields named by `specs`, with the origin of each row from `$id` and `$revision`. A field
 * that a record does not carry (it may not be viewed, or was added later) is blank.
 */
export function tableBuilder(specs: readonly ColumnSpec[], appId: string): TableBuilder {
  const appenders = specs.map(fieldAppender);
  let ids = new Int32Array(512);
  let revisions = new Int32Array(512);
  let rowCount = 0;
  return {
    append(records) {
      // Column by column: each appender then runs hot on one kind of value.
      for (const appender of appenders) {
        const { name } = appender;
        for (const record of records) appender.append(record[name]?.value);
      }
      if (rowCount + records.length > ids.length) {
        const size = Math.max(2 * ids.length, rowCount + records.length);
        ids = grown(ids, size);
        revisions = grown(revisions, size);
      }
      for (const record of records) {
        ids[rowCount] = Number(record['$id']?.value ?? 0);
        revisions[rowCount] = Number(record['$revision']?.value ?? 0);
        rowCount++;
      }
    },
    get rowCount() {
      return rowCount;
    },
    finish() {
      const origin = { appId, ids: ids.slice(0, rowCount), revisions: revisions.slice(0, rowCount) };
      return tableOf(
        appenders.map((appender) => appender.finish()),
        rowCount,
        origin,
      );
    },
  };
}

interface FieldAppender {
  readonly name: string;
  append(value: unknown): void;
  finish(): Column;
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
    return { name, append, finish: () => builder.finish() };
  }
  if (kind === 'object') {
    const builder = new ObjectColumnBuilder(spec);
    return {
      name,
      append: (value) => builder.append(cellFromKintone(spec, value)),
      finish: () => builder.finish(),
    };
  }
  const builder = kind === 'number' ? numberAppender(spec) : timeAppender(spec, kind);
  const append = (value: unknown): void => {
    const text = value ?? '';
    if (typeof text === 'string' && builder.appendText(text)) return;
    builder.append(cellFromKintone(spec, value));
  };
  return { name, append, finish: builder.finish };
}

interface ScalarAppender {
  appendText(text: string): boolean;
  append(cell: Cell): void;
  finish(): Column;
}

function numberAppender(spec: ColumnSpec): ScalarAppender {
  const builder = new NumberColumnBuilder(spec);
  return {
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
    appendText: (text) => builder.appendText(text),
    append(cell) {
      if (cell !== null && typeof cell !== 'string') throw new UnexpectedValueError(spec);
      builder.append(cell);
    },
    finish: () => builder.finish(),
  };
}

function grown(values: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(values);
  return larger;
}
