/** What people complain about in other execution managers, as acceptance tests: U1, U2, U3 and U5. */
import { describe, expect, it, vi } from 'vitest';
import { type RunHandle, resumeRun, type StateReason, startRun } from '../../src/run';
import { LEASE_MS } from '../../src/run/lease';
import {
  afterFirstCommit,
  askToStop,
  requestOf,
  runRecord,
  settingsOf,
  sumFlow,
  TARGET,
  UNIT,
  type World,
  world,
} from '../run/setup';
import { historyProblems } from './history';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('../run/plain-codec'));

/** Three commits. */
const ROWS = 1_950;
const HOUR_MS = 60 * 60_000;
const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never', rateLimitPerMinute: 60 });
const asking = settingsOf([sumFlow('f1', 'append')], { rateLimitPerMinute: 60 });

const press = (there: World, tab = 't1', browser = 'b1', of = settings): RunHandle => {
  const made = requestOf(of);
  return startRun(there.tab(tab, browser), { ...made, owner: `${browser}:${made.pressId}` }, new Map());
};

const reaches = (run: RunHandle, reason: StateReason): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (run.getSnapshot().reason === reason) resolve();
    };
    run.subscribe(look);
    look();
  });

interface Ending {
  readonly name: string;
  readonly reason: StateReason;
  /** Brings a first run to this end. */
  reach(there: World): Promise<unknown>;
}

const endings: readonly Ending[] = [
  {
    name: 'cancelled by the person while it writes',
    reason: 'cancelled',
    reach(there) {
      const run = press(there);
      afterFirstCommit(there, () => run.cancel());
      return run.ended;
    },
  },
  {
    name: 'cancelled by the person before it writes',
    reason: 'cancelled',
    reach(there) {
      const run = press(there);
      run.cancel();
      return run.ended;
    },
  },
  {
    name: 'cancelled while the person is asked',
    reason: 'cancelled',
    async reach(there) {
      const run = press(there, 't1', 'b1', asking);
      await reaches(run, 'confirming');
      run.cancel();
      return run.ended;
    },
  },
  {
    name: 'cancelled by somebody else while it writes',
    reason: 'cancelled',
    reach(there) {
      afterFirstCommit(there, () => askToStop(there, 'Suzuki'));
      return press(there).ended;
    },
  },
  {
    name: 'declined',
    reason: 'declined',
    async reach(there) {
      const run = press(there, 't1', 'b1', asking);
      await reaches(run, 'confirming');
      run.decline();
      return run.ended;
    },
  },
  {
    name: 'failed: not allowed to write',
    reason: 'failed',
    async reach(there) {
      const app = there.kintone.apps.get(TARGET);
      if (app !== undefined) app.isWritable = false;
      await press(there).ended;
      if (app !== undefined) app.isWritable = true;
    },
  },
  {
    name: 'failed: kintone out of reach while it writes',
    reason: 'failed',
    reach(there) {
      there.kintone.faults.push(null, ...Array.from({ length: 9 }, () => 'lost before' as const));
      const impatient = { ...there.tab('t1'), outageMaxMs: 0 };
      return startRun(impatient, requestOf(settings), new Map()).ended;
    },
  },
  { name: 'done', reason: 'done', reach: (there) => press(there).ended },
];

describe('U1: cancelled means cancelled', () => {
  it.each(endings.filter(({ reason }) => reason === 'cancelled'))('$name', async ({ reach }) => {
    const there = world(ROWS);
    await there.clock.until(reach(there));
    const written = there.kintone.rows(TARGET).length;
    expect(runRecord(there)).toMatchObject({ state: 'Failure', reason: 'cancelled', lockKey: '' });
    expect(runRecord(there).counts.added).toBe(written);
    expect(runRecord(there).message).not.toBe('');
    await there.clock.advance(HOUR_MS);
    expect(there.kintone.rows(TARGET)).toHaveLength(written);
    expect(historyProblems(there.kintone)).toEqual([]);
  });

  it('asked for is not stopped: the run is over only when the fence is in the log', async () => {
    const there = world(ROWS);
    const run = press(there);
    const seen: (readonly [boolean, number | null])[] = [];
    afterFirstCommit(there, () => {
      run.cancel();
      seen.push([run.getSnapshot().cancelRequested, run.getSnapshot().endedAtMs]);
    });
    await there.clock.until(run.ended);
    expect(seen).toEqual([[true, null]]);
    expect(run.getSnapshot().endedAtMs).not.toBeNull();
    expect(runRecord(there).endedAtMs).not.toBeNull();
  });
});

