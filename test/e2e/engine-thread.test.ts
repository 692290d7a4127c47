/** Where the engine works, with the packed plug-in in a real browser. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CALLING, type Closing, closing, confirm, expected, heading, press, ROWS, TARGET } from './closing';
import { storedRows } from './stage';

let made: Closing;

beforeAll(async () => {
  made = await closing();
});

afterAll(() => made.there.close());

beforeEach(() => made.clear());

describe('the engine', () => {
  it('works in a worker that comes with the first press and stays for the next', async () => {
    const { there } = made;
    await there.configure(CALLING, made.settings());
    const { context, page } = await there.open('sato');
    await made.openRecord(page);
    const referrers = new Set<string | undefined>();
    context.on('request', (request) => {
      if (request.url().includes('/k/v1/')) referrers.add(request.headers()['referer']);
    });
    expect(page.workers()).toEqual([]);
    await press(page);
    await page.getByRole('dialog').waitFor();
    expect(page.workers().map((worker) => worker.url())).toEqual([expect.stringMatching(/^blob:/)]);
    await confirm(page);
    await heading(page, '完了しました').waitFor();
    expect(made.totals()).toEqual(expected());
    await press(page);
    await heading(page, '完了しました（変更なし）').waitFor();
    expect(page.workers()).toHaveLength(1);
    // kintone gets the requests of the worker as if the page had sent them.
    expect([...referrers]).toEqual([`${there.url}/k/${CALLING}/show`]);
    await context.close();
  });

  it('works in the page where a policy forbids such workers', async () => {
    const { there } = made;
    await there.configure(CALLING, made.settings());
    const { context, page } = await there.open('sato');
    await page.route(`**/k/${CALLING}/show*`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': "worker-src 'self'" };
      await route.fulfill({ response, headers });
    });
    await made.openRecord(page);
    await press(page);
    await page.getByRole('dialog').waitFor();
    expect(page.workers()).toEqual([]);
    await confirm(page);
    await heading(page, '完了しました').waitFor();
    expect(made.totals()).toEqual(expected());
    await context.close();
  });

  it('that the browser kills in the middle is told, and the next press goes on from there', async () => {
    const { there, logAppId } = made;
    await there.configure(CALLING, made.settings('append', 'never'));
    const { context, page } = await there.open('sato');
    await made.openRecord(page);
    // The third commit never arrives: the worker is gone before.
    let commits = 0;
    const reached = new Promise<void>((resolve) => {
      void context.route('**/k/v1/bulkRequest.json', async (route) => {
        const isData = (route.request().postData() ?? '').includes(`"app":"${TARGET}"`);
        commits += isData ? 1 : 0;
        if (commits !== 3 || !isData) return route.continue();
        resolve();
        return undefined;
      });
    });
    // Browsers were seen to send a held request after all when its sender is gone.
    there.kintone.faults.add({
      match: { path: 'bulkRequest', app: TARGET },
      effect: { kind: 'requestLost' },
      skip: 2,
    });
    await press(page);
    await reached;
    await page.workers()[0]?.evaluate(() => self.close());
    await heading(page, '途中で止まっている実行があります').waitFor();
    await page.getByText('ブラウザーによって止められました').first().waitFor();
    there.kintone.faults.clear();
    const written = storedRows(there.kintone, TARGET).length;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(ROWS);

    await press(page);
    await page.getByRole('button', { name: '続きから' }).waitFor();
    await page.getByText(`4,000 件のうち ${written.toLocaleString('en-US')} 件は書き込み済み`).waitFor();
    await page.getByRole('button', { name: '続きから' }).click();
    await heading(page, '完了しました').waitFor();
    expect(made.totals()).toEqual(expected());
    expect(storedRows(there.kintone, logAppId).filter((row) => row['state'] === 'Success')).toHaveLength(1);
    await context.close();
  });
});
