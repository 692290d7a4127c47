/**
 * Secrets stay where they were put. Canaries are planted wherever people have to hand over a secret; then everything
 * is used, rightly and wrongly, and every artefact is searched for them, encoded forms included.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Flow, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { decodeStored } from '../../src/kintone/settings-codec';
import { commands as commandTexts } from '../../src/ui/dictionaries/ja/commands';
import { config as configTexts } from '../../src/ui/dictionaries/ja/config';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { deployNow } from '../kintone/server/deployment';
import { orders, SOURCE, settingsOf, sumFlow, TARGET, unitOf } from '../run/setup';
import { type Stage, stage } from './stage';

const CALLING = '1';
const HTTP_UNIT = 'httpinputunitx';
const SUM_UNIT = 'sumsoftargetxx';

const PLANTED = {
  password: 'canary-password-5f0b1c',
  wrongPassword: 'canary-mistyped-password-77ab',
  apiToken: 'canaryApiToken93ab17c2d4e5',
  proxyHeader: 'canary-header-b41f99',
  serialNumber: 'canary-serial-000111-222333-444555',
  wrongSerialNumber: 'canary-serial-mistyped-999000',
  webhookSecret: 'canary-webhook-secret-0123456789abcdef',
  wrongWebhookSecret: 'canary-webhook-mistyped-0123456789ab',
  databasePassword: 'canary-database-password-c0ffee',
  basicAuth: 'canary-basic-auth-a1b2c3',
} as const;

const canaries = new Map<string, string>(Object.entries(PLANTED));
/** What to search, by name. */
const artefacts = new Map<string, string>();

/** As it is, and as secrets are carried by headers, addresses and JSON. */
const forms = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(`admin:${secret}`).toString('base64').replace(/=+$/, ''),
];

function leaks(): readonly string[] {
  const found: string[] = [];
  for (const [name, secret] of canaries)
    for (const [artefact, text] of artefacts)
      for (const form of forms(secret))
        if (text.includes(form)) {
          const at = text.indexOf(form);
          found.push(`${name} in ${artefact}: ${text.slice(Math.max(0, at - 60), at + 20)}`);
        }
  return found;
}

const dump = {
  users: [{ code: 'admin', name: 'Admin', password: PLANTED.password, isAdmin: true, language: 'ja' }],
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      records: [{ memo: 'a' }],
    },
    {
      id: SOURCE,
      name: '受注',
      fields: { customer: { type: 'SINGLE_LINE_TEXT' as const }, amount: { type: 'NUMBER' as const } },
      records: orders(3),
    },
    {
      id: TARGET,
      name: '売上',
      fields: {
        key: { type: 'SINGLE_LINE_TEXT' as const, unique: true },
        total: { type: 'NUMBER' as const },
      },
    },
  ],
};

/** The processes work in a folder of their own, which is searched too. */
const PROGRAM = resolve('dist/node/nagare.mjs');
const folder = mkdtempSync(join(tmpdir(), 'nagare-secrets-'));
let there: Stage;
let outside: Server;
let origin = '';
let logAppId = '';
let settings: Settings;
let admin: KintoneRestAPIClient;

