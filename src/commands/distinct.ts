/** 重複除去: keeps one row of those with equal values. */
import * as v from 'valibot';
import { columnNamed, filterRows, groupRows, takeRows } from '../table/index';
import { problemList, requireColumn } from './problem-list';
import { columnNames } from './schemas';
import type { CommandSpec } from './types';

export interface DistinctSettings {
  /** Columns that must agree for rows to be duplicates; empty: all columns. */
  readonly columns: readonly string[];
  /** Which of the duplicates stays. */
  readonly keep: 'first' | 'last';
}

const settings: v.GenericSchema<unknown, DistinctSettings> = v.strictObject({
  columns: columnNames,
  keep: v.picklist(['first', 'last']),
});

/**
 * Rows that stay keep their order, all their columns and their tie to the app's records. Values are compared
 * as everywhere: numbers by value, choices and people as sets, tables row by row, texts exactly; blank equals
 * blank. Of all columns, tables and files count too.
 * Reports `duplicatesRemoved` with the number of rows taken out.
 * Problems: `columnMissing {column}`; `fieldTwice {field}` (warning).
 */
export const distinct: CommandSpec<DistinctSettings> = {
  type: 'distinct',
  group: 'rows',
  inputCount: 1,
  settings,
  defaults: () => ({ columns: [], keep: 'first' }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    chosen.columns.forEach((name, index) => {
      const path = `columns.${index}`;
      const spec = requireColumn(input, name, path, list);
      if (spec && chosen.columns.indexOf(name) < index) list.warning('fieldTwice', { field: name }, path);
    });
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const compared =
      chosen.columns.length === 0
        ? input.columns
        : [...new Set(chosen.columns)].map((name) => columnNamed(input, name));
    const { groupOf, firstRows } = groupRows(compared, input.rowCount);
    const kept = chosen.keep === 'first' ? firstRows : lastRows(groupOf, firstRows.length);
    const removed = input.rowCount - kept.length;
    if (removed === 0) return input;
    context.report({ code: 'duplicatesRemoved', params: {}, place: context.place, count: removed });
    return takeRows(input, kept);
  },
};

/** The last row of each group, in row order. */
function lastRows(groupOf: Int32Array, groupCount: number): Int32Array {
  const lastOf = new Int32Array(groupCount);
  groupOf.forEach((group, row) => {
    lastOf[group] = row;
  });
  return filterRows(groupOf.length, (row) => lastOf[groupOf[row]!] === row);
}
