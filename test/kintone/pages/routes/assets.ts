/** The pages' own script and styles, and the files of plug-ins. */
import type { RouteHandler } from '../../server/types';
import { clientFiles } from '../build-client';
import type { PagesContext } from '../host';
import { hostileSheet } from '../hostile';
import { send } from '../http';
import { endpoints } from '../shared';

const css = 'text/css; charset=utf-8';

export function assetsRoute(context: PagesContext): RouteHandler {
  return async (_request, response, url) => {
    switch (url.pathname) {
      case endpoints.script:
        return send(response, 200, 'text/javascript; charset=utf-8', (await clientFiles()).script);
      case endpoints.style:
        return send(response, 200, css, (await clientFiles()).style);
      case endpoints.hostile:
        return send(response, 200, css, hostileSheet(url.searchParams.get('sheet')) ?? '');
      case endpoints.pluginFile: {
        const file = context.plugins.fileAt(url.searchParams.get('contentId') ?? '');
        if (file === undefined) return send(response, 404, 'text/plain', 'Not found');
        return send(response, 200, file.contentType, file.bytes);
      }
      default:
        return false;
    }
  };
}
