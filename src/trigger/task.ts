/** A run as the protocol shows it. */
import type { Describe, JournalEntry } from '../run/ports';
import { flowValues } from '../run/run-value';
import type { RunStatus } from '../run/status';
import { CONCURRENCY_ERROR, errorCodeOf, SETTINGS_ERROR } from './error-codes';
import type { FlowInfo, StatusBody, Task, TaskFlow, TriggerTexts } from './types';

/** From the run record in the log app. */
export function taskOfEntry(entry: JournalEntry): Task {
  return {
    taskId: entry.runId,
    unitId: entry.unitId,
    state: entry.state,
    reason: entry.reason,
    endedAtMs: entry.endedAtMs,
    failureCode: entry.errorCode,
    message: entry.message,
    flows: entry.flows,
    value: entry.state === 'Success' ? flowValues(entry.outputValue) : [],
  };
}

/** From a run of this page or process, which knows more than the log and costs no request. */
export function taskOfStatus(status: RunStatus, describe: Describe): Task {
  const isFailure = status.state === 'Failure' && status.failure !== null;
  return {
    taskId: status.runId,
    unitId: status.unitId,
    state: status.state,
    reason: status.reason,
    endedAtMs: status.endedAtMs,
    failureCode: isFailure ? (status.failure?.code ?? '') : '',
    message: status.failure === null ? '' : describe(status.failure),
    flows: status.flows,
    value: status.value,
  };
}

/** A run that came to nothing before its first flow shows them as the protocol does: all cancelled. */
export function statusBody(task: Task, timeZone: string, texts: TriggerTexts): StatusBody {
  const formatTime = timeFormat(timeZone);
  return {
    code: 200,
    status: 'OK',
    taskStatus: task.state,
    ...(task.state === 'Failure' ? failureOf(task, texts) : {}),
    flowInfo: task.flows.map((flow) => flowInfo(flow, task.endedAtMs, formatTime)),
    ...(task.state === 'Success' && task.value.length > 0 ? { outputValue: task.value } : {}),
  };
}

function failureOf(
  task: Task,
  texts: TriggerTexts,
): Required<Pick<StatusBody, 'errorCode' | 'errorMessage' | 'detail'>> {
  const errorCode = errorCodeOf(task);
  const own: Readonly<Record<string, string>> = {
    [SETTINGS_ERROR]: texts.settingsError,
    [CONCURRENCY_ERROR]: texts.concurrency,
  };
  return {
    errorCode,
    errorMessage: own[errorCode] ?? task.message,
    detail: { code: task.failureCode, message: task.message },
  };
}

function flowInfo(flow: TaskFlow, taskEndedAtMs: number | null, formatTime: TimeFormat): FlowInfo {
  const info = { flowExecUniqueKey: flow.key, flowName: flow.name, status: flow.state };
  if (flow.state === 'Queuing' || flow.state === 'Cancel' || flow.startedAtMs === null) return info;
  const endedAtMs = flow.state === 'Running' ? null : (flow.endedAtMs ?? taskEndedAtMs);
  return {
    ...info,
    startTime: formatTime(flow.startedAtMs),
    endTime: endedAtMs === null ? '' : formatTime(endedAtMs),
  };
}

type TimeFormat = (ms: number) => string;

/** `YYYY-MM-DD HH:mm:ss`; the Swedish locale writes exactly this. */
function timeFormat(timeZone: string): TimeFormat {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (ms) => format.format(ms);
}
