/**
 * Hosts outside kintone, from the settings page. `kintone.plugin.app.proxy` never answers there, so requests go through
 * `kintone.proxy`, and the headers that kintone's plug-in proxy would add on record pages are added here, at the moment
 * of sending. Only administrators of the app open this page, and `getProxyConfig` gives these headers to them alone.
 */
import type { Clock } from '../run';
import type { Send } from '../run/connector';
import { base64ToBytes, bytesToBase64 } from './bytes';
import { type ProxyAnswer, proxyAnswer } from './page-remote';
import type { ProxyConfigApi } from './proxy-secrets';

/** Source: cybozu.dev/ja/kintone/docs/js-api/proxy/kintone-proxy; it names no screens that it would not work on. */
export type OpenProxy = (
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  data: string | Readonly<Record<string, never>>,
) => Promise<ProxyAnswer>;

/** Stored values are in no reply: a host that repeats them would put them on the page. */
export function settingsPageSend(
  proxy: OpenProxy,
  stored: Pick<ProxyConfigApi, 'getProxyConfig'>,
  clock: Pick<Clock, 'sleep'>,
): Send {
  return async (request, signal) => {
    signal.throwIfAborted();
    const { url, method, body } = request;
    const secrets = storedHeaders(stored, url, method);
    const headers = { ...without(request.headers, secrets), ...secrets };
    const ask = () => proxy(url, method, headers, body ?? {});
    const [text, status, replied] = await proxyAnswer(request, ask, clock, signal);
    return { status, text: withoutSecrets(text, Object.values(secrets)), headers: headerTexts(replied) };
  };
}

type Headers = Readonly<Record<string, string>>;

/**
 * kintone's rule: same method, the URL begins with the stored one (with case), the longest wins. What is stored cannot
 * be listed, so every beginning is looked up, the longest first.
 * Source: cybozu.dev/ja/kintone/docs/js-api/plugins/set-config-for-proxy
 */
function storedHeaders(stored: Pick<ProxyConfigApi, 'getProxyConfig'>, url: string, method: string): Headers {
  const { origin } = new URL(url);
  for (let length = url.length; length >= origin.length; length -= 1) {
    const found = stored.getProxyConfig(url.slice(0, length), method);
    if (found) return headerTexts(found.headers);
  }
  return {};
}

function without(headers: Headers, others: Headers): Headers {
  const names = new Set(Object.keys(others).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())));
}

function headerTexts(headers: unknown): Headers {
  if (typeof headers !== 'object' || headers === null) return {};
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(texts);
}

/** Shorter words of a header ("Bearer") are no secrets, and hiding them would spoil answers. */
const SECRET_LENGTH = 6;
const HIDDEN = '********';

/** As they are, word by word, and as answers may write them: escaped, in a URL, in Base64 or out of it. */
function withoutSecrets(text: string, values: readonly string[]): string {
  const words = values.flatMap((value) => [value, ...value.split(/\s+/), ...basicParts(value)]);
  const forms = words
    .filter((word) => word.length >= SECRET_LENGTH)
    .flatMap((word) => [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word), base64Of(word)]);
  return [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .reduce((hidden, form) => hidden.replaceAll(form, HIDDEN), text);
}

/** User and password of "Basic ..." (RFC 7617). */
function basicParts(value: string): readonly string[] {
  const [, coded = ''] = /^Basic\s+(\S+)$/i.exec(value) ?? [];
  const bytes = base64ToBytes(coded);
  if (bytes === null) return [];
  const pair = new TextDecoder().decode(bytes);
  return [pair, pair.slice(pair.indexOf(':') + 1)];
}

const base64Of = (text: string): string => bytesToBase64(new TextEncoder().encode(text)).replace(/=+$/, '');
