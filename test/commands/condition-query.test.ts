import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toQuery } from '../../src/commands/condition-query';
import { CONDITION_OPERATORS, conditionKind, conditionPredicate } from '../../src/commands/conditions';
import type { ResolvedConditionGroup } from '../../src/commands/types';
import { columnSpecOfField, columnSpecsOfFields, tableBuilder } from '../../src/table/index';
import type { KintoneRecord } from '../../src/table/kintone-json';
import { checkQuery, compileCondition, parseQuery } from '../kintone/query/index';
import { field, form, options } from './support';

const FIELDS = form(
  field('番号', 'RECORD_NUMBER'),
  field('名前', 'SINGLE_LINE_TEXT'),
  field('メモ', 'MULTI_LINE_TEXT'),
  field('金額', 'NUMBER'),
  field('合計', 'CALC', { format: 'NUMBER' }),
  field('日付', 'DATE'),
  field('時刻', 'TIME'),
  field('日時', 'DATETIME'),
  field('作成', 'CREATED_TIME'),
  field('区分', 'DROP_DOWN', { options: options('A', 'B', 'C "x"') }),
  field('印', 'CHECK_BOX', { options: options('A', 'B', 'C') }),
  field('担当', 'USER_SELECT'),
  field('作者', 'CREATOR'),
);

const TEXTS = ['', 'a', 'A', 'a b', '"', '\\', 'a" or 1', '東京', 'tab\there'];
const NUMBERS = ['', '0', '1', '1.0', '-2.5', '10', '123456789012345678901'];
const DATES = ['', '2024-02-29', '2025-01-01', '2026-11-21'];
const TIMES = ['', '00:00', '09:30', '23:59'];
const INSTANTS = ['', '2026-11-20T15:00:00Z', '2026-11-21T00:00:00Z', '2026-11-21T14:59:00Z'];
const LABELS = ['', 'A', 'B', 'C', 'C "x"', 'gone'];
const USERS = ['', 'sato', 'suzuki'];

const LITERALS: Readonly<Record<string, readonly string[]>> = {
  番号: ['1', '2', 'APP-3'],
  名前: TEXTS,
  メモ: TEXTS,
  金額: NUMBERS,
  合計: NUMBERS,
  日付: DATES,
  時刻: TIMES,
  日時: INSTANTS,
  作成: INSTANTS,
  区分: LABELS,
  印: LABELS,
  担当: USERS,
  作者: USERS,
};

const some = (values: readonly string[]) => fc.constantFrom(...values);
const people = (codes: readonly string[]) =>
  codes.filter((code) => code !== '').map((code) => ({ code, name: code }));

const record = fc
  .record({
    id: fc.integer({ min: 1, max: 4 }),
    名前: some(TEXTS.slice(0, -1)),
    メモ: some(TEXTS),
    金額: some(NUMBERS),
    合計: some(NUMBERS.slice(1)),
    日付: some(DATES),
    時刻: some(TIMES),
    日時: some(INSTANTS),
    作成: some(INSTANTS.slice(1)),
    区分: some(['', 'A', 'B', 'C "x"']),
    印: fc.subarray(['A', 'B', 'C']),
    担当: fc.subarray(['sato', 'suzuki']),
    作者: some(['sato', 'suzuki']),
  })
  .map((values): KintoneRecord => {
    const record: Record<string, { type: string; value: unknown }> = {
      $id: { type: '__ID__', value: String(values.id) },
      $revision: { type: '__REVISION__', value: '1' },
      番号: { type: 'RECORD_NUMBER', value: String(values.id) },
    };
    for (const [code, property] of Object.entries(FIELDS)) {
      if (code === '番号') continue;
      const value = values[code as keyof typeof values];
      const blankIsNull = ['DATE', 'TIME', 'DROP_DOWN'].includes(property.type) && value === '';
      record[code] = { type: property.type, value: blankIsNull ? null : wire(property.type, value) };
    }
    return record;
  });

function wire(type: string, value: unknown): unknown {
  if (type === 'USER_SELECT') return people(value as string[]);
  return type === 'CREATOR' ? { code: value, name: value } : value;
}

const condition = fc
  .constantFrom(...Object.keys(LITERALS))
  .chain((code) =>
    fc.record({
      field: fc.constant(code),
      operator: fc.constantFrom(...CONDITION_OPERATORS[conditionKind(columnSpecOfField(FIELDS[code]!)!)]),
      values: fc.array(some(LITERALS[code]!), { minLength: 1, maxLength: 3 }),
    }),
  )
  .map((entry) =>
    entry.operator === 'in' || entry.operator === 'notIn'
      ? entry
      : { ...entry, values: entry.values.slice(0, 1) },
  );

