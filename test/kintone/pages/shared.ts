/** What the server side of the pages and the script in the browser tell each other. */
import type { KintoneRecord } from '../store/types';

export type PageKind =
  | 'portal'
  | 'list'
  | 'record'
  | 'create'
  | 'appSettings'
  | 'pluginList'
  | 'pluginConfig'
  | 'notFound';

/** Languages `kintone.getLoginUser()` can answer; any other one arrives as `en`. */
export type UserLanguage = 'ja' | 'en' | 'zh' | 'zh-TW' | 'es' | 'pt-BR' | 'th';

/** What `kintone.getLoginUser()` returns. */
export interface LoginUser {
  id: string;
  code: string;
  name: string;
  email: string;
  url: string;
  employeeNumber: string;
  phone: string;
  mobilePhone: string;
  extensionNumber: string;
  timezone: string;
  isGuest: boolean;
  language: UserLanguage;
}

export type PluginConfig = Record<string, string>;

export type ProxyMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One saved `setProxyConfig` entry; (url, method) is its key. */
export interface ProxyConfig {
  url: string;
  method: ProxyMethod;
  headers: Record<string, string>;
  data: Record<string, string>;
}

export interface PluginOnPage {
  id: string;
  name: string;
  /** Live settings on record pages, those of the test environment on the settings page; null = never saved. */
  config: PluginConfig | null;
}

/** Everything the page's script must know before the first plug-in file runs; kintone's own APIs are synchronous there. */
export interface Bootstrap {
  page: PageKind;
  isMobile: boolean;
  /** Pages below `/k/admin/preview/` work with the prepared settings of the app. */
  isTestEnvironment: boolean;
  user: LoginUser;
  requestToken: string;
  isSystemAdministrator: boolean;
  app: { id: number; name: string; permissions: { addRecord: boolean; editApp: boolean } } | null;
  apps: { id: string; name: string }[];
  plugins: PluginOnPage[];
  /** Only on the settings page of a plug-in. */
  settings: { pluginId: string; pluginName: string; html: string; proxyConfigs: ProxyConfig[] } | null;
  /** Only on the plug-in list of an app. */
  pluginList: PluginListItem[];
}

export interface PluginListItem {
  id: string;
  name: string;
  description: string;
  version: string;
  hasConfig: boolean;
  /** Names listed in the manifest's `required_params` that no saved setting has yet. */
  missingParams: string[];
}

interface Member {
  id: string;
  code: string;
  name: string;
}

/** Where a user belongs, in the shapes of `kintone.user`. */
export interface Memberships {
  groups: Member[];
  organizations: { organization: Member & { primary: boolean }; title: Member | null }[];
}

/** A record as scripts see it: `disabled` and `error` may be put beside the value. */
export type EventRecord = Record<
  string,
  { type: string; value: unknown; disabled?: boolean; error?: string }
>;

/** Deep copy, so that a handler can change its record without changing the page's. */
export function copyRecord(record: KintoneRecord | EventRecord): EventRecord {
  return structuredClone(record) as EventRecord;
}

/** Places of the pages' own endpoints; they are no part of the REST API. */
export const endpoints = {
  script: '/k/api/page/script.js',
  style: '/k/api/page/style.css',
  hostile: '/k/api/page/hostile.css',
  pluginFile: '/k/api/plugin/content/download.do',
  setConfig: '/k/api/plugin/config/update.json',
  setProxyConfig: '/k/api/plugin/proxyConfig/update.json',
  pluginProxy: '/k/api/plugin/proxy/call.json',
  proxy: '/k/api/proxy/call.json',
  memberships: '/k/api/page/memberships.json',
} as const;

/**
 * Marks requests that the page makes for itself. The real pages do not use the REST API for that, so these must
 * not show up in request logs and quotas, nor use up an injected fault that is meant for a script.
 */
export const pageRequestHeader = 'x-local-page';

/** What the proxy endpoints answer; a refusal is passed to the script as its JSON text, as kintone does. */
export type ProxyReply =
  | { ok: true; body: string; status: number; headers: Record<string, string> }
  | { ok: false; error: { code: string; id: string; message: string } };
