/**
 * R6: pages of a real browser that crash, are closed or stand still in the middle of writing, and two people at
 * once. The output has no key, so nothing but the journal keeps a row from being added twice.
 */
import process from 'node:process';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { percentile } from '../proof/kill-and-freeze';
import { RequestHistory } from '../proof/request-history';
import { settingsOf, sumFlow } from '../run/setup';
import { type Stage, stage, storedRows } from './stage';

const CALLING = '1';
const SOURCE = '10';
const TARGET = '20';
/** Three commits: 3, 19 and 18 requests of 100 rows. */
const ROWS = 4_000;
const RATE_LIMIT = 60;
/** The clock of a watching page runs this many times faster, so that the lease of 120 s takes 2 s. */
const TIME_FACTOR = 60;

const dump = {
  users: [
    { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
    { code: 'sato', name: '佐藤', language: 'ja' },
    { code: 'suzuki', name: '鈴木', language: 'ja' },
  ],
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      records: [{ memo: 'a' }, { memo: 'b' }],
    },
    {
      id: SOURCE,
      name: '受注',
      fields: { customer: { type: 'SINGLE_LINE_TEXT' as const }, amount: { type: 'NUMBER' as const } },
      records: Array.from({ length: ROWS }, (_unused, index) => ({ customer: `c${index}`, amount: '1' })),
    },
    {
      id: TARGET,
      name: '売上',
      fields: { key: { type: 'SINGLE_LINE_TEXT' as const }, total: { type: 'NUMBER' as const } },
    },
  ],
};

let there: Stage;
let logAppId: string;
let history: RequestHistory;

beforeAll(async () => {
  there = await stage(dump, [CALLING]);
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const options = { ...logTexts, sleep: () => Promise.resolve() };
  logAppId = (await createLogApp(client, options, () => undefined)).appId;
  await there.configure(CALLING, {
    ...settingsOf([sumFlow('flow1', 'append')], { confirm: 'never', rateLimitPerMinute: RATE_LIMIT }),
    logApp: { appId: logAppId },
  });
});

afterAll(() => there.close());

/** More by flag: NAGARE_SAMPLES=20 npx vitest run --project e2e test/e2e/proof.test.ts -t "same browser" */
const SAMPLES = Number(process.env['NAGARE_SAMPLES'] ?? 1);

beforeEach(afresh);

function afresh(): void {
  there.kintone.faults.clear();
  for (const app of [TARGET, logAppId]) {
    const records = there.kintone.store.apps.get(app)?.records;
    for (const row of storedRows(there.kintone, app)) records?.delete(Number(row['$id']));
  }
  history = new RequestHistory(there.kintone, logAppId);
  there.kintone.onExecuted = (request, reply, user) => history.note(request, reply, user);
}

async function openRecord(page: Page, id = '1'): Promise<void> {
  await page.goto(`${there.url}/k/${CALLING}/show#record=${id}`);
  await page.getByRole('button', { name: '実行', exact: true }).first().waitFor();
}

const press = (page: Page) => page.getByRole('button', { name: '実行', exact: true }).first().click();
const heading = (page: Page, text: string) => page.getByRole('heading', { name: text });
const written = (): number => storedRows(there.kintone, TARGET).length;

/** Holds the page's `nth` data commit back; `reached` resolves when it is about to leave, `let go` sends it. */
async function holdCommit(page: Page, nth: number): Promise<{ reached: Promise<void>; letGo: () => void }> {
  let commits = 0;
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  await page.route('**/k/v1/bulkRequest.json', async (route) => {
    commits += (route.request().postData() ?? '').includes(`"app":"${TARGET}"`) ? 1 : 0;
    if (commits === nth) {
      reach();
      await gate;
    }
    await route.continue().catch(() => undefined);
  });
  return { reached, letGo };
}

/**
 * Keeps the data commits of a page from the `nth` on from arriving: browsers were seen to send a held request after
 * all when its page is gone. Once the run has a new owner its commits pass, and the fence is what keeps the others out.
 */
function loseCommitsFrom(nth: number): { ownerIsGone: () => void } {
  const lost = { kind: 'requestLost' } as const;
  const match = { path: 'bulkRequest', app: TARGET };
  there.kintone.faults.add({ match, effect: lost, skip: nth - 1, times: Number.MAX_SAFE_INTEGER });
  return {
    ownerIsGone() {
      there.kintone.onExecuted = (request, reply, user) => {
        history.note(request, reply, user);
        if (request.path.endsWith('bulkRequest.json')) there.kintone.faults.clear();
      };
    },
  };
}

/** What a person sees who comes back in the same browser; answers how long it took until going on was offered. */
async function goOn(context: BrowserContext): Promise<number> {
  const startedMs = performance.now();
  const page = await context.newPage();
  await openRecord(page);
  await press(page);
  await heading(page, '途中で止まっている実行があります').waitFor();
  const offeredMs = performance.now() - startedMs;
  await page.getByRole('button', { name: '続きから' }).click();
  await heading(page, '完了しました').waitFor();
  return offeredMs;
}

