/** JSON as data: a guard for documents from outside, and one canonical text per value. */
import type { Failure, Result } from './errors';
import { fail, failure, ok } from './errors';
import type { Json } from './types';

/** Larger than any settings kintone can hold (256 KB), small enough to parse without freezing a page. */
export const MAX_DOCUMENT_BYTES = 1024 * 1024;
/** Settings nest about 12 levels; formulas are text. Beyond this somebody is attacking the parser. */
export const MAX_DOCUMENT_DEPTH = 40;

/** Names through which a plain assignment would reach the prototype instead of the object. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses a text from outside (an imported file, a stored value).
 * Errors: `settingsTooLarge {bytes, limitBytes}`, `settingsNotJson {reason}` and those of `guardJson`.
 */
export function parseDocument(text: string): Result<Json> {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_DOCUMENT_BYTES) {
    return fail(failure('settingsTooLarge', { bytes, limitBytes: MAX_DOCUMENT_BYTES }));
  }
  let value: unknown;
  try {
    // A byte order mark is what Windows editors put before a file; JSON itself does not allow it.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail(failure('settingsNotJson', { reason: error instanceof Error ? error.message : '' }));
  }
  return guardJson(value);
}

/**
 * Accepts a value only when it is plain JSON of bearable depth and without keys that reach prototypes.
 * Errors, with the dotted path of the first fault as `place.field`: `settingsTooDeep {path, limit}`,
 * `settingsForbiddenKey {path, key}`, `settingsInvalid {path, expected, received}`.
 */
export function guardJson(value: unknown): Result<Json> {
  const fault = findFault(value, '', 0);
  return fault === null ? ok(value as Json) : fail(fault);
}

function findFault(value: unknown, path: string, depth: number): Failure | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return null;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? null : invalid(path, 'finite number', String(value));
  }
  if (typeof value !== 'object') return invalid(path, 'JSON', typeof value);
  if (depth >= MAX_DOCUMENT_DEPTH) {
    return failure('settingsTooDeep', { path, limit: MAX_DOCUMENT_DEPTH }, { field: path });
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = findFault(value[index], join(path, String(index)), depth + 1);
      if (fault !== null) return fault;
    }
    return null;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return invalid(path, 'plain object', 'object');
  for (const [key, inner] of Object.entries(value)) {
    const innerPath = join(path, key);
    if (FORBIDDEN_KEYS.has(key)) {
      return failure('settingsForbiddenKey', { path: innerPath, key }, { field: innerPath });
    }
    const fault = findFault(inner, innerPath, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

function invalid(path: string, expected: string, received: string): Failure {
  return failure('settingsInvalid', { path, expected, received }, { field: path });
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The same text for equal values whatever the order of their keys: no spaces, keys by code unit order. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
