import { stage } from '../test/e2e/stage';
import { APP_IDS } from '../test/samples/apps';
import { makeCompany } from '../test/samples/company';
import { sampleDump } from '../test/samples/dump';
import { sampleSettings } from '../test/samples/settings';

const dir = '/tmp/nagare/shots/';
const there = await stage(sampleDump(makeCompany({ customers: 40, products: 30, orders: 300 })), [
  APP_IDS.closing,
]);
const { page } = await there.open('admin');
page.on('pageerror', (e) => console.log('ERR', e.message));
page.on('console', (m) => m.type() === 'error' && console.log('CON', m.text()));
const url = `${there.url}/k/admin/app/${APP_IDS.closing}/plugin/config?pluginId=${there.pluginId}`;
await there.configure(APP_IDS.closing, sampleSettings(null));
await page.goto(url);
await page.getByRole('tab', { name: 'フロー' }).click();
await page
  .getByRole('button', { name: '受注から月次売上' })
  .or(page.getByRole('link', { name: '受注から月次売上' }))
  .first()
  .click();
await page.waitForTimeout(1500);
await page.screenshot({ path: dir + 'flow-detail.png', fullPage: true });
await page.getByRole('tab', { name: '実行単位' }).click();
await page
  .getByRole('button', { name: '月次売上締め' })
  .or(page.getByRole('link', { name: '月次売上締め' }))
  .first()
  .click();
await page.waitForTimeout(1500);
await page.screenshot({ path: dir + 'unit-detail.png', fullPage: true });
await there.close();
process.exit(0);
