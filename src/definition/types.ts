/** What settings ARE. One versioned document; see DESIGN "Definition". Schemas: `schema.ts`. */

/** A kintone app. `guestSpaceId` is set when the app lives in a guest space (its REST paths differ). */
export interface AppRef {
  readonly appId: string;
  readonly guestSpaceId?: string;
}

export interface Settings {
  readonly version: 2;
  readonly logApp: AppRef | null;
  /** Days without scheduled runs, "YYYY-MM-DD"; each schedule says what it makes of them. */
  readonly holidays: readonly string[];
  readonly units: readonly ExecutionUnit[];
  readonly flows: readonly Flow[];
}

/** 実行単位: an ordered list of flows, started as one. `id` is 14 lower-case letters, as in the trigger protocol. */
export interface ExecutionUnit {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly enabled: boolean;
  readonly executor: Executor;
  readonly button: ButtonTrigger;
  /** Starts by saving, deleting or processing a record in the page. */
  readonly recordEvents: readonly RecordEventTrigger[];
  /** May be started by programs: the page's `nagare` object and the trigger protocol. */
  readonly api: boolean;
  /** Notifications of kintone that start the unit on a server; empty: none. */
  readonly webhookEvents: readonly WebhookEvent[];
  /** Starts by the clock, on a server. */
  readonly schedules: readonly Schedule[];
  readonly concurrency: Concurrency;
  /** How long a start waits for its turn (`queue`) or for a server before it is given up. */
  readonly queueTtlMinutes: number;
  /** Among waiting starts the higher number goes first; equal ones in order of their start. -100 to 100. */
  readonly priority: number;
  readonly confirm: ConfirmPolicy;
  readonly conflict: ConflictPolicy;
  readonly atomicity: Atomicity;
  readonly rateLimitPerMinute: number;
  /** Time for reading, computing and writing; waiting for a person or for a turn does not count. 0: no limit. */
  readonly maxRunMinutes: number;
  readonly mode: RunMode;
  readonly test: TestMode;
  /** Values that a person or a program gives at the start; each is a parameter of its name. */
  readonly input: readonly InputField[];
  /** Where a run in test mode stops before a command; the person looks at the rows and goes on. */
  readonly breakpoints: readonly Breakpoint[];
  readonly savepointRetention: SavepointRetention;
  readonly flowIds: readonly string[];
}

/**
 * browser: the page of the person who starts; server: `nagare serve` picks the request up from the log app;
 * remote: a service that speaks the trigger protocol, at `url` (`https://…/trigger/v1/{unit id there}`). Its
 * serial number and app URL live in the plug-in's proxy settings, never here.
 */
export type Executor =
  | { readonly kind: 'browser' }
  | { readonly kind: 'server' }
  | { readonly kind: 'remote'; readonly url: string };

/** statusChanged: a process action was carried out. */
export type RecordEvent = 'created' | 'edited' | 'statusChanged' | 'deleted';

export interface RecordEventTrigger {
  readonly event: RecordEvent;
  /** before: while the person's save is on its way; after: once kintone has saved. */
  readonly timing: 'before' | 'after';
  /** The unit starts only for records that fulfil these; null: for every record. */
  readonly condition: ConditionGroup | null;
  /** Only for `statusChanged`: the name of the process action; blank: any. */
  readonly action: string;
  /** tell: a run that is refused or fails leaves the save alone; block: it stops the save (only `before`). */
  readonly onFailure: 'tell' | 'block';
}

/** kintone's own names of notification types. */
export type WebhookEvent =
  | 'ADD_RECORD'
  | 'UPDATE_RECORD'
  | 'UPDATE_STATUS'
  | 'DELETE_RECORD'
  | 'ADD_RECORD_COMMENT';

export interface Schedule {
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  /** On one of the settings' holidays: run all the same, leave it out, or run on the nearest other day. */
  readonly holidays: 'run' | 'skip' | 'dayBefore' | 'dayAfter';
}

/** productive: writes what it plans; test: writes into the copies, within the limit, and says so everywhere. */
export type RunMode = 'productive' | 'test';

export interface TestMode {
  /** Rows a test run writes at most, over all outputs; 0: none, it only shows the plan. */
  readonly rowLimit: number;
  /** Outputs into `from` go to its copy `to`. */
  readonly apps: readonly { readonly from: AppRef; readonly to: AppRef }[];
}

