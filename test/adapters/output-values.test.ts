/** Numbers, values, tables and statuses that outputs write, against the local kintone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/definition/types';
import {
  admin,
  closeStage,
  command,
  commits,
  confirming,
  flow,
  given,
  MASTER,
  openStage,
  orders,
  output,
  publish,
  records,
  row,
  run,
  SOURCE,
  start,
  TARGET,
  TOTALS,
  type Values,
} from './output-stage';

beforeAll(openStage);
afterAll(closeStage);

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

describe('automatic numbers over apps and table rows', () => {
  it('go on from the highest number of the apps that share the sequence', async () => {
    await given(
      [row('A', '1', { lines: [{ item: 'pen' }, { item: 'ink' }] })],
      [row('Z', '1', { no: '003' })],
    );
    await admin.record.addRecord({ app: TOTALS, record: { name: { value: '041' }, sum: { value: '1' } } });
    const autoNumber = {
      field: 'no',
      digits: 3,
      start: 1,
      prefix: '',
      suffix: '',
      cycle: 'none',
      fiscalStartMonth: 4,
      groupField: '',
      sharedWith: [{ app: { appId: TOTALS }, field: 'name' }],
    };
    const tables = [
      {
        field: 'lines',
        rows: 'replace',
        key: '',
        keepOthers: false,
        order: [{ column: 'item', descending: false }],
        rowNumber: { field: 'note', digits: 2, start: 1, prefix: 'No.', suffix: '' },
      },
    ];
    const append = output(['key', 'lines'], { mode: 'append', keys: [], autoNumber, tables });
    expect((await run([append])).failure).toBeNull();
    expect(await records(TARGET, ['key', 'no'])).toEqual(['Z|003', 'A|042']);
    const { record } = await admin.record.getRecord({ app: TARGET, id: 2 });
    const value = record['lines']?.value as unknown as { value: Record<string, { value: string }> }[];
    expect(value.map(({ value: inner }) => `${inner['item']?.value} ${inner['note']?.value}`)).toEqual([
      'ink No.01',
      'pen No.02',
    ]);
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
