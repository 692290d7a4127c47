import type { Params, Result } from '../definition/errors';
import { FailureError, fail, failure, ok } from '../definition/errors';
import type { ColumnSpec } from '../table/types';
import { FUNCTIONS } from './functions/index';
import { binaryNode, percentNode, signNode } from './operators';
import { nearestName } from './suggest';
import type { Expression, Span } from './tree';
import type { FormulaParameter, ResultType, TypedExpression, TypedNode } from './typed';
import { converted, valueTypeOf } from './typed';

export interface FormulaScope {
  readonly columns: readonly ColumnSpec[];
  readonly parameters: readonly FormulaParameter[];
  /**
   * Convert the result to this type; a formula whose result does not convert is a `typeMismatch`, a single
   * value that does not is that row's error.
   */
  readonly resultType?: ResultType;
}

class Checker {
  readonly columns = new Set<string>();
  readonly parameters = new Set<string>();
  private readonly scope: FormulaScope;
  private readonly columnOf: ReadonlyMap<string, ColumnSpec>;
  private readonly parameterOf: ReadonlyMap<string, FormulaParameter>;

  constructor(scope: FormulaScope) {
    this.scope = scope;
    this.columnOf = new Map(scope.columns.map((spec) => [spec.name, spec]));
    this.parameterOf = new Map(scope.parameters.map((spec) => [spec.name, spec]));
  }

  node(expression: Expression): TypedNode {
    const { start, end } = expression;
    switch (expression.kind) {
      case 'number':
        return { kind: 'literal', type: 'number', value: expression.value, constant: true, start, end };
      case 'text': {
        const type = expression.value === '' ? 'blank' : 'text';
        return { kind: 'literal', type, value: expression.value, constant: true, start, end };
      }
      case 'boolean':
        return { kind: 'literal', type: 'boolean', value: expression.value, constant: true, start, end };
      case 'field':
        return this.column(expression.name, expression);
      case 'parameter':
        return this.parameter(expression.name, expression);
      case 'sign':
        return signNode(expression.operator, this.node(expression.operand), expression);
      case 'percent':
        return percentNode(this.node(expression.operand), expression);
      case 'binary':
        return binaryNode(
          expression.operator,
          this.node(expression.left),
          this.node(expression.right),
          expression,
        );
      case 'call': {
        const list = expression.arguments.map((argument) => this.node(argument));
        // The parser has looked the name up and counted the arguments.
        return FUNCTIONS.get(expression.name)!.build(list, expression);
      }
    }
  }

  private column(name: string, { start, end }: Span): TypedNode {
    const spec = this.columnOf.get(name);
    if (spec === undefined) throw this.unknownField(name, { start, end });
    this.columns.add(name);
    return { kind: 'column', type: valueTypeOf(spec.type), spec, constant: false, start, end };
  }

  private unknownField(name: string, { start, end }: Span): FailureError {
    const table = this.scope.columns.find((spec) => spec.columns?.some((inner) => inner.name === name));
    if (table !== undefined) {
      return new FailureError(failure('fieldInsideTable', { name, table: table.name, start, end }));
    }
    const labelled = this.scope.columns.find((spec) => spec.label === name);
    const suggestion = labelled?.name ?? nearestName(name, this.columnOf.keys());
    return unknown('unknownField', { name, start, end }, suggestion);
  }

  private parameter(name: string, { start, end }: Span): TypedNode {
    const spec = this.parameterOf.get(name);
    if (spec === undefined) {
      throw unknown('unknownParameter', { name, start, end }, nearestName(name, this.parameterOf.keys()));
    }
    this.parameters.add(name);
    return { kind: 'parameter', type: valueTypeOf(spec.type), spec, constant: true, start, end };
  }
}

function unknown(code: string, params: Params, suggestion: string | undefined): FailureError {
  return new FailureError(failure(code, suggestion === undefined ? params : { ...params, suggestion }));
}

/** Types that live only inside a formula become what a column or a condition can hold. */
function resultTypeOf({ type }: TypedNode): ResultType {
  if (type === 'duration') return 'number';
  return type === 'list' || type === 'blank' ? 'text' : type;
}

/**
 * Resolves names and types. Failures, each with `start` and `end`: unknownField (suggestion),
 * fieldInsideTable, unknownParameter (suggestion), typeMismatch (found, expected, used).
 */
export function checkFormula(expression: Expression, scope: FormulaScope): Result<TypedExpression> {
  try {
    const checker = new Checker(scope);
    const node = checker.node(expression);
    const resultType = scope.resultType ?? resultTypeOf(node);
    const root = converted(node, resultType, 'result');
    return ok({ root, resultType, columns: [...checker.columns], parameters: [...checker.parameters] });
  } catch (error) {
    if (error instanceof FailureError) return fail(error.failure);
    throw error;
  }
}
