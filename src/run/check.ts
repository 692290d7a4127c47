import type { ParameterSpec, RunContext } from '../commands/types';
import { type Failure, FailureError, failure } from '../definition/errors';
import type { AppRef, ExecutionUnit, Flow } from '../definition/types';
import {
  type CommandAhead,
  type CompiledFlow,
  callingParameters,
  compileFlow,
  executeFlow,
  type FlowApps,
  type FlowResult,
  flowApps,
  type InputForm,
  parametersOf,
  readInput,
} from '../flow';
import {
  type FlowPlan,
  NO_WRITES,
  type OutputPlan,
  outputCounts,
  overlayOf,
  type PlannedStart,
  planCounts,
  rowsToWrite,
} from '../plan';
import type { Cell, KintoneFields } from '../table';
import { childPressId } from './child-press';
import { planFor } from './outputs';
import { pacedRest } from './pace';
import { type Metadata, metadata, reader } from './reader';
import { rememberingRemote } from './remote';
import { type RunRequest, type RunScope, updateFlow } from './scope';
import type { OutputStatus } from './status';

/** The frozen plan of the unit and what could not be planned yet. */
export interface CheckResult {
  readonly plans: readonly FlowPlan[];
  /** Flows whose numbers are an estimate; they are planned anew once the flows before them are written. */
  readonly deferredFlowIds: readonly string[];
}

export type CheckOutcome =
  | { readonly kind: 'planned'; readonly result: CheckResult }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly flowId: string };

/** Facts a plan is computed from; the same at resume. */
export interface PlanFacts {
  readonly known: Metadata;
  readonly parameters: readonly ParameterSpec[];
  readonly parameter: RunContext['parameter'];
  readonly fetchText: RunContext['fetchText'];
  readonly nowMs: number;
  /** See `FlowRunContext`; absent: nothing happens between commands. */
  readonly beforeCommand?: (ahead: CommandAhead) => Promise<void>;
}

/** What compile and run know of the calling record and the run, fixed at the start. */
export function planFacts(scope: RunScope, startedAtMs: number): PlanFacts {
  const { calling, user, timeZone } = scope.request;
  const fields = calling.fields ?? {};
  return {
    known: metadata(scope.ports.records),
    parameters: parametersOf(fields, scope.unit.input),
    parameter: callingParameters(
      calling.record,
      fields,
      {
        user,
        startedAtMs,
        timeZone,
        unitId: scope.unit.id,
        unitName: scope.unit.name,
        recordId: calling.recordId,
        appId: calling.appId,
      },
      { fields: scope.unit.input, cells: inputCells(scope) },
    ),
    fetchText: rememberingRemote(scope.ports.remote, scope.cancel.signal),
    nowMs: startedAtMs,
  };
}

/** Throws the failures of `readInput`; starts have been refused for them before (`unusableUnit`). */
function inputCells({ request, unit }: RunScope): ReadonlyMap<string, Cell> {
  const cells = readInput(inputForm(request, unit), request.input, request.timeZone);
  if (cells.ok) return cells.value;
  throw new FailureError({ ...cells.error, place: { unitId: unit.id, ...cells.error.place } });
}

/** What may be given to a start: without a record, values in place of its fields too. */
export const inputForm = (
  { calling }: Pick<RunRequest, 'calling'>,
  unit: Pick<ExecutionUnit, 'input'>,
): InputForm => ({
  fields: unit.input,
  recordFields: calling.record === null ? parametersOf(calling.fields ?? {}) : [],
});

/**
 * Plans every flow of the unit without writing: flows run in order, each sees the writes planned for
 * the flows before it (overlay). The first flow that fails ends the check. Live numbers go to the store.
 */
export async function checkUnit(
  scope: RunScope,
  facts: PlanFacts,
  flows: readonly Flow[],
): Promise<CheckOutcome> {
  const plans: FlowPlan[] = [];
  const deferredFlowIds: string[] = [];
  for (const flow of flows) {
    const earlier = plans.flatMap((plan) => plan.outputs);
    try {
      const compiled = await compileForRun(scope, facts, flow);
      const isDeferred = deferredFlowIds.length > 0 || writesIntoPlanned(compiled, earlier);
      const planned = await planFlow(scope, facts, compiled, earlier, isDeferred);
      if (planned.isEstimate) deferredFlowIds.push(flow.id);
      plans.push(planned.plan);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return { kind: 'failed', failure: withFlow(error.failure, scope, flow), flowId: flow.id };
    }
  }
  return { kind: 'planned', result: { plans, deferredFlowIds } };
}

/** An app that an earlier flow writes gets new revisions and ids by those writes; only kintone knows them. */
function writesIntoPlanned(compiled: CompiledFlow, earlier: readonly OutputPlan[]): boolean {
  const touched = new Set(
    earlier.filter((plan) => rowsToWrite(outputCounts(plan)) > 0).map((plan) => plan.app.appId),
  );
  return compiled.apps.writes.some((app) => touched.has(app.appId));
}

