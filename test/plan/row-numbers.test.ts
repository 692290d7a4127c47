import { describe, expect, it } from 'vitest';
import type { AutoNumberRule, OutputRows } from '../../src/commands/types';
import type { KintoneFields } from '../../src/table';
import { planned, type Row, resultOf } from './support';

const field = (type: string, code: string, extra: object = {}) => ({ type, code, label: code, ...extra });
const item = field('SINGLE_LINE_TEXT', 'item');
const FIELDS: KintoneFields = {
  key: field('SINGLE_LINE_TEXT', 'key'),
  lines: field('SUBTABLE', 'lines', {
    fields: { item, no: field('SINGLE_LINE_TEXT', 'no'), count: field('NUMBER', 'count') },
  }),
};
/** What the result feeds: the numbers are not among it. */
const FED: KintoneFields = { ...FIELDS, lines: field('SUBTABLE', 'lines', { fields: { item } }) };

const rule = (change: Partial<AutoNumberRule> = {}): AutoNumberRule => ({
  field: 'no',
  digits: 2,
  start: 1,
  prefix: 'L',
  suffix: '',
  cycle: 'none',
  fiscalStartMonth: 1,
  groupField: '',
  sharedWith: [],
  today: '2026-11-22',
  ...change,
});
const lines = (...items: string[]) => items.map((one) => ({ id: null, value: { item: { value: one } } }));
/** Rows as the app has them: ids from 1. */
const held = (...rows: readonly (readonly [item: string, no: string])[]) =>
  rows.map(([one, no], index) => ({
    id: String(index + 1),
    value: { item: { value: one }, no: { value: no }, count: { value: '' } },
  }));

const result = (rows: readonly Row[], change: Partial<OutputRows> = {}, own: Partial<AutoNumberRule> = {}) =>
  resultOf(FED, ['key', 'lines'], rows, {
    mode: 'upsert',
    keys: ['key'],
    rowNumbers: [{ table: 'lines', rule: rule(own) }],
    ...change,
  });

/** Rows of the written table as "id item number". */
const shown = (value: unknown): string[] =>
  (value as { id?: string; value: Record<string, { value: unknown }> }[]).map(
    ({ id, value: inner }) =>
      `${id ?? 'new'} ${inner['item']?.value} ${inner['no']?.value ?? inner['count']?.value ?? '-'}`,
  );

describe('numbers of table rows', () => {
  it('count anew in each added record', () => {
    const rows = [
      { key: 'A', lines: lines('pen', 'ink') },
      { key: 'B', lines: lines('box') },
      { key: 'C', lines: [] },
    ];
    const { adds } = planned(result(rows), FIELDS, []);
    expect(adds.map((add) => shown(add.fields['lines']?.value))).toEqual([
      ['new pen L01', 'new ink L02'],
      ['new box L01'],
      [],
    ]);
  });

  it('go on from the highest in the record for new rows; rows that stay are not touched', () => {
    const app = [{ key: 'A', lines: held(['pen', 'L07'], ['ink', 'X9'], ['cap', '']) }];
    const merge = { tableMerges: [{ field: 'lines', key: 'item', keepOthers: true }] };
    const plan = planned(result([{ key: 'A', lines: lines('ink', 'box', 'bag') }], merge), FIELDS, app);
    expect(shown(plan.updates[0]?.fields['lines']?.value)).toEqual([
      '1 pen -',
      '2 ink -',
      '3 cap -',
      'new box L08',
      'new bag L09',
    ]);
    const replaced = planned(result([{ key: 'A', lines: lines('a', 'b', 'c', 'd') }]), FIELDS, app);
    expect(shown(replaced.updates[0]?.fields['lines']?.value)).toEqual([
      '1 a -',
      '2 b -',
      '3 c -',
      'new d L08',
    ]);
  });

  it('change nothing where no row changes', () => {
    const app = [{ key: 'A', lines: held(['pen', '']) }];
    const plan = planned(result([{ key: 'A', lines: lines('pen') }]), FIELDS, app);
    expect([plan.updates.length, plan.unchanged]).toEqual([0, 1]);
  });

  it('are bare in a number field, and text before and after is ignored there (case A2)', () => {
    const own = { field: 'count', digits: 4, start: 10, prefix: 'X' };
    const { adds } = planned(result([{ key: 'A', lines: lines('pen', 'ink') }], {}, own), FIELDS, []);
    expect(shown(adds[0]?.fields['lines']?.value)).toEqual(['new pen 10', 'new ink 11']);
  });
});
