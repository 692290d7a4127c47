/** Endpoints for tests and demos: install a plug-in, add it to an app. They need no login. */
import type { RouteHandler } from '../../server/types';
import type { PagesContext } from '../host';
import { readBody, readJson, sendJson } from '../http';
import { PackageError } from '../plugins/package';

function unknownApp(appId: string): PackageError {
  return new PackageError('UNKNOWN_APP', `There is no app ${appId}.`);
}

/** `POST /admin/plugin` (body: the zip) answers `{id}`; `POST /admin/app-plugin` takes `{app, id}`. */
export function adminRoute(context: PagesContext): RouteHandler {
  return async (request, response, url) => {
    const { host, plugins } = context;
    if (request.method !== 'POST') return false;
    try {
      if (url.pathname === '/admin/plugin') {
        return sendJson(response, { id: plugins.install(await readBody(request)) });
      }
      if (url.pathname === '/admin/app-plugin') {
        const { app: appId, id } = await readJson(request);
        const app = host.store.apps.get(String(appId));
        if (app === undefined) throw unknownApp(String(appId));
        plugins.addToApp(app, String(id));
        return sendJson(response, {});
      }
      return false;
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      return sendJson(response, { code: error.code, message: error.message }, 400);
    }
  };
}
