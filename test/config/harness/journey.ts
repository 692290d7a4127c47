/**
 * One admin's whole way through the settings page in a local kintone, from nothing to saved settings:
 * node scripts/run.mjs test/config/harness/journey.ts OUT_DIR
 * Needs dist/nagare.zip. Exits with 1 when something is not as expected.
 */
import { strict as assert } from 'node:assert';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { commands as commandTexts } from '../../../src/ui/dictionaries/ja/commands';
import { config as t } from '../../../src/ui/dictionaries/ja/config';
import { stage } from '../../e2e/stage';
import { CALLING_APP, world } from './world';

const [outDir = 'journey'] = process.argv.slice(2);
mkdirSync(outDir, { recursive: true });
const scene = await stage(world('ja'), [CALLING_APP]);
const { page, context } = await scene.open('admin', { viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(8000);
const url = `${scene.url}/k/admin/app/${CALLING_APP}/plugin/config?pluginId=${scene.pluginId}`;
const faults: string[] = [];
page.on('pageerror', (error) => faults.push(error.message));
let shots = 0;

async function step(name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
    console.log(`ok   ${name}`);
  } catch (error) {
    faults.push(name);
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message.slice(0, 800) : error}`);
  }
  shots += 1;
  await page.screenshot({ path: join(outDir, `${String(shots).padStart(2, '0')}.png`), fullPage: true });
}

const button = (name: string | RegExp, on: Page = page) => on.getByRole('button', { name, exact: true });
const tab = (name: string) => page.getByRole('tab', { name }).click();

/** Types into a picker and takes the option by keyboard. */
async function pick(label: string, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label, exact: true });
  await box.fill(text);
  await page.getByRole('option').filter({ hasText: text }).first().waitFor();
  await box.press('ArrowDown');
  await box.press('Enter');
}

async function addCommand(name: string): Promise<void> {
  await page.getByRole('button', { name: /コマンドを追加$/ }).click();
  const search = page.getByRole('textbox', { name: commandTexts.outline.search });
  await search.fill(name);
  await search.press('Enter');
  await page.getByRole('region', { name }).waitFor();
}

await page.goto(url);
await step('a unit and its flow are made', async () => {
  await button(t.units.add).click();
  const name = page.getByRole('textbox', { name: t.common.name });
  await name.fill('売上集計');
  await name.press('Enter');
  await page.getByRole('heading', { name: '売上集計' }).waitFor();
  await button(t.unitFlows.createNew).click();
  await page.getByRole('heading', { name: t.unitFlows.newName }).waitFor();
});
await step('input, group and output are added and set', async () => {
  await page.getByRole('button', { name: commandTexts.outline.addFirst }).click();
  await page.getByRole('button', { name: new RegExp(`^${commandTexts.names.inputApp}`) }).click();
  await pick(commandTexts.pickers.app, '受注');
  await page.getByRole('checkbox', { name: '顧客名 [customer]' }).waitFor();
  await addCommand(commandTexts.names.group);
  await pick(commandTexts.pickers.addColumn, '顧客名');
  await button(commandTexts.group.add).click();
  await pick(commandTexts.group.column('1'), '金額');
  const name = page.getByRole('textbox', { name: commandTexts.group.as('1') });
  assert.equal(await name.inputValue(), 'amount_合計');
  await name.fill('total');
  await addCommand(commandTexts.names.outputApp);
  await pick(commandTexts.pickers.app, '顧客別売上');
  await button(commandTexts.outputApp.suggest).click();
  await page.getByText(commandTexts.outputApp.suggested('2')).waitFor();
  await page.getByRole('checkbox', { name: commandTexts.outputApp.key('customer') }).check();
});
await step('undo by keyboard takes the key back, redo sets it again', async () => {
  const key = page.getByRole('checkbox', { name: commandTexts.outputApp.key('customer') });
  await page.getByRole('heading', { name: t.pageTitle }).click();
  await page.keyboard.press('Control+z');
  await assertEventually(async () => !(await key.isChecked()));
  await page.keyboard.press('Control+y');
  await assertEventually(() => key.isChecked());
});
await step('removing the command in the middle heals, undo brings it back', async () => {
  await page
    .getByRole('button', { name: t.common.of(t.common.more, `2. ${commandTexts.names.group}`) })
    .click();
  await page.getByRole('menuitem', { name: t.common.remove }).click();
  await page.getByRole('button', { name: /^2\s*出力アプリ/ }).waitFor();
  await button(t.save.undoOf(t.edits.removeCommand)).click();
  await page.getByRole('button', { name: /^3\s*出力アプリ/ }).waitFor();
});
await step('saving an enabled unit without a log app asks to switch it off', async () => {
  await tab(t.tabs.units);
  await page.getByRole('switch', { name: t.units.enabledLabel }).check();
  await button(t.save.save).click();
  await page.getByRole('alertdialog', { name: t.disable.title }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
});
await step('a log app is created', async () => {
  await tab(t.tabs.logApp);
  await button(t.logApp.create).click();
  await button(t.logApp.createRun).click();
  await page.getByText(t.logApp.sound).waitFor({ timeout: 20_000 });
});
await step('saving keeps the page, says what is left to do, and the settings come back', async () => {
  await page.keyboard.press('Control+s');
  await page.getByText(t.save.saved).waitFor();
  await page.getByText(t.save.clean).waitFor();
  await page.reload();
  await page.getByRole('switch', { name: t.units.enabled('売上集計') }).waitFor();
  assert.equal(await page.getByRole('switch', { name: t.units.enabled('売上集計') }).isChecked(), true);
});
await step('a second page that saved meanwhile is noticed', async () => {
  const other = await context.newPage();
  await other.goto(url);
  await button('売上集計', other).click();
  await other.getByRole('textbox', { name: t.common.note }).fill('先に保存');
  await button(t.save.save, other).click();
  await other.getByText(t.save.saved).waitFor();
  await other.close();
  await button('売上集計').click();
  await page.getByRole('textbox', { name: t.common.note }).fill('あとから保存');
  await button(t.save.save).click();
  await page.getByRole('alertdialog', { name: t.conflict.unknownTitle }).waitFor();
  await page.screenshot({ path: join(outDir, 'conflict.png') });
  const download = page.waitForEvent('download');
  await button(t.conflict.exportAndReload).click();
  assert.match((await download).suggestedFilename(), /^nagare-settings-.*\.json$/);
  await button('売上集計').click();
  await assertEventually(
    async () => (await page.getByRole('textbox', { name: t.common.note }).inputValue()) === '先に保存',
  );
});
await step('a problem leads to its field', async () => {
  await tab(t.tabs.flows);
  await button(t.unitFlows.newName).click();
  await page.getByRole('button', { name: /^3\s*出力アプリ/ }).click();
  await button(commandTexts.outputApp.add).click();
  await page.getByRole('button', { name: /^問題の一覧/ }).click();
  await button(t.problems.goTo).first().click();
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-path') ?? '');
  assert.match(focused, /^mapping\.2\./);
});
await step('leaving with changes asks', async () => {
  await button(t.save.cancel).click();
  await page.getByRole('alertdialog', { name: t.leave.title }).waitFor();
  await button(t.leave.leave).click();
  await page.waitForURL(/\/plugin\/$/);
});
await scene.close();
console.log(faults.length === 0 ? 'journey: as expected' : `journey: ${faults.join(' | ')}`);
process.exit(faults.length === 0 ? 0 : 1);

async function assertEventually(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await holds()) return;
    await page.waitForTimeout(50);
  }
  assert.fail('it did not become so');
}
