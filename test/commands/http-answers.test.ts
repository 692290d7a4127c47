import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvTexts, jsonTexts } from '../../src/commands/http-answers';
import { code, csv, from, run, settings } from './http-support';
import { namesOf, rowsOf } from './support';

describe('JSON answers', () => {
  const body = JSON.stringify({
    data: {
      'a.b': 1,
      items: [{ id: 'x', price: 1.5, user: { name: 'Sato' }, tags: ['p', 'q'] }, { id: 'y' }],
    },
  });

  it('gives a row per entry; missing keys are blank', async () => {
    const columns = [
      from('id'),
      from('price', 'number'),
      from('user.name'),
      from('tags.1'),
      from('tags'),
      from('user'),
    ];
    const { result, inferred } = await run(settings({ path: 'data.items', columns }), body);
    expect([namesOf(result), ...rowsOf(result)]).toEqual([
      ['id', 'price', 'user.name', 'tags.1', 'tags', 'user'],
      ['x', '1.5', 'Sato', 'q', 'p, q', '{"name":"Sato"}'],
      ['y', '', '', '', '', ''],
    ]);
    expect(result.columns.map((entry) => entry.spec)).toEqual(inferred);
  });

  it('makes one row of an object, and reads plain entries by a blank key', async () => {
    const object = await run(settings({ path: 'data', columns: [from('a\\.b', 'number', 'n')] }), body);
    expect(rowsOf(object.result)).toEqual([['1']]);
    const plain = await run(settings({ columns: [from('', 'number', 'n')] }), '[1, "2.50", null]');
    expect(rowsOf(plain.result)).toEqual([['1'], ['2.5'], ['']]);
  });

  it.each([
    [
      '[12345678901234567890.1234567891, -0.1, 1e21]',
      ['12345678901234567890.1234567891', '-0.1', '1000000000000000000000'],
    ],
    ['["a 12345678901234567 b", 9007199254740993]', ['a 12345678901234567 b', '9007199254740993']],
    ['["\\"12345678901234567", true]', ['"12345678901234567', 'true']],
  ])('keeps every digit of %s', (text, expected) => {
    expect(
      jsonTexts(text, '', [from('')]).columns[0]?.map((cell) =>
        cell === '1e+21' ? '1000000000000000000000' : cell,
      ),
    ).toEqual(expected);
  });

  it('finds own keys only', () => {
    const text = '[{"__proto__": {"x": "mine"}}, {}]';
    const columns = [from('__proto__.x'), from('constructor.name'), from('toString')];
    expect(jsonTexts(text, '', columns).columns).toEqual([
      ['mine', null],
      [null, null],
      [null, null],
    ]);
  });

  it('reads whatever JSON can hold as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ v: fc.jsonValue() })), fc.constantFrom(0, 2), (rows, indent) => {
        const [texts] = jsonTexts(JSON.stringify(rows, null, indent), '', [from('v')]).columns;
        rows.forEach(({ v }, row) => {
          if (typeof v === 'string') expect(texts?.[row] ?? '').toBe(v);
          else if (typeof v === 'number') expect(Number(texts?.[row])).toBe(v === 0 ? 0 : v);
          else if (typeof v === 'boolean' || v === null)
            expect(texts?.[row]).toBe(v === null ? null : String(v));
        });
      }),
    );
  });

  it.each([
    ['<html>', '', ['httpNotJson', {}]],
    ['[1, 012345678901234567890]', '', ['httpNotJson', {}]],
    ['{"a": []}', 'b', ['httpPathMissing', { path: 'b' }]],
    ['{"a": 5}', 'a', ['httpNoRows', { path: 'a' }]],
  ])('refuses %s at %j', async (text, path, expected) => {
    expect(await code(run(settings({ path }), text))).toEqual(expected);
  });
});

