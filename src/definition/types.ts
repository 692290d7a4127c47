/** What settings ARE. One versioned document; see DESIGN "Definition". Schemas: `schema.ts`. */

/** A kintone app. `guestSpaceId` is set when the app lives in a guest space (its REST paths differ). */
export interface AppRef {
  readonly appId: string;
  readonly guestSpaceId?: string;
}

export interface Settings {
  readonly version: 1;
  readonly logApp: AppRef | null;
  readonly units: readonly ExecutionUnit[];
  readonly flows: readonly Flow[];
}

/** 実行単位: an ordered list of flows, started as one. `id` is 14 lower-case letters, as in the trigger protocol. */
export interface ExecutionUnit {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly enabled: boolean;
  readonly button: ButtonTrigger;
  readonly concurrency: Concurrency;
  readonly confirm: ConfirmPolicy;
  readonly rateLimitPerMinute: number;
  readonly flowIds: readonly string[];
}

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

/** reject: a second run is refused while one is going on; allow: runs may overlap. */
export type Concurrency = 'reject' | 'allow';
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
