/** The sample of docs/connectors.md over HTTP, with a client that follows redirects and with one that does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeService, requestWith, type Send, serviceConnector } from '../../../src/run/connector';
import { SHOP_KEY, startShop } from '../../samples/shop-connector';
import { VirtualClock } from '../virtual-clock';
import { open } from './support';

let shop: Awaited<ReturnType<typeof startShop>>;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

const sender =
  (redirect: RequestRedirect, key: string): Send =>
  async ({ url, method, headers, body }, signal) => {
    const reply = await fetch(url, {
      method,
      headers: { ...headers, Authorization: `Bearer ${key}` },
      body,
      redirect,
      signal,
    });
    return { status: reply.status, text: await reply.text(), headers: Object.fromEntries(reply.headers) };
  };

/** Pauses take no time here. */
class QuickClock extends VirtualClock {
  override sleep(): Promise<void> {
    return Promise.resolve();
  }
}

describe.each(['manual', 'follow'] as const)('the sample shop, redirects: %s', (redirect) => {
  const tools = (key = SHOP_KEY) => ({ send: sender(redirect, key), clock: new QuickClock() });
  const connector = (settings: Record<string, string> = {}, key = SHOP_KEY) =>
    serviceConnector(shop.address, settings, tools(key));

  it('tells a right key from a wrong one', async () => {
    expect(await connector().verifyCredentials(open())).toEqual({
      ok: true,
      value: { verified: true, reason: '' },
    });
    expect(await connector({}, 'wrong').verifyCredentials(open())).toMatchObject({
      value: { verified: false, reason: 'The key is not known to this shop.' },
    });
    expect(await connector({}, 'wrong').getMetaModel(open())).toMatchObject({
      error: { code: 'connectorDenied' },
    });
  });

  it('has categories, makers of a category, and columns of their own', async () => {
    const values = async (field: string, settings = {}) => {
      const read = await connector(settings).selectModel(field, open());
      return read.ok ? read.value.map(({ value }) => value) : read.error;
    };
    expect(await values('category')).toEqual(['books', 'shirts']);
    expect(await values('maker', { category: 'books' })).toEqual(['青木書房', '北出版']);
    const read = await connector({ category: 'shirts' }).getMetaModel(open());
    expect(read).toMatchObject({
      value: { columns: [{ as: '商品コード' }, { as: 'サイズ', type: 'choice' }, {}, {}] },
    });
    expect(await connector({ category: 'x' }).getMetaModel(open())).toMatchObject({
      error: { code: 'connectorFailed', params: { says: 'There is no category "x".' } },
    });
  });

  it('says where its rows are', async () => {
    const read = await describeService(shop.address, tools(), open());
    if (!read.ok) throw new Error(read.error.code);
    const { url, path } = requestWith(read.value, { category: 'books', maker: '北出版' });
    expect(path).toBe('items');
    const { text } = await tools().send({ url, method: 'GET', headers: {}, body: null }, open());
    expect(JSON.parse(text)).toMatchObject({ items: [{ sku: '0002' }] });
  });
});
