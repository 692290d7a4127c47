/**
 * The outgoing side of the proxies. Facts: https://cybozu.dev/ja/kintone/docs/js-api/proxy/kintone-proxy/ and
 * .../plugins/set-config-for-proxy/ (merge and prefix rules).
 */
import type { ProxyConfig, ProxyMethod, ProxyReply } from '../shared';
import { isProxyMethod } from './limits';

export const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

export interface ProxyCall {
  url: string;
  method: ProxyMethod;
  headers: Record<string, string>;
  data: unknown;
}

export interface ProxyOptions {
  timeoutMs: number;
  followRedirects: boolean;
}

type ProxyError = Extract<ProxyReply, { ok: false }>['error'];

function refused(code: string, message: string): ProxyReply {
  const error: ProxyError = { code, id: `local-${code}`, message };
  return { ok: false, error };
}

/** Reads a call out of a request body; null when its parts are of wrong kinds. */
export function readCall(body: Record<string, unknown>): ProxyCall | null {
  const { url, method, headers, data } = body;
  if (typeof url !== 'string' || !isProxyMethod(method)) return null;
  const names = Object.entries((headers ?? {}) as Record<string, unknown>);
  return {
    url,
    method,
    headers: Object.fromEntries(names.map(([name, value]) => [name, String(value)])),
    data,
  };
}

/** The saved entry whose address is the longest beginning of the called one; compared with case. */
export function matchingConfig(saved: readonly ProxyConfig[], call: ProxyCall): ProxyConfig | null {
  const fitting = saved.filter(({ url, method }) => method === call.method && call.url.startsWith(url));
  return fitting.reduce<ProxyConfig | null>(
    (best, one) => (best === null || one.url.length > best.url.length ? one : best),
    null,
  );
}

function parsedObject(data: unknown): Record<string, unknown> | null {
  if (data === undefined || data === null || data === '') return {};
  if (typeof data !== 'string') return typeof data === 'object' ? (data as Record<string, unknown>) : null;
  try {
    const parsed: unknown = JSON.parse(data);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Adds saved headers and data; where both have a name, the saved one wins. A body that is no object stays as it is. */
export function merged(call: ProxyCall, saved: ProxyConfig | null): ProxyCall {
  if (saved === null) return call;
  const savedNames = new Set(Object.keys(saved.headers).map((name) => name.toLowerCase()));
  const own = Object.entries(call.headers).filter(([name]) => !savedNames.has(name.toLowerCase()));
  const headers = { ...Object.fromEntries(own), ...saved.headers };
  const object = parsedObject(call.data);
  const hasData = Object.keys(saved.data).length > 0 && object !== null;
  return { ...call, headers, data: hasData ? { ...object, ...saved.data } : call.data };
}

/** Only this machine may be reached: tests and demos must not talk to the world. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function bodyOf({ method, data }: ProxyCall): string | null {
  if (method !== 'POST' && method !== 'PUT') return null;
  if (data === undefined || data === null) return '';
  return typeof data === 'string' ? data : JSON.stringify(data);
}

async function readLimited(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const MAX_REDIRECTS = 5;

/** Where a redirect leads and how it is asked there (RFC 9110, 15.4); null when the answer is none. */
function redirected(call: ProxyCall, { status, headers }: Response): ProxyCall | null {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null || !URL.canParse(location, call.url)) {
    return null;
  }
  const url = new URL(location, call.url).href;
  const keepsMethod = status === 307 || status === 308 || call.method === 'GET';
  return keepsMethod ? { ...call, url } : { ...call, url, method: 'GET', data: undefined };
}

/** Makes the call and answers in the shape `kintone.proxy` passes on. */
export async function callOut(call: ProxyCall, options: ProxyOptions): Promise<ProxyReply> {
  return callFrom(
    call,
    options,
    AbortSignal.timeout(options.timeoutMs),
    options.followRedirects ? MAX_REDIRECTS : 0,
  );
}

async function callFrom(
  call: ProxyCall,
  options: ProxyOptions,
  signal: AbortSignal,
  redirectsLeft: number,
): Promise<ProxyReply> {
  if (!URL.canParse(call.url)) return refused('CB_VA01', 'The address is not valid.');
  const url = new URL(call.url);
  // A host that cannot be found answers 503, like any other answer of a target.
  if (!isLoopback(url)) return { ok: true, body: 'Unknown host', status: 503, headers: {} };
  try {
    const { method, headers } = call;
    // By hand, because a redirect could leave this machine.
    const response = await fetch(url, { method, headers, body: bodyOf(call), signal, redirect: 'manual' });
    const next = redirectsLeft > 0 ? redirected(call, response) : null;
    if (next !== null) return callFrom(next, options, signal, redirectsLeft - 1);
    const body = await readLimited(response);
    // The real code of this refusal is not documented; this one is ours.
    if (body === null) return refused('LOCAL_PROXY_TOO_LARGE', 'The answer is larger than 10 MB.');
    return { ok: true, body, status: response.status, headers: Object.fromEntries(response.headers) };
  } catch (cause) {
    if (signal.aborted) return refused('GAIA_PR03', 'The proxy call timed out.');
    return { ok: true, body: `Unreachable: ${String(cause)}`, status: 503, headers: {} };
  }
}
