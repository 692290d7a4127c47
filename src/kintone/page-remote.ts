/** Hosts outside kintone, from a record page: through kintone's proxy, which adds what an administrator stored. */
import type { TextRequest } from '../commands/types';
import {
  type Clock,
  hostUnreachable,
  MAX_REPLY_BYTES,
  REMOTE_TIMEOUT_MS,
  type RemotePort,
  replyTooLarge,
  replyTooLate,
} from '../run';

/**
 * `kintone.plugin.app.proxy`: resolves for any status of the target, rejects with the proxy's own error as JSON
 * text. Headers and body keys saved with `setProxyConfig` are added by kintone, so no secret passes through here.
 * Source: cybozu.dev/ja/kintone/docs/js-api/plugins/kintone-plug-in-proxy
 */
export type PluginProxy = (
  pluginId: string,
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  data: string | Readonly<Record<string, never>>,
) => Promise<ProxyAnswer>;

/** What both proxies of kintone resolve to. */
export type ProxyAnswer = readonly [body: string, status: number, headers: unknown];

/** The remote port over a proxy. */
export function pageRemote(proxy: PluginProxy, pluginId: string, clock: Pick<Clock, 'sleep'>): RemotePort {
  return {
    async fetchText(request, signal) {
      const { url, method, headers, body } = request;
      const ask = () => proxy(pluginId, url, method, headers, body ?? {});
      const [text, status] = await proxyAnswer(request, ask, clock, signal);
      return { status, text };
    },
  };
}

/**
 * One call of a proxy, as `RunContext.fetchText` promises it. Answers that never come (the plug-in's proxy on the
 * settings page) end by the clock.
 */
export async function proxyAnswer(
  request: TextRequest,
  ask: () => Promise<ProxyAnswer>,
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
): Promise<ProxyAnswer> {
  const timer = new AbortController();
  const stop = (): void => timer.abort();
  signal.addEventListener('abort', stop);
  try {
    const answer = Promise.resolve(ask());
    const first = await Promise.race([
      answer.catch((error: unknown) => refused(request, error)),
      clock.sleep(REMOTE_TIMEOUT_MS, timer.signal),
    ]);
    if (first === undefined) {
      signal.throwIfAborted();
      throw replyTooLate(request);
    }
    if (first[0].length > MAX_REPLY_BYTES) throw replyTooLarge(request);
    return first;
  } finally {
    stop();
    signal.removeEventListener('abort', stop);
  }
}

/** kintone's proxy gave up waiting for the target. */
const PROXY_TIMED_OUT = 'GAIA_PR03';

function refused(request: TextRequest, error: unknown): never {
  const known = proxyError(error);
  if (known.code === PROXY_TIMED_OUT) throw replyTooLate(request);
  throw hostUnreachable(request, known.message);
}

function proxyError(error: unknown): { readonly code: string; readonly message: string } {
  const text = error instanceof Error ? error.message : String(error);
  try {
    const { code, message } = JSON.parse(text) as { readonly code?: unknown; readonly message?: unknown };
    return { code: String(code ?? ''), message: String(message ?? text) };
  } catch {
    return { code: '', message: text };
  }
}

/** The remote port of the page that is open now. */
export function pagePluginRemote(pluginId: string, clock: Pick<Clock, 'sleep'>): RemotePort {
  const { kintone } = globalThis as unknown as {
    readonly kintone: { readonly plugin: { readonly app: { readonly proxy: PluginProxy } } };
  };
  return pageRemote((...call) => kintone.plugin.app.proxy(...call), pluginId, clock);
}
