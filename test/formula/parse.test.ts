import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/formula';
import { FUNCTIONS, parseFormula, printFormula } from '../../src/formula';
import { parseDecimal } from '../../src/table/decimal';
import { failed, parsed, spec, value } from './helpers';

/** The tree without positions. */
function shape(expression: Expression): unknown {
  return JSON.parse(
    JSON.stringify(expression, (key, item: unknown) => {
      if (key === 'start' || key === 'end') return undefined;
      return typeof item === 'bigint' ? String(item) : item;
    }),
  );
}

describe('grammar', () => {
  it.each([
    // Excel's order: signs, %, ^, * /, + -, &, comparison; all left-associative.
    ['-2^2', '-2^2', '4'],
    ['2^3^2', '2^3^2', '64'],
    ['2^(3^2)', '2^(3^2)', '512'],
    ['2^-1', '2^-1', '0.5'],
    ['-2%', '-2%', '-0.02'],
    ['-(2%)', '-(2%)', '-0.02'],
    ['50%%', '50%%', '0.005'],
    ['10%*200', '10% * 200', '20'],
    ['10-4-3', '10 - 4 - 3', '3'],
    ['10-(4-3)', '10 - (4 - 3)', '9'],
    ['2+3*4', '2 + 3 * 4', '14'],
    ['(2+3)*4', '(2 + 3) * 4', '20'],
    ['12/3/2', '12 / 3 / 2', '2'],
    ['1+2&"a"', '1 + 2&"a"', '3a'],
    ['"a"&1=1&"a"', '"a"&1 = 1&"a"', 'FALSE'],
    ['1<2=TRUE', '1 < 2 = TRUE', 'TRUE'],
    ['=1', '1', '1'],
    ['  = 1 ', '1', '1'],
    ['"say ""hi"""', '"say ""hi"""', 'say "hi"'],
    ['.5+1.', '0.5 + 1', '1.5'],
    ['1.20E2', '120', '120'],
    ['true', 'TRUE', 'TRUE'],
    ['sum( 1 , 2 )', 'SUM(1, 2)', '3'],
    ['++1', '++1', '1'],
    ['--1', '--1', '1'],
  ])('%s', (text, printed, result) => {
    expect(printFormula(parsed(text))).toBe(printed);
    expect(value(text)).toBe(result);
  });

  it('takes full-width operators as their ASCII twins, but not inside text', () => {
    expect(value('＝（100＋2）')).toBe('102');
    expect(value('ROUND（10／4，0）＊2－1')).toBe('5');
    expect(value('IF（1＜＞2＆""，"＋"，"－"）')).toBe('＋');
    expect(value('1＜＝2')).toBe('TRUE');
    expect(value('1≦2')).toBe('TRUE');
    expect(value('2≠2')).toBe('FALSE');
    expect(value('50％')).toBe('0.5');
    expect(value('3　−　1')).toBe('2');
  });

  it('names: any letters, digits inside, dollar names, brackets for the rest', () => {
    const names = [
      '売上',
      '工数_時刻',
      '項目１',
      '$id',
      'Ünïcode',
      'a1',
      '１号店',
      'レコード番号',
      '部･課',
      '顧客.名前',
    ];
    for (const name of names) expect(shape(parsed(name))).toEqual({ kind: 'field', name });
    expect(shape(parsed('[a b]]c]'))).toEqual({ kind: 'field', name: 'a b]c' });
    expect(printFormula(parsed('[売上]+[a-b]+[TRUE]+[2月]'))).toBe('売上 + [a-b] + [TRUE] + [2月]');
  });

  it('a percent sign starts a parameter where a value is due and is postfix after a value', () => {
    const parameters = [
      { name: '率', type: 'number', cell: parseDecimal('8') },
      { name: '実行 日', type: 'text', cell: 'x' },
    ] as const;
    const setting = { parameters, columns: [spec('a', 'number')], rows: [['50']] };
    expect(value('%率%', setting)).toBe('8');
    expect(value('%率%%', setting)).toBe('0.08');
    expect(value('a%', setting)).toBe('0.5');
    expect(value('a%*%率%', setting)).toBe('4');
    expect(value('a%-%率%%', setting)).toBe('0.42');
    expect(value('50%%+%率%', setting)).toBe('8.005');
    expect(value('(a)%', setting)).toBe('0.5');
    expect(value('SUM(1)%', setting)).toBe('0.01');
    expect(value('%[実行 日]%', setting)).toBe('x');
    expect(value('％率％％', setting)).toBe('0.08');
    expect(value('"%率%"', setting)).toBe('%率%');
  });
});

