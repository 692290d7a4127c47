/**
 * `kintone.api` and its companions: REST with the session of the logged-in user.
 * Facts: https://cybozu.dev/ja/kintone/docs/js-api/api/
 */
import { pageRequestHeader } from '../shared';
import { bootstrap } from './page';

type Params = Record<string, unknown>;
type Callback = (value: unknown) => void;

/** A GET whose URL would be longer than this goes out as POST with `X-HTTP-Method-Override: GET`. */
const LONGEST_GET_URL_CHARS = 4096;

function flatten(name: string, value: unknown, into: URLSearchParams): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) flatten(`${name}[${index}]`, item, into);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(`${name}.${key}`, inner, into);
  } else if (value !== null && value !== undefined) {
    into.append(name, String(value));
  }
}

function queryString(params: Params): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) flatten(name, value, search);
  // kintone's clients encode a blank as %20; "+" would be a plus sign to some of its endpoints.
  return search.toString().replaceAll('+', '%20');
}

/**
 * Absolute URL of a REST path; `.json` is added when missing.
 * The second argument asks for the guest space form, which this kintone's pages never are in.
 */
export function url(path: string, _isGuestSpace?: boolean): string {
  const absolute = new URL(path, location.origin).href;
  return absolute.endsWith('.json') ? absolute : `${absolute}.json`;
}

/** The same with parameters in the query string. */
export function urlForGet(path: string, params: Params = {}, isGuestSpace?: boolean): string {
  const search = queryString(params);
  return search === '' ? url(path, isGuestSpace) : `${url(path, isGuestSpace)}?${search}`;
}

async function parse(response: Response): Promise<unknown> {
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/**
 * One REST call.
 * @returns the parsed answer; rejects with the parsed error body, or with its text when a gateway answered
 *   something that is not JSON, or with '' when nothing came back (the last two are not documented).
 */
async function call(path: string, method: string, params: Params, isOfPage: boolean): Promise<unknown> {
  const target = url(path);
  const verb = method.toUpperCase();
  const headers: Record<string, string> = { 'X-Requested-With': 'XMLHttpRequest' };
  if (isOfPage) headers[pageRequestHeader] = '1';
  const init: RequestInit = { method: verb, headers, credentials: 'same-origin' };
  let address = target;
  if (verb === 'GET' && urlForGet(target, params).length <= LONGEST_GET_URL_CHARS) {
    address = urlForGet(target, params);
  } else {
    if (verb === 'GET') {
      init.method = 'POST';
      headers['X-HTTP-Method-Override'] = 'GET';
    }
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify({ ...params, __REQUEST_TOKEN__: bootstrap.requestToken });
  }
  let response: Response;
  try {
    response = await fetch(address, init);
  } catch {
    return Promise.reject('');
  }
  const body = await parse(response);
  return response.ok ? body : Promise.reject(body);
}

/** A REST call made by the page itself. */
export async function request<T>(path: string, method: string, params: Params): Promise<T> {
  return (await call(path, method, params, true)) as T;
}

/** `kintone.api`: a promise, or nothing when callbacks are given. */
export function api(
  path: string,
  method: string,
  params: Params = {},
  callback?: Callback,
  errback?: Callback,
): Promise<unknown> | undefined {
  const answer = call(path, method, params, false);
  if (callback === undefined && errback === undefined) return answer;
  answer.then(
    (value) => callback?.(value),
    (error) => errback?.(error),
  );
  return undefined;
}

/** How many REST calls of the domain run now and how many may; kintone tells it in the headers of any answer. */
export async function getConcurrencyLimit(): Promise<{ limit: number; running: number }> {
  const response = await fetch(urlForGet('/k/v1/apps', { limit: 1 }), {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  return {
    limit: Number(response.headers.get('X-ConcurrencyLimit-Limit')),
    running: Number(response.headers.get('X-ConcurrencyLimit-Running')),
  };
}

/** A call of one of the page's own endpoints; answers its JSON, rejects with the error body. */
export async function postPage<T>(path: string, body: Params): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
    body: JSON.stringify({ ...body, __REQUEST_TOKEN__: bootstrap.requestToken }),
  });
  const parsed = await parse(response);
  return response.ok ? (parsed as T) : Promise.reject(parsed);
}

/** What an error of `kintone.api` says to a person. */
export function errorText(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error === null || typeof error !== 'object') return String(error);
  const { message, errors } = error as {
    message?: string;
    errors?: Record<string, { messages: string[] }>;
  };
  const details = Object.entries(errors ?? {}).map(([key, { messages }]) => `${key}: ${messages.join(' ')}`);
  return [message ?? JSON.stringify(error), ...details].join('\n');
}
