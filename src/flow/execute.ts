/** Runs the commands of a compiled flow over real rows. The preview and the run call this same code. */
import { FlowStopError } from '../commands/flow-stop';
import type { CommandReport, OutputRows, OutputValue, RunContext, UnitStart } from '../commands/types';
import type { Failure, Place } from '../definition/errors';
import { FailureError, failure } from '../definition/errors';
import type { Command } from '../definition/types';
import { UnexpectedValueError } from '../table/index';
import type { Table } from '../table/types';
import type { CompiledFlow, CompiledStep } from './compile';

export type StepState = 'running' | 'done' | 'failed';

/** A command that is about to run, with its inputs in their order. */
export interface CommandAhead {
  readonly flowId: string;
  readonly command: Command;
  readonly inputs: readonly Table[];
}

/** What commands get from outside, and where progress goes. `place` is the place of the flow's unit. */
export interface FlowRunContext
  extends Pick<
    RunContext,
    'read' | 'fetchText' | 'parameter' | 'parameters' | 'nowMs' | 'timeZone' | 'signal' | 'fields' | 'place'
  > {
  /** Live status of one command; rows are known when it is done. */
  onStep?(
    commandId: string,
    state: StepState,
    rowsIn: number,
    rowsOut: number,
    reports: readonly CommandReport[],
  ): void;
  /** Called before each command; it runs when this has come back, unless `signal` is set by then. */
  beforeCommand?(ahead: CommandAhead): Promise<void>;
  /** Lets the page breathe; called before each command and between the pieces of long ones. */
  yieldNow(): Promise<void>;
}

export interface StepResult {
  readonly commandId: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly reports: readonly CommandReport[];
}

export interface FlowResult {
  /** Empty when the flow was stopped. */
  readonly outputs: readonly OutputRows[];
  /** For whoever started the run: one at most, as `valueTwice` sees to; empty when the flow was stopped. */
  readonly values: readonly OutputValue[];
  /** Units to start once the outputs are written; empty when the flow was stopped. */
  readonly starts: readonly (UnitStart & { readonly commandId: string })[];
  /** The commands that ran. */
  readonly steps: readonly StepResult[];
  /** Why a command (a data check) stopped the flow, with its place; null: the flow went to its end. */
  readonly stopped: Failure | null;
}

/**
 * Runs the commands in order; nothing is written, outputs are handed back. A table is dropped as soon as no
 * later command needs it. A command that stops the flow on purpose (`FlowStopError`) has done its work: the
 * flow ends there without outputs, also without those of commands before it. Throws `FailureError` with the place of the command (and what the command adds to
 * it): the commands' own failures; `flowInvalid {problem}` when the flow has errors; `cancelled` when
 * `signal` is set; `valueUnexpected {field}` when kintone's answer has an unknown form; `commandCrashed {message}` for a mistake in the program.
 */
export async function executeFlow(compiled: CompiledFlow, context: FlowRunContext): Promise<FlowResult> {
  const flowPlace: Place = { ...context.place, flowId: compiled.flow.id };
  const error = compiled.problems.find((entry) => entry.severity === 'error');
  if (error) throw new FailureError(failure('flowInvalid', { problem: error.code }, error.place));
  const tables = new TableStore(compiled.steps);
  const outputs: OutputRows[] = [];
  const values: OutputValue[] = [];
  const starts: FlowResult['starts'][number][] = [];
  const steps: StepResult[] = [];
  for (const step of compiled.steps) {
    const place: Place = { ...flowPlace, commandId: step.command.id };
    await context.yieldNow();
    const inputs = step.command.inputs.map((id) => tables.take(id));
    await context.beforeCommand?.({ flowId: compiled.flow.id, command: step.command, inputs });
    stopIfAborted(context.signal, place);
    const { stopped, ...result } = await runStep(step, inputs, place, {
      context,
      tables,
      outputs,
      values,
      starts,
    });
    steps.push(result);
    if (stopped !== null) return { outputs: [], values: [], starts: [], steps, stopped };
  }
  return { outputs, values, starts, steps, stopped: null };
}

