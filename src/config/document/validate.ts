/** Everything wrong with the document, each finding with the place the screen focuses. */
import type { ParameterSpec } from '../../commands/types';
import type { Problem } from '../../definition/errors';
import { validateReferences } from '../../definition/references';
import type { AppRef, ExecutionUnit, Flow, InputField, Settings } from '../../definition/types';
import {
  type CompiledFlow,
  compileFlow,
  firstOfEachName,
  inputParameters,
  inputsOfFlow,
  validateUnits,
} from '../../flow';
import type { KintoneFields } from '../../table/kintone-json';
import { validateSchedules } from '../../trigger/schedule';

export interface Metadata {
  /** null: deleted or not visible; undefined: not known yet. */
  fields(app: AppRef): KintoneFields | null | undefined;
  /** Fields of the calling record and facts of a run. */
  readonly parameters: readonly ParameterSpec[];
}

export interface Checked {
  readonly problems: readonly Problem[];
  readonly flows: ReadonlyMap<string, CheckedFlow>;
}

export interface CheckedFlow extends CompiledFlow {
  /** Those of the metadata, and the input fields of the units that run the flow. */
  readonly parameters: readonly ParameterSpec[];
}

interface Remembered {
  readonly inputs: readonly (readonly InputField[])[];
  readonly checked: CheckedFlow;
}

/** Remembers compiled flows by identity: an edit replaces only the flow it touches. One per `Metadata`. */
export type CompileMemory = WeakMap<Flow, Remembered>;

export function check(
  settings: Settings,
  metadata: Metadata,
  memory: CompileMemory = new WeakMap(),
): Checked {
  const flows = new Map<string, CheckedFlow>();
  for (const flow of settings.flows) {
    const inputs = inputsOfFlow(settings, flow.id);
    const known = memory.get(flow);
    const isCurrent =
      known?.inputs.length === inputs.length && known.inputs.every((list, index) => list === inputs[index]);
    const checked = isCurrent ? known.checked : compile(flow, metadata, inputs);
    memory.set(flow, { inputs, checked });
    flows.set(flow.id, checked);
  }
  const inside = [...flows.values()].flatMap((compiled) => compiled.problems);
  return {
    flows,
    problems: [
      ...validateReferences(settings),
      ...validateSchedules(settings),
      ...validateUnits(settings, metadata.parameters),
      ...inside,
    ],
  };
}

function compile(flow: Flow, metadata: Metadata, inputs: readonly (readonly InputField[])[]): CheckedFlow {
  const parameters =
    inputs.length === 0
      ? metadata.parameters
      : [...inputParameters(firstOfEachName(inputs)), ...metadata.parameters];
  const compiled = compileFlow(flow, { fields: metadata.fields, parameters, place: { flowId: flow.id } });
  return { ...compiled, parameters };
}

/** Problems of the unit itself and of the flows it lists. */
export function problemsOfUnit(problems: readonly Problem[], unit: ExecutionUnit): readonly Problem[] {
  return problems.filter(
    ({ place }) =>
      place.unitId === unit.id ||
      (place.unitId === undefined && place.flowId !== undefined && unit.flowIds.includes(place.flowId)),
  );
}

export function problemsOfFlow(problems: readonly Problem[], flowId: string): readonly Problem[] {
  return problems.filter(({ place }) => place.flowId === flowId);
}

export function errorsIn(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((found) => found.severity === 'error');
}

/** Enabled units that would fail at once; they can be saved only switched off. */
export function brokenEnabledUnits(
  settings: Settings,
  problems: readonly Problem[],
): readonly ExecutionUnit[] {
  const noLogApp = settings.logApp === null;
  return settings.units.filter(
    (unit) => unit.enabled && (noLogApp || errorsIn(problemsOfUnit(problems, unit)).length > 0),
  );
}
