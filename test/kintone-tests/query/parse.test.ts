import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Condition,
  type Operand,
  parseQuery,
  printQuery,
  type Query,
  QueryError,
} from '../../kintone/query';

/** Everything but the positions, which differ between a text and its canonical form. */
function shape(query: Query): unknown {
  return JSON.parse(JSON.stringify(query, (key, value: unknown) => (key === 'position' ? undefined : value)));
}

describe('parseQuery', () => {
  it.each([
    ['', ''],
    ['  　\n', ''],
    ['a="x"', 'a = "x"'],
    ['a = 5', 'a = 5'],
    ['a<-5', 'a < -5'],
    ['a > 1.50e+3', 'a > 1.50e+3'],
    ['n = 123456789012345678901234567890', 'n = 123456789012345678901234567890'],
    ['$id > 0', '$id > 0'],
    ['$revision >= 3', '$revision >= 3'],
    ['文字列__1行_ LIKE "株式会社"', '文字列__1行_ like "株式会社"'],
    ['数値・税込＿1 != "1"', '数値・税込＿1 != "1"'],
    ['項目　=　"a　b"', '項目 = "a　b"'],
    ['a\t\r\n=\n"x"', 'a = "x"'],
    ['a Not  In("x",1 ,LOGINUSER())', 'a not in ("x", 1, LOGINUSER())'],
    ['a IS empty', 'a is empty'],
    ['a is NOT Empty', 'a is not empty'],
    ['a not like "b"', 'a not like "b"'],
    ['a = "1" or b = "2" and c = "3"', 'a = "1" or (b = "2" and c = "3")'],
    ['(a = "1" or b = "2") AND c = "3"', '(a = "1" or b = "2") and c = "3"'],
    ['((a = "1"))', 'a = "1"'],
    ['a = "1" and (b = "2" and c = "3")', 'a = "1" and b = "2" and c = "3"'],
    ['related.field in ("x")', 'related.field in ("x")'],
    ['d = FROM_TODAY( -5 , DAYS )', 'd = FROM_TODAY(-5, DAYS)'],
    ['d = THIS_MONTH(LAST) and dt < NOW()', 'd = THIS_MONTH(LAST) and dt < NOW()'],
    ['order by a', 'order by a asc'],
    ['Order By a DESC,b ASC', 'order by a desc, b asc'],
    ['a = "x" order by $id asc limit 500 offset 10000', 'a = "x" order by $id asc limit 500 offset 10000'],
    ['limit 0', 'limit 0'],
    ['offset -1', 'offset -1'],
    ['limit 501', 'limit 501'],
    ['limit = "x" limit 5', 'limit = "x" limit 5'],
    ['order = "x" order by limit desc, order', 'order = "x" order by limit desc, order asc'],
    ['offset in ("1") offset 2', 'offset in ("1") offset 2'],
    ['a = "say \\"hi\\" \\\\ \\t\\n\\r end"', 'a = "say \\"hi\\" \\\\ \\t\\n\\r end"'],
  ])('reads %j as %j', (text, canonical) => {
    expect(printQuery(parseQuery(text))).toBe(canonical);
  });

  it('unescapes strings', () => {
    const { condition } = parseQuery('a = "q\\"b\\\\t\\tn\\n"');
    expect(condition).toMatchObject({ operands: [{ kind: 'string', text: 'q"b\\t\tn\n' }] });
  });

  it.each([
    ['title ===', 7],
    ['a', 1],
    ['a =', 3],
    ['= "x"', 0],
    ["a = 'x'", 4],
    ['a = "x', 4],
    ['a = "tab\there"', 4],
    ['a = "line\nbreak"', 4],
    ['a = "bad \\q escape"', 4],
    ['a = abc', 4],
    ['a = 5abc', 5],
    ['a = .5', 4],
    ['5a = 1', 1],
    ['a-b = 1', 1],
    ['`a` = 1', 0],
    ['a in "x"', 5],
    ['a in ()', 6],
    ['a in ("x"', 9],
    ['a in ("x",)', 10],
    ['a = ("x")', 4],
    ['a is "x"', 5],
    ['a not = "x"', 6],
    ['a like', 6],
    ['a = "x" b = "y"', 8],
    ['a = "x" and', 11],
    ['(a = "x"', 8],
    ['a = "x")', 7],
    ['a = NO_SUCH()', 4],
    ['a = today()', 4],
    ['a = TODAY', 9],
    ['d = FROM_TODAY(5 DAYS)', 17],
    ['related. = "x"', 9],
    ['a.b.c = "x"', 3],
    ['limit 1.5', 6],
    ['limit "5"', 6],
    ['limit 5 limit 6', 8],
    ['offset 5 limit 5', 9],
    ['limit 5 order by a', 8],
    ['order by', 8],
    ['order by a sideways', 11],
    ['$ = 1', 0],
  ])('refuses %j at %i', (text, position) => {
    expect(() => parseQuery(text)).toThrowError(
      expect.objectContaining({ code: 'CB_VA01', detail: { reason: 'syntax', position } }),
    );
  });

  it('refuses endless nesting instead of exhausting the stack', () => {
    expect(() => parseQuery('('.repeat(100_000))).toThrowError(QueryError);
  });

  it('tells where fields and functions stand', () => {
    expect(parseQuery('a = 1 and 日 = TODAY()').condition).toMatchObject({
      parts: [{ field: { position: 0 } }, { field: { position: 10 }, operands: [{ position: 14 }] }],
    });
  });
});

