/** What is wrong with the keys of an output. */
import type { KintoneFields } from '../table/kintone-json';
import { KEY_FIELD_TYPES } from './output-fields';
import { findsRecordsOnly, needsKeys, type OutputAppSettings } from './output-settings';
import type { ProblemList } from './problem-list';

/**
 * Adds `keysMissing`, `keyTwice {field}`, `keyNotMapped {field}`, `keyTypeUnsuitable {column, type}`,
 * `keyNotUnique {field}` (info), `nothingToUpdate` (warning), `outputFieldNotChosen`, `outputFieldMissing {field}`.
 */
export function checkKeys(chosen: OutputAppSettings, fields: KintoneFields, list: ProblemList): void {
  if (chosen.keys.length === 0 && needsKeys(chosen.mode)) list.error('keysMissing', {}, 'keys');
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
    const isNumber = property.type === 'RECORD_NUMBER';
    if (!isKeyType(property.type, findsRecordsOnly(chosen.mode))) {
      list.error('keyTypeUnsuitable', { column: code, type: property.type }, path);
    } else if (!chosen.mapping.some((entry) => entry.to === code)) {
      list.error('keyNotMapped', { field: code }, path);
    } else if (chosen.keys.length === 1 && property.unique !== true && !isNumber) {
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

/** Whether a field of the type can identify records; a record number cannot be given to new ones. */
export function isKeyType(fieldType: string, findsOnly: boolean): boolean {
  return KEY_FIELD_TYPES.includes(fieldType) || (findsOnly && fieldType === 'RECORD_NUMBER');
}
