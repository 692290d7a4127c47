/** Settings of the output commands beyond the plain mapping: numbers, tables, order, policies, process actions. */
import { describe, expect, it } from 'vitest';
import { decodeCommandSettings } from '../../src/commands';
import { outputApp } from '../../src/commands/output-app';
import {
  type AutoNumberSetting,
  FRESH_AUTO_NUMBER,
  FRESH_ROW_NUMBER,
  type OutputAppSettings,
  type TableSetting,
} from '../../src/commands/output-settings';
import { type OutputStatusSettings, outputStatus } from '../../src/commands/output-status';
import { cellAt } from '../../src/table/index';
import type { InnerRow } from '../../src/table/types';
import { column, failureOf, field, form, options, problemsOf, runCommand, table } from './support';

const FIELDS = form(
  field('レコード番号', 'RECORD_NUMBER'),
  field('ステータス', 'STATUS', { enabled: true }),
  field('no', 'SINGLE_LINE_TEXT', { unique: true }),
  field('count', 'NUMBER'),
  field('key', 'SINGLE_LINE_TEXT', { unique: true }),
  field('qty', 'NUMBER'),
  field('day', 'DATE'),
  field('kind', 'DROP_DOWN', { options: options('a', 'b') }),
  field('marks', 'CHECK_BOX', { options: options('a', 'b') }),
  field('sum', 'CALC', { format: 'NUMBER', expression: 'qty' }),
  field('lines', 'SUBTABLE', {
    fields: form(
      field('item', 'SINGLE_LINE_TEXT'),
      field('n', 'NUMBER'),
      field('text', 'MULTI_LINE_TEXT'),
      field('line', 'SINGLE_LINE_TEXT'),
    ),
  }),
);
const world = { apps: { '5': FIELDS } };
const LINES = column('lines', 'table', { columns: [column('item'), column('n', 'number')] });
const COLUMNS = [column('key'), column('qty', 'number'), LINES];

const settings = (more: Partial<OutputAppSettings> = {}): OutputAppSettings => ({
  app: { appId: '5' },
  mode: 'upsert',
  keys: ['key'],
  mapping: ['key', 'qty', 'lines'].map((code) => ({ from: code, to: code })),
  blankKeys: 'fail',
  duplicateKeys: 'fail',
  deleteWithin: null,
  unknownOptions: 'fail',
  order: [],
  tables: [],
  autoNumber: null,
  ...more,
});

const problems = (more: Partial<OutputAppSettings>): string[] =>
  problemsOf(outputApp, [COLUMNS], settings(more), world);

describe('outputApp: settings of before', () => {
  it('documents without the newer keys are read as what was done then', () => {
    const old = { app: { appId: '5' }, mode: 'upsert', keys: ['key'], mapping: [] };
    const command = { id: 'c', type: 'outputApp', note: '', inputs: [], settings: old };
    const decoded = decodeCommandSettings(command);
    expect(decoded).toMatchObject({ ok: true, value: { settings: settings({ mapping: [] }) } });
  });
});

describe('outputApp: modes and keys', () => {
  const number = { from: 'qty', to: 'レコード番号' };
  it.each<[Partial<OutputAppSettings>, readonly string[]]>([
    [{ mode: 'regenerate', keys: [] }, []],
    [{ mode: 'sync', keys: [] }, ['error keysMissing keys']],
    [
      { mode: 'delete', keys: [] },
      [
        'info mappingNotUsed mapping.0',
        'info mappingNotUsed mapping.1',
        'info mappingNotUsed mapping.2',
        'error keysMissing keys',
      ],
    ],
    [{ mode: 'delete', mapping: [number], keys: [number.to] }, ['warning mappingConverts mapping.0']],
    [
      { mode: 'update', mapping: [number, { from: 'key', to: 'no' }], keys: [number.to] },
      ['warning mappingConverts mapping.0'],
    ],
    [
      { mode: 'upsert', mapping: [number], keys: [number.to] },
      ['error fieldSetByKintone mapping.0.to', 'error keyTypeUnsuitable keys.0'],
    ],
    [
      { mode: 'update', mapping: [number, { from: 'key', to: 'key' }] },
      ['error fieldSetByKintone mapping.0.to'],
    ],
    [{ unknownOptions: 'add' }, ['error addOptionRefused unknownOptions']],
    [{ order: [{ column: 'gone', descending: false }] }, ['error columnMissing order.0.column']],
    [{ mode: 'update', order: [{ column: 'gone', descending: false }] }, []],
    [
      {
        mode: 'sync',
        deleteWithin: { join: 'all', conditions: [{ field: 'gone', operator: '=', values: [] }] },
      },
      ['error columnMissing deleteWithin.conditions.0.field'],
    ],
  ])('%j', (more, expected) => {
    expect(problems(more)).toEqual(expected);
  });
});

