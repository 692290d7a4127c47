import { describe, expect, it } from 'vitest';
import { checkCondition } from '../../src/commands/condition-check';
import type { ConditionContext } from '../../src/commands/conditions';
import { conditionPredicate, resolveCondition } from '../../src/commands/conditions';
import { problemList } from '../../src/commands/problem-list';
import type { ResolvedConditionGroup } from '../../src/commands/types';
import { FailureError } from '../../src/definition/errors';
import type { ConditionGroup, ConditionOperator, ConditionValue } from '../../src/definition/types';
import { parseDecimal } from '../../src/table/index';
import type { Cell, ColumnSpec } from '../../src/table/types';
import { column, NOW_MS, TOKYO, table } from './support';

const COLUMNS: readonly ColumnSpec[] = [
  column('text'),
  column('number', 'number'),
  column('date', 'date'),
  column('time', 'time'),
  column('at', 'datetime'),
  column('choice', 'choice', { options: ['A', 'B'] }),
  column('choices', 'choices'),
  column('people', 'people'),
  column('files', 'files'),
  column('rows', 'table', { columns: [] }),
  column('record', 'text', { fieldType: 'RECORD_NUMBER' }),
];

const person = (code: string) => ({ code, name: code.toUpperCase() });
const ROW: Readonly<Record<string, Cell>> = {
  text: 'abc',
  number: parseDecimal('1.50'),
  date: '2026-11-21',
  time: '09:30',
  at: '2026-11-21T00:00:00Z',
  choice: 'A',
  choices: ['A', 'B'],
  people: [person('sato')],
  files: [{ fileKey: 'k', name: 'n', contentType: 't', size: '1' }],
  rows: [{ id: '1', cells: [] }],
  record: 'APP-12',
};

/** Row 0 is filled, row 1 blank. */
const DATA = table(COLUMNS, [COLUMNS.map((spec) => ROW[spec.name] ?? null), COLUMNS.map(() => null)]);

const holds = (field: string, operator: ConditionOperator, ...values: string[]): readonly boolean[] => {
  const test = conditionPredicate({ join: 'all', conditions: [{ field, operator, values }] }, DATA);
  return [test(0), test(1)];
};

describe('conditionPredicate', () => {
  it.each<[string, ConditionOperator, readonly string[], boolean, boolean]>([
    ['text', '=', ['abc'], true, false],
    ['text', '=', ['ABC'], false, false],
    ['text', '=', [''], false, true],
    ['text', '!=', ['abc'], false, true],
    ['text', '!=', [''], true, false],
    ['text', 'in', ['x', 'abc'], true, false],
    ['text', 'notIn', ['x', ''], true, false],
    ['text', 'contains', ['b'], true, false],
    ['text', 'notContains', ['b'], false, true],
    ['number', '=', ['1.5'], true, false],
    ['number', '=', ['15e-1'], true, false],
    ['number', '<', ['1.6'], true, false],
    ['number', '>', ['1.5'], false, false],
    ['number', '>=', ['1.5'], true, false],
    ['number', '<=', [''], false, false],
    ['date', '>=', ['2026-11-21'], true, false],
    ['date', '<', ['2026-11-21'], false, false],
    ['time', '<', ['10:00'], true, false],
    ['at', '=', ['2026-11-21T09:00:00+09:00'], true, false],
    ['at', '>', ['2026-11-20T23:59:00Z'], true, false],
    ['choice', 'in', ['A'], true, false],
    ['choice', 'notIn', ['A'], false, true],
    ['choices', 'in', ['B', 'C'], true, false],
    ['choices', 'notIn', ['C'], true, true],
    ['people', 'in', ['sato'], true, false],
    ['people', 'in', [''], false, true],
    ['files', 'notBlank', [], true, false],
    ['rows', 'blank', [], false, true],
    ['record', '=', ['12'], true, false],
    ['record', '=', ['APP-012'], true, false],
    ['record', '>', ['9'], true, false],
  ])('%s %s %j', (field, operator, values, filled, blank) => {
    expect(holds(field, operator, ...values)).toEqual([filled, blank]);
  });

  it('joins by all or any, and an empty group holds everywhere', () => {
    const conditions: ResolvedConditionGroup['conditions'] = [
      { field: 'text', operator: '=', values: ['abc'] },
      { field: 'number', operator: '>', values: ['5'] },
    ];
    expect(conditionPredicate({ join: 'all', conditions }, DATA)(0)).toBe(false);
    expect(conditionPredicate({ join: 'any', conditions }, DATA)(0)).toBe(true);
    expect(conditionPredicate({ join: 'any', conditions: [] }, DATA)(1)).toBe(true);
  });

  it('refuses a literal that is no value of the type', () => {
    expect(() => holds('number', '>', 'many')).toThrow(FailureError);
    expect(() => holds('date', '=', '2026-02-30')).toThrow(FailureError);
    expect(() => holds('at', '<', '2026-11-21T10:00')).toThrow(FailureError);
  });
});

const PARAMETERS = [
  column('名前'),
  column('金額', 'number'),
  column('日付', 'date'),
  column('日時', 'datetime'),
  column('担当', 'people'),
  column('印', 'choices'),
  column('明細', 'table', { columns: [] }),
];
const VALUES: Readonly<Record<string, Cell>> = {
  名前: null,
  金額: parseDecimal('12.0'),
  日付: '2024-01-31',
  日時: '2026-11-20T15:30:00Z',
  担当: [person('sato'), person('suzuki')],
  印: ['A'],
  明細: [],
};

