/** 出力アプリ: says which rows should go into which app, and how. */
import * as v from 'valibot';
import { AppRefSchema } from '../definition/schema';
import type { AppRef } from '../definition/types';
import { columnNamed, tableOf } from '../table/index';
import type { KintoneFieldProperty, KintoneFields } from '../table/kintone-json';
import type { ColumnSpec } from '../table/types';
import { fieldsOfApp } from './app-fields';
import { compatibility, KEY_FIELD_TYPES, mustBeGiven, whyNotWritable } from './output-fields';
import { innerPairs, outputColumn } from './output-table';
import type { ProblemList } from './problem-list';
import { problemList, requireColumn } from './problem-list';
import { columnName, columnNames, entries } from './schemas';
import type { CommandSpec, FieldMapping, RecordsMode } from './types';

export interface OutputAppSettings {
  readonly app: AppRef | null;
  readonly mode: RecordsMode;
  /** Field codes of the output app that identify a record; not used by append. */
  readonly keys: readonly string[];
  readonly mapping: readonly FieldMapping[];
}

const settings: v.GenericSchema<unknown, OutputAppSettings> = v.strictObject({
  app: v.nullable(AppRefSchema),
  mode: v.picklist(['update', 'upsert', 'append']),
  keys: columnNames,
  mapping: entries(v.strictObject({ from: columnName, to: columnName })),
});

/**
 * Hands over the mapped columns, named by the codes of the output app's fields and already of their types;
 * order and duplicates of the rows stay (the plan reports duplicate keys). The input passes through unchanged.
 * A value that its field cannot take stops the flow with its row (`valueNotConvertible`, `optionMissing`):
 * krewData blanks it silently (command_set_field_type.html), which would erase data.
 * Problems: those of `fieldsOfApp`; `mappingEmpty`; `columnMissing {column}`; `outputFieldNotChosen`;
 * `outputFieldMissing {field}`; `fieldInTable {field, table}`; `mappedTwice {field}`; those of `whyNotWritable`;
 * `mappingTypesDiffer`, `mappingLosesData`, `mappingConverts` (warning) `{column, field, from, to}`;
 * `optionsMissing {column, field, options}` (warning); `tableFieldsDiffer {column, field}`;
 * `tableFieldsNotWritten {column, fields}` (warning); `keysMissing`; `keyTwice {field}`;
 * `keyNotMapped {field}`; `keyTypeUnsuitable {column, type}`; `keyNotUnique {field}` (info);
 * `nothingToUpdate` (warning); `requiredNotMapped {field}` (warning).
 */
export const outputApp: CommandSpec<OutputAppSettings> = {
  type: 'outputApp',
  group: 'output',
  inputCount: 1,
  settings,
  defaults: () => ({ app: null, mode: 'upsert', keys: [], mapping: [] }),
  apps: ({ app }) => (app ? [app] : []),
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const fields = fieldsOfApp(chosen.app, context, list);
    if (fields) {
      checkMapping(input, chosen.mapping, fields, list);
      if (chosen.mode !== 'append') checkKeys(chosen, fields, list);
      if (chosen.mode !== 'update') checkRequired(chosen, fields, list);
    }
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const app = chosen.app as AppRef;
    const fields = context.fields(app);
    const columns = chosen.mapping.map(({ from, to }) =>
      outputColumn(columnNamed(input, from), fields[to]!, {
        timeZone: context.timeZone,
        place: context.place,
      }),
    );
    context.emit({
      place: context.place,
      app,
      mode: chosen.mode,
      keys: chosen.mode === 'append' ? [] : chosen.keys,
      mapping: chosen.mapping.map(({ to }) => ({ from: to, to })),
      table: tableOf(columns, input.rowCount, input.origin),
    });
    return input;
  },
};

function checkMapping(
  input: readonly ColumnSpec[],
  mapping: readonly FieldMapping[],
  fields: KintoneFields,
  list: ProblemList,
): void {
  if (mapping.length === 0) list.error('mappingEmpty', {}, 'mapping');
  const mapped = new Set<string>();
  mapping.forEach(({ from, to }, index) => {
    const path = `mapping.${index}`;
    const column = requireColumn(input, from, `${path}.from`, list);
    const property = writableField(to, fields, `${path}.to`, list);
    if (!property) return;
    if (mapped.has(to)) list.error('mappedTwice', { field: to }, `${path}.to`);
    mapped.add(to);
    if (column) checkPair(column, property, path, list);
  });
}

