/** Portal, app settings ("flow") page, plug-in list and the frame of a plug-in's settings page. */
import { showNotification } from './dialogs';
import { button, make } from './dom';
import { fire } from './events';
import { appCrumbs, type Crumb, drawFrame } from './frame';
import { bootstrap, currentApp, state, text } from './page';
import { fail } from './record-save';
import { request } from './rest';

function settingsCrumbs(...more: Crumb[]): Crumb[] {
  const flow = `/k/admin/app/flow?app=${currentApp().id}`;
  return appCrumbs({ label: text('appSettings'), href: flow }, ...more);
}

const pluginListUrl = (): string => `/k/admin/app/${currentApp().id}/plugin/`;

/** The list of apps. */
export async function startPortal(): Promise<void> {
  state.screen = 'portal';
  const content = drawFrame([{ label: text('portal'), href: null }]);
  const root = bootstrap.isMobile ? '/k/m' : '/k';
  const items = bootstrap.apps.map(({ id, name }) =>
    make('li', {}, make('a', { class: 'lk-app-link', href: `${root}/${id}/` }, name)),
  );
  const list = make('ul', { class: 'lk-apps' }, ...items);
  const none = items.length === 0 ? make('p', { class: 'lk-muted' }, text('noApps')) : null;
  content.append(make('section', { class: 'lk-panel' }, make('h1', {}, text('apps')), none ?? list));
  await fire({ type: bootstrap.isMobile ? 'mobile.portal.show' : 'portal.show' });
}

type DeployState = 'PROCESSING' | 'SUCCESS' | 'FAIL' | 'CANCEL';

/** Asks again every so often until the deployment has ended. */
async function deployed(app: number): Promise<DeployState> {
  const pauseMs = 150;
  for (;;) {
    const answer = await request<{ apps: { status: DeployState }[] }>('/k/v1/preview/app/deploy', 'GET', {
      apps: [app],
    });
    const status = answer.apps[0]?.status ?? 'FAIL';
    if (status !== 'PROCESSING') return status;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function updateApp(): Promise<void> {
  const app = currentApp().id;
  await showNotification('INFO', text('updating'));
  await request('/k/v1/preview/app/deploy', 'POST', { apps: [{ app }] });
  const status = await deployed(app);
  if (status === 'SUCCESS') await showNotification('SUCCESS', text('updated'));
  else await showNotification('ERROR', text('updateFailed'));
}

/** App settings with the button that makes prepared settings live. */
export async function startAppSettings(): Promise<void> {
  state.screen = 'admin';
  const content = drawFrame(appCrumbs({ label: text('appSettings'), href: null }));
  const update = button(text('updateApp'), 'lk-primary lk-update-app', () => {
    update.disabled = true;
    updateApp()
      .catch(fail)
      .finally(() => {
        update.disabled = false;
      });
  });
  content.append(
    make(
      'section',
      { class: 'lk-panel' },
      make('div', { class: 'lk-panel-head' }, make('h1', {}, text('appSettings')), update),
      make('p', { class: 'lk-muted' }, text('updateAppNote')),
      make(
        'ul',
        { class: 'lk-settings-links' },
        make('li', {}, make('a', { href: pluginListUrl() }, text('pluginList'))),
      ),
      make('a', { href: `/k/${currentApp().id}/` }, text('backToApp')),
    ),
  );
}

/** The plug-ins of an app with what they still need. */
export async function startPluginList(): Promise<void> {
  state.screen = 'admin';
  const content = drawFrame(settingsCrumbs({ label: text('pluginList'), href: null }));
  const items = bootstrap.pluginList.map((plugin) => {
    const names = plugin.missingParams.join(', ');
    const missing =
      names === '' ? null : make('p', { class: 'lk-missing' }, text('missingParams', { names }));
    const address = `${pluginListUrl()}config?pluginId=${plugin.id}`;
    const open = plugin.hasConfig
      ? make('a', { href: address, class: 'lk-open-settings' }, text('openSettings'))
      : null;
    return make(
      'li',
      { class: 'lk-plugin' },
      make(
        'div',
        {},
        make('b', {}, plugin.name),
        ' ',
        make('span', {}, text('version', { version: plugin.version })),
      ),
      make('p', { class: 'lk-muted' }, plugin.description),
      missing,
      open,
    );
  });
  const none = items.length === 0 ? make('p', { class: 'lk-muted' }, text('noPlugins')) : null;
  const list = make('ul', { class: 'lk-plugins' }, ...items);
  content.append(make('section', { class: 'lk-panel' }, make('h1', {}, text('pluginList')), none ?? list));
  if (new URLSearchParams(location.search).get('message') === 'CONFIG_SAVED') {
    await showNotification('SUCCESS', text('configSaved'));
  }
}

/**
 * The frame of a plug-in's settings page with its config.html in it. Runs before the plug-in's own files, which
 * expect the fragment's elements. DOMParser never lets scripts of the fragment run.
 */
export function drawPluginConfig(): void {
  const { settings } = bootstrap;
  if (settings === null) throw new Error('This is not the settings page of a plug-in.');
  state.screen = 'pluginConfig';
  const content = drawFrame(
    settingsCrumbs(
      { label: text('pluginList'), href: pluginListUrl() },
      { label: settings.pluginName, href: null },
    ),
  );
  const parsed = new DOMParser().parseFromString(settings.html, 'text/html');
  const nodes = [...parsed.head.childNodes, ...parsed.body.childNodes];
  content.append(
    make('h1', { class: 'lk-config-title' }, `${text('pluginSettings')}: ${settings.pluginName}`),
    make('div', { class: 'lk-plugin-config' }, ...nodes),
  );
}

/** A page that is not there, or not for this user. */
export async function startNotFound(): Promise<void> {
  state.screen = 'admin';
  const content = drawFrame(appCrumbs());
  const message = bootstrap.app === null ? text('notFound') : text('noPermission');
  content.append(make('section', { class: 'lk-panel' }, make('h1', {}, message)));
}
