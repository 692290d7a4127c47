/** Entry of the page's script: the global `kintone` first, then plug-in files run, then the page starts. */
import './style.css';
import {
  drawPluginConfig,
  startAppSettings,
  startNotFound,
  startPluginList,
  startPortal,
} from './admin-pages';
import { createKintone } from './kintone';
import { startListPage } from './list-page';
import { bootstrap } from './page';
import { startRecordPage } from './record-page';
import { fail } from './record-save';

Object.defineProperty(window, 'kintone', { value: createKintone(), configurable: true });

const starts = {
  portal: startPortal,
  list: startListPage,
  record: startRecordPage,
  create: startRecordPage,
  appSettings: startAppSettings,
  pluginList: startPluginList,
  pluginConfig: async () => {},
  notFound: startNotFound,
};

// The settings page stands before the plug-in's files run; every other page waits for them, so that handlers
// registered at load see the first show event.
if (bootstrap.page === 'pluginConfig') drawPluginConfig();
window.addEventListener('DOMContentLoaded', () => starts[bootstrap.page]().catch(fail));
