import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutputMode } from '../../src/commands/types';
import { applyOverlay, isComputedByKintone, overlayOf } from '../../src/plan';
import type { KintoneFields } from '../../src/table';
import { failureOf, planned, type Row, recordsOf, resultOf, shown, textsOf } from './support';

const field = (type: string, code: string, extra: object = {}) => ({ type, code, label: code, ...extra });

const FIELDS: KintoneFields = {
  key: field('SINGLE_LINE_TEXT', 'key'),
  qty: field('NUMBER', 'qty'),
  month: field('DATE', 'month'),
  memo: field('SINGLE_LINE_TEXT', 'memo'),
  twice: field('CALC', 'twice', { format: 'NUMBER', expression: 'qty*2' }),
  who: field('CREATOR', 'who'),
};
const CODES = ['key', 'qty'];

const result = (mode: OutputMode, rows: readonly Row[], keys: readonly string[] = ['key']) =>
  resultOf(FIELDS, CODES, rows, { mode, keys });

const APP = [
  { key: 'A', qty: '1', memo: 'old', who: { code: 'u1', name: 'User One' } },
  { key: 'Z', qty: '9', memo: 'gone', twice: '18' },
];

describe('modes (case A3)', () => {
  const rows = [
    { key: 'A', qty: '5' },
    { key: 'B', qty: '7' },
  ];
  it.each<[OutputMode, readonly string[]]>([
    ['upsert', ['update 1 qty=5', 'add key=B qty=7', 'unchanged 0 unmatched 0']],
    ['update', ['update 1 qty=5', 'unchanged 0 unmatched 1']],
    ['append', ['add key=A qty=5', 'add key=B qty=7', 'unchanged 0 unmatched 0']],
    ['regenerate', ['update 1 qty=5', 'add key=B qty=7', 'delete 2', 'unchanged 0 unmatched 0']],
    ['sync', ['update 1 qty=5', 'add key=B qty=7', 'delete 2', 'unchanged 0 unmatched 0']],
    ['delete', ['delete 1', 'unchanged 0 unmatched 1']],
  ])('%s', (mode, expected) => {
    const keys = mode === 'append' ? [] : ['key'];
    expect(shown(planned(result(mode, rows, keys), FIELDS, APP))).toEqual(expected);
  });

  it('an empty result deletes everything with regenerate and sync, nothing otherwise', () => {
    expect(shown(planned(result('regenerate', []), FIELDS, APP))).toContain('delete 2');
    expect(shown(planned(result('sync', []), FIELDS, APP))).toContain('delete 1');
    expect(shown(planned(result('delete', []), FIELDS, APP))).toEqual(['unchanged 0 unmatched 0']);
  });

  it('a deletion keeps every field as it was, for people and for undo', () => {
    const plan = planned(result('delete', [{ key: 'A', qty: '' }]), FIELDS, APP);
    expect(plan.deletes).toEqual([
      {
        recordId: '1',
        revision: '11',
        label: 'A',
        before: {
          key: { value: 'A' },
          qty: { value: '1' },
          month: { value: null },
          memo: { value: 'old' },
          twice: { value: '' },
          who: { value: { code: 'u1', name: 'User One' } },
        },
      },
    ]);
  });

  it('sync deletes only within the condition, and still updates outside of it', () => {
    const app = [
      { key: 'A', qty: '1', month: '2026-11-01' },
      { key: 'B', qty: '2', month: '2026-11-01' },
      { key: 'C', qty: '3', month: '2026-10-01' },
      { key: 'D', qty: '4', month: '2026-10-01' },
    ];
    const rows = [
      { key: 'A', qty: '1' },
      { key: 'C', qty: '8' },
    ];
    const deleteWithin = {
      join: 'all' as const,
      conditions: [{ field: 'month', operator: '=' as const, values: ['2026-11-01'] }],
    };
    expect(shown(planned({ ...result('sync', rows), deleteWithin }, FIELDS, app))).toEqual([
      'update 3 qty=8',
      'delete 2',
      'unchanged 1 unmatched 0',
    ]);
  });

  it.each<OutputMode>(['update', 'upsert', 'sync', 'regenerate', 'delete'])(
    '%s: blank keys stop the run, or are left out and counted',
    (mode) => {
      const output = result(mode, [{ key: '', qty: '5' }]);
      expect(failureOf(() => planned(output, FIELDS, []))).toContain('blankKey');
      const plan = planned({ ...output, blankKeys: 'skip' }, FIELDS, []);
      expect(shown(plan)).toEqual(['unchanged 0 unmatched 0']);
      expect(plan.reports).toMatchObject([{ code: 'blankKeysSkipped', count: 1 }]);
    },
  );

  it.each<[OutputMode, 'first' | 'last', readonly string[]]>([
    ['upsert', 'first', ['update 1 qty=5', 'add key=B qty=7', 'unchanged 0 unmatched 0']],
    ['upsert', 'last', ['update 1 qty=6', 'add key=B qty=8', 'unchanged 0 unmatched 0']],
    ['update', 'last', ['update 1 qty=6', 'unchanged 0 unmatched 1']],
    ['sync', 'first', ['update 1 qty=5', 'add key=B qty=7', 'delete 2', 'unchanged 0 unmatched 0']],
    ['regenerate', 'last', ['update 1 qty=6', 'add key=B qty=8', 'delete 2', 'unchanged 0 unmatched 0']],
    ['delete', 'first', ['delete 1', 'unchanged 0 unmatched 1']],
  ])(
    '%s: of rows with the same key, the %s counts, and the others are told',
    (mode, duplicateKeys, expected) => {
      const rows = [
        { key: 'A', qty: '5' },
        { key: 'B', qty: '7' },
        { key: 'A', qty: '6' },
        { key: 'B', qty: '8' },
      ];
      const output = result(mode, rows);
      expect(failureOf(() => planned(output, FIELDS, APP))).toContain('duplicateKeyInResult');
      const plan = planned({ ...output, duplicateKeys }, FIELDS, APP);
      expect(shown(plan)).toEqual(expected);
      expect(plan.reports).toEqual([
        {
          code: 'duplicateKeysSkipped',
          params: { keys: ['key'], values: ['A', 'B'] },
          place: { flowId: 'f', commandId: 'out', appId: '20' },
          count: 2,
        },
      ]);
      // Two records of the app with one key are never chosen between.
      const twice = [...APP, { key: 'A', qty: '3' }];
      expect(failureOf(() => planned({ ...output, duplicateKeys }, FIELDS, twice))).toContain(
        'duplicateKeyInApp',
      );
    },
  );

  it('added records come in the wanted order, updates stay where they are (case A4)', () => {
    const rows = ['C', 'A', 'B'].map((key) => ({ key, qty: '5' }));
    const output = { ...result('upsert', rows), addOrder: Int32Array.of(1, 2, 0) };
    expect(shown(planned(output, FIELDS, APP)).filter((line) => line.startsWith('add'))).toEqual([
      'add key=B qty=5',
      'add key=C qty=5',
    ]);
  });
});

