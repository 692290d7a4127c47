/**
 * Conditions on rows. One meaning for all places that use them (filters, pushed-down queries,
 * buttons); where kintone's query language has the comparison, the meaning is kintone's.
 *
 * - A blank value is the literal "". `=` "" and `in` ("") hold for blank cells; `<`, `<=`, `>`, `>=` never
 *   hold for a blank cell or against "". `!=`, `notIn` and `notContains` are the exact opposites of `=`,
 *   `in` and `contains`, so they hold for blank cells unless "" is among the values.
 * - text and choice: exact, code unit by code unit (case and width matter).
 * - record numbers: by their number; an app code in front ("CODE-12") is ignored on both sides.
 * - numbers by value (1.0 = 1), dates and times by value; a day compared with a date and time means the
 *   whole day (`<=` includes it, `<` does not).
 * - choices and people (by code): `in` holds when at least one entry is listed, `notIn` when none is.
 * - `contains` looks for the literal anywhere in a text; it is not kintone's word search (`like`).
 * - A group without conditions holds for every row.
 */
import type { Place } from '../definition/errors';
import { FailureError, failure } from '../definition/errors';
import type { ConditionGroup, ConditionOperator, ConditionValue } from '../definition/types';
import type { Decimal } from '../table/index';
import {
  cellAt,
  columnNamed,
  compareDecimals,
  formatDecimal,
  isBlankAt,
  parseDecimal,
  unitsAt,
} from '../table/index';
import type { Cell, Column, ColumnSpec, ColumnType, Person, Table, TextColumn } from '../table/types';
import { dayEnd, dayStart, instantText, isDay, localDay, periodDay } from './calendar';
import type { ParameterSpec, ResolvedConditionGroup } from './types';

/** What the literals of a condition depend on. */
export interface ConditionContext {
  parameter(name: string): { readonly spec: ParameterSpec; readonly cell: Cell };
  /** Epoch ms of the start of the run. */
  readonly nowMs: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly place: Place;
  /** Type of the column a condition is about; needed where a day meets a date and time. */
  columnType(field: string): ColumnType | undefined;
}

const ORDER_OPERATORS: readonly ConditionOperator[] = ['<', '<=', '>', '>='];

/** What a column is for conditions: its type, except that record numbers compare by number. */
export type ConditionKind = ColumnType | 'recordNumber';

export function conditionKind(spec: Pick<ColumnSpec, 'type' | 'fieldType'>): ConditionKind {
  return spec.fieldType === 'RECORD_NUMBER' ? 'recordNumber' : spec.type;
}

const BLANK_OPERATORS = ['blank', 'notBlank'] as const;
const EQUALITY = ['=', '!='] as const;
const MEMBERSHIP = ['in', 'notIn'] as const;
const COMPARISON = ['=', '!=', '<', '<=', '>', '>=', 'in', 'notIn', ...BLANK_OPERATORS] as const;

/** Operators that make sense per kind of column, in the order a screen offers them. */
export const CONDITION_OPERATORS: Readonly<Record<ConditionKind, readonly ConditionOperator[]>> = {
  text: [...EQUALITY, ...MEMBERSHIP, 'contains', 'notContains', ...BLANK_OPERATORS],
  recordNumber: COMPARISON,
  number: COMPARISON,
  date: COMPARISON,
  time: COMPARISON,
  datetime: ['>=', '<=', '>', '<', '=', '!=', ...BLANK_OPERATORS],
  choice: [...MEMBERSHIP, ...EQUALITY, ...BLANK_OPERATORS],
  choices: [...MEMBERSHIP, ...BLANK_OPERATORS],
  people: [...MEMBERSHIP, ...BLANK_OPERATORS],
  files: BLANK_OPERATORS,
  table: [],
};

/**
 * Turns parameters and periods into literals. A blank parameter becomes ""; one with several entries
 * (choices, people) becomes as many literals. Throws what `context.parameter` throws, and
 * `parameterNotUsable {parameter}` for files and tables or a period based on something that is no day.
 */
