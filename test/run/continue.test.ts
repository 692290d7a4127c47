import { describe, expect, it, vi } from 'vitest';
import { continueRun, type JournalEntry, type RunStatus, startRun, undoRun } from '../../src/run';
import { orders, requestOf, runRecord, settingsOf, sumFlow, TARGET, type World, world } from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

/** Several commits: 3, 19, then 19 requests of 100 rows. */
const ROWS = 4_100;
const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });

/** A run that is cancelled after its first commit. */
async function cancelled(there: World, request = requestOf(settings)): Promise<JournalEntry> {
  const run = startRun(there.tab('t1'), request, new Map());
  there.kintone.afterCommit = ({ requests }) => {
    if (requests.length > 0) run.cancel();
  };
  expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'cancelled' });
  there.kintone.afterCommit = () => undefined;
  const entry = runRecord(there);
  expect(entry.cursor).toBe(300);
  return entry;
}

const go = (there: World, entry: JournalEntry): Promise<RunStatus> =>
  there.clock.until(
    continueRun(there.tab('t2'), requestOf(settings, { continues: entry.runId }), entry, new Map()).ended,
  );

const keys = (there: World) =>
  there.kintone
    .rows(TARGET)
    .map((row) => String(row['key']))
    .sort();

describe('going on after a cancel', () => {
  it('writes exactly the rest, as a run of its own, and leaves the old record as it ended', async () => {
    const there = world(ROWS);
    const entry = await cancelled(there);
    const end = await go(there, entry);
    expect(end).toMatchObject({ state: 'Success', reason: 'done', counts: { added: ROWS } });
    expect(keys(there)).toEqual(
      orders(ROWS)
        .map((order) => String(order['customer']))
        .sort(),
    );
    expect(runRecord(there)).toMatchObject({ state: 'Failure', reason: 'cancelled', cursor: 300 });
    expect(runRecord(there, '2')).toMatchObject({
      state: 'Success',
      cursor: ROWS,
      continues: entry.runId,
      lockKey: '',
    });
  });

  it('has the values that were given at the start, and asks for none', async () => {
    const there = world(ROWS);
    const field = {
      name: 'who',
      label: 'Who',
      note: '',
      type: 'text',
      defaultValue: '',
      choices: [],
    } as const;
    const asking = settingsOf([sumFlow('f1', 'append')], {
      confirm: 'never',
      input: [{ ...field, required: true }],
    });
    const entry = await cancelled(there, requestOf(asking, { input: { who: 'c1' } }));
    const request = requestOf(asking, { continues: entry.runId });
    const end = await there.clock.until(continueRun(there.tab('t2'), request, entry, new Map()).ended);
    expect(end).toMatchObject({ state: 'Success', input: [{ name: 'who', label: 'Who', value: 'c1' }] });
  });

  it('happens once', async () => {
    const there = world(ROWS);
    const entry = await cancelled(there);
    await go(there, entry);
    expect(await go(there, entry)).toMatchObject({ state: 'Failure', failure: { code: 'continueStale' } });
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });

  it('two who press at the same moment make one continuation', async () => {
    const there = world(ROWS);
    const entry = await cancelled(there);
    const press = (tab: string) =>
      continueRun(there.tab(tab), requestOf(settings, { continues: entry.runId }), entry, new Map()).ended;
    const ends = await there.clock.until(Promise.all([press('t2'), press('t3')]));
    expect(ends.map((end) => end.state).sort()).toEqual(['Failure', 'Success']);
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });

  it('is refused once a later run has written', async () => {
    const there = world(ROWS);
    const entry = await cancelled(there);
    await there.clock.until(startRun(there.tab('t2'), requestOf(settings), new Map()).ended);
    expect(await go(there, entry)).toMatchObject({ failure: { code: 'continueStale' } });
  });

  it('may itself be cancelled and continued', async () => {
    const there = world(ROWS);
    const entry = await cancelled(there);
    const second = continueRun(
      there.tab('t2'),
      requestOf(settings, { continues: entry.runId }),
      entry,
      new Map(),
    );
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) second.cancel();
    };
    await there.clock.until(second.ended);
    there.kintone.afterCommit = () => undefined;
    expect(runRecord(there, '2').cursor).toBe(600);
    expect(await go(there, runRecord(there, '2'))).toMatchObject({
      state: 'Success',
      counts: { added: ROWS },
    });
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });

  it('undo of the continuation takes back what both have written', async () => {
    const there = world(ROWS);
    await go(there, await cancelled(there));
    const request = requestOf(settings, { undoOf: runRecord(there, '2').runId, isConfirmed: true });
    const end = await there.clock.until(
      undoRun(there.tab('t3'), request, runRecord(there, '2'), new Map()).ended,
    );
    expect(end).toMatchObject({ state: 'Success', counts: { deleted: ROWS } });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it.each([
    ['continueNotEnded', { endedAtMs: null }],
    ['continueNothing', { cursor: 0 }],
    ['planDamaged', { planHash: 'other' }],
  ] as const)('%s', async (code, change) => {
    const there = world(ROWS);
    const entry = await cancelled(there);
    expect(await go(there, { ...entry, ...change })).toMatchObject({ state: 'Failure', failure: { code } });
    expect(there.kintone.rows(TARGET)).toHaveLength(300);
  });
});
