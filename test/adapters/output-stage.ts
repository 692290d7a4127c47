/** A source to read, an app to write into, and whole runs between them, against the local kintone. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppRef, Command, ExecutionUnit, Flow } from '../../src/definition/types';
import { realClock, realRandomness } from '../../src/kintone/clock';
import { createLogApp } from '../../src/kintone/log-app';
import { kintoneRunPorts } from '../../src/kintone/run-ports';
import { clientsOf } from '../../src/node/connection';
import { type Clock, type RunHandle, type RunStatus, startRun } from '../../src/run';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import type { Dump } from '../kintone/server/dump';
import { type RunningServer, startServer } from '../kintone/server/server';
import { requestOf, settingsOf } from '../run/setup';

export const SOURCE = '1';
export const TARGET = '2';
export const MASTER = '3';
export const TOTALS = '4';

const text = { type: 'SINGLE_LINE_TEXT' as const };
const state = (name: string, index: string) => ({
  name,
  index,
  assignee: { type: 'ONE' as const, entities: [] },
});

export type Values = Record<string, unknown>;

const dump = (rows: readonly Values[], records: readonly Values[]): Dump => ({
  users: [
    { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
    { code: 'sato', name: 'Sato', password: 'sato-pw', language: 'ja' },
  ],
  apps: [
    {
      id: MASTER,
      name: 'customers',
      creator: 'admin',
      fields: { code: { ...text, unique: true }, name: text },
      records: [
        { code: 'C1', name: 'One' },
        { code: 'C2', name: 'Two' },
      ],
    },
    {
      id: SOURCE,
      name: 'orders',
      creator: 'admin',
      fields: {
        key: text,
        qty: { type: 'NUMBER' },
        kind: text,
        customer: text,
        lines: { type: 'SUBTABLE', fields: { item: text, count: { type: 'NUMBER' } } },
      },
      records: rows.map((row) => ({ ...row })),
    },
    {
      id: TARGET,
      name: 'slips',
      creator: 'admin',
      settings: { numberPrecision: { digits: '8', decimalPlaces: '2', roundingMode: 'HALF_EVEN' } },
      fields: {
        no: { ...text, unique: true },
        key: { ...text, unique: true },
        qty: { type: 'NUMBER' },
        month: { type: 'DATE' },
        memo: text,
        kind: {
          type: 'DROP_DOWN',
          options: { a: { label: 'a', index: '0' }, b: { label: 'b', index: '1' } },
        },
        twice: { type: 'CALC', expression: 'qty * 2' },
        customer: {
          ...text,
          lookup: {
            relatedApp: { app: MASTER, code: '' },
            relatedKeyField: 'code',
            fieldMappings: [{ field: 'customerName', relatedField: 'name' }],
            lookupPickerFields: [],
            filterCond: '',
            sort: '',
          },
        },
        customerName: text,
        lines: { type: 'SUBTABLE', fields: { item: text, count: { type: 'NUMBER' }, note: text } },
      },
      status: {
        enable: true,
        states: { open: state('open', '0'), done: state('done', '1') },
        actions: [{ name: 'finish', from: 'open', to: 'done', filterCond: '' }],
      },
      records: records.map((record) => ({ ...record })),
    },
    {
      id: TOTALS,
      name: 'totals',
      creator: 'admin',
      fields: { name: { ...text, unique: true }, sum: { type: 'NUMBER' } },
    },
  ],
});

export let server: RunningServer;
export let admin: KintoneRestAPIClient;
let logApp: AppRef;

const clientAs = (username: string): KintoneRestAPIClient =>
  new KintoneRestAPIClient({ baseUrl: server.url, auth: { username, password: `${username}-pw` } });

/** To be called once before and after the tests of a file. */
export async function openStage(): Promise<void> {
  server = await startServer({});
}

export const closeStage = (): Promise<void> => server.close();

