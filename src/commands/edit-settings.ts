/** Settings of the edit command. */
import * as v from 'valibot';
import type { ColumnType } from '../table/types';
import type { DatePart } from './date-part';
import { DATE_PARTS } from './date-part';
import { columnName, entries } from './schemas';

interface StepBase {
  /** An existing column (it is replaced where it stands) or the name of a new one (it comes last). */
  readonly target: string;
  /** Blank: the label of the replaced column, or the name. */
  readonly label: string;
}

/** Types a formula's result can be turned into. */
export const RESULT_TYPES = [
  'text',
  'number',
  'date',
  'time',
  'datetime',
  'choice',
] as const satisfies ColumnType[];

export interface FormulaStep extends StepBase {
  readonly method: 'formula';
  readonly formula: string;
  /** Null: the type of the formula. */
  readonly type: (typeof RESULT_TYPES)[number] | null;
  /** What a row does whose formula gives an error, or a value that is not of `type`. */
  readonly onError: 'fail' | 'blank';
}

export interface DatePartStep extends StepBase {
  readonly method: 'datePart';
  readonly source: string;
  readonly part: DatePart;
}

export interface CopyStep extends StepBase {
  readonly method: 'copy';
  readonly source: string;
}

export interface ReplaceStep extends StepBase {
  readonly method: 'replace';
  readonly source: string;
  readonly search: string;
  readonly replacement: string;
}

export interface FillStep extends StepBase {
  readonly method: 'fill';
  readonly source: string;
  readonly with: 'value' | 'previous' | 'parameter';
  /** With `value` a text in kintone's form for the column's type, with `parameter` the name of one. */
  readonly value: string;
}

export type EditStep = FormulaStep | DatePartStep | CopyStep | ReplaceStep | FillStep;

export interface EditSettings {
  readonly steps: readonly EditStep[];
}

const base = { target: columnName, label: columnName };
const longText = v.pipe(v.string(), v.maxLength(65_535));

const step: v.GenericSchema<unknown, EditStep> = v.variant('method', [
  v.strictObject({
    ...base,
    method: v.literal('formula'),
    formula: longText,
    type: v.nullable(v.picklist(RESULT_TYPES)),
    onError: v.picklist(['fail', 'blank']),
  }),
  v.strictObject({
    ...base,
    method: v.literal('datePart'),
    source: columnName,
    part: v.picklist(DATE_PARTS),
  }),
  v.strictObject({ ...base, method: v.literal('copy'), source: columnName }),
  v.strictObject({
    ...base,
    method: v.literal('replace'),
    source: columnName,
    search: longText,
    replacement: longText,
  }),
  v.strictObject({
    ...base,
    method: v.literal('fill'),
    source: columnName,
    with: v.picklist(['value', 'previous', 'parameter']),
    value: longText,
  }),
]);

export const editSettings: v.GenericSchema<unknown, EditSettings> = v.strictObject({ steps: entries(step) });
