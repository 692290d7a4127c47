import type { FlowPlan } from '../plan';
import type { KintoneFields, KintoneRecord } from '../table';

/** Everything another tab needs to go on with identical values: the plans and the facts they were computed from. */
export interface PlanFile {
  readonly version: 1;
  readonly runId: string;
  readonly plans: readonly FlowPlan[];
  /** The journal's cursor at the first row of `plans`; more than 0 for flows that were planned after earlier writes. */
  readonly firstRow: number;
  /** Flows that are planned only after the flows above have been written. */
  readonly deferredFlowIds: readonly string[];
  readonly calling: CallingRecord;
  readonly startedAtMs: number;
  readonly timeZone: string;
}

export interface CallingRecord {
  readonly appId: string;
  readonly recordId: string;
  readonly record: KintoneRecord | null;
  readonly fields: KintoneFields | null;
}
