/**
 * A remote unit in a real page: through kintone's plug-in proxy to a service that speaks the protocol; and whether
 * somebody without rights gets at the secrets of it by anything that a page offers.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { record as t } from '../../src/ui/dictionaries/ja/record';
import { saveProxyConfig } from '../kintone/pages/plugins/settings';
import { endpoints } from '../kintone/pages/shared';
import { deployNow } from '../kintone/server/deployment';
import { settingsOf, UNIT } from '../run/setup';
import { rights, type Stage, stage, storedRows } from './stage';

const CALLING = '1';
const REMOTE_UNIT = 'abcdefghijklmn';
const SERIAL = 'canary-serial-48151623';
const ENCODED = btoa(SERIAL);
const APP_URL = 'https://canary-domain.cybozu.com/k/4815';
const TOKEN = 'canary-token-108';
const SECRETS = [SERIAL, ENCODED, APP_URL, 'canary-domain'];

const dump = {
  users: [
    { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
    { code: 'sato', name: '佐藤', password: 'sato-pw', language: 'ja' },
    { code: 'outsider', name: '部外者', password: 'outsider-pw', language: 'ja' },
  ],
  apps: [
    {
      id: CALLING,
      name: '締め',
      creator: 'admin',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      records: [{ memo: '11月' }],
      acl: [
        rights({ type: 'USER', code: 'admin' }, 'view', 'add', 'edit', 'delete'),
        rights({ type: 'USER', code: 'sato' }, 'view', 'add', 'edit'),
        rights({ type: 'GROUP', code: 'everyone' }),
      ],
    },
  ],
};

interface Asked {
  readonly path: string;
  readonly text: string;
}

let there: Stage;
let outside: Server;
let origin: string;
let logAppId: string;
const asked: Asked[] = [];
let statuses: object[] = [];
/** What `/token` answers instead of a token. */
let refused: object | null = null;

const url = (): string => `${origin}/trigger/v1/${REMOTE_UNIT}`;
const flow = (name: string, status: string, more: object = {}) => ({
  flowExecUniqueKey: name,
  flowName: name,
  status,
  ...more,
});
const times = { startTime: '2026-11-21 12:00:00', endTime: '2026-11-21 12:01:00' };

function answer(path: string): object {
  const ok = { code: 200, status: 'OK' };
  if (path.endsWith('/token')) return refused ?? { ...ok, accessToken: TOKEN };
  if (path.endsWith('/run')) return { ...ok, taskId: 'task-23' };
  if (path.endsWith('/status')) return { ...ok, ...(statuses.length > 1 ? statuses.shift() : statuses[0]) };
  return { code: 400, status: 'Bad Request', description: 'Request path is invalid.' };
}

