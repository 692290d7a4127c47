/** フィールドタイプ設定: gives columns another type. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import { zoneCalendar } from '../formula/calendar';
import { cellAt, columnBuilder, columnFromCells, tableOf, withSpec } from '../table/index';
import type { Cell, Column, ColumnSpec } from '../table/types';
import type { TargetFieldType } from './field-types';
import { canConvert, columnTypeOf, TARGET_FIELD_TYPES } from './field-types';
import type { ProblemList } from './problem-list';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, entries } from './schemas';
import { specsOf } from './tables';
import type { ConversionRules, Converted } from './type-conversion';
import { converter, textForm } from './type-conversion';
import type { CommandSpec, RunContext } from './types';

export const CONVERSION_POLICIES = ['fail', 'blank', 'keep', 'first'] as const;

export interface TypedColumn {
  readonly column: string;
  /** New name; blank: the name stays. */
  readonly as: string;
  /** New label; blank: the label stays. */
  readonly label: string;
  readonly type: TargetFieldType;
  /** Between entries of choices and people; blank: a text is one entry, entries are joined with ", ". */
  readonly separator: string;
  /** What stands for a person in a text. */
  readonly people: 'name' | 'code';
  /** The options of a choice type; none: any value is an option. A blank line that is being typed is none. */
  readonly options: readonly string[];
  /**
   * What a value does that has no form in the new type: stop the run, become blank, become blank with its text
   * kept in the column `keepAs`, or become the first option (as krewData does for radio buttons).
   */
  readonly onFailure: (typeof CONVERSION_POLICIES)[number];
  readonly keepAs: string;
}

export interface SetTypeSettings {
  readonly columns: readonly TypedColumn[];
}

const settings: v.GenericSchema<unknown, SetTypeSettings> = v.strictObject({
  columns: entries(
    v.strictObject({
      column: columnName,
      as: columnName,
      label: columnName,
      type: v.picklist(TARGET_FIELD_TYPES),
      separator: v.pipe(v.string(), v.maxLength(32)),
      people: v.picklist(['name', 'code']),
      options: entries(v.pipe(v.string(), v.maxLength(128))),
      onFailure: v.picklist(CONVERSION_POLICIES),
      keepAs: columnName,
    }),
  ),
});

/** Values named in a failure or report; more would not be read. */
const NAMED_VALUES = 5;

const REPORTS = { blank: 'typeLeftBlank', keep: 'typeKeptAsText', first: 'typeFirstOption' } as const;

/**
 * Converts as `field-types.ts` (what becomes what) and `type-conversion.ts` (how each value is read) say.
 * Columns keep their place, under a new name where one is given; a column of kept texts follows its own. Rows
 * and their tie to the app's records stay. Day and time of a date-and-time are those of the run's time zone,
 * which is the user's. Of several choices, entries that are no option are left out and the others stay.
 * Nothing becomes blank unseen (krewData blanks without a word, command_set_type.html): reports
 * `typeLeftBlank`, `typeKeptAsText` or `typeFirstOption` `{column, values}` count the values that did not fit;
 * failure `typeNotConvertible {column, values, count}` at the first such row.
 * Problems: `setTypeEmpty`; `columnMissing {column}`; `fieldTwice {field}`; `conversionImpossible {from, to}`;
 * `columnNameTaken {column}`; `columnNameBlank` (no name for kept texts); `firstOptionMissing` (policy `first`
 * without options, or for a type that is not one choice).
 */
export const setType: CommandSpec<SetTypeSettings> = {
  type: 'setType',
  group: 'columns',
  inputCount: 1,
  settings,
  defaults: () => ({ columns: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.columns.length === 0) list.error('setTypeEmpty', {}, 'columns');
    const wanted = chosenColumns(input, chosen, list);
    checkNames(input, chosen, list);
    const columns = input.flatMap((spec) => {
      const entry = wanted.get(spec.name);
      return entry ? resultSpecs(spec, entry) : [spec];
    });
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const wanted = chosenColumns(specsOf(input), chosen, problemList(context.place));
    const columns = input.columns.flatMap((column) => {
      const entry = wanted.get(column.spec.name);
      return entry ? convertedColumns(column, entry, context) : [column];
    });
    return tableOf(columns, input.rowCount, input.origin);
  },
};

/** Settings by column, with what is wrong about each in `list`. */
function chosenColumns(
  input: readonly ColumnSpec[],
  chosen: SetTypeSettings,
  list: ProblemList,
): ReadonlyMap<string, TypedColumn> {
  const wanted = new Map<string, TypedColumn>();
  chosen.columns.forEach((entry, index) => {
    const path = `columns.${index}`;
    const spec = requireColumn(input, entry.column, `${path}.column`, list);
    if (!spec) return;
    if (wanted.has(spec.name)) {
      list.error('fieldTwice', { field: spec.name }, `${path}.column`);
      return;
    }
    wanted.set(spec.name, entry);
    if (!canConvert(spec, entry.type)) {
      list.error('conversionImpossible', { from: spec.type, to: entry.type }, `${path}.type`);
    }
    const canBeFirst = columnTypeOf(entry.type) === 'choice' && optionsOf(entry).length > 0;
    if (entry.onFailure === 'first' && !canBeFirst) list.error('firstOptionMissing', {}, `${path}.onFailure`);
  });
  return wanted;
}

