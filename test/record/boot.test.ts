import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../kintone-tests/pages/browser';
import type { BootHarness } from './harness/boot-main';
import { bundle, openHarness } from './harness/browser';
import { HOSTILE_CSS } from './harness/hostile';

type Globals = typeof globalThis & { readonly bootHarness: BootHarness };

let browser: Browser;
let script: string;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [browser, script] = await Promise.all([
    launchBrowser(),
    bundle(new URL('./harness/boot-main.ts', import.meta.url)),
  ]);
  context = await browser.newContext();
});
afterAll(() => browser.close());
afterEach(() => page.close());

const unit = (id: string, more: object = {}) => ({
  id,
  name: `単位 ${id}`,
  enabled: true,
  button: { label: '', placement: { kind: 'headerMenu' }, condition: null, users: [], ...more },
});

async function open(
  units: readonly object[],
  options: Parameters<BootHarness['boot']>[1] & { css?: string; width?: number } = {},
) {
  const { css = '', width = 1280, ...boot } = options;
  page = await openHarness(context, { script, css, width });
  await page.evaluate(([given, more]) => (globalThis as Globals).bootHarness.boot(given, more), [
    units,
    boot,
  ] as const);
}

const fire = (type: string, event: object = {}) =>
  page.evaluate(([t, e]) => (globalThis as Globals).bootHarness.fire(t, e), [type, event] as const);
const counts = () => page.evaluate(() => (globalThis as Globals).bootHarness.counts());
const starts = () => page.evaluate(() => (globalThis as Globals).bootHarness.starts);
const scenario = (name: Parameters<BootHarness['scenario']>[0]) =>
  page.evaluate((n) => (globalThis as Globals).bootHarness.scenario(n), name);
const replaceSpace = () => page.evaluate(() => (globalThis as Globals).bootHarness.replaceSpace());

const detail = 'app.record.detail.show';
const buttons = () => page.locator('[data-nagare=buttons] button');
const card = () => page.locator('[data-nagare=card]');

