/** What a function is, and the short ways to write one down. */
import type { Decimal } from '../../table/decimal';
import { BLANK_INT32 } from '../../table/types';
import { decimalOrZero } from '../arithmetic';
import { MAX_TEXT_LENGTH } from '../limits';
import type { NumberVector } from '../number-vector';
import { hasTooManyDigits, integerAt, vectorOfDecimals, vectorOfIntegers } from '../number-vector';
import type { Frame, Operation, ValueType } from '../operation';
import type { ErrorBytes } from '../row-errors';
import { markError, mergeErrors, RowError } from '../row-errors';
import type { Span } from '../tree';
import type { TypedNode } from '../typed';
import { converted, operationNode } from '../typed';
import type { BooleanVector, MomentVector, TextVector, Vector } from '../vectors';
import { isBlankRow } from '../vectors';

export type Family = 'logical' | 'math' | 'text' | 'date';

export interface Arity {
  readonly least: number;
  readonly most: number;
  /** Arguments beyond `least` come in groups of this size. */
  readonly step: number;
}

export interface FunctionEntry {
  readonly name: string;
  readonly family: Family;
  /** For help texts: the kind of each argument, marked as slots are. */
  readonly parameters: readonly string[];
  readonly arity: Arity;
  /** The call as a typed node. The argument count has been checked. @throws FailureError `typeMismatch` */
  build(list: readonly TypedNode[], span: Span): TypedNode;
}

/** What a function of one row gets per kind of argument. Moments as in vectors; integers are truncated. */
interface ArgumentValues {
  number: Decimal;
  integer: number;
  text: string;
  boolean: boolean;
  date: number;
  time: number;
  datetime: number;
}
type ArgumentKind = keyof ArgumentValues;
/** `?` may be left out, `...` may be repeated, `?...` both. */
export type Slot = ArgumentKind | `${ArgumentKind}?` | `${ArgumentKind}...` | `${ArgumentKind}?...`;

interface ResultValues {
  number: Decimal;
  /** A number below 2^53 without decimals. */
  integer: number;
  text: string;
  boolean: boolean;
  date: number;
  time: number;
  datetime: number;
  /** Minutes. */
  duration: number;
}
type ResultKind = keyof ResultValues;

type SlotArguments<S extends readonly string[]> = S extends readonly [infer First, ...infer Rest]
  ? First extends `${infer K extends ArgumentKind}?...`
    ? ArgumentValues[K][]
    : First extends `${infer K extends ArgumentKind}...`
      ? ArgumentValues[K][]
      : First extends `${infer K extends ArgumentKind}?`
        ? [ArgumentValues[K] | undefined, ...SlotArguments<Rest extends readonly string[] ? Rest : []>]
        : First extends ArgumentKind
          ? [ArgumentValues[First], ...SlotArguments<Rest extends readonly string[] ? Rest : []>]
          : never
  : [];

function kindOfSlot(slot: string): ArgumentKind {
  return slot.replace(/[?.]+$/, '') as ArgumentKind;
}

/** The slot of the argument at `index`; the last one repeats. */
function slotAt(slots: readonly string[], index: number): string {
  return slots[Math.min(index, slots.length - 1)]!;
}

export function arityOf(slots: readonly string[]): Arity {
  const least = slots.filter((slot) => !slot.includes('?')).length;
  return { least, most: slots.at(-1)?.endsWith('...') ? Infinity : slots.length, step: 1 };
}

/** Arguments converted to their slots' kinds. @throws FailureError `typeMismatch` */
export function convertedToSlots(
  name: string,
  slots: readonly string[],
  list: readonly TypedNode[],
): TypedNode[] {
  return list.map((node, index) => {
    const kind = kindOfSlot(slotAt(slots, index));
    return converted(node, kind === 'integer' ? 'number' : kind, name);
  });
}

/** A function that works on whole vectors, each already of its slot's kind (integers as numbers). */
export function vectorFunction(
  name: string,
  family: Family,
  slots: readonly Slot[],
  result: ValueType,
  apply: (vectors: readonly Vector[], frame: Frame) => Vector,
): FunctionEntry {
  return {
    name,
    family,
    parameters: slots,
    arity: arityOf(slots),
    build: (list, span) => operationNode(span, result, { apply }, convertedToSlots(name, slots, list)),
  };
}

type Reader = (row: number) => unknown;

function readerOf(kind: ArgumentKind, vector: Vector): Reader {
  switch (kind) {
    case 'number':
      return (row) => decimalOrZero(vector as NumberVector, row);
    case 'integer':
      return (row) => integerAt(vector as NumberVector, row);
    case 'boolean':
      return (row) => (vector as BooleanVector).values[row] === 1;
    default:
      return (row) => (vector as TextVector | MomentVector).values[row];
  }
}

