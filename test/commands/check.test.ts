import { describe, expect, it } from 'vitest';
import { check } from '../../src/commands/check';
import type { CheckRule, CheckSettings } from '../../src/commands/check-settings';
import { FlowStopError } from '../../src/commands/flow-stop';
import type { ConditionValue } from '../../src/definition/types';
import { parseDecimal } from '../../src/table/index';
import { column, field, form, namesOf, options, problemsOf, rowsOf, runCommand, table } from './support';

const literal = (value: string): ConditionValue => ({ kind: 'literal', value });
const settings = (rules: readonly CheckRule[], more: Partial<CheckSettings> = {}): CheckSettings => ({
  rules,
  onError: 'continue',
  stopAt: 10,
  badRows: 'drop',
  as: '',
  ...more,
});
const compare = (more: Partial<Extract<CheckRule, { kind: 'compare' }>>): CheckRule => ({
  kind: 'compare',
  message: '',
  column: '納品日',
  operator: '>=',
  against: 'value',
  value: literal(''),
  other: '',
  formula: '',
  ...more,
});

const APP = form(
  field('コード', 'SINGLE_LINE_TEXT'),
  field('色', 'DROP_DOWN', { options: options('赤', '青') }),
);
const MASTER = table([column('コード', 'text', { fieldType: 'SINGLE_LINE_TEXT' })], [['K1'], ['K2']]);
const WORLD = { apps: { '7': APP }, records: { '7': MASTER } };

const INPUT = table(
  [
    column('コード'),
    column('納品日', 'date'),
    column('出荷日', 'date'),
    column('月', 'number'),
    column('色', 'choices', { options: ['赤', '青'] }),
  ],
  [
    ['K1', '2026-12-25', '2026-11-20', 1, ['赤']],
    ['K9', '2026-11-19', '2026-11-20', 12, ['赤', '黒']],
    [null, null, '2026-11-20', '12.5', null],
    ['K2', '2026-12-22', null, 0, ['青']],
  ],
);

/** Numbers (from 1) of the rows that a rule lets through. */
async function goodRows(rule: CheckRule, world = {}): Promise<string[]> {
  const { result } = await runCommand(check, [INPUT], settings([rule], { badRows: 'drop' }), {
    ...WORLD,
    ...world,
  });
  const all = rowsOf(INPUT).map((row) => row.join());
  return rowsOf(result).map((row) => String(all.indexOf(row.join()) + 1));
}

