/** The few parts of the `kintone` global that the settings page uses, exactly as documented. */
import type { StoredConfig } from './boot-index';
import type { ProxyConfigApi } from './proxy-secrets';
import type { OpenProxy } from './settings-page-send';

export interface PluginConfigApi {
  /** null when nothing was saved, and sometimes right after the page has loaded. */
  getConfig(pluginId: string): StoredConfig | null;
  /** Replaces all values. With a callback the page stays; without one kintone leaves it. */
  setConfig(config: StoredConfig, callback?: () => void): void;
}

export interface ConfigPageKintone {
  readonly $PLUGIN_ID: string;
  readonly plugin: { readonly app: PluginConfigApi & ProxyConfigApi };
  readonly proxy: OpenProxy;
  readonly app: { getId(): number | null };
  getLoginUser(): {
    readonly code: string;
    readonly name: string;
    readonly language: string;
    readonly timezone: string;
  };
  readonly api: { url(path: string, detectGuestSpace?: boolean): string };
}

/** The page's `kintone`, seen through the part of it that we use. */
export function configPageKintone(): ConfigPageKintone {
  return (globalThis as unknown as { readonly kintone: ConfigPageKintone }).kintone;
}
