/**
 * What the server answers to whom. No CORS headers anywhere: `kintone.proxy` calls from Cybozu's servers, and no
 * page of another origin has any business here.
 */
import { OPERATIONS, type Trigger } from '../../../trigger';
import type { Server } from '../context';
import { receiveWebhook } from '../webhook/door';
import type { Body } from './body';

export interface HttpRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** Read only where somebody wants it. */
  body(): Promise<Body>;
}

export interface HttpReply {
  readonly status: number;
  /** JSON, or text as it is. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Doors {
  readonly server: Server;
  readonly trigger: Trigger;
  readonly webhookSecret: string | null;
}

const TRIGGER = /^\/trigger\//;
const WEBHOOK = /^\/webhook\/([a-z]{14})\/([^/]+)$/;

export async function route(doors: Doors, request: HttpRequest): Promise<HttpReply> {
  const { path, method } = request;
  if (TRIGGER.test(path)) return triggerReply(doors, request);
  const webhook = WEBHOOK.exec(path);
  if (webhook !== null) return webhookReply(doors, request, webhook[1] ?? '', webhook[2] ?? '');
  const page = PAGES[path];
  if (page === undefined) return { status: 404, body: { result: 'notFound' } };
  if (method !== 'GET' && method !== 'HEAD') return notAllowed('GET, HEAD');
  return page(doors);
}

const notAllowed = (allow: string): HttpReply => ({
  status: 405,
  body: { result: 'methodNotAllowed' },
  headers: { Allow: allow },
});

const TOO_LARGE: HttpReply = {
  status: 413,
  body: { code: 413, status: 'Content Too Large', description: 'Request body is too large.' },
};

async function triggerReply({ server, trigger }: Doors, request: HttpRequest): Promise<HttpReply> {
  const body = await request.body();
  if (body.kind === 'tooLarge') return TOO_LARGE;
  const { method, path } = request;
  const reply = await trigger.handle({ method, path, body: body.kind === 'json' ? body.value : undefined });
  const operation = OPERATIONS.find((one) => path.endsWith(`/${one}`)) ?? 'other';
  server.metrics.add('nagare_trigger_requests_total', { operation, code: String(reply.httpStatus) });
  const unit = /^\/trigger\/v1\/([a-z]{14})\//.exec(path)?.[1] ?? '';
  if (reply.httpStatus >= 400) {
    const description = 'description' in reply.body ? reply.body.description : '';
    server.log('warn', 'triggerRefused', { operation, unit, code: reply.httpStatus, description });
  } else if (operation !== 'status') server.log('info', 'triggerRequest', { operation, unit });
  return { status: reply.httpStatus, body: reply.body };
}

async function webhookReply(
  { server, webhookSecret }: Doors,
  request: HttpRequest,
  unitId: string,
  secret: string,
): Promise<HttpReply> {
  if (request.method !== 'POST') return notAllowed('POST');
  const body = await request.body();
  if (body.kind === 'tooLarge') return TOO_LARGE;
  const value = body.kind === 'json' ? body.value : undefined;
  const reply = await receiveWebhook(server, webhookSecret, { unitId, secret }, value);
  return { status: reply.httpStatus, body: reply.body };
}

const PAGES: Readonly<Record<string, (doors: Doors) => Promise<HttpReply>>> = {
  /** The process answers. */
  '/healthz': async () => ({ status: 200, body: { result: 'ok' } }),
  /** It can take work: its store can be written, and it is not about to stop. */
  '/readyz': async ({ server }) => {
    if (server.drain.isStopping()) return { status: 503, body: { result: 'stopping' } };
    const trouble = await server.store.trouble();
    return trouble === null
      ? { status: 200, body: { result: 'ready' } }
      : { status: 503, body: { result: 'storeUnreachable' } };
  },
  '/metrics': async ({ server }) => {
    const { waiting, running } = await server.store.queue.counts();
    server.metrics.set('nagare_jobs', { state: 'waiting' }, waiting);
    server.metrics.set('nagare_jobs', { state: 'running' }, running);
    return {
      status: 200,
      body: server.metrics.text(),
      headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
    };
  },
};
