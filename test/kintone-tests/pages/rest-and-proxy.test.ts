import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser';
import { appId, type Local, loggedIn, startLocal } from './local';
import type { PageKintone } from './page-kintone';

declare const kintone: PageKintone;

interface Received {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/**
 * A target that answers with what it received; `/large/<bytes>` with that many bytes, `/silent` never, `/<status>/<to>`
 * with a redirect.
 */
function startTarget(): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    if (path === '/silent') return;
    const [, status, to = ''] = /^\/(30\d)\/(.+)$/.exec(path) ?? [];
    if (status !== undefined) {
      response.writeHead(Number(status), { Location: decodeURIComponent(to) });
      response.end();
      return;
    }
    if (path.startsWith('/large/')) {
      response.end('x'.repeat(Number(path.split('/')[2])));
      return;
    }
    const received: Received = { method, path, headers, body: Buffer.concat(chunks).toString() };
    response.writeHead(path === '/teapot' ? 418 : 200, { 'X-Target': 'yes' });
    response.end(JSON.stringify(received));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ server, url: `http://127.0.0.1:${port}` });
    });
  });
}

const plugin = {
  manifest: { desktop: { js: ['a.js'] }, config: { html: 'c.html' } },
  files: { 'a.js': '', 'c.html': '<p></p>' },
};

let browser: Browser;
let local: Local;
let target: Awaited<ReturnType<typeof startTarget>>;
let page: Page;

beforeAll(async () => {
  const options = { autoDeploy: true };
  [browser, local, target] = await Promise.all([launchBrowser(), startLocal(plugin, options), startTarget()]);
});

afterAll(async () => {
  await browser.close();
  await local.close();
  target.server.closeAllConnections();
  target.server.close();
});

beforeEach(async () => {
  const context = await loggedIn(browser, local);
  page = await context.newPage();
});

afterEach(async () => {
  await page.context().close();
});

async function openRecord(): Promise<void> {
  await page.goto(`${local.url}/k/${appId}/show#record=1`);
  await page.locator('.lk-form').waitFor();
}

async function openSettings(): Promise<void> {
  await page.goto(`${local.url}/k/admin/app/${appId}/plugin/config?pluginId=${local.pluginId}`);
}

