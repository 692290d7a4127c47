import { beforeEach, describe, expect, it } from 'vitest';
import type { Kintone } from '../../kintone/server/kintone';
import { type Body, call, loadedKintone } from './fixture';

let kintone: Kintone;

beforeEach(async () => {
  kintone = loadedKintone();
  await call(kintone, 'POST', 'records', {
    app: 1,
    records: [
      { key: { value: 'a' }, number_key: { value: '5' }, memo: { value: 'first' } },
      { key: { value: 'b' }, memo: { value: 'second' } },
    ],
  });
});

async function read(id: number): Promise<Body> {
  return (await call(kintone, 'GET', 'record', { app: 1, id })).body.record;
}

describe('PUT', () => {
  it('keeps what is not sent and raises the revision', async () => {
    kintone.clock.advance(60_000);
    const reply = await call(
      kintone,
      'PUT',
      'record',
      { app: 1, id: 1, record: { key: { value: 'a2' } } },
      'emma',
    );
    expect(reply.body).toEqual({ revision: '2' });
    const record = await read(1);
    expect(record.memo.value).toBe('first');
    expect(record['更新者'].value.code).toBe('emma');
    expect(record['作成者'].value.code).toBe('taro');
    expect(record['更新日時'].value).toBe('2026-04-23T14:12:00Z');
  });

  it.each([
    [undefined, 200],
    [-1, 200],
    ['-1', 200],
    ['1', 200],
    [2, 409],
  ])('revision %j answers %i', async (revision, status) => {
    const reply = await call(kintone, 'PUT', 'record', { app: 1, id: 1, revision, record: {} });
    expect(reply.status).toBe(status);
    if (status === 409) expect(reply.body.code).toBe('GAIA_CO02');
  });

  it('writes none of the records when one revision is old', async () => {
    const records = [
      { id: 1, record: { memo: { value: 'x' } } },
      { id: 2, revision: 9, record: { memo: { value: 'x' } } },
    ];
    expect((await call(kintone, 'PUT', 'records', { app: 1, records })).status).toBe(409);
    expect((await read(1)).memo.value).toBe('first');
    expect((await read(1)).$revision.value).toBe('1');
  });

  it('checks the merged record: an old one without a value required by now refuses every update', async () => {
    const properties = { memo: { type: 'MULTI_LINE_TEXT', required: true } };
    await call(kintone, 'POST', 'record', { app: 1, record: {} });
    await call(kintone, 'PUT', 'preview/app/form/fields', { app: 1, properties }, 'Administrator');
    await call(kintone, 'POST', 'preview/app/deploy', { apps: [{ app: 1 }] }, 'Administrator');
    await call(kintone, 'GET', 'preview/app/deploy', { apps: [1] }, 'Administrator');
    await call(kintone, 'GET', 'preview/app/deploy', { apps: [1] }, 'Administrator');
    const reply = await call(kintone, 'PUT', 'record', { app: 1, id: 3, record: { key: { value: 'c' } } });
    expect(reply.body.errors).toEqual({ 'record.memo.value': { messages: ['必須です。'] } });
    expect((await call(kintone, 'PUT', 'record', { app: 1, id: 1, record: {} })).status).toBe(200);
  });

  it('takes at most 100 records', async () => {
    const records = Array.from({ length: 101 }, () => ({ id: 1 }));
    expect((await call(kintone, 'PUT', 'records', { app: 1, records })).body.errors).toHaveProperty(
      'records',
    );
  });
});

describe('unique values', () => {
  it('refuses a second record, wherever the first one is', async () => {
    const message = { messages: ['値がほかのレコードと重複しています。'] };
    const one = await call(kintone, 'POST', 'record', { app: 1, record: { key: { value: 'a' } } });
    expect(one.body.errors).toEqual({ 'record.key.value': message });
    const records = [{ key: { value: 'new' } }, { key: { value: 'new' } }, { number_key: { value: '5.0' } }];
    const many = await call(kintone, 'POST', 'records', { app: 1, records });
    expect(many.body.errors).toEqual({
      'records[1].key.value': message,
      'records[2].number_key.value': message,
    });
    expect((await call(kintone, 'GET', 'records', { app: 1, totalCount: true })).body.totalCount).toBe('2');
  });

  it('lets empty values repeat and a record keep its own', async () => {
    expect((await call(kintone, 'POST', 'records', { app: 1, records: [{}, {}] })).status).toBe(200);
    const own = { app: 1, id: 1, record: { key: { value: 'a' } } };
    expect((await call(kintone, 'PUT', 'record', own)).status).toBe(200);
  });

  it('frees a value when its record is deleted or changed, and takes it back with the transaction', async () => {
    const taking = {
      method: 'POST',
      api: '/k/v1/record.json',
      payload: { app: 1, record: { key: { value: 'a' } } },
    };
    const freeing = { method: 'DELETE', api: '/k/v1/records.json', payload: { app: 1, ids: [1] } };
    const failing = { method: 'DELETE', api: '/k/v1/records.json', payload: { app: 1, ids: [77] } };
    await call(kintone, 'POST', 'bulkRequest', { requests: [freeing, taking, failing] });
    expect((await call(kintone, 'POST', 'record', taking.payload)).status).toBe(400);
    expect((await call(kintone, 'POST', 'bulkRequest', { requests: [freeing, taking] })).status).toBe(200);
  });

  it('lets exactly one of many simultaneous inserts of a key win', async () => {
    const record = { key: { value: 'race' } };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => call(kintone, 'POST', 'record', { app: 1, record })),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.body.code === 'CB_VA01')).toHaveLength(19);
  });
});

