/**
 * Answers of a service that speaks the trigger protocol, read as data from outside: whatever is missing or of another
 * kind is left out, and an answer that cannot be told from a broken one is `unreadable`.
 * Source: krewData's API reference (document 001).
 */
import type { TextReply } from '../../commands/types';
import type { FlowState, RunState } from '../../definition/types';

/** What a refusal says: code, and the description that tells the rows of the reference apart. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: number;
  readonly description: string;
  /** Beside 409: the task that holds the unit; blank when it is not told. */
  readonly taskId: string;
}

/** No answer of the protocol: a broken body, or an error of whatever stands in front of the service. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly httpStatus: number;
}

export interface RemoteFlow {
  readonly key: string;
  readonly name: string;
  readonly state: FlowState;
  /** As the service writes times; blank: not yet. */
  readonly startTime: string;
  readonly endTime: string;
}

export interface RemoteTask {
  readonly kind: 'task';
  readonly state: RunState;
  /** Both blank unless the task has failed. */
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly flows: readonly RemoteFlow[];
}

/** Longer texts are cut: they are shown and logged. */
const TEXT_MAX = 2_000;
const FLOWS_MAX = 200;

const RUN_STATES: readonly RunState[] = ['Queuing', 'Running', 'Success', 'Failure'];
const FLOW_STATES: readonly FlowState[] = [...RUN_STATES, 'Cancel'];

export function readToken(reply: TextReply): { readonly kind: 'token'; readonly token: string } | NoAnswer {
  return answerOf(reply, (body) => {
    const token = textOf(body['accessToken'], Number.POSITIVE_INFINITY);
    return token === '' ? null : { kind: 'token', token };
  });
}

export function readTaskId(
  reply: TextReply,
): { readonly kind: 'started'; readonly taskId: string } | NoAnswer {
  return answerOf(reply, (body) => {
    const taskId = textOf(body['taskId']);
    return taskId === '' ? null : { kind: 'started', taskId };
  });
}

export function readTask(reply: TextReply): RemoteTask | NoAnswer {
  return answerOf(reply, (body) => {
    const state = RUN_STATES.find((one) => one === body['taskStatus']);
    if (state === undefined) return null;
    const flows = Array.isArray(body['flowInfo']) ? (body['flowInfo'] as readonly unknown[]) : [];
    return {
      kind: 'task',
      state,
      errorCode: textOf(body['errorCode']),
      errorMessage: textOf(body['errorMessage']),
      flows: flows
        .slice(0, FLOWS_MAX)
        .flatMap((flow, index) => (isObject(flow) ? [flowOf(flow, index)] : [])),
    };
  });
}

/** Whether the service has an operation to stop a task, and has taken the wish for it. */
export const isStopTaken = (reply: TextReply): boolean =>
  answerOf(reply, () => ({ kind: 'taken' as const })).kind === 'taken';

function flowOf(flow: Readonly<Record<string, unknown>>, index: number): RemoteFlow {
  return {
    // One line of the card and the log per flow, so every flow needs a key of its own.
    key: textOf(flow['flowExecUniqueKey']) || `flow-${index + 1}`,
    name: textOf(flow['flowName']),
    state: FLOW_STATES.find((one) => one === flow['status']) ?? 'Queuing',
    startTime: textOf(flow['startTime']),
    endTime: textOf(flow['endTime']),
  };
}

type NoAnswer = Refused | Unreadable;
type Body = Readonly<Record<string, unknown>>;

/** The code in the body counts, as for the programs of the reference; the HTTP status only without one. */
function answerOf<T>({ status, text }: TextReply, read: (body: Body) => T | null): T | NoAnswer {
  const body = objectOf(text);
  const code = typeof body?.['code'] === 'number' ? body['code'] : status;
  if (code === 200 && body !== null) return read(body) ?? { kind: 'unreadable', httpStatus: status };
  // A time-out of something in between says nothing about the service.
  if (code < 400 || code >= 500 || code === 408) return { kind: 'unreadable', httpStatus: status };
  return {
    kind: 'refused',
    code,
    description: textOf(body?.['description']) || text.slice(0, TEXT_MAX),
    taskId: textOf(body?.['taskId']) || tornTaskId(text),
  };
}

/** The reference prints the 409 row as the torn middle of a JSON text: `…execution unit.","taskId":{taskId}`. */
const tornTaskId = (text: string): string => /taskId\\?"\s*:\s*\\?"?([\w:.-]+)/.exec(text)?.[1] ?? '';

function objectOf(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown, max = TEXT_MAX): string =>
  typeof value === 'string' ? value.slice(0, max) : typeof value === 'number' ? String(value) : '';
