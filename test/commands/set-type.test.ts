import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canConvert,
  columnTypeOf,
  TARGET_FIELD_TYPES,
  type TargetFieldType,
} from '../../src/commands/field-types';
import type { TypedColumn } from '../../src/commands/set-type';
import { setType } from '../../src/commands/set-type';
import { type ConversionRules, converter as converterOf } from '../../src/commands/type-conversion';
import {
  cellAt,
  columnFromCells,
  compareDecimals,
  minutesFromText,
  parseDecimal,
  textFromMinutes,
} from '../../src/table/index';
import type { Cell, ColumnSpec, ColumnType } from '../../src/table/types';
import { cell, column, failureOf, namesOf, problemsOf, rowsOf, runCommand, TOKYO, table } from './support';

const typed = (more: Partial<TypedColumn> = {}): TypedColumn => ({
  column: 'a',
  as: '',
  label: '',
  type: 'NUMBER',
  separator: '',
  people: 'name',
  options: [],
  onFailure: 'blank',
  keepAs: '',
  ...more,
});
const one = (more: Partial<TypedColumn> = {}) => ({ columns: [typed(more)] });

const RULES: ConversionRules = { separator: ',', people: 'code', options: [], timeZone: TOKYO };
const PEOPLE = [
  { code: 'sato', name: '佐藤' },
  { code: 'ito', name: '伊藤' },
];
const FILES = [{ fileKey: 'k', name: 'a.pdf', contentType: 'x', size: '1' }];

const converter = (
  source: Pick<ColumnSpec, 'type' | 'fieldType'>,
  to: TargetFieldType,
  rules: ConversionRules,
) => converterOf(source, columnTypeOf(to), rules);