const code = fc.constantFrom('a', '数値', '文字列__1行_', '$id', 'order', 'in', 'limit', 'not', 'ｶﾅ');
const literal: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ kind: fc.constant('string' as const), text: fc.string({ unit: 'grapheme' }) }),
  fc.record({
    kind: fc.constant('string' as const),
    text: fc.constantFrom('\\', '"', '\t\r\n', '\\n', '　'),
  }),
  fc.record({ kind: fc.constant('number' as const), text: fc.constantFrom('0', '-1', '1.50', '+2e-3') }),
);
const call: fc.Arbitrary<Operand> = fc.record({
  kind: fc.constant('function' as const),
  name: fc.constantFrom('TODAY', 'FROM_TODAY', 'LOGINUSER'),
  args: fc.array(
    fc.record({
      kind: fc.constantFrom('symbol' as const, 'string' as const),
      text: fc.constantFrom('DAYS', 'LAST'),
    }),
    { maxLength: 2 },
  ),
  position: fc.constant(0),
});
const field = fc.record({ code, related: fc.option(code), position: fc.constant(0) });
const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('comparison' as const),
    field,
    operator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const, 'not like' as const),
    operands: fc.tuple(fc.oneof(literal, call)),
  }),
  fc.record({
    kind: fc.constant('comparison' as const),
    field,
    operator: fc.constantFrom('in' as const, 'not in' as const),
    operands: fc.array(fc.oneof(literal, call), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('comparison' as const),
    field,
    operator: fc.constantFrom('is empty' as const, 'is not empty' as const),
    operands: fc.constant([]),
  }),
);
/** Junctions alternate, as the parser's flattened trees do. */
function tree(kind: 'and' | 'or', depth: number): fc.Arbitrary<Condition> {
  if (depth === 0) return comparison;
  const part = fc.oneof(comparison, tree(kind === 'and' ? 'or' : 'and', depth - 1));
  return fc.record({ kind: fc.constant(kind), parts: fc.array(part, { minLength: 2, maxLength: 3 }) });
}
const query: fc.Arbitrary<Query> = fc.record({
  condition: fc.option(fc.oneof(tree('and', 3), tree('or', 3), comparison)),
  orderBy: fc.array(
    fc.record({
      field: fc.oneof(
        code,
        fc.tuple(code, code).map(([a, b]) => `${a}.${b}`),
      ),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    }),
    { maxLength: 3 },
  ),
  limit: fc.option(fc.integer({ min: -5, max: 600 })),
  offset: fc.option(fc.nat(20_000)),
});

describe('printQuery', () => {
  it('is undone by parseQuery', () => {
    fc.assert(
      fc.property(query, (original) => {
        expect(shape(parseQuery(printQuery(original)))).toEqual(shape(original));
      }),
    );
  });

  it('never makes parseQuery fail in another way than with a QueryError', () => {
    const piece = fc.constantFrom(
      'a',
      '=',
      '"x"',
      'and',
      'or',
      '(',
      ')',
      'in',
      'order',
      'by',
      'limit',
      '5',
      ',',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ');
        try {
          const parsed = parseQuery(text);
          expect(shape(parseQuery(printQuery(parsed)))).toEqual(shape(parsed));
        } catch (error) {
          expect(error).toBeInstanceOf(QueryError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
