/** 列ー行変換: columns become rows. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import {
  cellAt,
  cellToText,
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
import { columnName, entries } from './schemas';
import { specsOf } from './tables';
import type { CommandSpec } from './types';

export interface UnpivotColumn {
  readonly column: string;
  /** What the name column says for it; blank: the column's name. */
  readonly as: string;
}

export interface UnpivotSettings {
  /** Columns that become rows, in this order. */
  readonly columns: readonly UnpivotColumn[];
  /** Name of the new column that says which column a value came from. */
  readonly nameAs: string;
  /** Name of the new column that holds the values. */
  readonly valueAs: string;
  /** Whether a blank value makes a row. */
  readonly blanks: 'drop' | 'keep';
  /** Columns of different types: not allowed, or all values become text. */
  readonly mixed: 'refuse' | 'text';
}

const settings: v.GenericSchema<unknown, UnpivotSettings> = v.strictObject({
  columns: entries(v.strictObject({ column: columnName, as: columnName })),
  nameAs: columnName,
  valueAs: columnName,
  blanks: v.picklist(['drop', 'keep']),
  mixed: v.picklist(['refuse', 'text']),
});

/** As many as a join may give: two columns of row numbers take 400 MB then. */
const MAX_ROWS = 50_000_000;

/**
 * Every row gives one row per listed column, in the order of the list, and repeats all other columns. The new
 * columns come last: the name (text), then the value. The value has the type of the columns when all have
 * the same; text and one-choice columns together are text; other mixtures are refused or, with `mixed` text, become
 * canonical text (numbers plain, lists joined with ", ", people by name). Field type and options stay where
 * all columns agree; options of several columns are put together. With `blanks` drop a row whose values are
 * all blank gives no row. The rows are no longer records of the app.
 * Stops with `tooManyRows {count, limit}` beyond 50 million rows.
 * Problems: `unpivotEmpty`, `columnNotChosen`, `columnMissing {column}`, `fieldTwice {field}`,
 * `unpivotTypeUnsuitable {column, type}` (tables), `unpivotTypesDiffer {column, first, second}`,
 * `unpivotNameTwice {name}` (warning), `columnNameBlank`, `columnNameTaken {column}`.
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
    const others = othersOf(input, chosen);
    const taken = new Set(others.map((spec) => spec.name));
    const isNamed = checkNewName(taken, chosen.nameAs, 'nameAs', list);
    if (isNamed) taken.add(chosen.nameAs);
    const isValueNamed = checkNewName(taken, chosen.valueAs, 'valueAs', list);
    return {
      columns: [
        ...others,
        ...(isNamed ? [textSpec(chosen.nameAs)] : []),
        ...(isValueNamed && sources.length > 0 ? [valueSpec(chosen.valueAs, sources)] : []),
      ],
      problems: list.problems,
    };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const sources = chosen.columns.map((entry) => columnNamed(input, entry.column));
    const count = input.rowCount * sources.length;
    if (count > MAX_ROWS)
      throw new FailureError(failure('tooManyRows', { count, limit: MAX_ROWS }, context.place));
    const spec = valueSpec(
      chosen.valueAs,
      sources.map((source) => source.spec),
    );
    const values = concatColumns(
      spec,
      sources.map((source) => valueColumn(source, spec)),
    );
    const places = placesOf(input.rowCount, sources, chosen.blanks);
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
    return tableOf([...kept, nameColumn, takeColumn(values, places)], places.length);
  },
};

const nameOf = ({ as, column }: UnpivotColumn): string => (as === '' ? column : as);

const textSpec = (name: string): ColumnSpec => ({ name, label: name, type: 'text' });

function othersOf(input: readonly ColumnSpec[], chosen: UnpivotSettings): readonly ColumnSpec[] {
  const turned = new Set(chosen.columns.map((entry) => entry.column));
  return input.filter((spec) => !turned.has(spec.name));
}

function checkedSources(
  input: readonly ColumnSpec[],
  chosen: UnpivotSettings,
  list: ProblemList,
): readonly ColumnSpec[] {
  if (chosen.columns.length === 0) list.error('unpivotEmpty', {}, 'columns');
  const sources = new Map<string, ColumnSpec>();
  const names = new Set<string>();
  chosen.columns.forEach((entry, index) => {
    const path = `columns.${index}`;
    const spec = requireColumn(input, entry.column, `${path}.column`, list);
    if (!spec) return;
    if (spec.type === 'table') {
      list.error('unpivotTypeUnsuitable', { column: spec.name, type: spec.type }, `${path}.column`);
      return;
    }
    if (sources.has(spec.name)) list.error('fieldTwice', { field: spec.name }, `${path}.column`);
    else if (names.has(nameOf(entry)))
      list.warning('unpivotNameTwice', { name: nameOf(entry) }, `${path}.as`);
    const [first] = sources.values();
    if (first && chosen.mixed === 'refuse' && !areAlike(first, spec)) {
      const params = { column: spec.name, first: first.type, second: spec.type };
      list.error('unpivotTypesDiffer', params, `${path}.column`);
    }
    sources.set(spec.name, spec);
    names.add(nameOf(entry));
  });
  return [...sources.values()];
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

function valueColumn(source: Column, spec: ColumnSpec): Column {
  if (source.spec.type === spec.type) return withSpec(source, spec);
  if (source.kind === 'text') return mapTexts(source, spec, (text) => text);
  return columnFromCells(spec, textCells(source));
}

function* textCells(source: Column): Iterable<string | null> {
  const { type } = source.spec;
  for (let row = 0; row < source.length; row++) {
    const cell = cellAt(source, row);
    yield cell === null ? null : cellToText(type, cell);
  }
}

/** Positions in the columns put one after the other, in the order of the rows that come out. */
function placesOf(
  rowCount: number,
  sources: readonly Column[],
  blanks: UnpivotSettings['blanks'],
): Int32Array {
  const width = sources.length;
  const all = new Int32Array(rowCount * width);
  for (let row = 0; row < rowCount; row++) {
    for (let at = 0; at < width; at++) all[row * width + at] = at * rowCount + row;
  }
  if (blanks === 'keep') return all;
  const filled = filterRows(all.length, (index) => {
    const place = all[index] as number;
    return !isBlankAt(sources[Math.floor(place / rowCount)] as Column, place % rowCount);
  });
  return filled.map((index) => all[index] as number);
}
