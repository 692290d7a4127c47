import { describe, expect, it } from 'vitest';
import { shown, spec, table, value } from './helpers';

/*
 * Expected values: by hand from the meaning of the function in Excel (for the examples of Microsoft's own
 * function pages, the value printed there), dates by counting on a calendar.
 */
describe('logical', () => {
  table('IF', [
    ['IF(1>0,"a","b")', 'a'],
    ['IF(1<0,"a","b")', 'b'],
    ['IF(1<0,"a")', ''],
    ['IF("",1,2)', '2'],
    ['IF("x",1,2)', '1'],
    ['IF("FALSE",1,2)', '2'],
    ['IF(0.5,1,2)', '1'],
    ['IF(1=1,1,1/0)', '1'],
    ['IF(1=1,1/0,1)', '#divisionByZero'],
    ['IF(1/0,1,2)', '#divisionByZero'],
    ['IF(1=1,"",5)+1', '1'],
  ]);
  table('IFS', [
    ['IFS(1>2,"a",2>1,"b",TRUE,"c")', 'b'],
    ['IFS(1>2,"a",2>3,"b")', '#noMatch'],
    ['IFS(TRUE,1,1/0>1,2)', '1'],
    ['IFS(1/0>1,1,TRUE,2)', '#divisionByZero'],
    ['IFS(FALSE,1/0,TRUE,2)', '2'],
  ]);
  table('SWITCH', [
    ['SWITCH(2,1,"a",2,"b","c")', 'b'],
    ['SWITCH(3,1,"a",2,"b","c")', 'c'],
    ['SWITCH(3,1,"a",2,"b")', '#noMatch'],
    ['SWITCH("B","a",1,"b",2)', '2'],
    ['SWITCH(1,1,5,2,1/0)', '5'],
    ['SWITCH("","",1,2)', '1'],
  ]);
  table('IFERROR and ISERROR', [
    ['IFERROR(1/0,"-")', '-'],
    ['IFERROR(6/3,"-")', '2'],
    ['IFERROR(6/3,1/0)', '2'],
    ['IFERROR(1/0,"a"+1)', '#notANumber'],
    ['ISERROR(1/0)', 'TRUE'],
    ['ISERROR(1)', 'FALSE'],
  ]);
  table('blank', [
    ['ISBLANK("")', 'TRUE'],
    ['ISBLANK("a")', 'FALSE'],
    ['ISBLANK(0)', 'FALSE'],
    ['ISBLANK(1/0)', '#divisionByZero'],
    ['IFBLANK("","","c")', 'c'],
    ['IFBLANK("a",1/0)', 'a'],
    ['IFBLANK(1/0,2)', '#divisionByZero'],
    ['IFBLANK("","")', ''],
  ]);
  table('AND OR XOR NOT', [
    ['AND(TRUE,1>0)', 'TRUE'],
    ['AND(TRUE,1<0)', 'FALSE'],
    ['AND(FALSE,1/0>1)', '#divisionByZero'],
    ['OR(FALSE,1>0)', 'TRUE'],
    ['OR(FALSE,"",0)', 'FALSE'],
    ['XOR(TRUE,TRUE)', 'FALSE'],
    ['XOR(TRUE,FALSE)', 'TRUE'],
    ['NOT(FALSE)', 'TRUE'],
    ['NOT("a")', 'FALSE'],
  ]);
});

