/** What the settings of the check command are. */
import * as v from 'valibot';
import { AppRefSchema, ConditionValueSchema } from '../definition/schema';
import type { AppRef, ConditionValue } from '../definition/types';
import { columnName, entries } from './schemas';

/** Signs that compare; which of them fit depends on the column. */
export const CHECK_OPERATORS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type CheckOperator = (typeof CHECK_OPERATORS)[number];

interface RuleBase {
  /** What people read when the rule is broken; blank: words made of the rule. */
  readonly message: string;
}

interface ColumnRule extends RuleBase {
  readonly column: string;
}

export interface RequiredRule extends ColumnRule {
  readonly kind: 'required';
}

export interface RangeRule extends ColumnRule {
  readonly kind: 'range';
  /** Both ends belong to the range; null: no end on this side. */
  readonly min: ConditionValue | null;
  readonly max: ConditionValue | null;
}

export interface CompareRule extends ColumnRule {
  readonly kind: 'compare';
  readonly operator: CheckOperator;
  readonly against: 'value' | 'column' | 'formula';
  readonly value: ConditionValue;
  readonly other: string;
  readonly formula: string;
}

export interface PatternRule extends ColumnRule {
  readonly kind: 'pattern';
  readonly pattern: string;
}

export interface ExistsRule extends ColumnRule {
  readonly kind: 'exists';
  readonly app: AppRef | null;
  readonly field: string;
}

export interface OptionRule extends ColumnRule {
  readonly kind: 'option';
  /** Whose options: the column's own, or those of another app's field. */
  readonly source: 'column' | 'app';
  readonly app: AppRef | null;
  readonly field: string;
}

export interface FormulaRule extends RuleBase {
  readonly kind: 'formula';
  readonly formula: string;
}

/** There is at least one row. */
export interface AnyRowRule extends RuleBase {
  readonly kind: 'anyRow';
}

export type CheckRule =
  | RequiredRule
  | RangeRule
  | CompareRule
  | PatternRule
  | ExistsRule
  | OptionRule
  | FormulaRule
  | AnyRowRule;

export interface CheckSettings {
  readonly rules: readonly CheckRule[];
  /** Stop the flow at any error, at a number of errors, or never. */
  readonly onError: 'stop' | 'stopAt' | 'continue';
  /** Rows with an error from which on `stopAt` stops. */
  readonly stopAt: number;
  /** What becomes of rows with an error when the flow goes on. */
  readonly badRows: 'keep' | 'drop';
  /** Name of a text column that says per row which rules it breaks; blank: none. */
  readonly as: string;
}

const longText = v.pipe(v.string(), v.maxLength(65_535));
const message = v.pipe(v.string(), v.maxLength(256));
const base = { message, column: columnName };
const ofApp = { app: v.nullable(AppRefSchema), field: columnName };

const rule: v.GenericSchema<unknown, CheckRule> = v.variant('kind', [
  v.strictObject({ ...base, kind: v.literal('required') }),
  v.strictObject({
    ...base,
    kind: v.literal('range'),
    min: v.nullable(ConditionValueSchema),
    max: v.nullable(ConditionValueSchema),
  }),
  v.strictObject({
    ...base,
    kind: v.literal('compare'),
    operator: v.picklist(CHECK_OPERATORS),
    against: v.picklist(['value', 'column', 'formula']),
    value: ConditionValueSchema,
    other: columnName,
    formula: longText,
  }),
  v.strictObject({ ...base, kind: v.literal('pattern'), pattern: longText }),
  v.strictObject({ ...base, ...ofApp, kind: v.literal('exists') }),
  v.strictObject({ ...base, ...ofApp, kind: v.literal('option'), source: v.picklist(['column', 'app']) }),
  v.strictObject({ message, kind: v.literal('formula'), formula: longText }),
  v.strictObject({ message, kind: v.literal('anyRow') }),
]);

export const checkSettings: v.GenericSchema<unknown, CheckSettings> = v.strictObject({
  rules: entries(rule),
  onError: v.picklist(['stop', 'stopAt', 'continue']),
  stopAt: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000_000)),
  badRows: v.picklist(['keep', 'drop']),
  as: columnName,
});
