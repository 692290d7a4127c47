import { describe, expect, it } from 'vitest';
import type { InputField } from '../../src/definition/types';
import { callingParameters, parametersOf, readInput } from '../../src/flow/index';
import { parseDecimal } from '../../src/table';
import { field, form } from '../commands/support';

const TOKYO = 'Asia/Tokyo';

const input = (name: string, type: InputField['type'], change: Partial<InputField> = {}): InputField => ({
  name,
  label: '',
  note: '',
  type,
  required: false,
  defaultValue: '',
  choices: [],
  ...change,
});

const FIELDS = [
  input('memo', 'text'),
  input('rate', 'number', { label: '税率', defaultValue: '0.10' }),
  input('day', 'date', { required: true }),
  input('at', 'time'),
  input('from', 'datetime'),
  input('kind', 'choice', { choices: ['速報', '確定'] }),
  input('shops', 'choices', { choices: ['東京', '大阪', '福岡'] }),
];

const read = (given: Record<string, string>, recordFields = parametersOf({})) =>
  readInput({ fields: FIELDS, recordFields }, given, TOKYO);

/** The cells, or the code of the refusal and the name it is about. */
const outcome = (given: Record<string, string>, recordFields?: ReturnType<typeof parametersOf>) => {
  const result = read(given, recordFields);
  return result.ok ? Object.fromEntries(result.value) : `${result.error.code} ${result.error.place.field}`;
};

describe('values given at the start of a run', () => {
  it('become cells of their type; what is not given has its default', () => {
    expect(
      outcome({
        memo: '月次',
        day: '2026-11-28',
        at: '9:05',
        from: '2026-11-28 09:30',
        kind: '確定',
        shops: '大阪\n東京',
      }),
    ).toEqual({
      memo: '月次',
      rate: parseDecimal('0.1'),
      day: '2026-11-28',
      at: '09:05',
      from: '2026-11-28T00:30:00Z',
      kind: '確定',
      shops: ['大阪', '東京'],
    });
  });

  it('are blank when given blank, also in place of a default', () => {
    expect(outcome({ day: '2026-11-28', rate: '' })).toMatchObject({ rate: null, memo: null, shops: null });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a name that the unit does not have', { day: '2026-11-28', colour: 'red' }, 'inputUnknown colour'],
    ['a name out of the prototype', { day: '2026-11-28', constructor: 'x' }, 'inputUnknown constructor'],
    ['a required field that is not given', {}, 'inputRequired day'],
    ['a required field that is given blank', { day: '' }, 'inputRequired day'],
    ['a day that no calendar has', { day: '2026-02-30' }, 'inputUnreadable day'],
    ['a text as number', { day: '2026-11-28', rate: '十' }, 'inputUnreadable rate'],
    ['a time out of the day', { day: '2026-11-28', at: '25:00' }, 'inputUnreadable at'],
    ['an option that is none', { day: '2026-11-28', kind: '仮' }, 'inputNotOption kind'],
    [
      'one of several options that is none',
      { day: '2026-11-28', shops: '東京\n札幌' },
      'inputNotOption shops',
    ],
  ])('refuses %s', (_case, given, refusal) => {
    expect(outcome(given)).toBe(refusal);
  });

  it('stand for fields of the calling record only where there is no record', () => {
    const fields = form(field('金額', 'NUMBER'), field('担当', 'USER_SELECT'));
    const specs = parametersOf(fields);
    expect(outcome({ day: '2026-11-28', 金額: '1200' }, specs)).toMatchObject({ 金額: parseDecimal('1200') });
    expect(outcome({ day: '2026-11-28', 金額: '1200' })).toBe('inputUnknown 金額');
    expect(outcome({ day: '2026-11-28', 担当: 'sato' }, specs)).toBe('inputUnknown 担当');
    expect(outcome({ day: '2026-11-28', $user: 'sato' }, specs)).toBe('inputUnknown $user');
  });

  it('are parameters like fields of the record', () => {
    const fields = form(field('金額', 'NUMBER'));
    const cells = read({ day: '2026-11-28', 金額: '1200' }, parametersOf(fields));
    if (!cells.ok) throw new Error(cells.error.code);
    const facts = {
      user: { code: 'sato', name: '佐藤' },
      startedAtMs: 0,
      timeZone: TOKYO,
      unitId: 'u',
      unitName: 'u',
      recordId: '',
      appId: '1',
    };
    const parameter = callingParameters(null, fields, facts, { fields: FIELDS, cells: cells.value });
    expect(parameter('day')).toEqual({
      spec: { name: 'day', label: 'day', type: 'date' },
      cell: '2026-11-28',
    });
    expect(parameter('rate').spec.label).toBe('税率');
    expect(parameter('memo').cell).toBeNull();
    expect(parameter('金額').cell).toEqual(parseDecimal('1200'));
  });
});
