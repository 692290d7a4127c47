/** Results of the three methods, and what a service says of itself. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { httpSettings } from '../../../src/commands/http-settings';
import { failure, type Result } from '../../../src/definition/errors';
import { describeService, requestWith, serviceAddress, serviceConnector } from '../../../src/run/connector';
import { readDescriptor } from '../../../src/run/connector/descriptor';
import { readChoices, readMetaModel, readVerified } from '../../../src/run/connector/results';
import { settings } from '../../commands/http-support';
import { ADDRESS, HOST, open, reply, result, service } from './support';

const unreadable = (at: string) => ({
  ok: false,
  error: failure('connectorUnreadable', { host: HOST, at }),
});
const contents = <T>(read: Result<T>): unknown => (read.ok ? read.value : read);

describe('verifyCredentials', () => {
  it.each([
    [{ verified: true }, { verified: true, reason: '' }],
    [
      { verified: false, reason: 'no' },
      { verified: false, reason: 'no' },
    ],
    [
      { verified: false, reason: 'x'.repeat(999), more: 1 },
      { verified: false, reason: 'x'.repeat(300) },
    ],
    [{}, unreadable('result.verified')],
    [{ verified: 'yes' }, unreadable('result.verified')],
    [null, unreadable('result')],
  ])('%j', (given, read) => {
    expect(contents(readVerified(given, HOST))).toEqual(read);
  });
});

describe('selectModel', () => {
  const choice = (value: string, label = value) => ({ value, label, count: null });
  it.each([
    [
      [{ value: 'a', label: 'A' }, { value: 'b' }],
      [choice('a', 'A'), choice('b')],
    ],
    [{ a: 'A', b: '' }, [choice('a', 'A'), choice('b')]],
    [[{ value: 1, label: 2 }], [choice('1', '2')]],
    [
      [
        { value: 'a', label: 'A' },
        { value: 'a', label: 'again' },
      ],
      [choice('a', 'A')],
    ],
    [[], []],
    [{}, []],
    ['a', unreadable('result')],
    [[{ label: 'A' }], unreadable('result.0.value')],
    [[{ value: {} }], unreadable('result.0.value')],
    [{ a: ['A'] }, unreadable('result.a')],
    [[{ value: 'x'.repeat(1001) }], unreadable('result.0.value')],
    [
      Array.from({ length: 2001 }, (_, value) => ({ value })),
      { ok: false, error: failure('connectorTooMany', { host: HOST, limit: 2000 }) },
    ],
  ])('%j', (given, read) => {
    expect(contents(readChoices(given, HOST))).toEqual(read);
  });
});

describe('getMetaModel', () => {
  const column = (from: string, type = 'text', as = from, label = '') => ({ from, as, label, type });
  const model = (...columns: object[]) => ({ columns, skipped: 0 });
  it.each([
    [
      {
        columns: [{ from: 'id' }, { from: 'd', as: 'day', label: 'Day', type: 'date' }, { from: '' }],
      },
      model(column('id'), column('d', 'date', 'day', 'Day'), column('', 'text', 'value')),
    ],
    [{ columns: [{ from: 'a' }, { from: 'b', as: 'a' }] }, model(column('a'), column('b', 'text', 'a_1'))],
    [{ columns: [{ from: 'a', type: 'people' }] }, unreadable('result.columns.0.type')],
    [{ columns: {} }, unreadable('result.columns')],
    [
      {
        out: {
          type: 'object',
          properties: {
            id: { type: 'string', title: 'Id' },
            price: { type: ['null', 'number'] },
            pieces: { type: 'integer' },
            day: { type: 'string', format: 'date' },
            at: { type: 'string', format: 'date-time' },
            clock: { type: 'string', format: 'time' },
            colour: { type: 'string', enum: ['red'] },
            ok: { type: 'boolean' },
            tags: { type: 'array' },
            both: { type: ['string', 'number'] },
            'a.b': {},
            maker: { type: 'object', properties: { name: { type: 'string' } } },
          },
        },
      },
      model(
        column('id', 'text', 'id', 'Id'),
        column('price', 'number'),
        column('pieces', 'number'),
        column('day', 'date'),
        column('at', 'datetime'),
        column('clock'),
        column('colour', 'choice'),
        column('ok'),
        column('tags'),
        column('both'),
        column('a\\.b'),
        column('maker.name'),
      ),
    ],
    [{ properties: { a: { type: 'number' } } }, model(column('a', 'number'))],
    [{ properties: { '': {} } }, { columns: [], skipped: 1 }],
    [{ properties: { a: 'text' } }, unreadable('result.a')],
    [{ properties: { a: { properties: { b: null } } } }, unreadable('result.a.b')],
    [{}, unreadable('result.out.properties')],
    [null, unreadable('result.out.properties')],
  ])('%j', (given, read) => {
    expect(contents(readMetaModel(given, HOST))).toEqual(read);
  });

  it.each([
    [{ columns: Array.from({ length: 1001 }, () => ({ from: 'a' })) }, 1000],
    [{ properties: Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`k${n}`, {}])) }, 5000],
  ])('has no end of columns', (given, limit) => {
    expect(readMetaModel(given, HOST)).toMatchObject({
      error: { code: 'connectorTooMany', params: { limit } },
    });
  });
});

describe('the connector of a service', () => {
  it('asks for what is chosen, and reads the answer', async () => {
    const there = service(
      result({ verified: true }),
      result({ a: 'A' }),
      result({ columns: [{ from: 'a' }] }),
    );
    const connector = serviceConnector(ADDRESS, { category: 'books' }, there);
    expect(contents(await connector.verifyCredentials(open()))).toEqual({ verified: true, reason: '' });
    expect(contents(await connector.selectModel('category', open()))).toHaveLength(1);
    expect(contents(await connector.getMetaModel(open()))).toMatchObject({ columns: [{ as: 'a' }] });
    expect(there.asked.map(({ body }) => JSON.parse(body ?? ''))).toEqual([
      { method: 'verifyCredentials', settings: { category: 'books' } },
      { method: 'selectModel', field: 'category', settings: { category: 'books' } },
      { method: 'getMetaModel', settings: { category: 'books' } },
    ]);
  });
});

const SERVICE = {
  name: 'Shop',
  fields: [
    { name: 'region', required: true },
    { name: 'category', label: 'Category', choices: true, dependsOn: ['region'] },
  ],
  request: { url: '../items/{region}?c={category}', path: 'items' },
};

describe('what a service says of itself', () => {
  it('is asked for at its address, and filled up', async () => {
    const there = service(reply(200, SERVICE));
    const read = await describeService(ADDRESS, there, open());
    expect(there.asked).toMatchObject([{ url: ADDRESS, method: 'GET' }]);
    expect(contents(read)).toEqual({
      name: 'Shop',
      fields: [
        { name: 'region', label: 'region', required: true, choices: false, dependsOn: [] },
        { name: 'category', label: 'Category', required: false, choices: true, dependsOn: ['region'] },
      ],
      request: {
        url: `https://${HOST}/items/{region}?c={category}`,
        method: 'GET',
        headers: [],
        bodyType: 'json',
        body: '',
        format: 'json',
        path: 'items',
        csvHeader: true,
        csvDelimiter: 'comma',
      },
    });
  });

  it.each([
    [{ ...SERVICE, name: 1 }, 'name'],
    [{ ...SERVICE, request: { url: 'http://plain.example/' } }, 'request.url'],
    [{ ...SERVICE, request: { url: 'https://u:p@shop.example/' } }, 'request.url'],
    [{ ...SERVICE, request: { url: '/items/{unknown}' } }, 'request.url'],
    [{ ...SERVICE, request: { url: '/', method: 'DELETE' } }, 'request.method'],
    [{ ...SERVICE, fields: [{ name: 'a' }, { name: 'a' }] }, 'fields'],
    [{ ...SERVICE, fields: [{ name: 'a', dependsOn: ['b'] }] }, 'fields.dependsOn'],
    [{ ...SERVICE, fields: [{ name: '__proto__' }] }, 'fields.0.name'],
    ['<html>', 'JSON'],
  ])('%j is refused at %s', (given, at) => {
    const text = typeof given === 'string' ? given : JSON.stringify(given);
    expect(readDescriptor(text, ADDRESS)).toEqual(unreadable(at));
  });

  it.each([
    [401, 'connectorDenied'],
    [404, 'connectorNotFound'],
    [303, 'connectorBroken'],
  ])('status %s is %s', async (status, code) => {
    expect(await describeService(ADDRESS, service(reply(status)), open())).toMatchObject({ error: { code } });
  });

  it('gives settings that the command accepts, with values that change nothing else', () => {
    const read = readDescriptor(JSON.stringify(SERVICE), ADDRESS);
    if (!read.ok) throw new Error(read.error.code);
    const part = requestWith(read.value, { region: '東&x=1/..', category: '{region}' });
    expect(part.url).toBe(`https://${HOST}/items/%E6%9D%B1%26x%3D1%2F..?c=%7Bregion%7D`);
    expect(v.is(httpSettings, settings(part))).toBe(true);
  });

  it('escapes values in bodies', () => {
    const post = (bodyType: string, body: string) => {
      const given = { ...SERVICE, request: { url: '/', method: 'POST', bodyType, body } };
      const read = readDescriptor(JSON.stringify(given), ADDRESS);
      return read.ok ? requestWith(read.value, { region: 'a"b&c' }).body : read.error.code;
    };
    expect(post('json', '{"r":"{region}","c":"{category}"}')).toBe('{"r":"a\\"b&c","c":""}');
    expect(post('form', 'r={region}')).toBe('r=a%22b%26c');
  });

  it.each([
    ['https://shop.example.com', 'https://shop.example.com/'],
    [' https://shop.example.com/a ', 'https://shop.example.com/a/'],
    ['http://127.0.0.1:8080/a/', 'http://127.0.0.1:8080/a/'],
    ['http://shop.example.com/', null],
    ['https://u:p@shop.example.com/', null],
    ['https://shop.example.com/?a', null],
    ['https://shop.example.com/#a', null],
    ['shop', null],
    ['', null],
  ])('the address %s is %s', (typed, address) => {
    expect(serviceAddress(typed)).toBe(address);
  });
});
