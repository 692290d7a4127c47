/** The local kintone on a port: REST API, admin endpoints, and the routes mounted beside them. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { languageOf } from '../messages';
import { handleAdmin } from './admin';
import { ApiError, errorBody } from './errors';
import { ConnectionLost } from './faults';
import { readApiRequest, sendJson, sendReply } from './http';
import { createKintone, type Kintone, type KintoneOptions } from './kintone';
import { isRestPath } from './paths';
import type { RouteHandler } from './types';

export interface ServerOptions {
  readonly kintone: Kintone;
  /** Asked in order for every URL that is not REST, before the plain endpoints of this server. */
  readonly extraRoutes?: readonly RouteHandler[];
}

/** kintone refuses longer addresses before its own code sees them; clients must send such a GET as POST. */
const maxUrlLength = 8192;

async function handleRest(
  kintone: Kintone,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if ((request.url ?? '').length > maxUrlLength) {
    response.writeHead(414, { 'content-type': 'text/html' }).end('<h1>414 Request-URI Too Large</h1>');
    return;
  }
  const apiRequest = await readApiRequest(request, url);
  if (apiRequest === null) {
    const error = new ApiError('CB_IJ01');
    sendJson(response, error.status, errorBody(error, languageOf(request.headers['accept-language'])));
    return;
  }
  try {
    sendReply(response, await kintone.answer(apiRequest));
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    response.destroy();
  }
}

async function handle(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { kintone } = options;
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (isRestPath(url.pathname)) return handleRest(kintone, request, response, url);
  // Before the admin endpoints: the pages bring some of their own.
  const session = kintone.sessions.fromCookieHeader(request.headers.cookie);
  for (const route of options.extraRoutes ?? []) {
    if (await route(request, response, url, session)) return;
  }
  if (url.pathname.startsWith('/admin/')) return handleAdmin(kintone, request, response, url);
  sendJson(response, 404, { message: 'not found' });
}

/** An HTTP server that is not listening yet. */
export function createServer(options: ServerOptions): Server {
  const server = createHttpServer((request, response) => {
    handle(options, request, response).catch((error: unknown) => {
      // A bug of the local kintone itself: tell it loudly, as kintone's "unexpected error" status.
      console.error(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 520, { code: 'LOCAL_BUG', id: 'bug', message: String(error) });
    });
  });
  // Browsers silently repeat a request when a reused connection breaks, which would hide lost replies.
  server.maxRequestsPerSocket = 1;
  return server;
}

export interface RunningServer {
  /** `http://localhost:<port>`: the only name for which rest-api-client accepts plain http. */
  readonly url: string;
  readonly kintone: Kintone;
  close(): Promise<void>;
}

/** Starts a local kintone; `port` 0 or absent takes a free one. */
export async function startServer(
  options: KintoneOptions & {
    readonly port?: number;
    readonly host?: string;
    readonly kintone?: Kintone;
    readonly extraRoutes?: readonly RouteHandler[];
  } = {},
): Promise<RunningServer> {
  const kintone = options.kintone ?? createKintone(options);
  const server = createServer({ kintone, extraRoutes: options.extraRoutes ?? [] });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`,
    kintone,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