describe('U2: the unit is free again', () => {
  it.each(endings)('after: $name', async ({ reach }) => {
    const there = world(ROWS);
    await there.clock.until(reach(there));
    there.kintone.afterCommit = () => undefined;
    expect(await there.kintone.journal.holder(UNIT)).toBeNull();
    const next = await there.clock.until(press(there, 't2', 'b2').ended);
    expect(next).toMatchObject({ state: 'Success', reason: 'done' });
  });

  it('after a page that died before it wrote, from another browser, when the lease is over', async () => {
    const there = world(ROWS);
    await there.clock.until(reaches(press(there, 't1', 'b1', asking), 'confirming'));
    there.close('t1');
    const observations = new Map();
    const again = () => {
      const made = requestOf(settings);
      const request = { ...made, owner: `b2:${made.pressId}` };
      return there.clock.until(startRun(there.tab('t2', 'b2'), request, observations).ended);
    };
    expect((await again()).reason).toBe('locked');
    await there.clock.advance(LEASE_MS);
    expect((await again()).state).toBe('Success');
    expect(runRecord(there)).toMatchObject({ state: 'Failure', reason: 'interrupted', lockKey: '' });
  });
});

describe('U3: a finished run stays finished', () => {
  it('for somebody who still sees it as interrupted', async () => {
    const there = world(ROWS);
    const run = press(there);
    await there.clock.until(
      new Promise<void>((resolve) => {
        afterFirstCommit(there, () => {
          there.freeze('t1');
          resolve();
        });
      }),
    );
    const found = { ...runRecord(there) };
    there.thaw('t1');
    expect((await there.clock.until(run.ended)).state).toBe('Success');
    const before = { ...runRecord(there) };
    const late = resumeRun(there.tab('t2', 'b2'), requestOf(settings), found, new Map());
    expect(await there.clock.until(late.ended)).toMatchObject({ failure: { code: 'resumeEnded' } });
    expect(runRecord(there)).toEqual(before);
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });

  it('for a press that finds only its last entry missing', async () => {
    const there = world(ROWS);
    const died = new Promise<void>((resolve) => {
      there.kintone.beforeCommit = ({ patch }) => {
        if (patch.endedAtMs === undefined || patch.state !== 'Success') return undefined;
        there.close('t1');
        resolve();
        return 'dies';
      };
    });
    press(there);
    await there.clock.until(died);
    there.kintone.beforeCommit = () => undefined;
    expect(runRecord(there)).toMatchObject({ state: 'Running', cursor: ROWS });
    const found = await there.clock.until(press(there, 't2').ended);
    expect(found.reason).toBe('interrupted');
    if (found.holder === null) throw new Error('no holder');
    await there.clock.until(resumeRun(there.tab('t3'), requestOf(settings), found.holder, new Map()).ended);
    expect(runRecord(there)).toMatchObject({ state: 'Success', reason: 'done', lockKey: '' });
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });
});

describe('U5: every run is in the log, whatever became of it', () => {
  it.each(endings)('$name', async ({ reach, reason }) => {
    const there = world(ROWS);
    await there.clock.until(reach(there));
    expect(there.kintone.entries.size).toBe(1);
    const found = runRecord(there);
    expect(found).toMatchObject({ reason, user: { code: 'sato', name: 'Sato' }, unitName: 'monthly' });
    expect(found.endedAtMs).not.toBeNull();
    expect(found.flows).toHaveLength(1);
    expect(found.message === '').toBe(found.state === 'Success');
  });

  it('also a press that was refused, and one that never got further than its record', async () => {
    const there = world(ROWS);
    const limited = settingsOf([sumFlow('f1')], { rateLimitPerMinute: 1 });
    const first = press(there, 't1', 'b1', limited);
    await there.clock.until(reaches(first, 'confirming'));
    expect((await there.clock.until(press(there, 't2').ended)).reason).toBe('locked');
    expect((await there.clock.until(press(there, 't3', 'b1', limited).ended)).reason).toBe('rateLimited');
    expect([...there.kintone.entries.values()].map((one) => one.reason)).toEqual([
      'confirming',
      'locked',
      'rateLimited',
    ]);
  });
});

describe('figures', () => {
  it('a commit whose fate was unknown when the run gave up is counted once it turns out to be there', async () => {
    const there = world(ROWS);
    const lost = 9;
    there.kintone.faults.push(
      null,
      'lost after',
      ...Array.from({ length: lost - 1 }, () => 'lost before' as const),
    );
    const ports = there.tab('t1');
    let unread = lost;
    const read: typeof ports.journal.read = async (journalId) => {
      if (there.kintone.entries.get(journalId)?.reason === 'writing' && unread > 0) {
        unread -= 1;
        throw new Error('out of reach');
      }
      return ports.journal.read(journalId);
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) => (name === 'read' ? read : Reflect.get(target, name, receiver)),
    });
    const run = startRun({ ...ports, journal, outageMaxMs: 0 }, requestOf(settings), new Map());
    const end = await there.clock.until(run.ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { code: 'unreachable' } });
    expect(unread).toBe(0);
    expect(historyProblems(there.kintone)).toEqual([]);
  });
});