describe('rules', () => {
  it.each<[string, CheckRule, string[]]>([
    ['required', { kind: 'required', message: '', column: 'コード' }, ['1', '2', '4']],
    [
      'range, both ends included; blank is no error',
      { kind: 'range', message: '', column: '月', min: literal('1'), max: literal('12') },
      ['1', '2'],
    ],
    ['an open range', { kind: 'range', message: '', column: '月', min: null, max: literal('1') }, ['1', '4']],
    [
      'another column (A8: 納品日 ≧ 出荷日)',
      compare({ against: 'column', other: '出荷日' }),
      ['1', '3', '4'],
    ],
    [
      'a formula (A8: ≧ EDATE(TODAY(),1))',
      compare({ against: 'formula', formula: 'EDATE(TODAY(),1)' }),
      ['1', '3', '4'],
    ],
    ['a value', compare({ operator: '!=', value: literal('2026-11-19') }), ['1', '3', '4']],
    [
      'a calendar day',
      compare({ value: { kind: 'period', unit: 'month', edge: 'start', offset: 1, base: '' } }),
      ['1', '3', '4'],
    ],
    ['a pattern', { kind: 'pattern', message: '', column: 'コード', pattern: '^K[1-3]$' }, ['1', '3', '4']],
    [
      'the field of another app',
      { kind: 'exists', message: '', column: 'コード', app: { appId: '7' }, field: 'コード' },
      ['1', '3', '4'],
    ],
    [
      'the column’s own options',
      { kind: 'option', message: '', column: '色', source: 'column', app: null, field: '' },
      ['1', '3', '4'],
    ],
    [
      'the options of another app',
      { kind: 'option', message: '', column: '色', source: 'app', app: { appId: '7' }, field: '色' },
      ['1', '3', '4'],
    ],
    ['a formula of one’s own', { kind: 'formula', message: '', formula: 'AND(月>=1, 月<=12)' }, ['1', '2']],
    ['a formula in error', { kind: 'formula', message: '', formula: '1/月>0' }, ['1', '2', '3']],
    [
      'a comparison whose formula is in error',
      compare({ column: '月', against: 'formula', formula: '1/月', operator: '>=' }),
      ['1', '2', '3'],
    ],
    [
      'sets, whatever the order',
      compare({ column: '色', against: 'column', other: '色', operator: '=' }),
      ['1', '2', '3', '4'],
    ],
  ])('%s', async (_title, rule, rows) => {
    expect(await goodRows(rule)).toEqual(rows);
  });

  it('takes bounds from the calling record; a blank one bounds nothing', async () => {
    const rule: CheckRule = {
      kind: 'range',
      message: '',
      column: '月',
      min: { kind: 'parameter', name: '下' },
      max: null,
    };
    const parameters = [column('下', 'number')];
    expect(await goodRows(rule, { parameters, values: { 下: parseDecimal('12') } })).toEqual(['2', '3']);
    expect(await goodRows(rule, { parameters, values: { 下: null } })).toEqual(['1', '2', '3', '4']);
  });

  it('asks another app for a few texts, and reads it where it cannot', async () => {
    const rule: CheckRule = {
      kind: 'exists',
      message: '',
      column: 'コード',
      app: { appId: '7' },
      field: 'コード',
    };
    const few = await runCommand(check, [INPUT], settings([rule]), WORLD);
    expect(few.reads[0]?.condition?.conditions).toEqual([
      { field: 'コード', operator: 'in', values: ['K1', 'K9', 'K2'] },
    ]);
    const many = table(
      [column('コード')],
      Array.from({ length: 200 }, (_unused, index) => [`K${index}`]),
    );
    const read = await runCommand(check, [many], settings([rule]), WORLD);
    expect(read.reads[0]?.condition).toBeNull();
    expect(rowsOf(read.result)).toEqual([['K1'], ['K2']]);
    expect(check.apps(settings([rule]))).toEqual([{ appId: '7' }]);
  });
});

const REQUIRED: CheckRule = { kind: 'required', message: '', column: 'コード' };
const MONTH: CheckRule = {
  kind: 'range',
  message: '月が正しくありません',
  column: '月',
  min: literal('1'),
  max: null,
};

describe('what happens to errors', () => {
  it('goes on without the rows, and tells the first of them', async () => {
    const { result, reports } = await runCommand(check, [INPUT], settings([REQUIRED, MONTH]));
    expect(result.rowCount).toBe(2);
    expect(reports).toMatchObject([
      { code: 'checkRequired', count: 1, params: { number: 1, column: 'コード', rows: ['3'], values: [] } },
      {
        code: 'checkMessage',
        count: 1,
        params: { number: 2, message: '月が正しくありません', rows: ['4'], values: ['0'] },
        place: { row: 3 },
      },
    ]);
  });

  it('goes on with the rows, and writes beside them what is wrong', async () => {
    const more = { badRows: 'keep' as const, as: '誤り' };
    const { result, inferred } = await runCommand(check, [INPUT], settings([REQUIRED, MONTH], more));
    expect(namesOf(result).at(-1)).toBe('誤り');
    expect(rowsOf(result).map((row) => row.at(-1))).toEqual(['', '', '#1', '月が正しくありません']);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
  });

  it.each<[string, Partial<CheckSettings>, boolean]>([
    ['stop', { onError: 'stop' }, true],
    ['stopAt the number there is', { onError: 'stopAt', stopAt: 2 }, true],
    ['stopAt a larger number', { onError: 'stopAt', stopAt: 3 }, false],
    ['continue', { onError: 'continue' }, false],
  ])('%s', async (_title, more, stops) => {
    const run = runCommand(check, [INPUT], settings([REQUIRED, MONTH], more));
    if (!stops) expect((await run).result.rowCount).toBe(2);
    else {
      await expect(run).rejects.toBeInstanceOf(FlowStopError);
      await expect(run).rejects.toMatchObject({
        failure: { code: 'checkStopped', params: { count: 2 }, place: { row: 2 } },
      });
    }
  });

  it('stops for no row at all, where that is a rule', async () => {
    const none = table(
      INPUT.columns.map((entry) => entry.spec),
      [],
    );
    const anyRow: CheckRule = { kind: 'anyRow', message: '' };
    await expect(runCommand(check, [none], settings([anyRow], { onError: 'stop' }))).rejects.toMatchObject({
      failure: { code: 'checkStopped', params: { count: 1 } },
    });
    const { reports } = await runCommand(check, [none], settings([anyRow, REQUIRED]));
    expect(reports.map(({ code, count }) => `${code} ${count}`)).toEqual(['checkNoRow 1']);
    expect((await runCommand(check, [INPUT], settings([anyRow], { onError: 'stop' }))).result).toBe(INPUT);
  });

  it('works on 100,000 rows', async () => {
    const input = table(
      [column('コード'), column('月', 'number'), column('上限', 'number')],
      Array.from({ length: 100_000 }, (_unused, index) => [`K${index % 500}`, index % 13, 11]),
    );
    const rules: CheckRule[] = [
      { kind: 'pattern', message: '', column: 'コード', pattern: '^K[0-9]{1,3}$' },
      compare({ column: '月', operator: '<=', against: 'column', other: '上限' }),
    ];
    const { result } = await runCommand(check, [input], settings(rules));
    expect(result.rowCount).toBe(100_000 - 7692);
  });
});

