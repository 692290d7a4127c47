import { beforeEach, describe, expect, it } from 'vitest';
import type { Kintone } from '../../kintone/server/kintone';
import { type Body, call, loadedKintone } from './fixture';

let kintone: Kintone;

beforeEach(() => {
  const records = Array.from({ length: 250 }, (_, at) => ({ key: `k${at + 1}`, amount: String(at % 7) }));
  kintone = loadedKintone(
    {},
    {
      apps: [
        {
          id: 3,
          name: 'many',
          fields: { key: { type: 'SINGLE_LINE_TEXT' }, amount: { type: 'NUMBER' } },
          records,
        },
      ],
    },
  );
});

const get = (params: object, as?: string) => call(kintone, 'GET', 'records', { app: 3, ...params }, as);
const ids = (body: Body) => body.records.map((record: Body) => Number(record.$id.value));

describe('GET records', () => {
  it('answers 100 records by id descending unless told otherwise, without a count', async () => {
    const { body } = await get({});
    expect(ids(body)).toEqual(Array.from({ length: 100 }, (_, at) => 250 - at));
    expect(body.totalCount).toBeNull();
  });

  it.each([
    ['limit 2 offset 3', [247, 246]],
    ['$id > 248 order by $id asc', [249, 250]],
    ['order by $id asc limit 2', [1, 2]],
    ['$id in (9, 3, 400) order by $id asc', [3, 9]],
    ['key = "k7"', [7]],
    ['amount = 0 order by amount asc, $id asc limit 3', [1, 8, 15]],
    ['limit 0', []],
  ])('%s', async (query, expected) => {
    expect(ids((await get({ query })).body)).toEqual(expected);
  });

  it('counts all hits, whatever limit says', async () => {
    const { body } = await get({ query: '$id <= 120 limit 1', totalCount: 'true' });
    expect([body.totalCount, body.records.length]).toEqual(['120', 1]);
  });

  it('answers only the fields asked for, $id included only when named', async () => {
    const { body } = await get({ fields: ['key', 'no_such'], query: 'limit 1' });
    expect(body.records).toEqual([{ key: { type: 'SINGLE_LINE_TEXT', value: 'k250' } }]);
  });

  it.each([
    ['key ~ 1', 400, 'CB_VA01'],
    ['no_such = 1', 400, 'GAIA_IQ11'],
    ['amount like "1"', 400, 'GAIA_IQ03'],
    ['limit 501', 400, 'GAIA_QU01'],
    ['offset 10001', 400, 'GAIA_QU02'],
  ])('%s is refused', async (query, status, code) => {
    const reply = await get({ query });
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it.each([
    [{ app: 99 }, 404, 'GAIA_AP01'],
    [{ app: undefined }, 400, 'CB_VA01'],
    [{ app: 'x' }, 400, 'CB_VA01'],
  ])('%j is refused', async (params, status, code) => {
    const reply = await get(params);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it('hands out copies: changing an answer does not change the record', async () => {
    const first = await call(kintone, 'GET', 'record', { app: 3, id: 1 });
    first.body.record.key.value = 'changed';
    expect((await call(kintone, 'GET', 'record', { app: 3, id: 1 })).body.record.key.value).toBe('k1');
  });
});

describe('cursors', () => {
  const create = (params: object = {}) => call(kintone, 'POST', 'records/cursor', { app: 3, ...params });
  const next = (id: string, as?: string) => call(kintone, 'GET', 'records/cursor', { id }, as);

  it('keep their membership but show present values, and go when they are read out', async () => {
    const { body } = await create({ size: 200, query: 'order by $id asc', fields: ['$id', 'amount'] });
    expect(body.totalCount).toBe('250');
    await call(kintone, 'DELETE', 'records', { app: 3, ids: [1] });
    await call(kintone, 'PUT', 'record', { app: 3, id: 2, record: { amount: { value: '100' } } });
    await call(kintone, 'POST', 'record', { app: 3, record: {} });
    const first = await next(body.id);
    expect(first.body.records).toHaveLength(199);
    expect(first.body.records[0].amount.value).toBe('100');
    expect(first.body.next).toBe(true);
    const second = await next(body.id);
    expect([second.body.records.length, second.body.next]).toEqual([50, false]);
    const third = await next(body.id);
    expect([third.status, third.body.code]).toEqual([404, 'GAIA_CN01']);
  });

  it('are ten at most in the whole domain', async () => {
    const made: Body[] = [];
    for (let at = 0; at < 10; at += 1) made.push((await create()).body);
    const refused = await call(kintone, 'POST', 'records/cursor', { app: 1 }, 'emma');
    expect([refused.status, refused.body.code]).toEqual([429, 'GAIA_TM12']);
    expect((await call(kintone, 'DELETE', 'records/cursor', { id: made[0].id })).body).toEqual({});
    expect((await create()).status).toBe(200);
  });

  it('live ten minutes after their last use', async () => {
    const { id } = (await create({ size: 1 })).body;
    kintone.clock.advance(9 * 60_000);
    expect((await next(id)).status).toBe(200);
    kintone.clock.advance(9 * 60_000);
    expect((await next(id)).status).toBe(200);
    kintone.clock.advance(10 * 60_000);
    expect((await next(id)).body.code).toBe('GAIA_CN01');
  });

  it('belong to who made them', async () => {
    const { id } = (await create()).body;
    expect((await next(id, 'emma')).body.code).toBe('GAIA_CN01');
  });

  it.each([
    [{ size: 501 }, 'size'],
    [{ size: 0 }, 'size'],
    [{ query: 'limit 5' }, 'query'],
  ])('refuse %j', async (params, key) => {
    expect(Object.keys((await create(params)).body.errors)).toEqual([key]);
  });
});

describe('apps and people', () => {
  it('lists apps the caller may see', async () => {
    const rows = [{ entity: { type: 'USER', code: 'emma' }, recordViewable: true }];
    const acl = { app: 3, rights: rows };
    await call(kintone, 'PUT', 'preview/app/acl', acl, 'Administrator');
    await call(kintone, 'POST', 'preview/app/deploy', { apps: [{ app: 3 }] }, 'Administrator');
    kintone.clock.advance(3000);
    const seen = async (as: string, params = {}) =>
      (await call(kintone, 'GET', 'apps', params, as)).body.apps.map((app: Body) => app.appId);
    expect(await seen('taro')).toEqual(['1', '2']);
    expect(await seen('emma')).toEqual(['1', '2', '3']);
    expect(await seen('emma', { name: 'MAN' })).toEqual(['3']);
    expect(await seen('emma', { ids: ['3', 1] })).toEqual(['1', '3']);
    expect(await seen('emma', { codes: ['ORD'] })).toEqual(['1']);
    expect(await seen('emma', { limit: '1', offset: '1' })).toEqual(['2']);
    expect((await get({})).body.code).toBe('CB_NO02');
    expect((await get({}, 'emma')).status).toBe(200);
  });

  it('describes an app', async () => {
    expect((await call(kintone, 'GET', 'app', { id: 1 })).body).toMatchObject({
      appId: '1',
      code: 'ORD',
      name: '受注',
      spaceId: null,
      creator: { code: 'Administrator' },
    });
  });

  it('lists users', async () => {
    const headers = { 'x-cybozu-authorization': Buffer.from('taro:taro-pw').toString('base64') };
    const params = { codes: ['emma', 'nobody'] };
    const reply = await kintone.request({ method: 'GET', path: '/v1/users.json', params, headers });
    expect(reply.body).toMatchObject({ users: [{ code: 'emma', name: 'Emma', locale: 'en' }] });
  });
});
