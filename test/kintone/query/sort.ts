import { compareDecimals, type Decimal, parseDecimal } from './decimal';
import { kindOf } from './fields';
import { textOf } from './locate';
import type { OrderBy, QueryField, QueryFields, QueryRecord } from './types';

type SortKey = string | number | Decimal | null;

/** One sort criterion: the key of a record, read once per record, and the order of keys. */
interface Criterion {
  readonly read: (record: QueryRecord) => SortKey;
  readonly sign: 1 | -1;
}

/**
 * Sorts records as `order by` asks; without it by `$id` descending, kintone's default (facts 2.1). Returns a new array.
 *
 * Numbers sort exactly, choices in the order of their options, other texts by UTF-16 code unit. Blanks come first when
 * ascending (assumed, in line with how they compare), and ties fall back to `$id` descending (assumed).
 *
 * The order must have passed `checkQuery`; a field that is not in `fields` does not sort.
 */
export function sortRecords<R extends QueryRecord>(
  records: readonly R[],
  orderBy: readonly OrderBy[],
  fields: QueryFields,
): R[] {
  const criteria = orderBy.map((item) => criterion(item, fields));
  if (orderBy.at(-1)?.field !== '$id') criteria.push(criterion({ field: '$id', direction: 'desc' }, fields));
  const keyed = records.map((record) => ({ record, keys: criteria.map(({ read }) => read(record)) }));
  keyed.sort((a, b) => {
    for (const [index, { sign }] of criteria.entries()) {
      const order = compareKeys(a.keys[index] ?? null, b.keys[index] ?? null);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
  return keyed.map(({ record }) => record);
}

function criterion({ field, direction }: OrderBy, fields: QueryFields): Criterion {
  const read = field === '$id' ? idKey : keyReader(Object.hasOwn(fields, field) ? fields[field] : undefined);
  return { read: (record) => read(record[field]?.value), sign: direction === 'asc' ? 1 : -1 };
}

function keyReader(definition: QueryField | undefined): (value: unknown) => SortKey {
  if (definition === undefined) return () => null;
  switch (kindOf(definition)) {
    case 'id':
      return idKey;
    case 'number':
      return numberKey;
    case 'duration':
      return durationKey;
    case 'choice':
      return choiceKey(definition);
    case 'people':
      return personKey;
    default:
      // Dates and times are ISO texts of one shape each, so they sort as texts.
      return textKey;
  }
}

function textKey(value: unknown): SortKey {
  const text = textOf(value);
  return text === '' ? null : text;
}

/** Record numbers may carry the app code, `CODE-12`. */
function idKey(value: unknown): SortKey {
  const text = textOf(value);
  return text === '' ? null : Number(text.slice(text.lastIndexOf('-') + 1));
}

function numberKey(value: unknown): SortKey {
  return parseDecimal(textOf(value));
}

function durationKey(value: unknown): SortKey {
  const match = /^(-?)([0-9]+):([0-9]{2})$/.exec(textOf(value));
  if (match === null) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

function choiceKey({ options }: QueryField): (value: unknown) => SortKey {
  if (options === undefined) return textKey;
  return (value) => {
    const text = textOf(value);
    if (text === '') return null;
    // An option that was deleted since sorts after the living ones.
    return Object.hasOwn(options, text) ? Number(options[text]?.index) : Number.MAX_SAFE_INTEGER;
  };
}

function personKey(value: unknown): SortKey {
  const code = typeof value === 'object' && value !== null && 'code' in value ? value.code : '';
  return textKey(code);
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'object' && typeof b === 'object') return compareDecimals(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}
