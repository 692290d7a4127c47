import type { App } from '../../store/app';
import type { Cell, CellValue, FieldProperty, KintoneRecord, TableRow } from '../../store/types';
import { uniqueKey, uniqueKeyOf } from '../../store/uniqueIndex';
import { ApiError } from '../errors';
import type { Level } from './form';
import type { WriteScope } from './scope';
import { emptyCell, readValue } from './values';

/** The record of the related app whose key field holds the value; numbers compare by value. */
export function findByKey(app: App, code: string, value: string): KintoneRecord | undefined {
  const field = app.live?.fields[code];
  if (field === undefined) return undefined;
  const key = uniqueKeyOf(field.type, value);
  if (field.type === 'RECORD_NUMBER') {
    const id = Number(value.slice(value.lastIndexOf('-') + 1));
    const record = app.records.get(id);
    return record?.[code]?.value === value || String(id) === value ? record : undefined;
  }
  if (app.records.unique.codes.includes(code)) {
    const id = app.records.unique.find(code, key);
    return id === undefined ? undefined : app.records.get(id);
  }
  for (const record of app.records.range()) if (uniqueKey(record[code]) === key) return record;
  return undefined;
}

/** A value of the related record, as the field it is copied into holds it. */
function copiedCell(scope: WriteScope, target: FieldProperty, source: Cell | undefined): Cell {
  if (source === undefined) return emptyCell(target);
  if (source.type === target.type) return { type: target.type, value: source.value };
  const { value } = source;
  if (value === null || typeof value === 'string') {
    // Copying between types (a number into a text) goes through the text form.
    return {
      type: target.type,
      value: readValue(scope, target, value, { path: target.code, inTable: true }),
    };
  }
  const names = Array.isArray(value) ? (value as readonly CellValue[]).map(nameOf) : [nameOf(value)];
  return { type: target.type, value: names.join(',') };
}

function nameOf(value: CellValue | TableRow): string {
  if (typeof value === 'string') return value;
  return value !== null && typeof value === 'object' && 'name' in value ? String(value.name) : '';
}

/**
 * Fills in what lookups copy, for those whose key the caller sent: found → copies, empty key → copies
 * cleared, not found → GAIA_LO04 (which in kintone tells neither the index nor a field key).
 */
export function copyLookups(
  scope: WriteScope,
  level: Level,
  fields: Readonly<Record<string, FieldProperty>>,
  cells: Record<string, Cell>,
  sent: ReadonlySet<string>,
): void {
  for (const lookup of level.lookups) {
    const setting = lookup.lookup;
    const key = cells[lookup.code]?.value;
    if (setting === undefined || !sent.has(lookup.code)) continue;
    if (scope.trusted && setting.fieldMappings.some((pair) => sent.has(pair.field))) continue;
    let source: KintoneRecord | undefined;
    if (typeof key === 'string' && key !== '') {
      const app = scope.store.apps.get(setting.relatedApp.app);
      if (app !== undefined && scope.mayView(app)) source = findByKey(app, setting.relatedKeyField, key);
      if (source === undefined) {
        if (scope.trusted) continue;
        throw new ApiError('GAIA_LO04', { field: lookup.label, value: key });
      }
    }
    for (const pair of setting.fieldMappings) {
      const target = fields[pair.field];
      if (target !== undefined) cells[pair.field] = copiedCell(scope, target, source?.[pair.relatedField]);
    }
  }
}
