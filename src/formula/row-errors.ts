/**
 * An error of one row is a value, as in Excel: it travels through the operations that use it and
 * vanishes where IF or IFERROR does not take it. Vectors keep it as a small integer per row.
 */
export const ROW_ERROR_CODES = [
  /** Text where a number is needed does not name one. */
  'notANumber',
  'notADate',
  'notATime',
  'notADateTime',
  'divisionByZero',
  /** An argument outside what the function accepts, such as LEFT("a", -1). */
  'argumentOutOfRange',
  /** A date before year 1 or after year 9999. */
  'dateOutOfRange',
  /** FIND did not find its text. */
  'textNotFound',
  /** IFS or SWITCH without a case that fits. */
  'noMatch',
  'numberTooLong',
  'textTooLong',
  /** TEXT was given a format that it does not know for this kind of value. */
  'unknownFormat',
] as const;

export type RowErrorCode = (typeof ROW_ERROR_CODES)[number];

/** One error per row; 0 is none, n is `ROW_ERROR_CODES[n - 1]`. Null when no row has one. */
export type ErrorBytes = Uint8Array | null;

/** A function of one row returns it in place of a value. */
export class RowError {
  readonly code: RowErrorCode;
  readonly byte: number;
  constructor(code: RowErrorCode) {
    this.code = code;
    this.byte = ROW_ERROR_CODES.indexOf(code) + 1;
  }
}

const ERRORS: ReadonlyMap<string, RowError> = new Map(
  ROW_ERROR_CODES.map((code) => [code, new RowError(code)]),
);

export function rowError(code: RowErrorCode): RowError {
  return ERRORS.get(code)!;
}

export function errorCodeOf(byte: number): RowErrorCode {
  return ROW_ERROR_CODES[byte - 1]!;
}

/** The first error of each row among the inputs, in a fresh array; null when there is none. */
export function mergeErrors(count: number, ...inputs: readonly ErrorBytes[]): ErrorBytes {
  let merged: Uint8Array | null = null;
  for (const input of inputs) {
    if (input === null) continue;
    if (merged === null) {
      merged = input.slice(0, count);
      continue;
    }
    for (let row = 0; row < count; row += 1) if (merged[row] === 0) merged[row] = input[row]!;
  }
  return merged;
}

/** Marks a row unless it already has an earlier error. `errors` must be the caller's own array. */
export function markError(errors: ErrorBytes, count: number, row: number, code: RowErrorCode): Uint8Array {
  const marked = errors ?? new Uint8Array(count);
  if (marked[row] === 0) marked[row] = rowError(code).byte;
  return marked;
}
