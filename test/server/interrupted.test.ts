/** Runs that a page has left half-way, of units whose plans the server is told to trust. */
import { afterEach, describe, expect, it } from 'vitest';
import { definitionHash } from '../../src/definition/hash';
import type { ExecutionUnit } from '../../src/definition/types';
import { type JournalEntry, type JournalPatch, type RunHandle, startRun } from '../../src/run';
import { encodePlanFile } from '../../src/run/plan-codec';
import type { PlanFile } from '../../src/run/plan-file';
import { loadPlan, planFileName, planParts } from '../../src/run/plan-parts';
import { requestOf, TARGET } from '../run/setup';
import { startedTask } from '../trigger/error-rows';
import { CALLING, ServerWorld, UNITS } from './server-world';

const LEASE_AND_MORE_MS = 130_000;
const ALL_ROWS = 6;
let world: ServerWorld;
afterEach(async () => {
  world.goOn();
  await world.close();
});

async function serve(resumes: readonly string[], change: Partial<ExecutionUnit> = {}): Promise<void> {
  world = await ServerWorld.start({
    rateLimitPerMinute: 60,
    flowIds: ['f1', 'f2'],
    atomicity: 'flow',
    ...change,
  });
  world.resumes = resumes;
  await world.stop();
  await world.serve();
}

/** A page's run that has written its first flow and stands still, with the commit of the second one on its way. */
async function frozenPage(): Promise<RunHandle> {
  const { settings } = world;
  const [unit] = settings.units;
  if (unit === undefined) throw new Error('no unit');
  world.holdBack({ path: 'bulkRequest', app: TARGET }, { skip: 1 });
  const request = requestOf(settings, {
    unitId: unit.id,
    definitionHash: await definitionHash(unit, settings.flows),
    user: { code: 'sato', name: '佐藤' },
    owner: 'page:gone',
    isConfirmed: true,
  });
  const page = startRun(world.ports(), request, new Map());
  await world.held();
  return page;
}

/** The server looks at the record, and finds it unmoved for longer than a page may be silent. */
async function silence(): Promise<void> {
  // When the look after the next is sent, the next one has been noted down.
  await world.asked('write_cursor > 0', 2);
  await world.advance(LEASE_AND_MORE_MS);
}

const ended = (runId: string) => world.logged((line) => line.event === 'runEnded' && line['run'] === runId);

/** Changes the run's record by hand. */
async function edit(
  page: RunHandle,
  user: string,
  change: (entry: JournalEntry) => Promise<JournalPatch>,
): Promise<void> {
  const { journal } = world.ports(user);
  const entry = await journal.byRunId(page.getSnapshot().runId);
  if (entry === null) throw new Error('no record');
  const reply = await journal.commit({
    journalId: entry.journalId,
    revision: entry.revision,
    patch: await change(entry),
    requests: [],
  });
  if (reply.kind !== 'committed') throw new Error(reply.kind);
}

/** Another plan in the record, with a checksum that fits, in place of all that it has. */
const forge = (page: RunHandle, user: string, change: (plan: PlanFile) => PlanFile) =>
  edit(page, user, async (entry) => {
    const { journal } = world.ports(user);
    const [part] = planParts(entry.planFiles, entry.planHash);
    const plan = part === undefined ? null : await loadPlan(journal, part);
    if (plan?.ok !== true) throw new Error('no plan');
    const { chunks, sha256 } = await encodePlanFile(change(plan.value));
    const planFileKeys = await Promise.all(
      chunks.map((chunk, index) => journal.upload(planFileName(plan.value.firstRow, index), chunk)),
    );
    return { planFileKeys, planHash: sha256 };
  });

