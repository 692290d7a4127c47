import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser';
import { appId, type Local, loggedIn, processAppId, startLocal, watchErrors } from './local';
import type { PageKintone } from './page-kintone';

declare const kintone: PageKintone;

let browser: Browser;
let local: Local;
let context: BrowserContext;
let page: Page;
let errors: string[];

beforeAll(async () => {
  [browser, local] = await Promise.all([launchBrowser(), startLocal()]);
  context = await loggedIn(browser, local);
});

afterAll(async () => {
  await browser.close();
  await local.close();
});

beforeEach(async () => {
  page = await context.newPage();
  errors = watchErrors(page);
});

afterEach(async () => {
  await page.close();
});

/** Opens a page and waits for what stands on it. */
async function open(path: string, selector: string): Promise<void> {
  await page.goto(local.url + path);
  await page.locator(selector).first().waitFor();
}

/** Notes every event of these types from now on, and hands the event back. */
function note(...types: string[]): Promise<void> {
  return page.evaluate((all) => {
    window.seen = [];
    kintone.events.on(all, (event) => {
      window.seen.push(JSON.parse(JSON.stringify(event)) as Record<string, unknown>);
      return event;
    });
  }, types);
}

const go = (hash: string): Promise<void> => page.evaluate((to) => location.assign(to), hash);

async function seen(count: number): Promise<Record<string, unknown>[]> {
  await page.waitForFunction((wanted) => window.seen.length >= wanted, count);
  return page.evaluate(() => window.seen);
}

function stored(id: number): unknown {
  return local.kintone.store.apps.get(String(appId))?.records.get(id);
}

describe('moving between records and modes in one document', () => {
  it('fires show events with number ids, keeps the header element between records, renews it for editing', async () => {
    await open(`/k/${appId}/show#record=1`, '.lk-form');
    await note('app.record.detail.show', 'app.record.edit.show');
    await page.evaluate(() => {
      window.mark = 'same document';
      kintone.app.record.getHeaderMenuSpaceElement()?.append('kept');
    });
    await go('#record=2');
    const [first] = await seen(1);
    expect(first).toMatchObject({ type: 'app.record.detail.show', appId, recordId: 2 });
    expect(first?.['record']).toMatchObject({ $id: { type: '__ID__', value: '2' } });
    expect(await page.evaluate(() => kintone.app.record.getHeaderMenuSpaceElement()?.textContent)).toBe(
      'kept',
    );
    expect(await page.evaluate(() => kintone.app.record.getId())).toBe(2);

    await page.locator('.lk-edit').click();
    expect((await seen(2))[1]).toMatchObject({ type: 'app.record.edit.show', appId, recordId: 2 });
    expect(await page.evaluate(() => kintone.app.record.getHeaderMenuSpaceElement()?.textContent)).toBe('');

    await page.locator('.lk-cancel').click();
    expect((await seen(3))[2]).toMatchObject({ type: 'app.record.detail.show', recordId: 2 });
    await page.locator('.lk-next').click();
    expect((await seen(4))[3]).toMatchObject({ type: 'app.record.detail.show', recordId: 1 });
    await page.locator('.lk-previous').click();
    expect((await seen(5))[4]).toMatchObject({ recordId: 2 });
    expect(await page.evaluate(() => window.mark)).toBe('same document');
    expect(errors).toEqual([]);
  });

  it('shows an error for a record that is not there', async () => {
    await page.goto(`${local.url}/k/${appId}/show#record=999`);
    expect(await page.locator('.lk-notification-error').textContent()).toContain('999');
  });
});

