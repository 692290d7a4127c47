import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONDITION_OPERATORS,
  conditionKind,
  conditionPredicate,
  resolveCondition,
} from '../../src/commands/conditions';
import type { ConditionGroup, ConditionOperator, ConditionValue } from '../../src/definition/types';
import { type ConditionFacts, recordFulfils } from '../../src/record/condition';
import { columnSpecOfField, type KintoneFieldProperty, tableBuilder } from '../../src/table';

const NOW_MS = Date.parse('2026-11-21T15:30:00Z');
const ZONE = 'Asia/Tokyo';

const literal = (value: string): ConditionValue => ({ kind: 'literal', value });

const facts = (record: ConditionFacts['record']): ConditionFacts => ({
  record,
  recordId: '12',
  appId: '8',
  userCode: 'sato',
  nowMs: NOW_MS,
  timeZone: ZONE,
});

const only = (
  field: string,
  operator: ConditionOperator,
  values: readonly ConditionValue[],
): ConditionGroup => ({
  join: 'all',
  conditions: [{ field, operator, values }],
});

const holds = (
  field: { type: string; value: unknown },
  operator: ConditionOperator,
  ...values: readonly (string | ConditionValue)[]
) =>
  recordFulfils(
    only(
      'f',
      operator,
      values.map((one) => (typeof one === 'string' ? literal(one) : one)),
    ),
    facts({ f: field, boss: { type: 'USER_SELECT', value: [{ code: 'sato', name: 'Sato' }] } }),
  );

const text = (value: string) => ({ type: 'SINGLE_LINE_TEXT', value });
const number = (value: string) => ({ type: 'NUMBER', value });

