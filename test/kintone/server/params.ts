/**
 * Reads request parameters. Numbers may arrive as strings (query strings) or numbers (JSON); what is
 * missing or of the wrong shape becomes CB_VA01 with kintone's key notation.
 */
import { invalid } from './errors';

export type Params = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A whole number as number; undefined when the parameter is absent. `key` names it in errors. */
export function optionalInteger(params: Params, name: string, key = name): number | undefined {
  const value = params[name];
  if (isAbsent(value)) return undefined;
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw invalid({ key, message: 'notInteger' });
  return number;
}

export function requiredInteger(params: Params, name: string, key = name): number {
  const number = optionalInteger(params, name, key);
  if (number === undefined) throw invalid({ key, message: 'required' });
  return number;
}

/** An id: a positive whole number. */
export function requiredId(params: Params, name: string, key = name): number {
  const id = requiredInteger(params, name, key);
  if (id < 1) throw invalid({ key, message: 'badValue', params: { value: id } });
  return id;
}

export function optionalString(params: Params, name: string, key = name): string | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw invalid({ key, message: 'notString' });
  return value;
}

export function requiredString(params: Params, name: string, key = name): string {
  const text = optionalString(params, name, key);
  if (text === undefined || text === '') throw invalid({ key, message: 'required' });
  return text;
}

export function optionalBoolean(params: Params, name: string): boolean {
  return params[name] === true || params[name] === 'true';
}

export function optionalArray(params: Params, name: string, key = name): unknown[] | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalid({ key, message: 'notArray' });
  return value;
}

/** A list with at most `max` members; the limit is part of each API. */
export function requiredArray(params: Params, name: string, max: number, key = name): unknown[] {
  const list = optionalArray(params, name, key);
  if (list === undefined) throw invalid({ key, message: 'required' });
  if (list.length > max) throw invalid({ key, message: 'tooMany', params: { limit: max } });
  return list;
}

export function optionalStrings(params: Params, name: string): string[] | undefined {
  return optionalArray(params, name)?.map((value, at) => {
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') throw invalid({ key: `${name}[${at}]`, message: 'notString' });
    return value;
  });
}

export function optionalObject(
  params: Params,
  name: string,
  key = name,
): Record<string, unknown> | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalid({ key, message: 'notObject' });
  return value;
}

export function requiredObject(params: Params, name: string, key = name): Record<string, unknown> {
  const value = optionalObject(params, name, key);
  if (value === undefined) throw invalid({ key, message: 'required' });
  return value;
}

/** Element `at` of a list that must hold objects. */
export function objectAt(list: readonly unknown[], at: number, key: string): Record<string, unknown> {
  const value = list[at];
  if (!isObject(value)) throw invalid({ key: `${key}[${at}]`, message: 'notObject' });
  return value;
}
