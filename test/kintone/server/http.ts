/** Between node:http and the local kintone: bodies, query strings, uploads and answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from './params';
import type { ApiReply, ApiRequest, HttpMethod } from './types';

const maxBodyBytes = 1024 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.byteLength;
    if (size > maxBodyBytes) throw new Error('body too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

type Tree = Record<string, unknown> | unknown[];

/** Puts a value at `fields[0]`, `record[code][value]`, `ids[]` … of the parameters. */
function assign(params: Record<string, unknown>, name: string, value: string): void {
  const bracket = name.indexOf('[');
  const head = bracket < 0 ? name : name.slice(0, bracket);
  const keys = [head, ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1]!)];
  if (keys.some((key) => key === '__proto__')) return;
  let node: Tree = params;
  for (const [at, key] of keys.entries()) {
    const next = keys[at + 1];
    const slot = Array.isArray(node) && key === '' ? String(node.length) : key;
    const holder = node as Record<string, unknown>;
    if (next === undefined) {
      holder[slot] = value;
      return;
    }
    if (!Object.hasOwn(holder, slot) || typeof holder[slot] !== 'object') {
      holder[slot] = /^\d*$/.test(next) ? [] : {};
    }
    node = holder[slot] as Tree;
  }
}

/** Parameters of a query string, lists and objects in brackets included. */
export function readQueryString(search: URLSearchParams): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [name, value] of search) assign(params, name, value);
  return params;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

async function readUpload(
  body: Buffer,
  contentType: string,
): Promise<{ params: Record<string, unknown>; upload?: NonNullable<ApiRequest['upload']> }> {
  const bytes = new Uint8Array(body);
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const params: Record<string, unknown> = {};
  for (const [name, value] of form) if (typeof value === 'string') params[name] = value;
  const file = form.get('file');
  if (file === null || typeof file === 'string') return { params };
  const upload = {
    name: file.name,
    contentType: file.type || 'application/octet-stream',
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
  return { params, upload };
}

/**
 * Reads an HTTP request into a REST request. A POST with `X-HTTP-Method-Override: GET` becomes a GET with the
 * body's parameters. Null when the body is no JSON object (CB_IJ01).
 */
export async function readApiRequest(request: IncomingMessage, url: URL): Promise<ApiRequest | null> {
  const headers = headersOf(request);
  const override = headers['x-http-method-override']?.toUpperCase();
  const sentMethod = request.method ?? 'GET';
  const method = (sentMethod === 'POST' && override !== undefined ? override : sentMethod) as HttpMethod;
  const base = { method, path: url.pathname, headers };
  const fromUrl = readQueryString(url.searchParams);
  if (sentMethod === 'GET') return { ...base, params: fromUrl };
  const body = await readBody(request);
  const contentType = headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) {
    const { params, upload } = await readUpload(body, contentType);
    return upload === undefined ? { ...base, params } : { ...base, params, upload };
  }
  if (body.byteLength === 0) return { ...base, params: fromUrl };
  const json = parseJson(body.toString('utf8'));
  return isObject(json) ? { ...base, params: { ...fromUrl, ...json } } : null;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function sendReply(response: ServerResponse, reply: ApiReply): void {
  const { body } = reply;
  const payload =
    body instanceof Uint8Array ? Buffer.from(body) : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(payload) });
  response.end(payload);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendReply(response, { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body });
}
