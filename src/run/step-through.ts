import { type PlanFacts, planFacts } from './check';
import type { LoggedScope } from './scope';
import { standStill } from './stand-still';
import { stopWith } from './stops';
import { sampleOf } from './table-sample';

/**
 * `planFacts` of a run that stops at its breakpoints. A stop that does not end well (somebody stops the run, or takes
 * it over) aborts `scope.cancel`, so that the computing ends there; `stopEnding` then tells how the run ends.
 */
export function steppedFacts(scope: LoggedScope, startedAtMs: number): PlanFacts {
  return {
    ...planFacts(scope, startedAtMs),
    async beforeCommand({ flowId, command, inputs }) {
      if (!scope.breakpoints.stopsAt({ flowId, commandId: command.id })) return;
      const ending = await standStill(scope, {
        flowId,
        commandId: command.id,
        inputs: inputs.map((table, index) => ({ from: command.inputs[index] ?? '', ...sampleOf(table) })),
      });
      if (ending !== null) stopWith(scope, ending);
    },
  };
}
