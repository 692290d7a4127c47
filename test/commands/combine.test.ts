import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { join } from '../../src/commands/join';
import { union } from '../../src/commands/union';
import type { ColumnType, InnerRow } from '../../src/table/types';
import { column, failureOf, namesOf, problemsOf, rowsOf, runCommand, table } from './support';

describe('join (case A6; the order of the rows is open there and ours here)', () => {
  const employees = table(
    [column('番号', 'number'), column('氏名'), column('部署')],
    [
      [1, 'Sato', 'D1'],
      [2, 'Suzuki', 'D2'],
      [3, 'Tanaka', 'D9'],
    ],
  );
  const departments = table(
    [column('部署'), column('部署名')],
    [
      ['D1', 'Sales'],
      ['D2', 'Dev'],
      ['D3', 'HR'],
    ],
  );
  const keys = [{ left: '部署', right: '部署' }];
  const sato = ['1', 'Sato', 'D1', 'D1', 'Sales'];
  const suzuki = ['2', 'Suzuki', 'D2', 'D2', 'Dev'];
  const tanaka = ['3', 'Tanaka', 'D9', '', ''];
  const hr = ['', '', '', 'D3', 'HR'];

  it.each([
    ['inner', [sato, suzuki]],
    ['left', [sato, suzuki, tanaka]],
    ['right', [sato, suzuki, hr]],
    ['full', [sato, suzuki, tanaka, hr]],
  ] as const)('%s', async (method, rows) => {
    const { result, inferred } = await runCommand(join, [employees, departments], { method, keys });
    expect(rowsOf(result)).toEqual(rows);
    expect(namesOf(result)).toEqual(['番号', '氏名', '部署', '部署_1', '部署名']);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
  });

  it('multiplies several matches, in left order then right order; blank keys match nothing', async () => {
    const left = table(
      [column('k'), column('l')],
      [
        ['a', '1'],
        [null, '2'],
        ['a', '3'],
      ],
    );
    const right = table(
      [column('k'), column('r')],
      [
        ['a', 'x'],
        [null, 'y'],
        ['a', 'z'],
      ],
    );
    const { result } = await runCommand(join, [left, right], {
      method: 'inner',
      keys: [{ left: 'k', right: 'k' }],
    });
    expect(rowsOf(result)).toEqual([
      ['a', '1', 'a', 'x'],
      ['a', '1', 'a', 'z'],
      ['a', '3', 'a', 'x'],
      ['a', '3', 'a', 'z'],
    ]);
  });

  it('takes the next free number for a clashing name', async () => {
    const left = table([column('k'), column('k_1')], [['a', 'b']]);
    const right = table([column('k')], [['a']]);
    const { result } = await runCommand(join, [left, right], {
      method: 'inner',
      keys: [{ left: 'k', right: 'k' }],
    });
    expect(namesOf(result)).toEqual(['k', 'k_1', 'k_2']);
  });

  it('keeps the tables of both sides, on every row that comes of their record', async () => {
    const inner = { columns: [column('品')] };
    const lines = (...names: string[]): readonly InnerRow[] =>
      names.map((name) => ({ id: '7', cells: [name] }));
    const left = table(
      [column('k'), column('明細', 'table', inner)],
      [
        ['a', lines('ペン', '紙')],
        ['b', lines('糊')],
      ],
    );
    const right = table(
      [column('k'), column('明細', 'table', inner)],
      [
        ['a', lines('x')],
        ['a', null],
      ],
    );
    const settings = { method: 'left' as const, keys: [{ left: 'k', right: 'k' }] };
    const { result, inferred } = await runCommand(join, [left, right], settings);
    expect(namesOf(result)).toEqual(['k', '明細', 'k_1', '明細_1']);
    expect(rowsOf(result)).toEqual([
      ['a', 'ペン; 紙', 'a', 'x'],
      ['a', 'ペン; 紙', 'a', ''],
      ['b', '糊', '', ''],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
  });

  it.each([
    ['number', 'number', ['1', '1.0', '2'], ['01', '1', '3'], ['1=1', '1=1', '1=1', '1=1']],
    ['text', 'number', ['01', '1', '1a', '１'], ['1', '2'], ['01=1', '1=1']],
    ['number', 'text', ['1', '2'], ['01', '1.0', 'x'], ['1=01', '1=1.0']],
    ['text', 'text', ['01', '1', 'A'], ['1', 'a'], ['1=1']],
    ['choice', 'number', ['01', 'x'], ['1'], ['01=1']],
    ['text', 'choice', ['01', '1'], ['01'], ['01=01']],
    ['date', 'date', ['2026-01-02'], ['2026-01-02', '2026-01-03'], ['2026-01-02=2026-01-02']],
  ] as const)('pairs %s with %s by their own rule', async (leftType, rightType, l, r, pairs) => {
    const side = (name: string, type: ColumnType, values: readonly string[]) =>
      table(
        [column(name, type)],
        values.map((value) => [value]),
      );
    const { result } = await runCommand(join, [side('l', leftType, l), side('r', rightType, r)], {
      method: 'inner',
      keys: [{ left: 'l', right: 'r' }],
    });
    expect(rowsOf(result).map((row) => row.join('='))).toEqual(pairs);
  });

  it('says so when the result would not fit into memory', async () => {
    const side = table(
      [column('k')],
      Array.from({ length: 8000 }, () => ['a']),
    );
    const run = runCommand(join, [side, side], { method: 'inner', keys: [{ left: 'k', right: 'k' }] });
    expect(await failureOf(run)).toBe('joinTooLarge');
  });

  it('says what is wrong with keys', () => {
    const left = [column('a'), column('d', 'date'), column('p', 'people')];
    const right = [column('b'), column('n', 'number')];
    const check = (l: string, r: string) =>
      problemsOf(join, [left, right], { method: 'left', keys: [{ left: l, right: r }] });
    expect(problemsOf(join, [left, right], { method: 'left', keys: [] })).toEqual(['error keysMissing keys']);
    expect(check('a', 'n')).toEqual([]);
    expect(check('gone', '')).toEqual([
      'error columnMissing keys.0.left',
      'error columnNotChosen keys.0.right',
    ]);
    expect(check('p', 'b')).toEqual(['error keyTypeUnsuitable keys.0']);
    expect(check('d', 'n')).toEqual(['error keyTypesDiffer keys.0']);
  });

  it('gives the rows that comparing every pair gives', async () => {
    const side = fc.array(fc.option(fc.constantFrom('a', 'b', 'c')), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(side, side, async (l, r) => {
        const rows = (keys: readonly (string | null)[]) => keys.map((key, index) => [key, String(index)]);
        const left = table([column('k'), column('l')], rows(l));
        const right = table([column('k'), column('r')], rows(r));
        const { result } = await runCommand(join, [left, right], {
          method: 'full',
          keys: [{ left: 'k', right: 'k' }],
        });
        const pairs = l.flatMap((key, i) => {
          const matches = r.flatMap((other, j) =>
            key !== null && key === other ? [[String(i), String(j)]] : [],
          );
          return matches.length > 0 ? matches : [[String(i), '']];
        });
        const lonely = r.flatMap((key, j) => (key !== null && l.includes(key) ? [] : [['', String(j)]]));
        expect(rowsOf(result).map((row) => [row[1], row[3]])).toEqual([...pairs, ...lonely]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('union (case A5)', () => {
  const first = table([column('社名'), column('Fax')], [['A', '1']]);
  const second = table([column('社名'), column('担当')], [['B', '佐藤']]);

  it.each([
    [
      'first',
      ['社名', 'Fax'],
      [
        ['A', '1'],
        ['B', ''],
      ],
    ],
    [
      'second',
      ['社名', '担当'],
      [
        ['A', ''],
        ['B', '佐藤'],
      ],
    ],
    [
      'all',
      ['社名', 'Fax', '担当'],
      [
        ['A', '1', ''],
        ['B', '', '佐藤'],
      ],
    ],
    ['shared', ['社名'], [['A'], ['B']]],
  ] as const)('keeps the columns of %s', async (columns, names, rows) => {
    const { result, inferred } = await runCommand(union, [first, second], { columns });
    expect(namesOf(result)).toEqual(names);
    expect(rowsOf(result)).toEqual(rows);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
  });

  it('refuses one name for two types, and nothing in common', () => {
    const numbers = [column('社名', 'number')];
    expect(problemsOf(union, [[column('社名')], numbers], { columns: 'all' })).toEqual([
      'error unionTypesDiffer columns',
    ]);
    expect(problemsOf(union, [[column('a')], [column('b')]], { columns: 'shared' })).toEqual([
      'error nothingShared columns',
    ]);
  });

  it('keeps what is true of both fields', async () => {
    const a = table([column('区分', 'choice', { fieldType: 'DROP_DOWN', options: ['A'] })], [['A']]);
    const b = table([column('区分', 'choice', { fieldType: 'RADIO_BUTTON', options: ['B'] })], [['B']]);
    const { result } = await runCommand(union, [a, b], { columns: 'all' });
    expect(result.columns[0]?.spec).toEqual({
      name: '区分',
      label: '区分',
      type: 'choice',
      options: ['A', 'B'],
    });
  });
});
