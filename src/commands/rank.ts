/** 順位: numbers rows by the order of their values, per group. */
import * as v from 'valibot';
import type { AggregateGroups } from '../table/index';
import { columnNamed, groupRows, isBlankAt, numberColumn, sortRows, tableOf } from '../table/index';
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
    const groups =
      chosen.groupBy.length === 0
        ? { groupOf: new Int32Array(input.rowCount), groupCount: 1 }
        : groupsOf(
            chosen.groupBy.map((name) => columnNamed(input, name)),
            input.rowCount,
          );
    const units = ranksOf(sortRows(input, chosen.by), by, groups, chosen.method);
    const ranks = numberColumn(rankSpec(chosen), units, 0);
    return tableOf([...input.columns, ranks], input.rowCount, input.origin);
  },
};

const rankSpec = (chosen: RankSettings): ColumnSpec => ({
  name: chosen.as,
  label: chosen.label === '' ? chosen.as : chosen.label,
  type: 'number',
});

function groupsOf(columns: readonly Column[], length: number): AggregateGroups {
  const { groupOf, firstRows } = groupRows(columns, length);
  return { groupOf, groupCount: firstRows.length };
}

/** Per row its rank, or NaN for none; `order` lists the rows as ranked. */
function ranksOf(
  order: Int32Array,
  by: readonly Column[],
  { groupOf, groupCount }: AggregateGroups,
  method: RankSettings['method'],
): Float64Array {
  const ranks = new Float64Array(order.length).fill(Number.NaN);
  // Rows that tie in all ranking values have one number here; two integers compare faster than values do.
  const tieOf = groupRows(by, order.length).groupOf;
  const lastTie = new Int32Array(groupCount).fill(-1);
  const lastRank = new Float64Array(groupCount);
  const counted = new Float64Array(groupCount);
  for (const row of order) {
    if (isBlankAt(by[0] as Column, row)) continue;
    const group = groupOf[row] as number;
    const place = (counted[group] as number) + 1;
    counted[group] = place;
    const ties = method !== 'row' && lastTie[group] === tieOf[row];
    if (!ties) {
      lastRank[group] = method === 'dense' ? (lastRank[group] as number) + 1 : place;
      lastTie[group] = tieOf[row] as number;
    }
    ranks[row] = lastRank[group] as number;
  }
  return ranks;
}