describe('failures name the place and the remedy', () => {
  it.each([
    ['', 'emptyFormula', { start: 0, end: 0 }],
    ['=', 'emptyFormula', { start: 0, end: 0 }],
    ['1+', 'expectedOperand', { start: 2, end: 2, found: '' }],
    ['1+*2', 'expectedOperand', { start: 2, end: 3, found: '*' }],
    ['IF(1,,2)', 'expectedOperand', { start: 5, end: 6, found: ',' }],
    ['1 2', 'missingOperator', { start: 2, end: 3, found: '2' }],
    ['(1 2)', 'missingOperator', { start: 3, end: 4, found: '2' }],
    ['"a', 'unclosedText', { start: 0, end: 2 }],
    ['[a', 'unclosedBracket', { start: 0, end: 2 }],
    ['[]', 'emptyName', { start: 0, end: 2 }],
    ['(1', 'unclosedParenthesis', { start: 0, end: 1 }],
    ['SUM(1,2', 'unclosedParenthesis', { start: 3, end: 4 }],
    ['1)', 'unexpectedParenthesis', { start: 1, end: 2 }],
    ['1,2', 'unexpectedComma', { start: 1, end: 2 }],
    ['(1,2)', 'unexpectedComma', { start: 2, end: 3 }],
    ['% a%', 'parameterName', { start: 0, end: 1 }],
    ['%a', 'unclosedParameter', { start: 0, end: 2, name: 'a' }],
    ['2月+1', 'nameStartsWithDigit', { start: 0, end: 2, name: '2月' }],
    ['1＋“a”', 'unexpectedCharacter', { start: 2, end: 3, character: '“', suggestion: '"' }],
    ['1 ÷ 2', 'unexpectedCharacter', { start: 2, end: 3, character: '÷', suggestion: '/' }],
    ['1 😀', 'unexpectedCharacter', { start: 2, end: 4, character: '😀' }],
    ['1E999999999', 'numberTooLong', { start: 0, end: 11, limit: 100 }],
    ['RUOND(1,2)', 'unknownFunction', { start: 0, end: 5, name: 'RUOND', suggestion: 'ROUND' }],
    ['1+phonetic(名)', 'phoneticUnavailable', { start: 2, end: 10, name: 'PHONETIC' }],
    ['XLOOKUP(1,2,3)', 'lookupElsewhere', { start: 0, end: 7, name: 'XLOOKUP' }],
    ['SUMIFS(1,2,3)', 'aggregateElsewhere', { start: 0, end: 6, name: 'SUMIFS' }],
    ['RANK.EQ(1,2)', 'rankElsewhere', { start: 0, end: 7, name: 'RANK.EQ' }],
    ['RAND()', 'randomUnavailable', { start: 0, end: 4, name: 'RAND' }],
    ['合計(1)', 'unknownFunction', { start: 0, end: 2, name: '合計' }],
    ['constructor(1)', 'unknownFunction', { start: 0, end: 11, name: 'constructor' }],
    ['__proto__(1)', 'unknownFunction', { start: 0, end: 9, name: '__proto__' }],
  ])('%s', (text, code, params) => {
    expect(failed(text)).toEqual({ code, params });
  });

  it('argument counts', () => {
    expect(failed('1+ROUND(1)').params).toMatchObject({
      name: 'ROUND',
      count: 1,
      least: 2,
      most: 2,
      start: 2,
      end: 10,
    });
    expect(failed('TODAY(1)').code).toBe('argumentCount');
    expect(failed('SUM()').params).toMatchObject({ count: 0, least: 1 });
    expect(failed('SUM()').params).not.toHaveProperty('most');
    // IFS takes pairs only.
    expect(failed('IFS(1,2,3)').code).toBe('argumentCount');
  });

  it('limits', () => {
    expect(failed(`"${'a'.repeat(7_999)}"`).code).toBe('tooLong');
    expect(parseFormula(`"${'a'.repeat(7_998)}"`).ok).toBe(true);
    expect(failed(`${'('.repeat(101)}1${')'.repeat(101)}`).code).toBe('tooDeep');
    expect(parseFormula(`${'('.repeat(100)}1${')'.repeat(100)}`).ok).toBe(true);
    expect(failed(`${'-'.repeat(101)}1`).code).toBe('tooDeep');
    expect(failed(`1${'+1'.repeat(1_000)}`).code).toBe('tooManyTokens');
    // A long chain is no nesting: 1,000 terms, 1,999 tokens.
    expect(value(`1${'+1'.repeat(999)}`)).toBe('1000');
    expect(value(`"a"${'&"b"'.repeat(999)}`)).toHaveLength(1_000);
  });
});

