/** The pure parts of the unit's page: readings of schedules, pasted holidays, summaries. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configTexts } from '../../src/config/texts';
import { addHolidays } from '../../src/config/units/holiday-lines';
import { cronOf, type Repetition, repetitionOf } from '../../src/config/units/schedule-pattern';
import { readSchedule } from '../../src/config/units/schedule-reading';
import { inputSummary, rulesSummary, startSummary, testSummary } from '../../src/config/units/summaries';
import { newUnit } from '../../src/definition/create';
import { scheduleFault } from '../../src/trigger/schedule';
import { unitSettings } from './harness/unit-world';

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const repetition: fc.Arbitrary<Repetition> = fc.oneof(
  time.map((at) => ({ kind: 'daily', time: at }) as const),
  time.map((at) => ({ kind: 'weekdays', time: at }) as const),
  fc.record({
    kind: fc.constant('weekly' as const),
    time,
    days: fc
      .uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 })
      .map((days) => days.sort((a, b) => a - b)),
  }),
  fc.record({
    kind: fc.constant('monthly' as const),
    time,
    day: fc.oneof(fc.constant('L'), fc.integer({ min: 1, max: 31 }).map(String)),
  }),
);

describe('repetitions', () => {
  it('become fields that start, can be read out, and come back as the same repetition', () => {
    fc.assert(
      fc.property(repetition, (one) => {
        const cron = cronOf(one);
        expect(repetitionOf(cron)).toEqual(one);
        expect(scheduleFault({ cron, timeZone: 'Asia/Tokyo' })).toBeNull();
        for (const language of ['ja', 'en', 'zh'] as const) {
          expect(readSchedule(cron, configTexts[language].unit, language)).toContain(one.time);
        }
      }),
    );
  });

  it.each(['*/15 * * * *', '0 9 1 1 *', '0 9 1 * 1', '0 9 1-3 * *', '0 9 * *', '60 9 * * *', 'x'])(
    '%s has no name',
    (cron) => expect(repetitionOf(cron)).toBeNull(),
  );
});

describe('readSchedule', () => {
  it.each([
    ['0 9 * * *', '毎日 09:00', 'Every day at 09:00', '每天 09:00'],
    ['5 18 * * 1-5', '平日（月〜金） 18:05', 'Weekdays (Mon–Fri) at 18:05', '工作日（周一至周五） 18:05'],
    ['0 9 * * 1,4', '毎週 月・木 09:00', 'Every Monday, Thursday at 09:00', '每周一、周四 09:00'],
    ['0 9 L * *', '毎月 末日 09:00', 'Every month on the last day at 09:00', '每月 最后一天 09:00'],
    [
      '*/15 9-17 * * 1-5',
      '平日（月〜金） 15 分ごと（09:00〜17:59）',
      'Weekdays (Mon–Fri), every 15 minutes (09:00 to 17:59)',
      '工作日（周一至周五） 每 15 分钟（09:00～17:59）',
    ],
    ['30 * * * *', '毎日 毎時 30 分', 'Every day, 30 minutes past each hour', '每天 每小时 30 分'],
    ['0 9,15 * * *', '毎日 09:00・15:00', 'Every day at 09:00, 15:00', '每天 09:00、15:00'],
    ['0 9 1 4,10 *', '4月・10月の1 日 09:00', 'In April, October: day 1 at 09:00', '四月、十月的1 日 09:00'],
    [
      '0 9 1 * 1',
      '毎月 1 日、または 毎週 月 09:00',
      'Every month on day 1, or Every Monday at 09:00',
      '每月 1 日，或 每周一 09:00',
    ],
  ])('%s', (cron, ja, en, zh) => {
    expect(readSchedule(cron, configTexts.ja.unit, 'ja')).toBe(ja);
    expect(readSchedule(cron, configTexts.en.unit, 'en')).toBe(en);
    expect(readSchedule(cron, configTexts.zh.unit, 'zh')).toBe(zh);
  });

  it.each(['0 9 * * 1#2', '1/2 * * * *', '0 9 LW * *', '0 9 * *', 'x'])(
    '%s is left to the instants',
    (cron) => expect(readSchedule(cron, configTexts.ja.unit, 'ja')).toBeNull(),
  );
});

describe('addHolidays', () => {
  it('reads the usual forms, sorts, and says what was there and what it could not read', () => {
    const text = [
      '2027/1/11 成人の日',
      '2027年1月1日（元日）',
      '２０２７－０２－１１',
      '2026-12-31',
      '2027-01-01',
      '',
      '来年',
      '2027-02-30',
      '2027-1-111',
    ].join('\r\n');
    expect(addHolidays(['2026-12-31'], text, 1000)).toEqual({
      days: ['2026-12-31', '2027-01-01', '2027-01-11', '2027-02-11'],
      added: 3,
      repeated: ['2026-12-31', '2027-01-01'],
      unread: ['来年', '2027-02-30', '2027-1-111'],
      isFull: false,
      left: ['来年', '2027-02-30', '2027-1-111'],
    });
  });

  it('keeps what does not fit', () =>
    expect(addHolidays(['2027-01-01'], '2027-01-02\n2027-01-03', 2)).toMatchObject({
      days: ['2027-01-01', '2027-01-02'],
      isFull: true,
      left: ['2027-01-03'],
    }));
});

describe('summaries', () => {
  const quiet = newUnit(() => 'a'.repeat(14), '集計');
  const [loud] = unitSettings.units;
  const all = (unit: typeof quiet, language: 'ja' | 'en' | 'zh') =>
    [startSummary, rulesSummary, inputSummary, testSummary].map((summary) =>
      summary(unit, configTexts[language].unit, language),
    );

  it('of a fresh unit are short', () => {
    expect(all(quiet, 'ja')).toEqual([
      '実行ボタン',
      'ブラウザで実行、毎回確認、重なったら断る',
      '受け取る値はありません',
      '本番',
    ]);
    expect(all(quiet, 'en')).toEqual([
      'Run button',
      'In the browser, always asks, refuses while running',
      'Asks for nothing',
      'Productive',
    ]);
  });

  it('say what was set', () => {
    expect(all(loud!, 'ja')).toEqual([
      '実行ボタン、レコードの操作 2 件、API、Webhook 2 種類、予定 3 件',
      '外部サービスで実行、毎回確認、順番を待つ、優先度 10、衝突は比べ直す、最長 30 分',
      '3 項目 — どの日までの売上を締めるか（この日を含みます。空欄の場合は前月末日です）、month、$user',
      'テストモード、100 行まで、一時停止 2 か所',
    ]);
  });

  it('say when nothing starts the unit', () =>
    expect(
      startSummary({ ...quiet, button: { ...quiet.button, enabled: false } }, configTexts.zh.unit, 'zh'),
    ).toBe('没有设置启动方式'));
});
