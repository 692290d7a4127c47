/** Starts that wait for their turn. */
import { describe, expect, it, vi } from 'vitest';
import type { ExecutionUnit } from '../../src/definition/types';
import { type Observations, type RunHandle, type StateReason, startRun } from '../../src/run';
import { LEASE_MS } from '../../src/run/lease';
import { QUEUE_MAX } from '../../src/run/queue';
import { historyProblems } from '../proof/history';
import { requestOf, settingsOf, sumFlow, TARGET, UNIT, until, untilAsked, type World, world } from './setup';

// Compression is done by threads that know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const MINUTE_MS = 60_000;

const queueUnit = (change: Partial<ExecutionUnit> = {}) =>
  settingsOf([sumFlow('f1', 'append')], { concurrency: 'queue', rateLimitPerMinute: 60, ...change });
const asking = queueUnit();
const quick = queueUnit({ confirm: 'never' });

interface PressOptions {
  readonly browser?: string;
  readonly settings?: typeof asking;
  readonly user?: string;
  readonly observations?: Observations;
}

function press(there: World, tab: string, options: PressOptions = {}): RunHandle {
  const { browser = tab, settings = quick, user = tab, observations = new Map() } = options;
  const made = requestOf(settings, { user: { code: user, name: user } });
  return startRun(there.tab(tab, browser), { ...made, owner: `${browser}:${made.pressId}` }, observations);
}

const queued = (there: World, run: RunHandle, position: number) =>
  until(there, run, (status) => status.queue?.position === position);
const reasons = (there: World): readonly StateReason[] =>
  [...there.kintone.entries.values()].map((entry) => entry.reason);

/** A run that stands still with its question, so that the unit is held. */
async function held(there: World, tab = 'holder'): Promise<RunHandle> {
  const run = press(there, tab, { settings: asking });
  await untilAsked(there, run);
  return run;
}

