/** 定数の追加: adds columns that hold the same value in every row. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import { ConditionValueSchema } from '../definition/schema';
import type { ConditionValue } from '../definition/types';
import { cellToText, constantColumn, tableOf } from '../table/index';
import type { Cell, ColumnSpec } from '../table/types';
import { resolveCondition } from './conditions';
import type { TargetFieldType } from './field-types';
import { canConvert, columnTypeOf, TARGET_FIELD_TYPES } from './field-types';
import type { ProblemList } from './problem-list';
import { checkNewName, checkParameter, problemList } from './problem-list';
import { columnName, entries } from './schemas';
import { converter } from './type-conversion';
import type { CommandSpec, ParameterSpec, RunContext } from './types';

export interface ConstantColumn {
  readonly name: string;
  /** Blank: the name. */
  readonly label: string;
  readonly type: TargetFieldType;
  /** A literal in kintone's form (entries of choices and people in lines), a parameter, or a calendar day. */
  readonly value: ConditionValue;
}

export interface ConstantSettings {
  readonly columns: readonly ConstantColumn[];
}

const settings: v.GenericSchema<unknown, ConstantSettings> = v.strictObject({
  columns: entries(
    v.strictObject({
      name: columnName,
      label: columnName,
      type: v.picklist(TARGET_FIELD_TYPES),
      value: ConditionValueSchema,
    }),
  ),
});

const RULES = { separator: '\n', people: 'name', options: [] } as const;
const TEXT = { type: 'text' } as const;
const DAY = { type: 'date' } as const;

/**
 * New columns after those there are, in the order of the settings; rows and their tie to the app's records
 * stay. Values are read as `setType` reads texts and parameters (`type-conversion.ts`), in the run's time zone;
 * several choices or people stand in lines, so that an option may hold a comma. A blank literal gives a blank
 * column. A calendar day (start of the month of the run, say) is a date, the start of that day as a
 * date-and-time, or "YYYY-MM-DD" as a text.
 * Problems: `constantEmpty`; `columnNameBlank`; `columnNameTaken {column}`; `constantValueInvalid {value, type}`;
 * `parameterMissing {parameter}`; `parameterNotUsable {parameter}`; `conditionPeriodNotUsable {column, type}`.
 * A run fails with `constantNotConvertible {column, value}` when a parameter's value does not fit the type.
 */
export const constant: CommandSpec<ConstantSettings> = {
  type: 'constant',
  group: 'columns',
  inputCount: 1,
  settings,
  defaults: () => ({ columns: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.columns.length === 0) list.error('constantEmpty', {}, 'columns');
    const taken = new Set(input.map((spec) => spec.name));
    const added = chosen.columns.flatMap((entry, index) => {
      const path = `columns.${index}`;
      checkValue(entry, context.parameters, `${path}.value`, list);
      if (!checkNewName(taken, entry.name, `${path}.name`, list)) return [];
      taken.add(entry.name);
      return [constantSpec(entry)];
    });
    return { columns: [...input, ...added], problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const added = chosen.columns.map((entry) =>
      constantColumn(constantSpec(entry), constantCell(entry, context), input.rowCount),
    );
    return tableOf([...input.columns, ...added], input.rowCount, input.origin);
  },
};

const constantSpec = (entry: ConstantColumn): ColumnSpec => ({
  name: entry.name,
  label: entry.label === '' ? entry.name : entry.label,
  type: columnTypeOf(entry.type),
  fieldType: entry.type,
});

function checkValue(
  { name, type, value }: ConstantColumn,
  parameters: readonly ParameterSpec[],
  path: string,
  list: ProblemList,
): void {
  if (value.kind === 'literal') {
    // Whether a text has the form of a type does not depend on the zone.
    const isValue = converter(TEXT, columnTypeOf(type), { ...RULES, timeZone: 'UTC' })(
      value.value || null,
    ).isWhole;
    if (!isValue) list.error('constantValueInvalid', { value: value.value, type }, path);
    return;
  }
  if (value.kind === 'period' && !['date', 'datetime', 'text'].includes(columnTypeOf(type))) {
    list.error('conditionPeriodNotUsable', { column: name, type }, path);
  }
  const parameter = value.kind === 'parameter' ? value.name : value.base;
  if (parameter === '' && value.kind === 'period') return;
  const fits = (found: ParameterSpec): boolean =>
    value.kind === 'parameter' ? canConvert(found, type) : found.type === 'date' || found.type === 'datetime';
  checkParameter(parameters, parameter, fits, path, list);
}

function constantCell({ name, type, value }: ConstantColumn, context: RunContext): Cell {
  const rules = { ...RULES, timeZone: context.timeZone };
  if (value.kind === 'literal') return converter(TEXT, columnTypeOf(type), rules)(value.value || null).cell;
  if (value.kind === 'period') return converter(DAY, columnTypeOf(type), rules)(dayOf(value, context)).cell;
  const { spec, cell } = context.parameter(value.name);
  const converted = converter(spec, columnTypeOf(type), rules)(cell);
  if (!converted.isWhole) {
    const params = { column: name, value: cellToText(spec.type, cell) };
    throw new FailureError(failure('constantNotConvertible', params, { ...context.place, field: name }));
  }
  return converted.cell;
}

/** The day of a period, worked out as conditions do; blank when its base is blank. */
function dayOf(value: ConditionValue, context: RunContext): Cell {
  const resolved = resolveCondition(
    { join: 'all', conditions: [{ field: '', operator: '=', values: [value] }] },
    {
      parameter: (name) => context.parameter(name),
      nowMs: context.nowMs,
      timeZone: context.timeZone,
      place: context.place,
      columnType: () => undefined,
    },
  );
  return resolved.conditions[0]?.values[0] || null;
}
