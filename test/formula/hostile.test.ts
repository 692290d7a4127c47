/** Formulas that somebody might write to make a page hang or to fill its memory: each ends at once, with a value or an error. */
import { describe, expect, it } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../src/formula/limits';
import { failed, shown, spec, value } from './helpers';

const nested = (name: string, inner: string, rest: string, depth: number): string =>
  `${`${name}(`.repeat(depth)}${inner}${`,${rest})`.repeat(depth)}`;

describe('work without end', () => {
  it.each([
    ['10^10^10', '#numberTooLong'],
    ['9^9^9^9^9', '#numberTooLong'],
    ['2^-1000000000000', '#numberTooLong'],
    ['(10^99)^0.5', undefined],
    ['FACT(1000000000)', undefined],
    ['COMBIN(1000000000,500000000)', undefined],
    ['PERMUT(1000000000,500000000)', undefined],
    ['GCD(10^99,7^99)', undefined],
    ['REPT("a",1000000000000)', '#textTooLong'],
    [`REPT(REPT("a",${MAX_TEXT_LENGTH}),2)`, '#textTooLong'],
    [nested('SUBSTITUTE', '"a"', '"a","aaaaaaaaaa"', 60), '#textTooLong'],
    [nested('CONCAT', 'REPT("x",60000)', 'REPT("x",60000)', 60), '#textTooLong'],
    ['NETWORKDAYS(DATE(1,1,1),DATE(9999,12,31))', undefined],
    ['WORKDAY(DATE(2026,1,1),1000000000000)', undefined],
    ['WORKDAY(DATE(2026,1,1),-1000000000000)', undefined],
    ['EDATE(DATE(2026,1,1),10^20)', '#dateOutOfRange'],
    ['DATE(2026,10^20,10^20)', '#dateOutOfRange'],
    ['DATEDIF(DATE(1,1,1),DATE(9999,12,31),"D")', undefined],
    ['ROUND(1,10^15)', undefined],
    ['ROUND(1,-10^15)', undefined],
    ['MROUND(10^99,10^-10)', undefined],
    ['MOD(10^99,10^-10)', undefined],
    ['BASE(2^53-1,2,255)', undefined],
    ['ROMAN(3999)', 'MMMCMXCIX'],
    ['TEXT(10^90,"# ???????/???????")', undefined],
    ['TEXT(0.1234567891,"# ???????/???????")', undefined],
    [`TEXT(1,REPT("0",60000))`, undefined],
    [`TEXT(1,REPT("""",60000))`, undefined],
    [`SEARCH("${'*a'.repeat(40)}b",REPT("a",60000))`, undefined],
    [`SEARCH("${'?*'.repeat(40)}b",REPT("a",2000))`, undefined],
    [`TEXTBEFORE(REPT("a",60000),"a",60000)`, undefined],
    [`LEN(TRIM(REPT("a ",30000)))`, '59999'],
    [`VALUE(REPT("9",60000))`, undefined],
    [`DATEVALUE(REPT("9",60000))`, '#notADate'],
    [`LEN(PROPER(REPT("ab ",20000)))`, '60000'],
  ])('%s', (formula, expected) => {
    const found = value(formula);
    if (expected === undefined) expect(found.length).toBeLessThanOrEqual(MAX_TEXT_LENGTH);
    else expect(found).toBe(expected);
  });

  it('is bounded before it starts: characters, parts and levels', () => {
    expect(failed('1+'.repeat(4_001)).code).toBe('tooLong');
    expect(failed(`1${'+1'.repeat(1_500)}`).code).toBe('tooManyTokens');
    expect(failed(`${'ABS('.repeat(500)}1${')'.repeat(500)}`).code).toBe('tooDeep');
  });

  it('the widest formula there may be works on many rows', () => {
    const rows = Array.from({ length: 2_000 }, (_unused, row) => [String(row)]);
    const columns = [spec('n', 'number')];
    const found = shown(`n${'+n'.repeat(999)}`, { columns, rows });
    expect(found[1_999]).toBe('1999000');
  });
});
