import { describe, expect, it } from 'vitest';
import type { ConstantColumn } from '../../src/commands/constant';
import { constant } from '../../src/commands/constant';
import type { TargetFieldType } from '../../src/commands/field-types';
import type { ConditionValue } from '../../src/definition/types';
import { cellAt, parseDecimal } from '../../src/table/index';
import { column, failureOf, problemsOf, rowsOf, runCommand, table } from './support';

const INPUT = table([column('a')], [['x'], ['y']], {
  appId: '1',
  ids: Int32Array.of(1, 2),
  revisions: Int32Array.of(1, 1),
});
const literal = (value: string): ConditionValue => ({ kind: 'literal', value });
const add = (type: TargetFieldType, value: ConditionValue, name = 'c'): ConstantColumn => ({
  name,
  label: '',
  type,
  value,
});
const first = async (type: TargetFieldType, value: ConditionValue, world = {}) => {
  const { result } = await runCommand(constant, [INPUT], { columns: [add(type, value)] }, world);
  return cellAt(result.columns[1]!, 1);
};

describe('constant', () => {
  it('adds several columns after the others, the same in every row', async () => {
    const { result, inferred } = await runCommand(constant, [INPUT], {
      columns: [
        add('SINGLE_LINE_TEXT', literal('東北'), 'エリア'),
        { ...add('NUMBER', literal('0.10')), label: '率' },
      ],
    });
    expect(rowsOf(result)).toEqual([
      ['x', '東北', '0.1'],
      ['y', '東北', '0.1'],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(inferred[2]).toEqual({ name: 'c', label: '率', type: 'number', fieldType: 'NUMBER' });
    expect([...(result.origin?.ids ?? [])]).toEqual([1, 2]);
  });

  it.each<[TargetFieldType, string, unknown]>([
    ['DATE', '2026-11-22', '2026-11-22'],
    ['TIME', '09:00', '09:00'],
    ['DATETIME', '2026-11-22 09:00', '2026-11-22T00:00:00Z'],
    ['RADIO_BUTTON', '済', '済'],
    ['CHECK_BOX', '赤, 濃\n青', ['赤, 濃', '青']],
    ['USER_SELECT', 'sato', [{ code: 'sato', name: 'sato' }]],
    ['SINGLE_LINE_TEXT', '', null],
    ['NUMBER', '', null],
  ])('reads %s %j', async (type, text, expected) => {
    expect(await first(type, literal(text))).toEqual(expected);
  });

  it('takes values of the calling record and calendar days', async () => {
    const world = {
      parameters: [column('数', 'number'), column('日', 'date'), column('文字')],
      values: { 数: parseDecimal('7'), 日: '2024-02-10', 文字: 'abc' },
    };
    expect(await first('SINGLE_LINE_TEXT', { kind: 'parameter', name: '数' }, world)).toBe('7');
    const monthEnd: ConditionValue = { kind: 'period', unit: 'month', edge: 'end', offset: 0, base: '日' };
    expect(await first('DATE', monthEnd, world)).toBe('2024-02-29');
    // The run starts on 22 November 2026, 01:30 in Tokyo.
    const nextYear: ConditionValue = { kind: 'period', unit: 'year', edge: 'start', offset: 1, base: '' };
    expect(await first('DATETIME', nextYear)).toBe('2026-12-31T15:00:00Z');
    expect(await failureOf(first('NUMBER', { kind: 'parameter', name: '文字' }, world))).toBe(
      'constantNotConvertible',
    );
    const blankBase = { ...world, values: { 日: null } };
    expect(await first('DATE', monthEnd, blankBase)).toBeNull();
  });

  it('says what is wrong', () => {
    const parameters = [column('明細', 'table'), column('数', 'number')];
    const check = (...columns: ConstantColumn[]) =>
      problemsOf(constant, [[column('a')]], { columns }, { parameters });
    expect(check()).toEqual(['error constantEmpty columns']);
    expect(check(add('NUMBER', literal('abc'), 'a'))).toEqual([
      'error constantValueInvalid columns.0.value',
      'error columnNameTaken columns.0.name',
    ]);
    expect(check(add('DATE', literal('2026-13-01')), add('DATE', literal('2026-01-01')))).toEqual([
      'error constantValueInvalid columns.0.value',
      'error columnNameTaken columns.1.name',
    ]);
    const parameter = (name: string): ConditionValue => ({ kind: 'parameter', name });
    expect(check(add('NUMBER', parameter('gone')))).toEqual(['error parameterMissing columns.0.value']);
    expect(check(add('SINGLE_LINE_TEXT', parameter('明細')))).toEqual([
      'error parameterNotUsable columns.0.value',
    ]);
    const today: ConditionValue = { kind: 'period', unit: 'day', edge: 'start', offset: 0, base: '' };
    expect(check(add('NUMBER', today))).toEqual(['error conditionPeriodNotUsable columns.0.value']);
    expect(check(add('DATE', { ...today, base: '数' }))).toEqual([
      'error parameterNotUsable columns.0.value',
    ]);
  });

  it('works on no rows', async () => {
    const none = table([column('a')], []);
    const { result } = await runCommand(constant, [none], { columns: [add('NUMBER', literal('1'))] });
    expect([result.rowCount, result.columns.length]).toEqual([0, 2]);
  });
});
