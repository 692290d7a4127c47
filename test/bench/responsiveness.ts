/**
 * How long the page stands still during a run over many rows, in Chromium with the packed plug-in.
 * npm run build && npm run pack, then:
 * node scripts/run.mjs test/bench/responsiveness.ts [--rows 100000] [--changed-every 100] [--no-worker]
 * Prints the long tasks of the page's main thread per step, from the browser's own trace, and how soon a run stops.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import type { Command, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { stage } from '../e2e/stage';
import { settingsOf } from '../run/setup';
import { watchTasks } from './page-tasks';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    'changed-every': { type: 'string', default: '100' },
    // As under a policy that forbids workers from blobs.
    'no-worker': { type: 'boolean', default: false },
  },
});
const ROWS = Number(values.rows);
const [CALLING, ORDERS, MASTER, OUTPUT, SUMS] = ['1', '10', '11', '20', '21'] as const;
/** Of every so many rows one differs from what the output app holds: few commits, so that reading and computing show. */
const CHANGED_EVERY = Number(values['changed-every']);

const text = { type: 'SINGLE_LINE_TEXT' as const };
const number = { type: 'NUMBER' as const };
const orderOf = (row: number): string => `R${String(row).padStart(7, '0')}`;
const priceOf = (row: number): string => `${(row * 37) % 9_999}.${(row * 7) % 10}`;
const rows = Array.from({ length: ROWS }, (_unused, row) => row);

const dump = {
  users: [
    { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
    { code: 'sato', name: '佐藤', language: 'ja' },
  ],
  apps: [
    { id: CALLING, name: '締め', fields: { memo: text }, records: [{ memo: 'a' }] },
    {
      id: ORDERS,
      name: '受注',
      fields: { order: text, customer: text, item: text, day: { type: 'DATE' as const }, price: number },
      records: rows.map((row) => ({
        order: orderOf(row),
        customer: `株式会社${row % 1_000}商店`,
        item: `I${row % (ROWS / 10)}`,
        day: new Date(Date.UTC(2024, 0, 1 + (row % 730))).toISOString().slice(0, 10),
        price: priceOf(row),
      })),
    },
    {
      id: MASTER,
      name: '商品',
      fields: { item: text, category: text },
      records: rows.slice(0, ROWS / 10).map((row) => ({ item: `I${row}`, category: `分類${row % 20}` })),
    },
    {
      id: OUTPUT,
      name: '明細',
      fields: { order: { ...text, unique: true }, customer: text, category: text, amount: number },
      records: rows.map((row) => ({
        order: orderOf(row),
        customer: `株式会社${row % 1_000}商店`,
        category: `分類${(row % (ROWS / 10)) % 20}`,
        // The price in tenths times 11 is the amount in hundredths.
        amount: row % CHANGED_EVERY === 0 ? '0' : String((Math.round(Number(priceOf(row)) * 10) * 11) / 100),
      })),
    },
    {
      id: SUMS,
      name: '集計',
      fields: { customer: { ...text, unique: true }, sum: number, average: number, min: number, max: number },
      records: [],
    },
  ],
};

const command = (id: string, type: string, inputs: string[], settings: object): Command => ({
  id,
  type,
  note: '',
  inputs,
  settings: settings as Command['settings'],
});

const input = (id: string, appId: string, fields: readonly string[]): Command =>
  command(id, 'inputApp', [], { app: { appId }, fields, rename: [], condition: null });

const commands: readonly Command[] = [
  input('in', ORDERS, ['order', 'customer', 'item', 'day', 'price']),
  input('master', MASTER, ['item', 'category']),
  command('sums', 'group', ['in'], {
    by: ['customer'],
    aggregates: ['sum', 'average', 'min', 'max'].map((method) => ({
      column: 'price',
      method,
      as: method,
      label: method,
    })),
  }),
  // Records that are not there are not updated: the sums are compared, and nothing is written.
  command('sumsOut', 'outputApp', ['sums'], {
    app: { appId: SUMS },
    mode: 'update',
    keys: ['customer'],
    mapping: ['customer', 'sum', 'average', 'min', 'max'].map((code) => ({ from: code, to: code })),
  }),
  command('join', 'join', ['in', 'master'], { method: 'left', keys: [{ left: 'item', right: 'item' }] }),
  command('sort', 'sort', ['join'], {
    keys: [
      { column: 'customer', descending: false },
      { column: 'day', descending: true },
    ],
  }),
  command('edit', 'edit', ['sort'], {
    steps: [
      {
        method: 'formula',
        target: 'amount',
        label: '',
        formula: 'ROUND(price * 1.1, 2)',
        type: 'number',
        onError: 'fail',
      },
    ],
  }),
  command('running', 'window', ['edit'], {
    groupBy: ['customer'],
    order: [],
    steps: [{ method: 'runningTotal', column: 'amount', rows: 1, as: 'running', label: '' }],
  }),
  command('out', 'outputApp', ['running'], {
    app: { appId: OUTPUT },
    mode: 'upsert',
    keys: ['order'],
    mapping: ['order', 'customer', 'category', 'amount'].map((code) => ({ from: code, to: code })),
  }),
];

/** What the plug-in shows, for a run that ends before it asks. */
const shownTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-nagare]')].map((host) => host.shadowRoot?.textContent ?? ''),
  );

