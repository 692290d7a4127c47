/** Settings of the window command, and which columns each of its methods takes. */
import * as v from 'valibot';
import type { ColumnSpec, ColumnType } from '../table/types';
import { columnName, columnNames, entries, sortKeys } from './schemas';
import type { SortKey } from './sort';

export const WINDOW_METHODS = [
  'runningTotal',
  'previous',
  'next',
  'difference',
  'movingAverage',
  'share',
  'rowNumber',
  'first',
  'last',
] as const;
export type WindowMethod = (typeof WINDOW_METHODS)[number];

export interface WindowStep {
  readonly method: WindowMethod;
  /** Not used by `rowNumber`. */
  readonly column: string;
  /**
   * How many rows away (previous, next, difference), or how many rows the average covers, its own included
   * (movingAverage). Not used by the other methods.
   */
  readonly rows: number;
  /** Name of the new column. */
  readonly as: string;
  /** Blank: the name. */
  readonly label: string;
}

export interface WindowSettings {
  /** Everything starts again in each group; empty: all rows are one group. */
  readonly groupBy: readonly string[];
  /** Order in which the rows are gone through; empty: as they stand. */
  readonly order: readonly SortKey[];
  readonly steps: readonly WindowStep[];
}

/** Rows that an offset or an average may span. */
export const MAX_WINDOW_ROWS = 10_000;

export const windowSettings: v.GenericSchema<unknown, WindowSettings> = v.strictObject({
  groupBy: columnNames,
  order: sortKeys,
  steps: entries(
    v.strictObject({
      method: v.picklist(WINDOW_METHODS),
      column: columnName,
      rows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_WINDOW_ROWS)),
      as: columnName,
      label: columnName,
    }),
  ),
});

const AMOUNTS: readonly ColumnType[] = ['number', 'time'];
const ANY: readonly ColumnType[] = [
  'number',
  'date',
  'time',
  'datetime',
  'text',
  'choice',
  'choices',
  'people',
  'files',
  'table',
];

/** Column types a method takes; none for `rowNumber`, which has no column. */
export const WINDOW_TYPES: Readonly<Record<WindowMethod, readonly ColumnType[]>> = {
  runningTotal: AMOUNTS,
  previous: ANY,
  next: ANY,
  difference: ['number', 'date', 'time', 'datetime'],
  movingAverage: AMOUNTS,
  share: AMOUNTS,
  rowNumber: [],
  first: ANY,
  last: ANY,
};

/** Whether `rows` means something to a method. */
export const hasWindowRows = (method: WindowMethod): boolean =>
  method === 'previous' || method === 'next' || method === 'difference' || method === 'movingAverage';

/** What a step gives: rows that are picked keep the column's type, all else is a number. */
export function windowSpec(step: WindowStep, source: ColumnSpec | null): ColumnSpec {
  const name = step.as;
  const label = step.label === '' ? name : step.label;
  switch (step.method) {
    case 'previous':
    case 'next':
    case 'first':
    case 'last':
      return source ? { ...source, name, label } : { name, label, type: 'text' };
    default:
      return { name, label, type: 'number' };
  }
}