describe('kintone.api', () => {
  beforeEach(openRecord);

  it('reads and writes with the session, as a promise or with callbacks', async () => {
    const read = await page.evaluate(async (app) => {
      await kintone.api('/k/v1/record', 'PUT', { app, id: 1, record: { memo: { value: 'by script' } } });
      const byPromise = await kintone.api(kintone.api.url('/k/v1/records', true), 'GET', {
        app,
        query: '$id = 1',
        fields: ['memo', '$id'],
      });
      const byCallback = await new Promise((resolve, reject) => {
        const nothing = kintone.api('/k/v1/record.json', 'GET', { app, id: 1 }, resolve, reject);
        if (nothing !== undefined) reject(new Error('A call with callbacks returned something.'));
      });
      return { byPromise, byCallback };
    }, appId);
    expect(read).toMatchObject({
      byPromise: { records: [{ memo: { value: 'by script' }, $id: { value: '1' } }] },
      byCallback: { record: { memo: { value: 'by script' } } },
    });
  });

  it('rejects with the error body', async () => {
    const [missing, invalid] = await page.evaluate(async (app) => {
      const caught = (error: unknown): unknown => error;
      return [
        await kintone.api('/k/v1/record', 'GET', { app, id: 999 })?.catch(caught),
        await kintone
          .api('/k/v1/record', 'PUT', { app, id: 1, record: { customer: { value: '' } } })
          ?.catch(caught),
      ];
    }, appId);
    expect(missing).toMatchObject({ code: 'GAIA_RE01', id: expect.any(String), message: expect.any(String) });
    expect(invalid).toMatchObject({
      code: 'CB_VA01',
      errors: { 'record.customer.value': { messages: [expect.any(String)] } },
    });
  });

  it('rejects with the text of a gateway that does not answer JSON', async () => {
    local.kintone.faults.add({
      match: { method: 'GET', path: '/k/v1/record.json' },
      effect: { kind: 'error', status: 503, body: '<h1>Down</h1>' },
      times: 1,
      skip: 0,
    });
    const error = await page.evaluate(
      (app) => kintone.api('/k/v1/record', 'GET', { app, id: 1 })?.catch((reason: unknown) => reason),
      appId,
    );
    expect(error).toBe('<h1>Down</h1>');
  });

  it('turns a long GET into a POST', async () => {
    const sent: string[] = [];
    page.on('request', (request) =>
      sent.push(`${request.method()} ${request.headers()['x-http-method-override'] ?? ''}`),
    );
    const count = await page.evaluate(async (app) => {
      const query = `customer not in ("${'x'.repeat(60)}"${`,"${'y'.repeat(60)}"`.repeat(70)}) limit 3`;
      const found = (await kintone.api('/k/v1/records', 'GET', { app, query })) as { records: unknown[] };
      return found.records.length;
    }, appId);
    expect(count).toBe(3);
    expect(sent).toEqual(['POST GET']);
  });

  it('builds addresses', async () => {
    const built = await page.evaluate(async () => ({
      url: kintone.api.url('/k/v1/record', true),
      get: kintone.api.urlForGet('/k/v1/records', { app: 5, fields: ['a', 'b c'] }),
      detail: await kintone.buildPageUrl('APP_DETAIL', { appId: 5, recordId: 2 }),
      mobile: await kintone.buildPageUrl('APP_INDEX_MOBILE', { appId: '5' }),
      unknown: await kintone.buildPageUrl('NOWHERE').catch(String),
    }));
    expect(built).toEqual({
      url: `${local.url}/k/v1/record.json`,
      get: `${local.url}/k/v1/records.json?app=5&fields%5B0%5D=a&fields%5B1%5D=b%20c`,
      detail: `${local.url}/k/5/show#record=2`,
      mobile: `${local.url}/k/m/5/`,
      unknown: expect.stringContaining('NOWHERE'),
    });
  });

  it('knows the concurrency limit and what the app is made of', async () => {
    const known = await page.evaluate(async () => ({
      limit: await kintone.api.getConcurrencyLimit(),
      fields: Object.keys(await kintone.app.getFormFields()),
      layout: (await kintone.app.getFormLayout()).length,
      permissions: await kintone.app.getPermissions(),
      record: await kintone.app.record.getPermissions(),
      test: await kintone.app.isTestEnvironment(),
      admin: await kintone.isUsersAndSystemAdministrator(),
      type: await kintone.getPageType(),
    }));
    expect(known).toMatchObject({
      limit: { limit: 100, running: 1 },
      fields: expect.arrayContaining(['customer', 'items']),
      layout: 4,
      permissions: { addRecord: true, editApp: true },
      record: { editRecord: true, deleteRecord: true },
      test: false,
      admin: true,
      type: { type: 'APP', page: 'APP_DETAIL' },
    });
  });
});

