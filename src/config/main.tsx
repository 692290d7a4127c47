/** Entry of the settings page. kintone puts `plugin/config.html` on the page and then runs this script. */
import '../ui/tokens.css';
import '../ui/reset.css';
import { createRoot } from 'react-dom/client';
import { randomId } from '../definition/create';
import type { AppRef } from '../definition/types';
import { realClock } from '../kintone/clock';
import { configPageKintone } from '../kintone/plugin-config';
import { createSecretStore } from '../kintone/proxy-secrets';
import { settingsPageSend } from '../kintone/settings-page-send';
import { createSettingsStore } from '../kintone/settings-store';
import { localeOf, pickLanguage } from '../ui/i18n';
import { App } from './app/App';
import type { Environment } from './app/environment';
import { createConfigClient } from './client';

// Read at once: the next plug-in's script overwrites the global.
const pluginId = configPageKintone().$PLUGIN_ID;

/** Settings pages in a guest space live under `/k/guest/{space}/`. */
function guestSpaceId(): string | undefined {
  return /^\/k\/guest\/(\d+)\//.exec(location.pathname)?.[1];
}

function start(mount: HTMLElement): void {
  const kintone = configPageKintone();
  const user = kintone.getLoginUser();
  const space = guestSpaceId();
  const appId = String(kintone.app.getId() ?? '');
  const callingApp: AppRef = space === undefined ? { appId } : { appId, guestSpaceId: space };
  const language = pickLanguage(user.language);
  const client = createConfigClient(callingApp);
  const settings = createSettingsStore({
    pluginId,
    api: kintone.plugin.app,
    user: { code: user.code, name: user.name },
    nowMs: Date.now,
    revision: client.settingsRevision,
  });
  const environment: Environment = {
    callingApp,
    language,
    timeZone: user.timezone,
    user: { name: user.name },
    client,
    settings,
    secrets: createSecretStore(kintone.plugin.app, (ms) => realClock.sleep(ms), settings.beside),
    connectors: {
      send: settingsPageSend((...call) => kintone.proxy(...call), kintone.plugin.app, realClock),
      clock: realClock,
    },
    newId: () => randomId((count) => crypto.getRandomValues(new Uint8Array(count))),
    nowMs: Date.now,
  };
  mount.classList.add('nagare-root');
  mount.lang = localeOf(language);
  createRoot(mount).render(<App environment={environment} root={mount} />);
}

const mount = document.getElementById('nagare-config');
if (mount !== null) start(mount);
