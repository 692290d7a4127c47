/** Texts that are a value in one fixed form, whoever reads them. */
import { parseDecimal } from '../table/index';
import type { Cell, ColumnType } from '../table/types';
import { canonicalLiteral } from './conditions';

/** Returned when the text is no value of the type; never confused with blank. */
export const NOT_CONVERTIBLE = Symbol('not convertible');

/**
 * The value that a text in kintone's form stands for: numbers as kintone writes them, dates "YYYY-MM-DD", times
 * "HH:MM", date-times ISO 8601 with a zone, one option, one person by code. Stricter than `converter`, which also
 * reads what people write: settings and outside answers must not mean another thing in another time zone.
 */
export function literalCell(type: ColumnType, text: string): Cell | typeof NOT_CONVERTIBLE {
  switch (type) {
    case 'text':
    case 'choice':
      return text;
    case 'number':
      return parseDecimal(text) ?? NOT_CONVERTIBLE;
    case 'date':
    case 'time':
    case 'datetime':
      return canonicalLiteral(type, text.trim()) ?? NOT_CONVERTIBLE;
    case 'choices':
      return [text];
    case 'people':
      return [{ code: text, name: text }];
    default:
      return NOT_CONVERTIBLE;
  }
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Minutes since midnight as "HH:MM". */
export const timeText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
