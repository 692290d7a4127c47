/** What a character means outside quotes and brackets. */

/**
 * Full-width characters that stand for their ASCII twins, because Japanese input methods produce them.
 * Only operators, parentheses and the comma: letters and digits stay as typed, since field codes
 * distinguish their widths. U+2212 is the minus sign that some input methods give.
 */
const TWINS: ReadonlyMap<string, string> = new Map([
  ['\uff1d', '='],
  ['\uff0b', '+'],
  ['\uff0d', '-'],
  ['\u2212', '-'],
  ['\uff0a', '*'],
  ['\uff0f', '/'],
  ['\uff3e', '^'],
  ['\uff06', '&'],
  ['\uff05', '%'],
  ['\uff08', '('],
  ['\uff09', ')'],
  ['\uff0c', ','],
  ['\uff1c', '<'],
  ['\uff1e', '>'],
]);

/** One-character forms of two-character operators. */
const COMPARISON_SIGNS: ReadonlyMap<string, string> = new Map([
  ['\u2260', '<>'],
  ['\u2264', '<='],
  ['\u2266', '<='],
  ['\u2265', '>='],
  ['\u2267', '>='],
]);

/** Characters that people type for something else; the message can then name what they meant. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['\uff02', '"'],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ["'", '"'],
  ['\u2018', '"'],
  ['\u2019', '"'],
  ['\u3001', ','],
  [';', ','],
  ['\uff1b', ','],
  ['\uff3b', '['],
  ['\uff3d', ']'],
  ['\u00d7', '*'],
  ['\u00f7', '/'],
  ['!', '<>'],
]);

/** The character at `index` with full-width operators replaced by their twins; '' past the end. */
export function twinAt(text: string, index: number): string {
  const character = text[index] ?? '';
  return TWINS.get(character) ?? character;
}

export function comparisonSign(character: string): string | undefined {
  return COMPARISON_SIGNS.get(character);
}

export function meantCharacter(character: string): string | undefined {
  return MEANT.get(character);
}

/*
 * kintone allows in field codes: letters and digits of any width, kana, kanji, underscore, middle dots and
 * currency signs. A code may not start with an ASCII digit, so a digit always starts a number. A dot inside a
 * name serves function names such as NETWORKDAYS.INTL and names that commands compose.
 */
const NAME =
  /[\p{L}\p{Nl}\p{Sc}_\uff3f\uff10-\uff19\u30fb\uff65](?:[\p{L}\p{M}\p{N}\p{Sc}_\uff3f\u30fb\uff65]|\.(?=[\p{L}\p{N}_]))*/uy;
const NUMBER = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /[\s\u3000]+/y;

function matchAt(pattern: RegExp, text: string, index: number): string {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? '';
}

/** The name (field code or function name) that starts at `index`, or ''. */
export function nameAt(text: string, index: number): string {
  return matchAt(NAME, text, index);
}

/** The number literal that starts at `index`, or ''. */
export function numberAt(text: string, index: number): string {
  return matchAt(NUMBER, text, index);
}

/** The white space that starts at `index` (the ideographic space included), or ''. */
export function spaceAt(text: string, index: number): string {
  return matchAt(SPACE, text, index);
}

/** Whether `name` can be written without brackets. TRUE and FALSE would read as values. */
export function isPlainName(name: string): boolean {
  return name !== '' && nameAt(name, 0) === name && !/^(?:true|false)$/i.test(name);
}
