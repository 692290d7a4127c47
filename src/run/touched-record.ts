import type { FlowPlan } from '../plan';
import type { RunStatus } from './status';

/**
 * Whether the run wrote into a record. Flows planned late are not in `plans` as they were written; for them,
 * updates in the record's own app count as a yes, because a needless reload costs less than a revision
 * conflict at the next save.
 */
export function touchedRecord(
  status: Pick<RunStatus, 'flows' | 'preview'>,
  plans: readonly FlowPlan[],
  appId: string,
  recordId: string,
): boolean {
  if (recordId === '') return false;
  const deferred = new Set(status.preview?.deferredFlowIds ?? []);
  return status.flows.some((flow) =>
    flow.outputs.some((output) => {
      const { written } = output;
      if (output.app.appId !== appId || written.updated + written.deleted === 0) return false;
      if (deferred.has(flow.flowId)) return true;
      const plan = plans
        .find((one) => one.flowId === flow.flowId)
        ?.outputs.find((one) => one.commandId === output.commandId);
      return [...(plan?.updates ?? []), ...(plan?.deletes ?? []), ...(plan?.statuses ?? [])].some(
        (row) => row.recordId === recordId,
      );
    }),
  );
}
