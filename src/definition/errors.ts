/**
 * Errors are values. Every room reports with this shape; the words for people live in the
 * dictionaries (`src/ui/dictionaries`), keyed by `code`, filled from `params`.
 */

/** Where something happened, from the outside in. Absent parts do not apply. */
export interface Place {
  readonly unitId?: string;
  readonly flowId?: string;
  readonly commandId?: string;
  readonly appId?: string;
  /** Field code, column name or settings path (`mapping.2.from`), as the screen needs it to focus. */
  readonly field?: string;
  /** Record id in the app, as kintone gives it. */
  readonly recordId?: string;
  /** 0-based row of the table that was being worked on. */
  readonly row?: number;
}

export type ParamValue = string | number | boolean | readonly string[];
export type Params = Readonly<Record<string, ParamValue>>;

/** What happened, where, and what the text needs to know. */
export interface Failure {
  readonly code: string;
  readonly params: Params;
  readonly place: Place;
}

/** A finding about settings: an error forbids running, a warning may surprise. */
export interface Problem extends Failure {
  readonly severity: 'error' | 'warning' | 'info';
}

export type Result<T, E = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const fail = <E>(error: E): Result<never, E> => ({ ok: false, error });

export function failure(code: string, params: Params = {}, place: Place = {}): Failure {
  return { code, params, place };
}

export function problem(
  severity: Problem['severity'],
  code: string,
  params: Params = {},
  place: Place = {},
): Problem {
  return { severity, code, params, place };
}

/** Carries a `Failure` through code that can only throw; caught at the edge of a flow or a run. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(value: Failure) {
    super(`${value.code} ${JSON.stringify(value.params)}`);
    this.name = 'FailureError';
    this.failure = value;
  }
}