describe('laws of regenerate and sync', () => {
  const row = fc.record({
    key: fc.constantFrom('A', 'B', 'C', 'D'),
    qty: fc.constantFrom('', '1', '1.0', '2', '3'),
    memo: fc.constantFrom('', 'm'),
  });
  const many = fc.array(row, { maxLength: 12 });
  const unique = fc.uniqueArray(row, { selector: (one) => one.key });

  it('without keys: equal rows are untouched as multisets, and the app ends up as the result', () => {
    fc.assert(
      fc.property(many, many, (app, rows) => {
        const plan = planned(result('regenerate', rows, []), FIELDS, app);
        const number = (one: Row): string => `${one['key']}|${one['qty'] === '1.0' ? '1' : one['qty']}`;
        const left = app.map(number);
        let untouched = 0;
        for (const wanted of rows.map(number)) {
          const at = left.indexOf(wanted);
          if (at < 0) continue;
          left.splice(at, 1);
          untouched += 1;
        }
        expect([plan.unchanged, plan.updates.length, plan.deletes.length]).toEqual([
          untouched,
          0,
          left.length,
        ]);
        const after = applyOverlay(recordsOf(FIELDS, app), [plan], FIELDS);
        expect(textsOf(after, CODES)).toEqual(rows.map(number).sort());
      }),
    );
  });

  it('with keys: the app ends up as the result, and a second time nothing is left to do', () => {
    fc.assert(
      fc.property(unique, unique, fc.constantFrom<OutputMode>('regenerate', 'sync'), (app, rows, mode) => {
        const output = result(mode, rows);
        const plan = planned(output, FIELDS, app);
        expect(plan.updates.length + plan.unchanged + plan.adds.length).toBe(rows.length);
        expect(plan.updates.length + plan.unchanged + plan.deletes.length).toBe(app.length);
        const after = applyOverlay(recordsOf(FIELDS, app), [plan], FIELDS);
        const wanted = textsOf(recordsOf(FIELDS, rows), CODES);
        expect(textsOf(after, CODES)).toEqual(wanted);
      }),
    );
  });

  it('a hundred thousand rows are compared in one go', () => {
    const rows = Array.from({ length: 100_000 }, (_unused, index) => ({ key: `k${index}`, qty: '1' }));
    const plan = planned(result('regenerate', rows), FIELDS, rows.slice(1_000));
    expect([plan.adds.length, plan.unchanged, plan.deletes.length]).toEqual([1_000, 99_000, 0]);
    const whole = planned(result('regenerate', rows, []), FIELDS, rows.slice(1_000));
    expect([whole.adds.length, whole.unchanged, whole.deletes.length]).toEqual([1_000, 99_000, 0]);
  });
});

