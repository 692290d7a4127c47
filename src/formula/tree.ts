/** The formula as written: what the parser makes and the printer writes. */
import type { Decimal } from '../table/decimal';

/** Half-open range of UTF-16 positions in the formula text, leading `=` included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';
export type BinaryOperator = ComparisonOperator | ArithmeticOperator | '&';

export type Expression = Span &
  (
    | { readonly kind: 'number'; readonly value: Decimal }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'field'; readonly name: string }
    | { readonly kind: 'parameter'; readonly name: string }
    | { readonly kind: 'sign'; readonly operator: '-' | '+'; readonly operand: Expression }
    | { readonly kind: 'percent'; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** `name` in upper case. */
    | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  );

/**
 * Binding strength, as in Excel: comparison, `&`, `+ -`, `* /`, `^`, then postfix `%`, then the signs.
 * Excel lets a sign bind tighter than `^`, so -2^2 is 4. All binary operators are left-associative,
 * `^` included: 2^3^2 is 64.
 */
export const BINDING: Readonly<Record<BinaryOperator, number>> = {
  '=': 1,
  '<>': 1,
  '<': 1,
  '<=': 1,
  '>': 1,
  '>=': 1,
  '&': 2,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '^': 5,
};
export const PERCENT_BINDING = 6;
export const SIGN_BINDING = 7;

export function isBinaryOperator(symbol: string): symbol is BinaryOperator {
  return Object.hasOwn(BINDING, symbol);
}
