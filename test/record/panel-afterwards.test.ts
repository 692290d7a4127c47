/** The card of a run that has ended: the ways on, and the record behind it. */
import { describe, expect, it } from 'vitest';
import { calls, card, freshPage, type Globals, inBrowser, page, show } from './harness/panel-page';

inBrowser();

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
