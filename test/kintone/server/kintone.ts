/** The local kintone without HTTP: requests in, answers out. */

import { isMessageKey, type Language, languageOf, message } from '../messages';
import { MovableClock } from '../store/clock';
import { Store } from '../store/store';
import { FileReply, uploadFile } from './api/files';
import { authenticate } from './auth';
import type { ApiContext, SubCall } from './context';
import { CursorShelf } from './cursorShelf';
import { finishDueDeploys } from './deployment';
import { type Dump, loadDump } from './dump';
import { ApiError, replyBody } from './errors';
import { ConnectionLost, type FaultEffect, FaultQueue } from './faults';
import { isObject } from './params';
import { readApiPath } from './paths';
import { RequestLog } from './requestLog';
import { findHandler } from './router';
import { Sessions } from './sessions';
import type { Actor, ApiReply, ApiRequest } from './types';

export interface KintoneOptions {
  /** Where the clock stands; null or absent: it runs with real time. */
  readonly startMs?: number | null;
  /** How often GET deploy answers PROCESSING before a deploy is carried out. */
  readonly deployPolls?: number;
  /** A deploy is carried out at the latest after this time, asked for or not. */
  readonly deployMaxMs?: number;
  /** Added to every REST request. */
  readonly latencyMs?: number;
  /** Requests at once before 429 GAIA_TO04. */
  readonly concurrencyLimit?: number;
  /** How latency is waited for; tests with a clock of their own replace it. */
  readonly sleep?: (delayMs: number) => Promise<void>;
}

/** What one carried out request leaves for the log. */
interface Executed {
  readonly reply: ApiReply;
  readonly user: string | null;
  readonly apps: readonly string[];
  readonly code: string | null;
  readonly subCalls: readonly SubCall[];
}

const jsonHeaders = { 'content-type': 'application/json;charset=utf-8' };

function realSleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Apps a request names, also inside the calls of a bulkRequest; faults match on them. */
function namedApps(request: ApiRequest): string[] {
  const { app, requests } = request.params;
  const inner = Array.isArray(requests)
    ? requests.map((call) =>
        isObject(call) && isObject(call['payload']) ? call['payload']['app'] : undefined,
      )
    : [];
  return [app, ...inner].filter((one) => one !== undefined && one !== null).map(String);
}

export class Kintone {
  readonly clock: MovableClock;
  readonly sessions = new Sessions();
  readonly faults = new FaultQueue();
  readonly log = new RequestLog();
  /** Replaced by `reset`: always read it anew from here. */
  store: Store;
  /** Added to every REST request. */
  latencyMs: number;
  /** Hears of every request that was carried out or refused (twice of one that arrived twice), for tests of histories. */
  onExecuted: (request: ApiRequest, reply: ApiReply, user: string | null) => void = () => undefined;
  private cursors: CursorShelf;
  private running = 0;
  private readonly options: Required<Omit<KintoneOptions, 'latencyMs'>>;

  constructor(options: KintoneOptions = {}) {
    this.options = {
      startMs: options.startMs ?? null,
      deployPolls: options.deployPolls ?? 1,
      deployMaxMs: options.deployMaxMs ?? 3000,
      concurrencyLimit: options.concurrencyLimit ?? 100,
      sleep: options.sleep ?? realSleep,
    };
    this.latencyMs = options.latencyMs ?? 0;
    this.clock = new MovableClock(this.options.startMs);
    this.store = new Store(this.clock);
    this.cursors = new CursorShelf(this.clock);
  }

  /** Forgets everything: apps, users, sessions, faults, log. The clock goes back to where it started. */
  reset(): void {
    this.clock.set(this.options.startMs);
    this.store = new Store(this.clock);
    this.cursors = new CursorShelf(this.clock);
    this.sessions.clear();
    this.faults.clear();
    this.log.clear();
    this.log.clearCounters();
  }

  /** Adds the apps, records, users and spaces of a dump; throws, with nothing loaded, when it is wrong. */
  load(dump: Dump): void {
    loadDump(this.store, dump);
  }

  /**
   * Answers one REST request without HTTP, for tests in the same process. The body is a copy, as if it had
   * travelled, so that callers cannot reach into the store. Rejects with `ConnectionLost` when a fault breaks
   * the connection.
   */
  async request(request: ApiRequest): Promise<ApiReply> {
    const reply = await this.answer(request);
    return { ...reply, body: structuredClone(reply.body) };
  }

  /**
   * Like `request`, but the body shares objects with the store: only for turning it into text at once.
   * Latency and injected faults happen here; the work itself is done in one go, so requests never see each
   * other half done.
   */
  async answer(request: ApiRequest): Promise<ApiReply> {
    // What a page reads for itself: the real pages do not use the REST API for that, so it meets no fault,
    // latency or limit and is not logged.
    if (request.headers['x-local-page'] === '1') return this.execute(request).reply;
    this.running += 1;
    const running = this.running;
    try {
      const reply = await this.respond(request, running);
      const concurrency = {
        'x-concurrencylimit-limit': String(this.options.concurrencyLimit),
        'x-concurrencylimit-running': String(running),
        date: new Date(this.clock.nowMs()).toUTCString(),
      };
      return { ...reply, headers: { ...reply.headers, ...concurrency } };
    } finally {
      this.running -= 1;
    }
  }

