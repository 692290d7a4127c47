import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingTokens, numberText, unknownTokens } from '../../src/commands/number-template';
import type { AutoNumberRule } from '../../src/commands/types';
import { type OutputPlan, withAutoNumbers } from '../../src/plan';
import { columnFromCells, type KintoneFields } from '../../src/table';
import { planned, type Row, recordsOf, resultOf } from './support';

const field = (type: string, code: string) => ({ type, code, label: code });
const FIELDS: KintoneFields = {
  key: field('SINGLE_LINE_TEXT', 'key'),
  no: field('SINGLE_LINE_TEXT', 'no'),
  count: field('NUMBER', 'count'),
  shop: field('DROP_DOWN', 'shop'),
};

const rule = (change: Partial<AutoNumberRule> = {}): AutoNumberRule => ({
  field: 'no',
  digits: 2,
  start: 1,
  prefix: '',
  suffix: '',
  cycle: 'none',
  fiscalStartMonth: 4,
  groupField: '',
  sharedWith: [],
  today: '2026-02-03',
  ...change,
});

const CODES = ['key', 'shop'];

function numbers(
  rows: readonly Row[],
  app: readonly Row[],
  change: Partial<AutoNumberRule> = {},
  earlier: readonly OutputPlan[] = [],
): unknown[] {
  const wanted = rule(change);
  const plan = planned(resultOf(FIELDS, CODES, rows, { mode: 'append' }), FIELDS, []);
  return withAutoNumbers(plan, wanted, recordsOf(FIELDS, app), earlier, FIELDS).adds.map(
    (add) => add.fields[wanted.field]?.value,
  );
}

const some = (count: number): Row[] =>
  Array.from({ length: count }, (_unused, index) => ({ key: `k${index}` }));

