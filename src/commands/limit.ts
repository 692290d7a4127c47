/** 先頭N件: keeps a number of rows, of all or of each group. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import type { Decimal } from '../table/index';
import { columnNamed, filterRows, formatDecimal, groupRows, sortRows, takeRows } from '../table/index';
import { checkParameter, problemList, requireColumn } from './problem-list';
import { columnName, columnNames, sortKeys } from './schemas';
import type { SortKey } from './sort';
import { checkSortKeys } from './sort';
import type { CommandSpec, RunContext } from './types';

/** Rows beyond this are not what anybody takes by number; kintone apps end far below. */
export const MAX_LIMIT = 100_000_000;

export type LimitCount =
  | { readonly kind: 'literal'; readonly value: number }
  /** A number parameter, read when the run starts. */
  | { readonly kind: 'parameter'; readonly name: string };

export interface LimitSettings {
  readonly count: LimitCount;
  readonly take: 'first' | 'last';
  /** The order that decides which rows are the first; empty: the order they stand in. */
  readonly by: readonly SortKey[];
  /** Counts anew in each group; empty: over all rows. */
  readonly groupBy: readonly string[];
}

const settings: v.GenericSchema<unknown, LimitSettings> = v.strictObject({
  count: v.variant('kind', [
    v.strictObject({
      kind: v.literal('literal'),
      value: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_LIMIT)),
    }),
    v.strictObject({ kind: v.literal('parameter'), name: columnName }),
  ]),
  take: v.picklist(['first', 'last']),
  by: sortKeys,
  groupBy: columnNames,
});

/**
 * The kept rows stay in the order they stand in, whatever `by` says, and keep their tie to the app's records;
 * a group with fewer rows is kept whole. Ties in `by` are decided by row order, so that the number of rows is
 * always exact (`rank` has the other ways). Blank groups form one group; blank sorts as in `sort`.
 * Reports `rowsBeyondLimit` with the number of rows left out.
 * Problems: those of `sort` for `by`; `columnMissing {column}`; `groupTypeUnsuitable {column, type}`;
 * `parameterMissing {parameter}`; `parameterNotUsable {parameter}` (not a number).
 * A run fails with `limitCountInvalid {parameter, value}` when the parameter is blank, negative or no integer.
 */
export const limit: CommandSpec<LimitSettings> = {
  type: 'limit',
  group: 'rows',
  inputCount: 1,
  settings,
  defaults: () => ({ count: { kind: 'literal', value: 10 }, take: 'first', by: [], groupBy: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const { count } = chosen;
    if (count.kind === 'parameter') {
      checkParameter(context.parameters, count.name, (spec) => spec.type === 'number', 'count', list);
    }
    if (chosen.by.length > 0) checkSortKeys(input, chosen.by, 'by', list);
    chosen.groupBy.forEach((name, index) => {
      const spec = requireColumn(input, name, `groupBy.${index}`, list);
      if (spec && (spec.type === 'table' || spec.type === 'files')) {
        list.error('groupTypeUnsuitable', { column: name, type: spec.type }, `groupBy.${index}`);
      }
    });
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const wanted = wantedCount(chosen.count, context);
    const { groupOf, firstRows } = groupRows(
      chosen.groupBy.map((name) => columnNamed(input, name)),
      input.rowCount,
    );
    const order =
      chosen.by.length === 0
        ? Int32Array.from({ length: input.rowCount }, (_unused, row) => row)
        : sortRows(input, chosen.by);
    if (chosen.take === 'last') order.reverse();
    const taken = new Float64Array(firstRows.length);
    const isKept = new Uint8Array(input.rowCount);
    for (const row of order) {
      const group = groupOf[row]!;
      if (taken[group]! >= wanted) continue;
      taken[group]! += 1;
      isKept[row] = 1;
    }
    const kept = filterRows(input.rowCount, (row) => isKept[row] === 1);
    const left = input.rowCount - kept.length;
    if (left === 0) return input;
    context.report({ code: 'rowsBeyondLimit', params: {}, place: context.place, count: left });
    return takeRows(input, kept);
  },
};

function wantedCount(count: LimitCount, context: RunContext): number {
  if (count.kind === 'literal') return count.value;
  const { cell } = context.parameter(count.name);
  // `columns` has let only numbers through.
  const text = cell === null ? '' : formatDecimal(cell as Decimal);
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value) || value < 0) {
    throw new FailureError(
      failure('limitCountInvalid', { parameter: count.name, value: text }, context.place),
    );
  }
  return value;
}
