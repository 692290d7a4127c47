import { KintoneAllRecordsError, KintoneRestAPIClient, KintoneRestAPIError } from '@kintone/rest-api-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../kintone/server/server';
import { dump, startMs } from './fixture';

let server: RunningServer;
let client: KintoneRestAPIClient;

beforeAll(async () => {
  server = await startServer({ startMs });
});

afterAll(() => server.close());

beforeEach(() => {
  server.kintone.reset();
  server.kintone.load(structuredClone(dump));
  client = new KintoneRestAPIClient({
    baseUrl: server.url,
    auth: { username: 'taro', password: 'taro-pw' },
  });
});

describe('@kintone/rest-api-client, unmodified', () => {
  it('adds, reads, updates and deletes a record', async () => {
    const added = await client.record.addRecord({
      app: 1,
      record: { key: { value: 'k1' }, amount: { value: 10 } },
    });
    expect(added).toEqual({ id: '1', revision: '1' });
    expect(await client.record.updateRecord({ app: 1, id: 1, record: { memo: { value: 'm' } } })).toEqual({
      revision: '2',
    });
    const { record } = await client.record.getRecord({ app: 1, id: 1 });
    expect(record['memo']?.value).toBe('m');
    expect(record['key']?.value).toBe('k1');
    expect(record['$revision']?.value).toBe('2');
    await client.record.deleteRecords({ app: 1, ids: [1] });
    expect((await client.record.getRecords({ app: 1, totalCount: true })).totalCount).toBe('0');
  });

  it('adds 5,000 rows with addAllRecords and reads them all by id and by cursor', async () => {
    const records = Array.from({ length: 5000 }, (_, at) => ({ key: { value: `k${at}` } }));
    const { records: added } = await client.record.addAllRecords({ app: 1, records });
    expect(added).toHaveLength(5000);
    const byId = await client.record.getAllRecords({ app: 1, fields: ['key'] });
    expect(new Set(byId.map((record) => record['key']?.value)).size).toBe(5000);
    const byCursor = await client.record.getAllRecordsWithCursor({ app: 1, query: 'order by key asc' });
    expect(byCursor).toHaveLength(5000);
    const log = server.kintone.log.list({ path: 'bulkRequest' });
    expect(log.map((entry) => entry.subRequests.length)).toEqual([20, 20, 10]);
    expect(server.kintone.log.counters(startMs)['1']).toBeGreaterThanOrEqual(50 + 10 + 10);
  });

  it('upserts through updateAllRecords', async () => {
    await client.record.addRecord({ app: 1, record: { key: { value: 'old' } } });
    const { records } = await client.record.updateAllRecords({
      app: 1,
      upsert: true,
      records: [
        { updateKey: { field: 'key', value: 'old' }, record: { memo: { value: 'changed' } } },
        { updateKey: { field: 'key', value: 'new' }, record: { memo: { value: 'made' } } },
      ],
    });
    expect(records).toEqual([
      { id: '1', operation: 'UPDATE', revision: '2' },
      { id: '2', operation: 'INSERT', revision: '1' },
    ]);
    const { record } = await client.record.getRecord({ app: 1, id: 2 });
    expect([record['key']?.value, record['memo']?.value]).toEqual(['new', 'made']);
  });

  it('leaves nothing behind when a bulkRequest fails, and says where', async () => {
    const failing = client.bulkRequest({
      requests: [
        { method: 'POST', api: '/k/v1/record.json', payload: { app: 1, record: { key: { value: 'a' } } } },
        { method: 'DELETE', api: '/k/v1/records.json', payload: { app: 2, ids: [1] } },
        { method: 'PUT', api: '/k/v1/record.json', payload: { app: 1, id: 99, record: {} } },
      ],
    });
    const error = await failing.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KintoneRestAPIError);
    expect(error).toMatchObject({ code: 'GAIA_RE01', status: 404, bulkRequestIndex: 2 });
    expect((await client.record.getRecords({ app: 1 })).records).toEqual([]);
    expect((await client.record.getRecords({ app: 2 })).records).toHaveLength(2);
  });

  it('tells processed and unprocessed rows of addAllRecords apart', async () => {
    const records = Array.from({ length: 2150 }, (_, at) => ({
      key: { value: at === 2105 ? 'k0' : `k${at}` },
    }));
    const error = await client.record.addAllRecords({ app: 1, records }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KintoneAllRecordsError);
    if (!(error instanceof KintoneAllRecordsError)) return;
    expect(error.processedRecordsResult.records).toHaveLength(2000);
    expect(error.unprocessedRecords).toHaveLength(150);
    expect(error.errorIndex).toBe(2105);
    expect(error.error).toMatchObject({
      code: 'CB_VA01',
      errors: { 'records[5].key.value': { messages: ['値がほかのレコードと重複しています。'] } },
    });
  });

  it('uploads, attaches and downloads a file', async () => {
    const text = 'あいう,1\n';
    const { fileKey } = await client.file.uploadFile({ file: { name: '表.csv', data: text } });
    const { id } = await client.record.addRecord({ app: 1, record: { files: { value: [{ fileKey }] } } });
    const { record } = await client.record.getRecord({ app: 1, id });
    const files = record['files']?.value as {
      fileKey: string;
      name: string;
      size: string;
      contentType: string;
    }[];
    expect(files).toMatchObject([{ name: '表.csv', size: '12', contentType: 'text/csv' }]);
    const bytes = await client.file.downloadFile({ fileKey: files[0]!.fileKey });
    expect(Buffer.from(bytes).toString('utf8')).toBe(text);
    await expect(client.file.downloadFile({ fileKey })).rejects.toThrow();
  });

  it('makes an app, adds fields, deploys it and writes into it', async () => {
    const { app } = await client.app.addApp({ name: '新しい' });
    await client.app.addFormFields({
      app,
      properties: {
        code: { type: 'SINGLE_LINE_TEXT', code: 'code', label: 'コード', unique: true },
        lines: {
          type: 'SUBTABLE',
          code: 'lines',
          label: '明細',
          fields: { n: { type: 'NUMBER', code: 'n', label: '数' } },
        },
      },
    });
    await expect(client.record.addRecord({ app, record: {} })).rejects.toMatchObject({ code: 'GAIA_AP01' });
    await client.app.deployApp({ apps: [{ app }] });
    expect(await client.app.getDeployStatus({ apps: [app] })).toEqual({
      apps: [{ app, status: 'PROCESSING' }],
    });
    expect(await client.app.getDeployStatus({ apps: [app] })).toEqual({ apps: [{ app, status: 'SUCCESS' }] });
    const { properties } = await client.app.getFormFields({ app });
    expect(properties['code']).toMatchObject({ type: 'SINGLE_LINE_TEXT', unique: true, required: false });
    expect(properties['レコード番号']).toMatchObject({ type: 'RECORD_NUMBER' });
    await client.record.addRecord({ app, record: { code: { value: 'a' } } });
    await expect(client.record.addRecord({ app, record: { code: { value: 'a' } } })).rejects.toMatchObject({
      code: 'CB_VA01',
      errors: { 'record.code.value': { messages: ['値がほかのレコードと重複しています。'] } },
    });
  });

  it('accepts API tokens of several apps and refuses what they do not allow', async () => {
    const reader = new KintoneRestAPIClient({
      baseUrl: server.url,
      auth: { apiToken: ['orders-view', 'customers-all'] },
    });
    expect((await reader.record.getRecords({ app: 1 })).records).toEqual([]);
    expect(
      await reader.record.addRecord({ app: 2, record: { customer_code: { value: 'C3' } } }),
    ).toMatchObject({
      id: '3',
    });
    await expect(reader.record.addRecord({ app: 1, record: {} })).rejects.toMatchObject({
      code: 'GAIA_NO01',
      status: 403,
    });
    const stranger = new KintoneRestAPIClient({ baseUrl: server.url, auth: { apiToken: 'wrong' } });
    await expect(stranger.record.getRecords({ app: 1 })).rejects.toMatchObject({ code: 'GAIA_IA02' });
  });

  it('overrides a GET whose URL is too long', async () => {
    await client.record.addRecord({ app: 1, record: { key: { value: 'k1' } } });
    const keys = Array.from({ length: 600 }, (_, at) => `"key number ${at}"`);
    const query = `key in (${keys.join(',')}, "k1")`;
    expect((await client.record.getRecords({ app: 1, query })).records).toHaveLength(1);
    expect(server.kintone.log.list({ path: 'records.json', method: 'GET' })).toHaveLength(1);
  });

  it('turns a text answer into a plain error, as a gateway failure does', async () => {
    const effect = { kind: 'error', status: 503, body: '<html>down</html>' } as const;
    server.kintone.faults.add({ match: { path: 'records.json' }, effect });
    await expect(client.record.getRecords({ app: 1 })).rejects.toThrow('503');
    expect((await client.record.getRecords({ app: 1 })).records).toEqual([]);
  });

  it('loses a reply after the work was done', async () => {
    server.kintone.faults.add({ match: { method: 'POST' }, effect: { kind: 'replyLost' } });
    await expect(client.record.addRecord({ app: 1, record: {} })).rejects.toThrow();
    expect((await client.record.getRecords({ app: 1 })).records).toHaveLength(1);
  });

  it('reads and changes settings: views, layout, process, rights, general settings', async () => {
    const manager = new KintoneRestAPIClient({
      baseUrl: server.url,
      auth: { username: 'Administrator', password: 'cybozu' },
    });
    const { app } = manager;
    const layout = [
      { type: 'ROW' as const, fields: [{ type: 'NUMBER' as const, code: 'amount', size: { width: '99' } }] },
    ];
    await app.updateFormLayout({ app: 1, layout });
    await app.updateViews({
      app: 1,
      views: { all: { type: 'LIST', index: 0, name: 'all', fields: ['key'] } },
    });
    await app.updateAppSettings({ app: 1, name: 'renamed', description: 'text' });
    await app.updateProcessManagement({
      app: 1,
      enable: true,
      states: { open: { index: 0 }, done: { index: 1 } },
      actions: [{ name: 'finish', from: 'open', to: 'done' }],
    });
    const everyone = { entity: { type: 'GROUP' as const, code: 'everyone' }, recordViewable: true };
    await app.updateAppAcl({ app: 1, rights: [{ ...everyone, recordAddable: true, recordEditable: true }] });
    await app.updateFormFields({ app: 1, properties: { kind: { type: 'DROP_DOWN', label: 'Kind' } } });
    await app.deployApp({ apps: [{ app: 1, revision: -1 }] });
    await app.getDeployStatus({ apps: [1] });
    expect(await app.getDeployStatus({ apps: [1] })).toEqual({ apps: [{ app: '1', status: 'SUCCESS' }] });
    expect((await app.getFormLayout({ app: 1 })).layout).toEqual(layout);
    expect((await app.getViews({ app: 1 })).views['all']).toMatchObject({ type: 'LIST', fields: ['key'] });
    expect((await app.getAppSettings({ app: 1 })).name).toBe('renamed');
    expect((await app.getProcessManagement({ app: 1 })).states?.['done']).toMatchObject({
      name: 'done',
      index: '1',
    });
    expect((await app.getFormFields({ app: 1 })).properties['kind']).toMatchObject({
      label: 'Kind',
      options: { B: { label: 'B', index: '1' } },
    });
    expect((await app.getAppAcl({ app: 1 })).rights).toMatchObject([
      { recordAddable: true, recordDeletable: false },
    ]);
    expect((await app.getApps({ name: 'renamed' })).apps).toHaveLength(1);
    const { id } = await manager.record.addRecord({ app: 1, record: {} });
    expect(await manager.record.updateRecordStatus({ app: 1, id, action: 'finish' })).toEqual({
      revision: '3',
    });
    expect(await manager.record.addRecordComment({ app: 1, record: id, comment: { text: 'done' } })).toEqual({
      id: '1',
    });
    const rightsOfRecord = await app.evaluateRecordsAcl({ app: 1, ids: [id] });
    expect(rightsOfRecord.rights[0]?.record.viewable).toBe(true);
  });

  it('works inside a guest space', async () => {
    server.kintone.load({
      spaces: [{ id: '5', name: 'guests', isGuest: true, defaultThread: '7', members: ['taro'] }],
    });
    const guest = new KintoneRestAPIClient({
      baseUrl: server.url,
      auth: { username: 'taro', password: 'taro-pw' },
      guestSpaceId: 5,
    });
    const { app } = await guest.app.addApp({ name: 'inside', space: 5 });
    const properties = { t: { type: 'SINGLE_LINE_TEXT', code: 't', label: 't' } } as const;
    await guest.app.addFormFields({ app, properties });
    await guest.app.deployApp({ apps: [{ app }] });
    await guest.app.getDeployStatus({ apps: [app] });
    await guest.app.getDeployStatus({ apps: [app] });
    const records = [{ t: { value: 'a' } }, { t: { value: 'b' } }];
    expect((await guest.record.addAllRecords({ app, records })).records).toHaveLength(2);
    await expect(client.record.getRecords({ app })).rejects.toMatchObject({ code: 'GAIA_IL23' });
    expect((await guest.app.getApp({ id: app })).threadId).toBe('7');
  });
});
