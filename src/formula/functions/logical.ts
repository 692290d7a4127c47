/** Functions that decide. Branches that a row does not take are not evaluated for it, in effect. */
import { BLANK_INT32 } from '../../table/types';
import type { NumberVector } from '../number-vector';
import { integerAt, vectorOfIntegers } from '../number-vector';
import type { Operation, ValueType } from '../operation';
import { binaryNode } from '../operators';
import type { ErrorBytes, RowErrorCode } from '../row-errors';
import { markError, mergeErrors, rowError } from '../row-errors';
import type { Span } from '../tree';
import type { TypedNode } from '../typed';
import { commonType, converted, operationNode } from '../typed';
import type { BooleanVector, Vector } from '../vectors';
import { BLANK_BOOLEAN, choose, isBlankRow } from '../vectors';
import type { FunctionEntry } from './entry';
import { specialFunction, vectorFunction } from './entry';

function blankVector(type: ValueType, count: number): Vector {
  switch (type) {
    case 'number':
    case 'duration':
      return vectorOfIntegers(new Float64Array(count).fill(Number.NaN), null);
    case 'boolean':
      return { kind: 'boolean', values: new Uint8Array(count).fill(BLANK_BOOLEAN), errors: null };
    case 'date':
    case 'time':
    case 'datetime':
      return { kind: 'moment', values: new Float64Array(count).fill(BLANK_INT32), errors: null };
    default:
      return { kind: 'text', values: new Array<string>(count).fill(''), errors: null };
  }
}

function blankNode(span: Span): TypedNode {
  return { kind: 'literal', type: 'blank', value: '', constant: true, start: span.end, end: span.end };
}

/**
 * First result whose condition holds. Arguments: condition, result, condition, result ..., and the result
 * for rows where none holds when the count is odd; without it such rows get `none`, or blank if null.
 */
function firstThatHolds(type: ValueType, none: RowErrorCode | null): Operation {
  return {
    lazy: (thunks, { count }) => {
      const pairCount = Math.floor(thunks.length / 2);
      const branches = thunks.filter((_, index) => index % 2 === 1 || index === pairCount * 2);
      const choice = new Int32Array(count).fill(-1);
      let errors: ErrorBytes = null;
      let open = count;
      const settled = new Uint8Array(count);
      for (let pair = 0; pair < pairCount && open > 0; pair += 1) {
        const condition = thunks[pair * 2]!() as BooleanVector;
        const conditionErrors = condition.errors;
        for (let row = 0; row < count; row += 1) {
          if (settled[row] !== 0) continue;
          const byte = conditionErrors === null ? 0 : conditionErrors[row]!;
          if (byte === 0 && condition.values[row] !== 1) continue;
          settled[row] = 1;
          open -= 1;
          if (byte === 0) choice[row] = pair;
          else {
            errors ??= new Uint8Array(count);
            errors[row] = byte;
          }
        }
      }
      for (let row = 0; row < count && open > 0; row += 1) {
        if (settled[row] !== 0) continue;
        if (branches.length > pairCount) choice[row] = pairCount;
        else if (none !== null) errors = markError(errors, count, row, none);
      }
      return choose(branches, choice, errors, count, (length) => blankVector(type, length));
    },
  };
}

/** @param list conditions and results in turn, as `firstThatHolds` wants them */
function decisionNode(
  name: string,
  list: readonly TypedNode[],
  span: Span,
  none: RowErrorCode | null,
): TypedNode {
  const isCondition = (index: number) => index % 2 === 0 && index < list.length - (list.length % 2);
  const type = commonType(list.filter((_, index) => !isCondition(index)).map((node) => node.type));
  const operands = list.map((node, index) => converted(node, isCondition(index) ? 'boolean' : type, name));
  return operationNode(span, type, firstThatHolds(type, none), operands);
}

function switchNode([subject, ...rest]: readonly TypedNode[], span: Span): TypedNode {
  const pairCount = Math.floor(rest.length / 2);
  const list = rest.map((node, index) =>
    index % 2 === 0 && index < pairCount * 2 ? binaryNode('=', subject!, node, node) : node,
  );
  return decisionNode('SWITCH', list, span, 'noMatch');
}

const NO_MATCH = rowError('noMatch').byte;

/** @param catches which error bytes the alternative replaces */
function insteadOfError(catches: (byte: number) => boolean): Operation {
  return {
    lazy: ([value, alternative], { count }) => {
      const first = value!();
      const { errors } = first;
      if (errors === null) return first;
      const choice = new Int32Array(count);
      for (let row = 0; row < count; row += 1) choice[row] = catches(errors[row]!) ? 1 : 0;
      return choose([() => first, alternative!], choice, null, count, () => first);
    },
  };
}

