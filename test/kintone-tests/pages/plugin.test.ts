import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser';
import { appId, type Local, loggedIn, startLocal, watchErrors } from './local';
import { packPlugin } from './make-plugin';
import type { PageKintone } from './page-kintone';

declare const kintone: PageKintone;

const desktop = `((id) => {
  window.loadOrder = [...(window.loadOrder ?? []), 'first:' + (kintone.$PLUGIN_ID === id)];
  kintone.events.on('app.record.detail.show', (event) => {
    const space = kintone.app.record.getHeaderMenuSpaceElement();
    if (space.querySelector('.run') === null) {
      const config = kintone.plugin.app.getConfig(id);
      const button = document.createElement('button');
      button.className = 'run';
      button.dataset.plugin = id;
      button.textContent = config === null ? 'not set up' : config.label;
      space.append(button);
    }
    return event;
  });
})(kintone.$PLUGIN_ID);`;

const source = {
  manifest: {
    desktop: { js: ['js/desktop.js', 'js/second.js'], css: ['css/desktop.css'] },
    config: {
      html: 'html/config.html',
      js: ['js/config.js'],
      css: ['css/config.css'],
      required_params: ['label'],
    },
  },
  files: {
    'js/desktop.js': desktop,
    'js/second.js': 'window.loadOrder.push("second");',
    'css/desktop.css': '.run { outline: 3px solid rgb(1, 2, 3); }',
    'html/config.html':
      '<style>#name { color: rgb(4, 5, 6); }</style><p id="name">Hello</p><script>window.fragmentRan = true;</script>',
    'js/config.js':
      'window.configPluginId = kintone.$PLUGIN_ID; window.fragmentSeen = document.querySelector("#name") !== null;',
    'css/config.css': '#name { outline: 2px solid rgb(7, 8, 9); }',
  },
};

let browser: Browser;
let local: Local;
let context: BrowserContext;

beforeAll(async () => {
  [browser, local] = await Promise.all([launchBrowser(), startLocal(source)]);
  context = await loggedIn(browser, local);
});

afterAll(async () => {
  await browser.close();
  await local.close();
});

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(local.url + path);
  return page;
}

const configPath = (): string => `/k/admin/app/${appId}/plugin/config?pluginId=${local.pluginId}`;

