import { describe, expect, it } from 'vitest';
import { idRange, matches, parseQuery } from '../../kintone/query';
import { context, find, record, rows } from './fixtures';

/** The rules of NUMBER and of texts below were observed on real tenants; see the comments in the code under test. */
describe('numbers', () => {
  const BLANKS = [2, 8];
  const records = ['5', '', '-1', '0', '0.5', '999999999999.9999', '999999999999.9998', null].map(
    (n, index) => record(index + 1, { n, sum: n }),
  );
  it.each([
    ['n = "05"', [1]],
    ['n = "+5"', [1]],
    ['n = "5e0"', [1]],
    ['n = "0.5E1"', [1]],
    ['n = 5', [1]],
    ['n = "-0"', [4]],
    ['n = ".5"', [5]],
    ['n > "999999999999.9998"', [6]],
    ['n = "999999999999.99990"', [6]],
    ['n = " 5"', []],
    ['n = "1,234"', []],
    ['n != "abc"', []],
    ['n < "abc"', []],
    ['n in ("abc")', []],
    ['n in ("abc", "5")', [1]],
    ['n not in ("abc")', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['n = ""', BLANKS],
    ['n != ""', [1, 3, 4, 5, 6, 7]],
    ['n = "0"', [4]],
    ['n != "0"', [1, 2, 3, 5, 6, 7, 8]],
    ['n in ("05", "")', [1, 2, 8]],
    ['n not in ("")', [1, 3, 4, 5, 6, 7]],
    ['n < -1000000', BLANKS],
    ['n <= -1', [2, 3, 8]],
    ['n > -1000000', [1, 3, 4, 5, 6, 7]],
    ['n >= 0', [1, 4, 5, 6, 7]],
    ['n < 0', [2, 3, 8]],
    ['n = "５"', [1]],
    ['n = "-１"', [3]],
    ['n != "－１"', []],
    ['sum > 1 and sum < 10', [1]],
  ])('%s', (text, expected) => {
    expect(find(text, records)).toEqual(expected);
  });

  it.each([
    ['123456789012345678901234567890', '123456789012345678901234567891'],
    ['0.1234567890123456789', '0.12345678901234567891'],
    ['-99999999999999999999', '-99999999999999999998'],
    ['-0.00001', '0'],
    ['1', '1.0000000000000000001'],
    ['-1.0000000000000000001', '-1'],
    ['9007199254740992', '9007199254740993'],
  ])('%s is less than %s', (small, large) => {
    const pair = [record(1, { n: small }), record(2, { n: large })];
    expect(find(`n < "${large}"`, pair)).toEqual([1]);
    expect(find(`n > "${small}"`, pair)).toEqual([2]);
    expect(find(`n = "${small}"`, pair)).toEqual([1]);
    expect(find(`n >= ${small}`, pair)).toEqual([1, 2]);
  });
});

describe('record ids and numbers', () => {
  const records = [1, 2, 30].map((id) => record(id));
  it.each([
    ['$id = 2', [2]],
    ['$id != 2', [1, 30]],
    ['$id > 2', [30]],
    ['$id in (1, "30", 99)', [1, 30]],
    ['$id = "002"', [2]],
    ['$id = "＋2"', []],
    ['$id = "+２"', [2]],
    ['$id = "2.0"', []],
    ['$id = 2e0', []],
    ['レコード番号 != "abc"', []],
    ['レコード番号 = ""', []],
    ['レコード番号 != ""', [1, 2, 30]],
    ['レコード番号 >= "02"', [2, 30]],
  ])('%s', (text, expected) => {
    expect(find(text, records)).toEqual(expected);
  });

  it.each([
    ['レコード番号 = "46"', [46]],
    ['レコード番号 = "app-11-46"', [46]],
    ['レコード番号 = "other-46"', []],
    ['レコード番号 > "app-11-5"', [46]],
    ['レコード番号 in ("app-11-46", "1")', [46]],
  ])('with an app code: %s', (text, expected) => {
    const coded = { ...record(46), レコード番号: { type: 'RECORD_NUMBER', value: 'app-11-46' } };
    expect(find(text, [coded])).toEqual(expected);
  });
});

describe('texts', () => {
  const LONG = 'x'.repeat(64);
  const CODE = '文字列__1行_';
  const records = ['abc', 'abc ', ' abc', 'abc\u3000', 'abc\t', `${LONG}A`, `${LONG}B`, '', null, 'ABC'].map(
    (text, index) => record(index + 1, { [CODE]: text, link: text }),
  );
  it.each([
    ['= "abc"', [1, 2]],
    ['= "abc  "', [1, 2]],
    ['in ("abc", " abc")', [1, 2, 3]],
    ['!= "abc"', [3, 4, 5, 6, 7, 8, 9, 10]],
    ['not in ("abc")', [3, 4, 5, 6, 7, 8, 9, 10]],
    ['= "abc\u3000"', [4]],
    ['= "abc\\t"', [5]],
    [`= "${LONG}"`, [6, 7]],
    [`= "${LONG}C"`, [6, 7]],
    [`= "${LONG.slice(1)}A"`, []],
    ['= ""', [8, 9]],
    ['in ("")', [8, 9]],
    ['!= ""', [1, 2, 3, 4, 5, 6, 7, 10]],
  ])('%s', (comparison, expected) => {
    expect(find(`${CODE} ${comparison}`, records)).toEqual(expected);
    expect(find(`link ${comparison}`, records)).toEqual(expected);
  });

  const BODY = '株式会社アオゾラ Gamma-keyword, version2 の見積書';
  it.each([
    ['keyword', true],
    ['KEYWORD', true],
    ['ｇａｍｍａ', true],
    ['key', false],
    ['keyword gamma', true],
    ['keyword delta', false],
    ['version2', true],
    ['version', false],
    ['株式', true],
    ['見積', true],
    ['ｱｵｿﾞﾗ', true],
    ['社', false],
    ['社 見積書', false],
    ['株式会社 見積書', true],
    ['株式会社 請求書', false],
    ['---', false],
  ])('like %j finds it: %s', (keyword, expected) => {
    const memo = record(1, { memo: BODY, rich: `<b>${BODY}</b>`, file: [{ name: `${BODY}.pdf` }] });
    for (const field of ['memo', 'rich', 'file']) {
      expect(find(`${field} like "${keyword}"`, [memo])).toEqual(expected ? [1] : []);
      expect(find(`${field} not like "${keyword}"`, [memo])).toEqual(expected ? [] : [1]);
    }
  });

  it('is empty takes white space for nothing', () => {
    const memos = ['', null, '  \n\t　', 'x', undefined].map((memo, index) => record(index + 1, { memo }));
    expect(find('memo is empty', memos)).toEqual([1, 2, 3, 5]);
    expect(find('memo is not empty', memos)).toEqual([4]);
    const files = [[], [{ name: 'a.txt' }]].map((file, index) => record(index + 1, { file }));
    expect(find('file is empty', files)).toEqual([1]);
    expect(find('file is not empty', files)).toEqual([2]);
  });
});

describe('choices and people', () => {
  const person = (...codes: string[]) => codes.map((code) => ({ code, name: code }));
  const records = [
    record(1, {
      check: ['red', 'blue'],
      drop: 'high',
      user: person('sato', 'ito'),
      作成者: { code: 'sato' },
    }),
    record(2, { check: [], drop: null, user: [], 作成者: { code: 'ito' }, ステータス: 'open' }),
    record(3, { check: ['green'], drop: '', user: person('ito'), org: person('sales'), ステータス: 'done' }),
  ];
  it.each([
    ['check in ("red")', [1]],
    ['check in ("red", "green")', [1, 3]],
    ['check in ("")', [2]],
    ['check not in ("blue")', [2, 3]],
    ['drop in ("")', [2, 3]],
    ['drop not in ("high")', [2, 3]],
    ['drop in ("high", "")', [1, 2, 3]],
    ['user in ("ito")', [1, 3]],
    ['user in (LOGINUSER())', [1]],
    ['user not in (LOGINUSER())', [2, 3]],
    ['user in ("")', [2]],
    ['作成者 in (LOGINUSER(), "nobody")', [1]],
    ['ステータス = "open"', [2]],
    ['ステータス != "open"', [1, 3]],
    ['org in (PRIMARY_ORGANIZATION())', [3]],
    ['org not in (PRIMARY_ORGANIZATION())', [1, 2]],
  ])('%s', (text, expected) => {
    expect(find(text, records)).toEqual(expected);
  });

  it.each([
    ['org in (PRIMARY_ORGANIZATION())', [1, 2, 3]],
    ['org not in (PRIMARY_ORGANIZATION())', [1, 2, 3]],
    ['org in (PRIMARY_ORGANIZATION(), "sales")', [3]],
    ['org in (PRIMARY_ORGANIZATION()) and drop in ("high")', [1]],
    ['org in (PRIMARY_ORGANIZATION()) or drop in ("high")', [1]],
    ['(org in (PRIMARY_ORGANIZATION()) or org in (PRIMARY_ORGANIZATION())) and $id > 1', [2, 3]],
  ])('without a primary organization the condition is dropped: %s', (text, expected) => {
    expect(find(text, records, { primaryOrganization: null })).toEqual(expected);
  });
});

describe('tables', () => {
  const records = [
    record(1, {
      n: '1',
      items: rows(
        { name: 'apple', qty: '100', colour: 'red', note: 'x', day: '2026-04-24' },
        { name: 'orange', qty: '200', colour: 'blue', note: '', day: '2026-04-25' },
      ),
      others: rows({ other: 'p' }, { other: 'q' }),
    }),
    record(2, { items: rows({ name: 'shared', qty: '', colour: null, note: 'y', day: null }) }),
    record(3, { items: [], others: rows({ other: 'p' }) }),
    record(4),
  ];
  it.each([
    ['name in ("apple")', [1]],
    ['qty > 150', [1]],
    ['qty < -1000000', [2]],
    ['qty in ("")', [2]],
    ['qty in ("0200")', [1]],
    ['name in ("apple") and qty in ("100")', [1]],
    ['name in ("apple") and qty in ("200")', []],
    ['name in ("apple") and (qty in ("200") and n = 1)', []],
    ['name in ("apple") and (qty in ("200") or n = 1)', [1]],
    ['name in ("apple") and other in ("q")', [1]],
    ['name not in ("shared")', [1]],
    ['name not in ("apple")', [2]],
    ['name not in ("nothing")', [1, 2]],
    ['name not in ("nothing") and qty > 150', [1]],
    ['name not in ("apple") and qty > 150', []],
    ['name in ("orange") and qty not in ("300")', [1]],
    ['colour in ("")', [2]],
    ['note is empty', [1]],
    ['note is not empty', [2]],
    ['name like "apple"', [1]],
    ['name not like "apple"', [2]],
    ['day in (TODAY())', [1]],
    ['day not in (TODAY())', [2]],
    ['day > TODAY()', [1]],
    ['name in ("apple") or $id = 4', [1, 4]],
    ['other in ("p")', [1, 3]],
  ])('%s', (text, expected) => {
    expect(find(text, records)).toEqual(expected);
  });

  it('reads related records through the context', () => {
    const row = (title: string, price: string) => ({
      title: { type: 'SINGLE_LINE_TEXT', value: title },
      price: { type: 'NUMBER', value: price },
    });
    const relatedRows = (_: unknown, code: string) =>
      code === 'related' ? [row('pen', '100'), row('ink', '900')] : [];
    const [first] = records;
    const test = (text: string) => find(text, first === undefined ? [] : [first], { relatedRows });
    expect(test('related.title in ("pen") and related.price < 500')).toEqual([1]);
    expect(test('related.title in ("ink") and related.price < 500')).toEqual([]);
    expect(test('related.title not in ("ink")')).toEqual([]);
    expect(test('opaque.title in ("pen")')).toEqual([]);
    expect(find('related.title in ("pen")', records)).toEqual([]);
  });
});

describe('conditions as a whole', () => {
  const records = [1, 2, 3].map((id) => record(id, { n: String(id), drop: id === 2 ? 'low' : 'high' }));
  it.each([
    ['', [1, 2, 3]],
    ['n = 1 or n = 2 and drop in ("high")', [1]],
    ['(n = 1 or n = 2) and drop in ("low")', [2]],
    ['n = 1 or n = 3', [1, 3]],
  ])('%j', (text, expected) => {
    expect(find(text, records)).toEqual(expected);
  });

  it('matches() judges one record', () => {
    const { condition } = parseQuery('n = 2');
    expect(records.map((item) => matches(condition, item, context))).toEqual([false, true, false]);
    expect(matches(null, record(1), context)).toBe(true);
  });

  it('a missing key is a blank value', () => {
    expect(find('n = "" and d = "" and drop in ("") and user in ("")', [record(1)])).toEqual([1]);
  });
});

describe('idRange', () => {
  it.each([
    ['', {}],
    ['n = 1', {}],
    ['$id > 10', { minId: 11 }],
    ['$id >= 10 and $id < 20', { minId: 10, maxId: 19 }],
    ['(n = 1 or n = 2) and $id > 5 order by $id asc limit 500', { minId: 6 }],
    ['$id > 5 and ($id > 7 and n = 1)', { minId: 8 }],
    ['$id > 5 or n = 1', {}],
    ['$id in ("3", 1, 3) ', { exact: [1, 3] }],
    ['$id in (1, 2, 3) and $id in (2, 3, 4) and $id < 3', { maxId: 2, exact: [2] }],
    ['$id = 7 and $id = 8', { exact: [] }],
    ['$id > 9 and $id < 9', { exact: [] }],
    ['$id > "abc"', { exact: [] }],
    ['$id = ""', { exact: [] }],
    ['$id in ("x", "4")', { exact: [4] }],
    ['$id != 4 and $id not in (5)', {}],
    ['レコード番号 = 4', {}],
  ])('%j', (text, expected) => {
    expect(idRange(parseQuery(text).condition)).toEqual(expected);
  });
});
