/**
 * How long the page stands still while somebody reads a log of 50,000 runs, in Chromium with the packed plug-in.
 * npm run build && npm run pack, then: node scripts/run.mjs test/bench/log-panel.ts [--pages 19]
 * Prints the long tasks of the page's main thread per step; nothing is gated.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { CALLING, LARGE_LOG, LOG } from '../e2e/large-log';
import { stage } from '../e2e/stage';
import { settingsOf, sumFlow } from '../run/setup';
import { watchTasks } from './page-tasks';

const { values } = parseArgs({ options: { pages: { type: 'string', default: '19' } } });
const PAGES = Number(values.pages);
const PAGE_SIZE = 30;

const there = await stage(LARGE_LOG, [CALLING]);
await there.configure(CALLING, { ...settingsOf([sumFlow('flow1')]), logApp: { appId: LOG } });
const { page } = await there.open('admin');
await page.goto(`${there.url}/k/${CALLING}/`);
const log = page.locator('[data-nagare=log]');
const rows = log.locator('tr.run');
const opener = page.getByRole('button', { name: '実行ログ' });
await opener.waitFor();

const { step, print } = await watchTasks(there.browser, page);
await step('Opening the log');
await opener.click();
await rows.nth(PAGE_SIZE - 1).waitFor();
await step(`${PAGES} more pages of ${PAGE_SIZE} runs`);
for (let turn = 1; turn <= PAGES; turn += 1) {
  await log.getByRole('button', { name: 'さらに読み込む' }).click();
  await rows.nth(PAGE_SIZE * (turn + 1) - 1).waitFor();
}
await step('Opening a run with 5,000 changes of state');
await rows.first().getByRole('button').first().click();
await log.locator('.history li').last().waitFor();
await step('Closing it');
await rows.first().getByRole('button').first().click();
await log.locator('.history').waitFor({ state: 'detached' });
await step('Only failed runs');
await log.getByRole('checkbox', { name: '失敗' }).check();
await log.locator('tr.run .state[data-tone=success]').first().waitFor({ state: 'detached' });
await print();
await there.close();
process.exit(0);
