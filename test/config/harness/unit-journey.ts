/**
 * One admin sets every part of a unit in a local kintone, saves, and finds it again:
 * node scripts/run.mjs test/config/harness/unit-journey.ts OUT_DIR
 * Needs dist/nagare.zip. Exits with 1 when something is not as expected.
 */
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { commands as commandTexts } from '../../../src/ui/dictionaries/ja/commands';
import { config as t } from '../../../src/ui/dictionaries/ja/config';
import { unit as u } from '../../../src/ui/dictionaries/ja/unit';
import { stage } from '../../e2e/stage';
import { CALLING_APP, world, worldSettings } from './world';

const [outDir = 'unit-journey'] = process.argv.slice(2);
mkdirSync(outDir, { recursive: true });
const SERIAL = 'abcdef-jklmno-pqrstu-xyz123-456789';
const scene = await stage(world('ja'), [CALLING_APP]);
await scene.configure(CALLING_APP, worldSettings);
const { page } = await scene.open('admin', { viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(8000);
const url = `${scene.url}/k/admin/app/${CALLING_APP}/plugin/config?pluginId=${scene.pluginId}`;
const faults: string[] = [];
page.on('pageerror', (error) => faults.push(error.message));

async function step(name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
    console.log(`ok   ${name}`);
  } catch (error) {
    faults.push(name);
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message.slice(0, 800) : error}`);
    await page.screenshot({ path: join(outDir, `fault-${faults.length}.png`), fullPage: true });
  }
}

/** The part with this heading: a `details` element. */
const part = (title: string) =>
  page.locator('details').filter({ has: page.locator(`> summary :is(h3, h4):text-is("${title}")`) });

/** Opens it by keyboard. */
async function open(title: string): Promise<void> {
  const head = part(title).locator('> summary');
  await head.focus();
  await page.keyboard.press('Enter');
  await part(title).and(page.locator('[open]')).waitFor();
}

const summary = (title: string) => part(title).locator('> summary > span').last().innerText();
const unitName = worldSettings.units[0]!.name;

await page.goto(url);
await page.getByRole('button', { name: unitName, exact: true }).click();

await step('closed parts say that only the button is set', async () => {
  assert.equal(await summary(u.sections.start), u.start.button);
  assert.equal(await summary(u.sections.input), u.input.none);
  assert.equal(await part(u.sections.rules).getAttribute('open'), null);
});
await step('a record event that blocks is warned about in words', async () => {
  await open(u.events.title);
  await page.getByRole('button', { name: u.events.add }).press('Enter');
  await page.getByRole('combobox', { name: u.events.event('1'), exact: true }).selectOption('edited');
  assert.equal(await page.getByRole('radio', { name: u.events.block }).count(), 0);
  await page.getByRole('combobox', { name: u.events.timing('1') }).selectOption('before');
  await page.getByRole('radio', { name: u.events.block }).check();
  await page.getByText(u.events.blockWarning).waitFor();
  await page.getByRole('combobox', { name: u.events.timing('1') }).selectOption('after');
  await page.getByText(u.events.blockWarning).waitFor({ state: 'detached' });
  await page.getByText(u.events.tellOnly).waitFor();
});
await step('programs may start it, and the id is there to copy', async () => {
  await open(u.api.title);
  await page.getByRole('checkbox', { name: u.api.allow }).press('Space');
  assert.equal(await part(u.api.title).locator('code').innerText(), worldSettings.units[0]!.id);
});
await step('a schedule is read out, with its next starts', async () => {
  await open(u.schedules.title);
  await page.getByRole('button', { name: u.schedules.add }).press('Enter');
  await page.getByRole('combobox', { name: u.schedules.kind }).selectOption('monthly');
  await page.getByRole('combobox', { name: u.schedules.day, exact: true }).selectOption('L');
  await page.getByText('毎月 末日 09:00').first().waitFor();
  assert.equal(await part(u.schedules.title).getByRole('listitem').count(), 3);
  await page.getByRole('combobox', { name: u.schedules.kind }).selectOption('custom');
  await page.getByRole('textbox', { name: u.schedules.cron }).fill('0 9 31 2 *');
  await page.getByText(u.schedules.noNext).waitFor();
  await page.getByRole('textbox', { name: u.schedules.cron }).fill('0 9 L * *');
});
await step('holidays are pasted, sorted, and what is wrong is said', async () => {
  await open(u.holidays.title);
  await page
    .getByRole('textbox', { name: u.holidays.add })
    .fill('2027/1/11 成人の日\n2027-01-01\n2027-01-01\n来年');
  await page.getByRole('button', { name: u.holidays.addRun }).press('Enter');
  await page.getByText(u.holidays.added('2')).waitFor();
  await page.getByText(u.holidays.repeated('2027-01-01')).waitFor();
  await page.getByText(u.holidays.unread('来年')).waitFor();
  assert.match(await part(u.holidays.title).getByRole('list').innerText(), /2027-01-01[\s\S]*2027-01-11/);
});
await step('credentials of a service are stored beside the settings and never shown again', async () => {
  await open(u.sections.rules);
  await page.getByRole('radio', { name: u.executor.remote }).check();
  await page.getByRole('textbox', { name: u.executor.url }).fill('https://api.example.com/trigger/v1/');
  await page.getByText(u.executor.secretsNoUrl).waitFor();
  await page
    .getByRole('textbox', { name: u.executor.url })
    .fill('https://api.example.com/trigger/v1/abcdefghijklmn');
  await page.getByLabel(u.executor.serialNumber).fill(SERIAL);
  await page.getByLabel(u.executor.appUrl).fill('https://example.cybozu.com/k/123');
  await page.getByRole('button', { name: u.executor.store }).press('Enter');
  await page.getByText(u.executor.done).waitFor();
  await page.getByText(`${u.executor.serialNumber} — ${u.executor.stored}`).waitFor();
  assert.equal(await page.getByLabel(u.executor.serialNumber).inputValue(), '');
});
await step('rules are chosen by keyboard; waiting asks for how long', async () => {
  await page.getByRole('radio', { name: u.rules.reject }).focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByRole('radio', { name: u.rules.queue }).isChecked(), true);
  await page.getByRole('spinbutton', { name: u.rules.priority }).fill('5');
  assert.match(await summary(u.sections.rules), /順番を待つ、優先度 5/);
});
await step('input fields are added and put in order', async () => {
  await open(u.sections.input);
  await page.getByRole('button', { name: u.input.add }).press('Enter');
  await part(u.sections.input).getByRole('textbox', { name: u.input.name, exact: true }).fill('month');
  await page.getByText(/呼び出し元アプリのフィールドコードと同じ/).waitFor();
  await part(u.sections.input).getByRole('textbox', { name: u.input.name, exact: true }).fill('締め日');
  await page.getByRole('button', { name: u.input.add }).press('Enter');
  await page.getByRole('button', { name: commandTexts.rows.up('2') }).press('Enter');
  const names = part(u.sections.input).getByRole('textbox', { name: u.input.name, exact: true });
  assert.deepEqual(
    [await names.nth(0).inputValue(), await names.nth(1).inputValue()],
    [u.input.newName, '締め日'],
  );
});
await step('test mode shows its banner, offers only output apps, and pauses', async () => {
  await open(u.sections.test);
  await page.getByRole('radio', { name: u.test.test, exact: false }).last().check();
  await page.getByText(u.test.banner).waitFor();
  assert.equal(await part(u.sections.test).getByRole('combobox').count(), 1);
  await page.getByRole('checkbox', { name: /^3\. グループ化の直前/ }).check();
  assert.match(await summary(u.sections.test), /テストモード、書き込まない、一時停止 1 か所/);
});
await step('undo by keyboard takes the last step back', async () => {
  await page.getByRole('heading', { name: t.pageTitle }).click();
  await page.keyboard.press('Control+z');
  await page.getByText('一時停止 1 か所').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+y');
});
await step('saved and loaded again, it is the same; the exported file has it all and no secret', async () => {
  await page.keyboard.press('Control+s');
  await page.getByText(t.save.saved).waitFor();
  await page.reload();
  await page.getByText(u.test.badge).waitFor();
  await page.getByRole('tab', { name: t.tabs.files }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t.files.exportRun }).click();
  const text = readFileSync((await (await download).path()) ?? '', 'utf8');
  const file = JSON.parse(text) as typeof worldSettings;
  const [saved] = file.units;
  assert.deepEqual(file.holidays, ['2027-01-01', '2027-01-11']);
  assert.equal(saved?.recordEvents[0]?.event, 'edited');
  assert.equal(saved?.schedules[0]?.cron, '0 9 L * *');
  assert.equal(saved?.input.length, 2);
  assert.equal(saved?.mode, 'test');
  assert.equal(saved?.breakpoints.length, 1);
  assert.equal(text.includes(SERIAL) || text.includes(btoa(SERIAL)), false);
});
await step('a problem opens the part it lies in', async () => {
  await page.getByRole('button', { name: /^問題の一覧/ }).click();
  const row = page.getByRole('listitem').filter({ hasText: '決まった日時に開始する設定です。' });
  await row.getByRole('button', { name: t.problems.goTo }).press('Enter');
  await part(u.schedules.title).and(page.locator('[open]')).waitFor();
});
await scene.close();
console.log(faults.length === 0 ? 'unit journey: as expected' : `unit journey: ${faults.join(' | ')}`);
process.exit(faults.length === 0 ? 0 : 1);
