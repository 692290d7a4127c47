/** Puts the sample company into a local kintone, with a log app made the way the settings page makes it. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppRef, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { encodeSettings } from '../../src/kintone/settings-codec';
import { logApp as labels } from '../../src/ui/dictionaries/ja/log-app';
import { addPluginToApp, installPlugin } from '../kintone/pages/index';
import { saveConfig } from '../kintone/pages/plugins/settings';
import { deployNow } from '../kintone/server/deployment';
import type { Kintone } from '../kintone/server/kintone';
import type { RunningServer } from '../kintone/server/server';
import { APP_IDS } from './apps';
import type { Company } from './company';
import { sampleDump } from './dump';

/** Password of a sample user. */
export const passwordOf = (code: string): string => `${code}-pass`;

export function sampleClient(server: Pick<RunningServer, 'url'>, code: string): KintoneRestAPIClient {
  return new KintoneRestAPIClient({
    baseUrl: server.url,
    auth: { username: code, password: passwordOf(code) },
  });
}

/** Loads the company (see `sampleDump`) and creates the log app; answers the log app. */
export async function installSample(
  server: RunningServer,
  company: Company,
  closedUntil?: string,
): Promise<AppRef> {
  server.kintone.load(sampleDump(company, closedUntil));
  return createLogApp(
    sampleClient(server, 'admin'),
    { ...labels, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))) },
    () => undefined,
  );
}

/** Installs the packed plug-in, adds it to 締め処理, and saves settings as its settings page would. Answers its id. */
export async function installNagare(kintone: Kintone, zip: Uint8Array, settings: Settings): Promise<string> {
  const pluginId = installPlugin(kintone, zip);
  addPluginToApp(kintone, APP_IDS.closing, pluginId);
  const savedBy = { code: 'admin', name: kintone.store.findUser('admin')?.name ?? 'admin' };
  const encoded = await encodeSettings(settings, { savedAtMs: kintone.clock.nowMs(), savedBy });
  if (!encoded.ok) throw new Error(`The settings cannot be stored: ${encoded.error.code}`);
  const app = kintone.store.apps.get(APP_IDS.closing);
  if (app === undefined) throw new Error('The sample is not loaded.');
  saveConfig(app, pluginId, { ...encoded.value.config });
  deployNow(kintone.store, [app]);
  return pluginId;
}
