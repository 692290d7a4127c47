/** Node's own HTTP server around `route`. TLS is the business of a proxy in front. */
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../log';
import { readBody } from './body';
import { type Doors, type HttpReply, route } from './routes';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 256;

export interface Listener {
  readonly address: { readonly host: string; readonly port: number };
  /** Takes no new request; resolves when the ones on their way have been answered. */
  close(): Promise<void>;
}

/** Rejects when the address cannot be had. `port` 0: a free one. */
export async function listen(
  doors: Doors,
  address: { readonly host: string; readonly port: number },
  log: Log,
): Promise<Listener> {
  const http = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS });
  http.maxConnections = MAX_CONNECTIONS;
  http.on('request', (request, response) => {
    answer(doors, request)
      .catch((error: unknown): HttpReply => {
        log('error', 'requestFailed', { reason: error instanceof Error ? error.message : String(error) });
        return { status: 500, body: { result: 'error' } };
      })
      .then((reply) => send(response, reply, request.method === 'HEAD'));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(address.port, address.host, resolve);
  });
  const { port } = http.address() as AddressInfo;
  return { address: { host: address.host, port }, close: () => close(http) };
}

async function answer(doors: Doors, request: IncomingMessage): Promise<HttpReply> {
  return route(doors, {
    method: request.method ?? '',
    path: (request.url ?? '/').split('?')[0] ?? '/',
    body: () => readBody(request),
  });
}

function send(response: ServerResponse, reply: HttpReply, isHead: boolean): void {
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    // What was left unread of a body that is too large would be taken for the next request.
    ...(reply.status === 413 ? { Connection: 'close' } : {}),
    ...reply.headers,
  });
  response.end(isHead ? undefined : text);
}

function close(http: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
  });
}
