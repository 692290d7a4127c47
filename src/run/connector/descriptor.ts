/** What a service says of itself: its fields, and the request that its rows come from. */
import * as v from 'valibot';
import type { InputHttpSettings } from '../../commands';
import { MAX_CONNECTOR_FIELDS, MAX_URL_LENGTH } from '../../commands/http-settings';
import { FailureError, fail, failure, ok, type Result } from '../../definition/errors';
import { isSafeTransport, parseUrl } from '../../definition/urls';
import { getting } from './execution';
import { MAX_ANSWER_BYTES, refusalOf, tooLarge } from './replies';
import { readWith } from './results';
import type { ConnectorTools } from './types';

export interface ServiceField {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  /** Whether `selectModel` knows what may be chosen; otherwise it is typed. */
  readonly choices: boolean;
  /** Fields that must be filled before, because what may be chosen depends on them. */
  readonly dependsOn: readonly string[];
}

/** The parts of the settings that say what is asked and how the answer is read. */
export type RequestSettings = Pick<
  InputHttpSettings,
  'url' | 'method' | 'headers' | 'bodyType' | 'body' | 'format' | 'path' | 'csvHeader' | 'csvDelimiter'
>;

export interface ServiceDescriptor {
  readonly name: string;
  readonly fields: readonly ServiceField[];
  /** `{name}` stands for the value of a field, in url and body. */
  readonly request: RequestSettings;
}

const FIELD_NAME = /^[A-Za-z][\w-]{0,63}$/;
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const field = v.object({
  name: v.pipe(v.string(), v.regex(FIELD_NAME)),
  label: v.optional(text(256), ''),
  required: v.optional(v.boolean(), false),
  choices: v.optional(v.boolean(), false),
  dependsOn: v.optional(v.pipe(v.array(text(64)), v.maxLength(MAX_CONNECTOR_FIELDS)), []),
});
const descriptor = v.object({
  name: text(256),
  fields: v.optional(v.pipe(v.array(field), v.maxLength(MAX_CONNECTOR_FIELDS)), []),
  request: v.object({
    url: text(MAX_URL_LENGTH),
    method: v.optional(v.picklist(['GET', 'POST']), 'GET'),
    headers: v.optional(
      v.pipe(v.array(v.object({ name: text(256), value: text(2000) })), v.maxLength(50)),
      [],
    ),
    bodyType: v.optional(v.picklist(['json', 'form']), 'json'),
    body: v.optional(text(65_535), ''),
    format: v.optional(v.picklist(['json', 'csv']), 'json'),
    path: v.optional(text(256), ''),
    csvHeader: v.optional(v.boolean(), true),
    csvDelimiter: v.optional(v.picklist(['comma', 'tab', 'semicolon']), 'comma'),
  }),
});

/**
 * The address of a service as it is used: with a slash at its end, without query and fragment. null: it cannot be one
 * (no https, credentials in it).
 */
export function serviceAddress(typed: string): string | null {
  const url = parseUrl(typed.trim());
  if (
    url === null ||
    !isSafeTransport(url) ||
    `${url.username}${url.password}${url.search}${url.hash}` !== ''
  )
    return null;
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/**
 * `GET {address}`. Errors: those of `Send`; `connectorDenied`, `connectorNotFound`, `connectorBroken {host, status}`,
 * `connectorUnreadable {host, at}`, `connectorStopped {host}`.
 */
export async function describeService(
  address: string,
  { send }: Pick<ConnectorTools, 'send'>,
  signal: AbortSignal,
): Promise<Result<ServiceDescriptor>> {
  const { host } = new URL(address);
  try {
    const reply = await send(getting(address), signal);
    if (reply.status !== 200) return fail(refusalOf(host, reply.status));
    if (reply.text.length > MAX_ANSWER_BYTES) return fail(tooLarge(host));
    return readDescriptor(reply.text, address);
  } catch (error) {
    if (signal.aborted) return fail(failure('connectorStopped', { host }));
    if (error instanceof FailureError) return fail(error.failure);
    throw error;
  }
}

/** Addresses in it may be relative to that of the service. Error: `connectorUnreadable {host, at}`. */
export function readDescriptor(json: string, address: string): Result<ServiceDescriptor> {
  const { host } = new URL(address);
  const unreadable = (at: string) => fail(failure('connectorUnreadable', { host, at }));
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    return unreadable('JSON');
  }
  const read = readWith(descriptor, body, host, '');
  if (!read.ok) return read;
  const { name, fields, request } = read.value;
  const names = new Set(fields.map((one) => one.name));
  if (names.size < fields.length) return unreadable('fields');
  if (fields.some(({ dependsOn }) => dependsOn.some((other) => !names.has(other)))) {
    return unreadable('fields.dependsOn');
  }
  const url = absolute(request.url, address);
  if (url === null || unknownNames(url, names)) return unreadable('request.url');
  return ok({
    name,
    fields: fields.map((one) => ({ ...one, label: one.label || one.name })),
    request: { ...request, url },
  });
}

/** Braces have to live through it: a URL escapes them in its path. */
function absolute(template: string, address: string): string | null {
  const url = URL.canParse(template, address) ? new URL(template, address) : null;
  if (url === null || !isSafeTransport(url) || url.username !== '' || url.password !== '') return null;
  return url.href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

const PLACE = /\{([A-Za-z][\w-]*)\}/g;

const unknownNames = (template: string, names: ReadonlySet<string>): boolean =>
  [...template.matchAll(PLACE)].some(([, name = '']) => !names.has(name));

/**
 * The request with the chosen values in it: percent-encoded in the URL and in forms, escaped inside the quotes of
 * JSON. What is not chosen yet is blank.
 */
export function requestWith(
  { fields, request }: Pick<ServiceDescriptor, 'fields' | 'request'>,
  values: Readonly<Record<string, string>>,
): RequestSettings {
  const names = new Set(fields.map(({ name }) => name));
  const filled = (template: string, encode: (value: string) => string): string =>
    template.replace(PLACE, (whole, name: string) => {
      if (!names.has(name)) return whole;
      return Object.hasOwn(values, name) ? encode(values[name] ?? '') : '';
    });
  const inBody = request.bodyType === 'form' ? encodeURIComponent : jsonText;
  return {
    ...request,
    url: filled(request.url, encodeURIComponent),
    body: filled(request.body, inBody),
  };
}

const jsonText = (value: string): string => JSON.stringify(value).slice(1, -1);