describe('outputApp: automatic numbers', () => {
  it.each<[Partial<AutoNumberSetting>, readonly string[]]>([
    [{ field: 'no' }, []],
    [{ field: '' }, ['error outputFieldNotChosen autoNumber.field']],
    [{ field: 'gone' }, ['error outputFieldMissing autoNumber.field']],
    [{ field: 'sum' }, ['error fieldCalculated autoNumber.field']],
    [{ field: 'day' }, ['error autoNumberTypeUnsuitable autoNumber.field']],
    [{ field: 'key' }, ['error autoNumberMapped autoNumber.field']],
    [{ field: 'count' }, ['warning autoNumberNotUnique autoNumber.field']],
    [
      { field: 'count', cycle: 'daily', prefix: 'x' },
      [
        'warning autoNumberNotUnique autoNumber.field',
        'error autoNumberCycleNumber autoNumber.cycle',
        'info autoNumberAffixIgnored autoNumber.prefix',
      ],
    ],
    [{ field: 'no', prefix: '{week}' }, ['error autoNumberTokenUnknown autoNumber.prefix']],
    [
      { field: 'no', cycle: 'monthly', prefix: '{yyyy}-' },
      ['error autoNumberPeriodMissing autoNumber.cycle'],
    ],
    [{ field: 'no', cycle: 'monthly', prefix: '{yyyy}{mm}-' }, []],
    [{ field: 'no', prefix: '{group}-' }, ['error autoNumberGroupBlank autoNumber.groupField']],
    [{ field: 'no', prefix: '{group}-', groupField: 'key' }, []],
    [{ field: 'no', groupField: 'key' }, ['warning autoNumberGroupRepeats autoNumber.groupField']],
    [
      { field: 'no', prefix: '{group}-', groupField: 'day' },
      ['error autoNumberGroupNotMapped autoNumber.groupField'],
    ],
    [{ field: 'no', groupField: 'marks' }, ['error autoNumberTypeUnsuitable autoNumber.groupField']],
  ])('%j', (rule, expected) => {
    expect(problems({ autoNumber: { ...FRESH_AUTO_NUMBER, ...rule } })).toEqual(expected);
  });

  it.each<[Partial<AutoNumberSetting>, readonly string[]]>([
    [{ sharedWith: [{ app: { appId: '6' }, field: 'no' }] }, ['info autoNumberShared autoNumber.sharedWith']],
    [
      { sharedWith: [{ app: null, field: '' }] },
      ['info autoNumberShared autoNumber.sharedWith', 'error appNotChosen autoNumber.sharedWith.0.app'],
    ],
    [
      { sharedWith: [{ app: { appId: '7' }, field: 'no' }] },
      ['info autoNumberShared autoNumber.sharedWith', 'error appNotVisible autoNumber.sharedWith.0.app'],
    ],
    [
      { sharedWith: [{ app: { appId: '6' }, field: 'count' }], prefix: '{group}', groupField: 'key' },
      [
        'error autoNumberSharedGroup autoNumber.groupField',
        'info autoNumberShared autoNumber.sharedWith',
        'error autoNumberTypeUnsuitable autoNumber.sharedWith.0.field',
      ],
    ],
  ])('shared with other apps: %j', (rule, expected) => {
    const other = form(field('no', 'SINGLE_LINE_TEXT'), field('count', 'NUMBER'));
    const both = { apps: { ...world.apps, '6': other, '7': null } };
    const chosen = settings({ autoNumber: { ...FRESH_AUTO_NUMBER, field: 'no', ...rule } });
    expect(problemsOf(outputApp, [COLUMNS], chosen, both)).toEqual(expected);
    expect(outputApp.apps(chosen)).toEqual([
      { appId: '5' },
      ...(rule.sharedWith ?? []).flatMap(({ app }) => app ?? []),
    ]);
  });

  it('hands the rule over with the day of the person who runs', async () => {
    const autoNumber = { ...FRESH_AUTO_NUMBER, field: 'no' };
    const input = table(COLUMNS, [['A', '1', null]]);
    const { outputs } = await runCommand(outputApp, [input], settings({ autoNumber }), world);
    expect(outputs[0]?.autoNumber).toMatchObject({
      field: 'no',
      today: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    const update = await runCommand(outputApp, [input], settings({ mode: 'update', autoNumber }), world);
    expect(update.outputs[0]?.autoNumber).toBeUndefined();
  });
});

describe('outputApp: tables', () => {
  const rule = (more: Partial<TableSetting>): TableSetting => ({
    field: 'lines',
    rows: 'merge',
    key: 'item',
    keepOthers: true,
    order: [],
    rowNumber: null,
    ...more,
  });
  it.each<[readonly TableSetting[], readonly string[]]>([
    [[rule({})], []],
    [[rule({ field: 'key' })], ['error tableNotMapped tables.0.field']],
    [[rule({ key: '' })], ['error tableKeyNotChosen tables.0.key']],
    [[rule({ key: 'text' })], ['error tableKeyNotWritten tables.0.key']],
    [[rule({ rows: 'replace', key: '' })], []],
    [[rule({}), rule({})], ['error tableTwice tables.1.field']],
    [
      [rule({ order: [{ column: 'gone', descending: true }] })],
      ['error columnMissing tables.0.order.0.column'],
    ],
    [[rule({ rowNumber: { ...FRESH_ROW_NUMBER, field: 'line' } })], []],
    [[rule({ rowNumber: FRESH_ROW_NUMBER })], ['error outputFieldNotChosen tables.0.rowNumber.field']],
    [
      [rule({ rowNumber: { ...FRESH_ROW_NUMBER, field: 'n' } })],
      ['error autoNumberMapped tables.0.rowNumber.field'],
    ],
    [
      [rule({ rowNumber: { ...FRESH_ROW_NUMBER, field: 'text' } })],
      ['error autoNumberTypeUnsuitable tables.0.rowNumber.field'],
    ],
    [
      [rule({ rowNumber: { ...FRESH_ROW_NUMBER, field: 'line', prefix: '{fy}{x}' } })],
      [
        'error autoNumberTokenUnknown tables.0.rowNumber.prefix',
        'error autoNumberTokenUnknown tables.0.rowNumber.prefix',
      ],
    ],
  ])('%j', (tables, expected) => {
    expect(problems({ tables })).toEqual(expected);
  });

  it('orders inner rows: stable, blanks first when ascending, numbers by value', async () => {
    const row = (item: string | null, n: string): InnerRow => ({
      id: '1',
      cells: [item, { coefficient: BigInt(n), scale: 0 }],
    });
    const input = table(COLUMNS, [
      ['A', '1', [row('b', '10'), row('a', '9'), row(null, '10'), row('b', '9')]],
    ]);
    const shown = async (order: TableSetting['order']) => {
      const tables = [rule({ order })];
      const { outputs } = await runCommand(outputApp, [input], settings({ tables }), world);
      const cell = cellAt(outputs[0]!.table.columns[2]!, 0) as readonly InnerRow[];
      return cell.map(
        (one) => `${one.cells[0] ?? ''}${String((one.cells[1] as { coefficient: bigint }).coefficient)}`,
      );
    };
    expect(await shown([{ column: 'item', descending: false }])).toEqual(['10', 'a9', 'b10', 'b9']);
    expect(await shown([{ column: 'n', descending: true }])).toEqual(['b10', '10', 'a9', 'b9']);
    expect(await shown([])).toEqual(['b10', 'a9', '10', 'b9']);
  });
});

describe('outputApp: options that the field lacks', () => {
  const pair = (to: string) => ({
    keys: ['key'],
    mapping: [
      { from: 'key', to: 'key' },
      { from: 'v', to },
    ],
  });
  const input = table(
    [column('key'), column('v', 'choices')],
    [
      ['A', ['a', 'x']],
      ['B', ['y']],
      ['C', null],
    ],
  );

  it('stop the run', async () => {
    expect(await failureOf(runCommand(outputApp, [input], settings(pair('marks')), world))).toBe(
      'optionMissing',
    );
  });

  it('are left out and counted; known ones of the same cell stay', async () => {
    const chosen = settings({ ...pair('marks'), unknownOptions: 'blank' });
    const { outputs, reports } = await runCommand(outputApp, [input], chosen, world);
    const marks = outputs[0]!.table.columns[1]!;
    expect([0, 1, 2].map((row) => cellAt(marks, row))).toEqual([['a'], null, null]);
    expect(reports).toMatchObject([
      { code: 'optionsBlanked', count: 2, params: { field: 'marks', values: ['x', 'y'] } },
    ]);
  });
});

describe('outputStatus', () => {
  const STATUS_COLUMNS = [column('key'), column('act'), column('boss', 'people'), column('n', 'number')];
  const status = (more: Partial<OutputStatusSettings> = {}): OutputStatusSettings => ({
    app: { appId: '5' },
    keys: [{ from: 'key', to: 'key' }],
    action: { from: 'fixed', value: 'approve' },
    assignee: { from: 'none', value: '' },
    blankKeys: 'fail',
    notAllowed: 'fail',
    ...more,
  });
  it.each<[Partial<OutputStatusSettings>, readonly string[]]>([
    [{}, []],
    [{ keys: [] }, ['error keysMissing keys']],
    [{ keys: [{ from: 'gone', to: 'key' }] }, ['error columnMissing keys.0.from']],
    [{ keys: [{ from: 'key', to: 'item' }] }, ['error fieldInTable keys.0.to']],
    [{ keys: [{ from: 'key', to: 'marks' }] }, ['error keyTypeUnsuitable keys.0.to']],
    [{ keys: [{ from: 'n', to: 'レコード番号' }] }, ['warning mappingConverts keys.0']],
    [
      {
        keys: [
          { from: 'key', to: 'key' },
          { from: 'act', to: 'key' },
        ],
      },
      ['error keyTwice keys.1.to'],
    ],
    [{ action: { from: 'fixed', value: ' ' } }, ['error actionBlank action.value']],
    [{ action: { from: 'column', value: 'n' } }, ['error textColumnNeeded action.value']],
    [{ action: { from: 'column', value: 'act' } }, []],
    [{ assignee: { from: 'fixed', value: '' } }, ['error assigneeBlank assignee.value']],
    [{ assignee: { from: 'column', value: 'boss' } }, []],
  ])('%j', (more, expected) => {
    expect(problemsOf(outputStatus, [STATUS_COLUMNS], status(more), world)).toEqual(expected);
  });

  it('needs process management', () => {
    const off = {
      apps: { '5': form(field('key', 'SINGLE_LINE_TEXT'), field('s', 'STATUS', { enabled: false })) },
    };
    expect(problemsOf(outputStatus, [STATUS_COLUMNS], status(), off)).toEqual(['error processOff app']);
  });

  it('hands over keys, action and assignee per row, and passes its input on', async () => {
    const input = table(STATUS_COLUMNS, [
      ['A', 'go', [{ code: 'u', name: 'U' }], '1'],
      ['B', null, null, '2'],
    ]);
    const chosen = status({
      keys: [{ from: 'n', to: 'レコード番号' }],
      action: { from: 'column', value: 'act' },
      assignee: { from: 'column', value: 'boss' },
    });
    const { outputs, result } = await runCommand(outputStatus, [input], chosen, world);
    expect(result).toBe(input);
    const [output] = outputs;
    expect(output).toMatchObject({ mode: 'status', keys: ['レコード番号'] });
    expect(cellAt(output!.table.columns[0]!, 1)).toBe('2');
    expect([0, 1].map((row) => cellAt(output!.statusChange!.action, row))).toEqual(['go', null]);
    expect(cellAt(output!.statusChange!.assignee!, 0)).toEqual([{ code: 'u', name: 'U' }]);
  });

  it('takes action and assignee from the calling record, too', async () => {
    const parameters = [column('決裁'), column('上長', 'people'), column('額', 'number')];
    const there = { ...world, parameters, values: { 決裁: 'approve', 上長: [{ code: 'u', name: 'U' }] } };
    const from = (action: string, assignee: string) =>
      status({
        action: { from: 'parameter', value: action },
        assignee: { from: 'parameter', value: assignee },
      });
    const input = table(STATUS_COLUMNS, [['A', null, null, '1']]);
    const { outputs } = await runCommand(outputStatus, [input], from('決裁', '上長'), there);
    expect(cellAt(outputs[0]!.statusChange!.action, 0)).toBe('approve');
    expect(cellAt(outputs[0]!.statusChange!.assignee!, 0)).toEqual([{ code: 'u', name: 'U' }]);
    expect(problemsOf(outputStatus, [STATUS_COLUMNS], from('額', '無'), there)).toEqual([
      'error parameterNotUsable action.value',
      'error parameterMissing assignee.value',
    ]);
  });

  it('an empty input changes nothing', async () => {
    const { outputs } = await runCommand(outputStatus, [table(STATUS_COLUMNS, [])], status(), world);
    expect(outputs[0]?.table.rowCount).toBe(0);
  });
});
