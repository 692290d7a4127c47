import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFormula, compileFormula, FUNCTIONS, parseFormula, ROW_ERROR_CODES } from '../../src/formula';
import { cellAt } from '../../src/table/column';
import { takeRows } from '../../src/table/table';
import type { Cell, ColumnSpec, Table } from '../../src/table/types';
import { checked, contextOf, evaluated, shown, spec, tableOfRows } from './helpers';

const columns: ColumnSpec[] = [
  spec('t', 'text'),
  spec('n', 'number'),
  spec('d', 'date'),
  spec('c', 'time'),
  spec('m', 'datetime'),
  spec('cs', 'choices'),
];
const rows: (Cell | string)[][] = [
  ['abc', '2.5', '2024-02-29', '09:15', '2024-02-29T15:00:00Z', ['x']],
  [null, null, null, null, null, null],
  ['12', '-3', '1970-01-01', '00:00', '1970-01-01T00:00:00Z', ['x', 'y']],
  ['2024-01-31', '0', '9999-12-31', '23:59', '9999-12-31T23:59:00Z', null],
  ['08:30', '123456789012345678901234567890', '0001-01-01', '12:00', '2024-07-01T00:00:00Z', ['z']],
  ['𠮷', '0.000000000000000001', '2023-03-31', '18:00', null, ['x']],
];
const parameters = [{ name: 'x', type: 'number', cell: null }] as const;

/** Any call or operation over anything; many are refused by the types, the rest must evaluate. */
const textArbitrary = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      ...[
        't',
        'n',
        'd',
        'c',
        'm',
        'cs',
        '%x%',
        '""',
        '"a"',
        '"yyyy-mm-dd"',
        '"#,##0.0"',
        '"D"',
        '1',
        '0',
        '-1',
        '2.5',
      ],
      ...['99999999999999999999', '1E-90', 'TRUE', 'TODAY()', '"[h]:mm"', '"2024-01-01"', '"9:00"'],
    ),
    fc
      .tuple(tie('text'), fc.constantFrom('+', '-', '*', '/', '^', '&', '=', '<>', '<', '>='), tie('text'))
      .map(([left, operator, right]) => `(${left}${operator}${right})`),
    fc.tuple(fc.constantFrom('-', '+'), tie('text')).map(([sign, operand]) => `${sign}${operand}`),
    tie('text').map((operand) => `${operand}%`),
    fc
      .tuple(
        fc.constantFrom(...FUNCTIONS.values()),
        fc.array(tie('text'), { minLength: 6, maxLength: 6 }),
        fc.nat(3),
      )
      .map(([{ name, arity }, list, extra]) => {
        const count = Math.min(arity.most, arity.least + extra * arity.step, 6);
        return `${name}(${list.slice(0, count).join(',')})`;
      }),
  ),
})).text;

function cells(table: Table, text: string): unknown[] | null {
  const parsed = parseFormula(text);
  if (!parsed.ok) {
    expect(parsed.error.code).toMatch(/^too|argumentCount/);
    return null;
  }
  const typed = checkFormula(parsed.value, { columns, parameters });
  if (!typed.ok) {
    expect(typed.error.code).toBe('typeMismatch');
    return null;
  }
  const { column, errors, errorCount } = compileFormula(typed.value).evaluate(
    table,
    contextOf({ parameters }),
  );
  expect(column.length).toBe(table.rowCount);
  expect(errors.length).toBe(errorCount);
  for (const { code } of errors) expect(ROW_ERROR_CODES).toContain(code);
  const codes = new Map(errors.map(({ row, code }) => [row, code]));
  return Array.from({ length: table.rowCount }, (_, row) => codes.get(row) ?? cellAt(column, row));
}