function writableField(
  code: string,
  fields: KintoneFields,
  path: string,
  list: ProblemList,
): KintoneFieldProperty | null {
  const property = Object.hasOwn(fields, code) ? fields[code] : undefined;
  if (!property) {
    const table = Object.values(fields).find((field) => field.fields && Object.hasOwn(field.fields, code));
    if (code === '') list.error('outputFieldNotChosen', {}, path);
    else if (table) list.error('fieldInTable', { field: code, table: table.code }, path);
    else list.error('outputFieldMissing', { field: code }, path);
    return null;
  }
  const reason = whyNotWritable(property, fields);
  if (reason) list.error(reason.code, reason.params, path);
  return reason ? null : property;
}

function checkPair(
  column: ColumnSpec,
  property: KintoneFieldProperty,
  path: string,
  list: ProblemList,
): void {
  const params = { column: column.name, field: property.code, from: column.type, to: property.type };
  const fit = compatibility(column, property);
  if (fit === 'none') list.error('mappingTypesDiffer', params, path);
  else if (fit === 'lossy') list.error('mappingLosesData', params, path);
  else if (fit === 'converts') list.warning('mappingConverts', params, path);
  if (fit === 'none' || fit === 'lossy') return;
  const { options } = property;
  const missing = options ? (column.options ?? []).filter((label) => !Object.hasOwn(options, label)) : [];
  if (missing.length > 0) {
    list.warning('optionsMissing', { column: column.name, field: property.code, options: missing }, path);
  }
  if (column.type === 'table') checkTablePair(column, property, path, list);
}

function checkTablePair(
  column: ColumnSpec,
  property: KintoneFieldProperty,
  path: string,
  list: ProblemList,
): void {
  const pairs = innerPairs(column, property);
  if (pairs.length === 0) {
    list.error('tableFieldsDiffer', { column: column.name, field: property.code }, path);
    return;
  }
  const left = (column.columns ?? []).filter((inner) => !pairs.some((pair) => pair.source === inner));
  if (left.length > 0) {
    const names = left.map((inner) => inner.name);
    list.warning('tableFieldsNotWritten', { column: column.name, fields: names }, path);
  }
  for (const pair of pairs) checkPair(pair.source, pair.property, path, list);
}

function checkKeys(chosen: OutputAppSettings, fields: KintoneFields, list: ProblemList): void {
  if (chosen.keys.length === 0) list.error('keysMissing', {}, 'keys');
  const used = new Set<string>();
  chosen.keys.forEach((code, index) => {
    const path = `keys.${index}`;
    if (used.has(code)) list.error('keyTwice', { field: code }, path);
    used.add(code);
    const property = Object.hasOwn(fields, code) ? fields[code] : undefined;
    if (!property) {
      if (code === '') list.error('outputFieldNotChosen', {}, path);
      else list.error('outputFieldMissing', { field: code }, path);
      return;
    }
    if (!KEY_FIELD_TYPES.includes(property.type)) {
      list.error('keyTypeUnsuitable', { column: code, type: property.type }, path);
    } else if (!chosen.mapping.some((entry) => entry.to === code)) {
      list.error('keyNotMapped', { field: code }, path);
    } else if (chosen.keys.length === 1 && property.unique !== true) {
      list.info('keyNotUnique', { field: code }, path);
    }
  });
  if (
    chosen.mode === 'update' &&
    chosen.mapping.length > 0 &&
    chosen.mapping.every(({ to }) => used.has(to))
  ) {
    list.warning('nothingToUpdate', {}, 'mapping');
  }
}

function checkRequired(chosen: OutputAppSettings, fields: KintoneFields, list: ProblemList): void {
  for (const property of Object.values(fields)) {
    const mapped = chosen.mapping.some(({ to }) => to === property.code);
    if (!mapped && mustBeGiven(property) && !whyNotWritable(property, fields)) {
      list.warning('requiredNotMapped', { field: property.code }, 'mapping');
    }
  }
}
