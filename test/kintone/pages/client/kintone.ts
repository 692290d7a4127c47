/** Puts the global `kintone` together. */
import { app, mobileApp } from './app-api';
import {
  createBottomSheet,
  createDialog,
  showConfirmBottomSheet,
  showConfirmDialog,
  showLoading,
  showNotification,
} from './dialogs';
import { off, on } from './events';
import { bootstrap } from './page';
import { buildPageUrl, getPageType } from './page-url';
import { pluginApp } from './plugin-api';
import { proxy } from './proxy';
import { api, getConcurrencyLimit, url, urlForGet } from './rest';
import { user } from './user-api';

/** Makes `window.kintone`; `$PLUGIN_ID` is overwritten by the page before each plug-in's files. */
export function createKintone() {
  return {
    $PLUGIN_ID: undefined as string | undefined,
    events: { on, off },
    api: Object.assign(api, { url, urlForGet, getConcurrencyLimit }),
    proxy,
    app,
    mobile: {
      app: mobileApp,
      createBottomSheet,
      showConfirmBottomSheet,
      showNotification,
      showLoading,
    },
    plugin: { app: pluginApp },
    user,
    getLoginUser: () => ({ ...bootstrap.user }),
    getRequestToken: () => bootstrap.requestToken,
    getUiVersion: () => 2,
    getDomain: async () => location.host,
    isMobilePage: async () => bootstrap.isMobile,
    isMobileApp: async () => false,
    isUsersAndSystemAdministrator: async () => bootstrap.isSystemAdministrator,
    isRevampedUI: async () => false,
    getPageType,
    buildPageUrl,
    createDialog,
    showConfirmDialog,
    showNotification,
    showLoading,
    Promise,
  };
}
