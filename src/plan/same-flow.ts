/** Several outputs of one flow into one app: the later ones are written onto what the earlier ones leave. */
import { FailureError, failure, type Place } from '../definition/errors';
import type { AppRef } from '../definition/types';
import type { KintoneFields, Table } from '../table';
import { applyOverlay } from './overlay';
import type { OutputPlan, PlannedAdd } from './types';

interface Row {
  readonly recordId: string;
  readonly revision: string;
}

/**
 * The app's records as `earlier` outputs of the same flow leave them: changed values and statuses, deleted
 * records gone. Added ones are missing, because nothing can be written onto a record that has no id yet.
 */
export function onEarlierWrites(
  current: Table,
  app: AppRef,
  earlier: readonly OutputPlan[],
  fields: KintoneFields,
): Table {
  const plans = earlier
    .filter((plan) => plan.app.appId === app.appId)
    .map((plan) => ({ ...plan, adds: [], updates: [...plan.updates, ...(plan.statuses ?? [])] }));
  const isTouched = plans.some((plan) => plan.updates.length + plan.deletes.length > 0);
  return isTouched ? applyOverlay(current, plans, fields) : current;
}

/**
 * The plan with the revisions that its records will have once `earlier` outputs of the same flow are
 * written: an update raises the revision by 1, a process action by 2. Adding a record with the keys of one
 * that an earlier output adds is `FailureError` `recordAddedBefore {label}`: it would be there twice.
 */
export function afterEarlierWrites(
  plan: OutputPlan,
  earlier: readonly OutputPlan[],
  place: Place,
): OutputPlan {
  const raised = new Map<string, number>();
  const added = new Set<string>();
  for (const other of earlier) {
    if (other.app.appId !== plan.app.appId) continue;
    for (const { recordId } of other.updates) raised.set(recordId, (raised.get(recordId) ?? 0) + 1);
    for (const { recordId } of other.statuses ?? []) raised.set(recordId, (raised.get(recordId) ?? 0) + 2);
    if (plan.keys.length > 0) for (const add of other.adds) added.add(keysOf(plan, add));
  }
  const twice = plan.adds.find((add) => added.has(keysOf(plan, add)));
  if (twice !== undefined) {
    const label = plan.keys.map((code) => String(twice.fields[code]?.value ?? '')).join(' / ');
    throw new FailureError(failure('recordAddedBefore', { label }, { ...place, appId: plan.app.appId }));
  }
  if (raised.size === 0) return plan;
  const later = <T extends Row>(row: T): T => {
    const steps = raised.get(row.recordId) ?? 0;
    return steps === 0 ? row : { ...row, revision: String(Number(row.revision) + steps) };
  };
  return {
    ...plan,
    updates: plan.updates.map(later),
    deletes: plan.deletes.map(later),
    ...(plan.statuses === undefined ? {} : { statuses: plan.statuses.map(later) }),
  };
}

const keysOf = (plan: OutputPlan, add: PlannedAdd): string =>
  JSON.stringify(plan.keys.map((code) => add.fields[code]?.value ?? null));
