/**
 * How busy kintone domains are, as their answers say. `@kintone/rest-api-client` hands out bodies only and takes no
 * transport of one's own, so this listens where Node itself tells of the answers to this process
 * (`http.client.response.finish`, the channel that Node's documentation lists for tools that watch requests).
 */
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Concurrency, concurrencyOf } from '../kintone/concurrency';

const CHANNEL = 'http.client.response.finish';

interface Answered {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

/** By host and port. One entry per domain that this process talks to. */
const seen = new Map<string, Concurrency>();
let isListening = false;

function note(message: unknown): void {
  const { request, response } = message as Answered;
  const found = concurrencyOf((name) => {
    const value = response.headers[name.toLowerCase()];
    return typeof value === 'string' ? value : null;
  });
  if (found !== null) seen.set(String(request.getHeader('host')), found);
}

/** What the last answer of the domain said to anybody in this process; null before the first one. */
export function domainLoad(baseUrl: string): () => Concurrency | null {
  if (!isListening) {
    isListening = true;
    subscribe(CHANNEL, note);
  }
  const { host } = new URL(baseUrl);
  return () => seen.get(host) ?? null;
}