describe('recordFulfils', () => {
  it.each([
    ['equal text', holds(text('open'), '=', 'open'), true],
    ['case matters', holds(text('Open'), '=', 'open'), false],
    ['numbers by value', holds(number('1.50'), '=', '1.5'), true],
    ['numbers beyond floats', holds(number('9007199254740993'), '>', '9007199254740992'), true],
    ['text order is not number order', holds(number('9'), '<', '10'), true],
    ['blank against a number', holds(number(''), '<', '10'), false],
    ['blank equals ""', holds(number(''), '=', ''), true],
    ['not equal holds for blank', holds(text(''), '!=', 'x'), true],
    ['one of several', holds({ type: 'DROP_DOWN', value: 'B' }, 'in', 'A', 'B'), true],
    ['none of several', holds({ type: 'DROP_DOWN', value: 'C' }, 'notIn', 'A', 'B'), true],
    ['any tick counts', holds({ type: 'CHECK_BOX', value: ['A', 'C'] }, 'in', 'C'), true],
    ['no tick is blank', holds({ type: 'CHECK_BOX', value: [] }, 'blank'), true],
    ['contains', holds(text('abcdef'), 'contains', 'cd'), true],
    ['contains nothing', holds(text('abcdef'), 'contains', ''), false],
    ['does not contain', holds(text(''), 'notContains', 'cd'), true],
    ['not blank', holds(text('0'), 'notBlank'), true],
    ['null is blank', holds({ type: 'DATE', value: null }, 'blank'), true],
    ['people by code', holds({ type: 'CREATOR', value: { code: 'sato', name: 'S' } }, 'in', 'sato'), true],
    [
      'the user of the page',
      holds({ type: 'USER_SELECT', value: [{ code: 'sato', name: 'S' }] }, 'in', {
        kind: 'parameter',
        name: '$user',
      }),
      true,
    ],
    [
      'another field',
      holds({ type: 'CREATOR', value: { code: 'kato', name: 'K' } }, 'in', {
        kind: 'parameter',
        name: 'boss',
      }),
      false,
    ],
    [
      'a day against today',
      holds({ type: 'DATE', value: '2026-11-22' }, '=', { kind: 'parameter', name: '$today' }),
      true,
    ],
    [
      'this month',
      holds({ type: 'DATE', value: '2026-10-31' }, '>=', {
        kind: 'period',
        unit: 'month',
        edge: 'start',
        offset: 0,
        base: '',
      }),
      false,
    ],
    [
      'an instant within a day',
      holds({ type: 'DATETIME', value: '2026-11-21T15:00:00Z' }, '>=', '2026-11-22'),
      true,
    ],
    [
      'an instant of the day before',
      holds({ type: 'DATETIME', value: '2026-11-21T14:59:00Z' }, '>=', '2026-11-22'),
      false,
    ],
    ['record numbers with app code', holds({ type: 'RECORD_NUMBER', value: 'AB-9' }, '<', 'AB-10'), true],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it('joins by all and by any', () => {
    const conditions = [
      { field: 'f', operator: '=' as const, values: [literal('a')] },
      { field: 'f', operator: '=' as const, values: [literal('b')] },
    ];
    const record = facts({ f: text('a') });
    expect(recordFulfils({ join: 'all', conditions }, record)).toBe(false);
    expect(recordFulfils({ join: 'any', conditions }, record)).toBe(true);
    expect(recordFulfils({ join: 'any', conditions: [] }, record)).toBe(true);
    expect(recordFulfils(null, record)).toBe(true);
  });

  it('shows no button by a field that is not there', () => {
    expect(recordFulfils(only('gone', 'blank', []), facts({}))).toBe(false);
    expect(recordFulfils(only('gone', '!=', [literal('x')]), facts({}))).toBe(false);
  });
});

const option = (label: string) => [label, { label, index: '0' }] as const;
const property = (type: string): KintoneFieldProperty => ({
  type,
  code: 'f',
  label: 'f',
  options: Object.fromEntries([option('A'), option('B'), option('C')]),
});

const labels = fc.constantFrom('A', 'B', 'C');
const codes = fc.constantFrom('sato', 'kato', 'ito');
const numbers = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom('1.0', '1', '-0.5', '0.50', '9007199254740993', '9007199254740992.5'),
);
const days = fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22', '2026-12-01');
const instants = fc.constantFrom('2026-11-21T14:59:00Z', '2026-11-21T15:00:00Z', '2026-11-22T14:59:00Z');

const KINDS = [
  {
    type: 'SINGLE_LINE_TEXT',
    values: fc.constantFrom('', 'a', 'A', 'ab', 'b'),
    literals: fc.constantFrom('', 'a', 'b'),
  },
  {
    type: 'NUMBER',
    values: fc.oneof(fc.constant(''), numbers),
    literals: fc.oneof(fc.constant(''), numbers),
  },
  {
    type: 'DROP_DOWN',
    values: fc.oneof(fc.constant(null), labels),
    literals: fc.oneof(fc.constant(''), labels),
  },
  { type: 'CHECK_BOX', values: fc.uniqueArray(labels), literals: fc.oneof(fc.constant(''), labels) },
  {
    type: 'USER_SELECT',
    values: fc.uniqueArray(codes).map((all) => all.map((code) => ({ code, name: code }))),
    literals: fc.oneof(fc.constant(''), codes),
  },
  { type: 'DATE', values: fc.oneof(fc.constant(null), days), literals: fc.oneof(fc.constant(''), days) },
  { type: 'DATETIME', values: fc.oneof(fc.constant(''), instants), literals: fc.oneof(days, instants) },
  {
    type: 'RECORD_NUMBER',
    values: fc.constantFrom('AB-9', 'AB-10', '9', '12'),
    literals: fc.constantFrom('9', 'AB-10', '11'),
  },
] as const;

describe.each(KINDS)('means the same as the engine: $type', ({ type, values, literals }) => {
  const spec = columnSpecOfField(property(type));
  if (spec === null) throw new Error(`${type} has no column`);
  const operators = CONDITION_OPERATORS[conditionKind(spec)];

  it('for any value, operator and literals', () => {
    const cases = fc.record({
      value: values as fc.Arbitrary<unknown>,
      operator: fc.constantFrom(...operators),
      literals: fc.array(literals as fc.Arbitrary<string>, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(cases, ({ value, operator, literals: chosen }) => {
        // The engine refuses a day where it needs a moment; the screen does not offer it either.
        const isUnordered = !['<', '<=', '>', '>='].includes(operator);
        fc.pre(!(type === 'DATETIME' && isUnordered && chosen.some((one) => one.length === 10)));
        const group = only('f', operator, chosen.map(literal));
        const builder = tableBuilder([spec], '8');
        builder.append([{ f: { type, value } }]);
        const context = {
          parameter: () => ({ spec, cell: null }),
          nowMs: NOW_MS,
          timeZone: ZONE,
          place: {},
          columnType: () => spec.type,
        };
        const engine = conditionPredicate(resolveCondition(group, context), builder.finish())(0);
        expect(recordFulfils(group, facts({ f: { type, value } }))).toBe(engine);
      }),
      { numRuns: 300 },
    );
  });
});
