/** What can be wrong between a unit, the flows it runs, and the calling app's fields. */
import type { ParameterSpec } from '../commands/types';
import { type Problem, problem } from '../definition/errors';
import type { ExecutionUnit, Flow, InputField, Settings } from '../definition/types';
import { flowApps } from './compile';
import { inputParameters } from './parameters';
import { requiredParameters } from './required-parameters';

/**
 * The input fields that a flow may use: those of every unit that runs it, the first of each name. Answers the
 * units' own lists, so that a caller can tell by identity whether something changed.
 */
export function inputsOfFlow(settings: Settings, flowId: string): readonly (readonly InputField[])[] {
  return settings.units.flatMap((unit) =>
    unit.flowIds.includes(flowId) && unit.input.length > 0 ? [unit.input] : [],
  );
}

export function firstOfEachName(inputs: readonly (readonly InputField[])[]): readonly InputField[] {
  const byName = new Map<string, InputField>();
  for (const field of inputs.flat()) if (!byName.has(field.name)) byName.set(field.name, field);
  return [...byName.values()];
}

/**
 * Codes: errors `inputNameIsField {name}`, `inputTypeDiffers {name, flow, other}`, `unitInputUnknown {name, flow}`,
 * `testAppIsOutput {app}`; warnings `testAppUnused {app}`, `testAppMissing {app}`.
 * @param fields what formulas know of the calling app.
 */
export function validateUnits(settings: Settings, fields: readonly ParameterSpec[]): readonly Problem[] {
  const names = new Set(fields.map(({ name }) => name).filter((name) => !name.startsWith('$')));
  return settings.units.flatMap((unit) => {
    const flows = unit.flowIds.flatMap((id) => settings.flows.find((flow) => flow.id === id) ?? []);
    return [
      ...unit.input.flatMap(({ name }, index) =>
        names.has(name) ? [problem('error', 'inputNameIsField', { name }, inputPlace(unit, index))] : [],
      ),
      ...flows.flatMap((flow) => sharedInputProblems(settings, unit, flow, names)),
      ...testAppProblems(unit, flows),
    ];
  });
}

const inputPlace = (unit: ExecutionUnit, index: number) => ({
  unitId: unit.id,
  field: `input.${index}.name`,
});

/** A flow that several units run must find the same input in each of them. */
function sharedInputProblems(
  settings: Settings,
  unit: ExecutionUnit,
  flow: Flow,
  fields: ReadonlySet<string>,
): readonly Problem[] {
  const others = settings.units.filter(
    (other) => other.id !== unit.id && other.flowIds.includes(flow.id) && other.input.length > 0,
  );
  if (others.length === 0) return [];
  const differing = unit.input.flatMap(({ name, type }, index) => {
    const other = others.find(({ input }) => input.some((one) => one.name === name && one.type !== type));
    if (other === undefined) return [];
    const params = { name, flow: flow.name, other: other.name };
    return [problem('error', 'inputTypeDiffers', params, inputPlace(unit, index))];
  });
  const own = new Set(unit.input.map(({ name }) => name));
  const theirs = firstOfEachName(others.map(({ input }) => input)).filter(
    ({ name }) => !own.has(name) && !fields.has(name),
  );
  const used = requiredParameters({ flowIds: [flow.id] }, [flow], inputParameters(theirs));
  const missing = used.map(({ spec }) =>
    problem(
      'error',
      'unitInputUnknown',
      { name: spec.name, flow: flow.name },
      {
        unitId: unit.id,
        field: 'input',
      },
    ),
  );
  return [...differing, ...missing];
}

function testAppProblems(unit: ExecutionUnit, flows: readonly Flow[]): readonly Problem[] {
  const outputs = new Set(flows.flatMap((flow) => flowApps(flow).writes.map(({ appId }) => appId)));
  const at = (field: string) => ({ unitId: unit.id, field });
  const mapped = unit.test.apps.flatMap(({ from, to }, index) => [
    ...(outputs.has(to.appId) && from.appId !== to.appId
      ? [problem('error', 'testAppIsOutput', { app: to.appId }, at(`test.apps.${index}`))]
      : []),
    ...(outputs.has(from.appId)
      ? []
      : [problem('warning', 'testAppUnused', { app: from.appId }, at(`test.apps.${index}`))]),
  ]);
  if (unit.mode !== 'test' || unit.test.rowLimit === 0) return mapped;
  const known = new Set(unit.test.apps.map(({ from }) => from.appId));
  const missing = [...outputs]
    .filter((app) => !known.has(app))
    .map((app) => problem('warning', 'testAppMissing', { app }, at('test.apps')));
  return [...mapped, ...missing];
}