beforeAll(async () => {
  // The worst host: it repeats in its answers what it was told, and in its errors too.
  outside = createServer((request, response) => {
    const said = JSON.stringify(request.headers);
    if ((request.url ?? '').includes('broken')) {
      response.writeHead(401, { 'Content-Type': 'application/json', 'X-Said': said });
      response.end(`{"message":${JSON.stringify(said)}}`);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json', 'X-Said': said });
    response.end(
      JSON.stringify({ items: [{ id: 'x', price: 1, [request.headers.authorization ?? 'said']: 1 }] }),
    );
  });
  outside.listen(0, '127.0.0.1');
  await once(outside, 'listening');
  origin = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  there = await stage(dump, [CALLING]);
  const auth = { username: 'admin', password: PLANTED.password };
  admin = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const quickly = { ...logTexts, sleep: () => Promise.resolve() };
  logAppId = (await createLogApp(admin, quickly, () => undefined)).appId;
  const flows = [httpFlow('prices', 'prices'), httpFlow('broken', 'broken'), sumFlow('sums')];
  settings = {
    ...settingsOf(flows),
    logApp: { appId: logAppId },
    units: [
      unitOf(['prices'], { id: HTTP_UNIT, name: '単価', confirm: 'never', rateLimitPerMinute: 60 }),
      unitOf(['broken'], { id: 'brokenhostunit', name: '壊れた相手', confirm: 'never' }),
      unitOf(['sums'], {
        id: SUM_UNIT,
        name: '売上',
        confirm: 'never',
        rateLimitPerMinute: 60,
        api: true,
        webhookEvents: ['ADD_RECORD', 'UPDATE_RECORD'],
      }),
    ],
  };
  await there.configure(CALLING, settings);
});

afterAll(async () => {
  await there.close();
  outside.close();
  rmSync(folder, { recursive: true });
});

function httpFlow(id: string, path: string): Flow {
  const command = (commandId: string, type: string, inputs: string[], given: object) => ({
    id: commandId,
    type,
    note: '',
    inputs,
    settings: given as Flow['commands'][number]['settings'],
  });
  return {
    id,
    name: id,
    note: '',
    commands: [
      command('http', 'inputHttp', [], {
        url: `${origin}/${path}`,
        method: 'GET',
        headers: [],
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
        mode: 'upsert',
        keys: ['key'],
        mapping: [
          { from: 'key', to: 'key' },
          { from: 'total', to: 'total' },
        ],
      }),
    ],
  };
}

/** Everything that stands in the page, or in a part of it, shadow roots included, and what the page has stored. */
const pageText = (page: Page, part = 'html'): Promise<string> =>
  page.evaluate((selector) => {
    const parts: string[] = [];
    const read = (root: Element | ShadowRoot | null): void => {
      if (root === null) throw new Error(`no ${selector}`);
      parts.push(root.innerHTML);
      for (const element of root.querySelectorAll('*')) {
        if (element instanceof HTMLInputElement) parts.push(element.value);
        if (element.shadowRoot !== null) read(element.shadowRoot);
      }
    };
    read(document.querySelector(selector));
    parts.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie);
    return parts.join('\n');
  }, part);

function listen(page: Page, name: string): void {
  const add = (what: string, text: string) =>
    artefacts.set(`${name}: ${what}`, `${artefacts.get(`${name}: ${what}`) ?? ''}\n${text}`);
  page.on('console', (message) => add('console', message.text()));
  page.on('pageerror', (error) => add('errors', `${error.message}\n${error.stack ?? ''}`));
  page.on('request', (request) => add('requests', `${request.url()}\n${request.postData() ?? ''}`));
}

it('in the browser: the header of the proxy is used, and stands nowhere', async () => {
  const { page } = await there.open('admin');
  await page.goto(`${there.url}/k/admin/app/${CALLING}/plugin/config?pluginId=${there.pluginId}`);
  for (const flow of ['prices', 'broken']) {
    await page.getByRole('tab', { name: configTexts.tabs.flows }).click();
    await page.getByRole('button', { name: flow, exact: true }).click();
    await page.locator('button[class*=cardMain]').filter({ hasText: commandTexts.names.inputHttp }).click();
    await page.getByRole('textbox', { name: commandTexts.inputHttp.secretName }).fill('Authorization');
    await page.getByLabel(commandTexts.inputHttp.secretValue).fill(PLANTED.proxyHeader);
    await page.getByRole('button', { name: commandTexts.inputHttp.secretSave }).click();
    await page.getByText(commandTexts.inputHttp.secretsSaved).waitFor();
    // The connector sends the header from this page, and the host repeats it as the name of a column.
    const { connector } = commandTexts;
    await page.getByLabel(connector.kind).selectOption('json');
    await page.getByRole('button', { name: connector.columns, exact: true }).click();
    if (flow === 'prices') await page.getByRole('row').filter({ hasText: '********' }).waitFor();
    else await page.getByRole('status').filter({ hasText: '401' }).waitFor();
    // kintone itself hands the proxy's settings to this page, and to nobody else (facts "kintone" 1.6).
    artefacts.set(`settings page after ${flow}`, await pageText(page, '#nagare-config'));
    await page.goto(`${there.url}/k/admin/app/${CALLING}/plugin/config?pluginId=${there.pluginId}`);
  }
  const app = there.kintone.store.apps.get(CALLING);
  if (app === undefined) throw new Error('the calling app is gone');
  deployNow(there.kintone.store, [app]);

  listen(page, 'record page');
  for (const [label, heading] of [
    ['単価', '完了しました'],
    ['壊れた相手', '失敗しました'],
  ] as const) {
    await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
    await page.getByRole('button', { name: label, exact: true }).click();
    await page.getByRole('heading', { name: heading }).waitFor();
    artefacts.set(`record page after ${label}`, await pageText(page));
  }
  await page.goto(`${there.url}/k/${CALLING}/`);
  await page.getByRole('button', { name: '実行ログ' }).click();
  await page.locator('[data-nagare=log] tr.run').first().waitFor();
  artefacts.set('log panel', await pageText(page));
  const stored = await page.evaluate((id) => {
    const { kintone } = globalThis as unknown as {
      kintone: { plugin: { app: { getConfig(pluginId: string): Record<string, string> } } };
    };
    return kintone.plugin.app.getConfig(id);
  }, there.pluginId);
  const decoded = await decodeStored(stored);
  if (!decoded.ok) throw new Error(decoded.error.code);
  artefacts.set('stored settings', JSON.stringify(stored));
  artefacts.set('exported settings', JSON.stringify(decoded.value));
});

