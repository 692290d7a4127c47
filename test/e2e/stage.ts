/** A local kintone with the packed plug-in, and browser pages of its users. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Settings } from '../../src/definition/types';
import { encodeSettings } from '../../src/kintone/settings-codec';
import { addPluginToApp, installPlugin, pageRoutes } from '../kintone/pages/index';
import { saveConfig } from '../kintone/pages/plugins/settings';
import { deployNow } from '../kintone/server/deployment';
import type { Dump } from '../kintone/server/dump';
import { createKintone } from '../kintone/server/kintone';
import { startServer } from '../kintone/server/server';
import { launchBrowser } from '../kintone-tests/pages/browser';

/** Who most stages need: an administrator, and somebody who presses. */
export const USERS = [
  { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
  { code: 'sato', name: '佐藤', language: 'ja' },
];

export interface Stage {
  readonly url: string;
  readonly kintone: ReturnType<typeof createKintone>;
  readonly pluginId: string;
  readonly browser: Browser;
  /** A page of its own browser profile in which the user is logged in. */
  open(
    user: string,
    options?: Parameters<Browser['newContext']>[0],
  ): Promise<{ context: BrowserContext; page: Page }>;
  /** Stores settings as the settings page would, and updates the app. */
  configure(appId: string, settings: Settings): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything; `apps` get the plug-in. */
export async function stage(
  dump: Dump,
  apps: readonly string[],
  pages: Parameters<typeof pageRoutes>[1] = {},
): Promise<Stage> {
  const kintone = createKintone();
  kintone.load(dump);
  const pluginId = installPlugin(kintone, readFileSync('dist/nagare.zip'));
  for (const app of apps) addPluginToApp(kintone, app, pluginId);
  const [server, browser] = await Promise.all([
    startServer({ kintone, extraRoutes: pageRoutes(kintone, pages) }),
    launchBrowser(),
  ]);
  return {
    url: server.url,
    kintone,
    pluginId,
    browser,
    async open(user, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const found = kintone.store.findUser(user);
      if (found === undefined) throw new Error(`no user ${user}`);
      const session = kintone.sessions.create(found);
      await context.addCookies([{ name: 'JSESSIONID', value: session.id, url: server.url }]);
      return { context, page: await context.newPage() };
    },
    async configure(appId, settings) {
      const app = kintone.store.apps.get(appId);
      if (app === undefined) throw new Error(`no app ${appId}`);
      const encoded = await encodeSettings(settings, {
        savedAtMs: 0,
        savedBy: { code: 'admin', name: 'admin' },
      });
      if (!encoded.ok) throw new Error(encoded.error.code);
      saveConfig(app, pluginId, encoded.value.config);
      deployNow(kintone.store, [app]);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Stored values of an app's records, by field code, in id order. */
export function storedRows(kintone: Stage['kintone'], appId: string): readonly Record<string, unknown>[] {
  const app = kintone.store.apps.get(appId);
  if (app === undefined) throw new Error(`no app ${appId}`);
  return [...app.records.range()].map((record) =>
    Object.fromEntries(
      Object.entries(record).map(([code, cell]) => [code, (cell as { value: unknown }).value]),
    ),
  );
}

type Right = 'view' | 'add' | 'edit' | 'delete';

/** One row of an app's permissions. */
export const rights = (entity: { type: 'USER' | 'GROUP'; code: string }, ...may: readonly Right[]) => ({
  entity,
  includeSubs: false,
  appEditable: may.includes('delete'),
  recordViewable: may.includes('view'),
  recordAddable: may.includes('add'),
  recordEditable: may.includes('edit'),
  recordDeletable: may.includes('delete'),
  recordImportable: false,
  recordExportable: false,
});
