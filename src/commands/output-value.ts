/** 結果の値: hands rows back to whoever started the run. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import type { Json, JsonObject } from '../definition/types';
import { cellAt, cellToText, columnNamed } from '../table/index';
import type { Cell, ColumnSpec, FileRef, InnerRow, Person, Table } from '../table/types';
import { problemList, requireColumn } from './problem-list';
import { columnNames } from './schemas';
import { specsOf } from './tables';
import type { CommandSpec } from './types';

export interface OutputValueSettings {
  /** Columns to hand back, in this order; empty: all columns. */
  readonly columns: readonly string[];
}

const settings: v.GenericSchema<unknown, OutputValueSettings> = v.strictObject({ columns: columnNames });

/** A value travels with the record of the run and in answers; data in bulk belongs into an app. */
export const MAX_VALUE_ROWS = 100;
/** Of the rows as JSON. */
export const MAX_VALUE_CHARACTERS = 20_000;

/**
 * The rows become the value of the run, in their order and with their duplicates; nothing is written into an
 * app. Each row is an object by column name. Blank is null; numbers are text in plain notation, because a JSON
 * number is a float elsewhere; dates, times and date-times (UTC) are texts as kintone writes them; choices are
 * lists of labels, people lists of `{code, name}`, files lists of names, tables lists of such objects.
 * More than 100 rows or 20,000 characters of JSON fail the flow (`valueTooManyRows {count, limit}`,
 * `valueTooLong {count, limit}`): cut off, it could not be told from a whole. The input passes through unchanged.
 * Problems: `columnNotChosen`; `columnMissing {column}`; `fieldTwice {field}`.
 */
export const outputValue: CommandSpec<OutputValueSettings> = {
  type: 'outputValue',
  group: 'output',
  inputCount: 1,
  settings,
  defaults: () => ({ columns: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    chosen.columns.forEach((name, index) => {
      const path = `columns.${index}`;
      const spec = requireColumn(input, name, path, list);
      if (spec && chosen.columns.indexOf(name) < index) list.error('fieldTwice', { field: name }, path);
    });
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    if (input.rowCount > MAX_VALUE_ROWS) {
      const params = { count: input.rowCount, limit: MAX_VALUE_ROWS };
      throw new FailureError(failure('valueTooManyRows', params, context.place));
    }
    const rows = valueRows(input, chosen.columns);
    const { length: count } = JSON.stringify(rows);
    if (count > MAX_VALUE_CHARACTERS) {
      throw new FailureError(failure('valueTooLong', { count, limit: MAX_VALUE_CHARACTERS }, context.place));
    }
    context.emitValue(rows);
    return input;
  },
};

function valueRows(input: Table, names: readonly string[]): readonly JsonObject[] {
  const chosen = names.length === 0 ? specsOf(input).map((spec) => spec.name) : names;
  const columns = chosen.map((name) => columnNamed(input, name));
  return Array.from({ length: input.rowCount }, (_unused, row) =>
    // Own properties whatever the name is, also "__proto__".
    Object.fromEntries(columns.map((column) => [column.spec.name, jsonOf(column.spec, cellAt(column, row))])),
  );
}

function jsonOf(spec: ColumnSpec, cell: Cell): Json {
  if (cell === null) return null;
  switch (spec.type) {
    case 'choices':
      return [...(cell as readonly string[])];
    case 'people':
      return (cell as readonly Person[]).map(({ code, name }) => ({ code, name }));
    case 'files':
      return (cell as readonly FileRef[]).map((file) => file.name);
    case 'table':
      return (cell as readonly InnerRow[]).map((row) => innerObject(spec.columns ?? [], row));
    default:
      return cellToText(spec.type, cell);
  }
}

const innerObject = (specs: readonly ColumnSpec[], row: InnerRow): JsonObject =>
  Object.fromEntries(specs.map((spec, index) => [spec.name, jsonOf(spec, row.cells[index] ?? null)]));
