/** Units that start because a record is saved, processed or deleted, with the packed plug-in in a real browser. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Flow, RecordEventTrigger, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { sumFlow, unitOf } from '../run/setup';
import { type Stage, stage, storedRows, USERS } from './stage';

const CALLING = '1';
const SOURCE = '10';
const TARGET = '20';

const everyone = { type: 'ONE' as const, entities: [] };
const dump = {
  users: USERS,
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      status: {
        enable: true,
        states: {
          未処理: { name: '未処理', index: '0', assignee: everyone },
          完了: { name: '完了', index: '1', assignee: everyone },
        },
        actions: [{ name: '完了にする', from: '未処理', to: '完了', filterCond: '' }],
      },
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
  for (const app of [CALLING, TARGET, logAppId]) {
    const records = there.kintone.store.apps.get(app)?.records;
    for (const row of storedRows(there.kintone, app)) records?.delete(Number(row['$id']));
  }
});

const trigger = (
  event: RecordEventTrigger['event'],
  timing: RecordEventTrigger['timing'],
  onFailure: RecordEventTrigger['onFailure'] = 'tell',
): RecordEventTrigger => ({ event, timing, condition: null, action: '', onFailure });

/** Writes into an app that is not there. */
const failing = (): Flow => {
  const flow = sumFlow('f1', 'append');
  const commands = flow.commands.map((command) =>
    command.type === 'outputApp'
      ? { ...command, settings: { ...command.settings, app: { appId: '999' } } }
      : command,
  );
  return { ...flow, commands };
};

const settings = (recordEvents: readonly RecordEventTrigger[], flow: Flow): Settings => ({
  version: 2,
  logApp: { appId: logAppId },
  holidays: [],
  flows: [flow],
  units: [unitOf(['f1'], { name: '自動の集計', confirm: 'never', rateLimitPerMinute: 60, recordEvents })],
});

const configure = (recordEvents: readonly RecordEventTrigger[], flow = sumFlow('f1', 'append')) =>
  there.configure(CALLING, settings(recordEvents, flow));

/** A record as somebody else has made it; answers its id. */
async function addRecord(memo: string): Promise<string> {
  const auth = { username: 'admin', password: 'admin-pw' };
  const client = new KintoneRestAPIClient({ baseUrl: there.url, auth });
  return (await client.record.addRecord({ app: CALLING, record: { memo: { value: memo } } })).id;
}

const memos = () => storedRows(there.kintone, CALLING).map((row) => row['memo']);
const written = () => storedRows(there.kintone, TARGET).length;
const logged = () =>
  storedRows(there.kintone, logAppId).map((row) =>
    [row['execution_method'], row['event_type'], row['record_Id'], row['state']].join(' '),
  );
const heading = (page: Page, text: string) => page.getByRole('heading', { name: text });
const card = (page: Page) => page.locator('[data-nagare=card]');
const closeCard = (page: Page) => card(page).getByRole('button', { name: '閉じる' }).click();

