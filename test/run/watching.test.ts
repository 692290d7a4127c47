/** Runs that go on elsewhere and are only shown here: joined ones, and those that a server carries out. */
import { describe, expect, it, vi } from 'vitest';
import type { ExecutionUnit } from '../../src/definition/types';
import { decodeRequestFile, type Observations, requestFileOf, runRequested, startRun } from '../../src/run';
import { LEASE_MS } from '../../src/run/lease';
import {
  requestOf,
  runRecord,
  settingsOf,
  sumFlow,
  TARGET,
  UNIT,
  until,
  untilAsked,
  type World,
  world,
} from './setup';

// Compression is done by threads that know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const joinUnit = (change: Partial<ExecutionUnit> = {}) =>
  settingsOf([sumFlow('f1', 'append')], { concurrency: 'join', rateLimitPerMinute: 60, ...change });
const serverUnit = (change: Partial<ExecutionUnit> = {}) =>
  settingsOf([sumFlow('f1', 'append')], { executor: { kind: 'server' }, confirm: 'never', ...change });

const press = (there: World, tab: string, settings = joinUnit(), seen: Observations = new Map()) =>
  startRun(there.tab(tab, tab), requestOf(settings, { owner: `${tab}:x${tab}` }), seen);

describe('join', () => {
  it('shows the run that goes on, under its own id, to its end; the press is no run', async () => {
    const there = world();
    const first = press(there, 'a');
    await untilAsked(there, first);
    const second = press(there, 'b');
    await until(there, second, (status) => status.watched === 'joined');
    expect(second.getSnapshot()).toMatchObject({ runId: first.getSnapshot().runId, reason: 'confirming' });
    first.confirm();
    const end = await there.clock.until(second.ended);
    expect(end).toMatchObject({
      state: 'Success',
      reason: 'done',
      watched: 'joined',
      counts: { added: 3 },
      failure: null,
      endedAtMs: runRecord(there).endedAtMs,
    });
    expect(end.flows.map((flow) => flow.state)).toEqual(['Success']);
    expect(there.kintone.entries.size).toBe(1);
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
  });

  it('a free unit is simply run', async () => {
    const there = world();
    const end = await there.clock.until(press(there, 'a', joinUnit({ confirm: 'never' })).ended);
    expect(end).toMatchObject({ reason: 'done', watched: null });
  });

  it('a stop is asked of the run itself, and believed when its record says so', async () => {
    const there = world();
    const first = press(there, 'a');
    await untilAsked(there, first);
    const second = press(there, 'b');
    await until(there, second, (status) => status.watched === 'joined');
    second.cancel();
    expect(await there.clock.until(first.ended)).toMatchObject({ reason: 'cancelled' });
    expect(await there.clock.until(second.ended)).toMatchObject({
      reason: 'cancelled',
      failure: { code: 'watchedRunSays', params: { message: 'cancelledBy' } },
    });
    expect(there.kintone.entries.size).toBe(1);
  });

  it('an owner that dies before it wrote is closed, and the viewer is told', async () => {
    const there = world();
    await untilAsked(there, press(there, 'a'));
    const second = press(there, 'b');
    await until(there, second, (status) => status.watched === 'joined');
    there.close('a');
    expect(await there.clock.until(second.ended)).toMatchObject({ failure: { code: 'watchedRunGone' } });
    expect(there.clock.monotonicMs()).toBeLessThanOrEqual(LEASE_MS + 20_000);
    expect(runRecord(there)).toMatchObject({ reason: 'interrupted', lockKey: '' });
  });

  it('one that dies half way is put before the person', async () => {
    const there = world(1_950);
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) there.close('a');
    };
    const first = press(there, 'a', joinUnit({ confirm: 'never' }));
    await until(there, first, (status) => status.reason === 'writing');
    await there.clock.advance(1);
    const second = press(there, 'b');
    expect(await there.clock.until(second.ended)).toMatchObject({
      reason: 'interrupted',
      holder: { journalId: '1' },
    });
  });

  it('whoever closes the card stops looking; the run goes on', async () => {
    const there = world();
    const first = press(there, 'a');
    await untilAsked(there, first);
    const second = press(there, 'b');
    await until(there, second, (status) => status.watched === 'joined');
    const fromMs = there.clock.monotonicMs();
    second.leave();
    await there.clock.until(second.ended);
    expect(there.clock.monotonicMs()).toBe(fromMs);
    first.confirm();
    expect((await there.clock.until(first.ended)).reason).toBe('done');
  });

  it('undo is not joined: it is refused while a run goes on', async () => {
    const there = world();
    await untilAsked(there, press(there, 'a'));
    const request = requestOf(joinUnit(), { giveUp: 'something else', owner: 'b:x' });
    const end = await there.clock.until(startRun(there.tab('b', 'b'), request, new Map()).ended);
    expect(end).toMatchObject({ reason: 'locked', watched: null });
  });
});

