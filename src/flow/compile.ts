/** From a flow's settings to steps with known columns, or the list of what is wrong. */
import { commandSpec, decodeCommandSettings } from '../commands/index';
import type { CommandSpec, InferContext } from '../commands/types';
import type { Place, Problem } from '../definition/errors';
import { problem } from '../definition/errors';
import type { AppRef, Command, Flow } from '../definition/types';
import type { ColumnSpec } from '../table/types';
import type { Node } from './graph';
import { inputProblems, shapeProblems } from './graph';

export interface CompiledStep {
  readonly command: Command;
  readonly spec: CommandSpec;
  /** Decoded by `spec.settings`. */
  readonly settings: unknown;
  readonly inputColumns: readonly (readonly ColumnSpec[])[];
  readonly columns: readonly ColumnSpec[];
  /** False while the columns are not known (app not loaded, settings with errors, or an input like that). */
  readonly known: boolean;
}

export interface CompiledFlow {
  readonly flow: Flow;
  /** One per command whose type and settings could be read, in the order of the flow. */
  readonly steps: readonly CompiledStep[];
  readonly problems: readonly Problem[];
  readonly apps: FlowApps;
}

export interface FlowApps {
  readonly reads: readonly AppRef[];
  readonly writes: readonly AppRef[];
}

/** `context.place` is the place of the flow; commands and settings paths are added to it. */
export type FlowContext = InferContext;

/**
 * Infers every command's columns in order. A command whose input columns are not known is not examined,
 * so one mistake is reported once, where it is. A flow may run when no problem is an error.
 * Problems: those of the graph (`graph.ts`) and of the commands; `commandUnknown {type}`; the codes of
 * `decodeCommandSettings`.
 */
export function compileFlow(flow: Flow, context: FlowContext): CompiledFlow {
  const flowPlace: Place = { ...context.place, flowId: flow.id };
  const problems: Problem[] = [];
  const steps: CompiledStep[] = [];
  const stepOf = new Map<string, CompiledStep>();
  const nodes: Node[] = [];
  flow.commands.forEach((command, index) => {
    const place = { ...flowPlace, commandId: command.id };
    const spec = commandSpec(command.type);
    if (spec) {
      nodes.push({ command, spec });
      problems.push(...inputProblems(command, index, spec, flow, place));
    }
    const decoded = decodeCommandSettings(command);
    if (!decoded.ok) {
      const { code, params, place: where } = decoded.error;
      problems.push(problem('error', code, params, { ...place, ...where }));
      return;
    }
    const step = inferStep(command, decoded.value, stepOf, { ...context, place });
    problems.push(...step.problems);
    steps.push(step.step);
    if (!stepOf.has(command.id)) stepOf.set(command.id, step.step);
  });
  // An unreadable command leaves holes in the graph, and complaints about holes would only distract.
  if (nodes.length === flow.commands.length) problems.push(...shapeProblems(flow, nodes, flowPlace));
  return { flow, steps, problems, apps: appsOfSteps(steps) };
}

/** Only the problems of `compileFlow`. */
export function validateFlow(flow: Flow, context: FlowContext): readonly Problem[] {
  return compileFlow(flow, context).problems;
}

/** The apps a flow reads and writes, each once; commands that cannot be read are skipped. */
export function flowApps(flow: Flow): FlowApps {
  return appsOfSteps(
    flow.commands.flatMap((command) => {
      const decoded = decodeCommandSettings(command);
      return decoded.ok ? [decoded.value] : [];
    }),
  );
}

interface Decoded {
  readonly spec: CommandSpec;
  readonly settings: unknown;
}

function inferStep(
  command: Command,
  { spec, settings }: Decoded,
  before: ReadonlyMap<string, CompiledStep>,
  context: InferContext,
): { readonly step: CompiledStep; readonly problems: readonly Problem[] } {
  const inputs = command.inputs.map((id) => before.get(id));
  const complete = inputs.length === spec.inputCount && inputs.every((input) => input?.known);
  const inputColumns = inputs.map((input) => input?.columns ?? []);
  if (!complete) {
    return { step: { command, spec, settings, inputColumns, columns: [], known: false }, problems: [] };
  }
  const { columns, problems } = spec.columns(inputColumns, settings, context);
  const unresolved = columns.length === 0 && problems.length > 0;
  return { step: { command, spec, settings, inputColumns, columns, known: !unresolved }, problems };
}

function appsOfSteps(steps: readonly Decoded[]): FlowApps {
  const reads = new Map<string, AppRef>();
  const writes = new Map<string, AppRef>();
  for (const { spec, settings } of steps) {
    for (const app of spec.apps(settings)) {
      (spec.group === 'output' ? writes : reads).set(`${app.guestSpaceId ?? ''}/${app.appId}`, app);
    }
  }
  return { reads: [...reads.values()], writes: [...writes.values()] };
}
