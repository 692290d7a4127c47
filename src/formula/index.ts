/** The formula language: parse, check against columns and parameters, compile, evaluate. */

export type { FormulaScope } from './check';
export { checkFormula } from './check';
export type {
  CompiledFormula,
  EvaluationContext,
  FormulaResult,
  PredicateResult,
  RowErrorReport,
  RowErrors,
} from './compile';
export { compileFormula, evaluatePredicate } from './compile';
export type { FunctionEntry } from './functions/entry';
export { FUNCTIONS } from './functions/index';
export { parseFormula } from './parse';
export { printFormula } from './print';
export type { RowErrorCode } from './row-errors';
export { ROW_ERROR_CODES } from './row-errors';
export type { Expression } from './tree';
export type { FormulaParameter, ResultType, TypedExpression } from './typed';
