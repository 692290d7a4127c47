/** Runs an example of a command's page through the registry, as a flow would. */
import { decodeCommandSettings } from '../../src/commands';
import { conditionPredicate } from '../../src/commands/conditions';
import type {
  CommandReport,
  InferContext,
  OutputRows,
  OutputValue,
  ReadRequest,
  RunContext,
  UnitStart,
} from '../../src/commands/types';
import { FailureError, failure } from '../../src/definition/errors';
import { parametersOf } from '../../src/flow';
import {
  deletesRecords,
  type OutputPlan,
  type ProcessRules,
  planOutput,
  planStatuses,
  withAutoNumbers,
} from '../../src/plan';
import { cellAt, columnNamed, filterRows, selectColumns, takeRows } from '../../src/table/index';
import type { Table } from '../../src/table/types';
import { type CsvTable, readCsv, shownTable } from './csv';
import type { Example } from './pages';

/** The examples are worked out at this moment: 22 November 2026, 01:30 in Tokyo. */
export const NOW_MS = Date.UTC(2026, 10, 21, 16, 30);
export const TIME_ZONE = 'Asia/Tokyo';

/** kintone's defaults for the precision of numbers. */
const PRECISION = { digits: 16, decimalPlaces: 4, rounding: 'halfEven' } as const;

/** Everything an example may show, each under the name of its block. */
export interface Shown {
  readonly output?: readonly (readonly string[])[];
  /** What the plan would write: `update`, `add`, `delete`, `status`, `unchanged`, `not written`. */
  readonly writes?: readonly string[];
  /** What whoever started the run gets, as JSON. */
  readonly value?: readonly string[];
  /** Units that would be started once the flow has written. */
  readonly starts?: readonly string[];
  readonly reports?: readonly string[];
  /** Findings of the settings other than errors. */
  readonly problems?: readonly string[];
  readonly failure?: readonly string[];
}

/** Settings with an error end as `failure`, like a run that stops. */
export async function runExample(type: string, example: Example): Promise<Shown> {
  const settings: unknown = JSON.parse(example.blocks.get('settings') ?? 'null');
  const decoded = decodeCommandSettings({
    id: 'c',
    type,
    note: '',
    inputs: [],
    settings: settings as Record<string, never>,
  });
  if (!decoded.ok) throw new Error(`${example.title}: ${JSON.stringify(decoded.error)}`);
  const { spec } = decoded.value;
  const world = worldOf(example);
  const inputs = ['input', 'left', 'right', 'first', 'second'].flatMap((name) => {
    const text = example.blocks.get(name);
    return text === undefined || spec.inputCount === 0 ? [] : [readCsv(text).table];
  });
  if (inputs.length !== spec.inputCount) throw new Error(`${example.title}: ${inputs.length} inputs`);
  const inferred = spec.columns(
    inputs.map((input) => input.columns.map((column) => column.spec)),
    decoded.value.settings,
    world.infer,
  );
  const errors = inferred.problems.filter((found) => found.severity === 'error');
  if (errors.length > 0) return { failure: errors.map((found) => found.code) };
  const problems = inferred.problems.map((found) => `${found.severity} ${found.code}`);
  try {
    const output = await spec.run(inputs, decoded.value.settings, world.context);
    const writes = world.outputs.flatMap((rows) => writesOf(rows, world));
    return {
      output: shownTable(output),
      ...(world.outputs.length === 0 ? {} : { writes }),
      ...(world.values.length === 0 ? {} : { value: world.values.flat().map((row) => JSON.stringify(row)) }),
      ...(world.starts.length === 0 ? {} : { starts: world.starts.map(shownStart) }),
      ...(world.reports.length === 0 ? {} : { reports: world.reports.map(shownReport) }),
      ...(problems.length === 0 ? {} : { problems }),
    };
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause;
    const { code, place } = cause.failure;
    return { failure: [place.row === undefined ? code : `${code} in row ${place.row + 1}`] };
  }
}

const shownStart = ({ unitId, onlyIfChanged, wait }: UnitStart): string =>
  `${unitId}${onlyIfChanged ? ' if the flow writes something' : ''}${wait ? ', waits for its end' : ''}`;

const shownReport = ({ code, count }: CommandReport): string => `${code} ${count}`;