describe('math', () => {
  table('rounding', [
    // Halves go away from zero.
    ['ROUND(2.15,1)', '2.2'],
    ['ROUND(2.149,1)', '2.1'],
    ['ROUND(-1.475,2)', '-1.48'],
    ['ROUND(21.5,-1)', '20'],
    ['ROUND(626.3,-3)', '1000'],
    ['ROUND(1.98,-1)', '0'],
    ['ROUND(-50.55,-2)', '-100'],
    ['ROUND(1.005,2)', '1.01'],
    ['ROUND(5,300)', '5'],
    ['ROUND(5,-300)', '0'],
    ['ROUNDUP(3.2,0)', '4'],
    ['ROUNDUP(-3.14159,1)', '-3.2'],
    ['ROUNDUP(31415.92654,-2)', '31500'],
    ['ROUNDUP(3,2)', '3'],
    ['ROUNDDOWN(3.99,0)', '3'],
    ['ROUNDDOWN(-3.14159,1)', '-3.1'],
    ['ROUNDDOWN(31415.92654,-2)', '31400'],
    ['INT(8.9)', '8'],
    ['INT(-8.9)', '-9'],
    ['INT(-8)', '-8'],
    ['TRUNC(-8.9)', '-8'],
    ['TRUNC(8.97,1)', '8.9'],
    ['ROUND("12.345",2)', '12.35'],
    ['ROUND("",2)', '0'],
  ]);
  table('MOD takes the sign of the divisor', [
    ['MOD(3,2)', '1'],
    ['MOD(-3,2)', '1'],
    ['MOD(3,-2)', '-1'],
    ['MOD(-3,-2)', '-1'],
    ['MOD(5.5,2)', '1.5'],
    ['MOD(1,0)', '#divisionByZero'],
    ['MOD(0.3,0.1)', '0'],
  ]);
  table('others', [
    ['ABS(-2.5)', '2.5'],
    ['SIGN(-2.5)', '-1'],
    ['SIGN(0)', '0'],
    ['SUM(0.1,0.2,0.3)', '0.6'],
    ['SUM("1","",2)', '3'],
    ['SUM("x",1)', '#notANumber'],
    ['MAX(1,3,2)', '3'],
    ['MIN(1,3,-2)', '-2'],
    ['MAX("",-5)', '-5'],
    ['MIN(7,"")', '7'],
    ['MAX("","")', ''],
    ['MAX(1,1/0)', '#divisionByZero'],
    ['MAX(DATE(2024,1,31),DATE(2024,2,1))', '2024-02-01'],
    ['MIN(DATE(2024,1,31),"")', '2024-01-31'],
    ['POWER(5,2)', '25'],
    ['4^0.5', '2'],
    ['2^0.5', '1.4142135624'],
    ['10^-3', '0.001'],
    ['0^0', '#argumentOutOfRange'],
    ['0^-1', '#divisionByZero'],
    ['(-8)^0.5', '#argumentOutOfRange'],
    ['10^1000', '#numberTooLong'],
    ['99999999^99', '#numberTooLong'],
  ]);
});

