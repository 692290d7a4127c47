/** Endpoints below /admin/: what tests and demos do to the local kintone itself. No login is needed. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dump } from './dump';
import { ApiError, errorBody } from './errors';
import type { Fault, FaultEffect } from './faults';
import { parseJson, readBody, readQueryString, sendJson } from './http';
import type { Kintone } from './kintone';
import { isObject, optionalInteger, optionalString, type Params } from './params';
import { sessionCookie } from './sessions';

const effectKinds = new Set(['error', 'lock', 'tooMany', 'requestLost', 'replyLost', 'duplicate', 'delay']);

function readEffect(value: unknown): FaultEffect | null {
  if (!isObject(value) || typeof value['kind'] !== 'string' || !effectKinds.has(value['kind'])) return null;
  if (value['kind'] === 'error' && typeof value['status'] !== 'number') return null;
  if (value['kind'] === 'delay' && typeof value['delayMs'] !== 'number') return null;
  return value as FaultEffect;
}

function readFault(params: Params): Fault | null {
  const effect = readEffect(params['effect']);
  const match = isObject(params['match']) ? params['match'] : {};
  if (effect === null) return null;
  const times = optionalInteger(params, 'times') ?? 1;
  return { match, effect, times, skip: optionalInteger(params, 'skip') ?? 0 };
}

type AdminHandler = (kintone: Kintone, params: Params) => unknown;

/** Wrong use of an admin endpoint: answered with status 400 and this text. */
class AdminProblem extends Error {}

const handlers: Readonly<Record<string, AdminHandler>> = {
  'POST reset': (kintone) => {
    kintone.reset();
    return {};
  },
  'POST load': (kintone, params) => {
    if (params['reset'] === true) kintone.reset();
    kintone.load(params as Dump);
    return {
      apps: [...kintone.store.apps.values()].map((app) => ({ app: app.id, records: app.records.size })),
    };
  },
  'POST latency': (kintone, params) => {
    kintone.latencyMs = optionalInteger(params, 'latencyMs') ?? 0;
    return { latencyMs: kintone.latencyMs };
  },
  'POST faults': (kintone, params) => {
    const list = Array.isArray(params['faults']) ? params['faults'] : [params];
    const faults = list.map((one: unknown) => (isObject(one) ? readFault(one) : null));
    for (const fault of faults) {
      if (fault === null) throw new AdminProblem(`effect.kind must be one of ${[...effectKinds].join(', ')}`);
      kintone.faults.add(fault);
    }
    return { faults: kintone.faults.list() };
  },
  'GET faults': (kintone) => ({ faults: kintone.faults.list() }),
  'DELETE faults': (kintone) => {
    kintone.faults.clear();
    return {};
  },
  'GET log': (kintone, params) => ({
    requests: kintone.log.list({
      user: optionalString(params, 'user'),
      method: optionalString(params, 'method'),
      path: optionalString(params, 'path'),
      app: optionalString(params, 'app'),
      status: optionalInteger(params, 'status'),
      after: optionalInteger(params, 'after'),
    }),
  }),
  'DELETE log': (kintone) => {
    kintone.log.clear();
    return {};
  },
  'GET counters': (kintone) => ({ apps: kintone.log.counters(kintone.clock.nowMs()) }),
  'DELETE counters': (kintone) => {
    kintone.log.clearCounters();
    return {};
  },
  'GET clock': (kintone) => ({ nowMs: kintone.clock.nowMs() }),
  'POST clock': (kintone, params) => {
    if (params['run'] === true) kintone.clock.set(null);
    const nowMs = optionalInteger(params, 'nowMs');
    if (nowMs !== undefined) kintone.clock.set(nowMs);
    const advanceMs = optionalInteger(params, 'advanceMs');
    if (advanceMs !== undefined) kintone.clock.advance(advanceMs);
    return { nowMs: kintone.clock.nowMs() };
  },
  'GET users': (kintone) => ({
    users: [...kintone.store.users.values()].map(({ code, name, language }) => ({ code, name, language })),
  }),
};

/** Only paths of this server may be gone to after the login: "//host" would lead elsewhere. */
function safeTarget(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/k/';
}

/** GET /admin/login?user=code&to=/k/1/: a browser session without a password, for demos and page tests. */
function login(kintone: Kintone, params: Params, response: ServerResponse): void {
  const user = kintone.store.findUser(optionalString(params, 'user') ?? '');
  if (user === undefined) {
    sendJson(response, 404, { message: 'unknown user' });
    return;
  }
  const session = kintone.sessions.create(user);
  response.writeHead(302, {
    'set-cookie': `${sessionCookie}=${session.id}; Path=/; HttpOnly; SameSite=Lax`,
    location: safeTarget(optionalString(params, 'to')),
  });
  response.end();
}

/** Answers a request below /admin/. */
export async function handleAdmin(
  kintone: Kintone,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  // Other web sites open in the same browser must not reach these endpoints.
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    sendJson(response, 403, { message: 'not for other sites' });
    return;
  }
  const name = url.pathname.slice('/admin/'.length);
  const method = request.method ?? 'GET';
  const body = method === 'GET' ? '' : (await readBody(request)).toString('utf8');
  const json = body === '' ? {} : parseJson(body);
  if (!isObject(json)) {
    sendJson(response, 400, { message: 'the body must be a JSON object' });
    return;
  }
  const params = { ...readQueryString(url.searchParams), ...json };
  if (name === 'login') {
    login(kintone, params, response);
    return;
  }
  const handler = handlers[`${method} ${name}`];
  if (handler === undefined) {
    sendJson(response, 404, { message: `no admin endpoint ${method} ${name}` });
    return;
  }
  try {
    sendJson(response, 200, handler(kintone, params));
  } catch (error) {
    if (error instanceof ApiError) sendJson(response, 400, errorBody(error, 'en'));
    else if (error instanceof Error) sendJson(response, 400, { message: error.message });
    else throw error;
  }
}