describe('kintone.proxy', () => {
  beforeEach(openRecord);

  it('passes any status on as an array of body, status and headers', async () => {
    const [body, status, headers] = await page.evaluate(
      async (url) => (await kintone.proxy(`${url}/teapot`, 'POST', { 'X-Mine': '1' }, { a: 1 })) ?? [],
      target.url,
    );
    expect(status).toBe(418);
    expect(headers).toMatchObject({ 'x-target': 'yes' });
    expect(JSON.parse(body ?? '')).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'x-mine': '1' },
    });
  });

  it('sends data only with POST and PUT', async () => {
    const [body] = await page.evaluate(
      async (url) => (await kintone.proxy(`${url}/`, 'DELETE', {}, 'ignored')) ?? [],
      target.url,
    );
    expect(JSON.parse(body ?? '')).toMatchObject({ method: 'DELETE', body: '' });
  });

  it('answers callbacks with three arguments', async () => {
    const given = await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          kintone.proxy(`${url}/teapot`, 'GET', {}, {}, (...result) => resolve([result.length, result[1]]));
        }),
      target.url,
    );
    expect(given).toEqual([3, 418]);
  });

  const rejection = (path: string) =>
    page.evaluate(
      (url) => kintone.proxy(url, 'GET', {}, {})?.then(String, (error: unknown) => error),
      target.url + path,
    );

  it('rejects an answer over 10 MB with the error as text', async () => {
    const reason = await rejection(`/large/${10 * 1024 * 1024 + 1}`);
    expect(typeof reason).toBe('string');
    expect(JSON.parse(String(reason))).toMatchObject({ code: 'LOCAL_PROXY_TOO_LARGE' });
  });

  it('gives up on a target that never answers', async () => {
    const hurried = await startLocal(null, { proxyTimeoutMs: 20 });
    await page.context().close();
    page = await (await loggedIn(browser, hurried)).newPage();
    await page.goto(`${hurried.url}/k/${appId}/show#record=1`);
    const reason = await rejection('/silent');
    expect(JSON.parse(String(reason))).toMatchObject({ code: 'GAIA_PR03' });
    await hurried.close();
  });

  const redirected = (path: string) =>
    page.evaluate(async (url) => {
      const reply = await kintone.proxy(url, 'POST', { 'X-Mine': '1' }, { a: 1 });
      return { status: reply?.[1], headers: reply?.[2], body: reply?.[0] };
    }, target.url + path);

  it('hands redirects out', async () => {
    expect(await redirected('/303/%2Fend')).toMatchObject({ status: 303, headers: { location: '/end' } });
  });

  it('follows them when it is told to, as RFC 9110 says, and not away from this machine', async () => {
    const following = await startLocal(null, { proxyFollowsRedirects: true });
    await page.context().close();
    page = await (await loggedIn(browser, following)).newPage();
    await page.goto(`${following.url}/k/${appId}/show#record=1`);
    const sent = async (path: string) => JSON.parse((await redirected(path)).body ?? '');
    expect(await sent('/303/%2Fend')).toMatchObject({
      method: 'GET',
      path: '/end',
      body: '',
      headers: { 'x-mine': '1' },
    });
    expect(await sent('/307/%2Fend')).toMatchObject({ method: 'POST', path: '/end', body: '{"a":1}' });
    expect(await redirected('/303/http%3A%2F%2F192.0.2.1%2F')).toMatchObject({ status: 503 });
    // One that leads to itself ends too.
    expect(await redirected('/302/x')).toMatchObject({ status: 302 });
    await following.close();
  });

  it('passes 10 MB and finds no other host than this machine', async () => {
    const [size, outside] = await page.evaluate(async (url) => {
      const large = await kintone.proxy(`${url}/large/${10 * 1024 * 1024}`, 'GET', {}, {});
      const other = await kintone.proxy('http://192.0.2.1/', 'GET', {}, {});
      return [large?.[0].length, other?.[1]];
    }, target.url);
    expect([size, outside]).toEqual([10 * 1024 * 1024, 503]);
  });
});

