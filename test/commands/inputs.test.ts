import { describe, expect, it } from 'vitest';
import type { InputAppSettings } from '../../src/commands/input-app';
import { inputApp } from '../../src/commands/input-app';
import { inputRecord } from '../../src/commands/input-record';
import { callingParameters, parametersOf } from '../../src/flow/parameters';
import { columnSpecsOfFields, parseDecimal } from '../../src/table/index';
import type { Cell, InnerRow } from '../../src/table/types';
import {
  failureOf,
  field,
  form,
  NOW_MS,
  namesOf,
  problemsOf,
  rowsOf,
  runCommand,
  TOKYO,
  table,
} from './support';

const FIELDS = form(
  field('レコード番号', 'RECORD_NUMBER'),
  field('取引先', 'SINGLE_LINE_TEXT'),
  field('金額', 'NUMBER'),
  field('日付', 'DATE'),
  field('罫線', 'HR'),
  field('明細', 'SUBTABLE', { fields: form(field('品名', 'SINGLE_LINE_TEXT'), field('数量', 'NUMBER')) }),
);
const APP = { appId: '10' };
const nothing: InputAppSettings = { app: APP, fields: [], rename: [], condition: null };

const inner = (name: string, quantity: string): InnerRow => ({
  id: '5',
  cells: [name, parseDecimal(quantity)],
});
const RECORDS = table(
  columnSpecsOfFields(FIELDS),
  [['12', '流商店', '1500', '2026-11-21', [inner('紙', '3'), inner('筆', '2')]]],
  { appId: '10', ids: Int32Array.of(12), revisions: Int32Array.of(3) },
);
const world = {
  apps: { '10': FIELDS, '11': null },
  records: { '10': RECORDS },
  parameters: parametersOf(FIELDS),
};

describe('inputApp', () => {
  it('reads all fields that hold a value, and keeps the records apart from the data', async () => {
    const { result, inferred } = await runCommand(inputApp, [], nothing, world);
    expect(namesOf(result)).toEqual(['レコード番号', '取引先', '金額', '日付', '明細']);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(result.origin?.ids).toEqual(Int32Array.of(12));
  });

  it('asks for the chosen fields under their codes and renames afterwards', async () => {
    const { result, reads } = await runCommand(
      inputApp,
      [],
      { ...nothing, fields: ['金額', '取引先'], rename: [{ from: '金額', to: '売上' }] },
      world,
    );
    expect(reads[0]?.columns.map((spec) => spec.name)).toEqual(['金額', '取引先']);
    expect(namesOf(result)).toEqual(['売上', '取引先']);
    expect(rowsOf(result)).toEqual([['1500', '流商店']]);
  });

  it('hands over a condition without parameters or periods', async () => {
    const { reads } = await runCommand(
      inputApp,
      [],
      {
        ...nothing,
        fields: ['金額'],
        condition: {
          join: 'all',
          conditions: [
            { field: 'レコード番号', operator: '=', values: [{ kind: 'parameter', name: '$recordId' }] },
            {
              field: '日付',
              operator: '>=',
              values: [{ kind: 'period', unit: 'month', edge: 'start', offset: 0, base: '' }],
            },
          ],
        },
      },
      { ...world, values: { $recordId: '12' } },
    );
    expect(reads[0]?.condition).toEqual({
      join: 'all',
      conditions: [
        { field: 'レコード番号', operator: '=', values: ['12'] },
        { field: '日付', operator: '>=', values: ['2026-11-01'] },
      ],
    });
  });

  it.each<[Partial<InputAppSettings>, readonly string[]]>([
    [{ app: null }, ['error appNotChosen app']],
    [{ app: { appId: '11' } }, ['error appNotVisible app']],
    [{ app: { appId: '12' } }, ['info appLoading app']],
    [{ fields: ['gone', '金額', '金額'] }, ['error fieldMissing fields.0', 'warning fieldTwice fields.2']],
    [{ fields: ['罫線'] }, ['error fieldMissing fields.0']],
    [{ rename: [{ from: '金額', to: '取引先' }] }, ['error columnNameTaken rename']],
    [{ rename: [{ from: '金額', to: '' }] }, ['error columnNameBlank rename.0.to']],
    [{ fields: ['金額'], rename: [{ from: '日付', to: 'd' }] }, ['warning renameUnused rename.0.from']],
    [
      { condition: { join: 'all', conditions: [{ field: 'gone', operator: 'blank', values: [] }] } },
      ['error columnMissing condition.conditions.0.field'],
    ],
  ])('says what is wrong with %j', (settings, expected) => {
    expect(problemsOf(inputApp, [], { ...nothing, ...settings }, world)).toEqual(expected);
  });
});

