/** Pasted lines of dates into the sorted list of holidays. Pure. */
import { daysFromText } from '../../table/moments';

export interface AddedHolidays {
  /** The whole list, ascending, each day once. */
  readonly days: readonly string[];
  readonly added: number;
  /** Days that were listed already, or pasted twice. */
  readonly repeated: readonly string[];
  readonly unread: readonly string[];
  /** Whether days did not fit any more. */
  readonly isFull: boolean;
  /** Lines that still need somebody: not read, or not fitting. */
  readonly left: readonly string[];
}

/** 2027-01-01, 2027/1/1, 2027年1月1日; a name may follow. Full-width digits are digits. */
const DATE = /^(\d{4})(?:[-/.]|\u5e74)(\d{1,2})(?:[-/.]|\u6708)(\d{1,2})(?:\u65e5|(?!\d))/;

/** @param max how many days the list may hold. */
export function addHolidays(days: readonly string[], text: string, max: number): AddedHolidays {
  const all = new Set(days);
  const before = all.size;
  const repeated = new Set<string>();
  const unread: string[] = [];
  const left: string[] = [];
  let isFull = false;
  for (const line of text.split(/[\n\r]+/)) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const day = dayIn(trimmed);
    if (day === null) {
      unread.push(trimmed);
      left.push(trimmed);
    } else if (all.has(day)) {
      repeated.add(day);
    } else if (all.size >= max) {
      isFull = true;
      left.push(trimmed);
    } else {
      all.add(day);
    }
  }
  return {
    days: [...all].sort(),
    added: all.size - before,
    repeated: [...repeated],
    unread,
    isFull,
    left,
  };
}

function dayIn(line: string): string | null {
  const match = DATE.exec(line.normalize('NFKC').replace(/^["']/, ''));
  if (match === null) return null;
  const [, year = '', month = '', day = ''] = match;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return daysFromText(text) === null ? null : text;
}
