import { describe, expect, it, vi } from 'vitest';
import { FailureError, failure } from '../../src/definition/errors';
import { continueRun, historyOf, type JournalEntry, type RunStatus, startRun, undoRun } from '../../src/run';
import { requestOf, settingsOf, sumFlow, type World, world } from './setup';

vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never', savepointRetention: 'LAST' });
const keepingAll = settingsOf([sumFlow('f1', 'append')], { confirm: 'never', savepointRetention: 'ALL' });

const run = (on: World, what = settings): Promise<RunStatus> =>
  on.clock.until(startRun(on.tab('t1'), requestOf(what), new Map()).ended);

const entryOf = (on: World, id: string): JournalEntry => {
  const entry = on.kintone.entries.get(id);
  if (entry === undefined) throw new Error(`no run record ${id}`);
  return entry;
};
/** Record ids of the runs that still have their plan. */
const kept = (on: World) =>
  [...on.kintone.entries.values()].flatMap((entry) => (entry.planFiles.length > 0 ? [entry.journalId] : []));
const change = (on: World, id: string, part: Partial<JournalEntry>): void => {
  const entry = entryOf(on, id);
  on.kintone.entries.set(id, { ...entry, ...part, revision: `${Number(entry.revision) + 1}` });
};
const isRemoval = (patch: { readonly planFileKeys?: readonly string[] }) => patch.planFileKeys?.length === 0;