const ifBlank: Operation = {
  lazy: (thunks, { count }) => {
    const choice = new Int32Array(count).fill(thunks.length - 1);
    const settled = new Uint8Array(count);
    for (let index = 0; index < thunks.length - 1; index += 1) {
      const vector = thunks[index]!();
      let open = 0;
      for (let row = 0; row < count; row += 1) {
        if (settled[row] !== 0) continue;
        const hasError = vector.errors !== null && vector.errors[row] !== 0;
        if (!hasError && isBlankRow(vector, row)) open += 1;
        else {
          settled[row] = 1;
          choice[row] = index;
        }
      }
      if (open === 0) break;
    }
    return choose(thunks, choice, null, count, () => thunks[0]!());
  },
};

/** TRUE, FALSE per row from the number of true arguments. Every argument counts, so errors of all do too. */
function countTrue(holds: (trueCount: number, all: number) => boolean) {
  return (vectors: readonly Vector[], { count }: { count: number }): Vector => {
    const values = new Uint8Array(count);
    for (let row = 0; row < count; row += 1) {
      let trueCount = 0;
      for (const vector of vectors) if ((vector as BooleanVector).values[row] === 1) trueCount += 1;
      values[row] = Number(holds(trueCount, vectors.length));
    }
    return { kind: 'boolean', values, errors: mergeErrors(count, ...vectors.map((vector) => vector.errors)) };
  };
}

/** The value that the index names; only the values that some row takes are evaluated. */
function chooseOperation(type: ValueType): Operation {
  return {
    lazy: ([index, ...values], { count }) => {
      const numbers = index!() as NumberVector;
      let errors = mergeErrors(count, numbers.errors);
      const choice = new Int32Array(count).fill(-1);
      for (let row = 0; row < count; row += 1) {
        if (errors !== null && errors[row] !== 0) continue;
        const place = integerAt(numbers, row);
        if (place >= 1 && place <= values.length) choice[row] = place - 1;
        else errors = markError(errors, count, row, 'argumentOutOfRange');
      }
      return choose(values, choice, errors, count, (length) => blankVector(type, length));
    },
  };
}

function chooseNode([index, ...values]: readonly TypedNode[], span: Span): TypedNode {
  const type = commonType(values.map((node) => node.type));
  return operationNode(span, type, chooseOperation(type), [
    converted(index!, 'number', 'CHOOSE'),
    ...values.map((node) => converted(node, type, 'CHOOSE')),
  ]);
}

function errorAlternative(name: string, operation: Operation): FunctionEntry {
  return specialFunction(name, 'logical', ['any', 'any'], (list, span) => {
    const type = commonType(list.map((node) => node.type));
    return operationNode(
      span,
      type,
      operation,
      list.map((node) => converted(node, type, name)),
    );
  });
}

export const LOGICAL_FUNCTIONS: readonly FunctionEntry[] = [
  // Without a third argument the result is blank; Excel's FALSE would end up as text in records.
  specialFunction('IF', 'logical', ['boolean', 'any', 'any?'], (list, span) =>
    decisionNode('IF', list.length === 3 ? list : [...list, blankNode(span)], span, null),
  ),
  specialFunction(
    'IFS',
    'logical',
    ['boolean', 'any', '...'],
    (list, span) => decisionNode('IFS', list, span, 'noMatch'),
    { least: 2, most: Infinity, step: 2 },
  ),
  specialFunction('SWITCH', 'logical', ['any', 'any', 'any', '...'], switchNode, {
    least: 3,
    most: Infinity,
    step: 1,
  }),
  errorAlternative(
    'IFERROR',
    insteadOfError((byte) => byte !== 0),
  ),
  errorAlternative(
    'IFNA',
    insteadOfError((byte) => byte === NO_MATCH),
  ),
  specialFunction('IFBLANK', 'logical', ['any', 'any...'], (list, span) => {
    const type = commonType(list.map((node) => node.type));
    return operationNode(
      span,
      type,
      ifBlank,
      list.map((node) => converted(node, type, 'IFBLANK')),
    );
  }),
  vectorFunction(
    'AND',
    'logical',
    ['boolean...'],
    'boolean',
    countTrue((trueCount, all) => trueCount === all),
  ),
  vectorFunction(
    'OR',
    'logical',
    ['boolean...'],
    'boolean',
    countTrue((trueCount) => trueCount > 0),
  ),
  vectorFunction(
    'XOR',
    'logical',
    ['boolean...'],
    'boolean',
    countTrue((trueCount) => trueCount % 2 === 1),
  ),
  vectorFunction(
    'NOT',
    'logical',
    ['boolean'],
    'boolean',
    countTrue((trueCount) => trueCount === 0),
  ),
  specialFunction('CHOOSE', 'logical', ['integer', 'any...'], chooseNode),
];
