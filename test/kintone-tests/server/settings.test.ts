import { beforeEach, describe, expect, it } from 'vitest';
import type { Kintone } from '../../kintone/server/kintone';
import { type Body, call, loadedKintone } from './fixture';

let kintone: Kintone;

beforeEach(() => {
  kintone = loadedKintone({ deployPolls: 2 });
});

const admin = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, params: object) =>
  call(kintone, method, path, { ...params }, 'Administrator');

async function deploy(...apps: number[]): Promise<string[]> {
  const reply = await admin('POST', 'preview/app/deploy', { apps: apps.map((app) => ({ app })) });
  expect(reply.body).toEqual({});
  const seen: string[] = [];
  for (let poll = 0; poll < 3; poll += 1) {
    const { body } = await admin('GET', 'preview/app/deploy', { apps });
    seen.push(body.apps[0].status);
  }
  return seen;
}

const fieldsOf = async (app: number | string, preview = ''): Promise<Body> =>
  (await admin('GET', `${preview}app/form/fields`, { app })).body;

describe('a new app', () => {
  it('has the fields every app has, named in the language of its creator', async () => {
    const ja = await call(kintone, 'POST', 'preview/app', { name: 'x' });
    const en = await call(kintone, 'POST', 'preview/app', { name: 'x' }, 'emma');
    expect(ja.body).toEqual({ app: '3', revision: '1' });
    const codes = async (app: string) => Object.keys((await fieldsOf(app, 'preview/')).properties);
    expect(await codes(ja.body.app)).toEqual([
      'レコード番号',
      '作成者',
      '作成日時',
      '更新者',
      '更新日時',
      'カテゴリー',
      'ステータス',
      '作業者',
    ]);
    expect(await codes(en.body.app)).toContain('Record_number');
  });

  it('is not found by the live APIs before its first deploy', async () => {
    await call(kintone, 'POST', 'preview/app', { name: 'x' });
    expect((await call(kintone, 'GET', 'app/form/fields', { app: 3 })).body.code).toBe('GAIA_AP01');
    expect((await call(kintone, 'GET', 'records', { app: 3 })).status).toBe(404);
    expect((await call(kintone, 'GET', 'apps', { ids: [3] })).body.apps).toEqual([]);
  });

  it('may be managed by its creator but not by others', async () => {
    await call(kintone, 'POST', 'preview/app', { name: 'x' });
    const properties = { t: { type: 'SINGLE_LINE_TEXT' } };
    const params = { app: 3, properties };
    expect((await call(kintone, 'POST', 'preview/app/form/fields', params, 'emma')).body.code).toBe(
      'CB_NO02',
    );
    expect((await call(kintone, 'POST', 'preview/app/form/fields', params)).body).toEqual({ revision: '2' });
  });

  it.each([
    [{}, 'CB_VA01'],
    [{ name: 'n'.repeat(65) }, 'CB_VA01'],
    [{ name: 'x', space: 9 }, 'GAIA_SP01'],
  ])('%j is refused', async (params, code) => {
    expect((await call(kintone, 'POST', 'preview/app', params)).body.code).toBe(code);
    expect(kintone.store.apps.size).toBe(2);
  });
});