describe('inputRecord', () => {
  const values: Record<string, Cell> = {
    取引先: '流商店',
    金額: parseDecimal('1500'),
    日付: null,
    レコード番号: '12',
    明細: [inner('紙', '3'), inner('筆', '2')],
  };
  const started = { ...world, values };

  it('gives one row of the record without asking kintone', async () => {
    const { result, reads, inferred } = await runCommand(
      inputRecord,
      [],
      { table: null, fields: [] },
      started,
    );
    expect(namesOf(result)).toEqual(['レコード番号', '取引先', '金額', '日付', '明細']);
    expect(rowsOf(result)[0]?.slice(0, 4)).toEqual(['12', '流商店', '1500', '']);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(reads).toEqual([]);
  });

  it('gives the rows of a table with the record-level fields', async () => {
    const { result } = await runCommand(
      inputRecord,
      [],
      { table: '明細', fields: ['取引先', '数量'] },
      started,
    );
    expect(rowsOf(result)).toEqual([
      ['流商店', '3'],
      ['流商店', '2'],
    ]);
    const all = await runCommand(inputRecord, [], { table: '明細', fields: [] }, started);
    expect(namesOf(all.result)).toEqual(['レコード番号', '取引先', '金額', '日付', '品名', '数量']);
  });

  it('gives no row for an empty table', async () => {
    const { result } = await runCommand(
      inputRecord,
      [],
      { table: '明細', fields: [] },
      { ...started, values: {} },
    );
    expect(result.rowCount).toBe(0);
  });

  it('says what is wrong', () => {
    const check = (name: string | null, fields: string[] = []) =>
      problemsOf(inputRecord, [], { table: name, fields }, world);
    expect(check('')).toEqual(['error tableNotChosen table']);
    expect(check('取引先')).toEqual(['error tableMissing table']);
    expect(check(null, ['数量'])).toEqual(['error fieldMissing fields.0']);
    expect(problemsOf(inputRecord, [], { table: null, fields: [] })).toEqual([
      'error callingAppUnknown table',
    ]);
  });
});

describe('callingParameters', () => {
  const facts = {
    user: { code: 'sato', name: '佐藤' },
    startedAtMs: NOW_MS,
    timeZone: TOKYO,
    unitId: 'abcdefghijklmn',
    unitName: '単位',
    recordId: '',
    appId: '10',
  };
  const record = {
    取引先: { type: 'SINGLE_LINE_TEXT', value: '' },
    金額: { type: 'NUMBER', value: '1500' },
    明細: {
      type: 'SUBTABLE',
      value: [{ id: '5', value: { 品名: { type: 'SINGLE_LINE_TEXT', value: '紙' } } }],
    },
  };

  it('knows the fields of the record and the facts of the run', () => {
    const parameter = callingParameters(record, FIELDS, facts);
    expect(parameter('取引先').cell).toBeNull();
    expect(parameter('金額').cell).toEqual(parseDecimal('1500'));
    expect(parameter('明細').spec.columns?.map((spec) => spec.name)).toEqual(['品名', '数量']);
    expect(parameter('$user').cell).toEqual([facts.user]);
    expect(parameter('$today').cell).toBe('2026-11-22');
    expect(parameter('$startedAt').cell).toBe('2026-11-21T16:30:00Z');
    expect(parameter('$recordId').cell).toBeNull();
    expect(parameter('$unitName').cell).toBe('単位');
  });

  it('refuses what is not there', async () => {
    const ask = (parameter: ReturnType<typeof callingParameters>, name: string) =>
      failureOf(Promise.resolve().then(() => parameter(name)));
    expect(await ask(callingParameters(record, FIELDS, facts), 'gone')).toBe('parameterMissing');
    expect(await ask(callingParameters(record, FIELDS, facts), '日付')).toBe('parameterMissing');
    expect(await ask(callingParameters(null, FIELDS, facts), '金額')).toBe('parameterMissing');
  });
});