const settings = (logAppId: string): Settings => ({
  ...settingsOf([{ id: 'flow1', name: 'flow', note: '', commands }], { confirm: 'always' }),
  logApp: { appId: logAppId },
});

const there = await stage(dump, [CALLING]);
const client = new KintoneRestAPIClient({
  baseUrl: there.url,
  auth: { username: 'admin', password: 'admin-pw' },
});
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20)));
const log = await createLogApp(client, { ...logTexts, sleep: wait }, () => undefined);
await there.configure(CALLING, settings(log.appId));
const { context, page } = await there.open('sato');
if (values['no-worker']) {
  await page.route(`**/k/${CALLING}/show*`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "worker-src 'self'" };
    await route.fulfill({ response, headers });
  });
}
await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
const press = page.getByRole('button', { name: '実行', exact: true }).first();
await press.waitFor();
const dialog = page.getByRole('dialog');
const heading = (text: string) => page.getByRole('heading', { name: text });
const count = (value: number): string => value.toLocaleString('en-US');

const { step, print } = await watchTasks(there.browser, page);
await step('First press, up to the card');
await press.click();
await page.locator('[data-nagare="card"] h2').first().waitFor();
await step(`Check of ${count(ROWS)} rows, up to the preview`);
await dialog.waitFor({ timeout: 240_000 }).catch(async () => {
  throw new Error(`The run did not ask: ${(await shownTexts(page)).join(' / ')}`);
});
const where = page.workers().length > 0 ? 'in a worker' : 'in the page';
await step('Details of the preview');
await dialog.locator('summary').first().click();
await dialog.locator('table.changes').waitFor();
await step(`Writing ${count(Math.ceil(ROWS / CHANGED_EVERY))} changes`);
await dialog.getByRole('button', { name: '実行' }).click();
await heading('完了しました').waitFor({ timeout: 600_000 });
// Once the items have been read, joining and sorting begin.
let itemPages = 0;
const itemsRead = new Promise<void>((resolve) => {
  context.on('requestfinished', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname !== '/k/v1/records.json' || searchParams.get('app') !== MASTER) return;
    itemPages += 1;
    if (itemPages * 500 >= ROWS / 10) resolve();
  });
});
await step('Second press, up to the middle of the check');
await press.click();
await itemsRead;
await step('Stop in the middle of the check');
const askedMs = performance.now();
await page.getByRole('button', { name: /中止/ }).first().click();
await heading('中止しました')
  .waitFor({ timeout: 20_000 })
  .catch(async () => {
    throw new Error(`The run did not stop: ${(await shownTexts(page)).join(' / ')}`);
  });
const stoppedMs = performance.now() - askedMs;
console.log(`The engine works ${where}; ${count(ROWS)} rows.`);
await print();
console.log(`Stopped ${Math.round(stoppedMs)} ms after the press of the button.`);
await there.close();
process.exit(0);
