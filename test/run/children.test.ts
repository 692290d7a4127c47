/** Units that units start. */
import { describe, expect, it, vi } from 'vitest';
import type { ExecutionUnit, Flow, Settings } from '../../src/definition/types';
import { continueRun, type JournalEntry, type RunHandle, resumeRun, startRun } from '../../src/run';
import { historyProblems } from '../proof/history';
import { hashInThisThread } from './plain-digest';
import {
  requestOf,
  settingsOf,
  sumFlow,
  TARGET,
  TARGET_FIELDS,
  UNIT,
  unitOf,
  untilAsked,
  type World,
  world,
} from './setup';

vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));
hashInThisThread();

const CHILD = 'cccccccccccccc';
const GRANDCHILD = 'dddddddddddddd';
const OTHER = '21';

const into = (id: string, app: string): Flow => sumFlow(id, 'append', { app: { appId: app } });

const starting = (flow: Flow, unitId: string, change: object = {}): Flow => ({
  ...flow,
  commands: [
    ...flow.commands,
    {
      id: 'start',
      type: 'startUnit',
      note: '',
      inputs: ['sum'],
      settings: { unitId, when: 'always', wait: true, ...change },
    },
  ],
});

function settings(change: object = {}, child: Partial<ExecutionUnit> = {}): Settings {
  const flows = [starting(sumFlow('f1', 'upsert'), CHILD, change), into('f2', OTHER)];
  return {
    ...settingsOf(flows),
    units: [
      unitOf(['f1'], { confirm: 'never', rateLimitPerMinute: 60 }),
      unitOf(['f2'], { id: CHILD, name: 'child', rateLimitPerMinute: 60, ...child }),
    ],
  };
}

function there(rows = 3): World {
  const made = world(rows);
  made.kintone.addApp(OTHER, TARGET_FIELDS);
  return made;
}

const press = (on: World, tab = 't1', of = settings()): RunHandle =>
  startRun(on.tab(tab), requestOf(of, { owner: `b1:${tab}` }), new Map());

const entries = (on: World): readonly JournalEntry[] => [...on.kintone.entries.values()];

describe('a unit that starts another one', () => {
  it('does so after its own writes, as a run of its own, and waits for it', async () => {
    const on = there();
    const end = await on.clock.until(press(on).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'done' });
    const [parent, child] = entries(on);
    expect(child).toMatchObject({
      unitId: CHILD,
      method: 'unit',
      parentRun: parent?.runId,
      callingAppId: '40',
      callingRecordId: '1',
      state: 'Success',
    });
    const order = on.kintone.commits.filter(({ requests }) => requests.length > 0);
    expect(order.map(({ journalId }) => journalId)).toEqual(['1', '2']);
    expect(parent?.flows[0]?.state).toBe('Success');
    expect(on.kintone.rows(OTHER)).toHaveLength(3);
    expect(historyProblems(on.kintone)).toEqual([]);
  });

  it('says so in the preview', async () => {
    const on = there();
    const asking = settings();
    const first = asking.units[0] as ExecutionUnit;
    const of = { ...asking, units: [{ ...first, confirm: 'always' as const }, ...asking.units.slice(1)] };
    const run = press(on, 't1', of);
    await untilAsked(on, run);
    expect(run.getSnapshot()).toMatchObject({
      reason: 'confirming',
      preview: { starts: [{ flowId: 'f1', commandId: 'start', unitName: 'child', wait: true }] },
    });
    run.decline();
    await on.clock.until(run.ended);
    expect(entries(on)).toHaveLength(1);
  });

  it.each([
    ['always', ['done', 'done']],
    ['hasRows', ['done', 'done']],
    ['changed', ['noChange']],
  ] as const)('nothing to write: %s', async (when, reasons) => {
    const on = there();
    await on.clock.until(press(on, 't1', settings({ when }, { enabled: true })).ended);
    const before = entries(on).length;
    await on.clock.until(press(on, 't2', settings({ when })).ended);
    expect(
      entries(on)
        .slice(before)
        .map((entry) => entry.reason),
    ).toEqual(reasons);
  });

  it('fails when the child fails, with its message; what was written stays', async () => {
    const on = there();
    const app = on.kintone.apps.get(OTHER);
    if (app !== undefined) app.isWritable = false;
    const end = await on.clock.until(press(on).ended);
    expect(end).toMatchObject({
      state: 'Failure',
      failure: {
        code: 'startUnitFailed',
        params: { name: 'child', message: 'noWritePermission' },
        place: { flowId: 'f1', commandId: 'start' },
      },
    });
    expect(end.flows[0]?.state).toBe('Failure');
    expect(on.kintone.rows(TARGET)).toHaveLength(3);
    expect(entries(on).map((entry) => entry.lockKey)).toEqual(['', '']);
  });

  it('does not wait for an orphan', async () => {
    const on = there();
    const app = on.kintone.apps.get(OTHER);
    if (app !== undefined) app.isWritable = false;
    const end = await on.clock.until(press(on, 't1', settings({ wait: false })).ended);
    expect(end).toMatchObject({ state: 'Success' });
    await on.clock.advance(10_000);
    expect(entries(on)[1]).toMatchObject({ unitId: CHILD, state: 'Failure', errorCode: 'noWritePermission' });
  });

  it('passes a stop on', async () => {
    const on = there(1_950);
    on.kintone.afterCommit = ({ journalId, requests }) => {
      if (requests.length > 0 && journalId === '2') run.cancel();
    };
    const run = press(on);
    expect(await on.clock.until(run.ended)).toMatchObject({ reason: 'cancelled' });
    expect(entries(on).map((entry) => entry.reason)).toEqual(['cancelled', 'cancelled']);
    expect(on.kintone.rows(OTHER).length).toBeLessThan(1_950);
  });

  it('a child that is refused fails the flow', async () => {
    const on = there();
    const blocker = startRun(
      on.tab('t9'),
      requestOf(settings({}, { confirm: 'always' }), { unitId: CHILD, owner: 'b1:t9' }),
      new Map(),
    );
    await untilAsked(on, blocker);
    const end = await on.clock.until(press(on).ended);
    expect(end).toMatchObject({ failure: { code: 'startUnitFailed', params: { message: 'locked' } } });
    blocker.decline();
    await on.clock.until(blocker.ended);
  });
});

