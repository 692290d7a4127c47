/** What people do once a run has ended or while it goes on: on the card, and from the run log of somebody else. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CALLING,
  type Closing,
  COPY,
  closing,
  confirm,
  expected,
  heading,
  holdCommits,
  press,
  ROWS,
  SOURCE,
  TARGET,
} from './closing';
import { storedRows } from './stage';

let made: Closing;
let there: Closing['there'];

beforeAll(async () => {
  made = await closing();
  ({ there } = made);
});
afterAll(() => there.close());
beforeEach(() => made.clear());

const rowsOf = (app: string) => storedRows(there.kintone, app);
const logs = () => rowsOf(made.logAppId);
const totalsOf = (app: string) =>
  rowsOf(app)
    .map((row) => `${row['key']}=${row['total']}`)
    .sort();

/** The second commit that writes into the second app is refused: by then the first flow is finished. */
const refuseSecondFlow = () =>
  there.kintone.faults.add({
    match: { path: 'bulkRequest', app: COPY },
    effect: { kind: 'error', status: 400, code: 'GAIA_IL01' },
    skip: 1,
  });

/** A run of Sato's that fails in its second flow. */
async function failedRun(): Promise<{ page: Page; close(): Promise<void> }> {
  await there.configure(CALLING, made.twoFlows());
  refuseSecondFlow();
  const { context, page } = await there.open('sato');
  await made.openRecord(page);
  await press(page);
  await page.getByRole('dialog').waitFor();
  await confirm(page);
  await heading(page, '失敗しました').waitFor();
  expect(totalsOf(TARGET)).toEqual(expected());
  expect(rowsOf(COPY).length).toBeGreaterThan(0);
  expect(rowsOf(COPY).length).toBeLessThan(ROWS);
  return { page, close: () => context.close() };
}

/** The log over the record list, with the detail of the newest run. */
async function openLog(): Promise<{ page: Page; close(): Promise<void> }> {
  const { context, page } = await there.open('admin');
  await page.goto(`${there.url}/k/${CALLING}/`);
  await page.getByRole('button', { name: '実行ログ' }).click();
  await drawer(page).locator('tr.run').first().getByRole('button').first().click();
  await drawer(page).locator('.run-detail').waitFor();
  return { page, close: () => context.close() };
}

const drawer = (page: Page) => page.locator('[data-nagare=log]');
const button = (page: Page, name: string) => drawer(page).getByRole('button', { name, exact: true });