describe('editing', () => {
  it('tells changes, takes over what a handler returns, and saves with submit and success events', async () => {
    await open(`/k/${appId}/show#record=3&mode=edit`, '.lk-save');
    await page.evaluate(() => {
      kintone.events.on('app.record.edit.change.customer', (event) => {
        if (event.record?.['memo'])
          event.record['memo'].value = `from ${String(event.record['customer']?.value)}`;
        if (event.record?.['amount']) event.record['amount'].disabled = true;
        return event;
      });
    });
    await note('app.record.edit.change.customer', 'app.record.edit.submit', 'app.record.edit.submit.success');
    await page.getByLabel('Customer').fill('Somebody');
    await page.getByLabel('Customer').blur();
    const [change] = await seen(1);
    expect(change).toMatchObject({
      appId,
      recordId: 3,
      changes: { field: { value: 'Somebody' }, row: null },
    });
    expect(await page.getByLabel('Memo').inputValue()).toBe('from Somebody');
    expect(await page.getByLabel('Amount').isDisabled()).toBe(true);

    await page.locator('.lk-save').click();
    const [, submit, success] = await seen(3);
    expect(submit).toMatchObject({ type: 'app.record.edit.submit', appId, recordId: 3 });
    expect(success).toMatchObject({ type: 'app.record.edit.submit.success', appId, recordId: '3' });
    await page.locator('.lk-edit').waitFor();
    expect(stored(3)).toMatchObject({
      customer: { value: 'Somebody' },
      memo: { value: 'from Somebody' },
      $revision: { value: '2' },
    });
  });

  it('stops at an error of a handler and shows it beside its field', async () => {
    await open(`/k/${appId}/show#record=4&mode=edit`, '.lk-save');
    await page.evaluate(() => {
      kintone.events.on('app.record.edit.submit', async (event) => {
        if (event.record?.['customer']) event.record['customer'].error = 'Not this one';
        event.error = 'Cannot be saved';
        return event;
      });
    });
    await page.getByLabel('Customer').fill('Refused');
    await page.locator('.lk-save').click();
    await page.locator('.lk-notification-error').getByText('Cannot be saved').waitFor();
    expect(await page.locator('.lk-field-error').textContent()).toBe('Not this one');
    expect(stored(4)).toMatchObject({ customer: { value: 'Customer 4' } });
  });

  it.each([
    ['returns false', () => kintone.events.on('app.record.edit.submit', () => false)],
    [
      'fails',
      () => kintone.events.on('app.record.edit.submit', () => Promise.reject(new Error('handler broke'))),
    ],
  ])('does not save when a handler %s', async (_name, register) => {
    await open(`/k/${appId}/show#record=5&mode=edit`, '.lk-save');
    await page.evaluate(register);
    await note('app.record.edit.submit.success');
    await page.getByLabel('Customer').fill('Refused');
    // The last handler decides, so a marker after it would change what is tested: wait for the one registered first.
    await page.evaluate(() => {
      const original = window.fetch;
      window.fetch = (...args) => {
        window.seen.push({ fetched: String(args[0]), method: args[1]?.method ?? 'GET' });
        return original(...args);
      };
    });
    await page.locator('.lk-save').click();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
    expect(await page.evaluate(() => window.seen)).toEqual([]);
    expect(stored(5)).toMatchObject({ customer: { value: 'Customer 5' } });
  });

  it('loses changes when the last handler returns nothing', async () => {
    await open(`/k/${appId}/show#record=6&mode=edit`, '.lk-save');
    await page.evaluate(() => {
      kintone.events.on('app.record.edit.submit', (event) => {
        if (event.record?.['memo']) event.record['memo'].value = 'lost';
        return event;
      });
      kintone.events.on('app.record.edit.submit', () => undefined);
    });
    await page.getByLabel('Customer').fill('Saved');
    await page.locator('.lk-save').click();
    await page.locator('.lk-edit').waitFor();
    expect(stored(6)).toMatchObject({ customer: { value: 'Saved' }, memo: { value: '' } });
  });

  it('shows what the server refuses at its field', async () => {
    await open(`/k/${appId}/show#record=7&mode=edit`, '.lk-save');
    await page.getByLabel('Customer').fill('');
    await page.locator('.lk-save').click();
    await page.locator('[data-field=customer] .lk-field-error').waitFor();
    expect(await page.evaluate(() => kintone.app.record.getId())).toBe(7);
  });

  it('tells which row of a table changed, and adds and removes rows', async () => {
    await open(`/k/${appId}/show#record=8&mode=edit`, '.lk-save');
    await note('app.record.edit.change.count', 'app.record.edit.change.items');
    await page.getByLabel('Count').fill('9');
    await page.getByLabel('Count').blur();
    await page.locator('.lk-row-tool').first().click();
    await page.locator('.lk-row-tool').nth(1).click();
    const [changed, added, removed] = await seen(3);
    expect(changed).toMatchObject({
      type: 'app.record.edit.change.count',
      changes: { field: { type: 'NUMBER', value: '9' }, row: { value: { product: { value: 'Apple' } } } },
    });
    expect(added).toMatchObject({
      type: 'app.record.edit.change.items',
      changes: { row: { id: null, value: { count: { value: '' } } } },
    });
    expect(removed).toMatchObject({ type: 'app.record.edit.change.items', changes: { row: null } });
  });

  it('accepts record.set() outside handlers only, and only while editing', async () => {
    await open(`/k/${appId}/show#record=9`, '.lk-form');
    const trySet = () =>
      page.evaluate(() => {
        const current = kintone.app.record.get();
        if (current === null) return 'no record';
        try {
          if (current.record['amount']) current.record['amount'].value = undefined;
          if (current.record['memo']) current.record['memo'].value = 'set';
          kintone.app.record.set(current);
          return 'done';
        } catch (error) {
          return String(error);
        }
      });
    expect(await trySet()).toContain('while a record is edited');
    await page.locator('.lk-edit').click();
    await page.locator('.lk-save').waitFor();
    expect(await trySet()).toBe('done');
    expect(await page.getByLabel('Memo').inputValue()).toBe('set');
    expect(await page.getByLabel('Amount').inputValue()).toBe('');
    await page.evaluate(() => {
      kintone.events.on('app.record.edit.change.customer', () => {
        const current = kintone.app.record.get();
        if (current !== null) kintone.app.record.set(current);
      });
    });
    await page.getByLabel('Customer').fill('x');
    await page.getByLabel('Customer').blur();
    await expect.poll(() => errors.join()).toContain('inside an event handler');
  });
});

