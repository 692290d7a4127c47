import { QueryError } from './errors';
import { isSortable, kindOf, operatorsOf, optionsOf, type ResolvedField, resolveField } from './fields';
import { checkArguments, functionResult } from './functions';
import { isOrdered, locator } from './locate';
import type {
  Comparison,
  Condition,
  FunctionCall,
  Literal,
  OrderBy,
  Query,
  QueryField,
  QueryFields,
} from './types';

const MAX_LIMIT = 500;
const MAX_OFFSET = 10_000;

/** Literals are only tried here, so any clock will do. */
const NO_CLOCK = { nowMs: 0, timeZone: 'UTC' };

const USER_TYPES: ReadonlySet<string> = new Set(['CREATOR', 'MODIFIER', 'USER_SELECT', 'STATUS_ASSIGNEE']);
const MOMENT_TYPES: ReadonlySet<string> = new Set(['CREATED_TIME', 'UPDATED_TIME', 'DATETIME']);

/**
 * Checks a parsed query against the fields of the app, as kintone does before it searches: limits, fields, operators
 * per type, options, function arguments, readable values. Stops at the first finding.
 *
 * Where no source tells the code, GAIA_IL08 ("the query is not valid") is used: a function on a field type it does not
 * fit, and a DATE, TIME or DATETIME value that is none. A NUMBER value that is none is no error: it matches nothing.
 *
 * @throws QueryError; see `QueryErrorReason` for codes and details.
 */
export function checkQuery(query: Query, fields: QueryFields): void {
  checkLimits(query);
  if (query.condition !== null) checkCondition(query.condition, fields);
  for (const item of query.orderBy) checkOrderBy(item, fields);
}

function checkLimits({ limit, offset }: Query): void {
  if (limit !== null && limit < 0) {
    throw new QueryError('CB_VA01', { reason: 'negativeLimit', value: String(limit) });
  }
  if (offset !== null && offset < 0) {
    throw new QueryError('CB_VA01', { reason: 'negativeOffset', value: String(offset) });
  }
  if (limit !== null && limit > MAX_LIMIT) {
    throw new QueryError('GAIA_QU01', { reason: 'limitTooLarge', value: String(limit) });
  }
  if (offset !== null && offset > MAX_OFFSET) {
    throw new QueryError('GAIA_QU02', { reason: 'offsetTooLarge', value: String(offset) });
  }
}

function checkCondition(condition: Condition, fields: QueryFields): void {
  if (condition.kind === 'comparison') checkComparison(condition, fields);
  else for (const part of condition.parts) checkCondition(part, fields);
}

function checkComparison(comparison: Comparison, fields: QueryFields): void {
  const field = resolveField(comparison.field, fields);
  const { operator, operands } = comparison;
  const { position } = comparison.field;
  const { definition } = field;
  // In rows `=` and `!=` are refused with their own code, whatever the type (seen live).
  const isRowEquality = field.rows !== null && (operator === '=' || operator === '!=');
  const fitsType = definition === null || operatorsOf(definition, field.rows).includes(operator);
  if (isRowEquality || !fitsType) {
    throw new QueryError(isRowEquality ? 'GAIA_IQ07' : 'GAIA_IQ03', {
      reason: 'operatorNotAllowed',
      field: field.name,
      ...(definition === null ? {} : { fieldType: definition.type }),
      operator,
      position,
    });
  }
  if (definition?.type === 'STATUS' && definition.enabled === false) {
    throw new QueryError('GAIA_ST02', { reason: 'processOff', field: field.name, position });
  }
  for (const operand of operands) {
    if (operand.kind === 'function') checkFunction(operand, comparison, field);
    else if (definition !== null) checkLiteral(operand, comparison, field.name, definition);
  }
}

function checkFunction(call: FunctionCall, comparison: Comparison, field: ResolvedField): void {
  checkArguments(call, field.name);
  const { operator } = comparison;
  const { definition } = field;
  if (definition === null || fits(call, operator, definition)) return;
  throw new QueryError('GAIA_IL08', {
    reason: 'functionNotAllowed',
    field: field.name,
    fieldType: definition.type,
    function: call.name,
    operator,
    position: call.position,
  });
}

/** Which functions go with which types [docs overview/query]: days also with moments, NOW() only with moments. */
function fits(call: FunctionCall, operator: string, { type }: QueryField): boolean {
  if (operator === 'like' || operator === 'not like') return false;
  switch (functionResult(call)) {
    case 'user':
      return USER_TYPES.has(type);
    case 'organization':
      return type === 'ORGANIZATION_SELECT';
    case 'moment':
      return MOMENT_TYPES.has(type);
    default:
      return MOMENT_TYPES.has(type) || type === 'DATE';
  }
}

function checkLiteral(literal: Literal, comparison: Comparison, name: string, definition: QueryField): void {
  const { operator } = comparison;
  const detail = {
    field: name,
    fieldType: definition.type,
    operator,
    value: literal.text,
    position: comparison.field.position,
  };
  const options = optionsOf(definition);
  if (options !== null && literal.text !== '' && !options.has(literal.text)) {
    const { field, value, position } = detail;
    throw new QueryError('GAIA_IQ10', { reason: 'unknownOption', field, value, position });
  }
  if (literal.text === '' && !BLANK_OPERATORS.has(operator)) {
    throw new QueryError('GAIA_IL08', { reason: 'blankNotAllowed', ...detail });
  }
  const kind = kindOf(definition);
  if (kind === null || !isOrdered(kind) || kind === 'id' || kind === 'number') return;
  if (locator(kind, literal, NO_CLOCK) === 'unreadable') {
    throw new QueryError('GAIA_IL08', { reason: 'valueNotReadable', ...detail });
  }
}

/** Nothing is greater or less than `""` (observed for NUMBER and record numbers), and `like ""` is refused too. */
const BLANK_OPERATORS: ReadonlySet<string> = new Set(['=', '!=', 'in', 'not in']);

/** Sorting by a list-like field or a table column has no documented code; the codes for operators are used. */
function checkOrderBy({ field: name }: OrderBy, fields: QueryFields): void {
  const dot = name.indexOf('.');
  const field = resolveField(
    dot < 0
      ? { code: name, related: null, position: 0 }
      : { code: name.slice(dot + 1), related: name.slice(0, dot), position: 0 },
    fields,
  );
  const { definition, rows } = field;
  if (rows === null && definition !== null && isSortable(definition)) return;
  throw new QueryError(rows === null ? 'GAIA_IQ03' : 'GAIA_IQ07', {
    reason: 'notSortable',
    field: name,
    ...(definition === null ? {} : { fieldType: definition.type }),
    operator: 'order by',
  });
}