interface Surroundings {
  readonly context: FlowRunContext;
  readonly tables: TableStore;
  readonly outputs: OutputRows[];
  readonly values: OutputValue[];
  readonly starts: FlowResult['starts'][number][];
}

async function runStep(
  step: CompiledStep,
  inputs: readonly Table[],
  place: Place,
  { context, tables, outputs, values, starts }: Surroundings,
): Promise<StepResult & { readonly stopped: Failure | null }> {
  const commandId = step.command.id;
  const reports: CommandReport[] = [];
  const rowsIn = inputs.reduce((sum, table) => sum + table.rowCount, 0);
  context.onStep?.(commandId, 'running', rowsIn, 0, reports);
  try {
    const table = await step.spec.run(inputs, step.settings, {
      read: (request) => context.read(request),
      fetchText: (request) => context.fetchText(request),
      emit: (output) => {
        outputs.push(output);
      },
      emitValue: (rows) => {
        values.push({ commandId, rows });
      },
      emitStart: (start) => {
        starts.push({ ...start, commandId });
      },
      report: (report) => {
        reports.push(report);
      },
      parameter: (name) => context.parameter(name),
      parameters: context.parameters,
      nowMs: context.nowMs,
      timeZone: context.timeZone,
      place,
      signal: context.signal,
      rest: async () => {
        await context.yieldNow();
        stopIfAborted(context.signal, place);
      },
      fields: (app) => context.fields(app),
    });
    stopIfAborted(context.signal, place);
    tables.put(commandId, table);
    context.onStep?.(commandId, 'done', rowsIn, table.rowCount, reports);
    return { commandId, rowsIn, rowsOut: table.rowCount, reports, stopped: null };
  } catch (cause) {
    if (cause instanceof FlowStopError) {
      context.onStep?.(commandId, 'done', rowsIn, 0, reports);
      return { commandId, rowsIn, rowsOut: 0, reports, stopped: located(cause, place, context.signal) };
    }
    context.onStep?.(commandId, 'failed', rowsIn, 0, reports);
    throw new FailureError(located(cause, place, context.signal));
  }
}

/** Outer parts of the place are ours; what the command knows better (row, field, app) stays. */
function located(cause: unknown, place: Place, signal: AbortSignal): Failure {
  if (cause instanceof FailureError) {
    const { code, params, place: inner } = cause.failure;
    return failure(code, params, { ...inner, ...place });
  }
  if (cause instanceof UnexpectedValueError) {
    return failure('valueUnexpected', { field: cause.field }, { ...place, field: cause.field });
  }
  if (signal.aborted) return failure('cancelled', {}, place);
  return failure(
    'commandCrashed',
    { message: cause instanceof Error ? cause.message : String(cause) },
    place,
  );
}

function stopIfAborted(signal: AbortSignal, place: Place): void {
  if (signal.aborted) throw new FailureError(failure('cancelled', {}, place));
}

/** Tables that later commands still need. */
class TableStore {
  readonly #tables = new Map<string, Table>();
  readonly #uses = new Map<string, number>();

  constructor(steps: readonly CompiledStep[]) {
    for (const { command } of steps) {
      for (const id of command.inputs) this.#uses.set(id, (this.#uses.get(id) ?? 0) + 1);
    }
  }

  put(id: string, table: Table): void {
    if (this.#uses.has(id)) this.#tables.set(id, table);
  }

  /** The table for one of its users; forgotten with the last one. */
  take(id: string): Table {
    const table = this.#tables.get(id);
    if (!table) throw new Error(`No table from command ${id}`);
    const left = (this.#uses.get(id) ?? 1) - 1;
    this.#uses.set(id, left);
    if (left === 0) this.#tables.delete(id);
    return table;
  }
}
