/**
 * `kintone.buildPageUrl` and `kintone.getPageType`.
 * Facts: https://cybozu.dev/ja/kintone/docs/js-api/kintone/build-page-url/ and .../get-page-type
 */
import { bootstrap, state } from './page';

interface PageParams {
  appId?: string | number;
  recordId?: string | number;
  viewId?: string | number;
}

function required(params: PageParams, name: 'appId' | 'recordId'): string {
  const value = params[name];
  if (value === undefined) throw new Error(`buildPageUrl needs params.${name}.`);
  return encodeURIComponent(String(value));
}

const viewQuery = (params: PageParams): string =>
  params.viewId === undefined ? '' : `?view=${encodeURIComponent(String(params.viewId))}`;

const builders: Record<string, (params: PageParams) => string> = {
  APP_INDEX: (params) => `/k/${required(params, 'appId')}/${viewQuery(params)}`,
  APP_CREATE: (params) => `/k/${required(params, 'appId')}/edit`,
  APP_DETAIL: (params) => `/k/${required(params, 'appId')}/show#record=${required(params, 'recordId')}`,
  APP_EDIT: (params) =>
    `/k/${required(params, 'appId')}/show#record=${required(params, 'recordId')}&mode=edit`,
  APP_INDEX_MOBILE: (params) => `/k/m/${required(params, 'appId')}/${viewQuery(params)}`,
  APP_CREATE_MOBILE: (params) => `/k/m/${required(params, 'appId')}/edit`,
  APP_DETAIL_MOBILE: (params) =>
    `/k/m/${required(params, 'appId')}/show?record=${required(params, 'recordId')}`,
  APP_EDIT_MOBILE: (params) =>
    `/k/m/${required(params, 'appId')}/show?record=${required(params, 'recordId')}#mode=edit`,
  PORTAL_TOP: () => '/k/',
  PORTAL_TOP_MOBILE: () => '/k/m/',
};

/**
 * Absolute URL of a page.
 * @throws (rejects) for a page this kintone does not have, or when a parameter is missing.
 */
export async function buildPageUrl(page: string, params: PageParams = {}): Promise<string> {
  const builder = builders[page];
  if (builder === undefined) throw new Error(`Unknown page: ${page}`);
  return new URL(builder(params), location.origin).href;
}

const pageNames: Record<string, string> = {
  list: 'APP_INDEX',
  detail: 'APP_DETAIL',
  create: 'APP_CREATE',
  edit: 'APP_EDIT',
  portal: 'PORTAL_TOP',
};

/** What kind of page this is; `page` is null where the documentation names none. */
export async function getPageType(): Promise<{ type: string; page: string | null }> {
  if (bootstrap.page === 'pluginConfig') {
    return { type: 'APP_SETTINGS', page: 'APP_SETTINGS_PLUGIN_SETTINGS' };
  }
  if (bootstrap.page === 'pluginList' || bootstrap.page === 'appSettings') {
    return { type: 'APP_SETTINGS', page: null };
  }
  const name = pageNames[state.screen];
  if (name === undefined) return { type: bootstrap.page === 'portal' ? 'PORTAL' : 'APP', page: null };
  return {
    type: name.startsWith('PORTAL') ? 'PORTAL' : 'APP',
    page: bootstrap.isMobile ? `${name}_MOBILE` : name,
  };
}
