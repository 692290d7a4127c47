import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../kintone-tests/pages/browser';
import { bundle, openHarness } from '../record/harness/browser';
import { HOSTILE_CSS } from '../record/harness/hostile';
import type { LogHarness } from './harness/main';

type Globals = typeof globalThis & { readonly logHarness: LogHarness; readonly axe: typeof axe };
type Answer = Parameters<LogHarness['answer']>[0];

let browser: Browser;
let context: BrowserContext;
let script: string;
let page: Page;

beforeAll(async () => {
  [browser, script] = await Promise.all([
    launchBrowser(),
    bundle(new URL('./harness/main.tsx', import.meta.url)),
  ]);
  context = await browser.newContext();
  page = await openHarness(context, { script });
  await page.addScriptTag({ content: axe.source });
});
afterAll(() => browser.close());

const show = (answer: Answer = 'runs', language: 'ja' | 'en' | 'zh' = 'ja') =>
  page.evaluate(([l, a]) => (globalThis as Globals).logHarness.show(l, a), [language, answer] as const);
const lastQuery = () => page.evaluate(() => (globalThis as Globals).logHarness.queries.at(-1));
const log = () => page.locator('[data-nagare=log]');
const rows = () => log().locator('tr.run');

async function violations(): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { violations: found } = await (globalThis as Globals).axe.run({ include: ['[data-nagare]'] });
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
  });
}

describe('the list', () => {
  beforeEach(() => show());

  it('shows runs newest first, each with state, counts and link', async () => {
    await rows().first().waitFor();
    expect(await rows().count()).toBe(30);
    const third = (await rows().nth(2).textContent()) ?? '';
    expect(third).toContain('失敗');
    expect(third).toContain('追加 12 件');
    expect(third).toContain('変更なし 42 件');
    expect(third).toContain('2026/11/21 12:58:30');
    expect(await rows().nth(2).locator('a').getAttribute('href')).toBe('/k/8/show#record=1026');
    expect(await violations()).toEqual([]);
  });

  it('keeps the cells of every run under their heads', async () => {
    const more = log().getByRole('button', { name: 'さらに読み込む' });
    await more.click();
    await rows().nth(59).waitFor();
    const lefts = await log().evaluate((host) =>
      ['thead > tr', 'tbody:first-of-type > tr', 'tbody:last-of-type > tr'].map((selector) =>
        [...(host.shadowRoot?.querySelector(`.runs > ${selector}`)?.children ?? [])].map(
          (cell) => cell.getBoundingClientRect().left,
        ),
      ),
    );
    expect(lefts[0]).toHaveLength(8);
    expect(lefts[1]).toEqual(lefts[0]);
    expect(lefts[2]).toEqual(lefts[0]);
  });

  it('loads more by record id until there are no more', async () => {
    const more = log().getByRole('button', { name: 'さらに読み込む' });
    await more.click();
    await rows().nth(59).waitFor();
    expect(await lastQuery()).toMatchObject({ beforeId: '971', limit: 30 });
    await more.click();
    await log().locator('text=これより前の実行はありません').waitFor();
    const units = await rows().locator('.figure').count();
    expect(units).toBe(75);
  });

  it('filters by state, unit and period, each control by its name', async () => {
    await log().getByRole('checkbox', { name: '失敗' }).check();
    await log().getByRole('checkbox', { name: '成功' }).check();
    await log().getByRole('combobox', { name: '実行単位' }).selectOption({ label: '在庫引き当て' });
    await log().getByRole('combobox', { name: '期間' }).selectOption('custom');
    await log().getByLabel('開始日').fill('2026-11-21');
    await log().getByLabel('終了日').fill('2026-11-21');
    await page.waitForFunction(() => (globalThis as Globals).logHarness.queries.at(-1)?.toMs !== null);
    expect(await lastQuery()).toMatchObject({
      states: ['Failure', 'Success'],
      unitId: 'stockallocation',
      fromMs: Date.parse('2026-11-20T15:00:00Z'),
      toMs: Date.parse('2026-11-21T14:59:59.999Z'),
    });
    await log().getByLabel('終了日').fill('2026-11-20');
    await log().locator('[role=alert]').waitFor();
    expect(await log().locator('[role=alert]').textContent()).toContain('終了日は');
    expect(await violations()).toEqual([]);
    await log().getByRole('button', { name: '絞り込みをやめる' }).click();
    await rows().nth(29).waitFor();
    expect(await log().getByRole('combobox', { name: '期間' }).inputValue()).toBe('week');
  });

  it('opens a run by keyboard, with its flows on a timeline', async () => {
    const toggle = rows().nth(2).locator('.toggle');
    await toggle.focus();
    await page.keyboard.press('Enter');
    await log().locator('.run-detail').waitFor();
    expect(await toggle.getAttribute('aria-expanded')).toBe('true');
    const detail = log().locator('.run-detail');
    expect(await detail.locator('.failure').textContent()).toContain('必須です');
    expect(await detail.locator('.flows tbody tr').count()).toBe(3);
    expect(await detail.locator('svg.bar').nth(1).getAttribute('aria-label')).toBe('1.5 秒 後から 2.5 秒');
    expect(await detail.locator('text=実行していません').count()).toBe(1);
    expect(await detail.locator('.given').allTextContents()).toEqual(['day2026-11-28tags新規, 既存']);
    expect(await detail.getByRole('link').getAttribute('href')).toBe('/k/90/show#record=998');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Enter');
    await detail.waitFor({ state: 'detached' });
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
  });
});

