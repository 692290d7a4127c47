import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asked } from '../../src/ui/panel/InputForm';
import { launchBrowser } from '../kintone-tests/pages/browser';
import { bundle, openHarness } from './harness/browser';
import { HOSTILE_CSS } from './harness/hostile';
import type { PanelHarness } from './harness/main';
import { SCENARIOS, type ScenarioName } from './harness/scenarios';

type Globals = typeof globalThis & { readonly panelHarness: PanelHarness; readonly axe: typeof axe };

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
});
afterAll(() => browser.close());

/** A page that nothing was done to yet, for tests that change the page itself. */
async function freshPage(options: { css?: string } = {}): Promise<void> {
  await page.close();
  page = await openHarness(context, { script, ...options });
}

const show = (name: ScenarioName, choices: object = {}) =>
  page.evaluate(([n, more]) => (globalThis as Globals).panelHarness.show(n, { language: 'ja', ...more }), [
    name,
    choices,
  ] as const);
const scenario = (name: ScenarioName) =>
  page.evaluate((n) => (globalThis as Globals).panelHarness.scenario(n), name);
const calls = () => page.evaluate(() => [...(globalThis as Globals).panelHarness.calls]);
const handleCalls = () => page.evaluate(() => [...(globalThis as Globals).panelHarness.handleCalls()]);
const card = () => page.locator('[data-nagare=card]');
const focused = () =>
  page.evaluate(() => {
    const inside = document.activeElement?.shadowRoot?.activeElement;
    return inside?.textContent ?? document.activeElement?.id ?? '';
  });

async function violations(): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { violations: found } = await (globalThis as Globals).axe.run({
      include: ['[data-nagare]'],
    });
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
  });
}

