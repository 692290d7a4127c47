/**
 * What `setConfig` and `setProxyConfig` accept.
 * Sources: https://cybozu.dev/ja/kintone/docs/js-api/plugins/set-config/ and set-config-for-proxy/
 */
import type { PluginConfig, ProxyConfig, ProxyMethod } from '../shared';

export const MAX_VALUE_CHARS = 65_535;
export const MAX_CONFIG_BYTES = 256 * 1024;

export type Refusal = {
  key: string;
  reason: 'NOT_AN_OBJECT' | 'KEY' | 'VALUE' | 'VALUE_SIZE' | 'TOTAL_SIZE' | 'METHOD';
};

const ascii = /^[\x20-\x7e]+$/;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** First reason not to save the settings, or null. */
export function configRefusal(config: unknown): Refusal | null {
  if (!isPlainObject(config)) return { key: 'config', reason: 'NOT_AN_OBJECT' };
  let bytes = 0;
  for (const [key, value] of Object.entries(config)) {
    if (!ascii.test(key)) return { key, reason: 'KEY' };
    if (typeof value !== 'string') return { key, reason: 'VALUE' };
    if (value.length > MAX_VALUE_CHARS) return { key, reason: 'VALUE_SIZE' };
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  return bytes > MAX_CONFIG_BYTES ? { key: 'config', reason: 'TOTAL_SIZE' } : null;
}

/** Asserts what `configRefusal` has found to be right. */
export function asConfig(config: unknown): PluginConfig {
  return { ...(config as PluginConfig) };
}

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];

export function isProxyMethod(method: unknown): method is ProxyMethod {
  return typeof method === 'string' && methods.includes(method);
}

/** First reason not to save the proxy settings, or null. Values come back as strings whatever they were. */
export function proxyConfigRefusal(saved: Record<string, unknown>): Refusal | null {
  if (typeof saved['url'] !== 'string' || saved['url'] === '') return { key: 'url', reason: 'VALUE' };
  if (!isProxyMethod(saved['method'])) return { key: 'method', reason: 'METHOD' };
  for (const part of ['headers', 'data']) {
    const values = saved[part];
    if (!isPlainObject(values)) return { key: part, reason: 'NOT_AN_OBJECT' };
    const nested = Object.entries(values).find(([, value]) => value !== null && typeof value === 'object');
    if (nested !== undefined) return { key: `${part}.${nested[0]}`, reason: 'VALUE' };
  }
  return null;
}

function strings(values: unknown): Record<string, string> {
  const entries = Object.entries(values as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** Asserts what `proxyConfigRefusal` has found to be right. */
export function asProxyConfig(saved: Record<string, unknown>): ProxyConfig {
  return {
    url: String(saved['url']),
    method: saved['method'] as ProxyMethod,
    headers: strings(saved['headers']),
    data: strings(saved['data']),
  };
}
