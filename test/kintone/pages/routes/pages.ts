/** Every page behind the login: finds out which page an address means and sends its document. */
import { finishDueDeploys } from '../../server/deployment';
import type { RouteHandler, Session } from '../../server/types';
import type { App } from '../../store/app';
import { type PluginFiles, pageDocument } from '../document';
import type { PagesContext } from '../host';
import { redirect, sendHtml } from '../http';
import { liveSettings, preparedSettings } from '../plugins/settings';
import { pluginName } from '../plugins/store';
import { rightsOf } from '../rights';
import { type Bootstrap, endpoints, type LoginUser, type PageKind, type UserLanguage } from '../shared';

interface Address {
  page: PageKind;
  appId: string | null;
  isMobile: boolean;
  /** A page of the test environment. */
  isPreview: boolean;
}

/** The first group tells a phone page or a page of the test environment, the second the app. */
const patterns: [RegExp, PageKind][] = [
  [/^\/k\/(m\/)?$/, 'portal'],
  [/^\/k\/(m\/|admin\/preview\/)?(\d+)\/?$/, 'list'],
  [/^\/k\/(m\/|admin\/preview\/)?(\d+)\/show$/, 'record'],
  [/^\/k\/(m\/|admin\/preview\/)?(\d+)\/edit$/, 'create'],
  [/^\/k\/admin\/app\/()(\d+)\/plugin\/?$/, 'pluginList'],
  [/^\/k\/admin\/app\/()(\d+)\/plugin\/config$/, 'pluginConfig'],
];

const nowhere: Address = { page: 'notFound', appId: null, isMobile: false, isPreview: false };

function readAddress(url: URL): Address | null {
  if (url.pathname === '/k/admin/app/flow') {
    return { page: 'appSettings', appId: url.searchParams.get('app'), isMobile: false, isPreview: false };
  }
  for (const [pattern, page] of patterns) {
    const match = pattern.exec(url.pathname);
    if (match === null) continue;
    const [, kind = '', appId = null] = match;
    return { page, appId, isMobile: kind === 'm/', isPreview: kind === 'admin/preview/' };
  }
  return null;
}

/** `getLoginUser()` knows only these; any other language arrives as English. */
const languages: readonly string[] = ['ja', 'en', 'zh', 'zh-TW', 'es', 'pt-BR', 'th'];

function loginUser({ user }: Session): LoginUser {
  const language = languages.includes(user.language) ? user.language : 'en';
  return {
    id: user.id,
    code: user.code,
    name: user.name,
    email: user.email,
    url: '',
    employeeNumber: '',
    phone: '',
    mobilePhone: '',
    extensionNumber: '',
    timezone: user.timezone,
    isGuest: user.isGuest,
    language: language as UserLanguage,
  };
}

const adminPages: readonly PageKind[] = ['appSettings', 'pluginList', 'pluginConfig'];

/** Whether this user may see this page of the app; an app that was never deployed has only its settings. */
function mayOpen({ host }: PagesContext, session: Session, { page, isPreview }: Address, app: App): boolean {
  const rights = rightsOf(host.store, session.user, app);
  if (adminPages.includes(page)) return rights.manage;
  return app.live !== null && (isPreview ? rights.manage : rights.view || rights.add);
}

function visibleApps(context: PagesContext, session: Session, address: Address): Bootstrap['apps'] {
  const apps = [...context.host.store.apps.values()];
  return apps.filter((app) => mayOpen(context, session, address, app)).map(({ id, name }) => ({ id, name }));
}

interface AppPart {
  bootstrap: Partial<Bootstrap>;
  files: PluginFiles[];
}

