import { failure } from '../definition/errors';
import type { Flow } from '../definition/types';
import { type FlowPlan, NO_WRITES, outputCounts, planCounts, rowsToWrite } from '../plan';
import { begin } from './begin';
import { unitOfRun } from './carry-on';
import { endingOf } from './endings';
import { conclude, handle } from './handle';
import type { Observations } from './lease';
import type { JournalEntry, RunPorts } from './ports';
import { metadata } from './reader';
import { readingPlan } from './retention';
import { type Ending, type LoggedScope, type RunRequest, updateFlow } from './scope';
import { acrossOutages } from './stand-still';
import { askPerson, showPreview } from './start';
import type { RunHandle } from './status';
import { stopEnding } from './stops';
import { freeze, startBeat } from './transitions';
import { planUndo } from './undo-plan';
import { writePlans } from './write';

/**
 * 元に戻す: takes back what a finished, failed or cancelled run has written, as a run of its own (run
 * record, lock, preview, commits, resume). The person is always asked, whatever the unit's policy.
 * `request.undoOf` names the run; `entry` is its record.
 */
export function undoRun(
  ports: RunPorts,
  request: RunRequest,
  entry: JournalEntry,
  observations: Observations,
): RunHandle {
  const unit = unitOfRun(request.settings, entry);
  return handle(ports, request, unit, reversedFlows(entry), async (scope) => {
    if (entry.endedAtMs === null)
      return endingOf('failed', failure('undoNotEnded', {}, { unitId: entry.unitId }));
    const begun = await begin(scope, observations);
    if (begun.kind === 'ended') {
      scope.store.update((status) => ({ ...status, holder: begun.holder, journalId: begun.journalId }));
      return begun.ending;
    }
    return conclude(begun.scope, () => takeBack(begun.scope, entry));
  });
}

/** Names for the screen; there are no commands to run. */
const reversedFlows = (entry: JournalEntry): readonly Flow[] =>
  [...entry.flows].reverse().map((flow) => ({ id: flow.flowId, name: flow.name, note: '', commands: [] }));

async function takeBack(scope: LoggedScope, entry: JournalEntry): Promise<Ending> {
  const stopBeat = startBeat(scope);
  let agreed: readonly FlowPlan[] | Ending | 'recheck';
  try {
    do agreed = await planAndAsk(scope, entry);
    while (agreed === 'recheck');
  } finally {
    await stopBeat();
  }
  if ('state' in agreed) return agreed;
  const refused = await freeze(scope, agreed, [], { nowMs: scope.store.getSnapshot().startedAtMs });
  return refused ?? (await writePlans(scope, agreed, 0)) ?? endingOf('done');
}

/** The plan that the person has agreed to. */
async function planAndAsk(
  scope: LoggedScope,
  entry: JournalEntry,
): Promise<readonly FlowPlan[] | Ending | 'recheck'> {
  const { ports, cancel, store } = scope;
  const tools = {
    records: ports.records,
    journal: ports.journal,
    known: metadata(ports.records),
    signal: cancel.signal,
  };
  const planned = await acrossOutages(scope, () =>
    readingPlan(ports.journal, entry, () => planUndo(tools, entry)),
  );
  if (cancel.signal.aborted) return stopEnding(scope);
  if (!planned.ok) return endingOf('failed', planned.error);
  const plans = planned.value;
  for (const plan of plans) {
    updateFlow(store, plan.flowId, (flow) => ({
      ...flow,
      outputs: plan.outputs.map((output) => ({
        commandId: output.commandId,
        app: output.app,
        planned: outputCounts(output),
        written: NO_WRITES,
      })),
    }));
  }
  showPreview(scope, { plans, deferredFlowIds: [] });
  if (rowsToWrite(planCounts(plans)) === 0) return endingOf('noChange');
  return (scope.request.isConfirmed ? null : await askPerson(scope)) ?? plans;
}
