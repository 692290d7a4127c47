/** News between pages: over the BroadcastChannel of Node, which is the one of the browsers. */
import { afterEach, describe, expect, it } from 'vitest';
import { browserNews } from '../../src/kintone/page-news';
import type { RunNews } from '../../src/run';

const NAME = 'nagare.test';
const news: RunNews = {
  kind: 'progress',
  runId: 'u:1',
  journalId: '1',
  unitId: 'u',
  unitName: 'monthly',
  callingAppId: '8',
  callingRecordId: '12',
  userName: 'Sato',
  state: 'Running',
  reason: 'writing',
  rowsWritten: 1,
  rowsPlanned: 2,
};

const open: BroadcastChannel[] = [];
const channel = (): BroadcastChannel => {
  const made = new BroadcastChannel(NAME);
  open.push(made);
  return made;
};
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

describe('news', () => {
  it('reach the other pages, not the page itself, until they stop listening', async () => {
    const [here, elsewhere] = [browserNews(channel), browserNews(channel)];
    const heardHere: RunNews[] = [];
    here.hear((one) => heardHere.push(one));
    const first = new Promise<RunNews>((resolve) => elsewhere.hear(resolve));
    here.tell(news);
    expect(await first).toEqual(news);
    expect(heardHere).toEqual([]);
    const late: RunNews[] = [];
    elsewhere.hear((one) => late.push(one))();
    const second = new Promise<RunNews>((resolve) => elsewhere.hear(resolve));
    here.tell({ ...news, kind: 'ended' });
    expect((await second).kind).toBe('ended');
    expect(late).toEqual([]);
  });

  it('what others say on the channel is left alone', async () => {
    const heard = new Promise<RunNews>((resolve) => browserNews(channel).hear(resolve));
    const stranger = channel();
    for (const data of [null, 'hello', { kind: 'progress' }, { ...news, rowsWritten: 'many' }]) {
      stranger.postMessage(data);
    }
    stranger.postMessage({ ...news, runId: 'u:2' });
    expect((await heard).runId).toBe('u:2');
  });

  it('are silent where there is no channel, or none may be opened', () => {
    const refused = (): never => {
      throw new Error('SecurityError');
    };
    for (const quiet of [browserNews(undefined), browserNews(refused)]) {
      quiet.tell(news);
      quiet.hear(() => undefined)();
    }
  });
});
