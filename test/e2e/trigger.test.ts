/** Starting units from code, with the packed plug-in in a real browser. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import type { Nagare } from '../../src/record/api/nagare';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { blockOf } from '../docs/pages';
import { sumFlow, unitOf } from '../run/setup';
import { sampleProgram, withSendRequest } from '../trigger/sample/load';
import { type Stage, stage, storedRows, USERS } from './stage';

const CALLING = '1';
const SOURCE = '10';
const TARGET = '20';
/** The unit of the sample's own address. */
const UNIT = 'abcdefghijklmn';
const BUTTON_ONLY = 'bbbbbbbbbbbbbb';

const dump = {
  users: USERS,
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      records: [{ memo: 'a' }],
    },
    {
      id: SOURCE,
      name: '受注',
      fields: { customer: { type: 'SINGLE_LINE_TEXT' as const }, amount: { type: 'NUMBER' as const } },
      records: [{ customer: 'c0', amount: '0.1' }],
    },
    {
      id: TARGET,
      name: '売上',
      fields: {
        key: { type: 'SINGLE_LINE_TEXT' as const, unique: true },
        total: { type: 'NUMBER' as const },
      },
    },
  ],
};

let there: Stage;
let logAppId: string;

beforeAll(async () => {
  there = await stage(dump, [CALLING]);
  const client = new KintoneRestAPIClient({
    baseUrl: there.url,
    auth: { username: 'admin', password: 'admin-pw' },
  });
  const tools = { ...logTexts, sleep: () => Promise.resolve() };
  logAppId = (await createLogApp(client, tools, () => undefined)).appId;
});
afterAll(() => there.close());

beforeEach(async () => {
  for (const app of [TARGET, logAppId]) {
    const records = there.kintone.store.apps.get(app)?.records;
    for (const row of storedRows(there.kintone, app)) records?.delete(Number(row['$id']));
  }
  there.kintone.log.clear();
  await there.configure(CALLING, settings());
});

const settings = (): Settings => ({
  version: 2,
  logApp: { appId: logAppId },
  holidays: [],
  flows: [
    { ...sumFlow('f1'), name: 'フロー1' },
    { ...sumFlow('f2'), name: 'フロー2' },
  ],
  units: [
    unitOf(['f1', 'f2'], { id: UNIT, name: '月次売上締め', api: true }),
    unitOf(['f1'], { id: BUTTON_ONLY, name: 'ボタンだけ' }),
  ],
});

const totals = () => storedRows(there.kintone, TARGET).map((row) => row['total']);
const heading = (page: Page, text: string) => page.getByRole('heading', { name: text, exact: true });
const pageNagare = (page: Page) => page.waitForFunction(() => 'nagare' in window);

/** Adds a script to the record page, as kintone does with an app's own JavaScript files. */
async function customize(page: Page, script: string): Promise<void> {
  await page.route(`**/k/${CALLING}/show*`, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace('</body>', () => `<script>${script}</script></body>`);
    await route.fulfill({ response, body: html });
  });
}

/** Holds requests back until it is opened. */
function gate() {
  let open: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return {
    open: () => open(),
    reached,
    async pass(route: Route) {
      reach();
      await opened;
      await route.continue();
    },
  };
}

