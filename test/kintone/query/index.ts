/**
 * The kintone query language of the local kintone: pure, no input or output.
 *
 * Usual course: `parseQuery` -> `checkQuery` -> `idRange` to pick candidates -> `compileCondition` to filter ->
 * `sortRecords` -> the caller applies `offset` and `limit` (default 100, facts 2.1). Every refusal is a `QueryError`.
 *
 * Rules come from kintone's documentation (overview/query) and from observations of real tenants collected in the
 * platform facts, section 2.6; what is assumed is marked so where it is decided.
 */
export { checkQuery } from './check';
export { compileCondition, matches } from './compile';
export { QueryError, type QueryErrorCode, type QueryErrorDetail } from './errors';
export { parseQuery } from './parse';
export { printQuery } from './print';
export { type IdRange, idRange } from './ranges';
export { sortRecords } from './sort';
export type {
  Comparison,
  Condition,
  Operand,
  Operator,
  OrderBy,
  Query,
  QueryContext,
  QueryField,
  QueryFields,
  QueryRecord,
} from './types';
