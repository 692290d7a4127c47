import { describe, expect, it } from 'vitest';
import { FIRST_FILTERS, isPeriodWrong, queryOf } from '../../src/log/query';
import { timelineOf } from '../../src/log/timeline';
import { entries } from './harness/entries';

const NOW_MS = Date.parse('2026-11-21T06:00:00Z');
const ZONE = 'Asia/Tokyo';

describe('queryOf', () => {
  it('asks for the last week unless told otherwise', () => {
    expect(queryOf(FIRST_FILTERS, NOW_MS, ZONE)).toMatchObject({
      states: [],
      unitId: '',
      fromMs: NOW_MS - 7 * 86_400_000,
      toMs: null,
    });
  });

  it('takes days as the user lives them, both included', () => {
    const filters = {
      ...FIRST_FILTERS,
      period: 'custom' as const,
      fromDay: '2026-11-20',
      toDay: '2026-11-20',
    };
    expect(queryOf(filters, NOW_MS, ZONE)).toMatchObject({
      fromMs: Date.parse('2026-11-19T15:00:00Z'),
      toMs: Date.parse('2026-11-20T14:59:59.999Z'),
    });
  });

  it('leaves open what is not chosen', () => {
    const filters = { ...FIRST_FILTERS, period: 'custom' as const };
    expect(queryOf(filters, NOW_MS, ZONE)).toMatchObject({ fromMs: null, toMs: null });
    expect(queryOf({ ...FIRST_FILTERS, period: 'all' }, NOW_MS, ZONE)).toMatchObject({
      fromMs: null,
      toMs: null,
    });
  });
});

describe('isPeriodWrong', () => {
  it.each([
    ['2026-11-21', '2026-11-20', true],
    ['2026-11-20', '2026-11-20', false],
    ['', '2026-11-20', false],
    ['2026-11-21', '', false],
  ])('from "%s" to "%s": %s', (fromDay, toDay, wrong) => {
    expect(isPeriodWrong({ ...FIRST_FILTERS, period: 'custom', fromDay, toDay })).toBe(wrong);
    expect(isPeriodWrong({ ...FIRST_FILTERS, period: 'week', fromDay, toDay })).toBe(false);
  });
});

describe('timelineOf', () => {
  const [running, done] = entries;
  if (running === undefined || done === undefined) throw new Error('two entries are needed');

  it('lays flows out on the time of the run', () => {
    const total = (done.endedAtMs ?? 0) - done.startedAtMs;
    const [first, second, third] = timelineOf(done, NOW_MS);
    expect(first).toMatchObject({ startMs: 0, durationMs: 1_500, left: 0, width: 1_500 / total });
    expect(second).toMatchObject({ startMs: 1_500, left: 1_500 / total });
    expect(third).toMatchObject({ startMs: null, width: 0 });
  });

  it('lets a run that goes on end now', () => {
    const nowMs = running.startedAtMs + 10_000;
    const [, active] = timelineOf(running, nowMs);
    expect(active).toMatchObject({ durationMs: 8_500, left: 0.15, width: 0.85 });
  });

  it('keeps every bar inside, whatever the clocks of the log say', () => {
    const flows = done.flows.map((flow) => ({
      ...flow,
      startedAtMs: done.startedAtMs - 30_000,
      endedAtMs: (done.endedAtMs ?? 0) + 90_000,
    }));
    for (const bar of timelineOf({ ...done, flows }, NOW_MS)) {
      expect(bar.left).toBeGreaterThanOrEqual(0);
      expect(bar.left + bar.width).toBeLessThanOrEqual(1);
    }
  });
});
