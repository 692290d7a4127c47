import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newUnit } from '../../src/definition/create';
import type { Schedule } from '../../src/definition/types';
import { nextStarts, scheduleFault, validateSchedules } from '../../src/trigger/schedule';

const TOKYO = 'Asia/Tokyo';
const schedule = (cron: string, holidays: Schedule['holidays'] = 'run', timeZone = TOKYO): Schedule => ({
  cron,
  timeZone,
  holidays,
});
const texts = (starts: readonly number[]) => starts.map((atMs) => new Date(atMs).toISOString().slice(0, 16));
const next = (
  cron: string,
  policy: Schedule['holidays'],
  holidays: readonly string[],
  after: string,
  count = 3,
) => texts(nextStarts(schedule(cron, policy), holidays, Date.parse(after), count));

describe('scheduleFault', () => {
  it.each([
    ['0 9 * * *', null],
    ['*/15 9-17 * * 1-5', null],
    ['0 9 L * *', null],
    ['0 9 29 2 *', null],
    ['0 0 * * 7', null],
    ['0 9 31 2 *', 'neverStarts'],
    ['60 9 * * *', 'cronInvalid'],
    ['0 24 * * *', 'cronInvalid'],
    ['0 9 * *', 'cronInvalid'],
    ['0 0 9 * * *', 'cronInvalid'],
    ['@daily', 'cronInvalid'],
    ['', 'cronInvalid'],
    ['a b c d e', 'cronInvalid'],
    ['2026-01-01T00:00:00', 'cronInvalid'],
  ])('%s: %s', (cron, fault) => expect(scheduleFault(schedule(cron))).toBe(fault));

  it.each([
    ['Asia/Tokyo', null],
    ['UTC', null],
    ['+09:00', 'timeZoneUnknown'],
    ['Mars/Base', 'timeZoneUnknown'],
    ['', 'timeZoneUnknown'],
  ])('time zone "%s": %s', (timeZone, fault) =>
    expect(scheduleFault(schedule('0 9 * * *', 'run', timeZone))).toBe(fault),
  );

  it('never throws, whatever was typed', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789*/-,LW#? @+JAN') });
    fc.assert(
      fc.property(typed, (cron) => {
        expect(scheduleFault(schedule(cron))).not.toBeUndefined();
      }),
    );
  });
});

describe('validateSchedules', () => {
  it('says where the fault is', () => {
    const unit = {
      ...newUnit(() => 'a'.repeat(14), '集計'),
      schedules: [schedule('0 9 * * *'), schedule('x'), schedule('0 9 * * *', 'run', 'Nowhere')],
    };
    expect(validateSchedules({ units: [unit] }).map(({ code, place }) => [code, place.field])).toEqual([
      ['scheduleCronInvalid', 'schedules.1.cron'],
      ['scheduleTimeZoneUnknown', 'schedules.2.timeZone'],
    ]);
  });
});

describe('nextStarts', () => {
  // 2026-11-23 (Monday) is a holiday in Japan; 09:00 in Tokyo is 00:00 UTC.
  const DAYS = ['2026-11-23'];
  const AFTER = '2026-11-21T12:00:00Z';

  it('runs on holidays when told so', () =>
    expect(next('0 9 * * *', 'run', DAYS, AFTER)).toEqual([
      '2026-11-22T00:00',
      '2026-11-23T00:00',
      '2026-11-24T00:00',
    ]));

  it('leaves holidays out', () =>
    expect(next('0 9 * * *', 'skip', DAYS, AFTER)).toEqual([
      '2026-11-22T00:00',
      '2026-11-24T00:00',
      '2026-11-25T00:00',
    ]));

  it('moves to the day before or after, by the local time of day', () => {
    const monday = '30 18 * * 1';
    expect(next(monday, 'dayBefore', DAYS, AFTER, 2)).toEqual(['2026-11-22T09:30', '2026-11-30T09:30']);
    expect(next(monday, 'dayAfter', DAYS, AFTER, 2)).toEqual(['2026-11-24T09:30', '2026-11-30T09:30']);
  });

  it('moves past a row of holidays, and finds a start that was moved to after "now"', () => {
    const row = ['2027-01-01', '2027-01-02', '2027-01-03'];
    expect(next('0 9 1 * *', 'dayAfter', row, '2027-01-03T12:00:00Z', 1)).toEqual(['2027-01-04T00:00']);
    expect(next('0 9 1 * *', 'dayBefore', row, '2026-12-31T12:00:00Z', 1)).toEqual(['2027-02-01T00:00']);
    expect(next('0 9 3 * *', 'dayBefore', row, '2026-12-30T12:00:00Z', 1)).toEqual(['2026-12-31T00:00']);
  });

  it('starts once where a moved start meets another', () =>
    expect(next('0 9 * * *', 'dayAfter', DAYS, '2026-11-22T12:00:00Z', 2)).toEqual([
      '2026-11-24T00:00',
      '2026-11-25T00:00',
    ]));

  it('skips no local day at a change of the clock', () => {
    const newYork = schedule('30 2 * * *', 'run', 'America/New_York');
    expect(texts(nextStarts(newYork, [], Date.parse('2026-03-07T12:00:00Z'), 2))).toHaveLength(2);
  });

  it('ends where there is nothing, and answers nothing for a fault', () => {
    expect(next('0 9 31 2 *', 'run', [], AFTER)).toEqual([]);
    expect(next('nonsense', 'run', [], AFTER)).toEqual([]);
  });

  const day = fc.integer({ min: 1, max: 28 });
  const policies = fc.constantFrom<Schedule['holidays']>('skip', 'dayBefore', 'dayAfter');
  it('never starts on a holiday, ascends, and agrees with itself from any moment', () => {
    fc.assert(
      fc.property(
        policies,
        fc.uniqueArray(day, { maxLength: 20 }),
        fc.constantFrom('0 9 * * *', '15 */6 * * 1-5', '0 9 10,20 * *', '45 23 L * *'),
        (policy, days, cron) => {
          const holidays = days.map((one) => `2026-05-${String(one).padStart(2, '0')}`);
          const of = (afterMs: number, count: number) =>
            nextStarts(schedule(cron, policy), holidays, afterMs, count);
          const first = of(Date.parse('2026-04-20T00:00:00Z'), 12);
          const localDays = first.map((atMs) => new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 10));
          expect(localDays.filter((one) => holidays.includes(one))).toEqual([]);
          expect(first.every((atMs, index) => index === 0 || atMs > first[index - 1]!)).toBe(true);
          expect(of(first[4]!, 7)).toEqual(first.slice(5));
        },
      ),
    );
  });
});
