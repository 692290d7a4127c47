import { halfWidthDigits } from './decimal';
import type { Comparison, Condition, Operand } from './types';

/** Bounds on `$id`, both included. Absent = no bound; `exact: []` = no record can match. */
export interface IdRange {
  readonly minId?: number;
  readonly maxId?: number;
  /** The only ids that can match, ascending, without repetition, inside the bounds. */
  readonly exact?: readonly number[];
}

/**
 * What the `$id` comparisons that every match must meet say about ids: those at the top or joined by `and` at the top.
 * The bounds hold for every match, but not every record inside them matches: the condition must still be tested.
 * `!=` and `not in` narrow nothing.
 */
export function idRange(condition: Condition | null): IdRange {
  let minId = Number.NEGATIVE_INFINITY;
  let maxId = Number.POSITIVE_INFINITY;
  let exact: ReadonlySet<number> | null = null;
  for (const comparison of idComparisons(condition)) {
    const { operator } = comparison;
    const ids = comparison.operands.map(readId).filter((id) => id !== null);
    if (operator === '=' || operator === 'in') {
      exact = intersect(exact, ids);
      continue;
    }
    if (operator === 'not in' || operator === '!=') continue;
    const [id] = ids;
    // A value that is no id matches nothing, whatever the operator.
    if (id === undefined) return { exact: [] };
    if (operator === '>') minId = Math.max(minId, id + 1);
    else if (operator === '>=') minId = Math.max(minId, id);
    else if (operator === '<') maxId = Math.min(maxId, id - 1);
    else if (operator === '<=') maxId = Math.min(maxId, id);
  }
  if (minId > maxId) return { exact: [] };
  const inside = (id: number): boolean => id >= minId && id <= maxId;
  return {
    ...(Number.isFinite(minId) ? { minId } : {}),
    ...(Number.isFinite(maxId) ? { maxId } : {}),
    ...(exact === null ? {} : { exact: [...exact].filter(inside).sort((a, b) => a - b) }),
  };
}

function idComparisons(condition: Condition | null): Comparison[] {
  if (condition === null) return [];
  if (condition.kind !== 'comparison')
    return condition.kind === 'and' ? condition.parts.flatMap(idComparisons) : [];
  return condition.field.code === '$id' && condition.field.related === null ? [condition] : [];
}

/** `$id` values are integers; leading zeros, a sign and full-width digits are read, anything else matches nothing. */
function readId(operand: Operand): number | null {
  if (operand.kind === 'function') return null;
  const text = halfWidthDigits(operand.text);
  return /^[+-]?[0-9]+$/.test(text) ? Number(text) : null;
}

function intersect(known: ReadonlySet<number> | null, ids: readonly number[]): ReadonlySet<number> {
  return new Set(known === null ? ids : ids.filter((id) => known.has(id)));
}