describe('automatic numbers', () => {
  it('fills with zeros and grows when it overflows (case A1)', () => {
    const given = numbers(some(101), []);
    expect([...given.slice(0, 3), ...given.slice(97)]).toEqual(['01', '02', '03', '98', '99', '100', '101']);
  });

  it('numbers only what is added (case A2)', () => {
    const app = [{ key: 'K1', no: '07' }];
    const output = resultOf(FIELDS, CODES, [{ key: 'K1', shop: 'x' }, { key: 'K2' }], {
      mode: 'upsert',
      keys: ['key'],
    });
    const plan = withAutoNumbers(planned(output, FIELDS, app), rule(), recordsOf(FIELDS, app), [], FIELDS);
    expect(plan.updates[0]?.fields).toEqual({ shop: { value: 'x' } });
    expect(plan.adds[0]?.fields['no']).toEqual({ value: '08' });
  });

  it.each<[string, Partial<AutoNumberRule>, readonly Row[], string]>([
    ['starts where told', { start: 500, digits: 4 }, [], '0500'],
    ['never goes back below what exists', { start: 5 }, [{ no: '41' }, { no: '7' }], '42'],
    [
      'ignores texts that are no number of the sequence',
      { prefix: 'A-' },
      [{ no: 'B-9' }, { no: 'A-x' }, { no: '8' }],
      'A-01',
    ],
    ['a prefix is text, never a pattern', { prefix: '(.*)' }, [{ no: 'xx9' }, { no: '(.*)3' }], '(.*)04'],
    [
      'daily',
      { cycle: 'daily', prefix: '{yyyy}{mm}{dd}-' },
      [{ no: '20260202-09' }, { no: '20260203-04' }],
      '20260203-05',
    ],
    [
      'monthly, with the day in it',
      { cycle: 'monthly', prefix: '{yy}{mm}{dd}-' },
      [{ no: '260201-09' }, { no: '260131-50' }],
      '260203-10',
    ],
    ['yearly', { cycle: 'yearly', suffix: '/{yyyy}' }, [{ no: '33/2025' }, { no: '04/2026' }], '05/2026'],
    [
      'fiscal year before its first month',
      { cycle: 'fiscalYearly', prefix: 'FY{fy}-' },
      [{ no: 'FY2026-03' }, { no: 'FY2025-08' }],
      'FY2025-09',
    ],
    [
      'fiscal year of another first month',
      { cycle: 'fiscalYearly', prefix: 'FY{fy}-', fiscalStartMonth: 1 },
      [],
      'FY2026-01',
    ],
    [
      'no cycle: goes on over the years',
      { prefix: '{yyyy}-' },
      [{ no: '2024-70' }, { no: '2025-12' }],
      '2026-71',
    ],
    [
      'a number field takes the bare number',
      { field: 'count', digits: 5, prefix: 'X' },
      [{ count: '12' }, { count: '3.5' }],
      '13',
    ],
    ['numbers beyond 53 bits stay exact', { digits: 1 }, [{ no: '9007199254740993' }], '9007199254740994'],
  ])('%s', (_name, change, app, expected) => {
    expect(numbers(some(1), app, change)).toEqual([expected]);
  });

  it('each group has a sequence of its own; blank is a group, too', () => {
    const rows = ['a', 'b', 'a', ''].map((shop) => ({ key: 'k', shop }));
    const app = [
      { shop: 'a', no: 'a-04' },
      { shop: 'b', no: 'a-09' },
    ];
    const change = { groupField: 'shop', prefix: '{group}-' };
    expect(numbers(rows, app, change)).toEqual(['a-05', 'b-01', 'a-06', '-01']);
  });

  it('goes on after what an earlier output of the flow adds to the same app', () => {
    const plan = planned(resultOf(FIELDS, CODES, some(2), { mode: 'append' }), FIELDS, []);
    const earlier = withAutoNumbers(plan, rule(), recordsOf(FIELDS, []), [], FIELDS);
    expect(numbers(some(1), [], {}, [earlier])).toEqual(['03']);
    expect(numbers(some(1), [], {}, [{ ...earlier, app: { appId: '21' } }])).toEqual(['01']);
  });

  it('a shared sequence goes on from the highest of all apps, and from what earlier outputs add to any of them', () => {
    const sharedWith = [{ app: { appId: '21' }, field: 'code' }];
    const plan = planned(resultOf(FIELDS, CODES, some(2), { mode: 'append' }), FIELDS, []);
    const other = columnFromCells({ name: 'code', label: 'code', type: 'text' }, ['41', null, 'x']);
    const own = recordsOf(FIELDS, [{ no: '07' }]);
    const given = (earlier: readonly OutputPlan[]) =>
      withAutoNumbers(plan, rule({ sharedWith }), own, earlier, FIELDS, [other]).adds.map(
        (add) => add.fields['no']?.value,
      );
    expect(given([])).toEqual(['42', '43']);
    const added: OutputPlan = {
      ...plan,
      app: { appId: '21' },
      adds: [{ fields: { code: { value: '50' } } }],
    };
    expect(given([added])).toEqual(['51', '52']);
    expect(given([{ ...added, app: { appId: '22' } }])).toEqual(['42', '43']);
  });

  it('whatever exists, new numbers are new, increasing and readable again', () => {
    const affix = fc.constantFrom('', 'A-', '{yyyy}', '.{mm}+', '9', '\\d');
    fc.assert(
      fc.property(
        fc.array(fc.nat(120), { maxLength: 8 }),
        fc.nat(150),
        affix,
        affix,
        fc.integer({ min: 1, max: 4 }),
        (held, start, prefix, suffix, digits) => {
          const change = { prefix, suffix, digits, start };
          const text = numberText(rule(change), '');
          const app = held.map((number) => ({ no: text.format(BigInt(number)) }));
          const given = numbers(some(3), app, change).map(String);
          const read = given.map((one) => text.parse(one));
          const first = Math.max(start, ...held.map((number) => number + 1));
          expect(read).toEqual([0, 1, 2].map((step) => BigInt(first + step)));
          expect(new Set([...given, ...app.map((row) => row.no)]).size).toBe(3 + new Set(held).size);
        },
      ),
    );
  });
});

describe('templates', () => {
  it.each([
    ['none', '', []],
    ['daily', '{yyyy}{mm}', ['dd']],
    ['monthly', '{yy}', ['mm']],
    ['yearly', '{fy}', ['yyyy']],
    ['fiscalYearly', '{yyyy}', ['fy']],
    ['daily', '{dd}.{mm}.{yy}', []],
  ] as const)('%s with "%s" lacks %j', (cycle, template, expected) => {
    expect(missingTokens(template, cycle)).toEqual(expected);
  });

  it('names words in braces that mean nothing', () => {
    expect(unknownTokens('{yyyy}-{week}-{YYYY}')).toEqual(['week', 'YYYY']);
  });
});
