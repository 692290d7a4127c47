import { describe, expect, it, vi } from 'vitest';
import {
  historyOf,
  type JournalEntry,
  type RunHandle,
  type RunPorts,
  type RunStatus,
  resumeRun,
  startRun,
} from '../../src/run';
import { historyProblems } from '../proof/history';
import { cutOff } from './cut-off';
import {
  afterFirstCommit,
  askToStop,
  requestOf,
  runRecord,
  settingsOf,
  sumFlow,
  TARGET,
  UNIT,
  until,
  type World,
  world,
} from './setup';

vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

/** Several commits: 3, 19, 19 and 8 requests of 100 rows. */
const ROWS = 4_900;
const HOUR_MS = 3_600_000;
const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never', maxRunMinutes: 10 });

const start = (there: World, ports: RunPorts = there.tab('t1'), what = settings): RunHandle =>
  startRun(ports, requestOf(what), new Map());

const isPaused = (status: RunStatus): boolean => status.reason === 'paused';

/** What the log's button writes into the run record. */
function write(there: World, change: Partial<JournalEntry>, id = '1'): void {
  const entry = runRecord(there, id);
  there.kintone.entries.set(id, { ...entry, ...change, revision: `${Number(entry.revision) + 1}` });
}

async function pausedAfterFirstCommit(there: World): Promise<RunHandle> {
  const run = start(there);
  afterFirstCommit(there, () => run.pause());
  await until(there, run, isPaused);
  expect(there.kintone.rows(TARGET)).toHaveLength(300);
  return run;
}

const keys = (there: World) => new Set(there.kintone.rows(TARGET).map((row) => row['key']));
const moves = (there: World, id = '1') =>
  historyOf(runRecord(there, id).transitions).transitions.map(({ actor, reason, note }) =>
    [reason, actor, note].filter((part) => part !== '').join(' '),
  );

function expectWhole(there: World, end: RunStatus): void {
  expect(end).toMatchObject({ state: 'Success', reason: 'done', counts: { added: ROWS }, pause: null });
  expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  expect(keys(there).size).toBe(ROWS);
  expect(historyProblems(there.kintone)).toEqual([]);
}

describe('a pause', () => {
  it('stands still between two commits, gives signs of life, and goes on where it was', async () => {
    const there = world(ROWS);
    const run = await pausedAfterFirstCommit(there);
    expect(run.getSnapshot().pause).toMatchObject({ cause: 'person', by: 'Sato' });
    const before = runRecord(there).revision;
    await there.clock.advance(HOUR_MS);
    expect(Number(runRecord(there).revision)).toBeGreaterThan(Number(before) + 100);
    expect(runRecord(there)).toMatchObject({
      state: 'Running',
      reason: 'paused',
      pauseRequestedBy: 'Sato',
      cursor: 300,
    });
    run.proceed();
    expectWhole(there, await there.clock.until(run.ended));
    expect(runRecord(there).pauseRequestedBy).toBe('');
    expect(moves(there)).toEqual([
      'checking Sato',
      'writing Sato',
      'paused Sato person',
      'writing Sato goesOn',
      'done Sato',
    ]);
  });

  it('asked for during the check comes before the first commit', async () => {
    const there = world(ROWS);
    const run = start(there);
    run.pause();
    expect(run.getSnapshot().pauseRequested).toBe(true);
    await until(there, run, isPaused);
    expect(there.kintone.rows(TARGET)).toEqual([]);
    run.proceed();
    expectWhole(there, await there.clock.until(run.ended));
  });

  it('asked for and taken back before the next commit leaves no trace', async () => {
    const there = world(ROWS);
    const run = start(there);
    run.pause();
    run.proceed();
    expectWhole(there, await there.clock.until(run.ended));
    expect(moves(there)).toEqual(['checking Sato', 'writing Sato', 'done Sato']);
  });

  it('is asked for and ended from elsewhere through the run record', async () => {
    const there = world(ROWS);
    const run = start(there);
    afterFirstCommit(there, () => write(there, { pauseRequestedBy: 'Suzuki' }));
    await until(there, run, isPaused);
    expect(run.getSnapshot().pause).toMatchObject({ cause: 'person', by: 'Suzuki' });
    expect(there.kintone.rows(TARGET)).toHaveLength(300);
    await there.clock.advance(HOUR_MS);
    write(there, { pauseRequestedBy: '' });
    expectWhole(there, await there.clock.until(run.ended));
    expect(moves(there)).toContain('paused Suzuki person');
  });

  it('asked for elsewhere and ended here can be asked for again', async () => {
    const there = world(ROWS);
    const run = start(there);
    afterFirstCommit(there, () => write(there, { pauseRequestedBy: 'Suzuki' }));
    await until(there, run, isPaused);
    let isAsked = false;
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length === 0 || isAsked) return;
      isAsked = true;
      expect(runRecord(there).pauseRequestedBy).toBe('');
      write(there, { pauseRequestedBy: 'Suzuki' });
    };
    run.proceed();
    await until(there, run, (status) => isPaused(status) && status.progress.rowsWritten > 300);
    run.proceed();
    expectWhole(there, await there.clock.until(run.ended));
  });
});