describe('plans of older runs', () => {
  it('ALL keeps every one', async () => {
    const on = world();
    for (let time = 0; time < 3; time += 1) await run(on, keepingAll);
    expect(kept(on)).toEqual(['1', '2', '3']);
  });

  it('LAST takes them off once a later run has succeeded, after its end, and says so', async () => {
    const on = world();
    await run(on);
    expect(kept(on)).toEqual(['1']);
    let wasEnded: boolean | null = null;
    on.kintone.beforeCommit = ({ patch }) => {
      if (isRemoval(patch)) wasEnded = entryOf(on, '2').endedAtMs !== null;
      return undefined;
    };
    expect(await run(on)).toMatchObject({ state: 'Success' });
    expect(wasEnded).toBe(true);
    expect(kept(on)).toEqual(['2']);
    const first = entryOf(on, '1');
    expect(first).toMatchObject({ state: 'Success', reason: 'done', planHash: '', cursor: 3 });
    expect(historyOf(first.transitions).transitions.at(-1)).toMatchObject({
      actor: 'Sato',
      state: 'Success',
      reason: 'done',
      note: 'planRemoved',
    });
  });

  it('a run without its plan can be neither undone nor continued, and the reason is told', async () => {
    const on = world();
    await run(on);
    await run(on);
    const entry = entryOf(on, '1');
    const request = requestOf(settings, { undoOf: entry.runId, isConfirmed: true });
    const undone = await on.clock.until(undoRun(on.tab('t2'), request, entry, new Map()).ended);
    expect(undone.failure).toMatchObject({ code: 'planRemoved', params: { user: 'Sato' } });
    const again = requestOf(settings, { continues: entry.runId });
    const continued = await on.clock.until(continueRun(on.tab('t3'), again, entry, new Map()).ended);
    expect(continued.failure).toMatchObject({ code: 'planRemoved' });
    expect(kept(on)).toEqual(['2']);
  });

  it.each(['undo', 'continue'] as const)(
    '%s that began before the plan was taken away says so, not that a file is missing',
    async (what) => {
      const on = world();
      await run(on);
      const before = entryOf(on, '1');
      await run(on);
      const ports = on.tab('t2');
      const gone = failure('kintone', { code: 'GAIA_BL01', message: 'no such file' });
      const download = () => Promise.reject(new FailureError(gone));
      const journal = new Proxy(ports.journal, {
        get: (target, name, receiver) =>
          name === 'download' ? download : Reflect.get(target, name, receiver),
      });
      // The second run has written nothing that would be in the way of going on.
      change(on, '2', { cursor: 0 });
      const request = requestOf(settings, { isConfirmed: true });
      const start = what === 'undo' ? undoRun : continueRun;
      const end = await on.clock.until(start({ ...ports, journal }, request, before, new Map()).ended);
      expect(end.failure).toMatchObject({ code: 'planRemoved', params: { user: 'Sato' } });
      // Where the plan is still there, the missing file is told.
      on.kintone.entries.set('1', before);
      const other = await on.clock.until(
        start({ ...ports, journal }, requestOf(settings, { isConfirmed: true }), before, new Map()).ended,
      );
      expect(other.failure).toMatchObject({ code: 'kintone' });
    },
  );

  it('a run that wrote nothing, and one that failed, take nothing off', async () => {
    const on = world();
    await run(on);
    const update = settingsOf([sumFlow('f1')], { confirm: 'never', savepointRetention: 'LAST' });
    expect(await run(on, update)).toMatchObject({ reason: 'noChange' });
    on.kintone.apps.get('20')!.isWritable = false;
    expect(await run(on)).toMatchObject({ state: 'Failure' });
    expect(kept(on)).toEqual(['1', '3']);
  });

  it('one that failed half way takes nothing off: it is the one that somebody may want to go on with', async () => {
    const on = world(1_950);
    await run(on, keepingAll);
    on.kintone.afterCommit = ({ requests }) => {
      if (requests.length > 0) on.kintone.apps.get('20')!.isWritable = false;
    };
    const end = await run(on);
    expect(end).toMatchObject({ state: 'Failure' });
    expect(end.progress.rowsWritten).toBeGreaterThan(0);
    expect(kept(on)).toEqual(['1', '2']);
  });

  it('leaves runs alone that have not ended, newer ones, and those of other units', async () => {
    const on = world();
    for (let time = 0; time < 3; time += 1) await run(on, keepingAll);
    change(on, '1', { endedAtMs: null, reason: 'writing', state: 'Running' });
    change(on, '2', { unitId: 'bbbbbbbbbbbbbb' });
    // A newer run that failed half way is recorded while the older one is still at work.
    const overlapping = {
      ...settings,
      units: settings.units.map((unit) => ({ ...unit, concurrency: 'allow' as const })),
    };
    let isFirst = true;
    on.kintone.afterCommit = ({ requests, journalId }) => {
      if (requests.length === 0 || journalId !== '4' || !isFirst) return;
      isFirst = false;
      on.kintone.entries.set('5', {
        ...entryOf(on, '3'),
        journalId: '5',
        runId: 'newer',
        state: 'Failure',
        reason: 'failed',
      });
    };
    const end = await run(on, overlapping);
    expect(end).toMatchObject({ state: 'Success', journalId: '4' });
    expect(kept(on)).toEqual(['1', '2', '4', '5']);
  });

  it('a record that somebody works on at that moment stays; the others go', async () => {
    const on = world();
    for (let time = 0; time < 3; time += 1) await run(on, keepingAll);
    on.kintone.beforeCommit = ({ patch, journalId }) => {
      if (isRemoval(patch) && journalId === '2') change(on, '2', {});
      return undefined;
    };
    expect(await run(on)).toMatchObject({ state: 'Success' });
    expect(kept(on)).toEqual(['2', '4']);
  });

  it('one run clears 20 at most, and the next one goes on', async () => {
    const on = world(1);
    for (let time = 0; time < 25; time += 1) {
      await run(on, keepingAll);
      await on.clock.advance(60_000);
    }
    await run(on);
    expect(kept(on)).toHaveLength(6);
    await on.clock.advance(60_000);
    await run(on);
    expect(kept(on)).toEqual(['27']);
  });

  it('where the log cannot be read or written any more the run has succeeded all the same', async () => {
    const on = world();
    await run(on);
    const ports = on.tab('t1');
    const journal = { ...ports.journal, keepingPlans: () => Promise.reject(new Error('gone')) };
    for (const name of [
      'create',
      'read',
      'holder',
      'byRunId',
      'startedSince',
      'startsOf',
      'commit',
      'upload',
    ] as const)
      Object.assign(journal, { [name]: ports.journal[name] });
    const end = await on.clock.until(startRun({ ...ports, journal }, requestOf(settings), new Map()).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'done' });
    expect(kept(on)).toEqual(['1', '2']);
  });
});
