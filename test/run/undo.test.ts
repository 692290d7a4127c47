import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError, failure } from '../../src/definition/errors';
import { type JournalEntry, startRun, undoRun } from '../../src/run';
import { createdRows } from '../../src/run/created-rows';
import {
  requestOf,
  runRecord,
  SOURCE,
  SOURCE_FIELDS,
  type SumMode,
  settingsOf,
  sumFlow,
  TARGET,
  TARGET_FIELDS,
  untilAsked,
  type World,
  world,
} from './setup';

const OTHER = '21';

const flowInto = (app: string, id: string, mode: SumMode) => sumFlow(id, mode, { app: { appId: app } });

const run = (there: World, settings: ReturnType<typeof settingsOf>) =>
  there.clock.until(startRun(there.tab('t1'), requestOf(settings), new Map()).ended);

function undo(there: World, settings: ReturnType<typeof settingsOf>, entry: JournalEntry) {
  const request = requestOf(settings, { undoOf: entry.runId, isConfirmed: true });
  return there.clock.until(undoRun(there.tab('t2'), request, entry, new Map()).ended);
}

const rows = (there: World, app = TARGET) =>
  there.kintone
    .rows(app)
    .map((row) => JSON.stringify(Object.entries(row).sort()))
    .sort();

describe('ids of added rows', () => {
  it('survive being written and read, as ranges', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 100 }),
        (numbers) => {
          const ids = numbers.map(String);
          const created = createdRows();
          const add = { kind: 'add' as const, app: { appId: '1' }, rows: ids.map(() => ({ fields: {} })) };
          const request = { ...add, source: { flowId: 'f', commandId: 'c', firstRow: 100 } };
          created.note({ flowId: 'f', requests: [request], rowCount: ids.length }, [ids]);
          expect(createdRows(created.text()).of('f', 'c', 100)).toEqual(ids);
          expect(createdRows(created.text()).of('f', 'c', 0)).toEqual([]);
        },
      ),
    );
  });
});

