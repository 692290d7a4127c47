/** What the output commands write, from the first read to the last commit, against the local kintone. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppRef, Command, ExecutionUnit, Flow } from '../../src/definition/types';
import { realClock, realRandomness } from '../../src/kintone/clock';
import { createLogApp } from '../../src/kintone/log-app';
import { kintoneRunPorts } from '../../src/kintone/run-ports';
import { clientsOf } from '../../src/node/connection';
import { type Clock, type RunHandle, type RunStatus, startRun } from '../../src/run';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import type { Dump } from '../kintone/server/dump';
import type { Fault } from '../kintone/server/faults';
import { type RunningServer, startServer } from '../kintone/server/server';
import { requestOf, settingsOf } from '../run/setup';

const SOURCE = '1';
const TARGET = '2';
const MASTER = '3';
const TOTALS = '4';

const text = { type: 'SINGLE_LINE_TEXT' as const };
const state = (name: string, index: string) => ({
  name,
  index,
  assignee: { type: 'ONE' as const, entities: [] },
});

type Values = Record<string, unknown>;

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

let server: RunningServer;
let admin: KintoneRestAPIClient;
let logApp: AppRef;

const clientAs = (username: string): KintoneRestAPIClient =>
  new KintoneRestAPIClient({ baseUrl: server.url, auth: { username, password: `${username}-pw` } });

beforeAll(async () => {
  server = await startServer({});
});

afterAll(() => server.close());

/** An own kintone per test, with these rows to write and these records to write onto. */
async function given(rows: readonly Values[], records: readonly Values[] = []): Promise<void> {
  server.kintone.reset();
  server.kintone.load(dump(rows, records));
  admin = clientAs('admin');
  const sleep = () => Promise.resolve();
  logApp = await createLogApp(admin, { ...logAppTexts, sleep }, () => undefined);
  server.kintone.log.clear();
}

const command = (id: string, type: string, inputs: string[], settings: object): Command => ({
  id,
  type,
  note: '',
  inputs,
  settings: settings as Command['settings'],
});

const flow = (id: string, commands: readonly Command[]): Flow => ({ id, name: id, note: '', commands });

const orders = command('in', 'inputApp', [], {
  app: { appId: SOURCE },
  fields: ['key', 'qty', 'kind', 'customer', 'lines'],
  rename: [],
  condition: null,
});

/** Writes columns of the source into fields of the same names. */
const output = (codes: readonly string[], settings: object): Command =>
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

