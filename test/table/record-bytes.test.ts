import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt } from '../../src/table/column';
import { JsonBytesError } from '../../src/table/json-bytes';
import type { KintoneRecord } from '../../src/table/kintone-json';
import { UnexpectedValueError } from '../../src/table/kintone-values';
import { pageEdges } from '../../src/table/record-bytes';
import { tableBuilder } from '../../src/table/records';
import type { ColumnSpec, Table } from '../../src/table/types';
import { specOf } from './arbitraries';

const SPECS: readonly ColumnSpec[] = [
  specOf('text', '品名'),
  specOf('text', 'memo'),
  specOf('number', 'price'),
  specOf('number', 'hours'),
  specOf('date', 'day'),
  specOf('time', 'clock'),
  specOf('datetime', 'moment'),
  specOf('choice', 'status'),
  specOf('choices', 'tags'),
  specOf('people', 'owner'),
  specOf('people', 'creator'),
  specOf('files', 'files'),
  specOf('table', 'lines', { columns: [specOf('text', 'item'), specOf('number', 'qty')] }),
];

const texts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('', 'a', 'ab', 'あ', '😀', '\ufeffbom', '東京都千代田区丸の内一丁目'),
  },
  { weight: 2, arbitrary: fc.constantFrom('"quoted"', 'back\\slash', 'two\nlines', '\u0000', '\ud800', '/') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);
const numberTexts = fc.oneof(
  fc.constantFrom('', '0', '-0', '1.50', '-1.5', '000', '.5', '5.', '1e3', ' 7 ', '-', '1.2.3', '--1', '.'),
  fc.integer().map(String),
  fc.tuple(fc.integer(), fc.nat({ max: 10 ** 9 })).map(([whole, part]) => `${whole}.${part}`),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
);
const people = fc.constantFrom('a', 'b', '山田', 'x"y').map((code) => ({ code, name: `${code} さん` }));
const files = fc.record({
  fileKey: texts,
  name: texts,
  contentType: fc.constant('a/b'),
  size: fc.constant('1'),
});
const blankOr = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 8 });

const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  品名: blankOr(texts),
  memo: blankOr(fc.oneof(texts, fc.integer())),
  price: blankOr(fc.oneof(numberTexts, fc.integer())),
  hours: fc.constantFrom('1:30', '-0:05', '12', '', null),
  day: fc.constantFrom('2024-02-29', '0001-01-01', '9999-12-31', '', null, '2023-02-28'),
  clock: fc.constantFrom('00:00', '23:59', '', null),
  moment: fc.constantFrom(
    '2024-02-29T09:30:00Z',
    '9999-12-31T23:59:59Z',
    '2024-01-01T00:00Z',
    '2024-01-01T09:00:00+09:00',
    '2024-01-01T09:00:00.123Z',
    '',
    null,
  ),
  status: fc.constantFrom('未処理', '完了', null, ''),
  tags: fc.oneof(fc.constant([]), fc.subarray(['x', 'y', 'z"', '\u00e9'])),
  owner: fc.array(people, { maxLength: 3 }),
  creator: people,
  files: fc.array(files, { maxLength: 2 }),
  lines: fc.array(
    fc.record({
      id: fc.nat().map(String),
      value: fc.record({
        item: texts.map((value) => ({ type: 'SINGLE_LINE_TEXT', value })),
        qty: fc.constantFrom('1', '', '2.5').map((value) => ({ type: 'NUMBER', value })),
      }),
    }),
    { maxLength: 3 },
  ),
  $id: fc.integer({ min: 0, max: 2 ** 31 - 1 }).map(String),
  $revision: fc.nat({ max: 1000 }).map(String),
  unknown: fc.jsonValue(),
};

/** A record with its fields in any order, some missing, some nobody asked for. */
const records = fc
  .tuple(fc.record(VALUES, { requiredKeys: [] }), fc.boolean(), fc.infiniteStream(fc.nat()))
  .map(([values, isShuffled, numbers]): KintoneRecord => {
    const entries = Object.entries(values).map(([code, value]) => [code, { type: 'T', value }] as const);
    if (!isShuffled) return Object.fromEntries(entries);
    const keyed = entries.map((entry) => ({ entry, key: numbers.next().value as number }));
    return Object.fromEntries(keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry));
  });

