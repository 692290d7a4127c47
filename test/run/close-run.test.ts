/** Closing runs that nobody works on: by a start, or because somebody asks for it in the log. */
import { describe, expect, it, vi } from 'vitest';
import {
  closeRun,
  continueRun,
  type JournalEntry,
  type Observations,
  type RunHandle,
  resumeRun,
  startRun,
  WATCH_MS,
} from '../../src/run';
import { LEASE_MS } from '../../src/run/lease';
import {
  askToStop,
  requestOf,
  runRecord,
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

const ROWS = 1_950;
const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never', rateLimitPerMinute: 60 });
const admin = { code: 'admin', name: 'Admin' };

const press = (there: World, tab: string, browser: string) => {
  const made = requestOf(settings);
  return startRun(there.tab(tab, browser), { ...made, owner: `${browser}:${made.pressId}` }, new Map());
};

/** A run whose page is gone after its first commit with data. */
async function halfDone(): Promise<World> {
  const there = world(ROWS);
  const died = new Promise<void>((resolve) => {
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length === 0) return;
      there.close('t1');
      resolve();
    };
  });
  press(there, 't1', 'b1');
  await there.clock.until(died);
  there.kintone.afterCommit = () => undefined;
  return there;
}

/** A run whose page sleeps from its first commit with data on. Waited for: compressing its plan takes real time. */
async function asleep(): Promise<{ readonly there: World; readonly run: RunHandle }> {
  const there = world(ROWS);
  const slept = new Promise<void>((resolve) => {
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length === 0) return;
      there.freeze('t1');
      resolve();
    };
  });
  const run = press(there, 't1', 'b1');
  await there.clock.until(slept);
  return { there, run };
}

const closeAs = (there: World, browser: string, observations: Observations = new Map(), id = '1') =>
  there.clock.until(closeRun(there.tab(`panel of ${browser}`, browser), id, admin, observations));

describe('from the log', () => {
  it('in the same browser at once: interrupted, with who and why, the unit free, the plan kept', async () => {
    const there = await halfDone();
    const before = runRecord(there);
    expect(await closeAs(there, 'b1')).toBe('closed');
    expect(runRecord(there)).toMatchObject({
      state: 'Failure',
      reason: 'interrupted',
      lockKey: '',
      message: 'closedFromLog',
      cursor: before.cursor,
      planFiles: before.planFiles,
    });
    const last = runRecord(there).transitions.split('\n').at(-1) ?? '';
    expect(last.split('\t').slice(1)).toEqual(['Admin', 'Failure', 'interrupted', 'closedFromLog']);
  });

  it('what was closed can be continued: every row once', async () => {
    const there = await halfDone();
    await closeAs(there, 'b1');
    const made = requestOf(settings);
    const run = continueRun(there.tab('t2', 'b1'), made, runRecord(there), new Map());
    expect(await there.clock.until(run.ended)).toMatchObject({ state: 'Success' });
    const keys = there.kintone.rows(TARGET).map((row) => row['key']);
    expect(keys).toHaveLength(ROWS);
    expect(new Set(keys).size).toBe(ROWS);
  });

  it('from another browser only after the lease; a run that moves is not closed', async () => {
    const there = await halfDone();
    const observations: Observations = new Map();
    expect(await closeAs(there, 'b2', observations)).toBe('unknown');
    await there.clock.advance(LEASE_MS - 1);
    expect(await closeAs(there, 'b2', observations)).toBe('unknown');
    there.kintone.entries.set('1', {
      ...runRecord(there),
      revision: `${Number(runRecord(there).revision) + 1}`,
    });
    expect(await closeAs(there, 'b2', observations)).toBe('alive');
    await there.clock.advance(LEASE_MS);
    expect(await closeAs(there, 'b2', observations)).toBe('closed');
  });

  it('a run whose page lives in this browser is never closed', async () => {
    const { there } = await asleep();
    expect(await closeAs(there, 'b1')).toBe('alive');
    expect(runRecord(there).endedAtMs).toBeNull();
  });

  it('a page that was only asleep is fenced and writes nothing more', async () => {
    const { there, run } = await asleep();
    const observations: Observations = new Map();
    await closeAs(there, 'b2', observations);
    await there.clock.advance(LEASE_MS);
    expect(await closeAs(there, 'b2', observations)).toBe('closed');
    const closed = runRecord(there);
    const written = there.kintone.rows(TARGET).length;
    there.kintone.afterCommit = () => undefined;
    there.thaw('t1');
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'superseded' });
    expect(runRecord(there)).toEqual(closed);
    expect(there.kintone.rows(TARGET)).toHaveLength(written);
  });

  it('an ended run stays as it is; one that somebody gave its lock back only loses the lock', async () => {
    const there = world(3);
    await there.clock.until(press(there, 't1', 'b1').ended);
    const before = runRecord(there);
    expect(await closeAs(there, 'b1')).toBe('ended');
    expect(runRecord(there)).toEqual(before);
    there.kintone.entries.set('1', { ...before, lockKey: UNIT });
    expect(await closeAs(there, 'b1')).toBe('closed');
    expect(runRecord(there)).toMatchObject({
      state: 'Success',
      reason: 'done',
      lockKey: '',
      endedAtMs: before.endedAtMs,
      transitions: before.transitions,
    });
  });

  it('no record: ended; a refusal of kintone is handed on', async () => {
    const there = await halfDone();
    expect(await closeAs(there, 'b1', new Map(), '77')).toBe('ended');
    const refusal = { status: 403, code: 'CB_NO02', message: 'no', requestIndex: 0, rows: [] };
    const ports = there.tab('panel', 'b1');
    const journal = {
      ...ports.journal,
      ...readsOf(there),
      commit: async () => ({ kind: 'refused', refusal }) as const,
    };
    expect(await closeRun({ ...ports, journal }, '1', admin, new Map())).toEqual(refusal);
    expect(runRecord(there).endedAtMs).toBeNull();
  });
});

