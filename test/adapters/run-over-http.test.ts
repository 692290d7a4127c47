/** The run engine with the real adapters and the unmodified rest-api-client against the local kintone. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppRef, Flow, Settings } from '../../src/definition/types';
import { realClock, realRandomness } from '../../src/kintone/clock';
import { checkLogApp, createLogApp, isUsable, repairLogApp } from '../../src/kintone/log-app';
import { kintoneRunPorts } from '../../src/kintone/run-ports';
import { clientsOf } from '../../src/node/connection';
import { type Clock, type RunStatus, startRun } from '../../src/run';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import type { Fault } from '../kintone/server/faults';
import { type RunningServer, startServer } from '../kintone/server/server';
import { requestOf, settingsOf, UNIT } from '../run/setup';

let server: RunningServer;
let admin: KintoneRestAPIClient;
let logApp: AppRef;

const SOURCE = '1';
const TARGET = '2';

const clientAs = (username: string) =>
  new KintoneRestAPIClient({ baseUrl: server.url, auth: { username, password: `${username}-pw` } });

const dump = {
  users: [
    { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
    { code: 'sato', name: 'Sato', password: 'sato-pw', language: 'ja' },
  ],
  apps: [
    {
      id: SOURCE,
      name: 'orders',
      creator: 'admin',
      fields: {
        customer: { type: 'SINGLE_LINE_TEXT' as const },
        amount: { type: 'NUMBER' as const },
      },
      records: Array.from({ length: 2_000 }, (_unused, index) => ({
        customer: `c${index % 1_200}`,
        amount: '0.1',
      })),
    },
    {
      id: TARGET,
      name: 'totals',
      creator: 'admin',
      fields: {
        key: { type: 'SINGLE_LINE_TEXT' as const, unique: true },
        total: { type: 'NUMBER' as const, maxValue: '1000' },
        twice: { type: 'CALC' as const, expression: 'total * 2' },
      },
    },
  ],
};

const flow: Flow = {
  id: 'flow1',
  name: 'sum',
  note: '',
  commands: [
    {
      id: 'in',
      type: 'inputApp',
      note: '',
      inputs: [],
      settings: { app: { appId: SOURCE }, fields: ['customer', 'amount'], rename: [], condition: null },
    },
    {
      id: 'sum',
      type: 'group',
      note: '',
      inputs: ['in'],
      settings: {
        by: ['customer'],
        aggregates: [{ column: 'amount', method: 'sum', as: 'total', label: 'total' }],
      },
    },
    {
      id: 'out',
      type: 'outputApp',
      note: '',
      inputs: ['sum'],
      settings: {
        app: { appId: TARGET },
        mode: 'upsert',
        keys: ['key'],
        mapping: [
          { from: 'customer', to: 'key' },
          { from: 'total', to: 'total' },
        ],
      },
    },
  ],
};

const sleep = () => Promise.resolve();
const createOptions = { ...logAppTexts, sleep };

beforeAll(async () => {
  server = await startServer({});
});

afterAll(() => server.close());

beforeEach(async () => {
  server.kintone.reset();
  server.kintone.load(structuredClone(dump));
  admin = clientAs('admin');
  logApp = await createLogApp(admin, createOptions, () => undefined);
  server.kintone.log.clear();
});

/** Waiting between attempts would only slow the test down; the beat and the confirm time-out stay real. */
const impatientClock: Clock = {
  ...realClock,
  sleep: (ms, signal) => realClock.sleep(ms > 20_000 ? ms : 0, signal),
};

function run(settings: Settings, user = 'sato'): Promise<RunStatus> {
  const clients = clientsOf({
    baseUrl: server.url,
    auth: { kind: 'password', username: user, password: `${user}-pw` },
    basicAuth: null,
  });
  const ports = kintoneRunPorts({
    clientFor: clients,
    logApp,
    presence: { sees: () => false, claim: async () => ({ release: () => undefined }) },
    remote: { fetchText: () => Promise.reject(new Error('no flow here asks other hosts')) },
    describe: (failure) => `${failure.code} ${JSON.stringify(failure.params)}`,
    clock: impatientClock,
  });
  const request = requestOf(
    { ...settings, logApp },
    {
      pressId: realRandomness.uuid(),
      owner: `node:${realRandomness.uuid()}`,
      calling: { appId: SOURCE, recordId: '', record: null, fields: null },
    },
  );
  return startRun(ports, request, new Map()).ended;
}

async function publish(app: string): Promise<void> {
  await admin.app.deployApp({ apps: [{ app }] });
  for (;;) {
    const { apps } = await admin.app.getDeployStatus({ apps: [app] });
    if (apps[0]?.status !== 'PROCESSING') return;
  }
}

const rowsOf = async (app: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await admin.record.getAllRecords({ app })).map((record) => [
      record['key']?.value,
      record['total']?.value,
    ]),
  );

const sums = (): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: 1_200 }, (_unused, index) => [`c${index}`, index < 800 ? '0.2' : '0.1']),
  );

const settings = settingsOf([flow], { confirm: 'never' });