describe('text', () => {
  table('parts', [
    ['LEN("日本語")', '3'],
    ['LEN("𠮷野家")', '3'],
    ['LEN(12.50)', '4'],
    ['LEFT("日本語",2)', '日本'],
    ['LEFT("abc")', 'a'],
    ['LEFT("abc",9)', 'abc'],
    ['LEFT("abc",-1)', '#argumentOutOfRange'],
    ['LEFT("𠮷野家",1)', '𠮷'],
    ['LEFT("abcdef",2.9)', 'ab'],
    ['RIGHT("abc",2)', 'bc'],
    ['RIGHT("abc",0)', ''],
    ['RIGHT("abc",9)', 'abc'],
    ['RIGHT("野家𠮷")', '𠮷'],
    ['MID("Fluid Flow",1,5)', 'Fluid'],
    ['MID("Fluid Flow",7,20)', 'Flow'],
    ['MID("abc",5,1)', ''],
    ['MID("abc",0,1)', '#argumentOutOfRange'],
    ['LEFT(20240131,4)', '2024'],
  ]);
  table('FIND', [
    ['FIND("M","Miriam McGovern")', '1'],
    ['FIND("m","Miriam McGovern")', '6'],
    ['FIND("M","Miriam McGovern",3)', '8'],
    ['FIND("x","abc")', '#textNotFound'],
    ['FIND("","abc")', '1'],
    ['FIND("a","abc",0)', '#argumentOutOfRange'],
    ['FIND("家","𠮷野家")', '3'],
  ]);
  table('changes', [
    ['SUBSTITUTE("Sales Data","Sales","Cost")', 'Cost Data'],
    ['SUBSTITUTE("Quarter 1, 2008","1","2",1)', 'Quarter 2, 2008'],
    ['SUBSTITUTE("Quarter 1, 2011","1","2",3)', 'Quarter 1, 2012'],
    ['SUBSTITUTE("aaa","a","b",4)', 'aaa'],
    ['SUBSTITUTE("aaa","","b")', 'aaa'],
    ['SUBSTITUTE("aaa","a","b",0)', '#argumentOutOfRange'],
    ['REPLACE("abcdefghijk",6,5,"*")', 'abcde*k'],
    ['REPLACE("2009",3,2,"10")', '2010'],
    ['REPLACE("𠮷野",1,1,"吉")', '吉野'],
    ['TRIM("  First   Quarter ")', 'First Quarter'],
    ['TRIM("　東京　　支店　")', '東京　支店'],
    ['UPPER("abcé1")', 'ABCÉ1'],
    ['LOWER("ABC")', 'abc'],
    ['CONCAT("a",1,TRUE,"")', 'a1TRUE'],
    ['CONCATENATE("a","b")', 'ab'],
    ['REPT("*-",3)', '*-*-*-'],
    ['REPT("a",-1)', '#argumentOutOfRange'],
    ['REPT("",999999999)', ''],
    ['REPT("ab",40000)', '#textTooLong'],
    ['SUBSTITUTE(REPT("a",60000),"a",REPT("b",60000))', '#textTooLong'],
    ['LEN(REPT("a",65536))', '65536'],
    ['REPT("a",65536)&"b"', '#textTooLong'],
    ['EXACT("a","A")', 'FALSE'],
    ['EXACT("a","a")', 'TRUE'],
    ['DATE(2024,1,5)&"まで"', '2024-01-05まで'],
    ['1/8&""', '0.125'],
  ]);
  table('VALUE', [
    ['VALUE("1,234.50")', '1234.5'],
    ['VALUE("¥1,000")', '1000'],
    ['VALUE("-$5")', '-5'],
    ['VALUE("12.5%")', '0.125'],
    ['VALUE("１２３")', '123'],
    ['VALUE(" 7 ")', '7'],
    ['VALUE("")', ''],
    ['VALUE("1,23")', '#notANumber'],
    ['VALUE("abc")', '#notANumber'],
    ['VALUE(3)', '3'],
  ]);
  table('TEXT of numbers', [
    ['TEXT(1234.567,"#,##0.00")', '1,234.57'],
    ['TEXT(0.285,"0.0%")', '28.5%'],
    ['TEXT(1234567,"#,##0")', '1,234,567'],
    ['TEXT(7,"000")', '007'],
    ['TEXT(1234,"0")', '1234'],
    ['TEXT(0.5,"#.##")', '.5'],
    ['TEXT(0.5,"0.##")', '0.5'],
    ['TEXT(5,"0.##")', '5.'],
    ['TEXT(-1234.5,"#,##0.0")', '-1,234.5'],
    ['TEXT(-0.1,"0")', '0'],
    ['TEXT(-5,"0;(0)")', '(5)'],
    ['TEXT(0,"0;-0;""なし""")', 'なし'],
    ['TEXT(1500,"¥#,##0円")', '¥1,500円'],
    ['TEXT(1234567,"000-0000")', '123-4567'],
    ['TEXT(12345678,"#,##0,")', '12,346'],
    ['TEXT(2.5,"0")', '3'],
    ['TEXT(12,"@")', '12'],
    ['TEXT(1.5,"General")', '1.5'],
    ['TEXT("abc","0")', 'abc'],
    ['TEXT("12.3","0.00")', '12.30'],
    ['TEXT("","0")', ''],
    ['TEXT(5,"")', ''],
    ['TEXT(12345,"0.00E+00")', '1.23E+04'],
    ['TEXT(12200000,"0.00E+00")', '1.22E+07'],
    ['TEXT(-0.000012345,"0.0E+0")', '-1.2E-5'],
    ['TEXT(9.99,"0.0E+00")', '1.0E+01'],
    ['TEXT(12345,"0E-0")', '1E4'],
    ['TEXT(123456,"##0.0E+0")', '123.5E+3'],
    ['TEXT(1234567,"##0.0E+0")', '1.2E+6'],
    ['TEXT(0,"0.00E+00")', '0.00E+00'],
    ['TEXT(5,"0.0%E+00")', '#unknownFormat'],
    ['TEXT(DATE(2024,2,9),"ge-m-d")', 'R6-2-9'],
    ['TEXT(DATE(2024,2,9),"0E+0")', '#unknownFormat'],
    // 1.1875 days are 28.5 hours.
    ['TEXT(1.1875,"[h]:mm")', '28:30'],
    // Day 45292 of Excel is 2024-01-01.
    ['TEXT(45292,"yyyy-mm-dd")', '2024-01-01'],
  ]);
  table('TEXT of dates and times', [
    ['TEXT(DATE(2024,2,9),"yyyy/mm/dd")', '2024/02/09'],
    ['TEXT(DATE(2024,2,9),"YYYYMM")', '202402'],
    ['TEXT(DATE(2024,2,9),"yy.m.d")', '24.2.9'],
    ['TEXT(DATE(2024,2,9),"yyyy年m月d日")', '2024年2月9日'],
    // 2024-02-09 was a Friday.
    ['TEXT(DATE(2024,2,9),"ddd dddd")', 'Fri Friday'],
    ['TEXT(DATE(2024,2,9),"(aaa)")', '(金)'],
    ['TEXT(DATE(2024,2,9),"mmm mmmm")', 'Feb February'],
    // 2024 is the 6th year of Reiwa.
    ['TEXT(DATE(2024,2,9),"ggge年")', '令和6年'],
    ['TEXT(DATE(2019,5,1),"ge")', 'R1'],
    ['TEXT(DATEVALUE("2024-12-01"),"HH:MM")', '00:00'],
    ['TEXT(TIMEVALUE("8:05"),"hh:mm")', '08:05'],
    ['TEXT(TIMEVALUE("15:05"),"h:mm AM/PM")', '3:05 PM'],
    ['TEXT(TIMEVALUE("0:05"),"h AM/PM")', '12 AM'],
    ['TEXT(TIMEVALUE("08:30")+TIMEVALUE("20:00"),"[h]:mm")', '28:30'],
    ['TEXT(TIMEVALUE("12:00"),"0.00")', '0.50'],
    ['TEXT(TIMEVALUE("12:00"),"yyyy")', '#unknownFormat'],
    ['TEXT(DATE(2024,2,9),"0.0")', '#unknownFormat'],
    ['TEXT(DATE(2024,2,9),"@")', '2024-02-09'],
  ]);
});

