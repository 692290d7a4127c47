/** Columns out of a JSON Schema of a row, as far as it speaks of columns. */
import * as v from 'valibot';
import type { HttpColumn } from '../../commands';
import { pathOf } from '../../commands/http-answers';
import { type Failure, fail, failure, ok, type Result } from '../../definition/errors';
import type { MetaModel } from './types';

/** Deeper objects are read as text. */
const MAX_DEPTH = 5;
const MAX_PATH_LENGTH = 256;
/** A schema that refers to itself cannot come as JSON, but a wide one can. */
const MAX_PROPERTIES = 5000;

const property = v.object({
  type: v.optional(v.union([v.string(), v.array(v.string())]), 'string'),
  format: v.optional(v.string(), ''),
  title: v.optional(v.pipe(v.string(), v.maxLength(MAX_PATH_LENGTH)), ''),
  enum: v.optional(v.array(v.unknown())),
  properties: v.optional(v.unknown()),
});
const withProperties = v.object({ properties: v.record(v.string(), v.unknown()) });
const withOut = v.object({ out: withProperties });

/** Errors: `connectorUnreadable {host, at}`, `connectorTooMany {host, limit}`. */
export function schemaColumns(result: unknown, host: string): Result<MetaModel> {
  const out = v.safeParse(withOut, result);
  const bare = v.safeParse(withProperties, result);
  const root = out.success ? out.output.out.properties : bare.success ? bare.output.properties : null;
  if (root === null) return fail(failure('connectorUnreadable', { host, at: 'result.out.properties' }));
  const columns: HttpColumn[] = [];
  let skipped = 0;
  let left = MAX_PROPERTIES;
  const add = (properties: Readonly<Record<string, unknown>>, above: readonly string[]): Failure | null => {
    for (const [key, given] of Object.entries(properties)) {
      if (left === 0) return failure('connectorTooMany', { host, limit: MAX_PROPERTIES });
      left -= 1;
      const keys = [...above, key];
      const read = v.safeParse(property, given);
      if (!read.success) return failure('connectorUnreadable', { host, at: `result.${keys.join('.')}` });
      const inner = v.safeParse(withProperties, given);
      if (inner.success && keys.length < MAX_DEPTH) {
        const fault = add(inner.output.properties, keys);
        if (fault !== null) return fault;
        continue;
      }
      const path = pathOf(keys);
      if (path === null || path.length > MAX_PATH_LENGTH) skipped += 1;
      else columns.push({ from: path, as: path, label: read.output.title, type: typeOf(read.output) });
    }
    return null;
  };
  const fault = add(root, []);
  return fault === null ? ok({ columns, skipped }) : fail(fault);
}

/**
 * Formats of JSON Schema (draft 2020-12 validation, 7.3.1). Its "time" has seconds and a zone, which times in kintone
 * have not: it is read as text.
 */
const FORMATS: Readonly<Record<string, HttpColumn['type']>> = {
  date: 'date',
  'date-time': 'datetime',
};

function typeOf(given: v.InferOutput<typeof property>): HttpColumn['type'] {
  const types = typeof given.type === 'string' ? [given.type] : given.type;
  const [first = 'string', second] = types.filter((type) => type !== 'null');
  if (second !== undefined) return 'text';
  if (first === 'number' || first === 'integer') return 'number';
  if (first !== 'string') return 'text';
  if (given.enum !== undefined) return 'choice';
  return Object.hasOwn(FORMATS, given.format) ? (FORMATS[given.format] ?? 'text') : 'text';
}
