/** What the built-in connectors find in an answer, and that the command then reads all of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError, failure } from '../../../src/definition/errors';
import { requestConnector } from '../../../src/run/connector';
import type { AnswerSettings } from '../../../src/run/connector/types';
import { run, settings } from '../../commands/http-support';
import { HOST, open, reply, service } from './support';

const REQUEST = { url: `https://${HOST}/items`, method: 'GET', headers: {}, body: null } as const;
const JSON_ANSWER: AnswerSettings = { format: 'json', path: '', csvHeader: true, csvDelimiter: 'comma' };
const CSV_ANSWER: AnswerSettings = { ...JSON_ANSWER, format: 'csv' };

const connectorFor = (text: string, how: AnswerSettings) =>
  requestConnector(REQUEST, how, service(reply(200, text)));

async function columns(text: string, how: AnswerSettings) {
  const read = await connectorFor(text, how).getMetaModel(open());
  if (!read.ok) throw new FailureError(read.error);
  return read.value;
}

const briefly = async (text: string, how: AnswerSettings) =>
  (await columns(text, how)).columns.map(
    ({ from, as, type }) => `${from}${as === from ? '' : `>${as}`}:${type}`,
  );

describe('columns of a JSON answer', () => {
  const typeOf = async (...values: unknown[]) =>
    (await briefly(JSON.stringify(values.map((a) => ({ a }))), JSON_ANSWER)).join();

  it.each<[string, readonly unknown[]]>([
    ['a:number', [1, 2.5, -3, null]],
    ['a:number', ['1', '-2.50', null]],
    ['a:text', [1, 'x']],
    ['a:number', [1, '2']],
    ['a:text', ['007', '008']],
    ['a:text', ['0312345678']],
    ['a:text', ['+81312345678']],
    ['a:text', ['1234567890123456']],
    ['a:number', ['123456789012345']],
    ['a:number', [1e21]],
    ['a:text', ['1e5']],
    ['a:text', [' 1']],
    ['a:date', ['2026-11-21', null, '2026/1/5']],
    ['a:text', ['2026-11-21', '2026-13-01']],
    ['a:text', ['2026-11-21', 'soon']],
    ['a:datetime', ['2026-11-21T08:30:00Z', '2026-11-21T08:30:00+09:00']],
    ['a:text', ['2026-11-21', '2026-11-21T08:30:00Z']],
    ['a:time', ['08:30', '23:59']],
    ['a:text', [true, false]],
    ['a:text', [null, null]],
    ['a:text', [['x'], []]],
    ['a.b:number', [{ b: 1 }, null, { b: 2 }]],
    ['a:text,a.b:number', ['x', { b: 1 }]],
  ])('%s for %j', async (type, values) => {
    expect(await typeOf(...values)).toBe(type);
  });

  it('numbers with more digits than a double keeps are numbers, because JSON says so', async () => {
    expect(await briefly('[{"a":12345678901234567890.5}]', JSON_ANSWER)).toEqual(['a:number']);
    expect(await briefly('[{"a":1e999}]', JSON_ANSWER)).toEqual(['a:text']);
  });

  it('finds keys of every row, in the order of their first appearance', async () => {
    const rows = [
      { id: 1, user: { name: 'x', tags: ['a'] } },
      { late: true, 'a.b': 1, id: 2 },
    ];
    expect(await briefly(JSON.stringify({ items: rows }), { ...JSON_ANSWER, path: 'items' })).toEqual([
      'id:number',
      'user.name:text',
      'user.tags:text',
      'late:text',
      'a\\.b:number',
    ]);
  });

  it('rows that are plain values, lists or one object', async () => {
    expect(await briefly('[1,2]', JSON_ANSWER)).toEqual(['>value:number']);
    expect(await briefly('[[1],[2]]', JSON_ANSWER)).toEqual(['>value:text']);
    expect(await briefly('{"a":1}', JSON_ANSWER)).toEqual(['a:number']);
    expect(await briefly('[]', JSON_ANSWER)).toEqual([]);
    expect(await briefly('[{}]', JSON_ANSWER)).toEqual([]);
  });

  it('leaves out what settings cannot name, and columns without end, and says so', async () => {
    expect(await columns('[{"":1,"a\\\\":{"c":1},"b":1}]', JSON_ANSWER)).toMatchObject({
      columns: [{ from: 'b' }],
      skipped: 2,
    });
    const wide = Object.fromEntries(Array.from({ length: 130 }, (_, n) => [`k${n}`, n]));
    const found = await columns(JSON.stringify([wide]), JSON_ANSWER);
    expect([found.columns.length, found.skipped]).toEqual([100, 30]);
  });

  it.each([
    ['<html>', '', 'httpNotJson'],
    ['{}', 'items', 'httpPathMissing'],
    ['{"items":1}', 'items', 'httpNoRows'],
  ])('%s at "%s": %s', async (text, path, code) => {
    const read = await connectorFor(text, { ...JSON_ANSWER, path }).getMetaModel(open());
    expect(read).toMatchObject({ error: { code } });
  });
});

describe('columns of a CSV answer', () => {
  const CSV = '\ufeffcode, day ,price,,tel,tel\r\n007,2026/1/5,1.5,x,1,2\r\nA8,2026-02-01,,x,1,2\r\n';
  it('are named by the header; names that are blank or come twice are left out', async () => {
    expect(await columns(CSV, CSV_ANSWER)).toMatchObject({
      columns: [
        { from: 'code', type: 'text' },
        { from: 'day', as: 'day', type: 'date' },
        { from: 'price', type: 'number' },
      ],
      skipped: 3,
    });
  });

  it('are numbered without a header', async () => {
    expect(
      await briefly('1;007\n2;008', { ...CSV_ANSWER, csvHeader: false, csvDelimiter: 'semicolon' }),
    ).toEqual(['1>column1:number', '2>column2:text']);
    expect(await briefly('', CSV_ANSWER)).toEqual([]);
  });

  it('a quote that never closes is a failure', async () => {
    expect(await connectorFor('a\n"b', CSV_ANSWER).getMetaModel(open())).toMatchObject({
      error: { code: 'csvQuoteOpen' },
    });
  });
});

describe('what is proposed', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('2026-11-21', '2026/1/5', '08:30', '24:00', '2026-11-21T08:30:00Z', '007', '-0', '1.'),
    fc.bigInt({ min: -(10n ** 35n), max: 10n ** 35n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const rows = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c.d', '', 'e\\', '__proto__'), value), {
    maxLength: 8,
  });

  it('is read by the command without a fault, whatever the JSON', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const text = JSON.stringify(given);
        const found = await columns(text, JSON_ANSWER);
        if (found.columns.length === 0) return;
        const done = await run(settings({ columns: found.columns }), text);
        expect(done.result.rowCount).toBe(given.length);
      }),
      { numRuns: 300 },
    );
  });

  it('is read by the command without a fault, whatever the CSV', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', '1', '007', '2026/1/5', '08:30', 'x', 'a b', '"q,""r"', '12345678901234567'),
      fc.stringMatching(/^[^",\r\n]*$/),
    );
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (given, csvHeader) => {
        const text = given.map((row) => row.join(',')).join('\n');
        const found = await columns(text, { ...CSV_ANSWER, csvHeader });
        if (found.columns.length === 0) return;
        await run(settings({ format: 'csv', csvHeader, columns: found.columns }), text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('choices', () => {
  const choices = async (field: string, text: string, how = JSON_ANSWER) => {
    const read = await connectorFor(text, how).selectModel(field, open());
    return read.ok ? read.value.map(({ value, count }) => `${value}:${count}`) : read.error.code;
  };

  it('for the place of the rows', async () => {
    const answer = { status: 'ok', data: { items: [1, 2], 'a.b': [] }, errors: [] };
    expect(await choices('path', JSON.stringify(answer))).toEqual([
      'data.items:2',
      'data.a\\.b:0',
      'errors:0',
      ':1',
    ]);
    expect(await choices('path', '[1,2,3]')).toEqual([':3']);
    expect(await choices('path', '1')).toEqual([]);
    expect(await choices('path', 'x')).toBe('httpNotJson');
  });

  it('for the delimiter, the best guess first', async () => {
    expect(await choices('csvDelimiter', 'a;b,c;d\n1;2,5;3', CSV_ANSWER)).toEqual([
      'semicolon:3',
      'comma:2',
      'tab:1',
    ]);
    expect(await choices('csvDelimiter', 'a\tb\n1\t"2,5"', CSV_ANSWER)).toEqual([
      'tab:2',
      'comma:1',
      'semicolon:1',
    ]);
    expect(await choices('csvDelimiter', '', CSV_ANSWER)).toEqual([]);
  });

  it('for the header', async () => {
    expect(await choices('csvHeader', 'code,day\n1,2', CSV_ANSWER)).toEqual(['true:2', 'false:2']);
    expect(await choices('csvHeader', '1,2026-01-01\n1,2', CSV_ANSWER)).toEqual(['false:2', 'true:2']);
    expect(await choices('csvHeader', 'a,a\n1,2', CSV_ANSWER)).toEqual(['false:2', 'true:2']);
    expect(await choices('csvHeader', '', CSV_ANSWER)).toEqual([]);
  });

  it('for anything else there are none', async () => {
    expect(await choices('url', '{}')).toEqual([]);
  });
});

describe('the request', () => {
  it('is sent once for all questions', async () => {
    const there = service(reply(200, '[{"a":1}]'));
    const connector = requestConnector(REQUEST, JSON_ANSWER, there);
    expect(await connector.verifyCredentials(open())).toEqual({
      ok: true,
      value: { verified: true, reason: '' },
    });
    await connector.selectModel('path', open());
    await connector.getMetaModel(open());
    expect(there.asked).toEqual([REQUEST]);
  });

  it.each([
    [401, 'connectorDenied'],
    [403, 'connectorDenied'],
    [404, 'httpStatus'],
    [302, 'httpStatus'],
    [500, 'httpStatus'],
  ])('status %s is %s', async (status, code) => {
    const connector = requestConnector(REQUEST, JSON_ANSWER, service(reply(status, 'secret')));
    const read = await connector.verifyCredentials(open());
    expect(read).toEqual({ ok: false, error: failure(code, { host: HOST, status: String(status) }) });
  });

  it('can be cancelled, and passes mistakes on', async () => {
    const controller = new AbortController();
    const connector = requestConnector(REQUEST, JSON_ANSWER, {
      send: (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const read = connector.getMetaModel(controller.signal);
    controller.abort();
    expect(await read).toEqual({ ok: false, error: failure('connectorStopped', { host: HOST }) });
    const broken = requestConnector(REQUEST, JSON_ANSWER, service(new TypeError('ours')));
    await expect(broken.getMetaModel(open())).rejects.toThrow('ours');
  });
});
