/** From unknown JSON to `Settings`: guard, migrate, decode; refuse with the path of the first fault. */
import * as v from 'valibot';
import type { Failure, Result } from './errors';
import { fail, failure, ok } from './errors';
import { guardJson, parseDocument } from './json';
import { migrate } from './migrations';
import { SettingsSchema } from './schema';
import type { Settings } from './types';

/**
 * Decodes a settings document. Nothing is repaired or dropped: the first fault refuses the whole.
 * Errors: those of `guardJson` and `migrate`; `settingsUnknownKey {path}`; `settingsInvalid {path,
 * expected, received}`. `place.field` is the dotted path ("units.0.name").
 */
export function decodeSettings(json: unknown): Result<Settings> {
  const guarded = guardJson(json);
  if (!guarded.ok) return guarded;
  const migrated = migrate(guarded.value);
  if (!migrated.ok) return migrated;
  return decodeWith(SettingsSchema, migrated.value.document);
}

/** The same from text; adds the errors of `parseDocument`. */
export function decodeSettingsText(text: string): Result<Settings> {
  const parsed = parseDocument(text);
  return parsed.ok ? decodeSettings(parsed.value) : parsed;
}

/** Decodes with any schema and reports its first fault in the words of this room. */
export function decodeWith<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Result<T> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? ok(result.output) : fail(faultOf(result.issues[0]));
}

function faultOf(issue: v.BaseIssue<unknown>): Failure {
  const path = v.getDotPath(issue) ?? '';
  if (issue.kind === 'schema' && issue.type === 'strict_object' && issue.expected === 'never') {
    return failure('settingsUnknownKey', { path }, { field: path });
  }
  const params = { path, expected: issue.expected ?? issue.type, received: issue.received };
  return failure('settingsInvalid', params, { field: path });
}
