import { FailureError, failure, type Place } from '../definition/errors';
import {
  type Cell,
  type ColumnSpec,
  cellFromKintone,
  cellToText,
  columnSpecOfField,
  type Decimal,
  type InnerRow,
  type KintoneFieldProperty,
  kintoneFromCell,
  type Person,
  parseDecimal,
  type RoundingMode,
  roundDecimal,
} from '../table';

/** How the output app stores numbers; kintone applies it on write, so the comparison has to apply it first. */
export interface StoredPrecision {
  readonly digits: number;
  readonly decimalPlaces: number;
  readonly rounding: RoundingMode;
}

/** Turns a cell of the result into the cell the field will hold once kintone has stored it. */
export type CellConverter = (cell: Cell, row: number) => Cell;

/**
 * One converter per mapped column. The result is what kintone would answer when the record is read
 * again, so that comparing it with the current value tells whether writing changes anything.
 * Throws `FailureError` with `valueNotConvertible`, `optionUnknown` or `numberTooLong`.
 */
export function cellConverter(
  from: ColumnSpec,
  target: KintoneFieldProperty,
  precision: StoredPrecision,
  place: Place,
): CellConverter {
  const spec = columnSpecOfField(target);
  if (spec === null) throw new Error(`field ${target.code} holds no value`);
  const refuse = (code: string, row: number, value: string): never => {
    throw new FailureError(
      failure(
        code,
        { field: target.code, label: target.label, value },
        { ...place, field: target.code, row },
      ),
    );
  };
  switch (target.type) {
    case 'NUMBER':
      return (cell, row) => {
        if (cell === null) return null;
        const number = isDecimal(cell) ? cell : parseDecimal(cellToText(from.type, cell));
        if (number === null) return refuse('valueNotConvertible', row, cellToText(from.type, cell));
        return storedNumber(number, precision) ?? refuse('numberTooLong', row, cellToText('number', number));
      };
    case 'DATE':
    case 'TIME':
    case 'DATETIME': {
      if (from.type === spec.type) return (cell) => cell;
      const pattern = TIME_PATTERNS[target.type];
      return (cell, row) => {
        if (cell === null) return null;
        const text = cellToText(from.type, cell);
        return pattern.test(text) ? text : refuse('valueNotConvertible', row, text);
      };
    }
    case 'RADIO_BUTTON':
    case 'DROP_DOWN': {
      const options = new Set(spec.options ?? []);
      return (cell, row) => {
        if (cell === null) return null;
        const text = cellToText(from.type, cell);
        return options.has(text) ? text : refuse('optionUnknown', row, text);
      };
    }
    case 'CHECK_BOX':
    case 'MULTI_SELECT': {
      const options = new Set(spec.options ?? []);
      return (cell, row) => {
        if (cell === null) return null;
        const labels = from.type === 'choices' ? (cell as readonly string[]) : [cellToText(from.type, cell)];
        for (const label of labels) if (!options.has(label)) refuse('optionUnknown', row, label);
        return labels;
      };
    }
    case 'USER_SELECT':
    case 'GROUP_SELECT':
    case 'ORGANIZATION_SELECT':
      return (cell) => {
        if (cell === null) return null;
        if (from.type === 'people') return cell;
        const code = cellToText(from.type, cell);
        return [{ code, name: code } satisfies Person];
      };
    case 'SUBTABLE':
      return tableConverter(from, target, precision, place);
    case 'FILE':
      return (_cell, row) => refuse('valueNotConvertible', row, '');
    default:
      return (cell) => (cell === null ? null : cellToText(from.type, cell));
  }
}

/**
 * What the output compares and writes of a field. For a table these are only the inner fields that a
 * column of the same name feeds: the others belong to the people who keep the output app.
 */
export function targetSpec(from: ColumnSpec, target: KintoneFieldProperty): ColumnSpec | null {
  const spec = columnSpecOfField(target);
  if (spec === null || spec.type !== 'table') return spec;
  const fed = new Set((from.columns ?? []).map((column) => column.name));
  const columns = (spec.columns ?? []).filter(
    (column) => fed.has(column.name) && target.fields?.[column.name]?.type !== 'CALC',
  );
  return { ...spec, columns };
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

/** Rows keep their ids by position, so that kintone merges into them and inner fields the output does not feed survive. */
export function keepRowIds(wanted: Cell, current: Cell): Cell {
  const known = (current ?? []) as readonly InnerRow[];
  return ((wanted ?? []) as readonly InnerRow[]).map((row, index) => ({
    id: known[index]?.id ?? null,
    cells: row.cells,
  }));
}

function tableConverter(
  from: ColumnSpec,
  target: KintoneFieldProperty,
  precision: StoredPrecision,
  place: Place,
): CellConverter {
  const sources = (targetSpec(from, target)?.columns ?? []).flatMap((column) => {
    const index = (from.columns ?? []).findIndex((candidate) => candidate.name === column.name);
    const property = target.fields?.[column.name];
    const source = from.columns?.[index];
    if (source === undefined || property === undefined) return [];
    return [{ index, convert: cellConverter(source, property, precision, { ...place, field: target.code }) }];
  });
  return (cell, row) =>
    cell === null
      ? null
      : (cell as readonly InnerRow[]).map((innerRow) => ({
          id: null,
          cells: sources.map((source) => source.convert(innerRow.cells[source.index] ?? null, row)),
        }));
}

const TIME_PATTERNS = {
  DATE: /^\d{4}-\d{2}-\d{2}$/,
  TIME: /^\d{2}:\d{2}$/,
  DATETIME: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
} as const;

/** The number as kintone keeps it; null when its integer part has more digits than the app allows (kintone refuses it). */
function storedNumber(number: Decimal, precision: StoredPrecision): Decimal | null {
  const rounded = roundDecimal(number, precision.decimalPlaces, precision.rounding);
  const magnitude = rounded.coefficient < 0n ? -rounded.coefficient : rounded.coefficient;
  const integerDigits = (magnitude / 10n ** BigInt(rounded.scale)).toString().length;
  return integerDigits > precision.digits - precision.decimalPlaces ? null : rounded;
}

const isDecimal = (cell: Cell): cell is Decimal =>
  typeof cell === 'object' && cell !== null && 'coefficient' in cell;

/** What to send for a cell that already has the field's own type. */
export function writeValue(
  property: KintoneFieldProperty,
  spec: ColumnSpec,
  cell: Cell,
): { readonly value: unknown } {
  if (property.type !== 'SUBTABLE') return { value: kintoneFromCell(property.type, cell) };
  const inner = spec.columns ?? [];
  const rows = (cell ?? []) as readonly InnerRow[];
  return {
    value: rows.map((row) => ({
      ...(row.id === null ? {} : { id: row.id }),
      value: Object.fromEntries(
        inner.flatMap((column, index) => {
          const field = property.fields?.[column.name];
          return field === undefined
            ? []
            : [[column.name, { value: kintoneFromCell(field.type, row.cells[index] ?? null) }]];
        }),
      ),
    })),
  };
}

/** Reads a `writeValue` back into a cell; used by the overlay, which shows planned writes to later flows. */
export function cellOfWrite(spec: ColumnSpec, value: unknown): Cell {
  return cellFromKintone(spec, value);
}
