/** What the settings of the output app command hold. */
import * as v from 'valibot';
import { AppRefSchema, ConditionGroupSchema } from '../definition/schema';
import type { AppRef, ConditionGroup } from '../definition/types';
import { columnName, columnNames, entries, sortKeys } from './schemas';
import type { SortKey } from './sort';
import type { AutoNumberCycle, BlankKeyPolicy, DuplicateKeyPolicy, FieldMapping, RecordsMode } from './types';

export interface OutputAppSettings {
  readonly app: AppRef | null;
  readonly mode: RecordsMode;
  /** Field codes of the output app that identify a record; not used by append, optional for regenerate. */
  readonly keys: readonly string[];
  readonly mapping: readonly FieldMapping[];
  readonly blankKeys: BlankKeyPolicy;
  /** Rows of the result with the same key; first and last in the order of its rows. */
  readonly duplicateKeys: DuplicateKeyPolicy;
  /** sync: only records of the output app that fulfil this are deleted; null: all that the result lacks. */
  readonly deleteWithin: ConditionGroup | null;
  /** Options that a choice field does not have. `add` is understood and refused: see `addOptionRefused`. */
  readonly unknownOptions: 'fail' | 'blank' | 'add';
  /** Columns of the result by which new records are ordered; empty: the order of the rows. */
  readonly order: readonly SortKey[];
  /** Table fields that are not simply replaced. */
  readonly tables: readonly TableSetting[];
  readonly autoNumber: AutoNumberSetting | null;
}

export interface TableSetting {
  /** Code of the table field. */
  readonly field: string;
  /** replace: rows take each other's place by position; merge: they are matched by `key`. */
  readonly rows: 'replace' | 'merge';
  /** Code of the inner field that identifies a row; merge only. */
  readonly key: string;
  /** merge: rows of the record that the result lacks stay. */
  readonly keepOthers: boolean;
  /** Inner columns by which the result's rows are ordered before they are written. */
  readonly order: readonly SortKey[];
  /** Numbers of new rows, counted within their record. */
  readonly rowNumber: RowNumberSetting | null;
}

export interface RowNumberSetting {
  /** Code of an inner field that the result does not feed. */
  readonly field: string;
  readonly digits: number;
  readonly start: number;
  readonly prefix: string;
  readonly suffix: string;
}

export interface AutoNumberSetting {
  readonly field: string;
  readonly digits: number;
  readonly start: number;
  readonly prefix: string;
  readonly suffix: string;
  readonly cycle: AutoNumberCycle;
  readonly fiscalStartMonth: number;
  readonly groupField: string;
  /** Fields of other apps with which the sequence is shared. */
  readonly sharedWith: readonly { readonly app: AppRef | null; readonly field: string }[];
}

/** A unique text field of kintone holds 64 characters. */
const MAX_AFFIX_LENGTH = 64;
export const MAX_DIGITS = 20;
export const MAX_START = 999_999_999;

const wholeNumber = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const affix = v.pipe(v.string(), v.maxLength(MAX_AFFIX_LENGTH));

const autoNumber = v.strictObject({
  field: columnName,
  digits: wholeNumber(1, MAX_DIGITS),
  start: wholeNumber(0, MAX_START),
  prefix: affix,
  suffix: affix,
  cycle: v.picklist(['none', 'daily', 'monthly', 'yearly', 'fiscalYearly']),
  fiscalStartMonth: wholeNumber(1, 12),
  groupField: columnName,
  sharedWith: v.optional(entries(v.strictObject({ app: v.nullable(AppRefSchema), field: columnName })), []),
});

const rowNumber = v.strictObject({
  field: columnName,
  digits: wholeNumber(1, MAX_DIGITS),
  start: wholeNumber(0, MAX_START),
  prefix: affix,
  suffix: affix,
});

const tableSetting = v.strictObject({
  field: columnName,
  rows: v.picklist(['replace', 'merge']),
  key: columnName,
  keepOthers: v.boolean(),
  order: sortKeys,
  rowNumber: v.optional(v.nullable(rowNumber), null),
});

/** Settings saved before an option existed lack its key; the default is what was done then. */
export const outputAppSettings: v.GenericSchema<unknown, OutputAppSettings> = v.strictObject({
  app: v.nullable(AppRefSchema),
  mode: v.picklist(['update', 'upsert', 'append', 'regenerate', 'sync', 'delete']),
  keys: columnNames,
  mapping: entries(v.strictObject({ from: columnName, to: columnName })),
  blankKeys: v.optional(v.picklist(['fail', 'skip']), 'fail'),
  duplicateKeys: v.optional(v.picklist(['fail', 'first', 'last']), 'fail'),
  deleteWithin: v.optional(v.nullable(ConditionGroupSchema), null),
  unknownOptions: v.optional(v.picklist(['fail', 'blank', 'add']), 'fail'),
  order: v.optional(sortKeys, []),
  tables: v.optional(entries(tableSetting), []),
  autoNumber: v.optional(v.nullable(autoNumber), null),
});

/** Numbers as most people want them first: 0001, 0002 and so on. */
export const FRESH_AUTO_NUMBER: AutoNumberSetting = {
  field: '',
  digits: 4,
  start: 1,
  prefix: '',
  suffix: '',
  cycle: 'none',
  fiscalStartMonth: 4,
  groupField: '',
  sharedWith: [],
};

export const FRESH_ROW_NUMBER: RowNumberSetting = { field: '', digits: 1, start: 1, prefix: '', suffix: '' };

/** Modes that may add records. */
export const addsRecords = (mode: RecordsMode): boolean => mode !== 'update' && mode !== 'delete';

/** Modes that find records by keys; regenerate does so only when it has some. */
export const needsKeys = (mode: RecordsMode): boolean => mode !== 'append' && mode !== 'regenerate';

/** Modes that write to, or delete, records that exist; only these can name them by record number. */
export const findsRecordsOnly = (mode: RecordsMode): boolean => mode === 'update' || mode === 'delete';
