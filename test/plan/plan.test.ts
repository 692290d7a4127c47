import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutputRows } from '../../src/commands/types';
import { FailureError } from '../../src/definition/errors';
import {
  applyOverlay,
  batchAt,
  batchCounts,
  flowRequests,
  isComputedByKintone,
  nextRequestCount,
  type OutputPlan,
  planCounts,
  planOutput,
  rowsToWrite,
  type StoredPrecision,
} from '../../src/plan';
import {
  cellAt,
  cellToText,
  columnFromCells,
  columnSpecOfField,
  type KintoneFields,
  type KintoneRecord,
  parseDecimal,
  type Table,
  tableBuilder,
  tableOf,
} from '../../src/table';

const field = (type: string, code: string, extra: object = {}) => ({ type, code, label: code, ...extra });

const FIELDS: KintoneFields = {
  key: field('SINGLE_LINE_TEXT', 'key'),
  month: field('DATE', 'month'),
  total: field('NUMBER', 'total'),
  state: field('DROP_DOWN', 'state', {
    options: { a: { label: 'a', index: '0' }, b: { label: 'b', index: '1' } },
    defaultValue: 'a',
  }),
  tags: field('CHECK_BOX', 'tags', {
    options: { x: { label: 'x', index: '0' }, y: { label: 'y', index: '1' } },
  }),
  lines: field('SUBTABLE', 'lines', {
    fields: {
      item: field('SINGLE_LINE_TEXT', 'item'),
      qty: field('NUMBER', 'qty'),
      memo: field('SINGLE_LINE_TEXT', 'memo'),
    },
  }),
  computed: field('CALC', 'computed', { expression: 'total * 2' }),
  copied: field('SINGLE_LINE_TEXT', 'copied'),
  lookup: field('SINGLE_LINE_TEXT', 'lookup', {
    lookup: { fieldMappings: [{ field: 'copied', relatedField: 'x' }] },
  }),
};

const PRECISION: StoredPrecision = { digits: 16, decimalPlaces: 4, rounding: 'halfEven' };

type Row = Readonly<Record<string, unknown>>;

const spec = (code: string) => {
  const found = columnSpecOfField(FIELDS[code] ?? field('', code));
  if (found === null) throw new Error(code);
  return found;
};

/** Records as the output app holds them. */
function current(rows: readonly Row[], codes: readonly string[]): Table {
  const builder = tableBuilder(codes.map(spec), '20');
  builder.append(
    rows.map(
      (row, index): KintoneRecord => ({
        $id: { value: String(index + 1) },
        $revision: { value: String(index + 7) },
        ...Object.fromEntries(
          codes.map((code) => [code, { type: FIELDS[code]?.type ?? '', value: row[code] ?? '' }]),
        ),
      }),
    ),
  );
  return builder.finish();
}

/** Rows of a result: the same shapes, without record ids. */
function result(
  rows: readonly Row[],
  codes: readonly string[],
  change: Partial<OutputRows> = {},
): OutputRows {
  const { columns, rowCount } = current(rows, codes);
  return {
    place: { flowId: 'f', commandId: 'out' },
    app: { appId: '20' },
    mode: 'upsert',
    keys: ['key'],
    mapping: codes.map((code) => ({ from: code, to: code })),
    table: tableOf(columns, rowCount),
    ...change,
  };
}

const plan = (output: OutputRows, rows: readonly Row[], codes: readonly string[]): OutputPlan =>
  planOutput(output, current(rows, codes), FIELDS, PRECISION);

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
  return 'no failure';
};

