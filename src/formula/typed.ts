/** The formula after checking: every name resolved, every operation and conversion chosen. */

import { FailureError, failure } from '../definition/errors';
import type { Decimal } from '../table/decimal';
import type { ColumnSpec, ColumnType } from '../table/types';
import { conversion } from './convert';
import type { Operation, ValueType } from './operation';
import type { Span } from './tree';

export type TypedNode = Span & {
  readonly type: ValueType;
  /** Same value in every row of one evaluation: literals, parameters, and what is made of them only. */
  readonly constant: boolean;
} & (
    | { readonly kind: 'literal'; readonly value: Decimal | string | boolean }
    | { readonly kind: 'column'; readonly spec: ColumnSpec }
    | { readonly kind: 'parameter'; readonly spec: FormulaParameter }
    | { readonly kind: 'operation'; readonly operation: Operation; readonly arguments: readonly TypedNode[] }
  );

/** What a formula needs to know of a parameter; the parameters of commands have this shape. */
export interface FormulaParameter {
  readonly name: string;
  readonly type: ColumnType;
  readonly columns?: readonly ColumnSpec[];
}

/** Result of a whole formula: a column type, or TRUE / FALSE. */
export type ResultType = 'number' | 'text' | 'boolean' | 'date' | 'time' | 'datetime';

export interface TypedExpression {
  readonly root: TypedNode;
  readonly resultType: ResultType;
  /** Names of the columns used, by first appearance. */
  readonly columns: readonly string[];
  /** Names of the parameters used, by first appearance. */
  readonly parameters: readonly string[];
}

const VALUE_TYPES: Readonly<Record<ColumnType, ValueType>> = {
  text: 'text',
  choice: 'text',
  number: 'number',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  choices: 'list',
  people: 'list',
  files: 'list',
  table: 'list',
};

export function valueTypeOf(type: ColumnType): ValueType {
  return VALUE_TYPES[type];
}

export function operationNode(
  span: Span,
  type: ValueType,
  operation: Operation,
  list: readonly TypedNode[],
): TypedNode {
  const constant = list.every((node) => node.constant);
  return { kind: 'operation', type, operation, arguments: list, constant, start: span.start, end: span.end };
}

/** @throws FailureError `typeMismatch` {found, expected, used, start, end}; `used` is the operator or function. */
export function mismatch(node: TypedNode, expected: readonly ValueType[], used: string): FailureError {
  const params = { found: node.type, expected: [...expected], used, start: node.start, end: node.end };
  return new FailureError(failure('typeMismatch', params));
}

/** The node with the conversion to `type` around it. @throws FailureError `typeMismatch` */
export function converted(node: TypedNode, type: ValueType, used: string): TypedNode {
  const operation = conversion(node.type, type);
  if (operation === undefined) throw mismatch(node, [type], used);
  return operation === null ? node : operationNode(node, type, operation, [node]);
}

const NUMERIC: ReadonlySet<ValueType> = new Set(['number', 'duration', 'boolean']);

/**
 * The type that can hold the values of all branches. "" takes the type of the others, which makes
 * IF(a = "", "", a * 2) a number; a mixture that has no common type becomes text.
 */
export function commonType(types: readonly ValueType[]): ValueType {
  const present = [...new Set(types)].filter((type) => type !== 'blank');
  const [first] = present;
  if (first === undefined) return 'text';
  if (present.length === 1) return first === 'list' ? 'text' : first;
  if (present.every((type) => NUMERIC.has(type))) return 'number';
  if (present.every((type) => type === 'date' || type === 'datetime')) return 'datetime';
  return 'text';
}
