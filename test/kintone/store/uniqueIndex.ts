import { formatDecimal, parseDecimal, trimDecimal } from './decimal';
import type { Cell, FieldProperties, FieldProperty, KintoneRecord } from './types';

/** Field types that may prohibit duplicates; on others kintone drops the flag silently. */
const uniqueTypes = new Set(['SINGLE_LINE_TEXT', 'NUMBER', 'LINK', 'DATE', 'DATETIME']);

/** Codes of the fields whose values must differ between records. */
export function uniqueFieldCodes(fields: FieldProperties): string[] {
  return Object.values(fields)
    .filter((field) => field.unique === true && uniqueTypes.has(field.type))
    .map((field) => field.code);
}

export function canBeUnique(field: FieldProperty): boolean {
  return uniqueTypes.has(field.type);
}

/**
 * What two values must share to collide, or null when the cell is empty (empty values never collide).
 * Numbers compare by value: 5 and "5.0" are the same key.
 */
export function uniqueKey(cell: Cell | undefined): string | null {
  if (cell === undefined || typeof cell.value !== 'string' || cell.value === '') return null;
  return uniqueKeyOf(cell.type, cell.value);
}

/** Key of a bare value, for `updateKey` and lookups. */
export function uniqueKeyOf(type: string, value: string): string {
  if (type !== 'NUMBER' && type !== 'CALC') return value;
  const number = parseDecimal(value);
  return number === null ? value : formatDecimal(trimDecimal(number));
}

/** Holder of each value of the unique fields of one app, so that a check does not search the records. */
export class UniqueIndex {
  private readonly byField = new Map<string, Map<string, number>>();

  constructor(codes: readonly string[]) {
    for (const code of codes) this.byField.set(code, new Map());
  }

  get codes(): string[] {
    return [...this.byField.keys()];
  }

  /** Id of the record that holds the value, or undefined. */
  find(code: string, key: string): number | undefined {
    return this.byField.get(code)?.get(key);
  }

  /** Codes of the fields of `record` whose value another record holds. */
  collisions(id: number | null, record: KintoneRecord): string[] {
    const found: string[] = [];
    for (const [code, holders] of this.byField) {
      const key = uniqueKey(record[code]);
      const holder = key === null ? undefined : holders.get(key);
      if (holder !== undefined && holder !== id) found.push(code);
    }
    return found;
  }

  add(id: number, record: KintoneRecord): void {
    for (const [code, holders] of this.byField) {
      const key = uniqueKey(record[code]);
      if (key !== null) holders.set(key, id);
    }
  }

  remove(id: number, record: KintoneRecord): void {
    for (const [code, holders] of this.byField) {
      const key = uniqueKey(record[code]);
      if (key !== null && holders.get(key) === id) holders.delete(key);
    }
  }
}
