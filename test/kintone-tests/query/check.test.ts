import { describe, expect, it } from 'vitest';
import { checkQuery, type Operator, parseQuery, QueryError } from '../../kintone/query';
import { fields } from './fixtures';

function refusal(text: string, among = fields): { code: string; detail: unknown } | null {
  try {
    checkQuery(parseQuery(text), among);
    return null;
  } catch (error) {
    if (error instanceof QueryError) return { code: error.code, detail: error.detail };
    throw error;
  }
}

const ORDERED: Operator[] = ['=', '!=', '<', '>', '<=', '>='];
const LISTED: Operator[] = ['in', 'not in'];
const SEARCHED: Operator[] = ['like', 'not like'];
const EMPTIABLE: Operator[] = ['is empty', 'is not empty'];
const ALL = [...ORDERED, ...LISTED, ...SEARCHED, ...EMPTIABLE];

/** Field, a value it can hold, and the operators of the documented table. */
const TABLE: readonly (readonly [string, string, readonly Operator[]])[] = [
  ['$id', '1', [...ORDERED, ...LISTED]],
  ['レコード番号', '1', [...ORDERED, ...LISTED]],
  ['n', '1', [...ORDERED, ...LISTED]],
  ['sum', '1', [...ORDERED, ...LISTED]],
  ['due', '2026-04-01', [...ORDERED, ...LISTED]],
  ['作成日時', '2026-04-01T00:00:00Z', ORDERED],
  ['更新日時', '2026-04-01T00:00:00+09:00', ORDERED],
  ['d', '2026-04-01', ORDERED],
  ['t', '10:00', ORDERED],
  ['dt', '2026-04-01T00:00Z', ORDERED],
  ['文字列__1行_', 'x', ['=', '!=', ...LISTED, ...SEARCHED]],
  ['link', 'x', ['=', '!=', ...LISTED, ...SEARCHED]],
  ['memo', 'x', [...SEARCHED, ...EMPTIABLE]],
  ['file', 'x', [...SEARCHED, ...EMPTIABLE]],
  ['rich', 'x', SEARCHED],
  ['check', 'red', LISTED],
  ['radio', 'yes', LISTED],
  ['drop', 'high', LISTED],
  ['multi', 'a', LISTED],
  ['作成者', 'sato', LISTED],
  ['更新者', 'sato', LISTED],
  ['user', 'sato', LISTED],
  ['org', 'sales', LISTED],
  ['group', 'g', LISTED],
  ['作業者', 'sato', LISTED],
  ['ステータス', 'x', ['=', '!=', ...LISTED]],
  ['カテゴリー', 'x', []],
  ['items', 'x', []],
  ['related', 'x', []],
];

function comparison(field: string, operator: Operator, value: string): string {
  if (operator === 'is empty' || operator === 'is not empty') return `${field} ${operator}`;
  return operator === 'in' || operator === 'not in'
    ? `${field} ${operator} ("${value}")`
    : `${field} ${operator} "${value}"`;
}

describe('operators per field type', () => {
  const cases = TABLE.flatMap(([field, value, allowed]) =>
    ALL.map((operator) => [comparison(field, operator, value), allowed.includes(operator)] as const),
  );
  it.each(cases)('%s: allowed %s', (text, allowed) => {
    expect(refusal(text)?.code ?? null).toBe(allowed ? null : 'GAIA_IQ03');
  });

  it('names field, type, operator and place', () => {
    expect(refusal('n = 1 and drop = "high"')).toEqual({
      code: 'GAIA_IQ03',
      detail: {
        reason: 'operatorNotAllowed',
        field: 'drop',
        fieldType: 'DROP_DOWN',
        operator: '=',
        position: 10,
      },
    });
  });
});

