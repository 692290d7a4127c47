/** Tables written as rows of plain text, and contexts that record what commands do. */
import type {
  CommandReport,
  CommandSpec,
  InferContext,
  OutputRows,
  OutputValue,
  ParameterSpec,
  ReadRequest,
  RunContext,
  TextReply,
  TextRequest,
  UnitStart,
} from '../../src/commands/types';
import { FailureError, failure } from '../../src/definition/errors';
import { cellAt, cellToText, columnFromCells, parseDecimal, tableOf } from '../../src/table/index';
import type { KintoneFieldProperty, KintoneFields } from '../../src/table/kintone-json';
import type { Cell, ColumnSpec, ColumnType, Table } from '../../src/table/types';

export const NOW_MS = Date.UTC(2026, 10, 21, 16, 30);
export const TOKYO = 'Asia/Tokyo';

export const column = (
  name: string,
  type: ColumnType = 'text',
  more: Partial<ColumnSpec> = {},
): ColumnSpec => ({
  name,
  label: name,
  type,
  ...more,
});

type Plain = string | number | null | Cell;

/** Numbers may be given as numbers or text; everything else as cells. */
export function cell(type: ColumnType, value: Plain): Cell {
  if (value === null || value === '') return null;
  if (type === 'number') return typeof value === 'object' ? value : parseDecimal(String(value));
  return value as Cell;
}

export function table(
  specs: readonly ColumnSpec[],
  rows: readonly (readonly Plain[])[],
  origin?: Table['origin'],
): Table {
  const columns = specs.map((spec, index) =>
    columnFromCells(
      spec,
      rows.map((row) => cell(spec.type, row[index] ?? null)),
    ),
  );
  return tableOf(columns, rows.length, origin);
}

/** Every row as canonical texts; blank is "". */
export function rowsOf(result: Table): string[][] {
  return Array.from({ length: result.rowCount }, (_, row) =>
    result.columns.map((entry) => cellToText(entry.spec.type, cellAt(entry, row))),
  );
}

export const namesOf = (result: Table): string[] => result.columns.map((entry) => entry.spec.name);

export const field = (
  code: string,
  type: string,
  more: Partial<KintoneFieldProperty> = {},
): KintoneFieldProperty => ({ type, code, label: code, ...more });

export const form = (...properties: KintoneFieldProperty[]): KintoneFields =>
  Object.fromEntries(properties.map((property) => [property.code, property]));

export const options = (...labels: string[]): NonNullable<KintoneFieldProperty['options']> =>
  Object.fromEntries(labels.map((label, index) => [label, { label, index: String(index) }]));

interface World {
  readonly apps?: Readonly<Record<string, KintoneFields | null>>;
  readonly parameters?: readonly ParameterSpec[];
  readonly values?: Readonly<Record<string, Cell>>;
  readonly records?: Readonly<Record<string, Table>>;
  readonly timeZone?: string;
  readonly replies?: (request: TextRequest) => TextReply;
}

export function inferContext(world: World = {}): InferContext {
  return {
    fields: (app) => world.apps?.[app.appId],
    parameters: world.parameters ?? [],
    place: { flowId: 'f', commandId: 'c' },
  };
}

export interface Recorded {
  readonly context: RunContext;
  readonly outputs: OutputRows[];
  readonly values: OutputValue['rows'][];
  readonly starts: UnitStart[];
  readonly reports: CommandReport[];
  readonly reads: ReadRequest[];
}

export function runContext(world: World = {}): Recorded {
  const outputs: OutputRows[] = [];
  const values: OutputValue['rows'][] = [];
  const starts: UnitStart[] = [];
  const reports: CommandReport[] = [];
  const reads: ReadRequest[] = [];
  const parameters = world.parameters ?? [];
  const context: RunContext = {
    read: async (request) => {
      reads.push(request);
      const found = world.records?.[request.app.appId];
      if (!found) throw new FailureError(failure('appNotFound', { app: request.app.appId }));
      return found;
    },
    fetchText: async (request) => {
      if (!world.replies) throw new Error(`Nobody answers ${request.url}`);
      return world.replies(request);
    },
    emit: (output) => {
      outputs.push(output);
    },
    emitValue: (rows) => {
      values.push(rows);
    },
    emitStart: (start) => {
      starts.push(start);
    },
    report: (report) => {
      reports.push(report);
    },
    parameter: (name) => {
      const spec = parameters.find((parameter) => parameter.name === name);
      if (!spec) throw new FailureError(failure('parameterMissing', { parameter: name }));
      return { spec, cell: world.values?.[name] ?? null };
    },
    parameters,
    nowMs: NOW_MS,
    timeZone: world.timeZone ?? TOKYO,
    place: { flowId: 'f', commandId: 'c' },
    signal: new AbortController().signal,
    fields: (app) => world.apps?.[app.appId] ?? {},
  };
  return { context, outputs, values, starts, reports, reads };
}

/** Checks and runs a command as a flow would; the inferred columns must be the ones that come out. */
export async function runCommand<S>(
  spec: CommandSpec<S>,
  inputs: readonly Table[],
  settings: S,
  world: World = {},
): Promise<Recorded & { readonly result: Table; readonly inferred: readonly ColumnSpec[] }> {
  const recorded = runContext(world);
  const inferred = spec.columns(
    inputs.map((input) => input.columns.map((entry) => entry.spec)),
    settings,
    inferContext(world),
  );
  const errors = inferred.problems.filter((entry) => entry.severity === 'error');
  if (errors.length > 0) throw new Error(`Settings have errors: ${JSON.stringify(errors)}`);
  const result = await spec.run(inputs, settings, recorded.context);
  return { ...recorded, result, inferred: inferred.columns };
}

/** "severity code field" of every problem, in order. */
export function problemsOf<S>(
  spec: CommandSpec<S>,
  inputs: readonly (readonly ColumnSpec[])[],
  settings: S,
  world: World = {},
): string[] {
  return spec
    .columns(inputs, settings, inferContext(world))
    .problems.map((entry) => `${entry.severity} ${entry.code} ${entry.place.field}`);
}

/** The failure code a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof FailureError) return cause.failure.code;
    throw cause;
  }
  return 'none';
}
