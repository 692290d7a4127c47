import { uniqueKeyOf } from '../../store/uniqueIndex';
import { ApiError, invalid } from '../errors';
import { optionalString, requiredObject, requiredString } from '../params';
import type { WriteScope } from './scope';

/** A checked `updateKey`: its field, its value as sent, and its comparison key. */
export interface UpdateKey {
  readonly field: string;
  readonly value: string;
  readonly key: string;
}

const maxKeyLength = 64;

/**
 * Reads the `updateKey` of an element. The field must be a text or number that prohibits duplicates, the
 * value must not be empty, and the field must not be repeated in `record` (all CB_VA01).
 */
export function readUpdateKey(
  scope: WriteScope,
  element: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, unknown>>,
  path: string,
): UpdateKey {
  const updateKey = requiredObject(element, 'updateKey', `${path}updateKey`);
  const code = requiredString(updateKey, 'field', `${path}updateKey.field`);
  const value = optionalString(updateKey, 'value', `${path}updateKey.value`) ?? '';
  const field = scope.form.fields[code];
  const fits = field?.type === 'SINGLE_LINE_TEXT' || field?.type === 'NUMBER';
  if (field === undefined || !fits || field.unique !== true) {
    throw invalid({ key: `${path}updateKey.field`, message: 'keyNotUnique' });
  }
  if (value === '') throw invalid({ key: `${path}updateKey.value`, message: 'required' });
  if (value.length > maxKeyLength) {
    const params = { limit: maxKeyLength + 1 };
    throw invalid({ key: `${path}updateKey.value`, message: 'tooLong', params });
  }
  if (Object.hasOwn(sent, code)) throw invalid({ key: `${path}updateKey.field`, message: 'keyInRecord' });
  return { field: code, value, key: uniqueKeyOf(field.type, value) };
}

/** Id of the record with that key, or undefined. */
export function findByUpdateKey(scope: WriteScope, key: UpdateKey): number | undefined {
  return scope.app.records.unique.find(key.field, key.key);
}

/** Refuses a key that an earlier element of the same request named (GAIA_IQ28). */
export class SeenKeys {
  private readonly seen = new Set<string>();

  add(key: UpdateKey): void {
    const name = `${key.field}\n${key.key}`;
    if (this.seen.has(name)) throw new ApiError('GAIA_IQ28', { value: key.value });
    this.seen.add(name);
  }
}
