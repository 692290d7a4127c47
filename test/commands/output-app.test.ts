import { describe, expect, it } from 'vitest';
import { outputApp } from '../../src/commands/output-app';
import { compatibility } from '../../src/commands/output-fields';
import type { OutputAppSettings } from '../../src/commands/output-settings';
import { suggestMapping } from '../../src/commands/suggest-mapping';
import { kintoneFromCell, parseDecimal } from '../../src/table/index';
import type { Cell, ColumnSpec, ColumnType, InnerRow, Person } from '../../src/table/types';
import {
  column,
  failureOf,
  field,
  form,
  options,
  problemsOf,
  rowsOf,
  runCommand,
  runContext,
  table,
} from './support';

const FIELDS = form(
  field('レコード番号', 'RECORD_NUMBER'),
  field('コード', 'SINGLE_LINE_TEXT', { unique: true, required: true }),
  field('氏名', 'SINGLE_LINE_TEXT', { label: '名前' }),
  field('金額', 'NUMBER'),
  field('日付', 'DATE'),
  field('日時', 'DATETIME'),
  field('区分', 'DROP_DOWN', { options: options('A', 'B') }),
  field('印', 'CHECK_BOX', { options: options('A', 'B') }),
  field('担当', 'USER_SELECT'),
  field('部署', 'ORGANIZATION_SELECT'),
  field('計', 'CALC', { format: 'NUMBER', expression: '金額*2' }),
  field('自動', 'SINGLE_LINE_TEXT', { expression: 'コード' }),
  field('添付', 'FILE'),
  field('顧客', 'SINGLE_LINE_TEXT', {
    lookup: { fieldMappings: [{ field: '顧客名', relatedField: '名称' }] },
  }),
  field('顧客名', 'SINGLE_LINE_TEXT'),
  field('罫線', 'HR'),
  field('必須', 'SINGLE_LINE_TEXT', { required: true }),
  field('既定', 'SINGLE_LINE_TEXT', { required: true, defaultValue: 'x' }),
  field('明細', 'SUBTABLE', {
    fields: form(
      field('品名', 'SINGLE_LINE_TEXT'),
      field('数量', 'NUMBER'),
      field('小計', 'CALC', { format: 'NUMBER' }),
    ),
  }),
);
const world = { apps: { '5': FIELDS } };
const APP = { appId: '5' };

const settings = (more: Partial<OutputAppSettings>): OutputAppSettings => ({
  app: APP,
  mode: 'update',
  keys: ['コード'],
  mapping: [
    { from: 'code', to: 'コード' },
    { from: 'amount', to: '金額' },
  ],
  blankKeys: 'fail',
  duplicateKeys: 'fail',
  deleteWithin: null,
  unknownOptions: 'fail',
  order: [],
  tables: [],
  autoNumber: null,
  ...more,
});
const COLUMNS = [column('code'), column('amount', 'number')];

/** Problems of one more mapping entry beside a sound one. */
const pairing = (spec: ColumnSpec, to: string): string[] =>
  problemsOf(
    outputApp,
    [[...COLUMNS, spec]],
    settings({ mapping: [...settings({}).mapping, { from: spec.name, to }] }),
    world,
  );

