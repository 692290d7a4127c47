import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shown, spec, table } from './helpers';

/*
 * Expected values: the examples of Microsoft's function pages (fractions rounded to ten decimals), the rest
 * by counting on a calendar. Laws are checked against counting day by day.
 */
describe('spans', () => {
  table('DAYS and DAYS360', [
    ['DAYS("2021-03-15","2021-02-01")', '42'],
    ['DAYS("2021-12-31","2021-01-01")', '364'],
    ['DAYS("","2021-01-01")', ''],
    ['DAYS360("2011-01-30","2011-02-01")', '1'],
    ['DAYS360("2011-01-01","2011-12-31")', '360'],
    ['DAYS360("2011-01-01","2011-02-01")', '30'],
    ['DAYS360("2011-01-31","2011-03-31")', '60'],
    ['DAYS360("2011-02-28","2011-03-31")', '30'],
    ['DAYS360("2011-02-28","2011-03-31",TRUE)', '32'],
    ['DAYS360("2011-01-01","2011-12-31",TRUE)', '359'],
    ['DAYS360("2011-02-01","2011-01-30")', '-1'],
  ]);
  table('YEARFRAC', [
    ['YEARFRAC("2012-01-01","2012-07-30")', '0.5805555556'],
    ['YEARFRAC("2012-01-01","2012-07-30",1)', '0.5765027322'],
    ['YEARFRAC("2012-01-01","2012-07-30",3)', '0.5780821918'],
    // 211 days between them.
    ['YEARFRAC("2012-01-01","2012-07-30",2)', '0.5861111111'],
    ['YEARFRAC("2012-01-31","2012-07-31",4)', '0.5'],
    ['YEARFRAC("2012-07-30","2012-01-01")', '0.5805555556'],
    ['YEARFRAC("2023-01-01","2024-01-01",1)', '1'],
    // Four years of which one is leap: 1095 / (1461 / 4).
    ['YEARFRAC("2021-01-01","2024-01-01",1)', '2.9979466119'],
    ['YEARFRAC("2023-03-01","2024-02-29",1)', '0.9972677596'],
    ['YEARFRAC("2021-02-28","2024-02-29")', '3'],
    ['YEARFRAC("2012-01-01","2012-07-30",5)', '#argumentOutOfRange'],
  ]);
  table('weeks', [
    // 2012-03-09 was a Friday.
    ['WEEKNUM("2012-03-09")', '10'],
    ['WEEKNUM("2012-03-09",2)', '11'],
    ['ISOWEEKNUM("2012-03-09")', '10'],
    ['WEEKNUM("2012-03-09",21)', '10'],
    // 2021-01-01 was a Friday of week 53 of 2020.
    ['ISOWEEKNUM("2021-01-01")', '53'],
    ['WEEKNUM("2021-01-01")', '1'],
    ['WEEKNUM("2021-01-02",16)', '2'],
    ['WEEKNUM("2021-01-02",17)', '1'],
    // 2024-12-30 is the Monday of the week with 2025-01-02.
    ['ISOWEEKNUM("2024-12-30")', '1'],
    ['WEEKNUM("2024-12-31")', '53'],
    ['WEEKNUM("2012-03-09",3)', '#argumentOutOfRange'],
  ]);
});