describe('conversion of one value', () => {
  it.each<[ColumnType, unknown, TargetFieldType, unknown]>([
    ['text', 'abc', 'MULTI_LINE_TEXT', 'abc'],
    ['number', '1.50', 'SINGLE_LINE_TEXT', '1.5'],
    ['date', '2026-01-02', 'SINGLE_LINE_TEXT', '2026-01-02'],
    ['time', '09:05', 'LINK', '09:05'],
    ['datetime', '2026-01-01T15:30:00Z', 'SINGLE_LINE_TEXT', '2026-01-02 00:30'],
    ['choices', ['x', 'y'], 'SINGLE_LINE_TEXT', 'x,y'],
    ['people', PEOPLE, 'SINGLE_LINE_TEXT', 'sato,ito'],
    ['files', FILES, 'SINGLE_LINE_TEXT', 'a.pdf'],
    ['text', ' 12.50 ', 'NUMBER', '12.5'],
    ['text', '1,200', 'NUMBER', null],
    ['choice', '3', 'NUMBER', '3'],
    ['text', '2026/1/2', 'DATE', '2026-01-02'],
    ['text', '2026-01-02 10:00', 'DATE', '2026-01-02'],
    ['text', '2026-01-01T15:30:00Z', 'DATE', '2026-01-02'],
    ['text', '2026-02-30', 'DATE', null],
    ['datetime', '2026-01-01T15:30:00Z', 'DATE', '2026-01-02'],
    ['datetime', '2026-01-01T14:59:00Z', 'DATE', '2026-01-01'],
    ['text', '9:05', 'TIME', '09:05'],
    ['text', '2026-01-02', 'TIME', null],
    ['text', '2026-01-02 10:15', 'TIME', '10:15'],
    ['datetime', '2026-01-01T15:30:00Z', 'TIME', '00:30'],
    ['text', '2026-01-02 10:15', 'DATETIME', '2026-01-02T01:15:00Z'],
    ['text', '2026-01-02', 'DATETIME', '2026-01-01T15:00:00Z'],
    ['date', '2026-01-02', 'DATETIME', '2026-01-01T15:00:00Z'],
    ['text', 'x', 'DROP_DOWN', 'x'],
    ['number', '1.0', 'RADIO_BUTTON', '1'],
    ['choices', ['x'], 'DROP_DOWN', 'x'],
    ['choices', ['x', 'y'], 'DROP_DOWN', null],
    ['text', 'x, y,x,', 'CHECK_BOX', ['x', 'y']],
    ['choice', 'x,y', 'CHECK_BOX', ['x,y']],
    ['date', '2026-01-02', 'MULTI_SELECT', ['2026-01-02']],
    [
      'text',
      'sato, ito',
      'USER_SELECT',
      [
        { code: 'sato', name: 'sato' },
        { code: 'ito', name: 'ito' },
      ],
    ],
    ['people', PEOPLE, 'USER_SELECT', PEOPLE],
    ['choices', ['g1'], 'GROUP_SELECT', [{ code: 'g1', name: 'g1' }]],
  ])('%s %j as %s is %j', (from, value, to, expected) => {
    expect(canConvert({ type: from }, to)).toBe(true);
    const converted = converter({ type: from }, to, RULES)(cell(from, value as Cell));
    const shown = to === 'NUMBER' && expected !== null ? parseDecimal(String(expected)) : expected;
    expect(converted).toEqual({ cell: shown, isWhole: expected !== null });
  });

  it('keeps blank blank, whatever the pair', () => {
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
    ];
    for (const type of types) {
      for (const to of TARGET_FIELD_TYPES) {
        if (!canConvert({ type }, to)) continue;
        expect(converter({ type }, to, RULES)(null)).toEqual({ cell: null, isWhole: true });
      }
    }
  });

  it('reads the number of a record number, and knows users under all their names', () => {
    const recordNumber = { type: 'text' as const, fieldType: 'RECORD_NUMBER' };
    expect(converter(recordNumber, 'NUMBER', RULES)('APP-12').cell).toEqual(parseDecimal('12'));
    expect(canConvert({ type: 'people', fieldType: 'CREATOR' }, 'USER_SELECT')).toBe(true);
    expect(canConvert({ type: 'people', fieldType: 'CREATOR' }, 'GROUP_SELECT')).toBe(false);
    expect(canConvert({ type: 'people', fieldType: 'GROUP_SELECT' }, 'GROUP_SELECT')).toBe(true);
  });

  it.each<[ColumnType, TargetFieldType]>([
    ['table', 'SINGLE_LINE_TEXT'],
    ['files', 'NUMBER'],
    ['number', 'DATE'],
    ['date', 'NUMBER'],
    ['time', 'DATETIME'],
    ['date', 'TIME'],
    ['choices', 'NUMBER'],
    ['people', 'CHECK_BOX'],
    ['number', 'USER_SELECT'],
  ])('has no way from %s to %s', (type, to) => {
    expect(canConvert({ type }, to)).toBe(false);
  });

  // Zones with a doubled and a skipped hour, a doubled half hour, a skipped day, and none of that.
  it.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', TOKYO, 'UTC'])(
    'brings every moment back from its text in %s, in both passings of a doubled hour',
    (timeZone) => {
      const rules = { ...RULES, timeZone };
      const toText = converter({ type: 'datetime' }, 'SINGLE_LINE_TEXT', rules);
      const toMoment = converter({ type: 'text' }, 'DATETIME', rules);
      const check = (minutes: number): void => {
        const moment = textFromMinutes(minutes);
        const { cell: text } = toText(moment);
        expect([text, toMoment(text).cell]).toEqual([text, moment]);
      };
      const last = minutesFromText('9999-12-31T23:59:00Z')!;
      check(last);
      fc.assert(fc.property(fc.integer({ min: minutesFromText('1900-01-01T00:00:00Z')!, max: last }), check));
      // Every quarter of an hour of 2026, so that each clock change of the year is met.
      const start = minutesFromText('2026-01-01T00:00:00Z')!;
      for (let minutes = start; minutes < start + 366 * 1440; minutes += 15) check(minutes);
    },
  );

  it('writes the wall clock, and UTC only where the wall clock does not tell', () => {
    const berlin = { ...RULES, timeZone: 'Europe/Berlin' };
    const toText = converter({ type: 'datetime' }, 'SINGLE_LINE_TEXT', berlin);
    expect(toText('2026-10-25T00:30:00Z').cell).toBe('2026-10-25 02:30');
    expect(toText('2026-10-25T01:30:00Z').cell).toBe('2026-10-25T01:30:00Z');
    expect(toText('2026-10-25T02:30:00Z').cell).toBe('2026-10-25 03:30');
    const tokyo = converter({ type: 'datetime' }, 'SINGLE_LINE_TEXT', RULES);
    expect(tokyo('9999-12-31T23:59:00Z').cell).toBe('9999-12-31T23:59:00Z');
  });

  it('brings numbers, dates and instants back from their text', () => {
    const back = (type: ColumnType, to: TargetFieldType, value: Cell): Cell => {
      const text = converter({ type }, 'SINGLE_LINE_TEXT', RULES)(value).cell;
      return converter({ type: 'text' }, to, RULES)(text).cell;
    };
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }),
        fc.integer({ min: 0, max: 10 }),
        (n, scale) => {
          const value = { coefficient: n, scale };
          const result = back('number', 'NUMBER', value);
          expect(compareDecimals(result as typeof value, value)).toBe(0);
        },
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000_000 }), (minutes) => {
        const instant = `${new Date(minutes * 60_000).toISOString().slice(0, 17)}00Z`;
        expect(back('datetime', 'DATETIME', instant)).toBe(instant);
        expect(back('date', 'DATE', instant.slice(0, 10))).toBe(instant.slice(0, 10));
      }),
    );
  });
});

