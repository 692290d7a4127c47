/** 出力アプリ: says which rows should go into which app, and how. */
import type { AppRef } from '../definition/types';
import { columnNamed, columnSpecsOfFields, sortRows, tableOf } from '../table/index';
import type { KintoneFields } from '../table/kintone-json';
import { fieldsOfApp } from './app-fields';
import { checkCondition } from './condition-check';
import { resolveCondition } from './conditions';
import { checkKeys } from './output-keys';
import { checkMapping, checkRequired } from './output-mapping';
import { autoNumberRule, checkAutoNumber, rowNumberRule } from './output-numbers';
import { addsRecords, type OutputAppSettings, outputAppSettings } from './output-settings';
import { outputColumn } from './output-table';
import { checkTables, sortInnerRows, tableSettingOf } from './output-table-rows';
import { problemList } from './problem-list';
import { checkSortKeys } from './sort';
import type { CommandSpec, OutputRows, ResolvedConditionGroup, RunContext } from './types';
import { unknownOptions } from './unknown-options';

/**
 * Hands over the mapped columns, named by the codes of the output app's fields and already of their types;
 * order and duplicates of the rows stay (what a repeated key does, `duplicateKeys` says; the plan acts on it). The input passes through unchanged.
 * A value that its field cannot take stops the flow with its row (`valueNotConvertible`, `optionMissing`):
 * krewData blanks it silently (command_set_field_type.html), which would erase data. With `unknownOptions` blank,
 * options that a field lacks are left out and reported (`optionsBlanked`). `regenerate` is compared like
 * every other mode, never "delete all first" as krewData does (command_output_app.html).
 * Problems: those of `fieldsOfApp`; `mappingEmpty`; `columnMissing {column}`; `outputFieldNotChosen`;
 * `outputFieldMissing {field}`; `fieldInTable {field, table}`; `mappedTwice {field}`; those of `whyNotWritable`;
 * `mappingTypesDiffer`, `mappingLosesData`, `mappingConverts` (warning) `{column, field, from, to}`;
 * `optionsMissing {column, field, options}` (warning); `tableFieldsDiffer {column, field}`;
 * `tableFieldsNotWritten {column, fields}` (warning); `mappingNotUsed {field}` (info); those of `checkKeys`,
 * `checkAutoNumber`, `checkTables`, `checkCondition` and sort keys; `requiredNotMapped {field}` (warning);
 * `addOptionRefused`.
 */
export const outputApp: CommandSpec<OutputAppSettings> = {
  type: 'outputApp',
  group: 'output',
  inputCount: 1,
  settings: outputAppSettings,
  defaults: () => ({ app: null, mode: 'upsert', keys: [], mapping: [] }),
  apps: ({ app, mode, autoNumber }) => [
    ...(app ? [app] : []),
    ...(addsRecords(mode) ? (autoNumber?.sharedWith ?? []) : []).flatMap((shared) => shared.app ?? []),
  ],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const fields = fieldsOfApp(chosen.app, context, list);
    if (chosen.unknownOptions === 'add') list.error('addOptionRefused', {}, 'unknownOptions');
    if (fields) {
      checkMapping(input, chosen, fields, list);
      if (chosen.mode !== 'append') checkKeys(chosen, fields, list);
      checkTables(input, chosen, fields, list);
      if (addsRecords(chosen.mode)) {
        checkRequired(chosen, fields, list);
        if (chosen.autoNumber) checkAutoNumber(chosen.autoNumber, chosen, fields, context, list);
        if (chosen.order.length > 0) checkSortKeys(input, chosen.order, 'order', list);
      }
      if (chosen.mode === 'sync' && chosen.deleteWithin) {
        checkCondition(chosen.deleteWithin, {
          columns: columnSpecsOfFields(fields),
          parameters: context.parameters,
          path: 'deleteWithin',
          list,
        });
      }
    }
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const app = chosen.app as AppRef;
    const fields = context.fields(app);
    const { mode } = chosen;
    const keys = mode === 'append' ? [] : chosen.keys;
    const mapping = chosen.mapping.filter(({ to }) => mode !== 'delete' || keys.includes(to));
    const options = unknownOptions(chosen.unknownOptions === 'blank');
    const columns = mapping.map(({ from, to }) => {
      const order = tableSettingOf(chosen.tables, to)?.order ?? [];
      return outputColumn(sortInnerRows(columnNamed(input, from), order), fields[to]!, {
        timeZone: context.timeZone,
        place: context.place,
        unknownOptions: options,
      });
    });
    for (const report of options.reports(context.place)) context.report(report);
    context.emit({
      place: context.place,
      app,
      mode,
      keys,
      mapping: mapping.map(({ to }) => ({ from: to, to })),
      table: tableOf(columns, input.rowCount, input.origin),
      blankKeys: chosen.blankKeys,
      duplicateKeys: chosen.duplicateKeys,
      ...(mode === 'sync' ? { deleteWithin: within(chosen, fields, context) } : {}),
      ...(addsRecords(mode) && chosen.order.length > 0 ? { addOrder: sortRows(input, chosen.order) } : {}),
      tableMerges: chosen.tables.flatMap(({ field, rows, key, keepOthers }) =>
        rows === 'merge' ? [{ field, key, keepOthers }] : [],
      ),
      rowNumbers: chosen.tables.flatMap(({ field, rowNumber }) =>
        rowNumber ? [rowNumberRule(field, rowNumber, context)] : [],
      ),
      ...(addsRecords(mode) && chosen.autoNumber
        ? { autoNumber: autoNumberRule(chosen.autoNumber, context) }
        : {}),
    } satisfies OutputRows);
    return input;
  },
};

/** The condition on records that may be deleted, with its parameters and periods as values. */
function within(
  chosen: OutputAppSettings,
  fields: KintoneFields,
  context: RunContext,
): ResolvedConditionGroup | null {
  if (!chosen.deleteWithin) return null;
  const typeOf = new Map(columnSpecsOfFields(fields).map((spec) => [spec.name, spec.type]));
  return resolveCondition(chosen.deleteWithin, {
    parameter: (name) => context.parameter(name),
    nowMs: context.nowMs,
    timeZone: context.timeZone,
    place: context.place,
    columnType: (field) => typeOf.get(field),
  });
}