interface ResultSink {
  put(row: number, value: unknown): void;
  finish(): Vector;
}

function sinkOf(kind: ResultKind, count: number, errors: { bytes: ErrorBytes }): ResultSink {
  switch (kind) {
    case 'text': {
      const values = new Array<string>(count).fill('');
      const put = (row: number, value: unknown) => {
        const text = value as string;
        if (text.length <= MAX_TEXT_LENGTH) values[row] = text;
        else errors.bytes = markError(errors.bytes, count, row, 'textTooLong');
      };
      return { put, finish: () => ({ kind: 'text', values, errors: errors.bytes }) };
    }
    case 'number': {
      const values = new Array<Decimal | null>(count).fill(null);
      const put = (row: number, value: unknown) => {
        if (!hasTooManyDigits(value as Decimal)) values[row] = value as Decimal;
        else errors.bytes = markError(errors.bytes, count, row, 'numberTooLong');
      };
      return { put, finish: () => vectorOfDecimals(values, errors.bytes) };
    }
    case 'boolean': {
      const values = new Uint8Array(count);
      const put = (row: number, value: unknown) => {
        values[row] = value === true ? 1 : 0;
      };
      return { put, finish: () => ({ kind: 'boolean', values, errors: errors.bytes }) };
    }
    default: {
      const isMoment = kind !== 'integer' && kind !== 'duration';
      const values = new Float64Array(count).fill(isMoment ? BLANK_INT32 : Number.NaN);
      const put = (row: number, value: unknown) => {
        values[row] = value as number;
      };
      const finish = (): Vector =>
        isMoment ? { kind: 'moment', values, errors: errors.bytes } : vectorOfIntegers(values, errors.bytes);
      return { put, finish };
    }
  }
}

/** Calls with the values of a row; the common counts of arguments do without an array per row. */
function caller(call: (...values: never[]) => unknown, readers: readonly Reader[]): Reader {
  const [first, second] = readers;
  if (first !== undefined && readers.length === 1) return (row) => call(first(row) as never);
  if (first !== undefined && second !== undefined && readers.length === 2) {
    return (row) => call(first(row) as never, second(row) as never);
  }
  return (row) => call(...(readers.map((read) => read(row)) as never[]));
}

const MOMENT_KINDS: ReadonlySet<ArgumentKind> = new Set(['date', 'time', 'datetime']);

/**
 * A function of one row. It is not called for rows where an argument has an error (the error is the
 * result), nor where a date, time or date-time is blank (blank is the result). Other blanks come as 0, ""
 * or false. It may return null for blank, or a RowError.
 */
export function rowFunction<const S extends readonly Slot[], R extends ResultKind>(
  name: string,
  family: Family,
  slots: S,
  result: R,
  compute: (...values: SlotArguments<S>) => ResultValues[R] | RowError | null,
  options: { readonly blankIfAnyBlank?: boolean } = {},
): FunctionEntry {
  const call = compute as (...values: never[]) => unknown;
  const staysBlank = (slot: string) => options.blankIfAnyBlank === true || MOMENT_KINDS.has(kindOfSlot(slot));
  const apply = (vectors: readonly Vector[], { count }: Frame): Vector => {
    const errors = { bytes: mergeErrors(count, ...vectors.map((vector) => vector.errors)) };
    const sink = sinkOf(result, count, errors);
    const readers = vectors.map((vector, index) => readerOf(kindOfSlot(slotAt(slots, index)), vector));
    const guards = vectors.filter((_, index) => staysBlank(slotAt(slots, index)));
    const resultOf = caller(call, readers);
    for (let row = 0; row < count; row += 1) {
      if (errors.bytes !== null && errors.bytes[row] !== 0) continue;
      if (guards.length > 0 && guards.some((vector) => isBlankRow(vector, row))) continue;
      const value = resultOf(row);
      if (value instanceof RowError) errors.bytes = markError(errors.bytes, count, row, value.code);
      else if (value !== null) sink.put(row, value);
    }
    return sink.finish();
  };
  return vectorFunction(name, family, slots, result === 'integer' ? 'number' : (result as ValueType), apply);
}

/** A function whose types depend on its arguments, or that leaves some of them unevaluated. */
export function specialFunction(
  name: string,
  family: Family,
  parameters: readonly string[],
  build: (list: readonly TypedNode[], span: Span) => TypedNode,
  arity: Arity = arityOf(parameters),
): FunctionEntry {
  return { name, family, parameters, arity, build };
}

export function sameTypeNode(
  name: string,
  span: Span,
  type: ValueType,
  operation: Operation,
  list: readonly TypedNode[],
): TypedNode {
  return operationNode(
    span,
    type,
    operation,
    list.map((node) => converted(node, type, name)),
  );
}
