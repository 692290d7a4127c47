/** Formulas inside commands: their problems while editing, their results while running. */
import type { Place, Result } from '../definition/errors';
import { FailureError, failure } from '../definition/errors';
import type {
  CompiledFormula,
  PredicateResult,
  ResultType,
  RowErrors,
  TypedExpression,
} from '../formula/index';
import { checkFormula, compileFormula, evaluatePredicate, parseFormula } from '../formula/index';
import { withSpec } from '../table/index';
import type { Column, ColumnSpec, ColumnType, Table } from '../table/types';
import type { ProblemList } from './problem-list';
import { specsOf } from './tables';
import type { ParameterSpec, RunContext } from './types';

export interface FormulaScopeSettings {
  readonly columns: readonly ColumnSpec[];
  readonly parameters: readonly ParameterSpec[];
  /** Settings path of the formula. */
  readonly path: string;
  readonly list: ProblemList;
}

/**
 * The column type of a formula's result, or null with the formula's failure in `list` (its codes are those of
 * `parseFormula` and `checkFormula`; `start` and `end` in the params are positions in the text).
 * @param wanted type the result is converted to; null: the formula's own. TRUE / FALSE are texts as a column.
 */
export function checkFormulaSettings(
  formula: string,
  wanted: ColumnType | null,
  scope: FormulaScopeSettings,
): ColumnType | null {
  const typed = typedFormula(formula, wanted, scope);
  if (!typed.ok) {
    scope.list.error(typed.error.code, typed.error.params, scope.path);
    return null;
  }
  return wanted ?? columnTypeOf(typed.value.resultType);
}

function typedFormula(
  formula: string,
  wanted: ColumnType | null,
  scope: Pick<FormulaScopeSettings, 'columns' | 'parameters'>,
): Result<TypedExpression> {
  const parsed = parseFormula(formula);
  if (!parsed.ok) return parsed;
  const { columns, parameters } = scope;
  const resultType = wanted && resultTypeOf(wanted);
  return checkFormula(parsed.value, { columns, parameters, ...(resultType ? { resultType } : {}) });
}

const columnTypeOf = (type: ResultType): ColumnType => (type === 'boolean' ? 'text' : type);

/** An option is a text as far as formulas know. */
function resultTypeOf(type: ColumnType): ResultType {
  switch (type) {
    case 'number':
    case 'date':
    case 'time':
    case 'datetime':
      return type;
    default:
      return 'text';
  }
}

function compiled(
  formula: string,
  wanted: ColumnType | null,
  table: Table,
  context: RunContext,
): CompiledFormula {
  const scope = { columns: specsOf(table), parameters: context.parameters };
  const typed = typedFormula(formula, wanted, scope);
  if (!typed.ok) throw new FailureError(failure(typed.error.code, typed.error.params, context.place));
  return compileFormula(typed.value);
}

const evaluation = (context: RunContext) => ({
  nowMs: context.nowMs,
  timeZone: context.timeZone,
  parameter: (name: string) => context.parameter(name).cell,
});

/**
 * Computes a column of exactly `spec`. Rows in error stop with `formulaErrors {column, error, count}` at the
 * first such row, or are blank and reported under the same code.
 */
export function formulaColumn(
  formula: string,
  spec: ColumnSpec,
  table: Table,
  context: RunContext,
  onError: 'fail' | 'blank',
): Column {
  const result = compiled(formula, spec.type, table, context).evaluate(table, evaluation(context));
  if (result.errorCount > 0) {
    const finding = rowErrorFinding(result, spec.name, context.place);
    if (onError === 'fail') throw new FailureError(finding);
    context.report({
      code: finding.code,
      params: finding.params,
      place: finding.place,
      count: result.errorCount,
    });
  }
  return withSpec(result.column, spec);
}

/** Which rows a formula keeps; an error in any row stops with `formulaErrors {error, count}` at the first such row. */
export function formulaPredicate(
  formula: string,
  table: Table,
  context: RunContext,
): (row: number) => boolean {
  const result: PredicateResult = evaluatePredicate(
    compiled(formula, null, table, context),
    table,
    evaluation(context),
  );
  if (result.errorCount > 0) throw new FailureError(rowErrorFinding(result, '', context.place));
  return (row) => result.keep[row] === 1;
}

/** Which rows a formula holds for, as `formulaPredicate`, but a row in error counts as one it does not hold for. */
export function formulaHolds(formula: string, table: Table, context: RunContext): (row: number) => boolean {
  const { keep } = evaluatePredicate(compiled(formula, null, table, context), table, evaluation(context));
  return (row) => keep[row] === 1;
}

/** A column of exactly `spec`, and the rows whose formula is in error; they are blank. */
export function formulaColumnWithErrors(
  formula: string,
  spec: ColumnSpec,
  table: Table,
  context: RunContext,
): { readonly column: Column; readonly isError: (row: number) => boolean } {
  const program = compiled(formula, spec.type, table, context);
  const result = program.evaluate(table, evaluation(context));
  const column = withSpec(result.column, spec);
  if (result.errorCount === 0) return { column, isError: () => false };
  const isError = new Uint8Array(table.rowCount);
  program.forEachChunk(table, evaluation(context), (vector, frame, start) => {
    for (let row = 0; row < frame.count; row += 1) isError[start + row] = vector.errors?.[row] ? 1 : 0;
  });
  return { column, isError: (row) => isError[row] === 1 };
}

function rowErrorFinding({ errors, errorCount }: RowErrors, column: string, place: Place) {
  const first = errors[0];
  const params = { ...(column === '' ? {} : { column }), error: first?.code ?? '', count: errorCount };
  return failure('formulaErrors', params, first ? { ...place, row: first.row } : place);
}