describe('units that are switched off', () => {
  it('are named above the list, and enabled again by whoever looks after them', async () => {
    await show();
    const notice = log().locator('.off');
    await notice.waitFor();
    expect(await notice.textContent()).toContain('自動で無効になっています');
    expect(await violations()).toEqual([]);
    await notice.getByRole('button', { name: '有効に戻す' }).press('Enter');
    await notice.waitFor({ state: 'detached' });
  });
});

describe('connections to other services', () => {
  const test = async (): Promise<string> => {
    await log().getByRole('button', { name: '接続を確かめる' }).press('Enter');
    const said = log().locator('.connection-said span');
    await said.waitFor();
    return (await said.textContent()) ?? '';
  };

  it('are tested by keyboard; the outcome is told in words', async () => {
    await show();
    await log().getByText('接続テスト', { exact: true }).first().press('Enter');
    expect(await test()).toContain('何も実行していません');
    expect(await violations()).toEqual([]);
    await page.evaluate(() =>
      (globalThis as Globals).logHarness.tested(false, 'remoteLicense', { host: 'api.example.com' }),
    );
    await log().getByRole('button', { name: '接続を確かめる' }).press('Enter');
    await log().getByText('シリアルナンバーを有効と認めませんでした').waitFor();
    expect(await violations()).toEqual([]);
  });
});

describe('runs that belong together', () => {
  it('lead to the run that started them, and to those they started', async () => {
    await show();
    await rows().nth(4).getByRole('button').click();
    const family = log().locator('.family');
    await family.first().waitFor();
    expect(await family.locator('a').count()).toBe(2);
    expect(await family.first().textContent()).toContain('この実行が開始した実行');
    await rows().nth(4).getByRole('button').click();
    await rows().nth(5).getByRole('button').click();
    await log().locator('.family', { hasText: 'この実行を開始した実行' }).waitFor();
    expect(await violations()).toEqual([]);
  });
});

