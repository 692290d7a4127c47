import { describe, expect, it, vi } from 'vitest';
import { type RunHandle, startRun, undoRun } from '../../src/run';
import {
  orders,
  requestOf,
  SOURCE,
  SOURCE_FIELDS,
  settingsOf,
  sumFlow,
  TARGET,
  type World,
  world,
} from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const settings = settingsOf([sumFlow('f1')], { confirm: 'always' });

/** Goes on until a plan that was checked after `afterMs` is asked about. */
const asked = (there: World, run: RunHandle, afterMs = -1): Promise<void> =>
  there.clock.until(
    new Promise<void>((resolve) => {
      const look = () => {
        const { reason, preview } = run.getSnapshot();
        if (reason === 'confirming' && (preview?.checkedAtMs ?? 0) > afterMs) resolve();
      };
      run.subscribe(look);
      look();
    }),
  );

const checkedAt = (run: RunHandle): number => run.getSnapshot().preview?.checkedAtMs ?? 0;

/** The source has other rows, six minutes later. */
async function later(there: World, rows: number): Promise<void> {
  there.kintone.addApp(SOURCE, SOURCE_FIELDS, orders(rows));
  await there.clock.until(there.clock.sleep(6 * 60_000));
}

describe('checking again before one agrees', () => {
  it('plans anew in the same run record and writes the new plan', async () => {
    const there = world(3);
    const run = startRun(there.tab('t1'), requestOf(settings), new Map());
    await asked(there, run);
    const firstMs = checkedAt(run);
    await later(there, 5);
    run.recheck();
    await asked(there, run, firstMs);
    expect(checkedAt(run) - firstMs).toBeGreaterThanOrEqual(6 * 60_000);
    expect(run.getSnapshot().preview?.counts).toMatchObject({ added: 5 });
    run.confirm();
    expect(await there.clock.until(run.ended)).toMatchObject({ state: 'Success', counts: { added: 5 } });
    expect(there.kintone.rows(TARGET)).toHaveLength(5);
    expect(there.kintone.entries.size).toBe(1);
  });

  it('does not take a yes to the old plan for one to the new plan', async () => {
    const there = world(3);
    const run = startRun(there.tab('t1'), requestOf(settings), new Map());
    await asked(there, run);
    const firstMs = checkedAt(run);
    await later(there, 5);
    run.recheck();
    run.confirm();
    await asked(there, run, firstMs);
    expect(there.kintone.rows(TARGET)).toEqual([]);
    run.decline();
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'declined' });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it('comes too late after a yes', async () => {
    const there = world(3);
    const run = startRun(there.tab('t1'), requestOf(settings), new Map());
    await asked(there, run);
    run.confirm();
    run.recheck();
    expect(await there.clock.until(run.ended)).toMatchObject({ state: 'Success', counts: { added: 3 } });
  });

  it('ends with nothing to do when others have done it meanwhile', async () => {
    const there = world(3);
    const run = startRun(there.tab('t1'), requestOf(settings), new Map());
    await asked(there, run);
    await later(there, 0);
    run.recheck();
    expect(await there.clock.until(run.ended)).toMatchObject({ state: 'Success', reason: 'noChange' });
  });

  it('asks again also where the unit asks for deletions only, and the new plan has none', async () => {
    const there = world(3);
    const quiet = settingsOf([sumFlow('f1')], { confirm: 'deletions' });
    const syncing = { ...quiet, flows: [sumFlow('f1', 'sync')] };
    const old = there.kintone.apps.get(TARGET);
    old?.records.set('900', {
      key: { value: 'old' },
      total: { value: '1' },
      note: { value: '' },
      $id: { value: '900' },
      $revision: { value: '1' },
    });
    const run = startRun(there.tab('t1'), requestOf(syncing), new Map());
    await asked(there, run);
    const firstMs = checkedAt(run);
    old?.records.delete('900');
    await later(there, 3);
    run.recheck();
    await asked(there, run, firstMs);
    expect(run.getSnapshot().preview?.counts).toMatchObject({ added: 3, deleted: 0 });
    expect(there.kintone.rows(TARGET)).toEqual([]);
    run.decline();
    await there.clock.until(run.ended);
  });

  it('works for an undo', async () => {
    const there = world(3);
    const first = startRun(there.tab('t1'), requestOf(settings, { isConfirmed: true }), new Map());
    await there.clock.until(first.ended);
    const entry = there.kintone.entries.get('1');
    if (entry === undefined) throw new Error('no run record');
    const run = undoRun(there.tab('t2'), requestOf(settings, { undoOf: entry.runId }), entry, new Map());
    await asked(there, run);
    const firstMs = checkedAt(run);
    there.kintone.apps.get(TARGET)?.records.delete('1');
    await there.clock.until(there.clock.sleep(6 * 60_000));
    run.recheck();
    await asked(there, run, firstMs);
    expect(run.getSnapshot().preview?.counts).toMatchObject({ deleted: 2 });
    run.confirm();
    await there.clock.until(run.ended);
    expect(there.kintone.rows(TARGET)).toEqual([]);
    expect(there.kintone.entries.size).toBe(2);
  });
});
