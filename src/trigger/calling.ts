/** What a program hands over: the calling record and the input. */
import type { InputField } from '../definition/types';
import type { KintoneRecord } from '../table';

/** The number of a record; blank without one. kintone writes record numbers of apps with a code as `CODE-12`. */
export function recordIdOf(record: KintoneRecord | null): string {
  const cell = record?.['$id'] ?? Object.values(record ?? {}).find(({ type }) => type === 'RECORD_NUMBER');
  return /(\d+)$/.exec(String(cell?.value ?? ''))?.[1] ?? '';
}

/**
 * The first name that keeps the input from fitting: misspelt (its value would get lost), required and missing,
 * or with a value that is no text. null: it fits, as far as names go; the run reads the values (`readInput`). A start
 * without a record may give values of the record's fields too, and only the run knows those.
 */
export function inputFault(
  fields: readonly Pick<InputField, 'name' | 'required' | 'defaultValue'>[],
  input: Readonly<Record<string, unknown>>,
  hasRecord: boolean,
): string | null {
  const unfit = Object.keys(input).find(
    (given) => typeof input[given] !== 'string' || (hasRecord && !fields.some(({ name }) => name === given)),
  );
  if (unfit !== undefined) return unfit;
  const missing = fields.find(
    ({ name, required, defaultValue }) => required && (input[name] ?? defaultValue) === '',
  );
  return missing?.name ?? null;
}
