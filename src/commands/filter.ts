/** フィルタ: keeps the rows that fulfil a condition or a formula. */
import * as v from 'valibot';
import { ConditionGroupSchema } from '../definition/schema';
import type { ConditionGroup } from '../definition/types';
import { filterRows, findColumn, takingRows } from '../table/index';
import { checkCondition } from './condition-check';
import { conditionPredicate, resolveCondition } from './conditions';
import { checkFormulaSettings, formulaPredicate } from './formulas';
import { problemList } from './problem-list';
import { conditionParameters, formulaParameters } from './settings-parameters';
import { inPieces } from './tables';
import type { CommandSpec } from './types';

export interface FilterSettings {
  readonly mode: 'conditions' | 'formula';
  /** Used by mode conditions; null: nothing chosen yet. */
  readonly condition: ConditionGroup | null;
  /** Used by mode formula. */
  readonly formula: string;
}

const settings: v.GenericSchema<unknown, FilterSettings> = v.strictObject({
  mode: v.picklist(['conditions', 'formula']),
  condition: v.nullable(ConditionGroupSchema),
  formula: v.pipe(v.string(), v.maxLength(65_535)),
});

/**
 * Rows keep their order, columns and tie to the app's records. Conditions mean what `conditions.ts` says.
 * A formula keeps a row when it gives TRUE, a number other than 0, or another value that is not blank
 * (krewData's rule for texts; the text "FALSE" is false). An error in any row stops the flow.
 * Problems: `conditionEmpty` (no condition yet); those of `checkCondition`; the formula's own, with the
 * character position (`start`, `end`).
 */
export const filter: CommandSpec<FilterSettings> = {
  type: 'filter',
  group: 'rows',
  inputCount: 1,
  settings,
  defaults: () => ({ mode: 'conditions', condition: null, formula: '' }),
  apps: () => [],
  parameters: ({ mode, condition, formula }) =>
    mode === 'formula' ? formulaParameters(formula) : conditionParameters(condition),
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const { parameters } = context;
    if (chosen.mode === 'formula') {
      checkFormulaSettings(chosen.formula, null, { columns: input, parameters, path: 'formula', list });
    } else if (!chosen.condition || chosen.condition.conditions.length === 0) {
      list.error('conditionEmpty', {}, 'condition');
    } else {
      checkCondition(chosen.condition, { columns: input, parameters, path: 'condition', list });
    }
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    if (chosen.mode === 'formula') {
      const rows = filterRows(input.rowCount, formulaPredicate(chosen.formula, input, context));
      return inPieces(takingRows(input, rows), context);
    }
    const condition = resolveCondition(chosen.condition as ConditionGroup, {
      parameter: (name) => context.parameter(name),
      nowMs: context.nowMs,
      timeZone: context.timeZone,
      place: context.place,
      columnType: (field) => findColumn(input, field)?.spec.type,
    });
    const rows = filterRows(input.rowCount, conditionPredicate(condition, input));
    return inPieces(takingRows(input, rows), context);
  },
};
