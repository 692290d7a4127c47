import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, parseQuery } from '../../kintone/query';
import { DAY_MS, dayAt, dayOf, dayStartMs, parseDay, partsOf } from '../../kintone/query/calendar';
import { context, find, record } from './fixtures';

const iso = (timeMs: number) => new Date(timeMs).toISOString();

/** The DATE values of a wide stretch of days that a function stands for, as `first..last`. */
function daysFound(call: string, today: string, timeZone = 'Asia/Tokyo'): string {
  const nowMs = dayStartMs(parseDay(today) ?? Number.NaN, timeZone) + 12 * 3_600_000;
  const test = compileCondition(parseQuery(`d = ${call}`).condition, { ...context, nowMs, timeZone });
  const center = parseDay(today) ?? Number.NaN;
  const found: string[] = [];
  for (let day = center - 800; day <= center + 800; day += 1) {
    const text = iso(day * DAY_MS).slice(0, 10);
    if (test(record(1, { d: text }))) found.push(text);
  }
  const [first = 'none'] = found;
  const last = found.at(-1) ?? first;
  expect(found.length).toBe((parseDay(last) ?? 0) - (parseDay(first) ?? 0) + 1);
  return first === last ? first : `${first}..${last}`;
}

describe('date functions on a Friday in April', () => {
  it.each([
    ['TODAY()', '2026-04-24'],
    ['YESTERDAY()', '2026-04-23'],
    ['TOMORROW()', '2026-04-25'],
    ['FROM_TODAY(0, DAYS)', '2026-04-24'],
    ['FROM_TODAY(-24, DAYS)', '2026-03-31'],
    ['FROM_TODAY(2, WEEKS)', '2026-05-08'],
    ['FROM_TODAY(+1, MONTHS)', '2026-05-24'],
    ['FROM_TODAY(-4, MONTHS)', '2025-12-24'],
    ['FROM_TODAY(1, YEARS)', '2027-04-24'],
    ['THIS_WEEK()', '2026-04-19..2026-04-25'],
    ['LAST_WEEK()', '2026-04-12..2026-04-18'],
    ['NEXT_WEEK()', '2026-04-26..2026-05-02'],
    ['THIS_WEEK(SUNDAY)', '2026-04-19'],
    ['THIS_WEEK(SATURDAY)', '2026-04-25'],
    ['LAST_WEEK(MONDAY)', '2026-04-13'],
    ['NEXT_WEEK(FRIDAY)', '2026-05-01'],
    ['THIS_MONTH()', '2026-04-01..2026-04-30'],
    ['LAST_MONTH()', '2026-03-01..2026-03-31'],
    ['NEXT_MONTH()', '2026-05-01..2026-05-31'],
    ['THIS_MONTH(1)', '2026-04-01'],
    ['THIS_MONTH(LAST)', '2026-04-30'],
    ['THIS_MONTH(31)', '2026-05-01'],
    ['LAST_MONTH(31)', '2026-03-31'],
    ['NEXT_MONTH(LAST)', '2026-05-31'],
    ['THIS_YEAR()', '2026-01-01..2026-12-31'],
    ['LAST_YEAR()', '2025-01-01..2025-12-31'],
    ['NEXT_YEAR()', '2027-01-01..2027-12-31'],
  ])('%s is %s', (call, expected) => {
    expect(daysFound(call, '2026-04-24')).toBe(expected);
  });

  it.each([
    ['2026-01-31', 'FROM_TODAY(1, MONTHS)', '2026-02-28'],
    ['2024-02-29', 'FROM_TODAY(1, YEARS)', '2025-02-28'],
    ['2026-01-15', 'LAST_MONTH(LAST)', '2025-12-31'],
    ['2026-12-15', 'NEXT_MONTH()', '2027-01-01..2027-01-31'],
    ['2026-03-15', 'LAST_MONTH(31)', '2026-03-01'],
    ['2026-01-01', 'LAST_WEEK()', '2025-12-21..2025-12-27'],
    ['2026-01-04', 'THIS_WEEK()', '2026-01-04..2026-01-10'],
  ])('on %s, %s is %s', (today, call, expected) => {
    expect(daysFound(call, today)).toBe(expected);
  });

  // Seen live at 2026-04-24T13:51Z with users of these zones (facts 2.6).
  it.each([
    ['Pacific/Apia', '2026-04-25'],
    ['Pacific/Honolulu', '2026-04-24'],
    ['Asia/Tokyo', '2026-04-24'],
    ['Pacific/Kiritimati', '2026-04-25'],
  ])('today in %s is %s', (timeZone, expected) => {
    const days = ['2026-04-23', '2026-04-24', '2026-04-25', '2026-04-26'];
    const records = days.map((d, index) => record(index + 1, { d }));
    expect(find('d = TODAY()', records, { timeZone }).map((id) => days[id - 1])).toEqual([expected]);
  });
});

describe('DATE', () => {
  const records = ['2026-04-23', '2026-04-24', '2026-04-25', null, ''].map((d, index) =>
    record(index + 1, { d, due: d }),
  );
  it.each([
    ['d = "2026-04-24"', [2]],
    ['d = "2026-4-24"', [2]],
    ['d != "2026-04-24"', [1, 3, 4, 5]],
    ['d < TODAY()', [1, 4, 5]],
    ['d <= TODAY()', [1, 2, 4, 5]],
    ['d > TODAY()', [3]],
    ['d >= TODAY()', [2, 3]],
    ['d = ""', [4, 5]],
    ['d != ""', [1, 2, 3]],
    ['due in ("2026-04-23", "2026-04-25")', [1, 3]],
    ['due not in ("2026-04-23", "")', [2, 3]],
    ['d < FROM_TODAY(999999, YEARS)', [1, 2, 3, 4, 5]],
    ['d > FROM_TODAY(-999999, YEARS)', [1, 2, 3]],
  ])('%s', (text, expected) => {
    expect(find(text, records)).toEqual(expected);
  });
});