describe('the button', () => {
  it('is there once, however often the record is shown, and every event is given back', async () => {
    await open([unit('a')]);
    for (let i = 0; i < 5; i += 1) expect(await fire(detail)).toBe(true);
    await buttons().first().waitFor();
    expect(await buttons().allTextContents()).toEqual(['実行']);
    await replaceSpace();
    await fire(detail);
    await buttons().first().waitFor();
    expect(await buttons().count()).toBe(1);
  });

  it('is registered once although the file is evaluated twice', async () => {
    await open([unit('a')]);
    const before = (await counts()).handlers;
    await page.evaluate((units) => (globalThis as Globals).bootHarness.boot(units), [unit('a')]);
    expect((await counts()).handlers).toBe(before);
  });

  it('shows only where its condition holds, and follows to the next record', async () => {
    const condition = {
      join: 'all',
      conditions: [{ field: 's', operator: '=', values: [{ kind: 'literal', value: '受注' }] }],
    };
    await open([unit('a', { condition })]);
    await fire(detail, { record: { s: { type: 'DROP_DOWN', value: '受注' } } });
    await buttons().first().waitFor();
    await fire(detail, { recordId: 13, record: { s: { type: 'DROP_DOWN', value: '失注' } } });
    await buttons().first().waitFor({ state: 'detached' });
    expect(await buttons().count()).toBe(0);
  });

  it('waits for kintone to know the settings', async () => {
    await open([unit('a')], { nulls: 2 });
    await fire(detail);
    await buttons().first().waitFor();
    expect(await buttons().count()).toBe(1);
  });

  it('stays away without units, for other people and on the edit screen', async () => {
    await open([
      { ...unit('off'), enabled: false },
      { ...unit('none'), button: null },
      unit('user', { users: [{ type: 'USER', code: 'kato' }] }),
      unit('group', { users: [{ type: 'GROUP', code: 'sales' }] }),
      unit('mine', { users: [{ type: 'USER', code: 'sato' }] }),
    ]);
    await fire(detail);
    await buttons().first().waitFor();
    expect(await buttons().count()).toBe(1);
    await fire('app.record.edit.show');
    await buttons().first().waitFor({ state: 'detached' });
    await page.evaluate(() => (globalThis as Globals).bootHarness.facts({ groups: ['sales'] }));
    await fire(detail);
    await buttons().nth(1).waitFor();
    expect(await buttons().allTextContents()).toEqual(['単位 group', '単位 mine']);
  });

  it('stands in a blank-space field, or in the header when that is gone', async () => {
    await open([
      unit('a', { placement: { kind: 'space', spaceId: 'x' } }),
      unit('b', { placement: { kind: 'space', spaceId: 'gone' } }),
    ]);
    await page.evaluate(() => {
      const space = document.createElement('div');
      space.id = 'space-x';
      document.getElementById('form')?.append(space);
    });
    await fire(detail);
    await page.locator('#space-x button').waitFor();
    expect(await page.locator('#space [data-nagare=buttons] button').count()).toBe(1);
  });

  it('becomes a menu for many units, which the keyboard works', async () => {
    await open(['a', 'b', 'c', 'd'].map((id) => unit(id)));
    await fire(detail);
    await buttons().first().waitFor();
    const opener = page.locator('[aria-haspopup=menu]');
    await opener.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('[role=menuitem]:focus').textContent()).toBe('単位 b');
    await page.keyboard.press('Escape');
    expect(await opener.getAttribute('aria-expanded')).toBe('false');
    expect(await page.locator('[aria-haspopup=menu]:focus').count()).toBe(1);
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('[role=menuitem]:focus').textContent()).toBe('単位 d');
    await page.keyboard.press('Enter');
    await card().waitFor();
    expect(await starts()).toEqual([{ unitId: 'd', recordId: '12', how: 'new' }]);
  });

  it('cannot be pressed in the test environment, and says why', async () => {
    await open([unit('a')]);
    await page.evaluate(() => (globalThis as Globals).bootHarness.facts({ isTest: true }));
    await fire(detail);
    await buttons().first().waitFor();
    expect(await buttons().first().getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('[data-nagare=buttons] #reason').textContent()).toContain('動作テスト環境');
    await buttons().first().click({ force: true });
    expect(await starts()).toEqual([]);
    expect((await counts()).panelLoads).toBe(0);
  });

  it('looks the same whatever the page does with its styles', async () => {
    const looks = [];
    for (const css of ['', HOSTILE_CSS]) {
      await open([unit('a'), unit('b')], { css });
      await fire(detail);
      await buttons().first().waitFor();
      looks.push(
        await buttons()
          .first()
          .evaluate((element) => {
            const { padding, backgroundColor, color, fontSize, letterSpacing, textTransform, height } =
              getComputedStyle(element);
            return { padding, backgroundColor, color, fontSize, letterSpacing, textTransform, height };
          }),
      );
      if (css === '') await page.close();
    }
    expect(looks[1]).toEqual(looks[0]);
  });

  it('fills the width of a phone with targets of 44 pixels', async () => {
    await open([unit('a'), unit('b')], { isMobile: true, width: 390 });
    await fire('mobile.app.record.detail.show');
    await buttons().first().waitFor();
    const box = await buttons().first().boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box?.width).toBeGreaterThan(300);
  });
});

