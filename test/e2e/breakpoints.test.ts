/** A run in test mode that stops before its commands, with the packed plug-in in a real browser. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogApp } from '../../src/kintone/log-app';
import type { Nagare } from '../../src/record/api/nagare';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { sumFlow, unitOf } from '../run/setup';
import { type Stage, stage, storedRows, USERS } from './stage';

const CALLING = '1';
const TARGET = '20';
const COPY = '21';
const UNIT = 'abcdefghijklmn';

const TOTALS = { key: { type: 'SINGLE_LINE_TEXT' as const }, total: { type: 'NUMBER' as const } };
const dump = {
  users: USERS,
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const } },
      records: [{ memo: 'a' }],
    },
    {
      id: '10',
      name: '受注',
      fields: {
        customer: { type: 'SINGLE_LINE_TEXT' as const, label: '取引先' },
        amount: { type: 'NUMBER' as const, label: '金額' },
      },
      records: [
        { customer: '青葉商店', amount: '1200' },
        { customer: '若葉商店', amount: '34.5' },
        { customer: '青葉商店', amount: '300' },
      ],
    },
    { id: TARGET, name: '売上', fields: TOTALS },
    { id: COPY, name: '売上（テスト用）', fields: TOTALS },
  ],
};

let there: Stage;
let logAppId: string;

beforeAll(async () => {
  there = await stage(dump, [CALLING]);
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const tools = { ...logTexts, sleep: () => Promise.resolve() };
  logAppId = (await createLogApp(client, tools, () => undefined)).appId;
  await there.configure(CALLING, {
    version: 2,
    logApp: { appId: logAppId },
    holidays: [],
    flows: [sumFlow('f1', 'append')],
    units: [
      unitOf(['f1'], {
        id: UNIT,
        name: '売上の集計',
        api: true,
        confirm: 'never',
        rateLimitPerMinute: 60,
        mode: 'test',
        test: { rowLimit: 100, apps: [{ from: { appId: TARGET }, to: { appId: COPY } }] },
        breakpoints: [{ flowId: 'f1', commandId: 'sum' }],
      }),
    ],
  });
});
afterAll(() => there.close());

beforeEach(() => {
  for (const app of [COPY, logAppId]) {
    const records = there.kintone.store.apps.get(app)?.records;
    for (const row of storedRows(there.kintone, app)) records?.delete(Number(row['$id']));
  }
});

const stop = (page: Page, command: string) =>
  page.getByRole('region', { name: `「${command}」の直前で止まっています` });
const button = (page: Page, name: string) => page.locator('.breakpoint').getByRole('button', { name });
const heading = (page: Page, text: string) => page.getByRole('heading', { name: text, exact: true });
const written = () => storedRows(there.kintone, COPY).map((row) => [row['key'], row['total']]);
const reasons = () => storedRows(there.kintone, logAppId).map((row) => row['state_reason']);

describe.each([
  ['desktop', false],
  ['phone', true],
])('on the %s', (_device, isMobile) => {
  const pressed = async () => {
    const phone = { viewport: { width: 390, height: 844 }, isMobile, hasTouch: true };
    const opened = await there.open('sato', isMobile ? phone : {});
    await opened.page.goto(
      `${there.url}/k/${isMobile ? `m/${CALLING}/show?record=1` : `${CALLING}/show#record=1`}`,
    );
    await opened.page.getByRole('button', { name: /実行/ }).click();
    await stop(opened.page, '2. グループ化').waitFor();
    return opened;
  };

  it('shows what goes into a command, steps to the next one by keyboard, and goes on to the end', async () => {
    const { context, page } = await pressed();
    const input = page.getByRole('table', { name: '「1. 入力アプリ」から 3 行' });
    expect(await input.getByRole('row').nth(2).getByRole('cell').allTextContents()).toEqual([
      '若葉商店',
      '34.5',
    ]);
    expect(reasons()).toEqual(['paused']);
    await button(page, '次のコマンドまで').press('Enter');
    await stop(page, '3. 出力アプリ').waitFor();
    const sums = page.getByRole('table', { name: '「2. グループ化」から 2 行' });
    expect(await sums.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual([
      '青葉商店',
      '1500',
    ]);
    expect(written()).toEqual([]);
    await button(page, '続ける').press('Enter');
    await heading(page, '完了しました').waitFor();
    expect(written()).toEqual([
      ['青葉商店', '1500'],
      ['若葉商店', '34.5'],
    ]);
    expect(storedRows(there.kintone, TARGET)).toEqual([]);
    // What was shown is nobody else's business.
    expect(JSON.stringify(storedRows(there.kintone, logAppId))).not.toContain('若葉');
    await context.close();
  });

  it('is stopped there, with nothing written', async () => {
    const { context, page } = await pressed();
    await button(page, '中止').click();
    await heading(page, '中止しました').waitFor();
    expect(reasons()).toEqual(['cancelled']);
    expect(written()).toEqual([]);
    await context.close();
  });
});

it('a run that a program starts does not stop, and its card says so', async () => {
  const { context, page } = await there.open('sato');
  await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
  await page.waitForFunction(() => 'nagare' in window);
  const end = await page.evaluate(async (unit) => {
    const { nagare } = window as unknown as { readonly nagare: Nagare };
    return (await nagare.start(unit)).ended;
  }, UNIT);
  expect(end).toMatchObject({ state: 'Success' });
  await page.getByText('人がページで始めた実行ではないため').waitFor();
  expect(written()).toHaveLength(2);
  await context.close();
});
