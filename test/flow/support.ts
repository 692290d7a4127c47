/** Flows written shortly, over apps held in memory. */
import { conditionPredicate } from '../../src/commands/conditions';
import type { ParameterSpec } from '../../src/commands/types';
import { FailureError, failure } from '../../src/definition/errors';
import type { Command, Flow, JsonObject } from '../../src/definition/types';
import type { FlowResult, FlowRunContext } from '../../src/flow/index';
import { compileFlow, executeFlow } from '../../src/flow/index';
import { columnNamed, columnSpecsOfFields, filterRows, tableOf, takeRows } from '../../src/table/index';
import type { KintoneFields } from '../../src/table/kintone-json';
import type { Cell, Table } from '../../src/table/types';
import { NOW_MS, rowsOf, TOKYO } from '../commands/support';

export const command = (
  id: string,
  type: string,
  inputs: readonly string[],
  settings: JsonObject,
): Command => ({
  id,
  type,
  note: '',
  inputs,
  settings,
});

export const flow = (...commands: Command[]): Flow => ({ id: 'f', name: 'Flow', note: '', commands });

export const inputApp = (id: string, appId: string, more: JsonObject = {}): Command =>
  command(id, 'inputApp', [], { app: { appId }, fields: [], rename: [], condition: null, ...more });

export const edit = (id: string, input: string, target: string, formula: string): Command =>
  command(id, 'edit', [input], {
    steps: [{ target, label: '', method: 'formula', formula, type: null, onError: 'fail' }],
  });

export const filterBy = (id: string, input: string, formula: string): Command =>
  command(id, 'filter', [input], { mode: 'formula', condition: null, formula });

export const union = (id: string, first: string, second: string, columns = 'shared'): Command =>
  command(id, 'union', [first, second], { columns });

export const outputApp = (
  id: string,
  input: string,
  appId: string,
  codes: readonly string[],
  more: JsonObject = {},
): Command =>
  command(id, 'outputApp', [input], {
    app: { appId },
    mode: 'append',
    keys: [],
    mapping: codes.map((code) => ({ from: code, to: code })),
    ...more,
  });

export interface Apps {
  readonly [appId: string]: { readonly fields: KintoneFields; readonly records?: Table };
}

export interface Start {
  readonly parameters?: readonly ParameterSpec[];
  readonly values?: Readonly<Record<string, Cell>>;
}

export const compile = (wanted: Flow, apps: Apps, start: Start = {}) =>
  compileFlow(wanted, {
    fields: (app) => apps[app.appId]?.fields ?? null,
    parameters: start.parameters ?? [],
    place: { unitId: 'u' },
  });

export function flowContext(
  apps: Apps,
  start: Start = {},
  more: Partial<FlowRunContext> = {},
): FlowRunContext {
  return {
    read: async ({ app, columns, condition }) => {
      const records = apps[app.appId]?.records;
      if (!records) throw new FailureError(failure('appNotFound', {}, { appId: app.appId }));
      const keep = condition ? conditionPredicate(condition, records) : () => true;
      const kept = takeRows(records, filterRows(records.rowCount, keep));
      return tableOf(
        columns.map((spec) => columnNamed(kept, spec.name)),
        kept.rowCount,
        kept.origin,
      );
    },
    fetchText: async ({ url }) => {
      throw new FailureError(
        failure('httpUnreachable', { host: new URL(url).host, cause: 'no network here' }),
      );
    },
    parameter: (name) => {
      const spec = start.parameters?.find((parameter) => parameter.name === name);
      if (!spec) throw new FailureError(failure('parameterMissing', { parameter: name }));
      return { spec, cell: start.values?.[name] ?? null };
    },
    parameters: start.parameters ?? [],
    nowMs: NOW_MS,
    timeZone: TOKYO,
    signal: new AbortController().signal,
    fields: (app) => apps[app.appId]?.fields ?? {},
    place: { unitId: 'u' },
    yieldNow: async () => {},
    ...more,
  };
}

/** Compiles (the flow must be sound) and runs. */
export async function execute(wanted: Flow, apps: Apps, start: Start = {}): Promise<FlowResult> {
  const compiled = compile(wanted, apps, start);
  const errors = compiled.problems.filter((entry) => entry.severity === 'error');
  if (errors.length > 0) throw new Error(`The flow has errors: ${JSON.stringify(errors)}`);
  return executeFlow(compiled, flowContext(apps, start));
}

export const outputRows = (result: FlowResult, index = 0): string[][] => rowsOf(result.outputs[index]!.table);

export const specsOf = columnSpecsOfFields;
