/** What is asked of every command alike: no rows, blank cells only, columns of the wrong type, and 100,000 rows. */
import { describe, expect, it } from 'vitest';
import { COMMANDS, decodeCommandSettings } from '../../src/commands';
import type { CommandSpec } from '../../src/commands/types';
import type { JsonObject } from '../../src/definition/types';
import { columnFromCells, tableOf, takeRows } from '../../src/table/index';
import type { Cell, ColumnSpec, Table } from '../../src/table/types';
import { column, field, form, inferContext, options, runCommand, table } from './support';

const INNER = [column('品', 'text'), column('個', 'number')];
const COLUMNS: readonly ColumnSpec[] = [
  column('文', 'text'),
  column('数', 'number'),
  column('日', 'date'),
  column('時', 'time'),
  column('日時', 'datetime'),
  column('選', 'choice', { options: ['A', 'B'] }),
  column('複', 'choices', { options: ['A', 'B'] }),
  column('人', 'people'),
  column('添', 'files'),
  column('表', 'table', { columns: INNER }),
];

const LENGTH = 100_000;

const CELLS: Readonly<Record<string, (row: number) => Cell>> = {
  文: (row) => `K${row}`,
  数: (row) => ({ coefficient: BigInt(row), scale: 1 }),
  日: (row) => `2026-01-${String((row % 28) + 1).padStart(2, '0')}`,
  時: (row) => `08:${String(row % 60).padStart(2, '0')}`,
  日時: (row) => `2026-01-01T08:${String(row % 60).padStart(2, '0')}:00Z`,
  選: (row) => (row % 2 === 0 ? 'A' : 'B'),
  複: (row) => (row % 2 === 0 ? ['A'] : ['A', 'B']),
  人: (row) => [{ code: `u${row % 7}`, name: `U${row % 7}` }],
  添: () => [{ fileKey: 'k', name: 'a.txt', contentType: 'text/plain', size: '1' }],
  表: (row) => [{ id: null, cells: [`P${row % 3}`, { coefficient: BigInt(row), scale: 0 }] }],
};

const MANY: Table = tableOf(
  COLUMNS.map((spec) =>
    columnFromCells(
      spec,
      Array.from({ length: LENGTH }, (_unused, row) => CELLS[spec.name]!(row)),
    ),
  ),
  LENGTH,
);
const NONE = takeRows(MANY, new Int32Array(0));
const BLANK = table(
  COLUMNS,
  Array.from({ length: 3 }, () => COLUMNS.map(() => null)),
);

const FORM = form(
  field('文', 'SINGLE_LINE_TEXT'),
  field('数', 'NUMBER'),
  field('日', 'DATE'),
  field('選', 'DROP_DOWN', { options: options('A', 'B') }),
  field('表', 'SUBTABLE', { fields: form(field('品', 'SINGLE_LINE_TEXT'), field('個', 'NUMBER')) }),
  field('状態', 'STATUS', { enabled: true }),
);
const KEYS = [{ left: '文', right: '文' }];

interface Case {
  readonly settings: JsonObject;
  /** Rows that come out of no rows, of three blank rows, and of 100,000 (reads give as many). */
  readonly rows: readonly [none: number, blank: number, many: number];
  /** Problems when every column that the settings name is a table, a table a text. */
  readonly wrong: readonly string[];
  /** Reports about the three blank rows; absent: none. */
  readonly reports?: readonly string[];
  /** Failure of the three blank rows instead of a result. */
  readonly fails?: string;
}

const same = (many = LENGTH): Case['rows'] => [0, 3, many];

