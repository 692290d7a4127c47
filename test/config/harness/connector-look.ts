/**
 * Photographs コネクター in a local kintone with the sample service, and runs axe-core over it:
 * node scripts/run.mjs test/config/harness/connector-look.ts OUT_DIR [ja|en|zh] [WIDTH]
 * Needs dist/nagare.zip (`npm run build && npm run pack`). Exits with 1 when axe finds something.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { inputHttp } from '../../../src/commands/input-http';
import type { Settings } from '../../../src/definition/types';
import { commands as commandsEn } from '../../../src/ui/dictionaries/en/commands';
import { config as configEn } from '../../../src/ui/dictionaries/en/config';
import { commands as commandsJa } from '../../../src/ui/dictionaries/ja/commands';
import { config as configJa } from '../../../src/ui/dictionaries/ja/config';
import { commands as commandsZh } from '../../../src/ui/dictionaries/zh/commands';
import { config as configZh } from '../../../src/ui/dictionaries/zh/config';
import { stage } from '../../e2e/stage';
import { SHOP_KEY, startShop } from '../../samples/shop-connector';
import { violations } from './axe';
import { CALLING_APP, world } from './world';

const TEXTS = {
  ja: { config: configJa, commands: commandsJa },
  en: { config: configEn, commands: commandsEn },
  zh: { config: configZh, commands: commandsZh },
};

const [outDir = 'look', languageArgument = 'ja', widthArgument = '1280'] = process.argv.slice(2);
const language = languageArgument === 'en' || languageArgument === 'zh' ? languageArgument : 'ja';
const { config, commands } = TEXTS[language];
const { connector: t, inputHttp: form } = commands;
mkdirSync(outDir, { recursive: true });

const LONG = 'とても長い名前の列'.repeat(12);
const settings: Settings = {
  version: 2,
  logApp: null,
  holidays: [],
  units: [],
  flows: [
    {
      id: 'shop',
      name: 'Shop',
      note: '',
      commands: [
        { id: 'http', type: 'inputHttp', note: '', inputs: [], settings: inputHttp.defaults() as never },
      ],
    },
  ],
};

const shop = await startShop();
const scene = await stage(world(language), [CALLING_APP]);
await scene.configure(CALLING_APP, settings);
const { page } = await scene.open('admin', { viewport: { width: Number(widthArgument), height: 900 } });
page.on('pageerror', (error) => console.log('PAGE ERROR', error.message));
let faults = 0;

async function shoot(name: string): Promise<void> {
  const path = join(outDir, `${language}-${widthArgument}-${name}.png`);
  await page.screenshot({ path, fullPage: !name.includes('dialog') });
  faults += await violations(page, name);
}
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const said = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();

await page.goto(`${scene.url}/k/admin/app/${CALLING_APP}/plugin/config?pluginId=${scene.pluginId}`);
await page.getByRole('tab', { name: config.tabs.flows }).click();
await page.getByRole('button', { name: 'Shop', exact: true }).click();
await page.locator('button[class*=cardMain]').filter({ hasText: commands.names.inputHttp }).click();
await shoot('1-none');
await page.getByLabel(t.kind).selectOption('json');
await shoot('2-json-without-url');
await page.getByLabel(form.url, { exact: true }).fill(`${shop.address}items?category=books&maker=%month%`);
await press(t.verify);
await page.getByRole('status').filter({ hasText: '401' }).waitFor();
await shoot('3-denied');
await page.getByRole('textbox', { name: form.secretName }).fill('Authorization');
await page.getByLabel(form.secretValue).fill(`Bearer ${SHOP_KEY}`);
await press(form.secretSave);
await said(form.secretsSaved);
await press(t.choices);
await said(t.choicesLoaded('2'));
await page.getByLabel(t.found).selectOption('items');
await press(t.columns);
await said(t.columnsLoaded('5'));
await shoot('4-json-columns');
await page.getByLabel(t.kind).selectOption('csv');
await press(t.choices);
await said(t.choicesLoaded('5'));
await shoot('5-csv-choices');

await page.getByLabel(t.kind).selectOption('service');
await page.getByLabel(t.address).fill('http://example.com');
await shoot('6-wrong-address');
await page.getByLabel(t.address).fill(shop.address);
await press(t.load);
await said(t.loaded('見本ショップ'));
await press(t.verify);
await said(t.notVerified);
await shoot('7-service');
await page.getByRole('textbox', { name: form.secretName }).first().fill('Authorization');
await page.getByLabel(form.secretValue).first().fill(`Bearer ${SHOP_KEY}`);
await page.getByRole('button', { name: form.secretSave }).first().click();
await said(form.secretsSaved);
await press(t.choicesOf('分類'));
await said(t.choicesLoaded('2'));
await page.getByLabel('分類', { exact: true }).selectOption('books');
await page.getByLabel(form.as('1'), { exact: true }).fill(LONG);
await press(t.columns);
await said(t.loadingColumns);
await shoot('8-loading');
await page.getByRole('alertdialog').waitFor();
await shoot('9-dialog');
await page.getByRole('button', { name: t.replace }).click();
await shoot('10-replaced');
await scene.close();
await shop.stop();
console.log(faults === 0 ? 'axe: clean' : `axe: ${faults} kinds of faults`);
process.exit(faults === 0 ? 0 : 1);
