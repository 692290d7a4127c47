/** The panel in a real browser, for the tests of one file. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from '../../kintone-tests/pages/browser';
import { bundle, openHarness } from './browser';
import type { PanelHarness } from './main';
import type { ScenarioName } from './scenarios';

export type Globals = typeof globalThis & { readonly panelHarness: PanelHarness; readonly axe: typeof axe };

let context: BrowserContext;
let script: string;
/** Opened last. */
export let page: Page;

/** Call once per file: a page is there before its first test, and its browser gone after its last. */
export function inBrowser(): void {
  let browser: Browser;
  beforeAll(async () => {
    [browser, script] = await Promise.all([launchBrowser(), bundle(new URL('./main.tsx', import.meta.url))]);
    context = await browser.newContext();
    await openPage();
  });
  afterAll(() => browser.close());
}

async function openPage(options: { readonly css?: string } = {}): Promise<void> {
  page = await openHarness(context, { script, ...options });
}

/** A page that nothing was done to yet, for tests that change the page itself. */
export async function freshPage(options: { readonly css?: string } = {}): Promise<void> {
  await page.close();
  await openPage(options);
}

export const show = (name: ScenarioName, choices: object = {}): Promise<void> =>
  page.evaluate(([n, more]) => (globalThis as Globals).panelHarness.show(n, { language: 'ja', ...more }), [
    name,
    choices,
  ] as const);
export const scenario = (name: ScenarioName): Promise<void> =>
  page.evaluate((n) => (globalThis as Globals).panelHarness.scenario(n), name);
export const calls = (): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as Globals).panelHarness.calls]);
export const handleCalls = (): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as Globals).panelHarness.handleCalls()]);
export const card = (): Locator => page.locator('[data-nagare=card]');
export const focused = (): Promise<string> =>
  page.evaluate(() => {
    const inside = document.activeElement?.shadowRoot?.activeElement;
    return inside?.textContent ?? document.activeElement?.id ?? '';
  });

/** What axe finds on the card. */
export async function violations(): Promise<readonly string[]> {
  if (await page.evaluate(() => !('axe' in globalThis))) await page.addScriptTag({ content: axe.source });
  return page.evaluate(async () => {
    const { violations: found } = await (globalThis as Globals).axe.run({
      include: ['[data-nagare]'],
    });
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
  });
}
