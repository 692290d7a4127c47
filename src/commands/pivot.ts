/** 行ー列変換: the values of one column become columns. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import {
  aggregateColumn,
  columnNamed,
  combineCodes,
  filterRows,
  groupRows,
  tableOf,
  takeColumn,
  withSpec,
} from '../table/index';
import type { Column, ColumnSpec, ColumnType, Table } from '../table/types';
import type { AggregateMethod } from './group';
import { AGGREGATE_METHODS, AGGREGATE_TYPES, aggregatedColumn, aggregateSpec, GROUPABLE } from './group';
import type { PivotSlots } from './pivot-values';
import { ascendingValues, PIVOT_TYPES, pivotKey, pivotValue, slotsOf } from './pivot-values';
import type { ProblemList } from './problem-list';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, columnNames, entries } from './schemas';
import type { CommandSpec, RunContext } from './types';

/** What stands in the new columns. */
export interface PivotCell {
  readonly column: string;
  /** Makes one value of the several that meet in one cell. */
  readonly method: AggregateMethod;
  /** Name of the new columns; `{value}` stands for the value that became the column. */
  readonly name: string;
  /** Between texts, for `join`; absent: ", ". */
  readonly separator?: string;
}

export interface PivotSettings {
  /** Rows with equal values here become one row; empty: all rows do. */
  readonly by: readonly string[];
  /** The column whose values become columns. */
  readonly column: string;
  /**
   * The values that become columns, as texts in kintone's form ("2026-11-21", "12.5", an option). Listed
   * here, because later commands need to know the columns before any row is read.
   */
  readonly values: readonly string[];
  /**
   * Order of the new columns: as listed, or by value (text by code point). Never by first appearance: the columns of a
   * flow are known before any row is read and are the same in every run, or mappings after it would break from day to
   * day. Whoever wants the order of the data lists the values in it.
   */
  readonly order: 'listed' | 'ascending';
  /** What stands for a blank value in `name`; "": a blank is an unknown value. */
  readonly blankName: string;
  /** Rows with a value that is not listed: stop, leave out and count, or gather in a column of their own. */
  readonly unknown: 'fail' | 'ignore' | 'other';
  /** What stands for the values that are not listed in `name`; used with `other`. */
  readonly otherName: string;
  readonly cells: readonly PivotCell[];
  /** Most new columns allowed. */
  readonly limit: number;
}

/** Upper bound of `limit`; a kintone app has at most 500 fields. */
const MAX_NEW_COLUMNS = 500;
const DEFAULT_LIMIT = 100;
const VALUE_MARK = '{value}';

const settings: v.GenericSchema<unknown, PivotSettings> = v.strictObject({
  by: columnNames,
  column: columnName,
  values: columnNames,
  order: v.picklist(['listed', 'ascending']),
  blankName: columnName,
  unknown: v.picklist(['fail', 'ignore', 'other']),
  otherName: columnName,
  cells: entries(
    v.strictObject({
      column: columnName,
      method: v.picklist(AGGREGATE_METHODS),
      name: columnName,
      separator: v.exactOptional(v.pipe(v.string(), v.maxLength(32))),
    }),
  ),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_NEW_COLUMNS)),
});

/**
 * One row per distinct combination of the `by` columns, in the order of their first rows (blanks form one
 * combination), also where none of its rows has a listed value. New columns follow the `by` columns: value by
 * value in `order`, then blank, then the other values; within a value in the order of `cells`. Values compare
 * by value (1.0 is 1), texts exactly. A cell where several rows meet holds their aggregate, exactly as `group`
 * computes it; one where none meet is blank, or 0 for counts. Rows left out are reported as
 * `pivotRowsIgnored {column, values}`; `fail` stops with `pivotValueUnknown {column, values, count}` at the
 * first such row. Tables that are not asked for with `first`, `last` or `countAll` do not survive.
 * Problems: `columnNotChosen`, `columnMissing {column}`, `columnNameTaken {column}`,
 * `groupTypeUnsuitable {column, type}`, `pivotTypeUnsuitable {column, type}`, `pivotValuesMissing`,
 * `pivotValueInvalid {value, type}`, `pivotValueTwice {value}`, `pivotCellsMissing`,
 * `aggregateTypeUnsuitable {column, type, method}`, `pivotNameWithoutValue {mark}`, `columnNameBlank` (other name),
 * `pivotTooManyColumns {count, limit}`; warning `pivotOptionsMissing {options}` for options of the column that are not listed.
 */
