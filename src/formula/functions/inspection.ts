/** What a value is: blank, an error, a number, text. And the values TRUE, FALSE and "no match" themselves. */

import type { Operation, ValueType } from '../operation';
import { mergeErrors, rowError } from '../row-errors';
import type { Span } from '../tree';
import type { TypedNode } from '../typed';
import { operationNode } from '../typed';
import type { Vector } from '../vectors';
import { isBlankRow } from '../vectors';
import type { FunctionEntry } from './entry';
import { specialFunction, vectorFunction } from './entry';

function testPerRow(test: (vector: Vector, row: number) => boolean, keepErrors: boolean): Operation {
  return {
    apply: ([vector], { count }) => {
      const values = new Uint8Array(count);
      for (let row = 0; row < count; row += 1) values[row] = Number(test(vector!, row));
      return { kind: 'boolean', values, errors: keepErrors ? mergeErrors(count, vector!.errors) : null };
    },
  };
}

const isBlank = testPerRow(isBlankRow, true);
const isError = testPerRow((vector, row) => vector.errors !== null && vector.errors[row] !== 0, false);

const errorByte = (vector: Vector, row: number) => vector.errors?.[row] ?? 0;
const NO_MATCH = rowError('noMatch').byte;

const isNoMatch = testPerRow((vector, row) => errorByte(vector, row) === NO_MATCH, false);
const isOtherError = testPerRow((vector, row) => ![0, NO_MATCH].includes(errorByte(vector, row)), false);

/** True for values of these types that are neither blank nor an error. */
function typeTest(name: string, types: readonly ValueType[]): FunctionEntry {
  const isValue = testPerRow(
    (vector, row) => errorByte(vector, row) === 0 && !isBlankRow(vector, row),
    false,
  );
  const never = testPerRow(() => false, false);
  return specialFunction(name, 'logical', ['any'], (list, span) =>
    operationNode(span, 'boolean', types.includes(list[0]!.type) ? isValue : never, list),
  );
}

const TEXT_TYPES: readonly ValueType[] = ['text', 'list'];
/** Dates and times are numbers in Excel. */
const NUMBER_TYPES: readonly ValueType[] = ['number', 'duration', 'date', 'time', 'datetime'];

function isNonTextNode(list: readonly TypedNode[], span: Span): TypedNode {
  const hasText = TEXT_TYPES.includes(list[0]!.type);
  const test = testPerRow(
    (vector, row) => !hasText || errorByte(vector, row) !== 0 || isBlankRow(vector, row),
    false,
  );
  return operationNode(span, 'boolean', test, list);
}

function truth(name: string, value: boolean): FunctionEntry {
  return vectorFunction(name, 'logical', [], 'boolean', (_, { count }) => ({
    kind: 'boolean',
    values: new Uint8Array(count).fill(value ? 1 : 0),
    errors: null,
  }));
}

/** Blank in itself, so that it takes the type of the other branches. */
const noMatchNode = (_: readonly TypedNode[], span: Span): TypedNode =>
  operationNode(
    span,
    'blank',
    {
      apply: (_vectors, { count }) => ({
        kind: 'text',
        values: new Array<string>(count).fill(''),
        errors: new Uint8Array(count).fill(NO_MATCH),
      }),
    },
    [],
  );

export const INSPECTION_FUNCTIONS: readonly FunctionEntry[] = [
  specialFunction('ISBLANK', 'logical', ['any'], (list, span) =>
    operationNode(span, 'boolean', isBlank, list),
  ),
  specialFunction('ISERROR', 'logical', ['any'], (list, span) =>
    operationNode(span, 'boolean', isError, list),
  ),
  specialFunction('ISERR', 'logical', ['any'], (list, span) =>
    operationNode(span, 'boolean', isOtherError, list),
  ),
  specialFunction('ISNA', 'logical', ['any'], (list, span) =>
    operationNode(span, 'boolean', isNoMatch, list),
  ),
  specialFunction('NA', 'logical', [], noMatchNode),
  typeTest('ISNUMBER', NUMBER_TYPES),
  typeTest('ISTEXT', TEXT_TYPES),
  typeTest('ISLOGICAL', ['boolean']),
  specialFunction('ISNONTEXT', 'logical', ['any'], isNonTextNode),
  truth('TRUE', true),
  truth('FALSE', false),
];