describe('the line', () => {
  it('a free unit is taken at once, without waiting', async () => {
    const there = world();
    expect((await there.clock.until(press(there, 'a').ended)).reason).toBe('done');
    expect(there.clock.monotonicMs()).toBe(0);
  });

  it('a held one is waited for: the record comes first, without the lock, and says where it stands', async () => {
    const there = world();
    const holder = await held(there);
    const second = press(there, 'b');
    await queued(there, second, 1);
    const third = press(there, 'c');
    await queued(there, third, 2);
    expect(third.getSnapshot()).toMatchObject({
      state: 'Queuing',
      reason: 'queued',
      queue: { position: 2, ahead: ['b'], holder: { name: 'holder' } },
    });
    expect(there.kintone.entries.get('2')).toMatchObject({ state: 'Queuing', reason: 'queued', lockKey: '' });
    holder.decline();
    const ends = await there.clock.until(Promise.all([second.ended, third.ended]));
    expect(ends.map((end) => end.reason)).toEqual(['done', 'done']);
    expect(ends.every((end) => end.queue === null)).toBe(true);
    expect(there.kintone.rows(TARGET)).toHaveLength(6);
    expect(historyProblems(there.kintone)).toEqual([]);
    expect(await there.kintone.journal.holder(UNIT)).toBeNull();
  });

  it('goes by priority, then by the order of the presses', async () => {
    const there = world();
    const holder = await held(there);
    const runs: RunHandle[] = [];
    for (const [tab, priority] of [
      ['low', 0],
      ['also low', 0],
      ['high', 5],
    ] as const) {
      const made = requestOf(quick, { priority, owner: `${tab}:x${tab}` });
      const run = startRun(there.tab(tab, tab), made, new Map());
      await until(there, run, (status) => status.queue !== null);
      runs.push(run);
    }
    await queued(there, runs[0] as RunHandle, 2);
    holder.decline();
    await there.clock.until(Promise.all(runs.map((run) => run.ended)));
    const order = there.kintone.commits.filter((commit) => commit.requests.length > 0);
    expect(order.map((commit) => commit.journalId)).toEqual(['4', '2', '3']);
  });

  it('a start that slips in between two looks gives the unit back to whoever waits', async () => {
    const there = world();
    const holder = await held(there);
    const waiter = press(there, 'b');
    await queued(there, waiter, 1);
    holder.decline();
    await there.clock.until(holder.ended);
    // Its first look saw no line: another page wrote itself down right after it.
    const ports = there.tab('c', 'c');
    let looks = 0;
    const startsOf: typeof ports.journal.startsOf = async (...args) => {
      looks += 1;
      return looks === 1 ? [] : ports.journal.startsOf(...args);
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) => (name === 'startsOf' ? startsOf : Reflect.get(target, name, receiver)),
    });
    const late = startRun({ ...ports, journal }, requestOf(quick, { owner: 'c:late' }), new Map());
    await there.clock.until(Promise.all([waiter.ended, late.ended]));
    const order = there.kintone.commits.filter((commit) => commit.requests.length > 0);
    expect(order.map((commit) => commit.journalId)).toEqual(['2', '3']);
  });

  it('of two that are first at the same moment the unique lock lets one through', async () => {
    const there = world();
    const runs = ['a', 'b', 'c'].map((tab) => press(there, tab));
    await there.clock.until(Promise.all(runs.map((run) => run.ended)));
    expect(reasons(there)).toEqual(['done', 'done', 'done']);
    expect(there.kintone.rows(TARGET)).toHaveLength(9);
    expect(historyProblems(there.kintone)).toEqual([]);
  });

  it('wakes at once when a page of the same browser ends, and within seconds elsewhere', async () => {
    for (const [browser, atMost] of [
      ['holder', 10],
      ['elsewhere', 6_300],
    ] as const) {
      const there = world();
      const holder = await held(there);
      const waiter = press(there, 'b', { browser });
      await queued(there, waiter, 1);
      await there.clock.advance(1_000);
      holder.decline();
      await there.clock.until(holder.ended);
      const fromMs = there.clock.monotonicMs();
      await there.clock.until(waiter.ended);
      expect(there.clock.monotonicMs() - fromMs).toBeLessThanOrEqual(atMost);
    }
  });

  it('costs few requests: a look every 5 seconds and two signs of life a minute', async () => {
    const there = world();
    await held(there);
    const ports = there.tab('b', 'b');
    let looks = 0;
    const journal = new Proxy(ports.journal, {
      get(target, name, receiver) {
        looks += name === 'startsOf' ? 1 : 0;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    const waiter = startRun({ ...ports, journal }, requestOf(quick, { owner: 'b:x' }), new Map());
    await queued(there, waiter, 1);
    const before = { looks, revision: Number(there.kintone.entries.get('2')?.revision) };
    await there.clock.advance(5 * MINUTE_MS);
    expect((looks - before.looks) / 5).toBeLessThanOrEqual(12);
    expect(Number(there.kintone.entries.get('2')?.revision) - before.revision).toBeGreaterThanOrEqual(9);
    waiter.cancel();
    await there.clock.until(waiter.ended);
  });
});

describe('a lost answer', () => {
  it('to the taking of the lock: the turn is known from the record, and nothing is kept', async () => {
    const there = world();
    const holder = await held(there);
    const ports = there.tab('b', 'b');
    let lostAnswers = 0;
    const commit: typeof ports.journal.commit = async (request) => {
      const reply = await ports.journal.commit(request);
      if (request.patch.lockKey !== UNIT || lostAnswers >= 9) return reply;
      lostAnswers += 1;
      return { kind: 'unknown', cause: 'connection reset' };
    };
    const read: typeof ports.journal.read = async (journalId) => {
      if (lostAnswers > 0 && lostAnswers < 9) throw new Error('out of reach');
      if (lostAnswers === 9) {
        lostAnswers += 1;
        throw new Error('out of reach');
      }
      return ports.journal.read(journalId);
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) =>
        name === 'commit' ? commit : name === 'read' ? read : Reflect.get(target, name, receiver),
    });
    const waiter = startRun({ ...ports, journal }, requestOf(quick, { owner: 'b:x' }), new Map());
    await queued(there, waiter, 1);
    holder.decline();
    expect((await there.clock.until(waiter.ended)).reason).toBe('done');
    expect(lostAnswers).toBeGreaterThan(8);
    expect(await there.kintone.journal.holder(UNIT)).toBeNull();
    expect(historyProblems(there.kintone)).toEqual([]);
  });
});