describe('a run on a server', () => {
  const ask = async (there: World, settings = serverUnit()) => {
    const run = press(there, 'page', settings);
    await until(there, run, (status) => status.reason === 'requested');
    return run;
  };
  const claim = (there: World, settings = serverUnit()) => {
    const found = runRecord(there);
    const pressId = found.runId.slice(UNIT.length + 1);
    const request = requestOf(settings, { pressId, owner: 'server:s1', isConfirmed: true, runsHere: true });
    return runRequested(there.tab('server', 'server'), request, found, new Map());
  };

  it('is asked for with what only the page knows, and followed to its end', async () => {
    const there = world();
    const run = await ask(there);
    expect(runRecord(there)).toMatchObject({ state: 'Queuing', reason: 'requested', owner: '', lockKey: '' });
    const file = requestFileOf(runRecord(there));
    if (file === null) throw new Error('no request file');
    const bytes = await there.kintone.journal.download(file);
    expect(decodeRequestFile(bytes, runRecord(there).runId)).toMatchObject({
      ok: true,
      value: { calling: { appId: '40', recordId: '1' }, timeZone: 'Asia/Tokyo' },
    });
    expect(decodeRequestFile(bytes, 'another run')).toMatchObject({ ok: false });
    await there.clock.until(claim(there).ended);
    expect(await there.clock.until(run.ended)).toMatchObject({
      state: 'Success',
      reason: 'done',
      watched: 'requested',
      counts: { added: 3 },
    });
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
  });

  it('is given up when no server comes in time', async () => {
    const there = world();
    const run = await ask(there, serverUnit({ queueTtlMinutes: 3 }));
    expect(await there.clock.until(run.ended)).toMatchObject({
      reason: 'expired',
      failure: { code: 'noServer', params: { minutes: 3 } },
    });
    expect(runRecord(there)).toMatchObject({ state: 'Failure', reason: 'expired' });
    expect(await there.clock.until(claim(there).ended)).toMatchObject({ reason: 'superseded' });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it('is taken back by the person while nobody has claimed it', async () => {
    const there = world();
    const run = await ask(there);
    run.cancel();
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'cancelled' });
    expect(runRecord(there)).toMatchObject({
      state: 'Failure',
      reason: 'cancelled',
      errorCode: 'cancelledBy',
    });
  });

  it('afterwards a stop is asked of the server', async () => {
    const there = world(1_950);
    const run = await ask(there);
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length === 0) return;
      there.kintone.afterCommit = () => undefined;
      run.cancel();
      there.freeze('server');
    };
    const work = claim(there);
    await until(there, run, (status) => runRecord(there).cancelRequestedBy !== '' && status.cancelRequested);
    there.thaw('server');
    expect(await there.clock.until(work.ended)).toMatchObject({ reason: 'cancelled' });
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'cancelled', watched: 'requested' });
  });

  it('the command line and the server itself run it in place', async () => {
    const there = world();
    const request = requestOf(serverUnit(), { runsHere: true });
    expect(await there.clock.until(startRun(there.tab('cli'), request, new Map()).ended)).toMatchObject({
      reason: 'done',
      watched: null,
    });
  });

  it('counts for the rate limit', async () => {
    const there = world();
    const settings = serverUnit({ rateLimitPerMinute: 1 });
    await ask(there, settings);
    expect(await there.clock.until(press(there, 'b', settings).ended)).toMatchObject({
      reason: 'rateLimited',
    });
  });
});