export const pivot: CommandSpec<PivotSettings> = {
  type: 'pivot',
  group: 'aggregate',
  inputCount: 1,
  settings,
  defaults: () => ({
    by: [],
    column: '',
    values: [],
    order: 'listed',
    blankName: '',
    unknown: 'fail',
    otherName: '',
    cells: [],
    limit: DEFAULT_LIMIT,
  }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const by = bySpecs(input, chosen.by, list);
    const column = requireColumn(input, chosen.column, 'column', list);
    if (column) checkValues(chosen, column, list);
    if (chosen.cells.length === 0) list.error('pivotCellsMissing', {}, 'cells');
    const sources = chosen.cells.map((cell, index) => cellSource(input, cell, `cells.${index}`, list));
    const names = valueNames(chosen, column?.type ?? 'text');
    const count = names.length * chosen.cells.length;
    if (count > chosen.limit) {
      list.error('pivotTooManyColumns', { count, limit: chosen.limit }, 'values');
      return { columns: by, problems: list.problems };
    }
    const taken = new Set(by.map((spec) => spec.name));
    const columns: ColumnSpec[] = [...by];
    // One complaint per name template is enough, however many columns it makes.
    const faulty = new Set<number>();
    for (const name of names) {
      chosen.cells.forEach((cell, index) => {
        const source = sources[index];
        if (!source || faulty.has(index)) return;
        const spec = newSpec(cell, source, name);
        if (checkNewName(taken, spec.name, `cells.${index}.name`, list)) columns.push(spec);
        else faulty.add(index);
        taken.add(spec.name);
      });
    }
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const column = columnNamed(input, chosen.column);
    const keys = chosen.by.map((name) => columnNamed(input, name));
    const { groupOf, firstRows } =
      keys.length > 0
        ? groupRows(keys, input.rowCount)
        : { groupOf: new Int32Array(input.rowCount), firstRows: new Int32Array(Math.min(1, input.rowCount)) };
    const slots = slotsFor(chosen, column);
    if (slots.unknownCount > 0) tellUnknown(chosen, slots, context);
    const names = valueNames(chosen, column.spec.type);
    const groups = { groupOf, groupCount: firstRows.length };
    const cells = pivotCells(input, chosen.cells, slots, groups, names, context.timeZone);
    return tableOf([...keys.map((key) => takeColumn(key, firstRows)), ...cells], firstRows.length);
  },
};

function bySpecs(
  input: readonly ColumnSpec[],
  by: readonly string[],
  list: ProblemList,
): readonly ColumnSpec[] {
  const found = new Map<string, ColumnSpec>();
  by.forEach((name, index) => {
    const path = `by.${index}`;
    const spec = requireColumn(input, name, path, list);
    if (!spec) return;
    if (!GROUPABLE.includes(spec.type)) {
      list.error('groupTypeUnsuitable', { column: name, type: spec.type }, path);
    } else if (checkNewName(new Set(found.keys()), name, path, list)) {
      found.set(name, spec);
    }
  });
  return [...found.values()];
}

function checkValues(chosen: PivotSettings, column: ColumnSpec, list: ProblemList): void {
  if (!PIVOT_TYPES.includes(column.type)) {
    list.error('pivotTypeUnsuitable', { column: column.name, type: column.type }, 'column');
    return;
  }
  if (valueNames(chosen, column.type).length === 0) list.error('pivotValuesMissing', {}, 'values');
  if (chosen.unknown === 'other' && chosen.otherName.trim() === '') {
    list.error('columnNameBlank', {}, 'otherName');
  }
  const seen = new Set<string>();
  chosen.values.forEach((value, index) => {
    const cell = pivotValue(column.type, value);
    const key = pivotKey(cell);
    if (cell === null) list.error('pivotValueInvalid', { value, type: column.type }, `values.${index}`);
    else if (seen.has(key)) list.error('pivotValueTwice', { value }, `values.${index}`);
    seen.add(key);
  });
  const options = (column.options ?? []).filter((option) => !seen.has(option));
  if (options.length > 0 && chosen.unknown !== 'other')
    list.warning('pivotOptionsMissing', { options }, 'values');
}

