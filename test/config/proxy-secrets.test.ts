import { describe, expect, it } from 'vitest';
import { secretPrefix } from '../../src/commands';
import { createSecretStore, type ProxyConfigApi } from '../../src/kintone/proxy-secrets';

const URL_PREFIX = 'https://api.example.com/v1/items?';
const never = (): Promise<never> => new Promise(() => undefined);

/** kintone's part: it saves later, and refuses silently what overlaps. */
function proxyOfKintone() {
  const saved = new Map<string, { headers: Record<string, string>; data: Record<string, string> }>();
  let isSaving = false;
  const api: ProxyConfigApi = {
    getProxyConfig: (url, method) => saved.get(`${method} ${url}`) ?? null,
    setProxyConfig: (url, method, headers, data, callback) => {
      if (isSaving) return;
      isSaving = true;
      queueMicrotask(() => {
        isSaving = false;
        saved.set(`${method} ${url}`, { headers: { ...headers }, data: { ...data } });
        callback();
      });
    },
  };
  return { api, saved };
}

describe('secret headers', () => {
  it('are saved one after another, whatever their case, beside what is there', async () => {
    const { api, saved } = proxyOfKintone();
    saved.set(`GET ${URL_PREFIX}`, { headers: { 'x-key': 'old' }, data: { token: 't' } });
    const store = createSecretStore(api, never);
    const replies = await Promise.all([
      store.save(URL_PREFIX, 'GET', 'Authorization', 'a'),
      store.save(URL_PREFIX, 'GET', 'X-Key', 'new'),
      store.save(URL_PREFIX, 'POST', 'Authorization', 'b'),
    ]);
    expect(replies).toEqual(['saved', 'saved', 'saved']);
    expect(Object.fromEntries(saved)).toEqual({
      [`GET ${URL_PREFIX}`]: { headers: { Authorization: 'a', 'X-Key': 'new' }, data: { token: 't' } },
      [`POST ${URL_PREFIX}`]: { headers: { Authorization: 'b' }, data: {} },
    });
    expect(store.headerNames(URL_PREFIX, 'GET')).toEqual(['Authorization', 'X-Key']);
    expect(store.headerNames('https://other.example/', 'GET')).toEqual([]);
  });

  it('leave body values alone, and the other way round', async () => {
    const { api, saved } = proxyOfKintone();
    const store = createSecretStore(api, never);
    const key = `POST ${URL_PREFIX}`;
    await store.save(URL_PREFIX, 'POST', 'X-Key', 'k');
    await store.saveData(URL_PREFIX, 'POST', { serialNumber: 'c2VjcmV0', krewdataAppUrl: 'https://x/k/1' });
    await store.saveData(URL_PREFIX, 'POST', { serialNumber: 'bmV3' });
    expect(saved.get(key)).toEqual({
      headers: { 'X-Key': 'k' },
      data: { serialNumber: 'bmV3', krewdataAppUrl: 'https://x/k/1' },
    });
    expect(store.dataNames(URL_PREFIX, 'POST')).toEqual(['serialNumber', 'krewdataAppUrl']);
    expect(await store.clearData(URL_PREFIX, 'POST')).toBe('saved');
    expect(saved.get(key)).toEqual({ headers: { 'X-Key': 'k' }, data: {} });
  });

  it('are all taken away at once', async () => {
    const { api } = proxyOfKintone();
    const store = createSecretStore(api, never);
    await store.save(URL_PREFIX, 'GET', 'Authorization', 'a');
    expect(await store.clear(URL_PREFIX, 'GET')).toBe('saved');
    expect(store.headerNames(URL_PREFIX, 'GET')).toEqual([]);
  });

  it('fail when kintone stays silent, and the next one is tried all the same', async () => {
    const { api } = proxyOfKintone();
    const silent = { ...api, setProxyConfig: () => undefined };
    const waits: number[] = [];
    const wait = (ms: number): Promise<void> => {
      waits.push(ms);
      return Promise.resolve();
    };
    const store = createSecretStore(silent, wait);
    expect(await store.save(URL_PREFIX, 'GET', 'a', 'b')).toBe('failed');
    expect(await store.save(URL_PREFIX, 'GET', 'a', 'b')).toBe('failed');
    expect(waits).toEqual([15_000, 15_000]);
  });
});

describe('the beginning of the URL that secrets belong to', () => {
  const known = [{ name: '顧客', label: '顧客', type: 'text' as const }];
  it.each([
    ['https://api.example.com', 'https://api.example.com/'],
    ['https://api.example.com/v1/items', 'https://api.example.com/v1/items'],
    ['https://api.example.com/v1/items?from=%顧客%&x=1', 'https://api.example.com/v1/items?'],
    ['https://api.example.com/users/%顧客%/orders?x=1', 'https://api.example.com/users/'],
    ['https://api.example.com/users/u-%顧客%', 'https://api.example.com/users/'],
    ['https://api.example.com/a#b', 'https://api.example.com/a'],
    ['https://API.example.com/%E3%81%82/x', 'https://api.example.com/%E3%81%82/x'],
    ['http://localhost:8080/x', 'http://localhost:8080/x'],
    ['http://api.example.com/x', null],
    ['https://user:pass@api.example.com/x', null],
    ['https://api.example.com%顧客%/x', null],
    ['https://%顧客%/x', null],
    ['', null],
  ])('%s: %s', (url, prefix) => {
    expect(secretPrefix(url, known)).toBe(prefix);
  });
});