interface World {
  readonly infer: InferContext;
  readonly context: RunContext;
  readonly outputs: OutputRows[];
  readonly values: OutputValue['rows'][];
  readonly starts: UnitStart[];
  readonly reports: CommandReport[];
  /** The app that the command reads or writes. */
  readonly records: CsvTable | null;
  /** Process actions of that app, from lines "name: from -> to". */
  readonly actions: ProcessRules['actions'];
}

function worldOf(example: Example): World {
  const csv = (name: string): CsvTable | null => {
    const text = example.blocks.get(name);
    return text === undefined ? null : readCsv(text);
  };
  const records = csv('records');
  const calling = csv('record');
  const parameters = parametersOf(calling?.fields ?? {});
  const place = { flowId: 'f', commandId: 'c' };
  const outputs: OutputRows[] = [];
  const values: OutputValue['rows'][] = [];
  const starts: UnitStart[] = [];
  const reports: CommandReport[] = [];
  const context: RunContext = {
    read: async (request) => rowsRead(request, records),
    fetchText: async () => ({ status: 200, text: example.blocks.get('answer') ?? '' }),
    emit: (rows) => {
      outputs.push(rows);
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
      const spec = parameters.find((candidate) => candidate.name === name);
      if (!spec || !calling || name.startsWith('$'))
        throw new FailureError(failure('parameterMissing', { parameter: name }));
      return { spec, cell: cellAt(columnNamed(calling.table, name), 0) };
    },
    parameters,
    nowMs: NOW_MS,
    timeZone: TIME_ZONE,
    place,
    signal: new AbortController().signal,
    fields: () => records?.fields ?? {},
  };
  return {
    infer: { fields: () => records?.fields ?? null, parameters: calling ? parameters : [], place },
    context,
    outputs,
    values,
    starts,
    reports,
    records,
    actions: actionsOf(example.blocks.get('process') ?? ''),
  };
}

const actionsOf = (text: string): ProcessRules['actions'] =>
  [...text.matchAll(/^(.+): (.+) -> (.+)$/gm)].map(([, name = '', from = '', to = '']) => ({
    name,
    from,
    to,
  }));

function rowsRead(request: ReadRequest, records: CsvTable | null): Table {
  const all = records?.table;
  if (!all) throw new Error('The example has no block "records"');
  const kept =
    request.condition === null
      ? all
      : takeRows(all, filterRows(all.rowCount, conditionPredicate(request.condition, all)));
  return selectColumns(
    kept,
    request.columns.map((column) => column.name),
  );
}

function writesOf(rows: OutputRows, world: World): readonly string[] {
  const { records } = world;
  if (!records) throw new Error('The example has no block "records"');
  const plan = planOf(rows, records, world.actions);
  const values = (fields: Readonly<Record<string, { readonly value: unknown }>>): string =>
    Object.entries(fields)
      .map(([code, { value }]) => `${code}=${value === null ? '' : shownValue(value)}`)
      .join(', ');
  world.reports.push(...plan.reports);
  return [
    ...plan.updates.map((update) => `update #${update.recordId}: ${values(update.fields)}`),
    ...plan.adds.map((add) => `add: ${values(add.fields)}`),
    ...plan.deletes.map((removal) => `delete #${removal.recordId}: ${values(removal.before)}`),
    ...(plan.statuses ?? []).map(
      ({ recordId, action, assignee, fields }) =>
        `status #${recordId}: ${action} (${values(fields)}${assignee === null ? '' : `, for ${assignee}`})`,
    ),
    ...(plan.unchanged > 0 ? [`unchanged: ${plan.unchanged}`] : []),
    ...(plan.unmatched > 0 ? [`not written: ${plan.unmatched}`] : []),
  ];
}

/** The same steps as a run takes, with the example's records instead of reads. */
function planOf(rows: OutputRows, records: CsvTable, actions: ProcessRules['actions']): OutputPlan {
  const { fields, table } = records;
  const wanted = rows.mapping.map((entry) => entry.to);
  if (rows.mode === 'status') {
    return planStatuses(rows, table, fields, PRECISION, { isEnabled: true, actions });
  }
  const current = deletesRecords(rows.mode) ? table : selectColumns(table, wanted);
  const plan = planOutput(rows, current, fields, PRECISION);
  return rows.autoNumber === undefined ? plan : withAutoNumbers(plan, rows.autoNumber, table, [], fields);
}

const shownValue = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
