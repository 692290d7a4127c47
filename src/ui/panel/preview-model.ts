/** The plan as the confirm dialog shows it. */
import type { AppRef } from '../../definition/types';
import type { WriteCounts } from '../../plan/types';
import type { OutputPreview } from '../../run/preview';
import type { RunStatus } from '../../run/status';
import { sumCounts } from './format';

export interface OutputSummary extends OutputPreview {
  readonly flowName: string;
}

export interface DeferredFlow {
  readonly flowId: string;
  readonly flowName: string;
}

export interface AppSummary {
  readonly app: AppRef;
  readonly counts: WriteCounts;
}

const flowName = (status: RunStatus, flowId: string): string =>
  status.flows.find((flow) => flow.flowId === flowId)?.name ?? flowId;

/** One line per flow and output, in the order in which they are going to be written. */
export function outputSummaries(status: RunStatus): readonly OutputSummary[] {
  return (status.preview?.outputs ?? []).map((output) => ({
    ...output,
    // Rows that an undo leaves alone have reports of their own, which say why.
    unmatched: status.undoOf === null ? output.unmatched : 0,
    flowName: flowName(status, output.flowId),
  }));
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
