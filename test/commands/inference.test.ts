/** Whatever the settings: when the check finds no error, the command runs and gives the columns it announced. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONDITION_OPERATORS } from '../../src/commands/conditions';
import { AGGREGATE_METHODS, COMMANDS, DATE_PARTS, decodeCommandSettings } from '../../src/commands/index';
import { FailureError } from '../../src/definition/errors';
import type { JsonObject } from '../../src/definition/types';
import { parseDecimal } from '../../src/table/index';
import type { Cell, ColumnSpec, Table } from '../../src/table/types';
import { column, inferContext, runContext, table } from './support';

const INNER = [column('品'), column('n', 'number')];
const SPECS: readonly ColumnSpec[] = [
  column('a'),
  column('a_1'),
  column('n', 'number'),
  column('d', 'date'),
  column('t', 'time'),
  column('at', 'datetime'),
  column('c', 'choice', { options: ['A', 'B'] }),
  column('cs', 'choices'),
  column('p', 'people'),
  column('rows', 'table', { columns: INNER }),
];

const CELLS: Readonly<Record<string, readonly Cell[]>> = {
  text: ['x', 'y', '1', '2026-11-21'],
  number: ['1', '1.50', '-3', '12345678901234567890'].map((text) => parseDecimal(text)),
  date: ['2026-11-21', '2024-02-29'],
  time: ['00:00', '23:59'],
  datetime: ['2026-11-21T00:00:00Z', '1999-12-31T23:59:00Z'],
  choice: ['A', 'B'],
  choices: [['A'], ['B', 'A']],
  people: [[{ code: 'sato', name: '佐藤' }]],
  table: [[{ id: '1', cells: ['x', null] }], [{ id: null, cells: [null, parseDecimal('2')] }]],
};

const tables: fc.Arbitrary<Table> = fc
  .tuple(fc.subarray([...SPECS], { minLength: 7 }), fc.integer({ min: 0, max: 5 }))
  .chain(([specs, rowCount]) =>
    fc
      .array(
        fc.tuple(
          ...specs.map((spec) => fc.option(fc.constantFrom(...(CELLS[spec.type] ?? [])), { freq: 3 })),
        ),
        { minLength: rowCount, maxLength: rowCount },
      )
      .map((rows) => table(specs, rows)),
  );

const name = fc.constantFrom(...SPECS.map((spec) => spec.name));
const newName = fc.constantFrom('x', 'y', 'a');
const names = fc.uniqueArray(name, { maxLength: 3 });
const sortKeys = fc.uniqueArray(fc.record({ column: name, descending: fc.boolean() }), {
  minLength: 1,
  maxLength: 2,
  selector: (key) => key.column,
});
const literal = fc.constantFrom('', 'x', '1', '2026-11-21', '10:00', '2026-11-21T00:00:00Z', 'A', 'sato');
const joinKey = fc.oneof(
  name.map((key) => ({ left: key, right: key })),
  fc.record({ left: name, right: name }),
);
const condition = fc.record({
  join: fc.constantFrom('all', 'any'),
  conditions: fc.array(
    fc.record({
      field: name,
      operator: fc.constantFrom(...new Set(Object.values(CONDITION_OPERATORS).flat())),
      values: fc.array(fc.record({ kind: fc.constant('literal'), value: literal }), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const step = { target: newName, label: fc.constantFrom('', 'Label'), source: name };

const SETTINGS: Readonly<Record<string, fc.Arbitrary<JsonObject>>> = {
  filter: fc.record({ mode: fc.constant('conditions'), condition, formula: fc.constant('') }),
  sort: fc.record({ keys: sortKeys }),
  select: fc.record({
    columns: fc.array(fc.record({ from: name, to: newName }), { minLength: 1, maxLength: 2 }),
  }),
  rank: fc.record({
    by: sortKeys,
    groupBy: names,
    method: fc.constantFrom('competition', 'dense', 'row'),
    as: newName,
    label: fc.constant(''),
  }),
  group: fc.record({
    by: names,
    aggregates: fc.array(
      fc.record({
        column: name,
        method: fc.constantFrom(...AGGREGATE_METHODS),
        as: newName,
        label: fc.constant(''),
      }),
      { maxLength: 2 },
    ),
  }),
  expandTable: fc.record({
    table: fc.constant('rows'),
    keep: names,
    emptyTable: fc.constantFrom('drop', 'keep'),
  }),
  join: fc.record({
    method: fc.constantFrom('inner', 'left', 'right', 'full'),
    keys: fc.array(joinKey, { minLength: 1, maxLength: 2 }),
  }),
  union: fc.record({ columns: fc.constantFrom('first', 'second', 'all', 'shared') }),
  edit: fc.record({
    steps: fc.array(
      fc.oneof(
        fc.record({ ...step, method: fc.constant('copy') }),
        fc.record({ ...step, method: fc.constant('datePart'), part: fc.constantFrom(...DATE_PARTS) }),
        fc.record({ ...step, method: fc.constant('replace'), search: literal, replacement: literal }),
        fc.record({
          ...step,
          method: fc.constant('fill'),
          with: fc.constantFrom('value', 'previous'),
          value: literal,
        }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  }),
};

const shape = (specs: readonly ColumnSpec[]) => specs.map((spec) => ({ ...spec }));

describe('what a command announces', () => {
  it.each(Object.keys(SETTINGS))('is what %s gives', async (type) => {
    const spec = COMMANDS.find((entry) => entry.type === type)!;
    let sound = 0;
    await fc.assert(
      fc.asyncProperty(SETTINGS[type]!, tables, tables, async (json, first, second) => {
        const decoded = decodeCommandSettings({ id: 'c', type, note: '', inputs: [], settings: json });
        if (!decoded.ok) throw new Error(JSON.stringify(decoded.error));
        const { settings } = decoded.value;
        const inputs = [first, second].slice(0, spec.inputCount);
        const announced = spec.columns(
          inputs.map((input) => input.columns.map((entry) => entry.spec)),
          settings,
          inferContext(),
        );
        if (announced.problems.some((entry) => entry.severity === 'error')) return;
        sound += 1;
        const result = await spec.run(inputs, settings, runContext().context);
        expect(shape(result.columns.map((entry) => entry.spec))).toEqual(shape(announced.columns));
        expect(new Set(announced.columns.map((entry) => entry.name)).size).toBe(announced.columns.length);
        for (const entry of result.columns) expect(entry.length).toBe(result.rowCount);
        expect(result.origin).toBeUndefined();
      }),
      { numRuns: 150 },
    );
    // Far below what the generators give on average, so that a check which refuses everything is noticed.
    expect(sound).toBeGreaterThan(0);
  });

  it('ends with a failure that has a code when a literal from outside does not fit', () => {
    const filter = COMMANDS.find((entry) => entry.type === 'filter')!;
    const group = {
      join: 'all',
      conditions: [{ field: 'n', operator: '>', values: [{ kind: 'parameter', name: '名' }] }],
    };
    const input = table([column('n', 'number')], [[1]]);
    const world = { parameters: [column('名')], values: { 名: 'many' } };
    const settings = { mode: 'conditions', condition: group, formula: '' };
    return expect(filter.run([input], settings, runContext(world).context)).rejects.toBeInstanceOf(
      FailureError,
    );
  });
});
