/** What answers of a service say besides their body. */
import { type Failure, failure } from '../../definition/errors';
import type { SentReply } from './types';

/** Choices and columns are small; what is larger is something else. In UTF-16 units. */
export const MAX_ANSWER_BYTES = 1024 * 1024;

/** Names of headers have no case (RFC 9110, 5.1), and proxies write them as they like. */
export function headerOf({ headers }: Pick<SentReply, 'headers'>, name: string): string | undefined {
  return Object.entries(headers).find(([known]) => known.toLowerCase() === name)?.[1];
}

export const tooLarge = (host: string): Failure =>
  failure('httpTooLarge', { host, limitMegabytes: MAX_ANSWER_BYTES / 1024 / 1024 });

/** Seconds or a date (RFC 9110, 10.2.3); null when the service does not say. */
export function retryAfterMs(reply: SentReply, nowMs: number): number | null {
  const text = headerOf(reply, 'retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

/** A status that no step of the protocol has a use for. */
export function refusalOf(host: string, status: number): Failure {
  const params = { host, status: String(status) };
  if (status === 401 || status === 403) return failure('connectorDenied', params);
  if (status === 404 || status === 405 || status === 410) return failure('connectorNotFound', params);
  return failure('connectorBroken', params);
}
