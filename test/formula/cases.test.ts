import { describe, expect, it } from 'vitest';
import { compileFormula, evaluatePredicate } from '../../src/formula';
import { checked, contextOf, shown, spec, tableOfRows } from './helpers';

/** Formulas as vendors' drills have them; results stated there, or worked out by hand from the calendar. */
describe('formulas from the field', () => {
  it('first day of the next month rolls over the year end (case B1)', () => {
    const columns = [spec('受注日', 'date')];
    const rows = [['2023-01-31'], ['2023-12-15'], ['2024-02-29'], [null]];
    expect(shown('DATE(YEAR(受注日),MONTH(受注日)+1,1)', { columns, rows })).toEqual([
      '2023-02-01',
      '2024-01-01',
      '2024-03-01',
      '',
    ]);
  });

  it('month key without zero padding is text (case B2)', () => {
    const columns = [spec('請求日', 'date')];
    const rows = [['2023-02-01'], ['2023-11-01'], ['2024-01-01']];
    expect(shown('=YEAR(請求日)&MONTH(請求日)', { columns, rows })).toEqual(['20232', '202311', '20241']);
    expect(checked('=YEAR(請求日)&MONTH(請求日)', { columns }).resultType).toBe('text');
  });

  it('Japanese fiscal year (case B3)', () => {
    const columns = [spec('予実日', 'date')];
    const rows = [['2023-04-01'], ['2024-03-31'], ['2024-04-01']];
    const formula = 'IF(MONTH(予実日)>=4, YEAR(予実日), YEAR(予実日)-1)';
    expect(shown(formula, { columns, rows })).toEqual(['2023', '2023', '2024']);
  });

  it('a filter formula that returns text keeps rows whose text is not empty (case B4)', () => {
    const columns = [spec('店舗名', 'text')];
    const table = tableOfRows(columns, [['北海道店'], ['東京店'], [null]]);
    const compiled = compileFormula(checked('IF(OR(店舗名="北海道店"),"北海道","")', { columns }));
    expect([...evaluatePredicate(compiled, table, contextOf({})).keep]).toEqual([1, 0, 0]);
  });

  it('time to a fraction of a day, exact again once multiplied by 24 (case B7)', () => {
    const columns = [spec('工数_時刻', 'time')];
    const rows = [['12:00'], ['08:30']];
    expect(shown('TIMEVALUE(工数_時刻)', { columns, rows })).toEqual(['0.5', '0.354166666666667']);
    expect(shown('TIMEVALUE(工数_時刻)', { columns, rows, resultType: 'text' })).toEqual([
      '0.5',
      '0.354166666666667',
    ]);
    expect(shown('TIMEVALUE(工数_時刻)*24', { columns, rows })).toEqual(['12', '8.5']);
  });
});