/** Plug-ins of a record page: those of the live app, in the test environment those of the prepared one. */
function recordPart({ plugins }: PagesContext, address: Address, app: App, language: string): AppPart {
  const { isMobile, isPreview } = address;
  const found = plugins.inApp((isPreview ? app.preview : app.live)?.plugins ?? []);
  const settings = isPreview ? preparedSettings : liveSettings;
  return {
    bootstrap: {
      plugins: found.map(({ id, manifest }) => ({
        id,
        name: pluginName(manifest, language),
        config: settings(app, id).config,
      })),
    },
    files: found.map((plugin) => {
      const list = isMobile ? plugin.manifest.mobile : plugin.manifest.desktop;
      return { id: plugin.id, ...plugins.addresses(plugin, list, endpoints.pluginFile) };
    }),
  };
}

/** The one plug-in of a settings page, with its prepared settings; null when it is not in the app or has no page. */
function settingsPart(
  { plugins }: PagesContext,
  app: App,
  pluginId: string,
  language: string,
): AppPart | null {
  const plugin = plugins.find(pluginId);
  const config = plugin?.manifest.config;
  if (plugin === undefined || config?.html === undefined || !app.preview.plugins.includes(pluginId))
    return null;
  const prepared = preparedSettings(app, pluginId);
  const name = pluginName(plugin.manifest, language);
  return {
    bootstrap: {
      plugins: [{ id: pluginId, name, config: prepared.config }],
      settings: {
        pluginId,
        pluginName: name,
        html: plugins.configHtml(plugin),
        proxyConfigs: [...prepared.proxyConfigs],
      },
    },
    files: [{ id: pluginId, ...plugins.addresses(plugin, config, endpoints.pluginFile) }],
  };
}

function appPart(
  context: PagesContext,
  address: Address,
  app: App,
  url: URL,
  language: string,
): AppPart | null {
  const { plugins } = context;
  switch (address.page) {
    case 'pluginConfig':
      return settingsPart(context, app, url.searchParams.get('pluginId') ?? '', language);
    case 'pluginList': {
      const found = plugins.inApp(app.preview.plugins);
      return {
        bootstrap: { pluginList: found.map((one) => plugins.listItem(app, one, language)) },
        files: [],
      };
    }
    case 'appSettings':
      return { bootstrap: {}, files: [] };
    default:
      return recordPart(context, address, app, language);
  }
}

export function pagesRoute(context: PagesContext): RouteHandler {
  const { host, options } = context;
  return (request, response, url, session) => {
    if (url.pathname === '/' || url.pathname === '/k') return redirect(response, '/k/');
    if (url.pathname !== '/k/' && !url.pathname.startsWith('/k/')) return false;
    if (request.method !== 'GET' || /^\/k\/(v1|guest|api)\//.test(url.pathname)) return false;
    if (session === null) {
      return redirect(response, `/login?to=${encodeURIComponent(url.pathname + url.search)}`);
    }
    finishDueDeploys(host.store);
    const user = loginUser(session);
    const address = readAddress(url) ?? nowhere;
    const app = address.appId === null ? undefined : host.store.apps.get(address.appId);
    const isAllowed = app !== undefined && mayOpen(context, session, address, app);
    const part = app !== undefined && isAllowed ? appPart(context, address, app, url, user.language) : null;
    const isFound = address.page === 'portal' || part !== null;
    const rights = app === undefined ? null : rightsOf(host.store, session.user, app);
    const bootstrap: Bootstrap = {
      page: isFound ? address.page : 'notFound',
      isMobile: address.isMobile,
      isTestEnvironment: address.isPreview,
      user,
      requestToken: session.requestToken,
      isSystemAdministrator: session.user.isAdmin,
      app:
        app === undefined || rights === null
          ? null
          : {
              id: Number(app.id),
              name: app.name,
              permissions: { addRecord: rights.add, editApp: rights.manage },
            },
      apps: address.page === 'portal' ? visibleApps(context, session, address) : [],
      plugins: [],
      settings: null,
      pluginList: [],
      ...part?.bootstrap,
    };
    const document = pageDocument({
      bootstrap,
      plugins: part?.files ?? [],
      hostile: url.searchParams.get('hostile'),
      hasDecoy: part !== null && (options.decoyPlugin || url.searchParams.get('decoy') === '1'),
    });
    return sendHtml(response, document, isFound ? 200 : 404);
  };
}
