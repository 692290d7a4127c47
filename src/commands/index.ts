/** The registry of commands; the order is the one a screen offers them in. */
import { decodeWith } from '../definition/decode';
import type { Failure, Result } from '../definition/errors';
import { fail, failure, ok } from '../definition/errors';
import type { Command } from '../definition/types';
import { check } from './check';
import { constant } from './constant';
import { distinct } from './distinct';
import { edit } from './edit';
import { expandTable } from './expand-table';
import { filter } from './filter';
import { group } from './group';
import { inputApp } from './input-app';
import { inputHttp } from './input-http';
import { inputRecord } from './input-record';
import { join } from './join';
import { limit } from './limit';
import { lookup } from './lookup';
import { nestTable } from './nest-table';
import { outputApp } from './output-app';
import { outputStatus } from './output-status';
import { outputValue } from './output-value';
import { pivot } from './pivot';
import { rank } from './rank';
import { select } from './select';
import { setType } from './set-type';
import { sort } from './sort';
import { startUnit } from './start-unit';
import type { CommandSpec } from './types';
import { union } from './union';
import { unpivot } from './unpivot';
import { window } from './window';

export const COMMANDS: readonly CommandSpec[] = [
  inputApp,
  inputRecord,
  inputHttp,
  filter,
  sort,
  distinct,
  limit,
  check,
  join,
  lookup,
  union,
  group,
  pivot,
  unpivot,
  rank,
  window,
  edit,
  constant,
  setType,
  select,
  expandTable,
  nestTable,
  outputApp,
  outputStatus,
  outputValue,
  startUnit,
];

const byType: ReadonlyMap<string, CommandSpec> = new Map(COMMANDS.map((spec) => [spec.type, spec]));

/** The command of a type, or undefined when this version does not know it. */
export function commandSpec(type: string): CommandSpec | undefined {
  return byType.get(type);
}

export interface DecodedCommand {
  readonly spec: CommandSpec;
  readonly settings: unknown;
}

/**
 * Reads a command's settings. Errors: `commandUnknown {type}`; `settingsUnknownKey {path}` and
 * `settingsInvalid {path, expected, received}` with the path below `settings` as `place.field`.
 */
export function decodeCommandSettings(command: Command): Result<DecodedCommand, Failure> {
  const spec = commandSpec(command.type);
  if (!spec) return fail(failure('commandUnknown', { type: command.type }, { field: 'type' }));
  const settings = decodeWith(spec.settings, command.settings);
  return settings.ok ? ok({ spec, settings: settings.value }) : settings;
}

export type { CheckRule, CheckSettings } from './check-settings';
export { CHECK_OPERATORS } from './check-settings';
export type { ConditionKind } from './conditions';
export { CONDITION_OPERATORS, conditionKind } from './conditions';
export type { ConstantColumn, ConstantSettings } from './constant';
export type { DatePart } from './date-part';
export { DATE_PARTS } from './date-part';
export type { DistinctSettings } from './distinct';
export type { EditSettings, EditStep } from './edit-settings';
export { RESULT_TYPES } from './edit-settings';
export type { ExpandTableSettings } from './expand-table';
export type { TargetFieldType } from './field-types';
export { canConvert, columnTypeOf, TARGET_FIELD_TYPES } from './field-types';
export type { FilterSettings } from './filter';
export type { Aggregate, AggregateMethod, GroupSettings } from './group';
export { AGGREGATE_METHODS, AGGREGATE_TYPES } from './group';
export { requestOf, secretPrefix } from './http-request';
export type {
  ConnectorSettings,
  ConnectorValue,
  HttpColumn,
  HttpHeader,
  InputHttpSettings,
} from './http-settings';
export { HTTP_TYPES } from './http-settings';
export type { InputAppSettings } from './input-app';
export type { InputRecordSettings } from './input-record';
export type { JoinSettings } from './join';
export type { KeyPair } from './key-pairs';
export type { LimitCount, LimitSettings } from './limit';
export { MAX_LIMIT } from './limit';
export type { LookupColumn, LookupSettings } from './lookup';
export type { NestTableSettings } from './nest-table';
export type { Compatibility } from './output-fields';
export { whyNotWritable } from './output-fields';
export type {
  AutoNumberSetting,
  OutputAppSettings,
  RowNumberSetting,
  TableSetting,
} from './output-settings';
export {
  addsRecords,
  FRESH_AUTO_NUMBER,
  FRESH_ROW_NUMBER,
  findsRecordsOnly,
  MAX_DIGITS,
  MAX_START,
} from './output-settings';
export type { OutputStatusSettings } from './output-status';
export type { OutputValueSettings } from './output-value';
export type { PivotCell, PivotSettings } from './pivot';
export { PIVOT_TYPES } from './pivot-values';
export type { RankSettings } from './rank';
export type { SelectedColumn, SelectSettings } from './select';
export type { SetTypeSettings, TypedColumn } from './set-type';
export { CONVERSION_POLICIES } from './set-type';
export { settingsParameters } from './settings-parameters';
export type { SortKey, SortSettings } from './sort';
export type { StartUnitSettings } from './start-unit';
export { suggestMapping } from './suggest-mapping';
export type { UnionSettings } from './union';
export type { UnpivotColumn, UnpivotSettings } from './unpivot';
export type { WindowMethod, WindowSettings, WindowStep } from './window-settings';
export { hasWindowRows, MAX_WINDOW_ROWS, WINDOW_METHODS, WINDOW_TYPES } from './window-settings';
