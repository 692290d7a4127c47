/** A user at work on the record page, with the packed plug-in in a real browser. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CALLING, type Closing, closing, confirm, expected, heading, press, ROWS, TARGET } from './closing';
import { storedRows } from './stage';

let made: Closing;
let there: Closing['there'];
let logAppId: string;

beforeAll(async () => {
  made = await closing();
  ({ there, logAppId } = made);
});

afterAll(() => there.close());

beforeEach(() => made.clear());

const settings: Closing['settings'] = (...options) => made.settings(...options);
const openRecord: Closing['openRecord'] = (...which) => made.openRecord(...which);
const totals: Closing['totals'] = () => made.totals();

describe('record page', () => {
  it('previews, asks, writes, and reports; pressing again changes nothing', async () => {
    await there.configure(CALLING, settings());
    const { context, page } = await there.open('sato');
    await openRecord(page);
    await press(page);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain(`4,000 件追加`);
    expect(totals()).toEqual([]);
    await confirm(page);
    await heading(page, '完了しました').waitFor();
    expect(totals()).toEqual(expected());
    const [log] = storedRows(there.kintone, logAppId);
    expect(log).toMatchObject({
      state: 'Success',
      added_records: '4000',
      lock_key: '',
      execution_user: 'sato',
      record_Id: '1',
    });
    await press(page);
    await heading(page, '完了しました（変更なし）').waitFor();
    expect(storedRows(there.kintone, logAppId).map((row) => row['state_reason'])).toEqual([
      'done',
      'noChange',
    ]);
    await context.close();
  });

  it('cancel stops before the next commit and says what was written; going on writes exactly the rest', async () => {
    await there.configure(CALLING, settings('append', 'never'));
    there.kintone.faults.add({
      match: { path: 'bulkRequest', app: TARGET },
      effect: { kind: 'delay', delayMs: 700 },
      times: 20,
    });
    const { context, page } = await there.open('sato');
    await openRecord(page);
    await press(page);
    await expect.poll(() => storedRows(there.kintone, TARGET).length, { timeout: 20_000 }).toBeGreaterThan(0);
    await page.getByRole('button', { name: /中止/ }).first().click();
    await heading(page, '中止しました').waitFor();
    expect(storedRows(there.kintone, TARGET).length).toBeLessThan(ROWS);
    expect(storedRows(there.kintone, TARGET).length).toBeGreaterThan(0);
    expect(storedRows(there.kintone, logAppId)[0]).toMatchObject({
      state: 'Failure',
      state_reason: 'cancelled',
      lock_key: '',
      added_records: String(storedRows(there.kintone, TARGET).length),
    });
    there.kintone.faults.clear();
    await page.getByRole('button', { name: '続きから' }).click();
    await heading(page, '完了しました').waitFor();
    expect(totals()).toEqual(expected());
    const logs = storedRows(there.kintone, logAppId);
    expect(logs[1]).toMatchObject({
      state: 'Success',
      continues: logs[0]?.['run_key'],
      added_records: String(ROWS),
    });
    await context.close();
  });

  it('a page that is killed between two commits: going on leaves no doubled and no lost row', async () => {
    await there.configure(CALLING, settings('append', 'never'));
    const { context, page } = await there.open('sato');
    await openRecord(page);
    // The third commit never leaves the page: the page is gone before.
    let commits = 0;
    const died = new Promise<void>((resolve) => {
      void page.route('**/k/v1/bulkRequest.json', async (route) => {
        const isData = (route.request().postData() ?? '').includes(`"app":"${TARGET}"`);
        commits += isData ? 1 : 0;
        if (commits < 3) return route.continue();
        resolve();
        return undefined;
      });
    });
    // Browsers were seen to send a held request after all when its sender is gone.
    there.kintone.faults.add({
      match: { path: 'bulkRequest', app: TARGET },
      effect: { kind: 'requestLost' },
      skip: 2,
    });
    await press(page);
    await died;
    await page.close();
    there.kintone.faults.clear();
    const written = storedRows(there.kintone, TARGET).length;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(ROWS);

    const again = await context.newPage();
    await openRecord(again);
    await press(again);
    await heading(again, '途中で止まっている実行があります').waitFor();
    await again.getByRole('button', { name: '続きから' }).click();
    await heading(again, '完了しました').waitFor();
    expect(totals()).toEqual(expected());
    expect(storedRows(there.kintone, logAppId).filter((row) => row['state'] === 'Success')).toHaveLength(1);
    await context.close();
  });

  it('undo brings the output app back, and says what it cannot bring back', async () => {
    await there.configure(CALLING, settings());
    const { context, page } = await there.open('sato');
    await openRecord(page);
    await press(page);
    await confirm(page);
    await heading(page, '完了しました').waitFor();
    expect(storedRows(there.kintone, TARGET)).toHaveLength(ROWS);
    // Somebody works on one of the new records before the undo.
    const client = new KintoneRestAPIClient({
      baseUrl: there.url,
      auth: { username: 'admin', password: 'admin-pw' },
    });
    const changed = String(storedRows(there.kintone, TARGET)[5]?.['$id']);
    await client.record.updateRecord({ app: TARGET, id: changed, record: { total: { value: '77' } } });
    await page.getByRole('button', { name: '元に戻す' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('「月次売上締め」の実行を元に戻しますか');
    expect(await dialog.textContent()).toContain('実行したあとに変更された 1 件は、そのまま残します');
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: '元に戻す' }).click();
    await heading(page, '完了しました').waitFor();
    expect(storedRows(there.kintone, TARGET).map((row) => row['total'])).toEqual(['77']);
    await page
      .locator('[data-nagare=card]')
      .getByText('実行したあとに変更された 1 件は、そのまま残します')
      .waitFor();
    expect(await page.getByRole('button', { name: '元に戻す' }).count()).toBe(0);
    const logs = storedRows(there.kintone, logAppId);
    expect(logs[1]).toMatchObject({
      state: 'Success',
      undo_of: logs[0]?.['run_key'],
      deleted_records: String(ROWS - 1),
    });
    await context.close();
  });

  it('somebody else who presses meanwhile is told who is running it', async () => {
    await there.configure(CALLING, settings());
    const first = await there.open('sato');
    await openRecord(first.page);
    await press(first.page);
    await first.page.getByRole('dialog').waitFor();
    const second = await there.open('suzuki');
    await openRecord(second.page, '2');
    await press(second.page);
    await heading(second.page, 'いまは実行できません').waitFor();
    await second.page.getByText(/佐藤/).first().waitFor();
    await first.context.close();
    await second.context.close();
  });

  it('moving to the next record and editing keeps one button and the run', async () => {
    await there.configure(CALLING, settings());
    const { context, page } = await there.open('sato');
    await openRecord(page);
    await page.evaluate(() => location.assign('#record=2'));
    await page.waitForFunction(() => document.title !== '' && location.hash.includes('2'));
    await page.evaluate(() => location.assign('#record=1'));
    await page.getByRole('button', { name: '実行', exact: true }).first().waitFor();
    expect(await page.getByRole('button', { name: '実行', exact: true }).count()).toBe(1);
    await context.close();
  });

  it('needs no mouse', async () => {
    await there.configure(CALLING, settings());
    const { context, page } = await there.open('sato');
    await openRecord(page);
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.textContent?.trim() ?? '';
      });
    const walkTo = async (name: string, key: 'Tab' | 'Shift+Tab') => {
      for (let presses = 0; presses < 40 && (await focused()) !== name; presses += 1)
        await page.keyboard.press(key);
      expect(await focused()).toBe(name);
    };
    await walkTo('実行', 'Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await heading(page, '実行を取りやめました').waitFor();
    // The dialog gives the focus back to the button, so the same key starts once more.
    expect(await focused()).toBe('実行');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await focused()).toBe('実行');
    await page.keyboard.press('Enter');
    await heading(page, '完了しました').waitFor();
    expect(totals()).toEqual(expected());
    await context.close();
  });

  it('works on the phone page', async () => {
    await there.configure(CALLING, settings());
    const { context, page } = await there.open('sato', {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    await page.goto(`${there.url}/k/m/${CALLING}/show?record=1`);
    await page.getByRole('button', { name: '実行', exact: true }).first().tap();
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '実行' }).tap();
    await heading(page, '完了しました').waitFor();
    expect(totals()).toEqual(expected());
    await context.close();
  });
});