describe('updateKey and upsert', () => {
  const put = (records: unknown[], upsert = true) =>
    call(kintone, 'PUT', 'records', { app: 1, upsert, records });
  const byKey = (value: unknown, record: unknown = {}, field = 'key') => ({
    updateKey: { field, value },
    record,
  });

  it('finds numbers by value and texts exactly', async () => {
    const reply = await put([byKey('5.0', {}, 'number_key'), byKey('A')]);
    expect(reply.body.records).toEqual([
      { id: '1', operation: 'UPDATE', revision: '2' },
      { id: '3', operation: 'INSERT', revision: '1' },
    ]);
    expect((await read(3)).key.value).toBe('A');
  });

  it('inserts under a new id when the given one does not exist', async () => {
    const reply = await put([{ id: 500, record: { memo: { value: 'm' } } }]);
    expect(reply.body.records).toEqual([{ id: '3', operation: 'INSERT', revision: '1' }]);
  });

  it.each([
    ['the key twice', [byKey('x'), byKey('x')], 'GAIA_IQ28', undefined],
    [
      'an equal number twice',
      [byKey('1', {}, 'number_key'), byKey('1.00', {}, 'number_key')],
      'GAIA_IQ28',
      undefined,
    ],
    ['an empty key', [byKey('')], 'CB_VA01', 'records[0].updateKey.value'],
    ['a key of 65 characters', [byKey('k'.repeat(65))], 'CB_VA01', 'records[0].updateKey.value'],
    ['the key inside record', [byKey('x', { key: { value: 'x' } })], 'CB_VA01', 'records[0].updateKey.field'],
    ['a field that may repeat', [byKey('x', {}, 'title')], 'CB_VA01', 'records[0].updateKey.field'],
    ['id and key', [{ ...byKey('x'), id: 1 }], 'CB_VA01', 'records[0].updateKey'],
  ])('refuses %s', async (_, records, code, key) => {
    const reply = await put(records);
    expect(reply.status).toBe(400);
    expect(reply.body.code).toBe(code);
    if (key !== undefined) expect(Object.keys(reply.body.errors)).toEqual([key]);
    expect((await call(kintone, 'GET', 'records', { app: 1, totalCount: true })).body.totalCount).toBe('2');
  });

  it('checks revisions of what exists', async () => {
    expect((await put([{ ...byKey('a'), revision: 3 }])).body.code).toBe('GAIA_CO02');
    expect((await put([{ ...byKey('a'), revision: 1 }])).status).toBe(200);
  });

  it('updates by key without upsert, and says when there is none', async () => {
    const record = { memo: { value: 'changed' } };
    const params = { app: 1, updateKey: { field: 'key', value: 'b' }, record };
    expect((await call(kintone, 'PUT', 'record', params)).body).toEqual({ revision: '2' });
    expect((await read(2)).memo.value).toBe('changed');
    expect((await put([byKey('none')], false)).body.code).toBe('GAIA_RE20');
  });

  it('needs the right to add even if it only updates', async () => {
    const token = { token: 'edit-only', view: true, add: false, edit: true, delete: false, manage: false };
    kintone.store.apps.get('1')?.tokens.push(token);
    const headers = { 'x-cybozu-api-token': 'edit-only' };
    const params = { app: 1, upsert: true, records: [byKey('a')] };
    expect((await call(kintone, 'PUT', 'records', params, headers)).body.code).toBe('GAIA_NO01');
    expect((await call(kintone, 'PUT', 'records', { ...params, upsert: false }, headers)).status).toBe(200);
  });
});

describe('DELETE', () => {
  it('checks ids and revisions, all or nothing', async () => {
    const remove = (params: object) => call(kintone, 'DELETE', 'records', { app: 1, ...params });
    expect((await remove({ ids: [] })).body.errors).toHaveProperty('ids');
    expect((await remove({ ids: [1, 9] })).body.code).toBe('GAIA_RE01');
    expect((await remove({ ids: [1, 2], revisions: [-1, 5] })).body.code).toBe('GAIA_CO02');
    expect((await read(1)).key.value).toBe('a');
    expect((await remove({ ids: [1, 2], revisions: [1, -1] })).body).toEqual({});
    expect((await call(kintone, 'GET', 'records', { app: 1 })).body.records).toEqual([]);
  });
});
