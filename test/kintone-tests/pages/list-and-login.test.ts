import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser';
import { appId, type Local, loggedIn, processAppId, startLocal, watchErrors } from './local';
import type { PageKintone } from './page-kintone';

declare const kintone: PageKintone;

let browser: Browser;
let local: Local;

beforeAll(async () => {
  [browser, local] = await Promise.all([launchBrowser(), startLocal()]);
});

afterAll(async () => {
  await browser.close();
  await local.close();
});

async function openAs(user: string, path: string): Promise<{ page: Page; errors: string[] }> {
  const context = await loggedIn(browser, local, user);
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto(local.url + path);
  return { page, errors };
}

describe('login', () => {
  it('sends strangers to the login and back, refuses a wrong password', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${local.url}/k/${appId}/`);
    await page.getByLabel('Login name').fill('jane');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Login name').fill('jane');
    await page.getByLabel('Password').fill('jane');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('.lk-list').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/k/${appId}/`);
    expect(await page.locator('.lk-user').textContent()).toBe('Jane');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(/\/login/);
    await page.goto(`${local.url}/k/`);
    expect(page.url()).toContain('/login?to=');
    await context.close();
  });

  it('offers a quick pick and leads to no other server', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${local.url}/login?to=//example.com/`);
    await page.getByRole('button', { name: 'Taro' }).click();
    await page.locator('.lk-apps').waitFor();
    expect(page.url()).toBe(`${local.url}/k/`);
    expect(await page.locator('.lk-app-link').allTextContents()).toEqual(['Orders', 'Tasks']);
    await context.close();
  });
});

