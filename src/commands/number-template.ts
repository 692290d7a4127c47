/** The fixed parts of automatic numbers: what may stand before and after the digits. */
import type { AutoNumberCycle, AutoNumberRule } from './types';

export const NUMBER_TOKENS = ['yyyy', 'yy', 'mm', 'dd', 'fy', 'group'] as const;
export type NumberToken = (typeof NUMBER_TOKENS)[number];

/** Tokens that tell one period from the next; without them numbers of two periods would be alike. */
const PERIOD_TOKENS: Readonly<Record<AutoNumberCycle, readonly (readonly NumberToken[])[]>> = {
  none: [],
  daily: [['yyyy', 'yy', 'fy'], ['mm'], ['dd']],
  monthly: [['yyyy', 'yy', 'fy'], ['mm']],
  yearly: [['yyyy', 'yy']],
  fiscalYearly: [['fy']],
};

/** Tokens whose value decides the sequence; the others of a number may be anything. */
const FIXED_TOKENS: Readonly<Record<AutoNumberCycle, readonly NumberToken[]>> = {
  none: ['group'],
  daily: ['yyyy', 'yy', 'mm', 'dd', 'fy', 'group'],
  monthly: ['yyyy', 'yy', 'mm', 'fy', 'group'],
  yearly: ['yyyy', 'yy', 'group'],
  fiscalYearly: ['fy', 'group'],
};

const TOKEN = /\{(yyyy|yy|mm|dd|fy|group)\}/;
const BRACES = /\{([^{}]*)\}/g;

/** Words in braces that are no token, so that a misspelt one is not written out a thousand times. */
export function unknownTokens(text: string): readonly string[] {
  return [...text.matchAll(BRACES)]
    .map((match) => match[1] ?? '')
    .filter((word) => !(NUMBER_TOKENS as readonly string[]).includes(word));
}

/** Tokens that the cycle needs and the template lacks, each as one of its spellings (`yyyy`). */
export function missingTokens(template: string, cycle: AutoNumberCycle): readonly NumberToken[] {
  return PERIOD_TOKENS[cycle].flatMap((choices) =>
    choices.some((token) => template.includes(`{${token}}`)) ? [] : choices.slice(0, 1),
  );
}

export interface NumberText {
  /** The number as text. */
  format(number: bigint): string;
  /** The number in a text of the same sequence, or null when the text is no number of it. */
  parse(text: string): bigint | null;
}

/** Longest run of digits that is read as a number; kintone's own numbers end at 30. */
const MAX_DIGITS = 30;

/**
 * Numbers of one sequence: `group` is the text of the group, the period is that of `rule.today`. With a cycle,
 * only numbers of the present period belong to the sequence; without, the dates in them may be any.
 */
export function numberText(rule: AutoNumberRule, group: string): NumberText {
  const values = tokenValues(rule, group);
  const fixed = FIXED_TOKENS[rule.cycle];
  const filled = (template: string): string =>
    mapParts(
      template,
      (text) => text,
      (token) => values[token],
    );
  const pattern = (template: string): string =>
    mapParts(template, escaped, (token) =>
      fixed.includes(token) ? escaped(values[token]) : `\\d{${values[token].length}}`,
    );
  const prefix = filled(rule.prefix);
  const suffix = filled(rule.suffix);
  // Literals and digits of fixed number only: matching takes time linear in the text.
  const own = new RegExp(`^${pattern(rule.prefix)}(\\d{1,${MAX_DIGITS}})${pattern(rule.suffix)}$`, 'u');
  return {
    format: (number) => `${prefix}${number.toString().padStart(rule.digits, '0')}${suffix}`,
    parse: (text) => {
      const digits = own.exec(text)?.[1];
      return digits === undefined ? null : BigInt(digits);
    },
  };
}

function tokenValues(rule: AutoNumberRule, group: string): Readonly<Record<NumberToken, string>> {
  const [yyyy = '', mm = '', dd = ''] = rule.today.split('-');
  const fiscalYear = Number(mm) >= rule.fiscalStartMonth ? Number(yyyy) : Number(yyyy) - 1;
  return { yyyy, yy: yyyy.slice(-2), mm, dd, fy: String(fiscalYear), group };
}

function mapParts(
  template: string,
  literal: (text: string) => string,
  token: (name: NumberToken) => string,
): string {
  // Splitting by a pattern with a group puts the tokens at the odd places.
  return template
    .split(TOKEN)
    .map((part, index) => (index % 2 === 0 ? literal(part) : token(part as NumberToken)))
    .join('');
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, (sign) => `\\${sign}`);
