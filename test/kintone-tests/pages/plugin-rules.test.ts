import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configRefusal,
  MAX_CONFIG_BYTES,
  MAX_VALUE_CHARS,
  proxyConfigRefusal,
} from '../../kintone/pages/plugins/limits';
import { isLoopback, matchingConfig, merged, type ProxyCall } from '../../kintone/pages/plugins/proxy';
import {
  liveSettings,
  preparedSettings,
  saveConfig,
  saveProxyConfig,
} from '../../kintone/pages/plugins/settings';
import type { ProxyConfig } from '../../kintone/pages/shared';
import { deployNow, revertPreview } from '../../kintone/server/deployment';
import { createKintone } from '../../kintone/server/kintone';

describe('what setConfig accepts', () => {
  it.each([
    ['nothing', {}, null],
    ['text', { a: 'x', 'b-c_d.e': '' }, null],
    ['a value as long as allowed', { a: 'あ'.repeat(MAX_VALUE_CHARS) }, null],
    ['a value one longer', { a: 'x'.repeat(MAX_VALUE_CHARS + 1) }, 'VALUE_SIZE'],
    ['a number', { a: 1 }, 'VALUE'],
    ['an object', { a: {} }, 'VALUE'],
    ['a key beyond ASCII', { あ: 'x' }, 'KEY'],
    ['an array', ['x'], 'NOT_AN_OBJECT'],
    ['null', null, 'NOT_AN_OBJECT'],
    [
      'more than 256 KB together',
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((k) => [k, 'x'.repeat(60_000)])),
      'TOTAL_SIZE',
    ],
  ])('%s', (_name, config, reason) => {
    expect(configRefusal(config)?.reason ?? null).toBe(reason);
  });

  it('counts bytes of keys and values up to the very limit', () => {
    const filled = (bytes: number) => ({
      a: 'x'.repeat(65_000),
      b: 'x'.repeat(65_000),
      c: 'x'.repeat(65_000),
      d: 'x'.repeat(65_000),
      e: 'x'.repeat(bytes - 4 * 65_000 - 5),
    });
    expect(configRefusal(filled(MAX_CONFIG_BYTES))).toBeNull();
    expect(configRefusal(filled(MAX_CONFIG_BYTES + 1))?.reason).toBe('TOTAL_SIZE');
  });
});

describe('what setProxyConfig accepts', () => {
  const good = { url: 'http://127.0.0.1/', method: 'GET', headers: {}, data: {} };
  it.each([
    ['a plain entry', {}, null],
    ['PATCH', { method: 'PATCH' }, 'METHOD'],
    ['lower case', { method: 'get' }, 'METHOD'],
    ['no address', { url: '' }, 'VALUE'],
    ['headers as text', { headers: 'x' }, 'NOT_AN_OBJECT'],
    ['nested data', { data: { a: { b: 1 } } }, 'VALUE'],
  ])('%s', (_name, change, reason) => {
    expect(proxyConfigRefusal({ ...good, ...change })?.reason ?? null).toBe(reason);
  });
});

const entry = (url: string, more: Partial<ProxyConfig> = {}): ProxyConfig => ({
  url,
  method: 'POST',
  headers: {},
  data: {},
  ...more,
});

const call = (url: string, more: Partial<ProxyCall> = {}): ProxyCall => ({
  url,
  method: 'POST',
  headers: {},
  data: '',
  ...more,
});

describe('which saved entry a call gets', () => {
  const saved = [entry('http://h/'), entry('http://h/api/'), entry('http://h/api/', { method: 'GET' })];
  it.each([
    ['http://h/x', 'http://h/'],
    ['http://h/api/x', 'http://h/api/'],
    ['http://H/api/x', undefined],
    ['http://h', undefined],
  ])('%s', (url, expected) => {
    expect(matchingConfig(saved, call(url))?.url).toBe(expected);
  });

  it('is always the longest fitting beginning of the same method', () => {
    const url = fc.stringMatching(/^[ab]{0,6}$/);
    fc.assert(
      fc.property(fc.array(url), url, (urls, wanted) => {
        const found = matchingConfig(
          urls.map((one) => entry(one)),
          call(wanted),
        );
        const lengths = urls.filter((one) => wanted.startsWith(one)).map((one) => one.length);
        expect(found?.url.length ?? -1).toBe(Math.max(-1, ...lengths));
      }),
    );
  });
});

