/** What is wrong with the mapping of an output. */
import type { KintoneFieldProperty, KintoneFields } from '../table/kintone-json';
import type { ColumnSpec } from '../table/types';
import { compatibility, mustBeGiven, whyNotWritable } from './output-fields';
import { findsRecordsOnly, type OutputAppSettings } from './output-settings';
import { innerPairs } from './output-table';
import { type ProblemList, requireColumn } from './problem-list';

export function checkMapping(
  input: readonly ColumnSpec[],
  chosen: OutputAppSettings,
  fields: KintoneFields,
  list: ProblemList,
): void {
  if (chosen.mapping.length === 0) list.error('mappingEmpty', {}, 'mapping');
  const mapped = new Set<string>();
  chosen.mapping.forEach(({ from, to }, index) => {
    const path = `mapping.${index}`;
    const column = requireColumn(input, from, `${path}.from`, list);
    const property = targetField(to, chosen, fields, `${path}.to`, list);
    if (!property) return;
    if (mapped.has(to)) list.error('mappedTwice', { field: to }, `${path}.to`);
    mapped.add(to);
    if (chosen.mode === 'delete' && !chosen.keys.includes(to)) {
      list.info('mappingNotUsed', { field: to }, path);
    } else if (column) checkPair(column, property, path, list);
  });
}

/** A field that can be written; a record number, too, where it only finds records. */
function targetField(
  code: string,
  chosen: OutputAppSettings,
  fields: KintoneFields,
  path: string,
  list: ProblemList,
): KintoneFieldProperty | null {
  const property = fieldNamed(code, fields, path, list);
  if (!property) return null;
  const findsOnly = findsRecordsOnly(chosen.mode) && chosen.keys.includes(code);
  if (property.type === 'RECORD_NUMBER' && findsOnly) return property;
  const reason = whyNotWritable(property, fields);
  if (reason) list.error(reason.code, reason.params, path);
  return reason ? null : property;
}

/** A field of the output app; adds `outputFieldNotChosen`, `fieldInTable`, `outputFieldMissing`. */
export function fieldNamed(
  code: string,
  fields: KintoneFields,
  path: string,
  list: ProblemList,
): KintoneFieldProperty | null {
  const property = Object.hasOwn(fields, code) ? fields[code] : undefined;
  if (property) return property;
  const table = Object.values(fields).find((field) => field.fields && Object.hasOwn(field.fields, code));
  if (code === '') list.error('outputFieldNotChosen', {}, path);
  else if (table) list.error('fieldInTable', { field: code, table: table.code }, path);
  else list.error('outputFieldMissing', { field: code }, path);
  return null;
}

/** Whether a column fits a field: `mappingTypesDiffer`, `mappingLosesData`, `mappingConverts` and what tables need. */
export function checkPair(
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

/** A required field that new records would lack; automatic numbers count as given. */
export function checkRequired(chosen: OutputAppSettings, fields: KintoneFields, list: ProblemList): void {
  for (const property of Object.values(fields)) {
    const mapped =
      property.code === chosen.autoNumber?.field || chosen.mapping.some(({ to }) => to === property.code);
    if (!mapped && mustBeGiven(property) && !whyNotWritable(property, fields)) {
      list.warning('requiredNotMapped', { field: property.code }, 'mapping');
    }
  }
}
