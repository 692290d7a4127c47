import { firstTransition } from '../../run/history';
import type {
  CommitRequest,
  FlowEntry,
  JournalEntry,
  JournalFile,
  NewRunEntry,
  RunInput,
} from '../../run/ports';
import type { KintoneRecord } from '../../table';

/** Run record <-> log app record. The only place that knows the field codes' meaning. */

type Fields = Record<string, { value: unknown }>;

const set = (value: unknown): { value: unknown } => ({ value });

/** Epoch milliseconds as seconds with three decimals; blank for null. */
const epoch = (ms: number | null): string => (ms === null ? '' : (ms / 1000).toFixed(3));
const fromEpoch = (text: string): number | null => (text === '' ? null : Math.round(Number(text) * 1000));
/** More than any service's numbers have, and no more than the field is sure to take. */
const TASK_ID_MAX = 255;
/** kintone keeps times to the minute. */
const minute = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}:00Z`;

export function newEntryFields(entry: NewRunEntry): Fields {
  return {
    execution_unit_Id: set(entry.unitId),
    execution_unit_name: set(entry.unitName.slice(0, 255)),
    execution_method: set(entry.method),
    execution_user: set(entry.user.code),
    execution_user_name: set(entry.user.name),
    app_Id: set(entry.callingAppId),
    record_Id: set(entry.callingRecordId),
    state: set(entry.state),
    state_reason: set(entry.reason),
    start_time: set(minute(entry.startedAtMs)),
    start_epoch: set(epoch(entry.startedAtMs)),
    run_key: set(entry.runId),
    lock_key: set(entry.lockKey),
    run_owner: set(entry.owner),
    definition_hash: set(entry.definitionHash),
    undo_of: set(entry.undoOf),
    continues: set(entry.continues),
    parent_run: set(entry.parentRun),
    execution_priority: set(String(entry.priority)),
    run_mode: set(entry.mode),
    input_value: set(Object.keys(entry.input).length === 0 ? '' : JSON.stringify(entry.input)),
    notification_Id: set(entry.notificationId),
    event_type: set(entry.eventType),
    write_cursor: set('0'),
    // Sent although blank: an app that was chosen as log app may have default values for them.
    end_time: set(''),
    end_epoch: set(''),
    write_nonce: set(''),
    error_code: set(''),
    log_message: set(''),
    cancel_requested_by: set(''),
    pause_requested_by: set(''),
    remote_task_Id: set(''),
    output_value: set(''),
    transitions: set(firstTransition(entry)),
    flows: set(entry.flows.map(flowRow)),
  };
}

export function patchFields(patch: CommitRequest['patch']): Fields {
  const fields: Fields = {};
  const put = (code: string, value: unknown): void => {
    if (value !== undefined) fields[code] = set(value);
  };
  put('state', patch.state);
  put('state_reason', patch.reason);
  put('lock_key', patch.lockKey);
  put('log_message', patch.message);
  put('error_code', patch.errorCode);
  put('write_cursor', text(patch.cursor));
  put('rows_planned', text(patch.rowsPlanned));
  put('write_nonce', patch.nonce);
  put('run_owner', patch.owner);
  put('api_counts', text(patch.requestCount));
  put('plan_hash', patch.planHash);
  put('created_records', patch.createdRows);
  put('cancel_requested_by', patch.cancelRequestedBy);
  put('pause_requested_by', patch.pauseRequestedBy);
  put('remote_task_Id', patch.remoteTaskId?.slice(0, TASK_ID_MAX));
  put('output_value', patch.outputValue);
  put('transitions', patch.transitions);
  put(
    'plan_file',
    patch.planFileKeys?.map((fileKey) => ({ fileKey })),
  );
  put('flows', patch.flows?.map(flowRow));
  if (patch.counts !== undefined) {
    put('added_records', text(patch.counts.added));
    put('updated_records', text(patch.counts.updated));
    put('deleted_records', text(patch.counts.deleted));
    put('unchanged_records', text(patch.counts.unchanged));
  }
  if (patch.endedAtMs !== undefined) {
    put('end_time', minute(patch.endedAtMs));
    put('end_epoch', epoch(patch.endedAtMs));
  }
  return fields;
}

const text = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

function flowRow(flow: FlowEntry): { id?: string; value: Fields } {
  return {
    ...(flow.rowId === null ? {} : { id: flow.rowId }),
    value: {
      flow_id: set(flow.flowId),
      flow_key: set(flow.key),
      flow_name: set(flow.name),
      flow_state: set(flow.state),
      flow_start_epoch: set(epoch(flow.startedAtMs)),
      flow_end_epoch: set(epoch(flow.endedAtMs)),
      flow_input_records: set(String(flow.rowsRead)),
      flow_added: set(String(flow.counts.added)),
      flow_updated: set(String(flow.counts.updated)),
      flow_deleted: set(String(flow.counts.deleted)),
      flow_unchanged: set(String(flow.counts.unchanged)),
      flow_message: set(flow.message),
    },
  };
}

/** Reads a log record. Fields that are missing or were edited by hand read as blank, never as a crash. */
export function entryOf(record: KintoneRecord): JournalEntry {
  const read = (code: string): string => textOf(record[code]?.value);
  const number = (code: string): number => Number(read(code)) || 0;
  return {
    journalId: read('$id'),
    revision: read('$revision'),
    runId: read('run_key'),
    lockKey: read('lock_key'),
    unitId: read('execution_unit_Id'),
    unitName: read('execution_unit_name'),
    method: oneOf(read('execution_method'), METHODS, 'api'),
    callingAppId: read('app_Id'),
    callingRecordId: read('record_Id'),
    user: { code: read('execution_user'), name: read('execution_user_name') || read('execution_user') },
    startedAtMs: fromEpoch(read('start_epoch')) ?? (Date.parse(read('start_time')) || 0),
    endedAtMs: fromEpoch(read('end_epoch')) ?? (Date.parse(read('end_time')) || null),
    owner: read('run_owner'),
    definitionHash: read('definition_hash'),
    state: oneOf(read('state'), ['Queuing', 'Running', 'Success', 'Failure'], 'Failure'),
    reason: oneOf(read('state_reason'), REASONS, 'failed'),
    message: read('log_message'),
    errorCode: read('error_code'),
    cursor: number('write_cursor'),
    rowsPlanned: number('rows_planned'),
    nonce: read('write_nonce'),
    counts: {
      added: number('added_records'),
      updated: number('updated_records'),
      deleted: number('deleted_records'),
      unchanged: number('unchanged_records'),
    },
    requestCount: number('api_counts'),
    planFiles: filesOf(record['plan_file']?.value),
    planHash: read('plan_hash'),
    createdRows: read('created_records'),
    undoOf: read('undo_of'),
    continues: read('continues'),
    cancelRequestedBy: read('cancel_requested_by'),
    pauseRequestedBy: read('pause_requested_by'),
    parentRun: read('parent_run'),
    priority: number('execution_priority'),
    mode: oneOf(read('run_mode'), ['productive', 'test'], 'productive'),
    input: inputOf(read('input_value')),
    notificationId: read('notification_Id'),
    eventType: read('event_type'),
    remoteTaskId: read('remote_task_Id'),
    outputValue: read('output_value'),
    transitions: read('transitions'),
    lastWrite: lastWriteOf(record),
    flows: rowsOf(record['flows']?.value).map(flowOf),
  };
}

const METHODS = ['button', 'api', 'cli', 'event', 'webhook', 'schedule', 'unit', 'test'] as const;

const REASONS = [
  'queued',
  'requested',
  'checking',
  'confirming',
  'writing',
  'remote',
  'paused',
  'done',
  'noChange',
  'stopped',
  'failed',
  'declined',
  'cancelled',
  'interrupted',
  'superseded',
  'locked',
  'rateLimited',
  'expired',
  'timedOut',
  'unclear',
  'switchedOff',
] as const;

/** The codes of these fields depend on the language the app was made in. */
function lastWriteOf(record: KintoneRecord): JournalEntry['lastWrite'] {
  const of = (type: string): unknown => Object.values(record).find((cell) => cell.type === type)?.value;
  const by = of('MODIFIER') as { readonly code?: unknown } | undefined;
  const atMs = Date.parse(textOf(of('UPDATED_TIME')));
  return typeof by?.code === 'string' && !Number.isNaN(atMs) ? { by: by.code, atMs } : null;
}

/** Values that were edited by hand into something else read as none. */
function inputOf(text: string): RunInput {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, textOf(one)]));
  } catch {
    return {};
  }
}

function flowOf(row: { readonly id: string; readonly value: KintoneRecord }): FlowEntry {
  const read = (code: string): string => textOf(row.value[code]?.value);
  const number = (code: string): number => Number(read(code)) || 0;
  return {
    rowId: row.id,
    flowId: read('flow_id'),
    key: read('flow_key'),
    name: read('flow_name'),
    state: oneOf(read('flow_state'), ['Queuing', 'Running', 'Success', 'Failure', 'Cancel'], 'Failure'),
    startedAtMs: fromEpoch(read('flow_start_epoch')),
    endedAtMs: fromEpoch(read('flow_end_epoch')),
    rowsRead: number('flow_input_records'),
    counts: {
      added: number('flow_added'),
      updated: number('flow_updated'),
      deleted: number('flow_deleted'),
      unchanged: number('flow_unchanged'),
    },
    message: read('flow_message'),
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const oneOf = <T extends string>(value: string, known: readonly T[], otherwise: T): T =>
  known.find((candidate) => candidate === value) ?? otherwise;

function filesOf(value: unknown): readonly JournalFile[] {
  if (!Array.isArray(value)) return [];
  return value.map((file: { fileKey?: unknown; name?: unknown; size?: unknown }) => ({
    fileKey: textOf(file.fileKey),
    name: textOf(file.name),
    sizeBytes: Number(textOf(file.size)) || 0,
  }));
}

const rowsOf = (value: unknown): readonly { readonly id: string; readonly value: KintoneRecord }[] =>
  Array.isArray(value) ? value : [];