interface Said {
  readonly code: number | null;
  readonly text: string;
}

const settingsFile = (): string => {
  const path = join(folder, 'settings.json');
  writeFileSync(path, JSON.stringify(settings));
  return path;
};

async function nagare(argv: readonly string[], environment: Record<string, string>): Promise<Said> {
  const child = spawn(process.execPath, [PROGRAM, ...argv], {
    env: { PATH: process.env['PATH'], KINTONE_BASE_URL: there.url, LANG: 'en', ...environment },
    cwd: folderOf('work'),
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

function folderOf(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

it('on the command line: rightly, mistyped, and out of reach', async () => {
  const run = ['run', '--settings', settingsFile(), '--unit', SUM_UNIT, '--app', CALLING, '--record', '1'];
  const user = { KINTONE_USERNAME: 'admin' };
  const tries: readonly (readonly [string, readonly string[], Record<string, string>, number])[] = [
    ['right', run, { ...user, KINTONE_PASSWORD: PLANTED.password }, 0],
    ['as JSON', [...run, '--json'], { ...user, KINTONE_PASSWORD: PLANTED.password }, 0],
    ['mistyped', run, { ...user, KINTONE_PASSWORD: PLANTED.wrongPassword }, 1],
    ['unknown token', run, { KINTONE_API_TOKEN: PLANTED.apiToken }, 1],
    [
      'wrong password beside basic authentication',
      [...run, '--json'],
      {
        ...user,
        KINTONE_PASSWORD: PLANTED.wrongPassword,
        KINTONE_BASIC_AUTH_USERNAME: 'admin',
        KINTONE_BASIC_AUTH_PASSWORD: PLANTED.basicAuth,
      },
      1,
    ],
    ['wrong option', [...run, '--nonsense'], { ...user, KINTONE_PASSWORD: PLANTED.password }, 2],
  ];
  for (const [name, argv, environment, code] of tries) {
    const said = await nagare(argv, environment);
    artefacts.set(`command line, ${name}`, said.text);
    expect(`${name}: ${said.code}\n${said.text}`).toContain(`${name}: ${code}`);
    expect(said.text).not.toBe('');
  }
});

it('on the server: protocol, webhooks, metrics, log, its own files', async () => {
  const data = join(folder, 'data');
  const argv = ['serve', '--settings', settingsFile(), '--app', CALLING, '--port', '0', '--data', data];
  const environment = {
    KINTONE_USERNAME: 'admin',
    KINTONE_PASSWORD: PLANTED.password,
    NAGARE_SERIAL_NUMBERS: PLANTED.serialNumber,
    NAGARE_WEBHOOK_SECRET: PLANTED.webhookSecret,
  };
  const child = spawn(process.execPath, [PROGRAM, ...argv], {
    env: { PATH: process.env['PATH'], KINTONE_BASE_URL: there.url, LANG: 'en', ...environment },
    cwd: folderOf('work'),
  });
  let said = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += String(part);
      for (const wake of waiting) wake();
    });
  const until = async (test: () => boolean): Promise<void> => {
    while (!test()) await new Promise<void>((wake) => waiting.add(wake));
  };
  await until(() => /"event":"started".*"port":(\d+)/.test(said));
  const base = `http://127.0.0.1:${/"port":(\d+)/.exec(said)?.[1]}`;
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const reply = await fetch(base + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await reply.text();
    artefacts.set(`answer ${artefacts.size} of ${path.split('/')[1]}`, path.endsWith('/token') ? '' : text);
    return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  };
  const unit = `/trigger/v1/${SUM_UNIT}`;
  const krewdataAppUrl = `${there.url}/k/${CALLING}`;
  await post(`${unit}/token`, { krewdataAppUrl, serialNumber: btoa(PLANTED.wrongSerialNumber) });
  const { accessToken } = await post(`${unit}/token`, {
    krewdataAppUrl,
    serialNumber: btoa(PLANTED.serialNumber),
  });
  expect(accessToken).toMatch(/^[\w-]{43}$/);
  canaries.set('accessToken', String(accessToken));
  const run = { accessToken, appId: CALLING, user: { code: 'admin', name: 'Admin' }, type: 'x' };
  await post(`${unit}/run`, { ...run, record: { $id: { type: '__ID__', value: '1' } } });
  await post(`${unit}/run`, { accessToken: `${accessToken}x` });
  await post(`${unit}/status`, { accessToken, taskId: 'none' });
  const notification = {
    id: '1505898d-d3c5-41e9-b0c1-000000000001',
    type: 'UPDATE_RECORD',
    app: { id: CALLING, name: '締め' },
    record: { $id: { type: '__ID__', value: '1' }, $revision: { type: '__REVISION__', value: '1' } },
    recordTitle: '1',
    url: `${there.url}/k/${CALLING}/show#record=1`,
  };
  await post(`/webhook/${SUM_UNIT}/${PLANTED.wrongWebhookSecret}`, notification);
  await post(`/webhook/${SUM_UNIT}/${PLANTED.webhookSecret}`, notification);
  await until(() => said.includes('"runEnded"'));
  for (const path of ['/metrics', '/healthz', '/readyz', `/webhook/${SUM_UNIT}/x`, `${unit}/token`]) {
    artefacts.set(`server ${path}`, await (await fetch(base + path)).text());
  }
  child.kill('SIGTERM');
  await once(child, 'close');
  artefacts.set('log of the server', said);
  expect(said).toContain('"triggerRequest"');
  expect(said).toContain('"webhook"');

  const lost = await nagare(argv, {
    ...environment,
    NAGARE_DATABASE_URL: `postgresql://nagare:${PLANTED.databasePassword}@127.0.0.1:1/nagare`,
  });
  artefacts.set('server without its database', lost.text);
  expect(lost.code).not.toBe(0);
  expect(lost.text).not.toBe('');
  for (const name of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  ))
    artefacts.set(`file ${name.name}`, readFileSync(join(name.parentPath, name.name), 'latin1'));
});

it('the run log and the plans in it', async () => {
  const { records } = await admin.record.getRecords({ app: logAppId, query: 'limit 500' });
  expect(records.length).toBeGreaterThanOrEqual(4);
  artefacts.set('run log', JSON.stringify(records));
  let plans = 0;
  for (const record of records) {
    const files = (record['plan_file']?.value ?? []) as readonly { fileKey: string; name: string }[];
    for (const { fileKey, name } of files) {
      const bytes = Buffer.from(await admin.file.downloadFile({ fileKey }));
      const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
      artefacts.set(
        `plan ${record['$id']?.value} ${name}`,
        (isCompressed ? gunzipSync(bytes) : bytes).toString(),
      );
      plans += 1;
    }
  }
  expect(plans).toBeGreaterThan(0);
});

it('no canary is anywhere but where it was put', () => {
  console.log(`secrets: ${canaries.size} canaries, ${artefacts.size} artefacts, ${leaks().length} leaks`);
  expect(leaks()).toEqual([]);
  expect(artefacts.size).toBeGreaterThan(25);
});

it('the search finds what it should find', () => {
  artefacts.set('planted', `Basic ${Buffer.from(`admin:${PLANTED.password}`).toString('base64')}`);
  expect(leaks()).not.toEqual([]);
  expect(leaks().every((leak) => leak.startsWith('password in planted'))).toBe(true);
});
