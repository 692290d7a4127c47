/** Rules of a check as tests of rows. */
import type { ConditionGroup, ConditionOperator, ConditionValue } from '../definition/types';
import type { Table } from '../table/index';
import {
  cellAt,
  cellKey,
  columnNamed,
  columnSpecOfField,
  compareCells,
  findColumn,
  isBlankAt,
} from '../table/index';
import { keyCodes } from '../table/join-keys';
import type { Column, ColumnSpec } from '../table/types';
import type {
  CheckOperator,
  CheckRule,
  CompareRule,
  ExistsRule,
  OptionRule,
  PatternRule,
} from './check-settings';
import { conditionPredicate, resolveCondition } from './conditions';
import { formulaColumnWithErrors, formulaHolds } from './formulas';
import { compilePattern } from './pattern/index';
import type { RunContext } from './types';

/** True where a row keeps the rule. */
export type RowTest = (row: number) => boolean;

/** Other apps are asked for the values themselves up to this many; kintone takes that many in one query. */
const MAX_ASKED_VALUES = 100;

/**
 * The test of a rule. A blank value keeps every rule but `required` (and a formula of one's own, which sees
 * it); a formula in error breaks the rule. Column comparisons: by value, sets as sets, texts exactly.
 */
export async function ruleTest(
  rule: Exclude<CheckRule, { kind: 'anyRow' }>,
  table: Table,
  context: RunContext,
): Promise<RowTest> {
  if (rule.kind === 'formula') return formulaHolds(rule.formula, table, context);
  const column = columnNamed(table, rule.column);
  const orBlank =
    (test: RowTest): RowTest =>
    (row) =>
      isBlankAt(column, row) || test(row);
  switch (rule.kind) {
    case 'required':
      return (row) => !isBlankAt(column, row);
    case 'range':
      return orBlank(
        conditionTest(
          [
            ...(rule.min ? [[rule.column, '>=', rule.min] as const] : []),
            ...(rule.max ? [[rule.column, '<=', rule.max] as const] : []),
          ],
          table,
          context,
        ),
      );
    case 'compare':
      return orBlank(comparisonTest(rule, column, table, context));
    case 'pattern':
      return orBlank(patternRule(rule, column));
    case 'exists':
      return orBlank(await existsTest(rule, column, context));
    case 'option':
      return orBlank(optionTest(rule, column, context));
  }
}

type Comparison = readonly [field: string, operator: ConditionOperator, value: ConditionValue];

function conditionTest(comparisons: readonly Comparison[], table: Table, context: RunContext): RowTest {
  const group: ConditionGroup = {
    join: 'all',
    conditions: comparisons.map(([field, operator, value]) => ({ field, operator, values: [value] })),
  };
  const resolved = resolveCondition(group, {
    parameter: (name) => context.parameter(name),
    nowMs: context.nowMs,
    timeZone: context.timeZone,
    place: context.place,
    columnType: (field) => findColumn(table, field)?.spec.type,
  });
  // A bound that is blank (of a parameter, say) bounds nothing.
  const bounding = resolved.conditions.filter(
    ({ operator, values }) => operator === '=' || operator === '!=' || values[0] !== '',
  );
  return conditionPredicate({ ...resolved, conditions: bounding }, table);
}

const HOLDS: Readonly<Record<CheckOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function comparisonTest(rule: CompareRule, column: Column, table: Table, context: RunContext): RowTest {
  if (rule.against === 'value')
    return conditionTest([[rule.column, rule.operator, rule.value]], table, context);
  const { name, label, type } = column.spec;
  const formulaSpec: ColumnSpec = { name, label, type: type === 'choice' ? 'text' : type };
  const other =
    rule.against === 'column'
      ? { column: columnNamed(table, rule.other), isError: () => false }
      : formulaColumnWithErrors(rule.formula, formulaSpec, table, context);
  const holds = HOLDS[rule.operator];
  return (row) => {
    if (other.isError(row)) return false;
    const [a, b] = [cellAt(column, row), cellAt(other.column, row)];
    if (b === null) return true;
    const isSet = type === 'choices' || type === 'people';
    return holds(isSet ? Number(cellKey(type, a) !== cellKey(type, b)) : compareCells(type, a, b));
  };
}

function patternRule(rule: PatternRule, column: Column): RowTest {
  const compiled = compilePattern(rule.pattern);
  // `columns` has let only good patterns for texts through.
  if (!compiled.ok || column.kind !== 'text') throw new Error(`Pattern ${rule.pattern} was not checked`);
  const answers = column.dictionary.map(compiled.value);
  return (row) => answers[column.codes[row]!] === true;
}

async function existsTest(rule: ExistsRule, column: Column, context: RunContext): Promise<RowTest> {
  const app = rule.app!;
  const property = context.fields(app)[rule.field];
  const spec = property ? columnSpecOfField(property) : null;
  if (!spec) throw new Error(`Field ${rule.field} was not checked`);
  const read = await context.read({
    app,
    columns: [spec],
    condition: askedValues(rule, column, spec),
    place: context.place,
  });
  const codes = keyCodes([column], [columnNamed(read, spec.name)]);
  const isThere = new Uint8Array(codes.count);
  for (const code of codes.right) if (code >= 0) isThere[code] = 1;
  return (row) => codes.left[row]! >= 0 && isThere[codes.left[row]!] === 1;
}

/**
 * A few texts are asked for by themselves, so that a large app need not be read; null: read every record.
 * Options are not: kintone refuses a query with an option that the field does not have.
 */
function askedValues(rule: ExistsRule, column: Column, spec: ColumnSpec) {
  const isText = column.kind === 'text' && spec.type === 'text' && spec.fieldType !== 'RECORD_NUMBER';
  if (!isText) return null;
  const values = new Set<string>();
  for (const code of column.codes) {
    if (code >= 0) values.add(column.dictionary[code]!);
    if (values.size > MAX_ASKED_VALUES) return null;
  }
  if (values.size === 0) return null;
  return {
    join: 'all' as const,
    conditions: [{ field: rule.field, operator: 'in' as const, values: [...values] }],
  };
}

function optionTest(rule: OptionRule, column: Column, context: RunContext): RowTest {
  const property = rule.source === 'app' && rule.app ? context.fields(rule.app)[rule.field] : undefined;
  const source = rule.source === 'column' ? column.spec : property ? columnSpecOfField(property) : null;
  const options = new Set(source?.options ?? []);
  if (column.kind === 'text') {
    const answers = column.dictionary.map((text) => options.has(text));
    return (row) => answers[column.codes[row]!] === true;
  }
  return (row) => ((cellAt(column, row) ?? []) as readonly string[]).every((label) => options.has(label));
}
