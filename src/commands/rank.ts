/** 順位: numbers rows by the order of their values, per group. */
import * as v from 'valibot';
import type { Decimal } from '../table/index';
import {
  cellAt,
  columnFromCells,
  columnNamed,
  compareCells,
  fromInteger,
  groupRows,
  sortRows,
  tableOf,
} from '../table/index';
import type { Column, ColumnSpec } from '../table/types';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, columnNames, sortKeys } from './schemas';
import type { SortKey } from './sort';
import { checkSortKeys } from './sort';
import type { CommandSpec } from './types';

export interface RankSettings {
  readonly by: readonly SortKey[];
  /** Ranks start again in each group; empty: one ranking over all rows. */
  readonly groupBy: readonly string[];
  readonly method: 'competition' | 'dense' | 'row';
  /** Name of the new column. */
  readonly as: string;
  /** Blank: the name. */
  readonly label: string;
}

const settings: v.GenericSchema<unknown, RankSettings> = v.strictObject({
  by: sortKeys,
  groupBy: columnNames,
  method: v.picklist(['competition', 'dense', 'row']),
  as: columnName,
  label: columnName,
});

/**
 * Adds a number column; rows and their order stay. Equal values share a rank: after two firsts comes 3 with
 * `competition`, 2 with `dense`; `row` gives every row its own number, equal ones in row order. A row whose
 * first `by` value is blank has no rank (blank), in either direction; blank groups rank among themselves.
 * Problems: those of `sort` for `by`; `columnMissing {column}`; `groupTypeUnsuitable {column, type}`;
 * `columnNameBlank`; `columnNameTaken {column}`.
 */
export const rank: CommandSpec<RankSettings> = {
  type: 'rank',
  group: 'aggregate',
  inputCount: 1,
  settings,
  defaults: () => ({ by: [], groupBy: [], method: 'competition', as: '', label: '' }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    checkSortKeys(input, chosen.by, 'by', list);
    chosen.groupBy.forEach((name, index) => {
      const spec = requireColumn(input, name, `groupBy.${index}`, list);
      if (spec && (spec.type === 'table' || spec.type === 'files')) {
        list.error('groupTypeUnsuitable', { column: name, type: spec.type }, `groupBy.${index}`);
      }
    });
    checkNewName(new Set(input.map((spec) => spec.name)), chosen.as, 'as', list);
    return { columns: [...input, rankSpec(chosen)], problems: list.problems };
  },
  async run(inputs, chosen) {
    const input = inputs[0]!;
    const by = chosen.by.map((key) => columnNamed(input, key.column));
    const groupOf =
      chosen.groupBy.length === 0
        ? new Int32Array(input.rowCount)
        : groupRows(
            chosen.groupBy.map((name) => columnNamed(input, name)),
            input.rowCount,
          ).groupOf;
    const ranks = ranksOf(sortRows(input, chosen.by), by, groupOf, chosen.method);
    return tableOf(
      [...input.columns, columnFromCells(rankSpec(chosen), ranks)],
      input.rowCount,
      input.origin,
    );
  },
};

const rankSpec = (chosen: RankSettings): ColumnSpec => ({
  name: chosen.as,
  label: chosen.label === '' ? chosen.as : chosen.label,
  type: 'number',
});

interface Standing {
  readonly row: number;
  readonly rank: number;
  readonly counted: number;
}

function ranksOf(
  order: Int32Array,
  by: readonly Column[],
  groupOf: Int32Array,
  method: RankSettings['method'],
): readonly (Decimal | null)[] {
  const ranks = new Array<Decimal | null>(order.length).fill(null);
  const standings = new Map<number, Standing>();
  for (const row of order) {
    if (cellAt(by[0]!, row) === null) continue;
    const group = groupOf[row]!;
    const before = standings.get(group);
    const counted = (before?.counted ?? 0) + 1;
    const ties =
      before !== undefined && method !== 'row' && by.every((column) => sameValue(column, before.row, row));
    const next = method === 'dense' ? (before?.rank ?? 0) + 1 : counted;
    const rankOfRow = ties ? before.rank : next;
    standings.set(group, { row, rank: rankOfRow, counted });
    ranks[row] = fromInteger(rankOfRow);
  }
  return ranks;
}

const sameValue = (column: Column, a: number, b: number): boolean =>
  compareCells(column.spec.type, cellAt(column, a), cellAt(column, b)) === 0;
