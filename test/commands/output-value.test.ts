import { describe, expect, it } from 'vitest';
import { MAX_VALUE_CHARACTERS, MAX_VALUE_ROWS, outputValue } from '../../src/commands/output-value';
import type { Cell } from '../../src/table/types';
import { column, failureOf, problemsOf, runCommand, table } from './support';

const inner = [column('品名'), column('数', 'number')];
const COLUMNS = [
  column('名'),
  column('額', 'number'),
  column('日時', 'datetime'),
  column('区分', 'choice'),
  column('複数', 'choices'),
  column('担当', 'people'),
  column('添付', 'files'),
  column('明細', 'table', { columns: inner }),
];
const file = { fileKey: 'k', name: 'a.pdf', contentType: 'application/pdf', size: '1' };
const lines: Cell = [{ id: '7', cells: ['紙', { coefficient: 5n, scale: 1 }] }];

describe('outputValue', () => {
  it('hands back rows as plain JSON of every type, with exact numbers as text and blank as null', async () => {
    const input = table(COLUMNS, [
      [
        'A',
        '12345678901234567890.0123456789',
        '2026-11-21T16:30:00Z',
        '済',
        ['x', 'y'],
        [{ code: 'sato', name: '佐藤' }],
        [file],
        lines,
      ],
      ['A', null, null, null, null, null, null, null],
    ]);
    const { values, outputs, result } = await runCommand(outputValue, [input], { columns: [] });
    expect(outputs).toEqual([]);
    expect(result).toBe(input);
    expect(JSON.parse(JSON.stringify(values[0]))).toEqual([
      {
        名: 'A',
        額: '12345678901234567890.0123456789',
        日時: '2026-11-21T16:30:00Z',
        区分: '済',
        複数: ['x', 'y'],
        担当: [{ code: 'sato', name: '佐藤' }],
        添付: ['a.pdf'],
        明細: [{ 品名: '紙', 数: '0.5' }],
      },
      { 名: 'A', 額: null, 日時: null, 区分: null, 複数: null, 担当: null, 添付: null, 明細: null },
    ]);
  });

  it('takes the chosen columns in their order, and names that objects bring along are only names', async () => {
    const input = table([column('b'), column('__proto__'), column('a')], [['1', '2', '3']]);
    const { values } = await runCommand(outputValue, [input], { columns: ['a', '__proto__'] });
    expect(JSON.stringify(values[0])).toBe('[{"a":"3","__proto__":"2"}]');
  });

  it('hands back an empty list for no rows', async () => {
    const { values } = await runCommand(outputValue, [table(COLUMNS, [])], { columns: [] });
    expect(values).toEqual([[]]);
  });

  it('says what is wrong with the columns', () => {
    expect(problemsOf(outputValue, [COLUMNS], { columns: ['名', '無', '', '名'] })).toEqual([
      'error columnMissing columns.1',
      'error columnNotChosen columns.2',
      'error fieldTwice columns.3',
    ]);
  });

  const rows = (count: number, text = 'x') =>
    table(
      [column('a')],
      Array.from({ length: count }, () => [text]),
    );
  const run = (input: ReturnType<typeof table>) => runCommand(outputValue, [input], { columns: [] });

  it('refuses more rows or characters than a value may have, and takes exactly as many', async () => {
    expect((await run(rows(MAX_VALUE_ROWS))).values[0]).toHaveLength(MAX_VALUE_ROWS);
    expect(await failureOf(run(rows(MAX_VALUE_ROWS + 1)))).toBe('valueTooManyRows');
    // [{"a":""}] around the text.
    const longest = 'x'.repeat(MAX_VALUE_CHARACTERS - 10);
    expect((await run(rows(1, longest))).values[0]).toEqual([{ a: longest }]);
    expect(await failureOf(run(rows(1, `${longest}x`)))).toBe('valueTooLong');
  });
});
