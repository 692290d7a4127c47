import { describe, expect, it, vi } from 'vitest';
import type { Breakpoint, ExecutionUnit, Flow, Settings } from '../../src/definition/types';
import {
  historyOf,
  type JournalEntry,
  type RunHandle,
  type RunPorts,
  type RunRequest,
  resumeRun,
  runFromFailed,
  startRun,
} from '../../src/run';
import { historyProblems } from '../proof/history';
import { cutOff } from './cut-off';
import {
  askToStop,
  command,
  requestOf,
  SOURCE,
  SOURCE_FIELDS,
  settingsOf,
  sumFlow,
  TARGET,
  TARGET_FIELDS,
  until,
  untilAsked,
  type World,
  world,
} from './setup';

vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const COPY = '120';
/** Written by flows that wait for what kintone computes in `COPY`. */
const REPORT = '130';
const HOUR_MS = 3_600_000;
const ROWS = 5;

function there(rows = ROWS): World {
  const made = world(rows);
  made.kintone.addApp(COPY, {
    ...TARGET_FIELDS,
    double: { type: 'CALC', code: 'double', label: 'double' },
  });
  made.kintone.addApp(REPORT, TARGET_FIELDS);
  return made;
}

const at = (flowId: string, commandId: string): Breakpoint => ({ flowId, commandId });

function settingsFor(
  flows: readonly Flow[],
  breakpoints: readonly Breakpoint[],
  change: Partial<ExecutionUnit> = {},
): Settings {
  return settingsOf(flows, {
    confirm: 'never',
    mode: 'test',
    test: {
      rowLimit: 10_000,
      apps: [
        { from: { appId: TARGET }, to: { appId: COPY } },
        { from: { appId: '30000' }, to: { appId: REPORT } },
      ],
    },
    breakpoints,
    ...change,
  });
}

/** Reads a field of the copy that only kintone computes: planned once the flows before are written. */
const waitingFlow: Flow = {
  ...sumFlow('f2'),
  commands: [
    command('in', 'inputApp', [], {
      app: { appId: COPY },
      fields: ['key', 'double'],
      rename: [],
      condition: null,
    }),
    command('out', 'outputApp', ['in'], {
      app: { appId: '30000' },
      mode: 'upsert',
      keys: ['key'],
      mapping: [
        { from: 'key', to: 'key' },
        { from: 'double', to: 'total' },
      ],
    }),
  ],
};

const start = (
  on: World,
  settings: Settings,
  change: Partial<RunRequest> = {},
  ports: RunPorts = on.tab('t1'),
): RunHandle => startRun(ports, requestOf(settings, change), new Map());

const stopOf = (run: RunHandle) => run.getSnapshot().pause?.at;
const placeOf = (run: RunHandle): string => `${stopOf(run)?.flowId} ${stopOf(run)?.commandId}`;
const untilStop = (on: World, run: RunHandle, place: Breakpoint): Promise<void> =>
  until(on, run, () => placeOf(run) === `${place.flowId} ${place.commandId}`);

type How = (place: string) => 'proceed' | 'step';

/** Lets the run go on as `how` says whenever it stands; grows by where that was. */
function letThrough(run: RunHandle, how: How): readonly string[] {
  const stops: string[] = [];
  let last: unknown;
  run.subscribe(() => {
    const stop = stopOf(run);
    if (stop === undefined || stop === last) return;
    last = stop;
    stops.push(placeOf(run));
    run[how(placeOf(run))]();
  });
  return stops;
}

async function through(on: World, run: RunHandle, how: How) {
  const stops = letThrough(run, how);
  const end = await on.clock.until(run.ended);
  expect(historyProblems(on.kintone)).toEqual([]);
  return { stops, end };
}

const entryOf = (on: World, id = '1'): JournalEntry => {
  const entry = on.kintone.entries.get(id);
  if (entry === undefined) throw new Error(`no run record ${id}`);
  return entry;
};
const moves = (on: World, id = '1') =>
  historyOf(entryOf(on, id).transitions).transitions.map(({ actor, reason, note }) =>
    [reason, actor, note].filter((part) => part !== '').join(' '),
  );
const untouched = (on: World): void => {
  expect(on.kintone.rows(COPY)).toEqual([]);
  expect(on.kintone.rows(REPORT)).toEqual([]);
};

const places = (flows: readonly Flow[]): readonly Breakpoint[] =>
  flows.flatMap(({ id, commands }) => commands.map((one) => at(id, one.id)));

