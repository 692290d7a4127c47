import { describe, expect, it, vi } from 'vitest';
import { type Observations, type RunHandle, resumeRun, startRun } from '../../src/run';
import { BEAT_MS, LEASE_MS, WATCH_MS } from '../../src/run/lease';
import type { Fault } from './memory-kintone';
import {
  askToStop,
  orders,
  requestOf,
  settingsOf,
  sumFlow,
  TARGET,
  UNIT,
  untilAsked,
  type World,
  world,
} from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

/** Enough rows for three commits: 3, then 19, then 19 requests of 100 rows. */
const ROWS = 4_100;

const seen = (): Observations => new Map();

const totals = (rows: readonly Record<string, unknown>[]): string[] =>
  rows.map((row) => `${row['key']}=${row['total']}`).sort();

const expected = (rows: number): string[] =>
  orders(rows)
    .map((order) => `${order['customer']}=${order['amount']}`)
    .sort();

/** Lets a page die before or after its n-th commit that carries data; resolves when it has. */
function dieAt(there: World, tab: string, commit: number, moment: 'before' | 'after'): Promise<void> {
  let commits = 0;
  return new Promise((resolve) => {
    const isTheOne = (requests: readonly unknown[]): boolean => requests.length > 0 && commits === commit;
    there.kintone.beforeCommit = ({ requests }) => {
      if (requests.length > 0) commits += 1;
      if (moment !== 'before' || !isTheOne(requests)) return undefined;
      there.close(tab);
      resolve();
      return 'dies';
    };
    there.kintone.afterCommit = ({ requests }) => {
      if (moment !== 'after' || !isTheOne(requests)) return;
      there.close(tab);
      resolve();
    };
  });
}

function revive(there: World): void {
  there.kintone.beforeCommit = () => undefined;
  there.kintone.afterCommit = () => undefined;
}

async function resumeAfter(
  there: World,
  first: RunHandle,
  settings: ReturnType<typeof settingsOf>,
): Promise<RunHandle> {
  const found = await there.clock.until(startRun(there.tab('t2'), requestOf(settings), seen()).ended);
  expect(found).toMatchObject({ reason: 'interrupted', failure: { code: 'interruptedRunFound' } });
  expect(found.holder?.runId).toBe(first.getSnapshot().runId);
  const holder = found.holder;
  if (holder === null) throw new Error('no holder');
  return resumeRun(there.tab('t3'), requestOf(settings), holder, seen());
}

