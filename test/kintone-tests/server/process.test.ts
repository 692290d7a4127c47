import { beforeEach, describe, expect, it } from 'vitest';
import type { Kintone } from '../../kintone/server/kintone';
import { type Body, call, loadedKintone } from './fixture';

let kintone: Kintone;

const one = (code: string) => ({ entity: { type: 'USER', code }, includeSubs: false });

beforeEach(() => {
  kintone = loadedKintone(
    {},
    {
      apps: [
        {
          id: 3,
          name: 'process',
          fields: { n: { type: 'NUMBER' } },
          status: {
            enable: true,
            states: {
              open: { name: 'open', index: '0', assignee: { type: 'ONE', entities: [] } },
              check: { name: 'check', index: '1', assignee: { type: 'ALL', entities: [one('emma')] } },
              done: {
                name: 'done',
                index: '2',
                assignee: { type: 'ONE', entities: [one('emma'), one('taro')] },
              },
            },
            actions: [
              { name: 'ask', from: 'open', to: 'check', filterCond: 'n > 0' },
              { name: 'finish', from: 'check', to: 'done', filterCond: '' },
            ],
          },
          records: [{ n: '1' }, { n: '0' }],
        },
      ],
    },
  );
});

const read = async (id: number): Promise<Body> =>
  (await call(kintone, 'GET', 'record', { app: 3, id })).body.record;
const act = (id: number, action: string, more: object = {}, as = 'taro') =>
  call(kintone, 'PUT', 'record/status', { app: 3, id, action, ...more }, as);

describe('status', () => {
  it('starts in the first state', async () => {
    const record = await read(1);
    expect(record['ステータス']).toEqual({ type: 'STATUS', value: 'open' });
    expect(record['作業者']).toEqual({ type: 'STATUS_ASSIGNEE', value: [] });
  });

  it('raises the revision by two and names the assignees of the new state', async () => {
    expect((await act(1, 'ask', { revision: 1 })).body).toEqual({ revision: '3' });
    const record = await read(1);
    expect(record['ステータス'].value).toBe('check');
    expect(record['作業者'].value).toEqual([{ code: 'emma', name: 'Emma' }]);
  });

  it.each([
    [1, 'finish', {}, 400, 'GAIA_IL03'],
    [1, 'no such', {}, 400, 'GAIA_IL03'],
    [2, 'ask', {}, 400, 'GAIA_IL03'],
    [1, 'ask', { revision: 5 }, 409, 'GAIA_CO02'],
    [9, 'ask', {}, 404, 'GAIA_RE01'],
    [1, '', {}, 400, 'CB_VA01'],
  ])('record %i, action %j %j answers %i %s', async (id, action, more, status, code) => {
    const reply = await act(id, action, more);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it('may be changed only by an assignee, who must be chosen among several', async () => {
    await act(1, 'ask');
    expect((await act(1, 'finish')).body.code).toBe('GAIA_NT01');
    expect((await act(1, 'finish', {}, 'emma')).body.errors).toHaveProperty('assignee');
    expect((await act(1, 'finish', { assignee: 'taro' }, 'emma')).body).toEqual({ revision: '5' });
    expect((await read(1))['作業者'].value).toEqual([{ code: 'taro', name: '太郎' }]);
  });

  it('changes many together or none', async () => {
    const records = [
      { id: 1, action: 'ask' },
      { id: 2, action: 'ask' },
    ];
    const failed = await call(kintone, 'PUT', 'records/status', { app: 3, records });
    expect(failed.body.code).toBe('GAIA_IL03');
    expect((await read(1)).$revision.value).toBe('1');
    await call(kintone, 'PUT', 'record', { app: 3, id: 2, record: { n: { value: 2 } } });
    const done = await call(kintone, 'PUT', 'records/status', { app: 3, records });
    expect(done.body.records).toEqual([
      { id: '1', revision: '3' },
      { id: '2', revision: '4' },
    ]);
  });

  it('can be asked for in queries, and is off elsewhere', async () => {
    await act(1, 'ask');
    const query = 'ステータス in ("check")';
    expect((await call(kintone, 'GET', 'records', { app: 3, query })).body.records).toHaveLength(1);
    const reply = await call(kintone, 'PUT', 'record/status', { app: 1, id: 1, action: 'x' });
    expect(reply.body.code).toBe('GAIA_ST02');
  });

  it('sets and clears assignees', async () => {
    const set = (assignees: string[]) =>
      call(kintone, 'PUT', 'record/assignees', { app: 3, id: 1, assignees });
    expect((await set(['taro', 'emma'])).body).toEqual({ revision: '2' });
    expect((await read(1))['作業者'].value).toHaveLength(2);
    expect((await set([])).body).toEqual({ revision: '3' });
    expect((await set(['nobody'])).body.code).toBe('GAIA_IL26');
  });
});

describe('rights of records', () => {
  it('are those of the app', async () => {
    const { body } = await call(kintone, 'GET', 'records/acl/evaluate', { app: 3, ids: [1, '2'] });
    expect(body.rights.map((right: Body) => right.id)).toEqual(['1', '2']);
    expect(body.rights[0].record).toEqual({ viewable: true, editable: true, deletable: true });
    expect(body.rights[0].fields.n).toEqual({ viewable: true, editable: true });
  });
});

describe('comments', () => {
  const post = (comment: object, as?: string) =>
    call(kintone, 'POST', 'record/comment', { app: 3, record: 1, comment }, as);
  const list = (params: object = {}) =>
    call(kintone, 'GET', 'record/comments', { app: 3, record: 1, ...params });

  it('are paged, newest first', async () => {
    for (let at = 1; at <= 12; at += 1) await post({ text: `c${at}` });
    const newest = (await list()).body;
    expect(newest.comments.map((comment: Body) => comment.id)).toEqual(
      Array.from({ length: 10 }, (_, at) => String(12 - at)),
    );
    expect([newest.older, newest.newer]).toEqual([true, false]);
    const oldest = (await list({ order: 'asc', limit: 2, offset: 1 })).body;
    expect(oldest.comments.map((comment: Body) => comment.text)).toEqual(['c2', 'c3']);
    expect([oldest.older, oldest.newer]).toEqual([true, true]);
    expect((await list({ limit: 11 })).body.errors).toHaveProperty('limit');
  });

  it('put the names of mentioned people first', async () => {
    await post({ text: 'look', mentions: [{ code: 'emma', type: 'USER' }] });
    const [comment] = (await list()).body.comments;
    expect(comment.text).toBe('Emma \nlook');
    expect(comment.mentions).toEqual([{ code: 'emma', type: 'USER' }]);
    expect(comment.creator).toEqual({ code: 'taro', name: '太郎' });
    expect((await post({ text: 'x', mentions: [{ code: 'no', type: 'GROUP' }] })).body.code).toBe(
      'GAIA_IL27',
    );
  });

  it('are deleted by their writer; an unknown one answers 400', async () => {
    await post({ text: 'mine' });
    const remove = (comment: number, as?: string) =>
      call(kintone, 'DELETE', 'record/comment', { app: 3, record: 1, comment }, as);
    expect((await remove(1, 'emma')).body.code).toBe('CB_NO02');
    expect((await remove(1)).body).toEqual({});
    const again = await remove(1);
    expect([again.status, again.body.code]).toEqual([400, 'GAIA_RE02']);
  });
});
