import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { window } from '../../src/commands/window';
import type { WindowMethod, WindowSettings } from '../../src/commands/window-settings';
import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  fromInteger,
  parseDecimal,
  subtract,
  ZERO,
} from '../../src/table/index';
import type { ColumnType } from '../../src/table/types';
import { column, namesOf, problemsOf, rowsOf, runCommand, table } from './support';

const step = (method: WindowMethod, name = '額', rows = 1) => ({
  method,
  column: name,
  rows,
  as: 'r',
  label: '',
});
const settings = (...steps: ReturnType<typeof step>[]): WindowSettings => ({
  groupBy: ['店'],
  order: [{ column: '日', descending: false }],
  steps,
});

const SALES = table(
  [column('店'), column('日', 'number'), column('額', 'number')],
  [
    ['A', 2, '0.2'],
    ['B', 1, null],
    ['A', 1, '0.1'],
    ['A', 3, null],
    ['B', 2, 5],
    ['A', 4, '0.5'],
  ],
  { appId: '1', ids: Int32Array.of(1, 2, 3, 4, 5, 6), revisions: new Int32Array(6).fill(1) },
);

describe('window', () => {
  it.each([
    ['runningTotal', 1, ['0.3', '', '0.1', '0.3', '5', '0.8']],
    ['previous', 1, ['0.1', '', '', '0.2', '', '']],
    ['previous', 2, ['', '', '', '0.1', '', '0.2']],
    ['next', 1, ['', '5', '0.2', '0.5', '', '']],
    ['difference', 1, ['0.1', '', '', '', '', '']],
    ['difference', 2, ['', '', '', '', '', '0.3']],
    ['movingAverage', 2, ['0.15', '', '0.1', '0.2', '5', '0.5']],
    ['movingAverage', 3, ['0.15', '', '0.1', '0.15', '5', '0.35']],
    ['share', 1, ['0.25', '', '0.125', '', '1', '0.625']],
    ['rowNumber', 1, ['2', '1', '1', '3', '2', '4']],
    ['first', 1, ['0.1', '5', '0.1', '0.1', '5', '0.1']],
    ['last', 1, ['0.5', '5', '0.5', '0.5', '5', '0.5']],
  ] as const)(
    '%s over %i, per shop in order of the day; rows stay where they are',
    async (method, rows, cells) => {
      const { result, inferred } = await runCommand(window, [SALES], settings(step(method, '額', rows)));
      expect(rowsOf(result).map((row) => row[3])).toEqual(cells);
      expect(namesOf(result)).toEqual(['店', '日', '額', 'r']);
      expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
      expect(result.origin).toBe(SALES.origin);
    },
  );

  it('goes through all rows as they stand without group and order', async () => {
    const { result } = await runCommand(window, [SALES], {
      groupBy: [],
      order: [],
      steps: [step('runningTotal')],
    });
    expect(rowsOf(result).map((row) => row[3])).toEqual(['0.2', '0.2', '0.3', '0.3', '5.3', '5.8']);
  });

  it('counts times in hours, dates in days', async () => {
    const input = table(
      [column('時', 'time'), column('日', 'date'), column('刻', 'datetime')],
      [
        ['23:30', '2026-02-27', '2026-02-27T00:00:00Z'],
        ['01:10', '2026-03-01', '2026-02-28T01:30:00Z'],
      ],
    );
    const steps = [
      { ...step('runningTotal', '時'), as: 'a' },
      { ...step('movingAverage', '時', 2), as: 'b' },
      { ...step('difference', '日'), as: 'c' },
      { ...step('difference', '刻'), as: 'd' },
      { ...step('difference', '時'), as: 'e' },
    ];
    const { result } = await runCommand(window, [input], { groupBy: [], order: [], steps });
    expect(rowsOf(result).map((row) => row.slice(3))).toEqual([
      ['23.5', '23.5', '', '', ''],
      ['24.6666666667', '12.3333333333', '2', '25.5', '-22.3333333333'],
    ]);
  });

  it('picks values of any type, and shares of a total of zero are blank', async () => {
    const input = table(
      [column('額', 'number'), column('人', 'people'), column('印', 'choices')],
      [
        [5, [{ code: 's', name: 'Sato' }], ['x', 'y']],
        [-5, null, null],
      ],
    );
    const steps = [
      { ...step('previous', '人'), as: 'a' },
      { ...step('last', '印'), as: 'b' },
      { ...step('share'), as: 'c' },
    ];
    const { result } = await runCommand(window, [input], { groupBy: [], order: [], steps });
    expect(rowsOf(result).map((row) => row.slice(3))).toEqual([
      ['', 'x, y', ''],
      ['Sato', 'x, y', ''],
    ]);
  });

  it('gives nothing from nothing', async () => {
    const empty = table([column('店'), column('日', 'number'), column('額', 'number')], []);
    for (const method of ['runningTotal', 'movingAverage', 'share', 'rowNumber', 'first'] as const) {
      expect((await runCommand(window, [empty], settings(step(method)))).result.rowCount).toBe(0);
    }
  });

  it('says what is wrong', () => {
    const specs = [[column('店'), column('日', 'number'), column('額', 'number'), column('表', 'table')]];
    const check = (more: Partial<WindowSettings>) =>
      problemsOf(window, specs, { ...settings(step('runningTotal')), ...more });
    expect(check({})).toEqual([]);
    expect(check({ steps: [] })).toEqual(['error windowEmpty steps']);
    expect(check({ groupBy: ['表'] })).toEqual(['error groupTypeUnsuitable groupBy.0']);
    expect(check({ order: [] })).toEqual(['warning windowOrderMissing order']);
    expect(check({ order: [], steps: [step('share')] })).toEqual([]);
    expect(check({ order: [{ column: '表', descending: false }] })).toEqual([
      'error sortTypeUnsuitable order.0.column',
    ]);
    expect(check({ steps: [step('share', '店')] })).toEqual(['error windowTypeUnsuitable steps.0.method']);
    expect(check({ steps: [step('share', '')] })).toEqual(['error columnNotChosen steps.0.column']);
    expect(check({ steps: [step('rowNumber', '')] })).toEqual([]);
    expect(check({ steps: [step('share'), step('first')] })).toEqual(['error columnNameTaken steps.1.as']);
  });

  describe('agrees with a walk through decimals', () => {
    const amount = fc.option(
      fc.oneof(
        fc.integer({ min: -50, max: 50 }).map(String),
        fc
          .tuple(fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }), fc.integer({ min: 0, max: 10 }))
          .map(([digits, scale]) => formatDecimal({ coefficient: digits, scale })),
        fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }).map(String),
      ),
    );
    const data = fc.array(fc.tuple(fc.constantFrom('a', 'b', null), fc.integer({ min: 0, max: 5 }), amount), {
      maxLength: 30,
    });
    type Row = readonly [string | null, number, string | null];
    /** `own` are the values of the group in order, `at` the row's place among them. */
    const walks: Readonly<Record<string, (own: readonly (Decimal | null)[], at: number) => Decimal | null>> =
      {
        runningTotal: (own, at) => sum(own.slice(0, at + 1)),
        movingAverage: (own, at) => {
          const span = own.slice(Math.max(0, at - 2), at + 1);
          const total = sum(span);
          return total && divide(total, fromInteger(span.filter((value) => value !== null).length));
        },
        share: (own, at) => {
          const [total, value] = [sum(own), own[at] ?? null];
          return total && value && divide(value, total);
        },
        difference: (own, at) => {
          const [value, base] = [own[at] ?? null, at < 3 ? null : (own[at - 3] ?? null)];
          return value && base && subtract(value, base);
        },
      };
    const sum = (values: readonly (Decimal | null)[]): Decimal | null => {
      const filled = values.filter((value) => value !== null);
      return filled.length === 0 ? null : filled.reduce(add, ZERO);
    };
    const expected = (rows: readonly Row[], method: string): string[] =>
      rows.map((row, index) => {
        const own = rows
          .map((other, at) => ({ other, at }))
          .filter(({ other }) => other[0] === row[0])
          .sort((x, y) => x.other[1] - y.other[1] || x.at - y.at);
        const values = own.map(({ other }) => (other[2] === null ? null : parseDecimal(other[2])));
        const result =
          walks[method]?.(
            values,
            own.findIndex(({ at }) => at === index),
          ) ?? null;
        return result === null ? '' : formatDecimal(result);
      });

    it.each(['runningTotal', 'movingAverage', 'share', 'difference'] as const)('%s', async (method) => {
      await fc.assert(
        fc.asyncProperty(data, async (rows) => {
          const input = table([column('店'), column('日', 'number'), column('額', 'number')], rows);
          const { result } = await runCommand(window, [input], settings(step(method, '額', 3)));
          expect(rowsOf(result).map((row) => row[3])).toEqual(expected(rows, method));
        }),
        { numRuns: 80 },
      );
    });
  });

  it('takes 100,000 rows with every method', async () => {
    const length = 100_000;
    const types: readonly ColumnType[] = ['text', 'number', 'number'];
    const input = table(
      ['店', '日', '額'].map((name, index) => column(name, types[index])),
      Array.from({ length }, (_, row) => [`s${row % 100}`, length - row, row]),
    );
    const methods = [
      'runningTotal',
      'previous',
      'difference',
      'movingAverage',
      'share',
      'rowNumber',
      'last',
    ] as const;
    const steps = methods.map((method) => ({ ...step(method, '額', 7), as: method }));
    const { result } = await runCommand(window, [input], settings(...steps));
    // Row 0 is the last of its shop: 0 + 100 + ... + 99,900.
    expect(rowsOf({ rowCount: length, columns: result.columns.slice(3) })[0]).toEqual([
      '49950000',
      '700',
      '-700',
      '300',
      '0',
      '1000',
      '0',
    ]);
  });
});
