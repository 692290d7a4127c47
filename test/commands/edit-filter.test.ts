import { describe, expect, it } from 'vitest';
import { edit } from '../../src/commands/edit';
import type { EditStep } from '../../src/commands/edit-settings';
import { filter } from '../../src/commands/filter';
import { FailureError } from '../../src/definition/errors';
import { column, failureOf, problemsOf, rowsOf, runCommand, TOKYO, table } from './support';

const formula = (
  target: string,
  text: string,
  more: Partial<Extract<EditStep, { method: 'formula' }>> = {},
): EditStep => ({
  target,
  label: '',
  method: 'formula',
  formula: text,
  type: null,
  onError: 'fail',
  ...more,
});

const ORDERS = table(
  [
    column('品'),
    column('単価', 'number'),
    column('数量', 'number'),
    column('日付', 'date'),
    column('日時', 'datetime'),
  ],
  [
    ['紙', '0.1', '3', '2026-11-21', '2026-11-20T15:30:00Z'],
    [null, null, '2', null, null],
    ['紙と筆', '10', null, '2024-02-29', '2024-12-31T15:00:00Z'],
  ],
);

const edited = async (...steps: EditStep[]) => runCommand(edit, [ORDERS], { steps });
/** The values of the last column. */
const last = async (...steps: EditStep[]): Promise<readonly string[]> =>
  rowsOf((await edited(...steps)).result).map((row) => row.at(-1)!);

describe('edit', () => {
  it('computes exactly, keeps the type of the formula, and lets later steps see earlier ones', async () => {
    const { result, inferred } = await edited(formula('小計', '単価*数量'), formula('税', '小計*0.1'));
    expect(result.columns.slice(-2).map((entry) => entry.spec.type)).toEqual(['number', 'number']);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(rowsOf(result)[0]?.slice(-2)).toEqual(['0.3', '0.03']);
  });

  it('replaces an existing column where it stands, with its label', async () => {
    const labelled = table([column('a', 'number', { label: 'A' }), column('b')], [[2, 'x']]);
    const { result } = await runCommand(edit, [labelled], { steps: [formula('a', 'a&"!"')] });
    expect(result.columns[0]?.spec).toEqual({ name: 'a', label: 'A', type: 'text' });
    expect(rowsOf(result)).toEqual([['2!', 'x']]);
  });

  it('converts to another type when told so', async () => {
    expect(await last(formula('t', '数量', { type: 'text' }))).toEqual(['3', '2', '']);
    const { result } = await edited(formula('c', '品', { type: 'choice' }));
    expect(result.columns.at(-1)?.spec.type).toBe('choice');
    expect(await last(formula('d', 'YEAR(日付)&"-01-01"', { type: 'date', onError: 'blank' }))).toContain(
      '2026-01-01',
    );
  });

  it('stops at the first row in error, or blanks and counts', async () => {
    const failing = edited(formula('x', '1/(数量-3)'));
    const cause = await failing.then(
      () => null,
      (error: unknown) => error,
    );
    expect(cause).toBeInstanceOf(FailureError);
    expect((cause as FailureError).failure).toMatchObject({
      code: 'formulaErrors',
      params: { column: 'x', error: 'divisionByZero', count: 1 },
      place: { field: 'steps.0', row: 0 },
    });
    const { result, reports } = await edited(formula('x', '1/(数量-3)', { onError: 'blank' }));
    expect(rowsOf(result)[0]?.at(-1)).toBe('');
    expect(rowsOf(result)[1]?.at(-1)).toBe('-1');
    expect(reports).toMatchObject([{ code: 'formulaErrors', count: 1, place: { commandId: 'c', row: 0 } }]);
  });

  it.each([
    ['year', '日付', ['2026', '', '2024']],
    ['month', '日付', ['11', '', '2']],
    ['day', '日時', ['21', '', '1']],
    ['weekday', '日付', ['7', '', '5']],
    ['quarter', '日付', ['4', '', '1']],
    ['hour', '日時', ['0', '', '0']],
    ['minute', '日時', ['30', '', '0']],
    ['date', '日時', ['2026-11-21', '', '2025-01-01']],
    ['time', '日時', ['00:30', '', '00:00']],
    ['monthStart', '日付', ['2026-11-01', '', '2024-02-01']],
    ['monthEnd', '日付', ['2026-11-30', '', '2024-02-29']],
    ['yearMonth', '日付', ['2026-11', '', '2024-02']],
  ] as const)('takes the %s of %s in the time zone of the run', async (part, source, values) => {
    expect(await last({ target: 'p', label: '', method: 'datePart', source, part })).toEqual(values);
  });

  it('copies, replaces and fills', async () => {
    const step = { target: 'x', label: '' };
    expect(await last({ ...step, method: 'copy', source: '品' })).toEqual(['紙', '', '紙と筆']);
    expect(await last({ ...step, method: 'replace', source: '品', search: '紙', replacement: '$&' })).toEqual(
      ['$&', '', '$&と筆'],
    );
    expect(await last({ ...step, method: 'replace', source: '品', search: '紙', replacement: '' })).toEqual([
      '',
      '',
      'と筆',
    ]);
    expect(await last({ ...step, method: 'fill', source: '数量', with: 'value', value: '0' })).toEqual([
      '3',
      '2',
      '0',
    ]);
    expect(await last({ ...step, method: 'fill', source: '日付', with: 'previous', value: '' })).toEqual([
      '2026-11-21',
      '2026-11-21',
      '2024-02-29',
    ]);
  });

  it('says what is wrong, with the position inside a formula', () => {
    const specs = [ORDERS.columns.map((entry) => entry.spec)];
    const check = (...steps: EditStep[]) => problemsOf(edit, specs, { steps });
    const step = { target: 'x', label: '' };
    expect(check()).toEqual(['error editEmpty steps']);
    expect(check(formula('', '1'))).toEqual(['error columnNameBlank steps.0.target']);
    expect(check(formula('x', '単価*知らない'))).toEqual(['error unknownField steps.0.formula']);
    expect(check(formula('x', ''))).toEqual(['error emptyFormula steps.0.formula']);
    expect(check({ ...step, method: 'copy', source: 'gone' })).toEqual([
      'error columnMissing steps.0.source',
    ]);
    expect(check({ ...step, method: 'datePart', source: '品', part: 'year' })).toEqual([
      'error editTypeUnsuitable steps.0.source',
    ]);
    expect(check({ ...step, method: 'replace', source: '品', search: '', replacement: '' })).toEqual([
      'error searchBlank steps.0.search',
    ]);
    expect(check({ ...step, method: 'fill', source: '数量', with: 'value', value: 'x' })).toEqual([
      'error fillValueInvalid steps.0.value',
    ]);
    expect(check({ ...step, method: 'fill', source: '数量', with: 'value', value: '' })).toEqual([
      'error fillValueBlank steps.0.value',
    ]);
    const position = edit.columns(
      specs,
      { steps: [formula('x', '単価*知らない')] },
      {
        fields: () => null,
        parameters: [],
        place: {},
      },
    ).problems[0];
    expect(position?.params).toMatchObject({ start: 3, end: 7 });
  });

  it('uses parameters of the calling record', async () => {
    const world = {
      parameters: [column('率', 'number')],
      values: { 率: { coefficient: 5n, scale: 1 } },
      timeZone: TOKYO,
    };
    const { result } = await runCommand(edit, [ORDERS], { steps: [formula('x', '数量*%率%')] }, world);
    expect(
      rowsOf(result)
        .slice(0, 2)
        .map((row) => row.at(-1)),
    ).toEqual(['1.5', '1']);
  });

  it('fills with a parameter, read as the type of the column', async () => {
    const world = {
      parameters: [column('率', 'number'), column('文'), column('人', 'people')],
      values: { 率: { coefficient: 5n, scale: 1 }, 文: 'x', 人: null },
    };
    const step = (source: string, value: string) => ({
      steps: [{ method: 'fill' as const, target: 'x', label: '', source, with: 'parameter' as const, value }],
    });
    const filled = async (source: string, value: string) =>
      rowsOf((await runCommand(edit, [ORDERS], step(source, value), world)).result).map((row) => row.at(-1));
    expect(await filled('数量', '率')).toEqual(['3', '2', '0.5']);
    expect(await filled('品', '率')).toEqual(['紙', '0.5', '紙と筆']);
    expect(await failureOf(runCommand(edit, [ORDERS], step('数量', '文'), world))).toBe(
      'constantNotConvertible',
    );
    const found = (source: string, value: string) =>
      problemsOf(edit, [ORDERS.columns.map((one) => one.spec)], step(source, value), world);
    expect(found('数量', '人')).toEqual(['error parameterNotUsable steps.0.value']);
    expect(found('数量', '無')).toEqual(['error parameterMissing steps.0.value']);
  });
});

