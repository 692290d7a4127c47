import { type Failure, failure } from '../definition/errors';
import type { ExecutionUnit, Flow, InputField, Settings } from '../definition/types';
import { addCounts, type FlowPlan, NO_WRITES, type WriteCounts } from '../plan';
import { type Breakpoints, passesStops } from './breakpoints';
import type { ConflictBook } from './conflict-book';
import type { CreatedRows } from './created-rows';
import type { JournalWriter } from './journal-writer';
import type { PauseSwitch, WorkTimer } from './pause';
import type { CallingRecord } from './plan-file';
import type { FlowEntry, JournalEntry, RunInput, RunPorts, RunUser, StartMethod } from './ports';
import type { RunValue } from './run-value';
import type { FlowStatus, GivenValue, RunStatus } from './status';
import type { Store } from './store';

/** What starts a run. */
export interface RunRequest {
  readonly settings: Settings;
  readonly unitId: string;
  readonly calling: CallingRecord;
  readonly user: RunUser;
  readonly method: StartMethod;
  /** IANA name of the user's time zone. */
  readonly timeZone: string;
  /** One per press: the same press never makes two runs. RFC 4122 UUID. */
  readonly pressId: string;
  /** Identifies the page or process that does the work; new for every page load. */
  readonly owner: string;
  readonly definitionHash: string;
  /** True: never ask (command line). */
  readonly isConfirmed: boolean;
  /** How long to watch a holder that gives no sign of life before taking over, in ms; 0: do not wait. */
  readonly observeMs: number;
  /** Run id of the run to take back; null for ordinary runs. */
  readonly undoOf: string | null;
  /** Run id of the run that this one carries on from (same plan, or anew from its failed flow); null for all others. */
  readonly continues: string | null;
  /** Journal id of an interrupted run that the user chose to give up for this one. */
  readonly giveUp: string | null;
  /** Values for the unit's input fields, by name. */
  readonly input: RunInput;
  /** Run id of the run whose flow starts this one. */
  readonly parentRun?: string;
  /** True on a server and on the command line: a unit meant for a server is run, not asked for. */
  readonly runsHere?: boolean;
  /** Place among waiting starts; absent: the unit's. */
  readonly priority?: number;
  /** What a webhook or record event says about itself. */
  readonly notificationId?: string;
  readonly eventType?: string;
}

/** One run while it is going on; the phases share it. */
export interface RunScope {
  readonly ports: RunPorts;
  readonly request: RunRequest;
  readonly unit: ExecutionUnit;
  readonly flows: readonly Flow[];
  readonly store: Store<RunStatus>;
  /** What the preview was made from. */
  readonly plans: Store<readonly FlowPlan[]>;
  readonly cancel: AbortController;
  /** Set when nobody looks any more at a run that is only watched. */
  readonly left: AbortSignal;
  readonly pause: PauseSwitch;
  readonly timer: WorkTimer;
  readonly breakpoints: Breakpoints;
  /** What the flows hand back. */
  readonly value: RunValue;
  /** Resolves the confirm dialog. */
  readonly answer: Promise<'confirmed' | 'declined'>;
  /** Resolves when the person wants to have the plan made anew instead; called once per question. */
  recheckAsked(): Promise<'recheck'>;
}

/** A scope whose run record exists. */
export interface LoggedScope extends RunScope {
  readonly journal: JournalWriter;
  /** Grows with every commit whose answer arrived. */
  readonly created: CreatedRows;
  /** Rows that were not written as planned. */
  readonly conflicts: ConflictBook;
}

/** How a run ends; thrown nowhere, returned by the phases. */
export interface Ending {
  readonly state: 'Success' | 'Failure';
  readonly reason: RunStatus['reason'];
  readonly failure: Failure | null;
  /** The run's record switches its unit off. */
  readonly switchesOff?: true;
}

/** `unit:press`, unique in the log app (kintone allows 64 characters in a unique field: 14 + 1 + 36 = 51). */
export const runIdOf = (unitId: string, pressId: string): string => `${unitId}:${pressId}`;