const CONTEXT: ConditionContext = {
  parameter: (name) => ({ spec: PARAMETERS.find((spec) => spec.name === name)!, cell: VALUES[name] ?? null }),
  nowMs: NOW_MS,
  timeZone: TOKYO,
  place: {},
  columnType: (field) => COLUMNS.find((spec) => spec.name === field)?.type,
};

const literal = (value: string): ConditionValue => ({ kind: 'literal', value });
const parameter = (name: string): ConditionValue => ({ kind: 'parameter', name });
const period = (
  unit: 'day' | 'month' | 'year',
  edge: 'start' | 'end',
  offset = 0,
  base = '',
): ConditionValue => ({ kind: 'period', unit, edge, offset, base });

const one = (field: string, operator: ConditionOperator, ...values: ConditionValue[]): ConditionGroup => ({
  join: 'all',
  conditions: [{ field, operator, values }],
});

describe('resolveCondition', () => {
  // The clock stands at 2026-11-22 01:30 in Tokyo.
  it.each<[string, ConditionOperator, ConditionValue, readonly string[]]>([
    ['text', '=', literal('x'), ['x']],
    ['text', '=', parameter('名前'), ['']],
    ['number', '=', parameter('金額'), ['12']],
    ['people', 'in', parameter('担当'), ['sato', 'suzuki']],
    ['date', '=', period('day', 'start'), ['2026-11-22']],
    ['date', '=', period('day', 'end', -22), ['2026-10-31']],
    ['date', '>=', period('month', 'start', -1), ['2026-10-01']],
    ['date', '<=', period('month', 'end', 1), ['2026-12-31']],
    ['date', '<=', period('month', 'end', 1, '日付'), ['2024-02-29']],
    ['date', '>=', period('year', 'start', -1), ['2025-01-01']],
    ['date', '<=', period('year', 'end', 0, '日時'), ['2026-12-31']],
    ['date', '>=', period('day', 'start', 0, '日時'), ['2026-11-21']],
    ['at', '>=', period('month', 'start'), ['2026-10-31T15:00:00Z']],
    ['at', '<=', period('month', 'end'), ['2026-11-30T14:59:00Z']],
    ['at', '<', literal('2026-11-22'), ['2026-11-21T15:00:00Z']],
    ['at', '>', parameter('日付'), ['2024-01-31T14:59:00Z']],
  ])('%s %s %j', (field, operator, value, values) => {
    expect(resolveCondition(one(field, operator, value), CONTEXT).conditions[0]?.values).toEqual(values);
  });

  it('refuses a table as a value', () => {
    expect(() => resolveCondition(one('text', '=', parameter('明細')), CONTEXT)).toThrow(FailureError);
    expect(() => resolveCondition(one('date', '=', period('day', 'start', 0, '金額')), CONTEXT)).toThrow(
      FailureError,
    );
  });
});

describe('checkCondition', () => {
  const problems = (group: ConditionGroup): string[] => {
    const list = problemList({});
    checkCondition(group, { columns: COLUMNS, parameters: PARAMETERS, path: 'condition', list });
    return list.problems.map((entry) => `${entry.severity} ${entry.code} ${entry.place.field}`);
  };
  const at = 'condition.conditions.0';

  it.each<[ConditionGroup, readonly string[]]>([
    [one('text', '=', literal('x')), []],
    [one('at', '>=', literal('2026-11-21')), []],
    [one('at', '>=', parameter('日付')), []],
    [one('', '=', literal('x')), [`error columnNotChosen ${at}.field`]],
    [one('gone', '=', literal('x')), [`error columnMissing ${at}.field`]],
    [one('text', '<', literal('x')), [`error conditionOperatorNotUsable ${at}.operator`]],
    [one('rows', 'blank'), [`error conditionOperatorNotUsable ${at}.operator`]],
    [one('text', '='), [`error conditionValueMissing ${at}.values`]],
    [one('number', '<', literal('')), [`error conditionValueMissing ${at}.values`]],
    [one('number', '=', literal('many')), [`error conditionValueInvalid ${at}.values.0`]],
    [one('at', '=', literal('2026-11-21')), [`error conditionValueInvalid ${at}.values.0`]],
    [one('choice', 'in', literal('A'), literal('Z')), [`warning conditionOptionUnknown ${at}.values.1`]],
    [one('text', '=', parameter('gone')), [`error parameterMissing ${at}.values.0`]],
    [one('text', '=', parameter('明細')), [`error parameterNotUsable ${at}.values.0`]],
    [one('number', '<', parameter('印')), [`error parameterNotUsable ${at}.values.0`]],
    [one('date', '=', parameter('金額')), [`error parameterNotUsable ${at}.values.0`]],
    [one('at', '=', parameter('日付')), [`error parameterNotUsable ${at}.values.0`]],
    [one('text', '=', period('day', 'start')), [`error conditionPeriodNotUsable ${at}.values.0`]],
    [one('date', '=', period('day', 'start', 0, 'gone')), [`error parameterMissing ${at}.values.0`]],
    [one('date', '=', period('day', 'start', 0, '名前')), [`error parameterNotUsable ${at}.values.0`]],
  ])('%j', (group, expected) => {
    expect(problems(group)).toEqual(expected);
  });
});
