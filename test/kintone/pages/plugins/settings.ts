/**
 * Settings of the plug-ins of an app. They are kept on the sides of the app, because a side as a whole becomes
 * live by a deployment and is taken back by a revert.
 */
import type { App } from '../../store/app';
import type { AppSide } from '../../store/types';
import type { PluginConfig, ProxyConfig } from '../shared';

export interface PluginSettings {
  readonly config: PluginConfig | null;
  readonly proxyConfigs: readonly ProxyConfig[];
}

/** A side with what the pages keep on it; by plug-in id. */
type SideWithPlugins = AppSide & { pluginSettings?: Readonly<Record<string, PluginSettings>> };

const nothing: PluginSettings = { config: null, proxyConfigs: [] };

const sameKey = (a: ProxyConfig, b: ProxyConfig): boolean => a.url === b.url && a.method === b.method;

const isEmpty = ({ headers, data }: ProxyConfig): boolean =>
  Object.keys(headers).length === 0 && Object.keys(data).length === 0;

function on(side: SideWithPlugins | null, pluginId: string): PluginSettings {
  return side?.pluginSettings?.[pluginId] ?? nothing;
}

/** What the settings page reads. */
export function preparedSettings(app: App, pluginId: string): PluginSettings {
  return on(app.preview, pluginId);
}

/** What record pages read: nothing before the app was updated. */
export function liveSettings(app: App, pluginId: string): PluginSettings {
  return on(app.live, pluginId);
}

function save(app: App, pluginId: string, settings: PluginSettings): void {
  const side: SideWithPlugins = app.preview;
  // Both sides may share their parts, so a new object is put in place instead of changing the old one.
  side.pluginSettings = { ...side.pluginSettings, [pluginId]: settings };
  side.revision += 1;
}

/** Replaces the settings as a whole. */
export function saveConfig(app: App, pluginId: string, config: PluginConfig): void {
  save(app, pluginId, { ...preparedSettings(app, pluginId), config });
}

/** Adds or replaces the entry of (url, method); empty headers and data delete it. */
export function saveProxyConfig(app: App, pluginId: string, saved: ProxyConfig): void {
  const { config, proxyConfigs } = preparedSettings(app, pluginId);
  const others = proxyConfigs.filter((one) => !sameKey(one, saved));
  save(app, pluginId, { config, proxyConfigs: isEmpty(saved) ? others : [...others, saved] });
}
