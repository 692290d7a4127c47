/** What the three methods return, read as data from outside. */
import * as v from 'valibot';
import { HTTP_TYPES, type HttpColumn } from '../../commands';
import { MAX_CONNECTOR_VALUE_LENGTH } from '../../commands/http-settings';
import { freeName } from '../../commands/problem-list';
import { fail, failure, ok, type Result } from '../../definition/errors';
import { MAX_WORDS_LENGTH } from './envelope';
import { schemaColumns } from './json-schema';
import type { Choice, MetaModel, Verified } from './types';

/** More are no help to whoever has to choose. */
export const MAX_CHOICES = 2000;
/** As many as the settings can hold. */
export const MAX_COLUMNS = 1000;
const MAX_NAME_LENGTH = 256;

const name = v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH));
/** Services write ids as numbers too. */
const scalar = v.pipe(
  v.union([v.string(), v.number(), v.boolean()]),
  v.transform(String),
  v.maxLength(MAX_CONNECTOR_VALUE_LENGTH),
);

const verified = v.object({ verified: v.boolean(), reason: v.optional(v.string(), '') });
const choiceList = v.array(v.object({ value: scalar, label: v.optional(scalar) }));
const choiceTexts = v.record(v.pipe(v.string(), v.maxLength(MAX_CONNECTOR_VALUE_LENGTH)), scalar);
const columnList = v.object({
  columns: v.array(
    v.object({
      from: name,
      as: v.optional(name),
      label: v.optional(name, ''),
      type: v.optional(v.picklist(HTTP_TYPES), 'text'),
    }),
  ),
});

/**
 * Reads with a schema. Error: `connectorUnreadable {host, at}`, `at` being the dotted path of the first fault in the
 * result.
 */
export function readWith<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  host: string,
  root: string,
): Result<T> {
  const read = v.safeParse(schema, value, { abortEarly: true });
  if (read.success) return ok(read.output);
  const path = v.getDotPath(read.issues[0]);
  return fail(failure('connectorUnreadable', { host, at: [root, path].filter(Boolean).join('.') }));
}

/** `{verified, reason?}`. */
export function readVerified(result: unknown, host: string): Result<Verified> {
  const read = readWith(verified, result, host, 'result');
  if (!read.ok) return read;
  return ok({ verified: read.value.verified, reason: read.value.reason.slice(0, MAX_WORDS_LENGTH) });
}

/**
 * A list of `{value, label?}`, or, as the components of elastic.io answer, an object with a label for each value.
 * A value that comes twice is one choice. Errors: `connectorUnreadable`, `connectorTooMany {host, limit}`.
 */
export function readChoices(result: unknown, host: string): Result<readonly Choice[]> {
  const read: Result<readonly (readonly [string, string | undefined])[]> = Array.isArray(result)
    ? mapped(readWith(choiceList, result, host, 'result'), (list) =>
        list.map(({ value, label }) => [value, label] as const),
      )
    : mapped(readWith(choiceTexts, result, host, 'result'), (texts) => Object.entries(texts));
  if (!read.ok) return read;
  const byValue = new Map<string, Choice>();
  for (const [value, label] of read.value) {
    if (!byValue.has(value))
      byValue.set(value, { value, label: (label || value).slice(0, MAX_NAME_LENGTH), count: null });
  }
  if (byValue.size > MAX_CHOICES) return fail(failure('connectorTooMany', { host, limit: MAX_CHOICES }));
  return ok([...byValue.values()]);
}

/**
 * `{columns: [{from, as?, label?, type?}]}`, or a JSON Schema of a row: `{out: {properties}}` as the components of
 * elastic.io answer, or `{properties}`. Names that come twice get a number.
 * Errors: `connectorUnreadable`, `connectorTooMany {host, limit}`.
 */
export function readMetaModel(result: unknown, host: string): Result<MetaModel> {
  const read: Result<MetaModel> =
    typeof result === 'object' && result !== null && Object.hasOwn(result, 'columns')
      ? mapped(readWith(columnList, result, host, 'result'), ({ columns }) => ({
          columns: columns.map(({ as, ...column }) => ({ ...column, as: as || column.from || 'value' })),
          skipped: 0,
        }))
      : schemaColumns(result, host);
  if (!read.ok) return read;
  const { columns, skipped } = read.value;
  if (columns.length > MAX_COLUMNS) return fail(failure('connectorTooMany', { host, limit: MAX_COLUMNS }));
  return ok({ columns: withFreeNames(columns), skipped });
}

/** "_1000": what a name that is taken gets behind it. */
const NUMBER_LENGTH = 5;

/** Names that are taken get a number behind them. */
export function withFreeNames(columns: readonly HttpColumn[]): readonly HttpColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    const as = freeName(taken, column.as.slice(0, MAX_NAME_LENGTH - NUMBER_LENGTH));
    taken.add(as);
    return { ...column, as };
  });
}

const mapped = <T, U>(read: Result<T>, map: (value: T) => U): Result<U> =>
  read.ok ? ok(map(read.value)) : read;
