import { describe, expect, it, vi } from 'vitest';
import { type Observations, type RunHandle, startRun } from '../../src/run';
import { requestOf, settingsOf, sumFlow, TARGET, UNIT, world } from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const seen = (): Observations => new Map();

/** Resolves when the run asks for confirmation (or has ended). */
function asks(handle: RunHandle): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { reason, endedAtMs } = handle.getSnapshot();
      if (reason === 'confirming' || endedAtMs !== null) resolve();
    };
    handle.subscribe(look);
    look();
  });
}

describe('a run from press to end', () => {
  it('logs first, shows the exact plan, and writes only after the answer', async () => {
    const { kintone, clock, tab } = world();
    const run = startRun(tab('t1'), requestOf(settingsOf([sumFlow('f1')])), seen());
    await clock.until(asks(run));
    expect(kintone.entries.size).toBe(1);
    expect(kintone.entries.get('1')).toMatchObject({ state: 'Queuing', reason: 'confirming', lockKey: UNIT });
    expect(run.getSnapshot().preview?.counts).toEqual({ added: 3, updated: 0, deleted: 0, unchanged: 0 });
    expect(kintone.rows(TARGET)).toEqual([]);
    run.confirm();
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'done', counts: { added: 3 } });
    expect(end.flows.map((flow) => flow.state)).toEqual(['Success']);
    expect(kintone.rows(TARGET)).toEqual([
      { key: 'c0', total: '1' },
      { key: 'c1', total: '2' },
      { key: 'c2', total: '3' },
    ]);
    expect(kintone.entries.get('1')).toMatchObject({
      state: 'Success',
      reason: 'done',
      lockKey: '',
      cursor: 3,
    });
  });

  it('takes values given at the start as parameters, keeps them in the run record, and refuses wrong ones first', async () => {
    const { kintone, clock, tab } = world();
    const only = {
      id: 'only',
      type: 'filter',
      note: '',
      inputs: ['sum'],
      settings: { mode: 'formula', formula: 'customer=%who%', condition: null },
    };
    const flow = sumFlow('f1');
    const commands = flow.commands.flatMap((one) =>
      one.id === 'out' ? [only, { ...one, inputs: ['only'] }] : [one],
    );
    const input = [
      { name: 'who', label: '', note: '', type: 'text', required: true, defaultValue: '', choices: [] },
    ] as const;
    const settings = settingsOf([{ ...flow, commands }], { confirm: 'never', input });
    const refused = await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    expect(refused.failure).toMatchObject({ code: 'inputRequired', place: { unitId: UNIT, field: 'who' } });
    expect(kintone.entries.size).toBe(0);
    const given = { who: 'c1' };
    const end = await clock.until(startRun(tab('t1'), requestOf(settings, { input: given }), seen()).ended);
    expect(end).toMatchObject({ state: 'Success', counts: { added: 1 } });
    expect(kintone.rows(TARGET)).toEqual([{ key: 'c1', total: '2' }]);
    expect(kintone.entries.get('1')?.input).toEqual(given);
    expect(end.input).toEqual([{ name: 'who', label: 'who', value: 'c1' }]);
  });

  it('says "no change" the second time and writes nothing', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    const before = kintone.commits.filter((commit) => commit.requests.length > 0).length;
    const end = await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'noChange', counts: { unchanged: 3 } });
    expect(kintone.commits.filter((commit) => commit.requests.length > 0)).toHaveLength(before);
  });

  it('writes nothing when the person declines', async () => {
    const { kintone, clock, tab } = world();
    const run = startRun(tab('t1'), requestOf(settingsOf([sumFlow('f1')])), seen());
    await clock.until(asks(run));
    run.decline();
    expect(await clock.until(run.ended)).toMatchObject({ state: 'Failure', reason: 'declined' });
    expect(kintone.rows(TARGET)).toEqual([]);
    expect(kintone.entries.get('1')).toMatchObject({ lockKey: '', reason: 'declined' });
  });

  it('gives the unit free when nobody answers', async () => {
    const { kintone, clock, tab } = world();
    const run = startRun(tab('t1'), requestOf(settingsOf([sumFlow('f1')])), seen());
    expect(await clock.until(run.ended)).toMatchObject({
      reason: 'declined',
      failure: { code: 'confirmTimedOut' },
    });
    expect(kintone.entries.get('1')?.lockKey).toBe('');
  });

  it('keeps beating while the person thinks, so that nobody takes it for dead', async () => {
    const { kintone, clock, tab } = world();
    const run = startRun(tab('t1'), requestOf(settingsOf([sumFlow('f1')])), seen());
    await clock.until(asks(run));
    const before = Number(kintone.entries.get('1')?.revision);
    await clock.advance(95_000);
    expect(Number(kintone.entries.get('1')?.revision) - before).toBe(3);
    run.decline();
    await clock.until(run.ended);
  });

  it('later flows see what earlier flows are going to write', async () => {
    const { kintone, clock, tab } = world();
    const second = {
      ...sumFlow('f2'),
      commands: [
        {
          id: 'in',
          type: 'inputApp',
          note: '',
          inputs: [],
          settings: {
            app: { appId: TARGET },
            fields: ['key', 'total'],
            rename: [],
            condition: {
              join: 'all' as const,
              conditions: [{ field: 'total', operator: '>=', values: [{ kind: 'literal', value: '2' }] }],
            },
          },
        },
        {
          id: 'out',
          type: 'outputApp',
          note: '',
          inputs: ['in'],
          settings: {
            app: { appId: '21' },
            mode: 'upsert',
            keys: ['key'],
            mapping: [
              { from: 'key', to: 'key' },
              { from: 'total', to: 'total' },
            ],
          },
        },
      ],
    };
    kintone.addApp('21', kintone.apps.get(TARGET)?.fields ?? {});
    const run = startRun(tab('t1'), requestOf(settingsOf([sumFlow('f1'), second])), seen());
    await clock.until(asks(run));
    const preview = run.getSnapshot().preview;
    expect(preview?.deferredFlowIds).toEqual([]);
    expect(preview?.outputs[1]?.counts.added).toBe(2);
    run.confirm();
    await clock.until(run.ended);
    expect(kintone.rows('21')).toEqual([
      { key: 'c1', total: '2' },
      { key: 'c2', total: '3' },
    ]);
  });

  it('plans a flow again after the commit when it writes where an earlier flow writes', async () => {
    const { kintone, clock, tab } = world();
    const second: ReturnType<typeof sumFlow> = {
      ...sumFlow('f2'),
      commands: [
        {
          id: 'in',
          type: 'inputApp',
          note: '',
          inputs: [],
          settings: { app: { appId: TARGET }, fields: ['key', 'total'], rename: [], condition: null },
        },
        {
          id: 'calc',
          type: 'edit',
          note: '',
          inputs: ['in'],
          settings: {
            steps: [
              {
                target: 'double',
                label: '',
                method: 'formula',
                formula: 'total * 2',
                onError: 'fail',
                type: null,
              },
            ],
          },
        },
        {
          id: 'out',
          type: 'outputApp',
          note: '',
          inputs: ['calc'],
          settings: {
            app: { appId: TARGET },
            mode: 'update',
            keys: ['key'],
            mapping: [
              { from: 'key', to: 'key' },
              { from: 'double', to: 'note' },
            ],
          },
        },
      ],
    };
    const run = startRun(
      tab('t1'),
      requestOf(settingsOf([sumFlow('f1'), second], { confirm: 'always' })),
      seen(),
    );
    await clock.until(asks(run));
    expect(run.getSnapshot().failure).toBeNull();
    expect(run.getSnapshot().preview?.deferredFlowIds).toEqual(['f2']);
    run.confirm();
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({ state: 'Success', counts: { added: 3, updated: 3 } });
    expect(kintone.rows(TARGET).map((row) => row['note'])).toEqual(['2', '4', '6']);
  });
});

