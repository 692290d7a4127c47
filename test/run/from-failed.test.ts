import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../src/definition/types';
import { continueRun, type JournalEntry, runFromFailed, startRun, undoRun } from '../../src/run';
import {
  requestOf,
  runRecord,
  type SumMode,
  settingsOf,
  sumFlow,
  TARGET,
  TARGET_FIELDS,
  untilAsked,
  type World,
  world,
} from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const OTHER = '21';
const flowInto = (app: string, id: string, mode: SumMode) => sumFlow(id, mode, { app: { appId: app } });

const unitOf = (first: SumMode, second: SumMode, change: Parameters<typeof settingsOf>[1] = {}): Settings =>
  settingsOf([flowInto(TARGET, 'f1', first), flowInto(OTHER, 'f2', second)], {
    confirm: 'never',
    atomicity: 'flow',
    ...change,
  });

const APPENDS = unitOf('append', 'append');

function withOther(rows = 3): World {
  const there = world(rows);
  there.kintone.addApp(OTHER, TARGET_FIELDS);
  return there;
}

const allow = (there: World, isWritable: boolean): void => {
  const app = there.kintone.apps.get(OTHER);
  if (app !== undefined) app.isWritable = isWritable;
};

/** A run whose first flow is written and whose second one kintone refuses. */
async function failed(there: World, settings = APPENDS): Promise<JournalEntry> {
  allow(there, false);
  const end = await there.clock.until(startRun(there.tab('t1'), requestOf(settings), new Map()).ended);
  expect(end.flows.map((flow) => flow.state)).toEqual(['Success', 'Failure']);
  allow(there, true);
  return runRecord(there);
}

const press = (there: World, entry: JournalEntry, settings = APPENDS, tab = 't2') =>
  runFromFailed(there.tab(tab), requestOf(settings), entry, new Map());

const go = (there: World, entry: JournalEntry, settings = APPENDS) =>
  there.clock.until(press(there, entry, settings).ended);

const rows = (there: World, app: string) =>
  there.kintone
    .rows(app)
    .map((row) => JSON.stringify(Object.entries(row).sort()))
    .sort();