describe('a run that goes on', () => {
  it('can be asked to pause and let go on, and tells its history', async () => {
    await show();
    await page
      .getByRole('button', { name: /の詳細を表示/ })
      .first()
      .click();
    const detail = page.locator('.run-detail');
    await detail.getByRole('button', { name: '一時停止を求める' }).click();
    await detail.getByText('一時停止を求めています（管理 太郎 さん）').waitFor();
    await detail.getByRole('button', { name: '続けてもらう' }).click();
    await detail.getByRole('button', { name: '一時停止を求める' }).waitFor();
    const lines = detail.locator('.history li');
    expect(await lines.count()).toBe(4);
    expect(await lines.nth(2).innerText()).toContain('人が止めました');
  });

  it('can be asked to stop, once, and then says who asked', async () => {
    await show();
    const running = log().locator('tr.run', { hasText: '実行中' }).first();
    await running.getByRole('button').first().click();
    const detail = log().getByRole('region', { name: /実行の詳細/ });
    await detail.getByRole('button', { name: '中止を求める' }).click();
    await detail.getByText('停止要求中（管理 太郎 さん）').waitFor();
    expect(await detail.getByRole('button', { name: '中止を求める' }).count()).toBe(0);
    expect(await page.evaluate(() => (globalThis as Globals).logHarness.stops)).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });
});

describe('a run that has ended', () => {
  it('can be carried on, begun from its failed flow and undone, by keyboard', async () => {
    await show();
    await rows().nth(2).getByRole('button').first().click();
    const after = log().getByRole('region', { name: 'この実行のあとにできること' });
    expect(await after.getByRole('button').allTextContents()).toEqual([
      '続きから',
      '失敗したフローから',
      '最初から',
      '元に戻す',
    ]);
    await after.getByRole('button', { name: '続きから' }).press('Enter');
    await after.getByRole('button', { name: '失敗したフローから' }).press('Enter');
    expect(await page.evaluate(() => (globalThis as Globals).logHarness.followed)).toEqual([
      'continue 998',
      'fromFailedFlow 998',
    ]);
    await after.getByRole('button', { name: '元に戻す' }).press('Enter');
    await after.getByRole('alert').waitFor();
    expect(await violations()).toEqual([]);
  });
});

describe('a run that is started over', () => {
  it('says first which settings and values count and what stays; Escape leaves the question only', async () => {
    await show();
    await rows().nth(2).getByRole('button').first().click();
    const before = await page.evaluate(() => (globalThis as Globals).logHarness.followed.length);
    const over = log().getByRole('button', { name: '最初から', exact: true });
    await over.press('Enter');
    const question = log().getByRole('dialog', { name: /最初から実行しますか/ });
    await question.waitFor();
    const facts = await question.getByRole('listitem').allTextContents();
    expect(facts[0]).toContain('いまの設定で実行します');
    expect(facts[1]).toContain('呼び出し元レコード #1026 の、いまの値');
    expect(facts.join()).toContain('200 件は、そのまま残ります');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => (globalThis as Globals).logHarness.followed.length)).toBe(before);
    await over.press('Enter');
    await question.getByRole('button', { name: '最初から実行' }).press('Enter');
    await question.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => (globalThis as Globals).logHarness.followed.at(-1))).toBe(
      'startOver 998',
    );
  });
});

describe('a run that has ended, where no run can be started', () => {
  it.each([
    ['on the settings page', null, 'レコード一覧の実行ログから行えます'],
    ["in kintone's test environment", 'testEnvironment', 'テスト環境では実行できません'],
  ] as const)('says where its buttons are: %s', async (_where, after, said) => {
    await page.evaluate((how) => (globalThis as Globals).logHarness.show('ja', 'runs', how), after);
    await rows().nth(2).getByRole('button').first().click();
    await log().getByText(said).waitFor();
    expect(await log().getByRole('button', { name: '続きから' }).count()).toBe(0);
  });
});