describe('after a failure', () => {
  it('失敗したフローから leaves out what is finished, asks, and writes the rest', async () => {
    const { page, close } = await failedRun();
    await page.getByRole('button', { name: '失敗したフローから' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain(
      '前の実行で済んでいるため、この実行では行いません: flow flow1',
    );
    await confirm(page);
    await heading(page, '完了しました').waitFor();
    await page.locator('[data-nagare=card]').getByText('済み（前の実行）').first().waitFor();
    expect(totalsOf(TARGET)).toEqual(expected());
    expect(totalsOf(COPY)).toEqual(expected());
    const [first, second] = logs();
    expect(second).toMatchObject({ state: 'Success', continues: first?.['run_key'] });
    await close();
  });
});

describe('from the log of somebody else', () => {
  it('goes on: drawer, card, and the rest is written once', async () => {
    const failed = await failedRun();
    const { page, close } = await openLog();
    await button(page, '続きから').click();
    await drawer(page).waitFor({ state: 'detached' });
    await heading(page, '完了しました').waitFor();
    expect(totalsOf(COPY)).toEqual(expected());
    const [first, second] = logs();
    expect(second).toMatchObject({ execution_user: 'admin', record_Id: '1', continues: first?.['run_key'] });
    await close();
    await failed.close();
  });

  it('starts over after a question, with the settings of now, for the same record', async () => {
    const failed = await failedRun();
    await there.configure(CALLING, made.settings());
    const { page, close } = await openLog();
    await button(page, '最初から').click();
    const question = drawer(page).getByRole('dialog', { name: /最初から実行しますか/ });
    await question.getByRole('button', { name: '最初から実行' }).click();
    await drawer(page).waitFor({ state: 'detached' });
    // The unit has one flow by now, and what that one writes is there already.
    await heading(page, '完了しました（変更なし）').waitFor();
    const [first, second] = logs();
    expect(second).toMatchObject({ state_reason: 'noChange', record_Id: '1', continues: '', undo_of: '' });
    expect(second?.['run_key']).not.toBe(first?.['run_key']);
    await close();
    await failed.close();
  });

  it('does not start over for a record that is gone when the unit uses it', async () => {
    const failed = await failedRun();
    await there.configure(CALLING, made.asksRecord());
    const client = new KintoneRestAPIClient({
      baseUrl: there.url,
      auth: { username: 'admin', password: 'admin-pw' },
    });
    const { id } = await client.record.addRecord({ app: CALLING, record: { memo: { value: 'c' } } });
    await client.record.updateRecord({
      app: made.logAppId,
      id: String(logs()[0]?.['$id']),
      record: { record_Id: { value: id } },
    });
    await client.record.deleteRecords({ app: CALLING, ids: [id] });
    const { page, close } = await openLog();
    await button(page, '最初から').click();
    await drawer(page).getByRole('button', { name: '最初から実行' }).click();
    await page.getByText(`呼び出し元のレコード #${id} が見つかりません`).waitFor();
    expect(logs()).toHaveLength(1);
    await close();
    await failed.close();
  });

  it('takes back what was written, after the question', async () => {
    const failed = await failedRun();
    const { page, close } = await openLog();
    await button(page, '元に戻す').click();
    const dialog = page.getByRole('dialog', { name: /元に戻しますか/ });
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: '元に戻す' }).click();
    await heading(page, '完了しました').waitFor();
    expect([rowsOf(TARGET), rowsOf(COPY)]).toEqual([[], []]);
    await close();
    await failed.close();
  });

  it('stops a run that goes on in another browser', async () => {
    await there.configure(CALLING, made.settings('append', 'never'));
    const running = await there.open('sato');
    const { letGo } = await holdCommits(running.page);
    await made.openRecord(running.page);
    await press(running.page);
    await expect.poll(() => rowsOf(TARGET).length, { timeout: 20_000 }).toBeGreaterThan(0);
    const { page, close } = await openLog();
    await button(page, '中止を求める').click();
    await drawer(page).getByText('停止要求中（Admin さん）').waitFor();
    letGo();
    await heading(running.page, '中止しました').waitFor();
    expect(rowsOf(TARGET).length).toBeLessThan(ROWS);
    expect(logs()[0]).toMatchObject({ state_reason: 'cancelled', cancel_requested_by: 'Admin' });
    await close();
    await running.context.close();
  });
});

describe('a question that has stood for a while', () => {
  it('is asked anew with the data of now by 確認し直す', async () => {
    await there.configure(CALLING, made.settings());
    const { context, page } = await there.open('sato');
    await page.clock.install();
    await made.openRecord(page);
    await press(page);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('4,000 件追加').first().waitFor();
    const client = new KintoneRestAPIClient({
      baseUrl: there.url,
      auth: { username: 'admin', password: 'admin-pw' },
    });
    const { id } = await client.record.addRecord({
      app: SOURCE,
      record: { customer: { value: 'late' }, amount: { value: '5' } },
    });
    await page.clock.fastForward(6 * 60_000);
    await dialog.getByText('確認してから 5 分以上たっています').waitFor();
    await dialog.getByRole('button', { name: '確認し直す' }).click();
    await page.getByRole('dialog').getByText('4,001 件追加').first().waitFor();
    await confirm(page);
    await heading(page, '完了しました').waitFor();
    expect(totalsOf(TARGET)).toContain('late=5');
    expect(logs()).toHaveLength(1);
    await client.record.deleteRecords({ app: SOURCE, ids: [id] });
    await context.close();
  });
});

describe('a run that goes on', () => {
  it('keeps its card through editing, saving and the next record, and says whose record it is', async () => {
    await there.configure(CALLING, made.settings('append', 'never'));
    const { context, page } = await there.open('sato');
    const { letGo } = await holdCommits(page);
    await made.openRecord(page);
    await press(page);
    const card = page.locator('[data-nagare=card]');
    await card.getByText('実行中').first().waitFor();
    await page.getByRole('button', { name: '編集' }).click();
    await page.getByRole('button', { name: '保存' }).waitFor();
    await card.getByText('実行中').first().waitFor();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('button', { name: '編集' }).waitFor();
    await card.getByText('実行中').first().waitFor();
    await page.getByRole('button', { name: '前へ' }).click();
    await card.getByText('レコード #1 で').waitFor();
    await page.getByRole('button', { name: '次へ' }).click();
    letGo();
    await heading(page, '完了しました').waitFor();
    expect(await card.count()).toBe(1);
    expect(totalsOf(TARGET)).toEqual(expected());
    await context.close();
  });
});
