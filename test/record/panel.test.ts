/** The card in every state, while a run goes on, and on pages that mean no good. */
import { describe, expect, it } from 'vitest';
import { HOSTILE_CSS } from './harness/hostile';
import {
  calls,
  card,
  focused,
  freshPage,
  type Globals,
  handleCalls,
  inBrowser,
  page,
  scenario,
  show,
  violations,
} from './harness/panel-page';
import { SCENARIOS, type ScenarioName } from './harness/scenarios';

inBrowser();

describe('every state', () => {
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