describe('pause x stop x time x restart', () => {
  it('a paused run that is stopped here ends at once, with what was written', async () => {
    const there = world(ROWS);
    const run = await pausedAfterFirstCommit(there);
    run.cancel();
    expect(await there.clock.until(run.ended)).toMatchObject({
      reason: 'cancelled',
      counts: { added: 300 },
      flows: [{ state: 'Cancel' }],
    });
    expect(runRecord(there)).toMatchObject({ lockKey: '', cursor: 300 });
    expect(historyProblems(there.kintone)).toEqual([]);
  });

  it('a paused run that somebody else stops ends at its next sign of life', async () => {
    const there = world(ROWS);
    const run = await pausedAfterFirstCommit(there);
    askToStop(there, 'Suzuki');
    expect(await there.clock.until(run.ended)).toMatchObject({
      reason: 'cancelled',
      failure: { params: { user: 'Suzuki' } },
    });
    expect(moves(there).at(-1)).toBe('cancelled Suzuki cancelledBy');
  });

  it('the run time stands still while the run does', async () => {
    const there = world(ROWS);
    const run = await pausedAfterFirstCommit(there);
    await there.clock.advance(3 * HOUR_MS);
    run.proceed();
    expectWhole(there, await there.clock.until(run.ended));
  });

  it('a page that goes away while it is paused is found as interrupted; going on is not paused', async () => {
    const there = world(ROWS);
    await pausedAfterFirstCommit(there);
    there.close('t1');
    const found = await there.clock.until(start(there, there.tab('t2')).ended);
    expect(found).toMatchObject({ reason: 'interrupted', failure: { code: 'interruptedRunFound' } });
    if (found.holder === null) throw new Error('no holder');
    const resumed = resumeRun(there.tab('t2'), requestOf(settings), found.holder, new Map());
    expectWhole(there, await there.clock.until(resumed.ended));
    expect(runRecord(there)).toMatchObject({ pauseRequestedBy: '', reason: 'done' });
    expect(moves(there)).toContain('writing Sato takenOver');
  });

  it('somebody who presses meanwhile learns that the run lives', async () => {
    const there = world(ROWS);
    await pausedAfterFirstCommit(there);
    const request = requestOf(settings, { observeMs: 300_000 });
    const other = startRun(there.tab('t2', 'b2'), { ...request, owner: 'b2:x' }, new Map());
    expect(await there.clock.until(other.ended)).toMatchObject({ reason: 'locked' });
  });
});