describe.each([
  ['one flow', [sumFlow('f1')]],
  [
    'a flow that is planned again, because it writes where the first one does',
    [sumFlow('f1'), sumFlow('f2')],
  ],
  ['a flow that waits for what kintone computes', [sumFlow('f1'), waitingFlow]],
] as const)('%s', (_name, flows) => {
  it.each(places(flows))(
    'stops before $flowId $commandId, once, and writes what it would have',
    async (place) => {
      const on = there();
      const run = start(on, settingsFor(flows, [place]));
      await untilStop(on, run, place);
      expect(run.getSnapshot()).toMatchObject({
        state: 'Running',
        reason: 'paused',
        pause: { cause: 'breakpoint', by: 'Sato' },
      });
      expect(entryOf(on)).toMatchObject({ state: 'Running', reason: 'paused', cursor: 0 });
      untouched(on);
      run.proceed();
      const { stops: more, end } = await through(on, run, () => 'proceed');
      expect(more).toEqual([]);
      expect(end).toMatchObject({ state: 'Success', reason: 'done', pause: null });
      expect(on.kintone.rows(COPY)).toHaveLength(ROWS);
      expect(on.kintone.rows(TARGET)).toEqual([]);
      expect(moves(on).slice(0, 3)).toEqual([
        'checking Sato',
        'paused Sato breakpoint',
        'checking Sato goesOn',
      ]);
    },
  );

  it('steps from command to command', async () => {
    const on = there();
    const all = places(flows).map(({ flowId, commandId }) => `${flowId} ${commandId}`);
    const first = places(flows)[0];
    if (first === undefined) throw new Error('no commands');
    const run = start(on, settingsFor(flows, [first]));
    const { stops, end } = await through(on, run, () => 'step');
    expect(stops).toEqual(all);
    expect(end).toMatchObject({ state: 'Success', reason: 'done' });
  });
});

describe('what goes into the command', () => {
  it('is shown with its size, its columns and its first rows, and comes across to another thread', async () => {
    const on = there(60);
    const run = start(on, settingsFor([sumFlow('f1')], [at('f1', 'sum')]));
    await untilStop(on, run, at('f1', 'sum'));
    const [input, ...others] = stopOf(run)?.inputs ?? [];
    expect(others).toEqual([]);
    expect(input).toMatchObject({
      from: 'in',
      rowCount: 60,
      columnCount: 2,
      columns: [
        { name: 'customer', label: 'customer', type: 'text' },
        { name: 'amount', label: 'amount', type: 'number' },
      ],
    });
    expect(input?.rows).toHaveLength(50);
    expect(input?.rows[49]).toEqual(['c49', '50']);
    expect(structuredClone(run.getSnapshot())).toEqual(run.getSnapshot());
  });

  it('is nothing for a command that reads by itself', async () => {
    const on = there();
    const run = start(on, settingsFor([sumFlow('f1')], [at('f1', 'in')]));
    await untilStop(on, run, at('f1', 'in'));
    expect(stopOf(run)?.inputs).toEqual([]);
    expect(on.kintone.reads).toBe(0);
  });

  it('never comes into the log', async () => {
    const on = there();
    on.kintone.addApp(SOURCE, SOURCE_FIELDS, [{ customer: 'only-in-the-source', amount: '1' }]);
    const run = start(on, settingsFor([sumFlow('f1')], [at('f1', 'sum')]));
    await untilStop(on, run, at('f1', 'sum'));
    expect(JSON.stringify(run.getSnapshot())).toContain('only-in-the-source');
    await on.clock.advance(HOUR_MS);
    run.cancel();
    await on.clock.until(run.ended);
    expect(JSON.stringify([...on.kintone.entries.values()])).not.toContain('only-in-the-source');
    expect(JSON.stringify(on.kintone.commits)).not.toContain('only-in-the-source');
  });
});