describe('how saved values join a call', () => {
  const saved = entry('http://h/', { headers: { Authorization: 'secret' }, data: { key: 'k', a: 'saved' } });

  it('lets saved headers and data win, whatever the case of the header', () => {
    const joined = merged(
      call('http://h/', { headers: { authorization: 'mine', X: '1' }, data: { a: 'mine', b: 'b' } }),
      saved,
    );
    expect(joined.headers).toEqual({ Authorization: 'secret', X: '1' });
    expect(joined.data).toEqual({ a: 'saved', b: 'b', key: 'k' });
  });

  it('joins JSON text, fills an empty body and leaves other text alone', () => {
    expect(merged(call('http://h/', { data: '{"b":2}' }), saved).data).toEqual({
      b: 2,
      key: 'k',
      a: 'saved',
    });
    expect(merged(call('http://h/', { data: '' }), saved).data).toEqual({ key: 'k', a: 'saved' });
    expect(merged(call('http://h/', { data: 'plain' }), saved).data).toBe('plain');
  });

  it('changes nothing without an entry', () => {
    const plain = call('http://h/', { headers: { X: '1' }, data: 'x' });
    expect(merged(plain, null)).toBe(plain);
  });
});

describe('hosts the proxy may reach', () => {
  it.each([
    ['http://127.0.0.1:80/', true],
    ['http://127.9.9.9/', true],
    ['http://localhost/', true],
    ['http://[::1]:3000/', true],
    ['http://127.0.0.1.example.com/', false],
    ['http://10.0.0.1/', false],
    ['https://example.com/', false],
  ])('%s', (url, expected) => {
    expect(isLoopback(new URL(url))).toBe(expected);
  });
});

describe('settings of a plug-in', () => {
  function app() {
    const { store } = createKintone();
    const creator = { code: 'Administrator', name: 'Administrator' };
    const made = store.createApp({ name: 'App', creator, language: 'en' });
    deployNow(store, [made]);
    return { store, made };
  }

  it('become live with the app', () => {
    const { store, made } = app();
    const before = made.preview.revision;
    saveConfig(made, 'p', { a: '1' });
    expect(made.preview.revision).toBe(before + 1);
    expect([liveSettings(made, 'p').config, preparedSettings(made, 'p').config]).toEqual([null, { a: '1' }]);
    deployNow(store, [made]);
    expect(liveSettings(made, 'p').config).toEqual({ a: '1' });
    saveConfig(made, 'p', { b: '2' });
    expect(liveSettings(made, 'p').config).toEqual({ a: '1' });
    expect(preparedSettings(made, 'q').config).toBeNull();
  });

  it('are gone after a revert, also when the app is deployed later', () => {
    const { store, made } = app();
    saveConfig(made, 'p', { a: '1' });
    revertPreview(made);
    deployNow(store, [made]);
    expect([liveSettings(made, 'p').config, preparedSettings(made, 'p').config]).toEqual([null, null]);
  });

  it('keep one proxy entry per address and method, and drop an emptied one', () => {
    const { made } = app();
    saveProxyConfig(made, 'p', entry('http://h/', { headers: { A: '1' } }));
    saveProxyConfig(made, 'p', entry('http://h/', { headers: { A: '2' } }));
    saveProxyConfig(made, 'p', entry('http://h/', { method: 'GET', data: { x: 'y' } }));
    expect(preparedSettings(made, 'p').proxyConfigs.map(({ headers }) => headers['A'])).toEqual([
      '2',
      undefined,
    ]);
    saveProxyConfig(made, 'p', entry('http://h/'));
    expect(preparedSettings(made, 'p').proxyConfigs.map(({ method }) => method)).toEqual(['GET']);
  });
});