describe('working days', () => {
  table('NETWORKDAYS', [
    ['NETWORKDAYS("2012-10-01","2013-03-01")', '110'],
    ['NETWORKDAYS("2012-10-01","2013-03-01","2012-11-22")', '109'],
    ['NETWORKDAYS("2012-10-01","2013-03-01","2012-11-22,2012-12-04,2013-01-21")', '107'],
    ['NETWORKDAYS("2012-10-01","2013-03-01",DATE(2012,11,22),"2012-12-04、2012-12-04;2013-01-21")', '107'],
    // 2026-01-10 is a Saturday.
    ['NETWORKDAYS("2026-01-09","2026-01-12")', '2'],
    ['NETWORKDAYS("2026-01-12","2026-01-09")', '-2'],
    ['NETWORKDAYS("2026-01-10","2026-01-11")', '0'],
    ['NETWORKDAYS("2026-01-11","2026-01-10")', '0'],
    ['NETWORKDAYS("2026-01-09","2026-01-12","2026-01-10")', '2'],
    ['NETWORKDAYS("2026-01-09","2026-01-12","soon")', '#notADate'],
    ['NETWORKDAYS("2026-01-09","2026-01-12","")', '2'],
    ['NETWORKDAYS("","2026-01-12")', ''],
  ]);
  table('NETWORKDAYS.INTL', [
    ['NETWORKDAYS.INTL("2006-01-01","2006-01-31")', '22'],
    ['NETWORKDAYS.INTL("2006-02-28","2006-01-31")', '-21'],
    ['NETWORKDAYS.INTL("2006-01-01","2006-02-01",7,"2006-01-02","2006-01-16")', '22'],
    ['NETWORKDAYS.INTL("2006-01-01","2006-02-01","0010001","2006-01-02","2006-01-16")', '20'],
    ['NETWORKDAYS.INTL("2006-01-01","2006-01-31","1111111")', '0'],
    ['NETWORKDAYS.INTL("2006-01-01","2006-01-07",11)', '6'],
    ['NETWORKDAYS.INTL("2006-01-01","2006-01-07",8)', '#argumentOutOfRange'],
    ['NETWORKDAYS.INTL("2006-01-01","2006-01-07","001")', '#argumentOutOfRange'],
  ]);
  table('WORKDAY', [
    ['WORKDAY("2008-10-01",151)', '2009-04-30'],
    ['WORKDAY("2008-10-01",151,"2008-11-26","2008-12-04","2009-01-21")', '2009-05-05'],
    ['WORKDAY("2026-01-09",1)', '2026-01-12'],
    ['WORKDAY("2026-01-09",1,"2026-01-12")', '2026-01-13'],
    ['WORKDAY("2026-01-12",-1)', '2026-01-09'],
    ['WORKDAY("2026-01-13",-1,"2026-01-12,2026-01-09")', '2026-01-08'],
    ['WORKDAY("2026-01-10",0)', '2026-01-10'],
    ['WORKDAY("2026-01-09",99999999)', '#dateOutOfRange'],
    ['WORKDAY("9999-12-31",1)', '#dateOutOfRange'],
    ['WORKDAY("2026-01-09",1,"x")', '#notADate'],
  ]);
  table('WORKDAY.INTL', [
    ['WORKDAY.INTL("2012-01-01",90,11)', '2012-04-14'],
    ['WORKDAY.INTL("2012-01-01",30,17)', '2012-02-05'],
    ['WORKDAY.INTL("2012-01-01",30,0)', '#argumentOutOfRange'],
    ['WORKDAY.INTL("2012-01-01",30,"1111111")', '#argumentOutOfRange'],
  ]);

  const dayText = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  const weekends = fc.oneof(
    fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '11', '12', '13', '14', '15', '16', '17'),
    fc.constantFrom('0000000', '0010001', '1111110', '0000011'),
  );
  const holidays = fc.array(fc.integer({ min: 19_980, max: 20_060 }), { maxLength: 20 });
  const days = fc.integer({ min: 19_980, max: 20_060 });
  const setting = (start: number, off: readonly number[], weekend: string, amount: number | string) => ({
    columns: [spec('s', 'date'), spec('h', 'text'), spec('w', 'text'), spec('x', 'text')],
    rows: [[dayText(start), off.map(dayText).join(','), weekend, String(amount)]],
  });

  it('counting and stepping agree with each other and with counting day by day', () => {
    fc.assert(
      fc.property(days, days, holidays, weekends, (start, end, off, weekend) => {
        const isWorkday = (day: number) =>
          shown('NETWORKDAYS.INTL(s,s,w,h)', setting(day, off, weekend, ''))[0] === '1';
        const [low, high] = start <= end ? [start, end] : [end, start];
        let counted = 0;
        for (let day = low; day <= high; day += 1) if (isWorkday(day)) counted += 1;
        const expected = start <= end ? counted : -counted;
        const given = setting(start, off, weekend, dayText(end));
        expect(Number(shown('NETWORKDAYS.INTL(s,x,w,h)', given)[0])).toBe(expected + 0);
      }),
      { numRuns: 40 },
    );
  });

  it('WORKDAY lands on a workday, and as many workdays lie on the way', () => {
    const amounts = fc.integer({ min: -400, max: 400 }).filter((amount) => amount !== 0);
    fc.assert(
      fc.property(days, amounts, holidays, weekends, (start, amount, off, weekend) => {
        const given = setting(start, off, weekend, amount);
        const step = amount > 0 ? 1 : -1;
        const way = `NETWORKDAYS.INTL(s+(${step}),WORKDAY.INTL(s,x,w,h),w,h)`;
        expect(Math.abs(Number(shown(way, given)[0]))).toBe(Math.abs(amount));
        const last = 'NETWORKDAYS.INTL(WORKDAY.INTL(s,x,w,h),WORKDAY.INTL(s,x,w,h),w,h)';
        expect(shown(last, given)).toEqual(['1']);
      }),
    );
  });
});

