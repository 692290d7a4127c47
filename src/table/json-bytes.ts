/** Finding one's way in UTF-8 JSON without building what it says. */
import { decodeUtf8 } from './byte-texts';

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

/** The bytes are not the JSON that is expected here. */
export class JsonBytesError extends Error {}

/** Position of the first byte at or after `at` that is no whitespace; the length of the bytes when there is none. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while (next < bytes.length) {
    const byte = bytes[next] as number;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    next++;
  }
  return next;
}

/** Position after `byte`, which must come next but for whitespace. Throws JsonBytesError. */
export function expectByte(bytes: Uint8Array, at: number, byte: number): number {
  const found = skipSpace(bytes, at);
  if (found >= bytes.length || bytes[found] !== byte) throw new JsonBytesError(`unexpected byte at ${found}`);
  return found + 1;
}

/**
 * Position after the JSON value that starts at `at`. Only quotes and brackets are followed: whether all
 * between them is JSON shows when the value is parsed (`parseSlice`). Throws JsonBytesError at the end of the bytes.
 */
export function endOfValue(bytes: Uint8Array, at: number): number {
  let depth = 0;
  let next = at;
  while (next < bytes.length) {
    const byte = bytes[next] as number;
    if (byte === QUOTE) next = endOfString(bytes, next);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      next++;
      continue;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return next;
      depth--;
      next++;
    } else if (depth === 0 && (byte === COMMA || byte <= 0x20)) {
      return next;
    } else {
      next++;
      continue;
    }
    if (depth === 0) return next;
  }
  throw new JsonBytesError('the answer ends within a value');
}

function endOfString(bytes: Uint8Array, quote: number): number {
  let next = quote + 1;
  while (next < bytes.length) {
    const byte = bytes[next] as number;
    if (byte === QUOTE) return next + 1;
    next += byte === BACKSLASH ? 2 : 1;
  }
  throw new JsonBytesError('the answer ends within a text');
}

/** The JSON value of a slice. Throws JsonBytesError when it is no JSON or no UTF-8. */
export function parseSlice(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes, start, end));
  } catch {
    throw new JsonBytesError(`no JSON at ${start}`);
  }
}
