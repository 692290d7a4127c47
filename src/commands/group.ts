/** グループ化: one row per distinct combination of the group columns, with aggregates. */
import * as v from 'valibot';
import { aggregateColumn, columnNamed, groupingRows, tableOf, takeColumn } from '../table/index';
import type { Column, ColumnSpec, ColumnType } from '../table/types';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, columnNames, entries } from './schemas';
import { inPieces } from './tables';
import { textColumn } from './type-conversion';
import type { CommandSpec } from './types';

export const AGGREGATE_METHODS = [
  'sum',
  'average',
  'median',
  'max',
  'min',
  'stdev',
  'stdevp',
  'count',
  'countAll',
  'countDistinct',
  'join',
  'first',
  'last',
] as const;
export type AggregateMethod = (typeof AGGREGATE_METHODS)[number];

export interface Aggregate {
  readonly column: string;
  readonly method: AggregateMethod;
  /** Name of the new column. */
  readonly as: string;
  /** Blank: the name. */
  readonly label: string;
  /** Between texts, for `join`; absent: ", ". */
  readonly separator?: string;
}

export interface GroupSettings {
  readonly by: readonly string[];
  readonly aggregates: readonly Aggregate[];
}

const settings: v.GenericSchema<unknown, GroupSettings> = v.strictObject({
  by: columnNames,
  aggregates: entries(
    v.strictObject({
      column: columnName,
      method: v.picklist(AGGREGATE_METHODS),
      as: columnName,
      label: columnName,
      separator: v.exactOptional(v.pipe(v.string(), v.maxLength(32))),
    }),
  ),
});

const ORDERED: readonly ColumnType[] = ['number', 'date', 'time', 'datetime', 'text'];
const NOT_TABLE: readonly ColumnType[] = [...ORDERED, 'choice', 'choices', 'people', 'files'];
const NUMBER: readonly ColumnType[] = ['number'];
const AMOUNTS: readonly ColumnType[] = ['number', 'time'];

/** Which column types a method takes. */
export const AGGREGATE_TYPES: Readonly<Record<AggregateMethod, readonly ColumnType[]>> = {
  sum: AMOUNTS,
  average: AMOUNTS,
  median: AMOUNTS,
  max: ORDERED,
  min: ORDERED,
  stdev: NUMBER,
  stdevp: NUMBER,
  count: NOT_TABLE,
  countAll: [...NOT_TABLE, 'table'],
  countDistinct: NOT_TABLE,
  join: NOT_TABLE,
  first: [...NOT_TABLE, 'table'],
  last: [...NOT_TABLE, 'table'],
};

/** Column types whose equal values form a group. */
export const GROUPABLE: readonly ColumnType[] = [...ORDERED, 'choice', 'choices', 'people'];

/**
 * Groups stand in the order of their first row; blank values form one group. Aggregates skip blanks:
 * `count` counts filled cells, `countAll` rows, and a group with blanks only has blank sum, average, median,
 * maximum and minimum. Sums are exact; sums, averages and medians of times are hours as a number; averages, medians of
 * times and deviations round half-even at 10 decimals. `join` keeps row order and repeats, with values
 * as `setType` writes them as text. Without group columns all rows are one group;
 * without rows there is no group. Only group columns and aggregates survive.
 * Problems: `groupEmpty`; `columnMissing {column}`; `columnNameBlank`; `columnNameTaken {column}`;
 * `groupTypeUnsuitable {column, type}`; `aggregateTypeUnsuitable {column, type, method}`.
 */
export const group: CommandSpec<GroupSettings> = {
  type: 'group',
  group: 'aggregate',
  inputCount: 1,
  settings,
  defaults: () => ({ by: [], aggregates: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.by.length === 0 && chosen.aggregates.length === 0) list.error('groupEmpty', {}, 'by');
    const columns: ColumnSpec[] = [];
    const taken = new Set<string>();
    chosen.by.forEach((name, index) => {
      const spec = requireColumn(input, name, `by.${index}`, list);
      if (!spec) return;
      if (!GROUPABLE.includes(spec.type)) {
        list.error('groupTypeUnsuitable', { column: name, type: spec.type }, `by.${index}`);
      } else if (checkNewName(taken, name, `by.${index}`, list)) {
        taken.add(name);
        columns.push(spec);
      }
    });
    chosen.aggregates.forEach((aggregate, index) => {
      const path = `aggregates.${index}`;
      const source = requireColumn(input, aggregate.column, `${path}.column`, list);
      const named = checkNewName(taken, aggregate.as, `${path}.as`, list);
      taken.add(aggregate.as);
      if (!source) return;
      if (!AGGREGATE_TYPES[aggregate.method].includes(source.type)) {
        const params = { column: source.name, type: source.type, method: aggregate.method };
        list.error('aggregateTypeUnsuitable', params, `${path}.method`);
      } else if (named) {
        columns.push(aggregateSpec(aggregate, source));
      }
    });
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const keys = chosen.by.map((name) => columnNamed(input, name));
    const { groupOf, firstRows } =
      keys.length > 0
        ? await inPieces(groupingRows(keys, input.rowCount), context)
        : oneGroup(input.rowCount);
    const groups = { groupOf, groupCount: firstRows.length };
    const aggregates: Column[] = [];
    for (const aggregate of chosen.aggregates) {
      await context.rest?.();
      const source = aggregatedColumn(
        columnNamed(input, aggregate.column),
        aggregate.method,
        context.timeZone,
      );
      const spec = aggregateSpec(aggregate, source.spec);
      const options = aggregate.separator === undefined ? {} : { separator: aggregate.separator };
      aggregates.push(aggregateColumn(source, groups, aggregate.method, spec, options));
    }
    return tableOf([...keys.map((key) => takeColumn(key, firstRows)), ...aggregates], firstRows.length);
  },
};

function oneGroup(rowCount: number): { groupOf: Int32Array; firstRows: Int32Array } {
  return {
    groupOf: new Int32Array(rowCount),
    firstRows: rowCount > 0 ? Int32Array.of(0) : new Int32Array(0),
  };
}

/** The column an aggregate works on: `join` writes date-times as `setType` does, on the wall clock of the run. */
export function aggregatedColumn(source: Column, method: AggregateMethod, timeZone: string): Column {
  if (method !== 'join' || source.kind !== 'datetime') return source;
  return textColumn(source, { name: source.spec.name, label: source.spec.label, type: 'text' }, timeZone);
}

/** What an aggregate of `source` gives: extremes and picked values keep its type and options. */
export function aggregateSpec(
  aggregate: Pick<Aggregate, 'as' | 'label' | 'method'>,
  source: ColumnSpec,
): ColumnSpec {
  const name = aggregate.as;
  const label = aggregate.label === '' ? name : aggregate.label;
  switch (aggregate.method) {
    case 'max':
    case 'min':
    case 'first':
    case 'last':
      return { ...source, name, label };
    case 'join':
      return { name, label, type: 'text' };
    default:
      return { name, label, type: 'number' };
  }
}