describe('a request that is lost', () => {
  it('when a dead start is taken out of the line: nobody goes on while it is still there', async () => {
    const there = world();
    const holder = await held(there);
    await queued(there, press(there, 'gone'), 1);
    const ports = there.tab('b', 'b');
    let lost = 0;
    const commit: typeof ports.journal.commit = async (request) => {
      if (request.journalId !== '2' || lost > 0) return ports.journal.commit(request);
      lost += 1;
      return { kind: 'unknown', cause: 'connection reset' };
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) => (name === 'commit' ? commit : Reflect.get(target, name, receiver)),
    });
    const waiter = startRun({ ...ports, journal }, requestOf(quick, { owner: 'b:x' }), new Map());
    await queued(there, waiter, 2);
    there.close('gone');
    const atTurn: unknown[] = [];
    there.kintone.afterCommit = ({ patch }) => {
      if (patch.lockKey === UNIT) atTurn.push(there.kintone.entries.get('2')?.reason);
    };
    holder.decline();
    expect((await there.clock.until(waiter.ended)).reason).toBe('done');
    expect(lost).toBe(1);
    expect(atTurn).toEqual(['interrupted']);
  });
});

describe('leaving the line', () => {
  it('by the person', async () => {
    const there = world();
    const holder = await held(there);
    const waiter = press(there, 'b');
    await queued(there, waiter, 1);
    waiter.cancel();
    expect(await there.clock.until(waiter.ended)).toMatchObject({ reason: 'cancelled', queue: null });
    expect(there.kintone.entries.get('2')).toMatchObject({ state: 'Failure', reason: 'cancelled' });
    holder.decline();
    await there.clock.until(holder.ended);
  });

  it('by somebody else, who writes a name into the log record', async () => {
    const there = world();
    await held(there);
    const waiter = press(there, 'b');
    await queued(there, waiter, 1);
    const entry = there.kintone.entries.get('2');
    if (entry === undefined) throw new Error('no record');
    const revision = String(Number(entry.revision) + 1);
    there.kintone.entries.set('2', { ...entry, cancelRequestedBy: 'Suzuki', revision });
    expect(await there.clock.until(waiter.ended)).toMatchObject({
      reason: 'cancelled',
      failure: { code: 'cancelledBy', params: { user: 'Suzuki' } },
    });
  });

  it('by the end of the waiting time', async () => {
    const there = world();
    const holder = await held(there);
    const waiter = press(there, 'b', { settings: queueUnit({ queueTtlMinutes: 2 }) });
    expect(await there.clock.until(waiter.ended)).toMatchObject({
      state: 'Failure',
      reason: 'expired',
      failure: { code: 'expired', params: { minutes: 2 } },
    });
    expect(there.clock.monotonicMs()).toBe(2 * MINUTE_MS);
    expect(there.kintone.entries.get('2')).toMatchObject({ reason: 'expired', lockKey: '' });
    holder.decline();
    await there.clock.until(holder.ended);
  });

  it('a line that is too long is not joined', async () => {
    const there = world();
    await held(there);
    const waiters = Array.from({ length: QUEUE_MAX }, (_unused, index) => press(there, `w${index}`));
    for (const waiter of waiters) await until(there, waiter, (status) => status.queue !== null);
    expect(await there.clock.until(press(there, 'late').ended)).toMatchObject({
      reason: 'locked',
      failure: { code: 'queueFull', params: { limit: QUEUE_MAX } },
    });
    for (const waiter of waiters) waiter.cancel();
    await there.clock.until(Promise.all(waiters.map((waiter) => waiter.ended)));
  });

  it('counts for the rate limit at the press', async () => {
    const there = world();
    const settings = queueUnit({ rateLimitPerMinute: 2 });
    const holder = press(there, 'a', { settings });
    await untilAsked(there, holder);
    const waiter = press(there, 'b', { settings });
    await queued(there, waiter, 1);
    expect((await there.clock.until(press(there, 'c', { settings }).ended)).reason).toBe('rateLimited');
    waiter.cancel();
    await there.clock.until(waiter.ended);
  });
});