describe('filter', () => {
  const shops = table(
    [column('店舗名'), column('額', 'number')],
    [
      ['北海道店', 1],
      ['東京店', 2],
      [null, 0],
    ],
  );
  const byFormula = async (text: string) =>
    rowsOf((await runCommand(filter, [shops], { mode: 'formula', condition: null, formula: text })).result);

  it('takes a text that is not empty as true (case B4)', async () => {
    expect(await byFormula('IF(OR(店舗名="北海道店"),"北海道","")')).toEqual([['北海道店', '1']]);
  });

  it('takes TRUE and numbers other than 0 as true', async () => {
    expect(await byFormula('額>1')).toEqual([['東京店', '2']]);
    expect(await byFormula('額')).toHaveLength(2);
  });

  it('stops when a row is in error', async () => {
    await expect(byFormula('1/額>0')).rejects.toMatchObject({
      failure: { code: 'formulaErrors', place: { row: 2 } },
    });
  });

  it('keeps rows by conditions, with their order and origin', async () => {
    const origin = { appId: '1', ids: Int32Array.of(4, 5, 6), revisions: Int32Array.of(1, 1, 1) };
    const { result } = await runCommand(filter, [{ ...shops, origin }], {
      mode: 'conditions',
      condition: {
        join: 'any',
        conditions: [
          { field: '店舗名', operator: 'blank', values: [] },
          { field: '額', operator: '<', values: [{ kind: 'literal', value: '2' }] },
        ],
      },
      formula: '',
    });
    expect(rowsOf(result)).toEqual([
      ['北海道店', '1'],
      ['', '0'],
    ]);
    expect(result.origin?.ids).toEqual(Int32Array.of(4, 6));
  });

  it('says what is wrong', () => {
    const specs = [[column('a')]];
    expect(problemsOf(filter, specs, { mode: 'conditions', condition: null, formula: '' })).toEqual([
      'error conditionEmpty condition',
    ]);
    expect(problemsOf(filter, specs, { mode: 'formula', condition: null, formula: 'b=1' })).toEqual([
      'error unknownField formula',
    ]);
  });
});
