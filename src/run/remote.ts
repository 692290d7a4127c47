/** Asking hosts outside kintone, for one run. */
import type { RunContext, TextReply, TextRequest } from '../commands/types';
import { FailureError, failure } from '../definition/errors';
import type { RemotePort } from './ports';

/** What the proxy of kintone lets through at most; the same in Node, so that a flow behaves alike. */
export const MAX_REPLY_BYTES = 10 * 1024 * 1024;
/** kintone's proxy gives up before 40 s; an answer that takes longer would not work on the page. */
export const REMOTE_TIMEOUT_MS = 40_000;

const hostOf = (request: TextRequest): string => new URL(request.url).host;

export const replyTooLarge = (request: TextRequest): FailureError =>
  new FailureError(
    failure('httpTooLarge', { host: hostOf(request), limitMegabytes: MAX_REPLY_BYTES / 1024 / 1024 }),
  );

export const replyTooLate = (request: TextRequest): FailureError =>
  new FailureError(failure('httpTimedOut', { host: hostOf(request), seconds: REMOTE_TIMEOUT_MS / 1000 }));

export const hostUnreachable = (request: TextRequest, cause: string): FailureError =>
  new FailureError(failure('httpUnreachable', { host: hostOf(request), cause }));

/**
 * Sends every request once per run: a flow that is computed a second time (after the writes of the flow before
 * it) must see the answer the preview was made from, and a POST must not be repeated.
 */
export function rememberingRemote(remote: RemotePort, signal: AbortSignal): RunContext['fetchText'] {
  const replies = new Map<string, Promise<TextReply>>();
  return (request) => {
    const key = JSON.stringify([request.method, request.url, request.headers, request.body]);
    const known = replies.get(key) ?? remote.fetchText(request, signal);
    replies.set(key, known);
    return known;
  };
}
