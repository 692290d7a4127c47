import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shown, spec, table, value } from './helpers';

/*
 * Expected values: the examples of Microsoft's function pages where there is one (rounded to ten decimals),
 * the rest by hand from the meaning of the function.
 */
describe('multiples', () => {
  table('MROUND', [
    ['MROUND(10,3)', '9'],
    ['MROUND(-10,-3)', '-9'],
    ['MROUND(1.3,0.2)', '1.4'],
    ['MROUND(5,-2)', '#argumentOutOfRange'],
    // Excel's doubles give 6.0 here; exact decimals have a true half.
    ['MROUND(6.05,0.1)', '6.1'],
    ['MROUND(7.5,5)', '10'],
    ['MROUND(7,0)', '0'],
    ['MROUND("",5)', '0'],
  ]);
  table('CEILING and FLOOR', [
    ['CEILING(2.5,1)', '3'],
    ['CEILING(-2.5,-2)', '-4'],
    ['CEILING(-2.5,2)', '-2'],
    ['CEILING(1.5,0.1)', '1.5'],
    ['CEILING(0.234,0.01)', '0.24'],
    ['CEILING(2.5,-2)', '#argumentOutOfRange'],
    ['CEILING(2.5,0)', '0'],
    ['FLOOR(3.7,2)', '2'],
    ['FLOOR(-2.5,-2)', '-2'],
    ['FLOOR(2.5,-2)', '#argumentOutOfRange'],
    ['FLOOR(1.58,0.1)', '1.5'],
    ['FLOOR(0.234,0.01)', '0.23'],
    ['FLOOR(-2.5,2)', '-4'],
    ['FLOOR(5,0)', '#divisionByZero'],
    ['FLOOR(0,0)', '0'],
  ]);
  table('CEILING.MATH and FLOOR.MATH', [
    ['CEILING.MATH(24.3,5)', '25'],
    ['CEILING.MATH(6.7)', '7'],
    ['CEILING.MATH(-8.1,2)', '-8'],
    ['CEILING.MATH(-5.5,2,-1)', '-6'],
    ['CEILING.MATH(8.1,-2)', '10'],
    ['CEILING.MATH(8.1,0)', '0'],
    ['FLOOR.MATH(24.3,5)', '20'],
    ['FLOOR.MATH(6.7)', '6'],
    ['FLOOR.MATH(-8.1,2)', '-10'],
    ['FLOOR.MATH(-5.5,2,-1)', '-4'],
  ]);
  table('EVEN and ODD go away from zero', [
    ['EVEN(1.5)', '2'],
    ['EVEN(3)', '4'],
    ['EVEN(2)', '2'],
    ['EVEN(-1)', '-2'],
    ['EVEN(0)', '0'],
    ['ODD(1.5)', '3'],
    ['ODD(3)', '3'],
    ['ODD(2)', '3'],
    ['ODD(-1)', '-1'],
    ['ODD(-2)', '-3'],
    ['ODD(0)', '1'],
    ['ODD(1.1)', '3'],
    ['ODD(-0.5)', '-1'],
    ['ISEVEN(-1)', 'FALSE'],
    ['ISEVEN(2.5)', 'TRUE'],
    ['ISEVEN(0)', 'TRUE'],
    ['ISODD(5)', 'TRUE'],
    ['ISODD(-1)', 'TRUE'],
    ['ISODD(2.9)', 'FALSE'],
  ]);

  it('CEILING and FLOOR are the multiples on both sides, less than one step apart', () => {
    const amounts = fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 5_000 }));
    fc.assert(
      fc.property(amounts, ([cents, stepCents]) => {
        const row = [(cents / 100).toFixed(2), (stepCents / 100).toFixed(2)];
        const setting = { columns: [spec('x', 'number'), spec('s', 'number')], rows: [row] };
        const [ceiling] = shown('CEILING.MATH(x,s)', setting);
        const [floor] = shown('FLOOR.MATH(x,s)', setting);
        // The model counts whole cents, so it is exact in doubles.
        expect(Math.round(Number(floor) * 100)).toBe(Math.floor(cents / stepCents) * stepCents);
        expect(Math.round(Number(ceiling) * 100) + 0).toBe(Math.ceil(cents / stepCents) * stepCents + 0);
        expect(shown('AND(MOD(CEILING.MATH(x,s),s)=0,MOD(FLOOR.MATH(x,s),s)=0)', setting)).toEqual(['TRUE']);
      }),
    );
  });
});

