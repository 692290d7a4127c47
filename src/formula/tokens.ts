import type { Params } from '../definition/errors';
import { FailureError, failure } from '../definition/errors';
import type { Decimal } from '../table/decimal';
import { parseDecimal } from '../table/decimal';
import { comparisonSign, meantCharacter, nameAt, numberAt, spaceAt, twinAt } from './characters';
import { MAX_FORMULA_CHARACTERS, MAX_FORMULA_TOKENS, MAX_NUMBER_DIGITS } from './limits';
import { canonicalNumber } from './number-vector';
import type { Span } from './tree';

export type Token = Span &
  (
    | { readonly kind: 'number'; readonly value: Decimal }
    | { readonly kind: 'text'; readonly value: string }
    /** Without brackets: a field, a function or TRUE / FALSE; the parser knows which. */
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'field'; readonly name: string }
    | { readonly kind: 'parameter'; readonly name: string }
    | { readonly kind: 'symbol'; readonly symbol: string }
    | { readonly kind: 'end' }
  );

export function syntaxError(code: string, span: Span, params: Params = {}): FailureError {
  return new FailureError(failure(code, { ...params, start: span.start, end: span.end }));
}

/** Reads to the closing mark; a doubled mark stands for itself. Null when the text ends first. */
function readQuoted(text: string, start: number, mark: string): { value: string; end: number } | null {
  let value = '';
  let from = start;
  for (;;) {
    const close = text.indexOf(mark, from);
    if (close < 0) return null;
    value += text.slice(from, close);
    if (text[close + 1] !== mark) return { value, end: close + 1 };
    value += mark;
    from = close + 2;
  }
}

function readBracketed(text: string, start: number): { name: string; end: number } {
  const read = readQuoted(text, start + 1, ']');
  if (read === null) throw syntaxError('unclosedBracket', { start, end: text.length });
  if (read.value === '') throw syntaxError('emptyName', { start, end: read.end });
  return { name: read.value, end: read.end };
}

/** `%code%` and `%[code]%`; `start` is at the opening percent sign. */
function readParameter(text: string, start: number): Token {
  const bracketed = text[start + 1] === '[';
  const plain = bracketed ? '' : nameAt(text, start + 1);
  if (!bracketed && plain === '') throw syntaxError('parameterName', { start, end: start + 1 });
  const { name, end } = bracketed
    ? readBracketed(text, start + 1)
    : { name: plain, end: start + 1 + plain.length };
  if (twinAt(text, end) !== '%') {
    throw syntaxError('unclosedParameter', { start, end }, { name });
  }
  return { kind: 'parameter', name, start, end: end + 1 };
}

function readNumber(text: string, start: number, literal: string): Token {
  const end = start + literal.length;
  const following = nameAt(text, end);
  if (following !== '') {
    const name = literal + following;
    throw syntaxError('nameStartsWithDigit', { start, end: end + following.length }, { name });
  }
  const exponent = /[eE]([+-]?[0-9]+)$/.exec(literal)?.[1] ?? '0';
  // Checked before parsing: an exponent of a billion would be written out digit by digit.
  const digits = literal.length + Math.abs(Number(exponent));
  const value = digits > MAX_NUMBER_DIGITS ? null : parseDecimal(literal);
  if (value === null) throw syntaxError('numberTooLong', { start, end }, { limit: MAX_NUMBER_DIGITS });
  return { kind: 'number', value: canonicalNumber(value), start, end };
}

function readSymbol(text: string, start: number): Token {
  const character = text[start] ?? '';
  const sign = comparisonSign(character);
  if (sign !== undefined) return { kind: 'symbol', symbol: sign, start, end: start + 1 };
  const first = twinAt(text, start);
  const pair = first + twinAt(text, start + 1);
  if (pair === '<>' || pair === '<=' || pair === '>=') {
    return { kind: 'symbol', symbol: pair, start, end: start + 2 };
  }
  if ('=<>+-*/^&%(),'.includes(first)) return { kind: 'symbol', symbol: first, start, end: start + 1 };
  const whole = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const meant = meantCharacter(whole);
  throw syntaxError(
    'unexpectedCharacter',
    { start, end: start + whole.length },
    meant === undefined ? { character: whole } : { character: whole, suggestion: meant },
  );
}

function readToken(text: string, start: number, afterOperand: boolean): Token {
  const first = text[start];
  if (first === '"') {
    const read = readQuoted(text, start + 1, '"');
    if (read === null) throw syntaxError('unclosedText', { start, end: text.length });
    return { kind: 'text', value: read.value, start, end: read.end };
  }
  if (first === '[') return { kind: 'field', ...readBracketed(text, start), start };
  // After a value only the postfix operator can follow; elsewhere only a parameter can start. So the
  // position decides, and `%a%%` is the parameter a, as a percentage.
  if (twinAt(text, start) === '%' && !afterOperand) return readParameter(text, start);
  const literal = numberAt(text, start);
  if (literal !== '') return readNumber(text, start, literal);
  const name = nameAt(text, start);
  if (name !== '') return { kind: 'name', name, start, end: start + name.length };
  return readSymbol(text, start);
}

function endsOperand(token: Token): boolean {
  return token.kind !== 'symbol' || token.symbol === ')' || token.symbol === '%';
}

/**
 * Cuts a formula into tokens, the last being `end`. A leading `=` is dropped.
 * @throws FailureError with `start` and `end` in its params.
 */
export function tokenize(text: string): Token[] {
  if (text.length > MAX_FORMULA_CHARACTERS) {
    throw syntaxError(
      'tooLong',
      { start: MAX_FORMULA_CHARACTERS, end: text.length },
      {
        limit: MAX_FORMULA_CHARACTERS,
      },
    );
  }
  const tokens: Token[] = [];
  let index = spaceAt(text, 0).length;
  if (twinAt(text, index) === '=') index += 1;
  for (;;) {
    index += spaceAt(text, index).length;
    if (index >= text.length) break;
    const previous = tokens.at(-1);
    const token = readToken(text, index, previous !== undefined && endsOperand(previous));
    if (tokens.length >= MAX_FORMULA_TOKENS) {
      throw syntaxError('tooManyTokens', { start: index, end: text.length }, { limit: MAX_FORMULA_TOKENS });
    }
    tokens.push(token);
    index = token.end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}
