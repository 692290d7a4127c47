/** Texts of outside answers as values. */
import type { Cell } from '../table/types';
import { literalCell, type NOT_CONVERTIBLE } from './convert';
import type { HttpColumn } from './http-settings';

const SLASHED_DAY = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;

/** As `literalCell`; days may also be written "2026/1/5" or "2026.1.5". */
export function httpCell(text: string, type: HttpColumn['type']): Cell | typeof NOT_CONVERTIBLE {
  const slashed = type === 'date' ? SLASHED_DAY.exec(text.trim()) : null;
  const [, year = '', month = '', day = ''] = slashed ?? [];
  const plain = slashed ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  return literalCell(type, plain);
}
