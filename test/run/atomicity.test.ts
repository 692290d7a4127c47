import { describe, expect, it, vi } from 'vitest';
import type { Atomicity } from '../../src/definition/types';
import { type RunStatus, startRun } from '../../src/run';
import { requestOf, settingsOf, sumFlow, TARGET, TARGET_FIELDS, type World, world } from './setup';

vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const OTHER = '21';

const into = (app: string, id: string) => sumFlow(id, 'append', { app: { appId: app } });

function twoApps(rows: number): World {
  const there = world(rows);
  there.kintone.addApp(OTHER, TARGET_FIELDS);
  return there;
}

const run = (there: World, atomicity: Atomicity, second = OTHER): Promise<RunStatus> => {
  const settings = settingsOf([into(TARGET, 'f1'), into(second, 'f2')], { confirm: 'never', atomicity });
  return there.clock.until(startRun(there.tab('t1'), requestOf(settings), new Map()).ended);
};
const dataCommits = (there: World) =>
  there.kintone.commits.filter(({ requests }) => requests.length > 0).length;
const forbid = (there: World, appId: string) => {
  const app = there.kintone.apps.get(appId);
  if (app !== undefined) app.isWritable = false;
};

describe('two flows that fit one commit', () => {
  it.each([
    ['unit', 1],
    ['required', 1],
    ['flow', 2],
  ] as const)('%s: %i commits', async (atomicity, count) => {
    const there = twoApps(900);
    const end = await run(there, atomicity);
    expect(end).toMatchObject({
      state: 'Success',
      preview: { shape: atomicity === 'flow' ? 'flow' : 'unit' },
    });
    expect(end.flows.map((flow) => flow.state)).toEqual(['Success', 'Success']);
    expect(dataCommits(there)).toBe(count);
  });

  it('unit: when the second cannot be written, nothing is, and that flow is the one that failed', async () => {
    const there = twoApps(10);
    forbid(there, OTHER);
    const end = await run(there, 'unit');
    expect(end).toMatchObject({
      state: 'Failure',
      failure: { code: 'noWritePermission', place: { flowId: 'f2' } },
      counts: { added: 0 },
    });
    expect(end.flows.map((flow) => flow.state)).toEqual(['Cancel', 'Failure']);
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it('flow: what the first has written stays', async () => {
    const there = twoApps(10);
    forbid(there, OTHER);
    const end = await run(there, 'flow');
    expect(end.flows.map((flow) => flow.state)).toEqual(['Success', 'Failure']);
    expect(there.kintone.rows(TARGET)).toHaveLength(10);
  });
});

describe('too much for one commit', () => {
  it('unit: each flow for itself', async () => {
    const there = twoApps(1_000);
    const end = await run(there, 'unit');
    expect(end).toMatchObject({ state: 'Success', preview: { shape: 'flow' } });
    expect(dataCommits(there)).toBe(2);
  });

  it('required: refused before anything is written', async () => {
    const there = twoApps(1_000);
    expect(await run(there, 'required')).toMatchObject({
      state: 'Failure',
      failure: { code: 'notOneCommit', params: { rows: 2_000, limit: 1_900 } },
    });
    expect(dataCommits(there)).toBe(0);
  });

  it('required: refused where a flow must wait for another', async () => {
    const there = twoApps(10);
    expect(await run(there, 'required', TARGET)).toMatchObject({
      failure: { code: 'notOneCommitDeferred', place: { flowId: 'f2' } },
    });
    expect(dataCommits(there)).toBe(0);
  });
});