beforeAll(async () => {
  outside = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      asked.push({ path, text: Buffer.concat(chunks).toString('utf8') });
      const body = answer(path) as { readonly code: number };
      response.writeHead(body.code, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    outside.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  there = await stage(dump, [CALLING]);
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const quickly = { ...logTexts, sleep: () => Promise.resolve() };
  logAppId = (await createLogApp(client, quickly, () => undefined)).appId;
  const settings = settingsOf([], {
    executor: { kind: 'remote', url: url() },
    api: true,
    confirm: 'always',
    rateLimitPerMinute: 60,
  });
  await there.configure(CALLING, { ...settings, logApp: { appId: logAppId } });
  const app = there.kintone.store.apps.get(CALLING);
  if (app === undefined) throw new Error('the calling app is gone');
  const data = { serialNumber: ENCODED, krewdataAppUrl: APP_URL };
  saveProxyConfig(app, there.pluginId, { url: `${url()}/token`, method: 'POST', headers: {}, data });
  deployNow(there.kintone.store, [app]);
});

afterAll(async () => {
  await there.close();
  outside.close();
});

const detail = (): string => `${there.url}/k/${CALLING}/show#record=1`;
const lastLog = () => storedRows(there.kintone, logAppId).at(-1);

async function pressAndConfirm(page: Page): Promise<void> {
  await page.goto(detail());
  await page.getByRole('button', { name: '実行', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t.remote.ask(new URL(origin).host)).waitFor();
  await dialog.getByRole('button', { name: t.confirm.run }).click();
}

describe('a run', () => {
  it('shows the card of any run, and its log; the secrets arrive at the service alone', async () => {
    asked.length = 0;
    statuses = [
      { taskStatus: 'Running', flowInfo: [flow('売上', 'Running'), flow('在庫', 'Queuing')] },
      { taskStatus: 'Success', flowInfo: [flow('売上', 'Success', times), flow('在庫', 'Success', times)] },
    ];
    const { page, context } = await there.open('sato');
    await pressAndConfirm(page);
    await page.getByText(t.remote.on(new URL(origin).host)).waitFor();
    await page.getByRole('button', { name: t.remote.leaveLabel('monthly') }).waitFor();
    await page.getByText(t.remote.done(new URL(origin).host)).waitFor();
    expect(await page.getByText('在庫').count()).toBe(1);
    for (const name of [t.failed.retry, t.interrupted.resume, t.undo.start])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(asked.map(({ path }) => path.replace(/.*\//, ''))).toEqual(['token', 'run', 'status', 'status']);
    expect(JSON.parse(asked[0]?.text ?? '')).toEqual({ serialNumber: ENCODED, krewdataAppUrl: APP_URL });
    expect(JSON.parse(asked[1]?.text ?? '')).toMatchObject({
      accessToken: TOKEN,
      user: 'sato',
      appId: CALLING,
      record: { memo: { type: 'SINGLE_LINE_TEXT', value: '11月' } },
    });
    expect(lastLog()).toMatchObject({ state: 'Success', state_reason: 'done', remote_task_Id: 'task-23' });
    await context.close();
  });

  it('that nobody watches any more ends as unknown, in words; the task goes on', async () => {
    statuses = [{ taskStatus: 'Running', flowInfo: [flow('売上', 'Running')] }];
    const { page, context } = await there.open('sato');
    await pressAndConfirm(page);
    await page.getByText('task-23').waitFor();
    await page.getByRole('button', { name: t.remote.leaveLabel('monthly') }).press('Enter');
    await page.getByRole('heading', { name: t.title.unclear }).waitFor();
    await page.getByText(t.remote.noWayBack).waitFor();
    expect(lastLog()).toMatchObject({ state: 'Failure', state_reason: 'unclear', error_code: 'remoteLeft' });
    await context.close();
  });

  it('of a page that was closed is closed as unknown by the next press, which starts nothing', async () => {
    statuses = [{ taskStatus: 'Running', flowInfo: [] }];
    const first = await there.open('sato');
    await pressAndConfirm(first.page);
    await first.page.getByText('task-23').waitFor();
    await first.page.close();
    asked.length = 0;
    const page = await first.context.newPage();
    await page.goto(detail());
    await page.getByRole('button', { name: '実行', exact: true }).first().click();
    await page.getByText('佐藤 さんの前の実行（タスク番号 task-23）').waitFor();
    expect(asked).toEqual([]);
    expect(lastLog()).toMatchObject({ state_reason: 'unclear', error_code: 'remoteLost', lock_key: '' });
    await first.context.close();
  });
});

describe('the connection test', () => {
  it('is in the log of the record list, for managers of the app', async () => {
    const { page, context } = await there.open('admin');
    await page.goto(`${there.url}/k/${CALLING}/`);
    await page.getByRole('button', { name: '実行ログ' }).click();
    await page.getByText(t.remote.title, { exact: true }).first().click();
    asked.length = 0;
    await page.getByRole('button', { name: t.remote.test('monthly') }).click();
    await page.getByText('アクセストークンを発行しました').first().waitFor();
    refused = { code: 401, status: 'Unauthorized', description: 'Illegal License.' };
    await page.getByRole('button', { name: t.remote.test('monthly') }).click();
    await page.getByText('シリアルナンバーを有効と認めませんでした').first().waitFor();
    refused = null;
    expect(asked.map(({ path }) => path.replace(/.*\//, ''))).toEqual(['token', 'token']);
    expect(lastLog()).toMatchObject({ execution_method: 'test', error_code: 'remoteLicense', lock_key: '' });
    await context.close();

    const other = await there.open('sato');
    await other.page.goto(`${there.url}/k/${CALLING}/`);
    await other.page.waitForFunction(() => 'nagare' in window);
    expect(await other.page.getByRole('button', { name: '実行ログ' }).count()).toBe(0);
    await other.context.close();
  });
});

/** Everything that goes over the wire of a page, in both directions. */
function wiretap(page: Page): () => Promise<string> {
  const texts: Promise<string>[] = [];
  page.on('request', (request) =>
    texts.push(
      Promise.resolve(`${request.url()} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}`),
    ),
  );
  page.on('response', (response) => texts.push(response.text().catch(() => '')));
  return async () => (await Promise.all(texts)).join('\n');
}

/** Everything that can be reached from the window, the document and the storages, as text. */
const reachable = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const seen = new Set<unknown>();
    const found: string[] = [];
    const walk = (value: unknown, depth: number): void => {
      if (typeof value === 'string') found.push(value);
      if (typeof value === 'function') found.push(Function.prototype.toString.call(value));
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
      if (depth > 7 || seen.has(value) || value instanceof Node) return;
      seen.add(value);
      for (const key of Reflect.ownKeys(value)) {
        found.push(String(key));
        try {
          walk((value as Record<PropertyKey, unknown>)[key], depth + 1);
        } catch {
          // A getter that throws tells nothing.
        }
      }
    };
    walk(window, 0);
    const shadows = [...document.querySelectorAll('*')].map((element) => element.shadowRoot?.innerHTML ?? '');
    found.push(document.documentElement.outerHTML, ...shadows, document.cookie);
    for (const storage of [localStorage, sessionStorage]) found.push(JSON.stringify({ ...storage }));
    return found.join('\n');
  });

/** What a page offers to whoever asks; each try as text, also when it is refused. */
const tries = (
  page: Page,
  facts: { pluginId: string; tokenUrl: string; app: string; log: string; unit: string },
) =>
  page.evaluate(async ({ pluginId, tokenUrl, app, log: logApp, unit }) => {
    const { kintone, nagare } = window as unknown as {
      readonly kintone: {
        api(path: string, method: string, body: object): Promise<unknown>;
        readonly plugin: { readonly app: Record<string, (...args: unknown[]) => unknown> };
      };
      readonly nagare: Record<string, (...args: unknown[]) => Promise<unknown>>;
    };
    const attempt = async (work: () => unknown): Promise<string> => {
      try {
        return JSON.stringify((await work()) ?? null);
      } catch (error) {
        return `refused: ${error instanceof Error ? error.message : JSON.stringify(error)}`;
      }
    };
    const plugin = kintone.plugin.app;
    const results: Record<string, string> = {};
    results['getConfig'] = await attempt(() => plugin['getConfig']?.(pluginId));
    results['getProxyConfig'] = await attempt(() => plugin['getProxyConfig']?.(tokenUrl, 'POST'));
    const rest = [
      `/k/v1/app/plugins.json?app=${app}`,
      `/k/v1/preview/app/plugins.json?app=${app}`,
      '/k/v1/plugins.json',
      `/k/v1/app/settings.json?app=${app}`,
      `/k/v1/preview/app/settings.json?app=${app}`,
      `/k/v1/app/customize.json?app=${app}`,
      `/k/v1/records.json?app=${logApp}`,
      `/k/admin/app/${app}/plugin/config?pluginId=${pluginId}`,
    ];
    for (const path of rest)
      results[path] = await attempt(async () => {
        const headers = { 'X-Requested-With': 'XMLHttpRequest' };
        const response = await fetch(path, { headers });
        return `${response.status} ${await response.text()}`;
      });
    for (const [name, ...args] of [
      ['units'],
      ['token', unit, {}],
      ['token', unit, { krewdataAppUrl: location.origin, serialNumber: '' }],
      ['status', unit, { accessToken: 'x', taskId: 'task-23' }],
    ] as const)
      results[`nagare.${name} ${JSON.stringify(args)}`] = await attempt(() => nagare[name]?.(...args));
    return results;
  }, facts);

describe('secrets', () => {
  it('cannot be read by somebody who may use the app, by anything that the page offers', async () => {
    asked.length = 0;
    statuses = [{ taskStatus: 'Success', flowInfo: [] }];
    const { page, context } = await there.open('sato');
    const wire = wiretap(page);
    await pressAndConfirm(page);
    await page.getByText(t.remote.done(new URL(origin).host)).waitFor();
    const results = await tries(page, {
      pluginId: there.pluginId,
      tokenUrl: `${url()}/token`,
      app: CALLING,
      log: logAppId,
      unit: UNIT,
    });
    expect(Object.keys(results).length).toBeGreaterThan(10);
    // The page of settings is for administrators of the app.
    expect(results[`/k/admin/app/${CALLING}/plugin/config?pluginId=${there.pluginId}`]).not.toMatch(/^"200/);
    const said = [JSON.stringify(results), await wire(), await reachable(page)];
    const rows = JSON.stringify(storedRows(there.kintone, logAppId));
    for (const secret of SECRETS) for (const text of [...said, rows]) expect(text).not.toContain(secret);
    // The nets are fine enough: they caught what does pass.
    expect(said[1]).toContain(TOKEN);
    expect(said[2]).toContain('task-23');
    // The token of the own run passes through the page, and stays nowhere.
    for (const text of [JSON.stringify(results), await reachable(page), rows])
      expect(text).not.toContain(TOKEN);
    expect(asked.filter(({ text }) => SECRETS.some((secret) => text.includes(secret)))).toHaveLength(1);
    await context.close();
  });

  it('go to the stored address alone, wherever else somebody sends the plug-in’s proxy', async () => {
    const { page, context } = await there.open('sato');
    await page.goto(detail());
    asked.length = 0;
    const { port } = new URL(origin);
    const lookAlikes: readonly (readonly [string, string])[] = [
      ['POST', `${origin}/trigger/v1/opqrstuvwxyzab/token`],
      ['POST', `${url()}/run`],
      ['POST', `${url()}/status`],
      ['POST', `${url()}/echo`],
      ['POST', `${url()}/Token`],
      ['POST', `${origin}//trigger/v1/${REMOTE_UNIT}/token`],
      ['POST', `${origin}/x/../trigger/v1/${REMOTE_UNIT}/tokens`.replace('tokens', 'echo')],
      ['POST', `http://localhost:${port}/trigger/v1/${REMOTE_UNIT}/token`],
      ['POST', `http://user@127.0.0.1:${port}/trigger/v1/${REMOTE_UNIT}/token`],
      ['PUT', `${url()}/token`],
      ['GET', `${url()}/token`],
    ];
    for (const [method, target] of lookAlikes)
      await page.evaluate(
        async ({ pluginId, method: verb, target: to }) => {
          const { kintone } = window as unknown as {
            readonly kintone: {
              readonly plugin: { readonly app: { proxy(...args: unknown[]): Promise<unknown> } };
            };
          };
          await kintone.plugin.app.proxy(pluginId, to, verb, {}, {}).catch(() => undefined);
        },
        { pluginId: there.pluginId, method, target },
      );
    expect(asked.length).toBeGreaterThan(5);
    for (const { text } of asked) for (const secret of SECRETS) expect(text).not.toContain(secret);
    await context.close();
  });

  it('cannot even be used by somebody who may not open the app', async () => {
    const { page, context } = await there.open('outsider');
    await page.goto(`${there.url}/k/`);
    asked.length = 0;
    const status = await callProxy(page, context);
    expect(status).toBe(403);
    expect(asked).toEqual([]);
    await page.goto(detail());
    expect(await page.getByRole('button', { name: '実行', exact: true }).count()).toBe(0);
    await context.close();
  });
});

/** What the page's own code would send, with everything that the person has. */
async function callProxy(page: Page, context: BrowserContext): Promise<number> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'JSESSIONID')?.value ?? '';
  const requestToken = there.kintone.sessions.find(cookie)?.requestToken ?? '';
  return page.evaluate(
    async ({ path, body }) => {
      const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    },
    {
      path: endpoints.pluginProxy,
      body: {
        app: CALLING,
        pluginId: there.pluginId,
        url: `${url()}/token`,
        method: 'POST',
        headers: {},
        data: {},
        __REQUEST_TOKEN__: requestToken,
      },
    },
  );
}