describe('table columns and related records', () => {
  it.each([
    ['name = "x"', 'GAIA_IQ07'],
    ['name != "x"', 'GAIA_IQ07'],
    ['note = "x"', 'GAIA_IQ07'],
    ['colour = "red"', 'GAIA_IQ07'],
    ['day = "2026-04-01"', 'GAIA_IQ07'],
    ['day != TODAY()', 'GAIA_IQ07'],
    ['related.title = "x"', 'GAIA_IQ07'],
    ['opaque.title != "x"', 'GAIA_IQ07'],
    ['name in ("x")', null],
    ['name not like "x"', null],
    ['qty > 5', null],
    ['day in ("2026-04-01")', null],
    ['day not in (TODAY())', null],
    ['day <= "2026-04-01"', null],
    ['note is not empty', null],
    ['colour in ("red")', null],
    ['colour in ("green")', 'GAIA_IQ10'],
    ['qty like "5"', 'GAIA_IQ03'],
    ['name > "x"', 'GAIA_IQ03'],
    ['related.title like "x"', null],
    ['related.price >= 5', null],
    ['related.price like "5"', 'GAIA_IQ03'],
    ['related.$id > 5', null],
    ['related.nothing in ("x")', 'GAIA_IQ11'],
    ['opaque.anything in ("x")', null],
    ['items.name in ("x")', 'GAIA_IR02'],
    ['n.n = 1', 'GAIA_IR02'],
    ['nowhere.n = 1', 'GAIA_IQ11'],
  ])('%s: %s', (text, code) => {
    expect(refusal(text)?.code ?? null).toBe(code);
  });
});

