import type { IncomingMessage } from 'node:http';

/** A kintone record as text is far below; kintone's own requests end at 50 MB, ours need not. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Not JSON, or not said to be. */
  | { readonly kind: 'other' }
  | { readonly kind: 'tooLarge' };

/** Reads a body that says it is JSON. Rejects when the connection breaks. */
export async function readBody(request: IncomingMessage, limitBytes = MAX_BODY_BYTES): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return { kind: 'tooLarge' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) return { kind: 'tooLarge' };
    chunks.push(chunk);
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return { kind: 'other' };
  try {
    // fatal: bytes that are no UTF-8 are no JSON.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'other' };
  }
}