describe('loading a packed plug-in', () => {
  it('runs its files in the manifest order and shows its button once per document', async () => {
    const page = await context.newPage();
    const errors = watchErrors(page);
    await page.goto(`${local.url}/k/${appId}/show?decoy=1#record=1`);
    const button = page.locator('.run');
    await button.waitFor();
    expect(await button.getAttribute('data-plugin')).toBe(local.pluginId);
    expect(await button.evaluate((one) => getComputedStyle(one).outlineColor)).toBe('rgb(1, 2, 3)');
    const loaded = await page.evaluate(() => ({
      order: (window as unknown as { loadOrder: string[] }).loadOrder,
      lastId: kintone.$PLUGIN_ID,
      decoy: document.documentElement.dataset['decoy'],
    }));
    expect(loaded).toEqual({
      order: ['first:true', 'second'],
      lastId: expect.stringMatching(/^decoy/),
      decoy: 'loaded',
    });
    await page.evaluate(() => location.assign('#record=2'));
    await page.getByText('Customer 2').waitFor();
    expect(await button.count()).toBe(1);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('serves plug-in files under opaque addresses only', async () => {
    const page = await open(`/k/${appId}/show#record=1`);
    const sources = await page
      .locator('script[src]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('src')));
    const own = sources.filter((address) => address?.includes('download.do'));
    expect(own).toHaveLength(2);
    for (const address of own)
      expect(address).toMatch(/\/k\/api\/plugin\/content\/download\.do\?contentId=\w+$/);
    await page.close();
  });

  it('loads each hostile style sheet', async () => {
    const page = await open(`/k/${appId}/show#record=1`);
    const style = async () => {
      await page.locator('.run').waitFor();
      return page.locator('.run').evaluate((one) => {
        const { paddingLeft, backgroundColor, letterSpacing, boxSizing } = getComputedStyle(one);
        return JSON.stringify({ paddingLeft, backgroundColor, letterSpacing, boxSizing });
      });
    };
    const seen = [await style()];
    for (const number of ['1', '2', '3', '4']) {
      await page.goto(`${local.url}/k/${appId}/show?hostile=${number}#record=1`);
      seen.push(await style());
    }
    expect(new Set(seen).size).toBe(5);
    await page.close();
  });
});

describe('the settings page', () => {
  it('holds the fragment before its script runs, and never runs scripts of the fragment', async () => {
    const page = await open(configPath());
    const found = await page.evaluate(() => {
      const { fragmentRan, fragmentSeen, configPluginId } = window as unknown as Record<string, unknown>;
      const style = getComputedStyle(document.querySelector('#name') as Element);
      return { fragmentRan, fragmentSeen, configPluginId, color: style.color, outline: style.outlineColor };
    });
    expect(found).toEqual({
      fragmentRan: undefined,
      fragmentSeen: true,
      configPluginId: local.pluginId,
      color: 'rgb(4, 5, 6)',
      outline: 'rgb(7, 8, 9)',
    });
    await page.close();
  });

  it('saves for the test environment; the button that updates the app makes it live', async () => {
    const page = await open(configPath());
    await page.evaluate(
      () => new Promise<void>((saved) => kintone.plugin.app.setConfig({ label: 'Run it' }, saved)),
    );
    const id = local.pluginId;
    expect(await page.evaluate((one) => kintone.plugin.app.getConfig(one), id)).toEqual({ label: 'Run it' });
    await page.goto(`${local.url}/k/${appId}/show#record=1`);
    expect(await page.locator('.run').textContent()).toBe('not set up');
    await page.goto(`${local.url}/k/admin/app/flow?app=${appId}`);
    await page.locator('.lk-update-app').click();
    await page.locator('.lk-notification-success').waitFor();
    await page.goto(`${local.url}/k/${appId}/show#record=1`);
    expect(await page.locator('.run').textContent()).toBe('Run it');
    await page.close();
  });

  it('shows prepared settings in the test environment, and late ones late', async () => {
    const page = await open(configPath());
    await page.evaluate(
      () => new Promise<void>((saved) => kintone.plugin.app.setConfig({ label: 'Prepared' }, saved)),
    );
    await page.goto(`${local.url}/k/admin/preview/${appId}/show#record=1`);
    await page.locator('.run').waitFor();
    expect(await page.locator('.run').textContent()).toBe('Prepared');
    expect(await page.evaluate(() => kintone.app.isTestEnvironment())).toBe(true);
    await page.goto(`${local.url}/k/${appId}/show?lateConfigMs=3600000#record=1`);
    await page.locator('.run').waitFor();
    expect(await page.locator('.run').textContent()).toBe('not set up');
    expect(await page.evaluate(() => kintone.app.isTestEnvironment())).toBe(false);
    await page.close();
  });

  it('goes to the plug-in list with a message when setConfig has no callback', async () => {
    const page = await open(configPath());
    await page.evaluate(() => kintone.plugin.app.setConfig({ label: '' }));
    await page.waitForURL(/\/k\/admin\/app\/5\/plugin\/\?message=CONFIG_SAVED/);
    await page.locator('.lk-notification-success').waitFor();
    // An empty required setting counts as missing.
    expect(await page.locator('.lk-missing').textContent()).toContain('label');
    await page.close();
  });

  it.each([
    ['a value that is no text', { a: 1 }],
    ['a key beyond ASCII', { あ: 'x' }],
    ['a value that is too long', { a: 'x'.repeat(65_536) }],
  ])('refuses %s, shows it and keeps what was saved', async (_name, config) => {
    const page = await open(configPath());
    const id = local.pluginId;
    const before = await page.evaluate((one) => kintone.plugin.app.getConfig(one), id);
    await page.evaluate((bad) => {
      window.seen = [];
      kintone.plugin.app.setConfig(bad as Record<string, string>, () => window.seen.push({}));
    }, config);
    await page.locator('.lk-notification-error').waitFor();
    expect(await page.evaluate(() => window.seen)).toEqual([]);
    await page.reload();
    expect(await page.evaluate((one) => kintone.plugin.app.getConfig(one), id)).toEqual(before);
    await page.close();
  });

  it('is the only page with setConfig and getProxyConfig', async () => {
    const page = await open(`/k/${appId}/show#record=1`);
    const messages = await page.evaluate(() =>
      [
        () => kintone.plugin.app.setConfig({}),
        () => kintone.plugin.app.getProxyConfig('http://h/', 'GET'),
      ].map((call) => {
        try {
          call();
          return null;
        } catch (error) {
          return String(error);
        }
      }),
    );
    expect(messages).toEqual([
      expect.stringContaining('setConfig'),
      expect.stringContaining('getProxyConfig'),
    ]);
    await page.close();
  });

  it('is closed to users who may not manage the app', async () => {
    const other = await loggedIn(browser, local, 'jane');
    const page = await other.newPage();
    const answer = await page.goto(local.url + configPath());
    expect(answer?.status()).toBe(404);
    expect(await page.evaluate(() => kintone.plugin.app.getConfig('x'))).toBeNull();
    await other.close();
  });
});

describe('plug-in endpoints for tests and demos', () => {
  it('installs a zip and adds it to an app', async () => {
    const zip = packPlugin({ manifest: { name: { en: 'Second' } }, files: {} });
    const installed = await fetch(`${local.url}/admin/plugin`, { method: 'POST', body: new Uint8Array(zip) });
    const { id } = (await installed.json()) as { id: string };
    const added = await fetch(`${local.url}/admin/app-plugin`, {
      method: 'POST',
      body: JSON.stringify({ app: appId, id }),
    });
    expect(added.status).toBe(200);
    const page = await open(`/k/admin/app/${appId}/plugin/`);
    await page.getByText('Second').waitFor();
    expect(await page.locator('.lk-plugin').count()).toBe(2);
    await page.close();
  });

  it.each([
    ['/admin/plugin', 'no zip', 'NOT_A_ZIP'],
    ['/admin/app-plugin', JSON.stringify({ app: 5, id: 'unknown' }), 'UNKNOWN_PLUGIN'],
    ['/admin/app-plugin', JSON.stringify({ app: 99, id: 'unknown' }), 'UNKNOWN_APP'],
  ])('%s answers %s with a code', async (path, body, code) => {
    const answer = await fetch(local.url + path, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code });
  });
});

describe('the autoDeploy option', () => {
  it('makes saved settings live at once', async () => {
    const quick = await startLocal(source, { autoDeploy: true });
    const inside = await loggedIn(browser, quick);
    const page = await inside.newPage();
    await page.goto(`${quick.url}/k/admin/app/${appId}/plugin/config?pluginId=${quick.pluginId}`);
    await page.evaluate(
      () => new Promise<void>((saved) => kintone.plugin.app.setConfig({ label: 'At once' }, saved)),
    );
    await page.goto(`${quick.url}/k/${appId}/show#record=1`);
    expect(await page.locator('.run').textContent()).toBe('At once');
    await inside.close();
    await quick.close();
  });
});
