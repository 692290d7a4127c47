/** The beginning of a plan, for runs that may write only so many rows. */
import type { OutputPlan, PlannedDelete } from './types';

/**
 * The output's first rows in the order of writing, at most `limit`; a write and the deletions that it needs stay or
 * go together. `cut`: how many rows are left out.
 */
export function firstRows(
  output: OutputPlan,
  limit: number,
): { readonly output: OutputPlan; readonly cut: number } {
  const statuses = output.statuses ?? [];
  const total = output.updates.length + output.adds.length + output.deletes.length + statuses.length;
  if (total <= limit) return { output, cut: 0 };
  let left = limit;
  const deletes: PlannedDelete[] = [];
  const needed = output.deletes.filter((row) => row.neededBy !== undefined);
  let next = 0;
  /** How many of the rows of a kind fit, each with what it needs; once one does not, none after it does. */
  const fitting = (kind: 'update' | 'add', count: number): number => {
    for (let row = 0; row < count; row += 1) {
      const own: PlannedDelete[] = [];
      for (let at = next; at < needed.length; at += 1) {
        const one = needed[at];
        if (one?.neededBy?.kind !== kind || one.neededBy.row !== row) break;
        own.push(one);
      }
      if (own.length + 1 > left) {
        left = 0;
        return row;
      }
      left -= own.length + 1;
      next += own.length;
      deletes.push(...own);
    }
    return count;
  };
  const updates = output.updates.slice(0, fitting('update', output.updates.length));
  const adds = output.adds.slice(0, fitting('add', output.adds.length));
  const others = output.deletes.filter((row) => row.neededBy === undefined).slice(0, left);
  left -= others.length;
  const first = { ...output, updates, adds, deletes: [...deletes, ...others] };
  const kept = updates.length + adds.length + deletes.length + others.length;
  const keptStatuses = statuses.slice(0, left);
  return {
    output: output.statuses === undefined ? first : { ...first, statuses: keptStatuses },
    cut: total - kept - keptStatuses.length,
  };
}