const group: fc.Arbitrary<ResolvedConditionGroup> = fc.record({
  join: fc.constantFrom('all', 'any'),
  conditions: fc.array(condition, { maxLength: 4 }),
});

const CONTEXT = {
  fields: FIELDS,
  nowMs: 0,
  timeZone: 'Asia/Tokyo',
  loginUser: { code: 'sato' },
  primaryOrganization: null,
};

function askLocalKintone(query: string, records: readonly KintoneRecord[]): readonly boolean[] {
  const parsed = parseQuery(query);
  checkQuery(parsed, FIELDS);
  const test = parsed.condition ? compileCondition(parsed.condition, CONTEXT) : () => true;
  return records.map((entry) => test(entry as never));
}

function askTable(
  wanted: ResolvedConditionGroup | null,
  records: readonly KintoneRecord[],
): readonly boolean[] {
  const builder = tableBuilder(columnSpecsOfFields(FIELDS), '1');
  builder.append(records);
  const test = wanted ? conditionPredicate(wanted, builder.finish()) : () => true;
  return records.map((_, row) => test(row));
}

describe('toQuery', () => {
  it('together with its remainder keeps exactly the rows that the condition keeps', () => {
    fc.assert(
      fc.property(group, fc.array(record, { minLength: 1, maxLength: 8 }), (wanted, records) => {
        const { query, remainder } = toQuery(wanted, FIELDS);
        const pushed = askLocalKintone(query, records);
        const local = askTable(remainder, records);
        expect(pushed.map((kept, row) => kept && local[row])).toEqual(askTable(wanted, records));
      }),
      { numRuns: 400 },
    );
  });

  const all = (...conditions: ResolvedConditionGroup['conditions'][number][]): ResolvedConditionGroup => ({
    join: 'all',
    conditions,
  });
  const one = (
    code: string,
    operator: ResolvedConditionGroup['conditions'][number]['operator'],
    ...values: string[]
  ) => all({ field: code, operator, values });

  it.each([
    [one('名前', '=', 'a"b\\c'), '名前 = "a\\"b\\\\c"'],
    [one('名前', 'in', 'a', ''), '(名前 = "a" or 名前 = "")'],
    [one('名前', '!=', 'a'), '(名前 != "a" or 名前 = "")'],
    [one('金額', '>=', '1e3'), '金額 >= "1000" and 金額 != ""'],
    [one('日付', 'blank'), '日付 = ""'],
    [one('区分', '=', 'A'), '区分 in ("A")'],
    [one('区分', 'blank'), '区分 in ("")'],
    [one('区分', 'in', 'gone'), '$id = 0'],
    [one('印', 'notIn', 'A', 'B'), '(印 not in ("A", "B") or 印 in (""))'],
    [one('番号', '=', 'APP-12'), '番号 = "12"'],
    [one('日時', '<', '2026-11-21T09:00:00+09:00'), '日時 < "2026-11-21T00:00:00Z" and 日時 != ""'],
    [one('作者', 'notBlank'), ''],
    [all(), ''],
  ])('says %j as %s', (wanted, query) => {
    expect(toQuery(wanted, FIELDS)).toEqual({ query, remainder: null });
  });

  it.each([
    one('名前', 'contains', 'a'),
    one('メモ', '=', 'a'),
    one('名前', '=', 'a\tb'),
    one('合計', '!=', '1'),
    one('金額', '=', 'abc'),
    one('知らない', '=', 'a'),
  ])('leaves %j to the reader', (wanted) => {
    expect(toQuery(wanted, FIELDS)).toEqual({ query: '', remainder: wanted });
  });

  it('narrows by calculated numbers and checks them again', () => {
    const wanted = one('合計', '>=', '5');
    expect(toQuery(wanted, FIELDS)).toEqual({ query: '合計 >= "5"', remainder: wanted });
  });

  it('asks for everything when one side of an "or" cannot be asked', () => {
    const wanted: ResolvedConditionGroup = {
      join: 'any',
      conditions: [
        { field: '名前', operator: '=', values: ['a'] },
        { field: 'メモ', operator: 'contains', values: ['a'] },
      ],
    };
    expect(toQuery(wanted, FIELDS)).toEqual({ query: '', remainder: wanted });
  });
});