const readsOf = ({ kintone }: World) => ({ read: kintone.journal.read, create: kintone.journal.create });

const BROKEN: readonly (readonly [string, (there: World) => void])[] = [
  ['its plan file is gone', (there) => there.kintone.files.clear()],
  ['the plan was taken off the record', (there) => change(there, { planFiles: [], planHash: '' })],
  ['its flows were taken off the record', (there) => change(there, { flows: [] })],
  ['its unit was deleted', () => undefined],
  ['somebody edited state and reason', (there) => change(there, { state: 'Success', reason: 'done' })],
  [
    'somebody emptied the record',
    (there) =>
      change(there, {
        owner: '',
        runId: '',
        unitName: '',
        cursor: 0,
        rowsPlanned: 0,
        transitions: '',
        nonce: '',
      }),
  ],
];

function change(there: World, part: Partial<JournalEntry>): void {
  const revision = String(Number(runRecord(there).revision) + 1);
  there.kintone.entries.set('1', { ...runRecord(there), ...part, revision });
}

describe('U8: a run that cannot be continued can be closed', () => {
  it.each(BROKEN)('%s', async (name, breakIt) => {
    const there = await halfDone();
    breakIt(there);
    const gone = name === 'its unit was deleted' ? { ...settings, units: [] } : settings;
    const resumed = resumeRun(there.tab('t2', 'b1'), requestOf(gone), runRecord(there), new Map());
    const ended = await there.clock.until(resumed.ended);
    if (runRecord(there).endedAtMs === null) {
      const observations: Observations = new Map();
      await closeAs(there, 'b9', observations);
      await there.clock.advance(LEASE_MS);
      expect(await closeAs(there, 'b9', observations)).toBe('closed');
    } else {
      // Going on found it out, and closed the run with the reason.
      expect(runRecord(there).message).toBe(ended.failure?.code ?? '');
    }
    expect(runRecord(there).endedAtMs).not.toBeNull();
    expect(runRecord(there).lockKey).toBe('');
    const next = await there.clock.until(press(there, 't3', 'b3').ended);
    expect(next.state).toBe('Success');
  });
});

describe('by a start', () => {
  it('leaves a run alone whose record moved between the look and the closing', async () => {
    const there = world(3);
    const asking = settingsOf([sumFlow('f1', 'append')], { confirm: 'always' });
    const slow = startRun(there.tab('t1', 'b1'), requestOf(asking), new Map());
    await untilAsked(there, slow);
    there.freeze('t1');
    let closings = 0;
    there.kintone.beforeCommit = ({ journalId, patch }) => {
      if (journalId !== '1' || patch.endedAtMs === undefined) return undefined;
      closings += 1;
      there.kintone.beforeCommit = () => undefined;
      askToStop(there, 'Boss');
      return undefined;
    };
    const waiting = requestOf(settings, { observeMs: WATCH_MS });
    const second = await there.clock.until(startRun(there.tab('t2', 'b2'), waiting, new Map()).ended);
    expect(closings).toBe(1);
    expect(second).toMatchObject({ reason: 'locked' });
    expect(runRecord(there).endedAtMs).toBeNull();
    there.thaw('t1');
    expect(await there.clock.until(slow.ended)).toMatchObject({ reason: 'cancelled' });
    expect(runRecord(there)).toMatchObject({ reason: 'cancelled', lockKey: '' });
  });

  it('that may not edit the dead run: refused once, with the reason, instead of asking for ever', async () => {
    const there = world(3);
    const held = new Promise<void>((resolve) => {
      there.kintone.afterCommit = () => {
        there.close('t1');
        resolve();
      };
    });
    press(there, 't1', 'b1');
    await there.clock.until(held);
    there.kintone.afterCommit = () => undefined;
    const made = requestOf(settings);
    const ports = there.tab('t2', 'b1');
    let asked = 0;
    const commit: typeof ports.journal.commit = async (wanted) => {
      if (wanted.journalId !== '1') return there.kintone.journal.commit(wanted);
      asked += 1;
      const refusal = { status: 403, code: 'CB_NO02', message: 'no', requestIndex: 0, rows: [] };
      return { kind: 'refused', refusal };
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) => (name === 'commit' ? commit : Reflect.get(target, name, receiver)),
    });
    const run = startRun({ ...ports, journal }, made, new Map());
    const end = await there.clock.until(run.ended);
    expect(end).toMatchObject({ reason: 'failed', failure: { code: 'holderNotClosed' } });
    expect(asked).toBe(1);
    expect(runRecord(there, '2')).toMatchObject({ state: 'Failure', errorCode: 'holderNotClosed' });
  });
});
