/** Pairs of columns on which rows of two inputs agree; shared by `join` and `lookup`. */
import * as v from 'valibot';
import type { ColumnSpec, ColumnType } from '../table/types';
import type { ProblemList } from './problem-list';
import { requireColumn } from './problem-list';
import { columnName, entries } from './schemas';

export interface KeyPair {
  readonly left: string;
  readonly right: string;
}

export const keyPairs = entries(v.strictObject({ left: columnName, right: columnName }));

const TEXTUAL: readonly ColumnType[] = ['text', 'choice', 'number'];
const KEY_TYPES: readonly ColumnType[] = [...TEXTUAL, 'date', 'time', 'datetime'];

/**
 * Keys agree so: numbers by value (1.0 is 1); a text and a number when the text is that number ("01" is 1,
 * "1a" is none); two texts exactly ("01" is not "1"); dates and times by value. A blank agrees with nothing.
 * Problems: `keysMissing`; `columnMissing {column}`; `keyTypeUnsuitable {column, type}`;
 * `keyTypesDiffer {left, right, leftType, rightType}`.
 */
export function checkKeyPairs(
  left: readonly ColumnSpec[],
  right: readonly ColumnSpec[],
  keys: readonly KeyPair[],
  list: ProblemList,
): void {
  if (keys.length === 0) list.error('keysMissing', {}, 'keys');
  keys.forEach((key, index) => {
    const sides = [
      requireColumn(left, key.left, `keys.${index}.left`, list),
      requireColumn(right, key.right, `keys.${index}.right`, list),
    ] as const;
    const unsuitable = sides.filter((spec) => spec && !isKeyType(spec.type));
    for (const spec of unsuitable) {
      if (spec) list.error('keyTypeUnsuitable', { column: spec.name, type: spec.type }, `keys.${index}`);
    }
    const [a, b] = sides;
    if (a && b && unsuitable.length === 0 && !canKeysAgree(a.type, b.type)) {
      const params = { left: a.name, right: b.name, leftType: a.type, rightType: b.type };
      list.error('keyTypesDiffer', params, `keys.${index}`);
    }
  });
}

export const isKeyType = (type: ColumnType): boolean => KEY_TYPES.includes(type);

/** Whether values of two key types can be equal at all. */
export const canKeysAgree = (a: ColumnType, b: ColumnType): boolean =>
  a === b || (TEXTUAL.includes(a) && TEXTUAL.includes(b));