describe('the run of a page', () => {
  async function begin() {
    await open([unit('a'), unit('b')]);
    await fire(detail);
    await buttons().first().click();
    await card().locator('h2').waitFor();
  }

  it('loads the panel at the first press and disables the buttons meanwhile', async () => {
    await open([unit('a'), unit('b')]);
    await fire(detail);
    await buttons().first().waitFor();
    expect((await counts()).panelLoads).toBe(0);
    await buttons().first().click();
    await card().locator('text=何が変わるかを確認しています').waitFor();
    expect(await buttons().nth(1).getAttribute('aria-disabled')).toBe('true');
    await buttons().first().dispatchEvent('click');
    expect(await starts()).toHaveLength(1);
    await scenario('done');
    await page.locator('[data-nagare=buttons] button:not([aria-disabled])').first().waitFor();
    expect((await counts()).panelLoads).toBe(1);
  });

  it('survives edit and the next record, and comes back as a card', async () => {
    await begin();
    await scenario('writing');
    await replaceSpace();
    await fire('app.record.edit.show');
    await card().locator('section.card').waitFor();
    await replaceSpace();
    await fire(detail, { recordId: 13 });
    await card().locator('.chip').waitFor();
    expect(await card().locator('.chip').textContent()).toContain('#12 で実行中');
    await replaceSpace();
    await fire(detail);
    await card().locator('section.card').waitFor();
    expect(await card().count()).toBe(1);
    expect(await starts()).toHaveLength(1);
  });

  it('asks before leaving only while something agreed to is being written', async () => {
    const asks = () => page.evaluate(() => (globalThis as Globals).bootHarness.asksBeforeLeaving());
    await begin();
    expect(await asks()).toBe(false);
    await scenario('writing');
    expect(await asks()).toBe(true);
    await scenario('done');
    expect(await asks()).toBe(false);
  });

  it('puts an outcome that was seen away on the next record', async () => {
    await begin();
    await scenario('done');
    await fire(detail);
    expect(await card().locator('section.card').count()).toBe(1);
    await fire(detail, { recordId: 13 });
    await card().waitFor({ state: 'detached' });
    expect(await card().count()).toBe(0);
  });

  it('goes on with an unfinished run, or starts over', async () => {
    await begin();
    await scenario('interrupted');
    await card().getByRole('button', { name: '続きから' }).click();
    await card().locator('text=何が変わるかを確認しています').waitFor();
    await scenario('interrupted');
    await card().getByRole('button', { name: '最初から' }).click();
    await card().locator('text=何が変わるかを確認しています').waitFor();
    expect((await starts()).map((start) => start.how)).toEqual(['new', 'resume', 'restart']);
  });

  it('says why a unit cannot start', async () => {
    await open([unit('a')]);
    await page.evaluate(() => (globalThis as Globals).bootHarness.facts({ startProblem: 'logAppNotSet' }));
    await fire(detail);
    await buttons().first().click();
    await card().locator('[role=alert]').waitFor();
    expect(await card().locator('[role=alert]').textContent()).toContain(
      '実行ログアプリが設定されていません',
    );
    expect(await buttons().first().getAttribute('aria-disabled')).toBeNull();
  });
});

describe('the way into the log', () => {
  it('shows on the list to those who administer the app', async () => {
    await open([unit('a')], { logApp: { appId: '90' } });
    await page.evaluate(() => (globalThis as Globals).bootHarness.facts({ isManager: false }));
    expect(await fire('app.record.index.show')).toBe(true);
    await page.evaluate(() => (globalThis as Globals).bootHarness.facts({ isManager: true }));
    expect(await buttons().count()).toBe(0);
    await fire('app.record.index.show');
    await fire('app.record.index.show');
    await buttons().first().click();
    expect(await buttons().allTextContents()).toEqual(['実行ログ']);
    await page.waitForFunction(() => (globalThis as Globals).bootHarness.counts().logOpens === 1);
  });

  it('is not offered without a log app', async () => {
    await open([unit('a')]);
    await fire('app.record.index.show');
    await fire(detail);
    await buttons().first().waitFor();
    expect(await buttons().allTextContents()).toEqual(['実行']);
  });
});

