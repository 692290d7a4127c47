import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kintone } from '../../kintone/server/kintone';
import { call, loadedKintone } from './fixture';

const guestDump = {
  spaces: [
    { id: '5', name: 'guests', isGuest: true, defaultThread: '5', members: ['taro'] },
    { id: '6', name: 'others', isGuest: true, defaultThread: '6', members: ['taro'] },
  ],
  apps: [
    { id: 51, name: 'guest app', spaceId: '5', fields: { t: { type: 'SINGLE_LINE_TEXT' as const } } },
    { id: 61, name: 'other guest app', spaceId: '6', fields: { t: { type: 'SINGLE_LINE_TEXT' as const } } },
  ],
};

const post = (app: number, guest = '') => ({
  method: 'POST',
  api: `/k/${guest}v1/record.json`,
  payload: { app, record: {} },
});

/** Everything the store would show of both apps. */
function state(kintone: Kintone): string {
  return JSON.stringify(
    ['1', '2'].map((id) => {
      const records = kintone.store.apps.get(id)!.records;
      return [[...records.range()], records.size];
    }),
  );
}

describe('bulkRequest', () => {
  it('answers each call at its place', async () => {
    const kintone = loadedKintone();
    const requests = [
      post(1),
      {
        method: 'PUT',
        api: '/k/v1/record.json',
        payload: { app: 1, id: 1, record: { memo: { value: 'm' } } },
      },
      { method: 'DELETE', api: '/k/v1/records.json', payload: { app: 2, ids: [2] } },
      { method: 'PUT', api: '/k/v1/records.json', payload: { app: 2, records: [{ id: 1 }] } },
    ];
    const { status, body } = await call(kintone, 'POST', 'bulkRequest', { requests });
    expect(status).toBe(200);
    expect(body).toEqual({
      results: [{ id: '1', revision: '1' }, { revision: '2' }, {}, { records: [{ id: '1', revision: '2' }] }],
    });
  });

  it('carries the failing error at its place and its status', async () => {
    const kintone = loadedKintone();
    const conflict = {
      method: 'PUT',
      api: '/k/v1/record.json',
      payload: { app: 2, id: 1, revision: 7, record: {} },
    };
    const reply = await call(kintone, 'POST', 'bulkRequest', { requests: [post(1), conflict, post(1)] });
    expect(reply.status).toBe(409);
    expect(reply.headers['x-cybozu-error']).toBe('GAIA_CO02');
    expect(reply.body).toEqual({
      results: [{}, { code: 'GAIA_CO02', id: expect.any(String), message: expect.any(String) }, {}],
    });
    expect(kintone.store.apps.get('1')?.records.size).toBe(0);
  });

  it('puts the keys of field errors below the call', async () => {
    const kintone = loadedKintone();
    const wrong = {
      method: 'POST',
      api: '/k/v1/records.json',
      payload: { app: 1, records: [{}, { kind: { value: 'Z' } }] },
    };
    const { body } = await call(kintone, 'POST', 'bulkRequest', { requests: [wrong] });
    expect(Object.keys(body.results[0].errors)).toEqual(['records[1].kind.value']);
  });

  it.each([
    ['21 calls', Array.from({ length: 21 }, () => post(1)), 'requests'],
    ['a GET', [{ method: 'GET', api: '/k/v1/record.json', payload: { app: 1, id: 1 } }], 'requests[0].api'],
    [
      'a comment',
      [post(1), { method: 'POST', api: '/k/v1/record/comment.json', payload: {} }],
      'requests[1].api',
    ],
    ['a file', [{ method: 'POST', api: '/k/v1/file.json', payload: {} }], 'requests[0].api'],
    ['a preview API', [{ method: 'POST', api: '/k/v1/preview/app.json', payload: {} }], 'requests[0].api'],
    ['a bulkRequest', [{ method: 'POST', api: '/k/v1/bulkRequest.json', payload: {} }], 'requests[0].api'],
    ['a guest path', [post(1), post(51, 'guest/5/')], 'requests[1].api'],
  ])('refuses %s', async (_, requests, key) => {
    const kintone = loadedKintone({}, guestDump);
    const reply = await call(kintone, 'POST', 'bulkRequest', { requests });
    expect([reply.status, reply.body.code]).toEqual([400, 'CB_VA01']);
    expect(Object.keys(reply.body.errors)).toEqual([key]);
  });

  it('stays inside one guest space', async () => {
    const kintone = loadedKintone({}, guestDump);
    const send = (requests: unknown[]) => {
      const headers = { 'x-cybozu-authorization': Buffer.from('taro:taro-pw').toString('base64') };
      const path = '/k/guest/5/v1/bulkRequest.json';
      return kintone.request({ method: 'POST', path, params: { requests }, headers });
    };
    expect((await send([post(51, 'guest/5/')])).status).toBe(200);
    expect((await send([post(51, 'guest/5/'), post(61, 'guest/6/')])).status).toBe(400);
    expect((await send([post(51, 'guest/5/'), post(1)])).status).toBe(400);
    expect((await send([post(61, 'guest/5/')])).status).toBe(403);
    expect(kintone.store.apps.get('51')?.records.size).toBe(1);
  });

  it('counts its calls per app, not itself', async () => {
    const kintone = loadedKintone();
    await call(kintone, 'POST', 'bulkRequest', { requests: [post(1), post(1), post(2)] });
    await call(kintone, 'GET', 'records', { app: 2 });
    expect(kintone.log.counters(kintone.clock.nowMs())).toEqual({ 1: 2, 2: 2 });
  });

  it('leaves no trace of any sequence of calls that ends in a failure', async () => {
    const key = fc.constantFrom('', 'a', 'b', 'c');
    const id = fc.integer({ min: 1, max: 4 });
    const record = fc.record({ key, memo: fc.string() }).map((one) => ({
      key: { value: one.key },
      memo: { value: one.memo },
      lines: { value: [{ value: { price: { value: '1' } } }] },
    }));
    const callOf = fc.oneof(
      record.map((one) => ({ method: 'POST', api: '/k/v1/record.json', payload: { app: 1, record: one } })),
      fc.tuple(id, record).map(([at, one]) => ({
        method: 'PUT',
        api: '/k/v1/records.json',
        payload: { app: 1, records: [{ id: at, record: one }] },
      })),
      id.map((at) => ({ method: 'DELETE', api: '/k/v1/records.json', payload: { app: 1, ids: [at] } })),
      fc.record({ key: fc.constantFrom('a', 'b', 'z') }).map((one) => ({
        method: 'PUT',
        api: '/k/v1/records.json',
        payload: {
          app: 1,
          upsert: true,
          records: [{ updateKey: { field: 'key', value: one.key }, record: {} }],
        },
      })),
    );
    const failing = { method: 'DELETE', api: '/k/v1/records.json', payload: { app: 2, ids: [999] } };
    await fc.assert(
      fc.asyncProperty(fc.array(callOf, { maxLength: 19 }), async (calls) => {
        const kintone = loadedKintone();
        const records = [{ key: { value: 'a' } }, { key: { value: 'b' } }, {}];
        await call(kintone, 'POST', 'records', { app: 1, records });
        const before = state(kintone);
        const reply = await call(kintone, 'POST', 'bulkRequest', { requests: [...calls, failing] });
        expect(reply.status).not.toBe(200);
        expect(state(kintone)).toBe(before);
        // The index of unique values must be back too.
        const taken = await call(kintone, 'POST', 'records', { app: 1, records: [{ key: { value: 'a' } }] });
        expect(taken.body.code).toBe('CB_VA01');
        const free = await call(kintone, 'POST', 'records', {
          app: 1,
          records: [{ key: { value: 'c' } }, { key: { value: 'z' } }],
        });
        expect(free.status).toBe(200);
      }),
      { numRuns: 60 },
    );
  });
});

describe('guest spaces', () => {
  it.each([
    ['/k/v1/records.json', 51, 'taro', 400, 'GAIA_IL23'],
    ['/k/guest/5/v1/records.json', 1, 'taro', 403, 'CB_NO02'],
    ['/k/guest/6/v1/records.json', 51, 'taro', 403, 'CB_NO02'],
    ['/k/guest/5/v1/records.json', 51, 'emma', 403, 'CB_NO02'],
    ['/k/guest/5/v1/records.json', 51, 'taro', 200, undefined],
  ])('%s with app %i as %s answers %i', async (path, app, user, status, code) => {
    const kintone = loadedKintone({}, guestDump);
    const headers = { 'x-cybozu-authorization': Buffer.from(`${user}:${user}-pw`).toString('base64') };
    const reply = await kintone.request({ method: 'GET', path, params: { app }, headers });
    expect(reply.status).toBe(status);
    if (code !== undefined) expect(reply.body).toMatchObject({ code });
  });
});
