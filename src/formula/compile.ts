import type { Column, Table } from '../table/types';
import { zoneCalendar } from './calendar';
import { toBoolean } from './convert';
import type { EntryValues } from './entries';
import type { EvaluationContext } from './evaluator';
import { Compiler } from './evaluator';
import { CHUNK_ROWS, MAX_LISTED_ROW_ERRORS } from './limits';
import type { Frame } from './operation';
import { resultBuilder } from './result';
import type { ErrorBytes, RowErrorCode } from './row-errors';
import { errorCodeOf } from './row-errors';
import type { ResultType, TypedExpression, TypedNode } from './typed';
import type { Vector } from './vectors';

export type { EvaluationContext } from './evaluator';

export interface RowErrorReport {
  readonly row: number;
  readonly code: RowErrorCode;
}

/** Errors of rows: the caller decides whether they fail the run or leave blanks. */
export interface RowErrors {
  /** The first rows with an error, in order. */
  readonly errors: readonly RowErrorReport[];
  readonly errorCount: number;
}

export interface FormulaResult extends RowErrors {
  /** Rows with an error are blank. TRUE / FALSE results are text here; name and label are empty. */
  readonly column: Column;
  /** 1 where a boolean result is TRUE; null for other result types. */
  readonly booleans: Uint8Array | null;
}

export interface PredicateResult extends RowErrors {
  /** 1 for rows to keep; rows with an error are not kept. */
  readonly keep: Uint8Array;
}

export interface CompiledFormula {
  readonly resultType: ResultType;
  readonly columns: readonly string[];
  readonly parameters: readonly string[];
  evaluate(table: Table, context: EvaluationContext): FormulaResult;
  /** Vectors of the result, chunk by chunk; for `evaluatePredicate`. */
  forEachChunk(table: Table, context: EvaluationContext, take: TakeChunk): void;
}

type TakeChunk = (vector: Vector, frame: Frame, start: number) => void;

class ErrorCollector {
  readonly errors: RowErrorReport[] = [];
  errorCount = 0;

  add(bytes: ErrorBytes, start: number, count: number): void {
    if (bytes === null) return;
    for (let row = 0; row < count; row += 1) {
      const byte = bytes[row]!;
      if (byte === 0) continue;
      this.errorCount += 1;
      if (this.errors.length < MAX_LISTED_ROW_ERRORS) {
        this.errors.push({ row: start + row, code: errorCodeOf(byte) });
      }
    }
  }
}

/**
 * Makes a formula ready to run, many times and on any table that has its columns. Evaluation throws only
 * for what checking has ruled out: a missing column or parameter, or a time zone that does not exist.
 */
export function compileFormula(typed: TypedExpression): CompiledFormula {
  const evaluate = new Compiler(typed.root).evaluatorOf(typed.root);
  const forEachChunk = (table: Table, context: EvaluationContext, take: TakeChunk): void => {
    const environment = { nowMs: context.nowMs, zone: zoneCalendar(context.timeZone) };
    const columns = new Map<string, Column>();
    const constants = new Map<TypedNode, Vector>();
    const entryValues = new Map<TypedNode, EntryValues | null>();
    for (let start = 0; start < table.rowCount; start += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, table.rowCount - start);
      const chunkValues = new Map<TypedNode, Vector>();
      const run = { table, context, environment, start, count, columns, constants, chunkValues, entryValues };
      take(evaluate(run), { count, environment }, start);
    }
  };
  return {
    resultType: typed.resultType,
    columns: typed.columns,
    parameters: typed.parameters,
    forEachChunk,
    evaluate(table, context) {
      const builder = resultBuilder(typed.resultType, table.rowCount);
      const collector = new ErrorCollector();
      forEachChunk(table, context, (vector, frame, start) => {
        collector.add(builder.take(vector, start, frame.count), start, frame.count);
      });
      const { errors, errorCount } = collector;
      return { ...builder.finish(), errors, errorCount };
    },
  };
}

/**
 * Runs a formula as a filter. TRUE, a number other than 0 and text that is not empty keep the row (so
 * `IF(x = "a", "yes", "")` filters); any other result, blank included, drops it.
 */
export function evaluatePredicate(
  compiled: CompiledFormula,
  table: Table,
  context: EvaluationContext,
): PredicateResult {
  const keep = new Uint8Array(table.rowCount);
  const collector = new ErrorCollector();
  compiled.forEachChunk(table, context, (vector, frame, start) => {
    const { values } = toBoolean(vector, compiled.resultType, frame);
    collector.add(vector.errors, start, frame.count);
    for (let row = 0; row < frame.count; row += 1) {
      const isKept = values[row] === 1 && !vector.errors?.[row];
      keep[start + row] = isKept ? 1 : 0;
    }
  });
  const { errors, errorCount } = collector;
  return { keep, errors, errorCount };
}
