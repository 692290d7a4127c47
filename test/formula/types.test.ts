import { describe, expect, it } from 'vitest';
import { compileFormula, evaluatePredicate } from '../../src/formula';
import type { Cell, ColumnSpec } from '../../src/table/types';
import { checked, contextOf, evaluated, failed, shown, spec, tableOfRows, value } from './helpers';

const columns: ColumnSpec[] = [
  spec('t', 'text'),
  spec('n', 'number'),
  spec('d', 'date'),
  spec('c', 'time'),
  spec('m', 'datetime'),
  spec('o', 'choice'),
  spec('cs', 'choices'),
  spec('p', 'people'),
  spec('f', 'files'),
  { ...spec('tb', 'table'), columns: [spec('内訳', 'text')] },
  { ...spec('amount', 'number'), label: '金額' },
];
const person = { code: 'sato', name: '佐藤' };
const file = { fileKey: 'k', name: 'a.pdf', contentType: 'application/pdf', size: '1' };
const full: Cell[] = [
  'abc',
  '2.50',
  '2024-03-01',
  '09:15',
  '2024-02-29T15:00:00Z',
  'A',
  ['x', 'y'],
  [person],
  [file],
  [{ id: null, cells: ['z'] }],
  '7',
];
const blank: Cell[] = full.map(() => null);
const both = { columns, rows: [full, blank] };

describe('result types', () => {
  it.each([
    ['n+1', 'number'],
    ['n&1', 'text'],
    ['n=1', 'boolean'],
    ['d+1', 'date'],
    ['1+d', 'date'],
    ['d-d', 'number'],
    ['d+c', 'datetime'],
    ['m+1', 'datetime'],
    ['m-m', 'number'],
    ['m-d', 'number'],
    ['c+0.5', 'time'],
    ['c-c', 'number'],
    ['o', 'text'],
    ['cs', 'text'],
    ['""', 'text'],
    ['-c', 'number'],
    ['+d', 'date'],
    ['IF(n>1,n,"")', 'number'],
    ['IF(n>1,d,"")', 'date'],
    ['IF(n>1,d,m)', 'datetime'],
    ['IF(n>1,n,t)', 'text'],
    ['IF(n>1,d,n)', 'text'],
    ['IF(n>1,n>2,1)', 'number'],
    ['IF(n>1,n>2,"")', 'boolean'],
    ['IF(n>1,d)', 'date'],
    ['MAX(d,m)', 'datetime'],
  ] as const)('%s is %s', (text, type) => {
    expect(checked(text, { columns }).resultType).toBe(type);
    // Every type evaluates on filled and on blank rows.
    expect(evaluated(text, both).column.length).toBe(2);
  });

  it('lists columns and parameters by first appearance', () => {
    const parameters = [{ name: 'x', type: 'number', cell: null }] as const;
    const typed = checked('n+%x%+amount+n', { columns, parameters });
    expect([typed.columns, typed.parameters]).toEqual([['n', 'amount'], ['x']]);
  });

  it('a wanted result type converts, or is a mismatch', () => {
    expect(shown('n', { ...both, resultType: 'text' })).toEqual(['2.5', '']);
    expect(shown('t', { ...both, resultType: 'number' })).toEqual(['#notANumber', '']);
    expect(shown('n>1', { ...both, resultType: 'number' })).toEqual(['1', '0']);
    expect(shown('m', { ...both, resultType: 'date' })).toEqual(['2024-03-01', '']);
    expect(shown('d', { ...both, resultType: 'datetime' })).toEqual(['2024-02-29T15:00:00Z', '']);
    expect(failed('d', { columns, resultType: 'number' })).toMatchObject({
      code: 'typeMismatch',
      params: { found: 'date', expected: ['number'], used: 'result' },
    });
  });
});

describe('names', () => {
  it('suggests by label, then by spelling', () => {
    expect(failed('金額*2', { columns }).params).toEqual({
      name: '金額',
      suggestion: 'amount',
      start: 0,
      end: 2,
    });
    expect(failed('1+amuont', { columns }).params).toMatchObject({ suggestion: 'amount', start: 2, end: 8 });
    expect(failed('zzzz', { columns }).params).not.toHaveProperty('suggestion');
    expect(failed('constructor', { columns }).code).toBe('unknownField');
    expect(failed('内訳', { columns })).toMatchObject({ code: 'fieldInsideTable', params: { table: 'tb' } });
    expect(failed('%amount%', { columns }).code).toBe('unknownParameter');
  });
});