const nameArbitrary = fc.oneof(
  fc.constantFrom('売上', 'a', 'TRUE', 'false', '2月', 'a]b', '%', ' ', '"', '$id', 'x.y', 'x.'),
  fc.string({ minLength: 1, maxLength: 6, unit: 'binary' }),
);
const span = { start: 0, end: 0 };
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.nat(20))
    .map(([coefficient, scale]) => parsed(`${coefficient}e-${scale}`)),
  fc
    .string({ maxLength: 8, unit: 'binary' })
    .map((text): Expression => ({ kind: 'text', value: text, ...span })),
  fc.boolean().map((flag): Expression => ({ kind: 'boolean', value: flag, ...span })),
  nameArbitrary.map((name): Expression => ({ kind: 'field', name, ...span })),
  nameArbitrary.map((name): Expression => ({ kind: 'parameter', name, ...span })),
);
const treeArbitrary = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('-', '+') as fc.Arbitrary<'-' | '+'>, tie('tree'))
      .map(([operator, operand]): Expression => ({ kind: 'sign', operator, operand, ...span })),
    tie('tree').map((operand): Expression => ({ kind: 'percent', operand, ...span })),
    fc
      .tuple(
        fc.constantFrom('=', '<>', '<', '<=', '>', '>=', '+', '-', '*', '/', '^', '&'),
        tie('tree'),
        tie('tree'),
      )
      .map(([operator, left, right]) => ({ kind: 'binary', operator, left, right, ...span }) as Expression),
    fc
      .array(tie('tree'), { minLength: 1, maxLength: 4 })
      .map((list): Expression => ({ kind: 'call', name: 'CONCAT', arguments: list, ...span })),
  ),
})).tree;

describe('printing', () => {
  it('parses back to the same tree', () => {
    fc.assert(
      fc.property(treeArbitrary, (tree) => {
        const text = printFormula(tree);
        const result = parseFormula(text);
        if (!result.ok) {
          // Only the size of a formula may stand in the way.
          expect(result.error.code).toMatch(/^too/);
          return;
        }
        expect(shape(result.value)).toEqual(shape(tree));
        expect(printFormula(result.value)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('parsing any text gives a tree or a failure inside the text, never an exception', () => {
    const piece = fc.constantFrom(
      ...'=<>+-*/^&%(),"[].;'.split(''),
      '％',
      'IF(',
      'SUM(',
      'a',
      '1',
      '1e',
      ' ',
      '売上',
      '\u{20bb7}',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map((list) => list.join('')),
          fc.string(),
        ),
        (text) => {
          const result = parseFormula(text);
          if (result.ok) return;
          const { start, end } = result.error.params as { start: number; end: number };
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('every function has a name in upper case and an arity that its parameters explain', () => {
    for (const [name, entry] of FUNCTIONS) {
      expect(name).toBe(entry.name.toUpperCase());
      expect(entry.arity.least).toBeLessThanOrEqual(entry.arity.most);
    }
    expect(FUNCTIONS.size).toBeGreaterThanOrEqual(50);
  });
});