describe('runs from code', () => {
  const fromCode = (unitId: string, isConfirmed: boolean, recordId?: number) =>
    page.evaluate(
      ([unit, confirmed, record]) => (globalThis as Globals).bootHarness.fromCode(unit, confirmed, record),
      [unitId, isConfirmed, recordId] as const,
    );

  async function openWithPanel() {
    await open([unit('a'), unit('b')]);
    await fire(detail);
    await buttons().first().click();
    await card().locator('h2').waitFor();
  }

  it('have the card to themselves when nothing else runs, and disable the buttons meanwhile', async () => {
    await openWithPanel();
    await scenario('done');
    expect(await fromCode('b', false)).toBeNull();
    expect(await starts()).toEqual([
      { unitId: 'a', recordId: '12', how: 'new' },
      { unitId: 'b', recordId: '12', how: 'api' },
    ]);
    expect(await buttons().first().getAttribute('aria-disabled')).toBe('true');
    expect(await card().count()).toBe(1);
    await scenario('done');
    await page.locator('[data-nagare=buttons] button:not([aria-disabled])').first().waitFor();
  });

  it('go on beside the run that has the card, unless they have to ask', async () => {
    await openWithPanel();
    expect(await fromCode('b', false)).toBe('pageBusy');
    expect(await fromCode('b', true)).toBeNull();
    expect((await starts()).map(({ how }) => how)).toEqual(['new', 'api']);
    expect(await card().count()).toBe(1);
    // The handle of the run beside is the newest: while it writes, leaving the page is asked about.
    await scenario('writing');
    expect(await page.evaluate(() => (globalThis as Globals).bootHarness.asksBeforeLeaving())).toBe(true);
    await scenario('done');
    expect(await page.evaluate(() => (globalThis as Globals).bootHarness.asksBeforeLeaving())).toBe(false);
  });

  it('without a record are at home on every record, until somebody has seen the end and moved on', async () => {
    await openWithPanel();
    await scenario('done');
    await fromCode('b', true, 0);
    await fire(detail, { recordId: 13 });
    await card().locator('h2').waitFor();
    await scenario('done');
    await fire(detail, { recordId: 14 });
    await card().waitFor({ state: 'detached' });
  });
});

