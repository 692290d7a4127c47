/** A run in one tab, and what the record page of another tab of the same browser says of it without being pressed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CALLING, type Closing, closing, confirm, heading, press, TARGET } from './closing';
import { storedRows } from './stage';

let made: Closing;
let there: Closing['there'];

beforeAll(async () => {
  made = await closing();
  ({ there } = made);
});
afterAll(() => there.close());
beforeEach(() => made.clear());

const NOTE = '実行中（別のタブ）: ';

describe('a run in another tab', () => {
  it('is told by the button of a tab that was open before and of one opened later, and not once it has ended', async () => {
    await there.configure(CALLING, made.settings());
    const { context, page: worker } = await there.open('sato');
    const early = await context.newPage();
    await made.openRecord(early, '2');
    await early.getByRole('button', { name: '実行', exact: true }).first().waitFor();
    await made.openRecord(worker);
    await press(worker);
    await worker.getByRole('dialog').waitFor();
    await early.getByText(NOTE).waitFor();
    // Opened while the question is open: nothing changes there, so this tab has to ask.
    const late = await context.newPage();
    const asked: string[] = [];
    late.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/k/v1/')) asked.push(pathname);
    });
    await made.openRecord(late, '2');
    await late.getByText(NOTE).waitFor();
    expect(asked.filter((path) => path.includes('bulkRequest') || path.includes('records'))).toEqual([]);
    expect(await worker.getByText(NOTE).count()).toBe(0);
    await confirm(worker);
    await heading(worker, '完了しました').waitFor();
    for (const page of [early, late]) await page.getByText(NOTE).waitFor({ state: 'hidden' });
    await context.close();
  });

  it('is shown by a press, and nothing is started by it', async () => {
    await there.configure(CALLING, made.settings());
    const { context, page: worker } = await there.open('sato');
    await made.openRecord(worker);
    await press(worker);
    await worker.getByRole('dialog').waitFor();
    const other = await context.newPage();
    await made.openRecord(other, '2');
    await other.getByText(NOTE).waitFor();
    await press(other);
    await other.getByText('この実行は別の画面で行われています').waitFor();
    expect(storedRows(there.kintone, made.logAppId)).toHaveLength(1);
    await confirm(worker);
    await heading(other, '完了しました').waitFor();
    expect(storedRows(there.kintone, made.logAppId)).toHaveLength(1);
    await context.close();
  });

  it('is told, but not shown by a press, where starts stand in line', async () => {
    const settings = made.settings();
    const units = settings.units.map((unit) => ({ ...unit, concurrency: 'queue' as const }));
    await there.configure(CALLING, { ...settings, units });
    const { context, page: worker } = await there.open('sato');
    await made.openRecord(worker);
    await press(worker);
    await worker.getByRole('dialog').waitFor();
    const other = await context.newPage();
    await made.openRecord(other, '2');
    await other.getByText(NOTE).waitFor();
    expect(await other.getByText('ボタンを押すと').count()).toBe(0);
    await press(other);
    await heading(other, '順番を待っています').waitFor();
    await confirm(worker);
    // The first has written it all.
    await heading(other, '完了しました（変更なし）').waitFor();
    expect(storedRows(there.kintone, made.logAppId)).toHaveLength(2);
    await context.close();
  });

  it('keeps nobody from starting when the log does not know it', async () => {
    await there.configure(CALLING, made.settings());
    const { context, page } = await there.open('sato');
    await made.openRecord(page);
    const [unit] = made.settings().units;
    // An app that was copied with its settings has the same unit ids; another script can say anything.
    await page.evaluate((unitId) => {
      const news = { kind: 'progress', reason: 'writing', runId: `${unitId}:elsewhere`, unitId };
      new BroadcastChannel('nagare.news').postMessage(news);
    }, unit?.id ?? '');
    await page.getByText(NOTE).waitFor();
    await press(page);
    await page.getByRole('dialog').waitFor();
    await context.close();
  });

  it('is forgotten when its tab is closed', async () => {
    await there.configure(CALLING, made.settings());
    const { context, page: worker } = await there.open('sato');
    const other = await context.newPage();
    await made.openRecord(other, '2');
    await made.openRecord(worker);
    await press(worker);
    await worker.getByRole('dialog').waitFor();
    await other.getByText(NOTE).waitFor();
    await worker.close();
    await other.getByText(NOTE).waitFor({ state: 'hidden' });
    expect(storedRows(there.kintone, TARGET)).toEqual([]);
    await context.close();
  });
});