describe('a page that dies between two commits', () => {
  const points = [1, 2, 3].flatMap((commit) =>
    (['before', 'after'] as const).map((moment) => ({ commit, moment })),
  );
  it.each(points.flatMap((point) => (['upsert', 'append'] as const).map((mode) => ({ ...point, mode }))))(
    '$mode, $moment commit $commit: going on leaves no doubled and no lost row',
    async ({ commit, moment, mode }) => {
      const there = world(ROWS);
      const settings = settingsOf([sumFlow('f1', mode)], { confirm: 'never' });
      const death = dieAt(there, 't1', commit, moment);
      const first = startRun(there.tab('t1'), requestOf(settings), seen());
      await there.clock.until(death);
      revive(there);
      if (commit === 1 && moment === 'before') {
        // Nothing was written, so there is nothing to ask: the next press simply runs.
        expect(there.kintone.rows(TARGET)).toEqual([]);
        const next = await there.clock.until(startRun(there.tab('t2'), requestOf(settings), seen()).ended);
        expect(next).toMatchObject({ state: 'Success', counts: { added: ROWS } });
        expect(totals(there.kintone.rows(TARGET))).toEqual(expected(ROWS));
        return;
      }
      const resumed = await resumeAfter(there, first, settings);
      const end = await there.clock.until(resumed.ended);
      expect(end).toMatchObject({ state: 'Success', reason: 'done', counts: { added: ROWS } });
      expect(totals(there.kintone.rows(TARGET))).toEqual(expected(ROWS));
      expect(there.kintone.entries.get('1')).toMatchObject({ state: 'Success', lockKey: '', cursor: ROWS });
    },
  );

  it('a page that dies after its only commit: the next press does not add the rows again', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    const death = dieAt(there, 't1', 1, 'after');
    const first = startRun(there.tab('t1'), requestOf(settings), seen());
    await there.clock.until(death);
    revive(there);
    const resumed = await resumeAfter(there, first, settings);
    expect(await there.clock.until(resumed.ended)).toMatchObject({ state: 'Success', counts: { added: 3 } });
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
    expect(there.kintone.entries.get('1')).toMatchObject({ state: 'Success', lockKey: '' });
  });

  it('a page that dies between two flows, the second not yet planned: going on plans and writes it', async () => {
    const there = world();
    const second = {
      ...sumFlow('f2'),
      commands: sumFlow('f2').commands.map((command) =>
        command.id === 'in'
          ? {
              ...command,
              settings: { ...command.settings, app: { appId: TARGET }, fields: ['key', 'total'] },
            }
          : command.id === 'sum'
            ? {
                ...command,
                settings: {
                  by: ['key'],
                  aggregates: [{ column: 'total', method: 'sum', as: 'twice', label: '' }],
                },
              }
            : {
                ...command,
                settings: {
                  ...command.settings,
                  mode: 'update',
                  mapping: [
                    { from: 'key', to: 'key' },
                    { from: 'twice', to: 'note' },
                  ],
                },
              },
      ),
    };
    const settings = settingsOf([sumFlow('f1', 'append'), second], { confirm: 'never' });
    const death = dieAt(there, 't1', 1, 'after');
    const first = startRun(there.tab('t1'), requestOf(settings), seen());
    await there.clock.until(death);
    revive(there);
    const resumed = await resumeAfter(there, first, settings);
    expect(await there.clock.until(resumed.ended)).toMatchObject({ state: 'Success' });
    expect(there.kintone.rows(TARGET)).toEqual([
      { key: 'c0', total: '1', note: '1' },
      { key: 'c1', total: '2', note: '2' },
      { key: 'c2', total: '3', note: '3' },
    ]);
  });

  it('starting afresh instead, with a key, also leaves no doubled and no lost row', async () => {
    const there = world(ROWS);
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    const death = dieAt(there, 't1', 2, 'after');
    startRun(there.tab('t1'), requestOf(settings), seen());
    await there.clock.until(death);
    revive(there);
    const request = requestOf(settings, { giveUp: '1' });
    const end = await there.clock.until(startRun(there.tab('t2'), request, seen()).ended);
    expect(end.state).toBe('Success');
    expect(totals(there.kintone.rows(TARGET))).toEqual(expected(ROWS));
    expect(there.kintone.entries.get('1')).toMatchObject({
      state: 'Failure',
      reason: 'interrupted',
      lockKey: '',
    });
  });

  it('a page that died while the person was asked holds nobody up', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')]);
    const first = startRun(there.tab('t1'), requestOf(settings), seen());
    await untilAsked(there, first);
    there.close('t1');
    const end = await there.clock.until(
      startRun(there.tab('t2'), requestOf(settings, { isConfirmed: true }), seen()).ended,
    );
    expect(end.state).toBe('Success');
    expect(there.kintone.entries.get('1')).toMatchObject({ state: 'Failure', reason: 'interrupted' });
  });

  it('another browser waits for the lease and then takes over', async () => {
    const there = world(ROWS);
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    const death = dieAt(there, 't1', 2, 'after');
    startRun(there.tab('t1'), requestOf(settings), seen());
    await there.clock.until(death);
    revive(there);
    const observations = seen();
    const other = () => requestOf(settings, { owner: 'b2:other', giveUp: '1' });
    const early = await there.clock.until(startRun(there.tab('t2', 'b2'), other(), observations).ended);
    expect(early).toMatchObject({ state: 'Failure', reason: 'locked' });
    await there.clock.advance(LEASE_MS);
    const late = await there.clock.until(startRun(there.tab('t3', 'b2'), other(), observations).ended);
    expect(late.state).toBe('Success');
    expect(totals(there.kintone.rows(TARGET))).toEqual(expected(ROWS));
  });

  it('whoever presses again watches, and is told at once when the other run moves', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')]);
    const first = startRun(there.tab('t1'), requestOf(settings), seen());
    await untilAsked(there, first);
    const observations = seen();
    const other = (observeMs: number) => requestOf(settings, { owner: 'b2:other', observeMs });
    const at = there.clock.nowMs();
    await there.clock.until(startRun(there.tab('t2', 'b2'), other(0), observations).ended);
    expect(there.clock.nowMs()).toBe(at);
    const second = await there.clock.until(
      startRun(there.tab('t3', 'b2'), other(WATCH_MS), observations).ended,
    );
    expect(second).toMatchObject({ state: 'Failure', reason: 'locked' });
    // The holder beats every half minute; nobody has to wait for the whole lease to learn that it lives.
    expect(there.clock.nowMs() - at).toBeLessThanOrEqual(BEAT_MS + 10_000);
    first.decline();
    await there.clock.until(first.ended);
  });

  it('a process may wait for the lease itself', async () => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    const death = dieAt(there, 't1', 1, 'before');
    startRun(there.tab('t1'), requestOf(settings), seen());
    await there.clock.until(death);
    revive(there);
    const request = requestOf(settings, { owner: 'cli:1', observeMs: LEASE_MS + 20_000, method: 'cli' });
    const end = await there.clock.until(startRun(there.tab('t2', 'cli'), request, seen()).ended);
    expect(end).toMatchObject({ state: 'Success', counts: { added: 3 } });
  });
});