describe('record events', () => {
  const trigger = (event: string, timing: string, more: object = {}) => ({
    event,
    timing,
    condition: null,
    action: '',
    onFailure: 'tell',
    ...more,
  });
  const onEvent = (id: string, ...recordEvents: object[]) => ({
    ...unit(id),
    button: null,
    recordEvents,
  });
  const blocking = (id: string, event: string) =>
    onEvent(id, trigger(event, 'before', { onFailure: 'block' }));

  const act = (type: string, event: object = {}) =>
    page.evaluate(([t, e]) => (globalThis as Globals).bootHarness.act(t, e), [type, event] as const);
  const started = (count: number) =>
    page.evaluate((n) => (globalThis as Globals).bootHarness.started(n), count);
  const close = () => card().getByRole('button', { name: '閉じる' }).click();
  const passed = { isBack: true, isAwaited: true, error: null };

  it('that start nothing load nothing, and nobody waits', async () => {
    await open([
      onEvent('a', trigger('created', 'before', { condition: noOrder })),
      { ...blocking('off', 'edited'), enabled: false },
      onEvent('b', trigger('statusChanged', 'before', { action: '承認' })),
    ]);
    for (const type of ['create.submit', 'create.submit.success', 'edit.submit', 'detail.delete.submit']) {
      expect(await act(`app.record.${type}`)).toEqual({ isBack: true, isAwaited: false, error: null });
    }
    const proceed = { action: { value: '却下' }, nextStatus: { value: '却下済' } };
    expect(await act('app.record.detail.process.proceed', proceed)).toMatchObject({ isAwaited: false });
    expect((await counts()).panelLoads).toBe(0);
    expect(await starts()).toEqual([]);
  });

  const noOrder = {
    join: 'all',
    conditions: [{ field: 's', operator: '=', values: [{ kind: 'literal', value: '受注' }] }],
  };

  it.each([
    ['create.submit', 'created', 'before'],
    ['create.submit.success', 'created', 'after'],
    ['edit.submit', 'edited', 'before'],
    ['edit.submit.success', 'edited', 'after'],
    ['index.edit.submit', 'edited', 'before'],
    ['index.edit.submit.success', 'edited', 'after'],
    ['detail.delete.submit', 'deleted', 'before'],
    ['index.delete.submit', 'deleted', 'before'],
    ['detail.process.proceed', 'statusChanged', 'before'],
  ])('%s waits for the run and goes on', async (type, event, timing) => {
    await open([onEvent('a', trigger(event, timing)), onEvent('b', trigger('other', timing))]);
    const acting = act(`app.record.${type}`, { nextStatus: { value: 'x' } });
    await started(1);
    await scenario('done');
    expect(await acting).toEqual(passed);
    expect(await starts()).toEqual([{ unitId: 'a', recordId: '12', how: 'event' }]);
  });

  it('of the list do not exist on the phone; the others do', async () => {
    await open([onEvent('a', trigger('edited', 'before'))], { isMobile: true });
    expect(await act('mobile.app.record.index.edit.submit')).toMatchObject({ isAwaited: false });
    const acting = act('mobile.app.record.edit.submit');
    await started(1);
    await scenario('done');
    expect(await acting).toEqual(passed);
  });

  it('stop the save when a blocking unit fails, and later units do not start', async () => {
    await open([blocking('a', 'edited'), blocking('b', 'edited')]);
    const acting = act('app.record.edit.submit');
    await started(1);
    await scenario('failed');
    const { isBack, error } = await acting;
    expect(isBack).toBe(true);
    expect(error).toContain('「単位 a」を実行できなかったため、この操作を中止しました。');
    expect(await starts()).toHaveLength(1);
    await card().getByRole('heading', { name: '失敗しました' }).waitFor();
  });

  it('stop the save when a blocking unit is refused, cannot start or has no panel', async () => {
    await open([blocking('a', 'created')]);
    const acting = act('app.record.create.submit', { recordId: undefined });
    await started(1);
    await scenario('locked');
    expect((await acting).error).toContain('単位 a');
    await page.evaluate(() => (globalThis as Globals).bootHarness.facts({ startProblem: 'logAppNotSet' }));
    expect((await act('app.record.create.submit')).error).toContain('実行ログアプリが設定されていません');
    await page.close();
    await open([blocking('a', 'created')]);
    await page.evaluate(() => (globalThis as Globals).bootHarness.breakPanel());
    expect((await act('app.record.create.submit')).error).toContain('実行の画面を開けませんでした');
  });

  it('a declined run counts as failed', async () => {
    await open([blocking('a', 'edited')]);
    const acting = act('app.record.edit.submit');
    await started(1);
    await scenario('declined');
    expect((await acting).error).toContain('単位 a');
  });

  it('tell of a failure and let the save go on', async () => {
    await open([onEvent('a', trigger('edited', 'before')), onEvent('b', trigger('edited', 'before'))]);
    const acting = act('app.record.edit.submit');
    await started(1);
    await scenario('failed');
    await started(2);
    await scenario('done');
    expect(await acting).toEqual(passed);
  });

  it('keep a page that is going to be left until the failure was read', async () => {
    await open([onEvent('a', trigger('created', 'after'))]);
    let isDone = false;
    const acting = act('app.record.create.submit.success').then((answer) => {
      isDone = true;
      return answer;
    });
    await started(1);
    await scenario('failed');
    await card().getByRole('heading', { name: '失敗しました' }).waitFor();
    expect(isDone).toBe(false);
    await close();
    expect(await acting).toEqual(passed);
  });

  it('wait for the run that is going on', async () => {
    await open([unit('x'), onEvent('a', trigger('edited', 'after'))]);
    await fire(detail);
    await buttons().first().click();
    await started(1);
    const acting = act('app.record.index.edit.submit.success');
    await scenario('done');
    await started(2);
    await scenario('done');
    expect(await acting).toEqual(passed);
    expect((await starts()).map(({ unitId }) => unitId)).toEqual(['x', 'a']);
  });

  it('start nothing for an action that somebody else has stopped, nor in the test environment', async () => {
    await open([blocking('a', 'edited')]);
    const stopped = { error: 'なし' };
    expect(await act('app.record.edit.submit', stopped)).toEqual({
      isBack: true,
      isAwaited: false,
      error: 'なし',
    });
    const record = { s: { type: 'NUMBER', value: '', error: '入力してください' } };
    expect(await act('app.record.edit.submit', { record })).toMatchObject({ isAwaited: false });
    await page.evaluate(() => (globalThis as Globals).bootHarness.facts({ isTest: true }));
    expect(await act('app.record.edit.submit')).toEqual(passed);
    expect((await counts()).panelLoads).toBe(0);
  });

  it('after a process action start when the record shows the new status', async () => {
    await open([onEvent('a', trigger('statusChanged', 'after', { action: '承認' }))]);
    const shown = (value: string, recordId = 12) =>
      fire(detail, { recordId, record: { 状態: { type: 'STATUS', value } } });
    const proceed = { action: { value: '承認' }, nextStatus: { value: '承認済' } };
    await shown('申請中');
    await act('app.record.detail.process.proceed', proceed);
    // Somebody else stopped it: the record still stands where it stood.
    await shown('申請中');
    await shown('承認済');
    expect((await counts()).panelLoads).toBe(0);
    await act('app.record.detail.process.proceed', proceed);
    await shown('承認済', 13);
    expect((await counts()).panelLoads).toBe(0);
    await act('app.record.detail.process.proceed', proceed);
    await shown('承認済');
    await started(1);
    expect(await starts()).toEqual([{ unitId: 'a', recordId: '12', how: 'event' }]);
  });
});