describe('the list', () => {
  it('shows records newest first, pages within the document, and fires the event each time', async () => {
    const { page, errors } = await openAs('jane', `/k/${appId}/`);
    await page.locator('.lk-list').waitFor();
    expect(await page.locator('.lk-list tbody tr').count()).toBe(20);
    await page.evaluate(() => {
      window.seen = [];
      kintone.app.getHeaderMenuSpaceElement()?.append('kept');
      kintone.events.on('app.record.index.show', (event) => {
        const { records, ...rest } = event;
        window.seen.push({ ...rest, count: (records as unknown[]).length });
        return event;
      });
    });
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForFunction(() => window.seen.length === 1);
    expect(await page.evaluate(() => window.seen[0])).toEqual({
      type: 'app.record.index.show',
      appId,
      viewId: 20,
      viewName: '(All)',
      viewType: 'list',
      offset: 20,
      size: 5,
      date: null,
      count: 5,
    });
    expect(await page.locator('.lk-list tbody tr').count()).toBe(5);
    const state = await page.evaluate(() => ({
      kept: kintone.app.getHeaderMenuSpaceElement()?.textContent,
      header: kintone.app.getHeaderSpaceElement() !== null,
      record: kintone.app.record.getHeaderMenuSpaceElement(),
      query: kintone.app.getQuery(),
      condition: kintone.app.getQueryCondition(),
    }));
    expect(state).toEqual({
      kept: 'kept',
      header: true,
      record: null,
      query: 'order by $id desc limit 20 offset 20',
      condition: '',
    });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('has custom, calendar and list views, chosen within the document', async () => {
    const { page, errors } = await openAs('jane', `/k/${processAppId}/`);
    await page.locator('#board').waitFor();
    expect(await page.evaluate(() => 'boardRan' in window)).toBe(false);
    await page.evaluate(() => {
      window.seen = [];
      kintone.events.on('app.record.index.show', (event) => {
        window.seen.push(JSON.parse(JSON.stringify(event)) as Record<string, unknown>);
        return event;
      });
    });
    await page.getByLabel('Records').selectOption('Month');
    await page.waitForFunction(() => window.seen.length === 1);
    await page.getByLabel('Records').selectOption('Titles');
    await page.waitForFunction(() => window.seen.length === 2);
    const [month, titles] = await page.evaluate(() => window.seen);
    expect(month).toMatchObject({
      viewName: 'Month',
      viewType: 'calendar',
      records: { '2026-11-20': [{ title: { value: 'First task' } }] },
      offset: null,
      size: null,
      date: expect.stringMatching(/^\d{4}-\d{2}$/),
    });
    expect(titles).toMatchObject({ viewName: 'Titles', viewType: 'list', size: 1 });
    expect(await page.locator('.lk-list th').allTextContents()).toEqual(['Title']);
    expect(await page.evaluate(() => kintone.app.getQuery())).toBe(
      'title != "" order by title asc limit 20 offset 0',
    );
    expect(await page.evaluate(async () => (await kintone.app.getView())?.name)).toBe('Titles');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('narrows by a query in the address', async () => {
    const { page } = await openAs('jane', `/k/${appId}/?query=${encodeURIComponent('amount > 23000')}`);
    await page.locator('.lk-list').waitFor();
    expect(await page.locator('.lk-list tbody tr').count()).toBe(2);
    expect(await page.evaluate(() => kintone.app.getQueryCondition())).toBe('amount > 23000');
    await page.context().close();
  });

  it('speaks the language of the user', async () => {
    const { page } = await openAs('taro', `/k/${appId}/`);
    await page.getByRole('button', { name: 'レコードを追加する' }).waitFor();
    expect(await page.evaluate(() => kintone.getLoginUser())).toMatchObject({
      code: 'taro',
      language: 'ja',
      timezone: 'Asia/Tokyo',
      isGuest: false,
    });
    await page.context().close();
  });
});

describe('kintone.user', () => {
  it('knows groups and organizations of any user', async () => {
    const { page } = await openAs('jane', `/k/${appId}/`);
    const found = await page.evaluate(async () => ({
      groups: (await kintone.user.getGroups()).map(({ code, name }) => `${code} ${name}`),
      organizations: await kintone.user.getOrganizations(),
      others: (await kintone.user.getGroups('Administrator')).map(({ code }) => code),
      unknown: await kintone.user.getGroups('nobody').catch(String),
    }));
    expect(found).toEqual({
      groups: ['everyone Everyone', 'leads Leads'],
      organizations: [
        { organization: { id: '1', code: 'sales', name: 'Sales', primary: true }, title: null },
      ],
      others: ['everyone', 'Administrators'],
      unknown: expect.stringContaining('nobody'),
    });
    await page.context().close();
  });
});

describe('the phone', () => {
  it('has its own pages, events and places', async () => {
    const { page, errors } = await openAs('jane', `/k/m/${appId}/`);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.lk-card').first().click();
    await page.locator('.lk-form').waitFor();
    expect(page.url()).toContain(`/k/m/${appId}/show?record=25`);
    const found = await page.evaluate(async () => ({
      id: kintone.mobile.app.record.getId(),
      app: kintone.mobile.app.getId(),
      header: kintone.mobile.app.getHeaderSpaceElement()?.isConnected,
      space: kintone.mobile.app.record.getSpaceElement('place')?.isConnected,
      desktop: kintone.app.record.getHeaderMenuSpaceElement(),
      isMobile: await kintone.isMobilePage(),
      type: await kintone.getPageType(),
    }));
    expect(found).toEqual({
      id: 25,
      app: appId,
      header: true,
      space: true,
      desktop: null,
      isMobile: true,
      type: { type: 'APP', page: 'APP_DETAIL_MOBILE' },
    });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await page.evaluate(() => {
      window.seen = [];
      kintone.events.on(['mobile.app.record.edit.show', 'mobile.app.record.edit.submit'], (event) => {
        window.seen.push({ type: event.type });
        return event;
      });
    });
    await page.locator('.lk-edit').click();
    await page.getByLabel('Customer').fill('By phone');
    await page.locator('.lk-save').click();
    await page.locator('.lk-edit').waitFor();
    await page.getByText('By phone').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('asks with bottom sheets', async () => {
    const { page } = await openAs('jane', `/k/m/${appId}/show?record=1`);
    await page.locator('.lk-form').waitFor();
    const answer = page.evaluate(() =>
      kintone.mobile.showConfirmBottomSheet({
        title: 'Sure?',
        body: 'Line 1\nLine 2',
        showCancelButton: true,
      }),
    );
    await page.locator('.lk-sheet .lk-dialog-cancel').click();
    expect(await answer).toBe('CANCEL');
    await page.context().close();
  });
});