const CASES: Readonly<Record<string, Case>> = {
  inputApp: {
    settings: { app: { appId: '1' }, fields: ['文', '数', '日', '選', '表'], rename: [], condition: null },
    rows: [0, 3, LENGTH],
    wrong: [],
  },
  inputRecord: { settings: { table: '表', fields: [] }, rows: [0, 0, LENGTH], wrong: [] },
  inputHttp: {
    settings: {
      url: 'https://example.com/',
      method: 'GET',
      headers: [],
      bodyType: 'json',
      body: '',
      format: 'json',
      path: '',
      csvHeader: true,
      csvDelimiter: 'comma',
      columns: [{ from: 'a', as: 'a', label: '', type: 'number' }],
      onError: 'fail',
      formulaTexts: 'guard',
    },
    rows: [0, 3, LENGTH],
    wrong: [],
  },
  filter: {
    settings: { mode: 'formula', condition: null, formula: '数>=1' },
    rows: [0, 0, LENGTH - 10],
    wrong: ['error'],
  },
  sort: {
    settings: {
      keys: [
        { column: '選', descending: true },
        { column: '数', descending: false },
      ],
    },
    rows: same(),
    wrong: ['sortTypeUnsuitable', 'sortTypeUnsuitable'],
  },
  distinct: {
    settings: { columns: ['選', '日'], keep: 'last' },
    rows: [0, 1, 28],
    wrong: [],
    reports: ['duplicatesRemoved 2'],
  },
  limit: {
    settings: {
      count: { kind: 'literal', value: 2 },
      take: 'first',
      by: [{ column: '数', descending: true }],
      groupBy: ['選'],
    },
    rows: [0, 2, 4],
    wrong: ['sortTypeUnsuitable', 'groupTypeUnsuitable'],
    reports: ['rowsBeyondLimit 1'],
  },
  check: {
    settings: {
      rules: [
        { kind: 'required', message: '', column: '文' },
        { kind: 'pattern', message: '', column: '文', pattern: '^K[0-9]+$' },
      ],
      onError: 'continue',
      stopAt: 1,
      badRows: 'drop',
      as: '',
    },
    rows: [0, 0, LENGTH],
    wrong: ['checkTypeUnsuitable'],
    reports: ['checkRequired 3'],
  },
  join: {
    settings: { method: 'inner', keys: KEYS },
    rows: [0, 0, LENGTH],
    wrong: ['keyTypeUnsuitable', 'keyTypeUnsuitable'],
    reports: ['joinLeftDropped 3', 'joinRightDropped 3'],
  },
  lookup: {
    settings: {
      keys: KEYS,
      columns: [{ from: '数', to: '値' }],
      duplicates: 'fail',
      unmatched: 'blank',
    },
    rows: same(),
    wrong: ['keyTypeUnsuitable', 'keyTypeUnsuitable'],
    reports: ['lookupBlank 3'],
  },
  union: { settings: { columns: 'all' }, rows: [0, 6, 2 * LENGTH], wrong: [] },
  group: {
    settings: {
      by: ['選'],
      aggregates: [
        { column: '数', method: 'sum', as: '計', label: '' },
        { column: '数', method: 'average', as: '平均', label: '' },
        { column: '文', method: 'countDistinct', as: '種類', label: '' },
      ],
    },
    rows: [0, 1, 2],
    wrong: [
      'groupTypeUnsuitable',
      'aggregateTypeUnsuitable',
      'aggregateTypeUnsuitable',
      'aggregateTypeUnsuitable',
    ],
  },
  pivot: {
    settings: {
      by: ['日'],
      column: '選',
      values: ['A', 'B'],
      order: 'listed',
      blankName: '',
      unknown: 'ignore',
      otherName: '',
      cells: [{ column: '数', method: 'sum', name: '{value}' }],
      limit: 100,
    },
    rows: [0, 1, 28],
    wrong: ['groupTypeUnsuitable', 'pivotTypeUnsuitable', 'aggregateTypeUnsuitable'],
    reports: ['pivotRowsIgnored 3'],
  },
  unpivot: {
    settings: {
      columns: [
        { column: '日', as: '', more: ['数'] },
        { column: '時', as: '', more: ['文'] },
      ],
      nameAs: '項目',
      valueAs: '値',
      moreValuesAs: ['値2'],
      blanks: 'drop',
      mixed: 'text',
    },
    rows: [0, 0, 2 * LENGTH],
    wrong: Array.from({ length: 4 }, () => 'unpivotTypeUnsuitable'),
    reports: ['unpivotRowsDropped 3'],
  },
  rank: {
    settings: {
      by: [{ column: '数', descending: true }],
      groupBy: ['選'],
      method: 'dense',
      as: '順',
      label: '',
    },
    rows: same(),
    wrong: ['sortTypeUnsuitable', 'groupTypeUnsuitable'],
  },
  window: {
    settings: {
      groupBy: ['選'],
      order: [{ column: '日', descending: false }],
      steps: [
        { method: 'runningTotal', column: '数', rows: 1, as: '累計', label: '' },
        { method: 'previous', column: '日', rows: 1, as: '前', label: '' },
      ],
    },
    rows: same(),
    wrong: ['groupTypeUnsuitable', 'sortTypeUnsuitable', 'windowTypeUnsuitable'],
  },
  edit: {
    settings: {
      steps: [
        { method: 'formula', target: '倍', label: '', formula: '数*2', type: null, onError: 'fail' },
        { method: 'datePart', target: '月', label: '', source: '日', part: 'month' },
        { method: 'replace', target: '新', label: '', source: '文', search: 'K', replacement: 'L' },
      ],
    },
    rows: same(),
    wrong: ['error', 'editTypeUnsuitable', 'editTypeUnsuitable'],
  },
  constant: {
    settings: {
      columns: [{ name: '定', label: '', type: 'NUMBER', value: { kind: 'literal', value: '0.1' } }],
    },
    rows: same(),
    wrong: [],
  },
  setType: {
    settings: {
      columns: [
        {
          column: '数',
          as: '',
          label: '',
          type: 'SINGLE_LINE_TEXT',
          separator: '',
          people: 'name',
          options: [],
          onFailure: 'fail',
          keepAs: '',
        },
      ],
    },
    rows: same(),
    wrong: ['conversionImpossible'],
  },
  select: { settings: { columns: [{ from: '文', to: '名' }] }, rows: same(), wrong: [] },
  expandTable: {
    settings: { table: '表', keep: ['文'], emptyTable: 'drop' },
    rows: [0, 0, LENGTH],
    wrong: ['notATable'],
    reports: ['emptyTablesDropped 3'],
  },
  nestTable: {
    settings: {
      by: ['選'],
      columns: ['文', '数'],
      as: '明細',
      label: '',
      order: [{ column: '数', descending: true }],
      blankRow: 'drop',
    },
    rows: [0, 1, 2],
    wrong: ['nestTypeUnsuitable', 'nestTypeUnsuitable', 'sortTypeUnsuitable'],
    reports: ['blankRowsDropped 3'],
  },
  outputApp: {
    settings: {
      app: { appId: '1' },
      mode: 'append',
      keys: [],
      mapping: ['文', '数', '日', '選', '表'].map((name) => ({ from: name, to: name })),
    },
    rows: same(),
    wrong: Array.from({ length: 5 }, () => 'mappingTypesDiffer'),
  },
  outputStatus: {
    settings: {
      app: { appId: '1' },
      keys: [{ from: '文', to: '文' }],
      action: { from: 'column', value: '選' },
      assignee: { from: 'none', value: '' },
      blankKeys: 'skip',
      notAllowed: 'skip',
    },
    rows: same(),
    wrong: ['mappingTypesDiffer', 'textColumnNeeded'],
  },
  outputValue: { settings: { columns: ['文', '表'] }, rows: same(), wrong: [], fails: 'valueTooManyRows' },
  startUnit: { settings: { unitId: 'aaaaaaaaaaaaaa', when: 'always', wait: true }, rows: same(), wrong: [] },
};

