/** `/stop` over HTTP: a run stops between two commits, wherever it stands, and whatever becomes of the server. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TARGET } from '../run/setup';
import { freshToken, pathOf, runBody, startedTask } from '../trigger/error-rows';
import { ServerWorld, UNITS } from './server-world';

type Task = Awaited<ReturnType<typeof startedTask>>;

const FIRST_FLOW = ['c0', 'c1', 'c2'];
let world: ServerWorld;
beforeEach(async () => {
  // Two commits, so that there is a boundary to stop at.
  world = await ServerWorld.start({
    rateLimitPerMinute: 60,
    flowIds: ['f1', 'f2'],
    atomicity: 'flow',
    concurrency: 'queue',
  });
});
afterEach(async () => {
  world.goOn();
  await world.close();
});

const stop = (task: Task) => world.send(pathOf(UNITS.usable, 'stop'), task);
const answer = ({ taskId }: Task, taskStatus: string) => ({
  httpStatus: 200,
  body: { code: 200, status: 'OK', taskId, taskStatus },
});

/** A task of which the first flow is written, and the commit of the second one is on its way. */
async function halfWay(): Promise<Task> {
  world.holdBack({ path: 'bulkRequest', app: TARGET }, { skip: 1 });
  const task = await startedTask(world);
  await world.held();
  return task;
}

describe('a run that writes', () => {
  it('stops before its next commit, keeps what is written, and says who asked', async () => {
    const task = await halfWay();
    expect(await stop(task)).toEqual(answer(task, 'Running'));
    world.goOn();
    expect(await world.end(task)).toMatchObject({
      taskStatus: 'Failure',
      errorCode: '1002',
      errorMessage: 'sato stopped the run.',
      flowInfo: [{ status: 'Success' }, { status: 'Cancel' }],
    });
    expect(world.rows()).toEqual(FIRST_FLOW);
    expect(world.runs()).toMatchObject([
      { state_reason: 'cancelled', cancel_requested_by: 'sato', lock_key: '' },
    ]);
    expect(world.runs()[0]?.['transitions']).toContain('stopRequested');
  });

  it('is asked once, however often the request comes', async () => {
    const task = await halfWay();
    expect(await stop(task)).toEqual(answer(task, 'Running'));
    expect(await stop(task)).toEqual(answer(task, 'Running'));
    world.goOn();
    await world.end(task);
    expect(await stop(task)).toEqual(answer(task, 'Failure'));
    expect(String(world.runs()[0]?.['transitions']).match(/stopRequested/g)).toHaveLength(1);
  });

  it('is not gone on with by the server that comes after', async () => {
    const task = await halfWay();
    await stop(task);
    const stopped = world.stop();
    world.goOn();
    await stopped;
    expect(world.runs()).toMatchObject([{ state: 'Running', cancel_requested_by: 'sato' }]);
    await world.serve();
    expect(await world.end(task)).toMatchObject({ taskStatus: 'Failure', errorCode: '1002' });
    expect(world.rows()).toEqual(FIRST_FLOW);
    expect(world.runs()).toMatchObject([{ state_reason: 'cancelled', lock_key: '' }]);
  });
});

describe('a run without a record', () => {
  it('that waits behind another one never begins', async () => {
    const first = await halfWay();
    const second = await startedTask(world);
    expect(await stop(second)).toEqual(answer(second, 'Failure'));
    expect(await world.end(second)).toMatchObject({
      errorCode: '1002',
      flowInfo: [{ status: 'Cancel' }, { status: 'Cancel' }],
    });
    world.goOn();
    expect(await world.end(first)).toMatchObject({ taskStatus: 'Success' });
    await world.logged((line) => line.event === 'runEnded' && line['run'] === second.taskId);
    expect(world.runs()).toHaveLength(1);
    expect(world.rows()).toHaveLength(6);
  });

  it('whose record is just being made ends before it writes', async () => {
    world.holdBack({ method: 'POST', path: 'records.json', app: world.logAppId });
    const task = await startedTask(world);
    await world.held();
    expect(await stop(task)).toEqual(answer(task, 'Queuing'));
    world.goOn();
    expect(await world.end(task)).toMatchObject({ taskStatus: 'Failure', errorCode: '1002' });
    expect(world.rows()).toEqual([]);
    expect(world.runs()).toMatchObject([{ state_reason: 'cancelled', lock_key: '' }]);
  });

  it('keeps the wish over a restart', async () => {
    const first = await halfWay();
    const second = await startedTask(world);
    await stop(second);
    const stopped = world.stop();
    world.goOn();
    await stopped;
    await world.serve();
    expect(await world.end(first)).toMatchObject({ taskStatus: 'Success' });
    expect(await world.end(second)).toMatchObject({ taskStatus: 'Failure', errorCode: '1002' });
    expect(world.runs()).toHaveLength(1);
  });
});

it('a page’s run that holds the unit finds the wish in its record', async () => {
  await world.change(UNITS.usable, { concurrency: 'reject' });
  const accessToken = await freshToken(world);
  const taskId = await world.occupy(UNITS.usable);
  await world.send(pathOf(UNITS.usable, 'run'), { ...runBody(world, accessToken), user: 'tanaka' });
  expect(await stop({ accessToken, taskId })).toEqual(answer({ accessToken, taskId }, 'Queuing'));
  expect(world.runs()).toMatchObject([{ run_key: taskId, cancel_requested_by: 'tanaka', state: 'Queuing' }]);
});

it('a log app that cannot be written takes no wish', async () => {
  const task = await halfWay();
  world.kintone.kintone.faults.add({
    match: { path: 'bulkRequest' },
    effect: { kind: 'error', status: 503 },
    times: 100,
  });
  expect((await stop(task)).body).toMatchObject({ code: 500 });
  world.kintone.kintone.faults.clear();
});