describe('table rows merged by a key', () => {
  const LINES: KintoneFields = {
    key: field('SINGLE_LINE_TEXT', 'key'),
    lines: field('SUBTABLE', 'lines', {
      fields: { item: field('SINGLE_LINE_TEXT', 'item'), qty: field('NUMBER', 'qty') },
    }),
  };
  const line = (id: string | null, item: string, qty: string) => ({
    ...(id === null ? {} : { id }),
    value: { item: { value: item }, qty: { value: qty } },
  });
  const merged = (wanted: readonly unknown[], now: readonly unknown[], keepOthers: boolean) =>
    planned(
      resultOf(LINES, ['key', 'lines'], [{ key: 'A', lines: wanted }], {
        keys: ['key'],
        tableMerges: [{ field: 'lines', key: 'item', keepOthers }],
      }),
      LINES,
      [{ key: 'A', lines: now }],
    );
  const now = [line('1', 'pen', '1'), line('2', 'ink', '2')];

  it('matched rows keep id and place, others stay or go, new ones follow', () => {
    const wanted = [line(null, 'cap', '5'), line(null, 'ink', '7')];
    expect(merged(wanted, now, true).updates[0]?.fields['lines']?.value).toEqual([
      line('1', 'pen', '1'),
      line('2', 'ink', '7'),
      line(null, 'cap', '5'),
    ]);
    expect(merged(wanted, now, false).updates[0]?.fields['lines']?.value).toEqual([
      line('2', 'ink', '7'),
      line(null, 'cap', '5'),
    ]);
  });

  it('nothing to change is no change, whatever the order of the result', () => {
    const wanted = [line(null, 'ink', '2.0'), line(null, 'pen', '1')];
    expect(shown(merged(wanted, now, false))).toEqual(['unchanged 1 unmatched 0']);
    expect(shown(merged([], now, true))).toEqual(['unchanged 1 unmatched 0']);
  });

  it.each([
    ['tableKeyBlank', [line(null, '', '1')], now],
    ['tableKeyRepeated', [line(null, 'pen', '1'), line(null, 'pen', '2')], now],
    ['tableKeyRepeated', [line(null, 'pen', '3')], [line('1', 'pen', '1'), line('2', 'pen', '2')]],
  ])('%s is refused', (code, wanted, present) => {
    expect(failureOf(() => merged(wanted, present, true))).toContain(code);
  });
});

describe('overlay', () => {
  it('later flows see what earlier flows delete, change and add, in every mode', () => {
    const plans = [
      planned(
        result('regenerate', [
          { key: 'A', qty: '5' },
          { key: 'N', qty: '1' },
        ]),
        FIELDS,
        APP,
      ),
    ];
    const overlay = overlayOf(plans);
    expect(overlay.plansFor({ appId: '20' })).toHaveLength(1);
    const after = applyOverlay(recordsOf(FIELDS, APP), overlay.plansFor({ appId: '20' }), FIELDS);
    expect(textsOf(after, ['key', 'qty', 'memo'])).toEqual(['A|5|old', 'N|1|']);
  });

  it('what a process action leaves is known only after it', () => {
    expect(isComputedByKintone('state', { state: field('STATUS', 'state') })).toBe(true);
  });
});