describe('type mismatches point at the operand', () => {
  it.each([
    ['d*2', 'date', 'number', '*', 0],
    ['1+d*2', 'date', 'number', '*', 2],
    ['d+d', 'date', 'number', '+', 2],
    ['5-d', 'date', 'number', '-', 2],
    ['n+cs', 'list', 'number', '+', 2],
    ['SUM(n,p)', 'list', 'number', 'SUM', 6],
    ['d=n', 'number', 'date', '=', 2],
    ['d<n', 'number', 'date', '<', 2],
    ['cs=n', 'number', 'list', '=', 3],
    ['YEAR(n)', 'number', 'date', 'YEAR', 5],
    ['ROUND(d,1)', 'date', 'number', 'ROUND', 6],
  ])('%s', (text, found, expected, used, start) => {
    expect(failed(text, { columns })).toMatchObject({
      code: 'typeMismatch',
      params: { found, expected: [expected], used, start },
    });
  });
});

describe('lists are text', () => {
  it('joined in text operations, and blank when empty', () => {
    expect(shown('cs&"/"&p&"/"&f&"/"&tb', both)).toEqual(['x, y/佐藤/a.pdf/z', '///']);
    expect(shown('IF(ISBLANK(tb),"none","some")', both)).toEqual(['some', 'none']);
    expect(shown('cs="x, y"', both)).toEqual(['TRUE', 'FALSE']);
    expect(shown('p=""', both)).toEqual(['FALSE', 'TRUE']);
    expect(shown('LEN(cs)', both)).toEqual(['4', '0']);
  });
});

describe('blank', () => {
  const blankOnly = { columns, rows: [blank] };
  it.each([
    // Arithmetic: 0. Dates and times stay blank.
    ['n+1', '1'],
    ['n*5', '0'],
    ['-n', '0'],
    ['n%', '0'],
    ['t+1', '1'],
    ['5/n', '#divisionByZero'],
    ['d+1', ''],
    ['m+1', ''],
    ['c+0.5', ''],
    ['d-DATE(2024,1,1)', ''],
    ['m-m', ''],
    // Text: "".
    ['t&"x"', 'x'],
    ['n&""', ''],
    ['d&"x"', 'x'],
    ['LEN(n)', '0'],
    // The blank test, whatever the type.
    ['t=""', 'TRUE'],
    ['n=""', 'TRUE'],
    ['d=""', 'TRUE'],
    ['c=""', 'TRUE'],
    ['m<>""', 'FALSE'],
    ['""=o', 'TRUE'],
    ['n=t', 'TRUE'],
    ['d=t', 'TRUE'],
    // Against values: 0 for a number, before everything for the others.
    ['n=0', 'TRUE'],
    ['n<1', 'TRUE'],
    ['n>""', 'FALSE'],
    ['t=0', 'FALSE'],
    ['d<DATE(1,1,1)', 'TRUE'],
    ['d>=DATE(2024,1,1)', 'FALSE'],
    ['d=d', 'TRUE'],
    ['t<"a"', 'TRUE'],
    // Functions.
    ['YEAR(d)', ''],
    ['MAX(n,-3)', '-3'],
    ['ROUND(n,2)', '0'],
    ['IF(n,"yes","no")', 'no'],
    ['IF(d,"yes","no")', 'no'],
    ['ISBLANK(n)', 'TRUE'],
  ])('%s is %s', (text, expected) => {
    expect(shown(text, blankOnly)[0]).toBe(expected);
  });

  it('0 is not blank', () => {
    const setting = { columns: [spec('n', 'number')], rows: [['0'], [null]] };
    expect(shown('n=""', setting)).toEqual(['FALSE', 'TRUE']);
    expect(shown('IF(n="","",n*2)', setting)).toEqual(['0', '']);
  });
});

