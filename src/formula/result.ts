/** Puts the chunks of a result together as one column. */

import { TextColumnBuilder, TimeLikeColumnBuilder } from '../table/builder';
import { textColumn } from '../table/make-column';
import { NumberColumnBuilder } from '../table/number-builder';
import type { Column } from '../table/types';
import { BLANK_INT32 } from '../table/types';
import { MAX_COLUMN_TEXT_LENGTH } from './limits';
import type { NumberVector } from './number-vector';
import type { ErrorBytes } from './row-errors';
import { markError, mergeErrors } from './row-errors';
import type { ResultType } from './typed';
import type { BooleanVector, MomentVector, TextVector, Vector } from './vectors';

export interface ResultBuilder {
  /** Appends a chunk; answers its errors, to which the limits of a column may have added. */
  take(vector: Vector, start: number, count: number): ErrorBytes;
  finish(): { readonly column: Column; readonly booleans: Uint8Array | null };
}

function textResult(textBudget: number): ResultBuilder {
  const builder = new TextColumnBuilder({ name: '', label: '', type: 'text' });
  let budget = textBudget;
  let known = 0;
  // Neighbours are often equal, or one of two texts of an IF: those need no look into the dictionary.
  let lastText = '';
  let lastCode = -1;
  let otherText = '';
  let otherCode = -1;
  return {
    take(vector, _start, count) {
      const { values } = vector as TextVector;
      let errors = mergeErrors(count, vector.errors);
      for (let row = 0; row < count; row += 1) {
        const text = values[row]!;
        if (text === '' || (errors !== null && errors[row] !== 0)) {
          builder.appendCode(-1);
        } else if (text === lastText) {
          builder.appendCode(lastCode);
        } else if (text === otherText) {
          builder.appendCode(otherCode);
        } else if (text.length > budget) {
          errors = markError(errors, count, row, 'textTooLong');
          builder.appendCode(-1);
        } else {
          const code = builder.code(text);
          if (code >= known) {
            known = code + 1;
            budget -= text.length;
          }
          builder.appendCode(code);
          otherText = lastText;
          otherCode = lastCode;
          lastText = text;
          lastCode = code;
        }
      }
      return errors;
    },
    finish: () => ({ column: builder.finish(), booleans: null }),
  };
}

function booleanResult(rowCount: number): ResultBuilder {
  const spec = { name: '', label: '', type: 'text' } as const;
  const codes = new Int32Array(rowCount).fill(-1);
  const booleans = new Uint8Array(rowCount);
  return {
    take(vector, start, count) {
      const { values } = vector as BooleanVector;
      for (let row = 0; row < count; row += 1) {
        if (vector.errors?.[row]) continue;
        const value = values[row]!;
        booleans[start + row] = value === 1 ? 1 : 0;
        codes[start + row] = value > 1 ? -1 : value;
      }
      return vector.errors;
    },
    finish: () => ({
      column: textColumn(spec, codes, ['FALSE', 'TRUE']),
      booleans,
    }),
  };
}

function numberResult(): ResultBuilder {
  const builder = new NumberColumnBuilder({ name: '', label: '', type: 'number' });
  return {
    take(vector, _start, count) {
      const { units, scale, wide, errors } = vector as NumberVector;
      for (let row = 0; row < count; row += 1) {
        const value = wide?.get(row);
        if (errors !== null && errors[row] !== 0) builder.append(null);
        else if (value !== undefined) builder.append(value);
        else builder.appendUnits(units[row]!, scale);
      }
      return errors;
    },
    finish: () => ({ column: builder.finish(), booleans: null }),
  };
}

function momentResult(type: 'date' | 'time' | 'datetime'): ResultBuilder {
  const builder = new TimeLikeColumnBuilder({ name: '', label: '', type }, type);
  return {
    take(vector, _start, count) {
      const { values } = vector as MomentVector;
      for (let row = 0; row < count; row += 1) {
        builder.appendValue(vector.errors?.[row] ? BLANK_INT32 : values[row]!);
      }
      return vector.errors;
    },
    finish: () => ({ column: builder.finish(), booleans: null }),
  };
}

/** @param textBudget UTF-16 units of distinct text that the column may hold */
export function resultBuilder(
  type: ResultType,
  rowCount: number,
  textBudget: number = MAX_COLUMN_TEXT_LENGTH,
): ResultBuilder {
  switch (type) {
    case 'text':
      return textResult(textBudget);
    case 'boolean':
      return booleanResult(rowCount);
    case 'number':
      return numberResult();
    default:
      return momentResult(type);
  }
}
