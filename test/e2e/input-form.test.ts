/** Values asked before a run, with the packed plug-in in a real browser. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionUnit, Flow, InputField } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import type { Nagare } from '../../src/record/api/nagare';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { sumFlow, unitOf } from '../run/setup';
import { type Stage, stage, storedRows } from './stage';

const CALLING = '1';
const SOURCE = '10';
const TARGET = '20';
const UNIT = 'abcdefghijklmn';

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
      fields: {
        memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' },
        customer: { type: 'SINGLE_LINE_TEXT' as const, label: '取引先' },
        owner: { type: 'USER_SELECT' as const, label: '担当者' },
      },
      records: [{ memo: 'a' }],
    },
    {
      id: SOURCE,
      name: '受注',
      fields: { customer: { type: 'SINGLE_LINE_TEXT' as const }, amount: { type: 'NUMBER' as const } },
      records: [
        { customer: 'c0', amount: '1' },
        { customer: 'c1', amount: '2' },
      ],
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

beforeAll(async () => {
  there = await stage(dump, [CALLING]);
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  const tools = { ...logTexts, sleep: () => Promise.resolve() };
  logAppId = (await createLogApp(client, tools, () => undefined)).appId;
});
afterAll(() => there.close());

beforeEach(() => {
  for (const app of [TARGET, logAppId]) {
    const records = there.kintone.store.apps.get(app)?.records;
    for (const row of storedRows(there.kintone, app)) records?.delete(Number(row['$id']));
  }
});

const field = (name: string, label: string, more: Partial<InputField> = {}): InputField => ({
  name,
  label,
  note: '',
  type: 'text',
  required: false,
  defaultValue: '',
  choices: [],
  ...more,
});
const INPUT = [
  field('who', '対象の取引先', { required: true }),
  field('rate', '率', { type: 'number', defaultValue: '0.5' }),
];

/** Reads the rows of one customer, named by a parameter. */
function flowOf(parameter: string): Flow {
  const flow = sumFlow('f1', 'append');
  const condition = {
    join: 'all',
    conditions: [{ field: 'customer', operator: '=', values: [{ kind: 'parameter', name: parameter }] }],
  };
  const commands = flow.commands.map((command) =>
    command.type === 'inputApp' ? { ...command, settings: { ...command.settings, condition } } : command,
  );
  return { ...flow, commands };
}

const configure = (parameter: string, change: Partial<ExecutionUnit>) =>
  there.configure(CALLING, {
    version: 2,
    logApp: { appId: logAppId },
    holidays: [],
    flows: [flowOf(parameter)],
    units: [
      unitOf(['f1'], {
        id: UNIT,
        name: '取引先の集計',
        api: true,
        confirm: 'never',
        rateLimitPerMinute: 60,
        ...change,
      }),
    ],
  });

const heading = (page: Page, text: string) => page.getByRole('heading', { name: text, exact: true });
const start = (page: Page) => page.getByRole('button', { name: 'この値で開始' });
const keys = () => storedRows(there.kintone, TARGET).map((row) => row['key']);
const inputs = () =>
  storedRows(there.kintone, logAppId).map((row) => JSON.parse(String(row['input_value'])) as unknown);

/** Starts the unit as a program of the page does, and does not wait for it. */
async function startFromCode(page: Page, options: object = {}): Promise<void> {
  await page.waitForFunction(() => 'nagare' in window);
  await page.evaluate(
    ([unit, given]) => {
      const { nagare } = window as unknown as { readonly nagare: Nagare };
      const seen = globalThis as unknown as { outcome?: Promise<unknown> };
      seen.outcome = nagare.start(unit, given).then(
        (run) => run.ended,
        ({ code }: { readonly code: string }) => ({ code }),
      );
    },
    [UNIT, options] as const,
  );
}
const outcome = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { outcome?: Promise<unknown> }).outcome);