export function initialStatus(
  request: RunRequest,
  unit: Pick<ExecutionUnit, 'name'> & Partial<Pick<ExecutionUnit, 'mode' | 'test' | 'input' | 'breakpoints'>>,
  flows: readonly Flow[],
  startedAtMs: number,
): RunStatus {
  const runId = runIdOf(request.unitId, request.pressId);
  const given = givenValues(request.input, unit.input ?? []);
  return {
    runId,
    undoOf: request.undoOf,
    unitId: request.unitId,
    unitName: unit.name,
    state: 'Queuing',
    reason: 'checking',
    user: request.user,
    startedAtMs,
    endedAtMs: null,
    flows: flows.map((flow, index) => flowStatus(flow, `${request.pressId.slice(0, 8)}-${index + 1}`)),
    preview: null,
    progress: { rowsWritten: 0, rowsPlanned: 0 },
    counts: NO_WRITES,
    requestCount: 0,
    cancelRequested: false,
    pauseRequested: false,
    test:
      unit.mode === 'test'
        ? {
            rowLimit: unit.test?.rowLimit ?? 0,
            cut: 0,
            ...(passesStops(unit, request) ? { passesStops: true as const } : {}),
          }
        : null,
    pause: null,
    failure: null,
    holder: null,
    journalId: null,
    value: [],
    queue: null,
    watched: null,
    remote: null,
    ...(given.length === 0 ? {} : { input: given }),
  };
}

/** What the log record says was given. */
export const showInput = (
  { store, unit }: Pick<RunScope, 'store' | 'unit'>,
  { input }: { readonly input: RunInput },
): void => {
  const given = givenValues(input, unit.input);
  if (given.length > 0) store.update((status) => ({ ...status, input: given }));
};

function givenValues(input: RunInput, fields: readonly InputField[]): readonly GivenValue[] {
  return Object.entries(input)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const label = fields.find((field) => field.name === name)?.label ?? '';
      return { name, label: label === '' ? name : label, value };
    });
}

const flowStatus = (flow: Flow, key: string): FlowStatus => ({
  flowId: flow.id,
  key,
  name: flow.name,
  state: 'Queuing',
  startedAtMs: null,
  endedAtMs: null,
  commands: flow.commands.map((command) => ({
    commandId: command.id,
    type: command.type,
    note: command.note,
    state: 'waiting',
    rowsIn: 0,
    rowsOut: 0,
    reports: [],
  })),
  outputs: [],
  failure: null,
});

export function updateFlow(
  store: Store<RunStatus>,
  flowId: string,
  change: (flow: FlowStatus) => FlowStatus,
): void {
  store.update((status) => ({
    ...status,
    flows: status.flows.map((flow) => (flow.flowId === flowId ? change(flow) : flow)),
  }));
}

/** A flow that another run had finished has its end in this record, but no times. */
export const isDoneEarlier = (
  { continues }: Pick<JournalEntry, 'continues'>,
  flow: Pick<FlowEntry, 'state' | 'startedAtMs'>,
): boolean => continues !== '' && flow.state === 'Success' && flow.startedAtMs === null;

/** The flows as the log record keeps them. */
export function flowEntries(status: RunStatus, describe: RunPorts['describe']): readonly FlowEntry[] {
  return status.flows.map((flow) => ({
    rowId: null,
    flowId: flow.flowId,
    key: flow.key,
    name: flow.name,
    state: flow.state,
    startedAtMs: flow.startedAtMs,
    endedAtMs: flow.endedAtMs,
    rowsRead: rowsReadBy(flow) || (flow.logged?.rowsRead ?? 0),
    counts: flow.outputs.length === 0 && flow.logged !== undefined ? flow.logged.counts : countsOf(flow),
    message: [
      ...(flow.isDoneEarlier === true ? [failure('flowDoneEarlier')] : []),
      ...(flow.failure === null ? [] : [flow.failure]),
      ...(flow.conflicts ?? []),
    ]
      .map(describe)
      .join(' '),
  }));
}

const rowsReadBy = (flow: FlowStatus): number =>
  flow.commands.filter((command) => command.rowsIn === 0).reduce((sum, command) => sum + command.rowsOut, 0);

const countsOf = (flow: FlowStatus): WriteCounts =>
  flow.outputs.reduce(
    (sum, output) => ({
      ...addCounts(sum, output.written),
      unchanged: sum.unchanged + output.planned.unchanged,
    }),
    NO_WRITES,
  );