describe('the longest run time', () => {
  /** Every commit takes this long. */
  const slow = (there: World, minutes: number): RunPorts => {
    const ports = there.tab('t1');
    const commit: RunPorts['journal']['commit'] = async (request) => {
      if (request.requests.length > 0) await there.clock.sleep(60_000 * minutes);
      return ports.journal.commit(request);
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) => (name === 'commit' ? commit : Reflect.get(target, name, receiver)),
    });
    return { ...ports, journal };
  };

  it('ends a run between two commits, says so, and leaves it to be continued', async () => {
    const there = world(ROWS);
    const end = await there.clock.until(start(there, slow(there, 6)).ended);
    expect(end).toMatchObject({
      state: 'Failure',
      reason: 'timedOut',
      failure: { code: 'runTimedOut', params: { minutes: 10 } },
    });
    expect(there.kintone.rows(TARGET)).toHaveLength(end.counts.added);
    expect(end.counts.added).toBeGreaterThan(0);
    expect(end.counts.added).toBeLessThan(ROWS);
    expect(runRecord(there)).toMatchObject({ reason: 'timedOut', lockKey: '', errorCode: 'runTimedOut' });
    expect(historyProblems(there.kintone)).toEqual([]);
  });

  it('ends a check that takes too long, before anything is written', async () => {
    const there = world();
    const ports = there.tab('t1');
    const fields: RunPorts['records']['fields'] = async (app) => {
      await there.clock.sleep(HOUR_MS);
      return ports.records.fields(app);
    };
    const records = new Proxy(ports.records, {
      get: (target, name, receiver) => (name === 'fields' ? fields : Reflect.get(target, name, receiver)),
    });
    expect(await there.clock.until(start(there, { ...ports, records }).ended)).toMatchObject({
      reason: 'timedOut',
    });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it('0 is no limit', async () => {
    const there = world(ROWS);
    const unlimited = settingsOf([sumFlow('f1', 'append')], { confirm: 'never', maxRunMinutes: 0 });
    expectWhole(there, await there.clock.until(start(there, slow(there, 600), unlimited).ended));
  });
});

/** A run that `cut` takes out of kintone's reach, until `mend`. */
function cuttable(there: World, cause: 'session' | 'offline', ports: Partial<RunPorts> = {}) {
  let out: typeof cause | null = null;
  return {
    run: start(there, { ...cutOff(there.tab('t1'), () => out), ...ports }),
    cut: () => {
      out = cause;
    },
    mend: () => {
      out = null;
    },
  };
}