describe('evaluation', () => {
  it('never throws, and a row does not depend on its neighbours', () => {
    const table = tableOfRows(columns, rows);
    // Each row four times: now every text column has fewer texts than rows, which takes another way.
    const repeated = takeRows(
      table,
      Int32Array.from({ length: 24 }, (_, index) => index % rows.length),
    );
    let evaluatedCount = 0;
    fc.assert(
      fc.property(textArbitrary, (text) => {
        const together = cells(table, text);
        if (together === null) return;
        evaluatedCount += 1;
        const apart = rows.flatMap((_, row) => cells(takeRows(table, Int32Array.of(row)), text) ?? []);
        expect(together).toEqual(apart);
        expect(cells(repeated, text)).toEqual([...apart, ...apart, ...apart, ...apart]);
      }),
      { numRuns: 1_500 },
    );
    expect(evaluatedCount).toBeGreaterThan(200);
  });

  it('many chunks give what single rows give', () => {
    const count = 9_001;
    const many = Array.from({ length: count }, (_, row) => [
      row % 5 === 0 ? null : `t${row % 7}`,
      row % 11 === 0 ? null : row === 5_000 ? '99999999999999999999.5' : `${row}.${row % 100}`,
      '2024-01-01',
      null,
      null,
      null,
    ]);
    const table = tableOfRows(columns, many);
    const sample = Int32Array.of(0, 1, 11, 4_095, 4_096, 5_000, 8_191, 8_192, 9_000);
    for (const text of [
      'n*2',
      'n/3',
      'ROUND(n/3,2)',
      't&n',
      'IF(n>4000,t,"-")',
      'd+n',
      'n>5000',
      'SWITCH(t,"t1",n,"t2",n*2,0)',
    ]) {
      const all = cells(table, text) ?? [];
      const picked = cells(takeRows(table, sample), text);
      expect([...sample].map((row) => all[row])).toEqual(picked);
    }
  });

  it('counts every row error, lists the first hundred in order, and leaves those rows blank', () => {
    const setting = {
      columns: [spec('n', 'number')],
      rows: Array.from({ length: 5_000 }, (_, row) => [String(row % 2)]),
    };
    const result = evaluated('1/n', setting);
    expect(result.errorCount).toBe(2_500);
    expect(result.errors).toHaveLength(100);
    expect(result.errors[0]).toEqual({ row: 0, code: 'divisionByZero' });
    expect(result.errors[99]).toEqual({ row: 198, code: 'divisionByZero' });
    expect(cellAt(result.column, 4_998)).toBeNull();
    expect(cellAt(result.column, 4_999)).not.toBeNull();
  });

  it('the first error of a row is the one reported', () => {
    const setting = { columns: [spec('t', 'text')], rows: [['x']] };
    expect(shown('1/0+t', setting)).toEqual(['#divisionByZero']);
    expect(shown('(t+1)+1/0', setting)).toEqual(['#notANumber']);
  });

  it('a branch that no row takes does no work for its errors', () => {
    const setting = { columns: [spec('n', 'number')], rows: [['0'], ['4'], [null]] };
    expect(shown('IF(n=0,"",8/n)', setting)).toEqual(['', '2', '']);
    expect(shown('IFERROR(8/n,-1)', setting)).toEqual(['-1', '2', '-1']);
    expect(shown('IFS(n=0,0,TRUE,8/n)', setting)).toEqual(['0', '2', '0']);
  });

  it('an empty table gives an empty column', () => {
    const result = evaluated('n*2&TODAY()', { columns: [spec('n', 'number')], rows: [] });
    expect([result.column.length, result.errorCount]).toEqual([0, 0]);
  });

  it('deep nesting of lazy functions is work in proportion to its size', () => {
    let counted = 0;
    const context = {
      ...contextOf({}),
      parameter: () => {
        counted += 1;
        return null;
      },
    };
    const depth = 90;
    const text = `${'IFBLANK('.repeat(depth)}n${',"")'.repeat(depth)}&%x%`;
    const typed = checked(text, { columns: [spec('n', 'number')], parameters });
    const table = tableOfRows([spec('n', 'number')], [[null], ['1']]);
    expect(cellAt(compileFormula(typed).evaluate(table, context).column, 1)).toBe('1');
    expect(counted).toBe(1);
  });

  it('parameters of each type are constants of the run', () => {
    const person = { code: 'a', name: 'Ann' };
    const all = [
      { name: 'd', type: 'date', cell: '2024-01-31' },
      { name: 'who', type: 'people', cell: [person] },
      { name: 'none', type: 'number', cell: null },
    ] as const;
    const setting = { parameters: all, columns: [spec('n', 'number')], rows: [['1'], ['2']] };
    expect(shown('EDATE(%d%,n)', setting)).toEqual(['2024-02-29', '2024-03-31']);
    expect(shown('%who%&n', setting)).toEqual(['Ann1', 'Ann2']);
    expect(shown('%none%+n', setting)).toEqual(['1', '2']);
  });
});
