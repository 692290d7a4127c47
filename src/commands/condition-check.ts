/** What is wrong with a condition's settings, before any row is read. */
import type { ConditionGroup, ConditionValue, FieldCondition } from '../definition/types';
import type { ColumnSpec } from '../table/types';
import type { ConditionKind } from './conditions';
import { CONDITION_OPERATORS, canonicalLiteral, conditionKind } from './conditions';
import type { ProblemList } from './problem-list';
import { requireColumn } from './problem-list';
import type { ParameterSpec } from './types';

export interface ConditionCheck {
  /** Columns the condition may speak about. */
  readonly columns: readonly ColumnSpec[];
  readonly parameters: readonly ParameterSpec[];
  /** Settings path of the group (`condition`). */
  readonly path: string;
  readonly list: ProblemList;
}

const ORDER = ['<', '<=', '>', '>='];

/**
 * Adds to `check.list`: `columnNotChosen`, `columnMissing {column}`, `conditionOperatorNotUsable {column, operator, type}`,
 * `conditionValueMissing {column}`, `conditionValueInvalid {field, value, type}`, `conditionOptionUnknown {column, value}`
 * (warning), `conditionPeriodNotUsable {column, type}`, `parameterMissing {parameter}`, `parameterNotUsable {parameter}`.
 */
export function checkCondition(group: ConditionGroup, check: ConditionCheck): void {
  group.conditions.forEach((condition, index) => {
    const path = `${check.path}.conditions.${index}`;
    const column = requireColumn(check.columns, condition.field, `${path}.field`, check.list);
    if (column) checkOne(condition, column, path, check);
  });
}

function checkOne(condition: FieldCondition, column: ColumnSpec, path: string, check: ConditionCheck): void {
  const { operator, values } = condition;
  const kind = conditionKind(column);
  if (!CONDITION_OPERATORS[kind].includes(operator)) {
    const params = { column: column.name, operator, type: column.type };
    check.list.error('conditionOperatorNotUsable', params, `${path}.operator`);
    return;
  }
  if (operator === 'blank' || operator === 'notBlank') return;
  const needsText = ORDER.includes(operator) || operator === 'contains' || operator === 'notContains';
  const hasBlank = values.some((value) => value.kind === 'literal' && value.value === '');
  if (values.length === 0 || (needsText && hasBlank)) {
    check.list.error('conditionValueMissing', { column: column.name }, `${path}.values`);
    return;
  }
  values.forEach((value, index) => {
    checkValue(value, { operator, column, kind, path: `${path}.values.${index}` }, check);
  });
}

interface ValuePlace {
  readonly operator: string;
  readonly column: ColumnSpec;
  readonly kind: ConditionKind;
  readonly path: string;
}

function checkValue(value: ConditionValue, at: ValuePlace, check: ConditionCheck): void {
  if (value.kind === 'literal') checkLiteral(value.value, at, check);
  else if (value.kind === 'parameter') checkParameter(value.name, at, check);
  else checkPeriod(value.base, at, check);
}

function checkLiteral(value: string, at: ValuePlace, { list }: ConditionCheck): void {
  const asDay =
    at.kind === 'datetime' && ORDER.includes(at.operator) && canonicalLiteral('date', value) !== null;
  if (value !== '' && !asDay && canonicalLiteral(at.kind, value) === null) {
    list.error('conditionValueInvalid', { field: at.column.name, value, type: at.column.type }, at.path);
  }
  const options = at.column.options;
  if (
    value !== '' &&
    options &&
    (at.kind === 'choice' || at.kind === 'choices') &&
    !options.includes(value)
  ) {
    list.warning('conditionOptionUnknown', { column: at.column.name, value }, at.path);
  }
}

function checkParameter(name: string, at: ValuePlace, { parameters, list }: ConditionCheck): void {
  const spec = parameters.find((parameter) => parameter.name === name);
  if (!spec) {
    list.error('parameterMissing', { parameter: name }, at.path);
    return;
  }
  const several = spec.type === 'choices' || spec.type === 'people';
  const unusable = spec.type === 'files' || spec.type === 'table' || (several && ORDER.includes(at.operator));
  const wholeDay = at.kind === 'datetime' && spec.type === 'date' && !ORDER.includes(at.operator);
  const timeLike = at.kind === 'date' || at.kind === 'time' || at.kind === 'datetime';
  const fits =
    !timeLike ||
    spec.type === at.kind ||
    spec.type === 'text' ||
    (at.kind === 'datetime' && spec.type === 'date');
  if (unusable || wholeDay || !fits) list.error('parameterNotUsable', { parameter: name }, at.path);
}

function checkPeriod(base: string, at: ValuePlace, { parameters, list }: ConditionCheck): void {
  const usable = at.kind === 'date' || (at.kind === 'datetime' && ORDER.includes(at.operator));
  if (!usable)
    list.error('conditionPeriodNotUsable', { column: at.column.name, type: at.column.type }, at.path);
  if (base === '') return;
  const spec = parameters.find((parameter) => parameter.name === base);
  if (!spec) list.error('parameterMissing', { parameter: base }, at.path);
  else if (spec.type !== 'date' && spec.type !== 'datetime') {
    list.error('parameterNotUsable', { parameter: base }, at.path);
  }
}
