/** Values to write, from columns: the same as `kintoneFromCell` of the cell, without the cell. */
import { cellAt, textOfTimeLike } from './column';
import { formatDecimal } from './decimal';
import { kintoneFromCell } from './kintone-values';
import { POWERS_OF_TEN } from './number-builder';
import { BLANK_INT32, type Column, type NumberColumn, type TimeLikeColumn } from './types';

/** units / 10^scale in plain notation, as `formatDecimal` writes it; |units| < 2^53. */
export function textOfUnits(units: number, scale: number): string {
  if (scale === 0) return String(units);
  if (units === 0) return '0';
  let digits = Math.abs(units);
  let decimals = scale;
  while (decimals > 0 && digits % 10 === 0) {
    digits /= 10;
    decimals--;
  }
  const sign = units < 0 ? '-' : '';
  if (decimals === 0) return sign + String(digits);
  // Two small numbers become text much faster than one that exceeds 2^31, and `%` is exact on integers.
  const unit = POWERS_OF_TEN[decimals] as number;
  const fraction = digits % unit;
  return `${sign}${(digits - fraction) / unit}.${String(fraction).padStart(decimals, '0')}`;
}

/** Field types whose blank is null. */
const NULL_TYPES: ReadonlySet<string> = new Set(['DROP_DOWN', 'DATE', 'TIME']);
/** Field types whose value is no text. */
const LIST_TYPES: ReadonlySet<string> = new Set([
  'CHECK_BOX',
  'MULTI_SELECT',
  'CATEGORY',
  'USER_SELECT',
  'ORGANIZATION_SELECT',
  'GROUP_SELECT',
  'STATUS_ASSIGNEE',
  'CREATOR',
  'MODIFIER',
  'FILE',
  'SUBTABLE',
]);

/** The `value` to write for each row of a column, for a field of the type (not SUBTABLE: that needs inner types). */
export function writeValues(column: Column, fieldType: string): (row: number) => unknown {
  if (column.kind === 'object' || LIST_TYPES.has(fieldType)) {
    return (row) => kintoneFromCell(fieldType, cellAt(column, row));
  }
  const blank = NULL_TYPES.has(fieldType) ? null : '';
  switch (column.kind) {
    case 'text': {
      const { codes, dictionary } = column;
      return (row) => {
        const code = codes[row] as number;
        return code < 0 ? blank : dictionary[code];
      };
    }
    case 'number':
      return (row) => numberText(column, row) ?? blank;
    default:
      return timeTexts(column, blank);
  }
}

function numberText(column: NumberColumn, row: number): string | null {
  const units = column.units[row] as number;
  if (!Number.isNaN(units)) return textOfUnits(units, column.scale);
  const wide = column.wide.get(row);
  return wide === undefined ? null : formatDecimal(wide);
}

/** More than this and the values are no days any more, and repeat too seldom to be kept. */
const MAX_KEPT_TEXTS = 8192;

function timeTexts(column: TimeLikeColumn, blank: null | ''): (row: number) => unknown {
  const { values, kind } = column;
  const kept = new Map<number, string>();
  return (row) => {
    const value = values[row] as number;
    const known = kept.get(value);
    if (known !== undefined) return known;
    if (value === BLANK_INT32) return blank;
    const text = textOfTimeLike(kind, value);
    if (kept.size < MAX_KEPT_TEXTS) kept.set(value, text);
    return text;
  };
}