describe('log app', () => {
  it('is created complete, and an app that lacks something is found and repaired', async () => {
    expect(isUsable(await checkLogApp(admin, logApp))).toBe(true);
    const { properties } = await admin.app.getFormFields({ app: logApp.appId });
    const { flow_key: _gone, ...inner } = (properties['flows'] as { fields: Record<string, unknown> }).fields;
    await admin.app.deleteFormFields({ app: logApp.appId, fields: ['write_nonce', 'flows'] });
    await admin.app.addFormFields({
      app: logApp.appId,
      properties: { flows: { type: 'SUBTABLE', code: 'flows', label: 'flows', fields: inner } } as never,
    });
    await admin.app.updateFormFields({
      app: logApp.appId,
      properties: { lock_key: { type: 'SINGLE_LINE_TEXT', unique: false } } as never,
    });
    await publish(logApp.appId);
    const found = await checkLogApp(admin, logApp);
    expect(found).toEqual({
      missing: ['write_nonce', 'flows.flow_key'],
      wrongType: [],
      notUnique: ['lock_key'],
    });
    await repairLogApp(admin, logApp, found, createOptions, () => undefined);
    expect(isUsable(await checkLogApp(admin, logApp))).toBe(true);
  });

  it('says which fields have a type that a run cannot use', async () => {
    const found = await checkLogApp(admin, { appId: TARGET });
    expect(found.missing).toContain('execution_unit_Id');
    const other = await admin.app.getFormFields({ app: logApp.appId });
    expect(other.properties['run_key']).toMatchObject({ unique: true });
  });
});

describe('a run over HTTP', () => {
  it('writes exactly the sums, logs the run, and changes nothing the second time', async () => {
    const first = await run(settings);
    expect(first.failure).toBeNull();
    expect(first).toMatchObject({ state: 'Success', counts: { added: 1_200, updated: 0 } });
    expect(await rowsOf(TARGET)).toEqual(sums());
    const { records } = await admin.record.getRecords({ app: logApp.appId });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      state: { value: 'Success' },
      state_reason: { value: 'done' },
      lock_key: { value: '' },
      execution_unit_Id: { value: UNIT },
      added_records: { value: '1200' },
      write_cursor: { value: '1200' },
    });
    const second = await run(settings);
    expect(second).toMatchObject({ state: 'Success', reason: 'noChange', counts: { unchanged: 1_200 } });
    const writes = server.kintone.log
      .list({ path: 'bulkRequest' })
      .filter((entry) => entry.subRequests.length > 1);
    expect(writes).toHaveLength(1);
  });

  it('counts its requests as kintone does', async () => {
    const before = server.kintone.log.list({}).length;
    const status = await run(settings);
    const entries = server.kintone.log.list({}).slice(before);
    const counted = entries.reduce((sum, entry) => sum + Math.max(1, entry.subRequests.length), 0);
    // The terminal entry itself is sent after the count it carries has been taken.
    expect(status.requestCount).toBe(counted);
  });

  it('a user who may not write sees where and why, and nothing is half written', async () => {
    await admin.app.updateAppAcl({
      app: TARGET,
      rights: [
        {
          entity: { type: 'USER', code: 'admin' },
          appEditable: true,
          recordViewable: true,
          recordAddable: true,
          recordEditable: true,
          recordDeletable: true,
        },
        {
          entity: { type: 'GROUP', code: 'everyone' },
          recordViewable: true,
          recordAddable: false,
          recordEditable: false,
          recordDeletable: false,
        },
      ],
    } as never);
    await publish(TARGET);
    const status = await run(settings);
    expect(status).toMatchObject({
      state: 'Failure',
      failure: { code: 'noWritePermission', place: { appId: TARGET, flowId: 'flow1', commandId: 'out' } },
    });
    expect(await rowsOf(TARGET)).toEqual({});
    const { records } = await admin.record.getRecords({ app: logApp.appId });
    expect(records[0]).toMatchObject({
      state: { value: 'Failure' },
      error_code: { value: 'noWritePermission' },
      lock_key: { value: '' },
    });
  });

  it('a value that kintone refuses is named with its row and field', async () => {
    await admin.record.addRecord({
      app: SOURCE,
      record: { customer: { value: 'rich' }, amount: { value: '5000' } },
    });
    const status = await run(settings);
    expect(status).toMatchObject({
      state: 'Failure',
      failure: { code: 'rowRefused', place: { appId: TARGET, field: 'total', row: 1_200 } },
    });
    expect(await rowsOf(TARGET)).toEqual({});
  });

  const faults: readonly (readonly [string, Fault['effect']])[] = [
    ['reply lost after commit', { kind: 'replyLost' }],
    ['request lost before commit', { kind: 'requestLost' }],
    ['duplicate delivery', { kind: 'duplicate' }],
    ['lock', { kind: 'lock' }],
    ['too many requests', { kind: 'tooMany' }],
    ['503 as text', { kind: 'error', status: 503, body: 'Service Unavailable' }],
  ];
  /** In ranges of 100 rows, whether kintone's answer told them or not. */
  const ALL_IDS = Array.from(
    { length: 12 },
    (_unused, index) => `flow1/out/${index * 100} ${index * 100 + 1}-${index * 100 + 100}`,
  ).join('\n');

  it.each(faults)('%s on the writing commit: every row exactly once', async (_name, effect) => {
    server.kintone.faults.add({ match: { path: 'bulkRequest', app: TARGET }, effect });
    const status = await run(settings);
    expect(status.failure).toBeNull();
    expect(status).toMatchObject({ state: 'Success', counts: { added: 1_200 } });
    expect(await rowsOf(TARGET)).toEqual(sums());
    const log = await admin.record.getRecords({ app: logApp.appId });
    expect(log.records[0]?.['created_records']?.value).toBe(ALL_IDS);
  });

  it.each(faults.slice(0, 2).concat(faults.slice(3)))(
    '%s while reading: the read is repeated',
    async (_name, effect) => {
      server.kintone.faults.add({ match: { method: 'GET', app: SOURCE }, effect, times: 2 });
      expect(await run(settings)).toMatchObject({ state: 'Success', counts: { added: 1_200 } });
    },
  );
});
