/** A local kintone with an app, a plug-in and a logged-in browser page, for the tests of the pages. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addPluginToApp, installPlugin, type PagesOptions, pageRoutes } from '../../kintone/pages/index';
import type { Dump, DumpApp } from '../../kintone/server/dump';
import { createKintone } from '../../kintone/server/kintone';
import { type RunningServer, startServer } from '../../kintone/server/server';
import { type PluginSource, packPlugin } from './make-plugin';

const record = (number: number): Record<string, unknown> => ({
  customer: `Customer ${number}`,
  amount: String(number * 1000),
  kind: 'A',
  tags: ['x'],
  day: '2026-11-20',
  items: [{ product: 'Apple', count: '3' }],
});

const orders: DumpApp = {
  id: 5,
  name: 'Orders',
  fields: {
    customer: { type: 'SINGLE_LINE_TEXT', label: 'Customer', required: true },
    amount: { type: 'NUMBER', label: 'Amount', digit: true, unit: 'yen', unitPosition: 'AFTER' },
    kind: { type: 'RADIO_BUTTON', label: 'Kind', options: options('A', 'B'), defaultValue: 'A' },
    tags: { type: 'CHECK_BOX', label: 'Tags', options: options('x', 'y') },
    day: { type: 'DATE', label: 'Day' },
    memo: { type: 'MULTI_LINE_TEXT', label: 'Memo' },
    items: {
      type: 'SUBTABLE',
      label: 'Items',
      fields: {
        product: { type: 'SINGLE_LINE_TEXT', label: 'Product' },
        count: { type: 'NUMBER', label: 'Count' },
      },
    },
  },
  layout: [
    row({ type: 'SINGLE_LINE_TEXT', code: 'customer' }, { type: 'NUMBER', code: 'amount' }),
    row(
      { type: 'RADIO_BUTTON', code: 'kind' },
      { type: 'CHECK_BOX', code: 'tags' },
      { type: 'DATE', code: 'day' },
    ),
    row({ type: 'SPACER', elementId: 'place' }, { type: 'MULTI_LINE_TEXT', code: 'memo' }),
    {
      type: 'SUBTABLE',
      code: 'items',
      fields: [
        { type: 'SINGLE_LINE_TEXT', code: 'product' },
        { type: 'NUMBER', code: 'count' },
      ],
    },
  ],
  records: Array.from({ length: 25 }, (_, index) => record(index + 1)),
};

function options(...labels: string[]): Record<string, { label: string; index: string }> {
  return Object.fromEntries(labels.map((label, index) => [label, { label, index: String(index) }]));
}

function row(...fields: { type: string; code?: string; elementId?: string }[]) {
  return { type: 'ROW' as const, fields };
}

const state = (name: string, index: string) => ({
  name,
  index,
  assignee: { type: 'ONE' as const, entities: [] },
});

/** An app with process management: one step from "Open" to "Done". */
const tasks: DumpApp = {
  id: 6,
  name: 'Tasks',
  language: 'en',
  fields: { title: { type: 'SINGLE_LINE_TEXT', label: 'Title' }, due: { type: 'DATE', label: 'Due' } },
  views: {
    Board: {
      type: 'CUSTOM',
      index: '0',
      html: '<p id="board">Mine</p><script>window.boardRan = 1;</script>',
    },
    Month: { type: 'CALENDAR', index: '1', date: 'due', title: 'title' },
    Titles: { type: 'LIST', index: '2', fields: ['title'], sort: 'title asc', filterCond: 'title != ""' },
  },
  status: {
    enable: true,
    states: { Open: state('Open', '0'), Done: state('Done', '1') },
    actions: [{ name: 'Finish', from: 'Open', to: 'Done', filterCond: '' }],
  },
  records: [{ title: 'First task', due: '2026-11-20' }],
};

const dump: Dump = {
  organizations: [{ code: 'sales', name: 'Sales' }],
  groups: [{ code: 'leads', name: 'Leads' }],
  users: [
    { code: 'taro', name: 'Taro', language: 'ja' },
    {
      code: 'jane',
      name: 'Jane',
      language: 'en',
      timezone: 'America/New_York',
      groups: ['leads'],
      organizations: ['sales'],
    },
  ],
  apps: [orders, tasks],
};

export const appId = 5;

export const processAppId = 6;

/** Starts the server with the app "Orders" (25 records) and, if given, a plug-in in it. */
export async function startLocal(plugin: PluginSource | null = null, pages: Partial<PagesOptions> = {}) {
  const kintone = createKintone();
  kintone.load(dump);
  const pluginId = plugin === null ? '' : installPlugin(kintone, packPlugin(plugin));
  if (plugin !== null) addPluginToApp(kintone, appId, pluginId);
  const server: RunningServer = await startServer({ kintone, extraRoutes: pageRoutes(kintone, pages) });
  return { ...server, kintone, pluginId };
}

export type Local = Awaited<ReturnType<typeof startLocal>>;

/** A browser context in which the user is logged in. */
export async function loggedIn(
  browser: Browser,
  local: Local,
  user = 'Administrator',
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const code = local.kintone.store.findUser(user);
  if (code === undefined) throw new Error(`There is no user ${user}.`);
  const session = local.kintone.sessions.create(code);
  await context.addCookies([{ name: 'JSESSIONID', value: session.id, url: local.url }]);
  return context;
}

/** What went wrong on a page: uncaught errors and everything it logged as an error. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}
