/** 累計・前行: values that depend on the rows around, per group and in an order. */
import { columnNamed, isBlankAt, numberColumn, tableOf, takeColumn, withSpec } from '../table/index';
import type { Column, Table } from '../table/types';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { checkSortKeys } from './sort';
import type { CommandSpec } from './types';
import { amountsOf, differences, movingAverages, runningTotals, shares } from './window-numbers';
import type { WindowRows } from './window-rows';
import { edgeRows, rowNumbers, shiftedRows, windowRows } from './window-rows';
import type { WindowSettings, WindowStep } from './window-settings';
import { WINDOW_TYPES, windowSettings, windowSpec } from './window-settings';

/**
 * Adds one column per step; rows and their order stay. Within a group (blanks form one group) rows are gone
 * through in `order`, equal ones as they stand; without `order` as they stand. Steps do not see each other's columns.
 * - runningTotal: sum so far, this row included. A blank adds nothing; before the first value it is blank.
 * - previous, next: the value `rows` rows away, blank where the group ends.
 * - difference: this value minus the one `rows` rows before; blank when either is. Dates give days.
 * - movingAverage: average of the values in the last `rows` rows, this one included; at the start of a
 *   group of the rows there are. Blanks are skipped.
 * - share: value / total of the group, as a fraction; blank where the value is blank or the total is 0.
 * - rowNumber: 1, 2, 3 ... in the group. first, last: the first or last value of the group that is not blank.
 * Sums and differences are exact; times and date-times are counted in hours. Quotients are rounded half-even
 * at 10 decimals.
 * Problems: those of `sort` for `order`; `windowEmpty`; `columnNotChosen`; `columnMissing {column}`;
 * `groupTypeUnsuitable {column, type}`; `windowTypeUnsuitable {column, type, method}`; `windowOrderMissing` (warning:
 * the result depends on the order in which the rows happen to stand); `columnNameBlank`; `columnNameTaken {column}`.
 */
export const window: CommandSpec<WindowSettings> = {
  type: 'window',
  group: 'aggregate',
  inputCount: 1,
  settings: windowSettings,
  defaults: () => ({ groupBy: [], order: [], steps: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    chosen.groupBy.forEach((name, index) => {
      const spec = requireColumn(input, name, `groupBy.${index}`, list);
      if (spec && (spec.type === 'table' || spec.type === 'files')) {
        list.error('groupTypeUnsuitable', { column: name, type: spec.type }, `groupBy.${index}`);
      }
    });
    if (chosen.order.length > 0) checkSortKeys(input, chosen.order, 'order', list);
    else if (chosen.steps.some((step) => step.method !== 'share'))
      list.warning('windowOrderMissing', {}, 'order');
    if (chosen.steps.length === 0) list.error('windowEmpty', {}, 'steps');
    const columns = [...input];
    const taken = new Set(input.map((spec) => spec.name));
    chosen.steps.forEach((step, index) => {
      const path = `steps.${index}`;
      const needsColumn = step.method !== 'rowNumber';
      const source = needsColumn ? requireColumn(input, step.column, `${path}.column`, list) : null;
      const isNamed = checkNewName(taken, step.as, `${path}.as`, list);
      taken.add(step.as);
      if (needsColumn && !source) return;
      if (source && !WINDOW_TYPES[step.method].includes(source.type)) {
        const params = { column: source.name, type: source.type, method: step.method };
        list.error('windowTypeUnsuitable', params, `${path}.method`);
      } else if (isNamed) {
        columns.push(windowSpec(step, source));
      }
    });
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const rows = windowRows(input, chosen);
    const added: Column[] = [];
    for (const step of chosen.steps) {
      await context.rest?.();
      added.push(stepColumn(step, input, rows));
    }
    return tableOf([...input.columns, ...added], input.rowCount, input.origin);
  },
};

function stepColumn(step: WindowStep, input: Table, rows: WindowRows): Column {
  if (step.method === 'rowNumber') return numberColumn(windowSpec(step, null), rowNumbers(rows), 0);
  const source = columnNamed(input, step.column);
  const spec = windowSpec(step, source.spec);
  const picked = (from: Int32Array): Column => withSpec(takeColumn(source, from), spec);
  switch (step.method) {
    case 'previous':
      return picked(shiftedRows(rows, -step.rows));
    case 'next':
      return picked(shiftedRows(rows, step.rows));
    case 'first':
    case 'last':
      return picked(edgeRows(rows, step.method, (row) => !isBlankAt(source, row)));
    case 'runningTotal':
      return runningTotals(amountsOf(source), rows, spec);
    case 'difference':
      return differences(amountsOf(source), shiftedRows(rows, -step.rows), spec);
    case 'movingAverage':
      return movingAverages(amountsOf(source), rows, step.rows, spec);
    case 'share':
      return shares(amountsOf(source), rows, spec);
  }
}
