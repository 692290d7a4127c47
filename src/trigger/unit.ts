import type { ExecutionUnit, Settings } from '../definition/types';
import { compileFlow } from '../flow';
import type { PluginSite, TriggerUnit } from './types';

/** What the protocol asks about a unit of these settings; null when there is no such unit. */
export function triggerUnit(settings: Settings, unitId: string, site: PluginSite): TriggerUnit | null {
  const unit = settings.units.find((candidate) => candidate.id === unitId);
  if (unit === undefined) return null;
  return {
    id: unit.id,
    name: unit.name,
    isEnabled: unit.enabled,
    hasValidFlows: hasValidFlows(settings, unit),
    isApiAllowed: unit.api,
    rateLimitPerMinute: unit.rateLimitPerMinute,
    inputs: unit.input,
    site,
  };
}

/**
 * Looks at shapes only: whether apps and fields still exist is found by the run itself, which says so with
 * the place (error 33), where the protocol could only say "invalid".
 */
function hasValidFlows(settings: Settings, unit: ExecutionUnit): boolean {
  // Its flows are the other service's.
  if (unit.executor.kind === 'remote') return settings.logApp !== null;
  if (unit.flowIds.length === 0 || settings.logApp === null) return false;
  return unit.flowIds.every((id) => {
    const flow = settings.flows.find((candidate) => candidate.id === id);
    if (flow === undefined) return false;
    const { steps, problems } = compileFlow(flow, { fields: () => undefined, parameters: [], place: {} });
    return (
      steps.length === flow.commands.length &&
      !problems.some(({ severity, place }) => severity === 'error' && place.commandId === undefined)
    );
  });
}
