/** Starts in line, joined runs and a unit that is switched off, with people in browsers of their own. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionUnit } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { settingsOf, sumFlow } from '../run/setup';
import { type Stage, stage, storedRows } from './stage';

const CALLING = '1';
const SOURCE = '10';
const TARGET = '20';
const ROWS = 5;

const dump = {
  users: [
    { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
    { code: 'sato', name: '佐藤', language: 'ja' },
    { code: 'suzuki', name: '鈴木', language: 'ja' },
  ],
  apps: [
    {
      id: CALLING,
      name: '締め',
      creator: 'admin',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      records: [{ memo: 'a' }, { memo: 'b' }],
    },
    {
      id: SOURCE,
      name: '受注',
      fields: { customer: { type: 'SINGLE_LINE_TEXT' as const }, amount: { type: 'NUMBER' as const } },
      records: Array.from({ length: ROWS }, (_unused, index) => ({ customer: `c${index}`, amount: '1' })),
    },
    {
      id: TARGET,
      name: '売上',
      fields: { key: { type: 'SINGLE_LINE_TEXT' as const }, total: { type: 'NUMBER' as const } },
    },
  ],
};

let there: Stage;
let logAppId: string;

const configure = (change: Partial<ExecutionUnit>) =>
  there.configure(CALLING, {
    ...settingsOf([sumFlow('flow1', 'append')], { rateLimitPerMinute: 60, ...change }),
    logApp: { appId: logAppId },
  });

beforeAll(async () => {
  there = await stage(dump, [CALLING]);
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const options = { ...logTexts, sleep: () => Promise.resolve() };
  logAppId = (await createLogApp(client, options, () => undefined)).appId;
});

afterAll(() => there.close());

beforeEach(() => {
  for (const app of [TARGET, logAppId]) {
    const records = there.kintone.store.apps.get(app)?.records;
    for (const row of storedRows(there.kintone, app)) records?.delete(Number(row['$id']));
  }
});

async function press(page: Page, record: string): Promise<void> {
  await page.goto(`${there.url}/k/${CALLING}/show#record=${record}`);
  await page.getByRole('button', { name: '実行', exact: true }).first().click();
}

const heading = (page: Page, text: string) => page.getByRole('heading', { name: text });
const reasons = () => storedRows(there.kintone, logAppId).map((row) => row['state_reason']);

/** In the dialog; the buttons of the record's head are behind it. */
const confirm = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: '実行', exact: true }).click();

describe('two people', () => {
  it('the second waits for its turn, sees for whom, and runs after the first', async () => {
    await configure({ concurrency: 'queue' });
    const first = await there.open('sato');
    const second = await there.open('suzuki');
    await press(first.page, '1');
    await first.page.getByRole('dialog').waitFor();
    await press(second.page, '2');
    await heading(second.page, '順番を待っています').waitFor();
    await second.page.getByText('佐藤 さんが').waitFor();
    expect(reasons()).toEqual(['confirming', 'queued']);
    await confirm(first.page);
    await heading(first.page, '完了しました').waitFor();
    await second.page.getByRole('dialog').waitFor();
    await confirm(second.page);
    await heading(second.page, '完了しました').waitFor();
    expect(reasons()).toEqual(['done', 'done']);
    expect(storedRows(there.kintone, TARGET)).toHaveLength(2 * ROWS);
    for (const { context } of [first, second]) await context.close();
  });

  it('the second leaves the line, and the first is not disturbed', async () => {
    await configure({ concurrency: 'queue' });
    const first = await there.open('sato');
    const second = await there.open('suzuki');
    await press(first.page, '1');
    await first.page.getByRole('dialog').waitFor();
    await press(second.page, '2');
    await second.page.getByRole('button', { name: /順番を待つのをやめる/ }).click();
    await heading(second.page, '中止しました').waitFor();
    await confirm(first.page);
    await heading(first.page, '完了しました').waitFor();
    expect(reasons()).toEqual(['done', 'cancelled']);
    for (const { context } of [first, second]) await context.close();
  });

  it('a waiting tab that is closed in the same browser is passed over at once', async () => {
    await configure({ concurrency: 'queue' });
    const first = await there.open('sato');
    const waiting = await first.context.newPage();
    const last = await first.context.newPage();
    await press(first.page, '1');
    await first.page.getByRole('dialog').waitFor();
    await press(waiting, '2');
    await heading(waiting, '順番を待っています').waitFor();
    await press(last, '2');
    await last.getByText('2 番目に待っています').waitFor();
    await waiting.close();
    await last.getByText('次の順番です').waitFor();
    await confirm(first.page);
    await last.getByRole('dialog').waitFor();
    await confirm(last);
    await heading(last, '完了しました').waitFor();
    expect(reasons()).toEqual(['done', 'interrupted', 'done']);
    await first.context.close();
  });

  it('with join the second sees the run of the first to its end', async () => {
    await configure({ concurrency: 'join' });
    const first = await there.open('sato');
    const second = await there.open('suzuki');
    await press(first.page, '1');
    await first.page.getByRole('dialog').waitFor();
    await press(second.page, '2');
    await heading(second.page, '承認待ち').waitFor();
    expect(await second.page.getByRole('dialog').count()).toBe(0);
    await confirm(first.page);
    await heading(second.page, '完了しました').waitFor();
    expect(reasons()).toEqual(['done']);
    for (const { context } of [first, second]) await context.close();
  });
});

describe('too many starts', () => {
  it('switch the unit off for everybody; an administrator enables it again in the log', async () => {
    await configure({ confirm: 'never', rateLimitPerMinute: 1 });
    const { context, page } = await there.open('sato');
    await press(page, '1');
    await heading(page, '完了しました').waitFor();
    for (const title of ['少し待ってから', '少し待ってから', '実行単位は無効になっています']) {
      await press(page, '1');
      await heading(page, title).waitFor();
    }
    const other = await there.open('suzuki');
    await press(other.page, '2');
    await heading(other.page, '実行単位は無効になっています').waitFor();
    await other.page.getByText('佐藤 さん').first().waitFor();

    const admin = await there.open('admin');
    await admin.page.goto(`${there.url}/k/${CALLING}/`);
    await admin.page.getByRole('button', { name: '実行ログ' }).click();
    await admin.page.getByRole('button', { name: '有効に戻す' }).click();
    await admin.page.getByRole('button', { name: '有効に戻す' }).waitFor({ state: 'detached' });
    const off = storedRows(there.kintone, logAppId).find((row) => row['error_code'] === 'switchedOffNow');
    expect(off).toMatchObject({ lock_key: '', state: 'Failure' });
    expect(off?.['transitions']).toContain('Admin');
    for (const opened of [context, other.context, admin.context]) await opened.close();
  });
});
