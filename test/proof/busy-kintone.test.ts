/** Starting and taking over when kintone is busy, or its answer is lost: neither may fail or mislead for that. */
import { describe, expect, it, vi } from 'vitest';
import { type JournalPort, type RunPorts, resumeRun, startRun } from '../../src/run';
import { requestOf, settingsOf, sumFlow, TARGET, type World, world } from '../run/setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('../run/plain-codec'));

/** Two commits and more. */
const ROWS = 1_950;
const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });

type Trouble = 'busy' | 'locked database' | 'lost before' | 'lost after';
const TROUBLES: readonly Trouble[] = ['busy', 'locked database', 'lost before', 'lost after'];

/** The first two calls of `create` or of the takeover meet the trouble. */
function troubled(ports: RunPorts, trouble: Trouble): RunPorts {
  let left = 2;
  const meet = async <T>(work: () => Promise<T>) => {
    if (left === 0) return work();
    left -= 1;
    if (trouble === 'lost after') await work();
    if (trouble === 'lost after' || trouble === 'lost before')
      return { kind: 'unknown' as const, cause: 'connection reset' };
    const code = trouble === 'busy' ? 'GAIA_TO04' : 'GAIA_DA02';
    const refusal = { status: 400, code, message: code, requestIndex: null, rows: [] };
    return { kind: 'refused' as const, refusal };
  };
  const journal: JournalPort = {
    read: (journalId) => ports.journal.read(journalId),
    holder: (lockKey) => ports.journal.holder(lockKey),
    byRunId: (runId) => ports.journal.byRunId(runId),
    startedSince: (unitId, sinceMs, limit) => ports.journal.startedSince(unitId, sinceMs, limit),
    lastInputs: (unitId, userCode, limit) => ports.journal.lastInputs(unitId, userCode, limit),
    keepingPlans: (unitId, before, limit) => ports.journal.keepingPlans(unitId, before, limit),
    startsOf: (unitId, sinceMs, limit) => ports.journal.startsOf(unitId, sinceMs, limit),
    upload: (name, bytes) => ports.journal.upload(name, bytes),
    download: (file) => ports.journal.download(file),
    create: (entry) => meet(() => ports.journal.create(entry)),
    commit: (request) =>
      request.patch.owner === undefined
        ? ports.journal.commit(request)
        : meet(() => ports.journal.commit(request)),
  };
  return { ...ports, journal };
}

async function interrupted(there: World): Promise<void> {
  const died = new Promise<void>((resolve) => {
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length === 0) return;
      there.close('t1');
      resolve();
    };
  });
  startRun(there.tab('t1'), requestOf(settings), new Map());
  await there.clock.until(died);
  there.kintone.afterCommit = () => undefined;
}

describe('a kintone with troubles', () => {
  it.each(TROUBLES)('%s: the press becomes one run', async (trouble) => {
    const there = world(ROWS);
    const run = startRun(troubled(there.tab('t1'), trouble), requestOf(settings), new Map());
    expect(await there.clock.until(run.ended)).toMatchObject({ state: 'Success', failure: null });
    expect(there.kintone.entries.size).toBe(1);
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });

  it.each(TROUBLES)('%s: an interrupted run is taken over all the same', async (trouble) => {
    const there = world(ROWS);
    await interrupted(there);
    const found = await there.clock.until(startRun(there.tab('t2'), requestOf(settings), new Map()).ended);
    if (found.holder === null) throw new Error('no holder');
    const ports = troubled(there.tab('t3'), trouble);
    const resumed = resumeRun(ports, requestOf(settings), found.holder, new Map());
    expect(await there.clock.until(resumed.ended)).toMatchObject({ state: 'Success', failure: null });
    expect(there.kintone.rows(TARGET)).toHaveLength(ROWS);
  });
});
