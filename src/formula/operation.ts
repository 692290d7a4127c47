/** What the checker chooses for each place of a formula, and what the compiler runs. */
import type { ZoneCalendar } from './calendar';
import type { Vector } from './vectors';

/**
 * Static type of a part of a formula. `duration`: a number of days kept as minutes in a
 * number vector, so that (end - start) * 24 is exact, which no decimal fraction of a day could be. `list`: choices, people, files
 * and tables, as their joined text. `blank`: the literal "", which takes the type of what it meets.
 */
export type ValueType =
  | 'number'
  | 'text'
  | 'boolean'
  | 'date'
  | 'time'
  | 'datetime'
  | 'duration'
  | 'list'
  | 'blank';

/** Facts of one evaluation. */
export interface Environment {
  readonly nowMs: number;
  readonly zone: ZoneCalendar;
}

export interface Frame {
  /** Rows of this chunk. */
  readonly count: number;
  readonly environment: Environment;
}

/** Works on whole vectors. `lazy` gets its arguments as thunks and may leave some unevaluated. */
export type Operation =
  | { readonly apply: (vectors: readonly Vector[], frame: Frame) => Vector }
  | { readonly lazy: (vectors: readonly (() => Vector)[], frame: Frame) => Vector };

export function runOperation(operation: Operation, vectors: readonly Vector[], frame: Frame): Vector {
  return 'apply' in operation
    ? operation.apply(vectors, frame)
    : operation.lazy(
        vectors.map((vector) => () => vector),
        frame,
      );
}
