/** Too many starts: refused, and in the end the unit is switched off until somebody enables it. */
import { describe, expect, it, vi } from 'vitest';
import { offKey, type RunStatus, startRun } from '../../src/run';
import { requestOf, settingsOf, sumFlow, UNIT, type World, world } from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const MINUTE_MS = 60_000;
const settings = settingsOf([sumFlow('f1')], { confirm: 'never', rateLimitPerMinute: 2 });

const press = (there: World): Promise<RunStatus> =>
  there.clock.until(startRun(there.tab('t'), requestOf(settings), new Map()).ended);

async function presses(there: World, count: number): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (let made = 0; made < count; made += 1) reasons.push((await press(there)).reason);
  return reasons;
}

const offRecord = (there: World) =>
  [...there.kintone.entries.values()].find((entry) => entry.lockKey === offKey(UNIT));

/** What the button for it writes. */
function enable(there: World): void {
  const off = offRecord(there);
  if (off === undefined) throw new Error('not switched off');
  there.kintone.entries.set(off.journalId, { ...off, lockKey: '', revision: `${Number(off.revision) + 1}` });
}

describe('the limit', () => {
  it('counts presses whose records were written in another order, however slow the look is', async () => {
    const there = world();
    await press(there);
    await there.clock.advance(45_000);
    const ports = there.tab('t');
    const startsOf: typeof ports.journal.startsOf = async (...asked) => {
      // Somebody presses after this start, and is written down before it.
      if (there.kintone.entries.size === 1) {
        await there.clock.advance(1_000);
        const first = there.kintone.entries.get('1');
        if (first === undefined) throw new Error('no first run');
        const second = { ...first, journalId: '2', runId: 'other', startedAtMs: there.clock.nowMs() };
        there.kintone.entries.set('2', second);
        await there.clock.advance(15_000);
      }
      return there.kintone.journal.startsOf(...asked);
    };
    const journal = new Proxy(ports.journal, {
      get: (target, name, receiver) => (name === 'startsOf' ? startsOf : Reflect.get(target, name, receiver)),
    });
    const third = startRun({ ...ports, journal }, requestOf(settings), new Map());
    expect((await there.clock.until(third.ended)).reason).toBe('rateLimited');
  });
});

describe('repeated starts beyond the limit', () => {
  it('the third refusal within ten minutes switches the unit off', async () => {
    const there = world();
    expect(await presses(there, 5)).toEqual([
      'done',
      'noChange',
      'rateLimited',
      'rateLimited',
      'switchedOff',
    ]);
    expect(offRecord(there)).toMatchObject({ state: 'Failure', errorCode: 'switchedOffNow' });
    expect(offRecord(there)?.endedAtMs).not.toBeNull();
  });

  it('two refusals do not, nor a third one that comes later', async () => {
    const there = world();
    expect(await presses(there, 4)).toEqual(['done', 'noChange', 'rateLimited', 'rateLimited']);
    await there.clock.advance(10 * MINUTE_MS);
    expect(await presses(there, 3)).toEqual(['noChange', 'noChange', 'rateLimited']);
  });

  it('while it is off every start is told who and when, and is logged once a minute', async () => {
    const there = world();
    await presses(there, 5);
    await there.clock.advance(2 * MINUTE_MS);
    const before = there.kintone.entries.size;
    const refused = await press(there);
    expect(refused).toMatchObject({
      state: 'Failure',
      reason: 'switchedOff',
      failure: { code: 'switchedOff', params: { user: 'Sato', since: '2026-11-21 12:00', name: 'monthly' } },
    });
    expect(refused.journalId).not.toBeNull();
    expect(await presses(there, 5)).toEqual(Array.from({ length: 5 }, () => 'switchedOff'));
    expect(there.kintone.entries.size).toBe(before + 1);
    await there.clock.advance(MINUTE_MS);
    await press(there);
    expect(there.kintone.entries.size).toBe(before + 2);
  });

  it('stays off for days, until it is enabled; earlier refusals are forgiven then', async () => {
    const there = world();
    await presses(there, 5);
    await there.clock.advance(3 * 24 * 60 * MINUTE_MS);
    expect((await press(there)).reason).toBe('switchedOff');
    enable(there);
    expect(await presses(there, 4)).toEqual(['noChange', 'noChange', 'rateLimited', 'rateLimited']);
    expect((await press(there)).reason).toBe('switchedOff');
  });

  it('is forgiven also right after the refusals', async () => {
    const there = world();
    await presses(there, 5);
    enable(there);
    expect(await presses(there, 2)).toEqual(['rateLimited', 'rateLimited']);
    expect(offRecord(there)).toBeUndefined();
  });

  it('is one unit only', async () => {
    const there = world();
    await presses(there, 5);
    const other = settingsOf([sumFlow('f1')], { confirm: 'never', id: 'bbbbbbbbbbbbbb' });
    const run = startRun(there.tab('t'), requestOf(other, { unitId: 'bbbbbbbbbbbbbb' }), new Map());
    expect((await there.clock.until(run.ended)).state).toBe('Success');
  });

  it('of several at the same moment one switches it off', async () => {
    const there = world();
    await presses(there, 4);
    const runs = [1, 2, 3].map(() => startRun(there.tab('t'), requestOf(settings), new Map()));
    await there.clock.until(Promise.all(runs.map((run) => run.ended)));
    const off = [...there.kintone.entries.values()].filter((entry) => entry.reason === 'switchedOff');
    expect(off).toHaveLength(1);
  });

  it('costs no request: one look before the record and one after it', async () => {
    const there = world();
    const ports = there.tab('t');
    const calls: string[] = [];
    const journal = new Proxy(ports.journal, {
      get(target, name, receiver) {
        calls.push(String(name));
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    const run = startRun({ ...ports, journal }, requestOf(settings), new Map());
    await there.clock.until(run.ended);
    expect(calls.slice(0, 3)).toEqual(['startsOf', 'create', 'startsOf']);
    expect(calls.slice(3)).not.toContain('startsOf');
  });
});