describe('going on', () => {
  const three = [at('f1', 'in'), at('f1', 'out'), at('f2', 'sum')];
  const flows = [sumFlow('f1'), sumFlow('f2')];

  it('leads to the next breakpoint', async () => {
    const on = there();
    const { stops } = await through(on, start(on, settingsFor(flows, three)), () => 'proceed');
    expect(stops).toEqual(['f1 in', 'f1 out', 'f2 sum']);
  });

  it('or to the next command, each time it is asked', async () => {
    const on = there();
    const run = start(on, settingsFor(flows, three));
    const { stops } = await through(on, run, (place) => (place === 'f1 out' ? 'step' : 'proceed'));
    expect(stops).toEqual(['f1 in', 'f1 out', 'f2 in', 'f2 sum']);
  });

  it('from elsewhere, through the run record, is the same as here', async () => {
    const on = there();
    const run = start(on, settingsFor(flows, three));
    await untilStop(on, run, at('f1', 'in'));
    const entry = entryOf(on);
    expect(entry.pauseRequestedBy).toBe('Sato');
    const revision = `${Number(entry.revision) + 1}`;
    on.kintone.entries.set('1', { ...entry, pauseRequestedBy: '', revision });
    await untilStop(on, run, at('f1', 'out'));
  });

  it('a step that nobody can take is none', async () => {
    const on = there();
    const run = start(on, settingsFor([sumFlow('f1')], []));
    run.step();
    const { stops, end } = await through(on, run, () => 'proceed');
    expect(stops).toEqual([]);
    expect(end).toMatchObject({ reason: 'done' });
  });

  it('and a pause that somebody asked for before is over with the breakpoint', async () => {
    const on = there();
    const run = start(on, settingsFor([sumFlow('f1')], [at('f1', 'sum')]));
    run.pause();
    await untilStop(on, run, at('f1', 'sum'));
    expect(run.getSnapshot().pauseRequested).toBe(false);
    run.proceed();
    expect(await on.clock.until(run.ended)).toMatchObject({ reason: 'done' });
    expect(moves(on).filter((move) => move.startsWith('paused'))).toEqual(['paused Sato breakpoint']);
  });

  it('asks as ever, and does not stop again when the plan is made anew', async () => {
    const on = there();
    const run = start(on, settingsFor([sumFlow('f1')], [at('f1', 'sum')], { confirm: 'always' }));
    await untilStop(on, run, at('f1', 'sum'));
    run.proceed();
    await untilAsked(on, run);
    const checkedAtMs = run.getSnapshot().preview?.checkedAtMs ?? 0;
    await on.clock.advance(1_000);
    run.recheck();
    await until(
      on,
      run,
      ({ reason, preview }) => reason === 'confirming' && (preview?.checkedAtMs ?? 0) > checkedAtMs,
    );
    run.confirm();
    expect(await on.clock.until(run.ended)).toMatchObject({ reason: 'done', counts: { added: ROWS } });
  });
});

