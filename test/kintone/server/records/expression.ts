/**
 * Syntax of calculated fields: numbers, "texts", field codes, `+ - * / ^ &`, comparisons, parentheses and
 * function calls. Only reading; `calc.ts` gives it meaning.
 */

export type Expression =
  | { readonly kind: 'number' | 'text' | 'field'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'operator' | 'end';
  readonly text: string;
}

const tokenPattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|"(?<text>(?:[^"\\]|\\.)*)"|(?<operator><=|>=|!=|<>|[-+*/^&=<>(),])|(?<name>[^\s"+\-*/^&=<>(),!]+))/uy;

function tokenize(source: string): Token[] | null {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  const trimmed = source.trim().replace(/^=/, '');
  while (tokenPattern.lastIndex < trimmed.length) {
    const groups = tokenPattern.exec(trimmed)?.groups;
    if (groups === undefined) return null;
    if (groups['number'] !== undefined) tokens.push({ kind: 'number', text: groups['number'] });
    else if (groups['text'] !== undefined) {
      tokens.push({ kind: 'text', text: groups['text'].replaceAll(/\\(.)/g, '$1') });
    } else if (groups['operator'] !== undefined) tokens.push({ kind: 'operator', text: groups['operator'] });
    else tokens.push({ kind: 'name', text: groups['name'] ?? '' });
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

/** Weakest first; operators of one row bind from left to right. */
const binaryLevels: readonly (readonly string[])[] = [
  ['=', '!=', '<>', '<', '>', '<=', '>='],
  ['&'],
  ['+', '-'],
  ['*', '/'],
];

class SyntaxProblem extends Error {}

class Parser {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const expression = this.binary(0);
    if (this.peek().kind !== 'end') throw new SyntaxProblem();
    return expression;
  }

  private peek(): Token {
    return this.tokens[this.at]!;
  }

  private take(text: string): boolean {
    const token = this.peek();
    if (token.kind !== 'operator' || token.text !== text) return false;
    this.at += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new SyntaxProblem();
  }

  private binary(level: number): Expression {
    const operators = binaryLevels[level];
    if (operators === undefined) return this.power();
    let left = this.binary(level + 1);
    for (;;) {
      const token = this.peek();
      if (token.kind !== 'operator' || !operators.includes(token.text)) return left;
      this.at += 1;
      left = { kind: 'binary', operator: token.text, left, right: this.binary(level + 1) };
    }
  }

  private power(): Expression {
    const left = this.unary();
    return this.take('^') ? { kind: 'binary', operator: '^', left, right: this.power() } : left;
  }

  private unary(): Expression {
    if (this.take('-')) return { kind: 'negate', operand: this.unary() };
    if (this.take('+')) return this.unary();
    return this.primary();
  }

  private primary(): Expression {
    if (this.take('(')) {
      const inner = this.binary(0);
      this.expect(')');
      return inner;
    }
    const token = this.peek();
    this.at += 1;
    if (token.kind === 'number' || token.kind === 'text') return { kind: token.kind, text: token.text };
    if (token.kind !== 'name') throw new SyntaxProblem();
    return this.take('(') ? this.call(token.text) : { kind: 'field', text: token.text };
  }

  private call(name: string): Expression {
    const args: Expression[] = [];
    if (!this.take(')')) {
      do args.push(this.binary(0));
      while (this.take(','));
      this.expect(')');
    }
    return { kind: 'call', name: name.toUpperCase(), args };
  }
}

const parsed = new Map<string, Expression | null>();

/** The tree of an expression, or null when it cannot be read. */
export function parseExpression(source: string): Expression | null {
  let expression = parsed.get(source);
  if (expression === undefined) {
    expression = parse(source);
    parsed.set(source, expression);
  }
  return expression;
}

function parse(source: string): Expression | null {
  const tokens = tokenize(source);
  if (tokens === null) return null;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof SyntaxProblem) return null;
    throw error;
  }
}
