/**
 * `kintone.plugin.app`: settings of a plug-in in this app.
 * Facts: https://cybozu.dev/ja/kintone/docs/js-api/plugins/
 */
import { endpoints, type PluginConfig, type ProxyConfig } from '../shared';
import { showNotification } from './dialogs';
import { bootstrap, currentApp, state } from './page';
import { pluginProxy } from './proxy';
import { errorText, postPage } from './rest';

type Settings = NonNullable<typeof bootstrap.settings>;

/** Screens without a record or a setting (portal, plug-in list) know no plug-in settings. */
const screensWithConfig = new Set(['none', 'list', 'detail', 'create', 'edit', 'pluginConfig']);

function settingsPage(name: string): Settings {
  if (bootstrap.settings === null) throw new Error(`${name} works only on the settings page of a plug-in.`);
  return bootstrap.settings;
}

function pluginListUrl(): string {
  return `/k/admin/app/${currentApp().id}/plugin/?message=CONFIG_SAVED#/`;
}

function reportRefusal(name: string, error: unknown): void {
  console.error(`${name} was refused:`, error);
  void showNotification('ERROR', errorText(error));
}

function finish(callback: (() => void) | null | undefined): void {
  if (typeof callback === 'function') callback();
  else location.assign(pluginListUrl());
}

/**
 * For `?lateConfigMs=…`: on real tenants `getConfig` was seen to answer null for a moment after the page was
 * loaded, and plug-ins must get over that.
 */
const configKnownFromMs = Number(new URLSearchParams(location.search).get('lateConfigMs') ?? 0);

/** Saved settings, or null when nothing was ever saved or the plug-in is not in this app. */
function getConfig(pluginId: string): PluginConfig | null {
  if (!screensWithConfig.has(state.screen) || performance.now() < configKnownFromMs) return null;
  const config = bootstrap.plugins.find((plugin) => plugin.id === pluginId)?.config ?? null;
  return config === null ? null : { ...config };
}

/** Replaces all settings. Without a callback the page goes to the plug-in list afterwards. */
function setConfig(config: PluginConfig, callback?: (() => void) | null): void {
  const { pluginId } = settingsPage('setConfig');
  postPage(endpoints.setConfig, { app: currentApp().id, pluginId, config }).then(
    () => {
      const plugin = bootstrap.plugins.find(({ id }) => id === pluginId);
      if (plugin !== undefined) plugin.config = { ...config };
      finish(callback);
    },
    (error) => reportRefusal('setConfig', error),
  );
}

function getProxyConfig(url: string, method: string): Pick<ProxyConfig, 'headers' | 'data'> | null {
  const { proxyConfigs } = settingsPage('getProxyConfig');
  const found = proxyConfigs.find((one) => one.url === url && one.method === method);
  return found === undefined ? null : { headers: { ...found.headers }, data: { ...found.data } };
}

let isProxyConfigBeingSaved = false;

/** Saves headers and data for (url, method); calls must come one after another. */
function setProxyConfig(
  url: string,
  method: string,
  headers: Record<string, string>,
  data: Record<string, string>,
  callback?: (() => void) | null,
): void {
  const settings = settingsPage('setProxyConfig');
  const body = { app: currentApp().id, pluginId: settings.pluginId, url, method, headers, data };
  // A call that overlaps another is refused by kintone with HTTP 400; the server is told of the overlap, since
  // its answer must not depend on how fast the requests happen to arrive.
  const overlaps = isProxyConfigBeingSaved;
  isProxyConfigBeingSaved = true;
  postPage<{ proxyConfigs: ProxyConfig[] }>(endpoints.setProxyConfig, { ...body, overlaps })
    .then(
      (saved) => {
        settings.proxyConfigs = saved.proxyConfigs;
        return true;
      },
      (error) => {
        reportRefusal('setProxyConfig', error);
        return false;
      },
    )
    .then((isSaved) => {
      if (!overlaps) isProxyConfigBeingSaved = false;
      if (isSaved) finish(callback);
    });
}

export const pluginApp = { getConfig, setConfig, getProxyConfig, setProxyConfig, proxy: pluginProxy };
