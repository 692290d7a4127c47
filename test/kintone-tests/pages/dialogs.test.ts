import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser';
import { appId, type Local, loggedIn, startLocal } from './local';
import type { PageKintone } from './page-kintone';

declare const kintone: PageKintone;

let browser: Browser;
let local: Local;
let page: Page;

beforeAll(async () => {
  [browser, local] = await Promise.all([launchBrowser(), startLocal()]);
});

afterAll(async () => {
  await browser.close();
  await local.close();
});

beforeEach(async () => {
  const context = await loggedIn(browser, local, 'jane');
  page = await context.newPage();
  await page.goto(`${local.url}/k/${appId}/show#record=1`);
  await page.locator('.lk-form').waitFor();
});

afterEach(async () => {
  await page.context().close();
});

const dialog = () => page.getByRole('dialog');

describe('showConfirmDialog', () => {
  const ask = (config: Record<string, unknown>) =>
    page.evaluate((given) => kintone.showConfirmDialog(given), config);

  it.each([
    ['OK', '.lk-dialog-ok'],
    ['CANCEL', '.lk-dialog-cancel'],
    ['CLOSE', '.lk-dialog-close'],
  ])('resolves with %s', async (expected, selector) => {
    const answer = ask({ title: 'Title', body: 'Body', showCancelButton: true });
    await page.locator(selector).click();
    expect(await answer).toBe(expected);
    expect(await dialog().count()).toBe(0);
  });

  it('hides the cancel button and shows the others by default, with given labels and line breaks', async () => {
    const answer = ask({ title: 'T', body: 'one\ntwo', okButtonText: 'Go' });
    expect(await page.locator('.lk-dialog-cancel').count()).toBe(0);
    expect(await page.locator('.lk-dialog-ok').textContent()).toBe('Go');
    expect(await page.locator('.lk-confirm-text').innerText()).toBe('one\ntwo');
    await page.keyboard.press('Escape');
    expect(await answer).toBe('CLOSE');
  });

  it('ignores Escape without the close button', async () => {
    const answer = ask({ showCloseButton: false });
    await page.keyboard.press('Escape');
    await page.locator('.lk-dialog-ok').click();
    expect(await answer).toBe('OK');
  });

  it('keeps the focus inside and gives it back', async () => {
    await page.locator('.lk-edit').focus();
    const answer = ask({ showCancelButton: true });
    await dialog().waitFor();
    const stops: string[] = [];
    for (let at = 0; at < 4; at += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => document.activeElement?.className.split(' ').at(-1) ?? ''));
    }
    expect(stops).toEqual(['lk-dialog-close', 'lk-dialog-cancel', 'lk-dialog-ok', 'lk-dialog-close']);
    await page.keyboard.press('Escape');
    await answer;
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('lk-edit');
  });
});

describe('createDialog', () => {
  it('shows the given element, lets beforeClose keep it open, and closes from outside', async () => {
    const result = page.evaluate(async () => {
      window.seen = [];
      const body = document.createElement('input');
      body.id = 'inside';
      const made = await kintone.createDialog({
        title: 'Dialog',
        body,
        beforeClose: async (action) => {
          window.seen.push({ action });
          return window.seen.length > 1;
        },
      });
      const shown = made.show();
      (window as unknown as { made: typeof made }).made = made;
      return shown;
    });
    await page.locator('#inside').fill('typed');
    await page.locator('.lk-dialog-ok').click();
    await page.waitForFunction(() => window.seen.length === 1);
    expect(await page.locator('#inside').inputValue()).toBe('typed');
    await page.evaluate(() => (window as unknown as { made: { close(): Promise<void> } }).made.close());
    expect(await result).toBe('FUNCTION');
    expect(await page.evaluate(() => window.seen)).toEqual([{ action: 'OK' }, { action: 'FUNCTION' }]);
  });
});

describe('showNotification', () => {
  it('stays until closed, one at a time, as plain text', async () => {
    await page.evaluate(async () => {
      await kintone.showNotification('INFO', 'first');
      await kintone.showNotification('ERROR', '<b>second</b>');
    });
    expect(await page.locator('.lk-notification-text').allTextContents()).toEqual(['<b>second</b>']);
    await page.locator('.lk-notification-close').click();
    expect(await page.locator('.lk-notification').count()).toBe(0);
  });

  it('refuses an unknown type', async () => {
    const problem = page.evaluate(() => kintone.showNotification('WARN' as 'INFO', 'x'));
    await expect(problem).rejects.toThrow('WARN');
  });
});

describe('showLoading', () => {
  it('covers and uncovers the page', async () => {
    const covered = () => page.locator('.lk-loading').count();
    await page.evaluate(() => kintone.showLoading('VISIBLE'));
    expect(await covered()).toBe(1);
    await page.evaluate(() => kintone.showLoading('HIDDEN'));
    expect(await covered()).toBe(0);
  });
});