export function resolveCondition(group: ConditionGroup, context: ConditionContext): ResolvedConditionGroup {
  return {
    join: group.join,
    conditions: group.conditions.map((condition) => ({
      field: condition.field,
      operator: condition.operator,
      values: condition.values.flatMap((value) =>
        literalsOf(value, context).map((text) =>
          asInstant(text, condition.field, condition.operator, context),
        ),
      ),
    })),
  };
}

function literalsOf(value: ConditionValue, context: ConditionContext): readonly string[] {
  if (value.kind === 'literal') return [value.value];
  if (value.kind === 'parameter') {
    const { spec, cell } = context.parameter(value.name);
    return literalsOfCell(spec, cell, context.place);
  }
  const base = value.base === '' ? localDay(context.nowMs, context.timeZone) : baseDay(value.base, context);
  return [base === '' ? '' : periodDay(base, value)];
}

function baseDay(name: string, context: ConditionContext): string {
  const { spec, cell } = context.parameter(name);
  if (cell === null) return '';
  if (spec.type === 'datetime' && typeof cell === 'string')
    return localDay(Date.parse(cell), context.timeZone);
  if (typeof cell === 'string' && isDay(cell)) return cell;
  throw new FailureError(failure('parameterNotUsable', { parameter: name }, context.place));
}

function literalsOfCell(spec: ParameterSpec, cell: Cell, place: Place): readonly string[] {
  if (cell === null) return [''];
  if (spec.type === 'number') return [formatDecimal(cell as Decimal)];
  if (spec.type === 'choices') return cell as readonly string[];
  if (spec.type === 'people') return (cell as readonly Person[]).map((person) => person.code);
  if (typeof cell === 'string') return [cell];
  throw new FailureError(failure('parameterNotUsable', { parameter: spec.name }, place));
}

function asInstant(
  text: string,
  field: string,
  operator: ConditionOperator,
  context: ConditionContext,
): string {
  if (!ORDER_OPERATORS.includes(operator) || context.columnType(field) !== 'datetime' || !isDay(text))
    return text;
  const wholeDayBefore = operator === '<=' || operator === '>';
  return (wholeDayBefore ? dayEnd : dayStart)(text, context.timeZone);
}

/**
 * Compiles a condition for one table. A column that is not there is a programming error; a literal that
 * is no value of the column's type throws `conditionValueInvalid {field, value, type}`.
 */
export function conditionPredicate(group: ResolvedConditionGroup, table: Table): (row: number) => boolean {
  const tests = group.conditions.map((condition) =>
    conditionTest(columnNamed(table, condition.field), condition.operator, condition.values),
  );
  if (tests.length === 0) return () => true;
  const isAll = group.join === 'all';
  // A loop, because `every` and `some` would cost a function object per row.
  return (row) => {
    for (const test of tests) if (test(row) !== isAll) return !isAll;
    return isAll;
  };
}

type RowTest = (row: number) => boolean;
const not =
  (test: RowTest): RowTest =>
  (row) =>
    !test(row);

function conditionTest(column: Column, operator: ConditionOperator, values: readonly string[]): RowTest {
  switch (operator) {
    case 'blank':
      return (row) => isBlankAt(column, row);
    case 'notBlank':
      return (row) => !isBlankAt(column, row);
    case '=':
    case 'in':
      return isOneOf(column, values);
    case '!=':
    case 'notIn':
      return not(isOneOf(column, values));
    case 'contains':
      return containsOneOf(column, values);
    case 'notContains':
      return not(containsOneOf(column, values));
    default:
      return compares(column, operator, values);
  }
}

function isOneOf(column: Column, values: readonly string[]): RowTest {
  const kind = conditionKind(column.spec);
  const blankListed = values.includes('');
  const wanted = new Set(
    values.filter((value) => value !== '').map((value) => keyOfLiteral(column.spec, value)),
  );
  if (column.kind === 'text') {
    const keyOf = kind === 'recordNumber' ? recordNumberOf : (text: string) => text;
    return textTest(column, (text) => wanted.has(keyOf(text)), blankListed);
  }
  return (row) => {
    const cell = cellAt(column, row);
    if (cell === null) return blankListed;
    if (kind === 'choices') return (cell as readonly string[]).some((label) => wanted.has(label));
    if (kind === 'people') return (cell as readonly Person[]).some((person) => wanted.has(person.code));
    if (kind === 'number') return wanted.has(formatDecimal(cell as Decimal));
    return typeof cell === 'string' && wanted.has(cell);
  };
}

