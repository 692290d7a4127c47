import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilFromDays,
  daysFromCivil,
  daysFromText,
  minutesFromText,
  minutesOfDayFromText,
  textFromDays,
  textFromMinutes,
  textFromMinutesOfDay,
} from '../../src/table/moments';

const DAY_MS = 86_400_000;

describe('dates', () => {
  it('agree with the platform calendar in both directions', () => {
    const range = { min: daysFromCivil(1, 1, 1), max: daysFromCivil(9999, 12, 31) };
    fc.assert(
      fc.property(fc.integer(range), (days) => {
        const text = new Date(days * DAY_MS).toISOString().slice(0, 10);
        expect(textFromDays(days)).toBe(text);
        expect(daysFromText(text)).toBe(days);
        const { year, month, day } = civilFromDays(days);
        expect(daysFromCivil(year, month, day)).toBe(days);
      }),
    );
  });

  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-32',
    '2024-1-01',
    '24-01-01',
    '2024/01/01',
    '',
  ])('%j is no date', (text) => {
    expect(daysFromText(text)).toBeNull();
  });

  it('knows leap years', () => {
    expect(daysFromText('2024-02-29')).not.toBeNull();
    expect(daysFromText('2000-02-29')).not.toBeNull();
    expect(daysFromText('1900-02-29')).toBeNull();
  });
});

describe('times', () => {
  it('round trip', () => {
    for (let minutes = 0; minutes < 1440; minutes++) {
      expect(minutesOfDayFromText(textFromMinutesOfDay(minutes))).toBe(minutes);
    }
  });

  it.each(['24:00', '12:60', '1:00', '12-00', 'ab:cd', ''])('%j is no time', (text) => {
    expect(minutesOfDayFromText(text)).toBeNull();
  });
});

describe('date-times', () => {
  it.each([
    ['2026-04-23T14:11:00Z', '2026-04-23T14:11:00Z'],
    ['2026-04-23T14:11Z', '2026-04-23T14:11:00Z'],
    ['2026-04-23T14:11:59.999Z', '2026-04-23T14:11:00Z'],
    ['2026-04-23T00:11:00+09:00', '2026-04-22T15:11:00Z'],
    ['2026-04-23T23:11:00-01:30', '2026-04-24T00:41:00Z'],
    ['1000-01-01T00:00:00Z', '1000-01-01T00:00:00Z'],
    ['9999-12-31T23:59:00Z', '9999-12-31T23:59:00Z'],
  ])('%s is %s', (input, expected) => {
    const minutes = minutesFromText(input);
    expect(minutes === null ? null : textFromMinutes(minutes)).toBe(expected);
  });

  it.each(['2026-04-23', '2026-04-23T14:11:00', '2026-02-30T00:00:00Z', '2026-04-23T24:00:00Z', ''])(
    '%j is none',
    (text) => {
      expect(minutesFromText(text)).toBeNull();
    },
  );
});