describe.each([
  ['desktop', false],
  ['phone', true],
])('U7: the form on the %s', (_device, isMobile) => {
  const open = (user: string) =>
    there.open(user, isMobile ? { viewport: { width: 390, height: 844 }, isMobile, hasTouch: true } : {});
  const record = () =>
    `${there.url}/k/${isMobile ? `m/${CALLING}/show?record=1` : `${CALLING}/show#record=1`}`;
  const press = async (page: Page) => {
    await page.goto(record());
    await page.getByRole('button', { name: '実行', exact: true }).click();
    await heading(page, '値を入力してください').waitFor();
  };

  it('a press asks, refuses what does not fit, runs with what was given, and offers it the next time', async () => {
    await configure('who', { input: INPUT });
    const { context, page } = await open('sato');
    await press(page);
    expect(await page.getByRole('button', { name: '前回の値を入れる' }).count()).toBe(0);
    await page.getByLabel('率').fill('many');
    await page.keyboard.press('Enter');
    await page.getByText('「対象の取引先」が入力されていません').waitFor();
    await page.getByText('「率」の値「many」を読み取れません').waitFor();
    // Nothing has begun: there is no run record.
    expect(inputs()).toEqual([]);
    await page.getByLabel('率').fill('0.25');
    await page.getByLabel('対象の取引先').fill('c1');
    await page.keyboard.press('Enter');
    await heading(page, '完了しました').waitFor();
    expect(await page.locator('[data-nagare=card] .given').textContent()).toContain('c1');
    expect(keys()).toEqual(['c1']);
    expect(inputs()).toEqual([{ who: 'c1', rate: '0.25' }]);

    await press(page);
    expect(await page.getByLabel('対象の取引先').inputValue()).toBe('');
    await page.getByRole('button', { name: '前回の値を入れる' }).click();
    expect(await page.getByLabel('率').inputValue()).toBe('0.25');
    await start(page).click();
    await heading(page, '完了しました').waitFor();
    expect(inputs()).toEqual([
      { who: 'c1', rate: '0.25' },
      { who: 'c1', rate: '0.25' },
    ]);
    await context.close();

    // Somebody else's values are nobody's offer.
    const other = await open('suzuki');
    await press(other.page);
    expect(await other.page.getByRole('button', { name: '前回の値を入れる' }).count()).toBe(0);
    await other.context.close();
  });

  it('leaving the form starts nothing', async () => {
    await configure('who', { input: INPUT });
    const { context, page } = await open('sato');
    await press(page);
    await page.keyboard.press('Escape');
    await page.locator('[data-nagare=card]').waitFor({ state: 'detached' });
    // The focus is back on the button, so the keyboard goes on from there.
    await page.keyboard.press('Enter');
    await heading(page, '値を入力してください').waitFor();
    await page.getByRole('button', { name: 'キャンセル' }).click();
    await page.locator('[data-nagare=card]').waitFor({ state: 'detached' });
    expect(
      await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? ''),
    ).toBe('実行');
    expect(storedRows(there.kintone, logAppId)).toEqual([]);
    await context.close();
  });

  it('a save asks too, and is stopped where the unit blocks and the form is left', async () => {
    const before = {
      event: 'edited',
      timing: 'before',
      condition: null,
      action: '',
      onFailure: 'block',
    } as const;
    await configure('who', { input: INPUT, recordEvents: [before] });
    const { context, page } = await open('sato');
    await page.goto(`${record()}${isMobile ? '#' : '&'}mode=edit`);
    await page.locator('.lk-save').click();
    await heading(page, '値を入力してください').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('値の入力をやめたため').waitFor();
    await page.locator('.lk-notification-close').click();
    await page.locator('.lk-save').click();
    await page.getByLabel('対象の取引先').fill('c0');
    await start(page).click();
    await page.locator('.lk-edit').waitFor();
    expect(keys()).toEqual(['c0']);
    await context.close();
  });
});

describe('U7: the form of a start from code', () => {
  it('a start without a record asks for the fields of the record that the unit uses', async () => {
    await configure('customer', {});
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/`);
    await startFromCode(page);
    await page.getByLabel('取引先').fill('c0');
    await start(page).click();
    expect(await outcome(page)).toMatchObject({ state: 'Success' });
    expect(keys()).toEqual(['c0']);
    expect(inputs()).toEqual([{ customer: 'c0' }]);
    await context.close();
  });

  it('says which fields need a record, where no form can ask for them', async () => {
    await configure('owner', {});
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/`);
    await startFromCode(page);
    await page.getByText('レコードの値（担当者）を使うため').waitFor();
    expect(await outcome(page)).toEqual({ code: 'inputNeedsRecord' });
    await context.close();
  });

  it('asks only for what is missing, and not at all when it is confirmed', async () => {
    await configure('who', { input: INPUT });
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
    await startFromCode(page, { input: { who: 'c1' } });
    expect(await outcome(page)).toMatchObject({ state: 'Success' });
    await startFromCode(page, { input: { rate: '2' } });
    await heading(page, '値を入力してください').waitFor();
    expect(await page.getByLabel('率').inputValue()).toBe('2');
    await page.keyboard.press('Escape');
    expect(await outcome(page)).toEqual({ code: 'inputCancelled' });
    await startFromCode(page, { confirm: false });
    expect(await outcome(page)).toEqual({ code: 'inputNotAccepted' });
    expect(keys()).toEqual(['c1']);
    await context.close();
  });
});
