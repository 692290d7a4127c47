import { QueryError } from './errors';

export interface Token {
  readonly kind: 'identifier' | 'number' | 'string' | 'symbol' | 'end';
  /** Identifier, number or symbol as written; a string without quotes and unescaped. */
  readonly text: string;
  /** Offset of the first character in the query text, in UTF-16 units. */
  readonly position: number;
}

/** Outside strings any white space separates tokens, the full-width space (part of `\s`) included. */
const SPACE = /\s+/y;
/**
 * Field codes: letters and digits of any script, `_` and a few full-width signs; no leading ASCII digit
 * (facts 2.7). `$` only opens the system identifiers `$id` and `$revision`.
 */
const IDENTIFIER = /\$?(?![0-9])[\p{L}\p{N}\p{M}_＿・･＄￠￡￥€]+/uy;
const NUMBER = /[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** A letter glued to a number (`5abc`) is neither a number nor a field code. */
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_＿・･＄￠￡￥€$]/uy;
const SYMBOL = /!=|<=|>=|[=<>(),.]/y;
/** Raw tabs and line breaks are refused inside strings (seen live), so the class leaves them out. */
const STRING = /"((?:[^"\\\t\r\n]|\\["\\tnr])*)"/y;
const ESCAPE = /\\(["\\tnr])/g;

const ESCAPED: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', t: '\t', n: '\n', r: '\r' };

/**
 * Splits a query into tokens, the last one of kind `end`.
 *
 * Escapes in strings are `\"` `\\` (documented), `\t` `\n` (seen live) and `\r` (assumed alike).
 *
 * @throws QueryError CB_VA01 `syntax` with the position of the first character that fits nowhere.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    return pattern.exec(text);
  };
  while (position < text.length) {
    const space = take(SPACE);
    if (space !== null) {
      position += space[0].length;
      continue;
    }
    const token = nextToken(take, position);
    if (token === null) throw new QueryError('CB_VA01', { reason: 'syntax', position });
    tokens.push(token.token);
    position += token.length;
    if (token.token.kind === 'number' && take(WORD_CHARACTER) !== null) {
      throw new QueryError('CB_VA01', { reason: 'syntax', position });
    }
  }
  tokens.push({ kind: 'end', text: '', position: text.length });
  return tokens;
}

function nextToken(
  take: (pattern: RegExp) => RegExpExecArray | null,
  position: number,
): { token: Token; length: number } | null {
  const quoted = take(STRING);
  if (quoted !== null) {
    const text = (quoted[1] ?? '').replace(ESCAPE, (_, letter: string) => ESCAPED[letter] ?? letter);
    return { token: { kind: 'string', text, position }, length: quoted[0].length };
  }
  for (const [kind, pattern] of PLAIN_TOKENS) {
    const found = take(pattern);
    if (found !== null) return { token: { kind, text: found[0], position }, length: found[0].length };
  }
  return null;
}

const PLAIN_TOKENS: readonly (readonly ['identifier' | 'number' | 'symbol', RegExp])[] = [
  ['identifier', IDENTIFIER],
  ['number', NUMBER],
  ['symbol', SYMBOL],
];