describe('comparison', () => {
  it.each([
    ['"a"="A"', 'TRUE'],
    ['"あ"="ア"', 'FALSE'],
    ['"a"<"b"', 'TRUE'],
    ['1.0=1', 'TRUE'],
    ['0.1+0.2=0.3', 'TRUE'],
    ['"1.0"=1', 'TRUE'],
    ['1="x"', 'FALSE'],
    ['1<>"x"', 'TRUE'],
    ['1<"x"', '#notANumber'],
    ['"10">9', 'TRUE'],
    ['DATE(2024,1,1)="2024/1/1"', 'TRUE'],
    ['DATE(2024,1,1)="x"', 'FALSE'],
    ['"2024-01-02">DATE(2024,1,1)', 'TRUE'],
    ['DATE(2024,1,1)<"x"', '#notADate'],
    ['TIMEVALUE("8:30")="x"', 'FALSE'],
    ['TIMEVALUE("12:00")=0.5', 'TRUE'],
    ['TRUE="TRUE"', 'TRUE'],
    ['TRUE>FALSE', 'TRUE'],
    ['1/0="x"', '#divisionByZero'],
    ['1/0=""', '#divisionByZero'],
  ])('%s is %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('across types', () => {
    expect(shown('c="9:15"', both)).toEqual(['TRUE', 'FALSE']);
    // 15:00 UTC is midnight in Tokyo, where the run takes place.
    expect(shown('m=d', both)).toEqual(['TRUE', 'TRUE']);
    expect(shown('m>"2024-03-01 00:01"', both)).toEqual(['FALSE', 'FALSE']);
    expect(shown('o="a"', both)).toEqual(['TRUE', 'FALSE']);
  });
});

describe('dates and times in sums', () => {
  it.each([
    ['d+1', '2024-03-02'],
    ['d-1', '2024-02-29'],
    ['d+0.9', '2024-03-01'],
    ['d-0.1', '2024-02-29'],
    ['d+"2"', '2024-03-03'],
    ['d-DATE(2023,3,1)', '366'],
    ['(d+c)&""', '2024-03-01 09:15'],
    ['(c+d)&""', '2024-03-01 09:15'],
    ['d+TIMEVALUE("9:15")', '2024-03-01T00:15:00Z'],
    ['m+1.5', '2024-03-02T03:00:00Z'],
    ['m+c', '2024-03-01T00:15:00Z'],
    ['m-c', '2024-02-29T05:45:00Z'],
    ['c+TIMEVALUE("20:00")', '05:15'],
    ['c-0.5', '21:15'],
    ['(m+c-m)*24', '9.25'],
    ['(c-"08:00")*24', '#notANumber'],
    ['(c-TIMEVALUE("08:05"))*24*60', '70'],
    ['c*24', '9.25'],
    ['c/"0.5"', '0.770833333333333'],
    ['c/TIMEVALUE("3:05")', '3'],
    ['100*c', '38.541666666666667'],
    ['d+99999999', '#dateOutOfRange'],
    ['m+1E20', '#dateOutOfRange'],
  ])('%s is %s', (text, expected) => {
    expect(shown(text, both)[0]).toBe(expected);
  });

  it('hours over 24: times of day add up to the minute', () => {
    const setting = {
      columns: [spec('a', 'time'), spec('b', 'time'), spec('e', 'time')],
      rows: [['08:30', '09:15', '10:45']],
    };
    expect(shown('(TIMEVALUE(a)+TIMEVALUE(b)+TIMEVALUE(e))*24', setting)).toEqual(['28.5']);
    expect(shown('TEXT(a+b+TIMEVALUE(e),"[h]:mm")', setting)).toEqual(['28:30']);
  });
});

describe('filters', () => {
  it('keeps TRUE, numbers other than 0 and text that is not empty; not errors', () => {
    const rows = [
      ['a', '1'],
      ['', '0'],
      [null, null],
      ['b', '-0.5'],
    ];
    const two = [spec('t', 'text'), spec('n', 'number')];
    const table = tableOfRows(two, rows);
    const keep = (text: string) => {
      const result = evaluatePredicate(compileFormula(checked(text, { columns: two })), table, contextOf({}));
      return [[...result.keep], result.errorCount];
    };
    expect(keep('t')).toEqual([[1, 0, 0, 1], 0]);
    expect(keep('n')).toEqual([[1, 0, 0, 1], 0]);
    expect(keep('n>0')).toEqual([[1, 0, 0, 0], 0]);
    expect(keep('1/n>0')).toEqual([[1, 0, 0, 0], 2]);
    expect(keep('IF(n=0,"",1/n>0)')).toEqual([[1, 0, 0, 0], 0]);
    expect(keep('IF(t="a","yes",n>0)')).toEqual([[1, 0, 0, 0], 0]);
  });

  it('booleans come as bytes and as text', () => {
    const result = evaluated('IF(n="","",n>1)', {
      columns: [spec('n', 'number')],
      rows: [['2'], ['0'], [null]],
    });
    expect([...(result.booleans ?? [])]).toEqual([1, 0, 0]);
    expect(
      shown('IF(n="","",n>1)', { columns: [spec('n', 'number')], rows: [['2'], ['0'], [null]] }),
    ).toEqual(['TRUE', 'FALSE', '']);
    expect(evaluated('1').booleans).toBeNull();
  });
});