const cases = COMMANDS.map((spec) => [spec.type, spec] as const);

function decoded(type: string): { readonly spec: CommandSpec; readonly settings: unknown } {
  const result = decodeCommandSettings({
    id: 'c',
    type,
    note: '',
    inputs: [],
    settings: CASES[type]!.settings,
  });
  if (!result.ok) throw new Error(`${type}: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** Runs the command over `input` on every side; commands without inputs read it. */
async function run(type: string, input: Table) {
  const { spec, settings } = decoded(type);
  const rows = Array.from({ length: input.rowCount }, (_unused, row) => ({
    a: input === BLANK ? null : row / 4,
  }));
  const lines = input.columns.at(-1)!;
  const allLines = Array.from({ length: lines.length }, (_unused, row) =>
    lines.kind === 'object' ? ((lines.values[row] ?? []) as readonly never[]) : [],
  ).flat();
  return runCommand(
    spec,
    Array.from({ length: spec.inputCount }, () => input),
    settings,
    {
      apps: { '1': FORM },
      records: { '1': input },
      replies: () => ({ status: 200, text: JSON.stringify(rows) }),
      parameters: [column('表', 'table', { columns: INNER })],
      values: { 表: allLines.length === 0 ? null : allLines },
    },
  );
}

describe('every command', () => {
  it('has a case here', () => {
    expect(Object.keys(CASES)).toEqual(COMMANDS.map((spec) => spec.type));
  });

  it.each(cases)('%s makes of no rows what it promised, and reports nothing', async (type) => {
    const { result, inferred, reports } = await run(type, NONE);
    expect(result.rowCount).toBe(CASES[type]!.rows[0]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(reports).toEqual([]);
  });

  it.each(cases)('%s takes rows of blanks, and says what it left out', async (type) => {
    const { result, inferred, reports } = await run(type, BLANK);
    expect(result.rowCount).toBe(CASES[type]!.rows[1]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
    expect(reports.map(({ code, count }) => `${code} ${count}`)).toEqual(CASES[type]!.reports ?? []);
  });

  it.each(cases)('%s names columns of the wrong type, and never throws for them', (type) => {
    const { spec, settings } = decoded(type);
    const wrong = COLUMNS.map(({ name, type: was }) =>
      was === 'table' ? column(name, 'text') : column(name, 'table', { columns: INNER }),
    );
    const { problems } = spec.columns(
      Array.from({ length: spec.inputCount }, () => wrong),
      settings,
      inferContext({ apps: { '1': FORM }, parameters: [column('表', 'table', { columns: INNER })] }),
    );
    const codes = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    const expected = CASES[type]!.wrong;
    // Formulas have codes of their own for what is wrong inside them.
    expect(codes.map((code, index) => (expected[index] === 'error' ? 'error' : code))).toEqual(expected);
  });

  it.each(cases)('%s takes 100,000 rows', async (type) => {
    const { rows, fails } = CASES[type]!;
    if (fails !== undefined) {
      await expect(run(type, MANY)).rejects.toMatchObject({ failure: { code: fails } });
      return;
    }
    const { result, inferred } = await run(type, MANY);
    expect(result.rowCount).toBe(rows[2]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
  });
});