describe('integers', () => {
  table('QUOTIENT GCD LCM', [
    ['QUOTIENT(5,2)', '2'],
    ['QUOTIENT(4.5,3.1)', '1'],
    ['QUOTIENT(-10,3)', '-3'],
    ['QUOTIENT(1,0)', '#divisionByZero'],
    ['GCD(5,2)', '1'],
    ['GCD(24,36)', '12'],
    ['GCD(7,1)', '1'],
    ['GCD(5,0)', '5'],
    ['GCD(24.9,36)', '12'],
    ['GCD(-2,4)', '#argumentOutOfRange'],
    ['LCM(5,2)', '10'],
    ['LCM(24,36)', '72'],
    ['LCM(24,0)', '0'],
    ['LCM(2,-1)', '#argumentOutOfRange'],
    ['LCM(10^60+1,10^61+1)', '#numberTooLong'],
  ]);
  table('FACT COMBIN PERMUT', [
    ['FACT(5)', '120'],
    ['FACT(1.9)', '1'],
    ['FACT(0)', '1'],
    ['FACT(-1)', '#argumentOutOfRange'],
    ['FACT(25)', '15511210043330985984000000'],
    ['FACT(99999999)', '#numberTooLong'],
    ['COMBIN(8,2)', '28'],
    ['COMBIN(8,8)', '1'],
    ['COMBIN(2,3)', '#argumentOutOfRange'],
    ['COMBIN(99999999,49999999)', '#numberTooLong'],
    ['PERMUT(100,3)', '970200'],
    ['PERMUT(3,2)', '6'],
    ['PERMUT(3,4)', '#argumentOutOfRange'],
  ]);
  table('BASE and DECIMAL', [
    ['BASE(7,2)', '111'],
    ['BASE(100,16)', '64'],
    ['BASE(15,2,10)', '0000001111'],
    ['BASE(35,36)', 'Z'],
    ['BASE(-1,2)', '#argumentOutOfRange'],
    ['BASE(1,37)', '#argumentOutOfRange'],
    ['DECIMAL("FF",16)', '255'],
    ['DECIMAL(111,2)', '7'],
    ['DECIMAL("zap",36)', '45745'],
    ['DECIMAL("12",2)', '#notANumber'],
    ['DECIMAL("1",1)', '#argumentOutOfRange'],
  ]);
  table('ROMAN and ARABIC', [
    ['ROMAN(499,0)', 'CDXCIX'],
    ['ROMAN(499,1)', 'LDVLIV'],
    ['ROMAN(499,2)', 'XDIX'],
    ['ROMAN(499,3)', 'VDIV'],
    ['ROMAN(499,4)', 'ID'],
    ['ROMAN(1999)', 'MCMXCIX'],
    ['ROMAN(1999,4)', 'MIM'],
    ['ROMAN(3999)', 'MMMCMXCIX'],
    ['ROMAN(0)', ''],
    ['ROMAN(4000)', '#argumentOutOfRange'],
    ['ARABIC("LVII")', '57'],
    ['ARABIC("mcmxii")', '1912'],
    ['ARABIC("-CM")', '-900'],
    ['ARABIC("")', '0'],
    ['ARABIC("MIM")', '1999'],
    ['ARABIC("ABC")', '#notANumber'],
  ]);

  it('GCD divides both, LCM is a multiple of both, their product is that of the two', () => {
    const natural = fc.bigInt({ min: 1n, max: 10n ** 18n });
    fc.assert(
      fc.property(natural, natural, natural, (a, b, c) => {
        const [x, y] = [a * c, b * c];
        const setting = {
          columns: [spec('x', 'number'), spec('y', 'number')],
          rows: [[String(x), String(y)]],
        };
        const gcd = BigInt(shown('GCD(x,y)', setting)[0]!);
        const lcm = BigInt(shown('LCM(x,y)', setting)[0]!);
        expect([x % gcd, y % gcd, gcd % c, lcm % x, lcm % y]).toEqual([0n, 0n, 0n, 0n, 0n]);
        expect(gcd * lcm).toBe(x * y);
      }),
    );
  });

  it('ARABIC reads what ROMAN writes, in every form', () => {
    for (let form = 0; form <= 4; form += 1) {
      const rows = Array.from({ length: 3_999 }, (_, index) => [String(index + 1)]);
      const back = shown(`ARABIC(ROMAN(n,${form}))=n`, { columns: [spec('n', 'number')], rows });
      expect(new Set(back)).toEqual(new Set(['TRUE']));
    }
  });

  it('DECIMAL reads what BASE writes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 2, max: 36 }), (number, radix) => {
        expect(value(`DECIMAL(BASE(${number},${radix}),${radix})`)).toBe(String(number));
      }),
    );
  });
});

