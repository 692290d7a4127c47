/** データ編集: computes columns, one step after the other. */
import { tableOf } from '../table/index';
import type { ColumnSpec, Table } from '../table/types';
import type { EditSettings } from './edit-settings';
import { editSettings } from './edit-settings';
import { editColumn, editSpec } from './edit-steps';
import { problemList } from './problem-list';
import { formulaParameters } from './settings-parameters';
import { specsOf } from './tables';
import type { CommandSpec } from './types';

/**
 * Steps work in order; each sees the results of the ones before. Rows, their order and their tie to the
 * app's records stay.
 * - formula: has the formula's own type (krewData always makes text), or is converted to `type`. Rows in
 *   error, or with a value that is not of `type`, stop the flow (`fail`) or become blank and are counted
 *   (`blank`); both say `formulaErrors {column, error, count}`.
 * - datePart: see `datePartColumn`. copy: the column as it is.
 * - replace: every occurrence of `search` in a text, exactly; a text that becomes empty is blank.
 * - fill: blank cells get `value`, or the last filled cell above (`previous`; leading blanks stay blank).
 * Problems: `editEmpty`; `columnNameBlank`; `columnNotChosen`; `columnMissing {column}`;
 * `editTypeUnsuitable {column, type, method}`; `searchBlank`; `fillValueBlank`; `fillValueInvalid {value, type}`;
 * `parameterMissing {parameter}`; `parameterNotUsable {parameter}`;
 * the formula's own, with the character position (`start`, `end`).
 */
export const edit: CommandSpec<EditSettings> = {
  type: 'edit',
  group: 'columns',
  inputCount: 1,
  settings: editSettings,
  defaults: () => ({ steps: [] }),
  apps: () => [],
  parameters: ({ steps }) =>
    steps.flatMap((step) => {
      if (step.method === 'formula') return formulaParameters(step.formula);
      return step.method === 'fill' && step.with === 'parameter' ? [step.value] : [];
    }),
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.steps.length === 0) list.error('editEmpty', {}, 'steps');
    let columns = input;
    chosen.steps.forEach((entry, index) => {
      const path = `steps.${index}`;
      if (entry.target.trim() === '') list.error('columnNameBlank', {}, `${path}.target`);
      const spec = editSpec(entry, columns, context.parameters, path, list);
      if (spec) columns = withColumn(columns, spec, (column) => column.name);
    });
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    let table: Table = inputs[0]!;
    for (const [index, entry] of chosen.steps.entries()) {
      await context.rest?.();
      const place = { ...context.place, field: `steps.${index}` };
      const spec = editSpec(entry, specsOf(table), context.parameters, '', problemList(place));
      if (!spec) throw new Error(`Step ${index} was not checked`);
      const column = editColumn(entry, spec, table, { ...context, place });
      const columns = withColumn(table.columns, column, (existing) => existing.spec.name);
      table = tableOf(columns, table.rowCount, table.origin);
    }
    return table;
  },
};

function withColumn<T>(
  columns: readonly T[],
  column: T,
  nameOf: (column: T) => ColumnSpec['name'],
): readonly T[] {
  const at = columns.findIndex((existing) => nameOf(existing) === nameOf(column));
  return at < 0 ? [...columns, column] : columns.with(at, column);
}