describe('deploying', () => {
  it('is asynchronous; the live form changes at its end, and settings are closed meanwhile', async () => {
    await admin('POST', 'preview/app/form/fields', { app: 1, properties: { extra: { type: 'NUMBER' } } });
    await admin('POST', 'preview/app/deploy', { apps: [{ app: 1 }] });
    const during = await admin('POST', 'preview/app/form/fields', { app: 1, properties: {} });
    expect(during.body.code).toBe('GAIA_UN01');
    const status = async () =>
      (await admin('GET', 'preview/app/deploy', { apps: ['1'] })).body.apps[0].status;
    expect([await status(), await status()]).toEqual(['PROCESSING', 'PROCESSING']);
    expect((await fieldsOf(1)).properties).not.toHaveProperty('extra');
    expect(await status()).toBe('SUCCESS');
    expect((await fieldsOf(1)).properties.extra).toMatchObject({
      type: 'NUMBER',
      unique: false,
      required: false,
    });
  });

  it('also ends with time, if nobody asks', async () => {
    await admin('POST', 'preview/app/form/fields', { app: 1, properties: { extra: { type: 'NUMBER' } } });
    await admin('POST', 'preview/app/deploy', { apps: [{ app: 1 }] });
    kintone.clock.advance(3000);
    expect((await fieldsOf(1)).properties).toHaveProperty('extra');
  });

  it('gives old records empty values for new fields, and drops values of removed ones', async () => {
    await call(kintone, 'POST', 'record', { app: 1, record: { memo: { value: 'gone' } } });
    const properties = { extra: { type: 'SINGLE_LINE_TEXT', defaultValue: 'default' } };
    await admin('POST', 'preview/app/form/fields', { app: 1, properties });
    await admin('DELETE', 'preview/app/form/fields', { app: 1, fields: ['memo'] });
    expect(await deploy(1)).toEqual(['PROCESSING', 'PROCESSING', 'SUCCESS']);
    const { record } = (await call(kintone, 'GET', 'record', { app: 1, id: 1 })).body;
    expect(record.extra.value).toBe('');
    expect(record).not.toHaveProperty('memo');
    expect(record.$revision.value).toBe('1');
  });

  it('keeps values when a field gets another code', async () => {
    await call(kintone, 'POST', 'record', { app: 1, record: { key: { value: 'kept' } } });
    await admin('PUT', 'preview/app/form/fields', { app: 1, properties: { key: { code: 'main_key' } } });
    await admin('PUT', 'preview/app/form/fields', { app: 1, properties: { main_key: { label: 'Main' } } });
    await deploy(1);
    const { record } = (await call(kintone, 'GET', 'record', { app: 1, id: 1 })).body;
    expect(record.main_key.value).toBe('kept');
    const twice = await call(kintone, 'POST', 'record', { app: 1, record: { main_key: { value: 'kept' } } });
    expect(twice.body.errors).toHaveProperty(['record.main_key.value']);
  });

  it('fails, for all apps of the request, when data collide with a new unique field', async () => {
    const records = [{ memo: { value: 'x' }, title: { value: 'same' } }, { title: { value: 'same' } }];
    await call(kintone, 'POST', 'records', { app: 1, records });
    await admin('PUT', 'preview/app/form/fields', { app: 1, properties: { title: { unique: true } } });
    await admin('PUT', 'preview/app/settings', { app: 2, name: 'new name' });
    expect(await deploy(1, 2)).toEqual(['PROCESSING', 'PROCESSING', 'FAIL']);
    expect((await fieldsOf(1)).properties.title.unique).toBe(false);
    expect((await call(kintone, 'GET', 'app', { id: 2 })).body.name).toBe('顧客');
  });

  it('drops the unique flag where it is impossible', async () => {
    const properties = {
      m: { type: 'MULTI_LINE_TEXT', unique: true },
      t: { type: 'SUBTABLE', fields: { c: { type: 'NUMBER', unique: true } } },
    };
    await admin('POST', 'preview/app/form/fields', { app: 1, properties });
    const after = (await fieldsOf(1, 'preview/')).properties;
    expect([after.m.unique, after.t.fields.c.unique]).toEqual([false, false]);
  });

  it('refuses lookups whose key may repeat', async () => {
    const lookup = { relatedApp: { app: '2' }, relatedKeyField: 'name', fieldMappings: [] };
    await admin('POST', 'preview/app/form/fields', { app: 1, properties: { l: { type: 'NUMBER', lookup } } });
    const reply = await admin('POST', 'preview/app/deploy', { apps: [{ app: 1 }] });
    expect(reply.body.code).toBe('GAIA_LO03');
  });

  it('can be a return to the live settings', async () => {
    await admin('POST', 'preview/app/form/fields', { app: 1, properties: { extra: { type: 'NUMBER' } } });
    await admin('POST', 'preview/app/deploy', { apps: [{ app: 1 }], revert: true });
    kintone.clock.advance(3000);
    expect((await fieldsOf(1, 'preview/')).properties).not.toHaveProperty('extra');
  });

  it('checks the revision of the settings', async () => {
    await admin('PUT', 'preview/app/settings', { app: 1, description: 'd' });
    const old = { app: 1, revision: 1 };
    expect((await admin('PUT', 'preview/app/settings', { ...old, name: 'x' })).status).toBe(409);
    expect((await admin('POST', 'preview/app/deploy', { apps: [old] })).status).toBe(409);
    expect((await admin('POST', 'preview/app/deploy', { apps: [{ app: 1, revision: 2 }] })).status).toBe(200);
  });
});

describe('form fields', () => {
  it.each([
    [{ memo: { type: 'NUMBER' } }, 'properties[memo].code'],
    [{ item: { type: 'NUMBER' } }, 'properties[item].code'],
    [{ '1st': { type: 'NUMBER' } }, 'properties[1st].code'],
    [{ 'a-b': { type: 'NUMBER' } }, 'properties[a-b].code'],
    [{ x: {} }, 'properties[x].type'],
    [{ x: { type: 'STATUS' } }, 'properties[x].type'],
    [{ t: { type: 'SUBTABLE', fields: { memo: { type: 'NUMBER' } } } }, 'properties[t].fields'],
  ])('%j is refused', async (properties, key) => {
    const reply = await admin('POST', 'preview/app/form/fields', { app: 1, properties });
    expect(Object.keys(reply.body.errors)).toEqual([key]);
  });

  it('refuses unknown codes, other types, and to delete what every app has', async () => {
    const change = (properties: object) => admin('PUT', 'preview/app/form/fields', { app: 1, properties });
    expect((await change({ no: { label: 'x' } })).body.code).toBe('GAIA_FC01');
    expect((await change({ memo: { type: 'NUMBER' } })).body.errors).toHaveProperty([
      'properties[memo].type',
    ]);
    const fields = ['レコード番号'];
    expect((await admin('DELETE', 'preview/app/form/fields', { app: 1, fields })).body.code).toBe(
      'GAIA_FC01',
    );
  });

  it('puts new fields into the layout and takes removed ones out', async () => {
    await admin('POST', 'preview/app/form/fields', { app: 1, properties: { extra: { type: 'NUMBER' } } });
    const codes = async () =>
      JSON.stringify((await admin('GET', 'preview/app/form/layout', { app: 1 })).body.layout);
    expect(await codes()).toContain('"extra"');
    await admin('DELETE', 'preview/app/form/fields', { app: 1, fields: ['extra'] });
    expect(await codes()).not.toContain('"extra"');
    const layout = [{ type: 'ROW', fields: [{ type: 'NUMBER', code: 'unknown' }] }];
    expect((await admin('PUT', 'preview/app/form/layout', { app: 1, layout })).body.code).toBe('GAIA_FC01');
  });
});

