/**
 * The trigger protocol as types: what programs send and get, and what a door has to bring.
 * Source: krewData's API reference (token / run / status); https://docs.krew.mescius.jp/krewdata/
 * `stop` is Nagare's own addition, in the manner of `status`.
 */
import type { Failure } from '../definition/errors';
import type { AppRef, FlowState, InputField, RunState } from '../definition/types';
import type { RunInput, StateReason } from '../run/ports';
import type { FlowValue } from '../run/run-value';
import type { KintoneRecord } from '../table';

export const OPERATIONS = ['token', 'run', 'status', 'stop'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One request as a door received it. */
export interface TriggerRequest {
  readonly method: string;
  /** Path of the address without query: `/trigger/v1/{unit id}/{operation}`. */
  readonly path: string;
  /** The parsed body; undefined when it was no JSON. */
  readonly body: unknown;
}

/** `httpStatus` always equals `body.code`. */
export interface TriggerReply {
  readonly httpStatus: number;
  readonly body: TriggerBody;
}

export type TriggerBody = TokenBody | RunBody | StatusBody | StopBody | ErrorBody;

interface OkBody {
  readonly code: 200;
  readonly status: 'OK';
}

export interface TokenBody extends OkBody {
  readonly accessToken: string;
}

export interface RunBody extends OkBody {
  readonly taskId: string;
}

export interface StatusBody extends OkBody {
  readonly taskStatus: RunState;
  /** Only beside `Failure`. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Nagare's own addition beside `Failure`: the code of the failure and what the run log says. */
  readonly detail?: { readonly code: string; readonly message: string };
  readonly flowInfo: readonly FlowInfo[];
  /** Nagare's own addition beside `Success`, when a flow hands something back. */
  readonly outputValue?: readonly FlowValue[];
}

/** The wish to stop is taken, or the task had ended before. */
export interface StopBody extends OkBody {
  readonly taskId: string;
  /** Queuing, Running: it is going to stop; Success, Failure: it has ended. */
  readonly taskStatus: RunState;
}

export interface FlowInfo {
  readonly flowExecUniqueKey: string;
  readonly flowName: string;
  readonly status: FlowState;
  /** `YYYY-MM-DD HH:mm:ss`; absent while the flow has not started. */
  readonly startTime?: string;
  /** Blank while the flow runs. */
  readonly endTime?: string;
}

export interface ErrorBody {
  readonly code: 400 | 401 | 409 | 429 | 500;
  readonly status: string;
  readonly description: string;
  /** Only beside 409: the task that holds the unit. */
  readonly taskId?: string;
}

/** Where the plug-in stands: the app that holds the units, which is also their calling app. */
export interface PluginSite {
  /** `https://example.cybozu.com` */
  readonly origin: string;
  readonly app: AppRef;
}

/** What the protocol asks about a unit; `triggerUnit` makes it from settings. */
export interface TriggerUnit {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** It lists flows, all of them exist and each has a sound shape. */
  readonly hasValidFlows: boolean;
  /** The admin allows starting it by API. */
  readonly isApiAllowed: boolean;
  readonly rateLimitPerMinute: number;
  /** Fields of the unit's input form. */
  readonly inputs: readonly Pick<InputField, 'name' | 'required' | 'defaultValue'>[];
  readonly site: PluginSite;
}

/** What is kept of a token: never the token itself. */
export interface TokenRecord {
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  readonly unitId: string;
  readonly issuedAtMs: number;
  /** The task that the token may ask about; null: not used yet. */
  readonly taskId: string | null;
  /** For whom the token was used, as the program said it; absent: not used yet. */
  readonly user?: string;
}

/** Where tokens are kept. One conformance suite for every store: test/trigger/token-store-suite.ts. */
export interface TokenStore {
  issue(record: TokenRecord): Promise<void>;
  find(hash: string): Promise<TokenRecord | null>;
  /** Compare and set: of any number of calls for one unused token exactly one gets true. */
  consume(hash: string, taskId: string, user: string): Promise<boolean>;
  /** Lets a used token ask about another task (after 409: the one that holds the unit). */
  follow(hash: string, taskId: string): Promise<void>;
  /** Forgets every token issued before the instant. */
  expire(issuedBeforeMs: number): Promise<void>;
}

export interface StartRequest {
  readonly unit: TriggerUnit;
  /** The run id that the run must get: `runIdOf(unit.id, pressId)`. */
  readonly taskId: string;
  readonly pressId: string;
  /** As the caller claims; the door decides what it believes. */
  readonly user: string;
  readonly record: KintoneRecord | null;
  /** Record number inside `record`; blank without one. */
  readonly recordId: string;
  /** Nagare's own addition: values of the unit's input form. */
  readonly input: RunInput;
}

export type StartReply =
  /** The run record exists (or the run waits in a queue that survives): `tasks.find` knows it. */
  | { readonly kind: 'started' }
  /** The unit joins starts to the run that goes on already: that one is the caller's task. */
  | { readonly kind: 'joined'; readonly taskId: string }
  /** Another run holds the unit, and the unit allows one at a time. */
  | { readonly kind: 'conflict'; readonly taskId: string }
  | { readonly kind: 'rateLimited' }
  /** Nothing was started and nothing was logged. */
  | { readonly kind: 'refused'; readonly failure: Failure };

/** A task as the protocol shows it; `taskOfEntry` and `taskOfStatus` make it. */
export interface Task {
  readonly taskId: string;
  readonly unitId: string;
  readonly state: RunState;
  readonly reason: StateReason;
  readonly endedAtMs: number | null;
  /** Code of the failure (`docs/trigger.md` maps it to `errorCode`); blank without one. */
  readonly failureCode: string;
  /** What the run log says; blank without a failure. */
  readonly message: string;
  readonly flows: readonly TaskFlow[];
  /** What the flows hand back; empty until the task has ended well. */
  readonly value: readonly FlowValue[];
}

export interface TaskFlow {
  readonly key: string;
  readonly name: string;
  readonly state: FlowState;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}

/** Everything a door brings. Whatever throws becomes a 500 (`FailureError` with its code). */
export interface TriggerDeps {
  /** null: no such unit. */
  findUnit(unitId: string): Promise<TriggerUnit | null>;
  /** `serialNumber` is decoded from Base64. */
  isLicensed(serialNumber: string): boolean | Promise<boolean>;
  /** Whether the unit's runs per minute are used up (or it was disabled because of that). */
  isRateLimited(unit: TriggerUnit): Promise<boolean>;
  start(request: StartRequest): Promise<StartReply>;
  /** null: no such task. */
  findTask(taskId: string): Promise<Task | null>;
  /**
   * Has a task stopped before its next commit, whichever page or process carries it out. Resolves when the wish
   * outlives this process, or there is nothing to stop any more. `user`: whom the log names.
   */
  stopTask(taskId: string, user: string): Promise<void>;
  readonly tokens: TokenStore;
  readonly clock: { nowMs(): number };
  readonly random: {
    bytes(count: number): Uint8Array;
    /** RFC 4122 version 4. */
    uuid(): string;
  };
  /** IANA name; times in answers are in this zone. */
  readonly timeZone: string;
  readonly texts: TriggerTexts;
}

/** The two messages that the reference words itself (`src/ui/dictionaries/{ja,en,zh}/trigger.ts`). */
export interface TriggerTexts {
  readonly settingsError: string;
  readonly concurrency: string;
}

export interface Trigger {
  handle(request: TriggerRequest): Promise<TriggerReply>;
}
