/** What a plan says about units that its flows are to start. */
import { type Failure, failure } from '../definition/errors';
import { circularStarts } from '../definition/unit-starts';
import type { FlowPlan } from '../plan';
import type { RunScope } from './scope';

export const hasStarts = (plans: readonly FlowPlan[]): boolean =>
  plans.some((plan) => (plan.starts ?? []).length > 0);

/** Why a planned start cannot succeed, before anything is written; null: nothing is known against it. */
export function startProblem({ request, unit }: RunScope, plans: readonly FlowPlan[]): Failure | null {
  const circular = new Set(
    circularStarts(request.settings).map(({ flowId, commandId }) => `${flowId} ${commandId}`),
  );
  for (const plan of plans) {
    for (const start of plan.starts ?? []) {
      const place = { unitId: unit.id, flowId: plan.flowId, commandId: start.commandId };
      const target = request.settings.units.find((candidate) => candidate.id === start.unitId);
      if (target === undefined) return failure('unitMissing', { unitId: start.unitId }, place);
      if (!target.enabled) return failure('startUnitDisabled', { name: target.name }, place);
      if (circular.has(`${plan.flowId} ${start.commandId}`))
        return failure('startUnitLoop', { name: target.name }, place);
    }
  }
  return null;
}