describe.each([
  ['desktop', false],
  ['phone', true],
])('on the %s', (_device, isMobile) => {
  const open = () =>
    there.open('sato', isMobile ? { viewport: { width: 390, height: 844 }, isMobile, hasTouch: true } : {});
  const address = (rest: string) => `${there.url}/k/${isMobile ? 'm/' : ''}${CALLING}/${rest}`;
  const show = (id: string) => address(isMobile ? `show?record=${id}` : `show#record=${id}`);
  const edit = (id: string) =>
    address(isMobile ? `show?record=${id}#mode=edit` : `show#record=${id}&mode=edit`);

  async function create(page: Page, memo: string): Promise<void> {
    await page.goto(address('edit'));
    await page.getByLabel('メモ').fill(memo);
    await page.locator('.lk-save').click();
  }

  async function change(page: Page, id: string, memo: string): Promise<void> {
    await page.goto(edit(id));
    await page.getByLabel('メモ').fill(memo);
    await page.locator('.lk-save').click();
  }

  it('creating starts before and after the save, and the page moves on', async () => {
    await configure([trigger('created', 'before'), trigger('created', 'after')]);
    const { context, page } = await open();
    await create(page, 'new');
    await page.locator('.lk-edit').waitFor();
    expect(memos()).toEqual(['new']);
    const id = String(storedRows(there.kintone, CALLING)[0]?.['$id']);
    expect(logged()).toEqual(['event created  Success', `event created ${id} Success`]);
    expect(written()).toBe(2);
    await context.close();
  });

  it('a failure after creating is on the screen until it is closed', async () => {
    await configure([trigger('created', 'after')], failing());
    const { context, page } = await open();
    await create(page, 'new');
    await heading(page, '失敗しました').waitFor();
    expect(memos()).toEqual(['new']);
    expect(await page.locator('.lk-edit').count()).toBe(0);
    await closeCard(page);
    await page.locator('.lk-edit').waitFor();
    expect(logged()).toEqual([expect.stringMatching(/^event created \d+ Failure$/)]);
    await context.close();
  });

  it('a failure before the save stops it where the unit blocks, and only tells where it does not', async () => {
    await configure([trigger('edited', 'before', 'block')], failing());
    const id = await addRecord('old');
    const { context, page } = await open();
    await change(page, id, 'new');
    await page.getByText('「自動の集計」を実行できなかったため').waitFor();
    expect(memos()).toEqual(['old']);
    await configure([trigger('edited', 'before', 'tell')], failing());
    await page.reload();
    await change(page, id, 'new');
    await heading(page, '失敗しました').waitFor();
    // The phone opens another document, which would take the card away unread.
    if (isMobile) await closeCard(page);
    await page.locator('.lk-edit').waitFor();
    expect(memos()).toEqual(['new']);
    expect(await heading(page, '失敗しました').count()).toBe(isMobile ? 0 : 1);
    expect(logged()).toEqual([`event edited ${id} Failure`, `event edited ${id} Failure`]);
    await context.close();
  });

  it('a question in the middle of the save can be answered; no is a no to the save', async () => {
    const asking = settings([trigger('edited', 'before', 'block')], sumFlow('f1', 'append'));
    await there.configure(CALLING, {
      ...asking,
      units: asking.units.map((unit) => ({ ...unit, confirm: 'always' })),
    });
    const id = await addRecord('old');
    const { context, page } = await open();
    await change(page, id, 'new');
    await page.getByRole('dialog').getByRole('button', { name: 'キャンセル' }).click();
    await page.getByText('「自動の集計」を実行できなかったため').waitFor();
    expect(memos()).toEqual(['old']);
    await page.locator('.lk-save').click();
    await page.getByRole('dialog').getByRole('button', { name: '実行', exact: true }).click();
    await page.locator('.lk-edit').waitFor();
    expect(memos()).toEqual(['new']);
    expect(written()).toBe(1);
    await context.close();
  });

  it('a process action starts before it, and again when the record shows its new status', async () => {
    await configure([trigger('statusChanged', 'before'), trigger('statusChanged', 'after')]);
    const id = await addRecord('a');
    const { context, page } = await open();
    await page.goto(show(id));
    await page.getByRole('button', { name: '完了にする' }).click();
    await page.getByText('ステータス: 完了').waitFor();
    await expect
      .poll(logged)
      .toEqual([`event statusChanged ${id} Success`, `event statusChanged ${id} Success`]);
    await context.close();
  });

  it('deleting starts before it, and is stopped by a failure where the unit blocks', async () => {
    await configure([trigger('deleted', 'before', 'block')], failing());
    const id = await addRecord('a');
    const { context, page } = await open();
    const remove = async () => {
      await page.goto(show(id));
      await page.locator('.lk-delete').click();
      await page.getByRole('dialog').getByRole('button', { name: '削除' }).click();
    };
    await remove();
    await page.getByText('「自動の集計」を実行できなかったため').waitFor();
    expect(memos()).toEqual(['a']);
    await configure([trigger('deleted', 'before', 'block')]);
    await page.reload();
    await remove();
    await page.locator('.lk-empty').waitFor();
    expect(memos()).toEqual([]);
    expect(logged()).toEqual([`event deleted ${id} Failure`, `event deleted ${id} Success`]);
    await context.close();
  });
});

describe('in the rows of the list', () => {
  it('editing and deleting start units', async () => {
    await configure([
      trigger('edited', 'before', 'block'),
      trigger('edited', 'after'),
      trigger('deleted', 'before'),
    ]);
    const id = await addRecord('old');
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/`);
    await page.locator('.lk-row-tools .lk-edit').click();
    await page.locator('.lk-list input').fill('new');
    await page.locator('.lk-row-tools .lk-save').click();
    await page.locator('.lk-row-tools .lk-edit').waitFor();
    expect(memos()).toEqual(['new']);
    await page.locator('.lk-row-tools .lk-delete').click();
    await page.getByRole('dialog').getByRole('button', { name: '削除' }).click();
    await page.locator('.lk-empty').waitFor();
    expect(logged()).toEqual([
      `event edited ${id} Success`,
      `event edited ${id} Success`,
      `event deleted ${id} Success`,
    ]);
    await context.close();
  });

  it('a blocking failure leaves the row unsaved', async () => {
    await configure([trigger('edited', 'before', 'block')], failing());
    await addRecord('old');
    const { context, page } = await there.open('sato');
    await page.goto(`${there.url}/k/${CALLING}/`);
    await page.locator('.lk-row-tools .lk-edit').click();
    await page.locator('.lk-list input').fill('new');
    await page.locator('.lk-row-tools .lk-save').click();
    await page.getByText('「自動の集計」を実行できなかったため').waitFor();
    await heading(page, '失敗しました').waitFor();
    expect(memos()).toEqual(['old']);
    await context.close();
  });
});

it('where no unit waits for an event, saving evaluates nothing of the panel and asks nothing', async () => {
  await configure([trigger('deleted', 'before')]);
  const id = await addRecord('old');
  const { context, page } = await there.open('sato');
  there.kintone.log.clear();
  await page.goto(`${there.url}/k/${CALLING}/show#record=${id}&mode=edit`);
  await page.getByLabel('メモ').fill('new');
  await page.locator('.lk-save').click();
  await page.locator('.lk-edit').waitFor();
  expect(await page.evaluate((key) => Symbol.for(key) in globalThis, `nagare.panel.${there.pluginId}`)).toBe(
    false,
  );
  expect(there.kintone.log.list({ app: logAppId })).toEqual([]);
  await context.close();
});
