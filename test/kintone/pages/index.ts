/** The pages of the local kintone: mount `pageRoutes` behind its REST API. */
import type { RouteHandler } from '../server/types';
import { defaultOptions, type PagesContext, type PagesHost, type PagesOptions, pluginsOf } from './host';
import { PackageError } from './plugins/package';
import { adminRoute } from './routes/admin';
import { assetsRoute } from './routes/assets';
import { loginRoute } from './routes/login';
import { membershipsRoute } from './routes/memberships';
import { pagesRoute } from './routes/pages';
import { pluginApiRoute } from './routes/plugin-api';

export type { PagesHost, PagesOptions } from './host';
export { PackageError, type PackageErrorCode } from './plugins/package';

/** Handlers for login, pages, their files and the plug-in endpoints, in the order they want to be asked. */
export function pageRoutes(host: PagesHost, options: Partial<PagesOptions> = {}): RouteHandler[] {
  const context: PagesContext = {
    host,
    options: { ...defaultOptions, ...options },
    // Asked for anew each time: a reset of the host replaces its store, and with it the plug-ins.
    get plugins() {
      return pluginsOf(host);
    },
  };
  return [
    loginRoute(context),
    assetsRoute(context),
    pluginApiRoute(context),
    membershipsRoute(context),
    adminRoute(context),
    pagesRoute(context),
  ];
}

/**
 * Installs a packed plug-in for the whole domain, or replaces its earlier version.
 * @returns the plug-in's id
 * @throws PackageError when the package is damaged, not signed by its key, or has an invalid manifest
 */
export function installPlugin(host: Pick<PagesHost, 'store'>, zip: Uint8Array): string {
  return pluginsOf(host).install(zip);
}

/**
 * Adds an installed plug-in to an app, live at once.
 * @throws PackageError for an unknown app or plug-in, or when the app has 20 already
 */
export function addPluginToApp(host: Pick<PagesHost, 'store'>, appId: string | number, id: string): void {
  const app = host.store.apps.get(String(appId));
  if (app === undefined) throw new PackageError('UNKNOWN_APP', `There is no app ${appId}.`);
  pluginsOf(host).addToApp(app, id);
}