/** Lines of JSON that the program prints. */
function printed(page: Page) {
  const lines: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  page.on('console', (message) => {
    if (!message.text().startsWith('{')) return;
    lines.push(JSON.parse(message.text()) as Record<string, unknown>);
    for (const wake of waiting.splice(0)) wake();
  });
  return {
    lines,
    async until(count: number) {
      while (lines.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
  };
}

describe('the sample program of the API reference', () => {
  it('prints token, run, Queuing, Running and Success, with only its sendRequest replaced', async () => {
    const { context, page } = await there.open('sato');
    await page.clock.install();
    const program = sampleProgram({ krewdataAppUrl: `${there.url}/k/${CALLING}` });
    await customize(page, withSendRequest(program, blockOf('docs/trigger.md', 'replacement')));
    const reading = gate();
    const writing = gate();
    await context.route(`**/k/v1/records.json?*app=${SOURCE}&*`, reading.pass);
    await context.route('**/k/v1/bulkRequest.json', (route) =>
      (route.request().postData() ?? '').includes(`"app":"${TARGET}"`)
        ? writing.pass(route)
        : route.continue(),
    );
    const console_ = printed(page);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
    await page.locator('#run_button').click();
    await console_.until(2);
    await reading.reached;
    await page.clock.fastForward(5_000);
    await console_.until(3);
    reading.open();
    await writing.reached;
    await page.clock.fastForward(5_000);
    await console_.until(4);
    writing.open();
    await heading(page, '完了しました').waitFor();
    await page.clock.fastForward(5_000);
    await console_.until(5);
    // The program has stopped asking.
    await page.clock.fastForward(60_000);

    const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const key = expect.any(String);
    const flow = (name: string, status: string, times = {}) => ({
      flowExecUniqueKey: key,
      flowName: name,
      status,
      ...times,
    });
    const both = { startTime: time, endTime: time };
    expect(console_.lines).toEqual([
      { code: 200, status: 'OK', accessToken: key },
      { code: 200, status: 'OK', taskId: key },
      {
        code: 200,
        status: 'OK',
        taskStatus: 'Queuing',
        flowInfo: [flow('フロー1', 'Queuing'), flow('フロー2', 'Queuing')],
      },
      {
        code: 200,
        status: 'OK',
        taskStatus: 'Running',
        flowInfo: [flow('フロー1', 'Running', { startTime: time, endTime: '' }), flow('フロー2', 'Queuing')],
      },
      {
        code: 200,
        status: 'OK',
        taskStatus: 'Success',
        flowInfo: [flow('フロー1', 'Success', both), flow('フロー2', 'Success', both)],
      },
    ]);
    expect(totals()).toEqual(['0.1']);
    expect(storedRows(there.kintone, logAppId)).toMatchObject([
      { execution_method: 'api', execution_user: 'sato', record_Id: '1', state: 'Success' },
    ]);
    await context.close();
  });
});

it('the example of the guide starts a unit with the record that is shown', async () => {
  const { context, page } = await there.open('sato');
  await customize(page, blockOf('docs/trigger.md', 'button'));
  await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
  await page.locator('#close-month').click();
  await page.getByRole('dialog').getByRole('button', { name: '実行' }).click();
  await page.getByRole('button', { name: '1 added' }).waitFor();
  expect(storedRows(there.kintone, logAppId)).toMatchObject([{ record_Id: '1', execution_method: 'api' }]);
  await context.close();
});

/** Runs a function in the page, with `nagare` at hand. */
const inPage = async <T>(page: Page, work: (nagare: Nagare) => Promise<T>): Promise<T> => {
  await pageNagare(page);
  return page.evaluate(`(${String(work)})(nagare)`) as Promise<T>;
};

describe('window.nagare', () => {
  it('is there when the page is, frozen, and starts nothing by itself', async () => {
    const { context, page } = await there.open('sato');
    await customize(page, 'window.seenAtLoad = typeof nagare.start;');
    await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
    await pageNagare(page);
    const facts = await page.evaluate(() => {
      const own = Object.getOwnPropertyDescriptor(window, 'nagare');
      return {
        seenAtLoad: (window as unknown as { seenAtLoad: string }).seenAtLoad,
        isFrozen: Object.isFrozen(window.nagare),
        isFixed: own?.writable === false && own.configurable === false,
        methods: Object.keys(window.nagare),
        card: document.querySelectorAll('[data-nagare=card]').length,
      };
    });
    expect(facts).toEqual({
      seenAtLoad: 'function',
      isFrozen: true,
      isFixed: true,
      methods: ['units', 'start', 'token', 'run', 'status', 'stop', 'sendRequest'],
      card: 0,
    });
    expect(there.kintone.log.list({ app: logAppId })).toEqual([]);
    await context.close();
  });

  it('start asks in the card like a press, and tells how it went', async () => {
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
    const ended = inPage(page, async (nagare) => {
      const [unit] = await nagare.units();
      const states: string[] = [];
      const run = await nagare.start(unit!);
      run.onProgress(({ reason }) => states.push(reason));
      const end = await run.ended;
      return { unit, states, end };
    });
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('1 件追加');
    await dialog.getByRole('button', { name: '実行' }).click();
    const { unit, states, end } = await ended;
    expect(unit).toEqual({ id: UNIT, name: '月次売上締め', input: [] });
    expect(states).toEqual(expect.arrayContaining(['confirming', 'writing', 'done']));
    expect(end).toMatchObject({ state: 'Success', counts: { added: 1 }, error: null });
    await heading(page, '完了しました').waitFor();
    expect(totals()).toEqual(['0.1']);
    await context.close();
  });

  it('works on the record list, where there is no card place of a record', async () => {
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/`);
    const end = await inPage(page, async (nagare) => {
      const run = await nagare.start('abcdefghijklmn', { confirm: false });
      return run.ended;
    });
    expect(end.state).toBe('Success');
    await heading(page, '完了しました').waitFor();
    expect(totals()).toEqual(['0.1']);
    await context.close();
  });

  it('refuses in the words of the user', async () => {
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
    const refusal = await inPage(page, async (nagare) => {
      try {
        await nagare.start('bbbbbbbbbbbbbb');
        return null;
      } catch (error) {
        const { name, code, message } = error as Error & { code: string };
        return { name, code, message };
      }
    });
    expect(refusal).toMatchObject({ name: 'NagareError', code: 'unitNotByApi' });
    expect(refusal?.message).toContain('ボタンだけ');
    expect(storedRows(there.kintone, logAppId)).toEqual([]);
    await context.close();
  });

  it('is there on the phone', async () => {
    const { context, page } = await there.open('sato', {
      viewport: { width: 390, height: 844 },
      isMobile: true,
    });
    await page.goto(`${there.url}/k/m/${CALLING}/show?record=1`);
    const end = await inPage(page, async (nagare) => {
      const run = await nagare.start('abcdefghijklmn', { confirm: false });
      return run.ended;
    });
    expect(end.state).toBe('Success');
    await heading(page, '完了しました').waitFor();
    await context.close();
  });
});