/** JSON text of an answer; `style` decides about spaces, escapes and the order of keys within fields. */
function answerText(page: readonly KintoneRecord[], style: number): string {
  const answer = { records: page, totalCount: null };
  const turned = { totalCount: '5', records: page.map((record) => reversedFields(record)) };
  const text = JSON.stringify(style & 1 ? turned : answer, null, style & 2 ? 1 : 0);
  if (!(style & 4)) return text;
  // Every letter of a text may be written as an escape, in keys too.
  let letters = 0;
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (literal) =>
    literal.replaceAll(/\\u[\da-f]{4}|\\.|[a-z$あ品]/g, (part) =>
      part.length === 1 && letters++ % 3 === 0
        ? `\\u${part.charCodeAt(0).toString(16).padStart(4, '0')}`
        : part,
    ),
  );
}

const reversedFields = (record: KintoneRecord) =>
  Object.fromEntries(
    Object.entries(record).map(([code, { type, value }]) => [code, { value, more: [1, { a: '}' }], type }]),
  );

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** All cells and origins, or the name of what went wrong. */
function outcome(build: () => Table): unknown {
  try {
    const table = build();
    return {
      cells: Array.from({ length: table.rowCount }, (_, row) =>
        table.columns.map((column) => cellAt(column, row)),
      ),
      ids: [...(table.origin?.ids ?? [])],
      revisions: [...(table.origin?.revisions ?? [])],
      dictionaries: table.columns.map((column) =>
        column.kind === 'text' ? new Set(column.dictionary).size === column.dictionary.length : true,
      ),
    };
  } catch (error) {
    if (error instanceof UnexpectedValueError) return 'refused';
    throw error;
  }
}

function fromObjects(pages: readonly string[], specs = SPECS): Table {
  const builder = tableBuilder(specs, '1');
  for (const page of pages) builder.append((JSON.parse(page) as { records: KintoneRecord[] }).records);
  return builder.finish();
}

function fromBytes(pages: readonly Uint8Array[], specs = SPECS): Table {
  const builder = tableBuilder(specs, '1');
  for (const page of pages) builder.appendBytes(page);
  return builder.finish();
}

