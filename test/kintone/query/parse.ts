import { QueryError } from './errors';
import { isFunctionName } from './functions';
import { type Token, tokenize } from './tokens';
import type {
  Comparison,
  Condition,
  FieldReference,
  FunctionArgument,
  FunctionCall,
  Operand,
  Operator,
  OrderBy,
  Query,
} from './types';

/** Deeper nesting than any real query; beyond it the recursive descent could exhaust the stack. */
const MAX_DEPTH = 200;

/**
 * Reads a kintone query (facts 2.6): `condition order by f asc, g desc limit n offset n`, every clause optional and in
 * this order. `and` binds tighter than `or`; keywords may be in any letter case, function names are in capitals.
 *
 * Assumed where no source is known: a missing direction means `asc`; clauses in another order are refused; a keyword
 * may serve as a field code where a field is expected.
 *
 * @throws QueryError CB_VA01 `syntax` with the offset of the offending token.
 */
export function parseQuery(text: string): Query {
  return new Parser(tokenize(text)).query();
}

class Parser {
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  query(): Query {
    const condition = this.peek().kind === 'end' || this.atClause() ? null : this.or();
    const orderBy = this.atOrderBy() ? this.orderBy() : [];
    const limit = this.count('limit');
    const offset = this.count('offset');
    if (this.peek().kind !== 'end') this.fail();
    return { condition, orderBy, limit, offset };
  }

  private or(): Condition {
    return this.junction('or', () => this.and());
  }

  private and(): Condition {
    return this.junction('and', () => this.primary());
  }

  private junction(kind: 'and' | 'or', part: () => Condition): Condition {
    const parts: Condition[] = [];
    do {
      const next = part();
      if (next.kind === kind) parts.push(...next.parts);
      else parts.push(next);
    } while (this.acceptKeyword(kind));
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind, parts };
  }

  private primary(): Condition {
    if (!this.acceptSymbol('(')) return this.comparison();
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.fail();
    const inner = this.or();
    this.expectSymbol(')');
    this.depth -= 1;
    return inner;
  }

  private comparison(): Comparison {
    const field = this.field();
    const operator = this.operator();
    return { kind: 'comparison', field, operator, operands: this.operands(operator) };
  }

  private field(): FieldReference {
    const first = this.identifier();
    if (!this.acceptSymbol('.')) return { code: first.text, related: null, position: first.position };
    return { code: this.identifier().text, related: first.text, position: first.position };
  }

  private operator(): Operator {
    const token = this.peek();
    if (token.kind === 'symbol' && isComparisonSymbol(token.text)) {
      this.index += 1;
      return token.text;
    }
    if (this.acceptKeyword('is')) {
      const negated = this.acceptKeyword('not');
      this.expectKeyword('empty');
      return negated ? 'is not empty' : 'is empty';
    }
    const negated = this.acceptKeyword('not');
    if (this.acceptKeyword('in')) return negated ? 'not in' : 'in';
    if (this.acceptKeyword('like')) return negated ? 'not like' : 'like';
    return this.fail();
  }

  private operands(operator: Operator): Operand[] {
    if (operator === 'is empty' || operator === 'is not empty') return [];
    if (operator !== 'in' && operator !== 'not in') return [this.operand()];
    this.expectSymbol('(');
    const operands = [this.operand()];
    while (this.acceptSymbol(',')) operands.push(this.operand());
    this.expectSymbol(')');
    return operands;
  }

  private operand(): Operand {
    const token = this.peek();
    if (token.kind === 'string' || token.kind === 'number') {
      this.index += 1;
      return { kind: token.kind, text: token.text };
    }
    return this.functionCall();
  }

  private functionCall(): FunctionCall {
    const name = this.peek();
    if (name.kind !== 'identifier' || !isFunctionName(name.text)) this.fail();
    this.index += 1;
    this.expectSymbol('(');
    const args: FunctionArgument[] = [];
    if (!this.acceptSymbol(')')) {
      do args.push(this.argument());
      while (this.acceptSymbol(','));
      this.expectSymbol(')');
    }
    return { kind: 'function', name: name.text, args, position: name.position };
  }

  private argument(): FunctionArgument {
    const token = this.peek();
    if (token.kind === 'end' || token.kind === 'symbol') return this.fail();
    this.index += 1;
    return { kind: token.kind === 'identifier' ? 'symbol' : token.kind, text: token.text };
  }

  private orderBy(): OrderBy[] {
    this.expectKeyword('order');
    this.expectKeyword('by');
    const items: OrderBy[] = [];
    do {
      const { code, related } = this.field();
      const descending = this.acceptKeyword('desc');
      if (!descending) this.acceptKeyword('asc');
      items.push({
        field: related === null ? code : `${related}.${code}`,
        direction: descending ? 'desc' : 'asc',
      });
    } while (this.acceptSymbol(','));
    return items;
  }

  private count(keyword: 'limit' | 'offset'): number | null {
    if (!this.acceptKeyword(keyword)) return null;
    const token = this.peek();
    if (token.kind !== 'number' || !/^[+-]?[0-9]+$/.test(token.text)) this.fail();
    this.index += 1;
    return Number(token.text);
  }

  /** `order`, `limit` and `offset` are legal field codes, so only the token after them tells a clause. */
  private atClause(): boolean {
    const next = this.tokens[this.index + 1];
    const countFollows = next?.kind === 'number';
    return this.atOrderBy() || (countFollows && (this.isKeyword('limit') || this.isKeyword('offset')));
  }

  private atOrderBy(): boolean {
    const next = this.tokens[this.index + 1];
    return this.isKeyword('order') && next?.kind === 'identifier' && next.text.toLowerCase() === 'by';
  }

  private identifier(): Token {
    const token = this.peek();
    if (token.kind !== 'identifier') this.fail();
    this.index += 1;
    return token;
  }

  private isKeyword(word: string): boolean {
    const token = this.peek();
    return token.kind === 'identifier' && token.text.toLowerCase() === word;
  }

  private acceptKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false;
    this.index += 1;
    return true;
  }

  private expectKeyword(word: string): void {
    if (!this.acceptKeyword(word)) this.fail();
  }

  private acceptSymbol(symbol: string): boolean {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.index += 1;
    return true;
  }

  private expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) this.fail();
  }

  private peek(): Token {
    const token = this.tokens[this.index];
    if (token === undefined) throw new RangeError('read beyond the end token');
    return token;
  }

  private fail(): never {
    throw new QueryError('CB_VA01', { reason: 'syntax', position: this.peek().position });
  }
}

const COMPARISON_SYMBOLS = ['=', '!=', '<', '>', '<=', '>='] as const;

function isComparisonSymbol(text: string): text is (typeof COMPARISON_SYMBOLS)[number] {
  return (COMPARISON_SYMBOLS as readonly string[]).includes(text);
}
