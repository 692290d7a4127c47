/** Parts of dates and times, for the edit command. */

import { zoneCalendar } from '../formula/calendar';
import {
  cellAt,
  civilFromDays,
  columnFromCells,
  daysFromCivil,
  daysFromText,
  daysInMonth,
  fromInteger,
  MINUTES_PER_DAY,
  minutesFromText,
  minutesOfDayFromText,
  textFromDays,
} from '../table/index';
import type { Cell, Column, ColumnSpec, ColumnType } from '../table/types';
import { timeText } from './convert';

export const DATE_PARTS = [
  'year',
  'month',
  'day',
  'weekday',
  'quarter',
  'hour',
  'minute',
  'date',
  'time',
  'monthStart',
  'monthEnd',
  'yearMonth',
] as const;
export type DatePart = (typeof DATE_PARTS)[number];

const OF_DAY: readonly ColumnType[] = ['date', 'datetime'];
const OF_CLOCK: readonly ColumnType[] = ['time', 'datetime'];
const CLOCK_PARTS: readonly DatePart[] = ['hour', 'minute', 'time'];

/** Column types a part can be taken from. */
export const datePartSources = (part: DatePart): readonly ColumnType[] =>
  CLOCK_PARTS.includes(part) ? OF_CLOCK : OF_DAY;

/** Type of the part. */
export function datePartType(part: DatePart): ColumnType {
  if (part === 'time') return 'time';
  if (part === 'yearMonth') return 'text';
  return part === 'date' || part === 'monthStart' || part === 'monthEnd' ? 'date' : 'number';
}

/**
 * Takes one part of each value; blank stays blank. Date-times count in `timeZone` (IANA name). `weekday`
 * is 1 for Sunday to 7 for Saturday, as Excel's WEEKDAY; `quarter` is of the calendar year; `yearMonth` is
 * "YYYY-MM".
 */
export function datePartColumn(source: Column, part: DatePart, spec: ColumnSpec, timeZone: string): Column {
  const calendar = zoneCalendar(timeZone);
  const minutesAt = (cell: string): number => {
    switch (source.spec.type) {
      case 'date':
        return daysFromText(cell)! * MINUTES_PER_DAY;
      case 'time':
        return minutesOfDayFromText(cell)!;
      default:
        return calendar.toLocal(minutesFromText(cell)!);
    }
  };
  const cells: Cell[] = [];
  for (let row = 0; row < source.length; row += 1) {
    const cell = cellAt(source, row);
    cells.push(cell === null ? null : partOf(minutesAt(cell as string), part));
  }
  return columnFromCells(spec, cells);
}

function partOf(localMinutes: number, part: DatePart): Cell {
  const days = Math.floor(localMinutes / MINUTES_PER_DAY);
  const clock = localMinutes - days * MINUTES_PER_DAY;
  const { year, month, day } = civilFromDays(days);
  switch (part) {
    case 'year':
      return fromInteger(year);
    case 'month':
      return fromInteger(month);
    case 'day':
      return fromInteger(day);
    case 'weekday':
      // 1970-01-01 was a Thursday, the fifth day of a week that starts on Sunday.
      return fromInteger(((((days + 4) % 7) + 7) % 7) + 1);
    case 'quarter':
      return fromInteger(Math.ceil(month / 3));
    case 'hour':
      return fromInteger(Math.floor(clock / 60));
    case 'minute':
      return fromInteger(clock % 60);
    case 'date':
      return textFromDays(days);
    case 'time':
      return timeText(clock);
    case 'monthStart':
      return textFromDays(daysFromCivil(year, month, 1));
    case 'monthEnd':
      return textFromDays(daysFromCivil(year, month, daysInMonth(year, month)));
    case 'yearMonth':
      return textFromDays(days).slice(0, 7);
  }
}