describe('CSV answers', () => {
  it('chooses columns by header; blank rows are skipped (case A9), missing cells blank, uneven rows counted', async () => {
    const text = '\ufeffprice,id,other\r\n1.50,"a, ""b""\nc",x\r\n\r\n,,\r\n2,d\n3,e,x,y\n';
    const { result, reports } = await run(csv(), text);
    expect(rowsOf(result)).toEqual([
      ['a, "b"\nc', '1.5'],
      ['d', '2'],
      ['e', '3'],
    ]);
    expect(reports).toMatchObject([{ code: 'csvRowsUneven', count: 2 }]);
  });

  it('chooses columns by number without a header, with any delimiter', async () => {
    const columns = [from('2', 'text', 'b'), from('1', 'number', 'a')];
    const tab = await run(csv({ csvHeader: false, csvDelimiter: 'tab', columns }), '1\tx,y\n2\t');
    expect(rowsOf(tab.result)).toEqual([
      ['x,y', '1'],
      ['', '2'],
    ]);
    const semicolon = await run(csv({ csvHeader: false, csvDelimiter: 'semicolon', columns }), '1;"x;y"');
    expect(rowsOf(semicolon.result)).toEqual([['x;y', '1']]);
  });

  it.each(['', 'id,price', 'id,price\r\n'])('gives no row from %j (case A9)', async (text) => {
    expect((await run(csv(), text)).result.rowCount).toBe(0);
  });

  it.each([
    ['id,cost\n1,2', ['csvColumnMissing', { column: 'price' }]],
    ['id,price,id\n1,2,3', ['csvColumnTwice', { column: 'id' }]],
    ['id,price\na,"b', ['csvQuoteOpen', { row: 2 }]],
  ])('refuses %j (case A9: a column that the header lacks)', async (text, expected) => {
    expect(await code(run(csv(), text))).toEqual(expected);
  });

  it('comes back as it was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', ';') });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const text = [['x', 'y'], ...rows].map((row) => row.map(quoted).join(',')).join(end);
        const { columns } = csvTexts(text, csv({ columns: [from('x'), from('y')] }));
        const kept = rows.filter((row) => row.some((one) => one !== ''));
        expect(columns).toEqual([0, 1].map((at) => kept.map((row) => row[at] || null)));
      }),
    );
  });
});

describe('values', () => {
  const typed = [
    from('d', 'date'),
    from('t', 'time'),
    from('m', 'datetime'),
    from('n', 'number'),
    from('c', 'choice'),
  ];

  it('are read in their usual forms', async () => {
    const text = 'd,t,m,n,c\n2026/1/5,08:30,2026-01-05T09:00:00+09:00,-1.50,x\n2026-02-28,,,,';
    const { result } = await run(csv({ columns: typed }), text);
    expect(rowsOf(result)).toEqual([
      ['2026-01-05', '08:30', '2026-01-05T00:00:00Z', '-1.5', 'x'],
      ['2026-02-28', '', '', '', ''],
    ]);
  });

  it('of another type stop the flow at their row, or become blank and are counted', async () => {
    const text = 'd,t,m,n,c\n2026-02-28,,,,\n2026-02-30,,,,';
    await expect(run(csv({ columns: typed }), text)).rejects.toMatchObject({
      failure: {
        code: 'httpValueInvalid',
        params: { column: 'd', value: '2026-02-30', type: 'date' },
        place: { row: 1 },
      },
    });
    const { result, reports } = await run(csv({ columns: typed, onError: 'blank' }), text);
    expect(rowsOf(result).map((row) => row[0])).toEqual(['2026-02-28', '']);
    expect(reports).toMatchObject([{ code: 'valuesNotConverted', params: { column: 'd' }, count: 1 }]);
  });

  const FORMULAS = ['=1+1', '@SUM(A1)', '+A1', '-1+cmd|x', '\tx'];
  const HARMLESS = ['-5', '+81 (3) 1234-5678', 'a=b', '1-2'];

  it('that look like formulas are counted, or guarded', async () => {
    const answer = JSON.stringify([...FORMULAS, ...HARMLESS]);
    const columns = [from('', 'text', 'v')];
    const kept = await run(settings({ columns }), answer);
    expect(rowsOf(kept.result).flat()).toEqual([...FORMULAS, ...HARMLESS]);
    expect(kept.reports).toMatchObject([{ code: 'formulaTextsFound', count: FORMULAS.length }]);
    const guarded = await run(settings({ columns, formulaTexts: 'guard' }), answer);
    expect(rowsOf(guarded.result).flat()).toEqual([...FORMULAS.map((text) => `'${text}`), ...HARMLESS]);
    expect(guarded.reports).toMatchObject([{ code: 'formulaTextsGuarded', count: FORMULAS.length }]);
  });
});

describe('answers as a whole', () => {
  it.each([199, 302, 404, 500])(
    'stop the flow with status %i, naming the host only (case A9: the peer calls a missing file a success)',
    async (status) => {
      const url = 'https://api.example.com/items?key=%顧客%';
      expect(await code(run(settings({ url }), { status, text: '[]' }))).toEqual([
        'httpStatus',
        { host: 'api.example.com', status: String(status) },
      ]);
    },
  );

  it('may have 100,000 rows', async () => {
    const rows = Array.from({ length: 100_000 }, (_, id) => ({ id: `r${id}`, price: id / 4 }));
    const { result } = await run(settings(), JSON.stringify(rows));
    expect(rowsOf(result).at(-1)).toEqual(['r99999', '24999.75']);
  });
});