describe('guards', () => {
  const chain = (ids: readonly string[]): Settings => {
    const flows = ids.map((_id, index) =>
      index + 1 < ids.length
        ? starting(into(`f${index}`, OTHER), ids[index + 1] ?? '')
        : into(`f${index}`, OTHER),
    );
    return {
      ...settingsOf(flows),
      units: ids.map((id, index) => unitOf([`f${index}`], { id, name: id, confirm: 'never' })),
    };
  };

  it('a circle is refused before anything is written', async () => {
    const on = there();
    const made = chain([UNIT, CHILD, GRANDCHILD]);
    const looped = {
      ...made,
      flows: made.flows.map((flow) => (flow.id === 'f2' ? starting(flow, UNIT) : flow)),
    };
    const end = await on.clock.until(press(on, 't1', looped).ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { code: 'startUnitLoop' } });
    expect(on.kintone.rows(OTHER)).toEqual([]);
  });

  it('five levels are carried out, a sixth is not', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => letter.repeat(14));
    const five = there();
    const end = await five.clock.until(press(five, 't1', chain([UNIT, ...ids.slice(1, 5)])).ended);
    expect(end.state).toBe('Success');
    expect(entries(five)).toHaveLength(5);
    const six = there();
    const failed = await six.clock.until(press(six, 't1', chain([UNIT, ...ids.slice(1)])).ended);
    expect(failed.state).toBe('Failure');
    expect(entries(six)).toHaveLength(5);
    expect(entries(six)[4]).toMatchObject({ errorCode: 'startUnitTooDeep' });
  });

  it.each([
    ['unitMissing', { unitId: 'zzzzzzzzzzzzzz' }, {}],
    ['startUnitDisabled', {}, { enabled: false }],
  ])('%s, before anything is written', async (code, change, child) => {
    const on = there();
    const end = await on.clock.until(press(on, 't1', settings(change, child)).ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { code } });
    expect(on.kintone.rows(TARGET)).toEqual([]);
  });
});

describe('cut off', () => {
  /** The page dies as soon as the child has carried out its commit number `commits` (0: as soon as it has its record). */
  async function cutOff(on: World, commits: number): Promise<JournalEntry> {
    const died = new Promise<void>((resolve) => {
      let seen = 0;
      on.kintone.afterCommit = ({ journalId, requests }) => {
        if (journalId !== '2') return;
        seen += requests.length > 0 ? 1 : 0;
        if (seen < commits) return;
        on.kintone.afterCommit = () => undefined;
        on.close('t1');
        resolve();
      };
    });
    press(on);
    await on.clock.until(died);
    return entries(on)[0] as JournalEntry;
  }

  const goOn = (on: World, entry: JournalEntry) =>
    on.clock.until(
      resumeRun(on.tab('t2'), requestOf(settings(), { owner: 'b1:t2' }), entry, new Map()).ended,
    );

  it.each([
    ['before the child wrote anything', 0],
    ['while the child was writing', 1],
    ['after the last commit of the child', 2],
  ])('%s: going on starts it once and finishes it', async (_name, commits) => {
    const on = there(1_950);
    const entry = await cutOff(on, commits);
    expect(await goOn(on, entry)).toMatchObject({ state: 'Success' });
    expect(entries(on).map((one) => [one.unitId, one.state])).toEqual([
      [UNIT, 'Success'],
      [CHILD, 'Success'],
    ]);
    expect(on.kintone.rows(OTHER)).toHaveLength(1_950);
    expect(historyProblems(on.kintone)).toEqual([]);
  });

  it('a continuation of a failed run does not start the child a second time', async () => {
    const on = there();
    const app = on.kintone.apps.get(OTHER);
    if (app !== undefined) app.isWritable = false;
    await on.clock.until(press(on).ended);
    if (app !== undefined) app.isWritable = true;
    const found = entries(on)[0] as JournalEntry;
    const request = requestOf(settings(), { owner: 'b1:t2', continues: found.runId });
    const end = await on.clock.until(continueRun(on.tab('t2'), request, found, new Map()).ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { code: 'startUnitFailed' } });
    expect(entries(on).filter((entry) => entry.unitId === CHILD)).toHaveLength(1);
  });
});
