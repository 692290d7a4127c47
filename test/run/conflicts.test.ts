import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ConflictPolicy, ExecutionUnit } from '../../src/definition/types';
import { type JournalEntry, type RunStatus, resumeRun, startRun, undoRun } from '../../src/run';
import { historyProblems } from '../proof/history';
import { requestOf, settingsOf, sumFlow, TARGET, TARGET_FIELDS, type World, world } from './setup';

vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const POLICIES = ['skip', 'replan', 'overwrite'] as const;
const TWO = 2;

/** Customers c0, c1 … with a total that is not theirs yet. */
function stale(count: number): World {
  const there = world(count);
  there.kintone.addApp(
    TARGET,
    TARGET_FIELDS,
    Array.from({ length: count }, (_unused, index) => ({ key: `c${index}`, total: '0', note: '' })),
  );
  return there;
}

const settingsFor = (conflict: ConflictPolicy, change: Partial<ExecutionUnit> = {}) =>
  settingsOf([sumFlow('f1', 'update')], { confirm: 'never', conflict, ...change });

/** What a person does in the app meanwhile. */
function edit(there: World, id: string, fields: Record<string, string> | null): void {
  const records = there.kintone.apps.get(TARGET)?.records;
  const record = records?.get(id);
  if (records === undefined || record === undefined) return;
  if (fields === null) {
    records.delete(id);
    return;
  }
  const values = Object.fromEntries(Object.entries(fields).map(([code, value]) => [code, { value }]));
  const revision = { value: String(Number(record['$revision']?.value) + 1) };
  records.set(id, { ...record, ...values, $revision: revision });
}

/** Calls `then` before the `nth` commit with data. */
function beforeCommit(there: World, nth: number, then: () => void): void {
  let count = 0;
  there.kintone.beforeCommit = ({ requests }) => {
    if (requests.length > 0) {
      count += 1;
      if (count === nth) then();
    }
    return undefined;
  };
}

const entryOf = (there: World, id = '1'): JournalEntry => {
  const entry = there.kintone.entries.get(id);
  if (entry === undefined) throw new Error(`no run record ${id}`);
  return entry;
};

const totals = (there: World) => there.kintone.rows(TARGET).map((row) => row['total']);
const codes = (end: RunStatus) => end.flows.flatMap((flow) => (flow.conflicts ?? []).map(({ code }) => code));

async function run(there: World, conflict: ConflictPolicy): Promise<RunStatus> {
  const end = await there.clock.until(
    startRun(there.tab('t1'), requestOf(settingsFor(conflict)), new Map()).ended,
  );
  expect(historyProblems(there.kintone)).toEqual([]);
  return end;
}