describe('fields, options, values and functions', () => {
  it.each([
    ['xyz = "a"', 'GAIA_IQ11', { reason: 'unknownField', field: 'xyz', position: 0 }],
    ['constructor = "a"', 'GAIA_IQ11', { reason: 'unknownField', field: 'constructor', position: 0 }],
    ['$revision = 1', 'GAIA_IQ11', { reason: 'unknownField', field: '$revision', position: 0 }],
    ['items.name in ("x")', 'GAIA_IR02', { reason: 'dotNotation', field: 'items.name', position: 0 }],
    [
      'check in ("red", "nope")',
      'GAIA_IQ10',
      { reason: 'unknownOption', field: 'check', value: 'nope', position: 0 },
    ],
    [
      'n > ""',
      'GAIA_IL08',
      {
        reason: 'blankNotAllowed',
        field: 'n',
        fieldType: 'NUMBER',
        operator: '>',
        value: '',
        position: 0,
      },
    ],
    [
      'd = THIS_MONTH(32)',
      'GAIA_IQ23',
      {
        reason: 'argumentValue',
        field: 'd',
        function: 'THIS_MONTH',
        argumentIndex: 0,
        value: '32',
        position: 4,
      },
    ],
    [
      'd = FROM_TODAY(1, HOURS)',
      'GAIA_IQ25',
      {
        reason: 'argumentValue',
        field: 'd',
        function: 'FROM_TODAY',
        argumentIndex: 1,
        value: 'HOURS',
        position: 4,
      },
    ],
    [
      'd = FROM_TODAY(1)',
      'GAIA_IL08',
      { reason: 'argumentCount', field: 'd', function: 'FROM_TODAY', position: 4 },
    ],
    [
      'n = TODAY()',
      'GAIA_IL08',
      {
        reason: 'functionNotAllowed',
        field: 'n',
        fieldType: 'NUMBER',
        function: 'TODAY',
        operator: '=',
        position: 4,
      },
    ],
    ['limit 501', 'GAIA_QU01', { reason: 'limitTooLarge', value: '501' }],
    ['offset 10001', 'GAIA_QU02', { reason: 'offsetTooLarge', value: '10001' }],
    ['limit -1', 'CB_VA01', { reason: 'negativeLimit', value: '-1' }],
    ['offset -1', 'CB_VA01', { reason: 'negativeOffset', value: '-1' }],
    [
      'order by check asc',
      'GAIA_IQ03',
      { reason: 'notSortable', field: 'check', fieldType: 'CHECK_BOX', operator: 'order by' },
    ],
    [
      'order by name asc',
      'GAIA_IQ07',
      { reason: 'notSortable', field: 'name', fieldType: 'SINGLE_LINE_TEXT', operator: 'order by' },
    ],
  ])('%s: %s with details', (text, code, detail) => {
    expect(refusal(text)).toEqual({ code, detail });
  });

  it.each([
    ['check in ("")', null],
    ['drop not in ("", "low")', null],
    ['drop in ("HIGH")', 'GAIA_IQ10'],
    ['n = "abc"', null],
    ['n = ""', null],
    ['$id >= ""', 'GAIA_IL08'],
    ['d = ""', null],
    ['d < ""', 'GAIA_IL08'],
    ['d = "2026-02-30"', 'GAIA_IL08'],
    ['d = "yesterday"', 'GAIA_IL08'],
    ['t = "25:00"', 'GAIA_IL08'],
    ['dt = "2026-04-01"', null],
    ['dt = "2026-04-01T09:00:00+0900"', null],
    ['dt = "2026-04-01T09:00:00"', 'GAIA_IL08'],
    ['due in ("2026-04-01", "x")', 'GAIA_IL08'],
    ['memo like ""', 'GAIA_IL08'],
    ['dt = NOW()', null],
    ['d = NOW()', 'GAIA_IL08'],
    ['t = NOW()', 'GAIA_IL08'],
    ['d = TODAY()', null],
    ['d = TODAY(1)', 'GAIA_IL08'],
    ['d = THIS_WEEK(FRIDAY)', null],
    ['d = THIS_WEEK(FRI)', 'GAIA_IQ23'],
    ['d = THIS_WEEK("FRIDAY")', 'GAIA_IQ23'],
    ['d = THIS_WEEK(FRIDAY, MONDAY)', 'GAIA_IL08'],
    ['d = LAST_MONTH(LAST)', null],
    ['d = LAST_MONTH(0)', 'GAIA_IQ23'],
    ['d = NEXT_MONTH(1.5)', 'GAIA_IQ23'],
    ['d = THIS_YEAR(1)', 'GAIA_IL08'],
    ['d = FROM_TODAY(-3, WEEKS)', null],
    ['d = FROM_TODAY(1.5, DAYS)', 'GAIA_IQ25'],
    ['d = FROM_TODAY(1, days)', 'GAIA_IQ25'],
    ['user in (LOGINUSER())', null],
    ['作業者 not in (LOGINUSER(), "a")', null],
    ['group in (LOGINUSER())', 'GAIA_IL08'],
    ['org in (PRIMARY_ORGANIZATION())', null],
    ['user in (PRIMARY_ORGANIZATION())', 'GAIA_IL08'],
    ['memo like LOGINUSER()', 'GAIA_IL08'],
    ['limit 500 offset 10000', null],
    ['order by $id desc, d asc, drop asc, 文字列__1行_ desc, ステータス asc', null],
    ['order by nothing asc', 'GAIA_IQ11'],
    ['order by memo asc', 'GAIA_IQ03'],
    ['order by related.title asc', 'GAIA_IQ07'],
    ['order by items.name asc', 'GAIA_IR02'],
    ['n = 1 or (n = 2 and xyz = 3)', 'GAIA_IQ11'],
  ])('%s: %s', (text, code) => {
    expect(refusal(text)?.code ?? null).toBe(code);
  });

  it('knows process states only when they are given, and refuses STATUS while the process is off', () => {
    const status = { type: 'STATUS', code: 's', options: { open: { label: 'open', index: '0' } } };
    expect(refusal('s = "done"', { s: status })?.code).toBe('GAIA_IQ10');
    expect(refusal('s = "open"', { s: status })).toBeNull();
    expect(refusal('s = "open"', { s: { ...status, enabled: false } })?.code).toBe('GAIA_ST02');
  });
});
