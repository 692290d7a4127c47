/** What can be wrong between the parts of a document whose every part is well formed. */
import type { Place, Problem } from './errors';
import { problem } from './errors';
import type { Settings } from './types';
import { unitProblems } from './unit-problems';
import { circularStarts } from './unit-starts';

/**
 * Checks ids and references. Codes:
 * errors `unitIdDuplicate`, `flowIdDuplicate`, `unitFlowUnknown {flowId}`, `unitFlowRepeated {name}`,
 * `unitWithoutFlows`; `logAppNotChosen` when an enabled unit has nowhere to log; warnings
 * `unitNameDuplicate {name}`, `flowNameDuplicate {name}`; info `flowUnused {name}`; and those of `unitProblems`.
 * Schedules are judged by `src/trigger/schedule.ts`.
 * For commands that start units see `startProblems`.
 * What is wrong inside a flow (its commands and how they feed each other) is the business of `src/flow`.
 */
export function validateReferences(settings: Settings): readonly Problem[] {
  return [
    ...problemsOfUnits(settings),
    ...flowProblems(settings),
    ...startProblems(settings),
    ...logAppProblems(settings),
  ];
}

function problemsOfUnits(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const flows = new Map(settings.flows.map((flow) => [flow.id, flow]));
  const repeatedIds = repeated(settings.units.map((unit) => unit.id));
  const repeatedNames = repeated(settings.units.map((unit) => unit.name));
  for (const unit of settings.units) {
    const at = (field: string): Place => ({ unitId: unit.id, field });
    if (repeatedIds.has(unit.id)) problems.push(problem('error', 'unitIdDuplicate', {}, at('id')));
    if (repeatedNames.has(unit.name)) {
      problems.push(problem('warning', 'unitNameDuplicate', { name: unit.name }, at('name')));
    }
    // What a remote service runs is registered there.
    if (unit.flowIds.length === 0 && unit.executor.kind !== 'remote') {
      problems.push(problem('error', 'unitWithoutFlows', {}, at('flowIds')));
    }
    const seen = new Set<string>();
    unit.flowIds.forEach((flowId, index) => {
      const flow = flows.get(flowId);
      const place = at(`flowIds.${index}`);
      if (flow === undefined) problems.push(problem('error', 'unitFlowUnknown', { flowId }, place));
      else if (seen.has(flowId)) {
        problems.push(problem('error', 'unitFlowRepeated', { name: flow.name }, place));
      }
      seen.add(flowId);
    });
    problems.push(...unitProblems(unit, flows, at));
  }
  return problems;
}

function flowProblems(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const repeatedIds = repeated(settings.flows.map((flow) => flow.id));
  const repeatedNames = repeated(settings.flows.map((flow) => flow.name));
  const used = new Set(settings.units.flatMap((unit) => unit.flowIds));
  for (const flow of settings.flows) {
    const at = (field: string): Place => ({ flowId: flow.id, field });
    if (repeatedIds.has(flow.id)) problems.push(problem('error', 'flowIdDuplicate', {}, at('id')));
    if (repeatedNames.has(flow.name)) {
      problems.push(problem('warning', 'flowNameDuplicate', { name: flow.name }, at('name')));
    }
    if (!used.has(flow.id)) problems.push(problem('info', 'flowUnused', { name: flow.name }, at('name')));
  }
  return problems;
}

/** `startUnit` commands: `startedUnitUnknown {unitId}`, `startedUnitCircular {name}`; warning `startedUnitDisabled {name}`. */
function startProblems(settings: Settings): Problem[] {
  const units = new Map(settings.units.map((unit) => [unit.id, unit]));
  const circular = new Set(circularStarts(settings).map(({ flowId, commandId }) => `${flowId} ${commandId}`));
  return settings.flows.flatMap((flow) =>
    flow.commands.flatMap((command) => {
      const unitId = command.type === 'startUnit' ? command.settings['unitId'] : '';
      if (typeof unitId !== 'string' || unitId === '') return [];
      const place = { flowId: flow.id, commandId: command.id, field: 'unitId' };
      const unit = units.get(unitId);
      if (unit === undefined) return [problem('error', 'startedUnitUnknown', { unitId }, place)];
      const { name } = unit;
      if (circular.has(`${flow.id} ${command.id}`))
        return [problem('error', 'startedUnitCircular', { name }, place)];
      return unit.enabled ? [] : [problem('warning', 'startedUnitDisabled', { name }, place)];
    }),
  );
}

function logAppProblems(settings: Settings): Problem[] {
  const waiting = settings.logApp === null && settings.units.some((unit) => unit.enabled);
  return waiting ? [problem('error', 'logAppNotChosen', {}, { field: 'logApp' })] : [];
}

function repeated(values: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return twice;
}