describe('from the failed flow', () => {
  it('leaves out what is done, so that adding without a key doubles nothing', async () => {
    const there = withOther();
    const entry = await failed(there);
    const end = await go(there, entry);
    expect(end).toMatchObject({ state: 'Success', reason: 'done', counts: { added: 3 } });
    expect(end.flows.map((flow) => flow.isDoneEarlier ?? false)).toEqual([true, false]);
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
    expect(there.kintone.rows(OTHER)).toHaveLength(3);
    const [first, second] = runRecord(there, '2').flows;
    expect(first).toMatchObject({ state: 'Success', startedAtMs: null, message: 'flowDoneEarlier' });
    expect(second).toMatchObject({ state: 'Success', message: '' });
    expect(runRecord(there, '2')).toMatchObject({ continues: entry.runId, lockKey: '', cursor: 3 });
    expect(runRecord(there)).toMatchObject({ state: 'Failure', reason: 'failed' });
  });

  it('works after a cancel, too', async () => {
    const there = withOther();
    const run = startRun(there.tab('t1'), requestOf(APPENDS), new Map());
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) run.cancel();
    };
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'cancelled' });
    there.kintone.afterCommit = () => undefined;
    expect(await go(there, runRecord(there))).toMatchObject({ state: 'Success' });
    expect([there.kintone.rows(TARGET).length, there.kintone.rows(OTHER).length]).toEqual([3, 3]);
  });

  it('leaves an app as starting over leaves it, with every mode that knows its rows', async () => {
    const app = fc.uniqueArray(
      fc.record({ key: fc.constantFrom('c0', 'c1', 'x'), total: fc.constantFrom('', '1', '9') }),
      { selector: (row) => row.key },
    );
    const mode = fc.constantFrom<SumMode>('update', 'upsert', 'sync');
    await fc.assert(
      fc.asyncProperty(app, app, mode, mode, async (a, b, first, second) => {
        const settings = unitOf(first, second);
        const prepared = async () => {
          const there = withOther();
          there.kintone.addApp(TARGET, TARGET_FIELDS, a);
          there.kintone.addApp(OTHER, TARGET_FIELDS, b);
          allow(there, false);
          const end = await there.clock.until(
            startRun(there.tab('t1'), requestOf(settings), new Map()).ended,
          );
          allow(there, true);
          return { there, end };
        };
        const left = await prepared();
        fc.pre(left.end.flows[0]?.state === 'Success' && left.end.state === 'Failure');
        const over = await prepared();
        expect(await go(left.there, runRecord(left.there), settings)).toMatchObject({ state: 'Success' });
        const again = startRun(over.there.tab('t2'), requestOf(settings), new Map());
        expect(await over.there.clock.until(again.ended)).toMatchObject({ state: 'Success' });
        for (const id of [TARGET, OTHER]) expect(rows(left.there, id)).toEqual(rows(over.there, id));
      }),
      { numRuns: 40 },
    );
  });

  it('uses the settings and the data of now', async () => {
    const there = withOther();
    const entry = await failed(there);
    there.kintone.addApp('10', there.kintone.apps.get('10')?.fields ?? {}, [
      { customer: 'new', amount: '7' },
    ]);
    const settings = unitOf('append', 'upsert');
    expect(await go(there, entry, settings)).toMatchObject({ state: 'Success', counts: { added: 1 } });
    expect(there.kintone.rows(OTHER)).toMatchObject([{ key: 'new', total: '7' }]);
  });

  it('is called from the record of the run before, wherever it is pressed', async () => {
    const there = withOther();
    const entry = await failed(there);
    const calling = { appId: '99', recordId: '7', record: null, fields: null };
    const run = runFromFailed(there.tab('t2'), requestOf(APPENDS, { calling }), entry, new Map());
    await there.clock.until(run.ended);
    expect(runRecord(there, '2')).toMatchObject({ callingAppId: '40', callingRecordId: '1' });
  });

  it('asks like any run; after a no it can be pressed again, and so can the rest of the plan', async () => {
    const there = withOther();
    const entry = await failed(there);
    const asking = unitOf('append', 'append', { confirm: 'always' });
    const declined = press(there, entry, asking);
    await untilAsked(there, declined);
    expect(declined.getSnapshot().preview?.outputs.map((output) => output.flowId)).toEqual(['f2']);
    declined.decline();
    expect(await there.clock.until(declined.ended)).toMatchObject({ reason: 'declined' });
    const again = press(there, entry, asking);
    await untilAsked(there, again);
    again.decline();
    await there.clock.until(again.ended);
    expect(runRecord(there, '3').continues).toBe(runRecord(there, '2').runId);
    // The declined run's own record is as good a place to press as that of the run that failed.
    const third = press(there, runRecord(there, '3'), asking);
    await untilAsked(there, third);
    third.decline();
    await there.clock.until(third.ended);
    const rest = continueRun(there.tab('t2'), requestOf(APPENDS), entry, new Map());
    expect(await there.clock.until(rest.ended)).toMatchObject({ state: 'Success' });
    expect([there.kintone.rows(TARGET).length, there.kintone.rows(OTHER).length]).toEqual([3, 3]);
  });

  it('may fail itself, and be continued or begun from its failed flow', async () => {
    const there = withOther();
    const entry = await failed(there);
    allow(there, false);
    expect(await go(there, entry)).toMatchObject({ state: 'Failure' });
    allow(there, true);
    const end = await go(there, runRecord(there, '2'));
    expect(end).toMatchObject({ state: 'Success' });
    expect(end.flows[0]?.isDoneEarlier).toBe(true);
    expect([there.kintone.rows(TARGET).length, there.kintone.rows(OTHER).length]).toEqual([3, 3]);
  });

  it('is undone without the run before it', async () => {
    const there = withOther();
    await go(there, await failed(there));
    const request = requestOf(APPENDS, { undoOf: runRecord(there, '2').runId, isConfirmed: true });
    await there.clock.until(undoRun(there.tab('t3'), request, runRecord(there, '2'), new Map()).ended);
    expect([there.kintone.rows(TARGET).length, there.kintone.rows(OTHER).length]).toEqual([3, 0]);
  });

  it('closes an interrupted run first', async () => {
    const there = withOther();
    const dying = there.tab('t1');
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) there.close('t1');
    };
    startRun(dying, requestOf(APPENDS), new Map());
    await there.clock.until(
      (async () => {
        while (there.kintone.entries.get('1')?.cursor !== 3) await there.clock.sleep(10);
      })(),
    );
    there.kintone.afterCommit = () => undefined;
    expect(runRecord(there).endedAtMs).toBeNull();
    expect(await go(there, runRecord(there))).toMatchObject({ state: 'Success' });
    expect(runRecord(there)).toMatchObject({ state: 'Failure', reason: 'interrupted', lockKey: '' });
    expect([there.kintone.rows(TARGET).length, there.kintone.rows(OTHER).length]).toEqual([3, 3]);
  });

  it('is carried on once, also when two press at the same moment', async () => {
    const there = withOther();
    const settings = unitOf('append', 'append', { concurrency: 'allow' });
    const entry = await failed(there, settings);
    const ends = await there.clock.until(
      Promise.all(['t2', 't3'].map((tab) => press(there, entry, settings, tab).ended)),
    );
    expect(ends.map((end) => end.failure?.code ?? '').sort()).toEqual(['', 'alreadyContinued']);
    expect(there.kintone.rows(OTHER)).toHaveLength(3);
  });

  it('is refused once a later run has written', async () => {
    const there = withOther();
    const entry = await failed(there);
    await there.clock.until(startRun(there.tab('t2'), requestOf(APPENDS), new Map()).ended);
    expect(await go(there, entry)).toMatchObject({ state: 'Failure', failure: { code: 'continueStale' } });
    expect(there.kintone.rows(TARGET)).toHaveLength(6);
  });

  const renamed = { ...APPENDS, flows: APPENDS.flows.map((flow) => ({ ...flow, name: `${flow.name}!` })) };
  const changed = (flowIds: readonly string[]) => ({
    ...APPENDS,
    units: APPENDS.units.map((unit) => ({ ...unit, flowIds })),
  });

  it.each([
    ['continueNotEnded', { endedAtMs: null }, APPENDS],
    ['fromFailedDone', { state: 'Success' }, APPENDS],
    ['fromFailedNothing', { flows: [] }, APPENDS],
    ['fromFailedNothing', { planFiles: [] }, APPENDS],
    ['planDamaged', { planHash: 'other' }, APPENDS],
    ['fromFailedChanged', {}, renamed],
    ['fromFailedChanged', {}, changed(['f1'])],
    ['fromFailedChanged', {}, changed(['f2', 'f1'])],
    ['unitDisabled', {}, unitOf('append', 'append', { enabled: false })],
  ] as const)('%s', async (code, change, settings) => {
    const there = withOther();
    const entry = await failed(there);
    const alive = await there.tab('t9').presence.claim(entry.owner);
    const end = await go(there, { ...entry, ...change }, settings);
    alive?.release();
    expect(end).toMatchObject({ state: 'Failure', failure: { code } });
    expect([there.kintone.rows(TARGET).length, there.kintone.rows(OTHER).length]).toEqual([3, 0]);
  });
});