function cellSource(
  input: readonly ColumnSpec[],
  cell: PivotCell,
  path: string,
  list: ProblemList,
): ColumnSpec | null {
  const source = requireColumn(input, cell.column, `${path}.column`, list);
  if (!cell.name.includes(VALUE_MARK)) {
    list.error('pivotNameWithoutValue', { mark: VALUE_MARK }, `${path}.name`);
    return null;
  }
  if (!source || AGGREGATE_TYPES[cell.method].includes(source.type)) return source;
  const params = { column: source.name, type: source.type, method: cell.method };
  list.error('aggregateTypeUnsuitable', params, `${path}.method`);
  return null;
}

/** What stands for each slot in the names of the new columns, in the order of the slots. */
function valueNames(chosen: PivotSettings, type: ColumnType): readonly string[] {
  return [
    ...(chosen.order === 'ascending' ? ascendingValues(type, chosen.values) : chosen.values),
    ...(chosen.blankName === '' ? [] : [chosen.blankName]),
    ...(chosen.unknown === 'other' ? [chosen.otherName] : []),
  ];
}

function newSpec(cell: PivotCell, source: ColumnSpec, value: string): ColumnSpec {
  const name = cell.name.split(VALUE_MARK).join(value);
  return aggregateSpec({ as: name, label: '', method: cell.method }, source);
}

function slotsFor(chosen: PivotSettings, column: Column): PivotSlots {
  const { type } = column.spec;
  const listed = chosen.order === 'ascending' ? ascendingValues(type, chosen.values) : chosen.values;
  const slots = new Map(listed.map((value, slot) => [pivotKey(pivotValue(type, value)), slot]));
  if (chosen.blankName !== '') slots.set('', slots.size);
  return slotsOf(column, slots, chosen.unknown === 'other' ? slots.size : -1);
}

function tellUnknown(chosen: PivotSettings, slots: PivotSlots, context: RunContext): void {
  const { unknownCount: count, unknownValues: values, firstUnknownRow: row } = slots;
  const params = { column: chosen.column, values };
  if (chosen.unknown === 'fail') {
    throw new FailureError(failure('pivotValueUnknown', { ...params, count }, { ...context.place, row }));
  }
  context.report({ code: 'pivotRowsIgnored', params, place: { ...context.place, field: 'values' }, count });
}

/** Aggregates only the combinations that occur, then deals them out to the new columns. */
function pivotCells(
  input: Table,
  cells: readonly PivotCell[],
  { slotOf, unknownCount }: PivotSlots,
  { groupOf, groupCount }: { readonly groupOf: Int32Array; readonly groupCount: number },
  names: readonly string[],
  timeZone: string,
): readonly Column[] {
  const kept = unknownCount === 0 ? null : filterRows(input.rowCount, (row) => (slotOf[row] as number) >= 0);
  const taken = (values: Int32Array): Int32Array =>
    kept ? kept.map((row) => values[row] as number) : values;
  const rowGroups = taken(groupOf);
  const rowSlots = taken(slotOf);
  const met = combineCodes({ codes: rowGroups, count: groupCount }, { codes: rowSlots, count: names.length });
  // One combination more than there are, without rows: what an aggregate makes of nothing.
  const nothing = met.count;
  const places = names.map(() => new Int32Array(groupCount).fill(nothing));
  met.codes.forEach((code, row) => {
    const place = places[rowSlots[row] as number] as Int32Array;
    place[rowGroups[row] as number] = code;
  });
  const columns = cells.map((cell) => {
    const whole = columnNamed(input, cell.column);
    const source = aggregatedColumn(kept ? takeColumn(whole, kept) : whole, cell.method, timeZone);
    const spec = aggregateSpec({ as: cell.name, label: '', method: cell.method }, source.spec);
    const options = cell.separator === undefined ? {} : { separator: cell.separator };
    const groups = { groupOf: met.codes, groupCount: met.count + 1 };
    return { cell, source, values: aggregateColumn(source, groups, cell.method, spec, options) };
  });
  return names.flatMap((name, slot) =>
    columns.map(({ cell, source, values }) =>
      withSpec(takeColumn(values, places[slot] as Int32Array), newSpec(cell, source.spec, name)),
    ),
  );
}