async function planFlow(
  scope: RunScope,
  facts: PlanFacts,
  compiled: CompiledFlow,
  earlier: readonly OutputPlan[],
  isDeferred: boolean,
): Promise<{ readonly plan: FlowPlan; readonly isEstimate: boolean }> {
  try {
    const plan = await runFlow(scope, facts, compiled, earlier);
    return { plan, isEstimate: isDeferred };
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== 'needsCommit') throw error;
    // Counted as kintone holds the data now: the preview says that these numbers are an estimate.
    return { plan: await runFlow(scope, facts, compiled, []), isEstimate: true };
  }
}

/** Reads, computes and compares one flow; shows progress in the store. */
export async function runFlow(
  scope: RunScope,
  facts: PlanFacts,
  compiled: CompiledFlow,
  earlier: readonly OutputPlan[],
): Promise<FlowPlan> {
  const { ports, store, cancel } = scope;
  const flowId = compiled.flow.id;
  const overlay = overlayOf(earlier);
  const fields = await fieldsOf(facts.known, compiled.apps);
  const rest = pacedRest(ports.clock, cancel.signal);
  const result = await executeFlow(compiled, {
    read: reader(ports.records, facts.known, overlay, cancel.signal),
    fetchText: facts.fetchText,
    parameter: facts.parameter,
    parameters: facts.parameters,
    nowMs: facts.nowMs,
    timeZone: scope.request.timeZone,
    signal: cancel.signal,
    place: { unitId: scope.unit.id },
    fields: (app) => fields.get(app.appId) ?? {},
    onStep: (commandId, state, rowsIn, rowsOut, reports) =>
      updateFlow(store, flowId, (flow) => ({
        ...flow,
        commands: flow.commands.map((command) =>
          command.commandId === commandId ? { ...command, state, rowsIn, rowsOut, reports } : command,
        ),
      })),
    ...(facts.beforeCommand === undefined ? {} : { beforeCommand: facts.beforeCommand }),
    yieldNow: rest,
  });
  const planner = { records: ports.records, known: facts.known, signal: cancel.signal, rest };
  const outputs: OutputPlan[] = [];
  for (const output of result.outputs) {
    outputs.push(await planFor(planner, output, outputs, earlier));
    store.update((status) => ({ ...status, requestCount: ports.requestCount() }));
  }
  updateFlow(store, flowId, (flow) => ({
    ...flow,
    // Also forgets the stop of an earlier look at a flow that is planned anew.
    failure: result.stopped,
    outputs: outputs.map(
      (plan): OutputStatus => ({
        commandId: plan.commandId,
        app: plan.app,
        planned: outputCounts(plan),
        written: NO_WRITES,
      }),
    ),
  }));
  const [value] = result.values;
  scope.value.note(compiled.flow, value);
  const starts = await plannedStarts(scope, flowId, outputs, result.starts);
  return {
    flowId,
    outputs,
    ...(starts.length === 0 ? {} : { starts }),
    ...(value === undefined ? {} : { value }),
    ...(result.stopped === null ? {} : { stopped: result.stopped }),
  };
}

async function plannedStarts(
  { request, store }: RunScope,
  flowId: string,
  outputs: readonly OutputPlan[],
  starts: FlowResult['starts'],
): Promise<readonly PlannedStart[]> {
  const isChanged = rowsToWrite(planCounts([{ flowId, outputs }])) > 0;
  const due = starts.filter((start) => isChanged || !start.onlyIfChanged);
  const { runId } = store.getSnapshot();
  return Promise.all(
    due.map(async ({ commandId, unitId, wait }) => ({
      commandId,
      unitId,
      unitName: request.settings.units.find((unit) => unit.id === unitId)?.name ?? unitId,
      pressId: await childPressId(runId, flowId, commandId),
      wait,
    })),
  );
}

/** Compiles against live form fields; the first error of the settings is the failure. */
export async function compileForRun(scope: RunScope, facts: PlanFacts, flow: Flow): Promise<CompiledFlow> {
  const fields = await fieldsOf(facts.known, flowApps(flow));
  const place = { unitId: scope.unit.id, flowId: flow.id };
  const compiled = compileFlow(flow, {
    fields: (app: AppRef) => fields.get(app.appId) ?? null,
    parameters: facts.parameters,
    place,
  });
  const error = compiled.problems.find((problem) => problem.severity === 'error');
  if (error !== undefined) {
    throw new FailureError(failure(error.code, error.params, { ...place, ...error.place }));
  }
  return compiled;
}

async function fieldsOf(known: Metadata, apps: FlowApps): Promise<ReadonlyMap<string, KintoneFields>> {
  const entries: [string, KintoneFields][] = [];
  for (const app of [...apps.reads, ...apps.writes]) entries.push([app.appId, await known.fields(app)]);
  return new Map(entries);
}

const withFlow = (value: Failure, scope: RunScope, flow: Flow): Failure => ({
  ...value,
  place: { unitId: scope.unit.id, flowId: flow.id, ...value.place },
});