describe('planOutput', () => {
  const now = [
    { key: 'A', total: '1' },
    { key: 'B', total: '2.50' },
  ];
  const codes = ['key', 'total'];

  it('plans only what really changes, by value', () => {
    const wanted = result(
      [
        { key: 'B', total: '2.5' },
        { key: 'A', total: '5' },
        { key: 'C', total: '7' },
      ],
      codes,
    );
    expect(plan(wanted, now, codes)).toMatchObject({
      adds: [{ fields: { key: { value: 'C' }, total: { value: '7' } } }],
      updates: [
        {
          recordId: '1',
          revision: '7',
          fields: { total: { value: '5' } },
          before: { total: { value: '1' } },
          label: 'A',
        },
      ],
      unchanged: 1,
      unmatched: 0,
    });
  });

  it('update without insert leaves unmatched rows unwritten and counts them', () => {
    const wanted = result(
      [
        { key: 'A', total: '5' },
        { key: 'Z', total: '7' },
      ],
      codes,
      { mode: 'update' },
    );
    expect(plan(wanted, now, codes)).toMatchObject({ adds: [], unmatched: 1, updates: [{ recordId: '1' }] });
  });

  it('append adds every row and compares nothing', () => {
    const wanted = result(now, codes, { mode: 'append', keys: [] });
    expect(plan(wanted, [], codes)).toMatchObject({ updates: [], unchanged: 0 });
    expect(plan(wanted, [], codes).adds).toHaveLength(2);
  });

  it('compares numbers as the app stores them, so an average does not change on every run', () => {
    const wanted = result([{ key: 'A', total: '0.33335' }], codes);
    expect(plan(wanted, [{ key: 'A', total: '0.3334' }], codes)).toMatchObject({ unchanged: 1, updates: [] });
  });

  it('refuses a number the app cannot hold, before anything is sent', () => {
    expect(codeOf(() => plan(result([{ key: 'A', total: '1234567890123' }], codes), [], codes))).toBe(
      'numberTooLong',
    );
  });

  it.each([
    [
      'duplicateKeyInResult',
      [
        { key: 'A', total: '1' },
        { key: 'A', total: '2' },
      ],
      now,
    ],
    ['duplicateKeyInApp', [{ key: 'A', total: '1' }], [{ key: 'A' }, { key: 'A' }]],
    ['blankKey', [{ key: '', total: '1' }], now],
  ])('%s is an error, never "last wins"', (code, rows, records) => {
    expect(codeOf(() => plan(result(rows, codes), records, codes))).toBe(code);
  });

  it('duplicates among records that the result does not touch are nobody’s business', () => {
    expect(
      plan(result([{ key: 'B', total: '2.5' }], codes), [{ key: 'A' }, { key: 'A' }, ...now.slice(1)], codes),
    ).toMatchObject({
      unchanged: 1,
    });
  });

  it('several keys make one: their parts do not run into each other', () => {
    const both = ['key', 'month', 'total'];
    const records = [
      { key: 'A', month: '2026-01-01', total: '1' },
      { key: 'A', month: '2026-02-01', total: '2' },
    ];
    const wanted = result([{ key: 'A', month: '2026-02-01', total: '9' }], both, { keys: ['key', 'month'] });
    expect(plan(wanted, records, both).updates.map((update) => update.recordId)).toEqual(['2']);
  });

  it('choices are sets, blank is blank', () => {
    const some = ['key', 'tags', 'state'];
    const records = [{ key: 'A', tags: ['x', 'y'], state: null }];
    expect(plan(result([{ key: 'A', tags: ['y', 'x'], state: '' }], some), records, some)).toMatchObject({
      unchanged: 1,
    });
  });

  it('a table keeps row ids and the inner fields that the output does not feed', () => {
    const rows = ['key', 'lines'];
    const line = (id: string, item: string, qty: string, memo: string) => ({
      id,
      value: { item: { value: item }, qty: { value: qty }, memo: { value: memo } },
    });
    const inner = {
      ...spec('lines'),
      columns: (spec('lines').columns ?? []).filter((column) => column.name !== 'memo'),
    };
    const wantedRows = [
      { id: null, cells: ['pen', parseDecimal('2.0')] },
      { id: null, cells: ['ink', parseDecimal('4')] },
    ];
    const output: OutputRows = {
      ...result([{ key: 'A' }], ['key']),
      mapping: [
        { from: 'key', to: 'key' },
        { from: 'lines', to: 'lines' },
      ],
      table: tableOf([columnFromCells(spec('key'), ['A']), columnFromCells(inner, [wantedRows])], 1),
    };
    const same = [{ key: 'A', lines: [line('31', 'pen', '2', 'keep'), line('32', 'ink', '4', '')] }];
    expect(plan(output, same, rows)).toMatchObject({ unchanged: 1, updates: [] });
    const other = [{ key: 'A', lines: [line('31', 'pen', '1', 'keep')] }];
    expect(plan(output, other, rows).updates[0]?.fields['lines']).toEqual({
      value: [
        { id: '31', value: { item: { value: 'pen' }, qty: { value: '2' } } },
        { value: { item: { value: 'ink' }, qty: { value: '4' } } },
      ],
    });
  });
});

