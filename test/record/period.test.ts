import { describe, expect, it } from 'vitest';
import { periodDay } from '../../src/commands/calendar';
import { dateInZone, periodDate } from '../../src/record/period';

describe('dateInZone', () => {
  it.each([
    ['2026-11-20T15:00:00Z', 'Asia/Tokyo', '2026-11-21'],
    ['2026-11-20T14:59:00Z', 'Asia/Tokyo', '2026-11-20'],
    ['2026-11-20T03:00:00Z', 'America/New_York', '2026-11-19'],
    ['2026-11-20T23:00:00Z', 'Nowhere/Land', '2026-11-20'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(dateInZone(Date.parse(instant), zone)).toBe(day);
  });
});

describe('periodDate', () => {
  it.each([
    ['2026-01-31', 'month', 'end', 1, '2026-02-28'],
    ['2028-01-31', 'month', 'end', 1, '2028-02-29'],
    ['2026-01-15', 'month', 'start', -1, '2025-12-01'],
    ['2026-03-01', 'day', 'start', -1, '2026-02-28'],
    ['2026-07-07', 'year', 'end', 0, '2026-12-31'],
    ['2026-07-07', 'year', 'start', -1, '2025-01-01'],
  ] as const)('%s: %s %s %i is %s', (base, unit, edge, offset, expected) => {
    expect(periodDate(base, unit, edge, offset)).toBe(expected);
  });

  it('has no day for what is no day', () => {
    expect(periodDate('soon', 'day', 'start', 0)).toBeNull();
  });

  it('agrees with the calendar of the engine', () => {
    for (let day = 0; day < 800; day += 1) {
      const base = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10);
      for (const unit of ['day', 'month', 'year'] as const) {
        for (const edge of ['start', 'end'] as const) {
          const offset = (day % 7) - 3;
          expect(periodDate(base, unit, edge, offset)).toBe(periodDay(base, { unit, edge, offset }));
        }
      }
    }
  });
});
