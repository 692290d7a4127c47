import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvTexts, jsonTexts } from '../../src/commands/http-answers';
import type { HttpColumn, InputHttpSettings } from '../../src/commands/http-settings';
import { inputHttp } from '../../src/commands/input-http';
import type { ParameterSpec, TextReply, TextRequest } from '../../src/commands/types';
import { column, namesOf, problemsOf, rowsOf, runCommand } from './support';

const from = (name: string, type: HttpColumn['type'] = 'text', as = name): HttpColumn => ({
  from: name,
  as,
  label: '',
  type,
});

const settings = (more: Partial<InputHttpSettings> = {}): InputHttpSettings => ({
  url: 'https://api.example.com/items',
  method: 'GET',
  headers: [],
  bodyType: 'json',
  body: '',
  format: 'json',
  path: '',
  csvHeader: true,
  csvDelimiter: 'comma',
  columns: [from('id'), from('price', 'number')],
  onError: 'fail',
  formulaTexts: 'keep',
  ...more,
});

const csv = (more: Partial<InputHttpSettings> = {}) => settings({ format: 'csv', ...more });

const PARAMETERS: readonly ParameterSpec[] = [
  column('顧客'),
  column('数', 'number'),
  column('担当', 'people'),
  column('印', 'choices'),
  column('空'),
  column('表', 'table'),
];
const VALUES = {
  顧客: 'A&B "x"/..',
  数: { coefficient: 125n, scale: 1 },
  担当: [
    { code: 'sato', name: 'Sato' },
    { code: 'ito', name: 'Ito' },
  ],
  印: ['x', 'y'],
};

function run(chosen: InputHttpSettings, reply: string | TextReply, values: object = VALUES) {
  const asked: TextRequest[] = [];
  const world = {
    parameters: PARAMETERS,
    values: values as never,
    replies: (request: TextRequest) => {
      asked.push(request);
      return typeof reply === 'string' ? { status: 200, text: reply } : reply;
    },
  };
  return runCommand(inputHttp, [], chosen, world).then((done) => ({ ...done, asked }));
}

const code = (done: Promise<unknown>): Promise<unknown> =>
  done.then(
    () => 'no failure',
    (error: { failure: { code: string; params: object } }) => [error.failure.code, error.failure.params],
  );