describe('pages that are gone', () => {
  it('a waiting one is passed over after the lease, and closed', async () => {
    const there = world();
    const holder = await held(there);
    const gone = press(there, 'b');
    await queued(there, gone, 1);
    const waiter = press(there, 'c');
    await queued(there, waiter, 2);
    there.close('b');
    holder.decline();
    await there.clock.until(holder.ended);
    const fromMs = there.clock.monotonicMs();
    expect((await there.clock.until(waiter.ended)).reason).toBe('done');
    expect(there.clock.monotonicMs() - fromMs).toBeLessThanOrEqual(LEASE_MS + 10_000);
    expect(there.kintone.entries.get('2')).toMatchObject({ state: 'Failure', reason: 'interrupted' });
  });

  it('in the same browser at once', async () => {
    const there = world();
    const holder = await held(there);
    const gone = press(there, 'b', { browser: 'c' });
    await queued(there, gone, 1);
    const waiter = press(there, 'c');
    await queued(there, waiter, 2);
    there.close('b');
    await queued(there, waiter, 1);
    holder.decline();
    expect((await there.clock.until(waiter.ended)).reason).toBe('done');
  });

  it('one that waited yesterday does not hold up anybody today', async () => {
    const there = world();
    await held(there);
    const gone = press(there, 'b');
    await queued(there, gone, 1);
    there.close('b');
    there.close('holder');
    await there.clock.advance(24 * 60 * MINUTE_MS);
    const fromMs = there.clock.monotonicMs();
    const waiter = press(there, 'c', { browser: 'holder' });
    expect((await there.clock.until(waiter.ended)).reason).toBe('done');
    expect(there.clock.monotonicMs() - fromMs).toBeLessThan(6_300);
  });

  it('a holder that wrote nothing is closed by the first in line', async () => {
    const there = world();
    await held(there);
    there.close('holder');
    const waiter = press(there, 'b');
    expect((await there.clock.until(waiter.ended)).reason).toBe('done');
    expect(there.kintone.entries.get('1')).toMatchObject({ reason: 'interrupted', lockKey: '' });
  });

  it('a half written run is put before one person after the other', async () => {
    const there = world(1_950);
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) there.close('holder');
    };
    const dead = press(there, 'holder');
    await until(there, dead, (status) => status.reason === 'writing');
    await there.clock.advance(1);
    there.kintone.afterCommit = () => undefined;
    const first = press(there, 'b');
    const second = press(there, 'c');
    const found = await there.clock.until(first.ended);
    expect(found).toMatchObject({ reason: 'interrupted', holder: { journalId: '1' } });
    expect(there.kintone.entries.get('2')).toMatchObject({
      reason: 'locked',
      errorCode: 'interruptedRunFound',
    });
    const fromMs = there.clock.monotonicMs();
    expect((await there.clock.until(second.ended)).reason).toBe('interrupted');
    expect(there.clock.monotonicMs() - fromMs).toBeGreaterThanOrEqual(LEASE_MS - 10_000);
    expect(there.kintone.entries.get('1')).toMatchObject({ reason: 'writing', lockKey: UNIT });
  });

  it('a waiting page that stood still for too long has lost its place and writes nothing', async () => {
    const there = world();
    const holder = await held(there);
    const sleeper = press(there, 'b');
    await queued(there, sleeper, 1);
    const waiter = press(there, 'c');
    await queued(there, waiter, 2);
    there.freeze('b');
    holder.decline();
    await there.clock.until(waiter.ended);
    there.thaw('b');
    expect(await there.clock.until(sleeper.ended)).toMatchObject({
      reason: 'superseded',
      failure: { code: 'queuePlaceLost' },
    });
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
    expect(historyProblems(there.kintone)).toEqual([]);
  });
});