describe('plan laws', () => {
  const codes = ['key', 'total', 'state'];
  const row = fc.record({
    key: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
    total: fc.oneof(
      fc.constant(''),
      fc.integer({ min: -999, max: 999 }).map((n) => String(n / 100)),
    ),
    state: fc.constantFrom('', 'a', 'b'),
  });
  const rows = fc.uniqueArray(row, { selector: (one) => one.key });
  const texts = (table: Table): string[] =>
    Array.from({ length: table.rowCount }, (_unused, index) =>
      table.columns.map((column) => cellToText(column.spec.type, cellAt(column, index))).join('|'),
    ).sort();

  it('what is written makes the app equal to the result, and planning again finds nothing', () => {
    fc.assert(
      fc.property(rows, rows, (before, wanted) => {
        const output = result(wanted, codes);
        const table = current(before, codes);
        const first = planOutput(output, table, FIELDS, PRECISION);
        const after = applyOverlay(table, [first], FIELDS);
        const untouched = current(
          before.filter((one) => !wanted.some((other) => other.key === one.key)),
          codes,
        );
        expect(texts(after)).toEqual([...texts(current(wanted, codes)), ...texts(untouched)].sort());
        const second = planOutput(output, after, FIELDS, PRECISION);
        expect([second.adds, second.updates, second.unchanged]).toEqual([[], [], wanted.length]);
      }),
    );
  });

  it('batches hold every row once, within kintone’s limits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 30 }), (count, size) => {
        const output: OutputPlan = {
          ...planOutput(result([], codes), current([], codes), FIELDS, PRECISION),
          adds: Array.from({ length: count }, (_unused, index) => ({ fields: { key: { value: index } } })),
        };
        const requests = flowRequests({ flowId: 'f', outputs: [output] });
        const seen: unknown[] = [];
        for (let next = 0; next < requests.length; ) {
          const batch = batchAt('f', requests, next, size);
          expect(batch.requests.length).toBeLessThanOrEqual(19);
          for (const request of batch.requests) {
            expect(request.rows.length).toBeLessThanOrEqual(100);
            expect(request.source.firstRow).toBe(seen.length);
            seen.push(...request.rows);
          }
          expect(batchCounts(batch).added).toBe(batch.rowCount);
          next += batch.requests.length;
        }
        expect(seen).toEqual(output.adds);
        expect(rowsToWrite(planCounts([{ flowId: 'f', outputs: [output] }]))).toBe(count);
      }),
      { numRuns: 30 },
    );
  });
});

describe('commit size', () => {
  it.each([
    [19, true, null, 19],
    [20, true, null, 1],
    [25, true, null, 6],
    [26, true, null, 3],
    [20, false, { count: 3, ms: 1_000 }, 15],
    [20, false, { count: 3, ms: 0 }, 19],
    [50, false, { count: 12, ms: 500 }, 19],
    [50, false, { count: 8, ms: 20_000 }, 2],
    [50, false, { count: 8, ms: 5_000 }, 8],
    [50, false, { count: 1, ms: 60_000 }, 1],
  ])('%i requests left, whole %s, last %o: %i', (remaining, isWhole, last, expected) => {
    expect(nextRequestCount(remaining, isWhole, last)).toBe(expected);
  });

  it('takes the least commits or one more where kintone is quick', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 0, max: 150 }),
        (total, msPerRequest) => {
          let commits = 0;
          let last: { count: number; ms: number } | null = null;
          for (let written = 0; written < total; commits += 1) {
            const wanted = nextRequestCount(total - written, written === 0, last);
            const count = Math.min(wanted, total - written);
            last = { count, ms: count * msPerRequest };
            written += count;
          }
          expect(commits).toBeLessThanOrEqual(Math.ceil(total / 19) + (total <= 19 ? 0 : 1));
        },
      ),
    );
  });
});

describe('overlay', () => {
  it('knows what only kintone can compute', () => {
    expect(Object.keys(FIELDS).filter((code) => isComputedByKintone(code, FIELDS))).toEqual([
      'computed',
      'copied',
    ]);
  });

  it('added records get the form’s defaults for fields that are not sent', () => {
    const output = planOutput(
      result([{ key: 'N', total: '1' }], ['key', 'total']),
      current([], ['key', 'total']),
      FIELDS,
      PRECISION,
    );
    const table = applyOverlay(current([], ['key', 'state', 'total']), [output], FIELDS);
    expect(table.columns.map((column) => cellToText(column.spec.type, cellAt(column, 0)))).toEqual([
      'N',
      'a',
      '1',
    ]);
  });
});
