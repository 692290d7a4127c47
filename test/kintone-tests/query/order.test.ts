import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idRange, matches, parseQuery, type QueryRecord, sortRecords } from '../../kintone/query';
import { compareDecimals, parseDecimal } from '../../kintone/query/decimal';
import { context, fields, find, record } from './fixtures';

function sorted(orderBy: string, records: readonly QueryRecord[]): number[] {
  const order = parseQuery(orderBy).orderBy;
  return sortRecords(records, order, fields).map((item) => Number(item['$id']?.value));
}

describe('sortRecords', () => {
  const records = [
    record(1, { n: '10', drop: 'low', d: '2026-04-02', t: '09:00', worked: '100:00', 作成者: { code: 'b' } }),
    record(2, { n: '9', drop: 'high', d: '2026-04-01', t: '10:00', worked: '-5:00', 作成者: { code: 'a' } }),
    record(3, { n: '', drop: null, d: null, t: null, worked: '', 作成者: { code: 'b' } }),
    record(10, {
      n: '-3.5',
      drop: 'gone',
      d: '2026-04-01',
      t: '08:59',
      worked: '99:59',
      作成者: { code: 'c' },
    }),
  ];
  it.each([
    ['', [10, 3, 2, 1]],
    ['order by $id asc', [1, 2, 3, 10]],
    ['order by レコード番号 desc', [10, 3, 2, 1]],
    ['order by n asc', [3, 10, 2, 1]],
    ['order by n desc', [1, 2, 10, 3]],
    ['order by drop asc', [3, 2, 1, 10]],
    ['order by d asc, $id asc', [3, 2, 10, 1]],
    ['order by d asc', [3, 10, 2, 1]],
    ['order by d desc, n desc', [1, 2, 10, 3]],
    ['order by t desc', [2, 1, 10, 3]],
    ['order by worked asc', [3, 2, 10, 1]],
    ['order by 作成者 asc, $id desc', [2, 3, 1, 10]],
  ])('%j', (orderBy, expected) => {
    expect(sorted(orderBy, records)).toEqual(expected);
  });

  it('leaves its argument alone and sorts exactly where doubles cannot', () => {
    const twins = [record(1, { n: '9007199254740993' }), record(2, { n: '9007199254740992' })];
    expect(sorted('order by n asc', twins)).toEqual([2, 1]);
    expect(twins.map((item) => item['$id']?.value)).toEqual(['1', '2']);
  });
});

/** Decimals as a sign, digits and a scale, so that a BigInt can tell the truth. */
const decimal = fc.record({
  unscaled: fc.oneof(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: -20n, max: 20n })),
  scale: fc.nat(12),
});

function write({ unscaled, scale }: { unscaled: bigint; scale: number }): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const fraction = scale === 0 ? '' : `.${digits.slice(cut)}`;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction}`;
}

describe('exact decimals', () => {
  it('compare as BigInts of one scale do, also through a query', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const scaled = (x: typeof a) => x.unscaled * 10n ** BigInt(12 - x.scale);
        const truth = scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0;
        const [left, right] = [parseDecimal(write(a)), parseDecimal(write(b))];
        expect(left === null || right === null ? null : compareDecimals(left, right)).toBe(truth);
        const one = [record(1, { n: write(a) })];
        expect(find(`n < ${write(b)}`, one)).toEqual(truth < 0 ? [1] : []);
        expect(find(`n = "${write(b)}"`, one)).toEqual(truth === 0 ? [1] : []);
        expect(find(`n >= "${write(b)}"`, one)).toEqual(truth >= 0 ? [1] : []);
      }),
    );
  });

  it.each(['', '+', '.', '-.', 'e5', '1e', '1e1.5', '0x10', '1 2', '1,000', 'Infinity', 'NaN', '１．５'])(
    '%j is no number',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );

  it('exponents shift without being written out', () => {
    const [large, small] = [parseDecimal('1e999999999'), parseDecimal('9e999999998')];
    expect(large === null || small === null ? null : compareDecimals(large, small)).toBe(1);
  });
});

describe('properties of conditions', () => {
  const leaf = fc.oneof(
    fc
      .tuple(fc.constantFrom('$id', 'n'), fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.nat(12))
      .map(([field, operator, value]) => `${field} ${operator} ${value}`),
    fc
      .tuple(fc.constantFrom('in', 'not in'), fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }))
      .map(([operator, values]) => `$id ${operator} (${values.join(', ')})`),
  );
  const text = fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc
        .tuple(tie('any'), fc.constantFrom('and', 'or'), tie('any'))
        .map(([left, junction, right]) => `(${left}) ${junction} (${right})`),
    ),
  })).any;
  const records = Array.from({ length: 13 }, (_, id) => record(id, { n: String((id * 7) % 13) }));

  it('idRange never leaves out a match', () => {
    fc.assert(
      fc.property(text, (query) => {
        const { minId = -1, maxId = 99, exact } = idRange(parseQuery(query).condition);
        for (const id of find(query, records)) {
          expect(id).toBeGreaterThanOrEqual(minId);
          expect(id).toBeLessThanOrEqual(maxId);
          expect(exact === undefined || exact.includes(id)).toBe(true);
        }
      }),
    );
  });

  it('and is intersection, or is union', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [inA, inB] = [new Set(find(a, records)), new Set(find(b, records))];
        const ids = records.map((_, id) => id);
        expect(find(`(${a}) and (${b})`, records)).toEqual(ids.filter((id) => inA.has(id) && inB.has(id)));
        expect(find(`(${a}) or (${b})`, records)).toEqual(ids.filter((id) => inA.has(id) || inB.has(id)));
      }),
    );
  });

  it('matches() agrees with a compiled condition', () => {
    fc.assert(
      fc.property(text, (query) => {
        const { condition } = parseQuery(query);
        const one = records.filter((item) => matches(condition, item, context));
        expect(one.map((item) => Number(item['$id']?.value))).toEqual(find(query, records));
      }),
    );
  });
});