/** A script that makes the clock of a page and of its workers run faster; short timers are left alone. */
function fastTime(factor: number): string {
  const speedUp = `{
    const now = performance.now.bind(performance);
    performance.now = () => now() * ${factor};
    const later = globalThis.setTimeout.bind(globalThis);
    globalThis.setTimeout = (work, ms) => later(work, ms > 1000 ? ms / ${factor} : ms);
  }`;
  // Nothing else reaches into a worker before its script runs.
  return `${speedUp}
  const speedUp = ${JSON.stringify(speedUp)};
  globalThis.Blob = class extends Blob {
    constructor(parts, options) {
      super(options?.type === 'text/javascript' ? [speedUp, ...parts] : parts, options);
    }
  };`;
}

function expectExactlyOnce(): void {
  const keys = storedRows(there.kintone, TARGET).map((row) => String(row['key']));
  expect(keys).toHaveLength(ROWS);
  expect(new Set(keys).size).toBe(ROWS);
  const states = storedRows(there.kintone, logAppId).map((row) => row['state']);
  expect(states.filter((state) => state === 'Success')).toHaveLength(1);
  expect(history.problems(RATE_LIMIT)).toEqual([]);
}

const ENDS: readonly (readonly [string, (page: Page, context: BrowserContext) => Promise<void>])[] = [
  [
    'a page that crashes',
    async (page, context) => {
      const session = await context.newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      // The answer to this command never comes: the page that would give it is gone.
      void session.send('Page.crash').catch(() => undefined);
      await crashed;
    },
  ],
  ['a tab that is closed', (page) => page.close()],
];

describe('the same browser', () => {
  it.each(ENDS)(
    '%s while it writes: going on is offered at once, every row once',
    async (name, end) => {
      const offered: number[] = [];
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        afresh();
        const { context, page } = await there.open('sato');
        await openRecord(page);
        const { reached } = await holdCommit(page, 3);
        const { ownerIsGone } = loseCommitsFrom(3);
        await press(page);
        await reached;
        await end(page, context);
        ownerIsGone();
        expect(written()).toBeGreaterThan(0);
        expect(written()).toBeLessThan(ROWS);
        offered.push(await goOn(context));
        expectExactlyOnce();
        await context.close();
      }
      const at = (part: number): number => Math.round(percentile(offered, part));
      console.log(
        `${name}: going on was offered p50 ${at(0.5)} ms, p95 ${at(0.95)} ms after the page was opened again, ${SAMPLES} samples`,
      );
    },
    120_000 + SAMPLES * 30_000,
  );
});

describe('another browser', () => {
  it('a frozen tab is taken over after the lease, and writes nothing when it wakes up', async () => {
    const first = await there.open('sato');
    await openRecord(first.page);
    const { reached, letGo } = await holdCommit(first.page, 3);
    await press(first.page);
    await reached;
    const session = await first.context.newCDPSession(first.page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });

    const second = await there.open('suzuki');
    await second.context.addInitScript(fastTime(TIME_FACTOR));
    await openRecord(second.page, '2');
    await press(second.page);
    await heading(second.page, 'いまは実行できません').waitFor();
    const startedMs = performance.now();
    await second.page.getByRole('button', { name: 'もう一度試す' }).click();
    await heading(second.page, '途中で止まっている実行があります').waitFor();
    const takenMs = (performance.now() - startedMs) * TIME_FACTOR;
    await second.page.getByRole('button', { name: '続きから' }).click();
    await heading(second.page, '完了しました').waitFor();

    await session.send('Page.setWebLifecycleState', { state: 'active' });
    letGo();
    await heading(first.page, 'ほかの画面が引き継ぎました').waitFor();
    console.log(
      `frozen tab: taken over elsewhere after ${Math.round(takenMs / 1000)} s of the watcher's clock`,
    );
    expectExactlyOnce();
    expect(history.counts.fenced).toBeGreaterThan(0);
    await first.context.close();
    await second.context.close();
  });

  it('two people press at the same moment: one run writes, the other person is told', async () => {
    // Long enough that the second press cannot come after the end of the first run.
    const effect = { kind: 'delay', delayMs: 700 } as const;
    there.kintone.faults.add({ match: { path: 'bulkRequest', app: TARGET }, effect, times: 3 });
    const people = await Promise.all([there.open('sato'), there.open('suzuki')]);
    await Promise.all(people.map(({ page }, index) => openRecord(page, String(index + 1))));
    await Promise.all(people.map(({ page }) => press(page)));
    const ends = await Promise.all(
      people.map(({ page }) =>
        Promise.race([
          heading(page, '完了しました')
            .waitFor()
            .then(() => 'done'),
          heading(page, 'いまは実行できません')
            .waitFor()
            .then(() => 'locked'),
        ]),
      ),
    );
    expect(ends.sort()).toEqual(['done', 'locked']);
    expectExactlyOnce();
    for (const { context } of people) await context.close();
  });
});