describe('outputApp settings', () => {
  it('accepts sound settings', () => {
    expect(problemsOf(outputApp, [COLUMNS], settings({}), world)).toEqual([]);
  });

  it.each<[Partial<OutputAppSettings>, readonly string[]]>([
    [{ app: null }, ['error appNotChosen app']],
    [{ mapping: [] }, ['error mappingEmpty mapping', 'error keyNotMapped keys.0']],
    [{ keys: [] }, ['error keysMissing keys']],
    [{ keys: ['コード', 'コード'] }, ['error keyTwice keys.1']],
    [{ keys: ['金額'] }, ['info keyNotUnique keys.0']],
    [{ keys: ['氏名'] }, ['error keyNotMapped keys.0']],
    [{ keys: ['担当'] }, ['error keyTypeUnsuitable keys.0']],
    [{ keys: ['gone'] }, ['error outputFieldMissing keys.0']],
    [{ mapping: [{ from: 'code', to: 'コード' }] }, ['warning nothingToUpdate mapping']],
    [{ mode: 'append', keys: [] }, ['warning requiredNotMapped mapping']],
    [{ mode: 'upsert' }, ['warning requiredNotMapped mapping']],
  ])('%j', (more, expected) => {
    expect(problemsOf(outputApp, [COLUMNS], settings(more), world)).toEqual(expected);
  });

  it.each<[ColumnSpec, string, readonly string[]]>([
    [column('x'), '', ['error outputFieldNotChosen mapping.2.to']],
    [column('x'), 'gone', ['error outputFieldMissing mapping.2.to']],
    [column('x'), '品名', ['error fieldInTable mapping.2.to']],
    [column('x', 'number'), '金額', ['error mappedTwice mapping.2.to']],
    [column('x', 'number'), '計', ['error fieldCalculated mapping.2.to']],
    [column('x'), '自動', ['error fieldCalculated mapping.2.to']],
    [column('x'), 'レコード番号', ['error fieldSetByKintone mapping.2.to']],
    [column('x', 'files'), '添付', ['error filesNotWritable mapping.2.to']],
    [column('x'), '罫線', ['error fieldHoldsNoValue mapping.2.to']],
    [column('x'), '顧客名', ['error fieldFilledByLookup mapping.2.to']],
    [column('x'), '顧客', []],
    [column('x', 'number'), '日付', ['error mappingTypesDiffer mapping.2']],
    [column('x', 'datetime'), '日付', ['error mappingLosesData mapping.2']],
    [column('x', 'number'), '氏名', ['warning mappingConverts mapping.2']],
    [column('x', 'choice', { options: ['A', 'Z'] }), '区分', ['warning optionsMissing mapping.2']],
    [
      column('x', 'people', { fieldType: 'ORGANIZATION_SELECT' }),
      '担当',
      ['error mappingTypesDiffer mapping.2'],
    ],
    [column('x', 'people', { fieldType: 'CREATOR' }), '担当', []],
    [column('x', 'table', { columns: [column('別')] }), '明細', ['error tableFieldsDiffer mapping.2']],
    [
      column('x', 'table', { columns: [column('品名'), column('小計', 'number')] }),
      '明細',
      ['warning tableFieldsNotWritten mapping.2'],
    ],
    [
      column('x', 'table', { columns: [column('数量', 'date')] }),
      '明細',
      ['error mappingTypesDiffer mapping.2'],
    ],
  ])('%j into %s', (spec, to, expected) => {
    expect(pairing(spec, to)).toEqual(expected);
  });

  it('has an answer for every column type and field type, and never loses data silently', () => {
    const types: ColumnType[] = [
      'text',
      'number',
      'date',
      'time',
      'datetime',
      'choice',
      'choices',
      'people',
      'files',
      'table',
    ];
    const same = types.flatMap((type) =>
      [
        'SINGLE_LINE_TEXT',
        'NUMBER',
        'DATE',
        'TIME',
        'DATETIME',
        'DROP_DOWN',
        'CHECK_BOX',
        'USER_SELECT',
        'SUBTABLE',
      ]
        .filter((target) => compatibility(column('x', type), field('y', target)) === 'same')
        .map((target) => `${type} ${target}`),
    );
    expect(same).toEqual([
      'text SINGLE_LINE_TEXT',
      'number NUMBER',
      'date DATE',
      'time TIME',
      'datetime DATETIME',
      'choice SINGLE_LINE_TEXT',
      'choice DROP_DOWN',
      'choices CHECK_BOX',
      'people USER_SELECT',
      'table SUBTABLE',
    ]);
  });
});

