/** A flow that reads from an outside server, with a secret that only kintone's proxy knows. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Flow, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { commands as t } from '../../src/ui/dictionaries/ja/commands';
import { config } from '../../src/ui/dictionaries/ja/config';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { deployNow } from '../kintone/server/deployment';
import { settingsOf } from '../run/setup';
import { type Stage, stage, storedRows } from './stage';

const CALLING = '1';
const TARGET = '20';
const dump = {
  users: [{ code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' }],
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      records: [{ memo: 'A&B' }],
    },
    {
      id: TARGET,
      name: '単価',
      fields: {
        key: { type: 'SINGLE_LINE_TEXT' as const, unique: true },
        total: { type: 'NUMBER' as const },
      },
    },
  ],
};

let there: Stage;
let outside: Server;
const asked: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];

beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, headers: request.headers });
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end('{"items":[{"id":"a","price":1.5},{"id":"b","price":20}]}');
  });
  await new Promise<void>((resolve) => {
    outside.listen(0, '127.0.0.1', resolve);
  });
  there = await stage(dump, [CALLING]);
});

afterAll(async () => {
  await there.close();
  outside.close();
});

function flowFrom(origin: string): Flow {
  const command = (id: string, type: string, inputs: string[], settings: object) => ({
    id,
    type,
    note: '',
    inputs,
    settings: settings as Flow['commands'][number]['settings'],
  });
  return {
    id: 'prices',
    name: '単価の取り込み',
    note: '',
    commands: [
      command('http', 'inputHttp', [], {
        url: `${origin}/prices?memo=%memo%`,
        method: 'GET',
        headers: [{ name: 'Accept', value: 'application/json' }],
        bodyType: 'json',
        body: '',
        format: 'json',
        path: 'items',
        csvHeader: true,
        csvDelimiter: 'comma',
        columns: [
          { from: 'id', as: 'key', label: '', type: 'text' },
          { from: 'price', as: 'total', label: '', type: 'number' },
        ],
        onError: 'fail',
        formulaTexts: 'keep',
      }),
      command('out', 'outputApp', ['http'], {
        app: { appId: TARGET },
        mode: 'append',
        keys: [],
        mapping: [
          { from: 'key', to: 'key' },
          { from: 'total', to: 'total' },
        ],
      }),
    ],
  };
}

it('stores the secret on the settings page and uses it on the record page', async () => {
  const origin = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const quickly = { ...logTexts, sleep: () => Promise.resolve() };
  const logApp = await createLogApp(client, quickly, () => undefined);
  const flow = flowFrom(origin);
  const settings: Settings = {
    ...settingsOf([flow], { confirm: 'always' }),
    logApp: { appId: logApp.appId },
  };
  await there.configure(CALLING, settings);
  const { page } = await there.open('admin');

  await page.goto(`${there.url}/k/admin/app/${CALLING}/plugin/config?pluginId=${there.pluginId}`);
  await page.getByRole('tab', { name: config.tabs.flows }).click();
  await page.getByRole('button', { name: flow.name, exact: true }).click();
  await page.locator('button[class*=cardMain]').filter({ hasText: t.names.inputHttp }).click();
  await page.getByText(`GET ${origin}/prices?`, { exact: true }).waitFor();
  await page.getByRole('textbox', { name: t.inputHttp.secretName }).fill('Authorization');
  await page.getByLabel(t.inputHttp.secretValue).fill('Bearer s3cret');
  await page.getByRole('button', { name: t.inputHttp.secretSave }).click();
  await page.getByText(t.inputHttp.secretsSaved).waitFor();
  await page.getByText('Authorization: ********').waitFor();
  expect(await page.content()).not.toContain('s3cret');

  const app = there.kintone.store.apps.get(CALLING);
  if (app === undefined) throw new Error('the calling app is gone');
  deployNow(there.kintone.store, [app]);
  await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
  await page.getByRole('button', { name: '実行', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.textContent()).toContain('2 件追加');
  await dialog.getByRole('button', { name: '実行' }).click();
  await page.getByRole('heading', { name: '完了しました' }).waitFor();

  expect(storedRows(there.kintone, TARGET)).toMatchObject([
    { key: 'a', total: '1.5' },
    { key: 'b', total: '20' },
  ]);
  expect(asked).toMatchObject([
    {
      method: 'GET',
      url: '/prices?memo=A%26B',
      headers: { authorization: 'Bearer s3cret', accept: 'application/json' },
    },
  ]);
});