describe('a unit that asks for values', () => {
  const ask = () => page.evaluate(() => (globalThis as Globals).bootHarness.askFor('対象'));
  const form = () => card().locator('form');

  async function openForm() {
    await open([unit('a')]);
    await ask();
    await fire(detail);
    await buttons().first().click();
    await form().waitFor();
  }

  it('starts with what the form was sent with, and not before', async () => {
    await openForm();
    expect(await starts()).toEqual([]);
    expect(await buttons().first().getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.type('abc');
    await page.keyboard.press('Enter');
    await card().locator('text=何が変わるかを確認しています').waitFor();
    expect(await starts()).toEqual([{ unitId: 'a', recordId: '12', how: 'new', input: { x: 'abc' } }]);
  });

  it('starts nothing when the form is left by Escape or for another record', async () => {
    await openForm();
    await page.keyboard.press('Escape');
    await card().waitFor({ state: 'detached' });
    await page.locator('[data-nagare=buttons] button:not([aria-disabled])').first().click();
    await form().waitFor();
    await fire('app.record.edit.show');
    await form().waitFor();
    await fire(detail, { recordId: 13 });
    await card().waitFor({ state: 'detached' });
    expect(await starts()).toEqual([]);
  });

  it('stops the save when it blocks and its form is left', async () => {
    const before = { event: 'edited', timing: 'before', condition: null, action: '', onFailure: 'block' };
    await open([{ ...unit('a'), button: null, recordEvents: [before] }]);
    await ask();
    const acting = page.evaluate(() => (globalThis as Globals).bootHarness.act('app.record.edit.submit'));
    await form().waitFor();
    await page.keyboard.press('Escape');
    expect((await acting).error).toContain('値の入力をやめたため');
  });
});

describe('a run that follows another one of the log', () => {
  const follow = (kind: 'continue' | 'fromFailedFlow' | 'undo') =>
    page.evaluate((k) => (globalThis as Globals).bootHarness.after(k), kind);

  it('starts in the page, one at a time, without a record of its own', async () => {
    await open([unit('a')]);
    await fire(detail);
    await buttons().first().click();
    await page.evaluate(() => (globalThis as Globals).bootHarness.started(1));
    await card().waitFor();
    expect(await follow('continue')).toBe('busy');
    await scenario('failed');
    expect(await follow('fromFailedFlow')).toBe('started');
    expect((await starts()).at(-1)).toMatchObject({ unitId: 'u', how: 'fromFailedFlow' });
    await scenario('failed');
    await card().getByRole('button', { name: '最初から' }).click();
    await page.evaluate(() => (globalThis as Globals).bootHarness.started(3));
    expect((await starts()).at(-1)).toMatchObject({ unitId: 'u', how: 'fromFailedFlow' });
  });
});
