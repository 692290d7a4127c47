/** Lookups are written by their key; kintone refuses an unknown one without saying where (GAIA_LO04). */
import { type Failure, failure, type Place } from '../definition/errors';
import type { AppRef } from '../definition/types';
import { formatDecimal, type KintoneFieldProperty, type KintoneFields, parseDecimal } from '../table';
import type { OutputPlan, WriteFields } from './types';

/** Keys that one lookup field is going to be written with. */
export interface LookupKeys {
  /** Field code of the lookup, and of the table it stands in (or blank). */
  readonly field: string;
  readonly table: string;
  /** Where the key must exist. */
  readonly app: AppRef;
  readonly keyField: string;
  /** Key as written to the records that get it: their labels, and the first one's place. */
  readonly uses: ReadonlyMap<string, LookupUse>;
}

interface LookupUse {
  readonly labels: readonly string[];
  readonly recordId: string | null;
  /** Index among the adds when the first use is an added record. */
  readonly addRow: number | null;
}

/** How many values, and records of each, a failure names. */
const NAMED_MAX = 5;

/** What the plan writes into lookups, per lookup field; blank keys clear a lookup and need nothing. */
export function lookupKeys(plan: OutputPlan, fields: KintoneFields): readonly LookupKeys[] {
  const found: LookupKeys[] = [];
  for (const property of Object.values(fields)) {
    found.push(...keysOf(plan, property, ''));
    for (const inner of Object.values(property.fields ?? {})) {
      found.push(...keysOf(plan, inner, property.code));
    }
  }
  return found;
}

function keysOf(plan: OutputPlan, property: KintoneFieldProperty, table: string): readonly LookupKeys[] {
  const appId = property.lookup?.relatedApp?.app;
  const keyField = property.lookup?.relatedKeyField;
  if (appId === undefined || keyField === undefined) return [];
  const uses = new Map<string, LookupUse>();
  const note = (written: WriteFields, label: string, recordId: string | null, addRow: number | null) => {
    for (const key of writtenKeys(written, property.code, table)) {
      const use = uses.get(key);
      if (use === undefined) uses.set(key, { labels: [label], recordId, addRow });
      else if (use.labels.length < NAMED_MAX) uses.set(key, { ...use, labels: [...use.labels, label] });
    }
  };
  for (const row of plan.updates) note(row.fields, row.label, row.recordId, null);
  for (const [index, row] of plan.adds.entries()) {
    const label = plan.keys.map((code) => String(row.fields[code]?.value ?? '')).join(' / ');
    note(row.fields, label === '' ? `+${index + 1}` : label, null, index);
  }
  if (uses.size === 0) return [];
  const { guestSpaceId } = plan.app;
  const app: AppRef = guestSpaceId === undefined ? { appId } : { appId, guestSpaceId };
  return [{ field: property.code, table, app, keyField, uses }];
}

function writtenKeys(written: WriteFields, code: string, table: string): readonly string[] {
  const texts = (fields: WriteFields | undefined): readonly string[] => {
    const value = fields?.[code]?.value;
    return typeof value === 'string' && value !== '' ? [value] : [];
  };
  if (table === '') return texts(written);
  const rows = written[table]?.value;
  return Array.isArray(rows) ? rows.flatMap((row: { value?: WriteFields }) => texts(row.value)) : [];
}

/** A key as kintone compares it: record numbers by their number, numbers by value. */
export function lookupKeyForm(keyType: string, key: string): string {
  if (keyType === 'RECORD_NUMBER') return key.slice(key.lastIndexOf('-') + 1);
  const number = keyType === 'NUMBER' ? parseDecimal(key) : null;
  return number === null ? key : formatDecimal(number);
}

/**
 * The failure `lookupKeyMissing {field, app, values, count}` when a key is not among `existing` (in the form
 * of `lookupKeyForm`); `values` are the keys with the records they were meant for.
 */
export function missingLookupKey(
  keys: LookupKeys,
  keyType: string,
  existing: ReadonlySet<string>,
  place: Place,
): Failure | null {
  const missing = [...keys.uses].filter(([key]) => !existing.has(lookupKeyForm(keyType, key)));
  const first = missing[0];
  if (first === undefined) return null;
  const { recordId, addRow } = first[1];
  return failure(
    'lookupKeyMissing',
    {
      field: keys.field,
      app: keys.app.appId,
      values: missing.slice(0, NAMED_MAX).map(([key, use]) => `${key} (${use.labels.join(', ')})`),
      count: missing.length,
    },
    {
      ...place,
      field: keys.field,
      ...(recordId === null ? {} : { recordId }),
      ...(addRow === null ? {} : { row: addRow }),
    },
  );
}
