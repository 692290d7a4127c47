/**
 * Photographs the states of the settings page in a local kintone and runs axe-core over them:
 * node scripts/run.mjs test/config/harness/look.ts OUT_DIR [ja|en|zh] [WIDTH] [HOSTILE_SHEET 1-4]
 * Needs dist/nagare.zip (`npm run build && npm run pack`). Exits with 1 when axe finds something.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { commands as commandsEn } from '../../../src/ui/dictionaries/en/commands';
import { config as configEn } from '../../../src/ui/dictionaries/en/config';
import { commands as commandsJa } from '../../../src/ui/dictionaries/ja/commands';
import { config as configJa } from '../../../src/ui/dictionaries/ja/config';
import { commands as commandsZh } from '../../../src/ui/dictionaries/zh/commands';
import { config as configZh } from '../../../src/ui/dictionaries/zh/config';
import { stage } from '../../e2e/stage';
import { violations } from './axe';
import { CALLING_APP, world, worldSettings } from './world';

const TEXTS = {
  ja: { ...configJa, commands: commandsJa },
  en: { ...configEn, commands: commandsEn },
  zh: { ...configZh, commands: commandsZh },
};

const [outDir = 'look', languageArgument = 'ja', widthArgument = '1280', hostile = ''] =
  process.argv.slice(2);
const language = languageArgument === 'en' || languageArgument === 'zh' ? languageArgument : 'ja';
const t = TEXTS[language];
mkdirSync(outDir, { recursive: true });

const scene = await stage(world(language), [CALLING_APP]);
await scene.configure(CALLING_APP, worldSettings);
const { page } = await scene.open('admin', { viewport: { width: Number(widthArgument), height: 800 } });
page.on('pageerror', (error) => console.log('PAGE ERROR', error.message));
page.on('console', (message) => {
  if (message.type() === 'error') console.log('CONSOLE', message.text());
});
let faults = 0;

async function shoot(name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  // Sticky parts cover what is behind them; at the end of the page nothing is.
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.screenshot({ path: join(outDir, `${language}-${widthArgument}-${name}.png`), fullPage: true });
  faults += await violations(page, name);
}

const tab = (name: string) => page.getByRole('tab', { name }).click();
const card = (name: string) =>
  page.locator('button[class*=cardMain]').filter({ hasText: name }).first().click();

await page.goto(
  `${scene.url}/k/admin/app/${CALLING_APP}/plugin/config?pluginId=${scene.pluginId}${hostile === '' ? '' : `&hostile=${hostile}`}`,
);
await page.getByRole('tab', { name: t.tabs.units }).waitFor();
await shoot('01-units');
await page.getByRole('button', { name: worldSettings.units[0]!.name, exact: true }).click();
await shoot('02-unit');
await tab(t.tabs.flows);
await shoot('03-flows');
await page.getByRole('button', { name: worldSettings.flows[0]!.name, exact: true }).click();
for (const type of ['inputApp', 'edit', 'group', 'rank', 'outputApp'] as const) {
  await card(t.commands.names[type]);
  await shoot(`04-${type}`);
}
await page.getByRole('button', { name: t.commands.outline.add, exact: true }).click();
await shoot('05-add');
await page.keyboard.press('Escape');
await page.getByRole('button', { name: t.flows.backToList }).click();
await page.getByRole('button', { name: worldSettings.flows[1]!.name, exact: true }).click();
await card(t.commands.names.join);
await shoot('06-join-with-errors');
await page
  .getByRole('button', { name: new RegExp(t.problems.open('\\d+', '\\d+').replace(/[()（）]/g, '.')) })
  .click();
await shoot('07-problems');
await tab(t.tabs.logApp);
await shoot('08-log-app');
await tab(t.tabs.files);
await shoot('09-files');
await tab(t.tabs.runs);
await shoot('10-runs');
await scene.close();
console.log(faults === 0 ? 'axe: clean' : `axe: ${faults} kinds of faults`);
process.exit(faults === 0 ? 0 : 1);
