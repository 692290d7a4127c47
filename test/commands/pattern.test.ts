import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, MAX_PATTERN_LENGTH } from '../../src/commands/pattern/index';

function testOf(pattern: string): (text: string) => boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(`${pattern}: ${JSON.stringify(compiled.error)}`);
  return compiled.value;
}

function refusalOf(pattern: string): string {
  const compiled = compilePattern(pattern);
  if (compiled.ok) return 'none';
  const { code, params } = compiled.error;
  return params['position'] === undefined ? code : `${code} at ${params['position']} "${params['found']}"`;
}

describe('patterns', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['^\\d{3}-\\d{4}$', ['100-0001'], ['1000001', '100-00012', '１００-0001']],
    ['^[A-Z]{2}[0-9]*$', ['AB', 'AB12'], ['A1', 'ab']],
    ['^(東京|大阪)[都府]$', ['東京都', '大阪府'], ['京都府', '東京']],
    ['^[ぁ-んー]+$', ['ひらがなー'], ['カタカナ', '']],
    ['^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', ['a@b.jp'], ['a@b', 'a b@c.d']],
    ['a', ['xax'], ['xbx']],
    ['^$', [''], ['a']],
    ['^.$', ['😀', '字'], ['', '\n', 'ab']],
    ['x$|^y', ['ax', 'yb'], ['xa', 'by']],
    ['^[\\]\\-a]+$', [']-a'], ['b']],
    ['\\u{1F600}|\\u3042|\\x41', ['😀', 'あ', 'A'], ['B']],
    ['^(?:a{2,3}b?)+?$', ['aa', 'aaabaa'], ['a', 'aab b']],
    ['^a{0}b$', ['b'], ['ab']],
  ])('%s', (pattern, yes, no) => {
    const test = testOf(pattern);
    expect(yes.filter((text) => !test(text))).toEqual([]);
    expect(no.filter(test)).toEqual([]);
  });

  it.each([
    ['', 'patternEmpty'],
    ['x'.repeat(MAX_PATTERN_LENGTH + 1), 'patternTooLong'],
    ['(a', 'patternUnclosed at 1 "("'],
    ['a)', 'patternUnsupported at 2 ")"'],
    ['[a', 'patternUnclosed at 1 "["'],
    ['[]', 'patternUnsupported at 1 "[]"'],
    ['a\\', 'patternUnclosed at 2 "\\"'],
    ['*a', 'patternNothingToRepeat at 1 "*"'],
    ['a**', 'patternNothingToRepeat at 3 "*"'],
    ['^*', 'patternNothingToRepeat at 2 "*"'],
    ['a{2,1}', 'patternRangeReversed at 2 "{"'],
    ['[z-a]', 'patternRangeReversed at 2 "z-a"'],
    ['[a-\\d]', 'patternUnsupported at 2 "a-\\d"'],
    ['a{1001}', 'patternRepeatTooLarge at 2 "{"'],
    ['(?=a)', 'patternUnsupported at 1 "(?=a"'],
    ['(?<n>a)', 'patternUnsupported at 1 "(?<n"'],
    ['(a)\\1', 'patternUnsupported at 4 "\\1"'],
    ['\\bword', 'patternUnsupported at 1 "\\b"'],
    ['\\p{L}', 'patternUnsupported at 1 "\\p"'],
    ['a{', 'patternUnsupported at 2 "{"'],
    ['((a{100}){100}){100}', 'patternTooLarge'],
    [`${'('.repeat(101)}a${')'.repeat(101)}`, 'patternTooDeep at 101 "("'],
  ])('refuses %s', (pattern, refusal) => {
    expect(refusalOf(pattern)).toBe(refusal);
  });

  it('answers what RegExp answers', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\W', '^', '$', '(?:)', '字');
    const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
      piece: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        atom,
        fc
          .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,}', '{0,2}', '*?'))
          .map(([inner, quantifier]) => `(${inner})${quantifier}`),
        fc.tuple(tie('piece'), tie('piece')).map((parts) => `(?:${parts.join('|')})`),
      ),
      pattern: fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    }));
    const text = fc
      .array(fc.constantFrom('a', 'b', '1', '字', '😀', '\n'), { maxLength: 6 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 5 }), (source, texts) => {
        const test = testOf(source);
        const oracle = new RegExp(source, 'u');
        for (const one of texts) expect([source, one, test(one)]).toEqual([source, one, oracle.test(one)]);
      }),
      { numRuns: 500 },
    );
  });

  it('stays linear where backtracking explodes, and where the table of states would', () => {
    expect(testOf('^(a+)+$')(`${'a'.repeat(50_000)}b`)).toBe(false);
    expect(testOf('^(a|aa)+$')(`${'a'.repeat(50_000)}b`)).toBe(false);
    // Needs a state for every set of the last twelve positions of an "a".
    const wide = testOf('a.{12}b$');
    const letters = Array.from({ length: 20_000 }, (_unused, index) => ((index * index) % 7 < 3 ? 'a' : 'b'));
    expect(wide(`${letters.join('')}a${'b'.repeat(13)}`)).toBe(true);
    expect(wide(`${letters.join('')}b${'b'.repeat(13)}`)).toBe(false);
  });
});
