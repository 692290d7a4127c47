import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputHttpSettings } from '../../src/commands/http-settings';
import { inputHttp } from '../../src/commands/input-http';
import { code, from, PARAMETERS, run, settings, VALUES } from './http-support';
import { problemsOf } from './support';

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
