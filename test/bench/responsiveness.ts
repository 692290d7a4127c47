/**
 * How long the page stands still during a run over many rows, in Chromium with the packed plug-in.
 * npm run build && npm run pack, then: node scripts/run.mjs test/bench/responsiveness.ts [--rows 100000]
 * Prints the main thread's long tasks (over 50 ms, as the browser reports them) and the longest task.
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

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' } } });
const ROWS = Number(values.rows);
const [CALLING, ORDERS, MASTER, OUTPUT, SUMS] = ['1', '10', '11', '20', '21'] as const;
/** Of every so many rows one differs from what the output app holds: few commits, so that reading and computing show. */
const CHANGED_EVERY = 100;

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

interface Task {
  readonly startMs: number;
  readonly durationMs: number;
}

/** Long tasks from now on, and the longest gap between two turns of the page. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Task[] = [];
    const state = { seen, startedMs: performance.now(), longestGapMs: 0 };
    (window as unknown as { nagareBench: typeof state }).nagareBench = state;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        seen.push({ startMs: entry.startTime - state.startedMs, durationMs: entry.duration });
      }
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      state.longestGapMs = Math.max(state.longestGapMs, now - last);
      last = now;
      setTimeout(() => port2.postMessage(null), 0);
    };
    port2.postMessage(null);
  });
}

const found = (page: Page) =>
  page.evaluate(() => {
    const { seen, longestGapMs } = (
      window as unknown as { nagareBench: { seen: Task[]; longestGapMs: number } }
    ).nagareBench;
    return { seen, longestGapMs };
  });

/** What the plug-in shows, for a run that ends before it asks. */
const shownTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-nagare]')].map((host) => host.shadowRoot?.textContent ?? ''),
  );

const settings = (logAppId: string): Settings => ({
  ...settingsOf([{ id: 'flow1', name: 'flow', note: '', commands }], { confirm: 'always' }),
  logApp: { appId: logAppId },
});

const say = (title: string, { seen, longestGapMs }: Awaited<ReturnType<typeof found>>): void => {
  const longest = seen.reduce((most, task) => Math.max(most, task.durationMs), 0);
  console.log(
    `${title}: longest task ${longest === 0 ? 'under 50' : Math.round(longest)} ms, ${seen.length} over 50 ms, ` +
      `longest wait of the page ${Math.round(longestGapMs)} ms`,
  );
  for (const task of seen)
    console.log(`  at ${Math.round(task.startMs)} ms: ${Math.round(task.durationMs)} ms`);
};

const there = await stage(dump, [CALLING]);
const client = new KintoneRestAPIClient({
  baseUrl: there.url,
  auth: { username: 'admin', password: 'admin-pw' },
});
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20)));
const log = await createLogApp(client, { ...logTexts, sleep: wait }, () => undefined);
await there.configure(CALLING, settings(log.appId));
const { page } = await there.open('sato');
await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
const press = page.getByRole('button', { name: '実行', exact: true }).first();
await press.waitFor();
await watch(page);
await press.click();
const dialog = page.getByRole('dialog');
await dialog.waitFor({ timeout: 120_000 }).catch(async () => {
  throw new Error(`The run did not ask: ${(await shownTexts(page)).join(' / ')}`);
});
say(`Check of ${ROWS.toLocaleString('en-US')} rows`, await found(page));
await watch(page);
await dialog.getByRole('button', { name: '実行' }).click();
await page.getByRole('heading', { name: '完了しました' }).waitFor({ timeout: 300_000 });
say(`Writing ${(ROWS / CHANGED_EVERY).toLocaleString('en-US')} changes`, await found(page));
await there.close();
process.exit(0);