  private async respond(request: ApiRequest, running: number): Promise<ApiReply> {
    const apps = namedApps(request);
    const fault = this.faults.take(request.method, request.path, apps);
    const delayMs = this.latencyMs + (fault?.kind === 'delay' ? fault.delayMs : 0);
    if (delayMs > 0) await this.options.sleep(delayMs);
    const tooMany = running > this.options.concurrencyLimit;
    const done = tooMany ? this.refuse(request, { kind: 'tooMany' }) : this.perform(request, fault);
    const lost = fault?.kind === 'requestLost' || fault?.kind === 'replyLost';
    this.log.add({
      timeMs: this.clock.nowMs(),
      user: done?.user ?? null,
      method: request.method,
      path: request.path,
      apps: done === null || done.apps.length === 0 ? [...new Set(apps)] : done.apps,
      status: lost || done === null ? 0 : done.reply.status,
      code: done?.code ?? null,
      subRequests: done?.subCalls ?? [],
      fault: fault?.kind ?? null,
    });
    if (done === null || lost) throw new ConnectionLost(done !== null);
    return done.reply;
  }

  /** Does the work as far as the fault allows; null when the request never arrived. */
  private perform(request: ApiRequest, fault: FaultEffect | null): Executed | null {
    switch (fault?.kind) {
      case 'requestLost':
        return null;
      case 'error':
      case 'lock':
      case 'tooMany':
        return this.refuse(request, fault);
      case 'duplicate':
        this.execute(request);
        return this.execute(request);
      default:
        return this.execute(request);
    }
  }

  private refuse(
    request: ApiRequest,
    fault: Extract<FaultEffect, { kind: 'error' | 'lock' | 'tooMany' }>,
  ): Executed {
    const language = languageOf(request.headers['accept-language']);
    const none = { user: null, apps: [], subCalls: [] };
    if (fault.kind === 'error') {
      const headers = {
        'content-type': fault.body === undefined ? jsonHeaders['content-type'] : 'text/html',
      };
      const code = fault.code ?? 'CB_IL02';
      const text = isMessageKey(code) ? message(code, language) : 'Injected fault.';
      const body = fault.body ?? { code, id: 'injected', message: text };
      const reply = { status: fault.status, headers: { ...headers, 'x-cybozu-error': code }, body };
      return { ...none, reply, code };
    }
    const error = new ApiError(fault.kind === 'lock' ? 'GAIA_DA02' : 'GAIA_TO04');
    return { ...none, reply: this.errorReply(error, language), code: error.code };
  }

  /** Authenticates, finds the API and carries it out in one transaction. */
  private execute(request: ApiRequest): Executed {
    finishDueDeploys(this.store);
    const touched = new Set<string>();
    const subCalls: SubCall[] = [];
    let actor: Actor | null = null;
    let reply: ApiReply;
    let code: string | null = null;
    try {
      actor = authenticate(this.store, this.sessions, request);
      const body = this.carryOut(request, actor, touched, subCalls);
      reply =
        body instanceof FileReply
          ? { status: 200, headers: body.headers, body: body.bytes }
          : { status: 200, headers: jsonHeaders, body };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      code = error.code;
      const language = actor?.user.language ?? request.headers['accept-language'];
      reply = this.errorReply(error, languageOf(language));
    }
    this.onExecuted(request, reply, actor?.user.code ?? null);
    return { reply, user: actor?.user.code ?? null, apps: [...touched], code, subCalls };
  }

  private carryOut(request: ApiRequest, actor: Actor, touched: Set<string>, subCalls: SubCall[]): unknown {
    const path = readApiPath(request.path);
    if (path === null) throw new ApiError('CB_NF01');
    const context: ApiContext = {
      store: this.store,
      cursors: this.cursors,
      options: this.options,
      actor,
      guestSpaceId: path.guestSpaceId,
      preview: path.preview,
      touched,
      subCalls,
    };
    if (request.method === 'POST' && path.name === 'file') return uploadFile(context, request.upload);
    const handler = findHandler(request.method, path.name, path.preview);
    if (handler === undefined) throw new ApiError('CB_NF01');
    const body = this.store.undo.transaction(() => handler(context, request.params));
    for (const id of touched) this.store.apps.get(id)?.records.compact();
    return body;
  }

  private errorReply(error: ApiError, language: Language): ApiReply {
    const headers = { ...jsonHeaders, 'x-cybozu-error': error.code };
    return { status: error.status, headers, body: replyBody(error, language) };
  }
}

export function createKintone(options: KintoneOptions = {}): Kintone {
  return new Kintone(options);
}