describe('DATETIME, CREATED_TIME and UPDATED_TIME', () => {
  const records = [
    '2026-04-23T14:59:00Z',
    '2026-04-23T15:00:00Z',
    '2026-04-24T13:51:00Z',
    '2026-04-24T14:59:00Z',
    '2026-04-24T15:00:00Z',
    '',
  ].map((time, index) => record(index + 1, { dt: time, 作成日時: time, 更新日時: time }));
  it.each([
    ['= TODAY()', [2, 3, 4]],
    ['!= TODAY()', [1, 5, 6]],
    ['< TODAY()', [1, 6]],
    ['<= TODAY()', [1, 2, 3, 4, 6]],
    ['> TODAY()', [5]],
    ['>= TODAY()', [2, 3, 4, 5]],
    ['= "2026-04-24"', [2, 3, 4]],
    ['= NOW()', [3]],
    ['< NOW()', [1, 2, 6]],
    ['>= NOW()', [3, 4, 5]],
    ['= "2026-04-24T13:51:00Z"', [3]],
    ['= "2026-04-24T13:51:59Z"', [3]],
    ['= "2026-04-24T13:51Z"', [3]],
    ['= "2026-04-24T22:51:00+09:00"', [3]],
    ['= "2026-04-24T22:51:00+0900"', [3]],
    ['= "2026-04-24T03:21:00-10:30"', [3]],
    ['> "2026-04-24T13:51:00Z"', [4, 5]],
    ['<= "2026-04-24T13:51:00Z"', [1, 2, 3, 6]],
    ['= THIS_WEEK()', [1, 2, 3, 4, 5]],
    ['= ""', [6]],
    ['!= ""', [1, 2, 3, 4, 5]],
  ])('%s', (comparison, expected) => {
    for (const field of ['dt', '作成日時', '更新日時']) {
      expect(find(`${field} ${comparison}`, records)).toEqual(expected);
    }
  });

  it('days follow the calling user, NOW() does not', () => {
    const timeZone = 'Pacific/Honolulu';
    expect(find('dt = TODAY()', records, { timeZone })).toEqual([3, 4, 5]);
    expect(find('dt = NOW()', records, { timeZone })).toEqual([3]);
  });
});

describe('times finer than a minute', () => {
  it('belong to their minute', () => {
    const records = ['13:50:59', '13:51:30', '13:52:00'].map((time, index) =>
      record(index + 1, { dt: `2026-04-24T${time}Z` }),
    );
    expect(find('dt = NOW()', records)).toEqual([2]);
    expect(find('dt > "2026-04-24T13:51:00Z"', records)).toEqual([3]);
    const milliseconds = [record(1, { dt: '2026-04-24T13:51:30.250Z' })];
    expect(find('dt = "2026-04-24T13:51:00Z"', milliseconds)).toEqual([1]);
  });
});

describe('TIME and durations', () => {
  it.each([
    ['t = "9:05"', [1]],
    ['t = "09:05:00"', [1]],
    ['t > "09:05"', [2]],
    ['t < "09:05"', [3]],
    ['t != ""', [1, 2]],
    ['worked > "24:00"', [1]],
    ['worked < "0:00"', [2, 3]],
    ['worked = "49:30"', [1]],
    ['worked in ("-1:15", "")', [2, 3]],
  ])('%s', (text, expected) => {
    const records = [
      record(1, { t: '09:05', worked: '49:30' }),
      record(2, { t: '23:00', worked: '-1:15' }),
      record(3, { t: null, worked: '' }),
    ];
    expect(find(text, records)).toEqual(expected);
  });
});

describe('the start of a day', () => {
  it.each([
    ['Asia/Tokyo', '2026-04-24', '2026-04-23T15:00:00.000Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
    ['Pacific/Auckland', '2026-04-05', '2026-04-04T11:00:00.000Z'],
    ['Pacific/Auckland', '2026-09-27', '2026-09-26T12:00:00.000Z'],
    // Clocks went from 00:00 to 01:00: the day began at 01:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    // Clocks went from 00:00 back to 23:00 of the day before.
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00.000Z'],
  ])('in %s, %s starts at %s', (timeZone, day, expected) => {
    expect(iso(dayStartMs(parseDay(day) ?? Number.NaN, timeZone))).toBe(expected);
  });

  it('lies on that day, and the millisecond before does not', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Tokyo',
      'Europe/London',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
    );
    const day = fc.integer({ min: dayOf(1975, 1, 1), max: dayOf(2050, 1, 1) });
    fc.assert(
      fc.property(zone, day, (timeZone, today) => {
        const start = dayStartMs(today, timeZone);
        expect(dayAt(start, timeZone)).toBe(today);
        expect(dayAt(start - 1, timeZone)).toBe(today - 1);
      }),
    );
  });
});

describe('parseDay', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '0999-01-01',
    '2026-04',
    '20260424',
    '',
    '2026-04-24T00:00Z',
  ])('refuses %j', (text) => {
    expect(parseDay(text)).toBeNull();
  });

  it('reads what a Date writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayOf(1000, 1, 1), max: dayOf(9999, 12, 31) }), (day) => {
        expect(parseDay(iso(day * DAY_MS).slice(0, 10))).toBe(day);
        expect(dayOf(partsOf(day).year, partsOf(day).month, partsOf(day).date)).toBe(day);
      }),
    );
  });
});
