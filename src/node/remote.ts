/** Hosts outside kintone, from Node. */
import type { TextReply, TextRequest } from '../commands/types';
import { FailureError } from '../definition/errors';
import {
  hostUnreachable,
  MAX_REPLY_BYTES,
  REMOTE_TIMEOUT_MS,
  type RemotePort,
  replyTooLarge,
  replyTooLate,
} from '../run';

interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** The remote port over `fetch`; an answer longer than the limit is given up on the way. */
export function nodeRemote(
  send: typeof fetch = fetch,
  limits: Limits = { timeoutMs: REMOTE_TIMEOUT_MS, maxBytes: MAX_REPLY_BYTES },
): RemotePort {
  return {
    async fetchText(request, signal) {
      const timeout = AbortSignal.timeout(limits.timeoutMs);
      try {
        const response = await send(request.url, {
          method: request.method,
          headers: request.headers,
          body: request.body,
          signal: AbortSignal.any([signal, timeout]),
          // A redirect may lead to a host nobody chose, or out of https; its status is reported instead.
          redirect: 'manual',
        });
        return await replyOf(response, request, limits.maxBytes);
      } catch (error) {
        // A run that is cancelled meanwhile has its own words for this.
        if (error instanceof FailureError || signal.aborted) throw error;
        if (timeout.aborted) throw replyTooLate(request);
        throw hostUnreachable(request, causeOf(error));
      }
    },
  };
}

async function replyOf(response: Response, request: TextRequest, maxBytes: number): Promise<TextReply> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw replyTooLarge(request);
    pieces.push(decoder.decode(chunk, { stream: true }));
  }
  pieces.push(decoder.decode());
  return { status: response.status, text: pieces.join('') };
}

/** Node says only "fetch failed" and keeps the reason one level down. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
