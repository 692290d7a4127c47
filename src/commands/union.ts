/** レコード結合: the rows of two inputs one after the other. */
import * as v from 'valibot';
import { blankColumn, columnNamed, concatColumns, tableOf, withSpec } from '../table/index';
import type { Column, ColumnSpec, Table } from '../table/types';
import { problemList } from './problem-list';
import { specsOf } from './tables';
import type { CommandSpec } from './types';

export interface UnionSettings {
  /** Whose columns the result has: one input's, those of both, or only the ones both have. */
  readonly columns: 'first' | 'second' | 'all' | 'shared';
}

const settings: v.GenericSchema<unknown, UnionSettings> = v.strictObject({
  columns: v.picklist(['first', 'second', 'all', 'shared']),
});

/**
 * All rows of the first input, then all of the second; repeated rows stay. Columns are matched by name, in
 * the order of the first input (`second`: of the second), new ones of the second last; what an input lacks is
 * blank for its rows. The three modes of krewData (command_append_records.html).
 * Problems: `unionTypesDiffer {column, first, second}`; `nothingShared` when no column would be left;
 * `unionColumnsDropped {columns}` (info).
 */
export const union: CommandSpec<UnionSettings> = {
  type: 'union',
  group: 'combine',
  inputCount: 2,
  settings,
  defaults: () => ({ columns: 'all' }),
  apps: () => [],
  columns([first = [], second = []], chosen, context) {
    const list = problemList(context.place);
    const columns = unitedSpecs(first, second, chosen.columns);
    for (const { name } of columns) {
      const a = first.find((spec) => spec.name === name);
      const b = second.find((spec) => spec.name === name);
      if (a && b && !sameShape(a, b)) {
        list.error('unionTypesDiffer', { column: name, first: a.type, second: b.type }, 'columns');
      }
    }
    if (columns.length === 0) list.error('nothingShared', {}, 'columns');
    const left = [...first, ...second]
      .map((spec) => spec.name)
      .filter((name) => columns.every((spec) => spec.name !== name));
    if (columns.length > 0 && left.length > 0) {
      list.info('unionColumnsDropped', { columns: [...new Set(left)] }, 'columns');
    }
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen) {
    const [first, second] = inputs as [Table, Table];
    const specs = unitedSpecs(specsOf(first), specsOf(second), chosen.columns);
    const columns = specs.map((spec) => concatColumns(spec, [partOf(first, spec), partOf(second, spec)]));
    return tableOf(columns, first.rowCount + second.rowCount);
  },
};

function partOf(input: Table, spec: ColumnSpec): Column {
  const there = input.columns.some((column) => column.spec.name === spec.name);
  return there ? withSpec(columnNamed(input, spec.name), spec) : blankColumn(spec, input.rowCount);
}

function unitedSpecs(
  first: readonly ColumnSpec[],
  second: readonly ColumnSpec[],
  mode: UnionSettings['columns'],
): readonly ColumnSpec[] {
  const inFirst = new Map(first.map((spec) => [spec.name, spec]));
  const inSecond = new Map(second.map((spec) => [spec.name, spec]));
  const merged = first.map((spec) => mergedSpec(spec, inSecond.get(spec.name)));
  if (mode === 'first') return merged;
  if (mode === 'second') return second.map((spec) => mergedSpec(spec, inFirst.get(spec.name)));
  if (mode === 'shared') return merged.filter((spec) => inSecond.has(spec.name));
  return [...merged, ...second.filter((spec) => !inFirst.has(spec.name))];
}

/** What stays true of both: a field type only when it is the same, options of either. */
function mergedSpec(spec: ColumnSpec, other: ColumnSpec | undefined): ColumnSpec {
  if (!other) return spec;
  const { fieldType, options, ...rest } = spec;
  return {
    ...rest,
    ...(fieldType !== undefined && fieldType === other.fieldType ? { fieldType } : {}),
    ...(options && other.options ? { options: [...new Set([...options, ...other.options])] } : {}),
  };
}

function sameShape(a: ColumnSpec, b: ColumnSpec): boolean {
  if (a.type !== b.type) return false;
  const [inner, other] = [a.columns ?? [], b.columns ?? []];
  return (
    inner.length === other.length &&
    inner.every((spec, index) => spec.name === other[index]?.name && spec.type === other[index]?.type)
  );
}