describe('outputApp run', () => {
  const emitted = async (spec: ColumnSpec, value: Cell | number, to: string): Promise<Cell | string> => {
    const input = table([column('code'), spec], [['K', value]]);
    const recorded = runContext(world);
    const mapping = [
      { from: 'code', to: 'コード' },
      { from: spec.name, to },
    ];
    await outputApp.run([input], settings({ mapping }), recorded.context);
    const [output] = recorded.outputs;
    expect(output?.mapping).toEqual([
      { from: 'コード', to: 'コード' },
      { from: to, to },
    ]);
    return rowsOf(output!.table)[0]![1]!;
  };

  it('writes date-times into texts as setType does, on the clock of the run, and reads them back', async () => {
    const moment = '2026-11-21T16:30:00Z';
    expect(await emitted(column('x', 'datetime'), moment, '氏名')).toBe('2026-11-22 01:30');
    expect(await emitted(column('x'), '2026-11-22 01:30', '日時')).toBe(moment);
    expect(await emitted(column('x'), moment, '日時')).toBe(moment);
    expect(await emitted(column('x'), '2026/11/22', '日付')).toBe('2026-11-22');
  });

  it('hands over the mapped columns under the codes of the app, and passes its input through', async () => {
    const origin = { appId: '9', ids: Int32Array.of(1), revisions: Int32Array.of(1) };
    const input = table([...COLUMNS, column('rest')], [['K1', '5', 'r']], origin);
    const { outputs, result } = await runCommand(outputApp, [input], settings({ mode: 'append' }), world);
    expect(result).toBe(input);
    expect(outputs).toHaveLength(1);
    expect(outputs[0]).toMatchObject({ app: APP, mode: 'append', keys: [] });
    expect(rowsOf(outputs[0]!.table)).toEqual([['K1', '5']]);
    expect(outputs[0]!.table.origin).toBe(origin);
  });

  it.each<[ColumnSpec, Cell | number, string, string]>([
    [column('x', 'number'), 1.5, '氏名', '1.5'],
    [column('x'), '1.50', '金額', '1.5'],
    [column('x'), '2026-11-21', '日付', '2026-11-21'],
    [column('x', 'date'), '2026-11-21', '日時', '2026-11-20T15:00:00Z'],
    [column('x'), 'A', '印', 'A'],
    [column('x'), 'sato', '担当', 'sato'],
    [column('x', 'choices'), ['A', 'B'], '氏名', 'A, B'],
    [column('x'), null, '金額', ''],
  ])('converts %j %j into %s', async (spec, value, to, expected) => {
    expect(await emitted(spec, value, to)).toBe(expected);
  });

  it('stops rather than writing blanks over data', async () => {
    expect(await failureOf(emitted(column('x'), 'abc', '金額'))).toBe('valueNotConvertible');
    expect(await failureOf(emitted(column('x'), 'Z', '区分'))).toBe('optionMissing');
    expect(await failureOf(emitted(column('x', 'choices'), ['A', 'Z'], '印'))).toBe('optionMissing');
  });

  it('writes a table by the codes both sides have, as new rows (case C9)', async () => {
    const inner = [column('数量', 'number'), column('別'), column('品名')];
    const rows: readonly InnerRow[] = [{ id: '77', cells: [parseDecimal('3'), 'x', '紙'] }];
    const input = table([column('code'), column('t', 'table', { columns: inner })], [['K', rows]]);
    const mapping = [
      { from: 'code', to: 'コード' },
      { from: 't', to: '明細' },
    ];
    const { outputs } = await runCommand(
      outputApp,
      [input],
      settings({ mode: 'append', keys: [], mapping }),
      world,
    );
    const written = outputs[0]!.table.columns[1]!;
    expect(written.spec.columns?.map((spec) => spec.name)).toEqual(['数量', '品名']);
    const cell = written.kind === 'object' ? (written.values[0] ?? null) : null;
    expect(kintoneFromCell('SUBTABLE', cell, written.spec.columns)).toEqual([
      { value: { 数量: { value: '3' }, 品名: { value: '紙' } } },
    ]);
  });

  it('keeps people as they are', async () => {
    const sato: Person = { code: 'sato', name: '佐藤' };
    expect(await emitted(column('x', 'people'), [sato], '担当')).toBe('佐藤');
  });
});

describe('suggestMapping', () => {
  it('pairs by code, then by label, and only what can be written', () => {
    const columns = [
      column('x', 'text', { label: '名前' }),
      column('金額', 'text'),
      column('日付', 'number'),
      column('計', 'number'),
      column('氏名', 'text'),
      column('顧客名'),
    ];
    expect(suggestMapping(columns, FIELDS)).toEqual([
      { from: '金額', to: '金額' },
      { from: '氏名', to: '氏名' },
    ]);
    expect(suggestMapping([column('x', 'text', { label: '名前' })], FIELDS)).toEqual([
      { from: 'x', to: '氏名' },
    ]);
  });
});
