/** One value from one column type to another, or the clear answer that it cannot be. */
import type { Decimal } from '../table/index';
import { cellToText, formatDecimal, parseDecimal } from '../table/index';
import type { Cell, ColumnType } from '../table/types';
import { dayStart, localDay, localMinutes } from './calendar';
import { canonicalLiteral } from './conditions';

/** Returned when the value has no counterpart in the type; never confused with blank. */
export const NOT_CONVERTIBLE = Symbol('not convertible');

/**
 * Blank stays blank. To text: the canonical text (numbers plain, lists joined with ", ", people by name).
 * From text: numbers as kintone writes them, dates "YYYY-MM-DD", times "HH:MM", date-times ISO 8601 with
 * zone, one option, one person by code. date -> datetime: 00:00 in `timeZone`; datetime -> date or time:
 * the local part. Everything else is `NOT_CONVERTIBLE`.
 */
export function convertCell(
  from: ColumnType,
  to: ColumnType,
  cell: Cell,
  timeZone: string,
): Cell | typeof NOT_CONVERTIBLE {
  if (cell === null || from === to) return cell;
  if (to === 'text') return from === 'table' ? NOT_CONVERTIBLE : blankable(cellToText(from, cell));
  if (from === 'text' || from === 'choice') return fromText(cell as string, to);
  if (from === 'number' && to === 'choice') return formatDecimal(cell as Decimal);
  if (from === 'number' && to === 'choices') return [formatDecimal(cell as Decimal)];
  if (from === 'date' && to === 'datetime') return dayStart(cell as string, timeZone);
  if (from === 'datetime' && to === 'date') return localDay(Date.parse(cell as string), timeZone);
  if (from === 'datetime' && to === 'time')
    return timeText(localMinutes(Date.parse(cell as string), timeZone));
  return NOT_CONVERTIBLE;
}

function fromText(text: string, to: ColumnType): Cell | typeof NOT_CONVERTIBLE {
  switch (to) {
    case 'number':
      return parseDecimal(text) ?? NOT_CONVERTIBLE;
    case 'date':
    case 'time':
    case 'datetime':
      return canonicalLiteral(to, text.trim()) ?? NOT_CONVERTIBLE;
    case 'choice':
      return text;
    case 'choices':
      return [text];
    case 'people':
      return [{ code: text, name: text }];
    default:
      return NOT_CONVERTIBLE;
  }
}

const blankable = (text: string): Cell => (text === '' ? null : text);

const two = (value: number): string => String(value).padStart(2, '0');

/** Minutes since midnight as "HH:MM". */
export const timeText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
