import type { Result } from '../definition/errors';
import { FailureError, fail, failure, ok } from '../definition/errors';
import { elsewhereCode } from './elsewhere';
import type { FunctionEntry } from './functions/entry';
import { FUNCTIONS } from './functions/index';
import { MAX_FORMULA_DEPTH } from './limits';
import { nearestName } from './suggest';
import type { Token } from './tokens';
import { syntaxError, tokenize } from './tokens';
import type { BinaryOperator, Expression } from './tree';
import { BINDING, isBinaryOperator } from './tree';

function describe(token: Token, text: string): string {
  return token.kind === 'end' ? '' : text.slice(token.start, token.end);
}

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  parse(): Expression {
    if (this.peek().kind === 'end') throw new FailureError(failure('emptyFormula', { start: 0, end: 0 }));
    const expression = this.expression(1);
    const rest = this.peek();
    if (rest.kind === 'end') return expression;
    if (this.atSymbol(')')) throw syntaxError('unexpectedParenthesis', rest);
    if (this.atSymbol(',')) throw syntaxError('unexpectedComma', rest);
    throw syntaxError('missingOperator', rest, { found: describe(rest, this.text) });
  }

  private peek(): Token {
    return this.tokens[this.index]!;
  }

  private next(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  private atSymbol(symbol: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.symbol === symbol;
  }

  /** Runs `parse` one level deeper; bounds the recursion of everything that walks the tree. */
  private nested<T>(parse: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_FORMULA_DEPTH) {
      throw syntaxError('tooDeep', this.peek(), { limit: MAX_FORMULA_DEPTH });
    }
    const value = parse();
    this.depth -= 1;
    return value;
  }

  private operatorOf(token: Token): BinaryOperator | null {
    return token.kind === 'symbol' && isBinaryOperator(token.symbol) ? token.symbol : null;
  }

  /** Precedence climbing: takes operators that bind at least as strongly as `leastBinding`. */
  private expression(leastBinding: number): Expression {
    let left = this.percent();
    for (;;) {
      const operator = this.operatorOf(this.peek());
      if (operator === null || BINDING[operator] < leastBinding) return left;
      this.next();
      const right = this.expression(BINDING[operator] + 1);
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
    }
  }

  private percent(): Expression {
    let operand = this.signed();
    while (this.atSymbol('%')) {
      operand = { kind: 'percent', operand, start: operand.start, end: this.next().end };
    }
    return operand;
  }

  private signed(): Expression {
    const token = this.peek();
    if (token.kind !== 'symbol' || (token.symbol !== '-' && token.symbol !== '+')) return this.primary();
    this.next();
    const operand = this.nested(() => this.signed());
    return { kind: 'sign', operator: token.symbol, operand, start: token.start, end: operand.end };
  }

  private primary(): Expression {
    const token = this.next();
    const { start, end } = token;
    switch (token.kind) {
      case 'number':
      case 'text':
      case 'field':
      case 'parameter':
        return token;
      case 'name':
        return this.named(token.name, token);
      case 'symbol':
        if (token.symbol === '(') return this.parenthesized(token);
        throw syntaxError('expectedOperand', token, { found: token.symbol });
      case 'end':
        throw syntaxError('expectedOperand', { start, end }, { found: '' });
    }
  }

  private parenthesized(open: Token): Expression {
    const inner = this.nested(() => this.expression(1));
    const close = this.closing(open);
    return { ...inner, start: open.start, end: close.end };
  }

  private closing(open: Token): Token {
    if (this.atSymbol(')')) return this.next();
    const found = this.peek();
    if (found.kind === 'end') throw syntaxError('unclosedParenthesis', open);
    if (this.atSymbol(',')) throw syntaxError('unexpectedComma', found);
    throw syntaxError('missingOperator', found, { found: describe(found, this.text) });
  }

  private named(name: string, token: Token): Expression {
    const upper = name.toUpperCase();
    if (!this.atSymbol('(')) {
      if (upper !== 'TRUE' && upper !== 'FALSE')
        return { kind: 'field', name, start: token.start, end: token.end };
      return { kind: 'boolean', value: upper === 'TRUE', start: token.start, end: token.end };
    }
    const entry = FUNCTIONS.get(upper);
    if (entry === undefined) {
      const elsewhere = elsewhereCode(upper);
      if (elsewhere !== undefined) throw syntaxError(elsewhere, token, { name: upper });
      const suggestion = nearestName(upper, FUNCTIONS.keys());
      throw syntaxError('unknownFunction', token, suggestion === undefined ? { name } : { name, suggestion });
    }
    const open = this.next();
    const list = this.atSymbol(')') ? [] : this.nested(() => this.callArguments(open));
    const close = this.closing(open);
    const span = { start: token.start, end: close.end };
    this.checkCount(entry, list.length, span);
    return { kind: 'call', name: entry.name, arguments: list, ...span };
  }

  private callArguments(open: Token): Expression[] {
    const list: Expression[] = [];
    for (;;) {
      list.push(this.expression(1));
      if (this.atSymbol(',')) this.next();
      else if (this.peek().kind === 'end') throw syntaxError('unclosedParenthesis', open);
      else return list;
    }
  }

  private checkCount(entry: FunctionEntry, count: number, span: { start: number; end: number }): void {
    const { least, most, step } = entry.arity;
    if (count >= least && count <= most && (count - least) % step === 0) return;
    const params = { name: entry.name, count, least, signature: entry.parameters };
    throw syntaxError('argumentCount', span, most === Infinity ? params : { ...params, most });
  }
}

/**
 * Reads a formula. Grammar: values are numbers, "text" (a doubled quote is a quote), TRUE / FALSE, fields
 * by code or as [code], parameters as %code% or %[code]%, calls and parentheses; operators and their
 * strength are in tree.ts. Failures carry `start` and `end` (UTF-16 positions) in their params:
 * emptyFormula, tooLong, tooManyTokens, tooDeep, unexpectedCharacter (suggestion), unclosedText,
 * unclosedBracket, emptyName, parameterName, unclosedParameter, nameStartsWithDigit, numberTooLong,
 * expectedOperand, missingOperator, unclosedParenthesis, unexpectedParenthesis, unexpectedComma,
 * unknownFunction (suggestion), those of `elsewhere.ts` (name), argumentCount.
 */
export function parseFormula(text: string): Result<Expression> {
  try {
    return ok(new Parser(text).parse());
  } catch (error) {
    if (error instanceof FailureError) return fail(error.failure);
    throw error;
  }
}
