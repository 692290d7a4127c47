/** Turns a typed tree into closures over chunks of rows. */
import { columnFromCells } from '../table/column';
import type { Decimal } from '../table/decimal';
import { columnNamed } from '../table/table';
import type { Cell, Column, Table, TextColumn } from '../table/types';
import type { EntryValues } from './entries';
import { entryColumn, evaluateEntries, isWorthEntries, onlyTextColumn, takeEntries } from './entries';
import { CHUNK_ROWS } from './limits';
import { vectorOfDecimals } from './number-vector';
import type { Environment, Frame, Operation } from './operation';
import { sliceColumn } from './slices';
import type { FormulaParameter, TypedNode } from './typed';
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

export interface Run {
  readonly table: Table;
  readonly context: EvaluationContext;
  readonly environment: Environment;
  /** First row of the chunk and its number of rows. */
  readonly start: number;
  readonly count: number;
  readonly columns: Map<string, Column>;
  readonly constants: Map<TypedNode, Vector>;
  readonly chunkValues: Map<TypedNode, Vector>;
  /** What parts of the formula are for the entries of a text column's dictionary; null: not worth it. */
  readonly entryValues: Map<TypedNode, EntryValues | null>;
}

export type Evaluator = (run: Run) => Vector;

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

export class Compiler {
  private readonly evaluators = new Map<TypedNode, Evaluator>();
  /** The same parts without the short cut over dictionaries, for use inside it. */
  private readonly plainEvaluators = new Map<TypedNode, Evaluator>();
  private readonly shared: ReadonlySet<TypedNode>;

  constructor(root: TypedNode) {
    this.shared = sharedNodes(root);
  }

  evaluatorOf(node: TypedNode): Evaluator {
    let evaluator = this.evaluators.get(node);
    if (evaluator === undefined) {
      const name = node.constant || node.kind === 'column' ? null : onlyTextColumn(node);
      evaluator = name === null ? this.remembering(node, false) : this.overEntries(node, name);
      this.evaluators.set(node, evaluator);
    }
    return evaluator;
  }

  private plainEvaluatorOf(node: TypedNode): Evaluator {
    let evaluator = this.plainEvaluators.get(node);
    if (evaluator === undefined) {
      evaluator = this.remembering(node, true);
      this.plainEvaluators.set(node, evaluator);
    }
    return evaluator;
  }

  private remembering(node: TypedNode, isPlain: boolean): Evaluator {
    const evaluator = this.compute(node, isPlain);
    if (node.constant) return this.once(node, evaluator);
    return this.shared.has(node) ? this.oncePerChunk(node, evaluator) : evaluator;
  }

  /**
   * What depends on one text column only is computed once per distinct text and then looked up. Entries
   * that no row has do no harm: their errors are not looked up either.
   */
  private overEntries(node: TypedNode, name: string): Evaluator {
    const plain = this.plainEvaluatorOf(node);
    return (run) => {
      const column = columnOf(run, name);
      let entries = run.entryValues.get(node);
      if (entries === undefined) {
        entries = column.kind === 'text' ? this.entriesOf(column, plain, run) : null;
        run.entryValues.set(node, entries);
      }
      if (entries === null || column.kind !== 'text') return plain(run);
      return takeEntries(entries, column.codes, run.start, run.count);
    };
  }

  private entriesOf(column: TextColumn, plain: Evaluator, run: Run): EntryValues | null {
    if (!isWorthEntries(column)) return null;
    const columns = new Map([[column.spec.name, entryColumn(column)]]);
    return evaluateEntries(column, (start, count) =>
      plain({ ...run, start, count, columns, chunkValues: new Map() }),
    );
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

  private compute(node: TypedNode, isPlain: boolean): Evaluator {
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
          node.arguments.map((argument) =>
            isPlain ? this.plainEvaluatorOf(argument) : this.evaluatorOf(argument),
          ),
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
