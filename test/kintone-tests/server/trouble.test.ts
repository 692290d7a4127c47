import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectionLost } from '../../kintone/server/faults';
import type { Kintone } from '../../kintone/server/kintone';
import { call, loadedKintone } from './fixture';

let kintone: Kintone;

beforeEach(() => {
  kintone = loadedKintone();
});

const add = () => call(kintone, 'POST', 'record', { app: 1, record: { key: { value: 'k' } } });
const size = () => kintone.store.apps.get('1')?.records.size;

describe('injected faults', () => {
  it.each([
    [{ kind: 'lock' } as const, 400, 'GAIA_DA02'],
    [{ kind: 'tooMany' } as const, 429, 'GAIA_TO04'],
    [{ kind: 'error', status: 520, code: 'GAIA_RE18' } as const, 520, 'GAIA_RE18'],
  ])('%j answers without doing anything', async (effect, status, code) => {
    kintone.faults.add({ match: {}, effect });
    const reply = await add();
    expect([reply.status, reply.body.code, reply.headers['x-cybozu-error']]).toEqual([status, code, code]);
    expect(size()).toBe(0);
    expect((await add()).status).toBe(200);
  });

  it('can answer text', async () => {
    kintone.faults.add({ match: {}, effect: { kind: 'error', status: 503, body: '<html>busy</html>' } });
    const reply = await add();
    expect([reply.status, reply.body, reply.headers['content-type']]).toEqual([
      503,
      '<html>busy</html>',
      'text/html',
    ]);
  });

  it('break the connection before or after the work', async () => {
    kintone.faults.add({ match: {}, effect: { kind: 'requestLost' } });
    await expect(add()).rejects.toMatchObject({ workDone: false });
    expect(size()).toBe(0);
    kintone.faults.add({ match: {}, effect: { kind: 'replyLost' } });
    await expect(add()).rejects.toBeInstanceOf(ConnectionLost);
    expect(size()).toBe(1);
    expect(kintone.log.list().map((entry) => [entry.status, entry.fault])).toEqual([
      [0, 'requestLost'],
      [0, 'replyLost'],
    ]);
  });

  it('deliver a request twice: the second answer counts', async () => {
    kintone.faults.add({ match: {}, effect: { kind: 'duplicate' } });
    expect((await add()).body.code).toBe('CB_VA01');
    expect(size()).toBe(1);
  });

  it('hit only what they are meant for, after letting some pass, as often as said', async () => {
    const match = { method: 'POST', path: 'bulkRequest', app: '2' };
    kintone.faults.add({ match, effect: { kind: 'lock' }, skip: 1, times: 2 });
    const bulk = (app: number) => {
      const requests = [
        {
          method: 'POST',
          api: '/k/v1/record.json',
          payload: { app, record: { customer_code: { value: `${kintone.log.list().length}` } } },
        },
      ];
      return call(kintone, 'POST', 'bulkRequest', { requests });
    };
    expect((await add()).status).toBe(200);
    const statuses: number[] = [];
    for (const app of [2, 1, 2, 2, 2]) statuses.push((await bulk(app)).status);
    expect(statuses).toEqual([200, 200, 400, 400, 200]);
    expect(kintone.faults.list()).toEqual([]);
  });
});

