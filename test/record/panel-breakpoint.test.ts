/** The card of a test that stands before a command. */
import { describe, expect, it } from 'vitest';
import { card, focused, handleCalls, inBrowser, page, scenario, show } from './harness/panel-page';

inBrowser();

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
