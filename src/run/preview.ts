/**
 * What people see of a plan before it is written: exact counts and the first changes of each output. The plan
 * itself stays where the run works, because handing 100,000 rows over to the page would make it stand still.
 */
import type { CommandReport } from '../commands/types';
import type { AppRef } from '../definition/types';
import {
  type CommitShape,
  type FlowPlan,
  type OutputPlan,
  outputCounts,
  planCounts,
  type WriteCounts,
} from '../plan';
import type { WriteFields } from '../plan/types';

/** Changes shown per output. */
const SHOWN_CHANGES = 20;

export interface Preview {
  /** In the order in which they are going to be written. */
  readonly outputs: readonly OutputPreview[];
  /** Flows that can only be counted after earlier flows have written (概算). */
  readonly deferredFlowIds: readonly string[];
  readonly counts: WriteCounts;
  /** Units that start once their flow has written; what they write is not part of the preview. */
  readonly starts: readonly StartPreview[];
  /** What is all or nothing. */
  readonly shape: CommitShape;
  /** When the check was done, epoch milliseconds. */
  readonly checkedAtMs: number;
}

export interface StartPreview {
  readonly flowId: string;
  readonly commandId: string;
  readonly unitName: string;
  readonly wait: boolean;
}

export interface OutputPreview {
  readonly flowId: string;
  readonly commandId: string;
  readonly app: AppRef;
  readonly counts: WriteCounts;
  /** Rows that are not written because no record has their key. */
  readonly unmatched: number;
  readonly reports: readonly CommandReport[];
  /** The first of them; deletions come first because they deserve the closest look. */
  readonly changes: readonly RecordChange[];
}

export type ChangeKind = 'add' | 'update' | 'delete';

export interface RecordChange {
  readonly kind: ChangeKind;
  /** Blank for a record that does not exist yet. */
  readonly recordId: string;
  readonly label: string;
  readonly fields: readonly FieldChange[];
}

export interface FieldChange {
  readonly field: string;
  /** undefined: there was, or will be, no record. */
  readonly before: unknown;
  readonly after: unknown;
}

export function previewOf(
  plans: readonly FlowPlan[],
  deferredFlowIds: readonly string[],
  facts: Pick<Preview, 'shape' | 'checkedAtMs'>,
): Preview {
  return {
    outputs: plans.flatMap((plan) => plan.outputs).map(outputPreview),
    deferredFlowIds,
    counts: planCounts(plans),
    starts: plans.flatMap(({ flowId, starts = [] }) =>
      starts.map(({ commandId, unitName, wait }) => ({ flowId, commandId, unitName, wait })),
    ),
    ...facts,
  };
}

const outputPreview = (plan: OutputPlan): OutputPreview => ({
  flowId: plan.flowId,
  commandId: plan.commandId,
  app: plan.app,
  counts: outputCounts(plan),
  unmatched: plan.unmatched,
  reports: plan.reports,
  changes: firstChanges(plan, SHOWN_CHANGES),
});

const valuesOf = (fields: WriteFields): readonly (readonly [string, unknown])[] =>
  Object.entries(fields).map(([code, field]) => [code, field.value]);

/** At most `limit` changes of one output, deletions first. */
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
