/**
 * Whether a plan that somebody else has made writes only what its unit could write: for whoever is going to carry it out
 * with more rights than its maker. Which values and which records of those apps, only the maker knows.
 */
import { commandSpec } from '../commands';
import type { OutputMode } from '../commands/types';
import type { Command, ExecutionUnit, Flow } from '../definition/types';
import type { FlowPlan, OutputPlan } from '../plan';
import type { PlanFile } from './plan-file';
import { loadPlan, planParts } from './plan-parts';
import type { JournalEntry, JournalPort } from './ports';

type Kind = 'adds' | 'updates' | 'deletes' | 'statuses';
const KINDS: readonly Kind[] = ['adds', 'updates', 'deletes', 'statuses'];
const KINDS_OF: Readonly<Record<OutputMode, readonly Kind[]>> = {
  append: ['adds'],
  update: ['updates'],
  upsert: ['adds', 'updates'],
  regenerate: ['adds', 'updates', 'deletes'],
  sync: ['adds', 'updates', 'deletes'],
  delete: ['deletes'],
  status: ['statuses'],
};

/** All plans of a run record. False also when a file does not have its checksum. Throws what `download` throws. */
export async function plansWithinUnit(
  journal: Pick<JournalPort, 'download'>,
  entry: JournalEntry,
  unit: ExecutionUnit,
  flows: readonly Flow[],
): Promise<boolean> {
  const parts = planParts(entry.planFiles, entry.planHash);
  for (const part of parts) {
    const plan = await loadPlan(journal, part);
    // The file of another run has a good checksum, too.
    if (!plan.ok || plan.value.runId !== entry.runId || !isWithinUnit(plan.value, unit, flows)) return false;
  }
  return parts.length > 0;
}

/** Pure part of `plansWithinUnit`. A plan that starts other units is never within its own. */
export function isWithinUnit(
  { plans, deferredFlowIds }: Pick<PlanFile, 'plans' | 'deferredFlowIds'>,
  { flowIds }: Pick<ExecutionUnit, 'flowIds'>,
  flows: readonly Flow[],
): boolean {
  const isOfFlow = ({ flowId, outputs, starts = [] }: FlowPlan): boolean => {
    const flow = flows.find(({ id }) => id === flowId);
    if (flow === undefined || !flowIds.includes(flowId) || starts.length > 0) return false;
    return outputs.every(
      (output) => output.flowId === flowId && flow.commands.some((command) => isOfCommand(output, command)),
    );
  };
  return plans.every(isOfFlow) && deferredFlowIds.every((id) => flowIds.includes(id));
}

function isOfCommand(output: OutputPlan, { id, type, settings }: Command): boolean {
  if (id !== output.commandId || commandSpec(type)?.group !== 'output') return false;
  const app = settings['app'] as Partial<OutputPlan['app']> | null | undefined;
  const mode = type === 'outputStatus' ? 'status' : settings['mode'];
  return (
    app?.appId === output.app.appId &&
    app.guestSpaceId === output.app.guestSpaceId &&
    mode === output.mode &&
    KINDS.every((kind) => KINDS_OF[output.mode].includes(kind) || (output[kind] ?? []).length === 0)
  );
}
