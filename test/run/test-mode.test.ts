import { describe, expect, it, vi } from 'vitest';
import type { ExecutionUnit } from '../../src/definition/types';
import { continueRun, type RunStatus, startRun, undoRun } from '../../src/run';
import { historyProblems } from '../proof/history';
import {
  requestOf,
  settingsOf,
  sumFlow,
  TARGET,
  TARGET_FIELDS,
  untilAsked,
  type World,
  world,
} from './setup';

vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const COPY = '120';

function there(rows = 5): World {
  const made = world(rows);
  made.kintone.addApp(TARGET, TARGET_FIELDS, [{ key: 'c0', total: '9', note: 'productive' }]);
  made.kintone.addApp(COPY, TARGET_FIELDS, [{ key: 'c0', total: '1', note: 'copy' }]);
  return made;
}

const testUnit = (rowLimit: number, change: Partial<ExecutionUnit> = {}): Partial<ExecutionUnit> => ({
  confirm: 'never',
  mode: 'test',
  test: { rowLimit, apps: [{ from: { appId: TARGET }, to: { appId: COPY } }] },
  ...change,
});

const run = (on: World, unit: Partial<ExecutionUnit>, flows = [sumFlow('f1')]): Promise<RunStatus> =>
  on.clock.until(startRun(on.tab('t1'), requestOf(settingsOf(flows, unit)), new Map()).ended);

const productive = (on: World) => on.kintone.rows(TARGET);
const before = [{ key: 'c0', total: '9', note: 'productive' }];

describe('test mode', () => {
  it('writes into the copies, compares with them, and leaves the productive app alone', async () => {
    const on = there();
    const end = await run(on, testUnit(100));
    expect(end).toMatchObject({
      state: 'Success',
      test: { rowLimit: 100, cut: 0 },
      counts: { added: 4, updated: 0, unchanged: 1 },
    });
    expect(on.kintone.rows(COPY)).toHaveLength(5);
    expect(productive(on)).toEqual(before);
    expect(on.kintone.entries.get('1')).toMatchObject({ mode: 'test' });
  });

  it('writes at most as many rows as it may, over all flows, and says how many it leaves out', async () => {
    const on = there();
    const other = { ...sumFlow('f2', 'append') };
    const end = await run(on, testUnit(6), [sumFlow('f1'), other]);
    expect(end).toMatchObject({ state: 'Success', test: { rowLimit: 6, cut: 3 }, counts: { added: 6 } });
    expect(on.kintone.rows(COPY)).toHaveLength(7);
    expect(productive(on)).toEqual(before);
    expect(historyProblems(on.kintone)).toEqual([]);
  });

  it('reports what is cut beside the output', async () => {
    const on = there();
    const end = await run(on, testUnit(1));
    expect(end.preview?.outputs[0]?.reports).toMatchObject([{ code: 'testRowsCut', count: 3 }]);
    expect(end.counts.added).toBe(1);
  });

  it('writes nothing into an app without a copy', async () => {
    const on = there();
    const end = await run(on, testUnit(100, { test: { rowLimit: 100, apps: [] } }));
    expect(end).toMatchObject({ state: 'Success', reason: 'noChange', test: { cut: 5 } });
    expect(end.preview?.outputs[0]?.reports).toMatchObject([{ code: 'testNoCopy', count: 5 }]);
    expect(productive(on)).toEqual(before);
  });

  it('0 rows: shows the whole plan and writes nothing, whatever the answer', async () => {
    for (const answer of ['confirm', 'decline'] as const) {
      const on = there();
      const settings = settingsOf([sumFlow('f1')], testUnit(0, { confirm: 'always' }));
      const handle = startRun(on.tab('t1'), requestOf(settings), new Map());
      await untilAsked(on, handle);
      expect(handle.getSnapshot().preview?.counts.added).toBe(4);
      handle[answer]();
      expect(await on.clock.until(handle.ended)).toMatchObject({ state: 'Success', reason: 'noChange' });
      expect(on.kintone.rows(COPY)).toHaveLength(1);
      expect(productive(on)).toEqual(before);
    }
  });

  it('undo and continuation of a test touch the copies only, also when the unit is productive by then', async () => {
    const on = there(4_900);
    const handle = startRun(on.tab('t1'), requestOf(settingsOf([sumFlow('f1')], testUnit(4_000))), new Map());
    on.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) handle.cancel();
    };
    await on.clock.until(handle.ended);
    on.kintone.afterCommit = () => undefined;
    const entry = on.kintone.entries.get('1');
    if (entry === undefined) throw new Error('no run record');
    const now = settingsOf([sumFlow('f1')], { confirm: 'never' });
    const rest = continueRun(on.tab('t2'), requestOf(now, { continues: entry.runId }), entry, new Map());
    expect(await on.clock.until(rest.ended)).toMatchObject({ state: 'Success', counts: { added: 4_000 } });
    const continued = on.kintone.entries.get('2');
    expect(continued).toMatchObject({ mode: 'test' });
    if (continued === undefined) throw new Error('no second record');
    const undo = undoRun(
      on.tab('t3'),
      requestOf(now, { undoOf: continued.runId, isConfirmed: true }),
      continued,
      new Map(),
    );
    expect(await on.clock.until(undo.ended)).toMatchObject({ state: 'Success', counts: { deleted: 4_000 } });
    expect(on.kintone.rows(COPY)).toHaveLength(1);
    expect(productive(on)).toEqual(before);
  });
});