describe('problems', () => {
  const specs = [INPUT.columns.map((entry) => entry.spec)];
  const found = (...rules: CheckRule[]) => problemsOf(check, specs, settings(rules), WORLD);

  it.each<[CheckRule, string[]]>([
    [{ kind: 'required', message: '', column: 'gone' }, ['error columnMissing rules.0.column']],
    [{ kind: 'range', message: '', column: '月', min: null, max: null }, ['error rangeEmpty rules.0.min']],
    [
      { kind: 'range', message: '', column: '月', min: literal('x'), max: literal('') },
      ['error conditionValueInvalid rules.0.min', 'error conditionValueMissing rules.0.max'],
    ],
    [
      { kind: 'range', message: '', column: 'コード', min: literal('x'), max: null },
      ['error conditionOperatorNotUsable rules.0.operator'],
    ],
    [compare({ against: 'column', other: '月' }), ['error checkTypesDiffer rules.0.column']],
    [
      compare({ column: 'コード', against: 'column', other: 'コード' }),
      ['error conditionOperatorNotUsable rules.0.operator'],
    ],
    [compare({ against: 'formula', formula: '1+' }), ['error expectedOperand rules.0.formula']],
    [
      compare({ column: '色', operator: '=', against: 'formula', formula: '"a"' }),
      ['error checkTypeUnsuitable rules.0.column'],
    ],
    [
      { kind: 'pattern', message: '', column: '月', pattern: '(' },
      ['error checkTypeUnsuitable rules.0.column', 'error patternUnclosed rules.0.pattern'],
    ],
    [
      { kind: 'exists', message: '', column: 'コード', app: null, field: '' },
      ['error appNotChosen rules.0.app'],
    ],
    [
      { kind: 'exists', message: '', column: '納品日', app: { appId: '7' }, field: 'コード' },
      ['error checkTypesDiffer rules.0.column'],
    ],
    [
      { kind: 'exists', message: '', column: '色', app: { appId: '7' }, field: 'gone' },
      ['error checkTypeUnsuitable rules.0.column', 'error fieldMissing rules.0.field'],
    ],
    [
      { kind: 'option', message: '', column: 'コード', source: 'column', app: null, field: '' },
      ['error optionsUnknown rules.0.column'],
    ],
    [
      { kind: 'option', message: '', column: '色', source: 'app', app: { appId: '7' }, field: 'コード' },
      ['error optionsUnknown rules.0.field'],
    ],
    [
      { kind: 'option', message: '', column: '色', source: 'app', app: null, field: '' },
      ['error appNotChosen rules.0.app'],
    ],
    [{ kind: 'formula', message: '', formula: '' }, ['error emptyFormula rules.0.formula']],
  ])('%j', (rule, problems) => {
    expect(found(rule)).toEqual(problems);
  });

  it('wants a rule, and a free name', () => {
    expect(found()).toEqual(['error checkEmpty rules']);
    expect(problemsOf(check, specs, settings([REQUIRED], { as: '月' }))).toEqual([
      'error columnNameTaken as',
    ]);
  });
});
