import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readQueryString } from '../../kintone/server/http';
import { type RunningServer, startServer } from '../../kintone/server/server';
import { type Body, dump, startMs } from './fixture';

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({
    startMs,
    extraRoutes: [
      (_request, response, url, session) => {
        if (url.pathname !== '/k/page') return false;
        response.end(`page of ${session?.user.code ?? 'nobody'}`);
        return true;
      },
    ],
  });
});

afterAll(() => server.close());

beforeEach(() => {
  server.kintone.reset();
  server.kintone.load(structuredClone(dump));
});

const auth = { 'X-Cybozu-Authorization': Buffer.from('taro:taro-pw').toString('base64') };

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init: RequestInit = { method, headers: { ...headers }, redirect: 'manual' };
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${server.url}${path}`, init);
  const text = await response.text();
  const json: Body = text.startsWith('{') ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: json };
}

describe('query strings', () => {
  it.each([
    ['app=1&query=a%20%3D%201', { app: '1', query: 'a = 1' }],
    ['fields[0]=a&fields[1]=b', { fields: ['a', 'b'] }],
    ['fields[]=a&fields[]=b', { fields: ['a', 'b'] }],
    ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
    ['__proto__[x]=1&a=2', { a: '2' }],
  ])('%s', (text, params) => {
    expect(readQueryString(new URLSearchParams(text))).toEqual(params);
  });
});

describe('over HTTP', () => {
  it('answers JSON with the concurrency headers', async () => {
    const reply = await send('GET', '/k/v1/records.json?app=1', undefined, auth);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ records: [], totalCount: null });
    expect(reply.headers.get('x-concurrencylimit-limit')).toBe('100');
    expect(Date.parse(reply.headers.get('date') ?? '')).toBe(startMs - (startMs % 1000));
    expect(reply.headers.get('x-concurrencylimit-running')).toBe('1');
  });

  it('refuses bodies that are no JSON', async () => {
    const reply = await send('POST', '/k/v1/record.json', '{"app":', auth);
    expect([reply.status, reply.body.code]).toEqual([400, 'CB_IJ01']);
  });

  it('takes a GET that travels as POST', async () => {
    const headers = { ...auth, 'X-HTTP-Method-Override': 'GET' };
    const body = { app: 2, fields: ['name'], query: 'order by $id asc', totalCount: true };
    const reply = await send('POST', '/k/v1/records.json', body, headers);
    expect(reply.body.totalCount).toBe('2');
    expect(reply.body.records[0]).toEqual({ name: { type: 'SINGLE_LINE_TEXT', value: '青山' } });
  });

  it('refuses addresses beyond 8 KB, with a text', async () => {
    const query = encodeURIComponent(`key in ("${'k'.repeat(8200)}")`);
    const reply = await send('GET', `/k/v1/records.json?app=1&query=${query}`, undefined, auth);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([414, 'text/html']);
  });

  it('deletes by query string and by body', async () => {
    const byUrl = await send('DELETE', '/k/v1/records.json?app=2&ids[0]=1', undefined, auth);
    const byBody = await send('DELETE', '/k/v1/records.json', { app: 2, ids: [2] }, auth);
    expect([byUrl.body, byBody.body]).toEqual([{}, {}]);
    expect(server.kintone.store.apps.get('2')?.records.size).toBe(0);
  });

  it('serves mounted routes, with the session of the cookie', async () => {
    expect((await send('GET', '/k/page')).body).toBe('page of nobody');
    const login = await send('GET', '/admin/login?user=emma&to=/k/page');
    expect([login.status, login.headers.get('location')]).toEqual([302, '/k/page']);
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await send('GET', '/k/page', undefined, { cookie })).body).toBe('page of emma');
    const api = { cookie, 'X-Requested-With': 'XMLHttpRequest' };
    expect((await send('GET', '/k/v1/records.json?app=1', undefined, api)).status).toBe(200);
    expect((await send('GET', '/nowhere')).status).toBe(404);
  });

  it.each(['//evil.test/', '/\\evil.test', 'https://evil.test/'])(
    'does not lead to %s after login',
    async (to) => {
      const login = await send('GET', `/admin/login?user=emma&to=${encodeURIComponent(to)}`);
      expect(login.headers.get('location')).toBe('/k/');
    },
  );

  it('uploads with the request token in the form', async () => {
    const session = server.kintone.sessions.create(server.kintone.store.findUser('taro')!);
    const upload = async (token: string) => {
      const form = new FormData();
      form.set('__REQUEST_TOKEN__', token);
      form.set('file', new Blob(['abc'], { type: 'text/plain' }), 'a.txt');
      const headers = { cookie: `JSESSIONID=${session.id}`, 'X-Requested-With': 'XMLHttpRequest' };
      const response = await fetch(`${server.url}/k/v1/file.json`, { method: 'POST', headers, body: form });
      return (await response.json()) as Body;
    };
    expect((await upload('wrong')).code).toBe('CB_IL02');
    const { fileKey } = await upload(session.requestToken);
    expect(server.kintone.store.files.findUpload(fileKey)?.name).toBe('a.txt');
  });
});

describe('admin endpoints', () => {
  it('reset and load', async () => {
    const app = {
      id: 8,
      name: 'loaded',
      fields: { n: { type: 'NUMBER' } },
      records: [{ n: 1 }, { $id: 7, n: { value: '2' } }],
    };
    const reply = await send('POST', '/admin/load', { reset: true, apps: [app], users: [{ code: 'new' }] });
    expect(reply.body).toEqual({ apps: [{ app: '8', records: 2 }] });
    expect([...server.kintone.store.users.keys()]).toEqual(['Administrator', 'new']);
    expect(server.kintone.store.apps.get('8')?.records.get(7)?.['n']?.value).toBe('2');
    await send('POST', '/admin/reset');
    expect(server.kintone.store.apps.size).toBe(0);
  });

  it('load nothing from a dump with a wrong record, and say which', async () => {
    const app = {
      id: 8,
      name: 'x',
      fields: { n: { type: 'NUMBER', maxValue: '5' } },
      records: [{ n: 1 }, { n: 9 }],
    };
    const reply = await send('POST', '/admin/load', { apps: [app] });
    expect(reply.status).toBe(400);
    expect(Object.keys(reply.body.errors)).toEqual(['apps[8].records[1].n.value']);
    expect(server.kintone.store.apps.has('8')).toBe(false);
  });

  it('refuse a dump with an unknown type of field', async () => {
    const reply = await send('POST', '/admin/load', {
      apps: [{ name: 'x', fields: { n: { type: 'TEXT' } } }],
    });
    expect([reply.status, reply.body.message]).toEqual([400, 'dump: field "n": unknown type TEXT']);
    expect(server.kintone.store.apps.size).toBe(2);
  });

  it('load people, rows and files in their short forms, and lookups as they are', async () => {
    const record = {
      people: ['emma'],
      lines: [{ item: 'pen', price: 2, quantity: 3 }],
      files: [{ name: 'a.txt', contentType: 'text/plain', text: 'abc' }],
      customer: 'C1',
      作成者: 'emma',
      作成日時: '2025-01-01T00:00:00Z',
    };
    const { fields } = dump.apps![0]!;
    await send('POST', '/admin/load', { apps: [{ id: 8, name: 'x', fields, records: [record] }] });
    const stored = server.kintone.store.apps.get('8')?.records.get(1) as Body;
    expect(stored.people.value).toEqual([{ code: 'emma', name: 'Emma' }]);
    expect(stored.lines.value[0].value.line_total.value).toBe('6');
    expect(stored.files.value).toMatchObject([{ name: 'a.txt', size: '3' }]);
    expect(stored.customer_name.value).toBe('青山');
    expect(stored['作成者'].value.code).toBe('emma');
    expect(stored['作成日時'].value).toBe('2025-01-01T00:00:00Z');
  });

  it('queue faults and list them', async () => {
    const fault = { match: { path: 'records.json' }, effect: { kind: 'tooMany' }, times: 2 };
    expect((await send('POST', '/admin/faults', { faults: [fault] })).body.faults).toHaveLength(1);
    expect((await send('GET', '/k/v1/records.json?app=1', undefined, auth)).status).toBe(429);
    expect((await send('GET', '/admin/faults')).body.faults[0].times).toBe(1);
    await send('DELETE', '/admin/faults');
    expect((await send('GET', '/k/v1/records.json?app=1', undefined, auth)).status).toBe(200);
    expect((await send('POST', '/admin/faults', { effect: { kind: 'no such' } })).status).toBe(400);
    expect((await send('POST', '/admin/faults', { effect: { kind: 'replyLost' } })).status).toBe(200);
    await expect(send('GET', '/k/v1/records.json?app=1', undefined, auth)).rejects.toThrow();
  });

  it('show the log and the counters', async () => {
    await send('GET', '/k/v1/records.json?app=1', undefined, auth);
    await send('GET', '/k/v1/records.json?app=2', undefined, auth);
    const { requests } = (await send('GET', '/admin/log?app=2')).body;
    expect(requests).toMatchObject([{ user: 'taro', path: '/k/v1/records.json', apps: ['2'], status: 200 }]);
    expect((await send('GET', '/admin/counters')).body).toEqual({ apps: { 1: 1, 2: 1 } });
    await send('DELETE', '/admin/log');
    await send('DELETE', '/admin/counters');
    expect((await send('GET', '/admin/log')).body.requests).toEqual([]);
    expect((await send('GET', '/admin/counters')).body).toEqual({ apps: {} });
  });

  it('move the clock', async () => {
    expect((await send('GET', '/admin/clock')).body).toEqual({ nowMs: startMs });
    expect((await send('POST', '/admin/clock', { advanceMs: 1000 })).body).toEqual({ nowMs: startMs + 1000 });
    expect((await send('POST', '/admin/clock', { nowMs: 5 })).body).toEqual({ nowMs: 5 });
    expect((await send('POST', '/admin/clock', { run: true })).body.nowMs).toBeGreaterThan(5);
  });

  it('set the latency', async () => {
    expect((await send('POST', '/admin/latency', { latencyMs: 3 })).body).toEqual({ latencyMs: 3 });
    expect(server.kintone.latencyMs).toBe(3);
    await send('POST', '/admin/latency', {});
    expect(server.kintone.latencyMs).toBe(0);
  });

  it('are closed to other web sites', async () => {
    const reply = await send('POST', '/admin/reset', {}, { 'Sec-Fetch-Site': 'cross-site' });
    expect(reply.status).toBe(403);
    expect(server.kintone.store.apps.size).toBe(2);
  });

  it('refuse what they do not know', async () => {
    expect((await send('POST', '/admin/nothing')).status).toBe(404);
    expect((await send('POST', '/admin/load', '[]')).status).toBe(400);
    expect((await send('GET', '/admin/login?user=nobody')).status).toBe(404);
  });
});
