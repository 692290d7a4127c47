/**
 * R6: the tab of a run lies behind another one and is slowed down by the browser. Somebody else looks meanwhile; the
 * run is not taken for dead, and goes to its end.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchOrdinaryBrowser } from '../kintone-tests/pages/browser';
import { RequestHistory } from '../proof/request-history';
import { CALLING, type Closing, closing, expected, heading, press } from './closing';
import { storedRows } from './stage';

/** Times as slow as the machine is: what a browser leaves to a tab that nobody sees. */
const CPU_SLOWDOWN = 4;
/** Browsers wake the timers of a hidden page once a minute, so a sign of life every 30 s may take so long. */
const SIGN_OF_LIFE_MS = 100_000;

let made: Closing;
let history: RequestHistory;

beforeAll(async () => {
  made = await closing();
});

afterAll(() => made.there.close());

beforeEach(() => {
  made.clear();
  history = new RequestHistory(made.there.kintone, made.logAppId);
  made.there.kintone.onExecuted = (request, reply, user) => history.note(request, reply, user);
});

/** The engine works in the page itself where a policy forbids workers from blobs. */
async function forbidWorkers(page: Page): Promise<void> {
  await page.route(`**/k/${CALLING}/show*`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "worker-src 'self'" };
    await route.fulfill({ response, headers });
  });
}

const visibility = (page: Page): Promise<string> => page.evaluate(() => document.visibilityState);

/** Resolves when the run record says that the run has ended well. */
function ended(): Promise<void> {
  const { kintone } = made.there;
  const isDone = () => storedRows(kintone, made.logAppId).some((row) => row['state'] === 'Success');
  return new Promise((resolve) => {
    const listening = kintone.onExecuted;
    kintone.onExecuted = (request, reply, user) => {
      listening(request, reply, user);
      if (isDone()) resolve();
    };
  });
}

describe('a hidden, slowed down tab', () => {
  it.each([
    ['in its worker', 1],
    ['in the page', 0],
  ] as const)(
    'with the engine %s: its run is seen to live, and goes to its end',
    async (_name, workers) => {
      const { there, logAppId } = made;
      await there.configure(CALLING, made.settings('append', 'always'));
      const user = there.kintone.store.findUser('sato');
      if (user === undefined) throw new Error('no user');
      const ordinary = await launchOrdinaryBrowser();
      const context = ordinary.browser.contexts()[0];
      if (context === undefined) throw new Error('no context');
      const { id } = there.kintone.sessions.create(user);
      await context.addCookies([{ name: 'JSESSIONID', value: id, url: there.url }]);
      const page = await context.newPage();
      if (workers === 0) await forbidWorkers(page);
      await made.openRecord(page);
      await press(page);
      const question = page.getByRole('dialog').getByRole('button', { name: '実行' });
      await question.waitFor();
      expect(page.workers()).toHaveLength(workers);

      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
      const front = await context.newPage();
      await front.bringToFront();
      await expect.poll(() => visibility(page)).toBe('hidden');

      const watcher = await there.open('suzuki');
      await made.openRecord(watcher.page, '2');
      await press(watcher.page);
      const refused = heading(watcher.page, 'いまは実行できません');
      await refused.waitFor();
      await watcher.page.getByRole('button', { name: 'もう一度試す' }).click();
      await refused.waitFor({ state: 'hidden' });
      // The record moves: somebody lives there.
      await refused.waitFor({ timeout: SIGN_OF_LIFE_MS });
      expect(await watcher.page.getByRole('button', { name: '続きから' }).count()).toBe(0);

      const end = ended();
      await question.evaluate((button: HTMLElement) => button.click());
      await end;
      expect(await visibility(page)).toBe('hidden');
      expect(made.totals()).toEqual(expected());
      const runs = storedRows(there.kintone, logAppId).filter((row) => row['state'] === 'Success');
      expect(runs).toHaveLength(1);
      expect(String(runs[0]?.['transitions'])).not.toContain('takenOver');
      expect(history.problems(5)).toEqual([]);
      expect(history.counts.fenced).toBe(0);
      await page.bringToFront();
      await heading(page, '完了しました').waitFor();
      await watcher.context.close();
      await ordinary.close();
    },
    240_000,
  );
});
