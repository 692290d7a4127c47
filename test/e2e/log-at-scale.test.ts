/**
 * U6: a log of 50,000 runs stays usable: the panel never reads or draws the whole history, and a run with a long
 * history of its own opens. Requests and rows are counted; times of frames are printed only, because they are those
 * of this machine and of what else it does.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settingsOf, sumFlow } from '../run/setup';
import { CALLING, FLOWS, LARGE_LOG, LOG, RUNS } from './large-log';
import { type Stage, stage } from './stage';

const PAGE_SIZE = 30;

let there: Stage;
let page: Page;
/** Queries sent to the log app. */
const queries: string[] = [];

beforeAll(async () => {
  there = await stage(LARGE_LOG, [CALLING]);
  await there.configure(CALLING, { ...settingsOf([sumFlow('flow1')]), logApp: { appId: LOG } });
  page = (await there.open('admin')).page;
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!url.pathname.startsWith('/k/v1/')) return;
    const sent = `${url.search}${request.postData() ?? ''}`;
    const isLog = sent.includes(`app=${LOG}`) || sent.includes(`"app":"${LOG}"`);
    if (isLog) queries.push(decodeURIComponent(sent.replaceAll('+', ' ')));
  });
  await page.goto(`${there.url}/k/${CALLING}/`);
});
afterAll(() => there.close());

interface Frames {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Times between frames while `work` goes on, milliseconds. */
async function framesOf(work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { frameTimes: times });
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      times.push(now - last);
      last = now;
      if ((globalThis as { frameTimes?: unknown }).frameTimes === times) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await work();
  const times = await page.evaluate(() => {
    const found = (globalThis as unknown as { frameTimes: number[] }).frameTimes;
    Object.assign(globalThis, { frameTimes: null });
    return found.sort((a, b) => a - b);
  });
  const at = (part: number): number => Math.round(times[Math.floor((times.length - 1) * part)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const log = () => page.locator('[data-nagare=log]');
const rows = () => log().locator('tr.run');

async function measured(what: string, work: () => Promise<unknown>): Promise<number> {
  const before = queries.length;
  const { p50, p95, max } = await framesOf(work);
  const sent = queries.length - before;
  console.log(`log of ${RUNS} runs: ${what}: ${sent} requests, frames p50 ${p50} p95 ${p95} max ${max} ms`);
  return sent;
}

it('opens with one page of runs and one look at the units that are off', async () => {
  const sent = await measured('open', async () => {
    await page.getByRole('button', { name: '実行ログ' }).click();
    await rows()
      .nth(PAGE_SIZE - 1)
      .waitFor();
  });
  expect(sent).toBeLessThanOrEqual(2);
  expect(await rows().count()).toBe(PAGE_SIZE);
  expect(queries.every((query) => /limit (\d+)/.test(query))).toBe(true);
});

it('shows failed ones only, of all time, for one request', async () => {
  const sent = await measured('only failed ones, all time', async () => {
    await log().getByRole('combobox', { name: '期間' }).selectOption('all');
    await log().getByRole('checkbox', { name: '失敗' }).check();
    await page.waitForFunction(() => {
      const chips = document
        .querySelector('[data-nagare=log]')
        ?.shadowRoot?.querySelectorAll('tr.run .state');
      return (
        chips !== undefined && chips.length === 30 && [...chips].every((one) => one.textContent === '失敗')
      );
    });
  });
  expect(sent).toBeLessThanOrEqual(2);
  await log().getByRole('checkbox', { name: '失敗' }).uncheck();
  await log().locator('tr.run .state[data-tone=success]').first().waitFor();
});

it('adds older pages one request at a time, and keeps its pace with 600 runs on the screen', async () => {
  const pages = 19;
  const sent = await measured(`${pages} more pages`, async () => {
    for (let turn = 1; turn <= pages; turn += 1) {
      await log().getByRole('button', { name: 'さらに読み込む' }).click();
      await rows()
        .nth(PAGE_SIZE * (turn + 1) - 1)
        .waitFor();
    }
  });
  expect(sent).toBe(pages);
  expect(await rows().count()).toBe(PAGE_SIZE * (pages + 1));
  const scrolled = await measured('scrolling through 600 runs', () =>
    page.evaluate(async () => {
      const body = document.querySelector('[data-nagare=log]')?.shadowRoot?.querySelector('.drawer-body');
      for (let turn = 0; turn < 60; turn += 1) {
        body?.scrollBy(0, 400);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }),
  );
  expect(scrolled).toBe(0);
});

it('opens a run with thousands of changes of state', async () => {
  const sent = await measured('a run with 5,000 changes of state', async () => {
    await rows().first().getByRole('button').first().click();
    await log().locator('.history li').last().waitFor();
  });
  expect(sent).toBeLessThanOrEqual(2);
  expect(await log().locator('.history li').count()).toBeLessThanOrEqual(60);
  expect(await log().locator('.flows tbody tr').count()).toBe(FLOWS);
});