describe('creating', () => {
  it('starts with defaults, saves, and goes where the success handler says', async () => {
    await open(`/k/${appId}/edit`, '.lk-save');
    const record = await page.evaluate(() => kintone.app.record.get()?.record);
    expect(record).toMatchObject({ kind: { value: 'A' }, items: { value: [{ id: null }] } });
    expect(record?.['$id']).toBeUndefined();
    expect(await page.evaluate(() => kintone.app.record.getId())).toBeNull();
    await page.evaluate(() => {
      kintone.events.on('app.record.create.submit.success', (event) => {
        localStorage.setItem('success', JSON.stringify(event));
        event.url = `/k/5/show?from=handler#record=${event['recordId']}`;
        return event;
      });
    });
    await page.getByLabel('Customer').fill('New one');
    await page.locator('.lk-save').click();
    await page.waitForURL(/from=handler/);
    await page.getByText('New one').first().waitFor();
    const success = JSON.parse((await page.evaluate(() => localStorage.getItem('success'))) ?? '');
    expect(success).toMatchObject({ appId, recordId: '26', record: { customer: { value: 'New one' } } });
  });

  it('copies a record for reuse, without its ids', async () => {
    await open(`/k/${appId}/show#record=10`, '.lk-reuse');
    await page.locator('.lk-reuse').click();
    await page.locator('.lk-save').waitFor();
    expect(await page.getByLabel('Customer').inputValue()).toBe('Customer 10');
    const record = await page.evaluate(() => kintone.app.record.get()?.record);
    expect(record).toMatchObject({
      items: { value: [{ id: null, value: { product: { value: 'Apple' } } }] },
    });
    expect(record?.['$id']).toBeUndefined();
  });
});

describe('deleting and moving on', () => {
  it('asks, lets a handler forbid it, and deletes', async () => {
    await open(`/k/${appId}/show#record=11`, '.lk-delete');
    await page.evaluate(() => {
      window.seen = [];
      kintone.events.on('app.record.detail.delete.submit', (event) => {
        window.seen.push({ appId: event['appId'], recordId: event['recordId'] });
        return window.seen.length === 1 ? false : event;
      });
    });
    await page.locator('.lk-delete').click();
    await page.locator('.lk-dialog-ok').click();
    expect(await seen(1)).toEqual([{ appId, recordId: 11 }]);
    expect(stored(11)).toBeDefined();
    await page.locator('.lk-delete').click();
    await page.locator('.lk-dialog-ok').click();
    await page.waitForURL(/\/k\/5\/$/);
    expect(stored(11)).toBeUndefined();
  });

  it('fires the process event, moves the record on, and shows it again', async () => {
    await open(`/k/${processAppId}/show#record=1`, '.lk-action');
    await note('app.record.detail.process.proceed', 'app.record.detail.show');
    await page.locator('.lk-action').click();
    const [proceed, shown] = await seen(2);
    expect(proceed).toMatchObject({
      type: 'app.record.detail.process.proceed',
      action: { value: 'Finish' },
      status: { value: 'Open' },
      nextStatus: { value: 'Done' },
    });
    expect(shown).toMatchObject({ type: 'app.record.detail.show', record: { Status: { value: 'Done' } } });
    await page.getByText('Done').waitFor();
  });
});

describe('comments', () => {
  it('shows and posts them', async () => {
    await open(`/k/${appId}/show#record=12`, '.lk-comments');
    await page.locator('.lk-comments textarea').fill('Well done');
    await page.locator('.lk-comments button').click();
    await page.locator('.lk-comment').getByText('Well done').waitFor();
  });
});
