/** The plan as the confirm dialog shows it. */
import type { AppRef } from '../../definition/types';
import type { OutputPlan, WriteCounts, WriteFields } from '../../plan/types';
import type { RunStatus } from '../../run/status';
import { sumCounts } from './format';

export interface OutputSummary {
  readonly flowId: string;
  readonly flowName: string;
  readonly plan: OutputPlan;
  readonly counts: WriteCounts;
}

export interface DeferredFlow {
  readonly flowId: string;
  readonly flowName: string;
}

export interface AppSummary {
  readonly app: AppRef;
  readonly counts: WriteCounts;
}

export type ChangeKind = 'add' | 'update' | 'delete';

export interface FieldChange {
  readonly field: string;
  /** undefined: there was, or will be, no record. */
  readonly before: unknown;
  readonly after: unknown;
}

export interface RecordChange {
  readonly kind: ChangeKind;
  /** Blank for a record that does not exist yet. */
  readonly recordId: string;
  readonly label: string;
  readonly fields: readonly FieldChange[];
}

export function countsOfPlan(plan: OutputPlan): WriteCounts {
  return {
    added: plan.adds.length,
    updated: plan.updates.length + (plan.statuses?.length ?? 0),
    deleted: plan.deletes.length,
    unchanged: plan.unchanged,
  };
}

const flowName = (status: RunStatus, flowId: string): string =>
  status.flows.find((flow) => flow.flowId === flowId)?.name ?? flowId;

/** One line per flow and output, in the order in which they are going to be written. */
export function outputSummaries(status: RunStatus): readonly OutputSummary[] {
  return (status.preview?.flows ?? []).flatMap((flow) =>
    flow.outputs.map((plan) => ({
      flowId: flow.flowId,
      flowName: flowName(status, flow.flowId),
      plan,
      counts: countsOfPlan(plan),
    })),
  );
}

/** Flows whose figures come only after earlier flows have written. */
export function deferredFlows(status: RunStatus): readonly DeferredFlow[] {
  return (status.preview?.deferredFlowIds ?? []).map((flowId) => ({
    flowId,
    flowName: flowName(status, flowId),
  }));
}

export const appKey = (app: AppRef): string => `${app.guestSpaceId ?? ''}/${app.appId}`;

/** Counts per output app, in order of first appearance. */
export function appSummaries(
  outputs: readonly { readonly app: AppRef; readonly counts: WriteCounts }[],
): readonly AppSummary[] {
  const byApp = new Map<string, AppSummary>();
  for (const { app, counts } of outputs) {
    const known = byApp.get(appKey(app));
    byApp.set(appKey(app), { app, counts: known === undefined ? counts : sumCounts([known.counts, counts]) });
  }
  return [...byApp.values()];
}

const valuesOf = (fields: WriteFields): readonly (readonly [string, unknown])[] =>
  Object.entries(fields).map(([code, field]) => [code, field.value]);

/** The first changes of one output, deletions first because they deserve the closest look. */
export function firstChanges(plan: OutputPlan, limit: number): readonly RecordChange[] {
  const changes: RecordChange[] = [];
  for (const one of plan.deletes.slice(0, limit)) {
    const fields = valuesOf(one.before).map(([field, before]) => ({ field, before, after: undefined }));
    changes.push({ kind: 'delete', recordId: one.recordId, label: one.label, fields });
  }
  const changed = [...plan.updates.slice(0, limit), ...(plan.statuses ?? []).slice(0, limit)];
  for (const one of changed.slice(0, limit - changes.length)) {
    const fields = valuesOf(one.fields).map(([field, after]) => ({
      field,
      before: one.before[field]?.value,
      after,
    }));
    changes.push({ kind: 'update', recordId: one.recordId, label: one.label, fields });
  }
  for (const one of plan.adds.slice(0, limit - changes.length)) {
    const fields = valuesOf(one.fields).map(([field, after]) => ({ field, before: undefined, after }));
    const label = plan.keys.map((key) => String(one.fields[key]?.value ?? '')).join(' ');
    changes.push({ kind: 'add', recordId: '', label, fields });
  }
  return changes;
}

/**
 * Whether the run wrote into the record that is shown. Flows planned late are not in the preview;
 * for them, updates in the record's own app count as a yes, because a needless reload costs less than
 * a revision conflict at the next save.
 */
export function touchedRecord(status: RunStatus, appId: string, recordId: string): boolean {
  if (recordId === '') return false;
  const deferred = new Set(status.preview?.deferredFlowIds ?? []);
  return status.flows.some((flow) =>
    flow.outputs.some((output) => {
      const { written } = output;
      if (output.app.appId !== appId || written.updated + written.deleted === 0) return false;
      if (deferred.has(flow.flowId)) return true;
      const plan = status.preview?.flows
        .find((one) => one.flowId === flow.flowId)
        ?.outputs.find((one) => one.commandId === output.commandId);
      return [...(plan?.updates ?? []), ...(plan?.deletes ?? []), ...(plan?.statuses ?? [])].some(
        (row) => row.recordId === recordId,
      );
    }),
  );
}
