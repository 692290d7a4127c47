/**
 * Older documents become current ones step by step. A step receives its own deep copy, so neither the
 * caller's document nor the result of an earlier step changes under anybody's feet.
 */
import { QUIET_UNIT } from './create';
import type { Result } from './errors';
import { fail, failure, ok } from './errors';
import { CURRENT_VERSION } from './schema';
import type { Json, JsonObject } from './types';

/** Turns a document of version n into one of version n + 1, including its `version`. */
export type Migration = (document: JsonObject) => JsonObject;

/** Keyed by the version it starts from. Version 1 is the first that was ever published. */
export const MIGRATIONS: ReadonlyMap<number, Migration> = new Map([[1, toVersion2]]);

/**
 * Version 2 has more ways to start a unit and more rules for its runs. Each flow
 * was its own all or nothing, and stays so.
 */
function toVersion2(document: JsonObject): JsonObject {
  const { units } = document;
  if (!Array.isArray(units)) return { ...document, version: 2, holidays: [] };
  return { ...document, version: 2, holidays: [], units: units.map(unitOfVersion2) };
}

/** A unit that is no object is left for the schema to refuse. */
function unitOfVersion2(unit: Json): Json {
  return unit === null || typeof unit !== 'object' || Array.isArray(unit)
    ? unit
    : { ...QUIET_UNIT, atomicity: 'flow', ...unit };
}

export interface Migrated {
  readonly document: JsonObject;
  readonly fromVersion: number;
}

/**
 * Brings a document to `target`.
 * Errors: `settingsInvalid` when it is no object or has no version, `settingsVersionNewer {version,
 * supported}` when a newer Nagare wrote it, `settingsVersionUnknown {version}` when no step starts there.
 */
export function migrate(
  input: Json,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
  target: number = CURRENT_VERSION,
): Result<Migrated> {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) {
    const received = input === null ? 'null' : Array.isArray(input) ? 'Array' : typeof input;
    return fail(failure('settingsInvalid', { path: '', expected: 'Object', received }, { field: '' }));
  }
  let document = input as JsonObject;
  const version = document['version'];
  if (typeof version !== 'number' || !Number.isInteger(version)) {
    const received = version === undefined ? 'undefined' : JSON.stringify(version);
    return fail(
      failure('settingsInvalid', { path: 'version', expected: 'integer', received }, { field: 'version' }),
    );
  }
  if (version > target) {
    return fail(failure('settingsVersionNewer', { version, supported: target }, { field: 'version' }));
  }
  for (let current = version; current < target; current++) {
    const step = migrations.get(current);
    if (step === undefined) {
      return fail(failure('settingsVersionUnknown', { version: current }, { field: 'version' }));
    }
    document = step(structuredClone(document));
  }
  return ok({ document, fromVersion: version });
}