describe('failures', () => {
  it('names app and reason, writes nothing of the flow and cancels later flows', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([sumFlow('f1'), sumFlow('f2', 'append')], { confirm: 'never' });
    const target = kintone.apps.get(TARGET);
    if (target !== undefined) target.isWritable = false;
    const end = await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    expect(end).toMatchObject({
      state: 'Failure',
      reason: 'failed',
      failure: { code: 'noWritePermission', place: { appId: TARGET, flowId: 'f1' } },
    });
    expect(end.flows.map((flow) => flow.state)).toEqual(['Failure', 'Cancel']);
    expect(kintone.rows(TARGET)).toEqual([]);
    expect(kintone.entries.get('1')).toMatchObject({
      state: 'Failure',
      lockKey: '',
      errorCode: 'noWritePermission',
      message: 'noWritePermission',
    });
  });

  it('stops when somebody changed a record between preview and commit', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([sumFlow('f1')]);
    const first = startRun(tab('t1'), requestOf(settings, { isConfirmed: true }), seen());
    await clock.until(first.ended);
    const target = kintone.apps.get(TARGET);
    kintone.addApp('10', kintone.apps.get('10')?.fields ?? {}, [{ customer: 'c0', amount: '100' }]);
    const run = startRun(tab('t1'), requestOf(settings), seen());
    await clock.until(asks(run));
    const record = target?.records.get('1') ?? {};
    target?.records.set('1', { ...record, note: { value: 'by hand' }, $revision: { value: '9' } });
    run.confirm();
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({
      state: 'Failure',
      failure: { code: 'recordChanged', place: { appId: TARGET } },
    });
    expect(kintone.rows(TARGET)[0]).toMatchObject({ total: '1', note: 'by hand' });
  });

  it('refuses a second run while the first is going on, and logs the refusal', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([sumFlow('f1')]);
    const first = startRun(tab('t1'), requestOf(settings), seen());
    await clock.until(asks(first));
    const end = await clock.until(startRun(tab('t2'), requestOf(settings), seen()).ended);
    expect(end).toMatchObject({ state: 'Failure', reason: 'locked', holder: { user: { name: 'Sato' } } });
    expect(kintone.entries.get('2')).toMatchObject({ state: 'Failure', reason: 'locked', lockKey: '' });
    first.decline();
    await clock.until(first.ended);
  });

  it('one press makes one run', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([sumFlow('f1')], { concurrency: 'allow', confirm: 'never' });
    const request = requestOf(settings);
    const both = [
      startRun(tab('t1'), request, seen()),
      startRun(tab('t2'), { ...request, owner: 'b1:other' }, seen()),
    ];
    await clock.until(Promise.all(both.map((run) => run.ended)));
    expect(kintone.entries.size).toBe(1);
    expect(kintone.rows(TARGET)).toHaveLength(3);
  });

  it('refuses the sixth start within a minute (case A11)', async () => {
    const { clock, tab } = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    for (let start = 0; start < 5; start += 1) {
      expect((await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended)).state).toBe(
        'Success',
      );
    }
    const sixth = await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    expect(sixth).toMatchObject({ state: 'Failure', reason: 'rateLimited' });
    await clock.advance(61_000);
    expect((await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended)).state).toBe('Success');
  });

  it.each([
    [1, 1],
    [1_900, 1],
    [1_901, 2],
    [4_100, 3],
  ])('%i changes take the least commits, %i, where kintone is quick', async (rows, commits) => {
    const { kintone, clock, tab } = world(rows);
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    expect(kintone.rows(TARGET)).toHaveLength(rows);
    expect(kintone.commits.filter((commit) => commit.requests.length > 0)).toHaveLength(commits);
  });

  it('cancel stops at a commit boundary and says what was written', async () => {
    const { kintone, clock, tab } = world(4_500);
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    const run = startRun(tab('t1'), requestOf(settings), seen());
    kintone.afterCommit = (request) => {
      if (request.requests.length > 0) run.cancel();
    };
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({ state: 'Failure', reason: 'cancelled' });
    expect(end.counts.added).toBe(kintone.rows(TARGET).length);
    expect(end.counts.added).toBeGreaterThan(0);
    expect(end.counts.added).toBeLessThan(4_500);
  });
});