describe('request', () => {
  it('carries values percent-encoded, and leaves escapes of the URL alone', async () => {
    const url = 'https://api.example.com/a%E3%81%82/%顧客%?n=%数%&who=%担当%&marks=%[印]%&none=%空%&rate=5%';
    const { asked } = await run(settings({ url }), '[]');
    expect(asked).toEqual([
      {
        url: 'https://api.example.com/a%E3%81%82/A%26B%20%22x%22%2F..?n=12.5&who=sato%2Cito&marks=x%2Cy&none=&rate=5%',
        method: 'GET',
        headers: {},
        body: null,
      },
    ]);
  });

  it('escapes values inside JSON, encodes them in forms, and says what the body is', async () => {
    const json = settings({ method: 'POST', body: '{"name": "%顧客%", "rate": "5%"}' });
    const [request] = (await run(json, '[]')).asked;
    expect(JSON.parse(request?.body ?? '')).toEqual({ name: VALUES.顧客, rate: '5%' });
    expect(request?.headers).toEqual({ 'Content-Type': 'application/json' });
    const form = settings({
      method: 'POST',
      bodyType: 'form',
      body: 'name=%顧客%',
      headers: [{ name: 'content-type', value: 'application/x-www-form-urlencoded; charset=UTF-8' }],
    });
    const [second] = (await run(form, '[]')).asked;
    expect(new URLSearchParams(second?.body ?? '').get('name')).toBe(VALUES.顧客);
    expect(Object.keys(second?.headers ?? {})).toEqual(['content-type']);
  });

  it.each(['.', '..'])('does not let the value %j lead to another path', async (value) => {
    const url = 'https://api.example.com/users/%顧客%/orders';
    expect(await code(run(settings({ url }), '[]', { 顧客: value }))).toEqual(['httpUrlInvalid', {}]);
  });

  it('lets no value change host, path or query, whatever it is', async () => {
    const url = 'https://api.example.com/users/%顧客%/x?q=%顧客%&end=1';
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1 }).filter((text) => !/^\.{1,2}$/.test(text)),
        async (value) => {
          const { asked } = await run(settings({ url }), '[]', { 顧客: value });
          const target = new URL(asked[0]?.url ?? '');
          expect(target.host).toBe('api.example.com');
          expect(target.pathname.split('/').length).toBe(4);
          expect(decodeURIComponent(target.pathname.split('/')[2] ?? '')).toBe(value);
          expect([...target.searchParams]).toEqual([
            ['q', value],
            ['end', '1'],
          ]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('says what is wrong', () => {
    const check = (more: Partial<InputHttpSettings>) =>
      problemsOf(inputHttp, [], settings(more), { parameters: PARAMETERS });
    const header = (name: string, value = 'x') => check({ headers: [{ name, value }] });
    expect(check({})).toEqual([]);
    expect(check({ url: ' ' })).toEqual(['error httpUrlMissing url']);
    for (const url of [
      'api.example.com',
      'http://api.example.com/',
      'ftp://a.example/',
      'javascript:alert(1)',
    ])
      expect(check({ url })).toEqual(['error httpUrlInvalid url']);
    for (const url of ['http://localhost:8080/a', 'http://127.0.0.1/', 'http://[::1]/'])
      expect(check({ url })).toEqual([]);
    expect(check({ url: 'https://user:pass@api.example.com/' })).toEqual(['error httpUrlCredentials url']);
    for (const url of ['https://%顧客%/x', 'https://api.example.com%顧客%/', '%顧客%'])
      expect(check({ url })).toEqual(['error httpParameterInHost url']);
    expect(check({ url: 'https://a.example/%なし%' })).toEqual(['error unknownParameter url']);
    expect(check({ url: 'https://a.example/%表%' })).toEqual(['error parameterNotUsable url']);
    expect(check({ method: 'POST', body: '%なし%' })).toEqual(['error unknownParameter body']);
    for (const name of ['Authorization', 'cookie', 'X-Cybozu-Authorization', 'x-api-key', 'X-Auth-Token'])
      expect(header(name)).toEqual(['error httpHeaderSecret headers.0.name']);
    expect(header('a b')).toEqual(['error httpHeaderInvalid headers.0.name']);
    expect(header('Accept', 'a\r\nb: c')).toEqual(['error httpHeaderInvalid headers.0.value']);
    expect(header('Accept')).toEqual([]);
    expect(check({ columns: [] })).toEqual(['error httpColumnsMissing columns']);
    expect(check({ columns: [from('a', 'text', ''), from('b'), from('c', 'text', 'b')] })).toEqual([
      'error columnNameBlank columns.0.as',
      'error columnNameTaken columns.2.as',
    ]);
    expect(check({ format: 'csv', columns: [from('', 'text', 'a')] })).toEqual([
      'error csvColumnBlank columns.0.from',
    ]);
    expect(check({ format: 'csv', csvHeader: false, columns: [from('0', 'text', 'a')] })).toEqual([
      'error csvColumnNotNumber columns.0.from',
    ]);
  });
});

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
  it('chooses columns by header; blank rows are skipped, missing cells blank, uneven rows counted', async () => {
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

  it.each(['', 'id,price', 'id,price\r\n'])('gives no row from %j', async (text) => {
    expect((await run(csv(), text)).result.rowCount).toBe(0);
  });

  it.each([
    ['id,cost\n1,2', ['csvColumnMissing', { column: 'price' }]],
    ['id,price,id\n1,2,3', ['csvColumnTwice', { column: 'id' }]],
    ['id,price\na,"b', ['csvQuoteOpen', { row: 2 }]],
  ])('refuses %j', async (text, expected) => {
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
  it.each([199, 302, 404, 500])('stop the flow with status %i, naming the host only', async (status) => {
    const url = 'https://api.example.com/items?key=%顧客%';
    expect(await code(run(settings({ url }), { status, text: '[]' }))).toEqual([
      'httpStatus',
      { host: 'api.example.com', status: String(status) },
    ]);
  });

  it('may have 100,000 rows', async () => {
    const rows = Array.from({ length: 100_000 }, (_, id) => ({ id: `r${id}`, price: id / 4 }));
    const { result } = await run(settings(), JSON.stringify(rows));
    expect(rowsOf(result).at(-1)).toEqual(['r99999', '24999.75']);
  });
});