/** An own kintone per test, with these rows to write and these records to write onto. */
export async function given(rows: readonly Values[], records: readonly Values[] = []): Promise<void> {
  server.kintone.reset();
  server.kintone.load(dump(rows, records));
  admin = clientAs('admin');
  const sleep = () => Promise.resolve();
  logApp = await createLogApp(admin, { ...logAppTexts, sleep }, () => undefined);
  server.kintone.log.clear();
}

export const command = (id: string, type: string, inputs: string[], settings: object): Command => ({
  id,
  type,
  note: '',
  inputs,
  settings: settings as Command['settings'],
});

export const flow = (id: string, commands: readonly Command[]): Flow => ({
  id,
  name: id,
  note: '',
  commands,
});

export const orders = command('in', 'inputApp', [], {
  app: { appId: SOURCE },
  fields: ['key', 'qty', 'kind', 'customer', 'lines'],
  rename: [],
  condition: null,
});

/** Writes columns of the source into fields of the same names. */
export const output = (codes: readonly string[], settings: object): Command =>
  command('out', 'outputApp', ['in'], {
    app: { appId: TARGET },
    keys: ['key'],
    mapping: codes.map((code) => ({ from: code, to: code })),
    ...settings,
  });

const impatientClock: Clock = {
  ...realClock,
  sleep: (ms, signal) => realClock.sleep(ms > 20_000 ? ms : 0, signal),
};

export function start(
  flows: readonly Flow[],
  change: Partial<ExecutionUnit> = {},
  user = 'admin',
): RunHandle {
  const ports = kintoneRunPorts({
    clientFor: clientsOf({
      baseUrl: server.url,
      auth: { kind: 'password', username: user, password: `${user}-pw` },
      basicAuth: null,
    }),
    logApp,
    presence: { sees: () => false, claim: async () => ({ release: () => undefined }) },
    remote: { fetchText: () => Promise.reject(new Error('no flow here asks other hosts')) },
    describe: (failure) => `${failure.code} ${JSON.stringify(failure.params)}`,
    clock: impatientClock,
  });
  const request = requestOf(
    { ...settingsOf(flows, { confirm: 'never', rateLimitPerMinute: 60, ...change }), logApp },
    {
      pressId: realRandomness.uuid(),
      owner: `node:${realRandomness.uuid()}`,
      calling: { appId: SOURCE, recordId: '', record: null, fields: null },
    },
  );
  return startRun(ports, request, new Map());
}

export const run = (commands: readonly Command[], user = 'admin'): Promise<RunStatus> =>
  start([flow('f1', [orders, ...commands])], {}, user).ended;

export async function publish(app: string): Promise<void> {
  await admin.app.deployApp({ apps: [{ app }] });
  for (;;) {
    const { apps } = await admin.app.getDeployStatus({ apps: [app] });
    if (apps[0]?.status !== 'PROCESSING') return;
  }
}

/** The status while the person is asked. */
export const confirming = (handle: RunHandle): Promise<RunStatus> =>
  new Promise((resolve) => {
    const look = (): void => {
      const status = handle.getSnapshot();
      if (status.reason === 'confirming') resolve(status);
    };
    handle.subscribe(look);
    look();
  });

/** Records of an app as plain values of some fields, by record id ascending. */
export async function records(app: string, codes: readonly string[]): Promise<string[]> {
  const all = await admin.record.getAllRecords({ app, orderBy: '$id asc' });
  return all.map((record) => codes.map((code) => String(record[code]?.value ?? '')).join('|'));
}

/** Data requests of the commits so far, as "METHOD api". */
export const commits = (): readonly (readonly string[])[] =>
  server.kintone.log
    .list({ path: 'bulkRequest' })
    .map((entry) => entry.subRequests.slice(1).map(({ method, path }) => `${method} ${path.slice(6)}`))
    .filter((requests) => requests.length > 0);

export const row = (key: string, qty: string, more: Values = {}): Values => ({ key, qty, ...more });
