/** A run whose record is there already: asked for by a page, or left before anything was written. */
import { describe, expect, it, vi } from 'vitest';
import { type JournalEntry, type NewRunEntry, runRequested, startRun } from '../../src/run';
import { runEntry } from './run-entry';
import { orders, requestOf, runRecord, settingsOf, sumFlow, TARGET, UNIT, type World, world } from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
const PRESS = '11111111-2222-4333-8444-555555555555';

/** What a page writes for a unit that a server carries out. */
function requested(there: World, change: Partial<NewRunEntry> = {}): Promise<JournalEntry> {
  return record(there, { owner: '', reason: 'requested', lockKey: '', ...change });
}

async function record(there: World, change: Partial<NewRunEntry>): Promise<JournalEntry> {
  const { journal } = there.tab('page');
  const entry = runEntry({
    runId: `${UNIT}:${PRESS}`,
    unitId: UNIT,
    lockKey: UNIT,
    unitName: 'monthly',
    callingAppId: '40',
    callingRecordId: '1',
    user: { code: 'sato', name: 'Sato' },
    startedAtMs: there.clock.nowMs(),
    owner: 'server:gone',
    definitionHash: 'hash',
    ...change,
  });
  const reply = await journal.create(entry);
  if (reply.kind !== 'created') throw new Error(reply.kind);
  return runRecord(there, reply.journalId);
}

const ask = (change: Parameters<typeof requestOf>[1] = {}) =>
  requestOf(settings, { pressId: PRESS, isConfirmed: true, owner: 'server:a', ...change });

const keys = (there: World) => there.kintone.rows(TARGET).map((row) => row['key']);

describe('a run that a page asked for', () => {
  it('runs in the very record, under the lock, with the instant of the press', async () => {
    const there = world();
    const entry = await requested(there);
    await there.clock.advance(40_000);
    const end = await there.clock.until(runRequested(there.tab('s1'), ask(), entry, new Map()).ended);
    expect(end).toMatchObject({
      state: 'Success',
      reason: 'done',
      runId: entry.runId,
      startedAtMs: entry.startedAtMs,
    });
    expect(there.kintone.entries.size).toBe(1);
    expect(there.kintone.entries.get('1')).toMatchObject({
      state: 'Success',
      owner: 'server:a',
      lockKey: '',
      user: { code: 'sato' },
    });
    const [claim] = there.kintone.commits;
    expect(claim?.patch).toMatchObject({ lockKey: UNIT, owner: 'server:a', reason: 'checking' });
    expect(keys(there)).toEqual(orders(3).map((order) => order['customer']));
  });

  it('stays a test, whatever the settings say by now', async () => {
    const there = world();
    const entry = await requested(there, { mode: 'test' });
    const end = await there.clock.until(runRequested(there.tab('s1'), ask(), entry, new Map()).ended);
    expect(end.test).not.toBeNull();
    expect(keys(there)).toEqual([]);
  });

  it('of several servers one carries it out', async () => {
    const there = world();
    const entry = await requested(there);
    const ends = await there.clock.until(
      Promise.all(
        ['s1', 's2', 's3'].map(
          (name) => runRequested(there.tab(name), ask({ owner: `server:${name}` }), entry, new Map()).ended,
        ),
      ),
    );
    expect(ends.map((end) => end.reason).sort()).toEqual(['done', 'superseded', 'superseded']);
    expect(keys(there)).toHaveLength(3);
    expect(there.kintone.entries.get('1')).toMatchObject({ state: 'Success' });
  });

  it('stays as it is while another run holds the unit', async () => {
    const there = world();
    const entry = await requested(there);
    await record(there, { runId: `${UNIT}:other` });
    const end = await there.clock.until(runRequested(there.tab('s1'), ask(), entry, new Map()).ended);
    expect(end).toMatchObject({ reason: 'locked', holder: { runId: `${UNIT}:other` } });
    expect(there.kintone.entries.get('1')).toEqual(entry);
    expect(keys(there)).toEqual([]);
  });

  it('obeys a stop that was asked for while it waited', async () => {
    const there = world();
    const waiting = await requested(there);
    const entry = { ...waiting, cancelRequestedBy: 'Tanaka', revision: '2' };
    there.kintone.entries.set('1', entry);
    const end = await there.clock.until(runRequested(there.tab('s1'), ask(), entry, new Map()).ended);
    expect(end).toMatchObject({ state: 'Failure', reason: 'cancelled' });
    expect(there.kintone.entries.get('1')).toMatchObject({
      state: 'Failure',
      reason: 'cancelled',
      lockKey: '',
    });
    expect(keys(there)).toEqual([]);
  });

  it('counts for the limit per minute like every other start', async () => {
    const there = world();
    const limited = settingsOf([sumFlow('f1', 'append')], { confirm: 'never', rateLimitPerMinute: 1 });
    await there.clock.until(
      startRun(there.tab('t1'), requestOf(limited, { isConfirmed: true }), new Map()).ended,
    );
    const entry = await requested(there);
    const request = { ...ask(), settings: limited };
    const end = await there.clock.until(runRequested(there.tab('s1'), request, entry, new Map()).ended);
    expect(end).toMatchObject({ state: 'Failure', reason: 'rateLimited' });
    expect(keys(there)).toHaveLength(3);
  });

  it('says so in its record when the unit is disabled', async () => {
    const there = world();
    const entry = await requested(there);
    const disabled = settingsOf([sumFlow('f1', 'append')], { enabled: false });
    const request = { ...ask(), settings: disabled };
    await there.clock.until(runRequested(there.tab('s1'), request, entry, new Map()).ended);
    expect(there.kintone.entries.get('1')).toMatchObject({ state: 'Failure', errorCode: 'unitDisabled' });
  });

  it('is not mistaken for another run', async () => {
    const there = world();
    const entry = await requested(there);
    const request = ask({ pressId: '99999999-2222-4333-8444-555555555555' });
    const end = await there.clock.until(runRequested(there.tab('s1'), request, entry, new Map()).ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { code: 'unexpected' } });
    expect(there.kintone.entries.get('1')).toEqual(entry);
  });
});

describe('a run whose process ended before it wrote anything', () => {
  it('starts over in its record', async () => {
    const there = world();
    const entry = await record(there, {});
    const end = await there.clock.until(runRequested(there.tab('s1'), ask(), entry, new Map()).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'done' });
    expect(there.kintone.entries.size).toBe(1);
    expect(keys(there)).toHaveLength(3);
  });

  it('is left alone while its process lives', async () => {
    const there = world();
    const entry = await record(there, { owner: 'b1:alive' });
    await there.tab('t1').presence.claim('b1:alive');
    const end = await there.clock.until(runRequested(there.tab('s1'), ask(), entry, new Map()).ended);
    expect(end).toMatchObject({ reason: 'locked' });
    expect(there.kintone.entries.get('1')).toEqual(entry);
  });
});
