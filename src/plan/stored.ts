import { FailureError, failure, type Place } from '../definition/errors';
import {
  type Cell,
  type Column,
  type ColumnSpec,
  cellAt,
  columnBuilder,
  type Decimal,
  formatDecimal,
  type InnerRow,
  type KintoneFieldProperty,
  kintoneFromCell,
  type NumberColumn,
  type RoundingMode,
  roundDecimal,
  writeValues,
} from '../table';

/** How the output app stores numbers; kintone applies it on write, so the comparison has to apply it first. */
export interface StoredPrecision {
  readonly digits: number;
  readonly decimalPlaces: number;
  readonly rounding: RoundingMode;
}

/**
 * The cell as kintone will answer it once it is stored: numbers rounded by the app's precision.
 * Without this, an average with ten decimals would differ from the stored four on every run.
 * Throws `FailureError` `numberTooLong` when kintone would refuse the number.
 */
export function storedCell(spec: ColumnSpec, cell: Cell, precision: StoredPrecision, place: Place): Cell {
  if (cell === null) return null;
  if (spec.type === 'number') return storedNumber(spec, cell as Decimal, precision, place);
  if (spec.type !== 'table') return cell;
  const inner = spec.columns ?? [];
  return (cell as readonly InnerRow[]).map((row) => ({
    id: row.id,
    cells: row.cells.map((value, index) => {
      const column = inner[index];
      return column === undefined ? value : storedCell(column, value, precision, place);
    }),
  }));
}

function storedNumber(spec: ColumnSpec, number: Decimal, precision: StoredPrecision, place: Place): Decimal {
  const rounded = roundDecimal(number, precision.decimalPlaces, precision.rounding);
  const magnitude = rounded.coefficient < 0n ? -rounded.coefficient : rounded.coefficient;
  const integer = magnitude / 10n ** BigInt(Math.max(0, rounded.scale));
  const limit = precision.digits - precision.decimalPlaces;
  if (integer !== 0n && integer.toString().length > limit) {
    throw new FailureError(
      failure(
        'numberTooLong',
        { field: spec.name, value: formatDecimal(number), digits: limit },
        { ...place, field: spec.name },
      ),
    );
  }
  return rounded;
}

/**
 * A column of the result as kintone will hold it, see `storedCell`. Numbers that need no rounding and are
 * certainly short enough stay the column they are: that is decided by the scale and the largest value.
 */
export function storedColumn(column: Column, precision: StoredPrecision, place: Place): Column {
  const { spec } = column;
  if (column.kind === 'number' ? fitsAsItIs(column, precision) : spec.type !== 'table') return column;
  const builder = columnBuilder(spec);
  for (let row = 0; row < column.length; row += 1) {
    builder.append(storedCell(spec, cellAt(column, row), precision, { ...place, row }));
  }
  return builder.finish();
}

function fitsAsItIs(column: NumberColumn, precision: StoredPrecision): boolean {
  if (column.wide.size > 0 || column.scale > precision.decimalPlaces) return false;
  const limit = 10 ** (precision.digits - precision.decimalPlaces + column.scale);
  const { units } = column;
  for (let row = 0; row < units.length; row += 1) if (Math.abs(units[row] as number) >= limit) return false;
  return true;
}

/** Inner cells of `cell` in the order of `wanted.columns`; anything but a table passes through. */
export function pickInner(cell: Cell, full: ColumnSpec, wanted: ColumnSpec): Cell {
  if (wanted.type !== 'table' || cell === null) return cell;
  const indexes = (wanted.columns ?? []).map((column) =>
    (full.columns ?? []).findIndex((candidate) => candidate.name === column.name),
  );
  return (cell as readonly InnerRow[]).map((row) => ({
    id: row.id,
    cells: indexes.map((index) => row.cells[index] ?? null),
  }));
}

/**
 * Rows keep their ids by position, so that kintone merges into them and inner fields the output does
 * not feed survive.
 */
export function keepRowIds(wanted: Cell, current: Cell): Cell {
  const known = (current ?? []) as readonly InnerRow[];
  return ((wanted ?? []) as readonly InnerRow[]).map((row, index) => ({
    id: known[index]?.id ?? null,
    cells: row.cells,
  }));
}

/** What to send for the rows of a column of the field's own type. For a table only the inner columns of `spec`. */
export function fieldValues(property: KintoneFieldProperty, column: Column): (row: number) => unknown {
  if (property.type !== 'SUBTABLE') return writeValues(column, property.type);
  return (row) => writeValue(property, column.spec, cellAt(column, row)).value;
}

/** What to send for a cell of the field's own type. For a table only the inner columns of `spec`. */
export function writeValue(
  property: KintoneFieldProperty,
  spec: ColumnSpec,
  cell: Cell,
): { readonly value: unknown } {
  if (property.type !== 'SUBTABLE') return { value: kintoneFromCell(property.type, cell) };
  const rows = (cell ?? []) as readonly InnerRow[];
  return {
    value: rows.map((row) => ({
      ...(row.id === null ? {} : { id: row.id }),
      value: Object.fromEntries(
        (spec.columns ?? []).flatMap((column, index) => {
          const field = property.fields?.[column.name];
          return field === undefined
            ? []
            : [[column.name, { value: kintoneFromCell(field.type, row.cells[index] ?? null) }]];
        }),
      ),
    })),
  };
}
