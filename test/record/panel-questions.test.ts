/** What the panel asks: whether to write, and for values. */
import { describe, expect, it } from 'vitest';
import type { Asked } from '../../src/ui/panel/InputForm';
import {
  calls,
  card,
  focused,
  type Globals,
  handleCalls,
  inBrowser,
  page,
  scenario,
  show,
  violations,
} from './harness/panel-page';

inBrowser();

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
