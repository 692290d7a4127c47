/** From settings to a request: what may be called, and values that cannot change where it goes. */
import { FailureError, failure } from '../definition/errors';
import { isSafeTransport, parseUrl } from '../definition/urls';
import type { HttpHeader, InputHttpSettings } from './http-settings';
import { type ProblemList, problemList } from './problem-list';
import { checkTemplate, fillTemplate, templateParts } from './text-template';
import type { ParameterSpec, RunContext, TextRequest } from './types';

/** Headers that carry secrets or that a page may not set. */
const FORBIDDEN_HEADER =
  /^(authorization|cookie|proxy-.*|host|content-length|x-cybozu-.*|.*api[-_]?key.*|.*token.*|.*secret.*)$/i;
/** RFC 9110: a token; values are visible ASCII, so that nothing can start a new line. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;

/** Where the host ends and parameters may begin. */
const ORIGIN = /^https?:\/\/[^/?#]+/i;

/** The host of a URL for messages; the rest may hold personal data. */
export const hostOf = (url: string): string => parseUrl(url)?.host ?? '';

/**
 * Adds to `list`: `httpUrlMissing`, `httpUrlInvalid` (no URL, or not https), `httpUrlCredentials`,
 * `httpParameterInHost`, `httpHeaderInvalid {name}`, `httpHeaderSecret {name}`, and the problems of `checkTemplate`.
 */
export function checkRequest(
  settings: InputHttpSettings,
  parameters: readonly ParameterSpec[],
  list: ProblemList,
): void {
  checkUrl(settings.url, parameters, list);
  if (settings.method === 'POST') checkTemplate(settings.body, parameters, 'body', list);
  settings.headers.forEach(({ name, value }, index) => {
    if (!HEADER_NAME.test(name)) list.error('httpHeaderInvalid', { name }, `headers.${index}.name`);
    else if (!HEADER_VALUE.test(value)) list.error('httpHeaderInvalid', { name }, `headers.${index}.value`);
    if (FORBIDDEN_HEADER.test(name)) list.error('httpHeaderSecret', { name }, `headers.${index}.name`);
  });
}

function checkUrl(template: string, parameters: readonly ParameterSpec[], list: ProblemList): void {
  if (template.trim() === '') {
    list.error('httpUrlMissing', {}, 'url');
    return;
  }
  const known = new Set(parameters.map((spec) => spec.name));
  const parts = templateParts(template, (name) => known.has(name));
  const [first] = parts;
  const isFixed = parts.length === 1 && first?.kind === 'text';
  const beginning = first?.kind === 'text' ? first.text : '';
  if (!isFixed && !/^https?:\/\/[^/?#]+[/?#]/i.test(beginning)) {
    list.error('httpParameterInHost', {}, 'url');
    return;
  }
  const url = parseUrl(parts.map((part) => (part.kind === 'text' ? part.text : 'x')).join(''));
  if (!url || !isSafeTransport(url)) list.error('httpUrlInvalid', {}, 'url');
  else if (url.username !== '' || url.password !== '') list.error('httpUrlCredentials', {}, 'url');
  checkTemplate(template, parameters, 'url', list);
}

/**
 * The longest part of the URL that no value changes, with its end made sure of: up to the question mark, to the
 * whole address without one, or to the last slash before a parameter. Secrets are kept for URLs that begin so. Null
 * while the URL is not usable.
 */
export function secretPrefix(template: string, known: readonly ParameterSpec[]): string | null {
  const names = new Set(known.map((spec) => spec.name));
  const [first, ...rest] = templateParts(template.trim(), (name) => names.has(name));
  const fixed = first?.kind === 'text' ? first.text : '';
  const url = parseUrl(fixed);
  const isComplete = rest.length === 0 || /^https?:\/\/[^/?#]+[/?#]/i.test(fixed);
  if (!url || !isSafeTransport(url) || !isComplete || url.username !== '' || url.password !== '') return null;
  const [path = ''] = url.href.split(/[?#]/);
  if (url.href.includes('?')) return `${path}?`;
  return rest.length === 0 ? path : path.slice(0, path.lastIndexOf('/') + 1);
}

/**
 * The request with the values of the run: percent-encoded in the URL and in forms, escaped inside the quotes of
 * JSON. Throws what `fillTemplate` throws, and `httpUrlInvalid` when a value would lead to another path ("..").
 */
export function httpRequest(settings: InputHttpSettings, context: RequestContext): TextRequest {
  const url = fillTemplate(settings.url.trim(), context, encodeURIComponent);
  const target = parseUrl(url);
  if (!target || !isSafeTransport(target) || hasDotSegment(url)) {
    throw new FailureError(failure('httpUrlInvalid', {}, { ...context.place, field: 'url' }));
  }
  const headers = headersOf(settings.headers);
  if (settings.method === 'GET') return { url: target.href, method: 'GET', headers, body: null };
  const contentType = Object.keys(headers).find((name) => name.toLowerCase() === 'content-type');
  const body = fillTemplate(
    settings.body,
    context,
    settings.bodyType === 'form' ? encodeURIComponent : jsonText,
  );
  return {
    url: target.href,
    method: 'POST',
    headers:
      contentType === undefined ? { ...headers, 'Content-Type': CONTENT_TYPES[settings.bodyType] } : headers,
    body,
  };
}

/** What a request needs to know of a run. */
export type RequestContext = Pick<RunContext, 'parameter' | 'parameters' | 'place'>;

/** The same outside of a run; null while there is something wrong with the settings or the values. */
export function requestOf(settings: InputHttpSettings, context: RequestContext): TextRequest | null {
  const list = problemList(context.place);
  checkRequest(settings, context.parameters, list);
  if (list.hasErrors) return null;
  try {
    return httpRequest(settings, context);
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
}

const CONTENT_TYPES: Readonly<Record<InputHttpSettings['bodyType'], string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
};

const headersOf = (headers: readonly HttpHeader[]): Readonly<Record<string, string>> =>
  Object.fromEntries(headers.map(({ name, value }) => [name, value]));

const jsonText = (value: string): string => JSON.stringify(value).slice(1, -1);

/** "." and ".." take a URL to another place, also when written with %2e (WHATWG URL, 4.4). */
function hasDotSegment(url: string): boolean {
  const [path = ''] = url.replace(ORIGIN, '').split(/[?#]/);
  return path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
