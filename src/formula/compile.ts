import { columnFromCells } from '../table/column';
import type { Decimal } from '../table/decimal';
import { columnNamed } from '../table/table';
import type { Cell, Column, Table } from '../table/types';
import { zoneCalendar } from './calendar';
import { toBoolean } from './convert';
import { CHUNK_ROWS, MAX_LISTED_ROW_ERRORS } from './limits';
import { vectorOfDecimals } from './number-vector';
import type { Environment, Frame, Operation } from './operation';
import { resultBuilder } from './result';
import type { ErrorBytes, RowErrorCode } from './row-errors';
import { errorCodeOf } from './row-errors';
import { sliceColumn } from './slices';
import type { FormulaParameter, ResultType, TypedExpression, TypedNode } from './typed';
import type { Vector } from './vectors';
import { spread } from './vectors';

export interface EvaluationContext {
  /** Wall clock for NOW and TODAY, milliseconds since 1970 UTC. */
  readonly nowMs: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Value of a parameter that the formula uses; its cell has the type that checking was told. */
  parameter(name: string): Cell;
}

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

interface Run {
  readonly table: Table;
  readonly context: EvaluationContext;
  readonly environment: Environment;
  /** First row of the chunk and its number of rows. */
  readonly start: number;
  readonly count: number;
  readonly columns: Map<string, Column>;
  readonly constants: Map<TypedNode, Vector>;
  readonly chunkValues: Map<TypedNode, Vector>;
}

type Evaluator = (run: Run) => Vector;

function literalVector(value: Decimal | string | boolean): Vector {
  if (typeof value === 'string') return { kind: 'text', values: [value], errors: null };
  if (typeof value === 'boolean') {
    return { kind: 'boolean', values: Uint8Array.of(value ? 1 : 0), errors: null };
  }
  return vectorOfDecimals([value], null);
}

function parameterVector(spec: FormulaParameter, cell: Cell): Vector {
  const columnSpec = { name: spec.name, label: spec.name, type: spec.type };
  return sliceColumn(columnFromCells(columnSpec, [cell]), 0, 1);
}

function columnOf(run: Run, name: string): Column {
  let column = run.columns.get(name);
  if (column === undefined) {
    column = columnNamed(run.table, name);
    run.columns.set(name, column);
  }
  return column;
}

/** Nodes that several others use (SWITCH uses its subject once per case). */
function sharedNodes(root: TypedNode): ReadonlySet<TypedNode> {
  const seen = new Set<TypedNode>();
  const shared = new Set<TypedNode>();
  const visit = (node: TypedNode): void => {
    if (seen.has(node)) {
      shared.add(node);
      return;
    }
    seen.add(node);
    if (node.kind === 'operation') for (const argument of node.arguments) visit(argument);
  };
  visit(root);
  return shared;
}

class Compiler {
  private readonly evaluators = new Map<TypedNode, Evaluator>();
  private readonly shared: ReadonlySet<TypedNode>;

  constructor(root: TypedNode) {
    this.shared = sharedNodes(root);
  }

  evaluatorOf(node: TypedNode): Evaluator {
    let evaluator = this.evaluators.get(node);
    if (evaluator === undefined) {
      evaluator = this.plain(node);
      if (node.constant) evaluator = this.once(node, evaluator);
      else if (this.shared.has(node)) evaluator = this.oncePerChunk(node, evaluator);
      this.evaluators.set(node, evaluator);
    }
    return evaluator;
  }

  /** Computed for one row, once per evaluation, and spread over the rows of any chunk. */
  private once(node: TypedNode, compute: Evaluator): Evaluator {
    return (run) => {
      let vector = run.constants.get(node);
      if (vector === undefined) {
        vector = spread(compute({ ...run, start: 0, count: 1 }), Math.min(CHUNK_ROWS, run.table.rowCount));
        run.constants.set(node, vector);
      }
      return vector;
    };
  }

  private oncePerChunk(node: TypedNode, compute: Evaluator): Evaluator {
    return (run) => {
      let vector = run.chunkValues.get(node);
      if (vector === undefined) {
        vector = compute(run);
        run.chunkValues.set(node, vector);
      }
      return vector;
    };
  }

  private plain(node: TypedNode): Evaluator {
    switch (node.kind) {
      case 'literal': {
        const vector = literalVector(node.value);
        return () => vector;
      }
      case 'parameter':
        return ({ context }) => parameterVector(node.spec, context.parameter(node.spec.name));
      case 'column': {
        const { name } = node.spec;
        return (run) => sliceColumn(columnOf(run, name), run.start, run.count);
      }
      case 'operation':
        return this.operation(
          node.operation,
          node.arguments.map((argument) => this.evaluatorOf(argument)),
        );
    }
  }

  private operation(operation: Operation, evaluators: readonly Evaluator[]): Evaluator {
    const frameOf = ({ count, environment }: Run): Frame => ({ count, environment });
    if ('apply' in operation) {
      return (run) =>
        operation.apply(
          evaluators.map((evaluate) => evaluate(run)),
          frameOf(run),
        );
    }
    return (run) =>
      operation.lazy(
        evaluators.map((evaluate) => remembered(() => evaluate(run))),
        frameOf(run),
      );
  }
}

/** Nested lazy operations may ask twice; without memory the work would double with every level. */
function remembered(compute: () => Vector): () => Vector {
  let vector: Vector | undefined;
  return () => {
    vector ??= compute();
    return vector;
  };
}

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
    for (let start = 0; start < table.rowCount; start += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, table.rowCount - start);
      const chunkValues = new Map<TypedNode, Vector>();
      const run = { table, context, environment, start, count, columns, constants, chunkValues };
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
