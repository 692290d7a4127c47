import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type UnpivotSettings, unpivot } from '../../src/commands/unpivot';
import { column, namesOf, problemsOf, rowsOf, runCommand, table } from './support';

const settings = (more: Partial<UnpivotSettings> = {}): UnpivotSettings => ({
  columns: [
    { column: '四月', as: '', more: [] },
    { column: '五月', as: '5月', more: [] },
  ],
  nameAs: '月',
  valueAs: '額',
  moreValuesAs: [],
  blanks: 'drop',
  mixed: 'refuse',
  ...more,
});

const BUDGET = table(
  [column('五月', 'number'), column('店'), column('四月', 'number')],
  [
    ['0.5', 'A', 10],
    [null, 'B', '12345678901234567890.123'],
    [null, 'C', null],
  ],
  { appId: '1', ids: Int32Array.of(1, 2, 3), revisions: Int32Array.of(1, 1, 1) },
);

describe('unpivot', () => {
  it('gives a row per column, in the order of the list; other columns are repeated', async () => {
    const { result, inferred } = await runCommand(unpivot, [BUDGET], settings());
    expect([namesOf(result), ...rowsOf(result)]).toEqual([
      ['店', '月', '額'],
      ['A', '四月', '10'],
      ['A', '5月', '0.5'],
      ['B', '四月', '12345678901234567890.123'],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(result.origin).toBeUndefined();
  });

  it('keeps blanks when asked to', async () => {
    const { result } = await runCommand(unpivot, [BUDGET], settings({ blanks: 'keep' }));
    expect(rowsOf(result).slice(2)).toEqual([
      ['B', '四月', '12345678901234567890.123'],
      ['B', '5月', ''],
      ['C', '四月', ''],
      ['C', '5月', ''],
    ]);
  });

  it.each(['drop', 'keep'] as const)('gives nothing from nothing (%s)', async (blanks) => {
    const empty = table([column('四月', 'number'), column('五月', 'number')], []);
    const { result } = await runCommand(unpivot, [empty], settings({ blanks }));
    expect([result.rowCount, namesOf(result)]).toEqual([0, ['月', '額']]);
  });

  describe('types of the value', () => {
    const valueSpecOf = (...specs: ReturnType<typeof column>[]) =>
      unpivot.columns([specs], settings(), { fields: () => null, parameters: [], place: {} }).columns.at(-1);

    it('keeps what all columns share, and puts options together', () => {
      expect(
        valueSpecOf(
          column('四月', 'choice', { fieldType: 'DROP_DOWN', options: ['a', 'b'] }),
          column('五月', 'choice', { fieldType: 'DROP_DOWN', options: ['b', 'c'] }),
        ),
      ).toEqual({
        name: '額',
        label: '額',
        type: 'choice',
        fieldType: 'DROP_DOWN',
        options: ['a', 'b', 'c'],
      });
      expect(
        valueSpecOf(
          column('四月', 'number', { fieldType: 'CALC' }),
          column('五月', 'number', { fieldType: 'NUMBER' }),
        ),
      ).toEqual({ name: '額', label: '額', type: 'number' });
      expect(valueSpecOf(column('四月', 'choice', { options: ['a'] }), column('五月'))).toEqual({
        name: '額',
        label: '額',
        type: 'text',
      });
    });

    it('turns texts and choices into texts, and anything else when told to', async () => {
      const mixed = table(
        [
          column('四月', 'choice'),
          column('五月', 'people'),
          column('六月', 'number'),
          column('七月', 'date'),
          column('八月', 'datetime'),
        ],
        [['x', [{ code: 's', name: 'Sato' }], '1.50', '2026-07-01', '2026-07-31T15:00:00Z']],
      );
      const columns = ['四月', '五月', '六月', '七月', '八月'].map((name) => ({
        column: name,
        as: '',
        more: [],
      }));
      const { result } = await runCommand(unpivot, [mixed], settings({ columns, mixed: 'text' }));
      expect(rowsOf(result)).toEqual([
        ['四月', 'x'],
        ['五月', 'Sato'],
        ['六月', '1.5'],
        ['七月', '2026-07-01'],
        ['八月', '2026-08-01 00:00'],
      ]);
    });
  });

  it('says what is wrong', () => {
    const specs = [
      [
        column('店'),
        column('四月', 'number'),
        column('五月', 'number'),
        column('日', 'date'),
        column('表', 'table'),
      ],
    ];
    const check = (more: Partial<UnpivotSettings>) => problemsOf(unpivot, specs, settings(more));
    const of = (...names: string[]) => ({
      columns: names.map((name) => ({ column: name, as: '', more: [] })),
    });
    expect(check({})).toEqual([]);
    expect(check({ columns: [] })).toEqual(['error unpivotEmpty columns']);
    expect(check(of('無'))).toEqual(['error columnMissing columns.0.column']);
    expect(check(of('表'))).toEqual(['error unpivotTypeUnsuitable columns.0.column']);
    expect(check(of('四月', '四月'))).toEqual(['error fieldTwice columns.1.column']);
    expect(check(of('四月', '日'))).toEqual(['error unpivotTypesDiffer columns.1.column']);
    expect(check({ ...of('四月', '日'), mixed: 'text' })).toEqual([]);
    expect(
      check({
        columns: [
          { column: '四月', as: 'x', more: [] },
          { column: '五月', as: 'x', more: [] },
        ],
      }),
    ).toEqual(['warning unpivotNameTwice columns.1.as']);
    expect(check({ nameAs: '' })).toEqual(['error columnNameBlank nameAs']);
    expect(check({ nameAs: '店' })).toEqual(['error columnNameTaken nameAs']);
    expect(check({ valueAs: '月' })).toEqual(['error columnNameTaken valueAs']);
    // A name that a turned column gave up is free.
    expect(check({ valueAs: '四月' })).toEqual([]);
  });

  describe('several value columns', () => {
    const quarters = [
      column('店'),
      column('計1', 'number'),
      column('実1', 'number'),
      column('計2', 'number'),
      column('実2', 'number'),
      column('備考'),
    ];
    const both = (more: Partial<UnpivotSettings> = {}) =>
      settings({
        columns: [
          { column: '計1', as: '1Q', more: ['実1'] },
          { column: '計2', as: '2Q', more: ['実2'] },
        ],
        nameAs: '四半期',
        valueAs: '計画',
        moreValuesAs: ['実績'],
        ...more,
      });
    const input = table(quarters, [
      ['A', 10, '9.5', 20, null, 'x'],
      ['B', null, null, null, 3, 'y'],
    ]);

    it('stand side by side; a row is dropped only where all its values are blank', async () => {
      const { result, inferred } = await runCommand(unpivot, [input], both());
      expect([namesOf(result), ...rowsOf(result)]).toEqual([
        ['店', '備考', '四半期', '計画', '実績'],
        ['A', 'x', '1Q', '10', '9.5'],
        ['A', 'x', '2Q', '20', ''],
        ['B', 'y', '2Q', '', '3'],
      ]);
      expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
      const kept = await runCommand(unpivot, [input], both({ blanks: 'keep' }));
      expect(kept.result.rowCount).toBe(4);
    });

    it('each have a type of their own', async () => {
      const mixed = table(
        [column('a', 'date'), column('b'), column('c', 'date'), column('d')],
        [['2026-01-01', 'p', '2026-02-01', 'q']],
      );
      const columns = [
        { column: 'a', as: '', more: ['b'] },
        { column: 'c', as: '', more: ['d'] },
      ];
      const { result } = await runCommand(unpivot, [mixed], both({ columns }));
      expect(result.columns.map((entry) => entry.spec.type)).toEqual(['text', 'date', 'text']);
    });

    it('say what is wrong with them', () => {
      const check = (more: Partial<UnpivotSettings>) => problemsOf(unpivot, [quarters], both(more));
      expect(check({})).toEqual([]);
      expect(check({ moreValuesAs: ['計画'] })).toEqual(['error columnNameTaken moreValuesAs.0']);
      expect(check({ moreValuesAs: [] })).toEqual([
        'error unpivotMoreTooMany columns.0.more',
        'error unpivotMoreTooMany columns.1.more',
      ]);
      expect(check({ columns: [{ column: '計1', as: '', more: [] }] })).toEqual([
        'error columnNotChosen columns.0.more.0',
      ]);
      const twice = [
        { column: '計1', as: '', more: ['実1'] },
        { column: '計2', as: '', more: ['実1'] },
      ];
      expect(check({ columns: twice })).toEqual(['error fieldTwice columns.1.more.0']);
    });
  });

  it('agrees with rows made one by one', async () => {
    const number = fc.option(fc.integer({ min: -1000, max: 1000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string(), number, number, number), { maxLength: 30 }),
        fc.constantFrom('drop', 'keep'),
        async (rows, blanks) => {
          const names = ['a', 'b', 'c'];
          const input = table([column('k'), ...names.map((name) => column(name, 'number'))], rows);
          const columns = names.map((name) => ({ column: name, as: '', more: [] }));
          const { result } = await runCommand(unpivot, [input], settings({ columns, blanks }));
          const expected = rows.flatMap(([key, ...cells]) =>
            names.flatMap((name, index) => {
              const value = cells[index] ?? null;
              return value === null && blanks === 'drop'
                ? []
                : [[key, name, value === null ? '' : String(value)]];
            }),
          );
          expect(rowsOf(result)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes 100,000 rows of twelve columns', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `m${index}`);
    const rows = Array.from({ length: 100_000 }, (_, row) =>
      names.map((_name, index) => (row + index) % 7 || null),
    );
    const input = table(
      names.map((name) => column(name, 'number')),
      rows,
    );
    const { result } = await runCommand(
      unpivot,
      [input],
      settings({ columns: names.map((name) => ({ column: name, as: '', more: [] })) }),
    );
    expect(result.rowCount).toBe(rows.flat().filter((value) => value !== null).length);
  });
});