describe('undo', () => {
  it('takes updates, added and deleted records back, as a run of its own', async () => {
    const there = world();
    there.kintone.addApp(TARGET, TARGET_FIELDS, [
      { key: 'c0', total: '70', note: 'keep' },
      { key: 'old', total: '9', note: 'gone' },
    ]);
    const before = rows(there);
    const settings = settingsOf([flowInto(TARGET, 'f1', 'sync')], { confirm: 'never' });
    expect(await run(there, settings)).toMatchObject({ counts: { added: 2, updated: 1, deleted: 1 } });
    expect(rows(there)).not.toEqual(before);
    const end = await undo(there, settings, runRecord(there));
    expect(end).toMatchObject({
      state: 'Success',
      reason: 'done',
      counts: { added: 1, updated: 1, deleted: 2 },
    });
    expect(rows(there)).toEqual(before);
    expect(runRecord(there, '2')).toMatchObject({
      undoOf: runRecord(there).runId,
      state: 'Success',
      lockKey: '',
    });
  });

  it('leaves records that somebody changed since, and names them', async () => {
    const there = world();
    there.kintone.addApp(TARGET, TARGET_FIELDS, [{ key: 'c0', total: '70' }]);
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    await run(there, settings);
    const target = there.kintone.apps.get(TARGET)?.records;
    const changed = target?.get('1') ?? {};
    target?.set('1', { ...changed, note: { value: 'by hand' }, $revision: { value: '9' } });
    const handle = undoRun(
      there.tab('t2'),
      requestOf(settings, { undoOf: 'x', isConfirmed: true }),
      runRecord(there),
      new Map(),
    );
    const end = await there.clock.until(handle.ended);
    expect(end).toMatchObject({ state: 'Success', counts: { updated: 0, deleted: 2 } });
    expect(end.preview?.outputs[0]?.reports).toMatchObject([
      { code: 'undoChangedSince', count: 1, params: { values: ['c0 (#1)'] } },
    ]);
    expect(there.kintone.rows(TARGET)).toEqual([{ key: 'c0', total: '1', note: 'by hand' }]);
  });

  it('is asked about even where runs are not, and writes nothing when declined', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    await run(there, settings);
    const handle = undoRun(
      there.tab('t2'),
      requestOf(settings, { undoOf: 'x' }),
      runRecord(there),
      new Map(),
    );
    await untilAsked(there, handle);
    handle.decline();
    expect(await there.clock.until(handle.ended)).toMatchObject({ reason: 'declined' });
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
  });

  it('twice finds nothing left to do', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    await run(there, settings);
    await undo(there, settings, runRecord(there));
    expect(await undo(there, settings, runRecord(there))).toMatchObject({
      state: 'Success',
      reason: 'noChange',
    });
  });

  it('of a cancelled run takes back exactly what was written', async () => {
    const there = world(4_500);
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    const first = startRun(there.tab('t1'), requestOf(settings), new Map());
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) first.cancel();
    };
    await there.clock.until(first.ended);
    there.kintone.afterCommit = () => undefined;
    expect(there.kintone.rows(TARGET).length).toBeGreaterThan(0);
    expect(await undo(there, settings, runRecord(there))).toMatchObject({ state: 'Success' });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it('finds added rows whose commit was never answered', async () => {
    const there = world(4_500);
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    there.kintone.faults.push('lost after', null, 'lost after', 'lost after');
    await run(there, settings);
    expect(there.kintone.rows(TARGET)).toHaveLength(4_500);
    expect(await undo(there, settings, runRecord(there))).toMatchObject({ counts: { deleted: 4_500 } });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it('finds them also when the net was gone for a while afterwards', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    const { journal } = there.kintone;
    let untilMs = 0;
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) untilMs = there.clock.nowMs() + 20_000;
    };
    there.kintone.faults.push('lost after');
    const read: typeof journal.read = async (id) => {
      if (there.clock.nowMs() < untilMs) throw new FailureError(failure('network'));
      return journal.read(id);
    };
    const commit: typeof journal.commit = async (request) =>
      there.clock.nowMs() < untilMs ? { kind: 'unknown', cause: 'offline' } : journal.commit(request);
    const ports = there.tab('t1');
    const end = await there.clock.until(
      startRun(
        { ...ports, journal: { ...ports.journal, ...journal, read, commit } },
        requestOf(settings),
        new Map(),
      ).ended,
    );
    expect(end).toMatchObject({ state: 'Success', counts: { added: 3 } });
    expect(await undo(there, settings, runRecord(there))).toMatchObject({ counts: { deleted: 3 } });
  });

  it('says how many added rows it cannot tell from those that the same person added meanwhile', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    there.kintone.faults.push('lost after');
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) there.kintone.put(TARGET, [{ key: 'by hand' }]);
    };
    await run(there, settings);
    const end = await undo(there, settings, runRecord(there));
    expect(end.preview?.outputs[0]?.reports).toMatchObject([{ code: 'undoIdsUnknown', count: 3 }]);
    expect(there.kintone.rows(TARGET)).toHaveLength(4);
  });

  it.each([
    ['undoNotEnded', { endedAtMs: null }],
    ['undoNothing', { planFiles: [] }],
    ['planDamaged', { planHash: 'other' }],
  ] as const)('%s', async (code, change) => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    await run(there, settings);
    const end = await undo(there, settings, { ...runRecord(there), ...change });
    expect(end).toMatchObject({ state: 'Failure', failure: { code } });
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
  });

  it('after a run is the identity on records that nobody else touched, with answers lost on the way', async () => {
    const row = fc.record({
      key: fc.constantFrom('c0', 'c1', 'c2', 'x', 'y'),
      total: fc.constantFrom('', '1', '2', '500'),
      note: fc.constantFrom('', 'n'),
    });
    const app = fc.uniqueArray(row, { selector: (one) => one.key });
    const mode = fc.constantFrom('update', 'upsert', 'append', 'sync');
    await fc.assert(
      fc.asyncProperty(
        app,
        app,
        mode,
        mode,
        fc.integer({ min: 0, max: 4 }),
        fc.array(fc.constantFrom(null, 'lost before', 'lost after', 'busy'), { maxLength: 4 }),
        async (a, b, first, second, size, faults) => {
          const there = world();
          there.kintone.addApp(
            SOURCE,
            SOURCE_FIELDS,
            Array.from({ length: size }, (_unused, index) => ({
              customer: `c${index}`,
              amount: `${index}.5`,
            })),
          );
          // Two rows with one key would be refused; an output without key does not look at keys.
          there.kintone.addApp(TARGET, TARGET_FIELDS, a);
          there.kintone.addApp(OTHER, TARGET_FIELDS, b);
          const settings = settingsOf([flowInto(TARGET, 'f1', first), flowInto(OTHER, 'f2', second)], {
            confirm: 'never',
          });
          const before = [rows(there), rows(there, OTHER)];
          there.kintone.faults.push(...faults);
          // What the same person added within this minute could not be told from the run's rows.
          await there.clock.advance(60_000);
          const end = await run(there, settings);
          fc.pre(end.state === 'Success' && end.reason === 'done');
          expect((await undo(there, settings, runRecord(there))).state).toBe('Success');
          expect([rows(there), rows(there, OTHER)]).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  });
});