describe('clock and era', () => {
  table('TIME and SECOND', [
    ['TIME(12,0,0)&""', '12:00'],
    ['TIME(16,48,10)&""', '16:48'],
    ['TIME(27,0,0)&""', '03:00'],
    ['TIME(0,750,0)&""', '12:30'],
    ['TIME(0,0,2000)&""', '00:33'],
    ['TIME(1,-30,0)&""', '00:30'],
    ['TIME(0,-1,0)', '#argumentOutOfRange'],
    ['TIME("",0,0)', ''],
    ['TIME(18,0,0)*24', '18'],
    ['(DATE(2026,1,9)+TIME(9,30,0))&""', '2026-01-09 09:30'],
    ['SECOND("16:48:18")', '18'],
    ['SECOND("2026-01-09 16:48:18")', '18'],
    ['SECOND("16:48")', '0'],
    ['SECOND("x")', '#notATime'],
    ['SECOND("")', ''],
    ['SECOND(0.5)', '0'],
  ]);
  table('DATESTRING', [
    ['DATESTRING("2026-01-09")', '令和08年01月09日'],
    ['DATESTRING("2019-04-30")', '平成31年04月30日'],
    ['DATESTRING("2019-05-01")', '令和01年05月01日'],
    ['DATESTRING("")', ''],
  ]);

  it('dates survive the way through their parts and through text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
        const date = new Date(day * 86_400_000).toISOString();
        // Years outside 1900 to 9999 count differently in DATE, years below 1 are no dates.
        fc.pre(/^(19|[2-9]\d)\d\d-/.test(date));
        const setting = { columns: [spec('d', 'date')], rows: [[date.slice(0, 10)]] };
        expect(shown('DATE(YEAR(d),MONTH(d),DAY(d))=d', setting)).toEqual(['TRUE']);
        expect(shown('DATEVALUE(TEXT(d,"yyyy/m/d"))=d', setting)).toEqual(['TRUE']);
        expect(shown('EDATE(EDATE(d,12),-12)-d', setting)[0]).toMatch(/^(0|-1)$/);
        expect(shown('WEEKDAY(d,2)', setting)).toEqual([String(((new Date(date).getUTCDay() + 6) % 7) + 1)]);
        expect(shown('DAYS(d+10,d)', setting)).toEqual(['10']);
      }),
    );
  });

  it('the smallest fraction taken from a date leaves the day before, alone or among other rows', () => {
    const columns = [spec('d', 'date'), spec('n', 'number')];
    const tiny = ['2023-03-31', '0.00000000000000000001'];
    expect(shown('d-n', { columns, rows: [tiny] })).toEqual(['2023-03-30']);
    expect(shown('d-n', { columns, rows: [tiny, ['2023-03-31', '0.5'], ['2023-03-31', '0']] })).toEqual([
      '2023-03-30',
      '2023-03-30',
      '2023-03-31',
    ]);
  });

  it('ISO weeks have seven days, and Monday starts each', () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => [
      new Date((18_000 + index) * 86_400_000).toISOString().slice(0, 10),
    ]);
    const columns = [spec('d', 'date')];
    const weeks = shown('ISOWEEKNUM(d)', { columns, rows });
    const weekdays = shown('WEEKDAY(d,2)', { columns, rows });
    for (let row = 1; row < weeks.length; row += 1) {
      expect(weeks[row] === weeks[row - 1]).toBe(weekdays[row] !== '1');
    }
  });
});

describe('clock changes', () => {
  // Berlin: 2024-03-31 02:00 becomes 03:00 (at 01:00 UTC); 2024-10-27 03:00 becomes 02:00 (at 01:00 UTC).
  const timeZone = 'Europe/Berlin';

  it('a skipped hour counts from before the change, a doubled hour is its first', () => {
    const read = (text: string) =>
      shown('t', { columns: [spec('t', 'text')], rows: [[text]], timeZone, resultType: 'datetime' })[0];
    expect(read('2024-03-31 01:59')).toBe('2024-03-31T00:59:00Z');
    expect(read('2024-03-31 02:30')).toBe('2024-03-31T01:30:00Z');
    expect(read('2024-03-31 03:00')).toBe('2024-03-31T01:00:00Z');
    expect(read('2024-10-27 01:59')).toBe('2024-10-26T23:59:00Z');
    expect(read('2024-10-27 02:30')).toBe('2024-10-27T00:30:00Z');
    expect(read('2024-10-27 03:00')).toBe('2024-10-27T02:00:00Z');
  });
});