function start(flows: readonly Flow[], change: Partial<ExecutionUnit> = {}, user = 'admin'): RunHandle {
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

const run = (commands: readonly Command[], user = 'admin'): Promise<RunStatus> =>
  start([flow('f1', [orders, ...commands])], {}, user).ended;

async function publish(app: string): Promise<void> {
  await admin.app.deployApp({ apps: [{ app }] });
  for (;;) {
    const { apps } = await admin.app.getDeployStatus({ apps: [app] });
    if (apps[0]?.status !== 'PROCESSING') return;
  }
}

/** The status while the person is asked. */
const confirming = (handle: RunHandle): Promise<RunStatus> =>
  new Promise((resolve) => {
    const look = (): void => {
      const status = handle.getSnapshot();
      if (status.reason === 'confirming') resolve(status);
    };
    handle.subscribe(look);
    look();
  });

/** Records of an app as plain values of some fields, by record id ascending. */
async function records(app: string, codes: readonly string[]): Promise<string[]> {
  const all = await admin.record.getAllRecords({ app, orderBy: '$id asc' });
  return all.map((record) => codes.map((code) => String(record[code]?.value ?? '')).join('|'));
}

/** Data requests of the commits so far, as "METHOD api". */
const commits = (): readonly (readonly string[])[] =>
  server.kintone.log
    .list({ path: 'bulkRequest' })
    .map((entry) => entry.subRequests.slice(1).map(({ method, path }) => `${method} ${path.slice(6)}`))
    .filter((requests) => requests.length > 0);

const row = (key: string, qty: string, more: Values = {}): Values => ({ key, qty, ...more });

describe('regenerate', () => {
  it('without keys: equal records stay, unique values move to new records within one commit', async () => {
    await given(
      [row('A', '1.0'), row('B', '9'), row('C', '3')],
      [row('A', '1'), row('B', '2'), row('Z', '8')],
    );
    const status = await run([output(['key', 'qty'], { mode: 'regenerate', keys: [] })]);
    expect(status.failure).toBeNull();
    expect(status.counts).toEqual({ added: 2, updated: 0, deleted: 2, unchanged: 1 });
    expect(await records(TARGET, ['$id', 'key', 'qty'])).toEqual(['1|A|1', '4|B|9', '5|C|3']);
    expect(commits()).toEqual([['DELETE records.json', 'POST records.json', 'DELETE records.json']]);
    const again = await run([output(['key', 'qty'], { mode: 'regenerate', keys: [] })]);
    expect(again).toMatchObject({ reason: 'noChange', counts: { unchanged: 3 } });
  });

  it('with keys: records that match keep their ids and what the result does not feed', async () => {
    await given([row('A', '5'), row('N', '7')], [row('A', '1', { memo: 'mine' }), row('Z', '8')]);
    const status = await run([output(['key', 'qty'], { mode: 'regenerate' })]);
    expect(status.counts).toMatchObject({ added: 1, updated: 1, deleted: 1 });
    expect(await records(TARGET, ['$id', 'key', 'qty', 'memo'])).toEqual(['1|A|5|mine', '3|N|7|']);
  });

  it('every record changes its unique value over several commits, and none is refused', async () => {
    const count = 1_150;
    const keys = Array.from({ length: count }, (_unused, index) => `k${index}`);
    await given(
      keys.map((key) => row(key, '2')),
      [...keys].reverse().map((key) => row(key, '1')),
    );
    const status = await run([output(['key', 'qty'], { mode: 'regenerate', keys: [] })]);
    expect(status.failure).toBeNull();
    expect(status.counts).toMatchObject({ added: count, deleted: count });
    expect(commits().length).toBeGreaterThan(1);
    expect((await records(TARGET, ['key', 'qty'])).sort()).toEqual(keys.map((key) => `${key}|2`).sort());
  });

  const faults: readonly (readonly [string, Fault['effect']])[] = [
    ['reply lost after commit', { kind: 'replyLost' }],
    ['request lost before commit', { kind: 'requestLost' }],
    ['duplicate delivery', { kind: 'duplicate' }],
    ['lock', { kind: 'lock' }],
  ];
  it.each(faults)('%s in the middle of moving unique values: every record once', async (_name, effect) => {
    const keys = Array.from({ length: 320 }, (_unused, index) => `k${index}`);
    await given(
      keys.map((key) => row(key, '2')),
      keys.map((key) => row(key, '1')),
    );
    server.kintone.faults.add({ match: { path: 'bulkRequest', app: TARGET }, effect });
    const commands = [output(['key', 'qty'], { mode: 'regenerate', keys: [] })];
    const status = await run(commands);
    expect(status.failure).toBeNull();
    expect(status.counts).toMatchObject({ added: 320, deleted: 320 });
    expect((await records(TARGET, ['key', 'qty'])).sort()).toEqual(keys.map((key) => `${key}|2`).sort());
    expect(await run(commands)).toMatchObject({ reason: 'noChange' });
  });

  it('a later flow sees what this one deletes and adds, before anything is written', async () => {
    await given([row('A', '5'), row('N', '7')], [row('A', '1'), row('Z', '800')]);
    const sum = flow('f2', [
      command('in', 'inputApp', [], { app: { appId: TARGET }, fields: ['qty'], rename: [], condition: null }),
      command('sum', 'group', ['in'], {
        by: [],
        aggregates: [{ column: 'qty', method: 'sum', as: 'sum', label: 'sum' }],
      }),
      command('name', 'edit', ['sum'], {
        steps: [
          { method: 'formula', target: 'name', label: '', formula: '"all"', type: null, onError: 'fail' },
        ],
      }),
      command('out', 'outputApp', ['name'], {
        app: { appId: TOTALS },
        mode: 'upsert',
        keys: ['name'],
        mapping: [
          { from: 'name', to: 'name' },
          { from: 'sum', to: 'sum' },
        ],
      }),
    ]);
    const first = flow('f1', [orders, output(['key', 'qty'], { mode: 'regenerate' })]);
    const status = await start([first, sum]).ended;
    expect(status.failure).toBeNull();
    expect(status.preview?.deferredFlowIds).toEqual([]);
    expect(status.preview?.flows[1]?.outputs[0]?.adds[0]?.fields['sum']).toEqual({ value: '12' });
    expect(await records(TOTALS, ['name', 'sum'])).toEqual(['all|12']);
  });
});

describe('synchronise', () => {
  it('deletes the rest within the condition, after the person has seen it with all its values', async () => {
    await given(
      [row('A', '5')],
      [
        row('A', '1', { month: '2026-11-01' }),
        row('B', '2', { month: '2026-11-01', memo: 'b', customer: 'C1' }),
        row('C', '3', { month: '2026-10-01' }),
      ],
    );
    const deleteWithin = {
      join: 'all',
      conditions: [{ field: 'month', operator: '>=', values: [{ kind: 'literal', value: '2026-11-01' }] }],
    };
    const sync = output(['key', 'qty'], { mode: 'sync', deleteWithin });
    const handle = start([flow('f1', [orders, sync])], { confirm: 'deletions' });
    const asked = await confirming(handle);
    expect(await records(TARGET, ['key'])).toEqual(['A', 'B', 'C']);
    expect(asked.preview?.flows[0]?.outputs[0]?.deletes[0]).toMatchObject({
      recordId: '2',
      label: 'B',
      before: {
        key: { value: 'B' },
        qty: { value: '2' },
        twice: { value: '4' },
        memo: { value: 'b' },
        customerName: { value: 'One' },
      },
    });
    handle.confirm();
    const status = await handle.ended;
    expect(status.counts).toEqual({ added: 0, updated: 1, deleted: 1, unchanged: 0 });
    expect(await records(TARGET, ['key', 'qty'])).toEqual(['A|5', 'C|3']);
    // The updates go out before the deletions.
    expect(commits()).toEqual([['PUT records.json', 'DELETE records.json']]);
  });
});

describe('delete', () => {
  it('deletes by key or by record number and counts rows without a record', async () => {
    await given([row('B', '1'), row('X', '1')], [row('A', '1'), row('B', '2'), row('C', '3')]);
    const byKey = await run([output(['key'], { mode: 'delete' })]);
    expect(byKey.counts).toMatchObject({ deleted: 1 });
    expect(byKey.preview?.flows[0]?.outputs[0]?.unmatched).toBe(1);
    const number = { from: 'qty', to: 'レコード番号' };
    const byNumber = await run([output([], { mode: 'delete', keys: [number.to], mapping: [number] })]);
    // Both rows of the source say 1, which is a duplicate key.
    expect(byNumber.failure?.code).toBe('duplicateKeyInResult');
    await admin.record.updateRecord({ app: SOURCE, id: 2, record: { qty: { value: '3' } } });
    const again = await run([output([], { mode: 'delete', keys: [number.to], mapping: [number] })]);
    expect(again.failure).toBeNull();
    expect(await records(TARGET, ['$id'])).toEqual([]);
  });
});

describe('automatic numbers', () => {
  const autoNumber = {
    field: 'no',
    digits: 3,
    start: 1,
    prefix: 'S-',
    suffix: '',
    cycle: 'none',
    fiscalStartMonth: 4,
    groupField: '',
  };
  const order = [{ column: 'qty', descending: true }];

  it('go on from the highest in the app, for added records only, in the wanted order', async () => {
    await given(
      [row('K1', '1'), row('K2', '2'), row('K3', '3')],
      [row('K1', '0', { no: 'S-041' }), row('old', '0', { no: '7' })],
    );
    const settings = { mode: 'upsert', autoNumber, order };
    const status = await run([output(['key', 'qty'], settings)]);
    expect(status.counts).toMatchObject({ added: 2, updated: 1 });
    expect(await records(TARGET, ['no', 'key'])).toEqual(['S-041|K1', '7|old', 'S-042|K3', 'S-043|K2']);
    expect(await run([output(['key', 'qty'], settings)])).toMatchObject({ reason: 'noChange' });
  });

  it('a number that somebody else takes meanwhile is refused by the unique field, and nothing is written', async () => {
    await given([row('K1', '1')]);
    const handle = start(
      [flow('f1', [orders, output(['key', 'qty'], { mode: 'append', keys: [], autoNumber })])],
      {
        confirm: 'always',
      },
    );
    await confirming(handle);
    await admin.record.addRecord({ app: TARGET, record: { no: { value: 'S-001' } } });
    handle.confirm();
    expect((await handle.ended).failure).toMatchObject({
      code: 'rowRefused',
      place: { field: 'no', row: 0 },
    });
    expect(await records(TARGET, ['no', 'key'])).toEqual(['S-001|']);
  });
});

describe('values that the app may not take', () => {
  it('lookup keys are checked before anything is sent, and named with their records', async () => {
    await given([
      row('A', '1', { customer: 'C1' }),
      row('B', '1', { customer: 'C8' }),
      row('D', '1', { customer: 'C8' }),
    ]);
    const status = await run([output(['key', 'customer'], { mode: 'upsert' })]);
    expect(status.failure).toMatchObject({
      code: 'lookupKeyMissing',
      params: { field: 'customer', app: MASTER, values: ['C8 (B, D)'], count: 1 },
      place: { appId: TARGET, commandId: 'out', field: 'customer', row: 1 },
    });
    expect(commits()).toEqual([]);
    await admin.record.addRecord({
      app: MASTER,
      record: { code: { value: 'C8' }, name: { value: 'Eight' } },
    });
    expect((await run([output(['key', 'customer'], { mode: 'upsert' })])).failure).toBeNull();
    expect(await records(TARGET, ['key', 'customerName'])).toEqual(['A|One', 'B|Eight', 'D|Eight']);
  });

  it('a key that an earlier flow adds is there in time; one that it deletes is not', async () => {
    await given([row('A', '1', { customer: 'C7' })]);
    const pairs = [{ from: 'customer', to: 'code' }];
    const masterOutput = (mode: string): Command =>
      command('out', 'outputApp', ['in'], { app: { appId: MASTER }, mode, keys: ['code'], mapping: pairs });
    const slips = flow('f2', [orders, output(['key', 'customer'], { mode: 'upsert' })]);
    const both = await start([flow('f1', [orders, masterOutput('upsert')]), slips]).ended;
    expect(both.failure).toBeNull();
    expect(await records(TARGET, ['key', 'customer'])).toEqual(['A|C7']);
    await admin.record.updateRecord({ app: TARGET, id: 1, record: { customer: { value: 'C1' } } });
    const gone = await start([flow('f1', [orders, masterOutput('delete')]), slips]).ended;
    expect(gone.failure).toMatchObject({ code: 'lookupKeyMissing', params: { values: ['C7 (A)'] } });
    expect(await records(MASTER, ['code'])).toEqual(['C1', 'C2', 'C7']);
  });

  it('where the related app may not be read, kintone judges the keys and says so', async () => {
    await given([row('A', '1', { customer: 'C1' })]);
    const everyone = { type: 'GROUP' as const, code: 'everyone' };
    const nothing = {
      recordViewable: false,
      recordAddable: false,
      recordEditable: false,
      recordDeletable: false,
    };
    await admin.app.updateAppAcl({ app: MASTER, rights: [{ entity: everyone, ...nothing }] });
    await publish(MASTER);
    const status = await run([output(['key', 'customer'], { mode: 'upsert' })], 'sato');
    expect(status.failure).toMatchObject({
      code: 'lookupRefused',
      place: { appId: TARGET, commandId: 'out' },
    });
    expect(await records(TARGET, ['key'])).toEqual([]);
  });

  it('numbers are rounded as the app stores them, and refused when they are too long', async () => {
    await given([row('A', '0.125'), row('B', '0.135')]);
    const upsert = output(['key', 'qty'], { mode: 'upsert' });
    await run([upsert]);
    expect(await records(TARGET, ['key', 'qty'])).toEqual(['A|0.12', 'B|0.14']);
    expect(await run([upsert])).toMatchObject({ reason: 'noChange', counts: { unchanged: 2 } });
    await admin.record.updateRecord({ app: SOURCE, id: 2, record: { qty: { value: '1234567.1' } } });
    const before = commits().length;
    expect((await run([upsert])).failure).toMatchObject({
      code: 'numberTooLong',
      params: { field: 'qty', value: '1234567.1', digits: 6 },
      place: { row: 1 },
    });
    expect(commits()).toHaveLength(before);
  });

  it('options that the field lacks stop the run, or are left blank and reported', async () => {
    await given([row('A', '1', { kind: 'a' }), row('B', '1', { kind: 'zzz' })]);
    expect((await run([output(['key', 'kind'], { mode: 'upsert' })])).failure?.code).toBe('optionMissing');
    const status = await run([output(['key', 'kind'], { mode: 'upsert', unknownOptions: 'blank' })]);
    expect(await records(TARGET, ['key', 'kind'])).toEqual(['A|a', 'B|']);
    const reports = status.flows[0]?.commands.flatMap((one) => one.reports);
    expect(reports).toMatchObject([{ code: 'optionsBlanked', count: 1, params: { values: ['zzz'] } }]);
  });
});

describe('tables', () => {
  it('rows matched by an inner key keep their ids, their place and what the result does not feed', async () => {
    const line = (item: string, count: string, more: Values = {}) => ({ item, count, ...more });
    await given(
      [row('A', '1', { lines: [line('cap', '4'), line('ink', '9'), line('box', '1')] })],
      [row('A', '1', { lines: [line('pen', '1', { note: 'p' }), line('ink', '2', { note: 'i' })] })],
    );
    const linesOf = async () => {
      const { record } = await admin.record.getRecord({ app: TARGET, id: 1 });
      const value = record['lines']?.value as unknown as {
        id: string;
        value: Record<string, { value: string }>;
      }[];
      return value.map(({ id, value: inner }) => ({
        id,
        shown: ['item', 'count', 'note'].map((code) => inner[code]?.value ?? '').join('|'),
      }));
    };
    const before = await linesOf();
    const tables = [
      {
        field: 'lines',
        rows: 'merge',
        key: 'item',
        keepOthers: true,
        order: [{ column: 'item', descending: false }],
      },
    ];
    const merge = output(['key', 'lines'], { mode: 'upsert', tables });
    expect((await run([merge])).failure).toBeNull();
    const after = await linesOf();
    expect(after.map((one) => one.shown)).toEqual(['pen|1|p', 'ink|9|i', 'box|1|', 'cap|4|']);
    expect(after.slice(0, 2).map((one) => one.id)).toEqual(before.map((one) => one.id));
    expect(await run([merge])).toMatchObject({ reason: 'noChange' });
  });
});

describe('status update', () => {
  const finish = command('status', 'outputStatus', ['in'], {
    app: { appId: TARGET },
    keys: [{ from: 'key', to: 'key' }],
    action: { from: 'fixed', value: 'finish' },
    assignee: { from: 'none', value: '' },
    blankKeys: 'fail',
    notAllowed: 'fail',
  });
  const STATUS = 'ステータス';

  it('goes out in the same commit as an update of the same record, and only once', async () => {
    await given([row('A', '5'), row('B', '2')], [row('A', '1'), row('B', '2'), row('C', '3')]);
    const commands = [output(['key', 'qty'], { mode: 'update' }), finish];
    const status = await run(commands);
    expect(status.failure).toBeNull();
    expect(status.counts).toMatchObject({ updated: 3, unchanged: 1 });
    expect(await records(TARGET, ['key', 'qty', STATUS, '$revision'])).toEqual([
      'A|5|done|4',
      'B|2|done|3',
      'C|3|open|1',
    ]);
    expect(commits()).toEqual([['PUT records.json', 'PUT records/status.json']]);
    expect(await run(commands)).toMatchObject({ reason: 'noChange', counts: { unchanged: 4 } });
  });

  it('a record whose status does not allow the action stops the run before anything is written', async () => {
    await given([row('A', '5')], [row('A', '1')]);
    await admin.app.updateProcessManagement({
      app: TARGET,
      actions: [{ name: 'finish', from: 'done', to: 'open' }],
    });
    await publish(TARGET);
    const status = await run([finish]);
    // The action leads to "open", where the record already is.
    expect(status).toMatchObject({ reason: 'noChange', counts: { unchanged: 1 } });
    const unknown = {
      ...finish,
      settings: { ...finish.settings, action: { from: 'fixed', value: 'close' } },
    };
    expect((await run([unknown])).failure).toMatchObject({
      code: 'actionUnknown',
      params: { action: 'close' },
    });
    expect(commits()).toEqual([]);
  });
});