describe('records as bytes', () => {
  const pageArbitrary = fc.tuple(fc.array(records, { maxLength: 6 }), fc.nat({ max: 7 }));

  it('give the table that the same records as objects give', () => {
    fc.assert(
      fc.property(fc.array(pageArbitrary, { minLength: 1, maxLength: 3 }), (pages) => {
        const answers = pages.map(([page, style]) => answerText(page, style));
        expect(outcome(() => fromBytes(answers.map(bytesOf)))).toEqual(outcome(() => fromObjects(answers)));
      }),
      { numRuns: 150 },
    );
  });

  it('mix with pages of objects', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(pageArbitrary, fc.boolean()), { maxLength: 4 }), (pages) => {
        const answers = pages.map(([[page, style]]) => answerText(page, style));
        const mixed = (): Table => {
          const builder = tableBuilder(SPECS, '1');
          pages.forEach(([, isBytes], index) => {
            const text = answers[index] as string;
            if (isBytes) builder.appendPage({ bytes: bytesOf(text) });
            else builder.appendPage(JSON.parse(text) as { records: KintoneRecord[] });
          });
          return builder.finish();
        };
        expect(outcome(mixed)).toEqual(outcome(() => fromObjects(answers)));
      }),
      { numRuns: 40 },
    );
  });

  it('keep texts distinct over thousands of values and pages', () => {
    const specs = [specOf('text', 't')];
    const page = (from: number): string =>
      JSON.stringify({
        records: Array.from({ length: 500 }, (_, index) => {
          const id = String(from + index + 1);
          const value =
            index % 3 === 0
              ? `名前${(from + index) % 700}`
              : `key-${from + index}${index === 250 ? '\n' : ''}`;
          return { $id: { type: '__ID__', value: id }, t: { type: 'SINGLE_LINE_TEXT', value } };
        }),
      });
    const pages = [0, 500, 1000, 1500, 0].map(page);
    expect(outcome(() => fromBytes(pages.map(bytesOf), specs))).toEqual(
      outcome(() => fromObjects(pages, specs)),
    );
  });

  it('cut off anywhere are refused', () => {
    fc.assert(
      fc.property(pageArbitrary, fc.nat(), ([page, style], cut) => {
        const bytes = bytesOf(answerText(page, style));
        expect(outcome(() => fromBytes([bytes.subarray(0, cut % bytes.length)]))).toBe('refused');
      }),
      { numRuns: 100 },
    );
  });

  it('with bytes changed give the right table or none', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(
        pageArbitrary,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        ([page, style], changes) => {
          const bytes = bytesOf(answerText(page, style));
          for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
          const found = outcome(() => fromBytes([bytes]));
          if (found === 'refused') return;
          const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
          expect(found).toEqual(outcome(() => fromObjects([text])));
        },
      ),
      { numRuns: 250 },
    );
  });

  it.each([
    ['nothing', ''],
    ['no object', '[]'],
    ['no records', '{"totalCount":"0"}'],
    ['records twice', '{"records":[],"records":[]}'],
    ['more after the end', '{"records":[]} x'],
    ['a field twice', '{"records":[{"memo":{"value":"a"},"memo":{"value":"b"}}]}'],
    ['a value twice', '{"records":[{"memo":{"value":"a","value":"b"}}]}'],
    ['a control character in a text', '{"records":[{"memo":{"value":"a\u0001"}}]}'],
    ['a bare word', '{"records":[{"memo":{"value":nulL}}]}'],
    ['a bad value nobody asked for', '{"records":[{"other":{"value":[1,}]}}]}'],
    ['a comma too many', '{"records":[{"memo":{"value":"a"},}]}'],
    ['a missing comma', '{"records":[{"memo":{"value":"a"}}{"memo":{"value":"a"}}]}'],
    ['a date that does not exist', '{"records":[{"day":{"value":"2023-02-29"}}]}'],
    ['a number that is none', '{"records":[{"price":{"value":"12a"}}]}'],
  ])('refuse %s', (_name, text) => {
    expect(outcome(() => fromBytes([bytesOf(text)]))).toBe('refused');
  });

  it('refuse bytes that are not UTF-8', () => {
    const bytes = bytesOf('{"records":[{"memo":{"value":"a?"}}]}');
    bytes[bytes.indexOf(0x3f)] = 0xff;
    expect(outcome(() => fromBytes([bytes]))).toBe('refused');
  });
});

describe('pageEdges', () => {
  it.each(['', '<!doctype html><title>login</title>', 'null', '{}', '{"records":[{}]}', '{"records":[]'])(
    'refuses what is no answer of records: %s',
    (text) => {
      expect(() => pageEdges(bytesOf(text))).toThrow(JsonBytesError);
    },
  );

  it('counts records and finds the first and the last id, whatever the texts say', () => {
    const arbitrary = fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('$id', '"$id":', '{"$id":{"value":"9"}}', '\\"$id":', '$$', '')),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(arbitrary, fc.boolean(), fc.boolean(), (rows, isLast, hasSpaces) => {
        const page = rows.map(([id, text]): KintoneRecord => {
          const own = { $id: { type: '__ID__', value: String(id) } };
          const other = { t: { type: 'T', value: text }, u: { type: 'T', value: [{ code: text }] } };
          return isLast ? { ...other, ...own } : { ...own, ...other };
        });
        const bytes = bytesOf(JSON.stringify({ records: page }, null, hasSpaces ? 2 : 0));
        expect(pageEdges(bytes)).toEqual({
          count: rows.length,
          firstId: rows.length === 0 ? '' : String(rows[0]?.[0]),
          lastId: rows.length === 0 ? '' : String(rows.at(-1)?.[0]),
        });
      }),
    );
  });
});
