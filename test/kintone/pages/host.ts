/** What the pages need of the local kintone they belong to, and what may be set about them. */
import type { Sessions } from '../server/sessions';
import type { Store } from '../store/store';
import { PluginStore } from './plugins/store';

export interface PagesHost {
  /** May be replaced by a reset. */
  readonly store: Store;
  readonly sessions: Sessions;
}

export interface PagesOptions {
  /** Makes plug-in settings live as soon as they are saved; kintone waits for the update of the app. */
  autoDeploy: boolean;
  /** Loads a second, empty plug-in after the others on every page, which overwrites `kintone.$PLUGIN_ID`. */
  decoyPlugin: boolean;
  /** kintone's own limit is not documented; it is known to be shorter than 40 seconds. */
  proxyTimeoutMs: number;
  /** Whether kintone's proxies follow redirects is not documented; clients have to get on with both. */
  proxyFollowsRedirects: boolean;
}

export const defaultOptions: PagesOptions = {
  autoDeploy: false,
  decoyPlugin: false,
  proxyTimeoutMs: 30_000,
  proxyFollowsRedirects: false,
};

/** Keyed by the host's store, so that the plug-ins live exactly as long as everything else of a local kintone. */
const pluginStores = new WeakMap<Store, PluginStore>();

/** The plug-ins of a local kintone. */
export function pluginsOf({ store }: Pick<PagesHost, 'store'>): PluginStore {
  const found = pluginStores.get(store) ?? new PluginStore();
  pluginStores.set(store, found);
  return found;
}

/** Everything a route works with. */
export interface PagesContext {
  readonly host: PagesHost;
  /** Belongs to the host's present store: never keep it between two requests. */
  readonly plugins: PluginStore;
  readonly options: PagesOptions;
}