describe('a record that somebody changed after the plan was made', () => {
  it.each([
    ['skip', ['1', '0', '3'], { updated: 2, unchanged: 0 }, ['conflictSkipped']],
    ['replan', ['1', '2', '3'], { updated: 3, unchanged: 0 }, ['conflictReplanned']],
    ['overwrite', ['1', '2', '3'], { updated: 3, unchanged: 0 }, ['conflictOverwritten']],
  ] as const)('%s', async (policy, expected, counts, reports) => {
    const there = stale(3);
    beforeCommit(there, 1, () => edit(there, TWO.toString(), { note: 'by hand' }));
    const end = await run(there, policy);
    expect(end).toMatchObject({ state: 'Success', reason: 'done', counts, progress: { rowsWritten: 3 } });
    expect(totals(there)).toEqual(expected);
    expect(there.kintone.rows(TARGET)[1]?.['note']).toBe('by hand');
    expect(codes(end)).toEqual(reports);
    expect(end.flows[0]?.conflicts?.[0]?.params).toEqual({ count: 1, values: ['c1 (#2)'] });
    expect(entryOf(there)).toMatchObject({ cursor: 3, rowsPlanned: 3, message: reports[0] });
    expect(entryOf(there).flows[0]?.message).toBe(reports[0]);
  });

  it('stop: nothing of the commit is written', async () => {
    const there = stale(3);
    beforeCommit(there, 1, () => edit(there, '2', { note: 'by hand' }));
    expect(await run(there, 'stop')).toMatchObject({ failure: { code: 'recordChanged' } });
    expect(totals(there)).toEqual(['0', '0', '0']);
  });

  it('replan: what is there already is not written', async () => {
    const there = stale(3);
    beforeCommit(there, 1, () => edit(there, '2', { total: '2.0' }));
    const end = await run(there, 'replan');
    expect(end).toMatchObject({ state: 'Success', counts: { updated: 2, unchanged: 1 } });
    expect(codes(end)).toEqual(['conflictSame']);
  });

  it.each(POLICIES)('%s: a record that is gone is left out', async (policy) => {
    const there = stale(3);
    beforeCommit(there, 1, () => edit(there, '2', null));
    const end = await run(there, policy);
    expect(end).toMatchObject({ state: 'Success', counts: { updated: 2 } });
    expect(codes(end)).toEqual(['conflictGone']);
    expect(totals(there)).toEqual(['1', '3']);
  });

  it.each(['replan', 'overwrite'] as const)(
    '%s: a record whose key changed is another one',
    async (policy) => {
      const there = stale(3);
      beforeCommit(there, 1, () => edit(there, '2', { key: 'other' }));
      const end = await run(there, policy);
      expect(codes(end)).toEqual(['conflictOtherKey']);
      expect(totals(there)).toEqual(['1', '0', '3']);
    },
  );

  it.each(POLICIES)(
    '%s: changed once more while the run looks again, it is looked at once more',
    async (policy) => {
      const there = stale(3);
      let commits = 0;
      there.kintone.beforeCommit = ({ requests }) => {
        if (requests.length > 0 && commits < 3) {
          commits += 1;
          edit(there, '2', { note: `edit ${commits}` });
        }
        return undefined;
      };
      const end = await run(there, policy);
      // What is left out needs no further look; what is written is written onto the last change.
      expect(end).toMatchObject({ state: 'Success' });
      expect(totals(there)[1]).toBe(policy === 'skip' ? '0' : '2');
      if (policy !== 'skip') expect(commits).toBe(3);
    },
  );

  it('somebody who never stops changing it: the run stops', async () => {
    const there = stale(3);
    there.kintone.beforeCommit = ({ requests }) => {
      if (requests.length > 0) edit(there, '2', { note: `edit ${there.clock.nowMs()}` });
      return undefined;
    };
    expect(await run(there, 'overwrite')).toMatchObject({ failure: { code: 'recordChanged' } });
    expect(totals(there)).toEqual(['0', '0', '0']);
  });

  it('somebody who never stops changing a record that is to go: it stays, with what they wrote', async () => {
    const there = stale(3);
    there.kintone.put(TARGET, [{ key: 'left over', total: '9', note: '' }]);
    there.kintone.beforeCommit = ({ requests }) => {
      if (requests.length > 0) edit(there, '4', { note: 'wanted' });
      return undefined;
    };
    const syncing = settingsOf([sumFlow('f1', 'sync')], { confirm: 'never', conflict: 'overwrite' });
    const end = await there.clock.until(startRun(there.tab('t1'), requestOf(syncing), new Map()).ended);
    expect(end).toMatchObject({ failure: { code: 'recordChanged' } });
    expect(there.kintone.rows(TARGET)).toContainEqual(
      expect.objectContaining({ key: 'left over', note: 'wanted' }),
    );
  });

  it('every row left out: the run still comes to its end', async () => {
    const there = stale(2);
    beforeCommit(there, 1, () => {
      edit(there, '1', { note: 'x' });
      edit(there, '2', { note: 'x' });
    });
    const end = await run(there, 'skip');
    expect(end).toMatchObject({ state: 'Success', counts: { updated: 0 }, progress: { rowsWritten: 2 } });
  });
});

