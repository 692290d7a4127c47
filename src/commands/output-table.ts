/** Turns result columns into columns of exactly the type of the fields they go to. */
import type { Place } from '../definition/errors';
import { FailureError, failure } from '../definition/errors';
import { cellAt, cellToText, columnFromCells, columnSpecOfField, withSpec } from '../table/index';
import type { KintoneFieldProperty } from '../table/kintone-json';
import type { Cell, Column, ColumnSpec, InnerRow } from '../table/types';
import { whyNotWritable } from './output-fields';
import { type Converted, converter } from './type-conversion';
import type { UnknownOptions } from './unknown-options';

export interface OutputColumnContext {
  /** IANA name; a date-time becomes text on its wall clock, and a day written into a date-and-time field begins there. */
  readonly timeZone: string;
  readonly place: Place;
  /** Absent: an option that the field does not have stops the run. */
  readonly unknownOptions?: UnknownOptions;
}

/**
 * The column with the field's code as name and the field's type; values are read as `setType` reads them
 * (`type-conversion.ts`), people by name in texts. Inner tables keep only the columns that the
 * target table has too (matched by code) and forget their row ids, which belong to the source app.
 * Throws `valueNotConvertible {column, field, value}` or `optionMissing {column, field, value}` with the row.
 */
export function outputColumn(
  source: Column,
  property: KintoneFieldProperty,
  context: OutputColumnContext,
): Column {
  const spec = targetSpec(source.spec, property);
  const optionsFit = !property.options || sameOptions(source.spec.options, property);
  if (source.spec.type === spec.type && spec.type !== 'table' && optionsFit) return withSpec(source, spec);
  return columnFromCells(spec, converted(source, spec, property, context));
}

/** What the written column is; for tables its inner columns are the ones that will be written. */
function targetSpec(source: ColumnSpec, property: KintoneFieldProperty): ColumnSpec {
  const spec = columnSpecOfField(property);
  if (!spec) throw new Error(`Field ${property.code} holds no value`);
  const label = source.label;
  if (spec.type !== 'table') return { ...spec, label };
  const columns = innerPairs(source, property).map((pair) => pair.target);
  return { ...spec, label, columns };
}

export interface InnerPair {
  /** Index in the source table's columns. */
  readonly from: number;
  readonly source: ColumnSpec;
  readonly target: ColumnSpec;
  readonly property: KintoneFieldProperty;
}

/** Inner columns that exist on both sides and may be written. */
export function innerPairs(source: ColumnSpec, property: KintoneFieldProperty): readonly InnerPair[] {
  const fields = property.fields ?? {};
  return (source.columns ?? []).flatMap((inner, from) => {
    const target = Object.hasOwn(fields, inner.name) ? fields[inner.name] : undefined;
    const spec = target && !whyNotWritable(target, fields) ? columnSpecOfField(target) : null;
    return target && spec ? [{ from, source: inner, target: spec, property: target }] : [];
  });
}

function sameOptions(options: readonly string[] | undefined, property: KintoneFieldProperty): boolean {
  return options?.every((option) => Object.hasOwn(property.options ?? {}, option)) ?? false;
}

function* converted(
  source: Column,
  spec: ColumnSpec,
  property: KintoneFieldProperty,
  context: OutputColumnContext,
): Iterable<Cell> {
  const pairs = spec.type === 'table' ? innerPairs(source.spec, property) : [];
  const convert = fieldConverter(source.spec, spec, property, context);
  const convertInner = pairs.map((pair) => fieldConverter(pair.source, pair.target, pair.property, context));
  for (let row = 0; row < source.length; row += 1) {
    const cell = cellAt(source, row);
    if (spec.type !== 'table') {
      yield convert(cell, row);
    } else if (cell === null) {
      yield null;
    } else {
      yield (cell as readonly InnerRow[]).map((inner) => ({
        id: null,
        cells: pairs.map((pair, index) => convertInner[index]!(inner.cells[pair.from] ?? null, row)),
      }));
    }
  }
}

/** Texts are one entry each; what an option is, the field decides. */
const RULES = { separator: '', people: 'name', options: [] } as const;

/** Compiles what a value becomes in a field; `row` is for the failure. */
function fieldConverter(
  source: ColumnSpec,
  target: ColumnSpec,
  property: KintoneFieldProperty,
  { timeZone, place, unknownOptions }: OutputColumnContext,
): (cell: Cell, row: number) => Cell {
  const { options } = property;
  const isSame = source.type === target.type;
  const convert = converter(source, target.type, { ...RULES, timeZone });
  return (cell, row) => {
    const converted: Converted = isSame ? { cell, isWhole: true } : convert(cell);
    const refuse = (code: string, value: string): FailureError =>
      new FailureError(
        failure(
          code,
          { column: source.name, field: property.code, value },
          { ...place, field: source.name, row },
        ),
      );
    if (!converted.isWhole) throw refuse('valueNotConvertible', cellToText(source.type, cell));
    if (!options || converted.cell === null) return converted.cell;
    const value = converted.cell as string | readonly string[];
    const labels = typeof value === 'string' ? [value] : value;
    const unknown = labels.filter((label) => !Object.hasOwn(options, label));
    if (unknown.length === 0) return value;
    if (!unknownOptions?.isBlanked) throw refuse('optionMissing', unknown[0] ?? '');
    for (const option of unknown) unknownOptions.note(property.code, option);
    const known = labels.filter((label) => !unknown.includes(label));
    return typeof value === 'string' || known.length === 0 ? null : known;
  };
}
