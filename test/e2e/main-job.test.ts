/**
 * The main job by hand: an admin builds everything by clicking and typing, a user runs it. No settings
 * are injected; the package is the one that people install.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dump } from '../kintone/server/dump';
import { rights, type Stage, stage, storedRows } from './stage';

const CALLING = '1';
const ORDERS = '10';
const SALES = '20';
const MONTH = '2026-10';
const UNIT = '月次売上締め';

/** 1,000 orders of 40 customers over three months; amounts with decimals that floats cannot hold. */
const orders = Array.from({ length: 1_000 }, (_unused, index) => ({
  顧客: `顧客${String(index % 40).padStart(2, '0')}`,
  受注日: `2026-${['09', '10', '11'][index % 3]}-${String((index % 28) + 1).padStart(2, '0')}`,
  金額: `${index}.1`,
}));

const dump: Dump = {
  users: [
    { code: 'admin', name: '管理 太郎', password: 'admin-pw', isAdmin: true, language: 'ja' },
    { code: 'sato', name: '佐藤 美咲', language: 'ja' },
    { code: 'suzuki', name: '鈴木 健太', language: 'ja' },
  ],
  apps: [
    {
      id: CALLING,
      name: '月次締め',
      creator: 'admin',
      fields: { 対象月: { type: 'DATE' as const, label: '対象月' } },
      records: [{ 対象月: `${MONTH}-01` }],
    },
    {
      id: ORDERS,
      name: '受注',
      creator: 'admin',
      fields: {
        顧客: { type: 'SINGLE_LINE_TEXT' as const },
        受注日: { type: 'DATE' as const },
        金額: { type: 'NUMBER' as const },
      },
      records: orders,
    },
    {
      id: SALES,
      name: '月次売上',
      creator: 'admin',
      fields: {
        顧客: { type: 'SINGLE_LINE_TEXT' as const, unique: true },
        売上: { type: 'NUMBER' as const },
      },
      records: [{ 顧客: '顧客01', 売上: '1' }],
      acl: [
        rights({ type: 'USER', code: 'admin' }, 'view', 'add', 'edit', 'delete'),
        rights({ type: 'USER', code: 'sato' }, 'view', 'add', 'edit'),
        rights({ type: 'GROUP', code: 'everyone' }, 'view'),
      ],
    },
  ],
};

/** The sums, worked out apart from the engine: tenths as integers. */
function expectedSales(): Record<string, string> {
  const tenths = new Map<string, number>();
  for (const order of orders) {
    if (!order.受注日.startsWith(MONTH)) continue;
    tenths.set(order.顧客, (tenths.get(order.顧客) ?? 0) + Math.round(Number(order.金額) * 10));
  }
  return Object.fromEntries(
    [...tenths].map(([customer, sum]) => [
      customer,
      sum % 10 === 0 ? String(sum / 10) : `${Math.floor(sum / 10)}.${sum % 10}`,
    ]),
  );
}

const sales = () =>
  Object.fromEntries(
    storedRows(there.kintone, SALES).map((row) => [String(row['顧客']), String(row['売上'])]),
  );

let there: Stage;

beforeAll(async () => {
  there = await stage(dump, [CALLING]);
});

afterAll(() => there.close());

const button = (scope: Page | Locator, name: string | RegExp) =>
  scope.getByRole('button', { name, exact: typeof name === 'string' });

/** Picks an entry of a combo box by typing, as a person would. */
async function pick(scope: Locator, label: string | RegExp, text: string): Promise<void> {
  const box = scope.getByRole('combobox', { name: label });
  await box.click();
  await box.fill(text);
  await scope.page().getByRole('option', { name: text }).first().click();
}

const select = (scope: Locator, label: string | RegExp, option: string) =>
  scope.getByRole('combobox', { name: label }).selectOption({ label: option });

/** Adds a command after the last one. */
async function addCommand(page: Page, name: string): Promise<Locator> {
  await button(page, /^(コマンドを追加|最初のコマンドを追加)$/)
    .last()
    .click();
  await button(page.getByRole('dialog'), new RegExp(`^${name}`)).click();
  const panel = page.getByRole('region', { name });
  await panel.waitFor();
  return panel;
}

async function buildSettings(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'ログアプリ' }).click();
  await button(page, '新しく作成する').click();
  await button(page, '作成').click();
  await page.getByText('ログアプリを作成しました').first().waitFor();

  await page.getByRole('tab', { name: '実行単位' }).click();
  await button(page, '実行単位を追加').first().click();
  await page.getByRole('textbox', { name: '名前' }).fill(UNIT);
  await button(page, '新しいフローを作成').click();
  await page.getByRole('textbox', { name: '名前' }).fill('受注から月次売上');

  const input = await addCommand(page, '入力アプリ');
  await pick(input, /^アプリ/, '受注 (10)');
  for (const [number, comparison, edge] of [
    ['1', '以上（以降）', '初日'],
    ['2', '以下（以前）', '最終日'],
  ] as const) {
    await button(input, '条件を追加').click();
    await pick(input, `条件 ${number} の列`, '受注日');
    await select(input, `条件 ${number} の比較`, comparison);
    await select(input, `条件 ${number} の値の種類`, '期間');
    await select(input, `条件 ${number} の値: 単位`, '月');
    await select(input, `条件 ${number} の値: 位置`, edge);
    await select(input, `条件 ${number} の値: 基準`, '対象月');
  }
  const group = await addCommand(page, 'グループ化');
  await pick(group, '列を追加', '顧客');
  await page.keyboard.press('Escape');
  await button(group, '集計を追加').click();
  await pick(group, '集計 1 の列', '金額');
  await select(group, '集計 1 の方法', '合計');
  await group.getByRole('textbox', { name: '集計 1 の列名' }).fill('売上');

  const output = await addCommand(page, '出力アプリ');
  await pick(output, /^アプリ/, '月次売上 (20)');
  await button(output, '名前が同じものを自動で設定').click();
  await output.getByRole('checkbox', { name: '顧客 をキーにする' }).check();

  await page.getByRole('tab', { name: '実行単位' }).click();
  await page.getByText('有効にする', { exact: true }).click();
  await button(page, '保存').click();
  await page.getByText('保存しました').first().waitFor();
}

