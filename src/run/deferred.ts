import { FailureError, failure } from '../definition/errors';
import { type FlowPlan, planCounts, rowsToWrite } from '../plan';
import { compileForRun, type PlanFacts, runFlow } from './check';
import { endingOf } from './endings';
import { hasStarts } from './planned-starts';
import { type Ending, type LoggedScope, updateFlow } from './scope';
import { acrossOutages } from './stand-still';
import { stopEnding } from './stops';
import { withinTest } from './test-mode';
import { freeze, startBeat } from './transitions';
import { writePlans } from './write';

/** In a test, what the flows before have left of the rows that may be written. */
function withinRest({ unit, store }: LoggedScope, whole: FlowPlan): FlowPlan {
  const rowsLeft = unit.test.rowLimit - store.getSnapshot().progress.rowsWritten;
  const { plans, cut } = withinTest(unit, [whole], rowsLeft);
  if (cut > 0) {
    store.update((status) => ({
      ...status,
      test: status.test === null ? null : { ...status.test, cut: status.test.cut + cut },
    }));
  }
  return plans[0] ?? whole;
}

/** Plans and writes flows that had to wait for earlier writes, one after the other. */
export async function writeDeferred(
  scope: LoggedScope,
  facts: PlanFacts,
  flowIds: readonly string[],
): Promise<Ending> {
  for (const flowId of flowIds) {
    const flow = scope.flows.find((candidate) => candidate.id === flowId);
    if (flow === undefined)
      return endingOf('failed', failure('definitionChanged', {}, { unitId: scope.unit.id, flowId }));
    const stopBeat = startBeat(scope);
    let plan: FlowPlan;
    try {
      const whole = await acrossOutages(scope, async () =>
        runFlow(scope, facts, await compileForRun(scope, facts, flow), []),
      );
      plan = withinRest(scope, whole);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      if (scope.cancel.signal.aborted) return stopEnding(scope);
      const place = { unitId: scope.unit.id, flowId, ...error.failure.place };
      const value = { ...error.failure, place };
      updateFlow(scope.store, flowId, (status) => ({ ...status, state: 'Failure', failure: value }));
      return endingOf('failed', value);
    } finally {
      await stopBeat();
    }
    const remaining = flowIds.slice(flowIds.indexOf(flowId) + 1);
    // A start must be frozen too: whoever goes on takes its press from the plan.
    if (rowsToWrite(planCounts([plan])) > 0 || hasStarts([plan])) {
      const refused = await freeze(scope, [plan], remaining, facts);
      if (refused !== null) return refused;
    }
    const ending = await writePlans(scope, [plan], 0);
    if (ending !== null) return ending;
  }
  return endingOf('done');
}
