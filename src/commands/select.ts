/** フィールド選択: chooses, renames and orders columns. */
import * as v from 'valibot';
import { columnNamed, tableOf, withSpec } from '../table/index';
import type { ColumnSpec } from '../table/types';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, entries } from './schemas';
import type { CommandSpec } from './types';

export interface SelectedColumn {
  readonly from: string;
  readonly to: string;
  /** Absent or blank: the label stays. */
  readonly label?: string;
}

export interface SelectSettings {
  readonly columns: readonly SelectedColumn[];
}

const settings: v.GenericSchema<unknown, SelectSettings> = v.strictObject({
  columns: entries(v.strictObject({ from: columnName, to: columnName, label: v.exactOptional(columnName) })),
});

/**
 * Exactly the listed columns, in that order; a column may be listed twice under two names. Rows, types and
 * the tie to the app's records stay as they are.
 * Problems: `selectEmpty`; `columnMissing {column}`; `columnNameBlank`; `columnNameTaken {column}`.
 */
export const select: CommandSpec<SelectSettings> = {
  type: 'select',
  group: 'columns',
  inputCount: 1,
  settings,
  defaults: () => ({ columns: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.columns.length === 0) list.error('selectEmpty', {}, 'columns');
    const columns: ColumnSpec[] = [];
    const taken = new Set<string>();
    chosen.columns.forEach((entry, index) => {
      const source = requireColumn(input, entry.from, `columns.${index}.from`, list);
      const named = checkNewName(taken, entry.to, `columns.${index}.to`, list);
      taken.add(entry.to);
      if (source && named) columns.push(selectedSpec(entry, source));
    });
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen) {
    const input = inputs[0]!;
    const columns = chosen.columns.map((entry) => {
      const source = columnNamed(input, entry.from);
      return withSpec(source, selectedSpec(entry, source.spec));
    });
    return tableOf(columns, input.rowCount, input.origin);
  },
};

const selectedSpec = (entry: SelectedColumn, source: ColumnSpec): ColumnSpec => ({
  ...source,
  name: entry.to,
  label: entry.label ? entry.label : source.label,
});