/** Headings that the card shows, in the order they appear. */
async function watchHeadings(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    (window as unknown as { seen: string[] }).seen = seen;
    const look = () => {
      for (const host of document.querySelectorAll('[data-nagare]')) {
        const text = host.shadowRoot?.querySelector('h2, h3')?.textContent ?? '';
        if (text !== '' && seen.at(-1) !== text) seen.push(text);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  return () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}

const heading = (page: Page, text: string) => page.getByRole('heading', { name: text, exact: true });

async function runAsUser(page: Page): Promise<void> {
  await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
  await button(page, '実行').first().waitFor();
  const headings = await watchHeadings(page);
  await button(page, '実行').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const text = (await dialog.textContent()) ?? '';
  expect(text).toContain('月次売上');
  expect(text).toContain(`${Object.keys(expectedSales()).length - 1} 件追加`);
  expect(text).toContain('1 件更新');
  expect(sales()).toEqual({ 顧客01: '1' });
  await button(dialog, '実行').click();
  await heading(page, '完了しました').waitFor();
  expect(sales()).toEqual(expectedSales());
  expect(await headings()).toEqual(expect.arrayContaining(['何が変わるかを確認しています', '完了しました']));
  const commits = () => there.kintone.log.list({ path: 'bulkRequest', app: SALES }).length;
  const before = commits();
  await button(page, '実行').first().click();
  await heading(page, '完了しました（変更なし）').waitFor();
  expect(commits()).toBe(before);
}

async function readLog(page: Page): Promise<void> {
  const [logApp] = [...there.kintone.store.apps.values()].filter((app) =>
    app.live?.settings.name.includes('Nagare'),
  );
  const rows = storedRows(there.kintone, String(logApp?.id));
  const count = Object.keys(expectedSales()).length;
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    execution_unit_name: UNIT,
    execution_method: 'button',
    execution_user: 'sato',
    execution_user_name: '佐藤 美咲',
    app_Id: CALLING,
    record_Id: '1',
    state: 'Success',
    state_reason: 'done',
    lock_key: '',
    added_records: String(count - 1),
    updated_records: '1',
    unchanged_records: '0',
    write_cursor: String(count),
    rows_planned: String(count),
  });
  for (const code of [
    'start_time',
    'end_time',
    'start_epoch',
    'end_epoch',
    'run_key',
    'definition_hash',
    'api_counts',
  ]) {
    expect(rows[0]?.[code], code).not.toBe('');
  }
  expect(rows[0]?.['flows']).toMatchObject([
    { value: { flow_name: { value: '受注から月次売上' }, flow_state: { value: 'Success' } } },
  ]);
  expect(rows[1]).toMatchObject({
    state: 'Success',
    state_reason: 'noChange',
    unchanged_records: String(count),
  });

  await page.goto(`${there.url}/k/admin/app/${CALLING}/plugin/config?pluginId=${there.pluginId}`);
  await page.getByRole('tab', { name: '実行ログ' }).click();
  await page.getByText('佐藤 美咲').first().waitFor();
}

async function failAsUserWithoutRights(): Promise<void> {
  there.kintone.store.apps.get(ORDERS)?.records.delete(2);
  const { page, context } = await there.open('suzuki');
  const before = sales();
  await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
  await button(page, '実行').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await button(dialog, '実行').click();
  await heading(page, '失敗しました').waitFor();
  await page.getByText(/権限/).first().waitFor();
  await page
    .getByText(/月次売上/)
    .first()
    .waitFor();
  expect(sales()).toEqual(before);
  await context.close();
}

it('an admin builds a unit by clicking and typing, a user runs it, and the log tells the story', async () => {
  const admin = await there.open('admin');
  admin.page.setDefaultTimeout(6000);
  const errors: string[] = [];
  admin.page.on('pageerror', (error) => errors.push(error.message));
  await admin.page.goto(`${there.url}/k/admin/app/${CALLING}/plugin/config?pluginId=${there.pluginId}`);
  await buildSettings(admin.page);
  await admin.page.goto(`${there.url}/k/admin/app/flow?app=${CALLING}`);
  await button(admin.page, 'アプリを更新').click();
  await admin.page.getByText('アプリを更新しました').waitFor();

  const sato = await there.open('sato');
  sato.page.on('pageerror', (error) => errors.push(error.message));
  await runAsUser(sato.page);
  await readLog(admin.page);
  await failAsUserWithoutRights();
  expect(errors).toEqual([]);
});
