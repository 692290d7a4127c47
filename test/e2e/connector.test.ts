/**
 * Filling in 外部API入力 with the sample connector and with a plain JSON host, on the packed plug-in's settings page,
 * through a proxy that follows redirects and through one that does not.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inputHttp } from '../../src/commands/input-http';
import type { Flow, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { decodeStored } from '../../src/kintone/settings-codec';
import { commands as texts } from '../../src/ui/dictionaries/ja/commands';
import { config } from '../../src/ui/dictionaries/ja/config';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { problems } from '../../src/ui/dictionaries/ja/problems';
import { preparedSettings } from '../kintone/pages/plugins/settings';
import { deployNow } from '../kintone/server/deployment';
import { settingsOf } from '../run/setup';
import { SHOP_KEY, startShop } from '../samples/shop-connector';
import { type Stage, stage, storedRows } from './stage';

const { connector: t, inputHttp: form } = texts;
const CALLING = '1';
const TARGET = '20';
const FLOW: Flow = {
  id: 'shop',
  name: '商品の取り込み',
  note: '',
  commands: [
    { id: 'http', type: 'inputHttp', note: '', inputs: [], settings: inputHttp.defaults() as never },
  ],
};
const dump = {
  users: [{ code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' }],
  apps: [
    {
      id: CALLING,
      name: '商品',
      fields: { day: { type: 'DATE' as const, label: '対象日' } },
      records: [{ day: '2026-11-21' }],
    },
    {
      id: TARGET,
      name: '商品の一覧',
      fields: { key: { type: 'SINGLE_LINE_TEXT' as const }, price: { type: 'NUMBER' as const } },
    },
  ],
};

let shop: Awaited<ReturnType<typeof startShop>>;
/** Repeats what it was told, as the worst hosts do. */
let echo: Server;
const asked: string[] = [];
let release = (): void => undefined;
/** Answers under /held wait for it. */
const released = new Promise<void>((resolve) => {
  release = resolve;
});
let there: Stage;

