/**
 * `kintone.proxy` and `kintone.plugin.app.proxy`.
 * Facts: https://cybozu.dev/ja/kintone/docs/js-api/proxy/kintone-proxy/ and .../plugins/kintone-plug-in-proxy/
 */
import { endpoints, type ProxyReply } from '../shared';
import { bootstrap, state } from './page';
import { postPage } from './rest';

/** Body, HTTP status of the target (any), and its headers. */
export type ProxyResult = [body: string, status: number, headers: Record<string, string>];
type Ok = (...result: ProxyResult) => void;
type Failed = (error: string) => void;

async function send(path: string, body: Record<string, unknown>): Promise<ProxyResult> {
  const reply = await postPage<ProxyReply>(path, body);
  // The rejection value is the proxy's error as text, not an object.
  if (!reply.ok) return Promise.reject(JSON.stringify(reply.error));
  return [reply.body, reply.status, reply.headers];
}

function answer(
  result: Promise<ProxyResult>,
  callback?: Ok,
  errback?: Failed,
): Promise<ProxyResult> | undefined {
  if (callback === undefined && errback === undefined) return result;
  result.then(
    (value) => callback?.(...value),
    (error) => errback?.(error),
  );
  return undefined;
}

/** `data` goes out for POST and PUT only; an object is sent as JSON. */
export function proxy(
  url: string,
  method: string,
  headers: Record<string, string>,
  data: unknown,
  callback?: Ok,
  errback?: Failed,
): Promise<ProxyResult> | undefined {
  return answer(send(endpoints.proxy, { url, method, headers, data }), callback, errback);
}

/** The same with the headers and data an administrator saved; works on record screens only. */
export function pluginProxy(
  pluginId: string,
  url: string,
  method: string,
  headers: Record<string, string>,
  data: unknown,
  callback?: Ok,
  errback?: Failed,
): Promise<ProxyResult> | undefined {
  // On the settings page neither callback of the real one ever fires, and a promise never settles.
  if (state.screen === 'pluginConfig') return answer(new Promise(() => {}), callback, errback);
  const app = bootstrap.app?.id ?? null;
  return answer(
    send(endpoints.pluginProxy, { app, pluginId, url, method, headers, data }),
    callback,
    errback,
  );
}
