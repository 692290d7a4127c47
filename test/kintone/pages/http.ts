/** Reading requests and writing answers of the pages. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Larger than any packed plug-in may be. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;

/** The whole body; rejects when it is larger than a packed plug-in may be. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Error('The request body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A JSON object from the body; an empty one when it is something else. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = (await readBody(request)).toString('utf8');
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Sends an answer that is not kept by the browser, since pages change with every edit of a test. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): true {
  response.writeHead(status, { 'Content-Type': contentType, 'Cache-Control': 'no-store', ...headers });
  response.end(body);
  return true;
}

export function sendHtml(response: ServerResponse, html: string, status = 200): true {
  return send(response, status, 'text/html; charset=utf-8', html);
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): true {
  return send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

export function redirect(
  response: ServerResponse,
  location: string,
  headers: Record<string, string> = {},
): true {
  return send(response, 302, 'text/plain; charset=utf-8', '', { Location: location, ...headers });
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