function checkNames(input: readonly ColumnSpec[], chosen: SetTypeSettings, list: ProblemList): void {
  const converted = new Set(chosen.columns.map((entry) => entry.column));
  const taken = new Set(input.map((spec) => spec.name).filter((name) => !converted.has(name)));
  chosen.columns.forEach((entry, index) => {
    const name = entry.as === '' ? entry.column : entry.as;
    if (name !== '' && checkNewName(taken, name, `columns.${index}.as`, list)) taken.add(name);
    if (entry.onFailure !== 'keep') return;
    if (checkNewName(taken, entry.keepAs, `columns.${index}.keepAs`, list)) taken.add(entry.keepAs);
  });
}

const optionsOf = (entry: TypedColumn): readonly string[] => entry.options.filter((option) => option !== '');

function resultSpecs(source: ColumnSpec, entry: TypedColumn): readonly ColumnSpec[] {
  const type = columnTypeOf(entry.type);
  const own = optionsOf(entry);
  const options = own.length > 0 ? own : source.options;
  const hasOptions = options !== undefined && (type === 'choice' || type === 'choices');
  const spec: ColumnSpec = {
    name: entry.as === '' ? source.name : entry.as,
    label: entry.label === '' ? source.label : entry.label,
    type,
    fieldType: entry.type,
    ...(hasOptions ? { options } : {}),
  };
  return entry.onFailure === 'keep'
    ? [spec, { name: entry.keepAs, label: entry.keepAs, type: 'text' }]
    : [spec];
}

function convertedColumns(source: Column, entry: TypedColumn, context: RunContext): readonly Column[] {
  const [spec, kept] = resultSpecs(source.spec, entry);
  if (!spec) throw new Error('A converted column has a spec');
  const rules: ConversionRules = { ...entry, options: optionsOf(entry), timeZone: context.timeZone };
  const { column, lost } = convert(source, spec, entry, rules);
  if (lost.length > 0) tell(source, entry, lost, rules, context);
  if (!kept) return [column];
  const textOf = textForm(source.spec, rules, zoneCalendar(rules.timeZone));
  const texts = new Array<Cell>(source.length).fill(null);
  for (const row of lost) texts[row] = textOf(cellAt(source, row) as Exclude<Cell, null>);
  return [column, columnFromCells(kept, texts)];
}

/** The new column, and the rows whose value did not fit. */
function convert(
  source: Column,
  spec: ColumnSpec,
  entry: TypedColumn,
  rules: ConversionRules,
): { readonly column: Column; readonly lost: readonly number[] } {
  const isSame = source.spec.type === spec.type && rules.options.length === 0;
  if (isSame) return { column: withSpec(source, spec), lost: [] };
  const converted = byDistinctText(source, converter(source.spec, spec.type, rules));
  const fallback = entry.onFailure === 'first' ? (rules.options[0] ?? null) : null;
  const builder = columnBuilder(spec);
  const lost: number[] = [];
  for (let row = 0; row < source.length; row += 1) {
    const { cell, isWhole } = converted(row);
    if (!isWhole) lost.push(row);
    builder.append(isWhole ? cell : (cell ?? fallback));
  }
  return { column: builder.finish(), lost };
}

/** Texts repeat: each distinct one is converted once. */
function byDistinctText(source: Column, convertCell: (cell: Cell) => Converted): (row: number) => Converted {
  if (source.kind !== 'text') return (row) => convertCell(cellAt(source, row));
  const { codes, dictionary } = source;
  const blank = convertCell(null);
  const known = new Array<Converted | undefined>(dictionary.length);
  return (row) => {
    const code = codes[row]!;
    if (code < 0) return blank;
    let converted = known[code];
    if (converted === undefined) {
      converted = convertCell(dictionary[code]!);
      known[code] = converted;
    }
    return converted;
  };
}

function tell(
  source: Column,
  entry: TypedColumn,
  lost: readonly number[],
  rules: ConversionRules,
  context: RunContext,
): void {
  const textOf = textForm(source.spec, rules, zoneCalendar(rules.timeZone));
  const values = new Set<string>();
  for (const row of lost) {
    if (values.size === NAMED_VALUES) break;
    values.add(textOf(cellAt(source, row) as Exclude<Cell, null>));
  }
  const params = { column: source.spec.name, values: [...values] };
  const place = { ...context.place, field: source.spec.name };
  if (entry.onFailure === 'fail') {
    const at = { ...place, row: lost[0]! };
    throw new FailureError(failure('typeNotConvertible', { ...params, count: lost.length }, at));
  }
  context.report({ code: REPORTS[entry.onFailure], params, place, count: lost.length });
}
