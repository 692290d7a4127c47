/** 列ー行変換: columns become rows. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import {
  columnFromCells,
  columnNamed,
  concatColumns,
  filterRows,
  isBlankAt,
  mapTexts,
  tableOf,
  takeColumn,
  withSpec,
} from '../table/index';
import type { Column, ColumnSpec } from '../table/types';
import type { ProblemList } from './problem-list';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, columnNames, entries } from './schemas';
import { specsOf } from './tables';
import { textColumn } from './type-conversion';
import type { CommandSpec, RunContext } from './types';

export interface UnpivotColumn {
  /** The column whose values go into `valueAs`. */
  readonly column: string;
  /** What the name column says for it; blank: the column's name. */
  readonly as: string;
  /** The columns whose values stand beside them in the same row, one for each of `moreValuesAs`. */
  readonly more: readonly string[];
}

export interface UnpivotSettings {
  /** Columns that become rows, in this order. */
  readonly columns: readonly UnpivotColumn[];
  /** Name of the new column that says which column a value came from. */
  readonly nameAs: string;
  /** Name of the new column that holds the values. */
  readonly valueAs: string;
  /** Names of further value columns (plan and result of a quarter, say); usually none. */
  readonly moreValuesAs: readonly string[];
  /** Whether a row without any value is made. */
  readonly blanks: 'drop' | 'keep';
  /** Columns of different types: not allowed, or all values become text. */
  readonly mixed: 'refuse' | 'text';
}

/** Settings saved before there were several value columns lack `more` and `moreValuesAs`. */
const settings: v.GenericSchema<unknown, UnpivotSettings> = v.strictObject({
  columns: entries(v.strictObject({ column: columnName, as: columnName, more: v.optional(columnNames, []) })),
  nameAs: columnName,
  valueAs: columnName,
  moreValuesAs: v.optional(columnNames, []),
  blanks: v.picklist(['drop', 'keep']),
  mixed: v.picklist(['refuse', 'text']),
});

/** As many as a join may give: two columns of row numbers take 400 MB then. */
const MAX_ROWS = 50_000_000;

/**
 * Every row gives one row per entry of the list, in its order, and repeats all columns that are not turned. The new
 * columns come last: the name (text), the value, then the further values. A value column has the type of its sources
 * when all have the same; text and one-choice columns together are text; other mixtures are refused or, with `mixed`
 * text, become text as `setType` writes it (numbers plain, date-times on the wall clock, lists joined with ", ", people
 * by name). Field type and options stay where all sources agree; options of several columns are put together.
 * With `blanks` drop an entry whose values are all blank gives no row; rows of which nothing is
 * left are reported as `unpivotRowsDropped`. The rows are no longer records of the app.
 * Stops with `tooManyRows {count, limit}` beyond 50 million rows.
 * Problems: `unpivotEmpty`, `columnNotChosen`, `columnMissing {column}`, `fieldTwice {field}`,
 * `unpivotTypeUnsuitable {column, type}` (tables), `unpivotTypesDiffer {column, first, second}`,
 * `unpivotMoreTooMany {given, wanted}`, `unpivotNameTwice {name}` (warning), `columnNameBlank`,
 * `columnNameTaken {column}`.
 */