describe('a server that is told to', () => {
  it('writes the rest under its own name; the browser that wakes up writes nothing', async () => {
    await serve([UNITS.usable]);
    const page = await frozenPage();
    const { runId } = page.getSnapshot();
    await silence();
    expect(await ended(runId)).toMatchObject({ state: 'Success' });
    expect(world.rows()).toHaveLength(ALL_ROWS);
    const [run] = world.runs();
    expect(run).toMatchObject({ state: 'Success', execution_user: 'sato', lock_key: '' });
    expect(run?.['transitions']).toMatch(/\tadmin\tRunning\twriting\ttakenOver/);
    expect(run?.['run_owner']).toMatch(/^server:/);
    world.goOn();
    expect(await page.ended).toMatchObject({ reason: 'superseded' });
    expect(world.rows()).toHaveLength(ALL_ROWS);
    expect(world.runs()).toHaveLength(1);
  });

  it('and another one that knows nothing of it: one of them goes on', async () => {
    await serve([UNITS.usable]);
    await world.serveBeside('tanaka');
    const page = await frozenPage();
    await world.asked('write_cursor > 0', 2, ['admin', 'tanaka']);
    world.holdBack({ path: 'bulkRequest', app: world.logAppId }, { times: 2 });
    await world.advance(LEASE_AND_MORE_MS);
    // Both stand before the takeover, having read the same record; the page stays where it is.
    await world.held(3);
    world.goOn(1);
    const { runId } = page.getSnapshot();
    const ends = () => world.log.filter((line) => line.event === 'runEnded' && line['run'] === runId);
    await world.logged(() => ends().length === 2);
    expect(ends().map((line) => line['state'])).toEqual(['Success', 'Success']);
    expect(world.rows()).toHaveLength(ALL_ROWS);
    expect(String(world.runs()[0]?.['transitions']).match(/takenOver/g)).toHaveLength(1);
    expect(world.runs()).toMatchObject([{ state: 'Success', lock_key: '' }]);
  });

  it('leaves a page alone that works', async () => {
    await serve([UNITS.usable]);
    const page = await frozenPage();
    await world.asked('write_cursor > 0', 2);
    await world.advance(LEASE_AND_MORE_MS / 2);
    await world.asked('write_cursor > 0', 2);
    world.goOn();
    expect(await page.ended).toMatchObject({ reason: 'done' });
    expect(world.log.filter((line) => line.event === 'interruptedFound')).toEqual([]);
    expect(world.rows()).toHaveLength(ALL_ROWS);
  });

  it('starts what waits for the unit after that', async () => {
    await serve([UNITS.usable], { concurrency: 'queue' });
    await frozenPage();
    const waiting = await startedTask(world);
    await world.logged((line) => line.event === 'runWaits' && line['run'] === waiting.taskId);
    await silence();
    expect(await world.end(waiting)).toMatchObject({ taskStatus: 'Success' });
    expect(world.rows()).toHaveLength(2 * ALL_ROWS);
  });

  it('obeys a stop that the page did not live to see', async () => {
    await serve([UNITS.usable]);
    const page = await frozenPage();
    await edit(page, 'sato', async () => ({ cancelRequestedBy: '佐藤' }));
    await silence();
    expect(await ended(page.getSnapshot().runId)).toMatchObject({ state: 'Failure', code: 'cancelledBy' });
    expect(world.rows()).toHaveLength(ALL_ROWS / 2);
    expect(world.runs()).toMatchObject([{ state_reason: 'cancelled', lock_key: '' }]);
  });
});

describe('is left for a person', () => {
  const isLeft = async (page: RunHandle, why: string): Promise<void> => {
    await silence();
    const { runId } = page.getSnapshot();
    expect(await world.logged((line) => line.event === 'planNotOwn')).toMatchObject({ run: runId, why });
    expect(await ended(runId)).toMatchObject({ state: 'Failure', reason: 'interrupted', code: 'planNotOwn' });
    expect(world.rows()).toHaveLength(ALL_ROWS / 2);
    expect(world.runs()).toMatchObject([{ state: 'Running', run_owner: 'page:gone' }]);
  };

  it('a record that somebody else has written last', async () => {
    await serve([UNITS.usable]);
    const page = await frozenPage();
    await forge(page, 'tanaka', (plan) => plan);
    await isLeft(page, 'editedByOthers');
  });

  it('a plan for other apps, even of the person who runs', async () => {
    await serve([UNITS.usable]);
    const page = await frozenPage();
    await forge(page, 'sato', (plan) => ({
      ...plan,
      plans: plan.plans.map((flow) => ({
        ...flow,
        outputs: flow.outputs.map((output) => ({ ...output, app: { appId: CALLING } })),
      })),
    }));
    await isLeft(page, 'beyondUnit');
  });

  it('the plan of another run', async () => {
    await serve([UNITS.usable]);
    const page = await frozenPage();
    await forge(page, 'sato', (plan) => ({ ...plan, runId: `${UNITS.usable}:other` }));
    await isLeft(page, 'beyondUnit');
  });

  it('a unit that has changed since', async () => {
    await serve([UNITS.usable]);
    const page = await frozenPage();
    await world.change(UNITS.usable, { name: 'renamed' });
    await isLeft(page, 'definitionChanged');
  });

  it('a unit that the server was told nothing of', async () => {
    await serve([UNITS.notByApi]);
    const page = await frozenPage();
    await world.asked('write_cursor > 0', 2);
    await world.advance(LEASE_AND_MORE_MS);
    await world.asked('write_cursor > 0', 2);
    expect(world.log.filter((line) => line.event === 'interruptedFound')).toEqual([]);
    expect(world.rows()).toHaveLength(ALL_ROWS / 2);
    world.goOn();
    expect(await page.ended).toMatchObject({ reason: 'done' });
  });
});