describe('while it stands', () => {
  const stopped = async (on: World, settings: Settings, ports?: RunPorts): Promise<RunHandle> => {
    const run = start(on, settings, {}, ports);
    await untilStop(on, run, at('f1', 'sum'));
    return run;
  };
  const one = settingsFor([sumFlow('f1')], [at('f1', 'sum')]);

  it('gives a sign of life every half minute, and its run time stands still', async () => {
    const on = there();
    const run = await stopped(on, settingsFor([sumFlow('f1')], [at('f1', 'sum')], { maxRunMinutes: 1 }));
    const before = Number(entryOf(on).revision);
    await on.clock.advance(HOUR_MS);
    expect(Number(entryOf(on).revision) - before).toBe(120);
    run.proceed();
    expect(await on.clock.until(run.ended)).toMatchObject({ reason: 'done' });
  });

  it('the run time goes on afterwards, and ends the run', async () => {
    const on = there();
    const ports = on.tab('t1');
    const settings = settingsFor([sumFlow('f1')], [at('f1', 'sum')], { maxRunMinutes: 1 });
    let isSlow = false;
    const records = new Proxy(ports.records, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver) as unknown;
        if (name !== 'numberPrecision' && name !== 'count') return member;
        return async (...args: unknown[]) => {
          if (isSlow) await on.clock.sleep(HOUR_MS);
          return (member as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    const run = await stopped(on, settings, { ...ports, records });
    await on.clock.advance(HOUR_MS);
    isSlow = true;
    run.proceed();
    expect(await on.clock.until(run.ended)).toMatchObject({ reason: 'timedOut' });
    untouched(on);
  });

  it('it can be stopped here', async () => {
    const on = there();
    const run = await stopped(on, one);
    run.cancel();
    const end = await on.clock.until(run.ended);
    expect(end).toMatchObject({
      state: 'Failure',
      reason: 'cancelled',
      failure: { code: 'cancelledBy', params: { user: 'Sato' } },
      pause: null,
      flows: [{ state: 'Cancel' }],
    });
    expect(entryOf(on)).toMatchObject({ reason: 'cancelled', lockKey: '' });
    untouched(on);
    expect(historyProblems(on.kintone)).toEqual([]);
  });

  it('and by somebody else, from the log', async () => {
    const on = there();
    const run = await stopped(on, one);
    askToStop(on, 'Suzuki');
    expect(await on.clock.until(run.ended)).toMatchObject({
      reason: 'cancelled',
      failure: { params: { user: 'Suzuki' } },
    });
    expect(moves(on).at(-1)).toBe('cancelled Suzuki cancelledBy');
    untouched(on);
  });

  it('a stop that was asked for before it is written down ends it there', async () => {
    const on = there();
    const settings = settingsFor([sumFlow('f1')], [at('f1', 'sum')]);
    const run = start(on, settings);
    run.subscribe(() => {
      const group = run.getSnapshot().flows[0]?.commands[0];
      if (group?.state === 'done' && entryOf(on).cancelRequestedBy === '') askToStop(on, 'Suzuki');
    });
    expect(await on.clock.until(run.ended)).toMatchObject({
      reason: 'cancelled',
      failure: { params: { user: 'Suzuki' } },
    });
  });

  it.each(['session', 'offline'] as const)(
    'an outage (%s) is sat out when it is to go on; no second stop',
    async (cause) => {
      const on = there();
      let out: typeof cause | null = null;
      const run = await stopped(
        on,
        one,
        cutOff(on.tab('t1'), () => out),
      );
      out = cause;
      await on.clock.advance(10 * 60_000);
      expect(stopOf(run)).toBeDefined();
      run.proceed();
      await until(on, run, ({ pause }) => pause?.cause === cause);
      expect(stopOf(run)).toBeUndefined();
      out = null;
      const { stops: more, end } = await through(on, run, () => 'proceed');
      expect(more).toEqual([]);
      expect(end).toMatchObject({ reason: 'done', counts: { added: ROWS } });
    },
  );

  it('a check that begins anew after an outage does not stop where it has stopped before', async () => {
    const on = there();
    let out: 'session' | null = null;
    const settings = settingsFor([sumFlow('f1')], [at('f1', 'sum'), at('f1', 'out')]);
    const run = start(
      on,
      settings,
      {},
      cutOff(on.tab('t1'), () => out),
    );
    await untilStop(on, run, at('f1', 'sum'));
    run.proceed();
    await untilStop(on, run, at('f1', 'out'));
    const readsBefore = on.kintone.reads;
    // What is there already is read after the last command; when that fails the flow is computed again.
    let isCut = false;
    run.subscribe(() => {
      if (isCut || run.getSnapshot().flows[0]?.commands[2]?.state !== 'done') return;
      isCut = true;
      out = 'session';
    });
    run.proceed();
    await until(on, run, ({ pause }) => pause?.cause === 'session');
    out = null;
    const { stops: more, end } = await through(on, run, () => 'proceed');
    expect(more).toEqual([]);
    expect(end).toMatchObject({ reason: 'done', counts: { added: ROWS } });
    // The source once more, and then the copy.
    expect(on.kintone.reads - readsBefore).toBe(2);
  });

  it('a page that goes away is closed by the next start; nothing was written', async () => {
    const on = there();
    await stopped(on, one);
    on.close('t1');
    const next = start(on, one, {}, on.tab('t2'));
    await untilStop(on, next, at('f1', 'sum'));
    expect(entryOf(on)).toMatchObject({ reason: 'interrupted', lockKey: '' });
    next.proceed();
    expect(await on.clock.until(next.ended)).toMatchObject({ reason: 'done' });
  });

  it('somebody who presses meanwhile learns that it lives', async () => {
    const on = there();
    await stopped(on, one);
    const other = start(on, one, { observeMs: 300_000, owner: 'b2:x' }, on.tab('t2', 'b2'));
    expect(await on.clock.until(other.ended)).toMatchObject({ reason: 'locked' });
  });

  it('a page that slept until another one took its unit writes nothing more and says so', async () => {
    const on = there();
    const run = await stopped(on, one);
    on.freeze('t1');
    const request = requestOf(one, { observeMs: 300_000, owner: 'b2:x' });
    const next = startRun(on.tab('t2', 'b2'), request, new Map());
    await untilStop(on, next, at('f1', 'sum'));
    on.thaw('t1');
    expect(await on.clock.until(run.ended)).toMatchObject({ state: 'Failure', reason: 'superseded' });
    untouched(on);
    next.proceed();
    expect(await on.clock.until(next.ended)).toMatchObject({ reason: 'done', counts: { added: ROWS } });
    expect(entryOf(on, '1')).toMatchObject({ reason: 'interrupted' });
  });

  it('also when it would have ended without writing; it computes nothing more', async () => {
    const on = there();
    const settings = settingsFor([sumFlow('f1')], [at('f1', 'sum'), at('f1', 'out')], {
      test: { rowLimit: 0, apps: [{ from: { appId: TARGET }, to: { appId: COPY } }] },
    });
    const run = start(on, settings);
    await untilStop(on, run, at('f1', 'sum'));
    const entry = entryOf(on);
    on.kintone.entries.set('1', { ...entry, owner: 'b2:x', revision: `${Number(entry.revision) + 1}` });
    const end = await on.clock.until(run.ended);
    expect(end).toMatchObject({ state: 'Failure', reason: 'superseded' });
    expect(end.flows[0]?.commands.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);
  });
});

describe('runs that do not stop', () => {
  const flows = [sumFlow('f1'), sumFlow('f2')];

  it.each([
    ['a program', { method: 'api', isConfirmed: true }],
    ['a program that lets the person confirm', { method: 'api' }],
    ['the command line', { method: 'cli', isConfirmed: true, runsHere: true }],
    ['a webhook', { method: 'webhook', isConfirmed: true, runsHere: true }],
    ['a schedule', { method: 'schedule', isConfirmed: true, runsHere: true }],
    ['another unit', { method: 'unit', isConfirmed: true }],
    ['a page, and carried out by a server', { method: 'button', isConfirmed: true, runsHere: true }],
  ] as const)('started by %s; they say so', async (_name, change) => {
    const on = there();
    const run = start(on, settingsFor(flows, places(flows)), change);
    const { stops, end } = await through(on, run, () => 'proceed');
    expect(stops).toEqual([]);
    expect(end).toMatchObject({ reason: 'done', test: { rowLimit: 10_000, cut: 0, passesStops: true } });
  });

  it('productive ones', async () => {
    const on = there();
    const run = start(on, settingsFor(flows, places(flows), { mode: 'productive' }));
    const { stops, end } = await through(on, run, () => 'proceed');
    expect(stops).toEqual([]);
    expect(end).toMatchObject({ reason: 'done', test: null });
  });

  it('those without breakpoints; there is nothing to say about it', async () => {
    const on = there();
    const end = await on.clock.until(
      start(on, settingsFor(flows, []), { method: 'api', isConfirmed: true }).ended,
    );
    expect(end.test).toEqual({ rowLimit: 10_000, cut: 0 });
  });

  it('those that carry on with a plan that was agreed to', async () => {
    const on = there();
    const settings = settingsFor([sumFlow('f1'), waitingFlow], places([sumFlow('f1'), waitingFlow]));
    const run = start(on, settings);
    const died = new Promise<void>((resolve) => {
      on.kintone.afterCommit = ({ requests }) => {
        if (requests.length === 0) return;
        on.close('t1');
        resolve();
      };
    });
    letThrough(run, () => 'proceed');
    await on.clock.until(died);
    on.kintone.afterCommit = () => undefined;
    const rest = resumeRun(on.tab('t2'), requestOf(settings), entryOf(on), new Map());
    const { stops, end } = await through(on, rest, () => 'proceed');
    expect(stops).toEqual([]);
    expect(end).toMatchObject({ reason: 'done' });
    expect(on.kintone.rows(REPORT)).toHaveLength(ROWS);
  });
});

it('a record event stops like the button: its card is there', async () => {
  const on = there();
  const run = start(on, settingsFor([sumFlow('f1')], [at('f1', 'out')]), {
    method: 'event',
    eventType: 'edited',
  });
  const { stops } = await through(on, run, () => 'proceed');
  expect(stops).toEqual(['f1 out']);
});

it('a run from the failed flow stops in the flows that it computes', async () => {
  const on = there();
  const flows = [sumFlow('f1'), waitingFlow];
  const settings = settingsFor(flows, places(flows));
  const first = start(on, settings);
  on.kintone.afterCommit = ({ requests }) => {
    if (requests.length > 0) first.cancel();
  };
  await through(on, first, () => 'proceed');
  on.kintone.afterCommit = () => undefined;
  const entry = entryOf(on);
  expect(entry.flows.map(({ state }) => state)).toEqual(['Success', 'Cancel']);
  const next = runFromFailed(on.tab('t2'), requestOf(settings), entry, new Map());
  const { stops, end } = await through(on, next, () => 'proceed');
  expect(stops).toEqual(['f2 in', 'f2 out']);
  expect(end).toMatchObject({ reason: 'done' });
});