describe('other settings', () => {
  it('keep views with their ids', async () => {
    const put = (views: object) => admin('PUT', 'preview/app/views', { app: 1, views });
    const first = await put({ 一覧: { type: 'LIST', index: 0, fields: ['key'], filterCond: 'amount > 1' } });
    const id = first.body.views['一覧'].id;
    const second = await put({
      一覧: { type: 'LIST', index: 0, name: '名前' },
      別: { type: 'LIST', index: 1 },
    });
    expect(second.body.views['名前'].id).toBe(id);
    expect(second.body.views['別'].id).not.toBe(id);
    await deploy(1);
    const { views } = (await call(kintone, 'GET', 'app/views', { app: 1 })).body;
    expect(views['名前']).toMatchObject({ type: 'LIST', index: '0', filterCond: 'amount > 1' });
  });

  it('change the precision of numbers', async () => {
    const set = (numberPrecision: object) =>
      admin('PUT', 'preview/app/settings', { app: 1, numberPrecision });
    expect((await set({ digits: 31 })).body.errors).toHaveProperty(['numberPrecision.digits']);
    expect((await set({ roundingMode: 'HALF_UP' })).body.errors).toHaveProperty([
      'numberPrecision.roundingMode',
    ]);
    await set({ digits: '30', decimalPlaces: 10, roundingMode: 'DOWN' });
    await deploy(1);
    const settings = (await call(kintone, 'GET', 'app/settings', { app: 1 })).body;
    expect(settings.numberPrecision).toEqual({ digits: '30', decimalPlaces: '10', roundingMode: 'DOWN' });
    const value = '12345678901234567890.12345678909';
    await call(kintone, 'POST', 'record', { app: 1, record: { number_key: { value } } });
    const { record } = (await call(kintone, 'GET', 'record', { app: 1, id: 1 })).body;
    expect(record.number_key.value).toBe('12345678901234567890.1234567890');
  });

  it('switch process management on, for old records too', async () => {
    await call(kintone, 'POST', 'record', { app: 1, record: {} });
    const states = { open: { name: 'open', index: '0', assignee: { type: 'ONE', entities: [] } } };
    await admin('PUT', 'preview/app/status', { app: 1, enable: true, states, actions: [] });
    await deploy(1);
    const { record } = (await call(kintone, 'GET', 'record', { app: 1, id: 1 })).body;
    expect(record['ステータス'].value).toBe('open');
    expect((await call(kintone, 'GET', 'app/status', { app: 1 })).body).toMatchObject({
      enable: true,
      states,
    });
  });

  it.each(['record/acl', 'field/acl'])('keep %s', async (path) => {
    const rights = [{ filterCond: '', entities: [] }];
    await admin('PUT', `preview/${path}`, { app: 1, rights });
    await deploy(1);
    expect((await admin('GET', path, { app: 1 })).body.rights).toEqual(rights);
    expect((await call(kintone, 'GET', path, { app: 1 })).body.code).toBe('CB_NO02');
  });

  it('let the first fitting row of the access list decide', async () => {
    const rights = [
      { entity: { type: 'USER', code: 'emma' }, recordViewable: true },
      { entity: { type: 'GROUP', code: 'everyone' }, recordViewable: true, recordAddable: true },
    ];
    await admin('PUT', 'preview/app/acl', { app: 1, rights });
    await deploy(1);
    const add = (as: string) => call(kintone, 'POST', 'record', { app: 1, record: {} }, as);
    expect((await add('emma')).body.code).toBe('CB_NO02');
    expect((await add('taro')).status).toBe(200);
    expect((await call(kintone, 'PUT', 'record', { app: 1, id: 1, record: {} })).status).toBe(403);
    expect((await call(kintone, 'DELETE', 'records', { app: 1, ids: [1] })).status).toBe(403);
    const evaluated = await call(kintone, 'GET', 'records/acl/evaluate', { app: 1, ids: [1] }, 'emma');
    expect(evaluated.body.rights[0].record).toEqual({ viewable: true, editable: false, deletable: false });
  });
});
