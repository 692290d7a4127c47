/** Requests of the settings page: which stored headers go along, and that they do not come back. */
import { describe, expect, it } from 'vitest';
import { type OpenProxy, settingsPageSend } from '../../src/kintone/settings-page-send';
import { VirtualClock } from '../run/virtual-clock';

const SECRET = 'Bearer s3cret"token/ö';
const STORED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET https://api.example.com/v1/': { Authorization: SECRET },
  'GET https://api.example.com/v1/items?': { 'X-Key': 'items-key' },
  'POST https://api.example.com/v1/': { 'X-Post': 'post-key' },
  'GET https://basic.example.com/': { Authorization: `Basic ${btoa('robot:pass-word')}` },
  'GET https://': { 'X-Everywhere': 'never-sent' },
};
const api = {
  getProxyConfig: (url: string, method: string) => {
    const headers = STORED[`${method} ${url}`];
    return headers === undefined ? null : { headers, data: { body: 'not-sent' } };
  },
};
const open = () => new AbortController().signal;

function sender(text = '', headers: unknown = {}) {
  const calls: unknown[][] = [];
  const proxy: OpenProxy = async (...call) => {
    calls.push(call);
    return [text, 200, headers];
  };
  return { calls, send: settingsPageSend(proxy, api, new VirtualClock()) };
}
const get = (url: string, headers = {}) => ({ url, method: 'GET', headers, body: null }) as const;

describe('stored headers', () => {
  it.each<[string, object]>([
    ['https://api.example.com/v1/items', { Authorization: SECRET }],
    ['https://api.example.com/v1/items?a=1', { 'X-Key': 'items-key' }],
    ['https://api.example.com/v1', {}],
    ['https://api.example.com/V1/items', {}],
    ['https://api.example.com.evil.example/v1/', {}],
  ])('of the longest stored beginning join the request: %s', async (url, headers) => {
    const { send, calls } = sender();
    await send(get(url), open());
    expect(calls).toEqual([[url, 'GET', headers, {}]]);
  });

  it('belong to a method, and win over a header of the same name', async () => {
    const { send, calls } = sender();
    const url = 'https://api.example.com/v1/x';
    await send({ url, method: 'POST', headers: { 'x-post': 'own', Accept: 'a' }, body: '{}' }, open());
    expect(calls).toEqual([[url, 'POST', { Accept: 'a', 'X-Post': 'post-key' }, '{}']]);
  });

  it.each([
    ['as it is', SECRET, '********'],
    ['without its scheme', 'token s3cret"token/ö!', 'token ********!'],
    ['in JSON', JSON.stringify({ said: SECRET }), '{"said":"********"}'],
    ['in a URL', `?k=${encodeURIComponent('s3cret"token/ö')}`, '?k=********'],
    ['in Base64', `"${Buffer.from(SECRET).toString('base64').replace(/=+$/, '')}"`, '"********"'],
  ])('do not come back %s', async (_, text, shown) => {
    const { send } = sender(text);
    expect((await send(get('https://api.example.com/v1/x'), open())).text).toBe(shown);
  });

  it('do not come back as user and password', async () => {
    const { send } = sender('{"user":"robot","password":"pass-word"}');
    const { text } = await send(get('https://basic.example.com/'), open());
    expect(text).toBe('{"user":"robot","password":"********"}');
  });
});

describe('a request', () => {
  it('brings status, text and headers', async () => {
    const { send } = sender('x', { location: '/a', n: 1 });
    expect(await send(get('https://other.example.com/'), open())).toEqual({
      status: 200,
      text: 'x',
      headers: { location: '/a', n: '1' },
    });
    expect((await sender('x', null).send(get('https://other.example.com/'), open())).headers).toEqual({});
  });

  it('is not sent when it is cancelled before', async () => {
    const { send, calls } = sender();
    await expect(send(get('https://other.example.com/'), AbortSignal.abort())).rejects.toThrow();
    expect(calls).toEqual([]);
  });
});