describe('load', () => {
  it('waits for the latency, and shows how many requests run at once', async () => {
    const waited: number[] = [];
    kintone = loadedKintone({
      sleep: async (delayMs) => {
        waited.push(delayMs);
      },
    });
    kintone.latencyMs = 40;
    kintone.faults.add({ match: {}, effect: { kind: 'delay', delayMs: 500 } });
    const replies = await Promise.all([add(), call(kintone, 'GET', 'records', { app: 1 })]);
    expect(waited).toEqual([540, 40]);
    expect(replies.map((reply) => reply.headers['x-concurrencylimit-running'])).toEqual(['1', '2']);
    expect(replies[0]?.headers['x-concurrencylimit-limit']).toBe('100');
  });

  it('refuses the 101st request at once', async () => {
    kintone = loadedKintone({ sleep: () => Promise.resolve() });
    kintone.latencyMs = 1;
    const replies = await Promise.all(
      Array.from({ length: 101 }, () => call(kintone, 'GET', 'records', { app: 1 })),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(100);
    expect(replies[100]).toMatchObject({
      status: 429,
      headers: { 'x-cybozu-error': 'GAIA_TO04', 'x-concurrencylimit-running': '101' },
    });
  });
});

describe('the request log', () => {
  it('tells who did what, and can be filtered', async () => {
    await add();
    await add();
    await call(kintone, 'GET', 'records', { app: 2 }, 'emma');
    const entries = kintone.log.list();
    expect(entries.map((entry) => [entry.user, entry.method, entry.apps, entry.status, entry.code])).toEqual([
      ['taro', 'POST', ['1'], 200, null],
      ['taro', 'POST', ['1'], 400, 'CB_VA01'],
      ['emma', 'GET', ['2'], 200, null],
    ]);
    expect(kintone.log.list({ user: 'emma' })).toHaveLength(1);
    expect(kintone.log.list({ app: '1', status: 400 })).toHaveLength(1);
    expect(kintone.log.list({ after: entries[1]!.number, path: 'records' })).toHaveLength(1);
  });

  it('counts per day, which begins at nine in Japan', async () => {
    await add();
    kintone.clock.advance(24 * 3600_000);
    await add();
    const nowMs = kintone.clock.nowMs();
    expect(kintone.log.counters(nowMs)).toEqual({ 1: 1 });
    expect(kintone.log.counters(nowMs - 24 * 3600_000)).toEqual({ 1: 1 });
  });
});

describe('who may call', () => {
  const get = (headers: Record<string, string>) => call(kintone, 'GET', 'records', { app: 1 }, headers);
  const basic = (text: string) => ({ 'x-cybozu-authorization': Buffer.from(text).toString('base64') });

  it.each([
    [{}, 401, 'CB_AU01'],
    [basic('taro:wrong'), 401, 'CB_WA01'],
    [basic('nobody:x'), 401, 'CB_WA01'],
    [{ 'x-cybozu-api-token': 'unknown' }, 400, 'GAIA_IA02'],
    [{ 'x-cybozu-api-token': 'customers-all' }, 403, 'GAIA_NO01'],
    [{ 'x-cybozu-api-token': 'orders-view' }, 200, undefined],
    [{ cookie: 'JSESSIONID=unknown', 'x-requested-with': 'XMLHttpRequest' }, 401, 'CB_AU01'],
  ])('%j answers %i %s', async (headers, status, code) => {
    const reply = await get(headers as Record<string, string>);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it('wants from a session the header and, for changes, the request token', async () => {
    const session = kintone.sessions.create(kintone.store.findUser('taro')!);
    const cookie = `a=b; JSESSIONID=${session.id}`;
    const xhr = { cookie, 'x-requested-with': 'XMLHttpRequest' };
    const params = { app: 1, record: {} };
    expect((await get({ cookie })).body.code).toBe('CB_IL02');
    expect((await get(xhr)).status).toBe(200);
    expect((await call(kintone, 'POST', 'record', params, xhr)).body.code).toBe('CB_IL02');
    const signed = { ...params, __REQUEST_TOKEN__: session.requestToken };
    expect((await call(kintone, 'POST', 'record', signed, xhr)).status).toBe(200);
    expect((await call(kintone, 'POST', 'record', signed, { cookie })).body.code).toBe('CB_IL02');
    const overridden = { ...xhr, 'x-http-method-override': 'GET' };
    expect((await get(overridden)).body.code).toBe('CB_IL02');
    kintone.sessions.delete(session.id);
    expect((await get(xhr)).body.code).toBe('CB_AU01');
  });

  it('signs what API tokens write as Administrator', async () => {
    await call(kintone, 'POST', 'record', { app: 1, record: {} }, { 'x-cybozu-api-token': 'orders-all' });
    const { record } = (await call(kintone, 'GET', 'record', { app: 1, id: 1 })).body;
    expect(record['作成者'].value.code).toBe('Administrator');
  });

  it('answers 404 to an unknown API', async () => {
    expect((await call(kintone, 'GET', 'no/such', {})).status).toBe(404);
    expect((await call(kintone, 'DELETE', 'record', {})).status).toBe(404);
  });
});
