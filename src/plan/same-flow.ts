/** Several outputs of one flow into one app: the later ones are written onto what the earlier ones leave. */
import { FailureError, failure, type Place } from '../definition/errors';
import type { OutputPlan } from './types';

interface Row {
  readonly recordId: string;
  readonly revision: string;
  readonly label: string;
}

/**
 * The plan with the revisions that its records will have once `earlier` outputs of the same flow are
 * written: an update raises the revision by 1, a process action by 2. A record that an earlier output
 * deletes is not deleted again; changing it is `FailureError` `recordDeletedBefore {label}`.
 */
export function afterEarlierWrites(
  plan: OutputPlan,
  earlier: readonly OutputPlan[],
  place: Place,
): OutputPlan {
  const raised = new Map<string, number>();
  const deleted = new Set<string>();
  for (const other of earlier) {
    if (other.app.appId !== plan.app.appId) continue;
    for (const { recordId } of other.updates) raised.set(recordId, (raised.get(recordId) ?? 0) + 1);
    for (const { recordId } of other.statuses ?? []) raised.set(recordId, (raised.get(recordId) ?? 0) + 2);
    for (const { recordId } of other.deletes) deleted.add(recordId);
  }
  if (raised.size + deleted.size === 0) return plan;
  const later = <T extends Row>(row: T): T => {
    const steps = raised.get(row.recordId) ?? 0;
    return steps === 0 ? row : { ...row, revision: String(Number(row.revision) + steps) };
  };
  const changed = [...plan.updates, ...(plan.statuses ?? [])].find((row) => deleted.has(row.recordId));
  if (changed !== undefined) {
    throw new FailureError(
      failure(
        'recordDeletedBefore',
        { label: changed.label },
        { ...place, appId: plan.app.appId, recordId: changed.recordId },
      ),
    );
  }
  return {
    ...plan,
    updates: plan.updates.map(later),
    deletes: plan.deletes.filter((row) => !deleted.has(row.recordId)).map(later),
    ...(plan.statuses === undefined ? {} : { statuses: plan.statuses.map(later) }),
  };
}
