/** The endpoints behind `kintone.plugin.app.*` and `kintone.proxy`. */
import type { ServerResponse } from 'node:http';
import { deployNow } from '../../server/deployment';
import type { RouteHandler, Session } from '../../server/types';
import type { App } from '../../store/app';
import type { PagesContext } from '../host';
import { readJson, sendJson } from '../http';
import { asConfig, asProxyConfig, configRefusal, proxyConfigRefusal, type Refusal } from '../plugins/limits';
import { callOut, matchingConfig, merged, readCall } from '../plugins/proxy';
import { liveSettings, preparedSettings, saveConfig, saveProxyConfig } from '../plugins/settings';
import { rightsOf } from '../rights';
import { endpoints } from '../shared';

type Body = Record<string, unknown>;

function sendError(response: ServerResponse, status: number, code: string, message: string): true {
  return sendJson(response, { code, id: `local-${code}`, message }, status);
}

function sendRefusal(response: ServerResponse, { key, reason }: Refusal): true {
  const errors = { [key]: { messages: [reason] } };
  return sendJson(response, { code: 'CB_VA01', id: 'local-plugin', message: 'Invalid input.', errors }, 400);
}

/** The app of a settings call, if the user may manage it and the plug-in is in it. */
function managedApp({ host }: PagesContext, session: Session, body: Body): App | null {
  const app = host.store.apps.get(String(body['app']));
  if (app === undefined || !rightsOf(host.store, session.user, app).manage) return null;
  return app.preview.plugins.includes(String(body['pluginId'])) ? app : null;
}

/** With `autoDeploy` everything that is prepared becomes live, as by the button that updates the app. */
function catchUp({ host, options }: PagesContext, app: App): void {
  if (options.autoDeploy) deployNow(host.store, [app]);
}

function setConfig(context: PagesContext, session: Session, body: Body, response: ServerResponse): true {
  const app = managedApp(context, session, body);
  if (app === null) return sendError(response, 403, 'CB_NO02', 'No privilege to proceed.');
  const refusal = configRefusal(body['config']);
  if (refusal !== null) return sendRefusal(response, refusal);
  saveConfig(app, String(body['pluginId']), asConfig(body['config']));
  catchUp(context, app);
  return sendJson(response, {});
}

function setProxyConfig(context: PagesContext, session: Session, body: Body, response: ServerResponse): true {
  const app = managedApp(context, session, body);
  if (app === null) return sendError(response, 403, 'CB_NO02', 'No privilege to proceed.');
  if (body['overlaps'] === true) {
    return sendError(response, 400, 'CB_IL02', 'Another proxy setting is being saved.');
  }
  const refusal = proxyConfigRefusal(body);
  if (refusal !== null) return sendRefusal(response, refusal);
  const pluginId = String(body['pluginId']);
  saveProxyConfig(app, pluginId, asProxyConfig(body));
  catchUp(context, app);
  return sendJson(response, { proxyConfigs: preparedSettings(app, pluginId).proxyConfigs });
}

/** Any user of the app may use the saved secrets; that is how kintone has it. */
async function proxy(
  context: PagesContext,
  session: Session,
  body: Body,
  response: ServerResponse,
  isOfPlugin: boolean,
): Promise<true> {
  const call = readCall(body);
  if (call === null) return sendError(response, 400, 'CB_VA01', 'Missing or invalid input.');
  const { host, options } = context;
  const app = host.store.apps.get(String(body['app']));
  if (isOfPlugin && (app === undefined || !canUse(context, session, app, String(body['pluginId'])))) {
    return sendError(response, 403, 'CB_NO02', 'No privilege to proceed.');
  }
  const saved =
    isOfPlugin && app !== undefined ? liveSettings(app, String(body['pluginId'])).proxyConfigs : [];
  const outgoing = merged(call, matchingConfig(saved, call));
  const { proxyTimeoutMs: timeoutMs, proxyFollowsRedirects: followRedirects } = options;
  return sendJson(response, await callOut(outgoing, { timeoutMs, followRedirects }));
}

function canUse({ host }: PagesContext, session: Session, app: App, pluginId: string): boolean {
  const rights = rightsOf(host.store, session.user, app);
  return (rights.view || rights.add) && app.live?.plugins.includes(pluginId) === true;
}

export function pluginApiRoute(context: PagesContext): RouteHandler {
  return async (request, response, url, session) => {
    const paths: string[] = [
      endpoints.setConfig,
      endpoints.setProxyConfig,
      endpoints.proxy,
      endpoints.pluginProxy,
    ];
    if (!paths.includes(url.pathname) || request.method !== 'POST') return false;
    if (session === null) return sendError(response, 401, 'CB_AU01', 'Please login.');
    const body = await readJson(request);
    if (body['__REQUEST_TOKEN__'] !== session.requestToken) {
      return sendError(response, 400, 'CB_CS01', 'The request token is missing or wrong.');
    }
    switch (url.pathname) {
      case endpoints.setConfig:
        return setConfig(context, session, body, response);
      case endpoints.setProxyConfig:
        return setProxyConfig(context, session, body, response);
      default:
        return proxy(context, session, body, response, url.pathname === endpoints.pluginProxy);
    }
  };
}
