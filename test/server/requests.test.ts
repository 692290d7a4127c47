/** Runs that a page asks a server for, schedules, and stops: the server's loops over a local kintone. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ExecutionUnit } from '../../src/definition/types';
import { ServerWorld, UNITS } from './server-world';

let world: ServerWorld;
afterEach(() => world.close());

const start = async (change: Partial<ExecutionUnit>): Promise<void> => {
  world = await ServerWorld.start({ rateLimitPerMinute: 60, ...change });
};
const ended = (runId: string) => world.logged((line) => line.event === 'runEnded' && line['run'] === runId);
const request = { owner: '', reason: 'requested', lockKey: '' } as const;

describe('a run that a page asks for', () => {
  it('is claimed and carried out in its record, as the person who asked', async () => {
    await start({ executor: { kind: 'server' } });
    const { runId, journalId } = await world.enter(request);
    expect(await ended(runId)).toMatchObject({ state: 'Success', method: 'button' });
    const [run, ...others] = world.runs();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ $id: journalId, state: 'Success', execution_user: 'sato', lock_key: '' });
    expect(run?.['run_owner']).toMatch(/^server:/);
    expect(world.rows()).toHaveLength(3);
  });

  it('waits while another run holds the unit', async () => {
    await start({ executor: { kind: 'server' } });
    const holder = await world.enter({ lockKey: UNITS.usable });
    const { runId } = await world.enter(request);
    await world.logged((line) => line.event === 'runWaits' && line['run'] === runId);
    expect(world.rows()).toEqual([]);
    const { journal } = world.ports();
    const entry = await journal.read(holder.journalId);
    await journal.commit({
      journalId: holder.journalId,
      revision: entry?.revision ?? '',
      patch: { state: 'Success', reason: 'done', lockKey: '', endedAtMs: Date.now() },
      requests: [],
    });
    expect(await ended(runId)).toMatchObject({ state: 'Success' });
  });

  it('in the name of somebody else is refused, and says so in its record', async () => {
    await start({ executor: { kind: 'server' } });
    const { journalId } = await world.enter({ ...request, user: { code: 'admin', name: 'Admin' } });
    await world.logged((line) => line.event === 'requestForged' && line['record'] === journalId);
    await world.stop();
    expect(world.runs()).toMatchObject([
      { state: 'Failure', error_code: 'requestForged', execution_user: 'admin' },
    ]);
    expect(world.rows()).toEqual([]);
  });

  it('for a unit that pages carry out themselves is none of the server’s business', async () => {
    await start({ executor: { kind: 'browser' } });
    await world.change(UNITS.notByApi, { executor: { kind: 'server' } });
    await world.enter(request);
    const { runId } = await world.enter({ ...request, unitId: UNITS.notByApi });
    await ended(runId);
    expect(world.runs()[0]).toMatchObject({ state: 'Queuing', run_owner: '' });
  });
});

describe('a run with a plan of somebody else', () => {
  it('is not gone on with by the server', async () => {
    await start({ executor: { kind: 'server' } });
    const { journal } = world.ports();
    const { runId, journalId } = await world.enter({ ...request, reason: 'checking', owner: 'page:gone' });
    const bytes = new TextEncoder().encode('a plan to the forger’s liking');
    const key = await journal.upload('plan-0-1.json.gz', bytes);
    const entry = await journal.read(journalId);
    await journal.commit({
      journalId,
      revision: entry?.revision ?? '',
      patch: { reason: 'requested', owner: '', planFileKeys: [key], planHash: 'f'.repeat(64) },
      requests: [],
    });
    expect(await ended(runId)).toMatchObject({ state: 'Failure', code: 'planNotOwn' });
    expect(world.rows()).toEqual([]);
    expect(world.runs()[0]).toMatchObject({ run_owner: '', state: 'Queuing' });
  });
});

describe('schedules', () => {
  const everyMinute = { cron: '* * * * *', timeZone: 'Asia/Tokyo', holidays: 'run' } as const;
  const MINUTE_MS = 60_000;
  const due = () => world.log.filter((line) => line.event === 'scheduleDue');

  it('start at their instants; of what was missed while no server ran, the latest is made up for', async () => {
    await start({ schedules: [everyMinute, { ...everyMinute, timeZone: 'America/New_York' }] });
    await world.advance(MINUTE_MS);
    const first = await world.logged((line) => line.event === 'scheduleDue');
    await ended(String(first['run']));
    expect(world.runs()).toMatchObject([{ execution_method: 'schedule', execution_user: 'admin' }]);

    await world.stop();
    await world.advance(30 * MINUTE_MS);
    await world.serve();
    await world.logged((line) => line.event === 'scheduleDue' && line !== first);
    await world.stop();
    expect(due()).toHaveLength(2);
    const [before = 0, after = 0] = due().map((line) => Date.parse(String(line['at'])));
    expect(after - before).toBeGreaterThanOrEqual(30 * MINUTE_MS);
  });

  it('of a disabled unit do nothing', async () => {
    await start({ schedules: [everyMinute] });
    await world.change(UNITS.usable, { enabled: false });
    await world.change(UNITS.notByApi, { schedules: [everyMinute] });
    await world.advance(2 * MINUTE_MS);
    await world.logged((line) => line.event === 'scheduleDue' && line['unit'] === UNITS.notByApi);
    expect(due().filter((line) => line['unit'] === UNITS.usable)).toEqual([]);
  });
});

describe('settings', () => {
  it('that cannot be read leave the ones before in force', async () => {
    await start({});
    world.write('{"version":');
    expect(await world.running.reload()).toContain('settings.json');
    expect((await world.send(`/trigger/v1/${UNITS.usable}/token`, {})).body).toMatchObject({ code: 400 });
  });
});