describe('a stale owner', () => {
  it('is fenced: it writes nothing more after somebody took over', async () => {
    const there = world(ROWS);
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    const first = startRun(there.tab('t1'), requestOf(settings), seen());
    let isTaken = false;
    there.kintone.beforeCommit = ({ requests }) => {
      const entry = there.kintone.entries.get('1');
      if (requests.length === 0 || isTaken || entry === undefined || entry.cursor === 0) return undefined;
      // Somebody elsewhere takes the run for dead while this page is only slow.
      isTaken = true;
      there.kintone.entries.set('1', {
        ...entry,
        owner: 'b2:watcher',
        revision: `${Number(entry.revision) + 1}`,
      });
      return undefined;
    };
    const end = await there.clock.until(first.ended);
    expect(end).toMatchObject({ state: 'Failure', reason: 'superseded' });
    expect(there.kintone.rows(TARGET)).toHaveLength(there.kintone.entries.get('1')?.cursor ?? -1);
    expect(there.kintone.entries.get('1')).toMatchObject({
      state: 'Running',
      lockKey: UNIT,
      owner: 'b2:watcher',
    });
  });
});

describe('answers that do not arrive', () => {
  const plans: readonly (readonly (Fault | null)[])[] = [
    ['lost after'],
    ['lost before'],
    ['busy', 'busy', 'lost after', 'busy'],
    [null, 'lost after', 'lost before', 'lost after'],
    ['lost before', 'lost before', 'lost after', null, 'busy', 'lost after'],
  ];
  it.each(plans.map((faults) => ({ faults })))(
    '$faults: every row is written exactly once',
    async ({ faults }) => {
      const there = world(ROWS);
      const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
      there.kintone.faults.push(...faults);
      const end = await there.clock.until(startRun(there.tab('t1'), requestOf(settings), seen()).ended);
      expect(end).toMatchObject({ state: 'Success', counts: { added: ROWS } });
      expect(totals(there.kintone.rows(TARGET))).toEqual(expected(ROWS));
    },
  );

  it('gives up after a while, says what is written, and can be resumed', async () => {
    const there = world(ROWS);
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    there.kintone.faults.push(null, ...Array.from({ length: 30 }, (): Fault => 'lost before'));
    const impatient = { ...there.tab('t1'), outageMaxMs: 0 };
    const end = await there.clock.until(startRun(impatient, requestOf(settings), seen()).ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { code: 'unreachable' } });
    expect(end.counts.added).toBe(there.kintone.rows(TARGET).length);
  });
});

describe('somebody else asks for a stop', () => {
  it('the owner stops before its next commit', async () => {
    const there = world(ROWS);
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    there.kintone.afterCommit = ({ requests }) => {
      const isAsked = there.kintone.entries.get('1')?.cancelRequestedBy !== '';
      if (requests.length > 0 && !isAsked) askToStop(there, 'Suzuki');
    };
    const end = await there.clock.until(startRun(there.tab('t1'), requestOf(settings), seen()).ended);
    expect(end).toMatchObject({
      state: 'Failure',
      reason: 'cancelled',
      failure: { code: 'cancelledBy', params: { user: 'Suzuki' } },
    });
    expect(there.kintone.rows(TARGET)).toHaveLength(end.counts.added);
    expect(there.kintone.entries.get('1')).toMatchObject({
      state: 'Failure',
      reason: 'cancelled',
      lockKey: '',
    });
  });
});

describe('a stop while the person is being asked', () => {
  it('closes the question and names who asked for it', async () => {
    const there = world();
    const run = startRun(there.tab('t1'), requestOf(settingsOf([sumFlow('f1')])), seen());
    await untilAsked(there, run);
    askToStop(there, 'Suzuki');
    expect(await there.clock.until(run.ended)).toMatchObject({
      reason: 'cancelled',
      failure: { params: { user: 'Suzuki' } },
    });
    expect(there.kintone.entries.get('1')).toMatchObject({ lockKey: '', reason: 'cancelled' });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });
});

describe('a stop asked for between the answer and the first write', () => {
  it('is obeyed before anything is written', async () => {
    const there = world();
    const run = startRun(there.tab('t1'), requestOf(settingsOf([sumFlow('f1')])), seen());
    await untilAsked(there, run);
    askToStop(there, 'Suzuki');
    run.confirm();
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'cancelled', counts: { added: 0 } });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });
});