describe('broken settings', () => {
  it.each([
    ['unitMissing', { unitId: 'zzzzzzzzzzzzzz' }],
    ['logAppNotSet', { settings: { ...settingsOf([sumFlow('f1')]), logApp: null } }],
    ['unitDisabled', { settings: settingsOf([sumFlow('f1')], { enabled: false }) }],
    ['unitWithoutFlows', { settings: settingsOf([]) }],
  ] as const)('%s', async (code, change) => {
    const { kintone, clock, tab } = world();
    const request = requestOf(settingsOf([sumFlow('f1')]), change);
    const end = await clock.until(startRun(tab('t1'), request, seen()).ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { code } });
    expect(kintone.rows(TARGET)).toEqual([]);
  });

  it('a field that vanished fails the run with its place', async () => {
    const { kintone, clock, tab } = world();
    const { total: _gone, ...rest } = kintone.apps.get(TARGET)?.fields ?? {};
    kintone.addApp(TARGET, rest);
    const end = await clock.until(startRun(tab('t1'), requestOf(settingsOf([sumFlow('f1')])), seen()).ended);
    expect(end).toMatchObject({ state: 'Failure', failure: { place: { flowId: 'f1', commandId: 'out' } } });
    expect(kintone.entries.get('1')).toMatchObject({ state: 'Failure', lockKey: '' });
  });
});

describe('an unclear creation of the run record', () => {
  it.each([
    ['the same page', 'b1:me', 'done', 1],
    ['another page with the same press', 'b1:other', 'locked', 0],
  ] as const)('a record of %s', async (_name, owner, reason, runs) => {
    const there = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    const request = requestOf(settings, { owner: 'b1:me' });
    const ports = there.tab('t1');
    // The answer is lost, and what stands in the log then is the record of `owner`.
    let isLost = true;
    const create: typeof ports.journal.create = async (entry) => {
      if (!isLost) return ports.journal.create(entry);
      isLost = false;
      await ports.journal.create({ ...entry, owner });
      return { kind: 'unknown', cause: 'connection reset' };
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) => (name === 'create' ? create : Reflect.get(target, name, receiver)),
    });
    const end = await there.clock.until(startRun({ ...ports, journal }, request, seen()).ended);
    expect(end.reason).toBe(reason);
    expect(there.kintone.entries.size).toBe(1);
    expect(there.kintone.commits.filter((commit) => commit.requests.length > 0)).toHaveLength(runs);
  });
});