/** Asks once per distinct text, not once per row. */
function textTest(column: TextColumn, test: (text: string) => boolean, blank: boolean): RowTest {
  const answers = column.dictionary.map(test);
  return (row) => answers[column.codes[row] as number] ?? blank;
}

function keyOfLiteral(spec: ColumnSpec, value: string): string {
  const kind = conditionKind(spec);
  if (kind === 'recordNumber') return recordNumberOf(value);
  return isScalarTime(kind) || kind === 'number' ? orderKeyText(spec, value) : value;
}

function orderKeyText(spec: ColumnSpec, value: string): string {
  const literal = parseLiteral(spec, value);
  return typeof literal === 'string' ? literal : formatDecimal(literal);
}

const isScalarTime = (kind: ConditionKind): kind is 'date' | 'time' | 'datetime' =>
  kind === 'date' || kind === 'time' || kind === 'datetime';

/** "CODE-12" and "12" both give "12"; what has no number at its end stays as it is. */
function recordNumberOf(text: string): string {
  const digits = /([0-9]+)$/.exec(text)?.[1];
  return digits === undefined ? text : digits.replace(/^0+(?=[0-9])/, '');
}

/** With a zone, or its meaning would depend on the computer it is read on. */
const INSTANT_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** The literal in canonical form, or null when it is no value of the kind. */
export function canonicalLiteral(kind: ConditionKind, value: string): string | null {
  if (kind === 'number') {
    const parsed = parseDecimal(value);
    return parsed && formatDecimal(parsed);
  }
  if (kind === 'recordNumber') return /^(?:.*-)?[0-9]+$/.test(value) ? recordNumberOf(value) : null;
  if (kind === 'date') return isDay(value) ? value : null;
  if (kind === 'time') return /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(value) ? value : null;
  if (kind === 'datetime') {
    const instant = INSTANT_TEXT.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(instant) ? null : instantText(instant);
  }
  return value;
}

function parseLiteral(spec: ColumnSpec, value: string): string | Decimal {
  const kind = conditionKind(spec);
  const canonical = canonicalLiteral(kind, value);
  const parsed =
    canonical !== null && (kind === 'number' || kind === 'recordNumber')
      ? parseDecimal(canonical)
      : canonical;
  if (parsed === null) {
    throw new FailureError(
      failure('conditionValueInvalid', { field: spec.name, value, type: spec.type }, { field: spec.name }),
    );
  }
  return parsed;
}

function containsOneOf(column: Column, values: readonly string[]): RowTest {
  if (column.kind !== 'text') return () => false;
  return textTest(column, (text) => values.some((value) => value !== '' && text.includes(value)), false);
}

function compares(column: Column, operator: ConditionOperator, values: readonly string[]): RowTest {
  const value = values[0];
  if (value === undefined || value === '') return () => false;
  const wanted = parseLiteral(column.spec, value);
  const byNumber = typeof wanted !== 'string';
  const isRecordNumber = conditionKind(column.spec) === 'recordNumber';
  const byCell: RowTest = (row) => {
    const cell = cellAt(column, row);
    if (cell === null) return false;
    const order = byNumber
      ? compareDecimals(
          isRecordNumber ? parseDecimal(recordNumberOf(cell as string))! : (cell as Decimal),
          wanted,
        )
      : compareText(cell as string, wanted);
    return holds(operator, order);
  };
  const limit = byNumber && column.kind === 'number' ? unitsAt(wanted, column.scale) : null;
  if (column.kind !== 'number' || limit === null) return byCell;
  const { units } = column;
  return (row) => {
    // Both are integers below 2^53, so the sign of the difference is right.
    const order = (units[row] as number) - limit;
    return Number.isNaN(order) ? byCell(row) : holds(operator, order);
  };
}

function holds(operator: ConditionOperator, order: number): boolean {
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Canonical dates and times sort as text. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
