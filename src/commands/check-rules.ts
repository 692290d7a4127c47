/** What is wrong with the rules of a check, before any row is read. */
import type { AppRef, ConditionOperator, ConditionValue } from '../definition/types';
import { columnSpecOfField } from '../table/index';
import type { ColumnSpec, ColumnType } from '../table/types';
import { fieldsOfApp } from './app-fields';
import type { CheckRule, CompareRule } from './check-settings';
import { checkCondition } from './condition-check';
import { checkFormulaSettings } from './formulas';
import { canKeysAgree, isKeyType } from './key-pairs';
import { compilePattern } from './pattern/index';
import type { ProblemList } from './problem-list';
import { requireColumn } from './problem-list';
import type { InferContext } from './types';

const ORDERED: readonly ColumnType[] = ['number', 'date', 'time', 'datetime'];
const SETS: readonly ColumnType[] = ['choices', 'people'];
const TEXTUAL: readonly ColumnType[] = ['text', 'choice'];

interface RuleCheck {
  readonly input: readonly ColumnSpec[];
  readonly context: InferContext;
  readonly path: string;
  readonly list: ProblemList;
}

/**
 * Adds to `list`, at paths below `path`: `columnMissing {column}`, `columnNotChosen`, `checkTypeUnsuitable
 * {column, type}`; `rangeEmpty`; those of `checkCondition`, of `compilePattern`, of formulas, of `fieldsOfApp`;
 * `checkTypesDiffer {column, other, type, otherType}`; `fieldMissing {field}`; `optionsUnknown {column}`.
 */
export function checkRule(
  rule: CheckRule,
  input: readonly ColumnSpec[],
  context: InferContext,
  path: string,
  list: ProblemList,
): void {
  const check: RuleCheck = { input, context, path, list };
  if (rule.kind === 'anyRow') return;
  if (rule.kind === 'formula') {
    checkFormula(rule.formula, null, check);
    return;
  }
  const column = requireColumn(input, rule.column, `${path}.column`, list);
  const unsuitable = (): void => {
    if (column)
      list.error('checkTypeUnsuitable', { column: column.name, type: column.type }, `${path}.column`);
  };
  switch (rule.kind) {
    case 'required':
      return;
    case 'range':
      if (!rule.min && !rule.max) list.error('rangeEmpty', {}, `${path}.min`);
      if (rule.min) checkValue(rule.column, '>=', rule.min, 'min', check);
      if (rule.max) checkValue(rule.column, '<=', rule.max, 'max', check);
      return;
    case 'compare':
      checkComparison(rule, column, check);
      return;
    case 'pattern': {
      if (column && !TEXTUAL.includes(column.type)) unsuitable();
      const compiled = compilePattern(rule.pattern);
      if (!compiled.ok) list.error(compiled.error.code, compiled.error.params, `${path}.pattern`);
      return;
    }
    case 'exists': {
      if (column && !isKeyType(column.type)) unsuitable();
      const field = fieldSpec(rule, check);
      if (column && field && (!isKeyType(field.type) || !canKeysAgree(column.type, field.type)))
        differ(column, field, check);
      return;
    }
    case 'option': {
      if (column && ![...TEXTUAL, 'choices'].includes(column.type)) unsuitable();
      const source = rule.source === 'column' ? column : fieldSpec(rule, check);
      if (source && !source.options) {
        list.error(
          'optionsUnknown',
          { column: source.name },
          `${path}.${rule.source === 'column' ? 'column' : 'field'}`,
        );
      }
    }
  }
}

/** A column is compared with a value as conditions compare it; their findings move to the rule's own paths. */
function checkValue(
  column: string,
  operator: ConditionOperator,
  value: ConditionValue,
  field: string,
  { input, context, path, list }: RuleCheck,
): void {
  const moved = (from: string): string => {
    if (from.endsWith('.field')) return `${path}.column`;
    return from.endsWith('.operator') ? `${path}.operator` : `${path}.${field}`;
  };
  checkCondition(
    { join: 'all', conditions: [{ field: column, operator, values: [value] }] },
    {
      // The missing column has been reported already.
      columns: input,
      parameters: context.parameters,
      path,
      list: {
        ...list,
        error: (code, params, from) => {
          if (!from.endsWith('.field')) list.error(code, params, moved(from));
        },
        warning: (code, params, from) => list.warning(code, params, moved(from)),
      },
    },
  );
}

function checkComparison(rule: CompareRule, column: ColumnSpec | null, check: RuleCheck): void {
  const { path, list, input } = check;
  if (rule.against === 'value') {
    checkValue(rule.column, rule.operator, rule.value, 'value', check);
    return;
  }
  const other = rule.against === 'column' ? requireColumn(input, rule.other, `${path}.other`, list) : null;
  if (!column) return;
  const isOrder = rule.operator !== '=' && rule.operator !== '!=';
  const isEqual = [...ORDERED, ...TEXTUAL, ...SETS].includes(column.type);
  if (isOrder ? !ORDERED.includes(column.type) : !isEqual) {
    const params = { column: column.name, operator: rule.operator, type: column.type };
    list.error('conditionOperatorNotUsable', params, `${path}.operator`);
  } else if (rule.against === 'formula') {
    if (SETS.includes(column.type)) {
      list.error('checkTypeUnsuitable', { column: column.name, type: column.type }, `${path}.column`);
    } else checkFormula(rule.formula, column.type === 'choice' ? 'text' : column.type, check);
  } else if (other && !canCompare(column.type, other.type)) differ(column, other, check);
}

const canCompare = (a: ColumnType, b: ColumnType): boolean =>
  a === b || (TEXTUAL.includes(a) && TEXTUAL.includes(b));

function checkFormula(
  formula: string,
  type: ColumnType | null,
  { input, context, path, list }: RuleCheck,
): void {
  const { parameters } = context;
  checkFormulaSettings(formula, type, { columns: input, parameters, path: `${path}.formula`, list });
}

function differ(column: ColumnSpec, other: ColumnSpec, { path, list }: RuleCheck): void {
  const params = { column: column.name, other: other.name, type: column.type, otherType: other.type };
  list.error('checkTypesDiffer', params, `${path}.column`);
}

function fieldSpec(
  { app, field }: { readonly app: AppRef | null; readonly field: string },
  { context, path, list }: RuleCheck,
): ColumnSpec | null {
  const atRule: ProblemList = {
    ...list,
    error: (code, params, at) => list.error(code, params, `${path}.${at}`),
    info: (code, params, at) => list.info(code, params, `${path}.${at}`),
  };
  const fields = fieldsOfApp(app, context, atRule);
  if (!fields) return null;
  if (field === '') {
    list.error('columnNotChosen', {}, `${path}.field`);
    return null;
  }
  const property = Object.hasOwn(fields, field) ? fields[field] : undefined;
  const spec = property ? columnSpecOfField(property) : null;
  if (!spec) list.error('fieldMissing', { field }, `${path}.field`);
  return spec;
}
