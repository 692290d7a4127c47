import { describe, expect, it } from 'vitest';
import { dayEnd, dayStart, localDay, localMinutes, periodDay } from '../../src/commands/calendar';
import { literalCell, NOT_CONVERTIBLE } from '../../src/commands/convert';
import { whyNotWritable } from '../../src/commands/output-fields';
import { formatDecimal, isWritable, parseDecimal } from '../../src/table/index';
import type { Cell, ColumnType } from '../../src/table/types';
import { field, form, NOW_MS, TOKYO } from './support';

const number = (text: string): Cell => parseDecimal(text);

describe('literalCell', () => {
  it.each<[ColumnType, string, Cell | typeof NOT_CONVERTIBLE]>([
    ['text', ' a ', ' a '],
    ['number', '1.50', number('1.50')],
    ['number', 'abc', NOT_CONVERTIBLE],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2023-02-29', NOT_CONVERTIBLE],
    ['date', '2024/2/29', NOT_CONVERTIBLE],
    ['time', '24:00', NOT_CONVERTIBLE],
    ['datetime', '2026-11-21T09:00:30+09:00', '2026-11-21T00:00:00Z'],
    ['datetime', '2026-11-21 09:00', NOT_CONVERTIBLE],
    ['choice', 'A', 'A'],
    ['choices', 'A', ['A']],
    ['people', 'sato', [{ code: 'sato', name: 'sato' }]],
    ['files', 'A', NOT_CONVERTIBLE],
    ['table', 'A', NOT_CONVERTIBLE],
  ])('%s %j', (type, text, expected) => {
    expect(literalCell(type, text)).toEqual(expected);
  });

  it('reads numbers exactly', () => {
    const cell = literalCell('number', '123456789012345678901234567890.5');
    expect(formatDecimal(cell as never)).toBe('123456789012345678901234567890.5');
  });
});

describe('calendar', () => {
  it('follows the time zone', () => {
    expect(localDay(NOW_MS, TOKYO)).toBe('2026-11-22');
    expect(localDay(NOW_MS, 'America/New_York')).toBe('2026-11-21');
    expect(localMinutes(NOW_MS, TOKYO)).toBe(90);
    expect(dayStart('2026-11-22', TOKYO)).toBe('2026-11-21T15:00:00Z');
    expect(dayEnd('2026-11-22', TOKYO)).toBe('2026-11-22T14:59:00Z');
  });

  it('knows days of 23 and 25 hours, and days without midnight', () => {
    expect(dayStart('2026-03-08', 'America/New_York')).toBe('2026-03-08T05:00:00Z');
    expect(dayEnd('2026-03-08', 'America/New_York')).toBe('2026-03-09T03:59:00Z');
    expect(dayEnd('2026-11-01', 'America/New_York')).toBe('2026-11-02T04:59:00Z');
    // Clocks in São Paulo went from 00:00 to 01:00 that day.
    expect(dayStart('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00Z');
  });

  it('crosses years by months', () => {
    expect(periodDay('2026-01-31', { unit: 'month', edge: 'end', offset: -2 })).toBe('2025-11-30');
    expect(periodDay('2026-12-01', { unit: 'month', edge: 'start', offset: 14 })).toBe('2028-02-01');
    expect(periodDay('2024-02-29', { unit: 'year', edge: 'end', offset: 1 })).toBe('2025-12-31');
  });
});

describe('whyNotWritable', () => {
  const types = [
    'SINGLE_LINE_TEXT',
    'MULTI_LINE_TEXT',
    'RICH_TEXT',
    'LINK',
    'NUMBER',
    'CALC',
    'DATE',
    'TIME',
    'DATETIME',
    'RADIO_BUTTON',
    'DROP_DOWN',
    'CHECK_BOX',
    'MULTI_SELECT',
    'USER_SELECT',
    'ORGANIZATION_SELECT',
    'GROUP_SELECT',
    'SUBTABLE',
    'RECORD_NUMBER',
    'CREATOR',
    'CREATED_TIME',
    'MODIFIER',
    'UPDATED_TIME',
    'STATUS',
    'STATUS_ASSIGNEE',
    'CATEGORY',
    'LABEL',
    'SPACER',
    'HR',
    'GROUP',
    'REFERENCE_TABLE',
  ];

  it('agrees with what the writers of values can write', () => {
    const fields = form(...types.map((type) => field(type, type)));
    for (const property of Object.values(fields)) {
      expect([property.type, whyNotWritable(property, fields) === null]).toEqual([
        property.type,
        isWritable(property, fields),
      ]);
    }
  });
});