describe.each(POLICIES)('%s, then', (policy) => {
  /** Three commits; the second meets a changed record. */
  const ROWS = 4_000;

  it('a crash: going on leaves what was left out, and counts it right', async () => {
    const there = stale(ROWS);
    const settings = settingsFor(policy);
    let died: () => void = () => undefined;
    const dead = new Promise<void>((resolve) => {
      died = resolve;
    });
    beforeCommit(there, 1, () => edit(there, '7', { note: 'by hand' }));
    there.kintone.afterCommit = ({ requests }) => {
      const isDone = there.kintone.commits.some((commit) => commit.requests.length > 0);
      if (requests.length === 0 || !isDone) return;
      there.close('t1');
      died();
    };
    startRun(there.tab('t1'), requestOf(settings), new Map());
    await there.clock.until(dead);
    there.kintone.afterCommit = () => undefined;
    const found = await there.clock.until(startRun(there.tab('t2'), requestOf(settings), new Map()).ended);
    if (found.holder === null) throw new Error(`nothing to go on with: ${found.reason}`);
    const end = await there.clock.until(
      resumeRun(there.tab('t2'), requestOf(settings), found.holder, new Map()).ended,
    );
    const left = policy === 'skip' ? 1 : 0;
    expect(end).toMatchObject({ state: 'Success', counts: { updated: ROWS - left } });
    expect(end.flows[0]?.outputs[0]?.written.updated).toBe(ROWS - left);
    expect(codes(end)).toHaveLength(1);
    expect(totals(there).filter((total) => total === '0')).toHaveLength(left);
    expect(historyProblems(there.kintone)).toEqual([]);
  });

  it('an undo takes back what was really written, to what was really there', async () => {
    const there = stale(3);
    beforeCommit(there, 1, () => edit(there, '2', { total: '77', note: 'by hand' }));
    await run(there, policy);
    const request = requestOf(settingsFor(policy), { undoOf: entryOf(there).runId, isConfirmed: true });
    const end = await there.clock.until(undoRun(there.tab('t2'), request, entryOf(there), new Map()).ended);
    expect(end).toMatchObject({ state: 'Success', counts: { updated: policy === 'skip' ? 2 : 3 } });
    expect(totals(there)).toEqual(['0', '77', '0']);
  });
});

it('an undo never writes over what somebody does meanwhile', async () => {
  const there = stale(3);
  await run(there, 'overwrite');
  beforeCommit(there, 1, () => edit(there, '2', { total: '99' }));
  const request = requestOf(settingsFor('overwrite'), { undoOf: entryOf(there).runId, isConfirmed: true });
  const end = await there.clock.until(undoRun(there.tab('t2'), request, entryOf(there), new Map()).ended);
  expect(end).toMatchObject({ state: 'Success', counts: { updated: 2 } });
  expect(totals(there)).toEqual(['0', '99', '0']);
});

it('a record that two outputs of a flow write: the second sees what became of the first', async () => {
  const flow = sumFlow('f1', 'update');
  const [input, sum, out] = flow.commands;
  if (input === undefined || sum === undefined || out === undefined) throw new Error('no commands');
  const mapping = [
    { from: 'customer', to: 'key' },
    { from: 'total', to: 'note' },
  ];
  const second = { ...out, id: 'out2', settings: { ...out.settings, mapping } };
  const twice = { ...flow, commands: [input, sum, out, second] };
  for (const policy of POLICIES) {
    const there = stale(2);
    const settings = settingsOf([twice], { confirm: 'never', conflict: policy });
    beforeCommit(there, 1, () => edit(there, '2', { total: '50' }));
    const end = await there.clock.until(startRun(there.tab('t1'), requestOf(settings), new Map()).ended);
    expect(end.state).toBe('Success');
    expect(historyProblems(there.kintone)).toEqual([]);
    const [, row] = there.kintone.rows(TARGET);
    expect(row).toMatchObject(policy === 'skip' ? { total: '50', note: '' } : { total: '2', note: '2' });
  }
});

it('run, with people in between, then undo: everything is as the people left it', async () => {
  const change = fc.record({
    id: fc.integer({ min: 1, max: 4 }),
    total: fc.constantFrom('1', '2', '3', '50'),
    isGone: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...POLICIES),
      fc.uniqueArray(change, { selector: ({ id }) => id, maxLength: 4 }),
      async (policy, changes) => {
        const there = stale(4);
        beforeCommit(there, 1, () => {
          for (const { id, total, isGone } of changes) edit(there, String(id), isGone ? null : { total });
        });
        const end = await run(there, policy);
        expect(end.state).toBe('Success');
        const request = requestOf(settingsFor(policy), { undoOf: 'x', isConfirmed: true });
        fc.pre(end.counts.updated > 0);
        await there.clock.until(undoRun(there.tab('t2'), request, entryOf(there), new Map()).ended);
        const left = there.kintone.rows(TARGET).map((row) => `${row['key']}=${row['total']}`);
        const expected = [1, 2, 3, 4].flatMap((id) => {
          const found = changes.find((one) => one.id === id);
          return found?.isGone === true ? [] : [`c${id - 1}=${found?.total ?? '0'}`];
        });
        expect(left).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});