describe.each(['session', 'offline'] as const)('%s gone', (cause) => {
  it('while it writes: a pause that ends by itself; nothing is lost or doubled', async () => {
    const there = world(ROWS);
    const { run, cut, mend } = cuttable(there, cause);
    afterFirstCommit(there, cut);
    await until(there, run, isPaused);
    expect(run.getSnapshot().pause).toMatchObject({ cause });
    await there.clock.advance(60_000);
    expect(isPaused(run.getSnapshot())).toBe(true);
    mend();
    expectWhole(there, await there.clock.until(run.ended));
    expect(moves(there)).toEqual(expect.arrayContaining([`paused Sato ${cause}`, 'writing Sato goesOn']));
  });

  /** Stands still with a second commit that has arrived, and does not know it. */
  async function pausedAfterLanding(there: World): Promise<{ run: RunHandle; mend: () => void }> {
    const { run, cut, mend } = cuttable(there, cause);
    there.kintone.faults.push(null, 'lost after');
    there.kintone.beforeCommit = ({ requests }) => {
      if (requests.length > 0 && there.kintone.commits.some((commit) => commit.requests.length > 0)) cut();
      return undefined;
    };
    await until(there, run, isPaused);
    expect(there.kintone.rows(TARGET)).toHaveLength(2_200);
    there.kintone.beforeCommit = () => undefined;
    return { run, mend };
  }

  it('a commit that had arrived all the same is not sent again', async () => {
    const there = world(ROWS);
    const { run, mend } = await pausedAfterLanding(there);
    mend();
    expectWhole(there, await there.clock.until(run.ended));
  });

  it('a commit that had arrived all the same counts, although somebody has asked for a stop meanwhile', async () => {
    const there = world(ROWS);
    const { run, mend } = await pausedAfterLanding(there);
    askToStop(there, 'Suzuki');
    mend();
    expect(await there.clock.until(run.ended)).toMatchObject({
      reason: 'cancelled',
      counts: { added: 2_200 },
    });
    expect(runRecord(there)).toMatchObject({ cursor: 2_200, counts: { added: 2_200 } });
    expect(there.kintone.rows(TARGET)).toHaveLength(2_200);
    expect(historyProblems(there.kintone)).toEqual([]);
  });

  it('during the check: looked at anew', async () => {
    const there = world(ROWS);
    const { run, cut, mend } = cuttable(there, cause);
    let isCut = false;
    run.subscribe(() => {
      const isReading = run.getSnapshot().flows[0]?.commands[0]?.state === 'running';
      if (!isReading || isCut) return;
      isCut = true;
      cut();
    });
    await until(there, run, isPaused);
    mend();
    expectWhole(there, await there.clock.until(run.ended));
  });

  it('longer than the lease: somebody else may take over, and this page then writes nothing more', async () => {
    const there = world(ROWS);
    const { run, cut, mend } = cuttable(there, cause);
    afterFirstCommit(there, cut);
    await until(there, run, isPaused);
    const watcher = { ...requestOf(settings, { observeMs: 300_000 }), owner: 'b2:watcher' };
    const found = await there.clock.until(startRun(there.tab('t2', 'b2'), watcher, new Map()).ended);
    expect(found.reason).toBe('interrupted');
    if (found.holder === null) throw new Error('no holder');
    const observed = new Map([
      [found.holder.journalId, { revision: found.holder.revision, sinceMs: -HOUR_MS }],
    ]);
    const resumed = resumeRun(
      there.tab('t2', 'b2'),
      { ...requestOf(settings), owner: 'b2:y' },
      found.holder,
      observed,
    );
    expectWhole(there, await there.clock.until(resumed.ended));
    mend();
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'superseded' });
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });

  it('a stop asked for meanwhile is final only when kintone has heard of it', async () => {
    const there = world(ROWS);
    const { run, cut, mend } = cuttable(there, cause);
    afterFirstCommit(there, cut);
    await until(there, run, isPaused);
    run.cancel();
    await there.clock.advance(60_000);
    expect(run.getSnapshot().endedAtMs).toBeNull();
    mend();
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'cancelled', counts: { added: 300 } });
    expect(runRecord(there)).toMatchObject({ reason: 'cancelled', lockKey: '', counts: { added: 300 } });
    expect(historyProblems(there.kintone)).toEqual([]);
  });

  it('gives up after the time its ports allow, and can be continued', async () => {
    const there = world(ROWS);
    const { run, cut } = cuttable(there, cause, { outageMaxMs: 60_000 });
    afterFirstCommit(there, cut);
    const end = await there.clock.until(run.ended);
    expect(end).toMatchObject({
      state: 'Failure',
      failure: { code: cause === 'session' ? 'sessionExpired' : 'unreachable' },
    });
    expect(runRecord(there)).toMatchObject({ lockKey: UNIT, cursor: 300 });
  });
});

it('goes on at once when the browser says that the net is back', async () => {
  const there = world(ROWS);
  let back: () => void = () => undefined;
  const whenOnline = () =>
    new Promise<void>((resolve) => {
      back = resolve;
    });
  const { run, cut, mend } = cuttable(there, 'offline', { whenOnline });
  afterFirstCommit(there, cut);
  await until(there, run, isPaused);
  const atMs = there.clock.nowMs();
  mend();
  back();
  await until(there, run, (status) => status.reason === 'writing');
  expect(there.clock.nowMs() - atMs).toBe(0);
  expectWhole(there, await there.clock.until(run.ended));
});