describe('dates', () => {
  table('DATE rolls over', [
    ['DATE(2024,13,1)', '2025-01-01'],
    ['DATE(2024,0,1)', '2023-12-01'],
    ['DATE(2024,3,0)', '2024-02-29'],
    ['DATE(2023,2,29)', '2023-03-01'],
    ['DATE(2008,-3,2)', '2007-09-02'],
    ['DATE(2008,1,-15)', '2007-12-16'],
    ['DATE(108,1,2)', '2008-01-02'],
    ['DATE(10000,1,1)', '#dateOutOfRange'],
    ['DATE(9999,12,32)', '#dateOutOfRange'],
    ['DATE(2024,99999999999,1)', '#dateOutOfRange'],
    ['DATE("",1,1)', ''],
  ]);
  table('parts', [
    ['YEAR("2024-02-29")', '2024'],
    ['MONTH("2024/2/29")', '2'],
    ['DAY("2024年2月29日")', '29'],
    ['DAY("2023-02-29")', '#notADate'],
    ['YEAR("")', ''],
    ['HOUR("23:59")', '23'],
    ['MINUTE("23:59")', '59'],
    ['HOUR(0.75)', '18'],
    ['MINUTE("24:00")', '#notATime'],
    ['HOUR("2024-01-01 7:05")', '7'],
    // 2008-02-14 was a Thursday.
    ['WEEKDAY("2008-02-14")', '5'],
    ['WEEKDAY("2008-02-14",2)', '4'],
    ['WEEKDAY("2008-02-14",3)', '3'],
    ['WEEKDAY("2008-02-14",11)', '4'],
    ['WEEKDAY("2008-02-14",14)', '1'],
    ['WEEKDAY("2008-02-14",17)', '5'],
    ['WEEKDAY("2008-02-14",4)', '#argumentOutOfRange'],
    // 1969-12-28 was a Sunday: before day 0.
    ['WEEKDAY("1969-12-28")', '1'],
  ]);
  table('months', [
    ['EDATE("2011-01-15",1)', '2011-02-15'],
    ['EDATE("2011-01-15",-1)', '2010-12-15'],
    ['EDATE("2024-01-31",1)', '2024-02-29'],
    ['EDATE("2024-03-31",-13)', '2023-02-28'],
    ['EDATE("9999-12-01",1)', '#dateOutOfRange'],
    ['EOMONTH("2011-01-01",1)', '2011-02-28'],
    ['EOMONTH("2011-01-01",-3)', '2010-10-31'],
    ['EOMONTH("2024-02-10",0)', '2024-02-29'],
  ]);
  table('DATEDIF', [
    ['DATEDIF("2001-01-01","2003-01-01","Y")', '2'],
    ['DATEDIF("2001-06-01","2002-08-15","D")', '440'],
    ['DATEDIF("2001-06-01","2002-08-15","YD")', '75'],
    ['DATEDIF("2001-06-01","2002-08-15","M")', '14'],
    ['DATEDIF("2001-06-01","2002-08-15","ym")', '2'],
    ['DATEDIF("2001-06-01","2002-08-15","MD")', '14'],
    ['DATEDIF("2024-01-31","2024-02-29","M")', '0'],
    // The month before March 2024 ends on the 29th: one day after it.
    ['DATEDIF("2024-01-31","2024-03-01","MD")', '1'],
    ['DATEDIF("2002-01-01","2001-01-01","D")', '#argumentOutOfRange'],
    ['DATEDIF("2001-01-01","2002-01-01","X")', '#argumentOutOfRange'],
  ]);
  table('text to date and time', [
    ['DATEVALUE("2024/1/5")', '2024-01-05'],
    ['DATEVALUE("2024-01-05 10:30")', '2024-01-05'],
    ['DATEVALUE("5 Jan")', '#notADate'],
    ['TIMEVALUE("6:00")', '0.25'],
    ['TIMEVALUE("08:30")*24', '8.5'],
  ]);

  it('NOW and TODAY follow the clock and the time zone of the run', () => {
    // 2024-03-10 23:30 UTC is 08:30 of the next day in Tokyo.
    const nowMs = Date.UTC(2024, 2, 10, 23, 30, 59);
    expect(value('TODAY()', { nowMs })).toBe('2024-03-11');
    expect(value('TODAY()', { nowMs, timeZone: 'UTC' })).toBe('2024-03-10');
    expect(value('NOW()', { nowMs })).toBe('2024-03-10T23:30:00Z');
    expect(value('NOW()&""', { nowMs })).toBe('2024-03-11 08:30');
    expect(value('HOUR(NOW())', { nowMs })).toBe('8');
    // New York moved its clocks at 07:00 UTC of that day: 06:59 UTC is 01:59, 07:00 UTC is 03:00.
    const timeZone = 'America/New_York';
    expect(value('NOW()&""', { nowMs: Date.UTC(2024, 2, 10, 6, 59), timeZone })).toBe('2024-03-10 01:59');
    expect(value('NOW()&""', { nowMs: Date.UTC(2024, 2, 10, 7, 0), timeZone })).toBe('2024-03-10 03:00');
  });

  it('date-times give their local parts', () => {
    const setting = { columns: [spec('t', 'datetime')], rows: [['2023-12-31T15:30:00Z'], [null]] };
    expect(shown('YEAR(t)&"/"&MONTH(t)&"/"&DAY(t)', setting)).toEqual(['2024/1/1', '//']);
    expect(shown('HOUR(t)*60+MINUTE(t)', setting)).toEqual(['30', '0']);
    expect(shown('TEXT(t,"yyyy-mm-dd HH:MM")', setting)).toEqual(['2024-01-01 00:30', '']);
  });
});
