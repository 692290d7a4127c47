/** Modes of the output app, from the first read to the last commit, against the local kintone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../kintone/server/faults';
import {
  admin,
  closeStage,
  command,
  commits,
  confirming,
  flow,
  given,
  openStage,
  orders,
  output,
  records,
  row,
  run,
  SOURCE,
  server,
  start,
  TARGET,
  TOTALS,
} from './output-stage';

beforeAll(openStage);
afterAll(closeStage);

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
    expect(status.preview?.outputs[1]?.changes[0]?.fields).toContainEqual({
      field: 'sum',
      before: undefined,
      after: '12',
    });
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
    const shown = asked.preview?.outputs[0]?.changes[0];
    expect(shown).toMatchObject({ kind: 'delete', recordId: '2', label: 'B' });
    expect(
      Object.fromEntries((shown?.fields ?? []).map(({ field, before }) => [field, before])),
    ).toMatchObject({
      key: 'B',
      qty: '2',
      twice: '4',
      memo: 'b',
      customerName: 'One',
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
    expect(byKey.preview?.outputs[0]?.unmatched).toBe(1);
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