describe('setType', () => {
  const input = table(
    [column('a'), column('b')],
    [
      ['1', 'x'],
      ['abc', 'y'],
      [null, 'z'],
      ['abc', 'w'],
    ],
  );

  it('leaves blank what does not fit, and says how many (case A7)', async () => {
    const { result, reports, inferred } = await runCommand(setType, [input], one({ as: 'n', label: '数' }));
    expect(rowsOf(result)).toEqual([
      ['1', 'x'],
      ['', 'y'],
      ['', 'z'],
      ['', 'w'],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(inferred[0]).toEqual({ name: 'n', label: '数', type: 'number', fieldType: 'NUMBER' });
    expect(reports).toEqual([
      {
        code: 'typeLeftBlank',
        params: { column: 'a', values: ['abc'] },
        place: { flowId: 'f', commandId: 'c', field: 'a' },
        count: 2,
      },
    ]);
  });

  it('keeps the text beside it', async () => {
    const { result, reports, inferred } = await runCommand(
      setType,
      [input],
      one({ onFailure: 'keep', keepAs: '元の値' }),
    );
    expect(namesOf(result)).toEqual(['a', '元の値', 'b']);
    expect(rowsOf(result).map((row) => row.slice(0, 2))).toEqual([
      ['1', ''],
      ['', 'abc'],
      ['', ''],
      ['', 'abc'],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(reports.map(({ code, count }) => `${code} ${count}`)).toEqual(['typeKeptAsText 2']);
  });

  it('stops at the first row', async () => {
    const run = runCommand(setType, [input], one({ onFailure: 'fail' }));
    await expect(run).rejects.toMatchObject({
      failure: { code: 'typeNotConvertible', place: { row: 1 }, params: { count: 2, values: ['abc'] } },
    });
    expect(
      await failureOf(runCommand(setType, [table([column('a')], [['1']])], one({ onFailure: 'fail' }))),
    ).toBe('none');
  });

  it('takes the first option of a radio button, leaves other choices unselected, splits texts (case A7)', async () => {
    const texts = table([column('a')], [['赤'], ['黒']]);
    const radio = one({ type: 'RADIO_BUTTON', options: ['青', '赤'], onFailure: 'first' });
    expect(rowsOf((await runCommand(setType, [texts], radio)).result)).toEqual([['赤'], ['青']]);
    const down = one({ type: 'DROP_DOWN', options: ['青', '赤'] });
    expect(rowsOf((await runCommand(setType, [texts], down)).result)).toEqual([['赤'], ['']]);
    const boxes = one({ type: 'CHECK_BOX', options: ['a', 'b'], separator: ',' });
    const lists = table([column('a')], [['a,b'], ['b,x'], ['x']]);
    const { result, reports } = await runCommand(setType, [lists], boxes);
    expect([0, 1, 2].map((row) => cellAt(result.columns[0]!, row))).toEqual([['a', 'b'], ['b'], null]);
    expect(reports[0]).toMatchObject({ count: 2, params: { values: ['b,x', 'x'] } });
  });

  it('cuts the time off and keeps a subtotal (case A7; the time zone is open there, here it is that of the run)', async () => {
    const created = table(
      [
        column('a', 'datetime', { fieldType: 'CREATED_TIME' }),
        column('小計', 'number', { fieldType: 'CALC' }),
      ],
      [['2026-01-01T15:30:00Z', '1234.5']],
    );
    const settings = {
      columns: [typed({ as: '登録日', type: 'DATE' }), typed({ column: '小計', type: 'NUMBER' })],
    };
    const tokyo = await runCommand(setType, [created], settings);
    expect(rowsOf(tokyo.result)).toEqual([['2026-01-02', '1234.5']]);
    const utc = await runCommand(setType, [created], settings, { timeZone: 'UTC' });
    expect(rowsOf(utc.result)).toEqual([['2026-01-01', '1234.5']]);
    expect(tokyo.inferred[1]?.fieldType).toBe('NUMBER');
  });

  it('says what is wrong', () => {
    const specs = [[column('a', 'date'), column('b')]];
    const check = (...columns: Partial<TypedColumn>[]) =>
      problemsOf(setType, specs, { columns: columns.map(typed) });
    expect(check()).toEqual(['error setTypeEmpty columns']);
    expect(check({})).toEqual(['error conversionImpossible columns.0.type']);
    expect(check({ type: 'DATETIME', as: 'b' })).toEqual(['error columnNameTaken columns.0.as']);
    expect(check({ type: 'DATETIME' }, { type: 'DATETIME', as: 'c' })).toEqual([
      'error fieldTwice columns.1.column',
    ]);
    expect(check({ column: 'b', onFailure: 'keep' })).toEqual(['error columnNameBlank columns.0.keepAs']);
    expect(check({ column: 'b', onFailure: 'first', type: 'CHECK_BOX', options: ['x'] })).toEqual([
      'error firstOptionMissing columns.0.onFailure',
    ]);
    // Names may be swapped: both are converted at once.
    expect(check({ column: 'b', as: 'a' }, { type: 'DATE', as: 'b' })).toEqual([]);
  });

  it('works on no rows and on 100,000', async () => {
    expect((await runCommand(setType, [table([column('a')], [])], one())).result.rowCount).toBe(0);
    const numbers = columnFromCells(
      column('a', 'number'),
      Array.from({ length: 100_000 }, (_unused, index) => parseDecimal(`${index}.5`)),
    );
    const { result } = await runCommand(
      setType,
      [{ rowCount: 100_000, columns: [numbers] }],
      one({ type: 'SINGLE_LINE_TEXT' }),
    );
    expect(cellAt(result.columns[0]!, 99_999)).toBe('99999.5');
  });
});
