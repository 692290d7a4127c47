/**
 * Types of `window.nagare`, the way to start execution units from customisation of a kintone page.
 * Shipped as `nagare.d.ts`: put it beside your code, it needs nothing else. Guide: docs/trigger.md of Nagare.
 */

/** One per page, frozen; there from the moment the plug-in's script is loaded. */
export interface Nagare {
  /** Units that programs may start: enabled, with "start by API" on. */
  units(): Promise<readonly NagareUnit[]>;
  /**
   * Starts a unit. Resolves when its run is in the log; rejects with a `NagareError` when there is no run.
   * @param unit the id of a unit, or an entry of `units()`
   */
  start(unit: string | NagareUnit, options?: NagareStartOptions): Promise<NagareRun>;

  /** The trigger protocol. Answers of every kind resolve; `code` is 200 or that of the error. */
  token(unitId: string, body: NagareTokenRequest): Promise<NagareTokenAnswer | NagareErrorAnswer>;
  run(unitId: string, body: NagareRunRequest): Promise<NagareRunAnswer | NagareErrorAnswer>;
  status(unitId: string, body: NagareStatusRequest): Promise<NagareStatusAnswer | NagareErrorAnswer>;
  /** Nagare's own: asks for a stop before the task's next commit. The same request as for the status. */
  stop(unitId: string, body: NagareStatusRequest): Promise<NagareStopAnswer | NagareErrorAnswer>;
  /**
   * The same in the shape that programs for the protocol have it.
   * @param api token, run, status or stop
   * @param url `https://…/trigger/v1/{unit id}`; only the end counts, nothing leaves the page
   * @param body an object, or JSON
   */
  sendRequest(api: string, url: string, body: unknown): Promise<NagareAnswer>;
}

export interface NagareUnit {
  readonly id: string;
  readonly name: string;
  readonly input: readonly NagareInputField[];
}

export interface NagareInputField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'date' | 'time' | 'datetime' | 'choice' | 'choices';
  readonly required: boolean;
  readonly choices: readonly string[];
}

export interface NagareStartOptions {
  /** The calling record, as `event.record` has it. Absent: the unit runs without one. */
  readonly record?: Readonly<Record<string, { readonly type?: string; readonly value: unknown }>>;
  /**
   * Values for the unit's input fields, by name, as kintone writes values; without a record also for the record's
   * fields. What is needed and missing the person is asked for, unless `confirm` is false.
   */
  readonly input?: Readonly<Record<string, string>>;
  /** false: write without asking. Otherwise the unit's own setting decides. */
  readonly confirm?: boolean;
  /** Stops the run before its next commit. */
  readonly signal?: AbortSignal;
}

export type NagareState = 'Queuing' | 'Running' | 'Success' | 'Failure';

export interface NagareRun {
  /** Also the task id of the protocol. */
  readonly runId: string;
  /** Now. */
  readonly state: NagareState;
  readonly progress: NagareProgress;
  /** Calls at every change until the run has ended. Answers the function that stops it. */
  onProgress(listener: (progress: NagareProgress) => void): () => void;
  /** Stops before the next commit; what is written stays. */
  cancel(): void;
  /** Resolves when the run has ended, whatever its end; never rejects. */
  readonly ended: Promise<NagareProgress>;
}

export interface NagareProgress {
  readonly runId: string;
  readonly state: NagareState;
  /** Finer than the state: checking, confirming, writing, done, noChange, cancelled … */
  readonly reason: string;
  readonly rowsWritten: number;
  /** 0 until it is known. */
  readonly rowsPlanned: number;
  readonly counts: {
    readonly added: number;
    readonly updated: number;
    readonly deleted: number;
    readonly unchanged: number;
  };
  readonly flows: readonly { readonly name: string; readonly state: NagareState | 'Cancel' }[];
  /** Set when the run has failed, or a data check stopped it. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Record number in the log app. */
  readonly logRecordId: string | null;
  /** Rows of the command 「結果の値」, per flow; empty until the run has ended well. */
  readonly value: readonly {
    readonly flowName: string;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  }[];
}

/** Why there is no run; the message is in the user's language. */
export interface NagareError extends Error {
  readonly name: 'NagareError';
  /** locked, rateLimited, unitDisabled, unitNotByApi … */
  readonly code: string;
  /** Beside `locked`: the run that holds the unit. */
  readonly holderRunId: string | null;
}

export interface NagareTokenRequest {
  readonly krewdataAppUrl: string;
  /** In Base64. Inside a page any serial number will do. */
  readonly serialNumber: string;
}

export interface NagareRunRequest {
  readonly accessToken: string;
  readonly user: string;
  readonly appId: string | number;
  readonly record?: NagareStartOptions['record'];
  /** Not in the reference: values for the unit's input fields. */
  readonly input?: NagareStartOptions['input'];
}

export interface NagareStatusRequest {
  readonly accessToken: string;
  readonly taskId: string;
}

export interface NagareTokenAnswer {
  readonly code: 200;
  readonly status: 'OK';
  readonly accessToken: string;
}

export interface NagareRunAnswer {
  readonly code: 200;
  readonly status: 'OK';
  readonly taskId: string;
}

export interface NagareStopAnswer {
  readonly code: 200;
  readonly status: 'OK';
  readonly taskId: string;
  /** Queuing, Running: it is going to stop. */
  readonly taskStatus: NagareState;
}

export interface NagareStatusAnswer {
  readonly code: 200;
  readonly status: 'OK';
  readonly taskStatus: NagareState;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly detail?: { readonly code: string; readonly message: string };
  readonly flowInfo: readonly {
    readonly flowExecUniqueKey: string;
    readonly flowName: string;
    readonly status: NagareState | 'Cancel';
    readonly startTime?: string;
    readonly endTime?: string;
  }[];
}

export interface NagareErrorAnswer {
  readonly code: 400 | 401 | 409 | 429 | 500;
  readonly status: string;
  readonly description: string;
  /** Beside 409: the task that holds the unit. */
  readonly taskId?: string;
}

export type NagareAnswer =
  | NagareTokenAnswer
  | NagareRunAnswer
  | NagareStatusAnswer
  | NagareStopAnswer
  | NagareErrorAnswer;

declare global {
  const nagare: Readonly<Nagare>;
  interface Window {
    readonly nagare: Readonly<Nagare>;
  }
}
