/**
 * Photographs the page of one unit in a local kintone, closed and open, and runs axe-core over it:
 * node scripts/run.mjs test/config/harness/unit-look.ts OUT_DIR [ja|en|zh] [WIDTH]
 * Needs dist/nagare.zip (`npm run build && npm run pack`). Exits with 1 when axe finds something.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { config as configEn } from '../../../src/ui/dictionaries/en/config';
import { config as configJa } from '../../../src/ui/dictionaries/ja/config';
import { config as configZh } from '../../../src/ui/dictionaries/zh/config';
import { stage } from '../../e2e/stage';
import { violations } from './axe';
import { unitSettings } from './unit-world';
import { CALLING_APP, world } from './world';

const [outDir = 'unit-look', languageArgument = 'ja', widthArgument = '1280'] = process.argv.slice(2);
const language = languageArgument === 'en' || languageArgument === 'zh' ? languageArgument : 'ja';
const t = { ja: configJa, en: configEn, zh: configZh }[language];
mkdirSync(outDir, { recursive: true });

const scene = await stage(world(language), [CALLING_APP]);
await scene.configure(CALLING_APP, unitSettings);
const { page } = await scene.open('admin', { viewport: { width: Number(widthArgument), height: 800 } });
page.on('pageerror', (error) => console.log('PAGE ERROR', error.message));
let faults = 0;

async function shoot(name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.screenshot({ path: join(outDir, `${language}-${widthArgument}-${name}.png`), fullPage: true });
  faults += await violations(page, name);
}

await page.goto(`${scene.url}/k/admin/app/${CALLING_APP}/plugin/config?pluginId=${scene.pluginId}`);
await page.getByRole('tab', { name: t.tabs.units }).waitFor();
await shoot('1-list');
const [loud, quiet] = unitSettings.units;
await page.getByRole('button', { name: quiet!.name, exact: true }).click();
await shoot('2-button-only');
await page.getByRole('button', { name: t.units.backToList }).click();
await page.getByRole('button', { name: loud!.name, exact: true }).click();
await shoot('3-everything-closed');
await page.evaluate(() => {
  for (const part of document.querySelectorAll<HTMLDetailsElement>('#nagare-config details'))
    part.open = true;
});
await shoot('4-everything-open');
const parts = page.locator('#nagare-config details:not(details details)');
for (const [index, part] of (await parts.all()).entries()) {
  await part.screenshot({ path: join(outDir, `${language}-${widthArgument}-5-part-${index + 1}.png`) });
}
await scene.close();
console.log(faults === 0 ? 'axe: clean' : `axe: ${faults} kinds of faults`);
process.exit(faults === 0 ? 0 : 1);