describe('roots and logarithms', () => {
  table('examples', [
    ['SQRT(16)', '4'],
    ['SQRT(2)', '1.4142135624'],
    ['SQRT(-16)', '#argumentOutOfRange'],
    ['SQRT(0.0001)', '0.01'],
    // The root of 10^60 + 10^30 + 1/4 is 10^30 + 1/2: beyond any double.
    ['SQRT(10^60+10^30+0.25)', '1000000000000000000000000000000.5'],
    ['EXP(1)', '2.7182818285'],
    ['EXP(2)', '7.3890560989'],
    ['EXP(1000)', '#numberTooLong'],
    ['LN(86)', '4.4543472963'],
    ['LN(0)', '#argumentOutOfRange'],
    ['LOG(10)', '1'],
    ['LOG(8,2)', '3'],
    ['LOG(8,1)', '#divisionByZero'],
    ['LOG(8,0)', '#argumentOutOfRange'],
    ['LOG10(86)', '1.9344984512'],
    ['LOG10(1000)', '3'],
    ['LOG10(10^90)', '90'],
    ['PI()', '3.14159265358979'],
    ['ROUND(PI()*2^2,2)', '12.57'],
  ]);
});

describe('lists of arguments', () => {
  table('blank is skipped', [
    ['PRODUCT(5,15,30)', '2250'],
    ['PRODUCT(5,"",2)', '10'],
    ['PRODUCT("")', '0'],
    ['PRODUCT(10^60,10^60)', '#numberTooLong'],
    ['SUMSQ(3,4)', '25'],
    ['AVERAGE(10,7,9,27,2)', '11'],
    ['AVERAGE(10,7,9,27,2,5)', '10'],
    ['AVERAGE(1,"",2)', '1.5'],
    ['AVERAGE(1,1,2)', '1.3333333333'],
    ['AVERAGE("","")', ''],
    ['AVERAGE("x",1)', '#notANumber'],
    ['AVERAGE(TIMEVALUE("8:00"),TIMEVALUE("9:30"))*24', '8.75'],
    ['MEDIAN(1,2,3,4,5)', '3'],
    ['MEDIAN(1,2,3,4,5,6)', '3.5'],
    ['MEDIAN(0.1,0.2)', '0.15'],
    ['MEDIAN("")', ''],
    ['LARGE(3,5,3,5,4,3)', '4'],
    ['LARGE(3,5,4,1)', '5'],
    ['SMALL(3,4,5,2,3,4,6,4,7,4)', '4'],
    ['SMALL(3,5,3)', '#argumentOutOfRange'],
    ['SMALL(3,"",1)', '3'],
    ['LARGE(3,0)', '#argumentOutOfRange'],
    ['LARGE(1/0,3,1)', '#divisionByZero'],
    ['LARGE(DATE(2024,1,1),DATE(2024,3,1),"",2)', '2024-01-01'],
  ]);
  table('counts', [
    ['COUNT(1,"x","",DATE(2024,1,1),"12")', '3'],
    ['COUNT(1/0,2)', '1'],
    ['COUNTA(1,"x","",0)', '3'],
    ['COUNTA(1/0,"")', '1'],
    ['COUNTBLANK(1,"x","",0)', '1'],
    ['COUNTBLANK(1/0,"")', '1'],
  ]);

  it('every argument is a number, blank or neither', () => {
    const setting = {
      columns: [spec('t', 'text'), spec('n', 'number'), spec('d', 'date')],
      rows: [
        ['a', '1', '2024-01-01'],
        [null, null, null],
        ['5', '0', null],
      ],
    };
    expect(shown('COUNT(t,n,d)', setting)).toEqual(['2', '0', '2']);
    expect(shown('COUNTA(t,n,d)+COUNTBLANK(t,n,d)', setting)).toEqual(['3', '3', '3']);
  });
});