describe('the proxy of a plug-in', () => {
  const saveProxyConfig = (url: string, method: string, headers: object, data: object) =>
    page.evaluate(
      ([to, verb, names, values]) =>
        new Promise<void>((saved) =>
          kintone.plugin.app.setProxyConfig(
            to,
            verb,
            names as Record<string, string>,
            values as Record<string, string>,
            saved,
          ),
        ),
      [url, method, headers, data] as const,
    );

  it('adds what an administrator saved, which wins, for the longest fitting address', async () => {
    await openSettings();
    await saveProxyConfig(`${target.url}/`, 'POST', { Authorization: 'general' }, {});
    await saveProxyConfig(`${target.url}/api/`, 'POST', { Authorization: 'secret' }, { key: 'saved', n: 1 });
    expect(
      await page.evaluate((url) => kintone.plugin.app.getProxyConfig(url, 'POST'), `${target.url}/api/`),
    ).toEqual({ headers: { Authorization: 'secret' }, data: { key: 'saved', n: '1' } });
    await openRecord();
    const bodies = await page.evaluate(
      async ([id, url]) => {
        const send = async (path: string) => {
          const headers = { Authorization: 'mine', 'X-Mine': '1' };
          const data = { key: 'mine', own: 'x' };
          const result = await kintone.plugin.app.proxy(id, url + path, 'POST', headers, data);
          return result?.[0] ?? '';
        };
        return [await send('/api/x'), await send('/other')];
      },
      [local.pluginId, target.url] as const,
    );
    const [inside, other] = bodies.map((body) => JSON.parse(body) as Received);
    expect(inside?.headers).toMatchObject({ authorization: 'secret', 'x-mine': '1' });
    expect(JSON.parse(inside?.body ?? '')).toEqual({ key: 'saved', n: '1', own: 'x' });
    expect(other?.headers['authorization']).toBe('general');
    expect(JSON.parse(other?.body ?? '')).toEqual({ key: 'mine', own: 'x' });
  });

  it('refuses overlapping saves, takes them one after another, and forgets emptied ones', async () => {
    await openSettings();
    await page.evaluate((url) => {
      window.seen = [];
      const { setProxyConfig } = kintone.plugin.app;
      setProxyConfig(`${url}/one`, 'GET', { A: '1' }, {}, () => window.seen.push({ saved: 'one' }));
      setProxyConfig(`${url}/two`, 'GET', { A: '2' }, {}, () => window.seen.push({ saved: 'two' }));
    }, target.url);
    await page.locator('.lk-notification-error').waitFor();
    await page.waitForFunction(() => window.seen.length > 0);
    expect(await page.evaluate(() => window.seen)).toEqual([{ saved: 'one' }]);
    await saveProxyConfig(`${target.url}/two`, 'GET', { A: '2' }, {});
    await saveProxyConfig(`${target.url}/one`, 'GET', {}, {});
    const left = await page.evaluate(
      (url) => ['/one', '/two'].map((path) => kintone.plugin.app.getProxyConfig(url + path, 'GET')),
      target.url,
    );
    expect(left).toEqual([null, { headers: { A: '2' }, data: {} }]);
  });

  it('never answers on the settings page', async () => {
    await openSettings();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    const first = await page.evaluate(
      async ([id, url]) => {
        const answer = Promise.resolve(kintone.plugin.app.proxy(id, url, 'GET', {}, {})).then(
          () => 'answered',
          () => 'refused',
        );
        // A whole round trip through the server: long enough for any answer of a proxy that was called.
        const limit = kintone.api.getConcurrencyLimit().then(() => 'nothing');
        return Promise.race([answer, limit]);
      },
      [local.pluginId, `${target.url}/`] as const,
    );
    expect(first).toBe('nothing');
    expect(sent.filter((url) => url.includes('/proxy/'))).toEqual([]);
  });

  it('needs the request token', async () => {
    await openRecord();
    const status = await page.evaluate(async () => {
      const answer = await fetch('/k/api/proxy/call.json', {
        method: 'POST',
        body: '{"url":"http://127.0.0.1/"}',
      });
      return answer.status;
    });
    expect(status).toBe(400);
  });
});

describe('what the page itself asks for', () => {
  it('leaves the log and injected faults to scripts', async () => {
    local.kintone.log.clear();
    local.kintone.faults.add({ match: { method: 'GET' }, effect: { kind: 'lock' }, times: 1, skip: 0 });
    await openRecord();
    expect(local.kintone.log.list({})).toEqual([]);
    const error = await page.evaluate(
      (app) => kintone.api('/k/v1/record', 'GET', { app, id: 1 })?.catch((reason: unknown) => reason),
      appId,
    );
    expect(error).toMatchObject({ code: 'GAIA_DA02' });
    expect(local.kintone.log.list({})).toMatchObject([{ method: 'GET', path: '/k/v1/record.json' }]);
  });
});