describe('every state', () => {
  beforeAll(async () => {
    page = await openHarness(context, { script });
    await page.addScriptTag({ content: axe.source });
  });

  it.each(Object.keys(SCENARIOS) as ScenarioName[])('has nothing for axe to find: %s', async (name) => {
    await show(name);
    await card().locator('h2').first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it.each([
    'writing',
    'breakpoint',
    'deleting',
    'failed',
    'interrupted',
    'lost',
    'remoteRunning',
    'remoteLeft',
  ] as const)('nor in English on a phone: %s', async (name) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await show(name, { language: 'en' });
    await card().locator('h2').first().waitFor();
    expect(await violations()).toEqual([]);
    const overflow = await card().evaluate((host) => host.scrollWidth - host.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('also when the run belongs to another record, or cannot start', async () => {
    await show('writing', { shown: { recordId: '99' } });
    await card().locator('.chip').waitFor();
    expect(await violations()).toEqual([]);
    await page.evaluate(() =>
      (globalThis as Globals).panelHarness.problem('logAppNotSet', { language: 'ja' }),
    );
    await card().locator('[role=alert]').waitFor();
    expect(await violations()).toEqual([]);
  });
});

describe('a run whose thread was lost', () => {
  it('says that something may be written and how far it is known, and offers the next press', async () => {
    await show('lost');
    await card().locator('[role=alert]').waitFor();
    const text = await card().locator('.failure').textContent();
    expect(text).toContain('途中まで書き込んでいる可能性があります');
    await card().getByText('5,700 件のうち 2,000 件は書き込み済みです。').waitFor();
    expect(await card().getByText('書き込みはまだ始まっていませんでした').count()).toBe(0);
    await card().getByRole('button', { name: 'もう一度' }).click();
    expect(await calls()).toEqual(['retry']);
  });
});

describe('a run at another service', () => {
  it('asks first, and says that what is written cannot be shown', async () => {
    await show('remoteConfirming');
    await card().locator('dialog').getByText('何が書き込まれるかは').waitFor();
    await page.keyboard.press('Escape');
    expect(await handleCalls()).toEqual(['decline']);
  });

  it('can be left by keyboard, in words that promise no stop', async () => {
    await show('remoteRunning');
    const leave = card().getByRole('button', { name: '見るのをやめる' });
    expect(await leave.textContent()).toBe('見るのをやめる');
    await leave.press('Enter');
    expect(await handleCalls()).toEqual(['cancel']);
    expect(await card().getByRole('button', { name: '一時停止' }).count()).toBe(0);
  });

  it.each(['remoteDone', 'remoteFailed', 'remoteUnclear', 'remoteLeft', 'remoteOff'] as const)(
    'offers no way back or again: %s',
    async (name) => {
      await show(name);
      await card().locator('h2').first().waitFor();
      const names = await card().getByRole('button').allTextContents();
      expect(names.filter((text) => /もう一度|続きから|最初から|元に戻す/.test(text))).toEqual([]);
      expect(await card().getByRole('link', { name: '実行ログ' }).count()).toBe(1);
    },
  );
});

describe('a run in test mode that stands before a command', () => {
  const step = () => card().getByRole('button', { name: '次のコマンドまで' });
  const proceed = () => card().getByRole('button', { name: '続ける' });

  it('names the command and shows what goes in, with its size', async () => {
    await show('breakpoint');
    const stop = card().getByRole('region', { name: '「2. グループ化」の直前で止まっています' });
    await stop.waitFor();
    const table = stop.getByRole('table', {
      name: '「1. 入力アプリ」から 5,700 行、はじめの 50 行を表示、34 列のうち 12 列を表示',
    });
    expect(await table.getByRole('row').count()).toBe(51);
    expect(await table.getByRole('columnheader').count()).toBe(13);
    const first = table.getByRole('row').nth(1);
    expect(await first.getByRole('cell').nth(2).textContent()).toBe('2026/11/21 14:02');
    expect(await stop.getByText('まだ何も書き込んでいません。').count()).toBe(1);
  });

  it('says that nothing goes in, and that a table is empty', async () => {
    await show('breakpointNoInputs');
    await card().getByText('入ってくる行はありません').waitFor();
    await show('breakpointTwoInputs');
    await card().getByRole('table', { name: '「2. グループ化」から 2 行' }).waitFor();
    await card()
      .getByRole('table', { name: '「1. 入力アプリ」から 0 行' })
      .getByText('行がありません。')
      .waitFor();
  });

  it('goes on, steps or stops by keyboard; each way is there once', async () => {
    await show('breakpoint');
    await proceed().press('Enter');
    await step().press('Enter');
    await card().getByRole('button', { name: '中止' }).press('Enter');
    expect(await handleCalls()).toEqual(['proceed', 'step', 'cancel']);
    await card().getByRole('heading', { name: '停止要求中' }).waitFor();
  });

  it('keeps the focus on the way that was taken, from stop to stop', async () => {
    await show('breakpoint');
    await step().press('Enter');
    await scenario('checking');
    await card().getByRole('heading', { name: '何が変わるかを確認しています' }).waitFor();
    await scenario('breakpointTwoInputs');
    await step().waitFor();
    expect(await focused()).toBe('次のコマンドまで');
    await page.keyboard.press('Enter');
    expect(await handleCalls()).toEqual(['step', 'step']);
  });

  it('takes the focus from nobody who has moved on', async () => {
    await show('breakpoint');
    await step().press('Enter');
    await scenario('checking');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await scenario('breakpointTwoInputs');
    await step().waitFor();
    expect(await focused()).toBe('');
  });

  it('tells a screen reader where it stands', async () => {
    await show('breakpoint');
    const said = card().locator('[data-announcer]');
    await expect.poll(() => said.textContent()).toContain('「2. グループ化」の直前で止まりました');
    await scenario('breakpointTwoInputs');
    await expect.poll(() => said.textContent()).toContain('「3. 出力アプリ」の直前で止まりました');
  });

  it('keeps the head of a table in sight, and shows long values as a whole when asked', async () => {
    await show('breakpoint');
    const region = card().locator('.rows');
    await region.evaluate((box) => box.scrollTo(0, 400));
    const [top, head] = await region.evaluate((box) => [
      box.getBoundingClientRect().top,
      box.querySelector('thead th')?.getBoundingClientRect().top ?? Number.NaN,
    ]);
    expect(Math.abs((head ?? 0) - (top ?? 0))).toBeLessThan(2);
    const long = region.locator('td span', { hasText: '運送費' });
    const isClipped = () => long.evaluate((cell) => cell.scrollWidth > cell.clientWidth);
    expect(await isClipped()).toBe(true);
    expect((await long.textContent())?.length).toBe(200);
    await card().getByRole('checkbox', { name: '長い値を折り返して表示' }).press('Space');
    expect(await isClipped()).toBe(false);
  });
});

describe('a run that failed after its first flow', () => {
  it('offers the rest of the plan and a run from the failed flow', async () => {
    await show('failed');
    await card().getByRole('button', { name: '続きから' }).click();
    await card().getByRole('button', { name: '失敗したフローから' }).click();
    expect(await calls()).toEqual(['continue', 'fromFailed']);
  });

  it('does not where no flow was finished', async () => {
    await show('forbidden');
    await card().locator('[role=alert]').waitFor();
    expect(await card().getByRole('button', { name: '失敗したフローから' }).count()).toBe(0);
  });

  it('offers it for an interrupted run too, between going on and starting over', async () => {
    await show('interruptedLater');
    await card().getByRole('button', { name: '失敗したフローから' }).press('Enter');
    expect(await calls()).toEqual(['fromFailed']);
    await show('interrupted');
    await card().getByRole('button', { name: '最初から' }).waitFor();
    expect(await card().getByRole('button', { name: '失敗したフローから' }).count()).toBe(0);
  });

  it.each(['failed', 'cancelledLater', 'interruptedLater'] as const)(
    'U4: three ways on, each with the settings and data that it uses: %s',
    async (scenario) => {
      await show(scenario);
      const ways = [
        ['続きから', '確認したときの設定とデータのまま'],
        ['失敗したフローから', 'いまの設定とデータで計画し直し'],
        ['最初から', 'いまの設定とデータで、もう一度確認し直します'],
      ] as const;
      for (const [way, uses] of ways) {
        await card().getByRole('button', { name: way, exact: true }).waitFor();
        await card().getByText(uses).waitFor();
      }
    },
  );

  it('U4: only another try where nothing is written', async () => {
    await show('forbidden');
    await card().getByRole('button', { name: 'もう一度実行' }).waitFor();
    expect(await card().getByRole('button', { name: '最初から' }).count()).toBe(0);
  });

  it('says which flows the new run leaves out', async () => {
    await show('fromFailed');
    await card().getByText('行いません: 支店マスタの取り込み').waitFor();
    await page.evaluate(() =>
      (globalThis as Globals).panelHarness.set({ state: 'Running', reason: 'writing' }),
    );
    await card().locator('.step-state', { hasText: '済み（前の実行）' }).waitFor();
  });
});

describe('confirming', () => {
  it('runs by Enter, because Run has the focus when nothing is deleted', async () => {
    await show('confirming');
    await card().locator('dialog').waitFor();
    expect(await focused()).toBe('実行');
    await page.keyboard.press('Enter');
    expect(await handleCalls()).toEqual(['confirm']);
  });

  it('offers to check again when the check is old, not before', async () => {
    await show('confirming');
    await card().locator('dialog').getByText('に確認した内容です').waitFor();
    const recheck = card().getByRole('button', { name: '確認し直す' });
    expect(await recheck.count()).toBe(0);
    await page.evaluate(() => (globalThis as Globals).panelHarness.advance(6 * 60_000));
    await recheck.waitFor();
    await card().getByText('5 分以上たっています').waitFor();
    await page.addScriptTag({ content: axe.source });
    expect(await violations()).toEqual([]);
    await recheck.press('Enter');
    expect(await handleCalls()).toEqual(['recheck']);
  });

  it('declines by Escape and by the button', async () => {
    await show('confirming');
    await card().locator('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect(await handleCalls()).toEqual(['decline']);
    await card().getByRole('button', { name: 'キャンセル' }).click();
    expect(await handleCalls()).toEqual(['decline', 'decline']);
  });

  it('deletes only after the acknowledgement, and focuses Cancel first', async () => {
    await show('deleting');
    await card().locator('dialog').waitFor();
    expect(await focused()).toBe('キャンセル');
    const run = card().getByRole('button', { name: '削除を含めて実行' });
    await run.press('Enter');
    expect(await handleCalls()).toEqual([]);
    expect(await card().locator('[role=alert]').textContent()).toContain('チェックを入れて');
    await card().getByRole('checkbox').check();
    await run.click();
    expect(await handleCalls()).toEqual(['confirm']);
  });

  it('keeps Tab inside the dialog', async () => {
    await show('deleting');
    await card().locator('dialog').waitFor();
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      const isOnPage = await page.evaluate(() => document.activeElement?.id === 'field');
      expect(isOnPage).toBe(false);
    }
  });

  it('shows what changes field by field with labels, deletions first', async () => {
    await show('deleting');
    await card().locator('dialog').waitFor();
    await card().locator('summary', { hasText: '在庫' }).click();
    const rows = card().locator('.changes').locator('tbody');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(20);
    expect(await rows.first().textContent()).toContain('削除');
    expect(await rows.first().textContent()).toContain('取引先の正式名称');
    expect(await rows.nth(3).textContent()).toContain('佐藤 昇');
  });

  it('marks estimates', async () => {
    await show('confirming');
    await card().locator('dialog').waitFor();
    expect(await card().locator('.counts .tag').allTextContents()).toEqual(['概算']);
  });

  it('does not open over another record', async () => {
    await show('checking', { shown: { recordId: '99' } });
    await scenario('confirming');
    await card().locator('.chip').waitFor();
    expect(await card().locator('dialog').count()).toBe(0);
    await card().getByRole('button', { name: '詳しく見る' }).click();
    await card().locator('dialog').waitFor();
    expect(await card().locator('dialog').count()).toBe(1);
  });
});

describe('running', () => {
  it('is stopped by its button, and then says so', async () => {
    await show('writing');
    await card()
      .getByRole('button', { name: /中止する/ })
      .click();
    expect(await handleCalls()).toEqual(['cancel']);
    await card().locator('h2', { hasText: '停止要求中' }).waitFor();
    expect(await focused()).toBe('停止要求中');
  });

  it('takes no focus from the page', async () => {
    await show('writing');
    await page.locator('#field').focus();
    await scenario('done');
    await card().locator('h2', { hasText: '完了' }).waitFor();
    expect(await focused()).toBe('field');
  });

  it('opens the commands of the active flow only', async () => {
    await show('writing');
    await card().locator('.command').first().waitFor();
    expect(await card().locator('.step:has(.commands)').count()).toBe(1);
    expect(await card().locator('[aria-current=step] .step-name').textContent()).toBe('顧客別売上');
    expect(await card().locator('progress').getAttribute('aria-valuetext')).toContain('2,000 / 5,700');
  });

  it('shows the time left after three seconds of writing', async () => {
    await freshPage();
    await page.clock.install();
    await show('writing');
    await page.evaluate(() => {
      const { panelHarness } = globalThis as Globals;
      panelHarness.advance(4_000);
      panelHarness.set({ progress: { rowsWritten: 3_900, rowsPlanned: 5_700 } });
    });
    await page.clock.runFor(1_000);
    await card().locator('text=残り約 4 秒').waitFor();
    expect(await card().locator('.progress-text').textContent()).toContain('残り約 4 秒');
  });

  it('has the status region before anything is said, and an alert for failures', async () => {
    await show('checking');
    const status = card().locator('[data-announcer]');
    await status.waitFor({ state: 'attached' });
    expect(await status.getAttribute('role')).toBe('status');
    const region = await status.elementHandle();
    await scenario('writing');
    await page.waitForFunction((element) => element?.textContent?.includes('書き込みを始めました'), region);
    await scenario('failed');
    await card().locator('[role=alert]').waitFor();
    expect(await region?.textContent()).toBe('');
  });

  it('keeps its keys from the shortcuts of the page', async () => {
    await freshPage();
    await page.evaluate(() => {
      const heard: string[] = [];
      (globalThis as unknown as { heard: string[] }).heard = heard;
      document.addEventListener('keydown', (event) => heard.push(event.key));
    });
    await show('writing');
    await card()
      .getByRole('button', { name: /中止する/ })
      .focus();
    await page.keyboard.press('e');
    await page.locator('#field').press('n');
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual(['n']);
  });
});

describe('afterwards', () => {
  it('reloads a changed record after three seconds, unless somebody stays', async () => {
    await freshPage();
    await page.clock.install();
    await show('doneHere');
    await card().locator('text=3 秒後').waitFor();
    await page.clock.runFor(1_000);
    await card().locator('text=2 秒後').waitFor();
    await page.clock.runFor(2_000);
    await page.waitForFunction(() => (globalThis as Globals).panelHarness.calls.length > 0);
    expect(await calls()).toEqual(['reload']);
  });

  it('stays when asked to', async () => {
    await freshPage();
    await page.clock.install();
    await show('doneHere');
    await card().getByRole('button', { name: '止める' }).click();
    await page.clock.runFor(10_000);
    expect(await calls()).toEqual([]);
    await card().getByRole('button', { name: '再読み込み' }).click();
    expect(await calls()).toEqual(['reload']);
  });

  it('never reloads while somebody edits', async () => {
    await freshPage();
    await page.clock.install();
    await show('doneHere', { shown: { isEditing: true } });
    await card().getByRole('button', { name: '再読み込み' }).waitFor();
    await page.clock.runFor(10_000);
    expect(await calls()).toEqual([]);
    expect(await card().locator('text=秒後').count()).toBe(0);
  });

  it('does not offer a reload when the record is as it was', async () => {
    await show('done');
    await card().locator('h2', { hasText: '完了' }).waitFor();
    expect(await card().locator('.reload').count()).toBe(0);
    const links = card().locator('a');
    expect(await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
      '/k/21/',
      '/k/90/show#record=501',
    ]);
  });

  it('copies a report that holds no values, or shows it where copying is not allowed', async () => {
    await freshPage();
    await page.evaluate(() => {
      const refuse = { writeText: () => Promise.reject(new Error('refused')) };
      Object.defineProperty(navigator, 'clipboard', { value: refuse });
    });
    await show('failed');
    await card().getByRole('button', { name: '報告用にコピー' }).click();
    const report = card().getByRole('textbox', { name: '報告の内容' });
    await report.waitFor();
    expect(await report.inputValue()).toContain('rowRefused');
    expect(await report.inputValue()).not.toContain('顧客 5');
  });

  it('says who holds the unit and since when', async () => {
    await show('locked');
    await card().locator('.lead').waitFor();
    expect(await card().locator('.lead').textContent()).toContain(
      '田中 美咲 さんが 2026/11/21 13:52:00 から',
    );
    await card().getByRole('button', { name: 'もう一度試す' }).click();
    expect(await calls()).toEqual(['retry']);
  });
});

describe('a hostile page', () => {
  const measure = async (css: string) => {
    await freshPage({ css });
    await show('deleting');
    await card().locator('dialog').waitFor();
    const selector = 'h2, .button, .lead, dialog, .counts td, .check input, summary, [aria-labelledby]';
    return card().evaluate((host, wanted) => {
      const elements = [...(host.shadowRoot?.querySelectorAll(wanted) ?? [])];
      return elements.map((element) => {
        const { display, padding, margin, color, backgroundColor, fontSize, letterSpacing, textAlign } =
          getComputedStyle(element);
        return { display, padding, margin, color, backgroundColor, fontSize, letterSpacing, textAlign };
      });
    }, selector);
  };

  it('changes nothing inside, and nothing of ours changes the page', async () => {
    const calm = await measure('');
    expect(calm.length).toBeGreaterThan(20);
    expect(await measure(HOSTILE_CSS)).toEqual(calm);
    await freshPage();
    const style = () =>
      page.locator('#field').evaluate((field) => {
        const { font, color, padding, border } = getComputedStyle(field);
        return { font, color, padding, border };
      });
    const before = await style();
    const globals = () => page.evaluate(() => Object.keys(window).sort());
    const names = await globals();
    await show('writing');
    await card().locator('h2').first().waitFor();
    expect(await style()).toEqual(before);
    expect(await globals()).toEqual(names);
  });
});

describe('the form for values', () => {
  const base = { note: '', required: false, defaultValue: '', choices: [] };
  const long =
    '集計の対象にする期間の最初の日（会計年度をまたぐときは、前の年度の期首の日付を入れてください）';
  const asked: Asked = {
    fields: [
      { ...base, name: 'day', label: long, type: 'date', required: true, note: 'この日を含みます。' },
      { ...base, name: 'rate', label: '割引率', type: 'number', defaultValue: '0.1' },
      { ...base, name: 'at', label: '締め時刻', type: 'time', defaultValue: '09:30' },
      { ...base, name: 'when', label: '実施日時', type: 'datetime', defaultValue: '2026-11-28T00:30:00Z' },
      { ...base, name: 'kind', label: '種別', type: 'choice', required: true, choices: ['速報', '確定'] },
      { ...base, name: 'area', label: '地域', type: 'choice', choices: ['東', '西', '南', '北'] },
      {
        ...base,
        name: 'tags',
        label: '対象',
        type: 'choices',
        choices: ['新規', '既存', '休眠'],
        defaultValue: '既存',
      },
      { ...base, name: 'memo', label: 'メモ', type: 'text' },
    ],
    faults: [],
    last: { day: '2026-10-01', kind: '確定', memo: '前回\nの分' },
  };
  const ask = (given: Asked = asked, language: 'ja' | 'en' = 'ja') =>
    page.evaluate(([one, words]) => (globalThis as Globals).panelHarness.ask(one, { language: words }), [
      given,
      language,
    ] as const);
  const fault = (
    given: Asked,
    ...faults: { code: string; params: Record<string, string>; field: string }[]
  ) =>
    page.evaluate(([one, found]) => (globalThis as Globals).panelHarness.faults(one, found), [
      given,
      faults,
    ] as const);
  const sent = () => page.evaluate(() => (globalThis as Globals).panelHarness.sent());
  const focusedName = () =>
    page.evaluate(() => (document.activeElement?.shadowRoot?.activeElement as HTMLInputElement | null)?.name);

  beforeAll(async () => {
    page = await openHarness(context, { script });
    await page.addScriptTag({ content: axe.source });
  });

  it('U7: sends exactly what it shows, worked by the keyboard alone', async () => {
    await ask();
    await card().locator('form').waitFor();
    expect(await focusedName()).toBe('day');
    // The parts of the date in the order of the browser's language.
    await page.keyboard.type('11282026');
    while ((await focusedName()) === 'day') await page.keyboard.press('Tab');
    expect(await focusedName()).toBe('rate');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0.25');
    await card().getByLabel('確定').focus();
    await page.keyboard.press('Space');
    await card().getByLabel('地域').focus();
    await page.keyboard.press('ArrowDown');
    await card().getByLabel('新規').focus();
    await page.keyboard.press('Space');
    await card().getByLabel('メモ').fill('a');
    const shown = await card()
      .locator('form')
      .evaluate((form) =>
        [...form.querySelectorAll<HTMLInputElement>('input, select, textarea')].map(
          ({ name, type, value, checked }) => [
            name,
            type === 'radio' || type === 'checkbox' ? (checked ? value : null) : value,
          ],
        ),
      );
    await card().getByLabel('割引率').press('Enter');
    const [payload = {}] = await sent();
    expect(payload).toEqual({
      day: '2026-11-28',
      rate: '0.25',
      at: '09:30',
      when: '2026-11-28 09:30',
      kind: '確定',
      area: '東',
      tags: '新規\n既存',
      memo: 'a',
    });
    for (const [name, text] of Object.entries(payload)) {
      const controls = shown.filter(([own, value]) => own === name && value !== null);
      expect(controls.map(([, value]) => String(value).replace('T', ' ')).join('\n')).toBe(text);
    }
  });

  it('fills the values of last time in when it is asked to, and not before', async () => {
    await ask();
    expect(await card().getByLabel('メモ').inputValue()).toBe('');
    await card().getByRole('button', { name: '前回の値を入れる' }).click();
    await card().getByText('前回の値を入れました').waitFor();
    await card().getByRole('button', { name: 'この値で開始' }).click();
    expect((await sent())[0]).toMatchObject({
      day: '2026-10-01',
      kind: '確定',
      memo: '前回\nの分',
      rate: '0.1',
      tags: '既存',
    });
  });

  it('says what is wrong at the field, keeps what was typed and leads there', async () => {
    await ask();
    await card().getByLabel('メモ').fill('typed');
    await card().getByRole('button', { name: 'この値で開始' }).click();
    await fault(
      asked,
      { code: 'inputRequired', params: { label: '種別' }, field: 'kind' },
      { code: 'inputUnreadable', params: { label: 'メモ', value: 'typed', type: 'text' }, field: 'memo' },
    );
    await card().getByText('「種別」が入力されていません').waitFor();
    expect(await focusedName()).toBe('kind');
    expect(await card().getByLabel('メモ').inputValue()).toBe('typed');
    expect(await card().getByLabel('メモ').getAttribute('aria-invalid')).toBe('true');
    expect(await violations()).toEqual([]);
  });

  it('does not send half a date', async () => {
    await ask();
    await card().locator('input[name=when]').focus();
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await card().getByText('途中まで入力されています').waitFor();
    expect(await sent()).toEqual([]);
    expect(await focusedName()).toBe('when');
  });

  it('is left by Escape', async () => {
    await ask();
    await card().getByLabel('メモ').press('Escape');
    expect(await calls()).toEqual(['cancel']);
  });

  it.each([
    ['ja', 1280],
    ['en', 1280],
    ['ja', 390],
    ['en', 390],
  ] as const)('has nothing for axe to find and fits: %s at %s pixels', async (language, width) => {
    await page.setViewportSize({ width, height: 900 });
    await ask(asked, language);
    await card().locator('form').waitFor();
    expect(await violations()).toEqual([]);
    const overflow = await card().evaluate((host) => host.scrollWidth - host.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

describe('the values of a run', () => {
  it('are on its card, long ones cut with the whole in the title', async () => {
    page = await openHarness(context, { script });
    await show('writing');
    const long = 'x'.repeat(400);
    await page.evaluate(
      (value) =>
        (globalThis as Globals).panelHarness.set({
          input: [
            { name: 'day', label: '対象日', value: '2026-11-28' },
            { name: 'tags', label: '対象', value: '新規\n既存' },
            { name: 'memo', label: 'メモ', value },
          ],
        }),
      long,
    );
    const values = card().locator('.given dd');
    await values.nth(2).waitFor();
    expect(await values.allTextContents()).toEqual(['2026-11-28', '新規, 既存', long]);
    expect(await values.nth(2).getAttribute('title')).toBe(long);
    expect(await card().evaluate((host) => host.scrollWidth - host.clientWidth)).toBeLessThanOrEqual(0);
  });
});
