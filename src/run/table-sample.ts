/** The first rows of a table as text, small enough to be copied to another thread and shown. */
import { type ColumnType, cellAt, cellToText, type Table } from '../table';

/** Enough to recognise what comes in, and at most some 300,000 characters. */
export const SAMPLE_ROWS_MAX = 50;
export const SAMPLE_COLUMNS_MAX = 30;
/** Code points of one value. */
export const SAMPLE_CHARACTERS_MAX = 200;

export interface TableSample {
  /** Of the whole table, as is `columnCount`. */
  readonly rowCount: number;
  readonly columnCount: number;
  /** The first of them. */
  readonly columns: readonly SampleColumn[];
  /** The first rows, each with one text per entry of `columns`; "" is blank, date-times are in UTC. */
  readonly rows: readonly (readonly string[])[];
}

export interface SampleColumn {
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
}

export function sampleOf({ rowCount, columns }: Table): TableSample {
  const shown = columns.slice(0, SAMPLE_COLUMNS_MAX);
  return {
    rowCount,
    columnCount: columns.length,
    columns: shown.map(({ spec: { name, label, type } }) => ({ name, label, type })),
    rows: Array.from({ length: Math.min(rowCount, SAMPLE_ROWS_MAX) }, (_unused, row) =>
      shown.map((column) => clipped(cellToText(column.spec.type, cellAt(column, row)))),
    ),
  };
}

/** By code points: half a character shows as garbage. */
function clipped(text: string): string {
  if (text.length <= SAMPLE_CHARACTERS_MAX) return text;
  // Of each character at most two units are needed, so a value of megabytes is never taken apart.
  const characters = [...text.slice(0, 2 * SAMPLE_CHARACTERS_MAX + 1)];
  const isWhole = text.length <= 2 * SAMPLE_CHARACTERS_MAX && characters.length <= SAMPLE_CHARACTERS_MAX;
  return isWhole ? text : `${characters.slice(0, SAMPLE_CHARACTERS_MAX - 1).join('')}…`;
}