beforeAll(async () => {
  shop = await startShop();
  echo = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '–'}`);
    if (request.url?.startsWith('/never') === true) return;
    if (request.url?.startsWith('/held') === true) await released;
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const said = request.headers.authorization ?? '';
    response.end(JSON.stringify({ data: { items: [{ id: '007', day: '2026-11-21', n: 1, [said]: said }] } }));
  });
  await new Promise<void>((resolve) => {
    echo.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(() => there.close());
afterAll(async () => {
  await shop.stop();
  echo.closeAllConnections();
  echo.close();
});

async function openForm(options: Parameters<typeof stage>[2] = {}): Promise<Page> {
  there = await stage(dump, [CALLING], options);
  return openFlow({ ...settingsOf([FLOW]), units: [] });
}

async function openFlow(settings: Settings): Promise<Page> {
  await there.configure(CALLING, settings);
  const { page } = await there.open('admin');
  await page.goto(`${there.url}/k/admin/app/${CALLING}/plugin/config?pluginId=${there.pluginId}`);
  await page.getByRole('tab', { name: config.tabs.flows }).click();
  await page.getByRole('button', { name: FLOW.name, exact: true }).click();
  await page.locator('button[class*=cardMain]').filter({ hasText: texts.names.inputHttp }).click();
  return page;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const said = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
const value = (page: Page, label: string) => page.getByLabel(label, { exact: true }).inputValue();

async function storeSecret(page: Page, secret: string): Promise<void> {
  await page.getByRole('textbox', { name: form.secretName }).first().fill('Authorization');
  await page.getByLabel(form.secretValue).first().fill(secret);
  await page.getByRole('button', { name: form.secretSave }).first().click();
  await said(page, form.secretsSaved);
}

describe.each([false, true])('a proxy that follows redirects: %s', (proxyFollowsRedirects) => {
  it('the sample service: credentials, choices that depend on each other, columns', async () => {
    const page = await openForm({ proxyFollowsRedirects });
    await page.getByLabel(t.kind).selectOption('service');
    await page.getByLabel(t.address).fill(shop.address);
    await press(page, t.load);
    await said(page, t.loaded('見本ショップ'));
    await press(page, t.verify);
    await said(page, 'The key is not known to this shop.');
    await storeSecret(page, `Bearer ${SHOP_KEY}`);
    await press(page, t.verify);
    await said(page, t.verified);

    await press(page, t.choicesOf('分類'));
    await said(page, t.choicesLoaded('2'));
    await page.getByLabel('分類', { exact: true }).selectOption({ label: '本' });
    await press(page, t.choicesOf('製造元'));
    await said(page, t.choicesLoaded('2'));
    await page.getByLabel('製造元', { exact: true }).selectOption({ label: '北出版' });
    await press(page, t.columns);
    await said(page, t.columnsLoaded('5'));
    expect(await value(page, form.url)).toBe(
      `${shop.address}items?category=books&maker=%E5%8C%97%E5%87%BA%E7%89%88`,
    );
    expect(await value(page, form.path)).toBe('items');
    expect(await value(page, form.as('2'))).toBe('書名');

    // Another category has other columns; what is there is shown before it goes, and comes back by undo.
    await page.getByLabel(form.as('2'), { exact: true }).fill('題名');
    await page.getByLabel('分類', { exact: true }).selectOption({ label: 'シャツ' });
    await said(page, t.chooseAgain('製造元'));
    await press(page, t.columns);
    const dialog = page.getByRole('alertdialog', { name: t.dialog });
    expect(await dialog.getByRole('row').filter({ hasText: '題名' }).textContent()).toContain(
      t.states.removed,
    );
    await dialog.getByRole('button', { name: t.addMissing }).click();
    expect(await value(page, form.as('2'))).toBe('題名');
    expect(await value(page, form.as('6'))).toBe('サイズ');

    await press(page, config.save.save);
    await page.getByText(config.save.saved).first().waitFor();
    const app = there.kintone.store.apps.get(CALLING);
    if (app === undefined) throw new Error('the calling app is gone');
    const stored = await decodeStored(preparedSettings(app, there.pluginId).config);
    if (!stored.ok) throw new Error(stored.error.code);
    const saved = stored.value.settings.flows[0]?.commands[0]?.settings;
    expect(saved).toMatchObject({
      connector: {
        kind: 'service',
        address: shop.address,
        values: [{ field: 'category', value: 'shirts', label: 'シャツ' }],
      },
    });
    expect(JSON.stringify(saved)).not.toContain(SHOP_KEY);
  });
});

it('what a service has filled in is run, with the header that is stored for the service', async () => {
  there = await stage(dump, [CALLING]);
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const quickly = { ...logTexts, sleep: () => Promise.resolve() };
  const { appId } = await createLogApp(client, quickly, () => undefined);
  const mapping = [
    { from: '商品コード', to: 'key' },
    { from: '価格', to: 'price' },
  ];
  const settings = { app: { appId: TARGET }, mode: 'append', keys: [], mapping } as never;
  const output = { id: 'out', type: 'outputApp', note: '', inputs: ['http'], settings };
  const flow = { ...FLOW, commands: [...FLOW.commands, output] };
  const page = await openFlow({ ...settingsOf([flow], { confirm: 'never' }), logApp: { appId } });
  await page.getByLabel(t.kind).selectOption('service');
  await page.getByLabel(t.address).fill(shop.address);
  await storeSecret(page, `Bearer ${SHOP_KEY}`);
  await press(page, t.load);
  await press(page, t.choicesOf('分類'));
  await said(page, t.choicesLoaded('2'));
  await page.getByLabel('分類', { exact: true }).selectOption('books');
  await press(page, t.columns);
  await said(page, t.columnsLoaded('5'));
  await press(page, config.save.save);
  await page.getByText(config.save.saved).first().waitFor();
  const app = there.kintone.store.apps.get(CALLING);
  if (app === undefined) throw new Error('the calling app is gone');
  deployNow(there.kintone.store, [app]);

  await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
  await page.getByRole('button', { name: '実行', exact: true }).first().click();
  await page.getByRole('heading', { name: '完了しました' }).waitFor();
  expect(storedRows(there.kintone, TARGET)).toMatchObject([
    { key: '0001', price: '1650' },
    { key: '0002', price: '990' },
  ]);
});

describe('the built-in connector', () => {
  it('finds rows and columns, tries values, and shows no secret that comes back', async () => {
    const page = await openForm();
    const secret = 'Bearer canary-connector-5d1f';
    const origin = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    await page.getByLabel(t.kind).selectOption('json');
    await page.getByText(t.notReady).waitFor();
    await page.getByLabel(form.url, { exact: true }).fill(`${origin}/items?day=%day%`);
    await storeSecret(page, secret);
    await page.getByLabel('対象日', { exact: true }).fill('2026/11');
    await press(page, t.verify);
    await said(page, t.verified);
    await press(page, t.choices);
    await page.getByLabel(t.found).selectOption('data.items');
    await press(page, t.columns);
    await said(page, t.columnsLoaded('4'));
    expect(await value(page, form.path)).toBe('data.items');
    expect(await value(page, form.type('1'))).toBe('text');
    expect(await value(page, form.type('2'))).toBe('date');
    expect(await value(page, form.type('3'))).toBe('number');
    expect(await value(page, form.from('4'))).toBe('********');
    expect(asked.every((line) => line === `GET /items?day=2026%2F11 ${secret}`)).toBe(true);
    expect(await page.locator('#nagare-config').innerHTML()).not.toContain('canary');
  });

  it('keeps what was typed while the answer was on its way', async () => {
    const page = await openForm();
    await page.getByLabel(t.kind).selectOption('json');
    await page
      .getByLabel(form.url, { exact: true })
      .fill(`http://127.0.0.1:${(echo.address() as AddressInfo).port}/held`);
    await press(page, t.columns);
    await said(page, t.loadingColumns);
    await page.getByLabel(form.onErrors.blank).check();
    release();
    await said(page, t.columnsLoaded('1'));
    expect(await page.getByLabel(form.onErrors.blank).isChecked()).toBe(true);
    expect(await value(page, form.from('1'))).toBe('data.items');
  });

  it('can be stopped, and the keyboard keeps its place', async () => {
    const page = await openForm();
    await page.getByLabel(t.kind).selectOption('json');
    await page
      .getByLabel(form.url, { exact: true })
      .fill(`http://127.0.0.1:${(echo.address() as AddressInfo).port}/never`);
    await press(page, t.columns);
    await said(page, t.loadingColumns);
    await page.getByRole('button', { name: t.stop }).focus();
    await page.keyboard.press('Enter');
    await said(page, problems.connectorStopped.what);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('status');
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(t.columns);
  });
});
