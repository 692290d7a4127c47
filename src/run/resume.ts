import { failure } from '../definition/errors';
import { NO_WRITES, outputCounts } from '../plan';
import { unitOfRun } from './carry-on';
import { planFacts } from './check';
import { loadDeviations } from './conflicts';
import { writeDeferred } from './deferred';
import { endingOf } from './endings';
import { conclude, handle } from './handle';
import type { Observations } from './lease';
import type { PlanFile } from './plan-file';
import { loadPlan, planParts } from './plan-parts';
import type { JournalEntry, RunPorts } from './ports';
import { type Ending, isDoneEarlier, type LoggedScope, type RunRequest, showInput } from './scope';
import { acrossOutages } from './stand-still';
import type { RunHandle } from './status';
import { takeOver } from './take-over';
import { writePlans } from './write';

export interface ResumeOptions {
  /**
   * A stop that was asked for stays asked for: nobody has decided that the run shall go on, it goes on by itself (a
   * server after a crash). The caller then cancels the handle.
   */
  readonly keepsStop: boolean;
}

/**
 * 続きから: takes an interrupted run over and writes the rest of its own plan, with identical values,
 * into its own run record. `request` says who does it (a new owner); its press id is not used to
 * make a record. Refused when the owner still lives, the plan is damaged, or the run has ended.
 */
export function resumeRun(
  ports: RunPorts,
  request: RunRequest,
  entry: JournalEntry,
  observations: Observations,
  { keepsStop }: ResumeOptions = { keepsStop: false },
): RunHandle {
  const unit = unitOfRun(request.settings, entry);
  const flows = (unit?.flowIds ?? []).flatMap(
    (id) => request.settings.flows.find((flow) => flow.id === id) ?? [],
  );
  return handle(ports, { ...request, undoOf: entry.undoOf || null }, unit, flows, async (scope) => {
    const taken = await takeOver(scope, entry, observations, {
      state: 'Running',
      reason: 'writing',
      // Whoever goes on wants it to go on: an older request to stop or to stand still is answered by that.
      ...(keepsStop ? {} : { cancelRequestedBy: '' }),
      pauseRequestedBy: '',
    });
    if ('state' in taken) return taken;
    showEntry(taken.scope, taken.entry);
    return conclude(taken.scope, () => goOn(taken.scope, taken.entry));
  });
}

/** The screen shows the run that goes on, not a new one. */
function showEntry(scope: LoggedScope, entry: JournalEntry): void {
  scope.store.update((status) => ({
    ...status,
    runId: entry.runId,
    journalId: entry.journalId,
    state: 'Running',
    reason: 'writing',
    startedAtMs: entry.startedAtMs,
    progress: { rowsWritten: 0, rowsPlanned: entry.rowsPlanned },
    counts: entry.counts,
  }));
  showFlows(scope, entry);
}

/** The flows as the record of the earlier work has them. */
export function showFlows(scope: LoggedScope, entry: JournalEntry): void {
  scope.store.update((status) => ({
    ...status,
    flows: status.flows.map((flow) => {
      const logged = entry.flows.find((candidate) => candidate.flowId === flow.flowId);
      return logged === undefined
        ? flow
        : {
            ...flow,
            key: logged.key,
            state: logged.state,
            startedAtMs: logged.startedAtMs,
            endedAtMs: logged.endedAtMs,
            logged: { rowsRead: logged.rowsRead, counts: logged.counts },
            ...(isDoneEarlier(entry, logged) ? { isDoneEarlier: true as const } : {}),
          };
    }),
  }));
}

/** Writes the rest of the plan that `entry` holds, then the flows that were to be planned after it. */
export async function goOn(scope: LoggedScope, entry: JournalEntry): Promise<Ending> {
  const { ports, unit } = scope;
  const part = planParts(entry.planFiles, entry.planHash).at(-1);
  if (part === undefined) return endingOf('failed', failure('planDamaged', {}, { unitId: unit.id }));
  const decoded = await acrossOutages(scope, () => loadPlan(ports.journal, part));
  if (!decoded.ok) return endingOf('failed', { ...decoded.error, place: { unitId: unit.id } });
  const plan = decoded.value;
  const known = await acrossOutages(scope, () => loadDeviations(ports.journal, entry.planFiles));
  if (!known.ok) return endingOf('failed', { ...known.error, place: { unitId: unit.id } });
  scope.conflicts.add(known.value);
  scope.value.load(entry.outputValue);
  showPlan(scope, plan);
  showInput(scope, entry);
  const request = { ...scope.request, calling: plan.calling, timeZone: plan.timeZone, input: entry.input };
  const resumed = { ...scope, request };
  const ending = await writePlans(
    resumed,
    plan.plans,
    entry.cursor - plan.firstRow,
    plan.deferredFlowIds.length > 0,
  );
  if (ending !== null) return ending;
  if (plan.deferredFlowIds.length === 0) return endingOf('done');
  if (entry.definitionHash !== scope.request.definitionHash) {
    return endingOf(
      'failed',
      failure('definitionChanged', {}, { unitId: unit.id, flowId: plan.deferredFlowIds[0] ?? '' }),
    );
  }
  return writeDeferred(resumed, planFacts(resumed, plan.startedAtMs), plan.deferredFlowIds);
}

function showPlan(scope: LoggedScope, plan: PlanFile): void {
  scope.store.update((status) => ({
    ...status,
    progress: { rowsWritten: plan.firstRow, rowsPlanned: status.progress.rowsPlanned },
    flows: status.flows.map((flow) => {
      const own = plan.plans.find((candidate) => candidate.flowId === flow.flowId);
      return own === undefined
        ? flow
        : {
            ...flow,
            failure: own.stopped ?? null,
            conflicts: scope.conflicts.reports(flow.flowId),
            outputs: own.outputs.map((output) => ({
              commandId: output.commandId,
              app: output.app,
              planned: outputCounts(output),
              written: NO_WRITES,
            })),
          };
    }),
  }));
}