export const unpivot: CommandSpec<UnpivotSettings> = {
  type: 'unpivot',
  group: 'aggregate',
  inputCount: 1,
  settings,
  defaults: () => ({ columns: [], nameAs: '', valueAs: '', blanks: 'drop', mixed: 'refuse' }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const sources = checkedSources(input, chosen, list);
    const columns = othersOf(input, chosen);
    const taken = new Set(columns.map((spec) => spec.name));
    const add = (name: string, path: string, spec: ColumnSpec | null): void => {
      if (!checkNewName(taken, name, path, list)) return;
      taken.add(name);
      if (spec) columns.push(spec);
    };
    add(chosen.nameAs, 'nameAs', textSpec(chosen.nameAs));
    valueNames(chosen).forEach((name, index) => {
      const path = index === 0 ? 'valueAs' : `moreValuesAs.${index - 1}`;
      const found = sources[index] ?? [];
      add(name, path, found.length > 0 ? valueSpec(name, found) : null);
    });
    return { columns, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const count = input.rowCount * chosen.columns.length;
    if (count > MAX_ROWS)
      throw new FailureError(failure('tooManyRows', { count, limit: MAX_ROWS }, context.place));
    const values = valueNames(chosen).map((name, index) => {
      const sources = chosen.columns.map((entry) => columnNamed(input, columnsOf(entry)[index] ?? ''));
      const spec = valueSpec(
        name,
        sources.map((source) => source.spec),
      );
      return concatColumns(
        spec,
        sources.map((source) => valueColumn(source, spec, context.timeZone)),
      );
    });
    const places = placesOf(input.rowCount, chosen.columns.length, values, chosen.blanks);
    tellDropped(input.rowCount, places, context);
    const names = columnFromCells(
      textSpec(chosen.nameAs),
      chosen.columns.map((entry) => nameOf(entry)),
    );
    const width = Math.max(1, input.rowCount);
    const rows = places.map((place) => place % width);
    const kept = othersOf(specsOf(input), chosen).map((other) =>
      takeColumn(columnNamed(input, other.name), rows),
    );
    const nameColumn = takeColumn(
      names,
      places.map((place) => Math.floor(place / width)),
    );
    return tableOf(
      [...kept, nameColumn, ...values.map((column) => takeColumn(column, places))],
      places.length,
    );
  },
};

/** Rows that had no value at all: their other columns go with them. */
function tellDropped(rowCount: number, places: Int32Array, context: RunContext): void {
  const isThere = new Uint8Array(rowCount);
  for (const place of places) isThere[place % rowCount] = 1;
  const count = rowCount - isThere.reduce((sum, one) => sum + one, 0);
  if (count > 0) context.report({ code: 'unpivotRowsDropped', params: {}, place: context.place, count });
}

const nameOf = ({ as, column }: UnpivotColumn): string => (as === '' ? column : as);

/** The source of each value column, in the order of `valueNames`. */
const columnsOf = ({ column, more }: UnpivotColumn): readonly string[] => [column, ...more];

const valueNames = ({ valueAs, moreValuesAs }: UnpivotSettings): readonly string[] => [
  valueAs,
  ...moreValuesAs,
];

const textSpec = (name: string): ColumnSpec => ({ name, label: name, type: 'text' });

function othersOf(input: readonly ColumnSpec[], chosen: UnpivotSettings): ColumnSpec[] {
  const turned = new Set(chosen.columns.flatMap(columnsOf));
  return input.filter((spec) => !turned.has(spec.name));
}

/** Per value column the sources that could be found, each named once over all value columns. */
function checkedSources(
  input: readonly ColumnSpec[],
  chosen: UnpivotSettings,
  list: ProblemList,
): readonly (readonly ColumnSpec[])[] {
  if (chosen.columns.length === 0) list.error('unpivotEmpty', {}, 'columns');
  const wanted = chosen.moreValuesAs.length;
  const seen = new Set<string>();
  /** The column that a name in the name column belongs to. */
  const names = new Map<string, string>();
  const sources = valueNames(chosen).map((): ColumnSpec[] => []);
  chosen.columns.forEach((entry, index) => {
    const path = `columns.${index}`;
    const given = entry.more.length;
    if (given > wanted) list.error('unpivotMoreTooMany', { given, wanted }, `${path}.more`);
    sources.forEach((found, at) => {
      const field = at === 0 ? `${path}.column` : `${path}.more.${at - 1}`;
      const spec = requireColumn(input, columnsOf(entry)[at] ?? '', field, list);
      if (!spec) return;
      if (spec.type === 'table') {
        list.error('unpivotTypeUnsuitable', { column: spec.name, type: spec.type }, field);
        return;
      }
      if (seen.has(spec.name)) list.error('fieldTwice', { field: spec.name }, field);
      seen.add(spec.name);
      const [first] = found;
      if (first && chosen.mixed === 'refuse' && !areAlike(first, spec)) {
        const params = { column: spec.name, first: first.type, second: spec.type };
        list.error('unpivotTypesDiffer', params, field);
      }
      found.push(spec);
    });
    const other = names.get(nameOf(entry));
    if (other !== undefined && other !== entry.column) {
      list.warning('unpivotNameTwice', { name: nameOf(entry) }, `${path}.as`);
    }
    if (entry.column !== '') names.set(nameOf(entry), entry.column);
  });
  return sources;
}

const isTextual = (spec: ColumnSpec): boolean => spec.type === 'text' || spec.type === 'choice';

const areAlike = (a: ColumnSpec, b: ColumnSpec): boolean =>
  a.type === b.type || (isTextual(a) && isTextual(b));

/** What is true of all values: see the command. */
function valueSpec(name: string, sources: readonly ColumnSpec[]): ColumnSpec {
  const [first] = sources;
  if (!first || !sources.every((spec) => spec.type === first.type)) return textSpec(name);
  const sameField = sources.every((spec) => spec.fieldType === first.fieldType);
  const options = sources.every((spec) => spec.options)
    ? [...new Set(sources.flatMap((spec) => spec.options ?? []))]
    : null;
  return {
    name,
    label: name,
    type: first.type,
    ...(sameField && first.fieldType !== undefined ? { fieldType: first.fieldType } : {}),
    ...(options ? { options } : {}),
  };
}

function valueColumn(source: Column, spec: ColumnSpec, timeZone: string): Column {
  if (source.spec.type === spec.type) return withSpec(source, spec);
  if (source.kind === 'text') return mapTexts(source, spec, (text) => text);
  return textColumn(source, spec, timeZone);
}

/** Positions in the columns put one after the other, in the order of the rows that come out. */
function placesOf(
  rowCount: number,
  width: number,
  values: readonly Column[],
  blanks: UnpivotSettings['blanks'],
): Int32Array {
  const all = new Int32Array(rowCount * width);
  for (let row = 0; row < rowCount; row++) {
    for (let at = 0; at < width; at++) all[row * width + at] = at * rowCount + row;
  }
  if (blanks === 'keep') return all;
  const filled = filterRows(all.length, (index) =>
    values.some((column) => !isBlankAt(column, all[index] as number)),
  );
  return filled.map((index) => all[index] as number);
}
