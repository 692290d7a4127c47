import type { KintoneRecord } from '../../table';

/** Login name that kintone itself wrote down. The field's code depends on the language of the app; its type does not. */
export function signedBy(record: KintoneRecord, type: 'CREATOR' | 'MODIFIER'): string {
  const value = Object.values(record).find((cell) => cell.type === type)?.value;
  return typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : '';
}