export interface InputField {
  /** Name of the parameter, as formulas write it between percent signs. */
  readonly name: string;
  /** What the form says; blank: the name. */
  readonly label: string;
  readonly note: string;
  readonly type: 'text' | 'number' | 'date' | 'time' | 'datetime' | 'choice' | 'choices';
  readonly required: boolean;
  /** As kintone writes values; of `choices` one label a line. Blank: none. */
  readonly defaultValue: string;
  /** Labels, for `choice` and `choices`. */
  readonly choices: readonly string[];
}

export interface Breakpoint {
  readonly flowId: string;
  readonly commandId: string;
}

/** LAST: after a success only the unit's newest run keeps its plan (for undo); ALL: every run does. */
export type SavepointRetention = 'LAST' | 'ALL';

export interface ButtonTrigger {
  readonly enabled: boolean;
  /** Blank: the dictionary's 「実行」. */
  readonly label: string;
  readonly placement: ButtonPlacement;
  /** The button shows only on records that fulfil these; null: on every record. */
  readonly condition: ConditionGroup | null;
  /** Who sees the button; empty: everyone who may open the record. Guidance, not a wall. */
  readonly users: readonly PrincipalRef[];
}

/** The record's header menu space, or a blank-space field of the form by its element id. */
export type ButtonPlacement =
  | { readonly kind: 'headerMenu' }
  | { readonly kind: 'space'; readonly spaceId: string };

export interface PrincipalRef {
  readonly type: 'USER' | 'GROUP' | 'ORGANIZATION';
  readonly code: string;
}

/**
 * What becomes of a start while a run of the unit is going on. reject: refused; queue: waits for its turn;
 * join: the person is shown the run that is going on; allow: runs may overlap.
 */
export type Concurrency = 'reject' | 'queue' | 'join' | 'allow';
/**
 * A record that somebody changed after the plan was made. stop: the run ends; skip: the row is left out and
 * reported; replan: the row is compared anew; overwrite: the planned values are written.
 */
export type ConflictPolicy = 'stop' | 'skip' | 'replan' | 'overwrite';
/**
 * What is written in one commit, all or nothing. flow: each flow that fits; unit: all flows together when
 * they fit, else each flow that fits; required: all flows together, and a run that does not fit is refused.
 */
export type Atomicity = 'flow' | 'unit' | 'required';
/** always: preview and ask; deletions: ask only when records are deleted; never: write at once. */
export type ConfirmPolicy = 'always' | 'deletions' | 'never';

/** データ編集フロー: a graph of commands; order in the list is a valid order of work. */
export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly commands: readonly Command[];
}

/** One step. `inputs` are ids of earlier commands of the same flow, in the order the command expects. */
export interface Command {
  readonly id: string;
  readonly type: string;
  readonly note: string;
  readonly inputs: readonly string[];
  /** Decoded by the command's own schema (`src/commands`). */
  readonly settings: JsonObject;
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** Conditions joined by all (and) or any (or); used by filters, pushed-down queries and button conditions. */
export interface ConditionGroup {
  readonly join: 'all' | 'any';
  readonly conditions: readonly FieldCondition[];
}

export interface FieldCondition {
  /** Field code or column name. */
  readonly field: string;
  readonly operator: ConditionOperator;
  /** Not used by `blank` and `notBlank`; one entry for the comparisons; any number for `in` and `notIn`. */
  readonly values: readonly ConditionValue[];
}

export type ConditionOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'notIn'
  | 'contains'
  | 'notContains'
  | 'blank'
  | 'notBlank';

/**
 * literal: text as kintone writes it ("12.5", "2026-11-21", option label, user code);
 * parameter: a field of the calling record or a fact of the run (`Parameter`);
 * period: the start or end of a calendar period relative to the run's day or to a parameter of type date.
 */
export type ConditionValue =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | {
      readonly kind: 'period';
      readonly unit: 'day' | 'month' | 'year';
      readonly edge: 'start' | 'end';
      /** 0 = this period, -1 = the one before. */
      readonly offset: number;
      /** Parameter name whose date is the base; blank: the day the run started, in the user's time zone. */
      readonly base: string;
    };

export type RunState = 'Queuing' | 'Running' | 'Success' | 'Failure';
export type FlowState = RunState | 'Cancel';