describe('a run that nobody works on', () => {
  it('can be closed, by keyboard; one that goes on cannot', async () => {
    await show();
    await rows().nth(0).getByRole('button').first().click();
    const detail = log().locator('.run-detail');
    await detail.getByRole('button', { name: '一時停止を求める' }).waitFor();
    const close = detail.getByRole('button', { name: 'この実行を終了する' });
    expect(await close.count()).toBe(0);
    expect(await rows().nth(0).locator('.state').textContent()).toBe('実行中');
    expect(await rows().nth(12).locator('.state').textContent()).toBe('中断');
    await rows().nth(12).getByRole('button').first().click();
    await close.waitFor();
    // Nobody is there to obey.
    expect(await detail.getByRole('button', { name: '一時停止を求める' }).count()).toBe(0);
    expect(await detail.getByRole('button', { name: '中止を求める' }).count()).toBe(0);
    expect(await detail.getByRole('button', { name: '最初から' }).count()).toBe(1);
    expect(await detail.textContent()).not.toContain('終了実行中');
    expect(await violations()).toEqual([]);
    await close.focus();
    await page.keyboard.press('Enter');
    await close.waitFor({ state: 'detached' });
    await log().locator('tr.run[data-open]', { hasText: '中断' }).waitFor();
    expect(await violations()).toEqual([]);
  });
});

describe('nothing to list', () => {
  it.each([
    ['never', '読み込んでいます'],
    ['forbidden', 'ログを見る権限がありません'],
    ['missing', '実行ログアプリがありません'],
    ['broken', 'ログを読み込めませんでした'],
    ['nothing', '条件に合う実行はありません'],
  ] as const)('%s', async (answer, text) => {
    await show(answer);
    await log().locator(`text=${text}`).last().waitFor();
    expect(await violations()).toEqual([]);
  });

  it('says how to begin once no filter is left', async () => {
    await show('nothing');
    await log().getByRole('button', { name: '絞り込みをやめる' }).click();
    await log().locator('text=まだ実行されていません').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('loads again after a failure', async () => {
    await show('broken');
    await log().locator('[role=alert]').waitFor();
    await page.evaluate(() => (globalThis as Globals).logHarness.answer('runs'));
    await log().getByRole('button', { name: 'もう一度読み込む' }).click();
    await rows().first().waitFor();
    expect(await log().locator('[role=alert]').count()).toBe(0);
  });
});

describe('the drawer', () => {
  const open = (problem = '') =>
    page.evaluate((code) => (globalThis as Globals).logHarness.drawer('en', code), problem);

  it('lies over the page, takes the focus and goes away by Escape', async () => {
    await open();
    await rows().first().waitFor();
    expect(await violations()).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-nagare'))).toBe('log');
    await page.keyboard.press('Escape');
    await log().waitFor({ state: 'detached' });
    expect(await log().count()).toBe(0);
  });

  it('goes away when a run begins in the page below', async () => {
    await open();
    await rows().first().waitFor();
    await page.evaluate(() => (globalThis as Globals).logHarness.closeDrawer());
    await log().waitFor({ state: 'detached' });
    expect(await log().count()).toBe(0);
  });

  it('says when there is no log at all', async () => {
    await open('logAppNotSet');
    await log().locator('[role=alert]').waitFor();
    expect(await log().locator('[role=alert]').textContent()).toContain('There is no log app');
    await log().getByRole('button', { name: 'Close' }).click();
    await log().waitFor({ state: 'detached' });
    expect(await log().count()).toBe(0);
  });
});

describe('other pages', () => {
  it('fits a phone without scrolling sideways, detail included', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await show('runs', 'en');
    await rows().nth(2).locator('.toggle').click();
    await log().locator('.run-detail').waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const caption = await log().locator('.flows caption').boundingBox();
    expect(caption?.width).toBeGreaterThan(300);
    expect(await violations()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('keeps its looks on a hostile one', async () => {
    const looks = async (css: string) => {
      await page.close();
      page = await openHarness(context, { script, css });
      await show();
      await rows().first().waitFor();
      return log().evaluate((host) =>
        [...(host.shadowRoot?.querySelectorAll('td, th, button, .state, select') ?? [])]
          .slice(0, 60)
          .map((element) => {
            const { display, padding, color, backgroundColor, fontSize, textAlign } =
              getComputedStyle(element);
            return { display, padding, color, backgroundColor, fontSize, textAlign };
          }),
      );
    };
    const calm = await looks('');
    expect(calm).toHaveLength(60);
    expect(await looks(HOSTILE_CSS)).toEqual(calm);
  });
});
