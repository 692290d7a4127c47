/** A calling app with a button, an app to read, an app to write and a log app, in a real browser. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Page } from 'playwright-core';
import type { Flow, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { settingsOf, sumFlow } from '../run/setup';
import { type Stage, stage, storedRows } from './stage';

export const CALLING = '1';
export const SOURCE = '10';
export const TARGET = '20';
/** What the second flow of `twoFlows` writes into. */
export const COPY = '21';
/** More rows than one commit takes (19 requests of 100 rows). */
export const ROWS = 4_000;

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
      records: Array.from({ length: ROWS }, (_unused, index) => ({ customer: `c${index}`, amount: '0.1' })),
    },
    {
      id: TARGET,
      name: '売上',
      fields: {
        key: { type: 'SINGLE_LINE_TEXT' as const, label: 'キー', unique: true },
        total: { type: 'NUMBER' as const, label: '合計' },
      },
    },
    {
      id: COPY,
      name: '売上の控え',
      fields: {
        key: { type: 'SINGLE_LINE_TEXT' as const, label: 'キー', unique: true },
        total: { type: 'NUMBER' as const, label: '合計' },
      },
    },
  ],
};

export interface Closing {
  readonly there: Stage;
  readonly logAppId: string;
  /** As if nothing had happened yet. */
  clear(): void;
  settings(mode?: 'upsert' | 'append', confirm?: 'always' | 'never'): Settings;
  /** A unit with a second flow, which writes the same rows into `COPY`. */
  twoFlows(): Settings;
  /** A unit that reads the rows of the customer whom the calling record names. */
  asksRecord(): Settings;
  openRecord(page: Page, id?: string): Promise<void>;
  /** `key=total` of every record of the output app, sorted. */
  totals(): readonly string[];
}

function copyFlow(): Flow {
  const flow = sumFlow('flow2');
  const commands = flow.commands.map((one) =>
    one.type === 'outputApp' ? { ...one, settings: { ...one.settings, app: { appId: COPY } } } : one,
  );
  return { ...flow, commands };
}

function ofMemo(): Flow {
  const flow = sumFlow('flow1');
  const condition = {
    join: 'all',
    conditions: [{ field: 'customer', operator: '=', values: [{ kind: 'parameter', name: 'memo' }] }],
  };
  const commands = flow.commands.map((one) =>
    one.type === 'inputApp' ? { ...one, settings: { ...one.settings, condition } } : one,
  );
  return { ...flow, commands };
}

/** Starts it all; close `there` at the end. */
export async function closing(): Promise<Closing> {
  const there = await stage(dump, [CALLING]);
  const client = new KintoneRestAPIClient({
    baseUrl: there.url,
    auth: { username: 'admin', password: 'admin-pw' },
  });
  const { appId: logAppId } = await createLogApp(
    client,
    { ...logTexts, sleep: () => Promise.resolve() },
    () => undefined,
  );
  const empty = (app: string): void => {
    const records = there.kintone.store.apps.get(app)?.records;
    for (const row of storedRows(there.kintone, app)) records?.delete(Number(row['$id']));
  };
  return {
    there,
    logAppId,
    clear() {
      empty(TARGET);
      empty(COPY);
      empty(logAppId);
      there.kintone.faults.clear();
      there.kintone.log.clear();
    },
    settings: (mode = 'upsert', confirm = 'always') => ({
      ...settingsOf([sumFlow('flow1', mode)], { confirm, name: '月次売上締め' }),
      logApp: { appId: logAppId },
    }),
    twoFlows: () => ({
      ...settingsOf([sumFlow('flow1'), copyFlow()], { name: '月次売上締め' }),
      logApp: { appId: logAppId },
    }),
    asksRecord: () => ({
      ...settingsOf([ofMemo()], { name: '月次売上締め' }),
      logApp: { appId: logAppId },
    }),
    async openRecord(page, id = '1') {
      await page.goto(`${there.url}/k/${CALLING}/show#record=${id}`);
      await page.getByRole('button', { name: '実行' }).first().waitFor();
    },
    totals: () =>
      storedRows(there.kintone, TARGET)
        .map((row) => `${row['key']}=${row['total']}`)
        .sort(),
  };
}

export const press = (page: Page) => page.getByRole('button', { name: '実行', exact: true }).first().click();
export const confirm = (page: Page) => page.getByRole('dialog').getByRole('button', { name: '実行' }).click();
export const heading = (page: Page, text: string) => page.getByRole('heading', { name: text });

/**
 * Lets the first commit into the output app pass and holds back those after it until `letGo`, so that a run is certain
 * to go on meanwhile.
 */
export async function holdCommits(page: Page): Promise<{ readonly letGo: () => void }> {
  let letGo = (): void => undefined;
  const isFree = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let commits = 0;
  await page.route('**/k/v1/bulkRequest.json', async (route) => {
    if ((route.request().postData() ?? '').includes(`"app":"${TARGET}"`)) commits += 1;
    if (commits > 1) await isFree;
    await route.continue();
  });
  return { letGo };
}

/** What the output app holds after a run, as `totals` says it. */
export const expected = (): readonly string[] =>
  Array.from({ length: ROWS }, (_unused, index) => `c${index}=0.1`).sort();
